//! V22: what the office states about how predictable teams are.

use super::{Loaded, Stop, Verified, ensure};
use crate::record::{Commit, PublicOdds, id_of};
use crate::said;

/// V22: the commitment has odds exactly if the policy asks for them; they are
/// those committed, are possible, and keep the policy's cap. That they were
/// measured rightly is the office's word, which the private register can test.
pub(super) fn odds(loaded: &Loaded<'_>) -> Verified {
    let (commit, rules) = (loaded.commit()?, loaded.committed_rules()?);
    let (committed, rule) = match (commit.odds, rules.odds) {
        (None, None) => return Ok(said!("方案不要求", "the policy does not ask for it")),
        (None, Some(_)) => {
            return Err(Stop::Fail(said!(
                "方案要求测算，承诺中没有",
                "the policy asks for odds, the commitment has none"
            )));
        }
        (Some(_), None) => {
            return Err(Stop::Fail(said!(
                "承诺中有测算，方案没有要求",
                "the commitment has odds that the policy does not ask for"
            )));
        }
        (Some(committed), Some(rule)) => (committed, rule),
    };
    let odds = loaded.odds()?;
    let (suite, hash) = (commit.suite, commit.suite.hash_name());
    ensure(id_of(suite, &odds.text()) == committed, || {
        said!("odds.txt 的 {hash} 不是承诺的值", "the {hash} of odds.txt is not the one committed")
    })?;
    ensure(odds.draws == u64::from(rule.dry_draws), || {
        said!("试抽次数不是方案写的", "the dry draws are not as many as the policy asks for")
    })?;
    if let Some(part) = impossible(odds, commit) {
        return Err(Stop::Fail(said!("odds.txt 的 {part} 不可能", "`{part}` in odds.txt cannot be")));
    }
    let (cap, (hits, of)) = (rule.largest, odds.largest);
    ensure(cap.admits(hits, of), || {
        said!(
            "最大配对概率 {hits}/{of} 超过方案的 {cap}",
            "the largest chance {hits}/{of} is above the {cap} of the policy"
        )
    })?;
    let draws = odds.draws;
    Ok(said!(
        "试抽 {draws} 次，最大配对概率 {hits}/{of}，上限 {cap}（本机关自述）",
        "{draws} dry draws, largest chance {hits}/{of}, cap {cap} (stated by the office)"
    ))
}

/// The first part of the odds that cannot be.
fn impossible(odds: &PublicOdds, commit: &Commit) -> Option<&'static str> {
    let drawing = commit.strata.iter().filter(|stratum| stratum.quota > 0);
    let counted = odds.strata.iter().map(|stratum| (&stratum.label, stratum.units));
    let strata = drawing.map(|stratum| (&stratum.label, stratum.pool)).eq(counted)
        && odds.strata.iter().all(|stratum| (1..=stratum.units).contains(&stratum.kinds));
    let (hits, of) = odds.largest;
    let (least, mean) = odds.entropy;
    let parts = [("stratum", strata), ("largest", (1..=of).contains(&hits)), ("entropy", least <= mean)];
    parts.into_iter().find(|(_, holds)| !holds).map(|(part, _)| part)
}
