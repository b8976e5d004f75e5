//! R12: the tiles out of which slips are proved are those of the lines.

use super::{Counted, Papers, RollDrawn};
use crate::log::{Bundle, Fault, Fetch, Growing, WIDTH};
use crate::record::{self, Table, TableLine};
use crate::said;
use crate::verify::{Stop, Verified};

impl Papers<'_> {
    /// R12: what `yaohao roll prove` reads is true to the lines of the roll and of drawn.txt.
    pub(super) fn tiles(&self, counted: Option<&Counted>, fetch: Fetch<'_>) -> Verified {
        let commit = self.committed()?;
        let wrong = |fault: Fault, whole| Stop::Fail(fault.said_of(&whole));
        self.whole(counted)?.tiles.clone().map_err(|fault| wrong(fault, said!("名册", "the roll")))?;
        if self.files.get(record::DRAWN).is_none() {
            return Ok(said!("名册的瓦片文件无误", "the tiles of the roll are right"));
        }
        let drawn = self.drawn()?;
        if !drawn.lines.is_empty() && !self.files.0.contains_key("drawn/") {
            return Err(Stop::NotRun(said!("没有 drawn/", "there is no drawn/")));
        }
        let of_drawn = |fault| wrong(fault, said!("抽取结果", "drawn.txt"));
        compare(&drawn, Growing::new(commit.suite), fetch).map_err(of_drawn)?;
        Ok(said!("名册和抽取结果的瓦片文件无误", "the tiles of the roll and of drawn.txt are right"))
    }
}

/// Holds tiles and bundles against a table, with its tree, in which there is nothing yet.
fn compare(table: &Table<RollDrawn>, mut tree: Growing, fetch: Fetch<'_>) -> Result<(), Fault> {
    let mut found = Ok(());
    tree.push(&table.leaves(tree.suite()), &mut |tile, hashes| {
        if found.is_ok() {
            found = tile.compare(hashes, fetch);
        }
    });
    found?;
    tree.partial().try_for_each(|(tile, hashes)| tile.compare(hashes, fetch))?;
    for (index, lines) in (0..).zip(table.lines.chunks(WIDTH as usize)) {
        let entries = lines.iter().map(|line| format!("{}\n{}\n", RollDrawn::LINE, line.line()));
        let path = Bundle { index, width: lines.len() as u64 }.path();
        let found = fetch(&path).ok_or_else(|| Fault::Missing(path.clone()))?;
        if found != Bundle::bytes(entries)? {
            return Err(Fault::Changed(path));
        }
    }
    Ok(())
}
