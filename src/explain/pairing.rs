//! Why these people? A drawn unit's row of the pairing, with every number that
//! is needed to choose the team again by hand.

use super::Proof;
use super::lineup::{Lineup, lineup};
use crate::digest::Digest;
use crate::lang::Said;
use crate::pairing::instance::Visit;
use crate::pairing::leads;
use crate::pairing::stand_in::{KEY_TAG, Offer, key, key_lines};
use crate::pairing::ticket::{self, Tags, Tickets};
use crate::policy::Role;
use crate::record::ReplaceReason;
use crate::said;
use crate::seed::Seed;
use crate::verify::{Change, Folder, Ground, Known, Loaded, Stop, lineups};

/// The row of one drawn unit.
#[derive(Debug, Clone)]
pub struct Row {
    /// The unit.
    pub unit: String,
    /// Who could come at all.
    pub lineup: Lineup,
    /// How its key comes from the seed.
    pub key: Proof,
    /// How the ticket of the first slot's chosen one is read from the stream.
    pub word: Word,
    /// Slot by slot, everybody who was eligible.
    pub slots: Vec<Slot>,
    /// The team as drawn.
    pub chosen: Team,
    /// The cheapest other lawful team, if there is one.
    pub runner_up: Option<Team>,
    /// How the key of the second question, who leads, comes from the seed.
    pub lead_key: Proof,
    /// Who of the chosen people may lead; `chosen` is who does.
    pub leads: Slot,
    /// Late changes of this unit, in order.
    pub changes: Vec<LateChange>,
}

/// One slot of the team, or one slot opened anew.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Its role.
    pub role: Role,
    /// Everybody eligible, by total, then rank.
    pub candidates: Vec<Candidate>,
}

/// One eligible person and what that person costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Public name.
    pub name: String,
    /// Number of the 64-bit word that the ticket is read from.
    pub word: usize,
    /// The ticket, below 2⁴⁹.
    pub ticket: u64,
    /// Whether the ticket carries the surcharge of a second visit running, 2⁴⁸.
    pub again: bool,
    /// The published price in the band of the visit.
    pub price: u128,
    /// Ticket + price.
    pub total: u128,
    /// Whether this one holds the slot (before anybody is replaced).
    pub chosen: bool,
}

/// People on all slots at their least sum (who of them leads is settled after,
/// see [`crate::pairing::leads`]), and the sum of their tickets and prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Public names, slot by slot.
    pub names: Vec<String>,
    /// Σ (ticket + price).
    pub total: u128,
}

/// One word of the stream, and a command that prints the ticket in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Whose ticket.
    pub name: String,
    /// Slot, rank, and number of inspectors: the word's number is slot · n + rank.
    pub place: (usize, usize, usize),
    /// The number of the word.
    pub number: usize,
    /// A shell command that needs `openssl`.
    pub command: String,
    /// What it prints: the ticket in twelve hex digits.
    pub prints: String,
}

/// A late change of the unit.
#[derive(Debug, Clone)]
pub struct LateChange {
    /// From 1, over the whole draw.
    pub number: u32,
    /// Who did not go.
    pub absent: String,
    /// Why.
    pub reason: ReplaceReason,
    /// Who stands in.
    pub stand_in: String,
    /// How the key comes from seed and links.
    pub key: Proof,
    /// The open slot and who could take it.
    pub slot: Slot,
}

