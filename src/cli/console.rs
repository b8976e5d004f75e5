//! What the terminal shows: text in one language, or JSON; progress on a
//! terminal only.

use crate::lang::{Lang, Said};
use crate::problem::Problem;
use comfy_table::{CellAlignment, Table};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How this run speaks.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    /// Language of all text.
    pub lang: Lang,
    /// Whether to print JSON instead of text.
    pub json: bool,
    /// Whether to print nothing but errors.
    pub quiet: bool,
}

impl Console {
    /// Prints a line of text.
    pub fn say(&self, said: Said) {
        self.line(said.to(self.lang));
    }

    /// Says something on standard error that is no problem, but that somebody should know.
    pub fn warn(&self, said: Said) {
        if !self.json && !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{}", said.to(self.lang));
        }
    }

    /// Prints a line that is the same in both languages.
    pub fn line(&self, text: &str) {
        if !self.json && !self.quiet {
            out(text);
        }
    }

    /// Prints a heading with an empty line before it.
    pub fn heading(&self, said: Said) {
        self.line(&format!("\n■ {}", said.to(self.lang)));
    }

    /// Prints a table; columns named in `numbers` are aligned to the right.
    pub fn table(&self, headings: &[Said], numbers: &[usize], rows: Vec<Vec<String>>) {
        if self.json || self.quiet || rows.is_empty() {
            return;
        }
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_header(headings.iter().map(|said| said.to(self.lang).to_owned()));
        for row in rows {
            table.add_row(row);
        }
        for number in numbers {
            if let Some(column) = table.column_mut(*number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in table.to_string().lines() {
            out(line.trim_end());
        }
    }

    /// Prints what a program reads, if a program was asked for.
    pub fn data(&self, value: impl FnOnce() -> Value) {
        if self.json && !self.quiet {
            out(&serde_json::to_string_pretty(&value()).expect("JSON values print"));
        }
    }

    /// Shows a problem on standard error; as JSON if a program is reading.
    pub fn complain(&self, problem: &Problem) {
        let text = if self.json {
            serde_json::json!({
                "error": problem.what.to(self.lang), "place": problem.place,
                "remedy": problem.remedy.to(self.lang), "exit_code": problem.kind.exit_code(),
            })
            .to_string()
        } else {
            problem.to(self.lang)
        };
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// The text of `said` in this run's language, as JSON.
    pub fn text(&self, said: &Said) -> Value {
        Value::from(said.to(self.lang))
    }

    /// A bar over the `steps` of a command, shown once it has taken a second, on
    /// a terminal only.
    pub fn progress(&self, steps: u64) -> Progress {
        Progress::new(steps, STEPS, self.is_watched(), self.lang)
    }

    /// A bar over many equal parts, with the time that is left.
    pub fn trials(&self, parts: u64) -> Progress {
        let template = match self.lang {
            Lang::Zh => "{spinner} [{bar:20}] {pos}/{len} {msg}，已用 {elapsed}，还要 {eta}",
            Lang::En => "{spinner} [{bar:20}] {pos}/{len} {msg}, {elapsed} gone, {eta} left",
        };
        Progress::new(parts, template, self.is_watched(), self.lang)
    }

    fn is_watched(&self) -> bool {
        !self.quiet && !self.json && std::io::stderr().is_terminal()
    }
}

/// Prints a line; a reader that went away (`| head`) is no error.
fn out(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A bar over steps that take different times.
const STEPS: &str = "{spinner} [{bar:20}] {pos}/{len} {msg} {elapsed}";

/// The steps of one command.
pub struct Progress {
    bar: ProgressBar,
    lang: Lang,
    /// Dropped to say that the command is over.
    running: Option<Sender<()>>,
}

impl Progress {
    fn new(steps: u64, template: &str, visible: bool, lang: Lang) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
        bar.set_style(ProgressStyle::with_template(template).expect("a valid template"));
        let running = visible.then(|| show_late(bar.clone()));
        Progress { bar, lang, running }
    }

    /// One more of many small steps is done.
    pub fn advance(&self) {
        self.bar.inc(1);
    }

    /// So many steps were done before.
    pub fn skip(&self, steps: u64) {
        self.bar.inc(steps);
        self.bar.reset_eta();
    }

    /// So many more steps are to come.
    pub fn grow(&self, steps: u64) {
        self.bar.inc_length(steps);
    }

    /// Says what is being done, without a step.
    pub fn say(&self, said: Said) {
        self.bar.set_message(said.to(self.lang).to_owned());
    }

    /// Says which step comes now.
    pub fn step(&self, said: Said) {
        self.bar.inc(1);
        self.bar.set_message(said.to(self.lang).to_owned());
    }
}

/// Shows `bar` after a second, unless the command is over by then.
fn show_late(bar: ProgressBar) -> Sender<()> {
    let (running, over) = channel();
    std::thread::spawn(move || {
        if over.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(120));
        }
    });
    running
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.running.take();
        self.bar.finish_and_clear();
    }
}
