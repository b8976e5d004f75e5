//! odds.txt: what the office measured before its commitment about how
//! predictable teams are. Figures only; nothing tells a unit or a person.

use crate::ids::is_label;
use crate::text::{Read, Reader, Writer};

/// The text odds.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicOdds {
    /// Dry draws of the whole pool.
    pub draws: u64,
    /// What was counted in each stratum that draws, in byte order of labels.
    pub strata: Vec<StratumOdds>,
    /// The largest chance of a pair: hits, and draws of a unit in which it could happen.
    pub largest: (u64, u64),
    /// Least entropy of a unit, and the mean over units, in thousandths of a bit.
    pub entropy: (u64, u64),
}

/// What was counted in one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumOdds {
    /// The stratum.
    pub label: String,
    /// Kinds of unit: of interchangeable units one.
    pub kinds: u64,
    /// Units.
    pub units: u64,
}

const TAG: &str = "yaohao/odds/v1";

impl PublicOdds {
    /// The text.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        text.field("draws", self.draws);
        for stratum in &self.strata {
            text.field("stratum", format_args!("{} {} {}", stratum.label, stratum.kinds, stratum.units));
        }
        text.field("largest", format_args!("{} {}", self.largest.0, self.largest.1));
        text.field("entropy", format_args!("{} {}", self.entropy.0, self.entropy.1));
        text.finish()
    }

    /// Reads the text; refuses every other form of the same content.
    pub fn read(bytes: &[u8]) -> Read<PublicOdds> {
        let mut r = Reader::new(bytes, TAG)?;
        let draws = r.field("draws")?;
        let odds = PublicOdds {
            draws: r.number(draws)?,
            strata: r.each("stratum", read_stratum)?,
            largest: read_two(&mut r, "largest")?,
            entropy: read_two(&mut r, "entropy")?,
        };
        r.end()?;
        Ok(odds)
    }
}

fn read_stratum<'a>(r: &Reader<'a>, text: &'a str) -> Read<StratumOdds> {
    let [label, kinds, units] = r.split(text)?;
    if !is_label(label) {
        return Err(r.error("not a stratum"));
    }
    Ok(StratumOdds { label: label.to_owned(), kinds: r.number(kinds)?, units: r.number(units)? })
}

fn read_two(r: &mut Reader<'_>, key: &str) -> Read<(u64, u64)> {
    let text = r.field(key)?;
    let [first, second] = r.split(text)?;
    Ok((r.number(first)?, r.number(second)?))
}
