//! How predictable the teams of a draw are: many dry draws with other seeds
//! through the real selection and pairing, before any commitment
//! (docs/spec/odds.md).

mod cause;
mod kind;

pub use cause::Cause;
pub use kind::{Bound, KindOdds};

use super::commit::named;
use super::estimate::Estimate;
use super::forecast::kinds;
use super::result::{Selected, instance, pools, select_from};
use super::{Plan, Roster};
use crate::digest::Digest;
use crate::eligibility::Standing;
use crate::pairing::appoint::appoint;
use crate::pairing::connected;
use crate::pairing::instance::Instance;
use crate::pairing::staffing::{self, Pool};
use crate::pairing::ticket::Tickets;
use crate::policy::Fraction;
use crate::record::{PublicOdds, StratumOdds};
use crate::seed::Seed;
use crate::text::Writer;
use kind::union;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Kinds of unit that fewer dry draws have seen get extra draws that force them in.
pub const FEWEST: u64 = 30;
/// Fresh draws for a kind that stands out, instead of those that made it stand out:
/// the largest of many figures is mostly luck.
const SECOND_LOOK: u64 = 200;
/// How often the kind that stands out is looked at again.
const ROUNDS: usize = 10;

/// What dry draws showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odds {
    /// Digest of what was drawn from; it tells seeds of different months apart.
    pub instance: Digest,
    /// Dry draws of the whole pool.
    pub draws: u64,
    /// Extra draws that force one unit in.
    pub forced: u64,
    /// Draws of either sort that could not be staffed; they count nowhere else.
    pub unstaffed: u64,
    /// Every kind of unit that can be drawn, by stratum and docket.
    pub kinds: Vec<KindOdds>,
}

/// News for a progress bar.
#[derive(Debug, Clone, Copy)]
pub enum Told {
    /// So many more draws are to be made.
    More(u64),
    /// One is done.
    Done,
}

impl Odds {
    /// The kind with the largest chance of a pair, with the inspector and the chance.
    pub fn largest(&self) -> Option<(&KindOdds, u32, Estimate)> {
        let pairs = self.kinds.iter().filter_map(|kind| kind.largest().map(|(who, met)| (kind, who, met)));
        pairs.reduce(|best, next| if next.2.exceeds(best.2) { next } else { best })
    }

    /// The kinds that have odds: those that some draw could staff.
    pub fn seen(&self) -> impl Iterator<Item = &KindOdds> + Clone {
        self.kinds.iter().filter(|kind| kind.is_seen())
    }

    /// The kinds that can be drawn but that no draw could staff.
    pub fn never_staffed(&self) -> Vec<&KindOdds> {
        self.kinds.iter().filter(|kind| !kind.is_seen()).collect()
    }

    /// Least entropy of a unit, and the mean over units to the nearest, in thousandths of a bit.
    pub fn entropy(&self) -> (u64, u64) {
        let of = self.seen().map(|kind| (kind.entropy().millibits, kind.members.len() as u64));
        let least = of.clone().map(|(millibits, _)| millibits).min().unwrap_or(0);
        let (sum, units) = of.fold((0, 0), |sum, (bits, units)| (sum.0 + bits * units, sum.1 + units));
        (least, (sum + units / 2).checked_div(units).unwrap_or(0))
    }

    /// The kinds that have odds, the most predictable first; before them those that
    /// break `cap`, and of these first those that no method could help.
    pub fn ranked(&self, cap: Option<Fraction>) -> Vec<&KindOdds> {
        let place = |kind: &KindOdds| cap.map(|cap| (!kind.breaks(cap), !kind.is_impossible(cap)));
        let met = |kind: &KindOdds| kind.largest().map(|(_, met)| met).unwrap_or_default();
        let mut ranked: Vec<_> = self.seen().map(|kind| (place(kind), met(kind), kind)).collect();
        ranked.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.exceeds(a.1).cmp(&a.1.exceeds(b.1))));
        ranked.into_iter().map(|(_, _, kind)| kind).collect()
    }

    /// What the public may know: figures over strata and over all, no units and no people.
    pub fn public(&self, plan: &Plan<'_>) -> PublicOdds {
        let of_stratum = |number: usize| {
            let kinds = || self.seen().filter(|kind| kind.stratum == number);
            StratumOdds {
                label: plan.eligibility.strata[number].label.clone(),
                kinds: kinds().count() as u64,
                units: plan.eligibility.strata[number].pool,
            }
        };
        let drawn = (0..plan.quotas.len()).filter(|stratum| plan.quotas[*stratum] > 0);
        let largest = self.largest().map_or_else(Estimate::default, |(_, _, met)| met);
        let (least, mean) = self.entropy();
        PublicOdds {
            draws: self.draws,
            strata: drawn.map(of_stratum).collect(),
            largest: (largest.hits, largest.of),
            entropy: (least, mean),
        }
    }
}

