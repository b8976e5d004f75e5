//! Random instances.

use yaohao::digest::Digest;
use yaohao::pairing::instance::{Instance, Seat, Visit};
use yaohao::seed::Seed;
use yaohao::stream::Stream;

/// A stream for the test of this name.
pub fn stream(name: &str) -> Stream {
    Stream::new(Digest::of(&[b"tests/pairing ", name.as_bytes()]))
}

/// The bounds of a random instance.
#[derive(Clone, Copy)]
pub struct Size {
    pub visits: u64,
    pub inspectors: u64,
    pub team: u64,
    /// The largest capacity.
    pub capacity: u64,
}

/// An instance within `size` in which all rules are mixed: dockets that are
/// equal, nested or unrelated, loads carried, people without capacity.
pub fn instance(stream: &mut Stream, size: Size) -> Instance {
    let count = 1 + stream.below(2 * size.inspectors).min(size.inspectors - 1);
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&stream.word().to_le_bytes());
    let carried = [1, 2, 5][stream.below(3) as usize];
    let seat = |stream: &mut Stream| Seat {
        capacity: stream.below(size.capacity + 2).min(size.capacity) as u32,
        carried: stream.below(carried) as u32,
    };
    let inspectors = (0..count).map(|_| seat(stream)).collect();
    // One band in half of the instances.
    let bands = [1, 1, 2, 3][stream.below(4) as usize];
    let visits = (0..1 + stream.below(size.visits))
        .map(|number| {
            let team = 1 + stream.below(size.team) as usize;
            let slots = slots(stream, count as u32, team);
            // Half of the units have been visited before, by some of the people.
            let visited = stream.below(2) == 0;
            let again = (0..count as u32).filter(|_| visited && stream.below(3) == 0).collect();
            let band = stream.below(bands) as usize;
            Visit { again, band, ..Visit::new(format!("U{number}"), slots) }
        })
        .collect();
    Instance { seed: Seed::sha256(Digest(seed)), inspectors, visits, bands: bands as usize }
}

fn slots(stream: &mut Stream, count: u32, team: usize) -> Vec<Vec<u32>> {
    let density = 5 + stream.below(6);
    let mut some =
        |from: &[u32]| from.iter().copied().filter(|_| stream.below(10) < density).collect::<Vec<_>>();
    let all: Vec<u32> = (0..count).collect();
    let first = some(&all);
    let second = some(&first);
    let unrelated: Vec<Vec<u32>> = (0..team).map(|_| some(&all)).collect();
    match stream.below(3) {
        0 => vec![first; team],
        1 => (0..team).map(|slot| if slot == 0 { second.clone() } else { first.clone() }).collect(),
        _ => unrelated,
    }
}

/// A district: `visits` units with a lead and a second inspector each, in
/// `zones` zones that share nobody; half the people may lead, and one pair in
/// ten is ruled out.
pub fn district(visits: usize, inspectors: u32, zones: u32, slack: u32) -> Instance {
    let mut stream = stream("district");
    let share = 2 * visits as u32 / inspectors;
    let seats = (0..inspectors).map(|_| Seat { capacity: share + slack, carried: stream.below(4) as u32 });
    let inspectors_by_rank: Vec<Seat> = seats.collect();
    let visits = (0..visits as u32).map(|number| {
        let in_zone = (0..inspectors).filter(|rank| rank % zones == number % zones);
        let pool: Vec<u32> = in_zone.filter(|_| stream.below(10) > 0).collect();
        let leads = pool.iter().copied().filter(|rank| (rank / zones).is_multiple_of(2)).collect();
        Visit::new(format!("91500112{number:010}"), vec![leads, pool])
    });
    Instance {
        seed: Seed::sha256(Digest([7; 32])),
        visits: visits.collect(),
        inspectors: inspectors_by_rank,
        bands: 1,
    }
}
