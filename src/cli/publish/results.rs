//! The results that passed the review (审核通过，待公示): written into the next list, and
//! entered as published once the log has it.
//!
//! The list is durable first, then it is logged, then the journal says so. What a crash
//! leaves undone the next `publish --by` finds: a line that stands in a list is not
//! written twice, and what nobody has entered as published is entered then.

use super::told;
use crate::cli::console::Console;
use crate::cli::journal;
use crate::clock;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Current, Due, Journalled, Link, ResultLine, Results, due};
use crate::said;
use crate::store::{Desk, JOURNAL, Office, ResultLists, Stage};
use crate::task::{self, Act, Entry, Ledger, Matter};
use crate::time::Moment;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is to be published, on what.
pub struct Ready {
    desk: Desk,
    ledger: Ledger,
    lists: ResultLists,
    now: Moment,
    /// What is to be published.
    pub due: Due,
}

/// Looks what is to be published; `None` where nobody has ever entered an act.
pub fn ready(office: &Office, console: &Console) -> Outcome<Option<Ready>> {
    if !office.path(JOURNAL).exists() {
        return Ok(None);
    }
    let (desk, lists, now) = (journal::open(office, console)?, ResultLists::load(office)?, clock::now());
    let ledger = desk.ledger()?;
    let listed = ledger.tasks.values().flat_map(|task| &task.published).max().copied().unwrap_or_default();
    if listed >= lists.next() {
        return Err(lost(listed));
    }
    let due = due(&ledger, &public(office, now)?, &Current::of(&lists.lists));
    Ok(Some(Ready { desk, ledger, lists, now, due }))
}

/// The draws whose results are public.
fn public(office: &Office, now: Moment) -> Outcome<BTreeSet<DrawId>> {
    let (policy, _) = office.policy()?;
    let mut public = BTreeSet::new();
    for folder in office.draws(&policy.office)? {
        if folder.stage()? != Stage::Recorded {
            continue;
        }
        let files = folder.files()?;
        let document = files.get(record::OPEN).or_else(|| files.get(record::RECORD));
        // A clock that was set back would make a list older than what it speaks of.
        if document.and_then(Link::of).is_some_and(|link| link.at <= now) {
            public.insert(folder.id);
        }
    }
    Ok(public)
}

impl Ready {
    /// Says what would be published, line by line.
    pub fn preview(&self, console: &Console) {
        let number = self.lists.next();
        self.say_held(console);
        if self.due.lines.is_empty() {
            console.say(said!("没有待公示的结果", "Nothing waits to be published."));
            return;
        }
        let Said { zh, en } = counted(&self.due);
        console.say(said!(
            "将写入第 {number} 份公示清单：{zh}。清单一旦公布不能更改；逐项如下（原文见 --json）：",
            "To be written into list {number}: {en}. A list never changes once it is published. Line by line (as it will stand there: --json):"
        ));
        for line in &self.due.lines {
            let Said { zh, en } = told::line(line, &self.ledger);
            console.say(said!("  {zh}", "  {en}"));
        }
    }

    /// Writes the next list, if there is something for it; its number.
    ///
    /// # Errors
    /// [`Kind::State`] if `by` may not enter it as published, or the clock is behind;
    /// then nothing was written.
    pub fn write(&mut self, office: &Office, by: &str, console: &Console) -> Outcome<Option<u32>> {
        self.say_held(console);
        let number = self.lists.next();
        if self.due.lines.is_empty() {
            return Ok(None);
        }
        let acts = self.due.matters.iter().map(|matter| (matter.clone(), number));
        self.may_be_entered(office, by, acts.collect())?;
        let (head, last) = (self.desk.head()?, self.lists.lists.last());
        if last.is_some_and(|last| self.now < last.at) {
            return Err(clock_behind());
        }
        let hash = head.hash.ok_or_else(clock_behind)?;
        let after = last.map(Results::hash);
        let (policy, _) = office.policy()?;
        let salt = self.lists.salt(number, clock::entropy())?;
        let list = Results {
            office: policy.office,
            number,
            after,
            at: self.now,
            journal: Journalled::new(head.number, hash, &salt),
            lines: self.due.lines.clone(),
        };
        self.lists.add(list.in_order())?;
        let (file, Said { zh, en }) = (Results::file(number), counted(&self.due));
        console.say(said!(
            "公示清单：public/results/{file} 已写好（{zh}）",
            "Results: public/results/{file} is written ({en})"
        ));
        Ok(Some(number))
    }

