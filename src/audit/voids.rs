//! A15: draws that were given up.

use super::{Examined, Finding, Ground, Place, State};
use crate::lang::Said;
use crate::record;
use crate::said;

/// A15: where and why a draw was given up, and whether what it had drawn went on to
/// the draw after it.
pub(super) fn voids(ground: &Ground<'_>) -> Examined {
    let mut findings = Vec::new();
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(void) = case.void() else { continue };
        let before = case.documents.iter().take_while(|document| document.file != record::VOID);
        let step = before.last().map_or_else(|| "-".to_owned(), |document| document.file.clone());
        let (zh, key, at) = (void.reason.zh(), void.reason.key(), void.link.at);
        let handed_on = void.drawn.map_or_else(
            || said!("", ""),
            |drawn| {
                let count = drawn.count;
                said!("；{count} 家带入下一次", "; {count} units handed on")
            },
        );
        let Said { zh: zh_units, en: en_units } = handed_on;
        let said = said!(
            "{at} 作废，停在 {step} 之后；原因：{zh}{zh_units}",
            "voided at {at}, after {step}; reason: {key}{en_units}"
        );
        findings.push(Finding::note(Place::Draw(index), said).with(State::Void));
    }
    let count = findings.len();
    Examined::Done(said!("{count} 次作废", "{count} voids"), findings)
}