/// Makes `draws` dry draws, extra ones for kinds that these hardly see, and a
/// second look at the kind with the largest figure and at kinds that seem to
/// exceed the cap, if there is one. The same plan gives the same odds on any
/// number of threads.
pub fn odds(plan: &Plan<'_>, draws: u64, cap: Option<Fraction>, told: &(dyn Fn(Told) + Sync)) -> Odds {
    let rehearsal = Rehearsal::new(plan, told);
    told(Told::More(draws));
    let base = |tally: Tally, number: u64| {
        let tally = rehearsal.draw(tally, number);
        told(Told::Done);
        tally
    };
    let tally =
        (0..draws).into_par_iter().fold(|| rehearsal.empty(), base).reduce(|| rehearsal.empty(), Tally::plus);
    let mut odds =
        Odds { instance: rehearsal.digest, draws, forced: 0, unstaffed: tally.unstaffed, kinds: tally.kinds };
    odds.kinds.retain(|kind| plan.may_be_drawn(kind.members[0]));
    rehearsal.force(&mut odds, |kind| FEWEST.saturating_sub(kind.samples), false);
    for _ in 0..ROUNDS {
        let first = odds.largest().map(|(kind, _, _)| kind.members[0]);
        let dubious = |kind: &KindOdds| {
            let outstanding = first == Some(kind.members[0]) || cap.is_some_and(|cap| kind.exceeds(cap));
            outstanding && kind.samples < SECOND_LOOK && !kind.is_certain()
        };
        if !odds.kinds.iter().any(dubious) {
            break;
        }
        rehearsal.force(&mut odds, |kind| if dubious(kind) { SECOND_LOOK } else { 0 }, true);
    }
    odds
}

/// Counts of one thread.
struct Tally {
    kinds: Vec<KindOdds>,
    unstaffed: u64,
}

impl Tally {
    fn plus(mut self, other: Tally) -> Tally {
        self.unstaffed += other.unstaffed;
        self.kinds.iter_mut().zip(&other.kinds).for_each(|(mine, theirs)| mine.add(theirs));
        self
    }
}

/// What all dry draws share.
struct Rehearsal<'a> {
    plan: &'a Plan<'a>,
    roster: Roster,
    digest: Digest,
    kinds: Vec<KindOdds>,
    /// The kind of each candidate of the pool.
    kind_of: Vec<usize>,
    pools: Vec<Vec<Selected<'a>>>,
    /// For each kind, the strata that can matter to it.
    near: Vec<BTreeSet<usize>>,
    told: &'a (dyn Fn(Told) + Sync),
}

