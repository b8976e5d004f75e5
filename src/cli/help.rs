//! Help, man page and completions from the one definition, in two languages.

use super::args::Cli;
use super::clerk::ENGLISH as CLERK;
use super::roll::ENGLISH as ROLL;
use crate::lang::{Lang, Said};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::system_error;
use clap::{Arg, Command, CommandFactory as _};
use std::io::Write as _;

/// What stands in help in English: the command (`key.new` is `new` of `key`), the
/// argument, and the text.
const ENGLISH: &[(&str, &str)] = &[
    ("yaohao", "Draws for double-random, one-public inspections that anyone can check"),
    ("yaohao lang", "Language: zh Chinese (default), en English"),
    ("yaohao json", "Print JSON for programs"),
    ("yaohao quiet", "Print nothing but errors"),
    ("yaohao threads", "Number of threads; results do not depend on it"),
    ("yaohao office", "The office folder"),
    ("init", "Make an office folder: settings, policy, empty tables or the example"),
    ("init dir", "The new folder"),
    ("init example", "Put in the synthetic registers (about 6,000 units, 60 inspectors)"),
    ("import", "Read the registers: units, inspectors, items, recusals"),
    ("import tables", "Only these tables; all if left out"),
    ("import strict", "Refuse a file if one of its rows is bad"),
    ("check", "Preview before committing: pool, quotas, exclusions, hours, staffing"),
    ("check month", "Month of the visits, such as 2026-12"),
    (
        "check policy",
        "The policy of this draw, such as that of a targeted draw; default: the one in office.toml",
    ),
    ("odds", "Dry draws before committing: how predictable the teams are"),
    ("odds month", "Month of the visits, such as 2026-12"),
    (
        "odds policy",
        "The policy of this draw, such as that of a targeted draw; default: the one in office.toml",
    ),
    ("odds draws", "Number of dry draws; as the policy says if left out, else 1000"),
    ("odds unit", "Only this unit: credit code, name, or a part of the name"),
    ("nonce", "Make a party's secret nonce and its commitment (on the witness's own machine)"),
    ("nonce draw", "Number of the draw, such as example/2026/001"),
    ("nonce party", "Which party, such as discipline"),
    ("nonce suite", "Suite of the office's policy; ask the office: yaohao-1-sha256 or yaohao-1-sm3"),
    ("nonce out", "Folder for the files"),
    ("nonce links", "Links of the chain for late changes, one a change; 0 for no chain"),
    ("commit", "Fix registers, policy and rules, and publish the commitment"),
    ("commit month", "Month of the visits, such as 2026-12"),
    (
        "commit policy",
        "The policy of this draw, such as that of a targeted draw; default: the one in office.toml",
    ),
    ("commit commitment", "Nonce commitment handed in by the witness; one a party"),
    ("commit issue", "Issue and day of a lottery, such as ssq=2026135@2026-11-29"),
    (
        "commit at",
        "No drand pulse before this time (UTC+8), such as quicknet=2026-12-01T10:00; the first after the margin if left out",
    ),
    (
        "commit passphrase_file",
        "Read the passphrase of the log's key from a file; typed on the terminal if left out",
    ),
    ("draw", "Enter public events and nonces; draw and pair"),
    (
        "draw result",
        "Result as the operator reads it, once for each event of the policy, such as \"3 1 4 1 5\"; a drand pulse is pasted",
    ),
    (
        "draw witness_result",
        "The same, typed independently by the witness; a signed drand pulse is not typed twice",
    ),
    ("draw pulse", "File with a drand pulse: the API's JSON, or the text of a QR code"),
    #[cfg(feature = "fetch")]
    (
        "draw fetch",
        "Get the committed drand round from the addresses in office.toml; its signature is checked all the same",
    ),
    ("draw nonce", "Secret nonce file that a witness brings; one a party"),
    (
        "draw passphrase_file",
        "Read the passphrase of the log's key from a file; typed on the terminal if left out",
    ),
    ("void", "Give up a draw; units that can be computed as drawn are carried over to the next"),
    ("void reason", "Why: register, policy, party, beacon, staffing"),
    (
        "void passphrase_file",
        "Read the passphrase of the log's key from a file; typed on the terminal if left out",
    ),
    ("open", "Publish what a sealed draw kept back"),
    ("open draw", "Number of the draw; the latest if left out"),
    (
        "open passphrase_file",
        "Read the passphrase of the log's key from a file; typed on the terminal if left out",
    ),
    ("share", "Check a custodian's share (on the custodian's own machine)"),
    ("share file", "The .share file that the office handed over"),
    ("share dir", "The draw's folder as published"),
    ("recover", "Custodians open a sealed draw without the office"),
    ("recover dir", "The draw's folder as published"),
    ("recover share", "A custodian's .share file; one a custodian"),
    ("recover out", "Write this new folder and leave the published one alone; else write into it"),
    ("replace", "Somebody cannot go: publish the request, then name the stand-in by the witness's link"),
    ("replace unit", "Credit code or name of the unit"),
    ("replace absent", "Who cannot go: public name, certificate number or name"),
    ("replace reason", "Why: absent, recused, unfit"),
    ("replace link", "Link file released by the witness; one a chain"),
    ("replace draw", "Number of the draw; the latest if left out"),
    (
        "replace passphrase_file",
        "Read the passphrase of the log's key from a file; typed on the terminal if left out",
    ),
    ("link", "Release the next link for a published request (on the witness's own machine)"),
    ("link dir", "The draw's folder as published"),
    ("link chain", "The witness's .chain file"),
    ("link out", "Folder for the link file"),
    ("key", "Keys for signing: make, show and change them"),
    ("key.new", "Make a key for signing (of a log, or of a witness)"),
    (
        "key.new name",
        "Its name: an address that is yours, without https://, such as fire.example.gov.cn/yaohao",
    ),
    ("key.new out", "File of the secret key; the public one is written beside it as .pub"),
    ("key.new suite", "Suite of algorithms"),
    ("key.new witness", "A witness's key, whose signatures carry a time; a log's if left out"),
    ("key.new no_passphrase", "Do not protect the secret key with a passphrase"),
    ("key.new passphrase_file", "Read the passphrase from a file; typed on the terminal if left out"),
    ("key.show", "What a secret or public key is: name, algorithm, public key"),
    ("key.show file", "File of a secret key, or a .pub file"),
    ("key.change", "Write a change of keys for the parties to sign"),
    ("key.change kind", "Why: rotate, lost, stolen, witness"),
    ("key.change new", "The log's new public key (.pub file)"),
    ("key.change policy", "For a change of witnesses: the new log-policy.txt"),
    ("key.change out", "Folder for the files; the office's keys folder if left out"),
    ("key.sign", "Sign a change of keys"),
    ("key.sign file", "The change of keys"),
    ("key.sign key", "File of the secret key"),
    ("key.sign passphrase_file", "Read the passphrase from a file; typed on the terminal if left out"),
    ("key.install", "Publish a signed change and let its log policy count"),
    ("key.install files", "The signed change; copies signed by different parties may be named together"),
    ("key.install policy", "The new log-policy.txt; the one beside the change if left out"),
    (
        "publish",
        "Publish results and the site; put what is published into the log, sign it, enter the signatures of witnesses",
    ),
    (
        "publish by",
        "Publish the results and penalties that passed the review: certificate number, or staff number of office.toml",
    ),
    ("publish dry_run", "Show line by line what would be published, and write nothing"),
    ("publish cosignature", ".cosigned file that a witness handed in; one a witness"),
    (
        "publish passphrase_file",
        "Read the passphrase of the log's key from a file; typed on the terminal if left out",
    ),
    ("witness", "Witness a log: see that nothing was taken away, then sign (on the witness's own machine)"),
    ("witness dir", "The office's public folder, with the folder log in it"),
    ("witness key", "File of the secret key"),
    ("witness passphrase_file", "Read the passphrase from a file; typed on the terminal if left out"),
    ("witness state", "What the witness has seen so far; made at first use"),
    ("witness log_policy", "The log policy from elsewhere: at first use, or when the log's key has changed"),
    ("witness out", "Folder for the signed file"),
    ("status", "The draws and the step each has reached"),
    (
        "schedule",
        "The days of the visits after a draw: when, where, who; and why some have none (office only)",
    ),
    ("schedule draw", "Number of the draw; the latest if left out"),
    ("journal", "What was entered, and by whom: the journal, and the whole course of every matter"),
    ("journal matter", "Only this matter's course, such as 2026/complaint/0001; the journal if left out"),
    ("journal check", "Walk from the first entry to the last and check each"),
    ("journal rebuild", "Make the store of tasks again from record and journal"),
    ("dispatch", "Write the orders: who goes where and when, for each inspector, zone and the section"),
    ("dispatch draw", "Number of the draw; the latest if left out"),
    ("dispatch inspector", "Only for this inspector: certificate number or name"),
    ("dispatch team", "One order for each group of people who go together"),
    ("dispatch zone", "Only for this zone: key or name"),
    ("dispatch from", "Visits on this day or later, such as 2026-12-07"),
    ("dispatch until", "Visits on this day or earlier"),
    ("dispatch out", "Folder for the orders; within the office's private folder if left out"),
    ("dispatch pdf", "PDF as well"),
    ("dispatch font", "Font of the PDF; looked for on the system if left out"),
    ("slip", "Print the slips with which drawn units check a visit at their door"),
    ("slip unit", "Credit code, name, or a part of the name"),
    ("slip all", "All drawn units of the draw"),
    ("slip draw", "Number of the draw; the latest if left out"),
    ("slip on", "The day of the visit, for the page, such as 2026-12-08"),
    ("slip out", "Folder for the slips; within the office's private folder if left out"),
    ("slip names", "Put the names of the people beside their numbers"),
    ("slip pdf", "PDF as well"),
    ("slip font", "Font of the PDF; looked for on the system if left out"),
    ("verify-slip", "At the door: is it this unit, this day, these people (offline)"),
    (
        "verify-slip slip",
        "The slip's .txt file, or the text of its codes (also from a file, one a line); - for standard input",
    ),
    ("verify-slip certificate", "Certificate number on a card that was shown; one a person"),
    ("verify-slip unit", "Credit code of the unit"),
    ("verify-slip on", "Which day; today if left out"),
    ("verify-slip record", "Hash of the record as the office announced it"),
    ("verify-slip log_policy", "log-policy.txt of the office: keys of its log and of the witnesses"),
    ("verify-slip change", "Hash of the late change as the office published it"),
    (
        "fairness",
        "How fairly work is shared over time: hours, visits, leads, teams, strata (nobody is shown)",
    ),
    ("fairness year", "A calendar year, such as 2026; this year up to today if nothing is given"),
    ("fairness from", "First day, instead of a year"),
    ("fairness until", "Last day"),
    ("fairness out", "Write what everybody may see as JSON (.json)"),
    ("fairness html", "Write what everybody may see as a page with pictures (.html)"),
    (
        "fairness names",
        "For the office only: the work of each person by name, and who met whom; not for others",
    ),
    (
        "simulate",
        "Years of draws and other work: what each zone and person carries, and what a change would do",
    ),
    (
        "simulate scenario",
        "The scenario: all assumptions, each with unit and source; default: scenario.toml of the office",
    ),
    ("simulate month", "First month, such as 2026-12; next month if left out"),
    ("simulate policy", "The policy to simulate, such as a draft; default: the one in office.toml"),
    ("simulate trials", "Trials at most; the scenario says how many years each has"),
    ("simulate precision", "Stop once the hours of every zone are known to this share, such as 1/200"),
    (
        "simulate seed",
        "What all chance follows from, any text; the same text and input give the same, whatever the threads",
    ),
    (
        "simulate compare",
        "Which variants of the scenario to compare with: keys with commas between them, or all",
    ),
    ("simulate marginal", "What one more lead in each zone would change"),
    (
        "simulate suggest_zones",
        "Split the towns into so many zones anew, as evenly as can be, each in one piece",
    ),
    (
        "simulate map",
        "Which towns are neighbours: .toml, or a map with borders, .geojson; default: map.toml of the office",
    ),
    ("simulate html", "Save as a page with charts (.html)"),
    ("simulate csv", "Save all tables as CSV in this folder"),
    ("simulate names", "Show certificate numbers of inspectors; else only zone and number"),
    ("report", "The yearly report: figures and where they come from, checks, workbook and text"),
    ("report year", "Which year, such as 2026"),
    ("report trace", "List the matters and journal entries that make up a figure, such as penalties"),
    ("report xlsx", "Write a workbook: figures, months, zones, definitions, checks, every matter (.xlsx)"),
    ("report text", "Write the report in words, in Chinese: .html to print as an official document, or .txt"),
    ("report dated", "Date of the text; today if left out"),
    ("verify", "Check a published draw; needs only the public folder"),
    ("verify dir", "A draw's public folder, or the folder of all draws"),
    ("verify commitment", "The commitment as announced before the draw, to compare"),
    ("verify previous", "record.txt or void.txt of the draw before; looked for beside it if left out"),
    ("verify log", "Folder of the log; the folder log beside the draw if left out"),
    ("audit", "Audit an office's whole history: gaps, forks, deadlines, voids, the log and its witnesses"),
    ("audit dir", "The office's public folder, with its draws and its log"),
    ("audit log_policy", "A log policy that you have compared yourself; the published one if left out"),
    ("audit checkpoint", "A checkpoint kept elsewhere, to hold against the log; may be repeated"),
    ("audit at", "The moment by which deadlines are judged, such as 2027-01-31T00:00:00Z; now if left out"),
    ("sql", "The units of a draw as an SQL query, to recompute them in a database of your own"),
    ("sql dir", "A draw's public folder"),
    ("sql dialect", "Which database: postgres, duckdb, clickhouse, spark, datafusion, mysql"),
    ("sql load", "Print what loads units.txt, and carried.txt if there is one"),
    (
        "sql merge",
        "Print the query that merges what several machines found (table parts); with --load, what loads parts.txt",
    ),
    ("explain", "Why a unit was drawn or not, with commands that prove it"),
    ("explain unit", "Credit code, name, or a part of the name"),
    ("explain dir", "Public folder; the latest draw of the office if left out"),
    ("explain path", "Add the inclusion proof from the unit to the committed root"),
    ("explain pairing", "Add how the team was chosen: everybody eligible, tickets, prices, totals"),
    ("explain names", "For the office only: names beside pseudonyms, and sealed results; not for others"),
    ("demo", "Every step on the synthetic office"),
    ("demo dir", "The new folder"),
    ("completions", "Print a completion script for a shell"),
    ("completions shell", "Which shell"),
    ("man", "Print the man page"),
];

