//! One pass over a register: while some parts are read, those before them are written.

use super::maker::{Maker, Noticed};
use super::sink::{Sink, disordered};
use crate::cli::console::{Console, Progress};
use crate::cli::interrupt;
use crate::problem::{Kind, Outcome, Problem};
use crate::roll::Disorder;
use crate::said;
use crate::store::{Merge, RollFolder, State, Step, keep_run};
use std::path::Path;

/// Parts that are read at once. They are of one size, and what is written of those before them
/// is little work beside: one a thread keeps all busy, and memory small.
fn wave() -> usize {
    rayon::current_num_threads()
}

/// Bytes of lines that are merged at once.
const MERGED: usize = 8 << 20;

/// What a pass writes, and where.
#[derive(Clone, Copy)]
pub struct Into<'a> {
    pub folder: &'a RollFolder,
    /// Where tiles go, if there are any.
    pub tiles: Option<&'a Path>,
    /// Whether the pools and the state are kept, so that the pass can be taken up again.
    pub keeps: bool,
}

/// Reads the whole register, sorting it first if its ids do not rise.
///
/// # Errors
/// As reading and writing have; if an id is there twice; [`Kind::Incomplete`] at Ctrl-C.
pub fn pass(
    maker: &mut Maker<'_>,
    state: State,
    into: Into<'_>,
    console: &Console,
) -> Outcome<(State, Noticed)> {
    if state.step == Step::Sorting {
        return sorted(maker, state, into, console);
    }
    let fresh = State { parts: 0, runs: 0, pool: 0, last: None, step: Step::Sorting, ..state.clone() };
    let fresh =
        State { counts: vec![0; fresh.counts.len()], tree: crate::log::Growing::new(maker.suite), ..fresh };
    match ordered(maker, state, into, console)? {
        Ok(done) => Ok(done),
        Err(Disorder::NotAfter(before, id)) if before != id => {
            console.warn(said!(
                "名册没有按编号排好（{before} 之后是 {id}），先在磁盘上排序，要多用一些时间；先排好更快",
                "the register is not in order of id ({before}, then {id}); it is sorted on disk first, which takes longer than a sorted one"
            ));
            sorted(maker, fresh, into, console)
        }
        Err(disorder) => Err(disordered(&disorder)),
    }
}

fn bar(console: &Console, parts: usize, what: crate::lang::Said) -> Progress {
    let progress = console.trials(parts as u64);
    progress.say(what);
    progress
}

type Done = (State, Noticed);

/// A register whose ids rise; what is not in order is told.
fn ordered(
    maker: &Maker<'_>,
    state: State,
    into: Into<'_>,
    console: &Console,
) -> Outcome<Result<Done, Disorder>> {
    let (parts, mut from) = (maker.source.parts(), state.parts);
    let progress = bar(
        console,
        parts,
        said!("读名册（中断后可接着做）", "reading the register (can be taken up again)"),
    );
    progress.skip(from as u64);
    let mut sink = Sink::open(into.folder, state, into.tiles, into.keeps)?;
    let mut read = Vec::new();
    loop {
        let until = (from + wave()).min(parts);
        let before = std::mem::take(&mut read);
        let count = before.len();
        let (next, taken) = rayon::join(|| maker.parts(from..until), || sink.take(before));
        if let Err(disorder) = taken? {
            return Ok(Err(disorder));
        }
        (0..count).for_each(|_| progress.advance());
        sink.state.parts = from;
        if into.keeps {
            sink.keep()?;
        }
        if interrupt::is_asked() && from < parts {
            return sink.interrupted().map(Ok);
        }
        read = next?;
        if read.is_empty() {
            return Ok(Ok(sink.finish()?));
        }
        from = until;
    }
}

/// A register in any order: sorted runs, and then all of them as one.
fn sorted(maker: &mut Maker<'_>, mut state: State, into: Into<'_>, console: &Console) -> Outcome<Done> {
    let (parts, folder) = (maker.source.parts(), into.folder.runs());
    maker.sorts = true;
    let progress = bar(console, parts, said!("排序（中断后可接着做）", "sorting (can be taken up again)"));
    progress.skip(state.parts as u64);
    let mut noticed = Noticed::default();
    while state.parts < parts {
        let until = (state.parts + wave()).min(parts);
        let mut texts = Vec::new();
        for made in maker.parts(state.parts..until)? {
            noticed.add(made.noticed);
            texts.extend(made.lines);
        }
        keep_run(&folder, state.runs, &texts)?;
        (state.parts..until).for_each(|_| progress.advance());
        (state.parts, state.runs) = (until, state.runs + 1);
        if into.keeps && noticed.refused == 0 {
            Sink::open(into.folder, state.clone(), None, false)?.save()?;
        }
        if interrupt::is_asked() {
            return if noticed.refused == 0 { Err(interrupted()) } else { Ok((state, noticed)) };
        }
    }
    drop(progress);
    maker.sorts = false;
    let merged = merged(maker, state, into, console)?;
    std::fs::remove_dir_all(&folder).map_err(|error| crate::store::unreadable(&folder, &error))?;
    noticed.add(merged.1);
    Ok((merged.0, noticed))
}

fn merged(maker: &Maker<'_>, state: State, into: Into<'_>, console: &Console) -> Outcome<Done> {
    let progress = bar(console, state.parts, said!("合并", "merging"));
    let mut merge = Merge::open(&into.folder.runs(), state.runs)?;
    let mut sink = Sink::open(into.folder, state, into.tiles, into.keeps)?;
    let mut texts: Vec<String> = Vec::new();
    loop {
        let (next, taken) = rayon::join(
            || (0..wave()).map(|_| merge.lines(MERGED)).collect::<Outcome<Vec<String>>>(),
            || sink.take(maker.batches(std::mem::take(&mut texts))),
        );
        taken?.map_err(|disorder| disordered(&disorder))?;
        texts = next?.into_iter().filter(|text| !text.is_empty()).collect();
        (0..texts.len()).for_each(|_| progress.advance());
        if interrupt::is_asked() && !texts.is_empty() {
            // The sorted runs are kept; of merging nothing is.
            return Err(interrupted());
        }
        if texts.is_empty() {
            return sink.finish();
        }
    }
}

/// Ctrl-C, with everything kept that the next run goes on with.
pub fn interrupted() -> Problem {
    Problem::new(
        Kind::Incomplete,
        said!(
            "中途停止，什么都没有公布；已做完的留着",
            "stopped before the end, nothing was published; what is done is kept"
        ),
        said!(
            "再运行同一条命令就接着做；加 --restart 则从头开始",
            "run the same command again to go on; with --restart it begins anew"
        ),
    )
}
