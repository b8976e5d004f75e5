//! The shortest way from an inspector with more visits than wished to one
//! with fewer: Dijkstra's algorithm at reduced costs.
//!
//! Places are the inspectors, by local number, and behind them the sink. An
//! inspector leads to another by an exchange in some visit, to the sink by
//! wishing one visit more, and the sink leads to an inspector by wishing one
//! less. At the ledger's prices no step has a negative reduced cost.

use super::board::Board;
use super::ledger::Ledger;
use super::rows::UNLAWFUL;

/// Stands for "no way yet": above every cost, and still fits with a price.
const NO_WAY: i128 = 1 << 126;

/// What the search knows of one place.
#[derive(Debug, Clone, Copy)]
struct Label {
    place: usize,
    /// The ledger's price; the sink's is 0.
    price: i128,
    /// Cost of the best way found so far, at true costs, less the price of its
    /// start.
    cost: i128,
    /// Steps of that way. Among cheapest ways only one of fewest steps keeps
    /// several exchanges in one visit additive.
    steps: u32,
    /// The place before this one, by its position among the settled.
    before: usize,
}

impl Label {
    /// What places are settled in the order of: cost at reduced costs, steps.
    fn key(&self) -> (i128, u32) {
        (self.cost + self.price, self.steps)
    }

    fn relax(&mut self, (cost, steps): (i128, u32), before: usize) {
        if cost < self.cost || (cost == self.cost && steps < self.steps) {
            (self.cost, self.steps, self.before) = (cost, steps, before);
        }
    }
}

/// Finds the shortest route and changes the prices so that its steps cost
/// nothing. The route lists places from the overloaded inspector to the
/// underloaded one; `None` if no overloaded inspector reaches any.
pub(super) fn shortest(board: &Board, ledger: &mut Ledger) -> Option<Vec<usize>> {
    let sink = board.people();
    let settled = settle(board, ledger)?;
    let last = settled[settled.len() - 1];
    for label in &settled {
        let rise = last.key().0 - label.key().0;
        if label.place == sink {
            // The sink's price is 0 by definition; the others move instead.
            (0..sink).for_each(|person| ledger.reprice(person, -rise));
        } else {
            ledger.reprice(label.place, rise);
        }
    }
    let mut route = vec![last.place];
    let mut label = last;
    while label.steps > 0 {
        label = settled[label.before];
        route.push(label.place);
    }
    route.reverse();
    Some(route)
}

/// Settles places in the order of distance up to the first underloaded
/// inspector, which comes last.
fn settle(board: &Board, ledger: &Ledger) -> Option<Vec<Label>> {
    let sink = board.people();
    let mut open: Vec<Label> = (0..sink)
        .map(|place| {
            let price = ledger.price(place);
            let start = board.load(place) > ledger.wish(place);
            let (cost, steps) = if start { (-price, 0) } else { (NO_WAY, u32::MAX) };
            Label { place, price, cost, steps, before: usize::MAX }
        })
        .collect();
    open.push(Label { place: sink, price: 0, cost: NO_WAY, steps: u32::MAX, before: usize::MAX });
    let mut settled = Vec::with_capacity(open.len());
    loop {
        let nearest = (0..open.len()).min_by_key(|at| open[*at].key())?;
        let label = open.swap_remove(nearest);
        if label.steps == u32::MAX {
            return None;
        }
        let before = settled.len();
        settled.push(label);
        if label.place == sink {
            for other in &mut open {
                if let Some(saving) = ledger.saving(other.place) {
                    other.relax((label.cost - saving, label.steps + 1), before);
                }
            }
            continue;
        }
        if board.load(label.place) < ledger.wish(label.place) {
            return Some(settled);
        }
        let arcs = board.arcs(label.place);
        for other in &mut open {
            if other.place != sink {
                let arc = arcs[other.place];
                if arc < UNLAWFUL {
                    other.relax((label.cost + i128::from(arc), label.steps + 1), before);
                }
            } else if let Some(growth) = ledger.growth(label.place) {
                other.relax((label.cost + growth, label.steps + 1), before);
            }
        }
    }
}
