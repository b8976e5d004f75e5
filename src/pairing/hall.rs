//! Whether some group of inspectors can be asked for more than it can do, over
//! all selections that the quotas allow: exact, by going through the groups.

use super::component::Component;
use super::staffing::Pool;

/// The most inspectors of a component that fit a bit set.
pub(super) const MAX_PEOPLE: usize = 64;

/// The answer of the search.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// No group can be overloaded.
    Holds,
    /// Some selection asks more of these ranks than they have capacity for.
    Overloaded(Vec<u32>),
    /// The search would take more than the work allowed.
    Unknown,
}

/// Kinds of unit in one stratum that ask the same inspectors for the same.
struct Shape {
    stratum: usize,
    count: u64,
    /// For each set of slots, how many they are, and who may take one of them.
    dockets: Vec<(u32, u64)>,
}

struct Search {
    /// By local number, in the order of descent.
    capacities: Vec<u64>,
    /// Quota of each stratum.
    quotas: Vec<u64>,
    /// By stratum.
    shapes: Vec<Shape>,
    /// Shapes that may still be looked at.
    work: u64,
}

/// Searches the groups of `component`, which has at most [`MAX_PEOPLE`]
/// inspectors, looking at no more than `work` shapes.
///
/// For a group T, a unit of shape s is forced to take at least
/// f(s, T) = max over slot sets Q of |Q| − |docket(Q) \ T| people from T
/// (Kőnig). The worst selection for T takes in every stratum the units with the
/// largest f, as many as the quota; T is overloaded if their sum exceeds its
/// capacity. By Hall's theorem every selection can be staffed if no T is.
pub(super) fn search(pool: &Pool, component: &Component, work: u64) -> Answer {
    // Large capacities first: the descent below is cut off earlier.
    let mut ranks = component.ranks.clone();
    ranks.sort_by_key(|rank| (std::cmp::Reverse(pool.capacities[*rank as usize]), *rank));
    let mut search = Search {
        capacities: ranks.iter().map(|rank| u64::from(pool.capacities[*rank as usize])).collect(),
        quotas: pool.quotas.iter().map(|quota| u64::from(*quota)).collect(),
        shapes: shapes(pool, component, &ranks),
        work,
    };
    let alive: Vec<usize> = (0..search.shapes.len()).collect();
    match search.descend(0, 0, 0, &alive) {
        Some(Some(outside)) => {
            let inside = (0..ranks.len()).filter(|person| outside >> person & 1 == 0);
            let mut group: Vec<u32> = inside.map(|person| ranks[person]).collect();
            group.sort_unstable();
            Answer::Overloaded(group)
        }
        Some(None) => Answer::Holds,
        None => Answer::Unknown,
    }
}

fn shapes(pool: &Pool, component: &Component, ranks: &[u32]) -> Vec<Shape> {
    let bit = |rank: &u32| 1 << ranks.iter().position(|r| r == rank).expect("in the component");
    let mut shapes: Vec<Shape> = Vec::new();
    for kind in &component.visits {
        let kind = &pool.kinds[*kind];
        let slots: Vec<u64> = kind.slots.iter().map(|s| s.iter().map(bit).sum()).collect();
        let docket = |set: u32| {
            let chosen = (0..slots.len()).filter(|slot| set >> slot & 1 == 1);
            (set.count_ones(), chosen.fold(0, |all, slot| all | slots[slot]))
        };
        let dockets: Vec<(u32, u64)> = (1..1 << slots.len()).map(docket).collect();
        let same = |s: &&mut Shape| s.stratum == kind.stratum && s.dockets == dockets;
        match shapes.iter_mut().find(same) {
            Some(shape) => shape.count += u64::from(kind.count),
            None => shapes.push(Shape { stratum: kind.stratum, count: u64::from(kind.count), dockets }),
        }
    }
    shapes.sort_by_key(|shape| shape.stratum);
    shapes
}

impl Search {
    /// Looks at all groups that leave out the set `outside` and, besides, only
    /// people from `from` on; `kept` is the capacity of those before `from` who
    /// stay. Gives the people left out of an overloaded group, `Some(None)` if
    /// there is none, and `None` if the work ran out. `alive` are the shapes
    /// that force somebody when nobody beyond `outside` is left out, or more.
    fn descend(&mut self, from: usize, kept: u64, outside: u64, alive: &[usize]) -> Option<Option<u64>> {
        self.work = self.work.checked_sub(1 + alive.len() as u64)?;
        let mut still = Vec::with_capacity(alive.len());
        let demand = self.demand(outside, alive, &mut still);
        let rest: u64 = self.capacities[from..].iter().sum();
        if demand > kept + rest {
            return Some(Some(outside));
        }
        let mut kept = kept;
        for person in from..self.capacities.len() {
            // Smaller groups are asked for no more than `demand`.
            if demand <= kept {
                break;
            }
            let found = self.descend(person + 1, kept, outside | 1 << person, &still)?;
            if found.is_some() {
                return Some(found);
            }
            kept += self.capacities[person];
        }
        Some(None)
    }

    /// The most that a selection asks of everybody but `outside`; `still`
    /// receives the shapes that ask for anything.
    fn demand(&self, outside: u64, alive: &[usize], still: &mut Vec<usize>) -> u64 {
        let mut total = 0;
        let mut at = 0;
        while at < alive.len() {
            let stratum = self.shapes[alive[at]].stratum;
            let mut counts = [0; super::instance::MAX_TEAM + 1];
            while at < alive.len() && self.shapes[alive[at]].stratum == stratum {
                let shape = &self.shapes[alive[at]];
                let forced =
                    |(size, docket): &(u32, u64)| size.saturating_sub((docket & outside).count_ones());
                let forced = shape.dockets.iter().map(forced).max().unwrap_or(0);
                if forced > 0 {
                    counts[forced as usize] += shape.count;
                    still.push(alive[at]);
                }
                at += 1;
            }
            let mut quota = self.quotas[stratum];
            for (forced, count) in counts.iter().enumerate().rev() {
                let taken = quota.min(*count);
                total += forced as u64 * taken;
                quota -= taken;
            }
        }
        total
    }
}
