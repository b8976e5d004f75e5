//! `yaohao init`.

use super::args::Init;
use super::console::Console;
use crate::example;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::{Entry, Field};
use crate::register::{Inspector, Item, Recusal, Unit};
use crate::said;
use crate::store::{Audience, VERIFIER, write_new};
use serde_json::json;

const OFFICE: &str = include_str!("../../config/office.toml");
const CALENDAR: &str = include_str!("../../config/calendar.toml");
const POLICY: &str = include_str!("../../config/policy.toml");
/// A scenario, which towns are neighbours, and the policy that one of its variants names.
const SIMULATION: [(&str, &str); 3] = [
    ("scenario.toml", include_str!("../../config/scenario.toml")),
    ("map.toml", include_str!("../../config/map.toml")),
    ("policy-2025-11-06.toml", include_str!("../../config/policy-2025-11-06.toml")),
];

/// The other implementations, which an office publishes beside its draws: one for a
/// browser, one in Python. Every commitment names their files, so that nobody can
/// exchange them for others.
pub(super) const REFERENCE: [(&str, &str); 11] = [
    ("audit.py", include_str!("../../reference/audit.py")),
    ("bls.py", include_str!("../../reference/bls.py")),
    ("groups.py", include_str!("../../reference/groups.py")),
    ("isogenies.py", include_str!("../../reference/isogenies.py")),
    ("notes.py", include_str!("../../reference/notes.py")),
    ("results.py", include_str!("../../reference/results.py")),
    ("slip.py", include_str!("../../reference/slip.py")),
    ("sm3.py", include_str!("../../reference/sm3.py")),
    ("tiles.py", include_str!("../../reference/tiles.py")),
    ("verify.html", include_str!("../../web/verifier.html")),
    ("verify.py", include_str!("../../reference/verify.py")),
];

pub fn run(args: &Init, console: &Console) -> Outcome<()> {
    let dir = &args.dir;
    if dir.exists() && dir.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Problem::new(
            Kind::State,
            said!("文件夹已存在且不为空", "the folder exists and is not empty"),
            said!("换一个新文件夹名，或先把旧的移走", "choose a new name, or move the old folder away first"),
        )
        .at(dir.display().to_string()));
    }
    let tables = if args.example { example::tables() } else { empty_tables() };
    let office = if args.example { with_people(OFFICE) } else { OFFICE.to_owned() };
    let mut files = vec![("office.toml".to_owned(), office.into_bytes())];
    files.push(("policy.toml".to_owned(), POLICY.as_bytes().to_vec()));
    files.push(("calendar.toml".to_owned(), CALENDAR.as_bytes().to_vec()));
    files.extend(SIMULATION.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    files.extend(tables.into_iter().map(|(name, bytes)| (format!("tables/{name}"), bytes)));
    for (name, bytes) in &files {
        write_new(&dir.join(name), bytes, Audience::Office)?;
    }
    let verifier = dir.join("public").join(VERIFIER);
    for (name, text) in REFERENCE {
        write_new(&verifier.join(name), text.as_bytes(), Audience::Public)?;
    }
    let shown = dir.display();
    console.say(said!("已新建 {shown}：", "Made {shown}:"));
    for (name, _) in &files {
        console.line(&format!("  {name}"));
    }
    console.line(&format!("  public/{VERIFIER}/"));
    console.say(said!(
        "下一步：按本机关情况改 policy.toml 和 office.toml，把名录放进 tables，然后运行 yaohao -C {shown} import",
        "Next: adapt policy.toml and office.toml, put the registers into tables, then run yaohao -C {shown} import"
    ));
    console.data(
        || json!({ "folder": shown.to_string(), "files": files.iter().map(|f| &f.0).collect::<Vec<_>>() }),
    );
    Ok(())
}

/// The settings with the people that they show as an example: without reviewers there is
/// nothing to try.
fn with_people(settings: &str) -> String {
    let (before, people) = settings.split_once("# [people]\n").expect("the settings show [people]");
    let (people, after) = people.split_once("\n\n").unwrap_or((people, ""));
    let people: Vec<&str> = people.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let after = if after.is_empty() { String::new() } else { format!("\n{after}") };
    format!("{before}[people]\n{}\n{after}", people.join("\n"))
}

/// Tables with the official headings and nothing else.
fn empty_tables() -> Vec<(&'static str, Vec<u8>)> {
    fn headings(fields: &[Field]) -> Vec<u8> {
        let headings: Vec<&str> = fields.iter().map(|field| field.heading).collect();
        format!("\u{feff}{}\n", headings.join(",")).into_bytes()
    }
    vec![
        ("units.csv", headings(Unit::FIELDS)),
        ("inspectors.csv", headings(Inspector::FIELDS)),
        ("items.csv", headings(Item::FIELDS)),
        ("recusals.csv", headings(Recusal::FIELDS)),
    ]
}
