//! The sheets of results: what goes out comes in again, once, and whatever is wrong with a
//! row is said with its row, column, value, rule and remedy.

#[path = "sheet/chance.rs"]
mod chance;
#[path = "task/mod.rs"]
mod task;
#[path = "sheet/workbook.rs"]
mod workbook;

use chance::{Chance, drawn, live};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use task::{COMPLAINT, DRAWN, Paper, matter, moment, opened, visit};
use workbook::{Cell, filled};
use yaohao::lang::Lang;
use yaohao::store::workbook;
use yaohao::task::sheet::{Plan, Reading, notes, pages, plan};
use yaohao::task::{Act, Entry, Ledger, Outcome, Task};

/// The workbook of everything in a ledger.
fn exported(ledger: &Ledger) -> Vec<u8> {
    let tasks: Vec<Task> = ledger.tasks.values().cloned().collect();
    let notes: Vec<String> = notes().iter().map(|said| said.to(Lang::Zh).to_owned()).collect();
    workbook(&pages(&tasks), &notes, moment("2026-09-20T08:00:00Z")).expect("a workbook")
}

/// What a workbook comes to, by the head on 2026-09-20.
fn planned(paper: &Paper, bytes: &[u8]) -> Plan {
    let reading = Reading::read(bytes, "r.xlsx").expect("three sheets");
    let by = "H1".to_owned();
    let entry = Entry { number: 1, after: None, at: paper.now, by, acts: Vec::new() };
    plan(reading, paper.ledger.clone(), entry, &paper.standing)
}

/// A ledger without what the journal alone knows: who entered what when, and results that
/// were mended.
fn told(ledger: &Ledger) -> BTreeMap<String, Task> {
    let told = |task: &Task| {
        let mut task = task.clone();
        task.trail.clear();
        task.visits = task.visits.pop().into_iter().collect();
        task.visits.iter_mut().for_each(|visit| visit.measures.sort_by_key(|ordered| ordered.measure));
        (task.matter.to_string(), task)
    };
    ledger.tasks.values().map(told).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Default::default()
    })]

    #[test]
    fn what_goes_out_comes_in_again_and_nothing_twice(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let mut paper = drawn(&mut chance);
        let bare = paper.ledger.clone();
        prop_assume!(live(&mut paper, &mut chance) > 0);
        let sheet = exported(&paper.ledger);

        // Into the office that has it all already: nothing is new.
        let again = planned(&paper, &sheet);
        prop_assert_eq!((again.acts.len(), again.new, again.refused), (0, 0, 0), "{:?}", again.findings);
        prop_assert_eq!(again.known, paper.ledger.tasks.len());

        // Into one that has only what the draw decided: everything.
        let mut copy = Paper::new();
        copy.ledger = bare;
        copy.standing = paper.standing.clone();
        let plan = planned(&copy, &sheet);
        prop_assert_eq!(plan.refused, 0, "{:#?}", plan.findings);
        if !plan.acts.is_empty() {
            copy.enter("H1", plan.acts).map_err(|refused| TestCaseError::fail(format!("{refused:?}")))?;
        }
        prop_assert_eq!(told(&copy.ledger), told(&paper.ledger));
        let twice = planned(&copy, &sheet);
        prop_assert_eq!((twice.acts.len(), twice.new, twice.refused), (0, 0, 0), "{:?}", twice.findings);

        // And out once more: the same sheets, cell by cell.
        let tasks = |ledger: &Ledger| {
            let tasks: Vec<Task> = ledger.tasks.values().cloned().collect();
            pages(&tasks).map(|page| page.rows)
        };
        prop_assert_eq!(tasks(&copy.ledger), tasks(&paper.ledger));
    }

    /// A workbook that somebody damaged is refused, and nothing crashes.
    #[test]
    fn damaged_bytes_are_no_workbook_or_other_rows(at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut paper = Paper::new();
        paper.good("H1", Act::Visited(visit()));
        let mut bytes = exported(&paper.ledger);
        let at = at.index(bytes.len());
        bytes[at] ^= with;
        if let Ok(reading) = Reading::read(&bytes, "r.xlsx") {
            let entry = Entry { number: 2, after: None, at: paper.now, by: "H1".to_owned(), acts: Vec::new() };
            let plan = plan(reading, paper.ledger.clone(), entry, &paper.standing);
            prop_assert!(plan.rows == plan.new + plan.known + plan.older + plan.refused);
        }
    }
}

