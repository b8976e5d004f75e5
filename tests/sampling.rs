//! Quotas and selection, held against plain definitions of both.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use yaohao::digest::Digest;
use yaohao::eligibility::Stratum;
use yaohao::policy::{Fraction, Policy, QuotaRule, QuotaSize, Rounding};
use yaohao::sampling::{Ticketer, allocate, quotas, select, total};
use yaohao::seed::Seed;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(2), failure_persistence: None, ..Default::default() }
}

fn count(count: u64) -> QuotaRule {
    QuotaRule { size: QuotaSize::Count(count), floor: 0, cap: None }
}

fn share(fraction: &str, rounding: Rounding) -> QuotaRule {
    let fraction: Fraction = fraction.parse().expect("a fraction");
    QuotaRule { size: QuotaSize::Share(fraction, rounding), floor: 0, cap: None }
}

// ---- how many ------------------------------------------------------------------

#[test]
fn floor_cap_and_pool_bound_the_size_in_this_order() {
    let bounded = |size: QuotaRule, floor, cap| QuotaRule { floor, cap, ..size };
    assert_eq!(total(&share("1/6", Rounding::Up), 13), 3);
    assert_eq!(total(&share("1/6", Rounding::Down), 13), 2);
    assert_eq!(total(&share("1/6", Rounding::Up), 12), 2, "nothing to round");
    assert_eq!(total(&bounded(share("1/6", Rounding::Up), 4, None), 13), 4, "raised to the floor");
    assert_eq!(total(&bounded(share("1/6", Rounding::Up), 4, None), 3), 3, "never more than there are");
    assert_eq!(total(&bounded(share("1/6", Rounding::Up), 0, Some(2)), 13), 2, "cut to the cap");
    assert_eq!(total(&bounded(count(120), 0, Some(100)), 60), 60);
    assert_eq!(total(&bounded(count(0), 5, Some(5)), 60), 5);
    assert_eq!(total(&count(120), 0), 0);
    assert_eq!(total(&share("0/1", Rounding::Up), 1000), 0);
    assert_eq!(total(&share("1/1", Rounding::Down), u64::MAX), u64::MAX);
}

#[test]
fn the_largest_remainders_get_what_is_left_and_ties_go_to_the_first() {
    assert_eq!(allocate(&count(10), &[100, 100, 100]), [4, 3, 3], "three equal remainders, one unit left");
    assert_eq!(allocate(&count(11), &[100, 100, 100]), [4, 4, 3]);
    assert_eq!(allocate(&count(10), &[100, 101, 100]), [3, 4, 3], "the largest remainder is the second's");
    assert_eq!(allocate(&count(1), &[1, 1, 1, 1]), [1, 0, 0, 0]);
    assert_eq!(allocate(&count(120), &[430, 0, 77, 9]), [100, 0, 18, 2]);
    assert_eq!(allocate(&count(5), &[0, 0]), [0, 0], "empty pools");
    assert_eq!(allocate(&count(5), &[]), [0; 0]);
    assert_eq!(allocate(&count(99), &[3, 4]), [3, 4], "everybody");
}

#[test]
fn pools_beyond_64_bits_are_a_wrong_answer_for_somebody_else_but_no_crash() {
    let pools = [u64::MAX, u64::MAX, 2];
    let quotas = allocate(&count(10), &pools);
    assert_eq!(quotas, [5, 5, 0]);
    let everybody = allocate(&share("1/1", Rounding::Up), &pools);
    assert_eq!(everybody.iter().map(|k| u128::from(*k)).sum::<u128>(), u128::from(u64::MAX));
}

fn any_rule() -> impl Strategy<Value = QuotaRule> {
    let size = prop_oneof![
        (0..3_000_u64).prop_map(QuotaSize::Count),
        (0..=240_u64, 1..=240_u64, any::<bool>()).prop_map(|(p, q, up)| {
            let fraction = format!("{}/{}", p.min(q), q).parse().expect("at most one");
            QuotaSize::Share(fraction, if up { Rounding::Up } else { Rounding::Down })
        }),
    ];
    (size, 0..50_u64, proptest::option::of(0..500_u64)).prop_map(|(size, floor, extra)| QuotaRule {
        size,
        floor,
        cap: extra.map(|extra| floor + extra),
    })
}

