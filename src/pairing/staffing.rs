//! Before any draw: can every draw that may come out be staffed?
//!
//! Asked of kinds of unit instead of units: thousands of units share a few
//! hundred dockets.

use super::component::{Component, components};
use super::flow::Network;
use super::hall::{self, Answer};
use super::instance::{Instance, Seat, Slots, Visit};
use super::shortage::Shortage;
use crate::digest::Digest;
use crate::seed::Seed;
use crate::stream::Stream;
use std::collections::BTreeMap;

/// Components up to this size are searched completely, however long it takes
/// (2²⁰ groups at the very most).
pub const EXACT_PEOPLE: usize = 20;
/// Work allowed for the search of one larger component, some tenths of a second.
const WORK: u64 = 40_000_000;
/// Dry draws made where the search gives up.
const DRY_DRAWS: u32 = 1_000;

/// Everything that may be drawn, and who could visit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Visits that each inspector can still take, by rank.
    pub capacities: Vec<u32>,
    /// Units to draw from each stratum; all of a stratum that has fewer.
    pub quotas: Vec<u32>,
    /// Kinds of unit.
    pub kinds: Vec<Kind>,
}

/// Units of one stratum with the same eligible inspectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Position in [`Pool::quotas`].
    pub stratum: usize,
    /// Number of units.
    pub count: u32,
    /// Who is eligible.
    pub slots: Slots,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every possible draw can be staffed.
    Proved {
        /// The strongest method needed.
        by: Method,
    },
    /// Some possible draw cannot be staffed. How likely such a draw is, is
    /// another question: see [`rehearse`].
    Fails(Counterexample),
    /// Neither proved nor refuted; so many random draws could all be staffed.
    Undecided {
        /// Dry draws made.
        draws: u32,
    },
}

/// How a proof was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Whoever alone may visit some kind of unit could do everything.
    Dockets,
    /// All groups of inspectors were gone through.
    Groups,
}

/// A possible draw that cannot be staffed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterexample {
    /// Units drawn of each kind.
    pub selection: Vec<u32>,
    /// Why; it holds for [`Pool::draw`] of the selection.
    pub shortage: Shortage,
}

/// Dry draws and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// Draws made.
    pub draws: u32,
    /// Draws that could not be staffed.
    pub failures: u32,
    /// The first of these.
    pub first: Option<Counterexample>,
}

impl Pool {
    /// The question of pairing for `selection` (units of each kind), with units
    /// in the order of kinds.
    pub fn draw(&self, selection: &[u32]) -> Instance {
        let unit = |kind: usize, number: u32| {
            Visit::new(format!("kind-{kind}/{number}"), self.kinds[kind].slots.clone())
        };
        Instance {
            seed: Seed::sha256(Digest([0; 32])),
            bands: 1,
            inspectors: self.capacities.iter().map(|c| Seat { capacity: *c, carried: 0 }).collect(),
            visits: (0..self.kinds.len()).flat_map(|k| (0..selection[k]).map(move |n| unit(k, n))).collect(),
        }
    }

    /// The kind of a visit of [`Pool::draw`].
    ///
    /// # Panics
    /// If the selection has no such visit.
    pub fn kind_of(&self, selection: &[u32], visit: usize) -> usize {
        let ends = selection.iter().scan(0, |end, count| {
            *end += *count as usize;
            Some(*end)
        });
        ends.take_while(|end| *end <= visit).count()
    }

    /// Completes `selection` to a possible draw, taking kinds in their order.
    fn complete(&self, mut selection: Vec<u32>) -> Vec<u32> {
        let mut left = self.quotas.clone();
        for (kind, taken) in self.kinds.iter().zip(&selection) {
            left[kind.stratum] -= taken;
        }
        for (kind, taken) in self.kinds.iter().zip(&mut selection) {
            let more = left[kind.stratum].min(kind.count - *taken);
            *taken += more;
            left[kind.stratum] -= more;
        }
        selection
    }

    /// Why `selection` cannot be staffed, if so.
    fn refuted(&self, selection: Vec<u32>) -> Option<Counterexample> {
        let ranks = overloaded(self, &selection)?;
        let shortage = Shortage::within(&self.draw(&selection), &ranks).expect("a cut proves a shortage");
        Some(Counterexample { selection, shortage })
    }
}

