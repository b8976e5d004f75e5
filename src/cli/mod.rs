//! The command line: raw arguments to a parsed request, one function a command,
//! and the one place where problems become exit codes.

mod args;
mod audit;
mod certificate;
mod check;
mod clerk;
mod console;
mod days;
mod demo;
mod dispatch;
mod explain;
mod fairness;
mod help;
mod import;
mod init;
mod interrupt;
mod journal;
mod key;
mod odds;
mod paper;
mod publish;
mod report;
mod roll;
mod roll_slip;
mod row;
mod schedule;
mod simulate;
mod slip;
mod sql;
mod steps;
mod usage;
mod values;
mod verify;
mod witness;

pub use dispatch::workbook;
pub use simulate::{suggest, view as simulated};

use crate::lang::{Lang, Said};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Office, system_error};
use args::{Cli, Command};
use clap::FromArgMatches as _;
use console::Console;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command line `arguments` (the program's name first).
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.collect();
    let mut console = usage::console(&arguments);
    let outcome = match parse(&arguments, console.lang) {
        Ok(cli) => {
            console = Console { lang: cli.lang.into(), json: cli.json, quiet: cli.quiet };
            use_threads(cli.threads).and_then(|()| dispatch(&cli, &console))
        }
        Err(error) if usage::is_help(&error) => {
            // A reader that went away (`| head`) is no error.
            let _ = error.print();
            Ok(0)
        }
        Err(error) => Err(usage::problem(&error, &arguments)),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(problem) => {
            console.complain(&problem);
            ExitCode::from(problem.kind.exit_code())
        }
    }
}

fn parse(arguments: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&help::command(lang).try_get_matches_from(arguments)?)
}

fn dispatch(cli: &Cli, console: &Console) -> Outcome<u8> {
    let office = || Office::open(&cli.office);
    match &cli.command {
        Command::Init(args) => init::run(args, console)?,
        Command::Import(args) => import::run(&office()?, args, console)?,
        Command::Check(args) => check::run(&office()?, args, console)?,
        Command::Odds(args) => odds::run(&office()?, args, console)?,
        Command::Nonce(args) => steps::nonce(args, console)?,
        Command::Commit(args) => logged(cli, &args.signing, console, |o| steps::commit(o, args, console))?,
        Command::Draw(args) => logged(cli, &args.signing, console, |o| steps::draw(o, args, console))?,
        Command::Void(args) => logged(cli, &args.signing, console, |o| steps::void(o, args, console))?,
        Command::Open(args) => logged(cli, &args.signing, console, |o| steps::open(o, args, console))?,
        Command::Replace(args) => logged(cli, &args.signing, console, |o| steps::replace(o, args, console))?,
        Command::Publish(args) => publish::run(&office()?, args, console)?,
        Command::Witness(args) => witness::run(args, console)?,
        Command::Share(args) => steps::share(args, console)?,
        Command::Recover(args) => steps::recover(args, console)?,
        Command::Link(args) => steps::link(args, console)?,
        Command::Key(args) => key::run(args, office, console)?,
        Command::Status => steps::status(&office()?, console)?,
        Command::Schedule(args) => schedule::run(&office()?, args, console)?,
        Command::Tasks(args) => clerk::tasks(&office()?, args, console)?,
        Command::Task(args) => clerk::task(&office()?, &args.step, console)?,
        Command::Result(args) => clerk::result(&office()?, args, console)?,
        Command::Review(args) => clerk::review(&office()?, &args.step, console)?,
        Command::Penalty(args) => clerk::penalty(&office()?, &args.step, console)?,
        Command::Recusal(args) => clerk::recusal(&office()?, &args.step, console)?,
        Command::Due(args) => clerk::due(&office()?, args, console)?,
        Command::Sheet(args) => clerk::sheet(&office()?, &args.step, console)?,
        Command::Journal(args) => journal::run(&office()?, args, console)?,
        Command::Dispatch(args) => dispatch::run(&office()?, args, console)?,
        Command::Slip(args) => slip::run(&office()?, args, console)?,
        Command::VerifySlip(args) => return slip::verify(args, console),
        Command::Fairness(args) => fairness::run(&office()?, args, console)?,
        Command::Simulate(args) => simulate::run(&office()?, args, console)?,
        Command::Roll(args) => return roll::run(&cli.office, args, console),
        Command::Report(args) => report::run(&office()?, args, console)?,
        Command::Verify(args) => return verify::run(args, console),
        Command::Audit(args) => return audit::run(args, console),
        Command::Sql(args) => sql::run(args, console)?,
        Command::Explain(args) => explain::run(&cli.office, args, console)?,
        Command::Demo(args) => return demo::run(args, console),
        Command::Completions(args) => help::completions(args.shell, console.lang),
        Command::Man => help::man(console.lang)?,
    }
    Ok(0)
}

/// A step, and behind it the log of what it published, and the site if there is one.
fn logged(
    cli: &Cli,
    signing: &args::Signing,
    console: &Console,
    step: impl FnOnce(&Office) -> Outcome<()>,
) -> Outcome<()> {
    let office = Office::open(&cli.office)?;
    step(&office)?;
    publish::settle(&office, signing, console)?;
    publish::refresh(&office, console);
    Ok(())
}

fn use_threads(threads: Option<u32>) -> Outcome<()> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads as usize);
    pool.build_global().map_err(|error| {
        let system = std::error::Error::source(&error).and_then(|source| source.downcast_ref());
        let why = system.map_or_else(|| said!("系统不允许", "the system refuses"), system_error);
        let Said { zh, en } = why;
        Problem::new(
            Kind::Usage,
            said!("不能用 {threads} 个线程：{zh}", "{threads} threads cannot be used: {en}"),
            said!("去掉 --threads，或用少一些", "leave --threads out, or use fewer"),
        )
    })
}
