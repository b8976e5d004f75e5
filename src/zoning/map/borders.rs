//! From borders to neighbours.

use super::decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A vertex of a border: longitude and latitude.
pub(super) type Vertex = (Decimal, Decimal);

/// Vertices that borders of neighbours have in common, at least. A stretch of border that both
/// have, in either direction, is two vertices; so are the ends of a stretch that one of them
/// has with further vertices in between. Towns that only meet at a corner have one.
const COMMON: u8 = 2;

/// The pairs of towns that are neighbours, of the vertices of each town.
pub(super) fn neighbours(towns: &[BTreeSet<Vertex>]) -> Vec<(usize, usize)> {
    let mut meeting: BTreeMap<&Vertex, Vec<usize>> = BTreeMap::new();
    for (town, vertices) in towns.iter().enumerate() {
        for vertex in vertices {
            meeting.entry(vertex).or_default().push(town);
        }
    }
    let mut common = vec![0_u8; towns.len() * towns.len()];
    for at in meeting.into_values() {
        for (n, a) in at.iter().enumerate() {
            for b in &at[n + 1..] {
                let count = &mut common[a * towns.len() + b];
                *count = count.saturating_add(1);
            }
        }
    }
    let pairs = (0..towns.len()).flat_map(|a| (a + 1..towns.len()).map(move |b| (a, b)));
    pairs.filter(|(a, b)| common[a * towns.len() + b] >= COMMON).collect()
}
