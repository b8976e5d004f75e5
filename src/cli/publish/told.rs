//! Lines of a list in words, for those who look at them before they are public.

use crate::lang::Said;
use crate::record::{Found, Key, ResultLine};
use crate::said;
use crate::task::{Ledger, Matter};

/// A line, with the name that the office has for the unit. It is no part of the list.
pub fn line(line: &ResultLine, ledger: &Ledger) -> Said {
    let name = name(line, ledger);
    match line {
        ResultLine::Result { found, .. } => {
            let (day, Said { zh, en }) = (found.day, self::found(found));
            said!("{name}：{day} 检查，{zh}", "{name}: visited on {day}; {en}")
        }
        ResultLine::Again { found, .. } => {
            let (day, Said { zh, en }) = (found.day, self::found(found));
            said!("{name}：{day} 复查，{zh}", "{name}: second look on {day}; {en}")
        }
        ResultLine::Closed { .. } => said!("{name}：已终结，没有检查", "{name}: ended without a visit"),
        ResultLine::Penalty { day, yuan, decision, .. } => said!(
            "{name}：行政处罚 {decision}，{day} 决定，罚款 {yuan} 元",
            "{name}: penalty {decision} of {day}, {yuan} yuan"
        ),
    }
}

fn name(line: &ResultLine, ledger: &Ledger) -> String {
    let matter = match line.key() {
        Key::Visit(draw, unit) => Matter::Drawn { draw, unit },
        Key::Numbered(matter) => matter,
    };
    let name = ledger.tasks.get(&matter).map(|task| task.name.clone()).unwrap_or_default();
    match line.unit() {
        Some(unit) => format!("{name}（{unit}）"),
        None => name,
    }
}

fn found(found: &Found) -> Said {
    let items = found.items.iter().map(|(item, outcome)| {
        let (zh, en) = (outcome.zh(), outcome.key());
        said!("{item} {zh}", "{item} {en}")
    });
    let measures = found.measures.iter().map(|(measure, count)| {
        let (zh, en) = (measure.zh(), measure.key());
        said!("{zh} {count} 份", "{en} ({count})")
    });
    let (items, measures) = (Said::join(items), Said::join(measures));
    let (zh, en) = match found.measures.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("；{}", measures.zh), format!("; {}", measures.en)),
    };
    let (hazards, rectified) = (found.hazards, found.rectified);
    let Said { zh: zh_items, en: en_items } = items;
    said!(
        "{zh_items}；火灾隐患 {hazards} 处，已整改 {rectified} 处{zh}",
        "{en_items}; hazards {hazards}, put right {rectified}{en}"
    )
}
