//! `yaohao sheet import`: all rows are read and judged before the first is entered, and
//! what they say is one entry of the journal.

use super::args::SheetImportArgs;
use crate::cli::clerk::entering::Clerk;
use crate::cli::console::Console;
use crate::lang::counted;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::Finding;
use crate::said;
use crate::store::{Office, read};
use crate::task::Entry;
use crate::task::sheet::{Plan, Reading, plan};
use serde_json::{Value, json};

/// Findings printed; the rest is in `--json`.
const SHOWN: usize = 20;

pub fn run(office: &Office, args: &SheetImportArgs, console: &Console) -> Outcome<()> {
    let file = args.file.display().to_string();
    let name = args.file.file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned());
    let bytes = read(&args.file)?;
    let mut clerk = Clerk::open(office, console)?;
    let reading = Reading::read(&bytes, &name)?;
    let by = args.by.by.clone();
    let entry =
        Entry { number: clerk.desk.head()?.number + 1, after: None, at: clerk.now, by, acts: Vec::new() };
    let plan = plan(reading, clerk.desk.ledger()?, entry, &clerk.standing()?);
    let entered = plan.refused == 0 || args.partial;
    let number = match entered && !plan.acts.is_empty() {
        true => Some(clerk.write(&args.by.by, plan.acts.clone())?.number),
        false => None,
    };
    show(&plan, &name, number, console);
    console.data(|| view(&plan, number, console));
    if entered { Ok(()) } else { Err(refused(&plan).at(file)) }
}

fn show(plan: &Plan, name: &str, number: Option<u32>, console: &Console) {
    let Plan { rows, blank, new, known, older, refused, .. } = plan;
    let all = counted(*rows, "row");
    console.say(said!(
        "{name}：共 {rows} 行 = 新 {new} + 已录入或未填 {known} + 导出后未动而台账已有更新 {older} + 不合规 {refused}；空行 {blank}",
        "{name}: {all} = {new} new + {known} known or not filled in + {older} untouched and mended since + {refused} refused; {blank} blank"
    ));
    for finding in plan.findings.iter().take(SHOWN) {
        console.line(&line(finding, console.lang));
    }
    let rest = plan.findings.len().saturating_sub(SHOWN);
    if rest > 0 {
        console.say(said!("  …另有 {rest} 条，用 --json 看全部", "  … and {rest} more; --json lists all"));
    }
    let acts = counted(plan.acts.len(), "act");
    let count = plan.acts.len();
    match number {
        Some(number) => console.say(said!(
            "台账第 {number} 条：{count} 项。下一步：yaohao review submit … --by …",
            "Entry {number} of the journal: {acts}. Next: yaohao review submit … --by …"
        )),
        None if plan.refused == 0 => {
            console.say(said!("没有新的内容，什么都没有录入", "There is nothing new; nothing was entered"))
        }
        None => {}
    }
}

fn line(finding: &Finding, lang: crate::lang::Lang) -> String {
    let Finding { file, row, column, value, rule, what, remedy } = finding;
    let code = rule.code();
    let (zh, en, zh_remedy, en_remedy) = (&what.zh, &what.en, &remedy.zh, &remedy.en);
    let (zh_value, en_value) = match value.as_str() {
        "" => (String::new(), String::new()),
        value => (format!("“{value}”"), format!(" \"{value}\"")),
    };
    let said = said!(
        "  {file} 第 {row} 行 {column}{zh_value}：{zh} [{code}] → {zh_remedy}",
        "  {file} row {row} {column}{en_value}: {en} [{code}] → {en_remedy}"
    );
    said.to(lang).to_owned()
}

fn refused(plan: &Plan) -> Problem {
    let refused = plan.refused;
    let rows = counted(refused, "bad row");
    Problem::new(
        Kind::Register,
        said!("有 {refused} 行不合规，整份没有录入", "{rows}, so nothing was entered"),
        said!(
            "按上面的提示改好再导入；只收合规的行用 --partial",
            "mend them as said above and import it again; with --partial the good rows are entered"
        ),
    )
}

fn view(plan: &Plan, number: Option<u32>, console: &Console) -> Value {
    let finding = |f: &Finding| {
        json!({
            "file": &*f.file, "row": f.row, "column": f.column, "value": f.value, "rule": f.rule.code(),
            "what": console.text(&f.what), "remedy": console.text(&f.remedy),
        })
    };
    json!({
        "entry": number, "acts": number.map_or(0, |_| plan.acts.len()), "rows": plan.rows, "blank": plan.blank,
        "new": plan.new, "known": plan.known, "older": plan.older, "refused": plan.refused,
        "findings": plan.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}
