//! Draws that were given up: where a void may stand (for V12), what it hands on (V15),
//! and V26, what the next draw takes over from it.

use super::{Loaded, Stop, Verified, ensure};
use crate::eligibility::Exclusion;
use crate::lang::Said;
use crate::record::{self, CarriedLine, Commit, Demand, Mode, UnitStanding, Void, VoidReason};
use crate::said;
use crate::sampling::select_carrying;
use std::collections::{BTreeMap, BTreeSet};

/// Whether all that the seed is made of was there before the draw was given up: to
/// the public, or in a sealed draw to the office, which then has the last nonce.
pub(crate) fn is_computable(loaded: &Loaded<'_>, commit: &Commit) -> bool {
    let has = |file: &str| loaded.folder.get(file).is_some();
    has(record::REVEAL)
        && (has(record::CEREMONY) || !commit.has_ceremony())
        && (has(record::BEACON) || !commit.has_external_beacon())
}

/// V12's part: a void in its place. While nobody alone can know the outcome, it has
/// to say what stopped the draw; from then on it hands on what was drawn.
pub(super) fn in_place(loaded: &Loaded<'_>) -> Result<(), Stop> {
    let (commit, void) = (loaded.commit()?, loaded.void()?);
    let has = |file: &str| loaded.folder.get(file).is_some();
    let computable = is_computable(loaded, commit);
    if let Some(wanted) = demanded(&commit.demand(), has(record::CEREMONY), has(record::REVEAL), computable) {
        ensure(void.reason == wanted, || {
            let (zh, key) = (wanted.zh(), wanted.key());
            said!(
                "骰子掷出或随机数公开之后、结果可知之前，作废的原因只能是“{zh}”",
                "after dice or nonces, and before the outcome can be known, the reason of a void can only be `{key}`"
            )
        })?;
    }
    let due = computable || commit.carried.is_some();
    ensure(void.drawn.is_some() || !due, || {
        said!(
            "结果已可算出，或有上次带入的单位，作废却没有带走抽中的单位",
            "the outcome could be known, or units were carried over, but the void hands no units on"
        )
    })?;
    ensure(due || void.drawn.is_none(), || {
        said!(
            "结果还无法算出，也没有上次带入的单位，作废却带走了单位",
            "nothing was drawn or carried over, but the void hands units on"
        )
    })?;
    let opens = computable && commit.mode == Mode::Sealed;
    ensure(void.nonce.is_some() == opens, || match opens {
        true => said!(
            "密封的抽取作废时，本机关应公开自己的随机数",
            "the void of a sealed draw has to open the office's nonce"
        ),
        false => {
            said!("此时作废不应公开本机关的随机数", "this void must not open a nonce of the office")
        }
    })
}

/// The one reason that a void can have after these documents, if there is only one.
pub(crate) fn demanded(
    demand: &Demand<'_>,
    has_ceremony: bool,
    has_reveal: bool,
    computable: bool,
) -> Option<VoidReason> {
    match (has_reveal, has_ceremony && demand.has_ceremony()) {
        _ if computable => None,
        // The nonces are open: only the event outside the room is not there.
        (true, _) => Some(VoidReason::Beacon),
        // Dice are rolled: only a party's nonce is not there.
        (false, true) => Some(VoidReason::Party),
        (false, false) => None,
    }
}

/// The units that a void of this draw hands on: those carried into it, as they stand
/// in carried.txt, and where it can be computed those that it drew itself; by unit.
pub(crate) fn handed_on(loaded: &Loaded<'_>) -> Result<Vec<CarriedLine>, Stop> {
    let commit = loaded.commit()?;
    let carried = loaded.carried_lines()?;
    let mut lines: BTreeMap<&str, CarriedLine> =
        carried.iter().map(|line| (line.unit.as_str(), line.clone())).collect();
    if is_computable(loaded, commit) {
        let (pools, seed) = (loaded.pools()?, loaded.seed()?);
        let held: BTreeSet<&str> = carried.iter().map(|line| line.unit.as_str()).collect();
        for stratum in &commit.strata {
            let ids = pools.get(stratum.label.as_str()).map_or(&[][..], Vec::as_slice);
            let k = usize::try_from(stratum.quota).unwrap_or(usize::MAX);
            let drawn = select_carrying(&seed, &stratum.label, ids, |id| held.contains(id), k);
            for (rank, drawn) in (1..).zip(drawn) {
                let line = CarriedLine {
                    unit: ids[drawn.index].to_owned(),
                    draw: commit.draw.clone(),
                    stratum: stratum.label.clone(),
                    rank,
                    ticket: drawn.ticket,
                };
                lines.entry(ids[drawn.index]).or_insert(line);
            }
        }
    }
    Ok(lines.into_values().collect())
}

