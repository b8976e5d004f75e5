//! Whether every draw that may come out can be staffed; and if not, one that cannot.
//!
//! Where the seed also exchanges visits and strikes people who must not meet
//! (docs/spec/pairing.md, "Lineups"), a proof holds for all lineups at once, and
//! what fails is found by dry draws: real selections with real lineups.

use super::commit::lineup;
use super::forecast::kinds;
use super::result::{Selected, instance, select_all};
use super::{Plan, Roster};
use crate::digest::Digest;
use crate::eligibility::{Candidate, Docket};
use crate::pairing::instance::Instance;
use crate::pairing::lineup::{outcomes, seatable, visits};
use crate::pairing::shortage::Shortage;
use crate::pairing::solve::pair;
use crate::pairing::staffing::{Counterexample, Kind, Pool, Rehearsal, Verdict, rehearse, verdict};
use crate::pairing::ticket::Tickets;
use crate::seed::Seed;
use rayon::prelude::*;

/// Dry draws that tell how often draws fail where no lineup depends on the seed.
const DRY_DRAWS: u32 = 1_000;
/// Dry draws with lineups, each of which is a whole selection and pairing.
const DRY_DRAWS_WITH_LINEUPS: u32 = 400;
/// Different lineups of one docket that are looked at; beyond, nothing is proved.
const MOST: usize = 64;

/// Whether every possible draw can be staffed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Staffing {
    /// It can.
    Proved,
    /// This one cannot.
    Fails(Box<Failing>),
    /// Neither proved nor refuted; so many dry draws could all be staffed.
    Undecided {
        /// Dry draws made.
        draws: u32,
    },
}

/// A possible draw that cannot be staffed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// The dry draw that came out like this, counted from 1; `None` for a draw that
    /// was looked for, the worst or one with a unit that nobody can visit.
    pub dry_draw: Option<u32>,
    /// Its question of pairing; ranks are positions.
    pub instance: Instance,
    /// Why it has no answer.
    pub shortage: Shortage,
    /// The candidate of each visit.
    pub candidates: Vec<usize>,
}

impl Staffing {
    /// The draw that cannot be staffed, if one was found.
    pub fn failing(&self) -> Option<&Failing> {
        match self {
            Staffing::Fails(failing) => Some(failing),
            Staffing::Proved | Staffing::Undecided { .. } => None,
        }
    }
}

impl Failing {
    /// The unit of a visit.
    ///
    /// # Panics
    /// If the draw has no such visit, or `plan` other candidates.
    pub fn candidate<'a>(&self, plan: &'a Plan<'_>, visit: usize) -> &'a Candidate<'a> {
        &plan.eligibility.candidates[self.candidates[visit]]
    }
}

/// Asks whether every draw of `plan` can be staffed.
pub(super) fn staffing(plan: &Plan<'_>) -> Staffing {
    let (pool, members) = kinds(plan);
    if !has_lineups(plan) {
        return match verdict(&pool) {
            Verdict::Proved { .. } => Staffing::Proved,
            Verdict::Fails(found) => fails(worst(&pool, &members, found)),
            Verdict::Undecided { draws } => Staffing::Undecided { draws },
        };
    }
    let hopeless = hopeless(plan);
    let wide = || widened(plan, &pool, &members).map(|wide| verdict(&wide));
    if hopeless.is_none() && matches!(wide(), Some(Verdict::Proved { .. })) {
        return Staffing::Proved;
    }
    let dry_draws = (1..=DRY_DRAWS_WITH_LINEUPS).into_par_iter();
    if let Some(failing) = dry_draws.find_map_first(|number| dry_draw(plan, number)).or(hopeless) {
        return fails(failing);
    }
    // Strikes only take people away, so what fails without them fails; but to be
    // visited from other zones may save a unit.
    match verdict(&pool) {
        Verdict::Fails(found) if exchanged(plan) == 0 => fails(worst(&pool, &members, found)),
        _ => Staffing::Undecided { draws: DRY_DRAWS_WITH_LINEUPS },
    }
}

/// Asks again after a change of the plan. The dry draw that failed comes first: it
/// often fails still, and then nothing else need be asked.
pub(super) fn staffing_after(plan: &Plan<'_>, failing: &Failing) -> Staffing {
    let again = failing.dry_draw.and_then(|number| dry_draw(plan, number));
    again.map_or_else(|| staffing(plan), fails)
}

