//! Late changes: their files (for V01 to V03), and V23, which recomputes who
//! stands in.

use super::loaded::wanted;
use super::pairing::question;
use super::{Folder, Loaded, Stop, Verified, ensure};
use crate::digest::Digest;
use crate::pairing::instance::{Instance, Pairing};
use crate::pairing::stand_in::{Bench, Offer, Unfilled, Vacancy, key};
use crate::record::{self, Commit, Link, Mode, ReplaceFile, Replacement, Request, sums};
use crate::said;
use crate::seed::link_before;
use crate::text::{Read, TextError};
use std::collections::{BTreeMap, BTreeSet};

/// The files of one late change.
#[derive(Default)]
pub(super) struct Late {
    there: BTreeSet<ReplaceFile>,
    pub request: Option<Read<Request>>,
    pub result: Option<Read<Replacement>>,
}

/// The late changes of a folder, by number.
pub(super) fn late(folder: &Folder) -> BTreeMap<u32, Late> {
    let mut late: BTreeMap<u32, Late> = BTreeMap::new();
    for (name, bytes) in &folder.0 {
        let Some((number, file)) = ReplaceFile::of(name) else { continue };
        let change = late.entry(number).or_default();
        change.there.insert(file);
        match file {
            ReplaceFile::Request => change.request = Some(Request::read(bytes)),
            ReplaceFile::Result => change.result = Some(Replacement::read(bytes)),
            _ => {}
        }
    }
    late
}

impl Late {
    fn has(&self, file: ReplaceFile) -> bool {
        self.there.contains(&file)
    }

    /// Whether anything of the answer is there.
    fn is_answered(&self) -> bool {
        [ReplaceFile::Result, ReplaceFile::ResultSums, ReplaceFile::ResultSealed].iter().any(|f| self.has(*f))
    }

    /// The texts that cannot be read, by kind.
    fn unreadable(&self) -> impl Iterator<Item = (ReplaceFile, &TextError)> {
        let request = self.request.as_ref().and_then(|read| read.as_ref().err());
        let result = self.result.as_ref().and_then(|read| read.as_ref().err());
        let request = request.map(|error| (ReplaceFile::Request, error));
        request.into_iter().chain(result.map(|error| (ReplaceFile::Result, error)))
    }
}

/// The names of the documents that follow the record, in the order they must have.
pub(super) fn documents(loaded: &Loaded<'_>) -> Vec<String> {
    let last = loaded.late.keys().last().copied().unwrap_or(0);
    let mut names = Vec::new();
    for number in 1..=last {
        names.push(ReplaceFile::Request.name(number));
        let waiting = number == last && !loaded.late[&number].is_answered();
        if !waiting {
            names.push(ReplaceFile::Result.name(number));
        }
    }
    names
}

/// What the document of a late change called `file` starts with.
pub(super) fn link<'b>(loaded: &'b Loaded<'_>, file: &str) -> Result<&'b Link, Stop> {
    let missing = || Stop::NotRun(said!("还没有 {file}", "there is no {file} yet"));
    let (number, kind) = ReplaceFile::of(file).ok_or_else(missing)?;
    let change = loaded.late.get(&number).ok_or_else(missing)?;
    match kind {
        ReplaceFile::Request => Ok(&wanted(&change.request, file)?.link),
        _ => Ok(&wanted(&change.result, file)?.link),
    }
}

/// V01's part: numbers without gaps, lists, and texts exactly when they are due.
pub(super) fn files(loaded: &Loaded<'_>) -> Result<(), Stop> {
    let missing = |name: String| Err(Stop::Fail(said!("缺少文件 {name}", "{name} is missing")));
    let last = loaded.late.keys().last().copied().unwrap_or(0);
    let has = |name: &str| loaded.folder.get(name).is_some();
    if last > 0 && !has(record::RECORD) {
        return missing(record::RECORD.to_owned());
    }
    for number in 1..=last {
        let nothing = Late::default();
        let change = loaded.late.get(&number).unwrap_or(&nothing);
        for [text, list, sealed] in ReplaceFile::DOCUMENTS {
            let expected = list == ReplaceFile::RequestSums || number < last || change.is_answered();
            if expected && !change.has(list) {
                return missing(list.name(number));
            }
            let Ok(commit) = loaded.commit() else { continue };
            let kept = commit.escrow.is_some() && change.has(list);
            let name = sealed.name(number);
            if kept && !change.has(sealed) {
                return missing(name);
            }
            ensure(kept || !change.has(sealed), || {
                said!("此时不应有文件 {name}", "{name} must not be here")
            })?;
            let due = change.has(list) && (commit.mode == Mode::Open || has(record::OPEN));
            let name = text.name(number);
            if due && !change.has(text) {
                return missing(name);
            }
            ensure(due || !change.has(text), || said!("此时不应有文件 {name}", "{name} must not be here"))?;
        }
    }
    Ok(())
}

