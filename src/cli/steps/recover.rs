//! `yaohao recover`: custodians open a sealed draw without the office.

use super::now_after;
use super::shares::{check, committed, escrow};
use crate::cli::args::RecoverArgs;
use crate::cli::console::Console;
use crate::digest::{Digest, Suite};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit, Envelope, Link, Opening, Record, ReplaceFile, Replacement, Request, sums};
use crate::said;
use crate::seed::{Escrow, Nonce, Share};
use crate::store::{Audience, ShareFile, folder_of, publish_folder, write_new};
use crate::time::Moment;
use crate::verify::{Folder, listed};
use serde_json::json;
use std::collections::BTreeMap;

pub fn recover(args: &RecoverArgs, console: &Console) -> Outcome<()> {
    let (commit, id) = committed(&args.dir)?;
    let escrow = escrow(&commit)?;
    let nonce = nonce(args, &commit, escrow)?;
    let folder = folder_of(&args.dir)?;
    let record = record(&folder, &commit)?;
    let mut found = Found::new(&folder, (commit.suite, &id), &nonce);
    found.open_changes();
    found.open_result(commit.result());
    let at = when(&commit, &folder, found.before(&record))?;
    let link = Link { draw: commit.draw.clone(), after: found.last(&record), at };
    let office = commit.parties.first().map(|(party, _)| party.clone()).unwrap_or_default();
    let opening = Opening { link, nonces: vec![(office, nonce.clone())] }.text();
    let lost = found.lost.clone();
    let files = found.files(opening);
    let shown = args.out.as_ref().unwrap_or(&args.dir);
    match &args.out {
        Some(out) => {
            let mut all = folder.0.clone();
            all.extend(files.iter().cloned());
            let all: Vec<(&str, &[u8])> = all.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
            publish_folder(out, &all)?;
        }
        None => files
            .iter()
            .try_for_each(|(name, bytes)| write_new(&args.dir.join(name), bytes, Audience::Public))?,
    }
    let (draw, shown) = (&commit.draw, shown.display());
    if !lost.is_empty() {
        return Err(shut(&lost).at(shown.to_string()));
    }
    console.say(said!(
        "{draw} 已由保管人打开，不需要本机关；公开文件在 {shown}",
        "{draw} is opened by its custodians, without the office; the public files are in {shown}"
    ));
    if at.date_in_china() > commit.open_by {
        let due = commit.open_by;
        console.say(said!(
            "本机关本应在 {due} 之前公开：核验时 V12 显示逾期公开（LATE-OPEN），其余各项照常核验",
            "The office should have opened it by {due}: V12 will say LATE-OPEN, every other check is made as always"
        ));
    }
    console.say(said!("核验：yaohao verify {shown}", "Verify it with: yaohao verify {shown}"));
    console.data(|| json!({ "draw": draw.to_string(), "folder": shown.to_string(), "files": files.len() }));
    Ok(())
}

/// The nonce, from shares each of which is the one that the commitment promises.
fn nonce(args: &RecoverArgs, commit: &Commit, escrow: &Escrow) -> Outcome<Nonce> {
    let mut shares: BTreeMap<u32, Share> = BTreeMap::new();
    for path in &args.share {
        let file = ShareFile::load(path)?;
        check(&file, commit, escrow).map_err(|problem| problem.at(path.display().to_string()))?;
        shares.insert(file.number, file.share);
    }
    let (given, needed, custodians) = (shares.len(), escrow.threshold(), Said::list(&escrow.custodians));
    let shares: Vec<(u32, Share)> = shares.into_iter().collect();
    let Some(nonce) = escrow.recover(commit.suite, &shares) else {
        let (zh, en) = (custodians.zh, custodians.en);
        return Err(Problem::new(
            Kind::Usage,
            said!(
                "需要 {needed} 份不同的份额，给了 {given} 份",
                "{needed} different shares are needed, {given} were given"
            ),
            said!(
                "再用 --share 指明另一位保管人的份额；保管人：{zh}",
                "name the share of another custodian with --share; custodians: {en}"
            ),
        )
        .at("--share"));
    };
    Ok(nonce)
}

/// The record of a draw that is still shut.
fn record(folder: &Folder, commit: &Commit) -> Outcome<Record> {
    let draw = &commit.draw;
    if folder.get(record::OPEN_SUMS).is_some() {
        return Err(Problem::new(
            Kind::State,
            said!("{draw} 已经公开，不需要打开", "{draw} is open already"),
            said!("直接核验：yaohao verify", "just verify it: yaohao verify"),
        ));
    }
    let record = folder.get(record::RECORD).map(Record::read);
    record.and_then(Result::ok).ok_or_else(|| {
        Problem::new(
            Kind::State,
            said!("{draw} 还没有可读的记录，没有可打开的结果", "{draw} has no record that can be read, so no result to open"),
            said!(
                "抽取逾期未完成，yaohao verify 和 yaohao status 会显示；这时没有结果",
                "a draw that is not finished in time shows in yaohao verify and yaohao status; it has no result"
            ),
        )
    })
}

