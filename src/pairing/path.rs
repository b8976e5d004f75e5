//! The shortest way from an account with more visits than wished for to the
//! nearest with fewer: Dijkstra's algorithm at reduced costs.
//!
//! Places are the accounts of the ledger, and behind them the sink. An account
//! leads to another by an exchange in some visit, to the one above it (main account
//! or sink) by wishing one visit more, and that one leads back by wishing one less.
//! At the ledger's prices no step has a negative reduced cost.

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
    /// The place before this one, and how it leads here.
    before: (usize, Step),
}

/// How one place leads to the next.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// By an exchange in this visit.
    Exchange(usize),
    /// By wishing one more through the place before.
    Up,
    /// By wishing one less through this place.
    Down,
}

const NOWHERE: Label = Label { cost: NO_WAY, steps: u32::MAX, before: (usize::MAX, Step::Up) };

/// The search, with memory that serves one path after the other.
#[derive(Debug)]
pub(super) struct Search {
    labels: Vec<Label>,
    /// Places with a label.
    touched: Vec<usize>,
    settled: Vec<usize>,
    open: BinaryHeap<Reverse<(i128, u32, usize)>>,
    /// Cost of the best way to an underloaded account so far: nothing dearer
    /// is of interest.
    limit: i128,
}

/// One worth of load moved.
#[derive(Debug)]
pub(super) struct Route {
    pub exchanges: Vec<Exchange>,
    /// Accounts through which one visit more is wished for.
    pub more: Vec<usize>,
    /// And one visit less.
    pub less: Vec<usize>,
}

impl Search {
    pub fn new(accounts: usize) -> Self {
        Search {
            labels: vec![NOWHERE; accounts + 1],
            touched: Vec::new(),
            settled: Vec::new(),
            open: BinaryHeap::new(),
            limit: NO_WAY,
        }
    }

    /// Finds the shortest route from `start` and changes the prices so that its
    /// steps cost nothing; `None` if no underloaded account can be reached.
    pub fn shortest(&mut self, start: usize, board: &Board, ledger: &mut Ledger) -> Option<Route> {
        let sink = ledger.accounts();
        self.touched.drain(..).for_each(|place| self.labels[place] = NOWHERE);
        self.settled.clear();
        self.open.clear();
        self.limit = NO_WAY;
        self.relax(start, 0, 0, NOWHERE.before);
        let last = self.settle(board, ledger)?;
        for place in &self.settled {
            let rise = self.labels[last].cost - self.labels[*place].cost;
            if *place == sink {
                // The sink's price is 0 by definition; the others move instead.
                (0..sink).for_each(|account| ledger.reprice(account, -rise));
            } else {
                ledger.reprice(*place, rise);
            }
        }
        Some(self.route(last))
    }

    fn route(&self, last: usize) -> Route {
        let mut route = Route { exchanges: Vec::new(), more: Vec::new(), less: Vec::new() };
        let mut place = last;
        while self.labels[place].steps > 0 {
            let (before, step) = self.labels[place].before;
            match step {
                Step::Exchange(visit) => {
                    route.exchanges.push(Exchange { visit, leaves: before, enters: place });
                }
                Step::Up => route.more.push(before),
                Step::Down => route.less.push(place),
            }
            place = before;
        }
        route
    }

    fn relax(&mut self, place: usize, cost: i128, steps: u32, before: (usize, Step)) {
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
    /// account, which comes last.
    fn settle(&mut self, board: &Board, ledger: &Ledger) -> Option<usize> {
        let sink = ledger.accounts();
        let least_price = ledger.least_price();
        while let Some(Reverse((cost, steps, place))) = self.open.pop() {
            if (cost, steps) != (self.labels[place].cost, self.labels[place].steps) {
                continue;
            }
            self.settled.push(place);
            if place == sink {
                for main in ledger.mains() {
                    self.down(ledger, (cost, steps, sink), main);
                }
                continue;
            }
            if board.load(place) < ledger.wish(place) {
                return Some(place);
            }
            let base = cost - ledger.price(place);
            let main = ledger.main(place);
            if let Some(growth) = ledger.growth(place) {
                let (above, price) = if place == main { (sink, 0) } else { (main, ledger.price(main)) };
                self.relax(above, base + growth + price, steps + 1, (place, Step::Up));
            }
            if place == main {
                for other in ledger.behind(main) {
                    self.down(ledger, (base, steps, place), other);
                }
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
                        self.relax(other, way, steps + 1, (place, Step::Exchange(opening.visit)));
                    }
                }
            }
        }
        None
    }

    /// Relaxes an account below the place that was reached at `cost` less its price.
    fn down(&mut self, ledger: &Ledger, (cost, steps, place): (i128, u32, usize), account: usize) {
        if let Some(saving) = ledger.saving(account) {
            self.relax(account, cost + ledger.price(account) - saving, steps + 1, (place, Step::Down));
        }
    }
}
