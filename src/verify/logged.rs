//! V28: the log has every document of the draw, and the witnesses saw those that
//! had to be fixed before anything else was known.

use super::{Loaded, Stop, Verified, ensure};
use crate::lang::Said;
use crate::log::{Standing, Unsound, documents, of_draw, standing};
use crate::note::Quorum;
use crate::record::{self, Commit, Mode};
use crate::said;
use crate::time::Moment;

/// V28: every document is one entry of the log, in order, under a checkpoint
/// signed by the log of the committed policy; its witnesses had seen the
/// commitment before the next document, and the record of a sealed draw before
/// the first visit.
pub(super) fn logged(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let Some(committed) = commit.log else {
        return Err(Stop::NotRun(said!("承诺没有写明日志", "the commitment names no log")));
    };
    let archive = loaded.known.log.ok_or_else(|| {
        Stop::NotRun(said!(
            "未给出日志；承诺的日志规则为 {committed}",
            "no log was given; its policy is {committed}"
        ))
    })?;
    let reading = archive.under(committed).map_err(|unsound| stop(&unsound))?;
    let entries = of_draw(&reading.entries, &commit.draw);
    let documents = documents(|name| loaded.folder.get(name));
    match standing(&documents, &entries) {
        Standing::Whole => {}
        Standing::Behind(behind) => {
            return Err(Stop::NotRun(said!(
                "最后 {behind} 份文件还没有记入日志",
                "the last documents, {behind} of them, are not in the log yet"
            )));
        }
        Standing::Wrong(file) => {
            return Err(Stop::Fail(said!(
                "日志里的 {file} 与这个文件夹不符",
                "{file} in the log is not as in this folder"
            )));
        }
    }
    let seen = |file: &str| {
        let entry = entries.iter().find(|(_, entry)| entry.file == file);
        entry.map(|(index, _)| reading.vouched(*index))
    };
    let witnessed = commitment(loaded, seen(record::COMMIT))?;
    sealed(commit, seen(record::RECORD))?;
    let (count, size) = (documents.len(), reading.entries.len());
    let Said { zh, en } = witnessed;
    Ok(said!(
        "日志 {size} 条中有本次全部 {count} 份文件；{zh}",
        "all {count} documents are among the {size} entries of the log; {en}"
    ))
}

fn stop(unsound: &Unsound) -> Stop {
    let said = unsound.said();
    if unsound.is_absence() { Stop::NotRun(said) } else { Stop::Fail(said) }
}

/// The witnesses saw the commitment before the document that came next.
fn commitment(loaded: &Loaded<'_>, seen: Option<Quorum>) -> Result<Said, Stop> {
    if loaded.is_void() {
        return Ok(said!("已作废，无须见证", "it is void, so no witness is needed"));
    }
    let next = [&loaded.ceremony().map(|d| d.link.at), &loaded.reveal().map(|d| d.link.at)]
        .into_iter()
        .find_map(|at| at.as_ref().ok().copied());
    match (seen, next) {
        (Some(Quorum::Reached(seen)), Some(next)) if seen > next => {
            let (seen, next) = (seen.by_clocks_of_china(), next.by_clocks_of_china());
            Err(Stop::Fail(said!(
                "承诺 {seen} 才经见证，晚于抽取（{next}）",
                "the commitment was witnessed at {seen} (UTC+8), after the draw had begun ({next})"
            )))
        }
        (Some(Quorum::Reached(seen)), _) => {
            let seen = seen.by_clocks_of_china();
            Ok(said!("承诺 {seen} 已经足够见证", "enough witnesses saw the commitment by {seen} (UTC+8)"))
        }
        (Some(Quorum::NotAsked), _) => Ok(said!("规则不要求见证", "the policy asks for no witness")),
        (_, Some(_)) => Err(Stop::Fail(said!(
            "抽取之前，承诺没有经过足够的见证",
            "the draw was made before enough witnesses had seen the commitment"
        ))),
        (_, None) => Err(Stop::NotRun(said!(
            "承诺还没有经过足够的见证",
            "not enough witnesses have seen the commitment yet"
        ))),
    }
}

/// The witnesses saw the record of a sealed draw before its first visit.
fn sealed(commit: &Commit, seen: Option<Quorum>) -> Result<(), Stop> {
    let first = commit.window.first;
    let in_time = |seen: Moment| seen.date_in_china() < first;
    match seen {
        Some(Quorum::Reached(seen)) if commit.mode == Mode::Sealed => ensure(in_time(seen), || {
            let seen = seen.by_clocks_of_china();
            said!(
                "密封的记录 {seen} 才经见证，不早于检查期第一天 {first}",
                "the sealed record was witnessed at {seen} (UTC+8), not before the first day of the visits, {first}"
            )
        }),
        Some(Quorum::Missing) if commit.mode == Mode::Sealed => Err(Stop::NotRun(said!(
            "密封的记录还没有经过足够的见证",
            "not enough witnesses have seen the sealed record yet"
        ))),
        _ => Ok(()),
    }
}
