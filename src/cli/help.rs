//! Help, man page and completions from the one definition, in two languages;
//! and what the parser has to say, in words of the office.

use super::args::Cli;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use clap::error::{ContextKind, ErrorKind};
use clap::{Command, CommandFactory as _};
use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

/// What stands in help in English: path of the command or argument, and text.
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
    ("odds", "Dry draws before committing: how predictable the teams are"),
    ("odds month", "Month of the visits, such as 2026-12"),
    ("odds draws", "Number of dry draws; as the policy says if left out, else 1000"),
    ("odds unit", "Only this unit: credit code, name, or a part of the name"),
    ("nonce", "Make a party's secret nonce and its commitment (on the witness's own machine)"),
    ("nonce draw", "Number of the draw, such as example/2026/001"),
    ("nonce party", "Which party, such as discipline"),
    ("nonce out", "Folder for the files"),
    ("nonce links", "Links of the chain for late changes, one a change; 0 for no chain"),
    ("commit", "Fix registers, policy and rules, and publish the commitment"),
    ("commit month", "Month of the visits, such as 2026-12"),
    ("commit commitment", "Nonce commitment handed in by the witness; one a party"),
    ("commit issue", "Issue of a lottery, such as ssq=2026135"),
    ("draw", "Enter public events and nonces; draw and pair"),
    (
        "draw result",
        "Result as the operator reads it, once for each event of the policy, such as \"3 1 4 1 5\"",
    ),
    ("draw witness_result", "The same, typed independently by the witness"),
    ("draw nonce", "Secret nonce file that a witness brings; one a party"),
    ("void", "Give up a draw while nothing of its outcome can be known"),
    ("void reason", "Why: register, policy, party, beacon"),
    ("open", "Publish what a sealed draw kept back"),
    ("open draw", "Number of the draw; the latest if left out"),
    ("replace", "Somebody cannot go: publish the request, then name the stand-in by the witness's link"),
    ("replace unit", "Credit code or name of the unit"),
    ("replace absent", "Who cannot go: public name, certificate number or name"),
    ("replace reason", "Why: absent, recused, unfit"),
    ("replace link", "Link file released by the witness; one a chain"),
    ("replace draw", "Number of the draw; the latest if left out"),
    ("link", "Release the next link for a published request (on the witness's own machine)"),
    ("link dir", "The draw's folder as published"),
    ("link chain", "The witness's .chain file"),
    ("link out", "Folder for the link file"),
    ("status", "The draws and the step each has reached"),
    ("verify", "Check a published draw; needs only the public folder"),
    ("verify dir", "A draw's public folder, or the folder of all draws"),
    ("verify commitment", "The commitment as announced before the draw, to compare"),
    ("verify previous", "record.txt or void.txt of the draw before; looked for beside it if left out"),
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

/// Whether the arguments ask for English; needed before they are parsed.
pub fn wants_english(arguments: &[OsString]) -> bool {
    let pairs = arguments.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    pairs || arguments.iter().any(|argument| argument == "--lang=en")
}

/// The command with help in one language.
pub fn command(english: bool) -> Command {
    let command = Cli::command();
    if !english {
        let usage = "{about-with-newline}\n用法：{usage}\n\n{all-args}";
        let command = headed(command, "命令", "选项", "显示帮助", "显示版本");
        return command.help_template(usage).mut_subcommands(|sub| sub.help_template(usage));
    }
    let mut command = headed(command, "Commands", "Options", "Print help", "Print version");
    for (path, text) in ENGLISH {
        let (name, argument) = path.split_once(' ').map_or((*path, None), |(n, a)| (n, Some(a)));
        let translate = |c: Command| match argument {
            None => c.about(*text),
            Some(argument) => c.mut_arg(argument, |a| a.help(*text)),
        };
        command = if name == "yaohao" { translate(command) } else { command.mut_subcommand(name, translate) };
    }
    command
}

/// Headings and the texts of `--help` and `--version`, down to every command.
fn headed(
    command: Command,
    commands: &'static str,
    options: &'static str,
    help: &'static str,
    version: &'static str,
) -> Command {
    let flag = |name: &'static str, short: char, text: &'static str, action: clap::ArgAction| {
        clap::Arg::new(name).long(name).short(short).help(text).action(action).help_heading(options)
    };
    let mut command = command
        .subcommand_help_heading(commands)
        .disable_help_flag(true)
        .mut_args(|arg| if arg.is_positional() { arg } else { arg.help_heading(options) })
        .arg(flag("help", 'h', help, clap::ArgAction::Help));
    if command.get_version().is_some() {
        command =
            command.disable_version_flag(true).arg(flag("version", 'V', version, clap::ArgAction::Version));
    }
    command.mut_subcommands(|sub| headed(sub, commands, options, help, version))
}

/// Prints the completion script.
pub fn completions(shell: clap_complete::Shell) {
    clap_complete::generate(shell, &mut command(false), "yaohao", &mut std::io::stdout());
}

/// Prints the man page.
pub fn man() -> Outcome<()> {
    clap_mangen::Man::new(command(false)).render(&mut std::io::stdout()).map_err(|error| {
        Problem::new(
            Kind::Unreadable,
            said!("写不出手册页：{error}", "the man page cannot be written: {error}"),
            said!("核对输出的去处", "check where the output goes"),
        )
    })
}

/// Shows what the parser has to say, and gives the exit code.
pub fn report(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let english = wants_english(&std::env::args_os().collect::<Vec<_>>());
    if english {
        let _ = error.print();
    } else {
        let _ = writeln!(std::io::stderr(), "{}", chinese(error));
    }
    ExitCode::from(Kind::Usage.exit_code())
}

fn chinese(error: &clap::Error) -> String {
    let context = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", argument.replace('\n', "、")),
        ErrorKind::UnknownArgument => format!("不认识的参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少值"),
        ErrorKind::InvalidValue => {
            format!("{argument} 的值“{value}”不对；可用：{}", context(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{argument} 的值“{value}”不对：{cause}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 不能重复或同时使用"),
        _ => error.to_string(),
    };
    format!("错误：{what}\n办法：运行 yaohao --help，或在命令后加 --help 看用法")
}
