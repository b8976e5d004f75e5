//! The public events that feed the seed.

use super::Resolver;
use crate::policy::{BeaconRule, raw};
use crate::problem::Outcome;
use crate::said;
use crate::seed::{Beacon, Lottery};
use toml::Spanned;

/// Fewest bits of entropy that the beacons together may have.
const LEAST_BITS: u32 = 16;

impl Resolver<'_> {
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
            bits += rule.at_issue(0).bits();
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
                let sound = rule.at_issue(1).is_sound().then_some(rule);
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
                let sound = rule.at_issue(1).is_sound().then_some(rule);
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
        }
    }
}

impl BeaconRule {
    /// The beacon that a commitment names: a lottery gets its `issue`.
    pub fn at_issue(&self, issue: u32) -> Beacon {
        match *self {
            BeaconRule::Dice { sides, rolls } => Beacon::Dice { sides, rolls },
            BeaconRule::Balls { of, count } => Beacon::Balls { of, count },
            BeaconRule::Lottery(game) => Beacon::Lottery { game, issue },
        }
    }
}
