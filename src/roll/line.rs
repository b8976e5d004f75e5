//! Lines of a roll, and of those drawn from it.

use crate::digest::Digest;
use crate::ids::{is_label, is_token};
use crate::policy::PublicField;
use crate::record::{TableLine, UnitStanding, read_shown, read_standing, write_shown, write_standing};
use crate::text::{Read, Reader};

/// A line of a roll: `<id> <stratum or excluded:reason> <row> <field>=<value> …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollUnit {
    /// The unit.
    pub id: String,
    /// Stratum or exclusion.
    pub standing: UnitStanding,
    /// Commitment to its row of the register.
    pub row: Digest,
    /// Published fields, in the order of [`PublicField`].
    pub shown: Vec<(PublicField, String)>,
}

impl RollUnit {
    /// The published value of `field`, if it is published.
    pub fn field(&self, field: PublicField) -> Option<&str> {
        self.shown.iter().find(|(shown, _)| *shown == field).map(|(_, value)| value.as_str())
    }
}

impl TableLine for RollUnit {
    const TABLE: &'static str = "yaohao/roll-units/v1";
    const LINE: &'static str = "yaohao/roll-unit/v1";

    fn line(&self) -> String {
        let mut line = format!("{} ", self.id);
        write_standing(&mut line, self.standing.as_result());
        line.push(' ');
        self.row.push_to(&mut line);
        write_shown(&mut line, self.shown.iter().map(|(field, value)| (*field, value.as_str())));
        line
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let mut parts = line.splitn(4, ' ');
        let mut next = || parts.next().ok_or_else(|| r.error("too few fields"));
        let (id, standing, row) = (next()?, next()?, next()?);
        if !is_token(id) {
            return Err(r.error("not a unit line"));
        }
        Ok(RollUnit {
            id: id.to_owned(),
            standing: read_standing(r, standing)?,
            row: r.parse(row, "a hash")?,
            shown: read_shown(r, parts.next().unwrap_or_default())?,
        })
    }
}

/// A line of drawn.txt of a roll: `<unit> <stratum> <rank> <ticket>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollDrawn {
    /// The unit.
    pub unit: String,
    /// Label of its stratum.
    pub stratum: String,
    /// 1 for the smallest ticket of the stratum; beyond its quota, a reserve.
    pub rank: u64,
    /// The ticket.
    pub ticket: Digest,
}

impl TableLine for RollDrawn {
    const TABLE: &'static str = "yaohao/roll-drawn/v1";
    const LINE: &'static str = "yaohao/roll-result/v1";

    fn line(&self) -> String {
        format!("{} {} {} {}", self.unit, self.stratum, self.rank, self.ticket)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [unit, stratum, rank, ticket] = r.split(line)?;
        if !is_token(unit) || !is_label(stratum) || rank == "0" {
            return Err(r.error("not a unit, a stratum and a rank"));
        }
        Ok(RollDrawn {
            unit: unit.to_owned(),
            stratum: stratum.to_owned(),
            rank: r.number(rank)?,
            ticket: r.parse(ticket, "a hash")?,
        })
    }
}
