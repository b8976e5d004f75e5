//! What an audit found, and the row of every number.

use super::{Ground, State};
use crate::digest::Digest;
use crate::lang::Said;
use crate::time::Moment;
use crate::verify::{Status, Verdict};
use std::collections::BTreeSet;

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The draw in the folder of this place, see [`Report::folders`].
    Draw(usize),
    /// A number, or several in a row, of which there is no folder.
    Number(String),
    /// A file of the log, or the log as a whole.
    Log(String),
    /// A file of the folder `results`.
    Results(String),
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub place: Place,
    /// The state that it puts the number into.
    pub state: Option<State>,
    /// Whether it should not be.
    pub fault: bool,
    /// What was found, with the evidence.
    pub evidence: Said,
}

impl Finding {
    /// Something that should not be.
    pub fn fault(place: Place, evidence: Said) -> Finding {
        Finding { place, state: None, fault: true, evidence }
    }

    /// Something worth knowing.
    pub fn note(place: Place, evidence: Said) -> Finding {
        Finding { place, state: None, fault: false, evidence }
    }

    /// The same, which puts the number into a state.
    pub fn with(self, state: State) -> Finding {
        Finding { state: Some(state), ..self }
    }
}

/// One check over the whole history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Permanent number, such as `A13`.
    pub id: &'static str,
    /// Permanent name, such as `closings`.
    pub name: &'static str,
    /// What it asks, for people.
    pub title: Said,
    /// Fails if something was found that should not be.
    pub status: Status,
    /// What was looked at.
    pub evidence: Said,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// A number of the office's draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number; of several missing ones in a row the first and the last; of a
    /// folder that tells none, `-`.
    pub draw: String,
    /// The folder's name; empty if there is none.
    pub folder: String,
    /// What the number has come to, worst first; never empty.
    pub states: Vec<State>,
    /// Hash of the commitment.
    pub commitment: Option<Digest>,
    /// What `verify` says.
    pub verdict: Option<Verdict>,
    /// The checks of `verify` that fail.
    pub failed: Vec<&'static str>,
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The moment by which deadlines were judged.
    pub now: Moment,
    /// Names of the folders, by which [`Place::Draw`] counts.
    pub folders: Vec<String>,
    /// Every number, in order.
    pub rows: Vec<Row>,
    /// All checks, in order.
    pub checks: Vec<Check>,
}

impl Report {
    /// Whether nothing was found that should not be.
    pub fn is_clean(&self) -> bool {
        self.checks.iter().all(|check| check.status != Status::Fail)
    }
}

/// The row of every folder, and of every number that has none.
pub(super) fn rows(ground: &Ground<'_>, checks: &[Check]) -> Vec<Row> {
    let found: Vec<&Finding> = checks.iter().flat_map(|check| &check.findings).collect();
    let states = |place: &Place| -> BTreeSet<State> {
        found.iter().filter(|finding| finding.place == *place).filter_map(|finding| finding.state).collect()
    };
    let mut rows: Vec<(_, Row)> = Vec::new();
    for (index, case) in ground.cases.iter().enumerate() {
        let mut states = states(&Place::Draw(index));
        states.extend(case.life());
        if states.contains(&State::Overdue) {
            states.remove(&State::Open);
        }
        let report = case.report.as_ref();
        let checks = report.into_iter().flat_map(|report| &report.checks);
        let row = Row {
            draw: case.shown(),
            folder: case.name.to_owned(),
            states: states.into_iter().collect(),
            commitment: report.and_then(|report| report.commitment),
            verdict: report.map(|report| report.verdict),
            failed: checks.filter(|check| check.status == Status::Fail).map(|check| check.id).collect(),
        };
        rows.push((case.shown(), row));
    }
    let missing: BTreeSet<&Place> = found
        .iter()
        .map(|finding| &finding.place)
        .filter(|place| matches!(place, Place::Number(_)))
        .collect();
    for place in missing {
        let Place::Number(number) = place else { continue };
        let row = Row {
            draw: number.clone(),
            folder: String::new(),
            states: states(place).into_iter().collect(),
            commitment: None,
            verdict: None,
            failed: Vec::new(),
        };
        rows.push((number.clone(), row));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into_iter().map(|(_, row)| row).collect()
}
