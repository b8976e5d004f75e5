//! What a log policy makes of a note: has the log signed, who has cosigned when,
//! and are they enough.

use super::key::{Found, Verified, VerifierKey};
use super::policy::{Group, LogPolicy, Member};
use super::signed::Note;
use crate::time::Moment;

/// Whether enough witnesses have cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quorum {
    /// The policy asks for none.
    NotAsked,
    /// Enough, since this moment: of a group of k, the k-th smallest time.
    Reached(Moment),
    /// Too few.
    Missing,
}

impl Quorum {
    /// Whether the policy is satisfied.
    pub fn is_reached(self) -> bool {
        self != Quorum::Missing
    }

    /// When enough witnesses had seen it; `None` if too few did, or none were asked for.
    pub fn time(self) -> Option<Moment> {
        match self {
            Quorum::Reached(time) => Some(time),
            Quorum::NotAsked | Quorum::Missing => None,
        }
    }
}

/// A witness that has cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// What the policy calls it.
    pub name: String,
    /// Its key, by which it is known whatever a policy calls it.
    pub key: VerifierKey,
    /// When, by its clock.
    pub time: Moment,
}

/// What a policy says of one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether a log of the policy has signed, and the text begins with that log's name.
    pub log_signed: bool,
    /// The witnesses that cosigned.
    pub witnesses: Vec<Vouched>,
    /// Whether they are enough.
    pub quorum: Quorum,
    /// Logs and witnesses whose key is named below the note but did not sign this text.
    pub forged: Vec<String>,
}

impl Judgement {
    /// Whether the checkpoint is to be believed: signed by the log, cosigned by
    /// enough, and with no line that a known key did not make.
    pub fn is_accepted(&self) -> bool {
        self.log_signed && self.quorum.is_reached() && self.forged.is_empty()
    }
}

impl LogPolicy {
    /// Judges a checkpoint. It says nothing of whether the text is one: read it
    /// with [`super::Checkpoint::read`].
    pub fn judge(&self, note: &Note) -> Judgement {
        let origin = note.text().split('\n').next();
        let mut judgement = self.judge_witnesses(note);
        for log in self.logs() {
            match log.key.find(note) {
                Found::Signed(_) => judgement.log_signed |= origin == Some(log.key.name()),
                Found::Forged => judgement.forged.push(log.name.clone()),
                Found::Nothing => {}
            }
        }
        judgement
    }

    /// The same without the logs: for documents that are no checkpoints.
    pub(super) fn judge_witnesses(&self, note: &Note) -> Judgement {
        let (mut witnesses, mut forged) = (Vec::new(), Vec::new());
        let mut times: Vec<Option<Moment>> = Vec::new();
        for witness in self.witnesses() {
            let found = witness.key.find(note);
            let time = match found {
                Found::Signed(Verified { time }) => time,
                Found::Nothing | Found::Forged => None,
            };
            let (name, key) = (&witness.name, &witness.key);
            witnesses.extend(time.map(|time| Vouched { name: name.clone(), key: key.clone(), time }));
            forged.extend((found == Found::Forged).then(|| witness.name.clone()));
            times.push(time);
        }
        Judgement { log_signed: false, witnesses, quorum: self.quorum_of(&times), forged }
    }

    fn quorum_of(&self, times: &[Option<Moment>]) -> Quorum {
        // Groups refer to what stands above them only: in their order none is missing.
        let mut groups: Vec<Option<Moment>> = Vec::new();
        for group in self.groups() {
            let time = of_group(group, times, &groups);
            groups.push(time);
        }
        match self.quorum.map(|member| time_of(member, times, &groups)) {
            None => Quorum::NotAsked,
            Some(None) => Quorum::Missing,
            Some(Some(time)) => Quorum::Reached(time),
        }
    }
}

fn time_of(member: Member, witnesses: &[Option<Moment>], groups: &[Option<Moment>]) -> Option<Moment> {
    match member {
        Member::Witness(at) => *witnesses.get(at)?,
        Member::Group(at) => *groups.get(at)?,
    }
}

fn of_group(group: &Group, witnesses: &[Option<Moment>], groups: &[Option<Moment>]) -> Option<Moment> {
    let members = group.members.iter();
    let mut times: Vec<Moment> = members.filter_map(|member| time_of(*member, witnesses, groups)).collect();
    times.sort_unstable();
    times.get(group.threshold.checked_sub(1)?).copied()
}
