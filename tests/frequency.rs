//! Over 2,000 fixed seeds, everybody's frequency fits their chance.
//!
//! The bounds: a chi-square statistic with df degrees of freedom stays below
//! the value that one correct implementation in about 300,000 exceeds (z = 4.5,
//! Wilson–Hilferty). The seeds are fixed, so the tests either hold or do not.
#![allow(clippy::float_arithmetic, reason = "statistics, not a draw")]

mod district;

use district::Chance;
use district::small::small;
use std::collections::BTreeMap;
use yaohao::digest::{Digest, SaltKey, Suite};
use yaohao::draw::{Drawing, draw};
use yaohao::eligibility::Standing;
use yaohao::seed::Seed;

const SEEDS: u64 = 2_000;

/// The value that chi-square with `df` degrees of freedom hardly ever exceeds.
fn bound(df: usize) -> f64 {
    let (df, z) = (df as f64, 4.5);
    let a = 2.0 / (9.0 * df);
    df * (1.0 - a + z * a.sqrt()).powi(3)
}

/// Draws the small district under seed after seed, without recusals, so that
/// the inspectors of a zone who have the same roles are interchangeable.
fn each_draw(mut see: impl FnMut(&yaohao::draw::Plan<'_>, &Drawing)) {
    let mut district = small(str::to_owned);
    district.register.recusals.clear();
    let plan = district.plan();
    let chance = Chance::number(1);
    let committed = district.commit(&plan, &chance);
    let salts = SaltKey::new(Suite::Sha256, &chance.salts);
    for number in 0..SEEDS {
        let seed = Seed::sha256(Digest::of(&[b"frequency", &number.to_be_bytes()]));
        see(&plan, &draw(&plan, &committed, &seed, &salts).expect("can be staffed"));
    }
}

#[test]
fn every_unit_of_a_stratum_has_the_same_chance() {
    let mut drawn: BTreeMap<usize, u64> = BTreeMap::new();
    let mut strata: BTreeMap<usize, (Vec<usize>, u64)> = BTreeMap::new();
    each_draw(|plan, drawing| {
        for assigned in &drawing.assigned {
            *drawn.entry(assigned.candidate).or_default() += 1;
        }
        if strata.is_empty() {
            for (index, candidate) in plan.eligibility.candidates.iter().enumerate() {
                let Standing::Pool { stratum, .. } = candidate.standing else { continue };
                strata.entry(stratum).or_insert((Vec::new(), plan.quotas[stratum])).0.push(index);
            }
        }
    });
    assert_eq!(strata.len(), 3);
    for (units, quota) in strata.values() {
        let (n, k, draws) = (units.len() as f64, *quota as f64, SEEDS as f64);
        let p = k / n;
        let deviation = |unit: &usize| drawn.get(unit).copied().unwrap_or(0) as f64 - draws * p;
        // k of n without replacement: n−1 degrees of freedom after this scaling.
        let squares: f64 = units.iter().map(|unit| deviation(unit).powi(2)).sum();
        let statistic = squares / (draws * p * (1.0 - p)) * (n - 1.0) / n;
        assert!(statistic < bound(units.len() - 1), "{statistic} for {n} units");
        assert!(statistic > 0.0, "frequencies vary");
    }
}

#[test]
fn every_interchangeable_inspector_meets_a_unit_equally_often() {
    // (unit, role) → inspector → times.
    let mut met: BTreeMap<(usize, usize), BTreeMap<usize, u64>> = BTreeMap::new();
    let mut leads: BTreeMap<usize, bool> = BTreeMap::new();
    each_draw(|plan, drawing| {
        leads = plan.eligibility.seats.iter().map(|seat| seat.inspector.lead).enumerate().collect();
        for assigned in &drawing.assigned {
            for (role, inspector) in assigned.team.iter().enumerate() {
                *met.entry((assigned.candidate, role)).or_default().entry(*inspector).or_default() += 1;
            }
        }
    });
    let mut rows = 0;
    for ((_, role), times) in &met {
        // Leads are interchangeable as leads, pure assistants as assistants.
        let group: Vec<u64> =
            times.iter().filter(|(i, _)| leads[i] == (*role == 0)).map(|(_, n)| *n).collect();
        let total: u64 = group.iter().sum();
        let expected = total as f64 / group.len() as f64;
        let statistic: f64 = group.iter().map(|n| (*n as f64 - expected).powi(2) / expected).sum();
        assert!(expected > 20.0, "enough draws to tell");
        assert!(statistic < bound(group.len() - 1), "{statistic} in {times:?}");
        rows += 1;
    }
    assert_eq!(rows, 120, "every unit, both roles");
}

#[test]
fn the_visit_that_does_not_divide_falls_on_everybody_equally_often() {
    let mut extra: BTreeMap<usize, u64> = BTreeMap::new();
    let mut zones: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut draws_with_extra = 0;
    each_draw(|plan, drawing| {
        let mut loads = vec![0; plan.eligibility.seats.len()];
        drawing.assigned.iter().flat_map(|a| &a.team).for_each(|inspector| loads[*inspector] += 1);
        zones.clear();
        for (index, seat) in plan.eligibility.seats.iter().enumerate() {
            zones.entry(seat.inspector.zone.clone()).or_default().push(index);
        }
        for members in zones.values() {
            let least = members.iter().map(|i| loads[*i]).min().expect("somebody");
            let most = members.iter().map(|i| loads[*i]).max().expect("somebody");
            assert!(most - least <= 1, "loads are even within a zone");
            draws_with_extra += u64::from(most > least);
            members.iter().filter(|i| loads[**i] > least).for_each(|i| *extra.entry(*i).or_default() += 1);
        }
    });
    assert!(draws_with_extra > SEEDS, "the extra visit is there often enough to tell");
    for members in zones.values() {
        let counts: Vec<f64> = members.iter().map(|i| extra.get(i).copied().unwrap_or(0) as f64).collect();
        let expected = counts.iter().sum::<f64>() / counts.len() as f64;
        let statistic: f64 = counts.iter().map(|n| (n - expected).powi(2) / expected).sum();
        assert!(statistic < bound(counts.len() - 1), "{statistic} in {counts:?}");
    }
}
