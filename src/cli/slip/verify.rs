//! `yaohao verify-slip`: at the door, without a network.

use super::args::VerifySlipArgs;
use super::typed;
use crate::cli::console::Console;
use crate::clock;
use crate::lang::{Lang, Said};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::slip::{Asked, Slip, SlipReport, check, is_part, join};
use crate::store::{read_text, system_error, trusted_log_policy};
use crate::time::Date;
use crate::verify::{Status, Verdict};
use serde_json::json;
use std::io::Read as _;
use std::path::Path;

pub fn verify(args: &VerifySlipArgs, console: &Console) -> Outcome<u8> {
    let text = slip_text(&args.slip)?;
    let slip = Slip::read(text.as_bytes()).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Unreadable,
            said!(
                "这不是告知单，或内容不完整、已被改动：{zh}",
                "this is no slip, or it is incomplete or was changed: {en}"
            ),
            said!(
                "重新扫描全部二维码，或重新取得 .txt 文件（不是 .html）；仍不行就不要相信它",
                "scan all codes again, or fetch the .txt file again (not .html); if that does not help, do not trust it"
            ),
        )
    })?;
    let policy = args.log_policy.as_deref().map(trusted_log_policy).transpose()?;
    let certificates = typed::certificates(&args.certificate, &slip);
    let unit = args.unit.as_deref().map(|unit| typed::meant(unit, [slip.drawn.unit.as_str()]));
    let asked = Asked {
        policy: policy.as_ref(),
        unit: unit.as_deref(),
        on: args.on.unwrap_or_else(|| clock::now().date_in_china()),
        certificates: &certificates,
        record: args.record,
        change: args.change,
    };
    let report = check(&slip, &asked);
    show(&report, asked.on, console);
    data(&report, asked.on, console);
    Ok(match report.verdict {
        Verdict::Verified => 0,
        Verdict::Failed => Kind::Failed.exit_code(),
        Verdict::Incomplete => Kind::Incomplete.exit_code(),
    })
}

/// The text of the slip: one whole, or the parts of its codes from wherever they come.
fn slip_text(sources: &[String]) -> Outcome<String> {
    let mut texts = Vec::new();
    for source in sources {
        texts.push(match source.as_str() {
            "-" => standard_input()?,
            part if is_part(part) => part.to_owned(),
            file => read_text(Path::new(file))?,
        });
    }
    // What editors and mail add is no change of the slip.
    let texts: Vec<String> = texts.iter().map(|text| typed::as_saved(text)).collect();
    let in_parts = texts.iter().any(|text| text.lines().any(is_part));
    match &texts[..] {
        _ if in_parts => join(texts.iter().flat_map(|text| text.lines())),
        [text] => Ok(text.clone()),
        _ => Err(Problem::new(
            Kind::Usage,
            said!("一次只核实一张告知单", "one slip at a time"),
            said!(
                "只写一个 .txt 文件，或同一张的几段二维码内容",
                "name one .txt file, or the codes of one slip"
            ),
        )),
    }
}

fn standard_input() -> Outcome<String> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
        let Said { zh, en } = system_error(&error);
        Problem::new(
            Kind::Unreadable,
            said!("标准输入读不了：{zh}", "standard input cannot be read: {en}"),
            said!("改用文件", "use a file"),
        )
    })?;
    Ok(text)
}

fn show(report: &SlipReport, on: Date, console: &Console) {
    let (draw, unit) = (&report.draw, &report.unit);
    console.heading(said!("核实告知单 {draw} · {unit}", "Checking the slip {draw} · {unit}"));
    for check in &report.checks {
        let mark = match (check.status, console.lang) {
            (Status::Pass, Lang::Zh) => "✓ 通过　",
            (Status::Fail, Lang::Zh) => "✗ 不通过",
            (Status::NotRun, Lang::Zh) => "– 未证明",
            (Status::Pass, Lang::En) => "✓ pass      ",
            (Status::Fail, Lang::En) => "✗ FAIL      ",
            (Status::NotRun, Lang::En) => "– not proved",
        };
        let (title, evidence) = (check.title.to(console.lang), check.evidence.to(console.lang));
        let (id, name) = (check.id, check.name);
        console.say(said!(
            "{mark} {id} {name:<13} {title}：{evidence}",
            "{mark} {id} {name:<13} {title}: {evidence}"
        ));
    }
    console.say(conclusion(report, on));
}

/// The sentence for whoever stands at the door.
fn conclusion(report: &SlipReport, on: Date) -> Said {
    let (draw, unit) = (&report.draw, &report.unit);
    let Said { zh, en } = Said::list(&report.certificates);
    match report.verdict {
        Verdict::Verified => said!(
            "结论：属实。{on} 检查 {unit}，执法证号 {zh}，出自抽取 {draw}。请再看证件照片与来人是否相符。",
            "Verdict: TRUE. Visit of {unit} on {on}, cards {en}, from draw {draw}. Compare the photographs on the cards as well."
        ),
        Verdict::Failed => {
            let failed = report.checks.iter().filter(|check| check.status == Status::Fail);
            let failed = Said::join(failed.map(|check| {
                let (id, zh, en) = (check.id, &check.evidence.zh, &check.evidence.en);
                said!("{id} {zh}", "{id} {en}")
            }));
            let Said { zh, en } = failed;
            said!(
                "结论：不属实（{zh}）。可以拒绝检查，并向抽查机关核实、举报。",
                "Verdict: NOT TRUE ({en}). The visit may be refused; ask the office, and report it."
            )
        }
        Verdict::Incomplete => {
            let missing = report.checks.iter().filter(|check| check.status == Status::NotRun);
            let missing = Said::list(missing.map(|check| format!("{} {}", check.id, check.name)));
            let Said { zh: zh_missing, en: en_missing } = missing;
            said!(
                "结论：到目前为止无误，但未全部证明（{zh_missing}）。告知单上的执法证号：{zh}；记录值到抽查机关公布的地方核对（--record）。",
                "Verdict: nothing wrong so far, but not all is proved ({en_missing}). Cards on the slip: {en}; compare the record's hash with the one announced (--record)."
            )
        }
    }
}

fn data(report: &SlipReport, on: Date, console: &Console) {
    console.data(|| {
        let checks = report.checks.iter().map(|check| {
            json!({
                "id": check.id, "name": check.name, "status": check.status.key(),
                "title": console.text(&check.title), "evidence": console.text(&check.evidence),
            })
        });
        json!({
            "draw": report.draw.to_string(), "unit": report.unit, "on": on.to_string(),
            "certificates": report.certificates, "record": report.record.to_string(),
            "change": report.change.map(|digest| digest.to_string()),
            "verdict": report.verdict.key(), "checks": checks.collect::<Vec<_>>(),
        })
    });
}
