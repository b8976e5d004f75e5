//! The command line: raw arguments to a parsed request, one function a command,
//! and the one place where problems become exit codes.

mod args;
mod case;
mod certificate;
mod check;
mod console;
mod demo;
mod explain;
mod help;
mod import;
mod init;
mod odds;
mod row;
mod steps;
mod verify;

use crate::lang::Lang;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::Office;
use args::{Cli, Command, Language};
use clap::FromArgMatches as _;
use console::Console;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command line `arguments` (the program's name first).
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match parse(arguments) {
        Ok(cli) => cli,
        Err(error) => return help::report(&error),
    };
    let lang = match cli.lang {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    };
    let console = Console { lang, json: cli.json, quiet: cli.quiet };
    let outcome = use_threads(cli.threads).and_then(|()| dispatch(&cli, &console));
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(problem) => {
            console.complain(&problem);
            ExitCode::from(problem.kind.exit_code())
        }
    }
}

fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let arguments: Vec<OsString> = arguments.collect();
    let command = help::command(help::wants_english(&arguments));
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

fn dispatch(cli: &Cli, console: &Console) -> Outcome<u8> {
    let office = || Office::open(&cli.office);
    match &cli.command {
        Command::Init(args) => init::run(args, console)?,
        Command::Import(args) => import::run(&office()?, args, console)?,
        Command::Check(args) => check::run(&office()?, args, console)?,
        Command::Odds(args) => odds::run(&office()?, args, console)?,
        Command::Nonce(args) => steps::nonce(args, console)?,
        Command::Commit(args) => steps::commit(&office()?, args, console)?,
        Command::Draw(args) => steps::draw(&office()?, args, console)?,
        Command::Void(args) => steps::void(&office()?, args, console)?,
        Command::Open(args) => steps::open(&office()?, args, console)?,
        Command::Replace(args) => steps::replace(&office()?, args, console)?,
        Command::Link(args) => steps::link(args, console)?,
        Command::Status => steps::status(&office()?, console)?,
        Command::Verify(args) => return verify::run(args, console),
        Command::Explain(args) => explain::run(&cli.office, args, console)?,
        Command::Demo(args) => return demo::run(args, console),
        Command::Completions(args) => help::completions(args.shell),
        Command::Man => help::man()?,
    }
    Ok(0)
}

fn use_threads(threads: Option<usize>) -> Outcome<()> {
    let Some(threads) = threads else { return Ok(()) };
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().map_err(|error| {
        Problem::new(
            Kind::Usage,
            said!("不能用 {threads} 个线程：{error}", "{threads} threads cannot be used: {error}"),
            said!("去掉 --threads", "leave --threads out"),
        )
    })
}
