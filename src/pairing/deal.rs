//! Before any ticket is looked at: how many visits everybody should have.
//!
//! All slots of a docket with the same eligible people are a *pile*. Piles are
//! dealt out one after the other, each slot to whom it costs least, and then again
//! while that changes anything. However bad the deal, only the number of
//! paths that follow depends on it.

use super::component::{Dockets, find};
use super::ledger::Ledger;
use super::ticket::{MID, band_cost};
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
/// the last one dealt. Likewise within every band from 1.
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
    let people = groups(ledger, &piles, |account| ledger.main(account), |main| ledger.level(main));
    let mut banded = groups(ledger, &piles, |account| account, |account| ledger.through(account));
    banded.retain(|group| !ledger.is_main(group.places[0]));
    ledger.clear();
    for group in &people {
        hand_out(ledger, group.places.iter().map(|main| *main as u32), group.slots);
    }
    let undealt = piles.iter().map(|pile| pile.slots - pile.dealt.len()).sum();
    let everybody: Vec<u32> = ledger.mains().map(|main| main as u32).collect();
    hand_out(ledger, everybody.into_iter(), undealt);
    banded.iter().for_each(|group| spread(ledger, group));
    price(ledger, &people);
    banded.iter().for_each(|group| price_band(ledger, group));
}

/// Main accounts, or accounts of one band, that can hand slots to each other, and the
/// slots that they have.
struct Group {
    places: Vec<usize>,
    slots: usize,
}

/// The groups of the places in which `place` puts the accounts of a pile: those that
/// share a pile and have as many visits, by `level`, but for one.
fn groups(
    ledger: &Ledger,
    piles: &[Pile<'_>],
    place: impl Fn(usize) -> usize,
    level: impl Fn(usize) -> usize,
) -> Vec<Group> {
    let mut parent: Vec<u32> = (0..ledger.accounts() as u32).collect();
    for pile in piles {
        let mut dealt = pile.dealt.clone();
        dealt.dedup();
        for one in dealt.iter().map(|account| place(*account as usize)) {
            let level_of_one = level(one);
            let near = |other: &usize| level(*other).abs_diff(level_of_one) <= 1;
            for other in pile.accounts.iter().map(|account| place(*account as usize)).filter(near) {
                let (one, other) = (find(&mut parent, one as u32), find(&mut parent, other as u32));
                parent[one.max(other) as usize] = one.min(other);
            }
        }
    }
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    for account in 0..ledger.accounts() {
        let root = find(&mut parent, place(account) as u32);
        let group = groups.entry(root).or_insert(Group { places: Vec::new(), slots: 0 });
        group.slots += ledger.wish(account) as usize;
        if place(account) == account {
            group.places.push(account);
        }
    }
    groups.into_values().collect()
}

/// Deals the slots of a group of one band to whoever has fewest, as long as they have
/// visits that are of no band yet.
fn spread(ledger: &mut Ledger, group: &Group) {
    let left = |ledger: &Ledger, account: usize| ledger.wish(ledger.main(account)) > 0;
    let open = group.places.iter().filter(|account| left(ledger, **account));
    let mut next: BinaryHeap<_> = open.map(|account| Reverse((0, *account))).collect();
    for _ in 0..group.slots {
        let Some(Reverse((dealt, account))) = next.pop() else { break };
        ledger.grow(account);
        if left(ledger, account) {
            next.push(Reverse((dealt + 1, account)));
        }
    }
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
        before.iter().for_each(|account| ledger.take_back(*account as usize));
        self.dealt = hand_out(ledger, self.accounts.iter().copied(), self.slots);
        self.dealt.sort_unstable();
        self.dealt != before
    }
}

/// Gives everybody the price of the last visit dealt in their group, as far as that fits.
fn price(ledger: &mut Ledger, people: &[Group]) {
    let last = |group: &Group| group.places.iter().filter_map(|main| ledger.saving(*main)).max();
    let prices: Vec<Option<i128>> = people.iter().map(last).collect();
    // Whoever is in no group with a visit could still come in where it is dearest.
    let dearest = prices.iter().flatten().copied().max().unwrap_or(0);
    for (group, price) in people.iter().zip(&prices) {
        group.places.iter().for_each(|main| ledger.set_price(*main, price.unwrap_or(dearest)));
    }
}

/// Lets the accounts of a band cost besides what the last visit of it did. That fits one
/// visit less as well, where there are not enough for everybody to have as many; where
/// there are, half a step more keeps it at just as many.
fn price_band(ledger: &mut Ledger, group: &Group) {
    let wishes = || group.places.iter().map(|account| ledger.through(*account));
    let (most, even) = (wishes().max().unwrap_or(0), wishes().min() == wishes().max());
    let besides = band_cost(most) + if even { MID / 2 } else { 0 };
    for account in &group.places {
        ledger.set_price(*account, ledger.price(ledger.main(*account)) + besides);
    }
}
