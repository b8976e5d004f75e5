//! Pairing questions of any size, always the same for the same size.

use std::sync::Arc;
use yaohao::digest::Digest;
use yaohao::pairing::instance::{Instance, Seat, Slots, Visit};
use yaohao::seed::Seed;
use yaohao::stream::Stream;

/// How large, and of what shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Drawn units, each with a lead and an assistant.
    pub units: u32,
    /// People, half of whom may lead.
    pub inspectors: u32,
    /// Zones with as many people each.
    pub zones: u32,
    /// What four zones have to do in forty units, if they overlap: one in five
    /// people then also belongs to the next zone, and loads are even only as
    /// far as these can help.
    pub overlap: Option<[u32; 4]>,
    /// Different dockets in each zone; each rules one person in ten out. 0: one
    /// of its own for every unit.
    pub dockets: u32,
    /// Whether every fifth unit of a zone is a long visit, in a band of its own.
    pub banded: bool,
}

impl Size {
    /// Zones without overlap, with a docket of its own for every unit up to
    /// 1,000 units and sixteen a zone beyond.
    pub fn new(units: u32, inspectors: u32, zones: u32) -> Size {
        let dockets = if units > 1_000 { 16 } else { 0 };
        Size { units, inspectors, zones, overlap: None, dockets, banded: false }
    }

    /// The zone of a unit.
    fn zone(self, unit: u32) -> u32 {
        let Some(work) = self.overlap else { return unit % self.zones };
        let ends = work.iter().scan(0, |end, share| {
            *end += share;
            Some(*end)
        });
        // 7 and 40 have no common factor: zones take turns.
        ends.take_while(|end| *end <= unit * 7 % 40).count() as u32
    }

    /// Everybody of a zone.
    fn people(self, zone: u32) -> Vec<u32> {
        let share = self.inspectors / self.zones;
        let before = (zone + self.zones - 1) % self.zones;
        let helps = |rank: &u32| self.overlap.is_some() && rank / share == before && rank.is_multiple_of(5);
        (0..self.inspectors).filter(|rank| rank / share == zone || helps(rank)).collect()
    }

    /// The question.
    pub fn instance(self) -> Instance {
        let mut stream = Stream::new(Digest::of(&[b"districts"]));
        let pools: Vec<Vec<u32>> = (0..self.zones).map(|zone| self.people(zone)).collect();
        let mut docket = |zone: u32| -> Slots {
            let pool = pools[zone as usize].iter().copied();
            let people: Vec<u32> = pool.filter(|_| stream.below(10) > 0).collect();
            let leads = people.iter().copied().filter(|rank| rank / 5 % 2 == 0).collect();
            Arc::new([leads, people])
        };
        let known: Vec<Vec<Slots>> =
            (0..self.zones).map(|zone| (0..self.dockets).map(|_| docket(zone)).collect()).collect();
        let visit = |unit: u32| {
            let zone = self.zone(unit);
            let known = &known[zone as usize];
            let slots = match known.len() as u32 {
                0 => docket(zone),
                count => known[(unit / self.zones % count) as usize].clone(),
            };
            let band = usize::from(self.banded && (unit / self.zones).is_multiple_of(5));
            Visit { band, ..Visit::new(format!("unit-{unit:07}"), slots) }
        };
        let visits = (0..self.units).map(visit).collect();
        let mean = 2 * self.units / self.inspectors;
        let seat = |rank: u32| Seat { capacity: 2 * mean + 4, carried: rank % 4 };
        Instance {
            bands: 1 + usize::from(self.banded),
            seed: Seed::sha256(Digest::of(&[b"seed"])),
            inspectors: (0..self.inspectors).map(seat).collect(),
            visits,
        }
    }
}
