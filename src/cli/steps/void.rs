//! `yaohao void`: a draw is given up, for everybody to see. Whatever could be computed
//! of it by then is handed on to the next draw, so that giving up is no second try.

use super::ceremony::damaged;
use super::{current, now_after};
use crate::cli::args::VoidArgs;
use crate::cli::console::Console;
use crate::clock;
use crate::digest::Digest;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{
    self, Beacons, CarriedLine, Commit, Link, Mode, Reveal, Sealed, Table, Void, VoidReason, id_of,
};
use crate::said;
use crate::store::unsound;
use crate::store::{DrawFolder, Office, Secrets, Stage};
use crate::time::Moment;
use crate::verify::{Folder, Known, Loaded, demanded, handed_on, is_computable};
use serde_json::json;

/// Gives up the draw that is under way.
pub fn void(office: &Office, args: &VoidArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let reason = VoidReason::from_text(&args.reason).ok_or_else(|| unknown_reason(&args.reason, &[]))?;
    let (folder, stage) = current(office)?;
    let commit = folder.commit()?;
    let mut files = folder.files()?;
    let void = match files.get(record::VOID) {
        // An earlier run was cut short: what it wrote stands.
        Some(bytes) if stage == Stage::Voiding => {
            let begun = Void::read(bytes).map_err(|error| damaged(record::VOID, &error))?;
            if begun.reason != reason {
                return Err(begun_otherwise(&folder, begun.reason));
            }
            begun
        }
        _ => {
            is_open(&folder, stage, &files, &commit, reason)?;
            let void = made(&folder, &files, &commit, reason)?;
            // With it the draw is given up; the rest follows from it.
            folder.add(record::VOID, &void.text())?;
            void
        }
    };
    files.0.insert(record::VOID.to_owned(), void.text().into_bytes());
    let table = table(&files)?;
    if void.drawn.is_some() {
        folder.add(record::VOIDED, &table.text)?;
    }
    let files = folder.files()?;
    let names = [record::CEREMONY, record::REVEAL, record::BEACON, record::VOID, record::VOIDED];
    let present = names.into_iter().filter_map(|name| Some((name, files.get(name)?)));
    folder.add(record::VOID_SUMS, &record::sums(present))?;
    say(&commit, &void, &table, console);
    Ok(())
}

/// The document, with the units that it hands on.
fn made(folder: &DrawFolder, files: &Folder, commit: &Commit, reason: VoidReason) -> Outcome<Void> {
    let (after, before) = last(files, commit)?;
    let link = Link { draw: folder.id.clone(), after, at: now_after(before)? };
    let computable = computable(files, commit);
    let own = || -> Outcome<_> { Ok((commit.parties[0].0.clone(), Secrets::load(folder)?.nonce)) };
    let nonce = (computable && commit.mode == Mode::Sealed).then(own).transpose()?;
    // Its own table is found with the void in its place.
    let nothing = Sealed { root: Digest([0; 32]), count: 0 };
    let drawn = (computable || commit.carried.is_some()).then_some(nothing);
    let mut void = Void { link, reason, nonce, drawn };
    let mut with = files.clone();
    with.0.insert(record::VOID.to_owned(), void.text().into_bytes());
    if drawn.is_some() {
        void.drawn = Some(table(&with)?.sealed(commit.suite));
    }
    Ok(void)
}

fn computable(files: &Folder, commit: &Commit) -> bool {
    is_computable(&Loaded::new(files, &Known::default()), commit)
}

/// What a void among `files` hands on, from public files alone.
fn table(files: &Folder) -> Outcome<Table<CarriedLine>> {
    let known = Known::default();
    let lines = handed_on(&Loaded::new(files, &known)).map_err(|stop| unsound(&stop))?;
    Ok(Table::new(lines))
}

/// Hash and time of the last document of a draw that is not closed.
fn last(files: &Folder, commit: &Commit) -> Outcome<(Digest, Moment)> {
    let mut last = (commit.id(), commit.committed);
    for file in [record::CEREMONY, record::REVEAL, record::BEACON] {
        let Some(bytes) = files.get(file) else { continue };
        let read = match file {
            record::REVEAL => Reveal::read(bytes).map(|document| document.link),
            _ => Beacons::read(bytes, file == record::BEACON).map(|document| document.link),
        };
        let link = read.map_err(|error| damaged(file, &error))?;
        last = (commit.suite.digest(&[bytes]), link.at);
    }
    Ok(last)
}