#[test]
fn random_ledgers_have_every_field_filled() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..60 {
        let mut chance = Chance(seed);
        let mut paper = drawn(&mut chance);
        live(&mut paper, &mut chance);
        for task in paper.ledger.tasks.values() {
            for trace in &task.trail {
                *seen.entry(trace.act.key()).or_default() += 1;
            }
            for visit in &task.visits {
                let fields = [
                    ("code", visit.code.is_some()),
                    ("helpers", visit.helpers.len() > 1),
                    ("delegated", visit.delegated.is_some()),
                    ("many items", visit.items.len() > 4),
                    ("measures", visit.measures.len() > 3),
                    ("evidence", visit.evidence.len() > 1),
                    ("remark", visit.remark.is_some()),
                    ("partners", visit.present.len() > 2),
                ];
                fields
                    .iter()
                    .filter(|(_, there)| *there)
                    .for_each(|(field, _)| *seen.entry(field).or_default() += 1);
            }
            *seen.entry(task.kind().key()).or_default() += 1;
        }
    }
    let wanted = [
        "opened",
        "assigned",
        "moved",
        "visited",
        "penalised",
        "contested",
        "closed",
        "code",
        "helpers",
        "delegated",
        "many items",
        "measures",
        "evidence",
        "remark",
        "partners",
        "complaint",
        "licence",
        "reinspection",
        "referral",
        "immediate",
        "fire",
        "penalty",
        "drawn",
    ];
    let rare: Vec<&&str> = wanted.iter().filter(|what| seen.get(**what).is_none_or(|n| *n < 10)).collect();
    assert!(rare.is_empty(), "{rare:?} of {seen:?}");
}

const RESULT: [&str; 7] = ["事项编号", "单位代码", "检查日期", "事项1", "结果1", "事项2", "结果2"];

fn row(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|cell| Cell::from(*cell)).collect()
}

/// A row of results with other cells in some places.
fn result_row(changes: &[(usize, Cell)]) -> Vec<Cell> {
    let mut cells =
        row(&[DRAWN, "91500112450533912J", "2026-09-15", "XF01", "未发现问题", "XF02", "no-problem"]);
    changes.iter().for_each(|(at, cell)| cells[*at] = cell.clone());
    cells
}

/// The findings of one row of results: rule, column, and what is said.
fn findings(changes: &[(usize, Cell)]) -> Vec<(String, String, String)> {
    let plan = planned(&Paper::new(), &filled(workbook::DRAWN, &RESULT, vec![result_row(changes)]));
    assert_eq!((plan.refused, plan.acts.len()), (usize::from(!plan.findings.is_empty()), plan.acts.len()));
    assert!(plan.findings.is_empty() || plan.acts.is_empty(), "{plan:?}");
    let finding = |f: &yaohao::register::import::Finding| {
        assert_eq!((&*f.file, f.row), ("r.xlsx[检查结果]", 2));
        assert!(!f.remedy.zh.is_empty() && !f.remedy.en.is_empty());
        (f.rule.code().to_owned(), f.column.clone(), f.what.zh.clone())
    };
    plan.findings.iter().map(finding).collect()
}

#[test]
fn a_row_in_the_official_words_is_entered() {
    let plan = planned(&Paper::new(), &filled(workbook::DRAWN, &RESULT, vec![result_row(&[])]));
    assert_eq!((plan.rows, plan.new, plan.refused), (1, 1, 0), "{:?}", plan.findings);
    let Act::Visited(visit) = &plan.acts[0] else { panic!("{:?}", plan.acts) };
    assert_eq!(visit.items[1], ("XF02".to_owned(), Outcome::NoProblem));
    assert_eq!(visit.present, task::team("SL1", "SL2"), "the team was there, for nobody says otherwise");
    // A day as a cell of days, or in another form of text.
    for day in [Cell::Day(46280.0), Cell::from("2026/9/15"), Cell::from("2026年9月15日")] {
        assert_eq!(findings(&[(2, day.clone())]), [], "{day:?}");
    }
}