/// V02's part: the first text that cannot be read.
pub(super) fn unreadable<'b>(loaded: &'b Loaded<'_>) -> Option<(String, &'b TextError)> {
    let mut bad = loaded
        .late
        .iter()
        .flat_map(|(number, change)| change.unreadable().map(|(file, error)| (file.name(*number), error)));
    bad.next()
}

/// V03's part: each list is that of its text, or in its form while the text is
/// sealed; how many there are.
pub(super) fn sums_agree(loaded: &Loaded<'_>) -> Result<usize, Stop> {
    let mut count = 0;
    for number in loaded.late.keys() {
        for [text, list, sealed] in ReplaceFile::DOCUMENTS.map(|files| files.map(|file| file.name(*number))) {
            let Some(found) = loaded.folder.get(&list) else { continue };
            // The text of a sealed draw that is not there yet counts as listed.
            let hash = loaded.folder.get(&text).map(|bytes| Digest::of(&[bytes])).or(listed(found, &text));
            let sealed = match &loaded.commit()?.escrow {
                None => Some(String::new()),
                Some(_) => loaded.folder.get(&sealed).map(|bytes| sums([(sealed.as_str(), bytes)])),
            };
            let due = hash.zip(sealed).map(|(hash, sealed)| format!("{sealed}{hash}  {text}\n"));
            let right = due.is_some_and(|due| due.as_bytes() == found);
            ensure(right, || said!("{list} 与 {text} 不符", "{list} does not agree with {text}"))?;
            count += 1;
        }
    }
    Ok(count)
}

/// The hash of the file `name` in a list.
pub(crate) fn listed(list: &[u8], name: &str) -> Option<Digest> {
    let list = std::str::from_utf8(list).ok()?.strip_suffix('\n')?;
    let hash = |line: &str| line.strip_suffix(name)?.strip_suffix("  ")?.parse().ok();
    list.split('\n').find_map(hash)
}

impl Loaded<'_> {
    /// The late changes of `unit` as far as they can be read; without an answer
    /// where it is awaited.
    pub(crate) fn changes_of(&self, unit: &str) -> Vec<(u32, &Request, Option<&Replacement>)> {
        let mut changes = Vec::new();
        for (number, change) in &self.late {
            if let Some(Ok(request)) = &change.request
                && request.unit == unit
            {
                changes.push((*number, request, change.result.as_ref().and_then(|read| read.as_ref().ok())));
            }
        }
        changes
    }
}

/// One late change, recomputed.
pub(crate) struct Change<'b> {
    /// From 1.
    pub number: u32,
    pub request: &'b Request,
    pub result: &'b Replacement,
    /// The open slot.
    pub vacancy: Vacancy,
    /// A link of every chain.
    pub links: Vec<Digest>,
    /// Every candidate, the stand-in first.
    pub offers: Vec<Offer>,
}

/// The late changes up to now.
pub(crate) struct Replay<'b> {
    pub changes: Vec<Change<'b>>,
    /// The teams after them.
    pub bench: Bench<'b>,
    /// The link last released of every chain, at first its end.
    pub tips: Vec<Digest>,
    /// A request that awaits its links, with the slot it opens.
    pub waiting: Option<(u32, &'b Request, Vacancy)>,
    /// Public names, by rank.
    pub names: Vec<&'b str>,
}

/// What late changes start from: the pairing as drawn.
pub(crate) struct Ground {
    instance: Instance,
    pairing: Pairing,
}

impl Ground {
    /// The drawn pairing, which must be lawful (V18).
    pub(crate) fn of(loaded: &Loaded<'_>) -> Result<Ground, Stop> {
        loaded.proofs()?.is_lawful()?;
        let (instance, pairing) = question(loaded)?;
        Ok(Ground { instance, pairing })
    }

    /// The question the draw's pairing answered.
    pub(crate) fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Its answer.
    pub(crate) fn pairing(&self) -> &Pairing {
        &self.pairing
    }

    /// Does every late change again.
    ///
    /// # Errors
    /// The first that is not as it should be.
    pub(crate) fn replay<'b>(&'b self, loaded: &'b Loaded<'_>) -> Result<Replay<'b>, Stop> {
        let commit = loaded.commit()?;
        let tips = commit.chains.iter().map(|chain| chain.end).collect();
        let bench = Bench::new(&self.instance, &self.pairing);
        let names = loaded.inspectors()?.lines.iter().map(|line| line.name.as_str()).collect();
        let mut replay = Replay { changes: Vec::new(), bench, tips, waiting: None, names };
        let seed = loaded.seed()?;
        for number in loaded.late.keys() {
            let (request, result) = texts(loaded, *number)?;
            let vacancy = replay.vacancy(&request.unit, &request.absent);
            let vacancy = vacancy.map_err(|_| unlawful(request))?;
            let Some(result) = result else {
                replay.waiting = Some((*number, request, vacancy));
                break;
            };
            let links = released(commit, *number, &replay.tips, result)?;
            let offers = replay.bench.offers(&vacancy, key(&seed, &links, &request.unit));
            replay.bench.fill(&vacancy, offers[0].rank);
            ensure_answer(loaded, &replay.bench, request, result, (&vacancy, offers[0].rank))?;
            replay.tips.clone_from(&links);
            replay.changes.push(Change { number: *number, request, result, vacancy, links, offers });
        }
        Ok(replay)
    }
}

