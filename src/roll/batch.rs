//! A batch of lines of a roll: their leaves, who is in which pool, and how many.

use super::{Labels, RollUnit};
use crate::digest::{Digest, Suite};
use crate::merkle;
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
const HEAD: usize = 5;

impl Batch {
    /// What follows from no lines.
    pub fn nothing(labels: &Labels) -> Batch {
        Batch { leaves: Vec::new(), pool: Vec::new(), counts: vec![0; labels.standings()], ends: None }
    }

    /// Takes in `lines`, each with its end.
    ///
    /// # Errors
    /// If ids do not rise, or a standing is unknown.
    pub fn of(suite: Suite, labels: &Labels, lines: &str) -> Result<Batch, Disorder> {
        let lines: Vec<&str> = lines.split_terminator('\n').collect();
        let mut batch = Batch::nothing(labels);
        batch.pool.reserve(24 * lines.len());
        let (mut before, mut known) = ("", ("", 0));
        for line in &lines {
            let (id, rest) = line.split_once(' ').unwrap_or((line, ""));
            if id <= before {
                return Err(Disorder::NotAfter(before.to_owned(), id.to_owned()));
            }
            let standing = rest.split_once(' ').map_or(rest, |(standing, _)| standing);
            if standing != known.0 {
                let number = labels.number(standing);
                known = (standing, number.ok_or_else(|| Disorder::Standing((*line).to_owned()))?);
            }
            let number = known.1;
            batch.counts[number] += 1;
            if number < labels.labels().len() {
                batch.pool.extend((number as u32).to_le_bytes());
                batch.pool.push(id.len() as u8);
                batch.pool.extend(id.as_bytes());
            }
            before = id;
        }
        let first = lines.first().and_then(|line| line.split(' ').next());
        batch.ends = first.map(|first| (first.to_owned(), before.to_owned()));
        batch.leaves = merkle::leaves(suite, RollUnit::LINE, &lines);
        Ok(batch)
    }

    /// These lines, and those of `next` behind them.
    ///
    /// # Errors
    /// If the ids of `next` do not rise from the last of these.
    pub fn and(mut self, mut next: Batch) -> Result<Batch, Disorder> {
        self.ends = match (self.ends, next.ends) {
            (Some((_, last)), Some((first, _))) if last >= first => {
                return Err(Disorder::NotAfter(last, first));
            }
            (Some((first, _)), Some((_, last))) => Some((first, last)),
            (ends, None) | (None, ends) => ends,
        };
        self.leaves.append(&mut next.leaves);
        self.pool.append(&mut next.pool);
        self.counts.iter_mut().zip(&next.counts).for_each(|(all, n)| *all += n);
        Ok(self)
    }
}

/// The units of [`Batch::pool`]: number of the stratum, and id. Ends at the first that is cut off.
pub fn pooled(mut bytes: &[u8]) -> impl Iterator<Item = (usize, &str)> {
    std::iter::from_fn(move || {
        let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
        let (id, rest) = rest.split_at_checked(usize::from(head[4]))?;
        bytes = rest;
        Some((
            u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize,
            std::str::from_utf8(id).ok()?,
        ))
    })
}

/// How many of `bytes` are whole units.
pub fn whole(bytes: &[u8]) -> usize {
    pooled(bytes).map(|(_, id)| HEAD + id.len()).sum()
}