/// The command with help in one language.
pub fn command(lang: Lang) -> Command {
    // What every command takes comes last.
    let command = Cli::command().mut_args(|arg| arg.display_order(900));
    match lang {
        Lang::Zh => chinese(command),
        Lang::En => english(command),
    }
}

fn english(mut command: Command) -> Command {
    for (path, text) in ENGLISH.iter().chain(CLERK).chain(ROLL) {
        let (name, argument) = path.split_once(' ').map_or((*path, None), |(n, a)| (n, Some(a)));
        let translate = |c: Command| match argument {
            None => c.about(*text),
            Some(argument) => c.mut_arg(argument, |a| a.help(*text)),
        };
        let names: Vec<&str> = name.split('.').filter(|name| *name != "yaohao").collect();
        command = at(command, &names, &translate);
    }
    command
}

/// Changes the command that is reached by `names`.
fn at(command: Command, names: &[&'static str], change: &dyn Fn(Command) -> Command) -> Command {
    match names {
        [] => change(command),
        [name, rest @ ..] => command.mut_subcommand(name, |sub| at(sub, rest, change)),
    }
}

/// The texts of the definition are Chinese; what the parser adds is made so here.
fn chinese(command: Command) -> Command {
    let command = told(command);
    let mut built = command.clone();
    built.build();
    framed(command, &mut built)
}

/// The pages of a command and of those below it; `built` is the same with its usage known.
fn framed(command: Command, built: &mut Command) -> Command {
    let mut command = frame(command, usage(built));
    for sub in built.get_subcommands_mut() {
        let name = sub.get_name().to_owned();
        command = command.mut_subcommand(&name, |page| framed(page, sub));
    }
    command
}

/// What stands behind “用法”.
fn usage(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]")
}

