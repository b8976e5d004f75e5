//! Why a unit of the pool was drawn or not: tickets, places, and what a voided draw
//! hands on.

use super::{Fate, Proof, Step};
use crate::lang::Said;
use crate::record::{self, CarriedLine, Commit, DrawnLine, Rules, UnitLine, UnitStanding};
use crate::said;
use crate::sampling::Ticketer;
use crate::seed::Seed;
use crate::verify::{Loaded, handed_on, is_computable};
use std::collections::BTreeSet;

/// The unit's stratum and its chance there.
pub(super) fn pool(
    loaded: &Loaded<'_>,
    commit: &Commit,
    rules: &Rules,
    unit: &UnitLine,
    label: &str,
) -> Step {
    let named = rules.label_for_people(label);
    let stratum = commit.strata.iter().find(|stratum| stratum.label == label);
    let (n, k) = stratum.map_or((0, 0), |stratum| (stratum.pool, stratum.quota));
    let held = held(loaded);
    let carried = members(loaded, label).into_iter().filter(|id| held.contains(*id)).count() as u64;
    if carried == 0 {
        let says = said!(
            "参加抽取。所在分层“{named}”（{label}）共 {n} 家，抽 {k} 家；每家机会相等",
            "It was in the pool. Its stratum {label} has {n} units, of which {k} are drawn; all with the same chance"
        );
        return Step { says, proof: None };
    }
    let (places, rest) = (k.saturating_sub(carried), n.saturating_sub(carried));
    let says = match held.contains(unit.id.as_str()) {
        true => said!(
            "参加抽取。所在分层“{named}”（{label}）共 {n} 家，抽 {k} 家，其中 {carried} 家由作废的抽取带入、首先抽中，这家单位是其中之一",
            "It was in the pool. Its stratum {label} has {n} units, of which {k} are drawn; {carried} of these, this unit among them, are carried over from a voided draw and drawn first"
        ),
        false => said!(
            "参加抽取。所在分层“{named}”（{label}）共 {n} 家，抽 {k} 家，其中 {carried} 家由作废的抽取带入、首先抽中；其余 {rest} 家抽 {places} 家，机会相等",
            "It was in the pool. Its stratum {label} has {n} units, of which {k} are drawn; {carried} are carried over from a voided draw and drawn first, the other {rest} share {places} places with the same chance"
        ),
    };
    Step { says, proof: None }
}

/// Where a unit stands that an earlier draw drew before it was voided.
pub(super) fn carried_over(loaded: &Loaded<'_>, unit: &str) -> Option<Step> {
    let suite = loaded.commit().ok()?.suite;
    let line = loaded.carried_lines().ok()?.iter().find(|line| line.unit == unit)?;
    let CarriedLine { draw, rank, stratum, .. } = line;
    Some(Step {
        says: said!(
            "由 {draw} 带入：那次抽取作废之前已抽中它（{stratum} 第 {rank} 位），作废不等于重抽",
            "It is carried over from draw {draw}, which was voided after it had drawn the unit (number {rank} of {stratum}): a void is no second try"
        ),
        proof: Some(Proof::leaf::<CarriedLine>(suite, unit, record::CARRIED, &line_of(line))),
    })
}

/// What is said of an excluded unit that an earlier draw drew before it was voided.
pub(super) fn lapsed(loaded: &Loaded<'_>, unit: &str) -> Option<Step> {
    let suite = loaded.commit().ok()?.suite;
    let line = loaded.carried_lines().ok()?.iter().find(|line| line.unit == unit)?;
    let draw = &line.draw;
    Some(Step {
        says: said!(
            "它已由作废的 {draw} 抽中，因上述原因这次不查",
            "Draw {draw}, which was voided, had drawn it; for the reason above it is not visited now"
        ),
        proof: Some(Proof::leaf::<CarriedLine>(suite, unit, record::CARRIED, &line_of(line))),
    })
}

fn line_of(line: &CarriedLine) -> String {
    record::TableLine::line(line)
}

/// Why the unit of this line was drawn.
pub(super) fn winner(loaded: &Loaded<'_>, line: &DrawnLine) -> Said {
    let (rank, label) = (line.rank, &line.stratum);
    if held(loaded).contains(line.unit.as_str()) {
        return said!(
            "中签。带入的单位首先抽中，按签号从小到大排，它在本层第 {rank} 位",
            "It was drawn: units carried over come first, by ticket; it is number {rank} of its stratum"
        );
    }
    let k = cutoff(loaded, label).0;
    match members(loaded, label).iter().any(|id| held(loaded).contains(id)) {
        false => said!(
            "中签。签号在本层从小到大排第 {rank} 位，前 {k} 位中签",
            "It was drawn. Its ticket is number {rank} of its stratum from the smallest; the first {k} are drawn"
        ),
        true => said!(
            "中签。在带入的单位之后，它在本层排第 {rank} 位，前 {k} 位中签",
            "It was drawn. Behind the units carried over it is number {rank} of its stratum; the first {k} are drawn"
        ),
    }
}

