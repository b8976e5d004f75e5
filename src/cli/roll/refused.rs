//! Rows that cannot be taken: told together, and kept for whoever mends the register.

use super::maker::Noticed;
use crate::cli::console::Console;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::Finding;
use crate::said;
use crate::store::{Audience, Office, REJECTS, replace};

/// How many are shown.
const SHOWN: usize = 5;

/// Shows the first findings and keeps all that are known; a roll is whole, or it is none.
///
/// # Errors
/// [`Kind::Register`] if rows were refused.
pub fn told(office: &Office, noticed: Noticed, console: &Console) -> Outcome<()> {
    let (refused, warned) = (noticed.refused, noticed.warned);
    if refused == 0 && warned == 0 {
        return Ok(());
    }
    let findings = noticed.sorted();
    let path = office.path(REJECTS).join("roll.csv");
    replace(&path, &table(&findings), Audience::Office)?;
    let shown = path.display();
    for finding in findings.iter().filter(|finding| finding.rejects() || refused == 0).take(SHOWN) {
        let Finding { row, column, what, .. } = finding;
        let (zh, en) = (&what.zh, &what.en);
        console.warn(said!("  第 {row} 行 {column}：{zh}", "  row {row} {column}: {en}"));
    }
    if refused == 0 {
        console.warn(said!(
            "名册有 {warned} 行需要留意，前若干行写在 {shown}",
            "{warned} rows of the register are worth a look; the first are in {shown}"
        ));
        return Ok(());
    }
    Err(Problem::new(
        Kind::Register,
        said!(
            "名册有 {refused} 行不合规，什么都没有公布",
            "{refused} rows of the register are refused; nothing was published"
        ),
        said!(
            "逐行原因和办法写在 {shown}；改正名册后重做",
            "reasons and remedies are in {shown}; correct the register and do it again"
        ),
    ))
}

fn table(findings: &[Finding]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let written = "a vector takes everything";
    writer.write_record(["行号", "列", "内容", "规则", "问题", "处理办法"]).expect(written);
    for finding in findings {
        let row = finding.row.to_string();
        let cells = [
            &row,
            &finding.column,
            &finding.value,
            finding.rule.code(),
            &finding.what.zh,
            &finding.remedy.zh,
        ];
        writer.write_record(cells).expect(written);
    }
    writer.into_inner().expect(written)
}
