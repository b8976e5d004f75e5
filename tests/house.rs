//! The rules of the house, executed over the source: which stage may use which,
//! what pure code may not mention, and how a file must look. They are the
//! invariants of docs/architecture.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

// ---- the source --------------------------------------------------------------------

/// One file: its path from the root, its text, and its code without comments
/// and without the insides of strings.
struct Source {
    path: String,
    text: String,
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned(), code: bare(text) }
    }

    /// The module of the crate that the file belongs to: `policy` for
    /// src/policy/raw.rs, `text` for src/text.rs.
    fn module(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inner.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    fn mentions(&self, word: &str) -> bool {
        occurrences(&self.code, word).next().is_some()
    }
}

/// The code with comments and the insides of strings blanked out.
fn bare(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            'r' if rest.starts_with("r#\"") => rest.find("\"#").map_or(rest.len(), |end| end + 2),
            '"' => string_end(rest),
            // A character; but `'a` without an end is a lifetime.
            '\'' if rest.starts_with("'\\") => 2 + rest[2..].find('\'').map_or(0, |end| end + 1).max(2),
            '\'' => rest.char_indices().nth(2).filter(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1),
            _ => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
        };
        out.push(' ');
        rest = &rest[skipped..];
    }
    out
}

/// Where the string at the start of `text` ends.
fn string_end(text: &str) -> usize {
    let mut escaped = true;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// What follows each place where `word` stands by itself.
fn occurrences<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    let ident = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).filter_map(move |(at, _)| {
        let after = &code[at + word.len()..];
        let joined = word.ends_with(ident) && after.starts_with(ident);
        (!code[..at].ends_with(ident) && !joined).then_some(after)
    })
}

/// Every file under `folder` that is text, by its path from the root.
fn files(folder: &str, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}")) {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder == "." { name.clone() } else { format!("{folder}/{name}") };
        // What .gitignore names, and what is not the project's.
        let foreign = [".git", "target", "office", "demo", "__pycache__", "node_modules"];
        if entry.path().is_dir() && !foreign.contains(&name.as_str()) {
            files(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
            found.insert(path, text);
        }
    }
}

fn sources() -> Vec<Source> {
    let mut found = BTreeMap::new();
    files("src", &mut found);
    let sources: Vec<Source> = found.iter().map(|(path, text)| Source::new(path, text)).collect();
    assert!(sources.len() > 80, "the source was not found");
    sources
}

// ---- the map: src/lib.rs -----------------------------------------------------------

/// The modules of the crate in the order of src/lib.rs.
struct Map {
    foundation: Vec<String>,
    stages: Vec<String>,
    shells: Vec<String>,
}

fn map() -> Map {
    let text = std::fs::read_to_string("src/lib.rs").expect("there");
    let section = |heading: &str| -> Vec<String> {
        let (_, after) = text.split_once(heading).unwrap_or_else(|| panic!("src/lib.rs has no `{heading}`"));
        let lines = after.lines().skip(1).take_while(|line| !line.is_empty());
        lines
            .map(|line| {
                line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';')).expect(line).to_owned()
            })
            .collect()
    };
    let map = Map {
        foundation: section("// The foundation."),
        stages: section("// The stages, in the order of the data."),
        shells: section("// The shells."),
    };
    assert!(map.foundation.len() > 5 && map.stages.len() > 5 && map.shells.len() > 3);
    map
}

impl Map {
    /// Whether `user` may use `used`.
    fn allows(&self, user: &str, used: &str) -> bool {
        let place = |list: &[String], name: &str| list.iter().position(|module| module == name);
        let macros = ["said"];
        if user == used || macros.contains(&used) || place(&self.foundation, used).is_some() {
            return true;
        }
        match place(&self.stages, user) {
            Some(user) => place(&self.stages, used).is_some_and(|used| used < user),
            None => place(&self.shells, user).is_some(),
        }
    }

    fn is_pure(&self, source: &Source) -> bool {
        let module = source.module();
        self.foundation.iter().chain(&self.stages).any(|pure| pure == module)
    }
}

/// Names that stand directly behind `prefix` (`crate::` or `super::`).
fn used(code: &str, prefix: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let names = occurrences(code, prefix).flat_map(|after| match after.strip_prefix('{') {
        // Names of a group stand after its brace and after its commas at depth 1.
        Some(group) => {
            let mut depth = 1;
            let mut names = vec![name(group.trim_start())];
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => names.push(name(group[at + 1..].trim_start())),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            names
        }
        None => vec![name(after)],
    });
    names.filter(|name| !name.is_empty()).collect()
}

