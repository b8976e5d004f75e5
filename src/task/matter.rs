//! The number of a matter: a drawn visit, other work, a penalty.

use super::words::Kind;
use crate::ids::{DrawId, NotAnId, is_token};
use std::fmt;
use std::str::FromStr;

/// The number of a matter. `example/2026/001/91500112450533912J` is the visit that a draw
/// decided for a unit, `2026/complaint/0001` the first complaint of a year. No key of an
/// office begins with a digit, so the two cannot be taken for each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A unit of a draw.
    Drawn {
        /// The draw.
        draw: DrawId,
        /// The unit.
        unit: String,
    },
    /// Anything else, numbered by year and kind from 1.
    Numbered {
        /// The year in which it was entered.
        year: u16,
        /// What it is.
        kind: Kind,
        /// Number from 1.
        number: u32,
    },
}

impl Matter {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self {
            Matter::Drawn { .. } => Kind::Drawn,
            Matter::Numbered { kind, .. } => *kind,
        }
    }
}

impl fmt::Display for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Matter::Drawn { draw, unit } => write!(f, "{draw}/{unit}"),
            Matter::Numbered { year, kind, number } => write!(f, "{year:04}/{}/{number:04}", kind.key()),
        }
    }
}

impl FromStr for Matter {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut parts = text.splitn(4, '/');
        let mut next = || parts.next().ok_or(NotAnId);
        let (first, second, third) = (next()?, next()?, next()?);
        let matter = match parts.next() {
            Some(unit) if is_token(unit) => {
                let draw = format!("{first}/{second}/{third}").parse()?;
                Matter::Drawn { draw, unit: unit.to_owned() }
            }
            Some(_) => return Err(NotAnId),
            None => Matter::Numbered {
                year: first.parse().map_err(|_| NotAnId)?,
                kind: Kind::from_key(second).filter(|kind| *kind != Kind::Drawn).ok_or(NotAnId)?,
                number: third.parse().map_err(|_| NotAnId)?,
            },
        };
        let counted = !matches!(matter, Matter::Numbered { number: 0, .. });
        // One form only: printing must give back what was read.
        if counted && matter.to_string() == text { Ok(matter) } else { Err(NotAnId) }
    }
}