/// docs/spec/selection.md in the plainest words: fractions over the common
/// denominator N, units handed out one at a time.
fn defined(k: u64, pools: &[u64]) -> Vec<u64> {
    let n: u64 = pools.iter().sum();
    let mut quotas: Vec<u64> = pools.iter().map(|pool| (k * pool).checked_div(n).unwrap_or(0)).collect();
    let mut served = BTreeSet::new();
    while quotas.iter().sum::<u64>() < k {
        let mut best: Option<usize> = None;
        for z in (0..pools.len()).filter(|z| !served.contains(z)) {
            if best.is_none_or(|best| k * pools[z] % n > k * pools[best] % n) {
                best = Some(z);
            }
        }
        let best = best.expect("fewer than one unit is left for each stratum");
        quotas[best] += 1;
        served.insert(best);
    }
    quotas
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn quotas_are_exact_shares_rounded_to_a_neighbour(
        rule in any_rule(),
        pools in proptest::collection::vec(prop_oneof![1 => Just(0), 4 => 0..40_u64, 4 => 0..9_000_u64], 0..12),
    ) {
        let n: u64 = pools.iter().sum();
        let k = total(&rule, n);
        let quotas = allocate(&rule, &pools);
        prop_assert_eq!(&quotas, &defined(k, &pools));
        prop_assert_eq!(quotas.len(), pools.len());
        prop_assert_eq!(quotas.iter().sum::<u64>(), k, "the shares make the whole");
        for (quota, pool) in quotas.iter().zip(&pools) {
            prop_assert!(quota <= pool, "{} of {}", quota, pool);
            // |quota − k·pool/n| < 1, in whole numbers.
            prop_assert!((quota * n).abs_diff(k * pool) < n.max(1));
        }
    }

    #[test]
    fn the_size_is_the_smallest_or_largest_whole_number_beside_the_fraction(
        p in 0..=u64::MAX, q in 1..=u64::MAX, n in any::<u64>(),
    ) {
        let p = p % q.saturating_add(1);
        let fraction: Fraction = format!("{p}/{q}").parse().expect("at most one");
        let (up, down) = (fraction.of(n, Rounding::Up), fraction.of(n, Rounding::Down));
        let product = u128::from(p) * u128::from(n);
        let times = |whole: u64| u128::from(whole) * u128::from(q);
        prop_assert!(times(down) <= product && product - times(down) < u128::from(q));
        prop_assert!(times(up) >= product && times(up) - product < u128::from(q));
        prop_assert!(up <= n && up - down <= 1);
    }
}

#[test]
fn every_stratum_of_a_draw_gets_the_share_of_its_own_rule() {
    let policy = std::fs::read_to_string("config/policy.toml").expect("shipped");
    let policy = Policy::read("policy.toml", &policy).expect("a good policy");
    let number = |id: &str| policy.strata.iter().position(|rule| rule.id == id).expect("a rule");
    let stratum = |id: &str, zone: &str, pool: u64| Stratum {
        label: format!("{id}/{zone}"),
        rule: number(id),
        zone: Some(zone.to_owned()),
        pool,
    };
    // In byte order of labels, so that two rules stand mixed with a third.
    let strata = [
        stratum("high-risk", "z1", 5),
        stratum("high-risk", "z4", 2),
        stratum("key", "z1", 33),
        stratum("small", "z1", 300),
        stratum("small", "z2", 100),
    ];
    // high-risk: ⌈7/6⌉ = 2, raised to the floor of 4; key: ⌈33/16⌉ = 3; small: 120.
    assert_eq!(quotas(&policy, &strata), [3, 1, 3, 90, 30]);
    assert_eq!(quotas(&policy, &[]), [0; 0]);
}

// ---- which ---------------------------------------------------------------------

/// docs/spec/README.md and tables.md show these to be redone with sha256sum.
#[test]
fn tickets_are_what_sha256sum_prints() {
    let seed: Digest =
        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae".parse().expect("a seed");
    let ticket = Ticketer::new(&Seed::sha256(seed), "key/z1").ticket("91500112450533912J");
    assert_eq!(ticket.to_string(), "4ef7fc035e5db51d5ed8689d41640ab55b73025ab6242ab8e64df914bfa45739");
    let text = format!("yaohao/ticket/v1\n{seed}\nkey/z1\n91500112450533912J\n");
    assert_eq!(ticket, Digest::of(&[text.as_bytes()]));
    let specification = std::fs::read_to_string("docs/spec/README.md").expect("there");
    assert!(specification.contains(&format!("{ticket}  -")), "the example of the specification is another");
}

/// Sorts everything, in the words of the specification.
fn sorted(seed: &Seed, label: &str, ids: &[&str]) -> Vec<(Digest, String)> {
    let ticket = |id: &str| Digest::of(&[format!("yaohao/ticket/v1\n{seed}\n{label}\n{id}\n").as_bytes()]);
    let mut all: Vec<(Digest, String)> = ids.iter().map(|id| (ticket(id), (*id).to_owned())).collect();
    all.sort();
    all
}