/// V15 of a void: voided.txt holds exactly what is handed on.
pub(super) fn selection(loaded: &Loaded<'_>) -> Verified {
    loaded.commit()?;
    let Void { drawn, .. } = loaded.void()?;
    let Some(bound) = drawn else {
        return Err(Stop::NotRun(said!("作废时还没有抽中的单位", "nothing was drawn before the void")));
    };
    let voided = loaded.voided()?;
    let expected = handed_on(loaded)?;
    let different = |(found, expected): (Option<&CarriedLine>, Option<&CarriedLine>)| {
        (found != expected).then(|| found.or(expected).map(|line| line.unit.clone()).unwrap_or_default())
    };
    let most = voided.lines.len().max(expected.len());
    let wrong = (0..most).find_map(|at| different((voided.lines.get(at), expected.get(at))));
    if let Some(unit) = wrong {
        return Err(Stop::Fail(said!(
            "voided.txt 在 {unit} 处与重算的不一致",
            "voided.txt is not as recomputed at {unit}"
        )));
    }
    ensure(voided.sealed(loaded.commit()?.suite) == *bound, || {
        said!("voided.txt 与 void.txt 不符", "voided.txt is not what void.txt binds")
    })?;
    let (count, own) = (expected.len(), own(loaded, &expected)?);
    Ok(said!(
        "作废，抽中的 {own} 家重算一致，连同上次带入的共 {count} 家带入下一次抽取",
        "void; {own} drawn units recomputed, {count} handed on with those carried over"
    ))
}

/// How many of these units this very draw drew first.
fn own(loaded: &Loaded<'_>, lines: &[CarriedLine]) -> Result<usize, Stop> {
    let draw = &loaded.commit()?.draw;
    Ok(lines.iter().filter(|line| line.draw == *draw).count())
}

/// V26: carried.txt is the one committed, and no unit of it is lost from the register.
pub(super) fn carried(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let Some(bound) = &commit.carried else {
        return Ok(said!("没有作废的抽取带入单位", "no voided draw hands units on to this one"));
    };
    let (carried, units) = (loaded.carried()?, loaded.units()?);
    let unsorted = carried.lines.windows(2).find(|pair| pair[0].unit >= pair[1].unit);
    if let Some(id) = unsorted.map(|pair| &pair[1].unit) {
        return Err(Stop::Fail(said!(
            "carried.txt 中 {id} 重复或次序不对",
            "{id} is in carried.txt twice or out of order"
        )));
    }
    ensure(carried.sealed(commit.suite) == *bound, || {
        said!("carried.txt 的树根或行数不是承诺的值", "carried.txt is not the one committed")
    })?;
    let standing: BTreeMap<&str, &UnitStanding> =
        units.lines.iter().map(|line| (line.id.as_str(), &line.standing)).collect();
    let mut lapsed: BTreeMap<Exclusion, usize> = BTreeMap::new();
    for CarriedLine { unit, draw, .. } in &carried.lines {
        ensure(draw.office == commit.draw.office && *draw < commit.draw, || {
            said!("{unit} 不是由本机关先前的抽取带入的", "{unit} is not carried over from an earlier draw")
        })?;
        match standing.get(unit.as_str()) {
            Some(UnitStanding::Excluded(reason)) => *lapsed.entry(*reason).or_default() += 1,
            Some(UnitStanding::Stratum(_)) => {}
            None => {
                return Err(Stop::Fail(said!(
                    "带入的 {unit} 不在名录里",
                    "{unit} is carried over, but not in units.txt"
                )));
            }
        }
    }
    let (count, out) = (carried.lines.len(), lapsed.values().sum::<usize>());
    let Said { zh, en } = reasons(&lapsed);
    Ok(said!(
        "作废的抽取带入 {count} 家，其中 {out} 家已不在池中{zh}",
        "{count} units carried over, {out} of them no longer in the pool{en}"
    ))
}

fn reasons(lapsed: &BTreeMap<Exclusion, usize>) -> Said {
    if lapsed.is_empty() {
        return said!("", "");
    }
    let one = |(reason, count): (&Exclusion, &usize)| {
        let (zh, en) = (reason.zh(), reason.key());
        said!("{zh} {count}", "{en} {count}")
    };
    let Said { zh, en } = Said::join(lapsed.iter().map(one));
    said!("（{zh}）", " ({en})")
}
