//! Lines of the tables that hold the result: drawn units, dockets, teams, prices.

use super::table::{TableLine, line_commitment, person};
use crate::digest::Digest;
use crate::ids::{is_label, is_token};
use crate::policy::Role;
use crate::text::{Read, Reader};

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
            ticket: r.parse(ticket, "a SHA-256")?,
            team: r.parse(team, "a SHA-256")?,
        })
    }
}

/// A line of dockets.txt: `<unit> <salt> lead=<names> assistant=<names>`, the
/// names in the order of inspectors.txt, `-` for nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocketLine {
    /// The unit.
    pub unit: String,
    /// 32 hex digits.
    pub salt: String,
    /// Role and names.
    pub roles: Vec<(Role, Vec<String>)>,
}

impl DocketLine {
    /// The commitment in units.txt.
    pub fn commitment(&self, draw: &str) -> Digest {
        DocketLine::commitment_to(draw, &self.unit, &self.salt, &DocketLine::roles_text(&self.roles))
    }

    /// The same from the parts of the line; many units share their roles.
    pub fn commitment_to(draw: &str, unit: &str, salt: &str, roles: &str) -> Digest {
        line_commitment::<DocketLine>(draw, &[unit, " ", salt, " ", roles])
    }

    /// What the line says behind unit and salt.
    pub fn roles_text(roles: &[(Role, Vec<String>)]) -> String {
        let list = |names: &[String]| if names.is_empty() { "-".to_owned() } else { names.join(",") };
        let texts: Vec<String> =
            roles.iter().map(|(role, names)| format!("{}={}", role.key(), list(names))).collect();
        texts.join(" ")
    }
}

impl TableLine for DocketLine {
    const TABLE: &'static str = "yaohao/dockets/v1";
    const LINE: &'static str = "yaohao/docket/v1";

    fn line(&self) -> String {
        format!("{} {} {}", self.unit, self.salt, DocketLine::roles_text(&self.roles))
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let (unit, salt, rest) = salted(r, line)?;
        let list = |names: &str| match names {
            "-" => Ok(Vec::new()),
            names => names.split(',').map(|name| person(r, name)).collect(),
        };
        let roles = rest.split(' ').map(|word| {
            let (role, names) = role_and_names(r, word)?;
            Ok((role, list(names)?))
        });
        let roles: Vec<(Role, Vec<String>)> = roles.collect::<Read<_>>()?;
        let each_once = roles.iter().map(|(role, _)| role).eq(Role::ALL);
        if each_once { Ok(DocketLine { unit, salt, roles }) } else { Err(r.error("not each role once")) }
    }
}

/// A line of teams.txt: `<unit> <salt> lead=<name> assistant=<name>`.
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
    pub fn commitment(&self, draw: &str) -> Digest {
        line_commitment::<TeamLine>(draw, &[&self.line()])
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
        let slots: Vec<Role> = members.iter().map(|(role, _)| *role).collect();
        if is_team(&slots) { Ok(TeamLine { unit, salt, members }) } else { Err(r.error("not a team")) }
    }
}

/// Whether `slots` are a lead and one to three assistants.
pub(super) fn is_team(slots: &[Role]) -> bool {
    (2..=4).contains(&slots.len())
        && slots[0] == Role::Lead
        && slots[1..].iter().all(|role| *role == Role::Assistant)
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

/// A line of prices.txt: `<name> <load> <price>`, in the order of inspectors.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceLine {
    /// The inspector.
    pub name: String,
    /// Visits given.
    pub load: u32,
    /// The least price.
    pub price: i128,
}

impl TableLine for PriceLine {
    const TABLE: &'static str = "yaohao/prices/v1";
    const LINE: &'static str = "yaohao/price/v1";

    fn line(&self) -> String {
        format!("{} {} {}", self.name, self.load, self.price)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [name, load, price] = r.split(line)?;
        Ok(PriceLine { name: person(r, name)?, load: r.number(load)?, price: r.number(price)? })
    }
}
