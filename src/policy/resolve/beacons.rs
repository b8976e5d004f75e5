//! The public events that feed the seed.

use super::Resolver;
use crate::policy::{BeaconRule, raw};
use crate::problem::Outcome;
use crate::said;
use crate::seed::{DrandChain, Lottery};
use toml::Spanned;

/// Fewest bits of entropy that the beacons together may have.
const LEAST_BITS: u32 = 16;

/// Fewest minutes between the commitment and a pulse: the nonces have to be
/// published in between, by people.
const TIME_TO_REVEAL: u32 = 5;

impl Resolver<'_> {
    /// Minutes from the commitment to the first public event.
    pub(super) fn margin(&self, draw: &raw::Draw, beacons: &[BeaconRule]) -> Outcome<u32> {
        let pulse = beacons.iter().any(|rule| matches!(rule, BeaconRule::Drand(_)));
        let least = if pulse { TIME_TO_REVEAL } else { 0 };
        let until_closing = draw.close_within_days.get_ref().saturating_mul(24 * 60);
        let Some(margin) = &draw.margin_minutes else {
            return if pulse { self.no_margin(&draw.close_within_days) } else { Ok(0) };
        };
        let minutes = *margin.get_ref();
        if (least..until_closing).contains(&minutes) {
            return Ok(minutes);
        }
        self.wrong(
            margin,
            said!(
                "承诺到事件的间隔要有 {least} 分钟以上，并短于 close_within_days",
                "the margin must be {least} minutes or more, and less than close_within_days"
            ),
            said!("例如 margin_minutes = 30", "for example margin_minutes = 30"),
        )
    }

    fn no_margin<T, V>(&self, place: &Spanned<V>) -> Outcome<T> {
        let least = TIME_TO_REVEAL;
        self.wrong(
            place,
            said!(
                "用 drand 的方案要写 margin_minutes，至少 {least}：脉冲之前要来得及公布承诺和随机数",
                "a policy with drand needs margin_minutes, {least} at least: commitment and nonces have to be published before the pulse"
            ),
            said!("在 [draw] 里加 margin_minutes = 30", "add margin_minutes = 30 to [draw]"),
        )
    }

    pub(super) fn beacons(&self, beacons: &[Spanned<raw::Beacon>]) -> Outcome<Vec<BeaconRule>> {
        let mut bits = 0;
        let mut rules = Vec::new();
        for beacon in beacons {
            let rule = self.beacon(beacon)?;
            if rules.contains(&rule) {
                return self.wrong(
                    beacon,
                    said!("同一个事件写了两次，不会多出随机性", "the same event twice adds no chance"),
                    said!("删去一个，或增加次数", "remove one, or roll more often"),
                );
            }
            bits += rule.bits();
            rules.push(rule);
        }
        if bits >= LEAST_BITS {
            return Ok(rules);
        }
        let place = beacons.first().map_or(0..0, Spanned::span);
        Err(self.source.problem(
            place,
            said!(
                "公开随机事件只有 {bits} 比特，少于 {LEAST_BITS} 比特，可以一一试出",
                "the public events have {bits} bits, fewer than {LEAST_BITS}: all outcomes can be tried"
            ),
            said!(
                "增加掷骰次数（20 次十面骰约 66 比特），或加一个 [[beacon]]",
                "roll more dice (20 ten-sided rolls are 66 bits), or add a [[beacon]]"
            ),
        ))
    }

    pub(super) fn beacon(&self, beacon: &Spanned<raw::Beacon>) -> Outcome<BeaconRule> {
        let refuse = |zh: &str, en: &str| {
            self.wrong(
                beacon,
                said!("{zh}", "{en}"),
                said!("见 config/ 里的示例", "see the examples in config/"),
            )
        };
        match beacon.get_ref() {
            raw::Beacon::Dice { sides, rolls } => {
                let rule = BeaconRule::Dice { sides: *sides, rolls: *rolls };
                let sound = rule.in_the_room().is_some_and(|b| b.is_sound()).then_some(rule);
                sound.map_or_else(
                    || {
                        refuse(
                            "骰子 2 到 100 面、1 到 200 次",
                            "dice have 2 to 100 sides and are rolled 1 to 200 times",
                        )
                    },
                    Ok,
                )
            }
            raw::Beacon::Balls { of, count } => {
                let rule = BeaconRule::Balls { of: *of, count: *count };
                let sound = rule.in_the_room().is_some_and(|b| b.is_sound()).then_some(rule);
                sound.map_or_else(
                    || {
                        refuse(
                            "球 2 到 1000 个，摇出的要少于总数",
                            "there are 2 to 1000 balls, and fewer are drawn than there are",
                        )
                    },
                    Ok,
                )
            }
            raw::Beacon::Lottery { game } => match Lottery::from_text(game) {
                Some(game) => Ok(BeaconRule::Lottery(game)),
                None => refuse("不认识的彩票", "unknown lottery"),
            },
            raw::Beacon::Drand { chain } => match DrandChain::from_key(chain) {
                Some(chain) => Ok(BeaconRule::Drand(chain)),
                None => refuse(
                    "不认识的 drand 链：写 quicknet 或 default",
                    "unknown chain of drand: write quicknet or default",
                ),
            },
        }
    }
}
