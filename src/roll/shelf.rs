//! The lines of a table that lies in tiles: found without reading the others, and given together
//! with the proof of their places.

use crate::digest::{Digest, Suite};
use crate::log::{Fault, Fetch, Inclusion, Tree, WIDTH, inclusion};
use crate::record::{Sealed, TableLine, leaf};
use crate::text::{Read, Reader};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::Range;
use std::rc::Rc;

/// A line with its place in the tree of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<L> {
    /// The line.
    pub line: L,
    /// From the line to the root of the table.
    pub path: Inclusion,
}

impl<L: TableLine> Placed<L> {
    /// Whether the line leads to the root of a table.
    pub fn leads(&self, suite: Suite, to: &Sealed) -> bool {
        self.path.leads(suite, leaf::<L>(suite, &self.line.line()), to)
    }
}

/// Where a line is: its number, or that of the first line behind its place.
pub(super) type Found = Result<u64, u64>;

/// The lines of one bundle.
type Lines = Rc<Vec<String>>;

/// A table of known root, in tiles and bundles.
///
/// Lines are looked for in bundles as they were given, unchecked: what is found is checked
/// against the root before it is used, and what misleads the search is found out by whoever
/// searched, because the lines that it ends at do not stand on both sides of what was sought.
pub(super) struct Shelf<'a, L> {
    tree: Tree<'a>,
    /// First lines of bundles, by which the search goes. Those asked for first are those that
    /// every search asks for.
    firsts: RefCell<BTreeMap<u64, Rc<str>>>,
    /// The bundle read last: whoever asks for units in their order reads each once.
    last: RefCell<Option<(u64, Lines)>>,
    kind: PhantomData<L>,
}

/// First lines that are kept: about 10 MiB.
const FIRSTS: usize = 1 << 16;

impl<'a, L: TableLine> Shelf<'a, L> {
    /// The table with this root and number of lines.
    pub(super) fn open(suite: Suite, table: &Sealed, fetch: Fetch<'a>) -> Result<Self, Fault> {
        let tree = Tree::open(suite, table.count, table.root, fetch)?;
        Ok(Shelf { tree, firsts: RefCell::default(), last: RefCell::default(), kind: PhantomData })
    }

    /// Its number of lines.
    pub(super) fn count(&self) -> u64 {
        self.tree.size()
    }

    /// Line `index` with its proof.
    pub(super) fn line(&self, index: u64) -> Result<Placed<L>, Fault> {
        let lines = self.lines(index / WIDTH)?;
        let line = lines.get((index % WIDTH) as usize).ok_or(Fault::Beyond)?;
        if leaf::<L>(self.tree.suite(), line) != self.tree.leaf(index)? {
            return Err(Fault::Changed(format!("{} ({index})", L::TABLE)));
        }
        let read = read::<L>(line).map_err(|_| self.malformed(index / WIDTH))?;
        let neighbours: Vec<Digest> = inclusion(&self.tree, index, self.tree.size())?;
        Ok(Placed { line: read, path: Inclusion { index, neighbours } })
    }

    /// Where the line is among those `within`, which stand in order. `order` says how a line
    /// stands to what is sought, or `None` of what is no line.
    pub(super) fn search(
        &self,
        within: Range<u64>,
        order: impl Fn(&str) -> Option<Ordering>,
    ) -> Result<Found, Fault> {
        if within.is_empty() {
            return Ok(Err(within.start));
        }
        let (mut low, mut high) = (within.start / WIDTH, (within.end - 1) / WIDTH);
        while low < high {
            let middle = high - (high - low) / 2;
            match order(&self.first(middle)?).ok_or_else(|| self.malformed(middle))? {
                Ordering::Greater => high = middle - 1,
                _ => low = middle,
            }
        }
        let (lines, start) = (self.lines(low)?, low * WIDTH);
        let from = within.start.max(start);
        let to = within.end.min(start + lines.len() as u64);
        let part = lines.get((from - start) as usize..(to - start) as usize).ok_or(Fault::Beyond)?;
        let orders: Option<Vec<Ordering>> = part.iter().map(|line| order(line)).collect();
        let orders = orders.ok_or_else(|| self.malformed(low))?;
        let found = orders.binary_search_by(|order| *order);
        Ok(found.map(|at| from + at as u64).map_err(|at| from + at as u64))
    }

    fn first(&self, bundle: u64) -> Result<Rc<str>, Fault> {
        if let Some(known) = self.firsts.borrow().get(&bundle) {
            return Ok(Rc::clone(known));
        }
        let first: Rc<str> = self.lines(bundle)?[0].as_str().into();
        let mut firsts = self.firsts.borrow_mut();
        if firsts.len() < FIRSTS {
            firsts.insert(bundle, Rc::clone(&first));
        }
        Ok(first)
    }

    fn lines(&self, bundle: u64) -> Result<Lines, Fault> {
        if let Some((known, lines)) = &*self.last.borrow()
            && *known == bundle
        {
            return Ok(Rc::clone(lines));
        }
        let (entries, path) = self.tree.unchecked_bundle(bundle)?;
        let lines: Option<Vec<String>> = entries.into_iter().map(line_of::<L>).collect();
        let lines = Rc::new(lines.ok_or(Fault::Malformed(path))?);
        *self.last.borrow_mut() = Some((bundle, Rc::clone(&lines)));
        Ok(lines)
    }

    fn malformed(&self, bundle: u64) -> Fault {
        Fault::Malformed(format!("{} ({})", L::TABLE, bundle * WIDTH))
    }
}

/// The line of an entry, `<tag>⏎<line>⏎`.
fn line_of<L: TableLine>(entry: Vec<u8>) -> Option<String> {
    let rest = entry.strip_prefix(L::LINE.as_bytes())?.strip_prefix(b"\n")?.strip_suffix(b"\n")?;
    std::str::from_utf8(rest).ok().map(str::to_owned)
}

/// Reads one line; what prints differently was not in its one form.
pub(super) fn read<L: TableLine>(line: &str) -> Read<L> {
    let text = format!("{}\n{line}\n", L::LINE);
    let mut r = Reader::new(text.as_bytes(), L::LINE)?;
    let line = r.next_line()?.unwrap_or_default();
    let read = L::read(&r, line)?;
    r.clone().end()?;
    if read.line() == line { Ok(read) } else { Err(r.error("not in canonical form")) }
}
