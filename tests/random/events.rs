//! Random public events, in the room and outside, and what they show.

use super::chance::Random;
use super::district::outside::{self, Events, pulse};
use super::district::{date, moment};
use yaohao::seed::{Beacon, DrandChain, Lottery, Outcome, Shown};
use yaohao::time::Moment;

/// The policy's text of every beacon, and what happens.
pub struct Chosen {
    pub rules: Vec<String>,
    pub events: Events,
    pub outcomes: Vec<Outcome>,
}

/// At least sixteen bits; at most one draw in a hundred waits for a pulse, because
/// pairings of BLS12-381 take long in a browser.
pub fn choose(random: &mut Random) -> Chosen {
    let mut chosen: Vec<(String, Outcome)> = Vec::new();
    let committed = moment("2026-11-23T06:00:00Z").plus_minutes(random.below(3) as u32);
    let drand = random.one_in(120);
    if drand {
        let (chain, round) = match random.one_in(2) {
            true => (DrandChain::Quicknet, outside::QUICK),
            false => (DrandChain::Default, outside::CHAINED),
        };
        let beacon = Beacon::Drand { chain, round };
        let outcome = beacon.read(&pulse(chain, round)).expect("a pulse");
        chosen.push((format!("kind = \"drand\"\nchain = \"{}\"\n", chain.key()), outcome));
    }
    while bits(&chosen) < 16 || random.one_in(5) {
        let next = event(random, drand);
        if chosen.iter().all(|(rule, _)| *rule != next.0) {
            chosen.push(next);
        }
    }
    random.shuffle(&mut chosen);
    let (rules, outcomes): (Vec<String>, Vec<Outcome>) = chosen.into_iter().unzip();
    let beacons: Vec<Beacon> = outcomes.iter().map(|outcome| outcome.beacon.clone()).collect();
    let events = times(committed, beacons);
    Chosen { rules, events, outcomes }
}

fn bits(chosen: &[(String, Outcome)]) -> u32 {
    chosen.iter().map(|(_, outcome)| outcome.beacon.bits()).sum()
}

/// Dice, balls or, where no pulse of another year is waited for, a lottery.
fn event(random: &mut Random, drand: bool) -> (String, Outcome) {
    match random.below(if drand { 2 } else { 3 }) {
        0 => {
            let (sides, rolls) = ([2, 6, 10, 10, 20, 100][random.below(6)], random.within(5, 24));
            let first = usize::from(sides != 10);
            let shown = (0..rolls).map(|_| (first + random.below(sides)) as u32).collect();
            let beacon = Beacon::Dice { sides: sides as u32, rolls: rolls as u32 };
            let rule = format!("kind = \"dice\"\nsides = {sides}\nrolls = {rolls}\n");
            (rule, Outcome { beacon, shown: Shown::Numbers(shown) })
        }
        1 => {
            let of = random.within(2, 60);
            let count = random.within(1, of - 1).min(12);
            let beacon = Beacon::Balls { of: of as u32, count: count as u32 };
            let shown = different(random, of, count);
            let rule = format!("kind = \"balls\"\nof = {of}\ncount = {count}\n");
            (rule, Outcome { beacon, shown: Shown::Numbers(shown) })
        }
        _ => lottery(random),
    }
}

fn lottery(random: &mut Random) -> (String, Outcome) {
    let (game, day, groups): (_, _, &[(usize, usize)]) = match random.below(3) {
        0 => (Lottery::Ssq, "2026-11-26", &[(6, 33), (1, 16)]),
        1 => (Lottery::Kl8, "2026-11-25", &[(20, 80)]),
        _ => (Lottery::Dlt, "2026-11-25", &[(5, 35), (2, 12)]),
    };
    let year = if game == Lottery::Dlt { 26_000 } else { 2_026_000 };
    let beacon = Beacon::Lottery { game, issue: year + random.within(1, 136) as u32, date: date(day) };
    let mut shown = Vec::new();
    for (count, of) in groups {
        let mut group = different(random, *of, *count);
        group.sort_unstable();
        shown.extend(group);
    }
    (
        format!("kind = \"lottery\"\ngame = \"{}\"\n", game.key()),
        Outcome { beacon, shown: Shown::Numbers(shown) },
    )
}

/// `count` different numbers from 1 to `of`.
fn different(random: &mut Random, of: usize, count: usize) -> Vec<u32> {
    let mut numbers: Vec<u32> = (1..=of as u32).collect();
    random.shuffle(&mut numbers);
    numbers.truncate(count);
    numbers
}

/// Times that are right for these events.
fn times(committed: Moment, beacons: Vec<Beacon>) -> Events {
    let outside: Vec<Moment> = beacons.iter().filter_map(Beacon::moment).collect();
    let pulse = beacons.iter().find(|beacon| matches!(beacon, Beacon::Drand { .. }));
    let committed = match pulse.and_then(Beacon::moment) {
        Some(due) => Moment::from_seconds(due.seconds() - 27 * 3600).expect("a moment"),
        None => committed,
    };
    let ceremony = match pulse {
        Some(_) => committed.plus_minutes(60),
        None => moment("2026-11-24T02:00:00Z").plus_minutes(3),
    };
    let reveal = ceremony.plus_minutes(10);
    let last = outside.into_iter().max().unwrap_or(reveal);
    Events {
        committed,
        beacons,
        shown: Vec::new(),
        ceremony,
        reveal,
        beacon: last.plus_minutes(1),
        record: last.plus_minutes(2),
    }
}