/// Whether every draw that `pool` and its quotas allow can be staffed.
///
/// # Panics
/// If a stratum or rank is out of range, ranks do not ascend, or a kind has no
/// slot or more than [`MAX_TEAM`](super::instance::MAX_TEAM).
pub fn verdict(pool: &Pool) -> Verdict {
    let drawable = |kind: &usize| pool.kinds[*kind].count > 0 && pool.quotas[pool.kinds[*kind].stratum] > 0;
    let kinds: Vec<usize> = (0..pool.kinds.len()).filter(drawable).collect();
    if let Some(counterexample) = kinds.iter().find_map(|kind| hopeless(pool, *kind)) {
        return Verdict::Fails(counterexample);
    }
    let mut by = Method::Dockets;
    let mut unknown = false;
    for mut component in components(pool.capacities.len(), kinds.iter().map(|kind| &*pool.kinds[*kind].slots))
    {
        component.visits.iter_mut().for_each(|kind| *kind = kinds[*kind]);
        if dockets_suffice(pool, &component) {
            continue;
        }
        by = Method::Groups;
        let work = if component.ranks.len() <= EXACT_PEOPLE { u64::MAX } else { WORK };
        let small = component.ranks.len() <= hall::MAX_PEOPLE;
        match if small { hall::search(pool, &component, work) } else { Answer::Unknown } {
            Answer::Holds => {}
            Answer::Unknown => unknown = true,
            Answer::Overloaded(ranks) => {
                let example = pool.refuted(worst(pool, &component, &ranks));
                return Verdict::Fails(example.expect("an overloaded group refutes the worst draw"));
            }
        }
    }
    if !unknown {
        return Verdict::Proved { by };
    }
    match rehearse(pool, DRY_DRAWS).first {
        Some(counterexample) => Verdict::Fails(counterexample),
        None => Verdict::Undecided { draws: DRY_DRAWS },
    }
}

/// A counterexample if a single unit of `kind` cannot be staffed.
fn hopeless(pool: &Pool, kind: usize) -> Option<Counterexample> {
    let mut selection = vec![0; pool.kinds.len()];
    selection[kind] = 1;
    overloaded(pool, &selection)?;
    pool.refuted(pool.complete(selection))
}

/// A quick bound that is often enough. If a draw cannot be staffed, Hall's
/// theorem gives a group T that is forced to more than its capacity. Forced at
/// all means: for some unit and set Q of its slots, T contains the whole docket
/// of Q but for at most |Q| − 1 people. So the capacity of T is at least that
/// of some docket less its |Q| − 1 largest; and T is asked for no more than all
/// slots of the largest draw in the component. Where the least such capacity
/// reaches that number, no T can fail.
fn dockets_suffice(pool: &Pool, component: &Component) -> bool {
    let kinds = || component.visits.iter().map(|kind| &pool.kinds[*kind]);
    let mut most = 0;
    for (stratum, quota) in pool.quotas.iter().enumerate() {
        let mut sizes: Vec<(usize, u32)> =
            kinds().filter(|k| k.stratum == stratum).map(|k| (k.slots.len(), k.count)).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let mut left = *quota;
        for (size, count) in sizes {
            let taken = left.min(count);
            most += size as u64 * u64::from(taken);
            left -= taken;
        }
    }
    kinds().all(|kind| {
        (1..1 << kind.slots.len()).all(|set: u32| {
            let slots = kind.slots.iter().enumerate().filter(|(slot, _)| set >> slot & 1 == 1);
            let mut docket: Vec<u32> = slots.flat_map(|(_, ranks)| ranks.iter().copied()).collect();
            docket.sort_unstable();
            docket.dedup();
            let mut capacities: Vec<u64> =
                docket.iter().map(|rank| u64::from(pool.capacities[*rank as usize])).collect();
            capacities.sort_unstable_by(|a, b| b.cmp(a));
            let kernel = capacities.iter().skip(set.count_ones() as usize - 1).sum::<u64>();
            kernel >= most
        })
    })
}

/// The possible draw that asks most of `ranks`, by kind.
fn worst(pool: &Pool, component: &Component, ranks: &[u32]) -> Vec<u32> {
    let forced = |kind: &usize| {
        let slots = &pool.kinds[*kind].slots;
        let visit = Visit::new("", slots.clone());
        let docket = visit.docket();
        let surplus = |set: u32| {
            let may =
                |rank: &&u32| (0..slots.len()).any(|slot| set >> slot & 1 == 1 && visit.allows(slot, **rank));
            let others = docket.iter().filter(may).filter(|rank| ranks.binary_search(rank).is_err()).count();
            set.count_ones().saturating_sub(others as u32)
        };
        (1..1 << slots.len()).map(surplus).max().unwrap_or(0)
    };
    let mut kinds = component.visits.clone();
    kinds.sort_by_cached_key(|kind| (std::cmp::Reverse(forced(kind)), *kind));
    let mut left = pool.quotas.clone();
    let mut selection = vec![0; pool.kinds.len()];
    for kind in kinds {
        let left = &mut left[pool.kinds[kind].stratum];
        selection[kind] = pool.kinds[kind].count.min(*left);
        *left -= selection[kind];
    }
    pool.complete(selection)
}

