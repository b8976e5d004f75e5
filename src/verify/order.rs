//! V12 to V14 and V21: the documents, and what went into the seed.

use super::{Loaded, Opening, Stop, Verified, ensure, replacement, void};
use crate::digest::Digest;
use crate::lang::Said;
use crate::record::{self, Commit, Link, Mode, id_of};
use crate::said;
use crate::seed::Nonce;
use crate::time::Date;
use std::ops::Range;

/// V12: each document names the one before it; times do not go back; the
/// closing and the opening are in time; a void is where it may be.
pub(super) fn order(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let documents = documents(loaded)?;
    let (mut before, mut at, mut name) = (commit.id(), commit.committed, record::COMMIT.to_owned());
    for (file, link, id) in &documents {
        ensure(link.draw == commit.draw, || {
            said!("{file} 属于另一次抽取", "{file} belongs to another draw")
        })?;
        ensure(link.after == before, || {
            said!("{file} 没有接在 {name} 之后", "{file} does not name {name} as the document before it")
        })?;
        ensure(link.at >= at, || said!("{file} 的时间早于 {name}", "{file} is earlier than {name}"))?;
        (before, at, name) = (*id, link.at, file.clone());
    }
    for (file, link, _) in &documents {
        match file.as_str() {
            record::RECORD | record::VOID => {
                ensure(link.at <= commit.close_by, || said!("{file} 逾期", "{file} is late"))?;
            }
            record::OPEN => {
                let (day, due) = (link.at.date_in_china(), commit.open_by);
                ensure(day <= due, || opened_late(day, due))?;
            }
            _ => {}
        }
    }
    if loaded.folder.get(record::VOID).is_some() {
        void::in_place(loaded)?;
    }
    let count = documents.len();
    if count == 0 {
        let until = commit.close_by;
        return Err(Stop::NotRun(said!(
            "承诺之后还没有文件，期限 {until}",
            "nothing follows the commitment yet; it is due by {until}"
        )));
    }
    Ok(said!(
        "承诺之后 {count} 份文件依次相接",
        "{count} documents follow the commitment, each naming the one before"
    ))
}

fn opened_late(day: Date, due: Date) -> Said {
    said!(
        "open.txt 逾期（LATE-OPEN）：{due} 之前应公开，{day} 才公开",
        "open.txt is late (LATE-OPEN): due by {due}, opened on {day}"
    )
}

/// Whether and when a sealed draw with a record was opened.
pub(super) fn opening(loaded: &Loaded<'_>) -> Opening {
    let Ok(commit) = loaded.commit() else { return Opening::None };
    if commit.mode == Mode::Open || loaded.record().is_err() {
        return Opening::None;
    }
    let due = commit.open_by;
    match loaded.opening() {
        Err(_) => Opening::Awaited { due },
        Ok(opening) => match opening.link.at.date_in_china() {
            day if day > due => Opening::Late { due, day },
            day => Opening::InTime { day },
        },
    }
}

/// The documents after the commitment that are there, in the order they must have.
fn documents<'b>(loaded: &'b Loaded<'_>) -> Result<Vec<(String, &'b Link, Digest)>, Stop> {
    let commit = loaded.commit()?;
    let void = loaded.folder.get(record::VOID).is_some();
    let fixed = |file: &str, applies: bool| (file.to_owned(), applies);
    let mut wanted = vec![
        fixed(record::CEREMONY, commit.has_ceremony()),
        fixed(record::REVEAL, true),
        fixed(record::BEACON, commit.has_external_beacon()),
        fixed(record::VOID, true),
        fixed(record::RECORD, !void),
    ];
    wanted.extend(replacement::documents(loaded).into_iter().map(|file| (file, !void)));
    wanted.push(fixed(record::OPEN, !void && commit.mode == Mode::Sealed));
    let mut found = Vec::new();
    let (mut stray, mut missing) = (None, None);
    for (file, applies) in wanted {
        let Some(bytes) = loaded.folder.get(&file) else {
            missing = missing.or((applies && file != record::VOID).then_some(file));
            continue;
        };
        // A document cannot name one that is not there; a void names the last there is.
        if let Some(missing) = missing.as_ref().filter(|_| applies && file != record::VOID) {
            return Err(Stop::NotRun(said!("还没有 {missing}", "there is no {missing} yet")));
        }
        stray = stray.or((!applies).then(|| file.clone()));
        let link = link(loaded, &file)?;
        found.push((file, link, commit.suite.digest(&[bytes])));
    }
    match stray {
        None => Ok(found),
        Some(file) => Err(Stop::Fail(said!("承诺没有要求 {file}", "the commitment does not ask for {file}"))),
    }
}