/// Why the unit was not drawn.
pub(super) fn loser(loaded: &Loaded<'_>, unit: &UnitLine, label: &str) -> Said {
    let (k, last) = cutoff(loaded, label);
    let (rank, carried) = rank(loaded, unit, label);
    match carried {
        0 => said!(
            "未中签。签号在本层从小到大排第 {rank} 位，只有前 {k} 位中签（最后一个中签的签号是 {last}）",
            "It was not drawn. Its ticket is number {rank} of its stratum from the smallest; only the first {k} are drawn (the last of them is {last})"
        ),
        _ => said!(
            "未中签。带入的 {carried} 家在先，它在其后按签号排，本层第 {rank} 位，只有前 {k} 位中签（最后一个中签的签号是 {last}）",
            "It was not drawn. Behind the {carried} units carried over, by ticket, it is number {rank} of its stratum; only the first {k} are drawn (the last of them is {last})"
        ),
    }
}

/// What became of the unit in a draw that was given up.
pub(super) fn voided(loaded: &Loaded<'_>, unit: &UnitLine, label: &str, steps: &mut Vec<Step>) -> Fate {
    let (Ok(void), Ok(commit)) = (loaded.void(), loaded.commit()) else { return Fate::Voided };
    let (zh, key) = (void.reason.zh(), void.reason.key());
    steps.push(Step {
        says: said!(
            "这次抽取已作废，原因：{zh}。不按它检查",
            "This draw was voided ({key}); no visit follows from it"
        ),
        proof: None,
    });
    if is_computable(loaded, commit)
        && let (Ok(seed), Ok(text)) = (loaded.seed(), loaded.seed_text())
    {
        steps.push(seeded(&seed, &text));
    }
    let lines = handed_on(loaded).unwrap_or_default();
    if let Some(line) = lines.iter().find(|line| line.unit == unit.id) {
        let CarriedLine { draw, stratum, rank, ticket, .. } = line;
        let proof = loaded
            .seed()
            .ok()
            .filter(|_| *draw == commit.draw)
            .map(|seed| Proof::ticket(&seed, label, &unit.id, *ticket));
        steps.push(Step {
            says: said!(
                "它已由 {draw} 抽中（{stratum} 第 {rank} 位），作废后带入下一次抽取，首先抽中",
                "Draw {draw} had drawn it (number {rank} of {stratum}); it is carried over to the next draw and drawn first"
            ),
            proof,
        });
    }
    Fate::Voided
}

/// The seed, and the text it is the hash of.
pub(super) fn seeded(seed: &Seed, text: &str) -> Step {
    Step {
        says: said!(
            "种子由承诺、公开随机事件和各方随机数合成，任何一方都无法单独决定：{seed}",
            "The seed is made of the commitment, the public events and every party's nonce; no party decides it alone: {seed}"
        ),
        proof: Some(Proof::text(seed, text)),
    }
}

/// Ids of the units carried over, in the pool or not.
fn held<'b>(loaded: &'b Loaded<'_>) -> BTreeSet<&'b str> {
    loaded.carried_lines().unwrap_or_default().iter().map(|line| line.unit.as_str()).collect()
}

/// The ids of a stratum's pool.
fn members<'b>(loaded: &'b Loaded<'_>, label: &str) -> Vec<&'b str> {
    let Ok(units) = loaded.units() else { return Vec::new() };
    let standing = UnitStanding::Stratum(label.to_owned());
    units.lines.iter().filter(|line| line.standing == standing).map(|line| line.id.as_str()).collect()
}

/// How many were drawn in the stratum, and the ticket of the last of them.
fn cutoff(loaded: &Loaded<'_>, label: &str) -> (usize, String) {
    let lines = loaded.drawn().map(|table| table.lines.as_slice()).unwrap_or_default();
    let of_stratum: Vec<&DrawnLine> = lines.iter().filter(|line| line.stratum == label).collect();
    (of_stratum.len(), of_stratum.last().map_or_else(|| "-".to_owned(), |line| line.ticket.to_string()))
}

/// Place of a unit that is not carried over in its stratum, from 1; and how many
/// carried units stand before it.
fn rank(loaded: &Loaded<'_>, unit: &UnitLine, label: &str) -> (usize, usize) {
    let Ok(seed) = loaded.seed() else { return (0, 0) };
    let ticketer = Ticketer::new(&seed, label);
    let mine = (ticketer.ticket(&unit.id), unit.id.as_str());
    let held = held(loaded);
    let (carried, others): (Vec<&str>, Vec<&str>) =
        members(loaded, label).into_iter().partition(|id| held.contains(id));
    let before = others.into_iter().filter(|other| (ticketer.ticket(other), *other) < mine).count();
    (1 + carried.len() + before, carried.len())
}
