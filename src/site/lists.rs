//! The page of what is published after the visits: all lists, and all penalties.

use super::facts::Facts;
use super::frame::{At, Site, Spot, page as framed};
use super::link;
use super::part::{self, Cell, cell, code, fixed, linked, numbers, words};
use crate::lang::Said;
use crate::markup::Markup;
use crate::record::{ResultLine, Results};
use crate::said;
use crate::task::Matter;
use crate::time::Date;
use std::collections::BTreeMap;

/// The page; `facts` come latest first.
pub fn page(site: &Site<'_>, facts: &[Facts]) -> String {
    let at = At { site, spot: Spot::Results };
    let title = site.t(said!("检查结果和行政处罚公示", "Results and penalties, in public"));
    framed(&at, &title, |m| {
        m.leaf("h1", &[], &title);
        at.paragraph(
            m,
            said!(
                "检查之后审核通过的结果和处罚，一批一份清单，公示后不改；有更正的写在后面的清单里，前后都保留。清单不写人员姓名、理由和备注。",
                "What was found and which penalties were decided, list by list, once they are reviewed. A list never changes; what is mended stands in a later one, and both stay. Lists name no people, and give no reasons or remarks."
            ),
        );
        for file in &site.ground.lists.unreadable {
            let warning = said!("{file} 已损坏或被改动。", "{file} is damaged or was changed.");
            m.leaf("p", &[("class", "warning")], site.t(warning));
        }
        draws(&at, m, facts);
        penalties(&at, m, facts);
        lists(&at, m);
    })
}

/// How far each draw has come.
fn draws(at: &At<'_>, m: &mut Markup, facts: &[Facts]) {
    let told = facts.iter().filter_map(|facts| {
        let known = facts.known.as_ref().ok()?;
        Some((facts, known, known.visits.as_ref()?))
    });
    at.section(m, "draws", said!("各次抽取的检查结果", "Results by draw"), |m| {
        let columns = [
            fixed(said!("抽取", "Draw")),
            numbers(said!("抽中", "Drawn")),
            numbers(said!("已公示结果", "Results")),
            numbers(said!("终结", "Ended")),
            numbers(said!("发现问题", "With faults")),
        ];
        let rows = told.map(|(facts, known, tally)| {
            let to = at.draw(&facts.stem, "#results");
            let drawn = known.drawn.unwrap_or_default();
            let counts = [drawn, tally.visited, tally.closed, tally.faulty];
            let first = linked(to, known.commit.draw.to_string());
            std::iter::once(first).chain(counts.map(|count| cell(count.to_string()))).collect()
        });
        part::table(at, m, said!("最近的在前", "Latest first"), &columns, rows, None);
    });
}

/// One penalty as it stands.
struct Penalty<'a> {
    list: u32,
    number: &'a Matter,
    day: Date,
    unit: Option<&'a str>,
    yuan: u64,
    decision: &'a str,
}

fn penalties(at: &At<'_>, m: &mut Markup, facts: &[Facts]) {
    let penalty = |(list, line)| match line {
        &ResultLine::Penalty { ref number, day, ref unit, yuan, ref decision } => {
            Some(Penalty { list, number, day, unit: unit.as_deref(), yuan, decision })
        }
        _ => None,
    };
    let mut all: Vec<Penalty<'_>> = at.site.ground.lists.current.lines().filter_map(penalty).collect();
    all.sort_by(|a, b| (b.day, b.number).cmp(&(a.day, a.number)));
    let names = names(facts);
    at.section(m, "penalties", said!("行政处罚", "Penalties"), |m| {
        if all.is_empty() {
            at.paragraph(m, said!("还没有公示的处罚。", "No penalty is published yet."));
            return;
        }
        let columns = [
            words(said!("决定书文号", "Decision")),
            fixed(said!("决定日期", "Day")),
            words(said!("当事人", "Who")),
            numbers(said!("罚款（元）", "Fine (yuan)")),
            fixed(said!("公示", "List")),
        ];
        let rows = all.iter().map(|penalty| row(at, penalty, &names));
        let count = all.len();
        let caption =
            said!("{count} 件，最近的在前；个人不公示姓名", "{count}, latest first; persons are not named");
        part::table(at, m, caption, &columns, rows, None);
    });
}

/// Names of penalised units, where some draw publishes them.
type Names<'a> = BTreeMap<&'a str, &'a str>;

fn names(facts: &[Facts]) -> Names<'_> {
    let mut names = Names::new();
    // The latest name, as draws come latest first.
    for known in facts.iter().filter_map(|facts| facts.known.as_ref().ok()) {
        known.penalised.iter().for_each(|(unit, name)| {
            names.entry(unit).or_insert(name);
        });
    }
    names
}

fn row<'a>(at: &At<'a>, penalty: &Penalty<'a>, names: &Names<'a>) -> Vec<Cell<'a>> {
    let &Penalty { list, day, unit, yuan, decision, .. } = penalty;
    let none = at.t(said!("个人或名录以外的单位", "a person, or a unit outside the register"));
    let who: Cell<'a> = match unit {
        Some(unit) => super::result::named(at, unit, names.get(unit).copied()),
        None => cell(none),
    };
    let fine = if yuan == 0 { at.t(said!("警告", "warning")) } else { yuan.to_string() };
    let of = linked(at.to(&link::list(list)), at.t(said!("第 {list} 份", "list {list}")));
    vec![cell(decision), cell(day.to_string()), who, cell(fine), of]
}

fn lists(at: &At<'_>, m: &mut Markup) {
    at.section(m, "lists", said!("历次公示", "All lists"), |m| {
        let columns = [
            fixed(said!("清单", "List")),
            fixed(said!("公示时间", "Published")),
            words(said!("内容", "What")),
            words(said!("SHA-256 值", "SHA-256")),
        ];
        let rows = at.site.ground.lists.lists.iter().rev().map(|list| {
            let at_time = list.at;
            let when: Cell<'_> = Box::new(move |m| at.moment(m, at_time));
            let file = Results::file(list.number);
            vec![
                linked(at.to(&link::list(list.number)), file),
                when,
                cell(at.t(counted(list))),
                code(list.hash().to_string()),
            ]
        });
        part::table(at, m, said!("最近的在前", "Latest first"), &columns, rows, None);
        at.paragraph(
            m,
            said!(
                "每份清单写着前一份的 SHA-256 值，设了公开日志的都记在日志里；yaohao audit 核对有没有改过、抽掉过、插过队，是不是确实抽中的单位。",
                "Each list names the one before it by its SHA-256, and where there is a public log all are in it; yaohao audit finds out whether one was changed, dropped or moved, and whether every unit was drawn."
            ),
        );
    });
}

/// What a list holds.
pub fn counted(list: &Results) -> Said {
    let of = |wanted: fn(&ResultLine) -> bool| list.lines.iter().filter(|line| wanted(line)).count();
    let counts = [
        (of(|line| matches!(line, ResultLine::Result { .. })), "检查结果", "results"),
        (of(|line| matches!(line, ResultLine::Closed { .. })), "终结", "ended without a visit"),
        (of(|line| matches!(line, ResultLine::Again { .. })), "复查", "second looks"),
        (of(|line| matches!(line, ResultLine::Penalty { .. })), "行政处罚", "penalties"),
    ];
    let there = counts.into_iter().filter(|(count, ..)| *count > 0);
    Said::join(there.map(|(count, zh, en)| said!("{zh} {count} 项", "{count} {en}")))
}
