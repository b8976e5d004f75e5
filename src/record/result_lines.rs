//! Lines of the tables that hold the result: drawn units, dockets, teams, prices.

use super::schedule_lines::{listed, numbers};
use super::table::{TableLine, line_commitment, person};
use crate::digest::{Digest, Suite};
use crate::ids::{is_label, is_token};
use crate::policy::{Role, is_team};
use crate::text::{Read, Reader};
use std::fmt;
use std::iter::Peekable;

/// A line of drawn.txt: `<unit> <stratum> <rank> <ticket> <team commitment>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnLine {
    /// The unit.
    pub unit: String,
    /// Label of its stratum.
    pub stratum: String,
    /// 1 for the smallest ticket of the stratum.
    pub rank: u64,
    /// The ticket.
    pub ticket: Digest,
    /// Commitment to the line of teams.txt.
    pub team: Digest,
}

impl TableLine for DrawnLine {
    const TABLE: &'static str = "yaohao/drawn/v1";
    const LINE: &'static str = "yaohao/result/v1";

    fn line(&self) -> String {
        format!("{} {} {} {} {}", self.unit, self.stratum, self.rank, self.ticket, self.team)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [unit, stratum, rank, ticket, team] = r.split(line)?;
        if !is_token(unit) || !is_label(stratum) || rank == "0" {
            return Err(r.error("not a unit, a stratum and a rank"));
        }
        Ok(DrawnLine {
            unit: unit.to_owned(),
            stratum: stratum.to_owned(),
            rank: r.number(rank)?,
            ticket: r.parse(ticket, "a hash")?,
            team: r.parse(team, "a hash")?,
        })
    }
}

/// A line of dockets.txt: `<unit> <salt> <who may come>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocketLine {
    /// The unit.
    pub unit: String,
    /// 32 hex digits.
    pub salt: String,
    /// Who may come.
    pub people: DocketPeople,
}

/// Who may come to a unit:
/// `lead=<names> assistant=<names> … [away lead=<names> …] [again=<names>] [apart=<name>+<name>,…] [band=<number>]
/// [minutes=<number>,…] [town=<id>]`.
/// Names stand in the order of inspectors.txt, `-` for nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocketPeople {
    /// Slot by slot: the role, and who may take it.
    pub slots: Vec<(Role, Vec<String>)>,
    /// The same for a visit from other zones; empty where there is no exchange.
    pub away: Vec<(Role, Vec<String>)>,
    /// Who made the last visit and comes only at a surcharge.
    pub again: Vec<String>,
    /// Pairs that must not meet.
    pub apart: Vec<(String, String)>,
    /// The band of duration; only those from 1 are written.
    pub band: usize,
    /// In a draw with a schedule, by slot: minutes that the visit takes. Empty: not written.
    pub minutes: Vec<u32>,
    /// In a draw with a schedule: the town of the unit.
    pub town: Option<String>,
}

impl DocketLine {
    /// The commitment in units.txt.
    pub fn commitment(&self, suite: Suite, draw: &str) -> Digest {
        DocketLine::commitment_to(suite, draw, &self.unit, &self.salt, &self.people.to_string())
    }

    /// The same from the parts of the line; many units share their people.
    pub fn commitment_to(suite: Suite, draw: &str, unit: &str, salt: &str, people: &str) -> Digest {
        line_commitment::<DocketLine>(suite, draw, &[unit, " ", salt, " ", people])
    }
}

impl fmt::Display for DocketPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &[String]| if names.is_empty() { "-".to_owned() } else { names.join(",") };
        let slots = |slots: &[(Role, Vec<String>)]| {
            let words = slots.iter().map(|(role, names)| format!("{}={}", role.key(), list(names)));
            words.collect::<Vec<_>>().join(" ")
        };
        f.write_str(&slots(&self.slots))?;
        if !self.away.is_empty() {
            write!(f, " away {}", slots(&self.away))?;
        }
        if !self.again.is_empty() {
            write!(f, " again={}", self.again.join(","))?;
        }
        let pairs: Vec<String> = self.apart.iter().map(|(a, b)| format!("{a}+{b}")).collect();
        if !pairs.is_empty() {
            write!(f, " apart={}", pairs.join(","))?;
        }
        if self.band > 0 {
            write!(f, " band={}", self.band)?;
        }
        f.write_str(&Self::visit_words(&self.minutes, self.town.as_deref()))
    }
}

impl DocketPeople {
    /// The last words of a docket, each with a space before it: what the schedule takes of
    /// the visit. Many units share all the others.
    pub fn visit_words(minutes: &[u32], town: Option<&str>) -> String {
        let minutes =
            if minutes.is_empty() { String::new() } else { format!(" minutes={}", listed(minutes)) };
        town.map_or(minutes.clone(), |town| format!("{minutes} town={town}"))
    }

