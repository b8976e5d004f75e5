//! What the tasks themselves do not say: late changes of the draw, and last days by the
//! working calendar.

use crate::problem::Outcome;
use crate::record::{Commit, ReplaceFile, Replacement};
use crate::store::{DrawFolder, Office, opened};
use crate::task::{Kind, Matter, State, Task};
use crate::time::Date;
use std::collections::BTreeMap;

/// How often somebody else was named for a drawn visit. That the texts are whole was
/// judged when the desk was opened.
pub fn late_changes(folder: &DrawFolder, commit: &Commit) -> Outcome<BTreeMap<Matter, u32>> {
    let files = opened(folder, commit)?;
    let mut changes = BTreeMap::new();
    for number in 1..=folder.replacements()?.1 {
        let text = files.get(&ReplaceFile::Result.name(number)).unwrap_or_default();
        if let Ok(change) = Replacement::read(text) {
            let matter = Matter::Drawn { draw: folder.id.clone(), unit: change.team.unit };
            *changes.entry(matter).or_default() += 1;
        }
    }
    Ok(changes)
}

/// Days after which a complaint must have been looked into (消防监督检查规定 Art 18).
const COMPLAINT: u32 = 3;

/// The last day of every complaint that nobody has looked into. One that reaches into a
/// year that nobody has announced gets none, and the order says the rule instead.
pub fn last_days(office: &Office, tasks: &[Task]) -> Outcome<BTreeMap<Matter, Date>> {
    let opened = tasks.iter().filter(|task| task.kind() == Kind::Complaint && task.state == State::Pending);
    let waiting = opened.filter_map(|task| task.opened.as_ref()).filter(|opened| !opened.urgent);
    let mut waiting = waiting.peekable();
    if waiting.peek().is_none() {
        return Ok(BTreeMap::new());
    }
    let calendar = office.calendar()?;
    let last = |opened: &crate::task::Opened| {
        let day = calendar.plus_working_days(opened.received.date_in_china(), COMPLAINT).ok()?;
        Some((opened.matter.clone(), day))
    };
    Ok(waiting.filter_map(last).collect())
}