fn selected(seed: &Seed, label: &str, ids: &[&str], k: usize) -> Vec<(Digest, String)> {
    let drawn = select(seed, label, ids, k);
    drawn.into_iter().map(|drawn| (drawn.ticket, ids[drawn.index].to_owned())).collect()
}

fn any_pool() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set("[A-Z0-9]{1,4}", 0..80)
        .prop_map(|ids| ids.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_k_smallest_tickets_win_in_any_order(
        ids in any_pool(), seed in any::<[u8; 32]>(), k in 0..90_usize, turned in 0..80_usize,
    ) {
        let (seed, mut ids) = (Seed::sha256(Digest(seed)), ids.iter().map(String::as_str).collect::<Vec<_>>());
        let mut expected = sorted(&seed, "small/z1", &ids);
        expected.truncate(k);
        prop_assert_eq!(selected(&seed, "small/z1", &ids, k), expected.clone());
        // Nor does the order of the register matter.
        let by = turned % ids.len().max(1);
        ids.rotate_left(by);
        prop_assert_eq!(selected(&seed, "small/z1", &ids, k), expected);
    }

    /// Parts of a register, drawn apart and merged, give what the whole gives.
    #[test]
    fn selection_merges(
        ids in any_pool(), seed in any::<[u8; 32]>(), k in 0..40_usize, parts in 1..5_usize,
    ) {
        let (seed, ids) = (Seed::sha256(Digest(seed)), ids.iter().map(String::as_str).collect::<Vec<_>>());
        let whole = selected(&seed, "key", &ids, k);
        let mut merged: Vec<(Digest, String)> = Vec::new();
        for part in ids.chunks(ids.len().div_ceil(parts).max(1)) {
            merged.extend(selected(&seed, "key", part, k));
        }
        merged.sort();
        merged.truncate(k);
        prop_assert_eq!(merged, whole);
    }
}

#[test]
fn a_large_register_is_selected_alike_on_any_number_of_threads() {
    let ids: Vec<String> = (0..20_000).map(|i| format!("U{i:05}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let seed = Seed::sha256(Digest::of(&[b"a large register"]));
    let mut expected = sorted(&seed, "small", &ids);
    expected.truncate(700);
    for threads in [1, 2, 6] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert_eq!(pool.install(|| selected(&seed, "small", &ids, 700)), expected, "{threads} threads");
    }
}

/// Two strata, two seeds, two draws: nothing carries over from one to another.
#[test]
fn seed_and_label_both_decide() {
    let ids: Vec<String> = (0..200).map(|i| format!("U{i:03}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (one, two) = (Seed::sha256(Digest::of(&[b"1"])), Seed::sha256(Digest::of(&[b"2"])));
    let base = selected(&one, "key/z1", &ids, 20);
    let names = |drawn: &[(Digest, String)]| drawn.iter().map(|d| d.1.clone()).collect::<BTreeSet<_>>();
    assert_ne!(names(&selected(&two, "key/z1", &ids, 20)), names(&base));
    assert_ne!(names(&selected(&one, "key/z2", &ids, 20)), names(&base));
    assert_eq!(selected(&one, "key/z1", &ids, 20), base);
    // A larger quota only adds: nobody drawn is let go.
    assert_eq!(selected(&one, "key/z1", &ids, 40)[..20], base[..]);
    // Removing units that were not drawn changes nothing.
    let drawn = names(&base);
    let thinner: Vec<&str> =
        ids.iter().copied().filter(|id| drawn.contains(*id) || id.ends_with(['1', '4'])).collect();
    assert_eq!(selected(&one, "key/z1", &thinner, 20), base);
}

/// Equal tickets cannot be made, but the same id can be given twice: the order
/// by id must not depend on where a unit stands.
#[test]
fn equal_tickets_are_told_apart_by_id_alone() {
    let seed = Seed::sha256(Digest::of(&[b"equal"]));
    let drawn = selected(&seed, "key", &["B", "A", "B", "A"], 4);
    assert_eq!(drawn[0], drawn[1]);
    assert_eq!(drawn[2], drawn[3]);
    assert_eq!(drawn, selected(&seed, "key", &["A", "A", "B", "B"], 4));
    // Tickets that are not spread at all: fewer come early than is ever likely.
    assert_eq!(selected(&seed, "key", &["A"; 9_000], 70), sorted(&seed, "key", &["A"; 70]));
}