/// How often draws fail, told by dry draws.
pub(super) fn rehearsal(plan: &Plan<'_>) -> Rehearsal {
    if !has_lineups(plan) {
        return rehearse(&kinds(plan).0, DRY_DRAWS);
    }
    let draws = DRY_DRAWS_WITH_LINEUPS;
    let fails = |number: &u32| dry_draw(plan, *number).is_some();
    let failures = (1..=draws).into_par_iter().filter(fails).count() as u32;
    Rehearsal { draws, failures, first: None }
}

/// Whether the seed decides not only which units are drawn but who may visit them.
fn has_lineups(plan: &Plan<'_>) -> bool {
    exchanged(plan) > 0 || !plan.eligibility.apart.is_empty()
}

/// Units of a draw that are visited from other zones.
fn exchanged(plan: &Plan<'_>) -> u64 {
    plan.question.policy.team.exchanged(plan.total())
}

fn fails(failing: Failing) -> Staffing {
    Staffing::Fails(Box::new(failing))
}

/// The counterexample of a pool, unit by unit.
fn worst(pool: &Pool, members: &[Vec<usize>], found: Counterexample) -> Failing {
    let drawn = members.iter().zip(&found.selection);
    let candidates = drawn.flat_map(|(members, count)| &members[..*count as usize]).copied().collect();
    Failing { dry_draw: None, instance: pool.draw(&found.selection), shortage: found.shortage, candidates }
}

/// A unit that has no team from its own zone, whoever of a pair is struck, drawn alone.
fn hopeless(plan: &Plan<'_>) -> Option<Failing> {
    let apart = &plan.eligibility.apart;
    let (_, index, candidate, docket) = plan
        .eligibility
        .pool()
        .find(|(_, index, _, docket)| plan.may_be_drawn(*index) && !seatable(&docket.slots, apart))?;
    let (roster, seed) = (Roster::by_position(&plan.eligibility.seats), Seed::sha256(Digest([0; 32])));
    let alone = visits(&seed, &[lineup(plan, &roster, &candidate.unit.id, docket)], 0);
    let nobody = instance(plan, &roster, &seed, &[]);
    unpaired(Instance { visits: alone, ..nobody }, vec![index], None)
}

/// The pool in which every unit may come out with any of its lineups: more than
/// can happen, so that a proof for it is one for the draw. `None` if there are
/// too many.
fn widened(plan: &Plan<'_>, pool: &Pool, members: &[Vec<usize>]) -> Option<Pool> {
    let mut kinds: Vec<Kind> = Vec::new();
    for (kind, members) in pool.kinds.iter().zip(members) {
        let docket = plan.eligibility.docket(&plan.eligibility.candidates[members[0]])?;
        for slots in lineups(plan, docket)? {
            kinds.push(Kind { slots: slots.into(), ..*kind });
        }
    }
    Some(Pool { kinds, ..pool.clone() })
}

fn lineups(plan: &Plan<'_>, docket: &Docket) -> Option<Vec<Vec<Vec<u32>>>> {
    let apart = &plan.eligibility.apart;
    let away = [&docket.away].into_iter().filter(|away| seatable(away, apart));
    let mut lineups = Vec::new();
    for slots in std::iter::once(&docket.slots).chain(away) {
        // A strike never takes the last lawful team.
        lineups.extend(outcomes(slots, apart, MOST)?.into_iter().filter(|slots| seatable(slots, apart)));
    }
    Some(lineups)
}

/// Dry draw `number`, if it cannot be staffed. The same number is the same seed
/// in every plan.
fn dry_draw(plan: &Plan<'_>, number: u32) -> Option<Failing> {
    let seed = Seed::sha256(Digest::of(&[format!("yaohao/rehearsal/v1\n{number}\n").as_bytes()]));
    let selected = select_all(plan, &seed);
    let mut by_unit: Vec<&Selected<'_>> = selected.iter().collect();
    by_unit.sort_by_key(|unit| unit.id);
    let instance = instance(plan, &Roster::by_position(&plan.eligibility.seats), &seed, &by_unit);
    unpaired(instance, by_unit.iter().map(|unit| unit.candidate).collect(), Some(number))
}

/// The draw of this question, if nobody can answer it.
fn unpaired(instance: Instance, candidates: Vec<usize>, dry_draw: Option<u32>) -> Option<Failing> {
    let shortage = pair(&Tickets::of(&instance).expect("a plan makes well-formed instances")).err()?;
    Some(Failing { dry_draw, instance, shortage, candidates })
}
