//! `yaohao sql`: the selection of a published draw as SQL, for anybody's own database.

pub mod args;

use super::console::Console;
use crate::problem::Outcome;
use crate::record::{CARRIED, UNITS};
use crate::sql::{Selection, Text, comment, load, merge, published, query};
use crate::store::folder_of;
use args::SqlArgs;
use serde_json::json;
use std::path::Path;

/// Partial results that people put together themselves: in the folder they are in.
const PARTS: &str = "parts.txt";

pub fn run(args: &SqlArgs, console: &Console) -> Outcome<()> {
    let place = args.dir.display().to_string();
    let (origin, selection) = published(&folder_of(&args.dir)?).map_err(|problem| problem.at(&place))?;
    let (dialect, text) = (args.dialect, wanted(args));
    let statements = match text {
        Text::Query => query(dialect, &selection),
        Text::Merge => merge(dialect, &selection),
        Text::Load | Text::LoadParts => loads(args, &selection),
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

fn loads(args: &SqlArgs, selection: &Selection) -> String {
    let published = |file: &str| args.dir.join(file);
    let first = if args.merge { ("parts", Path::new(PARTS).to_owned()) } else { ("units", published(UNITS)) };
    let carried = selection.is_carrying().then(|| ("carried", published(CARRIED)));
    let tables = [Some(first), carried].into_iter().flatten();
    tables.map(|(table, file)| load(args.dialect, table, &file.display().to_string())).collect()
}