#[test]
fn dirty_cells_are_refused_with_their_rule() {
    let one = |changes: &[(usize, Cell)], rule: &str, column: &str, says: &str| {
        let found = findings(changes);
        let shown = format!("{changes:?}: {found:?}");
        assert_eq!(found.len(), 1, "{shown}");
        assert_eq!((found[0].0.as_str(), found[0].1.as_str()), (rule, column), "{shown}");
        assert!(found[0].2.contains(says), "no {says:?} in {shown}");
    };
    one(&[(1, Cell::Number(9.15e17))], "numeric-id", "单位代码", "存成了数字");
    one(&[(1, Cell::from("9.15E+17"))], "scientific-notation", "单位代码", "科学计数法");
    one(&[(1, Cell::from("91500112MA5U000000"))], "other-than-known", "单位代码", "91500112450533912J");
    one(&[(2, Cell::from("２０２６-09-15"))], "full-width", "检查日期", "全角");
    one(&[(2, Cell::Number(46280.0))], "bad-date", "检查日期", "2026-09-15");
    one(&[(2, Cell::from("9月15日"))], "bad-date", "检查日期", "不是日期");
    one(&[(2, Cell::Blank)], "missing-value", "检查日期", "没有填检查日期");
    one(&[(4, Cell::Blank)], "missing-value", "结果1", "没有默认值");
    one(&[(4, Cell::from("没问题"))], "unknown-word", "结果1", "不是可用的词");
    one(&[(3, Cell::Number(1.0)), (5, Cell::from("XF02"))], "numeric-id", "事项1", "存成了数字");
    one(&[(0, Cell::from("例/2026"))], "unknown-matter", "事项编号", "不是事项编号");
    one(&[(0, Cell::from(COMPLAINT))], "unknown-matter", "事项编号", "举报投诉核查");
    one(&[(0, Cell::from("example/2026/001/NOBODY"))], "unknown-matter", "事项编号", "没有这个事项");
    one(&[(2, Cell::from("2026-10-02"))], "not-now", "检查日期", "还没有到");
    one(&[(5, Cell::Blank), (6, Cell::Blank)], "not-now", "检查日期", "事项 XF02 没有结果");
    one(&[(4, Cell::from("发现问题待后续处理"))], "missing-value", "火灾隐患数", "没有填火灾隐患数");
}

#[test]
fn the_same_row_twice_and_two_that_differ_are_refused() {
    let rows = vec![result_row(&[]), result_row(&[])];
    let plan = planned(&Paper::new(), &filled(workbook::DRAWN, &RESULT, rows));
    assert_eq!((plan.new, plan.refused), (1, 1));
    assert_eq!(plan.findings[0].rule.code(), "duplicate-row");
    let rows = vec![result_row(&[]), result_row(&[(2, Cell::from("2026-09-16"))])];
    let plan = planned(&Paper::new(), &filled(workbook::DRAWN, &RESULT, rows));
    assert_eq!((plan.new, plan.refused, plan.acts.len()), (0, 2, 0));
    assert!(plan.findings.iter().all(|finding| finding.rule.code() == "duplicate-id"));
}

const WORK: [&str; 8] = ["类型", "名称", "受理时间", "紧急", "检查组", "检查日期", "事项1", "结果1"];

#[test]
fn a_new_row_opens_assigns_and_visits_once() {
    let mut paper = Paper::new();
    let complaint = [
        "举报投诉核查",
        "某餐馆",
        "2026-09-14 9:30",
        "是",
        "主办 SL1、协办SL2",
        "2026-09-15",
        "XF01",
        "未发现问题",
    ];
    let rows = vec![row(&complaint)];
    let sheet = filled(workbook::WORK, &WORK, rows);
    let plan = planned(&paper, &sheet);
    let keys: Vec<&str> = plan.acts.iter().map(Act::key).collect();
    assert_eq!(keys, ["opened", "assigned", "visited"], "{:?}", plan.findings);
    assert!(plan.acts.iter().all(|act| act.matter() == &matter(COMPLAINT)));
    paper.enter("H1", plan.acts).expect("it may be entered");
    // The same sheet once more, still without a number.
    let plan = planned(&paper, &sheet);
    assert_eq!((plan.acts.len(), plan.known, plan.refused), (0, 1, 0), "{:?}", plan.findings);
    // How it came in cannot be changed by a sheet.
    let mut changed = row(&complaint);
    changed[3] = Cell::from("否");
    let plan = planned(&paper, &filled(workbook::WORK, &WORK, vec![changed]));
    let finding = &plan.findings[0];
    assert_eq!(
        (finding.rule.code(), finding.column.as_str(), finding.value.as_str()),
        ("other-than-known", "紧急", "否")
    );
    // Who goes must be written so that it can be read.
    let mut nobody = row(&complaint);
    nobody[4] = Cell::from("张三、李四");
    let plan = planned(&Paper::new(), &filled(workbook::WORK, &WORK, vec![nobody]));
    assert_eq!(plan.findings[0].rule.code(), "bad-seats");
}