/// Makes `draws` random draws, always the same ones for the same pool, and
/// counts those that cannot be staffed.
///
/// # Panics
/// As [`verdict`].
pub fn rehearse(pool: &Pool, draws: u32) -> Rehearsal {
    let mut stream = Stream::new(Digest::of(&[b"yaohao/rehearsal/v1\n"]));
    let mut rehearsal = Rehearsal { draws, failures: 0, first: None };
    for _ in 0..draws {
        let selection = random_selection(pool, &mut stream);
        if overloaded(pool, &selection).is_some() {
            rehearsal.failures += 1;
            rehearsal.first = rehearsal.first.or_else(|| pool.refuted(selection));
        }
    }
    rehearsal
}

/// A selection in which all units of a stratum are equally likely.
fn random_selection(pool: &Pool, stream: &mut Stream) -> Vec<u32> {
    let mut selection = vec![0; pool.kinds.len()];
    for (stratum, quota) in pool.quotas.iter().enumerate() {
        let kinds: Vec<usize> = (0..pool.kinds.len()).filter(|k| pool.kinds[*k].stratum == stratum).collect();
        let mut left: u64 = kinds.iter().map(|kind| u64::from(pool.kinds[*kind].count)).sum();
        for _ in 0..u64::from(*quota).min(left) {
            let mut ticket = stream.below(left);
            left -= 1;
            for kind in &kinds {
                let remaining = u64::from(pool.kinds[*kind].count - selection[*kind]);
                if ticket < remaining {
                    selection[*kind] += 1;
                    break;
                }
                ticket -= remaining;
            }
        }
    }
    selection
}

/// Slots of `instance` that stay empty in any case.
pub fn missing(instance: &Instance) -> u64 {
    let mut kinds: BTreeMap<Slots, u32> = BTreeMap::new();
    instance.visits.iter().for_each(|visit| *kinds.entry(visit.slots.clone()).or_default() += 1);
    let selection: Vec<u32> = kinds.values().copied().collect();
    let kind = |(slots, count): (Slots, u32)| Kind { stratum: 0, count, slots };
    let capacities = instance.inspectors.iter().map(|seat| seat.capacity).collect();
    let pool = Pool { capacities, quotas: Vec::new(), kinds: kinds.into_iter().map(kind).collect() };
    let (mut network, demand) = network(&pool, &selection);
    demand - network.maximise(SOURCE, SINK)
}

/// Inspectors who are asked for more than they can do if `selection` is drawn:
/// those on the near side of a minimum cut; `None` if it can be staffed.
fn overloaded(pool: &Pool, selection: &[u32]) -> Option<Vec<u32>> {
    let (mut network, demand) = network(pool, selection);
    if network.maximise(SOURCE, SINK) == demand {
        return None;
    }
    let levels = network.levels(SOURCE);
    let near = |rank: &u32| levels[FIRST + *rank as usize] != usize::MAX;
    Some((0..pool.capacities.len() as u32).filter(near).collect())
}

/// Nodes of the network: source, sink, then the people by rank.
const SOURCE: usize = 0;
const SINK: usize = 1;
const FIRST: usize = 2;

/// The network of `selection`, and how much has to flow through it.
///
/// All units of a kind flow together: any such flow splits into teams of
/// different people, because it is a bipartite multigraph of slots and
/// inspectors whose degrees stay within the count (Kőnig's edge colouring).
fn network(pool: &Pool, selection: &[u32]) -> (Network, u64) {
    let mut network = Network::new(FIRST + pool.capacities.len());
    for (person, capacity) in pool.capacities.iter().enumerate() {
        network.arc(FIRST + person, SINK, u64::from(*capacity));
    }
    let mut demand = 0;
    for (kind, count) in pool.kinds.iter().zip(selection).filter(|(_, count)| **count > 0) {
        let count = u64::from(*count);
        let slots: Vec<usize> = kind.slots.iter().map(|_| network.node()).collect();
        for slot in &slots {
            network.arc(SOURCE, *slot, count);
            demand += count;
        }
        let mut open: Vec<(u32, usize)> = slots
            .iter()
            .zip(&*kind.slots)
            .flat_map(|(slot, ranks)| ranks.iter().map(|r| (*r, *slot)))
            .collect();
        open.sort_unstable();
        for same in open.chunk_by(|a, b| a.0 == b.0) {
            // Who may take several slots takes each unit once: a node of their own.
            let person = FIRST + same[0].0 as usize;
            let entry = if same.len() > 1 { network.node() } else { person };
            if entry != person {
                network.arc(entry, person, count);
            }
            same.iter().for_each(|(_, slot)| network.arc(*slot, entry, count));
        }
    }
    (network, demand)
}
