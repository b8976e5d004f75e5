//! The lightest heaviest load, and the heaviest lightest one: between what is found and what
//! is proven to be impossible the middle is asked for, until they meet.

use super::Load;
use super::ground::Ground;
use super::search::{Verdict, Windows, find};
use super::start::improve;

/// So many questions may take too much effort before all that is left goes into the one that
/// counts: is there any better split?
const PATIENCE: u32 = 3;

/// Makes the heaviest load of `best` as light as can be. Returns a proven bound: no split has
/// a lighter one.
pub(super) fn heaviest(ground: &Ground, best: &mut Vec<u64>, left: &mut u64) -> Load {
    let mut bound = least_heaviest(ground);
    let (mut given_up, mut hard) = (0, None::<Load>);
    loop {
        let found = ground.heaviest(best);
        if bound >= found {
            return bound;
        }
        let better = below(ground, found).expect("the bound is below");
        let last = given_up == PATIENCE;
        let upper = hard.map_or(better, |hard| hard.min(better));
        let middle = at_most(ground, bound.halfway(upper)).expect("the bound is below");
        let asked = if last { better } else { middle };
        let mut part = if last { *left } else { left.div_ceil(4) };
        *left -= part;
        let verdict = find(ground, &under(ground, asked), &mut part);
        *left += part;
        match verdict {
            Verdict::Found(mut zones) => {
                improve(ground, &mut zones);
                *best = zones;
            }
            Verdict::Impossible => bound = above(ground, asked),
            Verdict::Exhausted if last => return bound,
            // The lower the window, the less there is to look at.
            Verdict::Exhausted => (given_up, hard) = (given_up + 1, Some(middle)),
        }
    }
}

/// Makes the lightest load of `best` as heavy as can be while its heaviest stays. Whether
/// that is proven.
pub(super) fn lightest(ground: &Ground, best: &mut Vec<u64>, left: &mut u64) -> bool {
    let most = ground.heaviest(best);
    let same = |a: usize, b: usize| ground.people[a] == ground.people[b];
    let total = Load { minutes: ground.minutes(ground.all()), people: ground.people.iter().sum() };
    let mut bound = at_most(ground, total.min(most)).expect("nothing is below nothing");
    loop {
        let found = ground.lightest(best);
        if bound <= found {
            return true;
        }
        // Halfway, but more than what there is.
        let middle = at_least(ground, found.halfway(bound));
        let asked = middle.max(above(ground, found));
        match find(ground, &between(ground, asked, most, same), left) {
            Verdict::Found(zones) => *best = zones,
            Verdict::Impossible => bound = below(ground, asked).expect("what is found is below"),
            Verdict::Exhausted => return false,
        }
    }
}

/// A load that the heaviest cannot be below: that of everybody together, and that of the
/// heaviest town where the most people are.
fn least_heaviest(ground: &Ground) -> Load {
    let people = ground.people.iter().sum();
    let even = at_least(ground, Load { minutes: ground.minutes(ground.all()), people });
    let town = Load { minutes: ground.minutes(1), people: ground.people.iter().copied().max().unwrap_or(1) };
    even.max(town)
}

/// Windows of zones that carry at most this.
fn under(ground: &Ground, most: Load) -> Windows {
    between(ground, Load { minutes: 0, people: 1 }, most, |a, b| ground.people[a] == ground.people[b])
}

/// Windows of zones that carry from `least` to `most`; those that are `alike` can be exchanged.
pub(super) fn between(
    ground: &Ground,
    least: Load,
    most: Load,
    alike: impl Fn(usize, usize) -> bool,
) -> Windows {
    let window = |people: &u64| (least.least_for(*people), most.most_for(*people));
    Windows::new(ground.people.iter().map(window).collect(), alike)
}

/// The greatest load that a zone can have up to this one.
fn at_most(ground: &Ground, load: Load) -> Option<Load> {
    let of = |people: &u64| Load { minutes: load.most_for(*people), people: *people };
    ground.people.iter().map(of).max()
}

/// The least load that a zone can have from this one on.
fn at_least(ground: &Ground, load: Load) -> Load {
    let of = |people: &u64| Load { minutes: load.least_for(*people), people: *people };
    ground.people.iter().map(of).min().expect("there is a zone")
}

/// The least load that a zone can have beyond this one.
fn above(ground: &Ground, load: Load) -> Load {
    let of = |people: &u64| Load { minutes: load.most_for(*people) + 1, people: *people };
    ground.people.iter().map(of).min().expect("there is a zone")
}

/// The greatest load that a zone can have below this one.
fn below(ground: &Ground, load: Load) -> Option<Load> {
    let of = |people: &u64| {
        let minutes = load.least_for(*people).checked_sub(1)?;
        Some(Load { minutes, people: *people })
    };
    ground.people.iter().filter_map(of).max()
}