fn none(rule: &str, violations: Vec<String>) {
    assert!(violations.is_empty(), "{rule}:\n  {}", violations.join("\n  "));
}

#[test]
fn the_map_names_everything_in_src() {
    let map = map();
    let mut mapped: BTreeSet<String> = BTreeSet::from(["lib".to_owned(), "main".to_owned()]);
    mapped.extend([map.foundation, map.stages, map.shells].concat());
    let there: BTreeSet<String> = sources().iter().map(|source| source.module().to_owned()).collect();
    assert_eq!(there, mapped);
    let page = std::fs::read_to_string("docs/architecture.md").expect("the map for people");
    let missing = there.iter().filter(|module| !page.contains(&format!("`{module}")));
    let known = ["lib", "vocabulary"];
    none(
        "docs/architecture.md names every module",
        missing.filter(|m| !known.contains(&m.as_str())).cloned().collect(),
    );
}

fn wrong_edges(map: &Map, source: &Source) -> Vec<String> {
    let module = source.module();
    if ["lib", "main"].contains(&module) {
        return Vec::new();
    }
    let depth = source.path.matches('/').count();
    let top = depth == 1 || source.path.ends_with(&format!("src/{module}/mod.rs"));
    let mut edges = used(&source.code, "crate::");
    if top {
        edges.extend(used(&source.code, "super::"));
    }
    let wrong = edges.into_iter().filter(|used| !map.allows(module, used));
    let mut wrong: Vec<String> = wrong.map(|used| format!("{} uses {used}", source.path)).collect();
    if source.code.contains("super::super::") {
        wrong.push(format!("{} climbs with super::super::", source.path));
    }
    wrong
}

#[test]
fn a_stage_uses_only_the_stages_before_it_and_the_foundation() {
    let map = map();
    let wrong = sources().iter().flat_map(|source| wrong_edges(&map, source)).collect();
    none("a stage uses only earlier stages and the foundation", wrong);
}

