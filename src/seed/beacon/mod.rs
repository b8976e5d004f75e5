//! Public events that nobody in the room controls: dice and balls at a
//! ceremony, the numbers of a state lottery, a pulse of drand.
//!
//! All beacons of a commitment are combined; there is no list of fallbacks,
//! because a fallback is a second try.

mod bls;
mod brought;
mod drand;
mod entropy;
mod lottery;
mod outcome;

pub use bls::{is_signed, is_signed_by};
pub use drand::{ChainFacts, DrandChain, FIRST_ROUND, Pulse};
pub use lottery::Lottery;
pub use outcome::{Outcome, Shown};

use crate::lang::{Said, counted};
use crate::said;
use crate::time::{Date, Moment};
use std::fmt;
use std::str::FromStr;

/// What a commitment demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beacon {
    /// `rolls` rolls of a die with `sides` faces, in the order rolled. Ten-sided
    /// dice are read 0–9, all others 1–`sides`.
    Dice {
        /// Faces of the die, 2 to 100.
        sides: u32,
        /// Number of rolls.
        rolls: u32,
    },
    /// `count` balls drawn without replacement from balls 1–`of`, in the order drawn.
    Balls {
        /// Balls in the drum.
        of: u32,
        /// Balls drawn.
        count: u32,
    },
    /// One issue of a lottery; issue and day are fixed by the commitment.
    Lottery {
        /// The game.
        game: Lottery,
        /// 期号, such as 2026135.
        issue: u32,
        /// The civil date of the drawing.
        date: Date,
    },
    /// One pulse of drand; the round is fixed by the commitment.
    Drand {
        /// The chain.
        chain: DrandChain,
        /// The round, from [`FIRST_ROUND`].
        round: u32,
    },
}

/// Why numbers or a pulse are not an outcome of a beacon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub Said);

impl Beacon {
    /// Whether the event lies outside the room (a lottery, a pulse), so that the
    /// nonces are opened before it; dice and balls come before the nonces.
    pub fn is_external(&self) -> bool {
        matches!(self, Beacon::Lottery { .. } | Beacon::Drand { .. })
    }

    /// Whether its outcome proves itself, so that one person may bring it in.
    pub fn proves_itself(&self) -> bool {
        matches!(self, Beacon::Drand { .. })
    }

    /// When an event outside the room is due; `None` for dice and balls.
    pub fn moment(&self) -> Option<Moment> {
        match *self {
            Beacon::Dice { .. } | Beacon::Balls { .. } => None,
            Beacon::Lottery { game, date, .. } => game.moment(date),
            Beacon::Drand { chain, round } => chain.time(round),
        }
    }

    /// Whether its text has the one form of a beacon: dice of 2 to 100 sides rolled
    /// 1 to 200 times; 2 to 1000 balls, not all of them drawn; an issue with a
    /// number; a round that signs no genesis.
    pub fn is_sound(&self) -> bool {
        match *self {
            Beacon::Dice { sides, rolls } => (2..=100).contains(&sides) && (1..=200).contains(&rolls),
            Beacon::Balls { of, count } => (2..=1000).contains(&of) && (1..of).contains(&count),
            Beacon::Lottery { issue, .. } => issue > 0,
            Beacon::Drand { round, .. } => round >= FIRST_ROUND,
        }
    }

    /// Whether there can be such an event: an issue that can be drawn on its day.
    ///
    /// # Errors
    /// What does not fit.
    pub fn can_take_place(&self) -> Result<(), Refusal> {
        match *self {
            Beacon::Lottery { game, issue, date } => game.fits(issue, date),
            _ => Ok(()),
        }
    }

    /// Whole bits of entropy, rounded down: the largest b with 2^b ≤ number of
    /// outcomes; of a pulse what it takes to forge one.
    pub fn bits(&self) -> u32 {
        match *self {
            Beacon::Dice { sides, rolls } => entropy::power_bits(sides, rolls),
            Beacon::Balls { of, count } => entropy::falling_bits(of, count),
            Beacon::Lottery { game, .. } => game.bits(),
            Beacon::Drand { .. } => DrandChain::BITS,
        }
    }
}

impl Beacon {
    /// The event in words.
    pub fn said(&self) -> Said {
        match self {
            Beacon::Dice { sides, rolls } => {
                let times = counted(*rolls, "roll");
                said!("{sides} 面骰 {rolls} 次", "{times} of a die with {sides} faces")
            }
            Beacon::Balls { of, count } => said!("{of} 球摇出 {count} 个", "{count} of {of} balls"),
            Beacon::Lottery { game, issue, date } => {
                let (zh, key) = (game.zh(), game.key());
                said!("{zh}第 {issue} 期（{date}）", "issue {issue} of {key} ({date})")
            }
            Beacon::Drand { chain, round } => {
                let key = chain.key();
                said!("drand {key} 链第 {round} 轮", "round {round} of drand {key}")
            }
        }
    }
}

impl fmt::Display for Beacon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Beacon::Dice { sides, rolls } => write!(f, "dice {sides} {rolls}"),
            Beacon::Balls { of, count } => write!(f, "balls {of} {count}"),
            Beacon::Lottery { game, issue, date } => write!(f, "lottery {} {issue} {date}", game.key()),
            Beacon::Drand { chain, round } => write!(f, "drand {} {round}", chain.key()),
        }
    }
}

impl FromStr for Beacon {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let unknown = || Refusal(said!("不认识的信标：{text}", "unknown beacon: {text}"));
        let number = |word: &str| word.parse::<u32>().map_err(|_| unknown());
        let beacon = match text.split(' ').collect::<Vec<_>>()[..] {
            ["dice", sides, rolls] => Beacon::Dice { sides: number(sides)?, rolls: number(rolls)? },
            ["balls", of, count] => Beacon::Balls { of: number(of)?, count: number(count)? },
            ["lottery", game, issue, date] => Beacon::Lottery {
                game: Lottery::from_key(game).ok_or_else(unknown)?,
                issue: number(issue)?,
                date: date.parse().map_err(|_| unknown())?,
            },
            ["drand", chain, round] => Beacon::Drand {
                chain: DrandChain::from_key(chain).ok_or_else(unknown)?,
                round: number(round)?,
            },
            _ => return Err(unknown()),
        };
        if beacon.to_string() == text && beacon.is_sound() { Ok(beacon) } else { Err(unknown()) }
    }
}
