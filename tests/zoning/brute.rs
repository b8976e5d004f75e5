//! The best split by looking at all of them, in the words of the promise.

use std::cmp::Reverse;
use yaohao::stream::Stream;
use yaohao::zoning::{Load, Question};

fn touch(question: &Question, a: usize, b: usize) -> bool {
    question.neighbours[a] >> b & 1 == 1 || question.neighbours[b] >> a & 1 == 1
}

/// Whether the towns are one piece.
pub fn in_one_piece(question: &Question, towns: &[usize]) -> bool {
    let Some(first) = towns.first() else { return false };
    let mut reached = vec![*first];
    let mut at = 0;
    while at < reached.len() {
        let from = reached[at];
        let next = towns.iter().filter(|town| touch(question, from, **town) && !reached.contains(town));
        let next: Vec<usize> = next.copied().collect();
        reached.extend(next);
        at += 1;
    }
    reached.len() == towns.len()
}

fn loads<'a>(question: &'a Question, zones: &'a [Vec<usize>]) -> impl Iterator<Item = Load> + 'a {
    zones.iter().zip(&question.people).map(|(zone, people)| Load {
        minutes: zone.iter().map(|town| question.minutes[*town]).sum(),
        people: *people,
    })
}

/// The heaviest load of the most even split.
pub fn heaviest(question: &Question) -> Load {
    best(question).and_then(|zones| loads(question, &zones).max()).expect("a split")
}

/// All splits: the zone of each town, and the towns of each zone.
fn splits(question: &Question) -> impl Iterator<Item = (Vec<usize>, Vec<Vec<usize>>)> + '_ {
    let (towns, zones) = (question.minutes.len(), question.people.len());
    (0..zones.pow(towns as u32)).filter_map(move |number| {
        let zone_of: Vec<usize> = (0..towns).map(|town| number / zones.pow(town as u32) % zones).collect();
        let split: Vec<Vec<usize>> =
            (0..zones).map(|zone| (0..towns).filter(|town| zone_of[*town] == zone).collect()).collect();
        let whole = split.iter().all(|zone| in_one_piece(question, zone));
        whole.then_some((zone_of, split))
    })
}

/// The best split of all; nothing if there is none.
pub fn best(question: &Question) -> Option<Vec<Vec<usize>>> {
    let towns = question.minutes.len();
    let mut order: Vec<usize> = (0..towns).collect();
    order.sort_by_key(|town| (Reverse(question.minutes[*town]), *town));
    let splits: Vec<_> = splits(question).collect();
    let extremes = |split: &[Vec<usize>]| {
        let loads: Vec<Load> = loads(question, split).collect();
        (*loads.iter().max().expect("a zone"), Reverse(*loads.iter().min().expect("a zone")))
    };
    let (heaviest, Reverse(lightest)) = splits.iter().map(|(_, split)| extremes(split)).min()?;
    let tolerance = if question.present.is_some() { question.tolerance } else { 0 };
    let times = |load: Load, by: u64| Load { minutes: load.minutes * by, people: load.people * 10_000 };
    let (most, least) = (times(heaviest, 10_000 + tolerance), times(lightest, 10_000 - tolerance));
    let near = |split: &[Vec<usize>]| {
        let (heaviest, Reverse(lightest)) = extremes(split);
        heaviest <= most && lightest >= least
    };
    let key = |(zone_of, _): &(Vec<usize>, Vec<Vec<usize>>)| {
        let moving = |town: &usize| question.present.as_ref().is_some_and(|now| now[*town] != zone_of[*town]);
        let movers: Vec<usize> = (0..towns).filter(moving).collect();
        let minutes: u64 = movers.iter().map(|town| question.minutes[*town]).sum();
        let sequence: Vec<usize> = order.iter().map(|town| zone_of[*town]).collect();
        (movers.len(), minutes, sequence)
    };
    splits.into_iter().filter(|(_, split)| near(split)).min_by_key(key).map(|(_, split)| split)
}

/// A map of up to `towns` towns, mostly in one piece, in up to `zones` zones: few minutes, so
/// that many splits are as good; now and then zones with different people, and a present split.
pub fn random(stream: &mut Stream, towns: u64, zones: u64) -> Question {
    let mut below = |n: u64| stream.below(n) as usize;
    let zones = 1 + below(zones);
    // All assignments are looked at: fewer towns where there are many zones.
    let most = if zones == 4 { towns as usize - 1 } else { towns as usize };
    let count = zones.max(2) + below((most - zones.max(2) + 1) as u64);
    let mut near = |town: usize| {
        let tree = if below(12) > 0 { 1_u64 << below(town as u64) } else { 0 };
        let more = if below(3) == 0 { 1 << below(town as u64) } else { 0 };
        tree | more
    };
    let neighbours = (0..count).map(|town| if town == 0 { 0 } else { near(town) }).collect();
    let spread = [2, 5, 30][below(3)];
    let uneven = below(3) == 0;
    let placed = below(2) == 0;
    Question {
        minutes: (0..count).map(|_| below(spread) as u64).collect(),
        neighbours,
        people: (0..zones).map(|_| if uneven { 1 + below(4) as u64 } else { 1 }).collect(),
        present: placed.then(|| (0..count).map(|_| below(zones as u64 + 1)).collect()),
        tolerance: [0, 0, 1_000, 3_000][below(4)],
    }
}
