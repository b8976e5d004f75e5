//! Before any ticket is looked at: how many visits everybody should have.
//!
//! All slots of a docket with the same eligible people are a *pile*. Piles are
//! dealt out one after the other, each slot to whom it costs least, and then again
//! while that changes anything. However bad the deal, only the number of
//! paths that follow depends on it.

use super::component::{Dockets, find};
use super::ledger::Ledger;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// How often the piles are dealt at most.
const ROUNDS: usize = 6;

/// Slots that the same accounts may take, and to which of them they are dealt.
struct Pile<'a> {
    accounts: &'a [u32],
    slots: usize,
    dealt: Vec<u32>,
}

/// Deals all slots of a component, and sets prices that fit the deal. Where a pile
/// has nobody left with room, its slots go to whoever has; only where nobody has
/// they stay undealt.
///
/// People of one pile who have as many visits, but for one, can hand slots to each
/// other, directly or through others. So they are a *group*: its slots are dealt
/// once more, as if everybody in it could take any of them, and all have the price of
/// the last one dealt.
pub(super) fn deal(ledger: &mut Ledger, dockets: &Dockets) {
    let mut piles: Vec<Pile<'_>> = Vec::new();
    for (docket, visits) in dockets.counted() {
        piles.extend(docket.iter().map(|accounts| Pile { accounts, slots: visits, dealt: Vec::new() }));
    }
    for _ in 0..ROUNDS {
        let mut changed = false;
        for pile in &mut piles {
            changed |= pile.deal(ledger);
        }
        if !changed {
            break;
        }
    }
    let mut undealt = vec![0; dockets.bands];
    for pile in &piles {
        undealt[pile.accounts[0] as usize % dockets.bands] += pile.slots - pile.dealt.len();
    }
    let groups = groups(ledger, &piles);
    for group in &groups {
        let slots: Vec<usize> = group.iter().map(|account| ledger.wish(*account as usize) as usize).collect();
        group.iter().zip(&slots).for_each(|(account, slots)| ledger.take_back(*account as usize, *slots));
        for band in 0..dockets.bands {
            let of_band = |account: &u32| *account as usize % dockets.bands == band;
            let accounts = group.iter().copied().filter(of_band);
            let slots =
                group.iter().zip(&slots).filter(|(account, _)| of_band(account)).map(|(_, n)| n).sum();
            hand_out(ledger, accounts, slots);
        }
    }
    for (band, slots) in undealt.into_iter().enumerate().filter(|(_, slots)| *slots > 0) {
        let everybody = (band as u32..ledger.accounts() as u32).step_by(dockets.bands);
        hand_out(ledger, everybody, slots);
    }
    price(ledger, &groups);
}

/// Accounts of one band whose people share a pile and have as many visits, but for one.
fn groups(ledger: &Ledger, piles: &[Pile<'_>]) -> Vec<Vec<u32>> {
    let mut parent: Vec<u32> = (0..ledger.accounts() as u32).collect();
    for pile in piles {
        let mut dealt = pile.dealt.clone();
        dealt.dedup();
        for account in dealt {
            let level = ledger.level(account as usize);
            let near = |other: &&u32| ledger.level(**other as usize).abs_diff(level) <= 1;
            for other in pile.accounts.iter().filter(near) {
                let (one, other) = (find(&mut parent, account), find(&mut parent, *other));
                parent[one.max(other) as usize] = one.min(other);
            }
        }
    }
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for account in 0..ledger.accounts() as u32 {
        groups.entry(find(&mut parent, account)).or_default().push(account);
    }
    groups.into_values().collect()
}

/// Deals slots to those of `accounts` to whom they cost least, one after the other;
/// says to whom.
fn hand_out(ledger: &mut Ledger, accounts: impl Iterator<Item = u32>, slots: usize) -> Vec<u32> {
    let offer = |ledger: &Ledger, account: u32| Some((Reverse(ledger.offer(account as usize)?), account));
    let mut dealt = Vec::with_capacity(slots);
    if slots == 1 {
        dealt.extend(accounts.filter_map(|account| offer(ledger, account)).max().map(|(_, account)| account));
        dealt.iter().for_each(|account| ledger.deal(*account as usize));
        return dealt;
    }
    let mut next: BinaryHeap<_> = accounts.filter_map(|account| offer(ledger, account)).collect();
    while dealt.len() < slots
        && let Some((_, account)) = next.pop()
    {
        ledger.deal(account as usize);
        dealt.push(account);
        next.extend(offer(ledger, account));
    }
    dealt
}

impl Pile<'_> {
    /// Deals the pile anew; whether that changed anything.
    fn deal(&mut self, ledger: &mut Ledger) -> bool {
        let before = std::mem::take(&mut self.dealt);
        before.iter().for_each(|account| ledger.take_back(*account as usize, 1));
        self.dealt = hand_out(ledger, self.accounts.iter().copied(), self.slots);
        self.dealt.sort_unstable();
        self.dealt != before
    }
}

/// Gives every account the price of the last visit dealt in its group, as far as that
/// fits; main accounts first, on which the others stand.
fn price(ledger: &mut Ledger, groups: &[Vec<u32>]) {
    let last = |ledger: &Ledger, group: &[u32]| {
        group.iter().filter_map(|account| ledger.saving_in_all(*account as usize)).max()
    };
    let prices: Vec<Option<i128>> = groups.iter().map(|group| last(ledger, group)).collect();
    // Whoever is in no group with a visit could still come in where it is dearest.
    let dearest = prices.iter().flatten().copied().max().unwrap_or(0);
    for main in [true, false] {
        for (group, price) in groups.iter().zip(&prices) {
            for account in group.iter().map(|account| *account as usize) {
                if ledger.is_main(account) == main {
                    ledger.set_price(account, price.unwrap_or(dearest));
                }
            }
        }
    }
}
