//! Groups of inspectors who share visits, directly or through others. What
//! happens in one group never touches another.

use super::instance::{Instance, Visit};
use std::collections::{BTreeMap, BTreeSet};

/// A connected part of the graph of visits and inspectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Component {
    /// Its inspectors' ranks, ascending.
    pub ranks: Vec<u32>,
    /// Its visits (or kinds of unit), ascending.
    pub visits: Vec<usize>,
}

/// The dockets of a component in local accounts: person after person (positions
/// of its ranks), and for each the bands of duration. Visits that share a docket
/// in memory share it here.
#[derive(Debug)]
pub(super) struct Dockets {
    /// Bands of duration.
    pub bands: usize,
    /// For each slot, the accounts of the eligible people in the band of the visit.
    pub all: Vec<Vec<Vec<u32>>>,
    /// The docket of each visit of the component.
    pub of: Vec<u32>,
}

impl Dockets {
    /// The dockets of `component`.
    pub fn new(instance: &Instance, component: &Component) -> Self {
        let (bands, of) = (instance.bands, Vec::with_capacity(component.visits.len()));
        let mut dockets = Dockets { bands, all: Vec::new(), of };
        let mut numbers = BTreeMap::new();
        for visit in &component.visits {
            let Visit { slots, band, .. } = &instance.visits[*visit];
            let number = *numbers.entry((slots.as_ptr(), *band)).or_insert_with(|| {
                let account = |person: u32| person * bands as u32 + *band as u32;
                let slot =
                    |ranks: &Vec<u32>| local(ranks, &component.ranks).map(account).collect::<Vec<u32>>();
                dockets.all.push(slots.iter().map(slot).collect());
                dockets.all.len() as u32 - 1
            });
            dockets.of.push(number);
        }
        dockets
    }

    /// The person who has a local account.
    pub fn person(&self, account: u32) -> usize {
        account as usize / self.bands
    }

    /// Every docket with the number of its visits.
    pub fn counted(&self) -> impl Iterator<Item = (&[Vec<u32>], usize)> {
        let mut counts = vec![0; self.all.len()];
        self.of.iter().for_each(|number| counts[*number as usize] += 1);
        self.all.iter().map(Vec::as_slice).zip(counts)
    }

    /// For each slot of a visit, the accounts of the eligible people.
    pub fn of(&self, visit: usize) -> &[Vec<u32>] {
        &self.all[self.of[visit] as usize]
    }
}

/// The positions of `ranks` in `all`, both ascending.
fn local(ranks: &[u32], all: &[u32]) -> impl Iterator<Item = u32> {
    let mut at = 0;
    ranks.iter().map(move |rank| {
        while all[at] != *rank {
            at += 1;
        }
        at as u32
    })
}

/// Splits `dockets` (for each visit, the eligible ranks of each slot) into
/// components, in the order of their first visit. Inspectors without a visit
/// and visits without any eligible inspector are in none.
pub(super) fn components<'a>(
    inspectors: usize,
    dockets: impl Iterator<Item = &'a [Vec<u32>]> + Clone,
) -> Vec<Component> {
    let mut parent: Vec<u32> = (0..inspectors as u32).collect();
    let mut seen = BTreeSet::new();
    for slots in dockets.clone() {
        let mut ranks = slots.iter().flatten();
        let Some(first) = ranks.next() else { continue };
        // Most visits share their docket with one that came before.
        if !seen.insert(slots.as_ptr()) {
            continue;
        }
        let mut root = find(&mut parent, *first);
        for rank in ranks {
            let other = find(&mut parent, *rank);
            parent[root.max(other) as usize] = root.min(other);
            root = root.min(other);
        }
    }
    let mut components: Vec<Component> = Vec::new();
    let mut number = vec![usize::MAX; inspectors];
    for (visit, slots) in dockets.enumerate() {
        let Some(first) = slots.iter().flatten().next() else { continue };
        let root = find(&mut parent, *first) as usize;
        if number[root] == usize::MAX {
            number[root] = components.len();
            components.push(Component { ranks: Vec::new(), visits: Vec::new() });
        }
        components[number[root]].visits.push(visit);
    }
    for rank in 0..inspectors as u32 {
        let root = find(&mut parent, rank) as usize;
        if number[root] != usize::MAX {
            components[number[root]].ranks.push(rank);
        }
    }
    components
}

/// The visits of `instance` that share inspectors with `visit`, directly or
/// through others: itself first, then the others, ascending. Whatever happens to
/// all the rest, the teams of these stay the same.
///
/// # Panics
/// If there is no such visit.
pub fn connected(instance: &Instance, visit: usize) -> Vec<usize> {
    let dockets = instance.visits.iter().map(|visit| &*visit.slots);
    let parts = components(instance.inspectors.len(), dockets);
    let mine = parts.into_iter().find(|part| part.visits.contains(&visit));
    let others = mine.map_or_else(Vec::new, |part| part.visits);
    std::iter::once(visit).chain(others.into_iter().filter(|other| *other != visit)).collect()
}

/// The root of `rank` in a forest of parents, with shorter ways left behind.
pub(super) fn find(parent: &mut [u32], mut rank: u32) -> u32 {
    while parent[rank as usize] != rank {
        let up = parent[parent[rank as usize] as usize];
        parent[rank as usize] = up;
        rank = up;
    }
    rank
}
