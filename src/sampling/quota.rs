//! Exact integer quotas: the size of a rule, and its share for each stratum by
//! largest remainder (Hamilton's method).

use crate::eligibility::Stratum;
use crate::policy::{Policy, QuotaRule, QuotaSize};

/// How many units a rule draws from a pool of `n` in all: the count or the
/// rounded fraction, raised to the floor, cut to the cap, and never more than `n`.
pub fn total(rule: &QuotaRule, n: u64) -> u64 {
    let size = match rule.size {
        QuotaSize::Count(count) => count,
        QuotaSize::Share(fraction, rounding) => fraction.of(n, rounding),
    };
    size.max(rule.floor).min(rule.cap.unwrap_or(u64::MAX)).min(n)
}

/// The quota of each stratum of a rule, in the order of `pools`.
///
/// With K = [`total`] and N = Σ pools, stratum z gets floor(K·N_z / N); what is
/// left goes, one each, to the largest remainders K·N_z mod N. Equal remainders
/// go to the stratum that comes first in `pools`, which is byte order of labels.
///
/// ```
/// use yaohao::policy::{QuotaRule, QuotaSize};
/// let rule = QuotaRule { size: QuotaSize::Count(10), floor: 0, cap: None };
/// assert_eq!(yaohao::sampling::allocate(&rule, &[100, 100, 100]), [4, 3, 3]);
/// ```
pub fn allocate(rule: &QuotaRule, pools: &[u64]) -> Vec<u64> {
    // A verifier reads the pools from a stranger's file: their sum may be beyond 64 bits.
    let n: u128 = pools.iter().map(|pool| u128::from(*pool)).sum();
    let k = total(rule, u64::try_from(n).unwrap_or(u64::MAX));
    if n == 0 {
        return vec![0; pools.len()];
    }
    let product = |pool: &u64| u128::from(k) * u128::from(*pool);
    let mut quotas: Vec<u64> = pools.iter().map(|pool| (product(pool) / n) as u64).collect();
    let mut by_remainder: Vec<usize> = (0..pools.len()).collect();
    by_remainder.sort_by_key(|i| std::cmp::Reverse(product(&pools[*i]) % n));
    let left = k - quotas.iter().sum::<u64>();
    for i in by_remainder.into_iter().take(left as usize) {
        quotas[i] += 1;
    }
    quotas
}

/// The quota of every stratum, in the order of `strata` (byte order of labels).
pub fn quotas(policy: &Policy, strata: &[Stratum]) -> Vec<u64> {
    let mut quotas = vec![0; strata.len()];
    for (number, rule) in policy.strata.iter().enumerate() {
        let members: Vec<usize> = (0..strata.len()).filter(|i| strata[*i].rule == number).collect();
        let pools: Vec<u64> = members.iter().map(|i| strata[*i].pool).collect();
        for (i, quota) in members.iter().zip(allocate(&rule.quota, &pools)) {
            quotas[*i] = quota;
        }
    }
    quotas
}
