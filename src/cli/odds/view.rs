//! The odds for programs.

use super::words::{never_staffed, summary};
use crate::cli::console::Console;
use crate::draw::odds::{Cause, KindOdds, Odds};
use crate::draw::{Plan, percent};
use crate::lang::Said;
use crate::policy::Role;
use serde_json::{Value, json};

/// What was measured; of the kinds only that of `unit`, if one was asked for.
pub fn view(plan: &Plan<'_>, odds: &Odds, unit: Option<usize>, console: &Console) -> Value {
    let asked = |kind: &&KindOdds| unit.is_none_or(|unit| kind.members.contains(&unit));
    let text = |said: Said| console.text(&said);
    let unstaffed = odds.never_staffed();
    let of_seen = odds.largest().map(|_| odds.entropy());
    json!({
        "instance": odds.instance.to_string(), "dry_draws": odds.draws, "forced_draws": odds.forced,
        "unstaffed": odds.unstaffed, "summary": summary(odds).map(text),
        "never_staffed": (!unstaffed.is_empty()).then(|| text(never_staffed(plan, &unstaffed))),
        "largest": odds.largest().map(|(_, _, met)| json!({ "hits": met.hits, "samples": met.of })),
        "least_millibits": of_seen.map(|(least, _)| least), "mean_millibits": of_seen.map(|(_, mean)| mean),
        "kinds": odds.kinds.iter().filter(asked).map(|kind| kind_view(plan, kind)).collect::<Vec<_>>(),
    })
}

/// One kind; where no dry draw could staff it, without any figure of chance.
fn kind_view(plan: &Plan<'_>, kind: &KindOdds) -> Value {
    let (Cause { bound, roles, bars }, entropy) = (Cause::of(plan, kind), kind.entropy());
    let id = |member: &usize| plan.eligibility.candidates[*member].unit.id.clone();
    let seen = kind.is_seen();
    let pair = |who: u32| {
        let (met, seat) = (kind.met(who), &plan.eligibility.seats[who as usize]);
        json!({
            "inspector": seat.inspector.certificate, "name": seat.inspector.name,
            "hits": seen.then_some(met.hits), "chance": seen.then(|| percent(met.ten_thousandths())),
            "error": seen.then(|| percent(met.error())),
        })
    };
    json!({
        "stratum": plan.eligibility.strata[kind.stratum].label,
        "units": kind.members.iter().map(id).collect::<Vec<_>>(),
        "samples": kind.samples, "uncertain": kind.is_uncertain(),
        "inspectors": kind.people().into_iter().map(pair).collect::<Vec<_>>(),
        "bound": seen.then(|| format!("{}/{}", bound.slots, bound.people)),
        "millibits": seen.then_some(entropy.millibits), "millibits_error": seen.then_some(entropy.error),
        "tight_slots": bound.slots, "tight_roles": roles.iter().map(Role::key).collect::<Vec<_>>(),
        "left": bound.people,
        "barred": bars.iter().map(|(bar, n)| json!({ "rule": bar.key(), "inspectors": n })).collect::<Vec<_>>(),
    })
}
