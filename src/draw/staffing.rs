//! Whether every draw can be staffed where the seed also exchanges visits and
//! strikes people who must not meet (docs/spec/pairing.md, "Lineups").

use super::result::{Selected, instance, select_all};
use super::{Plan, Roster};
use crate::digest::Digest;
use crate::eligibility::Docket;
use crate::pairing::lineup::{outcomes, seatable};
use crate::pairing::solve::pair;
use crate::pairing::staffing::{Kind, Pool, Rehearsal, Verdict, verdict};
use crate::pairing::ticket::Tickets;
use rayon::prelude::*;

/// Dry draws made where nothing is proved.
const DRY_DRAWS: u32 = 400;
/// Different lineups of one docket that are looked at; beyond, nothing is proved.
const MOST: usize = 64;

/// The verdict over `pool`, and dry draws where the lineups leave it open.
/// `members` are the candidates of each kind of the pool.
pub(super) fn staffing(plan: &Plan<'_>, pool: &Pool, members: &[Vec<usize>]) -> (Verdict, Option<Rehearsal>) {
    let plain = verdict(pool);
    let team = &plan.question.policy.team;
    let decided = team.exchange.is_none() && plan.eligibility.apart.is_empty();
    if decided || matches!(plain, Verdict::Fails(_)) {
        return (plain, None);
    }
    if let Some(Verdict::Proved { by }) = widened(plan, pool, members).map(|wide| verdict(&wide)) {
        return (Verdict::Proved { by }, None);
    }
    let failures =
        (0..DRY_DRAWS).into_par_iter().filter(|number| !can_be_staffed(plan, *number)).count() as u32;
    let dry = Rehearsal { draws: DRY_DRAWS, failures, first: None };
    (Verdict::Undecided { draws: DRY_DRAWS }, Some(dry))
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

fn can_be_staffed(plan: &Plan<'_>, number: u32) -> bool {
    let seed = Digest::of(&[format!("yaohao/rehearsal/v1\n{number}\n").as_bytes()]);
    let selected = select_all(plan, &seed);
    let mut by_unit: Vec<&Selected<'_>> = selected.iter().collect();
    by_unit.sort_by_key(|unit| unit.id);
    let instance = instance(plan, &Roster::by_position(&plan.eligibility.seats), &seed, &by_unit);
    pair(&Tickets::of(&instance).expect("a plan makes well-formed instances")).is_ok()
}