/// The row of the drawn `unit`.
///
/// # Errors
/// In words, why there is none: nothing is drawn or opened yet, the unit is not
/// drawn, or the record is not sound.
pub fn row(folder: &Folder, unit: &str) -> Result<Row, Said> {
    let known = Known::default();
    let loaded = Loaded::new(folder, &known);
    let ground = Ground::of(&loaded).map_err(unknown)?;
    let replay = ground.replay(&loaded).map_err(unknown)?;
    let seed = loaded.seed().map_err(unknown)?;
    let visit = ground.instance().visits.iter().position(|visit| visit.unit == unit);
    let visit = visit.ok_or_else(|| said!("{unit} 没有中签", "{unit} was not drawn"))?;
    let members = &loaded.teams().map_err(unknown)?.lines[visit].members;
    let roles: Vec<Role> = members.iter().map(|(role, _)| role.clone()).collect();
    // The tickets of one unit do not depend on the others.
    let whole = ground.instance();
    let alone = whole.only(&[visit]);
    let tickets = Tickets::of(&alone).map_err(|malformed| malformed.said())?;
    let (team, prices) = (&ground.pairing().teams[visit], &ground.pairing().prices);
    let offers: Vec<Vec<Offer>> = (0..team.len()).map(|slot| offers(&tickets, slot, prices)).collect();
    let (n, names) = (alone.inspectors.len(), &replay.names);
    let again = &alone.visits[0].again;
    let slots = roles.iter().zip(&offers).enumerate();
    let slots = slots.map(|(slot, (role, offers))| Slot {
        role: role.clone(),
        candidates: candidates(offers, names, (slot * n, again), team[slot]),
    });
    let (chosen, runner_up) = best(&offers, team, names);
    let changes = replay.changes.iter().filter(|change| change.request.unit == unit);
    let key = |tag: &str, tags: Tags| {
        let lines = [seed.to_string(), unit.to_owned()];
        Proof::printed(seed.suite, tag, &[&lines[0], &lines[1]], ticket::key(tags, &seed, unit))
    };
    let lineups = lineups(&loaded).map_err(unknown)?;
    let places = loaded.commit().map_err(unknown)?.exchanged(lineups.len() as u64);
    Ok(Row {
        unit: unit.to_owned(),
        lineup: lineup(&seed, &lineups, (visit, places), names),
        key: key("yaohao/pair/v1", ticket::PAIR),
        word: word(
            ticket::key(ticket::PAIR, &seed, unit),
            names[team[0] as usize],
            (0, team[0] as usize, n),
            &offers[0],
        ),
        slots: slots.collect(),
        chosen,
        runner_up,
        lead_key: key("yaohao/lead/v1", ticket::LEAD),
        leads: leading(&loaded, (&tickets, &roles[0]), team, names)?,
        changes: changes.map(|change| late_change(change, &seed, &roles, (n, names))).collect(),
    })
}

fn unknown(stop: Stop) -> Said {
    let (Stop::Fail(said) | Stop::NotRun(said)) = stop;
    let (zh, en) = (said.zh, said.en);
    said!(
        "现在还看不到配对（密封的抽取在检查期后公开）：{zh}",
        "The pairing cannot be seen (a sealed draw is opened after the visits): {en}"
    )
}

/// Everybody eligible for a slot of the only visit, cheapest first.
fn offers(tickets: &Tickets<'_>, slot: usize, prices: &[i128]) -> Vec<Offer> {
    let instance = tickets.instance();
    let Visit { slots, band, .. } = &instance.visits[0];
    let offer = |(rank, ticket): (&u32, u64)| {
        let price = prices[instance.account(*rank, *band)];
        Offer { total: price.unsigned_abs() + u128::from(ticket), rank: *rank, ticket, price }
    };
    let mut offers: Vec<Offer> = slots[slot].iter().zip(tickets.row(0, slot)).map(offer).collect();
    offers.sort_unstable();
    offers
}

