//! What the documentation shows is what the program prints.

mod terminal;

use std::process::Command;
use terminal::Desk;

/// The fenced blocks of a page with this info string.
fn blocks(page: &str, info: &str) -> Vec<String> {
    let text = std::fs::read_to_string(page).expect("a page");
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == format!("```{info}") {
            blocks.push(
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect(),
            );
        } else if line.starts_with("```") {
            // Another block: skip to its end.
            lines.by_ref().find(|line| *line == "```");
        }
    }
    blocks
}

/// Whether `found` is `expected`, where `…` stands for anything within a line,
/// and a line that is only `…` for any number of lines.
fn fits(expected: &[&str], found: &[&str]) -> Result<(), String> {
    let Some((first, rest)) = expected.split_first() else {
        return if found.is_empty() { Ok(()) } else { Err(format!("more was printed: {}", found[0])) };
    };
    if *first == "…" {
        let skipped = (0..=found.len()).find(|n| fits(rest, &found[*n..]).is_ok());
        return skipped.map(|_| ()).ok_or_else(|| fits_best(rest, found));
    }
    match found.split_first() {
        Some((line, after)) if line_fits(first, line) => fits(rest, after),
        Some((line, _)) => Err(format!("expected: {first}\nprinted:  {line}")),
        None => Err(format!("expected: {first}\nbut no more was printed")),
    }
}

/// The complaint of the place where most of `expected` fits.
fn fits_best(expected: &[&str], found: &[&str]) -> String {
    let start = found.iter().position(|line| expected.first().is_some_and(|first| line_fits(first, line)));
    match start {
        Some(start) => fits(expected, &found[start..]).err().unwrap_or_default(),
        None => format!("nowhere printed: {}", expected.first().copied().unwrap_or("the end")),
    }
}

fn line_fits(expected: &str, found: &str) -> bool {
    let mut parts = expected.split('…');
    let Some(mut rest) = found.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut open = false;
    for part in parts {
        open = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    open || rest.is_empty()
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let blocks = blocks("README.md", "console");
    assert_eq!(blocks.len(), 1);
    let mut lines = blocks[0].lines();
    assert_eq!(lines.next(), Some("$ yaohao demo"));
    let run = Desk::new().good(&["demo"]);
    let expected: Vec<&str> = lines.collect();
    let found: Vec<&str> = run.out.lines().collect();
    if let Err(complaint) = fits(&expected, &found) {
        panic!("{complaint}\n\n{}", run.out);
    }
}

#[test]
fn every_command_of_the_readme_exists() {
    let desk = Desk::new();
    let shown: Vec<String> = blocks("README.md", "sh")
        .iter()
        .flat_map(|b| b.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut seen = 0;
    for line in shown.iter().filter(|line| line.starts_with("yaohao ")) {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace().skip(1).peekable();
        if words.peek() == Some(&"-C") {
            words.by_ref().take(2).for_each(drop);
        }
        let command = words.next().expect("a command");
        let nested = ["key", "task", "review", "penalty", "recusal", "sheet", "roll"].contains(&command);
        let part = if nested { words.next() } else { None };
        let path: Vec<&str> = [command].into_iter().chain(part).chain(["--help"]).collect();
        let help = desk.good(&path).out;
        for flag in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag), "{command} has no {flag}");
        }
        seen += 1;
    }
    assert_eq!(seen, 48);
}

/// The page about SQL, on a draw of the example.
#[test]
fn the_page_about_sql_shows_what_is_printed() {
    let desk = terminal::Desk::committed(1);
    let nonce = desk.witness(1, "nonce");
    let dice = terminal::DICE;
    desk.good(&["-C", "office", "draw", "--result", dice, "--witness-result", dice, "--nonce", &nonce]);
    let year = terminal::this_year().to_string();
    let blocks = blocks("docs/sql.md", "console");
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        let block = block.replace("2026", &year);
        let mut lines = block.lines();
        let command = lines.next().and_then(|line| line.strip_prefix("$ yaohao ")).expect("a command");
        let command: Vec<&str> = command.split_whitespace().collect();
        let run = terminal::run_in(&desk.path("office/public"), &command);
        let (expected, found): (Vec<&str>, Vec<&str>) = (lines.collect(), run.out.lines().collect());
        if let Err(complaint) = fits(&expected, &found) {
            panic!("{complaint}\n\n{}{}", run.out, run.err);
        }
    }
}

