//! R04 and R05: the lines, read as strictly as every other text, and counted.

use super::shelf::read;
use super::{Batch, Disorder, Labels, Papers, RollCommit, RollUnit};
use crate::digest::Suite;
use crate::lang::Said;
use crate::log::{Fault, Fetch, Growing};
use crate::record::Sealed;
use crate::said;
use crate::verify::{Fit, Stop, Verified, ensure};

/// Reads lines of a roll, in any number of threads.
pub struct LineReader<'a> {
    suite: Suite,
    labels: Labels,
    /// What lines are held against for R05, where the policy is there.
    fit: Option<Fit<'a>>,
}

/// What some lines that stand one behind the other came to.
#[derive(Debug)]
pub struct Part {
    batch: Result<Batch, Said>,
    /// The first line whose published fields are wrong.
    misfit: Option<Said>,
}

impl LineReader<'_> {
    /// Reads `lines`, each with its end.
    pub fn read(&self, lines: &str) -> Part {
        let mut misfit = None;
        for line in lines.lines() {
            let unit = match read::<RollUnit>(line) {
                Ok(unit) => unit,
                Err(error) => {
                    let Said { zh, en } = error.said();
                    let what = said!("{line}：{zh}", "{line}: {en}");
                    return Part { batch: Err(what), misfit };
                }
            };
            if let (Some(fit), None) = (&self.fit, &misfit) {
                misfit = fit.fault(&unit.id, &unit.standing, &unit.shown);
            }
        }
        let batch = Batch::of(self.suite, &self.labels, lines).map_err(|disorder| fault(&disorder));
        Part { batch, misfit }
    }
}

impl Part {
    /// Lines that could not be read from their file.
    pub fn unread(fault: &Fault) -> Part {
        Part { batch: Err(fault.said_of(&said!("名册", "the roll"))), misfit: None }
    }
}

/// What the lines of the roll came to.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Units with each standing.
    counts: Vec<u64>,
    /// The tree over all lines.
    tree: Growing,
    /// The last id so far.
    last: Option<String>,
    /// What stood in the way: lines that are missing, out of order, or not in their form.
    fault: Option<Said>,
    /// The first line whose published fields are wrong.
    misfit: Option<Said>,
    /// What is wrong with the tiles.
    pub(super) tiles: Result<(), Fault>,
}

impl Counted {
    /// No line yet.
    pub fn new(commit: &RollCommit, labels: &Labels) -> Counted {
        Counted {
            counts: vec![0; labels.standings()],
            tree: Growing::new(commit.suite),
            last: None,
            fault: None,
            misfit: None,
            tiles: Ok(()),
        }
    }

    /// Whether there is no use in reading on.
    pub fn is_stopped(&self) -> bool {
        self.fault.is_some()
    }

    /// Takes in the next lines, and gives those in pools, see [`super::pooled`]. `tiles` fetches
    /// what lies below the roll's folder.
    pub fn take(&mut self, part: Part, tiles: Fetch<'_>) -> Option<Vec<u8>> {
        if self.fault.is_some() {
            return None;
        }
        self.misfit = self.misfit.take().or(part.misfit);
        let batch = match part.batch {
            Ok(batch) => batch,
            Err(what) => {
                self.fault = Some(what);
                return None;
            }
        };
        let (first, end) = batch.ends?;
        if let Some(before) = self.last.as_ref().filter(|before| **before >= first) {
            self.fault = Some(fault(&Disorder::NotAfter(before.clone(), first)));
            return None;
        }
        self.last = Some(end);
        self.counts.iter_mut().zip(&batch.counts).for_each(|(all, n)| *all += n);
        let mut found = Ok(());
        self.tree.push(&batch.leaves, &mut |tile, hashes| {
            if found.is_ok() {
                found = tile.compare(hashes, tiles);
            }
        });
        self.tiles = std::mem::replace(&mut self.tiles, Ok(())).and(found);
        Some(batch.pool)
    }

    /// Says that these were all lines: the tiles at the right edge are looked at too.
    pub fn end(&mut self, tiles: Fetch<'_>) {
        let mut edge = self.tree.partial();
        let found = edge.try_for_each(|(tile, hashes)| tile.compare(hashes, tiles));
        drop(edge);
        self.tiles = std::mem::replace(&mut self.tiles, Ok(())).and(found);
    }
}

fn fault(disorder: &Disorder) -> Said {
    match disorder {
        Disorder::NotAfter(before, id) => {
            said!(
                "{before} 之后是 {id}，重复或次序不对",
                "{id} follows {before}: there twice, or out of order"
            )
        }
        Disorder::Standing(line) => {
            said!("分层不在承诺里：{line}", "not a stratum of the commitment: {line}")
        }
    }
}

impl Papers<'_> {
    /// What reads the lines; with the policy as it was committed, it looks at published fields too.
    pub fn line_reader(&self, commit: &RollCommit) -> LineReader<'_> {
        let fit = self.committed_rules().ok().map(|rules| Fit::new(rules, commit.window.first));
        LineReader { suite: commit.suite, labels: self.labels(), fit }
    }

    /// What the lines came to, if all of them could be read.
    pub(super) fn whole<'b>(&self, counted: Option<&'b Counted>) -> Result<&'b Counted, Stop> {
        let whole = counted.filter(|counted| counted.fault.is_none());
        whole.ok_or_else(|| Stop::NotRun(said!("名册没有读全", "not all lines could be read")))
    }

    /// R04: the lines are in their one form and have the committed root and number; ids rise.
    pub(super) fn lines(&self, counted: Option<&Counted>) -> Verified {
        let commit = self.committed()?;
        let Some(counted) = counted else {
            return Err(Stop::NotRun(said!(
                "名册的公开文件不在（tile/）",
                "the lines of the roll are not there (tile/)"
            )));
        };
        if let Some(fault) = &counted.fault {
            return Err(Stop::Fail(fault.clone()));
        }
        let found = Sealed { root: counted.tree.root(), count: counted.tree.size() };
        ensure(found == commit.units, || {
            said!(
                "名册的树根和行数是 {found}，承诺的是 {}",
                "root and number of the lines are {found}, committed was {}",
                commit.units
            )
        })?;
        Ok(said!("{} 行，树根 {}", "{} lines, root {}", found.count, found.root))
    }

    /// R05: pools and exclusions are counted right; every line publishes what the policy says, and
    /// nothing that contradicts its stratum.
    pub(super) fn strata(&self, counted: Option<&Counted>) -> Verified {
        let commit = self.committed()?;
        let counted = self.whole(counted)?;
        self.committed_rules()?;
        if let Some(misfit) = &counted.misfit {
            return Err(Stop::Fail(misfit.clone()));
        }
        let labels = self.labels();
        let (pools, excluded) = labels.counted(&counted.counts);
        let same = pools.iter().copied().eq(commit.strata.iter().map(|s| (s.label.as_str(), s.pool)));
        ensure(same, || said!("分层单位数与名册不符", "the pools are not those of the roll"))?;
        ensure(excluded == commit.excluded, || {
            said!("排除单位数与名册不符", "the exclusions are not those of the roll")
        })?;
        let (strata, pool) = (pools.len(), pools.iter().map(|(_, n)| n).sum::<u64>());
        let out: u64 = excluded.iter().map(|(_, n)| n).sum();
        Ok(said!("{strata} 层共 {pool} 家，排除 {out} 家", "{pool} units in {strata} strata, {out} excluded"))
    }
}