/// The page around the texts.
fn frame(command: Command, usage: String) -> Command {
    let style = *command.get_styles().get_header();
    let head = |heading: &str| format!("{style}{heading}：{style:#}");
    let mut page = format!("{{about-with-newline}}\n{style}用法：{style:#}{{usage}}\n");
    let mut part = |there: bool, heading: &str, tag: &str| {
        if there {
            page += &format!("\n{}\n{{{tag}}}\n", head(heading));
        }
    };
    part(command.has_subcommands(), "命令", "subcommands");
    part(command.get_positionals().next().is_some(), "参数", "positionals");
    part(true, "选项", "options");
    command.help_template(page).override_usage(usage)
}

/// Flags that the parser would add in English, and what it would say in brackets.
fn told(command: Command) -> Command {
    let flag = |name: &'static str, short: char, text: &'static str, action: clap::ArgAction| {
        clap::Arg::new(name).long(name).short(short).help(text).action(action).display_order(999)
    };
    let command = command.subcommand_value_name("命令");
    let mut command = command.disable_help_flag(true).mut_args(with_values);
    command = command.arg(flag("help", 'h', "显示帮助", clap::ArgAction::Help));
    if command.get_version().is_some() {
        let version = flag("version", 'V', "显示版本", clap::ArgAction::Version);
        command = command.disable_version_flag(true).arg(version);
    }
    command.mut_subcommands(told)
}

