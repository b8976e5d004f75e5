//! Entering: one command is one entry of the journal, and says what it entered and what
//! comes next.

use super::many::Chosen;
use super::told;
use crate::cli::console::Console;
use crate::cli::journal;
use crate::clock;
use crate::lang::Said;
use crate::problem::Outcome;
use crate::said;
use crate::store::{Desk, Office};
use crate::task::{Act, Entry, Kind, Matter, Standing, State, Task, wording};
use crate::time::Moment;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::File;

/// Somebody who enters something, with the office locked for nobody else to.
pub struct Clerk<'a> {
    pub office: &'a Office,
    pub desk: Desk,
    pub now: Moment,
    console: &'a Console,
    lock: File,
    /// What a command for many matters left as it is, and how many.
    left: (usize, Option<Said>),
}

/// Matters that are named in full when many are entered at once.
const SHOWN: usize = 30;

impl<'a> Clerk<'a> {
    /// Opens the desk for writing.
    pub fn open(office: &'a Office, console: &'a Console) -> Outcome<Clerk<'a>> {
        let lock = office.lock()?;
        let desk = journal::open(office, console)?;
        Ok(Clerk { office, desk, now: clock::now(), console, lock, left: (0, None) })
    }

    /// The one matter that `query` means.
    pub fn task(&self, query: &str) -> Outcome<Task> {
        super::meant::task(&self.desk, query)
    }

    /// Keeps in mind what is left as it is, to be said behind what was entered.
    pub fn leave(&mut self, chosen: &Chosen) {
        self.left = (chosen.left_count, chosen.left());
    }

    /// Enters `acts` and says so.
    pub fn enter(&mut self, by: &str, acts: Vec<Act>) -> Outcome<()> {
        self.enter_then(by, acts, |_| Vec::new())
    }

    /// Enters `acts`, says so, and then what `more` has to say of the first matter.
    pub fn enter_then(
        &mut self,
        by: &str,
        acts: Vec<Act>,
        more: impl FnOnce(&Task) -> Vec<Said>,
    ) -> Outcome<()> {
        if let Some(entry) = self.entered_before(by, &acts)? {
            self.console.say(said!(
                "与台账第 {entry} 条相同，没有再录一遍",
                "This is what entry {entry} of the journal says; it was not entered again"
            ));
            let known = self.desk.entry(entry)?;
            self.console.data(|| view(&known, &self.desk));
            return Ok(());
        }
        let entry = self.write(by, acts)?;
        let mut matters: Vec<&Matter> = entry.acts.iter().map(Act::matter).collect();
        matters.dedup();
        self.say(&entry, &matters)?;
        let first = matters.first().and_then(|matter| self.desk.task(matter).transpose()).transpose()?;
        if let Some(task) = &first {
            let many = matters.len() > 1;
            let Said { zh, en } = next(task, many);
            self.console.say(said!("下一步：{zh}", "Next: {en}"));
            more(task).into_iter().for_each(|said| self.console.say(said));
        }
        self.left.1.iter().for_each(|left| self.console.say(left.clone()));
        self.console.data(|| {
            let mut data = view(&entry, &self.desk);
            data["left"] = json!(self.left.0);
            data
        });
        Ok(())
    }

    /// Says what was entered, matter by matter.
    fn say(&self, entry: &Entry, matters: &[&Matter]) -> Outcome<()> {
        let (number, at, by) = (entry.number, entry.at.by_clocks_of_china(), &entry.by);
        self.console
            .say(said!("台账第 {number} 条（{at}，{by}）：", "Entry {number} of the journal ({at}, {by}):"));
        for matter in matters.iter().take(SHOWN) {
            let Some(task) = self.desk.task(matter)? else { continue };
            let name = &task.name;
            self.console.line(&format!("  {matter}  {name}"));
            for act in entry.acts.iter().filter(|act| act.matter() == *matter) {
                self.console.line(&format!("    {}", told::act(act).to(self.console.lang)));
            }
        }
        let (all, rest) = (matters.len(), matters.len().saturating_sub(SHOWN));
        if rest > 0 {
            self.console.say(said!("  …另有 {rest} 项", "  … and {rest} more"));
        }
        if all > 1 {
            self.console.say(said!("共 {all} 项", "{all} in all"));
        }
        Ok(())
    }

    /// The entry that says the same already, by the same person and as the last of each
    /// matter: the command was typed again, because nobody knew whether it had come through.
    fn entered_before(&self, by: &str, acts: &[Act]) -> Outcome<Option<u32>> {
        let mut entries = BTreeSet::new();
        for act in acts {
            let last = self.desk.task(act.matter())?.and_then(|task| task.trail.last().cloned());
            match last {
                Some(last) if last.act == *act && last.by == by => entries.insert(last.entry),
                _ => return Ok(None),
            };
        }
        Ok(entries.last().copied().filter(|_| entries.len() == 1))
    }

    /// Enters `acts` without a word.
    pub fn write(&mut self, by: &str, acts: Vec<Act>) -> Outcome<Entry> {
        let standing = self.standing()?;
        self.desk.enter(&self.lock, by, acts, self.now, &standing)
    }

    /// What acts are judged on.
    pub fn standing(&self) -> Outcome<Standing> {
        self.desk.standing(self.office)
    }
}

