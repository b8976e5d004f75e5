//! The shortest way from an inspector with more visits than wished to the
//! nearest with fewer: Dijkstra's algorithm at reduced costs.
//!
//! Places are the inspectors, by local number, and behind them the sink. An
//! inspector leads to another by an exchange in some visit, to the sink by
//! wishing one visit more, and the sink leads to an inspector by wishing one
//! less. At the ledger's prices no step has a negative reduced cost.

use super::board::{Board, Exchange};
use super::ledger::Ledger;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Stands for "no way yet".
const NO_WAY: i128 = i128::MAX;

/// What the search knows of one place.
#[derive(Debug, Clone, Copy)]
struct Label {
    /// Reduced cost of the best way found so far.
    cost: i128,
    /// Steps of that way. Among cheapest ways only one of fewest steps keeps
    /// several exchanges in one visit additive.
    steps: u32,
    /// The place before this one, and the visit of the exchange.
    before: (usize, usize),
}

const NOWHERE: Label = Label { cost: NO_WAY, steps: u32::MAX, before: (usize::MAX, usize::MAX) };

/// The search, with memory that serves one path after the other.
#[derive(Debug)]
pub(super) struct Search {
    labels: Vec<Label>,
    /// Places with a label.
    touched: Vec<usize>,
    settled: Vec<usize>,
    open: BinaryHeap<Reverse<(i128, u32, usize)>>,
    /// Cost of the best way to an underloaded inspector so far: nothing dearer
    /// is of interest.
    limit: i128,
}

/// One worth of load moved.
#[derive(Debug)]
pub(super) struct Route {
    pub exchanges: Vec<Exchange>,
    /// Who wishes one visit less, and who one more, if the way led over the sink.
    pub wish: Option<(usize, usize)>,
}

impl Search {
    pub fn new(people: usize) -> Self {
        Search {
            labels: vec![NOWHERE; people + 1],
            touched: Vec::new(),
            settled: Vec::new(),
            open: BinaryHeap::new(),
            limit: NO_WAY,
        }
    }

    /// Finds the shortest route from `start` and changes the prices so that its
    /// steps cost nothing; `None` if no underloaded inspector can be reached.
    pub fn shortest(&mut self, start: usize, board: &Board, ledger: &mut Ledger) -> Option<Route> {
        let sink = board.people();
        self.touched.drain(..).for_each(|place| self.labels[place] = NOWHERE);
        self.settled.clear();
        self.open.clear();
        self.limit = NO_WAY;
        self.relax(start, 0, 0, (usize::MAX, usize::MAX));
        let last = self.settle(board, ledger)?;
        for place in &self.settled {
            let rise = self.labels[last].cost - self.labels[*place].cost;
            if *place == sink {
                // The sink's price is 0 by definition; the others move instead.
                (0..sink).for_each(|person| ledger.reprice(person, -rise));
            } else {
                ledger.reprice(*place, rise);
            }
        }
        Some(self.route(sink, last))
    }

    fn route(&self, sink: usize, last: usize) -> Route {
        let mut route = Route { exchanges: Vec::new(), wish: None };
        let mut place = last;
        while self.labels[place].steps > 0 {
            let (before, visit) = self.labels[place].before;
            if before == sink {
                route.wish = Some((place, self.labels[sink].before.0));
            } else if place != sink {
                route.exchanges.push(Exchange { visit, leaves: before, enters: place });
            }
            place = before;
        }
        route
    }

    fn relax(&mut self, place: usize, cost: i128, steps: u32, before: (usize, usize)) {
        let label = &mut self.labels[place];
        if (cost, steps) < (label.cost, label.steps) {
            if label.cost == NO_WAY {
                self.touched.push(place);
            }
            *label = Label { cost, steps, before };
            self.open.push(Reverse((cost, steps, place)));
        }
    }

    /// Settles places in the order of distance up to the first underloaded
    /// inspector, which comes last.
    fn settle(&mut self, board: &Board, ledger: &Ledger) -> Option<usize> {
        let sink = board.people();
        let least_price = ledger.least_price();
        while let Some(Reverse((cost, steps, place))) = self.open.pop() {
            if (cost, steps) != (self.labels[place].cost, self.labels[place].steps) {
                continue;
            }
            self.settled.push(place);
            if place == sink {
                for other in 0..sink {
                    if let Some(saving) = ledger.saving(other) {
                        self.relax(other, cost + ledger.price(other) - saving, steps + 1, (sink, usize::MAX));
                    }
                }
                continue;
            }
            if board.load(place) < ledger.wish(place) {
                return Some(place);
            }
            let base = cost - ledger.price(place);
            if let Some(growth) = ledger.growth(place) {
                self.relax(sink, base + growth, steps + 1, (place, usize::MAX));
            }
            for opening in board.openings(place) {
                let due = base + i128::from(opening.due);
                for entry in opening.list {
                    let way = due + i128::from(entry.ticket);
                    if way + least_price > self.limit {
                        break;
                    }
                    let (other, way) = (entry.person as usize, way + ledger.price(entry.person as usize));
                    let label = &self.labels[other];
                    let nearer = way <= self.limit && (way, steps + 1) < (label.cost, label.steps);
                    if nearer && !opening.team.contains(&entry.person) {
                        if board.load(other) < ledger.wish(other) {
                            self.limit = way;
                        }
                        self.relax(other, way, steps + 1, (place, opening.visit));
                    }
                }
            }
        }
        None
    }
}
