//! `yaohao sheet export`.

use super::args::ExportArgs;
use crate::cli::clerk::month::Month;
use crate::cli::console::Console;
use crate::cli::journal;
use crate::clock;
use crate::lang::counted;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Audience, Office, Query, is_in_public, replace, workbook};
use crate::task::sheet;
use serde_json::json;

pub fn run(office: &Office, args: &ExportArgs, console: &Console) -> Outcome<()> {
    let file = args.file.display().to_string();
    may_be_written(args)?;
    let month = args.month.as_deref().map(Month::read).transpose()?;
    let query =
        Query { draw: args.draw.clone(), kind: args.which.kind, state: args.which.state, ..Query::default() };
    let mut tasks = journal::open(office, console)?.tasks(&query)?;
    if let Some(month) = month {
        tasks.retain(|task| month.has(task));
    }
    let pages = sheet::pages(&tasks);
    let notes: Vec<String> = sheet::notes().iter().map(|said| said.to(console.lang).to_owned()).collect();
    replace(&args.file, &workbook(&pages, &notes, clock::now())?, Audience::Office)?;
    let (count, rows) = (tasks.len(), counted(tasks.len(), "row"));
    console.say(said!("{file}：{count} 行", "{file}: {rows}"));
    for page in &pages {
        let (name, count) = (page.name, page.rows.len());
        console.line(&format!("  {name}  {count}"));
    }
    console.say(said!(
        "填好后：yaohao sheet import {file} --by …",
        "Once it is filled in: yaohao sheet import {file} --by …"
    ));
    console.data(|| {
        let sheet = |page: &sheet::Page| json!({ "sheet": page.name, "rows": page.rows.len() });
        json!({ "file": file, "rows": count, "sheets": pages.iter().map(sheet).collect::<Vec<_>>() })
    });
    Ok(())
}

/// A sheet that somebody may have filled in is never overwritten, and none lies where
/// everybody looks.
fn may_be_written(args: &ExportArgs) -> Outcome<()> {
    let refused =
        |what, remedy| Err(Problem::new(Kind::Usage, what, remedy).at(args.file.display().to_string()));
    if is_in_public(&args.file) {
        return refused(
            said!(
                "结果表不能放进 public：人人都看得到",
                "sheets must not lie in public, where everybody looks"
            ),
            said!("换一个文件夹", "name another folder"),
        );
    }
    if args.file.exists() {
        return refused(
            said!("文件已存在，可能有人已经填了，不覆盖", "the file exists; somebody may have filled it in"),
            said!("换一个文件名，或先移走它", "name another file, or move that one away"),
        );
    }
    if args.file.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        return refused(
            said!("结果表是 .xlsx 文件", "sheets are .xlsx files"),
            said!("文件名以 .xlsx 结尾", "let the name end in .xlsx"),
        );
    }
    Ok(())
}
