//! What a beacon showed: numbers, or a signed pulse.

use super::brought::{self, unsigned};
use super::{Beacon, Pulse, Refusal, is_signed};
use crate::digest::unhex_any;
use crate::said;
use std::fmt;
use std::str::FromStr;

/// What can be seen of a beacon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Numbers of dice, balls or a lottery, in the order that the beacon defines.
    Numbers(Vec<u32>),
    /// A pulse of drand.
    Pulse(Pulse),
}

/// A beacon together with what it showed. It has the form of an outcome; whether
/// it can be one, [`Outcome::check`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The beacon demanded.
    pub beacon: Beacon,
    /// What it showed.
    pub shown: Shown,
}

impl Outcome {
    /// The numbers; none of a pulse.
    pub fn numbers(&self) -> &[u32] {
        match &self.shown {
            Shown::Numbers(numbers) => numbers,
            Shown::Pulse(_) => &[],
        }
    }

    /// Whether the beacon can have shown this: count, range and order of numbers,
    /// or the signature of the round.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self) -> Result<(), Refusal> {
        self.beacon.check(&self.shown)
    }
}

impl Beacon {
    /// Reads what a person types or brings. Numbers are separated by spaces or
    /// commas; for dice with up to ten sides also one run of digits, such as
    /// `3141592653`. A pulse is JSON of drand's API, or plain text.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(&self, typed: &str) -> Result<Outcome, Refusal> {
        if let Beacon::Drand { chain, round } = *self {
            let pulse = brought::read(chain, round, typed)?;
            return Ok(Outcome { beacon: self.clone(), shown: Shown::Pulse(pulse) });
        }
        let separators = |c: char| c.is_whitespace() || ",，、+;；".contains(c);
        let mut words: Vec<String> = typed.split(separators).map(str::to_owned).collect();
        words.retain(|word| !word.is_empty());
        if let Beacon::Dice { sides: 2..=10, .. } = self {
            words = words.concat().chars().map(String::from).collect();
        }
        let number = |word: &String| {
            let bad = || Refusal(said!("“{word}”不是数字", "\"{word}\" is not a number"));
            word.parse().map_err(|_| bad())
        };
        let numbers = words.iter().map(number).collect::<Result<Vec<u32>, _>>()?;
        self.check_numbers(&numbers)?;
        Ok(Outcome { beacon: self.clone(), shown: Shown::Numbers(numbers) })
    }

    /// Whether the beacon can show this.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, shown: &Shown) -> Result<(), Refusal> {
        match (self, shown) {
            (&Beacon::Drand { chain, round }, Shown::Pulse(pulse)) => match is_signed(chain, round, pulse) {
                true => Ok(()),
                false => Err(unsigned(chain, round)),
            },
            (Beacon::Drand { .. }, Shown::Numbers(_)) => {
                Err(Refusal(said!("drand 的结果是签名，不是号码", "drand shows a signature, not numbers")))
            }
            (_, Shown::Pulse(_)) => Err(Refusal(said!(
                "这个事件的结果是号码，不是签名",
                "this event shows numbers, not a signature"
            ))),
            (_, Shown::Numbers(numbers)) => self.check_numbers(numbers),
        }
    }

    /// The groups of the numbers: how many, from what, to what.
    fn groups(&self) -> Vec<(u32, u32, u32)> {
        match *self {
            Beacon::Dice { sides: 10, rolls } => vec![(rolls, 0, 9)],
            Beacon::Dice { sides, rolls } => vec![(rolls, 1, sides)],
            Beacon::Balls { of, count } => vec![(count, 1, of)],
            Beacon::Lottery { game, .. } => game.groups().iter().map(|(n, to)| (*n, 1, *to)).collect(),
            Beacon::Drand { .. } => Vec::new(),
        }
    }

    fn check_numbers(&self, numbers: &[u32]) -> Result<(), Refusal> {
        let groups = self.groups();
        let (wanted, got) = (groups.iter().map(|g| g.0).sum::<u32>(), numbers.len());
        if got != wanted as usize {
            return Err(Refusal(said!(
                "要 {wanted} 个数，给了 {got} 个",
                "{wanted} numbers wanted, {got} given"
            )));
        }
        let mut rest = numbers;
        for (count, from, to) in groups {
            let (group, after) = rest.split_at(count as usize);
            rest = after;
            if let Some(n) = group.iter().find(|n| !(from..=to).contains(n)) {
                return Err(Refusal(said!("{n} 不在 {from}–{to} 之内", "{n} is not within {from}–{to}")));
            }
            self.check_order(group)?;
        }
        Ok(())
    }

    fn check_order(&self, group: &[u32]) -> Result<(), Refusal> {
        let rising = group.windows(2).all(|pair| pair[0] < pair[1]);
        let mut sorted = group.to_vec();
        sorted.sort_unstable();
        let distinct = sorted.windows(2).all(|pair| pair[0] != pair[1]);
        match self {
            Beacon::Balls { .. } if !distinct => {
                Err(Refusal(said!("同一个球号出现了两次", "the same ball appears twice")))
            }
            Beacon::Lottery { .. } if !rising => Err(Refusal(said!(
                "彩票号码须从小到大、不重复地写",
                "lottery numbers are written in rising order without repetition"
            ))),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} :", self.beacon)?;
        match &self.shown {
            Shown::Numbers(numbers) => numbers.iter().try_for_each(|n| write!(f, " {n}")),
            Shown::Pulse(pulse) => write!(f, " {pulse}"),
        }
    }
}

impl FromStr for Outcome {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let unknown = || Refusal(said!("不是信标结果：{text}", "not a beacon's outcome: {text}"));
        let (beacon, shown) = text.split_once(" : ").ok_or_else(unknown)?;
        let beacon: Beacon = beacon.parse()?;
        let words = shown.split(' ');
        let shown = match beacon {
            Beacon::Drand { chain, .. } => {
                let mut parts = words.map(unhex_any).collect::<Result<Vec<_>, _>>().map_err(|_| unknown())?;
                let signature = parts.pop().ok_or_else(unknown)?;
                let pulse = Pulse { previous: parts.pop(), signature };
                let whole = parts.is_empty() && pulse.has_form_of(chain);
                whole.then_some(Shown::Pulse(pulse)).ok_or_else(unknown)?
            }
            _ => {
                let numbers: Result<Vec<u32>, _> = words.map(str::parse).collect();
                Shown::Numbers(numbers.map_err(|_| unknown())?)
            }
        };
        let outcome = Outcome { beacon, shown };
        if outcome.to_string() == text { Ok(outcome) } else { Err(unknown()) }
    }
}