/// The values an argument takes, and the one it has by itself, in its text.
fn with_values(arg: Arg) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let mut more = Vec::new();
    if !arg.is_hide_possible_values_set() {
        let values = arg.get_possible_values();
        let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
        more.extend((!names.is_empty()).then(|| format!("可用：{}", Said::list(names).zh)));
    }
    if !arg.is_hide_default_value_set() {
        let values = arg.get_default_values().iter().map(|value| value.to_string_lossy());
        more.extend(values.map(|value| format!("不写则 {value}")));
    }
    let more = if more.is_empty() { String::new() } else { format!("（{}）", more.join("；")) };
    arg.hide_possible_values(true).hide_default_value(true).help(format!("{text}{more}"))
}

/// Prints the completion script.
pub fn completions(shell: clap_complete::Shell, lang: Lang) {
    clap_complete::generate(shell, &mut command(lang), "yaohao", &mut std::io::stdout());
}

/// Prints the man page.
pub fn man(lang: Lang) -> Outcome<()> {
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command(lang)).render(&mut page).and_then(|()| {
        let page = String::from_utf8_lossy(&page);
        let page = if lang == Lang::Zh { chinese_headings(&page) } else { page.into_owned() };
        let mut out = std::io::stdout().lock();
        out.write_all(page.as_bytes()).and_then(|()| out.flush())
    });
    written.map_err(|error| {
        let Said { zh, en } = system_error(&error);
        Problem::new(
            Kind::Unreadable,
            said!("写不出手册页：{zh}", "the man page cannot be written: {en}"),
            said!("核对输出的去处", "check where the output goes"),
        )
    })
}

/// The man page with the headings that Chinese man pages have.
fn chinese_headings(page: &str) -> String {
    let headings = [
        (".SH NAME", ".SH 名称"),
        (".SH SYNOPSIS", ".SH 用法"),
        (".SH DESCRIPTION", ".SH 说明"),
        (".SH OPTIONS", ".SH 选项"),
        (".SH SUBCOMMANDS", ".SH 命令"),
        (".SH VERSION", ".SH 版本"),
    ];
    let line = |line: &str| {
        let known = headings.iter().find(|(en, _)| *en == line);
        format!("{}\n", known.map_or(line, |(_, zh)| zh))
    };
    page.lines().map(line).collect()
}
