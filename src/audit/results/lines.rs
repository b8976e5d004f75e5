//! Every line of the lists, held against its draw.

use super::at;
use super::draws::{Drawn, Draws};
use crate::audit::{Finding, Ground};
use crate::ids::DrawId;
use crate::lang::Said;
use crate::record::{Current, ResultLine, Results};
use crate::said;
use std::collections::BTreeSet;

/// Visits of which some list so far has a result.
type Told<'a> = BTreeSet<(&'a DrawId, &'a str)>;

/// What is found of the lines; and those without a fault, as they stand.
pub(super) fn lines(ground: &Ground<'_>, draws: &Draws) -> (Vec<Finding>, Current) {
    let (mut findings, mut sound, mut told) = (Vec::new(), Current::default(), Told::new());
    for list in ground.shelf.counting() {
        // Second looks stand before results in a list, so those of this list come first.
        told.extend(list.lines.iter().filter_map(visit));
        for line in &list.lines {
            let shown = shown(line);
            if let Some(Said { zh, en }) = wrong(list, line, draws, &told) {
                findings.push(Finding::fault(at(list.number), said!("{shown}：{zh}", "{shown}: {en}")));
                continue;
            }
            if let Some(before) = sound.put(list.number, line) {
                let instead = said!(
                    "{shown}：代替第 {before} 份里的一项",
                    "{shown}: it takes the place of what list {before} says"
                );
                findings.push(Finding::note(at(list.number), instead));
            }
            findings.extend(outside(line, draws).map(|Said { zh, en }| {
                Finding::note(at(list.number), said!("{shown}：{zh}", "{shown}: {en}"))
            }));
        }
    }
    (findings, sound)
}

fn visit(line: &ResultLine) -> Option<(&DrawId, &str)> {
    match line {
        ResultLine::Result { draw, unit, .. } => Some((draw, unit)),
        _ => None,
    }
}

/// What a line is about, as findings call it.
fn shown(line: &ResultLine) -> String {
    match line {
        ResultLine::Again { number, .. } | ResultLine::Penalty { number, .. } => number.to_string(),
        ResultLine::Closed { draw, unit } | ResultLine::Result { draw, unit, .. } => {
            format!("{draw} {unit}")
        }
    }
}

/// The first thing that is wrong with a line.
fn wrong(list: &Results, line: &ResultLine, draws: &Draws, told: &Told<'_>) -> Option<Said> {
    let drawn = match of_draw(list, line, draws, told) {
        Ok(drawn) => drawn,
        Err(said) => return Some(said),
    };
    let made = list.at.date_in_china();
    if let Some(day) = line.day().filter(|day| *day > made) {
        return Some(said!("日期 {day} 在公示之后（{made}）", "it is of {day}, published on {made}"));
    }
    let drawn = drawn?;
    let recorded = drawn.recorded;
    if let Some(day) = line.day().filter(|day| *day < recorded) {
        return Some(said!("检查日 {day} 早于抽取（{recorded}）", "visited on {day}, drawn on {recorded}"));
    }
    let ResultLine::Result { found, .. } = line else { return None };
    let foreign = |item: &&String| drawn.items.as_ref().is_some_and(|known| !known.contains(*item));
    let item = found.items.keys().find(foreign)?;
    Some(said!("{item} 不是这次抽取的事项", "{item} is no item of the draw"))
}

/// The draw that a line names, which has to be public and to have drawn the unit.
fn of_draw<'d>(
    list: &Results,
    line: &ResultLine,
    draws: &'d Draws,
    told: &Told<'_>,
) -> Result<Option<&'d Drawn>, Said> {
    let (Some(draw), Some(unit)) = (line.draw(), line.unit()) else { return Ok(None) };
    let known = draws.get(draw).ok_or_else(|| said!("没有这次抽取", "there is no such draw"))?;
    let drawn = known
        .as_ref()
        .filter(|drawn| drawn.since <= list.at)
        .ok_or_else(|| said!("公示时抽取结果还没有公开", "the result of the draw was not public then"))?;
    if !drawn.units.contains(unit) {
        return Err(said!("这家没有中签", "the unit was not drawn"));
    }
    match line {
        ResultLine::Again { .. } if !told.contains(&(draw, unit)) => {
            Err(said!("复查之前没有检查结果", "a second look without a result before it"))
        }
        _ => Ok(Some(drawn)),
    }
}

/// That a drawn visit was made outside the window.
fn outside(line: &ResultLine, draws: &Draws) -> Option<Said> {
    let ResultLine::Result { draw, found, .. } = line else { return None };
    let window = draws.get(draw)?.as_ref()?.window;
    let (day, first, last) = (found.day, window.first, window.last);
    (day < first || day > last).then(|| {
        said!(
            "检查日 {day} 不在检查期 {first} 至 {last} 内",
            "visited on {day}, outside the window {first} to {last}"
        )
    })
}
