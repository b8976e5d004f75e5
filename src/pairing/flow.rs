//! Maximum flow by Dinic's algorithm, for the question whether one selection
//! of units can be staffed at all.

/// No such arc, or no way to a node.
const NONE: usize = usize::MAX;

/// A directed network with capacities. Each arc is stored next to its reverse:
/// arc `a` and arc `a ^ 1`.
#[derive(Debug)]
pub(super) struct Network {
    heads: Vec<usize>,
    /// What can still flow.
    left: Vec<u64>,
    /// The arc added before this one at the same tail.
    older: Vec<usize>,
    /// The newest arc that leaves each node.
    newest: Vec<usize>,
}

impl Network {
    /// A network of `nodes` nodes without arcs.
    pub fn new(nodes: usize) -> Self {
        Network { heads: Vec::new(), left: Vec::new(), older: Vec::new(), newest: vec![NONE; nodes] }
    }

    /// Adds a node and gives its number.
    pub fn node(&mut self) -> usize {
        self.newest.push(NONE);
        self.newest.len() - 1
    }

    /// Adds an arc.
    pub fn arc(&mut self, from: usize, to: usize, capacity: u64) {
        for (tail, head, capacity) in [(from, to, capacity), (to, from, 0)] {
            self.older.push(self.newest[tail]);
            self.newest[tail] = self.heads.len();
            self.heads.push(head);
            self.left.push(capacity);
        }
    }

    /// Sends as much as possible from `source` to `sink` and says how much.
    pub fn maximise(&mut self, source: usize, sink: usize) -> u64 {
        let mut total = 0;
        loop {
            let levels = self.levels(source);
            if levels[sink] == NONE {
                return total;
            }
            let mut next = self.newest.clone();
            while let sent @ 1.. = self.send(source, sink, &levels, &mut next) {
                total += sent;
            }
        }
    }

    /// Steps from `source` to each node over arcs with something left;
    /// `usize::MAX` where there is no way.
    pub fn levels(&self, source: usize) -> Vec<usize> {
        let mut levels = vec![NONE; self.newest.len()];
        levels[source] = 0;
        let mut queue = vec![source];
        let mut at = 0;
        while let Some(node) = queue.get(at).copied() {
            at += 1;
            let mut arc = self.newest[node];
            while arc != NONE {
                let head = self.heads[arc];
                if self.left[arc] > 0 && levels[head] == NONE {
                    levels[head] = levels[node] + 1;
                    queue.push(head);
                }
                arc = self.older[arc];
            }
        }
        levels
    }

    /// Sends what one way of rising levels can take; 0 if there is none left.
    /// `next` remembers, for each node, the first arc not yet found useless.
    fn send(&mut self, source: usize, sink: usize, levels: &[usize], next: &mut [usize]) -> u64 {
        let mut way: Vec<usize> = Vec::new();
        let mut node = source;
        while node != sink {
            let arc = next[node];
            if arc == NONE {
                let Some(back) = way.pop() else { return 0 };
                node = self.heads[back ^ 1];
                next[node] = self.older[back];
            } else if self.left[arc] > 0 && levels[self.heads[arc]] == levels[node] + 1 {
                way.push(arc);
                node = self.heads[arc];
            } else {
                next[node] = self.older[arc];
            }
        }
        let sent = way.iter().map(|arc| self.left[*arc]).min().unwrap_or(0);
        for arc in way {
            self.left[arc] -= sent;
            self.left[arc ^ 1] += sent;
        }
        sent
    }
}
