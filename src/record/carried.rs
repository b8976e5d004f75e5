//! Units that a voided draw hands on to the next one: what they were drawn by.

use super::Sealed;
use super::table::{Table, TableLine};
use crate::digest::{Digest, Suite};
use crate::ids::{DrawId, is_label, is_token};
use crate::text::{Read, Reader};

/// A line of voided.txt and, byte for byte the same, of carried.txt of the draw after
/// it: `<unit> <draw> <stratum> <rank> <ticket>`, where the draw is the one that first
/// drew the unit, and the rest is as it came out there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedLine {
    /// The unit.
    pub unit: String,
    /// The draw that drew it.
    pub draw: DrawId,
    /// Label of its stratum in that draw.
    pub stratum: String,
    /// Its rank in that stratum, from 1.
    pub rank: u64,
    /// Its ticket in that draw.
    pub ticket: Digest,
}

impl TableLine for CarriedLine {
    const TABLE: &'static str = "yaohao/carried/v1";
    const LINE: &'static str = "yaohao/carry/v1";

    fn line(&self) -> String {
        format!("{} {} {} {} {}", self.unit, self.draw, self.stratum, self.rank, self.ticket)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [unit, draw, stratum, rank, ticket] = r.split(line)?;
        if !is_token(unit) || !is_label(stratum) || rank == "0" {
            return Err(r.error("not a unit, a stratum and a rank"));
        }
        Ok(CarriedLine {
            unit: unit.to_owned(),
            draw: r.parse(draw, "a draw number")?,
            stratum: stratum.to_owned(),
            rank: r.number(rank)?,
            ticket: r.parse(ticket, "a hash")?,
        })
    }
}

impl Table<CarriedLine> {
    /// Root and number of lines, as a void and the commitment after it state them.
    pub fn sealed(&self, suite: Suite) -> Sealed {
        Sealed { root: self.root(suite), count: self.lines.len() as u64 }
    }
}