    fn read(r: &Reader<'_>, text: &str) -> Read<Self> {
        let mut words = text.split(' ').peekable();
        let slots = read_slots(r, &mut words)?;
        let away = match words.next_if_eq(&"away") {
            Some(_) => read_slots(r, &mut words)?,
            None => Vec::new(),
        };
        let mut after =
            |key: &str| words.next_if(|word| word.starts_with(key)).map(|word| &word[key.len()..]);
        let again = after("again=").map_or(Ok(Vec::new()), |names| read_names(r, names))?;
        let pair = |word: &str| {
            let (a, b) = word.split_once('+').ok_or_else(|| r.error("expected two names"))?;
            Ok((person(r, a)?, person(r, b)?))
        };
        let apart: Read<_> =
            after("apart=").map_or(Ok(Vec::new()), |pairs| pairs.split(',').map(pair).collect());
        let band = after("band=").map_or(Ok(0), |number| match number {
            "0" => Err(r.error("band 0 is not written")),
            number => r.number(number),
        });
        let minutes = after("minutes=").map_or(Ok(Vec::new()), |minutes| numbers(r, minutes));
        let town = after("town=").map(str::to_owned);
        if words.next().is_some() {
            return Err(r.error("unknown or misplaced words"));
        }
        if !town.as_deref().is_none_or(is_token) {
            return Err(r.error("not a town"));
        }
        let roles = |slots: &[(Role, Vec<String>)]| slots.iter().map(|(role, _)| role.clone()).collect();
        let (team, elsewhere): (Vec<Role>, Vec<Role>) = (roles(&slots), roles(&away));
        if !is_team(&team) || !(away.is_empty() || elsewhere == team) {
            return Err(r.error("not the slots of a team"));
        }
        Ok(DocketPeople { slots, away, again, apart: apart?, band: band?, minutes: minutes?, town })
    }
}

/// Words `role=names`, as many as there are.
fn read_slots<'a>(
    r: &Reader<'_>,
    words: &mut Peekable<impl Iterator<Item = &'a str>>,
) -> Read<Vec<(Role, Vec<String>)>> {
    let mut slots = Vec::new();
    let slot = |word: &&str| word.split_once('=').is_some_and(|(key, _)| Role::from_key(key).is_some());
    while let Some(word) = words.next_if(slot) {
        let (role, names) = role_and_names(r, word)?;
        slots.push((role, if names == "-" { Vec::new() } else { read_names(r, names)? }));
    }
    Ok(slots)
}

fn read_names(r: &Reader<'_>, names: &str) -> Read<Vec<String>> {
    names.split(',').map(|name| person(r, name)).collect()
}

impl TableLine for DocketLine {
    const TABLE: &'static str = "yaohao/dockets/v1";
    const LINE: &'static str = "yaohao/docket/v1";

    fn line(&self) -> String {
        format!("{} {} {}", self.unit, self.salt, self.people)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let (unit, salt, rest) = salted(r, line)?;
        Ok(DocketLine { unit, salt, people: DocketPeople::read(r, rest)? })
    }
}

/// A line of teams.txt: `<unit> <salt> lead=<name> assistant=<name> …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamLine {
    /// The unit.
    pub unit: String,
    /// 32 hex digits.
    pub salt: String,
    /// Role and name, slot by slot.
    pub members: Vec<(Role, String)>,
}

impl TeamLine {
    /// The commitment in drawn.txt.
    pub fn commitment(&self, suite: Suite, draw: &str) -> Digest {
        line_commitment::<TeamLine>(suite, draw, &[&self.line()])
    }
}

impl TableLine for TeamLine {
    const TABLE: &'static str = "yaohao/teams/v1";
    const LINE: &'static str = "yaohao/team/v1";

    fn line(&self) -> String {
        let mut line = format!("{} {}", self.unit, self.salt);
        for (role, name) in &self.members {
            line.push_str(&format!(" {}={name}", role.key()));
        }
        line
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let (unit, salt, rest) = salted(r, line)?;
        let members = rest.split(' ').map(|word| {
            let (role, name) = role_and_names(r, word)?;
            Ok((role, person(r, name)?))
        });
        let members: Vec<(Role, String)> = members.collect::<Read<_>>()?;
        let slots: Vec<Role> = members.iter().map(|(role, _)| role.clone()).collect();
        if is_team(&slots) { Ok(TeamLine { unit, salt, members }) } else { Err(r.error("not a team")) }
    }
}

fn salted<'a>(r: &Reader<'_>, line: &'a str) -> Read<(String, String, &'a str)> {
    let mut parts = line.splitn(3, ' ');
    let mut next = || parts.next().ok_or_else(|| r.error("too few fields"));
    let (unit, salt, rest) = (next()?, next()?, next()?);
    let is_salt = salt.len() == 32 && salt.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !is_token(unit) || !is_salt {
        return Err(r.error("not a unit and a salt"));
    }
    Ok((unit.to_owned(), salt.to_owned(), rest))
}

fn role_and_names<'a>(r: &Reader<'_>, word: &'a str) -> Read<(Role, &'a str)> {
    let (role, names) = word.split_once('=').ok_or_else(|| r.error("expected role=names"))?;
    Ok((Role::from_key(role).ok_or_else(|| r.error("unknown role"))?, names))
}

/// A line of prices.txt: `<name> <load> <prices> <leads> <lead prices>`, in the
/// order of inspectors.txt; prices are separated by commas, one a band of duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceLine {
    /// The inspector.
    pub name: String,
    /// Visits given.
    pub load: u32,
    /// The least price of a visit, by band.
    pub prices: Vec<i128>,
    /// Visits led, of those given.
    pub leads: u32,
    /// The least price of leading a visit, by band.
    pub lead_prices: Vec<i128>,
}

impl TableLine for PriceLine {
    const TABLE: &'static str = "yaohao/prices/v1";
    const LINE: &'static str = "yaohao/price/v1";

    fn line(&self) -> String {
        let list = |prices: &[i128]| prices.iter().map(i128::to_string).collect::<Vec<_>>().join(",");
        let (prices, lead_prices) = (list(&self.prices), list(&self.lead_prices));
        format!("{} {} {prices} {} {lead_prices}", self.name, self.load, self.leads)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [name, load, prices, leads, lead_prices] = r.split(line)?;
        let list = |prices: &str| prices.split(',').map(|price| r.number(price)).collect::<Read<_>>();
        Ok(PriceLine {
            name: person(r, name)?,
            load: r.number(load)?,
            prices: list(prices)?,
            leads: r.number(leads)?,
            lead_prices: list(lead_prices)?,
        })
    }
}