#[test]
fn an_untouched_row_never_enters_again_what_was_mended() {
    let mut paper = Paper::new();
    paper.good("H1", Act::Visited(visit()));
    let before = exported(&paper.ledger);
    let mut mended = visit();
    mended.remark = Some("改正后的结果".to_owned());
    paper.good("H1", Act::Visited(mended.clone()));
    let plan = planned(&paper, &before);
    assert_eq!((plan.acts.len(), plan.older, plan.refused), (0, 1, 0));
    // What somebody did touch says something new.
    let mut cells = pages(&paper.ledger.tasks.values().cloned().collect::<Vec<_>>())[0].clone();
    let at = cells.columns.iter().position(|column| column.heading == "检查备注").expect("a column");
    cells.rows[0][at] = "又改了一次".to_owned();
    let headings: Vec<&str> = cells.columns.iter().map(|column| column.heading).collect();
    let rows = cells.rows.iter().map(|cells| cells.iter().map(|cell| Cell::from(cell.as_str())).collect());
    let plan = planned(&paper, &filled(workbook::DRAWN, &headings, rows.collect()));
    assert_eq!((plan.new, plan.acts.len()), (1, 1), "{:?}", plan.findings);
}

#[test]
fn numbers_are_given_and_never_taken() {
    let headings = ["事项编号", "类型", "名称", "受理时间"];
    let one = |number: &str| row(&[number, "线索核查", "某处", "2026-09-14 09:30"]);
    let plan = planned(&Paper::new(), &filled(workbook::WORK, &headings, vec![one("2026/referral/0002")]));
    assert_eq!(plan.findings[0].rule.code(), "unknown-matter");
    assert!(plan.findings[0].what.zh.contains("2026/referral/0001"), "{:?}", plan.findings);
    // A gap that the same sheet fills is none.
    let rows = vec![
        row(&["2026/referral/0002", "线索核查", "乙处", "2026-09-14 09:30"]),
        one("2026/referral/0001"),
        row(&["", "线索核查", "丙处", "2026-09-14"]),
    ];
    let plan = planned(&Paper::new(), &filled(workbook::WORK, &headings, rows));
    let numbers: Vec<String> = plan.acts.iter().map(|act| act.matter().to_string()).collect();
    assert_eq!(numbers, [1, 2, 3].map(|n| format!("2026/referral/{n:04}")), "{:?}", plan.findings);
    let mut known = Paper::new();
    known.good("H1", Act::Opened(opened(COMPLAINT)));
    let wrong = row(&[COMPLAINT, "线索核查", "示例单位", "2026-09-14 09:00"]);
    let plan = planned(&known, &filled(workbook::WORK, &headings, vec![wrong]));
    assert_eq!(plan.findings[0].rule.code(), "unknown-matter", "{:?}", plan.findings);
}

#[test]
fn a_workbook_without_its_sheets_is_refused_with_what_to_do() {
    let bytes = workbook::book(&[("Sheet1", vec!["a"], Vec::new())]);
    let problem = Reading::read(&bytes, "r.xlsx").expect_err("no sheet");
    assert!(problem.what.zh.contains("检查结果") && problem.remedy.zh.contains("yaohao sheet export"));
    let problem = Reading::read(b"not a workbook", "r.xlsx").expect_err("no workbook");
    assert!(problem.remedy.zh.contains("yaohao sheet export"), "{problem:?}");
}

const PENALTY: [&str; 6] = ["原事项", "单位代码", "当事人", "决定书文号", "决定日期", "罚款金额（元）"];