/// Whether the draw may be given up at all, and for this reason. Past its deadline it
/// may be at any step and for any reason, so that the office is not stuck for ever;
/// verify then fails it for everybody to see.
fn is_open(
    folder: &DrawFolder,
    stage: Stage,
    files: &Folder,
    commit: &Commit,
    reason: VoidReason,
) -> Outcome<()> {
    let has = |file: &str| files.get(file).is_some();
    if stage.is_closed() || has(record::RECORD) {
        return Err(closed(folder, stage));
    }
    if clock::now() > commit.close_by {
        return Ok(());
    }
    if record::RESULT.into_iter().any(has) {
        return Err(half_published(folder));
    }
    let computable = computable(files, commit);
    match demanded(&commit.demand(), has(record::CEREMONY), has(record::REVEAL), computable) {
        Some(wanted) if wanted != reason => Err(too_late_for(folder, stage, wanted)),
        _ => Ok(()),
    }
}

fn say(commit: &Commit, void: &Void, table: &Table<CarriedLine>, console: &Console) {
    let (draw, count) = (&commit.draw, table.lines.len());
    console.say(said!(
        "{draw} 已作废并留痕，编号不再使用",
        "{draw} is voided for everybody to see; its number is not used again"
    ));
    if void.drawn.is_some() {
        console.say(said!(
            "已抽中的 {count} 家公布在 voided.txt 里；下一次承诺必须带入它们，并首先抽中",
            "The {count} units drawn are published in voided.txt; the next commitment carries them over and draws them first"
        ));
    }
    if void.nonce.is_some() {
        console.say(said!(
            "密封的抽取作废时要公开本机关的随机数，所以这些单位现在人人可知",
            "The void of a sealed draw opens the office's nonce, so that everybody can know these units now"
        ));
    }
    console.data(|| {
        json!({
            "draw": draw.to_string(), "reason": void.reason.key(),
            "handed_on": void.drawn.map(|_| count), "void": id_of(commit.suite, &void.text()).to_string(),
        })
    });
}

/// A reason that is none, or one of those that do not apply.
pub fn unknown_reason(given: &str, but: &[VoidReason]) -> Problem {
    let known = VoidReason::ALL.iter().filter(|reason| !but.contains(reason));
    let known: Vec<&str> = known.map(|reason| reason.key()).collect();
    let known = known.join(", ");
    Problem::new(
        Kind::Usage,
        said!("不认识的原因“{given}”", "unknown reason \"{given}\""),
        said!("可用：{known}", "use one of: {known}"),
    )
    .at("--reason")
}

fn begun_otherwise(folder: &DrawFolder, begun: VoidReason) -> Problem {
    let (draw, zh, key) = (&folder.id, begun.zh(), begun.key());
    Problem::new(
        Kind::State,
        said!(
            "{draw} 正在作废，已写明的原因是“{zh}”，不能改",
            "{draw} is being voided; the reason {key} is written down and stands"
        ),
        said!("再运行一次 yaohao void --reason {key}", "run yaohao void --reason {key} once more"),
    )
}

fn closed(folder: &DrawFolder, stage: Stage) -> Problem {
    let (draw, zh, key) = (&folder.id, stage.zh(), stage.key());
    let remedy = if stage.is_closed() {
        said!("用 yaohao status 看各次抽取的状态", "see yaohao status")
    } else {
        said!("记录已写下，再运行一次 yaohao draw 写完", "its record is written; run yaohao draw once more")
    };
    let what = said!("{draw} {zh}，不能作废", "{draw} is past that ({key}) and cannot be voided");
    Problem::new(Kind::State, what, remedy)
}

fn half_published(folder: &DrawFolder) -> Problem {
    let draw = &folder.id;
    Problem::new(
        Kind::State,
        said!(
            "{draw} 的结果已开始公布，不能作废",
            "the result of {draw} is being published; it cannot be voided"
        ),
        said!("再运行一次 yaohao draw 完成它", "run yaohao draw once more to finish it"),
    )
}

fn too_late_for(folder: &DrawFolder, stage: Stage, wanted: VoidReason) -> Problem {
    let (draw, zh_stage, key_stage) = (&folder.id, stage.zh(), stage.key());
    let (zh, key) = (wanted.zh(), wanted.key());
    Problem::new(
        Kind::State,
        said!(
            "{draw} {zh_stage}，此时只能以“{zh}”为由作废，否则等于重抽",
            "{draw} is past that ({key_stage}): it can only be voided for the reason {key}, or it would be a second try"
        ),
        said!(
            "请完成它；抽中之后再作废的，抽中的单位带入下一次。确属“{zh}”的：yaohao void --reason {key}",
            "finish it; a void after the draw hands the drawn units on. If it is so: yaohao void --reason {key}"
        ),
    )
}
