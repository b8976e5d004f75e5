//! Who holds shares of the office's nonce in sealed draws.

use super::Resolver;
use crate::policy::{EscrowRule, raw};
use crate::problem::Outcome;
use crate::said;
use crate::seed::CUSTODIANS;
use std::collections::BTreeSet;

impl Resolver<'_> {
    pub(super) fn escrow(&self, raw: &raw::Escrow) -> Outcome<EscrowRule> {
        let (least, most) = (CUSTODIANS.start(), CUSTODIANS.end());
        let (mut seen, mut custodians) = (BTreeSet::new(), Vec::new());
        for custodian in raw.custodians.get_ref() {
            let key = self.source.key(custodian)?;
            self.unique(&mut seen, custodian, &key)?;
            custodians.push(key);
        }
        let count = custodians.len();
        if !CUSTODIANS.contains(&count) {
            return self.wrong(
                &raw.custodians,
                said!("保管人应有 {least} 至 {most} 方", "custodians are {least} to {most}"),
                said!(
                    "写 custodians = [\"office\", \"discipline\", \"archive\"]",
                    "write custodians = [\"office\", \"discipline\", \"archive\"]"
                ),
            );
        }
        let threshold = *raw.threshold.get_ref();
        if !(*least..=count).contains(&(threshold as usize)) {
            return self.wrong(
                &raw.threshold,
                said!(
                    "{count} 方保管，打开所需的方数应在 {least} 至 {count} 之间",
                    "with {count} custodians it takes {least} to {count} of them"
                ),
                said!("写 threshold = 2", "write threshold = 2"),
            );
        }
        Ok(EscrowRule { custodians, threshold })
    }
}
