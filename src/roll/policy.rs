//! R03 and R06: the commitment says what the policy says, and its quotas follow.

use super::{Papers, RollCommit, RollStratum};
use crate::record::{self, PublishedQuota};
use crate::said;
use crate::sampling::allocate;
use crate::verify::{Stop, Verified, disagreement, ensure};

impl Papers<'_> {
    /// R03: policy.toml and items.txt are those committed, and the commitment says what the policy
    /// says.
    pub(super) fn policy(&self) -> Verified {
        let commit = self.committed()?;
        for (file, hash) in [(record::POLICY, commit.policy), (record::ITEMS, commit.items)] {
            let bytes = self
                .files
                .get(file)
                .ok_or_else(|| Stop::NotRun(said!("没有 {file}", "there is no {file}")))?;
            let found = commit.suite.digest(&[bytes]);
            ensure(found == hash, || {
                said!("{file} 是 {found}，承诺的是 {hash}", "{file} is {found}, committed was {hash}")
            })?;
        }
        let (rules, policy) = (self.rules()?, commit.draw.office.strip_suffix(RollCommit::OFFICE));
        let found = disagreement(
            &commit.demand(),
            (policy.unwrap_or_default(), commit.close_by, &commit.quotas),
            rules,
        );
        match found {
            None => Ok(said!(
                "方案和事项未改动，承诺与方案一致",
                "policy and items are unchanged, the commitment says what the policy says"
            )),
            Some(part) => Err(Stop::Fail(said!(
                "承诺中的 {part} 与方案不一致",
                "`{part}` in the commitment is not as the policy says"
            ))),
        }
    }

    /// R06: every quota follows from the rule and the pools.
    pub(super) fn quotas(&self) -> Verified {
        let commit = self.committed()?;
        ensure(!commit.quotas.is_empty(), || {
            said!("承诺里没有抽取规则", "the commitment has no quota rule")
        })?;
        for PublishedQuota { id, rule } in &commit.quotas {
            let members: Vec<&RollStratum> = commit.strata.iter().filter(|s| s.rule() == id).collect();
            let pools: Vec<u64> = members.iter().map(|stratum| stratum.pool).collect();
            for (stratum, expected) in members.iter().zip(allocate(rule, &pools)) {
                let (label, found) = (&stratum.label, stratum.quota);
                ensure(found == expected, || {
                    said!(
                        "{label} 应抽 {expected} 家，写的是 {found} 家",
                        "{label} should draw {expected}, not {found}"
                    )
                })?;
            }
        }
        let stray = commit.strata.iter().find(|s| !commit.quotas.iter().any(|quota| quota.id == s.rule()));
        if let Some(RollStratum { label, .. }) = stray {
            return Err(Stop::Fail(said!("{label} 没有抽取规则", "{label} has no quota rule")));
        }
        let (drawn, listed) = (commit.strata.iter().map(|s| s.quota).sum::<u64>(), commit.listed());
        let reserves = listed - drawn;
        Ok(said!("共抽 {drawn} 家，候补 {reserves} 家", "{drawn} units to draw, {reserves} in reserve"))
    }
}
