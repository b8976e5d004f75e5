//! V10, V11, V15: pools, quotas, and who was drawn.

use super::{Fit, Loaded, Stop, Verified, ensure, void};
use crate::eligibility::Exclusion;
use crate::record::{self, StratumCount, UnitStanding};
use crate::said;
use crate::sampling::{allocate, raised, select_carrying};
use std::collections::{BTreeMap, BTreeSet};

/// V10: pools and exclusions are counted right, and the published fields of
/// every unit allow its stratum.
pub(super) fn strata(loaded: &Loaded<'_>) -> Verified {
    let (commit, units, rules) = (loaded.commit()?, loaded.units()?, loaded.committed_rules()?);
    let fit = Fit::new(rules, commit.window.first);
    let mut pools: BTreeMap<&str, u64> = BTreeMap::new();
    let mut excluded: BTreeMap<Exclusion, u64> = BTreeMap::new();
    for unit in &units.lines {
        match &unit.standing {
            UnitStanding::Stratum(label) => *pools.entry(label).or_default() += 1,
            UnitStanding::Excluded(reason) => *excluded.entry(*reason).or_default() += 1,
        }
        if let Some(fault) = fit.fault(&unit.id, &unit.standing, &unit.shown) {
            return Err(Stop::Fail(fault));
        }
    }
    let counted = commit.strata.iter().map(|s| (s.label.as_str(), s.pool));
    ensure(pools.iter().map(|(label, n)| (*label, *n)).eq(counted), || {
        said!("分层单位数与名录不符", "the pools are not those of units.txt")
    })?;
    let listed = commit.excluded.iter().copied();
    ensure(excluded.into_iter().eq(listed), || {
        said!("排除单位数与名录不符", "the exclusions are not those of units.txt")
    })?;
    let (strata, pool) = (pools.len(), pools.values().sum::<u64>());
    let out = units.lines.len() as u64 - pool;
    Ok(said!("{strata} 层共 {pool} 家，排除 {out} 家", "{pool} units in {strata} strata, {out} excluded"))
}

/// V11: every quota follows from the rule, the pools, and the units carried over.
pub(super) fn quotas(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let carried = carried_by_stratum(loaded)?;
    ensure(!commit.quotas.is_empty(), || said!("承诺里没有抽取规则", "the commitment has no quota rule"))?;
    for quota in &commit.quotas {
        let members: Vec<&StratumCount> = commit.strata.iter().filter(|s| s.rule() == quota.id).collect();
        let pools: Vec<u64> = members.iter().map(|stratum| stratum.pool).collect();
        for (stratum, expected) in members.iter().zip(allocate(&quota.rule, &pools)) {
            let (label, found) = (&stratum.label, stratum.quota);
            let expected = raised(expected, carried.get(label.as_str()).copied().unwrap_or(0));
            ensure(found == expected, || {
                said!(
                    "{label} 应抽 {expected} 家，写的是 {found} 家",
                    "{label} should draw {expected}, not {found}"
                )
            })?;
        }
    }
    let stray = commit.strata.iter().find(|s| !commit.quotas.iter().any(|quota| quota.id == s.rule()));
    if let Some(label) = stray.map(|stratum| &stratum.label) {
        return Err(Stop::Fail(said!("{label} 没有抽取规则", "{label} has no quota rule")));
    }
    let total: u128 = commit.strata.iter().map(|stratum| u128::from(stratum.quota)).sum();
    Ok(said!("共抽 {total} 家", "{total} units to draw"))
}

/// How many units of each stratum's pool are carried over.
fn carried_by_stratum<'b>(loaded: &'b Loaded<'_>) -> Result<BTreeMap<&'b str, u64>, Stop> {
    let mut carried: BTreeMap<&str, u64> = BTreeMap::new();
    if loaded.commit()?.carried.is_none() {
        return Ok(carried);
    }
    let lines = &loaded.carried()?.lines;
    let held: BTreeSet<&str> = lines.iter().map(|line| line.unit.as_str()).collect();
    for (label, ids) in loaded.pools()? {
        carried.insert(label, ids.iter().filter(|id| held.contains(*id)).count() as u64);
    }
    Ok(carried)
}

/// V15: the units carried over and then the smallest tickets of every stratum, k in
/// all, and no other unit. Of a void: what it hands on.
pub(super) fn selection(loaded: &Loaded<'_>) -> Verified {
    if loaded.folder.get(record::VOID).is_some() {
        return void::selection(loaded);
    }
    let commit = loaded.commit()?;
    let (mut pools, carried) = (loaded.pools()?, loaded.carried_lines()?);
    let (drawn, seed) = (loaded.drawn()?, loaded.seed()?);
    let held: BTreeSet<&str> = carried.iter().map(|line| line.unit.as_str()).collect();
    let mut lines = drawn.lines.iter();
    for stratum in &commit.strata {
        let ids = pools.remove(stratum.label.as_str()).unwrap_or_default();
        let k = usize::try_from(stratum.quota).unwrap_or(usize::MAX);
        for (rank, expected) in
            (1..).zip(select_carrying(&seed, &stratum.label, &ids, |id| held.contains(id), k))
        {
            let id = ids[expected.index];
            let right = lines.next().is_some_and(|line| {
                line.unit == id
                    && line.stratum == stratum.label
                    && line.rank == rank
                    && line.ticket == expected.ticket
            });
            let label = &stratum.label;
            ensure(right, || {
                said!("{label} 第 {rank} 位应为 {id}", "number {rank} of {label} should be {id}")
            })?;
        }
    }
    if let Some(line) = lines.next() {
        let id = &line.unit;
        return Err(Stop::Fail(said!("多抽了 {id}", "{id} should not be drawn")));
    }
    let count = drawn.lines.len();
    Ok(said!("种子 {seed}，{count} 家重算一致", "seed {seed}, {count} units recomputed"))
}