/// Who of `team` may lead the only visit, at ticket and lead price.
fn leading(
    loaded: &Loaded<'_>,
    (tickets, role): (&Tickets<'_>, &Role),
    team: &[u32],
    names: &[&str],
) -> Result<Slot, Said> {
    let question = leads::question(tickets, &[team.to_vec()]);
    let lead_tickets = Tickets::tagged(ticket::LEAD, &question).map_err(|malformed| malformed.said())?;
    let lines = &loaded.prices().map_err(unknown)?.lines;
    let prices: Vec<i128> = lines.iter().flat_map(|line| line.lead_prices.iter().copied()).collect();
    let candidates = candidates(&offers(&lead_tickets, 0, &prices), names, (0, &[]), team[0]);
    Ok(Slot { role: role.clone(), candidates })
}

/// Offers by name; `again` are the ranks that come at a surcharge.
fn candidates(
    offers: &[Offer],
    names: &[&str],
    (first_word, again): (usize, &[u32]),
    chosen: u32,
) -> Vec<Candidate> {
    let candidate = |offer: &Offer| Candidate {
        name: names[offer.rank as usize].to_owned(),
        word: first_word + offer.rank as usize,
        ticket: offer.ticket,
        again: again.contains(&offer.rank),
        price: offer.price.unsigned_abs(),
        total: offer.total,
        chosen: offer.rank == chosen,
    };
    offers.iter().map(candidate).collect()
}

/// The people who hold the unit, seated at the least sum, and the cheapest
/// lawful other people. Of each slot one candidate more than there are slots is
/// enough: were a dearer one in the runner-up, two of these would be free, and
/// not both make the chosen people.
fn best(offers: &[Vec<Offer>], team: &[u32], names: &[&str]) -> (Team, Option<Team>) {
    let few = |slot: &Vec<Offer>| slot[..slot.len().min(offers.len() + 1)].to_vec();
    let own = |slot: &Vec<Offer>| slot.iter().copied().filter(|offer| team.contains(&offer.rank)).collect();
    let named = |(total, ranks): &(u128, Vec<u32>)| Team {
        names: ranks.iter().map(|rank| names[*rank as usize].to_owned()).collect(),
        total: *total,
    };
    let chosen = teams(offers.iter().map(own).collect()).into_iter().min();
    let others = teams(offers.iter().map(few).collect()).into_iter();
    let other = others.filter(|(_, people)| people.iter().any(|rank| !team.contains(rank))).min();
    let held = chosen.unwrap_or_else(|| (0, team.to_vec()));
    (named(&held), other.as_ref().map(named))
}

/// Every team of different people from these lists, with its sum.
fn teams(offers: Vec<Vec<Offer>>) -> Vec<(u128, Vec<u32>)> {
    let mut teams: Vec<(u128, Vec<u32>)> = vec![(0, Vec::new())];
    for slot in offers {
        let longer = teams.iter().flat_map(|(sum, people)| {
            let free = slot.iter().filter(|offer| !people.contains(&offer.rank));
            free.map(move |offer| (sum + offer.total, [people.as_slice(), &[offer.rank]].concat()))
        });
        teams = longer.collect();
    }
    teams
}

fn word(key: Digest, name: &str, place: (usize, usize, usize), offers: &[Offer]) -> Word {
    let number = place.0 * place.2 + place.1;
    let ticket = offers.iter().find(|offer| offer.rank as usize == place.1).map_or(0, |offer| offer.ticket);
    let (bytes, zeros) = (8 * (number + 1), "0".repeat(32));
    Word {
        name: name.to_owned(),
        place,
        number,
        command: format!(
            "head -c {bytes} /dev/zero | openssl enc -chacha20 -K {key} -iv {zeros} | tail -c 8 | od -An -tx8 --endian=little | cut -c2-13"
        ),
        prints: format!("{:012x}", ticket % ticket::SURCHARGE),
    }
}

fn late_change(change: &Change<'_>, seed: &Seed, roles: &[Role], (n, names): (usize, &[&str])) -> LateChange {
    let (unit, slot) = (&change.request.unit, change.vacancy.slot);
    let lines = key_lines(seed, &change.links, unit);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let first = change.offers[0].rank;
    LateChange {
        number: change.number,
        absent: change.request.absent.clone(),
        reason: change.request.reason,
        stand_in: change.result.stand_in.clone(),
        key: Proof::printed(seed.suite, KEY_TAG, &lines, key(seed, &change.links, unit)),
        slot: Slot {
            role: roles[slot].clone(),
            candidates: candidates(&change.offers, names, (slot * n, &[]), first),
        },
    }
}
