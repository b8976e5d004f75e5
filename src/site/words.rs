//! Words of the vocabularies in both languages, as the public reads them.

use crate::audit::State;
use crate::eligibility::Exclusion;
use crate::lang::Said;
use crate::record::{ReplaceReason, VoidReason};
use crate::said;
use crate::task::{Measure, Outcome};

/// A state; in English by the word that `audit` has for it.
pub fn state(state: State) -> Said {
    let (zh, key) = (state.zh(), state.key());
    said!("{zh}", "{key}")
}

/// Why a unit was left out.
pub fn exclusion(reason: Exclusion) -> Said {
    let zh = match reason {
        // The one for which readers ask: how can a unit that nobody has visited rest?
        Exclusion::Cooldown => "距上次检查或抽中（含抽中后尚未检查的）未满间隔期",
        other => other.zh(),
    };
    let en = match reason {
        Exclusion::Inactive => "closed, deregistered, revoked or moved away",
        Exclusion::NotInEffect => "no entry of the register is in effect on the first day",
        Exclusion::TownUnknown => "town unknown",
        Exclusion::OtherArea => "in a town that does not belong to the office",
        Exclusion::Listed => "left out by a decision that the policy names",
        Exclusion::NoItem => "no item of this draw applies to it",
        Exclusion::NoStratum => "taken by no stratum of the policy",
        Exclusion::Cooldown => "inspected, or drawn for a visit, too recently by the policy",
        Exclusion::YearlyCap => "inspected as often as a year allows",
    };
    said!("{zh}", "{en}")
}

/// Why a draw was voided.
pub fn void(reason: VoidReason) -> Said {
    let zh = reason.zh();
    let en = match reason {
        VoidReason::Register => "the register was wrong",
        VoidReason::Policy => "the policy was wrong",
        VoidReason::Party => "a party was absent or had lost its nonce",
        VoidReason::Beacon => "the public event did not take place",
        VoidReason::Staffing => "the drawn units cannot be staffed",
    };
    said!("{zh}", "{en}")
}

/// Why somebody does not go.
pub fn absence(reason: ReplaceReason) -> Said {
    let zh = reason.zh();
    let en = match reason {
        ReplaceReason::Absent => "cannot come",
        ReplaceReason::Recused => "a conflict of interest became known",
        ReplaceReason::Unfit => "moved, or no longer qualified",
    };
    said!("{zh}", "{en}")
}

/// What an item's check found.
pub fn outcome(outcome: Outcome) -> Said {
    let zh = outcome.zh();
    let en = match outcome {
        Outcome::NoProblem => "nothing wrong",
        Outcome::Unreachable => "not found at its registered place",
        Outcome::ClosedDown => "closed, or being wound up",
        Outcome::Uncooperative => "gravely uncooperative",
        Outcome::Deregistered => "deregistered",
        Outcome::Revoked => "licence revoked",
        Outcome::Withdrawn => "registration withdrawn",
        Outcome::MovedOut => "moved away",
        Outcome::Corrected => "something wrong, put right on order",
        Outcome::Open => "something wrong, still to be dealt with",
        Outcome::NotApplicable => "does not do what was to be checked",
    };
    said!("{zh}", "{en}")
}

/// What was ordered.
pub fn measure(measure: Measure) -> Said {
    let zh = measure.zh();
    let en = match measure {
        Measure::AtOnce => "notice to put it right at once",
        Measure::ByDate => "notice to put it right by a day",
        Measure::Seal => "sealed provisionally",
        Measure::Stop => "ordered to stop",
        Measure::Fine => "put forward for a fine",
        Measure::Transfer => "handed over to another authority",
    };
    said!("{zh}", "{en}")
}
