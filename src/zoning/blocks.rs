//! The zones that one town can be in: connected sets of towns, within a window of minutes,
//! that leave a rest which the other zones can share.

use super::ground::{Ground, towns};
use super::search::Windows;

/// What the walk came to.
pub(super) enum Step {
    /// A set.
    Block(u64),
    /// There are no more.
    Done,
    /// The effort is used up.
    Exhausted,
}

/// A walk over the connected sets within `rest` that hold its first town, each once.
///
/// A node of the walk stands for all sets that hold `taken` and nothing of `barred`. It is
/// left as soon as none of these can be a zone.
pub(super) struct Blocks<'a> {
    ground: &'a Ground,
    rest: u64,
    /// Least and most minutes of the set.
    window: (u64, u64),
    /// The least minutes that any other zone has to get.
    least: u64,
    /// Number of the other zones.
    others: usize,
    stack: Vec<(u64, u64)>,
}

impl<'a> Blocks<'a> {
    /// The walk over the zones that the first town of `rest` can be in, if the zones
    /// `labels`, two or more, share `rest`.
    pub fn new(ground: &'a Ground, windows: &Windows, rest: u64, labels: u64) -> Blocks<'a> {
        let candidates = windows.candidates(labels).filter_map(|zone| windows.of(ground, zone, rest, labels));
        let window = candidates.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let start = rest & rest.wrapping_neg();
        let open = window.is_some_and(|window| ground.minutes(start) <= window.1);
        Blocks {
            ground,
            rest,
            window: window.unwrap_or((1, 0)),
            least: windows.least(ground, rest, labels),
            others: labels.count_ones() as usize - 1,
            stack: if open { vec![(start, 0)] } else { Vec::new() },
        }
    }

    /// The next set; every node takes one of what is `left`.
    pub fn next(&mut self, left: &mut u64) -> Step {
        while let Some((taken, barred)) = self.stack.pop() {
            if *left == 0 {
                return Step::Exhausted;
            }
            *left -= 1;
            let Some(taken) = self.forced(taken, barred) else { continue };
            self.branch(taken, barred);
            if self.ground.minutes(taken) >= self.window.0 {
                return Step::Block(taken);
            }
        }
        Step::Done
    }

    /// `taken` with what every zone of this node has to take: parts of the rest that are too
    /// light to be a zone. `None` if the node has no zone.
    fn forced(&self, taken: u64, barred: u64) -> Option<u64> {
        let reachable = self.ground.reach(taken, self.rest & !barred);
        if self.ground.minutes(reachable) < self.window.0 {
            return None;
        }
        let (mut all, mut closed) = (taken, 0);
        for part in self.ground.parts(self.rest & !taken) {
            let light = self.ground.minutes(part) < self.least;
            match part & barred != 0 {
                true if light => return None,
                true => closed += 1,
                false if light => all |= part,
                false => {}
            }
        }
        (closed <= self.others && self.ground.minutes(all) <= self.window.1).then_some(all)
    }

    /// Puts the nodes behind `taken` on the stack, the first neighbour on top: each takes one
    /// neighbour and bars those before it.
    fn branch(&mut self, taken: u64, mut barred: u64) {
        let minutes = self.ground.minutes(taken);
        let from = self.stack.len();
        for town in towns(self.ground.around(taken) & self.rest & !barred).map(|town| 1_u64 << town) {
            if minutes + self.ground.minutes(town) <= self.window.1 {
                self.stack.push((taken | town, barred));
            }
            barred |= town;
        }
        self.stack[from..].reverse();
    }
}
