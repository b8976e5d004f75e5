//! Whether short lists were long enough: holds every visit against all of its
//! tickets, drawing them again only where that could matter.

use super::board::Board;
use super::ledger::Ledger;
use super::rows::{Entry, Look, Rows};
use super::ticket::{PART, in_parts};

/// Gives every visit for which somebody unlisted makes a cheaper team, at the
/// prices of the ledger, the cheapest one. Says whether there was any; if not,
/// every visit holds its cheapest team of all.
pub(super) fn reseat(board: &mut Board, ledger: &Ledger) -> bool {
    let least = board.rows.least_prices(ledger.prices());
    let paid = |visit: usize| {
        let prices = board.team(visit).iter().map(|person| ledger.price(*person as usize));
        i128::from(board.cost(visit)) + prices.sum::<i128>()
    };
    let doubtful = |visit: &usize| doubtful(&board.rows, ledger, least.of(*visit), *visit, paid(*visit));
    let looks = in_parts(board.rows.visits(), PART, |part| -> Vec<(Look, i128)> {
        part.filter(doubtful).map(|visit| (board.rows.look(visit, ledger.prices()), paid(visit))).collect()
    });
    let mut any = false;
    for (look, paid) in looks.into_iter().flatten() {
        let (visit, (sum, team)) = (look.visit, look.best);
        board.rows.extend(look);
        if sum < paid {
            board.replace(visit, team);
            any = true;
        } else {
            board.seat(visit);
        }
    }
    any
}

/// Whether a team with somebody unlisted could cost less than `paid`, for all
/// that the lists and the `least` price of each slot tell.
fn doubtful(rows: &Rows, ledger: &Ledger, least: &[i128], visit: usize, paid: i128) -> bool {
    let size = rows.size(visit);
    let unlisted = |slot: usize| i128::from(rows.rest(visit, slot)) + least[slot];
    let listed = |slot: usize| {
        let cost = |entry: &Entry| i128::from(entry.ticket) + ledger.price(entry.person as usize);
        rows.list(visit, slot).iter().map(cost).min().unwrap_or(i128::MAX)
    };
    let bounds: Vec<i128> = (0..size).map(|slot| unlisted(slot).min(listed(slot))).collect();
    let sum: i128 = bounds.iter().sum();
    (0..size).any(|slot| sum - bounds[slot] + unlisted(slot) < paid)
}
