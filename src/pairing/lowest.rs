//! From any prices that prove a pairing right to the least ones.

use super::board::Board;
use super::ledger::Ledger;
use super::rows::UNLAWFUL;
use super::ticket::{PART, in_parts};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The least prices of the board's teams, by account, given prices that fit them.
///
/// A price may sink until it meets the cost of the last visit held, or until
/// somebody who holds a visit would rather be replaced by this one. How far it
/// sinks is therefore a distance, at reduced costs, from those who cannot sink.
/// What the lists do not show is looked up where it could matter.
pub(super) fn least_prices(board: &Board, ledger: &Ledger) -> Vec<i128> {
    let floor = |account: usize| match ledger.is_main(account) {
        true => ledger.saving(account).unwrap_or(0),
        false => 0,
    };
    let everybody: Vec<usize> = (0..ledger.accounts()).collect();
    let mut falls: Vec<i128> = everybody.iter().map(|a| ledger.price(*a) - floor(*a)).collect();
    shorten(board, ledger, &mut falls, &everybody);
    loop {
        let raised = unlisted(board, ledger, &mut falls);
        if raised.is_empty() {
            return everybody.iter().map(|account| ledger.price(*account) - falls[*account]).collect();
        }
        shorten(board, ledger, &mut falls, &raised);
    }
}

/// Shortens `falls` along the lists, from those in `from`.
fn shorten(board: &Board, ledger: &Ledger, falls: &mut [i128], from: &[usize]) {
    let mut open: BinaryHeap<_> = from.iter().map(|person| Reverse((falls[*person], *person))).collect();
    while let Some(Reverse((fall, person))) = open.pop() {
        if fall != falls[person] {
            continue;
        }
        let base = fall - ledger.price(person);
        for (other, cost) in within(ledger, person) {
            let way = base + cost + ledger.price(other);
            if way < falls[other] {
                falls[other] = way;
                open.push(Reverse((way, other)));
            }
        }
        for opening in board.openings(person) {
            let due = base + i128::from(opening.due);
            for entry in opening.list {
                let other = entry.person as usize;
                let way = due + i128::from(entry.ticket) + ledger.price(other);
                if way < falls[other] && !opening.team.contains(&entry.person) {
                    falls[other] = way;
                    open.push(Reverse((way, other)));
                }
            }
        }
    }
}

/// The other accounts of the same person that the price of `account` holds up, with
/// what they may cost less: the main account by the cost of one visit more, the
/// others by that of their last visit, which is a gain.
fn within(ledger: &Ledger, account: usize) -> impl Iterator<Item = (usize, i128)> {
    let main = ledger.main(account);
    let up = ledger.growth(account).filter(|_| account != main).map(|cost| (main, cost));
    let behind = if account == main { ledger.behind(main) } else { 0..0 };
    let down = behind.filter_map(|other| Some((other, -ledger.saving(other)?)));
    up.into_iter().chain(down)
}

/// Shortens `falls` by one step to people whom the lists do not show, and says
/// whose became shorter.
fn unlisted(board: &Board, ledger: &Ledger, falls: &mut [i128]) -> Vec<usize> {
    let prices: Vec<i128> =
        (0..ledger.accounts()).map(|account| ledger.price(account) - falls[account]).collect();
    let least = board.rows.least_prices(&prices);
    // For each slot the highest price that some holder's leaving would support,
    // but for the ticket of who enters.
    let supported = |visit: usize| {
        let mut most = vec![i128::MIN / 2; board.team(visit).len()];
        for person in board.team(visit) {
            for opening in board.openings_in(visit, *person) {
                most[opening.slot] =
                    most[opening.slot].max(prices[*person as usize] - i128::from(opening.due));
            }
        }
        most
    };
    let wanted = |visit: usize| {
        let most = supported(visit);
        let doubtful = |(slot, most): (usize, &i128)| {
            let rest = board.rows.rest(visit, slot);
            rest < UNLAWFUL && i128::from(rest) + least.of(visit)[slot] < *most
        };
        let doubt = most.iter().enumerate().any(doubtful);
        if doubt { board.rows.wanted(visit, &prices, &most, board.team(visit)) } else { Vec::new() }
    };
    let needs = in_parts(board.rows.visits(), PART, |part| part.flat_map(wanted).collect::<Vec<_>>());
    let mut raised = Vec::new();
    for (person, price) in needs.into_iter().flatten() {
        let fall = ledger.price(person) - price;
        if fall < falls[person] {
            falls[person] = fall;
            raised.push(person);
        }
    }
    raised
}
