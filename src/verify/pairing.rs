//! V16 to V20 and V24: who was eligible, who was paired, who leads, and the
//! prices that prove it.

use super::{Loaded, Stop, Verified, ensure};
use crate::digest::Digest;
use crate::pairing::check;
use crate::pairing::instance::{Instance, Pairing, Seat};
use crate::pairing::leads;
use crate::pairing::lineup::{Lineup, visits};
use crate::pairing::offence::Offence;
use crate::pairing::ticket::Tickets;
use crate::policy::Role;
use crate::record::{Commit, DocketLine, DrawnLine, PriceLine, TeamLine};
use crate::said;
use std::collections::BTreeMap;

/// The drawn units, by id.
fn drawn_by_unit<'b>(loaded: &'b Loaded<'_>) -> Result<BTreeMap<&'b str, &'b DrawnLine>, Stop> {
    Ok(loaded.drawn()?.lines.iter().map(|line| (line.unit.as_str(), line)).collect())
}

/// Whether `units` are the drawn units in order of id.
fn ensure_drawn<'b>(
    drawn: &BTreeMap<&str, &DrawnLine>,
    units: impl Iterator<Item = &'b str>,
    file: &str,
) -> Result<(), Stop> {
    ensure(units.eq(drawn.keys().copied()), || {
        said!("{file} 的单位不是中签单位", "the units of {file} are not the drawn ones")
    })
}

/// V16: every line of dockets.txt is the one that units.txt committed to.
pub(super) fn dockets(loaded: &Loaded<'_>) -> Verified {
    let (commit, units, dockets) = (loaded.commit()?, loaded.units()?, loaded.dockets()?);
    let drawn = drawn_by_unit(loaded)?;
    ensure_drawn(&drawn, dockets.lines.iter().map(|line| line.unit.as_str()), "dockets.txt")?;
    let draw = commit.draw.to_string();
    let of_drawn = units.lines.iter().filter(|unit| drawn.contains_key(unit.id.as_str()));
    let committed: BTreeMap<&str, Option<Digest>> = of_drawn.map(|u| (u.id.as_str(), u.docket)).collect();
    for line in &dockets.lines {
        let id = &line.unit;
        let committed = committed.get(id.as_str()).copied().flatten();
        ensure(committed == Some(line.commitment(commit.suite, &draw)), || {
            said!("{id} 的可选人员与承诺不符", "the docket of {id} is not the one committed")
        })?;
    }
    let count = dockets.lines.len();
    Ok(said!("{count} 份名单与承诺相符", "{count} dockets open their commitments"))
}

/// V17: every line of teams.txt is the one that drawn.txt committed to.
pub(super) fn teams(loaded: &Loaded<'_>) -> Verified {
    let (commit, teams) = (loaded.commit()?, loaded.teams()?);
    let drawn = drawn_by_unit(loaded)?;
    ensure_drawn(&drawn, teams.lines.iter().map(|line| line.unit.as_str()), "teams.txt")?;
    let draw = commit.draw.to_string();
    for line in &teams.lines {
        let id = &line.unit;
        ensure(drawn[id.as_str()].team == line.commitment(commit.suite, &draw), || {
            said!("{id} 的检查组与抽取结果不符", "the team of {id} is not the one in drawn.txt")
        })?;
    }
    let count = teams.lines.len();
    Ok(said!("{count} 个检查组", "{count} teams"))
}

/// V18: different people, each eligible for the role, nobody over capacity.
pub(super) fn lawful(loaded: &Loaded<'_>) -> Verified {
    let proofs = loaded.proofs()?;
    proofs.lawful.clone()?;
    let most = proofs.loads.iter().max().unwrap_or(&0);
    Ok(said!("每人至多 {most} 次", "{most} visits at most for one inspector"))
}

/// V19: no lawful team of a unit has a smaller sum of tickets and prices.
pub(super) fn cheapest(loaded: &Loaded<'_>) -> Verified {
    loaded.proofs()?.cheapest.clone()?;
    Ok(said!("无需求解器即证明为最优", "proved best without a solver"))
}

