//! The result: who was drawn and who goes there; or when that will be known.

use super::facts::Case;
use super::frame::{At, Spot};
use super::part::{self, Cell, Section, cell, fixed, linked, numbers, words};
use super::{link, next};
use crate::audit::State;
use crate::lang::Said;
use crate::policy::PublicField;
use crate::record::{CarriedLine, DrawnLine, UnitLine};
use crate::said;
use crate::time::Date;
use std::collections::BTreeMap;

/// The section, in every state.
pub fn section<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    match case.known.life {
        State::Void => handed_on(at, case),
        _ if case.is_open() => drawn(at, case),
        State::Sealed => part::section("drawn", said!("结果密封", "The result is sealed"), |m| {
            let (places, until) = (next::quota(case.known), case.commit.open_by);
            at.paragraph(
                m,
                said!(
                    "抽中 {places} 家已经确定、谁也改不了，检查之前不公布是哪几家；最迟 {until} 全部公开。抽中的单位在上门时凭告知单当场核实。",
                    "{places} units are drawn and nobody can change which; they are not named before the visits, and everything is opened by {until}. A drawn unit checks the visit at its door with its slip."
                ),
            );
        }),
        _ => None,
    }
}

fn drawn<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    let count = case.drawn.len();
    part::section("drawn", said!("抽中单位", "Drawn units"), move |m| {
        at.paragraph(
            m,
            said!(
                "按分层排列，层内按抽签号从小到大。人员用公布的名称（方案可以规定每次另编化名）。没抽中的单位可以在首页查为什么。",
                "By stratum, and within it by ticket. Inspectors stand under their published names, which may be pseudonyms. Why a unit was not drawn: search on the start page."
            ),
        );
        let units: BTreeMap<&str, &UnitLine> =
            case.units.iter().map(|unit| (unit.id.as_str(), unit)).collect();
        let has_town = case.rules.publish.contains(&PublicField::Town);
        let mut columns = vec![words(said!("单位", "Unit"))];
        if has_town {
            columns.push(fixed(said!("镇街", "Town")));
        }
        columns.extend([
            words(said!("分层", "Stratum")),
            numbers(said!("位次", "Rank")),
            fixed(said!("抽签号", "Ticket")),
            fixed(said!("检查组", "Team")),
        ]);
        let days = days(case);
        if days.is_some() {
            columns.push(fixed(said!("检查日期", "Day")));
        }
        let rows = case.drawn.iter().map(|line| row(at, case, line, units.get(line.unit.as_str()).copied()));
        let rows = rows.map(|(mut cells, town)| {
            if has_town {
                cells.insert(1, town);
            }
            cells
        });
        let rows = rows.zip(case.drawn).map(|(mut cells, line)| {
            let day = days.as_ref().map(|days| days.get(line.unit.as_str()).copied().flatten());
            cells.extend(day.map(|day| match day {
                Some(day) => cell(day.to_string()),
                None => cell(at.t(said!("另定", "to be set"))),
            }));
            cells
        });
        part::table(at, m, said!("抽中 {count} 家", "{count} units drawn"), &columns, rows, None);
    })
}

/// The day of each drawn unit, if the draw has a schedule.
fn days<'a>(case: &'a Case<'_>) -> Option<BTreeMap<&'a str, Option<Date>>> {
    let lines = &case.loaded.schedule().ok()?.lines;
    Some(lines.iter().map(|line| (line.unit.as_str(), line.day)).collect())
}

fn row<'a>(
    at: &At<'a>,
    case: &'a Case<'_>,
    line: &'a DrawnLine,
    unit: Option<&'a UnitLine>,
) -> (Vec<Cell<'a>>, Cell<'a>) {
    let name = unit.and_then(|unit| unit.field(PublicField::Name));
    let town =
        unit.and_then(|unit| unit.field(PublicField::Town)).map_or("–", |code| case.names.town(code));
    let team = case.teams.get(line.unit.as_str()).into_iter().flatten();
    let team = Said::join(team.map(|(role, name)| {
        let (zh, key) = (case.names.role(role), role.key());
        said!("{zh} {name}", "{key} {name}")
    }));
    let Said { zh, en } = team;
    let team = match case.changed().contains(&line.unit.as_str()) {
        true => said!("{zh}（换人后）", "{en} (after a late change)"),
        false => said!("{zh}", "{en}"),
    };
    let ticket: Cell<'a> = Box::new(|m| {
        let ticket = line.ticket.to_string();
        m.leaf("code", &[("title", &ticket)], format!("{}…", &ticket[..12]));
    });
    let cells = vec![
        named(at, &line.unit, name),
        cell(case.rules.label_for_people(&line.stratum)),
        cell(line.rank.to_string()),
        ticket,
        cell(at.t(team)),
    ];
    (cells, cell(town))
}

/// A unit by its name where that is published, with its id; it leads to its answer.
fn named<'a>(at: &At<'a>, id: &'a str, name: Option<&'a str>) -> Cell<'a> {
    let to = format!("{}#q={}", at.page(Spot::Home), link::segment(id));
    match name {
        Some(name) => Box::new(move |m| {
            m.leaf("a", &[("href", &to)], name);
            m.empty("br", &[]);
            m.leaf("code", &[("class", "key")], id);
        }),
        None => linked(to, id),
    }
}

/// What a void hands on to the next draw.
fn handed_on<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    let Ok(table) = case.loaded.voided() else { return None };
    let count = table.lines.len();
    part::section(
        "drawn",
        said!("带入下一次抽取的单位", "Units handed on to the next draw"),
        move |m| {
            at.paragraph(
            m,
            said!(
                "作废不等于重抽：作废时已能算出抽中的单位，下一次抽取必须带入，首先抽中。",
                "A void is no second try: the units that could be computed as drawn by then are carried over, and drawn first in the next draw."
            ),
        );
            let names: BTreeMap<&str, Option<&str>> =
                case.units.iter().map(|unit| (unit.id.as_str(), unit.field(PublicField::Name))).collect();
            let columns = [
                words(said!("单位", "Unit")),
                words(said!("由哪次抽中", "Drawn by")),
                words(said!("分层", "Stratum")),
                numbers(said!("位次", "Rank")),
            ];
            let rows = table.lines.iter().map(|CarriedLine { unit, draw, stratum, rank, .. }| {
                let name = names.get(unit.as_str()).copied().flatten();
                let stratum = case.rules.label_for_people(stratum);
                vec![named(at, unit, name), cell(draw.to_string()), cell(stratum), cell(rank.to_string())]
            });
            part::table(at, m, said!("带入 {count} 家", "{count} units handed on"), &columns, rows, None);
        },
    )
}