/// Everything of the folder `pairing` that `file` reaches, itself included.
fn reached(sources: &[Source], file: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([file.to_owned()]);
    let mut open = vec![file.to_owned()];
    while let Some(name) = open.pop() {
        let path = format!("src/pairing/{name}.rs");
        let source = sources.iter().find(|source| source.path == path).unwrap_or_else(|| panic!("no {path}"));
        assert!(
            !["crate::pairing", "crate::{"].iter().any(|way| source.mentions(way)),
            "{path}: hides a use"
        );
        for next in used(&source.code, "super::") {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}

#[test]
fn the_check_of_a_pairing_shares_nothing_with_its_solver() {
    let sources = sources();
    let check = reached(&sources, "check");
    let trusted: BTreeSet<String> =
        ["check", "instance", "offence", "prices", "ticket"].map(str::to_owned).into();
    assert_eq!(check, trusted, "what a citizen has to trust of the pairing");
    let mut leads = reached(&sources, "leads");
    assert!(leads.remove("leads"));
    assert_eq!(leads, trusted, "and of who leads");
    let solver = reached(&sources, "solve");
    for part in ["audit", "board", "ledger", "lowest", "path", "solve"] {
        assert!(solver.contains(part) && !check.contains(part), "{part}");
    }
    assert!(reached(&sources, "appoint").contains("solve"));
    // Nor does verification know the solver.
    let solving = [
        "solve", "audit", "board", "path", "ledger", "lowest", "flow", "hall", "rows", "start", "staffing",
        "appoint",
    ];
    let knowing = |source: &&Source| {
        ["verify", "explain"].contains(&source.module())
            && solving.iter().any(|part| source.mentions(&format!("pairing::{part}")))
    };
    none(
        "verification uses no solver",
        sources.iter().filter(knowing).map(|source| source.path.clone()).collect(),
    );
}

// ---- what pure code may not mention --------------------------------------------------

/// Effects, order that differs between runs, floats, and other people's chance.
const IMPURE: [&str; 26] = [
    "std::fs",
    "std::env",
    "std::thread",
    "std::net",
    "std::process",
    "std::os",
    "std::time",
    "SystemTime",
    "Instant",
    "Utc::now",
    "Local::now",
    "f32",
    "f64",
    "HashMap",
    "HashSet",
    "RandomState",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "stdin",
    "stdout",
    "stderr",
    "rand::",
    "unsafe",
    "static mut",
];

fn impure_words(source: &Source) -> Vec<String> {
    IMPURE
        .iter()
        .filter(|word| source.mentions(word))
        .map(|word| format!("{}: {word}", source.path))
        .collect()
}

#[test]
fn pure_code_has_no_effects_no_floats_and_no_hash_order() {
    let map = map();
    let pure: Vec<Source> = sources().into_iter().filter(|source| map.is_pure(source)).collect();
    assert!(pure.len() > 60, "only {} files are pure", pure.len());
    none("pure code mentions no effect", pure.iter().flat_map(impure_words).collect());
}

#[test]
fn verify_explain_and_log_see_bytes_and_never_a_path() {
    let sources = sources();
    let seers = sources.iter().filter(|source| ["verify", "explain", "log"].contains(&source.module()));
    let seers: Vec<&Source> = seers.collect();
    assert!(seers.len() > 5);
    let seeing =
        seers.iter().filter(|source| ["Path", "PathBuf", "File"].iter().any(|word| source.mentions(word)));
    none("verify, explain and log see no path", seeing.map(|source| source.path.clone()).collect());
}

/// A library that could decide something is used in one place each.
#[test]
fn chance_and_clock_have_one_door_each() {
    let doors: [(&str, &[&str]); 7] = [
        ("rand_chacha", &["src/stream.rs"]),
        ("rand::", &["src/clock.rs"]),
        ("chrono", &["src/clock.rs", "src/time.rs"]),
        ("Utc::now", &["src/clock.rs"]),
        ("hmac", &["src/digest.rs"]),
        ("blst::", &["src/seed/beacon/bls.rs"]),
        ("ureq::", &["src/store/fetch.rs"]),
    ];
    let sources = sources();
    for (library, places) in doors {
        let found: Vec<&str> =
            sources.iter().filter(|s| s.mentions(library)).map(|source| source.path.as_str()).collect();
        assert_eq!(found, places, "{library}");
    }
}

// ---- how a file must look ------------------------------------------------------------

fn unsightly(source: &Source) -> Vec<String> {
    let (path, lines) = (&source.path, source.text.lines().count());
    let limit = if path == "src/main.rs" { 40 } else { 450 };
    let mut wrong = Vec::new();
    if lines > limit {
        wrong.push(format!("{path}: {lines} lines, {limit} at most"));
    }
    if !source.text.starts_with("//! ") {
        wrong.push(format!("{path}: does not begin by saying what it is (//!)"));
    }
    let vague = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
    if let Some(name) = path.split(['/', '.']).find(|part| vague.contains(part)) {
        wrong.push(format!("{path}: `{name}` says nothing"));
    }
    for unfinished in ["todo!", "unimplemented!", "dbg!"] {
        if source.mentions(unfinished) {
            wrong.push(format!("{path}: {unfinished}"));
        }
    }
    let allows = occurrences(&source.code, "allow(").filter(|after| {
        let inside = after.split(')').next().unwrap_or_default();
        !inside.contains("reason")
    });
    wrong.extend(allows.map(|_| format!("{path}: an `allow` without a reason")));
    wrong
}

#[test]
fn files_are_short_finished_and_say_what_they_are() {
    none("a file is short, finished and introduced", sources().iter().flat_map(unsightly).collect());
}

/// Dependencies whose line has no reason in the line above.
fn unreasoned<'a>(manifest: &'a str) -> Vec<String> {
    let lines: Vec<&'a str> = manifest.lines().collect();
    let mut section = "";
    let mut wrong = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with('[') {
            section = line;
        }
        let is_dependency =
            section.contains("dependencies]") && line.contains(" = ") && !line.starts_with('#');
        let above = if at > 0 { lines[at - 1] } else { "" };
        let reason = above.starts_with("# ") && !above.starts_with("# ---");
        if is_dependency && !reason {
            wrong.push((*line).to_owned());
        }
    }
    wrong
}

#[test]
fn every_dependency_has_its_reason_above_it() {
    let manifest = std::fs::read_to_string("Cargo.toml").expect("there");
    assert!(manifest.matches(" = ").count() > 30 && manifest.contains("[dev-dependencies]"));
    none("every dependency has a reason", unreasoned(&manifest));
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    let files = ["Cargo.toml", "clippy.toml"].map(|file| std::fs::read_to_string(file).expect("there"));
    assert!(files[1].contains("HashMap") && files[1].contains("SystemTime::now"));
}

/// Folders that only exist on one machine; spelt so that this file has none.
fn machine_paths() -> Vec<String> {
    let folders = ["work", "root", "home", "tmp", "Users"];
    folders.iter().map(|folder| format!("/{folder}/")).chain([format!("file{}", "://")]).collect()
}

