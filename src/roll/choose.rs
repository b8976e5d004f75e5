//! The smallest tickets of every stratum, from units that come in any order and number.

use super::{RollDrawn, pooled};
use crate::digest::Digest;
use crate::sampling::Ticketer;
use crate::seed::Seed;

/// A unit that may be among the smallest.
pub type Found = (usize, Digest, String);

/// The smallest tickets so far: what is kept does not grow with the number of units.
#[derive(Debug)]
pub struct Chooser {
    strata: Vec<Stratum>,
}

#[derive(Debug)]
struct Stratum {
    label: String,
    ticketer: Ticketer,
    /// How many are listed.
    listed: usize,
    best: Vec<(Digest, String)>,
    /// Nobody with a larger ticket is among the smallest.
    bar: Digest,
}

/// How many more than needed are kept before the largest are let go.
const SLACK: usize = 1024;

impl Chooser {
    /// Of each label, the smallest tickets: so many as the number beside it says.
    pub fn new(seed: &Seed, strata: impl IntoIterator<Item = (String, usize)>) -> Chooser {
        let stratum = |(label, listed): (String, usize)| Stratum {
            ticketer: Ticketer::new(seed, &label),
            label,
            listed,
            best: Vec::new(),
            bar: Digest([if listed > 0 { 0xff } else { 0 }; 32]),
        };
        Chooser { strata: strata.into_iter().map(stratum).collect() }
    }

    /// How many units `pool` has (see [`pooled`]), and those that may be among the smallest.
    /// Of an unknown stratum there is none.
    pub fn sift(&self, pool: &[u8]) -> (u64, Vec<Found>) {
        let mut pools: Vec<Vec<&str>> = vec![Vec::new(); self.strata.len()];
        let mut units = 0;
        for (number, id) in pooled(pool) {
            units += 1;
            pools.get_mut(number).into_iter().for_each(|ids| ids.push(id));
        }
        let mut found = Vec::new();
        for (number, (stratum, ids)) in self.strata.iter().zip(&pools).enumerate() {
            if stratum.listed == 0 {
                continue;
            }
            let mut ids_in_order = ids.iter();
            stratum.ticketer.tickets(ids, |ticket| {
                let id = ids_in_order.next().expect("a ticket for every id");
                if ticket <= stratum.bar {
                    found.push((number, ticket, (*id).to_owned()));
                }
            });
        }
        (units, found)
    }

    /// Takes in what [`Chooser::sift`] found. The order does not matter.
    pub fn take(&mut self, found: Vec<Found>) {
        for (number, ticket, id) in found {
            let stratum = &mut self.strata[number];
            stratum.best.push((ticket, id));
            if stratum.best.len() >= 2 * stratum.listed + SLACK {
                stratum.cut();
            }
        }
    }

    /// The lines of drawn.txt: by label, then by ticket; equal tickets by id.
    pub fn lines(mut self) -> Vec<RollDrawn> {
        self.strata.sort_by(|a, b| a.label.cmp(&b.label));
        let mut lines = Vec::new();
        for mut stratum in self.strata {
            stratum.cut();
            stratum.best.sort_unstable();
            let ranked = (1..).zip(stratum.best);
            lines.extend(ranked.map(|(rank, (ticket, unit))| RollDrawn {
                unit,
                stratum: stratum.label.clone(),
                rank,
                ticket,
            }));
        }
        lines
    }
}

impl Stratum {
    /// Lets go of all but the smallest.
    fn cut(&mut self) {
        if self.best.len() > self.listed && self.listed > 0 {
            self.best.select_nth_unstable(self.listed - 1);
            self.best.truncate(self.listed);
            self.bar = self.best[self.listed - 1].0;
        } else if self.listed == 0 {
            self.best.clear();
        }
    }
}