#[test]
fn a_number_that_is_used_is_refused_and_replaces_nothing() {
    let mut paper = Paper::new();
    let first = ["", "", "某餐馆", "渝消罚字〔2026〕1号", "2026-09-15", "5000"];
    let sheet = |cells: &[&str]| filled(workbook::PENALTIES, &PENALTY, vec![row(cells)]);
    let plan = planned(&paper, &sheet(&first));
    paper.enter("H1", plan.acts).expect("it may be entered");
    let again = planned(&paper, &sheet(&first));
    assert_eq!((again.acts.len(), again.known, again.refused), (0, 1, 0), "{:?}", again.findings);
    for (at, other) in [(2, "另一家"), (4, "2026-09-16"), (5, "6000")] {
        let mut cells = first;
        cells[at] = other;
        let plan = planned(&paper, &sheet(&cells));
        assert_eq!((plan.acts.len(), plan.refused), (0, 1), "{other}");
        let finding = &plan.findings[0];
        assert_eq!(finding.column, "决定书文号");
        assert!(
            finding.what.zh.contains("2026/penalty/0001") && finding.what.zh.contains("录入）"),
            "{finding:?}"
        );
    }
}

#[test]
fn a_filled_sheet_imported_again_undoes_no_correction() {
    let mut paper = Paper::new();
    let mut page = pages(&paper.ledger.tasks.values().cloned().collect::<Vec<_>>())[0].clone();
    let at =
        |heading: &str| page.columns.iter().position(|column| column.heading == heading).expect("a column");
    let changes = [("检查日期", "2026-09-15"), ("结果1", "未发现问题"), ("结果2", "未发现问题")]
        .map(|(h, v)| (at(h), v));
    let line = page.rows.iter().position(|cells| cells[0] == DRAWN).expect("a row");
    changes.iter().for_each(|(at, value)| page.rows[line][*at] = (*value).to_owned());
    let headings: Vec<&str> = page.columns.iter().map(|column| column.heading).collect();
    let cells = page.rows[line].iter().map(|cell| Cell::from(cell.as_str())).collect();
    let sheet = filled(workbook::DRAWN, &headings, vec![cells]);
    // Filled in on what still stands as it was exported.
    let plan = planned(&paper, &sheet);
    assert_eq!((plan.new, plan.refused), (1, 0), "{:?}", plan.findings);
    paper.enter("H1", plan.acts).expect("it may be entered");
    let plan = planned(&paper, &sheet);
    assert_eq!((plan.known, plan.refused), (1, 0), "{:?}", plan.findings);
    let mut mended = paper.ledger.tasks[&matter(DRAWN)].result().expect("a result").clone();
    mended.remark = Some("改正后的结果".to_owned());
    paper.good("H1", Act::Visited(mended));
    let plan = planned(&paper, &sheet);
    assert_eq!((plan.acts.len(), plan.refused), (0, 1));
    assert!(plan.findings[0].what.zh.contains("导出之后台账已有更新（第 "), "{:?}", plan.findings);
}

#[test]
fn a_fault_is_told_at_its_own_column_and_sums_are_no_documents() {
    let told = |more: &[(&str, &str)]| {
        let mut headings = RESULT.to_vec();
        let mut cells = result_row(&[]);
        for (heading, cell) in more {
            headings.push(heading);
            cells.push(Cell::from(*cell));
        }
        let plan = planned(&Paper::new(), &filled(workbook::DRAWN, &headings, vec![cells]));
        let finding = plan.findings.first().expect("a finding").clone();
        (finding.column, finding.what.zh + &finding.remedy.zh)
    };
    assert_eq!(told(&[("罚款", "渝消罚字1号")]).0, "罚款");
    assert_eq!(told(&[("已整改数", "3")]).0, "已整改数");
    let (column, text) = told(&[("罚款", "5,000元")]);
    assert!(column == "罚款" && text.contains("不写金额") && text.contains("行政处罚"), "{text}");
    let (column, text) = told(&[("到场人员", "主办 SL1、专家 SL2")]);
    assert!(column == "到场人员" && text.contains("SL2（协办）"), "{column} {text}");
    let word = planned(
        &Paper::new(),
        &filled(workbook::DRAWN, &RESULT, vec![result_row(&[(4, Cell::from("没问题"))])]),
    );
    assert!(!word.findings[0].remedy.zh.contains("values"), "{:?}", word.findings);
}
