//! Groups of inspectors who share visits, directly or through others. What
//! happens in one group never touches another.

/// A connected part of the graph of visits and inspectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Component {
    /// Its inspectors' ranks, ascending.
    pub ranks: Vec<u32>,
    /// Its visits (or kinds of unit), ascending.
    pub visits: Vec<usize>,
}

/// Splits `dockets` (for each visit, the eligible ranks of each slot) into
/// components, in the order of their first visit. Inspectors without a visit
/// and visits without any eligible inspector are in none.
pub(super) fn components<'a>(
    inspectors: usize,
    dockets: impl Iterator<Item = &'a [Vec<u32>]> + Clone,
) -> Vec<Component> {
    let mut parent: Vec<u32> = (0..inspectors as u32).collect();
    for slots in dockets.clone() {
        let mut ranks = slots.iter().flatten();
        let Some(first) = ranks.next() else { continue };
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

fn find(parent: &mut [u32], mut rank: u32) -> u32 {
    while parent[rank as usize] != rank {
        let up = parent[parent[rank as usize] as usize];
        parent[rank as usize] = up;
        rank = up;
    }
    rank
}