    /// Whether the journal will take these acts, before anything is public.
    fn may_be_entered(&self, office: &Office, by: &str, listed: Vec<(Matter, u32)>) -> Outcome<()> {
        let head = self.desk.head()?;
        if head.at.is_some_and(|before| self.now < before) {
            return Err(clock_behind());
        }
        let (number, acts) = (head.number + 1, acts(listed));
        if acts.is_empty() {
            return Ok(());
        }
        let entry = Entry { number, after: head.hash, at: self.now, by: by.to_owned(), acts };
        let standing = self.desk.standing(office)?;
        task::judge(&entry, self.desk.ledger()?, &standing).map_err(|mut refusals| {
            // What is wrong with all of them alike is wrong with who publishes.
            if refusals.iter().all(|refusal| refusal.what == refusals[0].what) {
                refusals.truncate(1);
            }
            task::refused(&refusals)
        })
    }

    /// Enters as published whatever stands in a list; how many matters.
    pub fn enter(mut self, office: &Office, lock: &std::fs::File, by: &str) -> Outcome<usize> {
        let acts = acts(std::mem::take(&mut self.due.unentered));
        let count = acts.len();
        if count > 0 {
            let standing = self.desk.standing(office)?;
            self.desk.enter(lock, by, acts, self.now, &standing)?;
        }
        Ok(count)
    }

    /// Says that something waits for somebody to publish it.
    pub fn remind(&self, console: &Console) {
        self.say_held(console);
        if self.due.is_empty() {
            return;
        }
        let count = self.due.lines.len() + self.due.unentered.len();
        console.say(said!(
            "公示清单：有 {count} 项待公示。先用 yaohao publish --dry-run 看清楚，再用 yaohao publish --by 工号 公示",
            "Results: {count} wait to be published. Look at them with yaohao publish --dry-run, then run yaohao publish --by NUMBER"
        ));
    }

    fn say_held(&self, console: &Console) {
        let count = self.due.held.len();
        if count > 0 {
            console.say(said!(
                "公示清单：另有 {count} 项审核通过，但抽取结果还没有公开，或所复查的结果还没有公示，先不公示",
                "Results: {count} more passed the review and wait until the result of their draw, or what they look at again, is public"
            ));
        }
    }

    /// What waits, for programs.
    pub fn data(&self) -> Value {
        let lines = sorted(&self.due.lines);
        json!({ "list": self.lists.next(), "lines": lines, "held": self.due.held.len() })
    }
}

fn sorted(lines: &[ResultLine]) -> Vec<String> {
    let mut lines: Vec<String> = lines.iter().map(ResultLine::line).collect();
    lines.sort();
    lines
}

fn acts(listed: Vec<(Matter, u32)>) -> Vec<Act> {
    listed.into_iter().map(|(matter, list)| Act::Published { matter, list }).collect()
}

fn counted(due: &Due) -> Said {
    let [results, closed, again, penalties] = due.counts();
    said!(
        "检查结果 {results} 项，终结 {closed} 项，复查 {again} 项，行政处罚 {penalties} 项",
        "{results} results, {closed} closed, {again} second looks, {penalties} penalties"
    )
}

fn clock_behind() -> Problem {
    Problem::new(
        Kind::State,
        said!(
            "电脑时钟早于上一份公示清单或台账的最后一条",
            "the clock is before the last list of results, or the last entry of the journal"
        ),
        said!("校准电脑时钟后重试", "set the clock right and try again"),
    )
}

fn lost(number: u32) -> Problem {
    Problem::new(
        Kind::State,
        said!(
            "台账说公示过第 {number} 份清单，public/results 里没有",
            "the journal knows of list {number}, which is not in public/results"
        ),
        said!("从备份恢复 public/results", "restore public/results from a backup"),
    )
    .at("public/results")
}