/// A reason as it can stand in the journal.
pub fn reason(text: &str) -> Outcome<String> {
    wording(&said!("原因", "the reason"), text).map_err(|problem| problem.at("--reason"))
}

/// The command that a matter waits for, as it stands.
pub fn next(task: &Task, many: bool) -> Said {
    if let Some((_, who)) = task.seats.iter().find(|(_, who)| stands_back(task, who)) {
        return instead(task, who);
    }
    let matter = if many { "…".to_owned() } else { task.matter.to_string() };
    match task.state {
        State::Pending if task.seats.is_empty() => said!(
            "派人：yaohao task assign {matter} --lead … --assistant … --by …",
            "send somebody: yaohao task assign {matter} --lead … --assistant … --by …"
        ),
        State::Pending => said!(
            "检查之后录入结果：yaohao result {matter} --on … --item … --by …",
            "after the visit its result: yaohao result {matter} --on … --item … --by …"
        ),
        State::Visited => said!(
            "送审：yaohao review submit {matter} --by …",
            "lay it before the reviewer: yaohao review submit {matter} --by …"
        ),
        State::InReview => match task.kind() {
            Kind::Penalty => said!(
                "法制员审核：yaohao review approve {matter} --by …，或 yaohao review return",
                "the legal reviewer decides: yaohao review approve {matter} --by …, or yaohao review return"
            ),
            _ => said!(
                "审核人审核：yaohao review approve {matter} --by …，或 yaohao review return",
                "the reviewer decides: yaohao review approve {matter} --by …, or yaohao review return"
            ),
        },
        State::Returned => match task.kind() {
            Kind::Penalty => said!(
                "改正后重新录入：yaohao penalty open --mend {matter} …，再送审",
                "mend it: yaohao penalty open --mend {matter} …, then submit it again"
            ),
            _ => said!(
                "改正后重新录入：yaohao result {matter} …，再送审",
                "mend it: yaohao result {matter} …, then submit it again"
            ),
        },
        State::Approved if !task.is_public => {
            said!("已办结，无须公示，没有了", "it is settled and not to be published; nothing")
        }
        State::Approved => said!(
            "等下一次结果公示：yaohao publish --by …",
            "it waits for the next publication of results: yaohao publish --by …"
        ),
        State::Published => said!("已公示，没有了", "it is published; nothing"),
        State::Closed => said!("已终结，没有了", "it is over; nothing"),
    }
}

/// Whether somebody must not go, by a decision of the head, and nobody goes instead yet.
fn stands_back(task: &Task, who: &str) -> bool {
    let granted = task.recusals.iter().any(|(about, granted)| about == who && *granted == Some(true));
    granted && task.state == State::Pending
}

/// How somebody else comes to go: nobody is chosen for a drawn visit.
fn instead(task: &Task, about: &str) -> Said {
    match &task.matter {
        Matter::Drawn { draw, unit } => said!(
            "换人：yaohao replace {unit} --absent {about} --reason recused --draw {draw}",
            "replace: yaohao replace {unit} --absent {about} --reason recused --draw {draw}"
        ),
        matter => said!(
            "另派人：yaohao task assign {matter} --lead … --assistant … --by …",
            "send somebody else: yaohao task assign {matter} --lead … --assistant … --by …"
        ),
    }
}

fn view(entry: &Entry, desk: &Desk) -> Value {
    let mut matters: Vec<&Matter> = entry.acts.iter().map(Act::matter).collect();
    matters.dedup();
    let matter = |matter: &&Matter| {
        let task = desk.task(matter).ok().flatten();
        json!({
            "matter": matter.to_string(),
            "state": task.as_ref().map(|task| task.state.key()),
            "acts": entry.acts.iter().filter(|act| act.matter() == *matter).map(Act::key).collect::<Vec<_>>(),
        })
    };
    json!({
        "entry": entry.number, "at": entry.at.to_string(), "by": entry.by, "hash": entry.id().to_string(),
        "matters": matters.iter().map(matter).collect::<Vec<_>>(),
    })
}