impl Replay<'_> {
    /// The slot that is open if `absent`, by public name, does not go to `unit`.
    pub(crate) fn vacancy(&self, unit: &str, absent: &str) -> Result<Vacancy, Unfilled> {
        let rank = (0..).zip(&self.names).find(|(_, name)| **name == absent).map(|(rank, _)| rank);
        rank.ok_or(Unfilled::NotInTeam).and_then(|rank| self.bench.vacancy(unit, rank))
    }
}

fn unlawful(request: &Request) -> Stop {
    let (unit, absent) = (&request.unit, &request.absent);
    Stop::Fail(said!(
        "{unit} 的 {absent} 没有可更换的岗位或人选",
        "there is no slot of {absent} at {unit} to be filled, or nobody for it"
    ))
}

/// Request and answer of a late change; no answer if it is the last and waits.
fn texts<'b>(loaded: &'b Loaded<'_>, number: u32) -> Result<(&'b Request, Option<&'b Replacement>), Stop> {
    let change = &loaded.late[&number];
    let request = wanted(&change.request, &ReplaceFile::Request.name(number))?;
    if !change.is_answered() && Some(&number) == loaded.late.keys().last() {
        return Ok((request, None));
    }
    let result = wanted(&change.result, &ReplaceFile::Result.name(number))?;
    Ok((request, Some(result)))
}

/// The links of a late change, each of which leads back to the one before.
pub(crate) fn released(
    commit: &Commit,
    number: u32,
    tips: &[Digest],
    result: &Replacement,
) -> Result<Vec<Digest>, Stop> {
    let parties = commit.chains.iter().map(|chain| &chain.party);
    ensure(!commit.chains.is_empty() && parties.eq(result.links.iter().map(|(party, _)| party)), || {
        said!(
            "第 {number} 次更换应恰好有承诺的每条链的一个链节",
            "replacement {number} should have exactly one link of every committed chain"
        )
    })?;
    for ((chain, tip), (party, link)) in commit.chains.iter().zip(tips).zip(&result.links) {
        ensure(
            number <= chain.length && link_before(commit.suite, &commit.draw, party, link) == *tip,
            || {
                said!(
                    "第 {number} 次更换的链节不是 {party} 链上的下一节",
                    "the link of replacement {number} is not the next of the chain of {party}"
                )
            },
        )?;
    }
    Ok(result.links.iter().map(|(_, link)| *link).collect())
}

/// Whether the answer names `stand_in`, and the team with that person in it.
fn ensure_answer(
    loaded: &Loaded<'_>,
    bench: &Bench<'_>,
    request: &Request,
    result: &Replacement,
    (vacancy, stand_in): (&Vacancy, u32),
) -> Result<(), Stop> {
    let (teams, inspectors) = (&loaded.teams()?.lines, &loaded.inspectors()?.lines);
    let name = |rank: &u32| inspectors[*rank as usize].name.as_str();
    let (unit, right) = (&request.unit, name(&stand_in));
    ensure(result.stand_in == right, || {
        said!("{unit} 的接替人应为 {right}", "the stand-in at {unit} should be {right}")
    })?;
    let members = result.team.members.iter().map(|(role, name)| (role, name.as_str()));
    let roles = teams[vacancy.visit].members.iter().map(|(role, _)| role);
    let team = roles.zip(bench.team(vacancy.visit).iter().map(name));
    ensure(result.team.unit == *unit && members.eq(team), || {
        said!("{unit} 更换后的检查组写得不对", "the new team of {unit} is not as it should be")
    })
}

/// V23: every stand-in follows from the seed and the next link.
pub(super) fn replacements(loaded: &Loaded<'_>) -> Verified {
    loaded.commit()?;
    if loaded.late.is_empty() {
        return Ok(said!("没有更换过人员", "nobody was replaced"));
    }
    // Whatever is missing comes before whatever is wrong.
    let last = loaded.late.keys().last().copied().unwrap_or(0);
    for number in 1..=last {
        if !loaded.late.contains_key(&number) {
            return Err(Stop::NotRun(said!("缺第 {number} 次更换", "replacement {number} is missing")));
        }
        texts(loaded, number)?;
    }
    let ground = Ground::of(loaded)?;
    let replay = ground.replay(loaded)?;
    if let Some((number, ..)) = &replay.waiting {
        return Err(Stop::NotRun(said!(
            "第 {number} 次更换的申请在等链节",
            "the request of replacement {number} awaits its link"
        )));
    }
    let count = replay.changes.len();
    Ok(said!("{count} 次更换重算一致", "{count} replacements recomputed"))
}
