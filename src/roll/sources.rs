//! R08 and R09: what the seed is made of.

use super::Papers;
use crate::said;
use crate::seed::Nonce;
use crate::verify::{Stop, Verified, ensure};

impl Papers<'_> {
    /// R08: every event demanded has an outcome that it can have.
    pub(crate) fn beacons(&self) -> Verified {
        let commit = self.committed()?;
        let outcomes = self.outcomes()?;
        let same = outcomes.iter().map(|outcome| &outcome.beacon).eq(&commit.beacons);
        ensure(same, || said!("结果不是承诺要求的事件的", "the outcomes are not of the events demanded"))?;
        for outcome in &outcomes {
            let refused = outcome.beacon.can_take_place().and_then(|()| outcome.check());
            refused.map_err(|refusal| Stop::Fail(refusal.0))?;
        }
        let bits: u64 = commit.beacons.iter().map(|beacon| u64::from(beacon.bits())).sum();
        ensure(bits >= 16, || said!("只有 {bits} 比特", "only {bits} bits"))?;
        let shown: Vec<String> = outcomes.iter().map(ToString::to_string).collect();
        let shown = shown.join("; ");
        Ok(said!("{shown}（{bits} 比特）", "{shown} ({bits} bits)"))
    }

    /// R09: every party's nonce opens its commitment.
    pub(crate) fn nonces(&self) -> Verified {
        let (commit, reveal) = (self.committed()?, self.reveal()?);
        let count = commit.parties.len();
        ensure(count >= 2, || said!("少于两方", "fewer than two parties"))?;
        let names = reveal.nonces.iter().map(|(name, _)| name);
        ensure(commit.parties.iter().map(|(name, _)| name).eq(names), || {
            said!("公开的随机数不是各方的", "the nonces are not those of the parties")
        })?;
        let opens = |(place, (_, nonce)): (usize, &(String, Nonce))| {
            commit.demand().commitment_to(place, nonce) == Some(commit.parties[place].1)
        };
        let wrong = reveal.nonces.iter().enumerate().find(|nonce| !opens(*nonce));
        match wrong.map(|(_, (party, _))| party) {
            None => {
                Ok(said!("{count} 方的随机数与承诺相符", "nonces of {count} parties open their commitments"))
            }
            Some(party) => Err(Stop::Fail(said!(
                "{party} 的随机数与其承诺不符",
                "the nonce of {party} does not open its commitment"
            ))),
        }
    }
}