impl<'a> Rehearsal<'a> {
    fn new(plan: &'a Plan<'_>, told: &'a (dyn Fn(Told) + Sync)) -> Self {
        let roster = Roster::by_position(&plan.eligibility.seats);
        let (mut pool, members) = kinds(plan);
        for (kind, members) in pool.kinds.iter_mut().zip(&members) {
            kind.slots = reach(plan, members[0]).into();
        }
        let mut kind_of = vec![usize::MAX; plan.eligibility.candidates.len()];
        for (kind, members) in members.iter().enumerate() {
            members.iter().for_each(|member| kind_of[*member] = kind);
        }
        // Which units are exchanged depends on all that are drawn.
        let all: BTreeSet<usize> = (0..plan.quotas.len()).collect();
        let apart = plan.question.policy.team.exchange.is_none();
        let near = if apart { near(&pool, plan.quotas.len()) } else { vec![all; pool.kinds.len()] };
        let empty = |(kind, members): (staffing::Kind, Vec<usize>)| KindOdds {
            // Carried units are apart from the others only there.
            stratum: kind.stratum % plan.quotas.len(),
            members,
            samples: 0,
            hits: kind.slots.iter().map(|slot| vec![0; slot.len()]).collect(),
            slots: kind.slots.to_vec(),
        };
        let kinds: Vec<KindOdds> = pool.kinds.into_iter().zip(members).map(empty).collect();
        let (pools, digest) = (pools(plan), digest(plan, &roster));
        Rehearsal { plan, roster, digest, kinds, kind_of, pools, near, told }
    }

    fn empty(&self) -> Tally {
        Tally { kinds: self.kinds.clone(), unstaffed: 0 }
    }

    /// Dry draw `number`.
    fn draw(&self, mut tally: Tally, number: u64) -> Tally {
        let seed = seed(&self.digest, number, None);
        let selected: Vec<Selected<'_>> =
            self.pools.iter().flat_map(|pool| select_from(self.plan, pool, &seed)).collect();
        let (by_unit, instance) = self.question(&seed, &selected);
        match solved(&instance) {
            None => tally.unstaffed += 1,
            Some(teams) => {
                let seen = by_unit.iter().zip(&teams);
                seen.for_each(|(unit, team)| tally.kinds[self.kind_of[unit.candidate]].see(team));
            }
        }
        tally
    }

    fn question<'b>(&self, seed: &Seed, selected: &'b [Selected<'b>]) -> (Vec<&'b Selected<'b>>, Instance) {
        let mut by_unit: Vec<&Selected<'_>> = selected.iter().collect();
        by_unit.sort_by_key(|unit| unit.id);
        let instance = instance(self.plan, &self.roster, seed, &by_unit);
        (by_unit, instance)
    }

    /// Makes as many extra draws of each kind as `wanted` says; they are added
    /// to what was seen, or stand in its place if `fresh`.
    fn force(&self, odds: &mut Odds, wanted: impl Fn(&KindOdds) -> u64, fresh: bool) {
        let wishes: Vec<u64> = odds.kinds.iter().map(wanted).collect();
        let total = wishes.iter().sum();
        (self.told)(Told::More(total));
        let first = odds.draws + odds.forced;
        let one = |(kind, wish): (&mut KindOdds, u64)| {
            if fresh && wish > 0 {
                kind.forget();
            }
            let teams: Vec<Option<Vec<u32>>> =
                (0..wish).into_par_iter().map(|number| self.forced(kind, first + number)).collect();
            teams.iter().flatten().for_each(|team| kind.see(team));
            teams.iter().filter(|team| team.is_none()).count() as u64
        };
        odds.unstaffed += odds.kinds.par_iter_mut().zip(wishes).map(one).sum::<u64>();
        odds.forced += total;
    }

    /// The team of the first unit of a kind in a draw with that unit: the draw of
    /// this seed, in which the unit takes the last place of its stratum that is not a
    /// carried unit's, if it has none. Tickets are independent, so this is a draw under the condition that
    /// the unit is drawn, exactly.
    fn forced(&self, kind: &KindOdds, number: u64) -> Option<Vec<u32>> {
        let pool = &self.pools[kind.stratum];
        let unit = pool.iter().find(|unit| unit.candidate == kind.members[0]).expect("a unit of the pool");
        let seed = seed(&self.digest, number, Some(unit.id));
        // What shares no inspector with the unit in any draw has no part in this.
        let near = self.near[self.kind_of[unit.candidate]].iter().map(|stratum| &self.pools[*stratum]);
        let mut selected: Vec<Selected<'_>> =
            near.flat_map(|pool| select_from(self.plan, pool, &seed)).collect();
        if !selected.iter().any(|other| other.candidate == unit.candidate) {
            let places = |other: &Selected<'_>| {
                other.stratum == unit.stratum && !self.plan.carried.holds(other.candidate)
            };
            let last = selected.iter().rposition(places);
            selected[last.expect("strata that draw nothing have no odds")] = *unit;
        }
        let (by_unit, instance) = self.question(&seed, &selected);
        let visit = by_unit.iter().position(|other| other.candidate == unit.candidate);
        let part = instance.only(&connected(&instance, visit.expect("it was forced in")));
        let team = solved(&part).map(|teams| teams[0].clone());
        (self.told)(Told::Done);
        team
    }
}