/// V20: prices.txt lists every inspector with the true load, and prices that
/// fit the loads and are the least that do.
pub(super) fn prices(loaded: &Loaded<'_>) -> Verified {
    let proofs = loaded.proofs()?;
    proofs.prices.clone()?;
    let (inspectors, prices) = (loaded.inspectors()?, loaded.prices()?);
    for ((inspector, price), load) in inspectors.lines.iter().zip(&prices.lines).zip(&proofs.loads) {
        let name = &inspector.name;
        ensure(price.name == *name && price.load == *load, || {
            said!("{name} 的次数或次序不对", "the load or the place of {name} is wrong")
        })?;
    }
    let count = prices.lines.len();
    Ok(said!("{count} 人的价格", "prices of {count} inspectors"))
}

/// V24: among the people of the teams, leads are as even as can be; prices.txt
/// has the true number of everybody's leads, and the least prices of leading.
pub(super) fn leads(loaded: &Loaded<'_>) -> Verified {
    let proofs = loaded.proofs()?;
    proofs.leads.clone()?;
    for (price, leads) in loaded.prices()?.lines.iter().zip(&proofs.led) {
        let name = &price.name;
        ensure(price.leads == *leads, || {
            said!("{name} 的主办次数应为 {leads}", "{name} leads {leads} visits")
        })?;
    }
    let most = proofs.led.iter().max().unwrap_or(&0);
    Ok(said!("每人至多主办 {most} 次", "one inspector leads {most} visits at most"))
}

/// The checks of the published pairing, made together on one set of tickets.
pub(crate) struct Proofs {
    lawful: Result<(), Stop>,
    cheapest: Result<(), Stop>,
    prices: Result<(), Stop>,
    leads: Result<(), Stop>,
    /// Visits of each inspector, by rank.
    loads: Vec<u32>,
    /// Those led, by rank.
    led: Vec<u32>,
}

impl Proofs {
    /// Whether check 1 holds.
    pub(super) fn is_lawful(&self) -> Result<(), Stop> {
        self.lawful.clone()
    }

    /// Rebuilds question and answer from the tables and checks them.
    pub(super) fn new(loaded: &Loaded<'_>) -> Result<Proofs, Stop> {
        let (instance, pairing) = question(loaded)?;
        let prices = &loaded.prices()?.lines;
        let lead_prices: Vec<i128> =
            prices.iter().flat_map(|line| line.lead_prices.iter().copied()).collect();
        let tickets = Tickets::of(&instance).map_err(|malformed| Stop::Fail(malformed.said()))?;
        let inspectors = &loaded.inspectors()?.lines;
        let person =
            |rank: u32| inspectors.get(rank as usize).map_or_else(|| rank.to_string(), |i| i.name.clone());
        let unit = |visit: usize| instance.visits[visit].unit.clone();
        let fail = |offence: Offence| Stop::Fail(offence.said(unit, person));
        let proved = |check: fn(&Tickets<'_>, &Pairing) -> Result<(), Offence>| {
            check(&tickets, &pairing).map_err(fail)
        };
        let (mut loads, mut led) = (vec![0; inspectors.len()], vec![0; inspectors.len()]);
        pairing.teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
        pairing.teams.iter().for_each(|team| led[team[0] as usize] += 1);
        Ok(Proofs {
            lawful: proved(check::lawful),
            cheapest: proved(check::cheapest),
            prices: proved(check::prices_fit).and_then(|()| proved(check::prices_least)),
            leads: leads::check(&tickets, &pairing, &lead_prices).map_err(fail),
            loads,
            led,
        })
    }
}