fn with_machine_path(path: &str, text: &str) -> Vec<String> {
    let word = |c: char| c.is_alphanumeric() || "._-~*>".contains(c);
    let paths = machine_paths();
    let starts = |line: &str| {
        paths.iter().any(|path| line.match_indices(path.as_str()).any(|(at, _)| !line[..at].ends_with(word)))
    };
    let lines = text.lines().enumerate().filter(|(_, line)| starts(line));
    lines.map(|(at, line)| format!("{path}:{}: {}", at + 1, line.trim())).collect()
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let mut found = BTreeMap::new();
    files(".", &mut found);
    assert!(
        found.len() > 150 && found.contains_key("Cargo.toml") && found.contains_key("docs/architecture.md")
    );
    let wrong = found.iter().flat_map(|(path, text)| with_machine_path(path, text)).collect();
    none("no file holds a path of one machine", wrong);
}

#[test]
fn fixtures_and_pages_are_where_the_documentation_says() {
    let mut found = BTreeMap::new();
    files("docs", &mut found);
    let pages = ["docs/architecture.md", "docs/spec/README.md", "docs/spec/verify.md"];
    assert!(pages.iter().all(|page| found.contains_key(*page)));
    // Every page that a page links to is there.
    let mut broken = Vec::new();
    for (path, text) in found.iter().filter(|(path, _)| path.ends_with(".md")) {
        let folder = Path::new(path).parent().expect("a folder");
        for link in text.split("](").skip(1).filter_map(|after| after.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            let outside = target.is_empty() || target.contains("://");
            if !outside && !folder.join(target).exists() {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    none("links between pages lead somewhere", broken);
}

// ---- the rules themselves ------------------------------------------------------------

/// A rule that forbids nothing would pass for ever.
#[test]
fn the_rules_see_what_they_forbid() {
    let map = map();
    let edges = |path: &str, code: &str| wrong_edges(&map, &Source::new(path, code)).len();
    assert_eq!(edges("src/sampling/quota.rs", "use crate::policy::Policy;\nuse crate::digest::Digest;"), 0);
    assert_eq!(edges("src/sampling/quota.rs", "use crate::pairing::solve;"), 1);
    assert_eq!(edges("src/policy/mod.rs", "use crate::{digest, store::{office, draws}, verify};"), 2);
    assert_eq!(edges("src/text.rs", "fn f() { crate::seed::Nonce::new([0; 32]); }"), 1);
    assert_eq!(edges("src/policy/mod.rs", "use super::store;"), 1);
    assert_eq!(edges("src/policy/raw.rs", "use super::Policy;\nuse super::super::store;"), 1);
    assert_eq!(edges("src/policy/raw.rs", "// crate::store\nlet s = \"crate::store\";"), 0);
    assert_eq!(edges("src/cli/mod.rs", "use crate::store;\nuse crate::verify;"), 0);

    let impure = |code: &str| impure_words(&Source::new("src/seed/mod.rs", code));
    for word in IMPURE {
        assert_eq!(impure(&format!("let x = {word};")), [format!("src/seed/mod.rs: {word}")]);
    }
    assert!(impure("rand_chacha::rand_core::Rng; let af64 = my_f32; \"println!\" // HashMap").is_empty());

    let looks = |path: &str, text: &str| unsightly(&Source::new(path, text)).len();
    assert_eq!(looks("src/a.rs", "//! A.\nfn f() {}\n"), 0);
    assert_eq!(looks("src/a.rs", "fn f() { todo!() }\n"), 2);
    assert_eq!(looks("src/a.rs", "//! A.\n#[allow(dead_code)]\nfn f() {}\n"), 1);
    assert_eq!(looks("src/a.rs", "//! A.\n#[allow(dead_code, reason = \"b\")]\nfn f() {}\n"), 0);
    assert_eq!(looks("src/utils.rs", "//! A.\n"), 1);
    assert_eq!(looks("src/a.rs", &format!("//! A.\n{}", "\n".repeat(450))), 1);
    assert_eq!(looks("src/main.rs", &format!("//! A.\n{}", "\n".repeat(40))), 1);

    let reasons =
        "[dependencies]\n# Why.\na = \"1\"\nb = \"2\"\n# --- part ---\nc = \"3\"\n[profile.dev]\nd = 1\n";
    assert_eq!(unreasoned(reasons), ["b = \"2\"", "c = \"3\""]);
    for path in machine_paths() {
        assert_eq!(with_machine_path("a", &format!("x\ncd {path}y\n")).len(), 1, "{path}");
        assert_eq!(with_machine_path("a", &format!("docs{path}y")).len(), 0, "{path}");
    }
    assert_eq!(
        bare("a(\"b\\\"c\", 'd', '\\'', r#\"e\"f\"#) // g\n&'h"),
        "a( ,  ,  ,  )  \n h".replacen(" h", "& h", 1)
    );
}