/// When the draw is opened: now, or when an earlier run of this command did.
fn when(commit: &Commit, folder: &Folder, before: Moment) -> Outcome<Moment> {
    let at = match folder.get(record::OPEN).map(Opening::read) {
        Some(Ok(opening)) => opening.link.at,
        _ => now_after(before)?,
    };
    let last = commit.window.last;
    if at.date_in_china() >= last {
        return Ok(at);
    }
    Err(Problem::new(
        Kind::State,
        said!(
            "检查期到 {last} 才结束，现在打开会泄露检查对象；什么都没有写下",
            "the visits last until {last}; opening now would give the targets away; nothing was written"
        ),
        said!(
            "检查期最后一天起再打开，通常等到本机关逾期不公开（open-by）之后",
            "open it on the last day or later, usually once the office has let the day of open-by pass"
        ),
    ))
}

/// What the nonce opens.
struct Found<'a> {
    folder: &'a Folder,
    suite: Suite,
    commit: &'a Digest,
    nonce: &'a Nonce,
    /// Texts of late changes with the names of their files, in their order.
    changes: Vec<(String, Vec<u8>)>,
    result: Vec<(String, Vec<u8>)>,
    /// Hash of the last late document, also where it cannot be opened.
    last: Option<Digest>,
    /// Sealed files that are not there, or do not hold what they should.
    lost: Vec<String>,
}

impl<'a> Found<'a> {
    fn new(folder: &'a Folder, (suite, commit): (Suite, &'a Digest), nonce: &'a Nonce) -> Self {
        let (changes, result, lost) = (Vec::new(), Vec::new(), Vec::new());
        Found { folder, suite, commit, nonce, changes, result, last: None, lost }
    }

    fn opened(&self, sealed: &str, names: &[&str]) -> Option<Vec<Vec<u8>>> {
        Envelope::new(self.suite, self.commit, sealed, self.nonce).open(self.folder.get(sealed)?, names)
    }

    fn open_changes(&mut self) {
        for number in 1.. {
            let before = self.last;
            for [text, list, sealed] in ReplaceFile::DOCUMENTS.map(|files| files.map(|f| f.name(number))) {
                let Some(hash) = self.folder.get(&list).and_then(|list| listed(list, &text)) else {
                    continue;
                };
                self.last = Some(hash);
                let held = self.opened(&sealed, &[&text]).and_then(|mut held| held.pop());
                match held.filter(|bytes| Digest::of(&[bytes]) == hash) {
                    Some(bytes) => {
                        self.last = Some(self.suite.digest(&[&bytes]));
                        self.changes.push((text, bytes));
                    }
                    None => self.lost.push(sealed),
                }
            }
            if self.last == before {
                break;
            }
        }
    }

    fn open_result(&mut self, names: &[&str]) {
        match self.opened(record::SEALED_RESULT, names) {
            Some(tables) => self.result.extend(names.iter().map(|name| (*name).to_owned()).zip(tables)),
            None => self.lost.push(record::SEALED_RESULT.to_owned()),
        }
    }

    /// Hash of the last document before the opening.
    fn last(&self, record: &Record) -> Digest {
        self.last.unwrap_or_else(|| record::id_of(self.suite, &record.text()))
    }

    /// The latest time that a document before the opening says.
    fn before(&self, record: &Record) -> Moment {
        let time = |(_, bytes): &(String, Vec<u8>)| {
            let request = Request::read(bytes).map(|request| request.link.at);
            request.or_else(|_| Replacement::read(bytes).map(|answer| answer.link.at)).ok()
        };
        self.changes.iter().filter_map(time).fold(record.link.at, Moment::max)
    }

    /// What is published, in this order: the list comes last and says that all is there.
    fn files(self, opening: String) -> Vec<(String, Vec<u8>)> {
        let mut files = vec![(record::OPEN.to_owned(), opening.into_bytes())];
        files.extend(self.result.iter().cloned());
        let list = sums(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        files.extend(self.changes);
        if !self.result.is_empty() {
            files.push((record::OPEN_SUMS.to_owned(), list.into_bytes()));
        }
        files
    }
}

/// The office published something else than it should have: what could be opened is opened.
fn shut(lost: &[String]) -> Problem {
    let Said { zh, en } = Said::list(lost);
    Problem::new(
        Kind::Failed,
        said!(
            "随机数已恢复并写入 open.txt，但它打不开 {zh}：本机关公布的密封文件缺失或不是真的",
            "the nonce is recovered and stands in open.txt, but it does not open {en}: what the office published sealed is missing or false"
        ),
        said!(
            "把这个文件夹公布出去：任何人都能由 open.txt 和 units.txt 重算抽中的单位；本机关须交出缺的文件",
            "publish this folder: anybody can compute the drawn units from open.txt and units.txt; the office owes the missing files"
        ),
    )
}
