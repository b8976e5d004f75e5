//! A16: which units came and went between one draw and the next. It is no fault; a
//! unit that was dropped before a commitment can be seen in it.

use super::{Examined, Finding, Ground, Place};
use crate::lang::Said;
use crate::said;
use std::collections::BTreeSet;

/// So many ids are shown; all are counted.
const SHOWN: usize = 20;

/// A16: the ids of units.txt beside those of the draw before.
pub(super) fn roster(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut compared) = (Vec::new(), 0);
    let mut last: Option<(&str, String, BTreeSet<String>)> = None;
    for (index, case) in ground.cases.iter().enumerate() {
        let (Some(number), Some(units)) = (&case.number, case.units()) else { continue };
        let ids: BTreeSet<String> = units.lines.into_iter().map(|line| line.id).collect();
        if let Some((office, before, old)) = &last
            && *office == number.office
        {
            compared += 1;
            let (gone, new): (Vec<&String>, Vec<&String>) =
                (old.difference(&ids).collect(), ids.difference(old).collect());
            if !gone.is_empty() || !new.is_empty() {
                let (was, is) = (old.len(), ids.len());
                let (Said { zh: gone_zh, en: gone_en }, Said { zh: new_zh, en: new_en }) =
                    (listed(&gone), listed(&new));
                let said = said!(
                    "{before} 有 {was} 家，现在 {is} 家；不见了 {gone_zh}；新增 {new_zh}",
                    "{before} had {was} units, this one has {is}; gone: {gone_en}; new: {new_en}"
                );
                findings.push(Finding::note(Place::Draw(index), said));
            }
        }
        last = Some((&number.office, number.to_string(), ids));
    }
    let changed = findings.len();
    Examined::Done(
        said!("比对 {compared} 次，{changed} 次有变动", "{compared} compared, {changed} with changes"),
        findings,
    )
}

fn listed(ids: &[&String]) -> Said {
    let (count, Said { zh, en }) = (ids.len(), Said::list(ids.iter().take(SHOWN)));
    match count {
        0 => said!("0 家", "0"),
        _ if count <= SHOWN => said!("{count} 家（{zh}）", "{count} ({en})"),
        _ => said!("{count} 家（{zh} 等）", "{count} ({en}, …)"),
    }
}
