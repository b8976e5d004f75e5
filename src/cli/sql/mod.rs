//! `yaohao sql`: the selection of a published draw as SQL, for anybody's own database.

pub mod args;

use super::console::Console;
use crate::problem::Outcome;
use crate::record::{CARRIED, UNITS};
use crate::sql::{Selection, Text, comment, load, merge, published, query};
use crate::store::folder_of;
use args::SqlArgs;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The lines of a roll, which `yaohao roll lines` prints.
const ROLL: &str = "roll.txt";
/// Partial results that people put together themselves: in the folder they are in.
const PARTS: &str = "parts.txt";

pub fn run(args: &SqlArgs, console: &Console) -> Outcome<()> {
    let place = args.dir.display().to_string();
    let folder = folder_of(&args.dir)?;
    let (origin, selection) = published(&folder).map_err(|problem| problem.at(&place))?;
    let register = if folder.get(UNITS).is_some() { args.dir.join(UNITS) } else { PathBuf::from(ROLL) };
    let (dialect, text) = (args.dialect, wanted(args));
    let statements = match text {
        Text::Query => query(dialect, &selection),
        Text::Merge => merge(dialect, &selection),
        Text::Load | Text::LoadParts => loads(args, &register, &selection),
    };
    let comment = comment(dialect, &origin, &selection, text);
    let sql = format!("{}{statements}", comment.to(console.lang));
    console.line(sql.trim_end());
    console.data(|| {
        json!({
            "draw": origin.draw, "commitment": origin.commitment.to_string(),
            "dialect": dialect.key(), "sql": sql,
        })
    });
    Ok(())
}

fn wanted(args: &SqlArgs) -> Text {
    match (args.load, args.merge) {
        (false, false) => Text::Query,
        (false, true) => Text::Merge,
        (true, false) => Text::Load,
        (true, true) => Text::LoadParts,
    }
}

fn loads(args: &SqlArgs, register: &Path, selection: &Selection) -> String {
    let first = if args.merge { ("parts", PathBuf::from(PARTS)) } else { ("units", register.to_owned()) };
    let carried = selection.is_carrying().then(|| ("carried", args.dir.join(CARRIED)));
    let tables = [Some(first), carried].into_iter().flatten();
    tables.map(|(table, file)| load(args.dialect, table, &file.display().to_string())).collect()
}