/// The page about rolls, from the nonce to the database, on the tables of the example.
#[test]
fn the_page_about_rolls_shows_what_is_printed() {
    let desk = terminal::Desk::with_example();
    // A roll has no versions of a unit: those that ended are left out.
    let table = desk.read("office/register/units.csv");
    let ended = table.split(',').position(|heading| heading == "失效日期").expect("a heading");
    let is_current = |row: &&str| !row.split(',').nth(ended).is_some_and(|day| day.starts_with('2'));
    let rows: Vec<&str> = table.lines().filter(is_current).collect();
    desk.write("register.csv", &rows.join("\n"));
    let year = terminal::this_year().to_string();
    let blocks = blocks("docs/roll.md", "console");
    assert_eq!(blocks.len(), 6);
    for block in blocks {
        let block =
            block.replace("2026/001", &format!("{year}/001")).replace("2026-001", &format!("{year}-001"));
        let mut lines = block.lines();
        let command = lines.next().and_then(|line| line.strip_prefix("$ yaohao ")).expect("a command");
        let run = desk.good(&words(command));
        let (expected, found): (Vec<&str>, Vec<&str>) = (lines.collect(), run.out.lines().collect());
        if let Err(complaint) = fits(&expected, &found) {
            panic!("{complaint}\n\n{}{}", run.out, run.err);
        }
    }
}

/// The words of a command line; those in quotes are one.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
        .collect()
}

#[test]
fn the_shell_lines_of_the_specification_print_what_they_say() {
    let mut run = 0;
    for page in ["README.md", "log.md", "suites.md", "tables.md"] {
        for block in blocks(&format!("docs/spec/{page}"), "sh") {
            let mut lines = block.lines();
            while let Some(command) = lines.next().and_then(|line| line.strip_prefix("$ ")) {
                // Lines about files that are not here only show the form.
                let Some(expected) = lines.next() else { continue };
                let output = Command::new("sh").args(["-c", command]).output().expect("a shell");
                assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), expected, "{command}");
                run += 1;
            }
        }
    }
    assert_eq!(run, 4);
}

#[test]
fn what_explain_prints_can_be_run_by_anybody() {
    let desk = Desk::new();
    desk.good(&["demo"]);
    let public = desk.path(&format!("demo/public/{}-001", terminal::this_year()));
    let folder = public.to_str().expect("a path");
    let drawn = std::fs::read_to_string(public.join("drawn.txt")).expect("drawn units");
    let drawn = drawn.lines().nth(1).and_then(|line| line.split(' ').next()).expect("a unit").to_owned();
    let units = std::fs::read_to_string(public.join("units.txt")).expect("units");
    let unit = |standing: &str| {
        let line = units.lines().find(|line| line.contains(standing) && !line.contains(&drawn));
        line.and_then(|line| line.split(' ').next()).expect("a unit").to_owned()
    };
    let mut proofs = 0;
    for (unit, outcome) in [
        (drawn.clone(), "drawn"),
        (unit(" small/z1 "), "not-drawn"),
        (unit(" excluded:cooldown "), "excluded"),
    ] {
        let json = desk.good(&["explain", &unit, folder, "--json"]).out;
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        if outcome != "not-drawn" || value["outcome"] != "drawn" {
            assert_eq!(value["outcome"], outcome, "{json}");
        }
        for step in value["steps"].as_array().expect("steps").iter().filter(|step| !step["command"].is_null())
        {
            let command = step["command"].as_str().expect("a command");
            let output =
                Command::new("bash").args(["-c", command]).current_dir(&public).output().expect("a shell");
            let printed = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(
                printed.trim_end(),
                format!("{}  -", step["prints"].as_str().expect("a hash")),
                "{command}"
            );
            proofs += 1;
        }
        assert!(!value["path"].as_array().expect("a path").is_empty());
    }
    assert!(proofs >= 8, "{proofs} proofs");
}

#[test]
fn help_is_whole_in_both_languages() {
    let desk = Desk::new();
    let chinese = desk.good(&["--help"]).out;
    let commands: Vec<&str> = chinese
        .lines()
        .skip_while(|line| *line != "命令：")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(commands.len(), 41, "{chinese}");
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(!is_chinese(&desk.good(&["--help", "--lang", "en"]).out), "the English help speaks Chinese");
    for command in commands {
        let help = desk.good(&[command, "--help", "--lang", "en"]).out;
        assert!(!is_chinese(&help), "{help}");
        let help = desk.good(&[command, "--help"]).out;
        assert!(is_chinese(help.lines().next().unwrap_or_default()), "{help}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.good(&["completions", shell]).out.contains("yaohao"));
    }
    assert!(desk.good(&["man"]).out.contains(".TH yaohao"));
}
