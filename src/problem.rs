//! One shape for everything that can go wrong in front of a person: what
//! happened, where, and what to do about it.

use crate::lang::{Lang, Said};

/// The class of a problem; each has an exit code of its own (see
/// [`Kind::exit_code`]), so that scripts can tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A check of a published draw failed.
    Failed,
    /// The command line cannot be understood.
    Usage,
    /// A file is missing, cannot be read or written, or is not what it should be.
    Unreadable,
    /// Nothing is wrong yet, but not everything is there.
    Incomplete,
    /// A table of the register was refused.
    Register,
    /// The policy or the office's configuration is wrong.
    Policy,
    /// The draw asked for cannot lawfully be made (quotas, staffing).
    Obstacle,
    /// The step is not possible in the present state of the draw.
    State,
    /// What was typed at the ceremony is not acceptable.
    Ceremony,
    /// Nobody may stand in for an inspector who cannot go.
    Unfilled,
    /// The passphrase does not open the secret key.
    Passphrase,
    /// A log has signed two histories.
    Forked,
    /// A log is smaller than it was.
    RolledBack,
    /// A signature is missing or false.
    Unsigned,
    /// An entry of a log is not what is published.
    WrongEntry,
    /// An audit found something that should not be.
    Irregular,
    /// The program contradicts itself; nothing was written.
    Internal,
}

impl Kind {
    /// The process exit code: 1 failed, 2 usage, 3 unreadable, 4 incomplete,
    /// 5 register, 6 policy, 7 obstacle, 8 state, 9 ceremony, 10 unfilled,
    /// 11 passphrase, 12 forked, 13 rolled back, 14 unsigned, 15 wrong entry,
    /// 16 irregular, 70 internal.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Failed => 1,
            Kind::Usage => 2,
            Kind::Unreadable => 3,
            Kind::Incomplete => 4,
            Kind::Register => 5,
            Kind::Policy => 6,
            Kind::Obstacle => 7,
            Kind::State => 8,
            Kind::Ceremony => 9,
            Kind::Unfilled => 10,
            Kind::Passphrase => 11,
            Kind::Forked => 12,
            Kind::RolledBack => 13,
            Kind::Unsigned => 14,
            Kind::WrongEntry => 15,
            Kind::Irregular => 16,
            Kind::Internal => 70,
        }
    }
}

/// Something a person has to know and can act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Class, and with it the exit code.
    pub kind: Kind,
    /// File, line, unit or setting; empty where there is none.
    pub place: String,
    /// What is wrong and why.
    pub what: Said,
    /// What to do about it.
    pub remedy: Said,
}

impl Problem {
    /// A problem without a place; add one with [`Problem::at`].
    pub fn new(kind: Kind, what: Said, remedy: Said) -> Self {
        Problem { kind, place: String::new(), what, remedy }
    }

    /// The same problem at `place`.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }

    /// The text shown on standard error.
    pub fn to(&self, lang: Lang) -> String {
        let (error, fix) = match lang {
            Lang::Zh => ("错误：", "办法："),
            Lang::En => ("error: ", "what to do: "),
        };
        let place = if self.place.is_empty() { String::new() } else { format!("{}: ", self.place) };
        format!("{error}{place}{}\n{fix}{}", self.what.to(lang), self.remedy.to(lang))
    }
}

/// The result of everything that people call.
pub type Outcome<T> = Result<T, Problem>;
