//! What became of one unit of a roll, as a text that proves it.

use super::{Placed, RollDrawn, RollUnit};
use crate::digest::Digest;
use crate::ids::{DrawId, is_token};
use crate::log::Inclusion;
use crate::record::{TableLine, UnitStanding};
use crate::text::{Read, Reader, Writer};
use crate::vocabulary;

/// Everything that proves what became of one unit, beside the documents of the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollSlip {
    /// Number of the draw.
    pub draw: DrawId,
    /// Hash of commit.txt.
    pub commit: Digest,
    /// The unit in the roll, or beside which lines it is missing.
    pub place: RollPlace,
    /// What the record says of it: there once there is one, for a unit in a pool.
    pub result: Option<RollResult>,
}

/// A unit's place in the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RollPlace {
    /// Its line.
    There(Placed<RollUnit>),
    /// It is not in the roll.
    Absent {
        /// The unit.
        unit: String,
        /// The last line with a smaller id.
        before: Option<Placed<RollUnit>>,
        /// The first line with a larger id.
        after: Option<Placed<RollUnit>>,
    },
}

/// What the record says of a unit in a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollResult {
    /// Hash of record.txt.
    pub record: Digest,
    /// A line of drawn.txt.
    pub line: Listed,
}

/// The line of drawn.txt that tells whether a unit is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// Its own.
    Own(Placed<RollDrawn>),
    /// It is not listed: the last one of its stratum.
    Last(Placed<RollDrawn>),
    /// Nobody of its stratum is listed.
    Nobody,
}

vocabulary! {
    /// What became of a unit.
    RollAnswer {
        /// It is in a pool, and nothing has been drawn yet.
        Pool = "pool", "在抽取池中";
        /// It is drawn.
        Drawn = "drawn", "抽中";
        /// It is a reserve.
        Reserve = "reserve", "候补";
        /// It is not drawn.
        NotDrawn = "not-drawn", "没有抽中";
        /// It was in no pool.
        Excluded = "excluded", "不参加抽取";
        /// It is not in the roll.
        Absent = "absent", "不在名册中";
    }
}

const TAG: &str = "yaohao/roll-slip/v1";

impl RollSlip {
    /// The unit.
    pub fn unit(&self) -> &str {
        match &self.place {
            RollPlace::There(placed) => &placed.line.id,
            RollPlace::Absent { unit, .. } => unit,
        }
    }

    /// Label of the pool that the unit is in.
    pub fn stratum(&self) -> Option<&str> {
        match &self.place {
            RollPlace::There(Placed { line, .. }) => line.standing.as_result().ok(),
            RollPlace::Absent { .. } => None,
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        text.field("draw", &self.draw).field("commit", self.commit);
        match &self.place {
            RollPlace::There(placed) => write(&mut text, "unit", placed),
            RollPlace::Absent { unit, before, after } => {
                text.field("absent", unit);
                before.iter().for_each(|placed| write(&mut text, "before", placed));
                after.iter().for_each(|placed| write(&mut text, "after", placed));
            }
        }
        if let Some(result) = &self.result {
            text.field("record", result.record);
            match &result.line {
                Listed::Own(placed) => write(&mut text, "listed", placed),
                Listed::Last(placed) => write(&mut text, "last", placed),
                Listed::Nobody => {}
            }
        }
        text.finish()
    }

    /// Reads the text; refuses every other form of the same content.
    pub fn read(bytes: &[u8]) -> Read<RollSlip> {
        let mut r = Reader::new(bytes, TAG)?;
        let (draw, commit) = (r.parsed("draw", "a draw number")?, r.parsed("commit", "a hash")?);
        let place = read_place(&mut r)?;
        let in_pool =
            matches!(&place, RollPlace::There(p) if matches!(p.line.standing, UnitStanding::Stratum(_)));
        let result = if in_pool { read_result(&mut r)? } else { None };
        r.clone().end()?;
        let slip = RollSlip { draw, commit, place, result };
        if slip.text().as_bytes() == bytes { Ok(slip) } else { Err(r.error("not in canonical form")) }
    }
}

fn write<L: TableLine>(text: &mut Writer, key: &str, placed: &Placed<L>) {
    text.field(key, placed.line.line()).field("path", placed.path.words());
}

fn read_place(r: &mut Reader<'_>) -> Read<RollPlace> {
    if let Some(placed) = placed(r, "unit")? {
        return Ok(RollPlace::There(placed));
    }
    let unit = r.field("absent")?.to_owned();
    if !is_token(&unit) {
        return Err(r.error("not a unit"));
    }
    let (before, after) = (placed(r, "before")?, placed(r, "after")?);
    Ok(RollPlace::Absent { unit, before, after })
}

fn read_result(r: &mut Reader<'_>) -> Read<Option<RollResult>> {
    let Some(record) = r.optional("record")? else { return Ok(None) };
    let record = r.parse(record, "a hash")?;
    let line = match placed(r, "listed")? {
        Some(own) => Listed::Own(own),
        None => placed(r, "last")?.map_or(Listed::Nobody, Listed::Last),
    };
    Ok(Some(RollResult { record, line }))
}

/// The line behind `key` and the path below it, if they are there.
fn placed<L: TableLine>(r: &mut Reader<'_>, key: &str) -> Read<Option<Placed<L>>> {
    let Some(line) = r.optional(key)? else { return Ok(None) };
    let line = L::read(r, line)?;
    Ok(Some(Placed { line, path: Inclusion::read(r, "path")? }))
}
