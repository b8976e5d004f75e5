//! What lists say by now: of each key the latest line.

use super::line::{Key, ResultLine};
use super::list::Results;
use crate::ids::DrawId;
use std::collections::BTreeMap;

/// The line of each key in the latest list that has one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Current(BTreeMap<Key, (u32, ResultLine)>);

impl Current {
    /// What `lists`, in their order, add up to.
    pub fn of<'a>(lists: impl IntoIterator<Item = &'a Results>) -> Current {
        let mut current = Current::default();
        for list in lists {
            for line in &list.lines {
                current.put(list.number, line);
            }
        }
        current
    }

    /// Adds a line of list `number`; the number of the list whose line it takes the place of.
    pub fn put(&mut self, number: u32, line: &ResultLine) -> Option<u32> {
        self.0.insert(line.key(), (number, line.clone())).map(|(before, _)| before)
    }

    /// The line of `key`, and the number of its list.
    pub fn get(&self, key: &Key) -> Option<(u32, &ResultLine)> {
        self.0.get(key).map(|(number, line)| (*number, line))
    }

    /// All lines with the numbers of their lists, in the order of their keys.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &ResultLine)> {
        self.0.values().map(|(number, line)| (*number, line))
    }

    /// What became of the visit of `unit` that `draw` decided.
    pub fn visit(&self, draw: &DrawId, unit: &str) -> Option<(u32, &ResultLine)> {
        self.get(&Key::Visit(draw.clone(), unit.to_owned()))
    }
}
