//! What an audit shows, as text and as JSON.

use crate::audit::{Check, Finding, Place, Report, Row, State};
use crate::cli::console::Console;
use crate::lang::{Lang, Said};
use crate::record::RESULTS;
use crate::said;
use crate::verify::{Status, Verdict};
use serde_json::{Value, json};

/// Prints the numbers with their states, then what every check found.
pub fn show(report: &Report, console: &Console) {
    let now = report.now.by_clocks_of_china();
    console.heading(said!("各次抽取（截至北京时间 {now}）", "The draws (as of {now}, UTC+8)"));
    let headings = [
        said!("编号", "draw"),
        said!("文件夹", "folder"),
        said!("状态", "state"),
        said!("核验", "verify"),
        said!("不通过", "failed checks"),
    ];
    console.table(&headings, &[], report.rows.iter().map(|row| cells(row, console)).collect());
    if report.rows.is_empty() {
        console.say(said!("没有抽取", "There is no draw."));
    }
    console.heading(said!("各项检查", "The checks"));
    for check in &report.checks {
        show_check(report, check, console);
    }
    let faults =
        report.checks.iter().flat_map(|check| &check.findings).filter(|finding| finding.fault).count();
    let failed: Vec<&str> =
        report.checks.iter().filter(|check| check.status == Status::Fail).map(|check| check.id).collect();
    let (count, Said { zh, en }) = (report.rows.len(), Said::list(failed));
    console.say(match faults {
        0 => said!("结论：{count} 个编号，没有发现问题", "Verdict: {count} numbers, NOTHING WRONG"),
        _ => said!(
            "结论：{count} 个编号，发现问题 {faults} 处（{zh}）",
            "Verdict: {count} numbers, {faults} FAULTS ({en})"
        ),
    });
}

fn cells(row: &Row, console: &Console) -> Vec<String> {
    let states = row.states.iter().map(|state| word(*state, console.lang)).collect::<Vec<_>>();
    let verdict = row.verdict.map_or("-", |verdict| match console.lang {
        Lang::Zh => verdict.zh(),
        Lang::En => verdict.key(),
    });
    vec![row.draw.clone(), row.folder.clone(), states.join(" "), verdict.to_owned(), row.failed.join(" ")]
}

/// The state in the language; the permanent word stands beside the Chinese one.
fn word(state: State, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}（{}）", state.zh(), state.key()),
        Lang::En => state.key().to_owned(),
    }
}

fn show_check(report: &Report, check: &Check, console: &Console) {
    let mark = match (check.status, console.lang) {
        (Status::Pass, Lang::Zh) => "✓ 通过　",
        (Status::Fail, Lang::Zh) => "✗ 不通过",
        (Status::NotRun, Lang::Zh) => "– 未执行",
        (Status::Pass, Lang::En) => "✓ pass   ",
        (Status::Fail, Lang::En) => "✗ FAIL   ",
        (Status::NotRun, Lang::En) => "– not run",
    };
    let (id, name, title, evidence) = (check.id, check.name, &check.title, &check.evidence);
    let (zh, zh_evidence, en, en_evidence) = (&title.zh, &evidence.zh, &title.en, &evidence.en);
    console.say(said!(
        "{mark} {id} {name:<12} {zh}：{zh_evidence}",
        "{mark} {id} {name:<12} {en}: {en_evidence}"
    ));
    for finding in &check.findings {
        let (mark, place) = (if finding.fault { "✗" } else { "·" }, place(report, finding));
        let state = finding.state.map(|state| word(state, console.lang) + " ").unwrap_or_default();
        let Said { zh, en } = &finding.evidence;
        console.say(said!("      {mark} {place} {state}{zh}", "      {mark} {place} {state}{en}"));
    }
}

/// What a finding is about, as people read it.
fn place(report: &Report, finding: &Finding) -> String {
    match &finding.place {
        Place::Draw(draw) => report.folders.get(*draw).cloned().unwrap_or_default(),
        Place::Number(number) => number.clone(),
        Place::Log(file) => format!("log/{file}"),
        Place::Results(file) => format!("{RESULTS}/{file}"),
    }
}

/// The report for programs.
pub fn view(report: &Report, console: &Console) -> Value {
    let row = |row: &Row| {
        json!({
            "draw": row.draw, "folder": row.folder,
            "states": row.states.iter().map(|state| state.key()).collect::<Vec<_>>(),
            "commitment": row.commitment.map(|digest| digest.to_string()),
            "verdict": row.verdict.map(Verdict::key), "failed": row.failed,
        })
    };
    let finding = |finding: &Finding| {
        json!({
            "place": place(report, finding), "state": finding.state.map(State::key),
            "fault": finding.fault, "evidence": console.text(&finding.evidence),
        })
    };
    let check = |check: &Check| {
        json!({
            "id": check.id, "name": check.name, "status": check.status.key(),
            "title": console.text(&check.title), "evidence": console.text(&check.evidence),
            "findings": check.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    };
    json!({
        "now": report.now.to_string(), "clean": report.is_clean(),
        "draws": report.rows.iter().map(row).collect::<Vec<_>>(),
        "checks": report.checks.iter().map(check).collect::<Vec<_>>(),
    })
}