/// Slot by slot, everybody who may hold it, at home or from other zones.
fn reach(plan: &Plan<'_>, candidate: usize) -> Vec<Vec<u32>> {
    let docket = plan.eligibility.docket(&plan.eligibility.candidates[candidate]);
    let docket = docket.expect("a unit of the pool has a docket");
    let away = |slot: usize| docket.away.get(slot).into_iter();
    docket
        .slots
        .iter()
        .enumerate()
        .map(|(slot, home)| union(std::iter::once(home).chain(away(slot))))
        .collect()
}

/// For each kind, the strata (of so many) with a unit that shares inspectors with it,
/// directly or through others.
fn near(pool: &Pool, strata: usize) -> Vec<BTreeSet<usize>> {
    let one_of_each = pool.draw(&vec![1; pool.kinds.len()]);
    let mut near = vec![BTreeSet::new(); pool.kinds.len()];
    for kind in 0..near.len() {
        if near[kind].is_empty() {
            let kinds = connected(&one_of_each, kind);
            let near_by: BTreeSet<usize> =
                kinds.iter().map(|kind| pool.kinds[*kind].stratum % strata).collect();
            kinds.iter().for_each(|kind| near[*kind].clone_from(&near_by));
        }
    }
    near
}

fn solved(instance: &Instance) -> Option<Vec<Vec<u32>>> {
    let tickets = Tickets::of(instance).expect("a plan makes well-formed instances");
    appoint(&tickets).ok().map(|appointed| appointed.pairing.teams)
}

/// The seed of dry draw `number`, or of the one that forces `unit` in.
fn seed(digest: &Digest, number: u64, unit: Option<&str>) -> Seed {
    let forced = unit.map(|unit| format!("{unit}\n")).unwrap_or_default();
    Seed::sha256(Digest::of(&[format!("yaohao/dry/v1\n{digest}\n{number}\n{forced}").as_bytes()]))
}

/// SHA-256 of the text of everything that selection and pairing look at.
fn digest(plan: &Plan<'_>, roster: &Roster) -> Digest {
    let pools = pools(plan);
    let mut units: Vec<&Selected<'_>> = pools.iter().flatten().collect();
    units.sort_by_key(|unit| unit.id);
    let mut text = Writer::new("yaohao/pool/v1");
    for (stratum, quota) in plan.eligibility.strata.iter().zip(&plan.quotas) {
        text.field("stratum", format_args!("{} {} {quota}", stratum.label, stratum.pool));
    }
    for (seat, name) in plan.eligibility.seats.iter().zip(&roster.names) {
        text.field("inspector", format_args!("{name} {} {}", seat.capacity, seat.carried));
    }
    let share = plan.question.policy.team.exchange;
    text.field("exchange", share.map_or_else(|| "none".to_owned(), |share| share.to_string()));
    // Thousands of units share a docket.
    let people: Vec<String> =
        plan.eligibility.dockets.iter().map(|docket| named(plan, roster, docket).to_string()).collect();
    for unit in units {
        let label = &plan.eligibility.strata[unit.stratum].label;
        let Standing::Pool { docket, .. } = plan.eligibility.candidates[unit.candidate].standing else {
            continue;
        };
        text.field("unit", format_args!("{} {label} {}", unit.id, people[docket]));
    }
    for candidate in (0..plan.eligibility.candidates.len()).filter(|index| plan.carried.holds(*index)) {
        text.field("carried", &plan.eligibility.candidates[candidate].unit.id);
    }
    Digest::of(&[text.finish().as_bytes()])
}
