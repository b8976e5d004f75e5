//! What is wrong with a command line: the parser knows the parts, the sentence
//! is ours in both languages, and it ends like every other problem.

use super::args::Cli;
use super::console::Console;
use crate::lang::{Lang, Said};
use crate::problem::{Kind, Problem};
use crate::said;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, CommandFactory as _};
use std::ffi::OsString;
use std::fmt;

/// Why a value is refused: how it is written instead.
#[derive(Debug, Clone)]
pub struct Refused(pub Said);

/// The parser asks for it; it is never shown.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for Refused {}

/// How the arguments ask to be spoken to. Needed before they are parsed, for
/// they may be wrong.
pub fn console(arguments: &[OsString]) -> Console {
    let options: Vec<&OsString> = arguments.iter().take_while(|argument| *argument != "--").collect();
    let has = |option: &str| options.iter().any(|argument| *argument == option);
    let english = has("--lang=en") || options.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    let lang = if english { Lang::En } else { Lang::Zh };
    Console { lang, json: has("--json"), quiet: false }
}

/// Whether the parser has not to complain but to show what was asked for.
pub fn is_help(error: &clap::Error) -> bool {
    !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// What is wrong, where, and what to do about it.
pub fn problem(error: &clap::Error, arguments: &[OsString]) -> Problem {
    let parts = Parts(error);
    let remedy = parts.remedy().unwrap_or_else(|| see_help(arguments));
    Problem::new(Kind::Usage, parts.what(), remedy).at(parts.place())
}

/// The parts of what the parser found.
struct Parts<'a>(&'a clap::Error);

impl Parts<'_> {
    fn all(&self, kind: ContextKind) -> Vec<String> {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => vec![text.clone()],
            Some(ContextValue::Strings(texts)) => texts.clone(),
            _ => Vec::new(),
        }
    }

    fn one(&self, kind: ContextKind) -> String {
        self.all(kind).into_iter().next().unwrap_or_default()
    }

    /// The argument whose value is wrong.
    fn place(&self) -> String {
        match self.0.kind() {
            ErrorKind::InvalidValue
            | ErrorKind::ValueValidation
            | ErrorKind::NoEquals
            | ErrorKind::TooManyValues
            | ErrorKind::TooFewValues
            | ErrorKind::WrongNumberOfValues => {
                let argument = self.one(ContextKind::InvalidArg);
                let argument = argument.split(' ').next().unwrap_or_default();
                argument.trim_matches(['[', ']', '<', '>', '.']).to_owned()
            }
            _ => String::new(),
        }
    }

    fn what(&self) -> Said {
        let value = self.one(ContextKind::InvalidValue);
        match self.0.kind() {
            ErrorKind::MissingRequiredArgument => {
                let Said { zh, en } = Said::list(self.all(ContextKind::InvalidArg));
                said!("缺少 {zh}", "missing: {en}")
            }
            ErrorKind::UnknownArgument => {
                let argument = self.one(ContextKind::InvalidArg);
                said!("不认识的参数 {argument}", "unknown argument {argument}")
            }
            ErrorKind::InvalidSubcommand => {
                let name = self.one(ContextKind::InvalidSubcommand);
                said!("没有这个命令：{name}", "there is no command {name}")
            }
            ErrorKind::MissingSubcommand => said!("没有写命令", "there is no command"),
            ErrorKind::InvalidValue if value.is_empty() => said!("后面缺少值", "its value is missing"),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                said!("“{value}”写得不对", "\"{value}\" is not understood")
            }
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                said!("值的个数不对", "it has not as many values as it takes")
            }
            ErrorKind::TooManyValues => said!("多了一个值“{value}”", "there is a value too many: {value}"),
            ErrorKind::InvalidUtf8 => {
                said!("命令行里有不是 UTF-8 的字节", "there are bytes on the command line that are not UTF-8")
            }
            _ => said!("命令行读不懂", "the command line is not understood"),
        }
    }

    fn conflict(&self) -> Said {
        let argument = [self.all(ContextKind::InvalidArg), self.all(ContextKind::InvalidSubcommand)].concat();
        let argument = argument.join(" ");
        let others = self.all(ContextKind::PriorArg);
        if others.is_empty() || others == [argument.as_str()] {
            return said!("{argument} 写了不止一次", "{argument} is there more than once");
        }
        let Said { zh, en } = Said::list(others);
        said!("{argument} 不能与 {zh} 同时使用", "{argument} does not go with {en}")
    }

    /// What the parser or the value's own rule would take instead.
    fn remedy(&self) -> Option<Said> {
        let source = std::error::Error::source(self.0);
        if let Some(Refused(wanted)) = source.and_then(|source| source.downcast_ref()) {
            return Some(wanted.clone());
        }
        if self.0.kind() == ErrorKind::ArgumentConflict {
            return Some(said!("只留一个", "leave one of them out"));
        }
        let known = [self.all(ContextKind::ValidValue), self.all(ContextKind::ValidSubcommand)].concat();
        if !known.is_empty() {
            let Said { zh, en } = Said::list(&known);
            return Some(said!("可用：{zh}", "use one of: {en}"));
        }
        let close = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
        let close = close.iter().find_map(|kind| self.all(*kind).into_iter().next())?;
        Some(said!("是不是 {close}？改正后重试", "write {close} if that is meant"))
    }
}

/// Where the usage stands: with the command, if one is named.
fn see_help(arguments: &[OsString]) -> Said {
    match command(arguments) {
        Some(name) => said!("用法见 yaohao {name} --help", "yaohao {name} --help shows how it is used"),
        None => said!("用法见 yaohao --help", "yaohao --help shows the commands"),
    }
}

/// The command that is named. Values of options are passed over: the office's folder
/// may be called like a command.
fn command(arguments: &[OsString]) -> Option<String> {
    let commands = Cli::command();
    let options: Vec<&Arg> = commands.get_arguments().filter(|o| o.get_action().takes_values()).collect();
    let mut words = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    while let Some(word) = words.next() {
        if let Some(command) = commands.find_subcommand(word) {
            return Some(command.get_name().to_owned());
        }
        if options.iter().any(|option| is_called(option, word)) {
            words.next();
        }
    }
    None
}

fn is_called(option: &Arg, word: &str) -> bool {
    let long = option.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long));
    long || option.get_short().is_some_and(|short| word == format!("-{short}"))
}
