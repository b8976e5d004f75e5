//! `yaohao roll check`: the slip of one unit against the small documents, without the roll.

use super::args::RollCheckArgs;
use super::{committed, documents, say};
use crate::cli::console::Console;
use crate::cli::slip::typed;
use crate::cli::verify::{exit_code, show_rows, view_check};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::roll::{Papers, RollSlip};
use crate::said;
use crate::slip::{RollAsked, RollSlipReport, check_roll};
use crate::store::read_text;
use crate::verify::{Status, Verdict};
use serde_json::json;

pub fn check(args: &RollCheckArgs, console: &Console) -> Outcome<u8> {
    let text = typed::as_saved(&read_text(&args.slip)?);
    let slip = RollSlip::read(text.as_bytes()).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Unreadable,
            said!("这不是单位证明，或已被改动：{zh}", "this is no slip of a roll, or it was changed: {en}"),
            said!("重新取得这份证明", "get the slip again"),
        )
        .at(args.slip.display().to_string())
    })?;
    let documents = documents(&args.documents);
    let papers = Papers::new(&documents, None, None);
    committed(&papers, &args.documents)?;
    let unit = args.unit.as_deref().map(|unit| typed::meant(unit, [slip.unit()]));
    let asked = RollAsked { unit: unit.as_deref(), commit: args.commitment, record: args.record };
    let report = check_roll(&slip, &papers, &asked).expect("there is a commitment");
    show(&report, console);
    data(&report, console);
    Ok(exit_code(report.verdict))
}

fn show(report: &RollSlipReport, console: &Console) {
    let (draw, unit) = (&report.draw, &report.unit);
    console.heading(said!("核实单位证明 {draw} · {unit}", "Checking the slip {draw} · {unit}"));
    show_rows(&report.checks, console);
    say(&report.told, console);
    let ids = |status: Status| {
        Said::list(report.checks.iter().filter(|check| check.status == status).map(|check| check.id))
    };
    console.say(match report.verdict {
        Verdict::Verified => said!("结论：属实。", "Verdict: TRUE."),
        Verdict::Failed => {
            let Said { zh, en } = ids(Status::Fail);
            said!("结论：不属实（{zh}），不要相信这份证明。", "Verdict: NOT TRUE ({en}); do not trust this slip.")
        }
        Verdict::Incomplete => {
            let (Said { zh, en }, id) = (ids(Status::NotRun), report.commitment);
            said!(
                "结论：到目前为止无误，但未全部证明（{zh}）。请与抽取前公布的承诺值核对：{id}（--commitment）。",
                "Verdict: nothing wrong so far, but not all is proved ({en}). Compare with the commitment announced before the draw: {id} (--commitment)."
            )
        }
    });
}

fn data(report: &RollSlipReport, console: &Console) {
    console.data(|| {
        let told = &report.told;
        json!({
            "draw": report.draw.to_string(), "unit": report.unit, "answer": told.answer.key(),
            "says": console.text(&told.says),
            "command": told.ticket.as_ref().map(|proof| &proof.command),
            "prints": told.ticket.as_ref().map(|proof| proof.prints.to_string()),
            "commitment": report.commitment.to_string(), "verdict": report.verdict.key(),
            "checks": report.checks.iter().map(|check| view_check(check, console)).collect::<Vec<_>>(),
        })
    });
}
