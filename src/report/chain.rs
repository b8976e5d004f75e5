//! What became of each hazard: an inspection and its second looks are a chain, in which
//! hazards are put right in the order in which they were found.

use crate::task::{Kind, Ledger, Matter, Task, Visit};
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A number of hazards at a matter.
pub type Count<'a> = (&'a Task, u32);

/// The hazards of one year.
#[derive(Debug, Default)]
pub struct Hazards<'a> {
    /// Found in the year.
    pub found: Vec<Count<'a>>,
    /// Of these, put right at the visit that found them.
    pub on_spot: Vec<Count<'a>>,
    /// Of these, put right as a second look saw; by the second look.
    pub later: Vec<Count<'a>>,
    /// Of these, open at the end of the year; by the visit that found them.
    pub open: Vec<Count<'a>>,
    /// Found before, put right in the year; by the second look.
    pub earlier: Vec<Count<'a>>,
    /// Said to be put right beyond what was open. They are among those above.
    pub excess: Vec<Count<'a>>,
}

/// Follows every chain through the year.
pub fn hazards(ledger: &Ledger, year: i32) -> Hazards<'_> {
    let mut chains: BTreeMap<&Matter, Vec<(&Task, &Visit)>> = BTreeMap::new();
    for task in ledger.tasks.values().filter(|task| task.kind().is_inspection()) {
        if let Some(visit) = task.result().filter(|visit| visit.day.year() <= year) {
            chains.entry(root(ledger, task)).or_default().push((task, visit));
        }
    }
    let mut hazards = Hazards::default();
    for mut chain in chains.into_values() {
        // What is looked at again on the same day was there before.
        let order = |(task, visit): &(&Task, &Visit)| (visit.day, task.kind() == Kind::Reinspection);
        chain.sort_by_key(order);
        follow(&chain, year, &mut hazards);
    }
    hazards
}

/// The matter that was looked at first.
fn root<'a>(ledger: &'a Ledger, task: &'a Task) -> &'a Matter {
    let (mut at, mut seen) = (&task.matter, BTreeSet::new());
    while seen.insert(at) {
        let of =
            ledger.tasks.get(at).and_then(|task| task.opened.as_ref()).and_then(|opened| opened.of.as_ref());
        match of {
            Some(before) => at = before,
            None => return at,
        }
    }
    // Second looks at each other: nobody was there first.
    at
}

/// A visit's hazards that are not put right yet.
struct Left<'a> {
    task: &'a Task,
    day: Date,
    count: u32,
}

fn follow<'a>(chain: &[(&'a Task, &'a Visit)], year: i32, hazards: &mut Hazards<'a>) {
    let mut open: VecDeque<Left<'a>> = VecDeque::new();
    // Of a first visit that is in no journal it is unknown how much it found.
    let is_known = chain
        .first()
        .is_some_and(|(task, visit)| task.kind() != Kind::Reinspection && visit.delegated.is_none());
    for (task, visit) in chain {
        let is_now = visit.day.year() == year;
        let is_own = visit.delegated.is_none();
        let found = if is_own { visit.hazards } else { 0 };
        if is_now {
            push(&mut hazards.found, task, found);
        }
        if task.kind() != Kind::Reinspection {
            let right = if is_own { visit.rectified } else { 0 };
            if is_now {
                push(&mut hazards.on_spot, task, right);
                push(&mut hazards.excess, task, right.saturating_sub(found));
            }
            open.push_back(Left { task, day: visit.day, count: found.saturating_sub(right) });
            continue;
        }
        open.push_back(Left { task, day: visit.day, count: found });
        let (earlier, later, beyond) = put_right(&mut open, visit.rectified, year);
        if is_now && is_known {
            push(&mut hazards.earlier, task, earlier);
            push(&mut hazards.later, task, later.saturating_add(beyond));
            push(&mut hazards.excess, task, beyond);
        } else if is_now {
            push(&mut hazards.earlier, task, earlier.saturating_add(beyond));
            push(&mut hazards.later, task, later);
        }
    }
    let left = open.iter().filter(|left| left.day.year() == year);
    left.for_each(|left| push(&mut hazards.open, left.task, left.count));
}

/// Takes so many off the oldest: those found before the year, those found in it, and
/// those that were never open.
fn put_right(open: &mut VecDeque<Left<'_>>, mut count: u32, year: i32) -> (u32, u32, u32) {
    let (mut earlier, mut later) = (0, 0);
    while count > 0 {
        let Some(first) = open.front_mut() else { break };
        let taken = count.min(first.count);
        (first.count, count) = (first.count - taken, count - taken);
        if first.day.year() < year {
            earlier += taken;
        } else {
            later += taken;
        }
        if first.count == 0 {
            open.pop_front();
        }
    }
    (earlier, later, count)
}

fn push<'a>(list: &mut Vec<Count<'a>>, task: &'a Task, count: u32) {
    if count > 0 {
        list.push((task, count));
    }
}
