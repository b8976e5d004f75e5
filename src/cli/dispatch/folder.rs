//! The folder of the orders: one file of each form for each reader.

use super::workbook::workbook;
use crate::cli::paper::Typeface;
use crate::dispatch::{Order, Paper, Reader, calendar, html};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Audience, is_in_public, replace, unreadable};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders of the kinds of readers.
const FOLDERS: [&str; 3] = ["inspectors", "teams", "zones"];
/// Forms of an order.
const FORMS: [&str; 4] = ["html", "xlsx", "ics", "pdf"];

/// What was written for one reader.
pub struct Written {
    /// For whom; people by number.
    pub to: Said,
    /// How many visits.
    pub visits: usize,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// Writes an order in all its forms.
pub fn write(order: &Order, out: &Path, typeface: Option<&Typeface>) -> Outcome<Written> {
    let stem = out.join(stem(&order.reader));
    let mut forms = vec![("html", html(order).into_bytes()), ("xlsx", workbook(order)?)];
    if matches!(order.reader, Reader::Inspector(_)) {
        forms.push(("ics", calendar(order).into_bytes()));
    }
    if let Some(typeface) = typeface {
        forms.push(("pdf", super::page(&Paper::new(order), typeface)?));
    }
    let mut files = Vec::new();
    for (form, bytes) in forms {
        // A certificate number may hold a point: what is behind it is no ending.
        let path = PathBuf::from(format!("{}.{form}", stem.display()));
        replace(&path, &bytes, Audience::Office)?;
        files.push(path);
    }
    Ok(Written { to: who(order), visits: order.visits.len(), files })
}

/// For whom an order is. Names of people stay in the files.
fn who(order: &Order) -> Said {
    match &order.reader {
        Reader::Inspector(number) => said!("执法证号 {number}", "inspector {number}"),
        Reader::Team(numbers) => {
            let Said { zh, en } = Said::list(numbers);
            said!("执法证号 {zh}", "inspectors {en}")
        }
        Reader::Zone(key) => Said { zh: order.to.clone(), en: format!("zone {key}") },
        Reader::Section => said!("本科室", "the section"),
    }
}

/// The name of an order's files, without ending. An id may hold a slash, never a plus.
fn stem(reader: &Reader) -> String {
    let plain = |text: &str| text.replace('/', "+");
    match reader {
        Reader::Inspector(number) => format!("inspectors/{}", plain(number)),
        Reader::Team(numbers) => format!("teams/{}", plain(&numbers.join("+"))),
        Reader::Zone(key) => format!("zones/{}", plain(key)),
        Reader::Section => "section".to_owned(),
    }
}

/// Removes orders of an earlier run for readers who have none now: nobody shall hand them out.
pub fn remove_others(out: &Path, kept: &BTreeSet<PathBuf>) -> Outcome<()> {
    for folder in FOLDERS {
        for entry in fs::read_dir(out.join(folder)).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_order = path.extension().is_some_and(|form| FORMS.iter().any(|known| form == *known));
            if is_order && !kept.contains(&path) {
                fs::remove_file(&path).map_err(|error| unreadable(&path, &error))?;
            }
        }
    }
    Ok(())
}

/// Refuses a folder that everybody sees.
pub fn not_public(out: &Path) -> Outcome<()> {
    if !is_in_public(&out.join("section.html")) {
        return Ok(());
    }
    Err(Problem::new(
        Kind::Usage,
        said!(
            "派单不能放进 public：检查前人人都看得到",
            "orders must not lie in public, where everybody would see them before the visits"
        ),
        said!("换一个文件夹，或不写 --out", "name another folder, or leave --out out"),
    )
    .at("--out"))
}
