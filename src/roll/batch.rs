//! A batch of lines of a roll: their leaves, who is in which pool, and how many.

use super::{Labels, RollUnit};
use crate::digest::{Digest, Suite};
use crate::record::TableLine;

/// What follows from some lines that stand one behind the other in a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Leaf of every line.
    pub leaves: Vec<Digest>,
    /// The units in pools, see [`pooled`].
    pub pool: Vec<u8>,
    /// How many units have each standing, by its number.
    pub counts: Vec<u64>,
    /// The first and the last id.
    pub ends: Option<(String, String)>,
}

/// Why lines are no part of a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disorder {
    /// This id does not come after the one before it.
    NotAfter(String, String),
    /// This line has no standing that there can be.
    Standing(String),
}

/// Bytes before the id of a unit in a pool: the number of its stratum, and how long the id is.
const HEAD: usize = 3;

impl Batch {
    /// Takes in `lines`, each with its end.
    ///
    /// # Errors
    /// If ids do not rise, or a standing is unknown.
    pub fn of(suite: Suite, labels: &Labels, lines: &str) -> Result<Batch, Disorder> {
        let leaf = suite.prefix(format!("\0{}\n", RollUnit::LINE).as_bytes());
        let mut batch = Batch {
            leaves: Vec::with_capacity(lines.len() / 96),
            pool: Vec::with_capacity(lines.len() / 6),
            counts: vec![0; labels.standings()],
            ends: None,
        };
        let (mut first, mut before, mut known) = (None, "", ("", 0));
        for line in lines.lines() {
            let (id, rest) = line.split_once(' ').unwrap_or((line, ""));
            if first.is_some() && id <= before {
                return Err(Disorder::NotAfter(before.to_owned(), id.to_owned()));
            }
            let standing = rest.split_once(' ').map_or(rest, |(standing, _)| standing);
            if standing != known.0 {
                let number = labels.number(standing).ok_or_else(|| Disorder::Standing(line.to_owned()))?;
                known = (standing, number);
            }
            let number = known.1;
            batch.counts[number] += 1;
            batch.leaves.push(leaf.line(line));
            if number < labels.labels().len() {
                batch.pool.extend((number as u16).to_le_bytes());
                batch.pool.push(id.len() as u8);
                batch.pool.extend(id.as_bytes());
            }
            first.get_or_insert(id);
            before = id;
        }
        batch.ends = first.map(|first| (first.to_owned(), before.to_owned()));
        Ok(batch)
    }
}

/// The units of [`Batch::pool`]: number of the stratum, and id. Ends at the first that is cut off.
pub fn pooled(mut bytes: &[u8]) -> impl Iterator<Item = (usize, &str)> {
    std::iter::from_fn(move || {
        let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
        let (id, rest) = rest.split_at_checked(usize::from(head[2]))?;
        bytes = rest;
        Some((usize::from(u16::from_le_bytes([head[0], head[1]])), std::str::from_utf8(id).ok()?))
    })
}

/// How many of `bytes` are whole units.
pub fn whole(bytes: &[u8]) -> usize {
    pooled(bytes).map(|(_, id)| HEAD + id.len()).sum()
}
