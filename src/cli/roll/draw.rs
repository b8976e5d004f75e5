//! `yaohao roll draw`.

use super::args::RollDrawArgs;
use super::last;
use super::void::given_up;
use crate::cli::console::Console;
use crate::cli::steps::{Ceremony, damaged};
use crate::clock;
use crate::eligibility::{History, Judge, Question};
use crate::log::Growing;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Sealed, Table, TableLine as _, id_of};
use crate::register::Register;
use crate::roll::{Chooser, RollCommit, RollDrawn, RollRecord, whole};
use crate::said;
use crate::seed::Seed;
use crate::store::{Audience, Office, RollFolder, Secrets, Tiles, read, read_text, unreadable, write_new};
use rayon::prelude::*;
use serde_json::json;
use std::fs::File;
use std::io::Read as _;

/// Bytes of a pool that are looked through at once by each thread.
const PART: usize = 4 << 20;

pub fn run(office: &Office, args: &RollDrawArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let folder = last(office)?;
    let commit = committed(&folder)?;
    let draw = folder.draw();
    let has = |file: &str| folder.public.join(file).exists();
    if has(record::RECORD) {
        return Err(closed(&folder));
    }
    if has(record::VOID) {
        return Err(given_up(&folder));
    }
    if clock::now() > commit.close_by {
        console.warn(late(&commit));
    }
    let mut ceremony = Ceremony::new(&draw, commit.demand(), Secrets::load(&draw)?, "yaohao roll");
    if !ceremony.gather(office, &args.seed, has(record::CEREMONY), console)? {
        return Ok(());
    }
    let drawn = Table::new(chosen(&folder, &commit, &ceremony.seed(), console)?);
    write_new(&folder.public.join(record::DRAWN), drawn.text.as_bytes(), Audience::Public)?;
    let drawn_root = publish_tree(&folder, &commit, &drawn)?;
    let record = RollRecord { link: ceremony.link()?, drawn: drawn_root };
    draw.add(record::RECORD, &record.text())?;
    announce(&folder, &commit, &record, console);
    Ok(())
}

/// The commitment of a roll.
pub fn committed(folder: &RollFolder) -> Outcome<RollCommit> {
    let path = folder.public.join(record::COMMIT);
    RollCommit::read(&read(&path)?)
        .map_err(|error| damaged(record::COMMIT, &error).at(path.display().to_string()))
}

/// The smallest tickets of every stratum, from the pools as they were counted.
fn chosen(
    folder: &RollFolder,
    commit: &RollCommit,
    seed: &Seed,
    console: &Console,
) -> Outcome<Vec<RollDrawn>> {
    let labels = pool_labels(folder, commit)?;
    let listed = |label: &String| {
        let stratum = commit.strata.iter().find(|stratum| stratum.label == *label);
        stratum.map_or(0, |stratum| (stratum.quota + stratum.reserves) as usize)
    };
    let mut chooser = Chooser::new(seed, labels.iter().map(|label| (label.clone(), listed(label))));
    let path = folder.pool();
    let failed = |error| unreadable(&path, &error);
    let file = File::open(&path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let wave = PART * rayon::current_num_threads();
    let progress = console.trials(length.div_ceil(wave as u64));
    progress.say(said!("抽取", "drawing"));
    let (mut left, mut units) = (Vec::new(), 0);
    loop {
        let before = left.len();
        (&file).take(wave as u64).read_to_end(&mut left).map_err(failed)?;
        if left.len() == before {
            break;
        }
        let mut rest = &left[..];
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let size = whole(&rest[..PART.min(rest.len())]);
            if size == 0 {
                break;
            }
            let (part, after) = rest.split_at(size);
            parts.push(part);
            rest = after;
        }
        let found: Vec<_> = parts.into_par_iter().map(|part| chooser.sift(part)).collect();
        let kept = rest.to_vec();
        for (count, found) in found {
            units += count;
            chooser.take(found);
        }
        left = kept;
        progress.advance();
    }
    let pool: u64 = commit.strata.iter().map(|stratum| stratum.pool).sum();
    if (left.len(), units) == (0, pool) { Ok(chooser.lines()) } else { Err(changed(folder)) }
}

/// The labels by which the pools count.
fn pool_labels(folder: &RollFolder, commit: &RollCommit) -> Outcome<Vec<String>> {
    let path = folder.public.join(record::POLICY);
    let policy = Policy::read(&path.display().to_string(), &read_text(&path)?)?;
    let (register, history) = (Register::default(), History::default());
    let question =
        Question { policy: &policy, register: &register, history: &history, window: commit.window };
    Ok(Judge::new(question).labels())
}

/// The tree over drawn.txt, published as tiles; its root.
fn publish_tree(folder: &RollFolder, commit: &RollCommit, drawn: &Table<RollDrawn>) -> Outcome<Sealed> {
    let mut tiles = Tiles::new(&folder.public.join("drawn"), RollDrawn::LINE);
    let (mut tree, mut written) = (Growing::new(commit.suite), Ok(()));
    tree.push(&drawn.leaves(commit.suite), &mut |tile, hashes| {
        if written.is_ok() {
            written = tiles.tile(tile, hashes);
        }
    });
    written?;
    let lines = drawn.text.split_once('\n').map_or("", |(_, lines)| lines);
    tiles.lines(lines)?;
    tiles.finish(&tree)?;
    Ok(Sealed { root: tree.root(), count: tree.size() })
}

fn announce(folder: &RollFolder, commit: &RollCommit, record: &RollRecord, console: &Console) {
    let (id, draw, public) = (id_of(commit.suite, &record.text()), &commit.draw, folder.public.display());
    let drawn: u64 = commit.strata.iter().map(|stratum| stratum.quota).sum();
    let reserves = record.drawn.count - drawn;
    console.say(said!(
        "{draw} 抽中 {drawn} 家，候补 {reserves} 家，在 {public}/drawn.txt（每层前若干名中签，其后为候补，依次递补）",
        "{draw} drew {drawn} units, {reserves} more in reserve; see {public}/drawn.txt (in each stratum those drawn come first, then the reserves in their order)"
    ));
    console.say(said!(
        "记录值：{id}\n核验：yaohao roll verify {public}",
        "Record: {id}\nVerify it with: yaohao roll verify {public}"
    ));
    console.data(|| json!({ "draw": draw.to_string(), "record": id.to_string(), "drawn": drawn, "reserves": reserves, "folder": public.to_string() }));
}

fn closed(folder: &RollFolder) -> Problem {
    let id = &folder.id;
    Problem::new(
        Kind::State,
        said!("{id} 已经抽完，不能再抽", "{id} is drawn and cannot be drawn again"),
        said!(
            "要再抽，须重新承诺：yaohao roll commit",
            "another draw needs another commitment: yaohao roll commit"
        ),
    )
}

/// A roll that is late is drawn all the same: there is no other way to close it once its outcome
/// can be computed, and everybody sees that it is late.
pub fn late(commit: &RollCommit) -> crate::lang::Said {
    let (draw, due) = (&commit.draw, commit.close_by.by_clocks_of_china());
    said!(
        "{draw} 的期限（{due}）已过，公众会看到逾期",
        "{draw} was due by {due}: everybody will see that it is late"
    )
}

fn changed(folder: &RollFolder) -> Problem {
    Problem::new(
        Kind::State,
        said!(
            "本机关留存的抽取池已不是承诺时的样子",
            "the pools kept in the office are no longer those of the commitment"
        ),
        said!("从备份恢复这个文件；什么都没有写下", "restore this file from a backup; nothing was written"),
    )
    .at(folder.pool().display().to_string())
}
