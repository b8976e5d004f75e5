//! Public events that nobody in the room controls: dice and balls at a
//! ceremony, and the numbers of a state lottery.
//!
//! All beacons of a commitment are combined; there is no list of fallbacks,
//! because a fallback is a second try.

use crate::lang::Said;
use crate::said;
use crate::vocabulary;
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
    /// One issue of a lottery; the issue is fixed by the commitment.
    Lottery {
        /// The game.
        game: Lottery,
        /// 期号, such as 2026135.
        issue: u32,
    },
}

vocabulary! {
    /// The lotteries whose numbers can serve.
    Lottery {
        /// 6 of 33 red balls and 1 of 16 blue balls, 24.1 bits.
        Ssq = "ssq", "双色球";
        /// 20 of 80, 61.6 bits.
        Kl8 = "kl8", "快乐8";
        /// 5 of 35 and 2 of 12, 24.3 bits.
        Dlt = "dlt", "大乐透";
    }
}

impl Lottery {
    /// The ascending groups of a result: (how many numbers, from 1 to what).
    fn groups(self) -> &'static [(u32, u32)] {
        match self {
            Lottery::Ssq => &[(6, 33), (1, 16)],
            Lottery::Kl8 => &[(20, 80)],
            Lottery::Dlt => &[(5, 35), (2, 12)],
        }
    }
}

/// Why numbers are not an outcome of a beacon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub Said);

/// A beacon together with what it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The beacon demanded.
    pub beacon: Beacon,
    /// Its numbers, in the order that the beacon defines.
    pub numbers: Vec<u32>,
}

impl Beacon {
    /// Whether the event lies outside the room (a lottery), so that the nonces
    /// are opened before it; dice and balls come before the nonces.
    pub fn is_external(&self) -> bool {
        matches!(self, Beacon::Lottery { .. })
    }

    /// Whether there can be such an event: dice of 2 to 100 sides rolled 1 to 200
    /// times; 2 to 1000 balls, not all of them drawn; an issue with a number.
    pub fn is_sound(&self) -> bool {
        match *self {
            Beacon::Dice { sides, rolls } => (2..=100).contains(&sides) && (1..=200).contains(&rolls),
            Beacon::Balls { of, count } => (2..=1000).contains(&of) && (1..of).contains(&count),
            Beacon::Lottery { issue, .. } => issue > 0,
        }
    }

    /// Whole bits of entropy, rounded down: the largest b with 2^b ≤ number of outcomes.
    pub fn bits(&self) -> u32 {
        match *self {
            Beacon::Dice { sides, rolls } => power_bits(sides, rolls),
            Beacon::Balls { of, count } => falling_bits(of, count),
            Beacon::Lottery { game: Lottery::Ssq | Lottery::Dlt, .. } => 24,
            Beacon::Lottery { game: Lottery::Kl8, .. } => 61,
        }
    }

    /// Reads the numbers typed by a person: separated by spaces or commas; for
    /// ten-sided dice also one run of digits, such as `3141592653`.
    pub fn read(&self, typed: &str) -> Result<Outcome, Refusal> {
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
        self.check(&numbers)?;
        Ok(Outcome { beacon: self.clone(), numbers })
    }

    /// Whether `numbers` is an outcome of this beacon: count, range, order.
    pub fn check(&self, numbers: &[u32]) -> Result<(), Refusal> {
        let groups: Vec<(u32, u32, u32)> = match *self {
            Beacon::Dice { sides: 10, rolls } => vec![(rolls, 0, 9)],
            Beacon::Dice { sides, rolls } => vec![(rolls, 1, sides)],
            Beacon::Balls { of, count } => vec![(count, 1, of)],
            Beacon::Lottery { game, .. } => game.groups().iter().map(|(n, to)| (*n, 1, *to)).collect(),
        };
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

/// floor(log2(base^exponent)).
fn power_bits(base: u32, exponent: u32) -> u32 {
    // A die with one face says nothing, however often it is rolled.
    if base < 2 { 0 } else { product_bits((0..exponent).map(|_| base)) }
}

/// floor(log2(of · (of−1) · … ·(of−count+1))).
fn falling_bits(of: u32, count: u32) -> u32 {
    product_bits((0..count).map(|i| of.saturating_sub(i)))
}

/// floor(log2) of a product, kept exact while it fits 128 bits; factors beyond
/// that are counted with their floor, so that the figure is never too high. It
/// stops far above what any rule asks for: a commitment may demand anything.
fn product_bits(factors: impl Iterator<Item = u32>) -> u32 {
    let (mut product, mut bits) = (1u128, 0);
    for factor in factors {
        if bits > 100_000 {
            return bits;
        }
        if factor == 0 {
            return 0;
        }
        let factor = u128::from(factor);
        product = product.checked_mul(factor).unwrap_or_else(|| {
            bits += product.ilog2();
            factor
        });
    }
    bits + product.ilog2()
}

impl fmt::Display for Beacon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Beacon::Dice { sides, rolls } => write!(f, "dice {sides} {rolls}"),
            Beacon::Balls { of, count } => write!(f, "balls {of} {count}"),
            Beacon::Lottery { game, issue } => write!(f, "lottery {} {issue}", game.key()),
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
            ["lottery", game, issue] => {
                Beacon::Lottery { game: Lottery::from_text(game).ok_or_else(unknown)?, issue: number(issue)? }
            }
            _ => return Err(unknown()),
        };
        if beacon.to_string() == text && beacon.is_sound() { Ok(beacon) } else { Err(unknown()) }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} :", self.beacon)?;
        self.numbers.iter().try_for_each(|n| write!(f, " {n}"))
    }
}

impl FromStr for Outcome {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let unknown = || Refusal(said!("不是信标结果：{text}", "not a beacon's outcome: {text}"));
        let (beacon, numbers) = text.split_once(" : ").ok_or_else(unknown)?;
        let beacon: Beacon = beacon.parse()?;
        let numbers: Result<Vec<u32>, _> = numbers.split(' ').map(str::parse).collect();
        let outcome = Outcome { beacon, numbers: numbers.map_err(|_| unknown())? };
        if outcome.to_string() == text { Ok(outcome) } else { Err(unknown()) }
    }
}
