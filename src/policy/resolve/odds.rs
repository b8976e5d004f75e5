//! How predictable teams may be.

use super::Resolver;
use crate::policy::{OddsRule, raw};
use crate::problem::Outcome;
use crate::said;

/// More dry draws than this would take days.
const MOST: u32 = 1_000_000;

impl Resolver<'_> {
    pub(super) fn odds(&self, raw: &raw::Odds) -> Outcome<OddsRule> {
        let draws = *raw.dry_draws.get_ref();
        if !(1..=MOST).contains(&draws) {
            return self.wrong(
                &raw.dry_draws,
                said!("试抽次数应在 1 至 {MOST} 之间", "dry draws are 1 to {MOST}"),
                said!("写 dry_draws = 1000", "write dry_draws = 1000"),
            );
        }
        let text = raw.largest_pair_probability.get_ref();
        match text.parse() {
            Ok(largest) => Ok(OddsRule { dry_draws: draws, largest }),
            Err(_) => self.wrong(
                &raw.largest_pair_probability,
                said!("“{text}”不是 0 到 1 之间的分数", "\"{text}\" is not a fraction between 0 and 1"),
                said!(
                    "写成 \"3/4\" 的样子：分子不大于分母，没有空格和多余的零",
                    "write it like \"3/4\": no more than 1, no spaces, no leading zeros"
                ),
            ),
        }
    }
}