/// What the document `file` starts with.
fn link<'b>(loaded: &'b Loaded<'_>, file: &str) -> Result<&'b Link, Stop> {
    Ok(match file {
        record::VOID => &loaded.void()?.link,
        record::CEREMONY => &loaded.ceremony()?.link,
        record::REVEAL => &loaded.reveal()?.link,
        record::BEACON => &loaded.beacon()?.link,
        record::RECORD => &loaded.record()?.link,
        record::OPEN => &loaded.opening()?.link,
        _ => return replacement::link(loaded, file),
    })
}

/// V13: every beacon demanded can take place and has an outcome that it can have,
/// a pulse one that its chain signed; there is no other.
pub(super) fn beacons(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let outcomes = loaded.outcomes()?;
    let twice = commit.beacons.iter().enumerate().find(|(i, beacon)| commit.beacons[..*i].contains(beacon));
    if let Some((_, beacon)) = twice {
        return Err(Stop::Fail(said!("{beacon} 要求了两次", "{beacon} is demanded twice")));
    }
    for outcome in &outcomes {
        let refused = outcome.beacon.can_take_place().and_then(|()| outcome.check());
        refused.map_err(|refusal| Stop::Fail(refusal.0))?;
    }
    let bits: u64 = commit.beacons.iter().map(|beacon| u64::from(beacon.bits())).sum();
    ensure(bits >= 16, || said!("只有 {bits} 比特", "only {bits} bits"))?;
    let shown: Vec<String> = outcomes.iter().map(ToString::to_string).collect();
    let shown = shown.join("; ");
    Ok(said!("{shown}（{bits} 比特）", "{shown} ({bits} bits)"))
}

/// V14: every party's nonce hashes to its commitment. What is revealed is
/// checked at once, also while the office's nonce is still sealed.
pub(super) fn nonces(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let reveal = loaded.reveal()?;
    ensure(commit.parties.len() >= 2, || said!("少于两方", "fewer than two parties"))?;
    let (count, kept_back) = (commit.parties.len(), usize::from(commit.mode == Mode::Sealed));
    open(commit, kept_back..count, &reveal.nonces)?;
    if kept_back > 0 {
        open(commit, 0..kept_back, loaded.kept_back()?)?;
    }
    Ok(said!("{count} 方的随机数与承诺相符", "nonces of {count} parties open their commitments"))
}

/// Whether `nonces` are exactly those of the parties at `places`, in their order.
fn open(commit: &Commit, places: Range<usize>, nonces: &[(String, Nonce)]) -> Result<(), Stop> {
    let parties = &commit.parties[places.clone()];
    ensure(parties.iter().map(|(name, _)| name).eq(nonces.iter().map(|(name, _)| name)), || {
        let names: Vec<&str> = parties.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(", ");
        said!("应恰好公开 {names} 的随机数", "exactly the nonces of {names} should be opened")
    })?;
    for ((place, (party, commitment)), (_, nonce)) in places.zip(parties).zip(nonces) {
        ensure(commit.commitment_to(place, nonce) == Some(*commitment), || {
            said!("{party} 的随机数与其承诺不符", "the nonce of {party} does not open its commitment")
        })?;
    }
    Ok(())
}

/// V21: the record repeats the commitment where it must, and binds the drawn
/// units (and through them the teams) and the prices. What it repeats is checked
/// at once, also while the result is still sealed: slips are shown before it is opened.
pub(super) fn record(loaded: &Loaded<'_>) -> Verified {
    let (commit, record) = (loaded.commit()?, loaded.record()?);
    let suite = commit.suite;
    ensure(record.window == commit.window, || {
        said!("记录里的检查期不是承诺的", "the window in the record is not the one committed")
    })?;
    ensure(record.inspectors == commit.inspectors, || {
        said!("记录里的人员名录不是承诺的", "the inspectors in the record are not those committed")
    })?;
    let (drawn, prices) = (loaded.drawn()?, loaded.prices()?);
    let root = drawn.root(suite);
    ensure(root == record.drawn.root && drawn.lines.len() as u64 == record.drawn.count, || {
        said!("drawn.txt 与记录不符", "drawn.txt is not what the record binds")
    })?;
    ensure(id_of(suite, &prices.text) == record.prices, || {
        said!("prices.txt 与记录不符", "prices.txt is not what the record binds")
    })?;
    Ok(said!("树根 {root}", "root {root}"))
}