/// The pairing question and the published answer, rebuilt from the tables.
pub(super) fn question(loaded: &Loaded<'_>) -> Result<(Instance, Pairing), Stop> {
    let (commit, inspectors) = (loaded.commit()?, loaded.inspectors()?);
    let (dockets, teams, prices) = (loaded.dockets()?, loaded.teams()?, loaded.prices()?);
    let seed = loaded.seed()?;
    let ranks = ranks(loaded)?;
    let units = dockets.lines.iter().map(|line| &line.unit);
    let same = units.eq(teams.lines.iter().map(|line| &line.unit));
    ensure(same, || {
        said!("dockets.txt 与 teams.txt 的单位不同", "dockets.txt and teams.txt have different units")
    })?;
    let same = prices.lines.len() == inspectors.lines.len();
    ensure(same, || said!("prices.txt 的行数不符", "prices.txt has not as many lines as inspectors.txt"))?;
    let whole =
        |line: &PriceLine| line.prices.len() == commit.bands && line.lead_prices.len() == commit.bands;
    ensure(prices.lines.iter().all(whole), || {
        said!("prices.txt 每档应各有一个价格", "prices.txt has not one price for each band of duration")
    })?;
    let lineups = lineups(loaded)?;
    let instance = Instance {
        seed,
        inspectors: inspectors
            .lines
            .iter()
            .map(|i| Seat { capacity: i.capacity, carried: i.carried })
            .collect(),
        visits: visits(&seed, &lineups, commit.exchanged(lineups.len() as u64)),
        bands: commit.bands,
    };
    let teams = teams.lines.iter().zip(&dockets.lines).map(|(line, docket)| team(line, docket, &ranks));
    let prices = prices.lines.iter().flat_map(|line| line.prices.iter().copied()).collect();
    Ok((instance, Pairing { teams: teams.collect::<Result<_, _>>()?, prices }))
}

/// Rank by public name.
pub(super) fn ranks<'b>(loaded: &'b Loaded<'_>) -> Result<BTreeMap<&'b str, u32>, Stop> {
    Ok(loaded.inspectors()?.lines.iter().map(|line| line.name.as_str()).zip(0..).collect())
}

/// What dockets.txt says, in ranks.
pub(crate) fn lineups(loaded: &Loaded<'_>) -> Result<Vec<Lineup>, Stop> {
    let (commit, ranks) = (loaded.commit()?, ranks(loaded)?);
    loaded.dockets()?.lines.iter().map(|line| lineup(line, commit, &ranks)).collect()
}

/// What a line of dockets.txt says, in ranks.
fn lineup(line: &DocketLine, commit: &Commit, ranks: &BTreeMap<&str, u32>) -> Result<Lineup, Stop> {
    let (id, people) = (&line.unit, &line.people);
    let roles = |team: &&Vec<Role>| team.iter().eq(people.slots.iter().map(|(role, _)| role));
    ensure(commit.teams.iter().any(|team| roles(&team)), || {
        said!("{id} 的检查组构成不在承诺之内", "the slots of {id} are not those of a team committed to")
    })?;
    let unknown = || {
        Stop::Fail(said!(
            "{id} 的名单有不认识的人或次序不对",
            "the docket of {id} has unknown or unsorted names"
        ))
    };
    let rank = |name: &String| ranks.get(name.as_str()).copied();
    let list = |names: &Vec<String>| {
        let known: Option<Vec<u32>> = names.iter().map(rank).collect();
        known.filter(|ranks| ranks.is_sorted_by(|a, b| a < b)).ok_or_else(unknown)
    };
    let slots = |slots: &[(Role, Vec<String>)]| -> Result<Vec<Vec<u32>>, Stop> {
        slots.iter().map(|(_, names)| list(names)).collect()
    };
    let pair = |(a, b): &(String, String)| rank(a).zip(rank(b)).filter(|(a, b)| a < b).ok_or_else(unknown);
    let apart = people.apart.iter().map(pair).collect::<Result<Vec<(u32, u32)>, Stop>>()?;
    ensure(apart.is_sorted_by(|a, b| a < b), || {
        said!("{id} 的不得同组名单次序不对", "the pairs of {id} that must not meet are unsorted")
    })?;
    Ok(Lineup {
        unit: id.clone(),
        slots: slots(&people.slots)?,
        away: slots(&people.away)?,
        again: list(&people.again)?,
        apart,
        band: people.band,
    })
}

fn team(line: &TeamLine, docket: &DocketLine, ranks: &BTreeMap<&str, u32>) -> Result<Vec<u32>, Stop> {
    let id = &line.unit;
    let members: Option<Vec<u32>> =
        line.members.iter().map(|(_, name)| ranks.get(name.as_str()).copied()).collect();
    let slots = docket.people.slots.iter().map(|(role, _)| role);
    let members = members.filter(|_| line.members.iter().map(|(role, _)| role).eq(slots));
    members.ok_or_else(|| Stop::Fail(said!("{id} 的检查组无法识别", "the team of {id} is not understood")))
}
