//! What the office sees of a closed draw: its public folder and, while the draw
//! is sealed, what it keeps back; and who is behind each public name.

use super::{Case, DrawFolder, Secrets, Stage};
use crate::digest::{Digest, Suite};
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit, Link, Mode, Opening, Record, ReplaceFile, Replacement, Request, id_of};
use crate::said;
use crate::time::Moment;
use crate::verify::{Folder, Stop};

/// Where a sealed result waits for its opening, inside the draw's private folder.
pub const SEALED: &str = "sealed";

/// Somebody of the committed list, known to the office only.
#[derive(Debug, Clone)]
pub struct Person {
    /// Pseudonym or certificate number, as published.
    pub public: String,
    /// 执法证号.
    pub certificate: String,
    /// 姓名.
    pub name: String,
}

/// The committed list with names, in its order.
pub fn people(folder: &DrawFolder, commit: &Commit) -> Outcome<Vec<Person>> {
    let secrets = Secrets::load(folder)?;
    let case = Case::committed(folder, commit)?;
    let plan = case.plan();
    let roster = case.recommit(&plan, commit, &secrets, folder)?.roster;
    let person = |(public, position): (&String, &usize)| {
        let inspector = plan.eligibility.seats[*position].inspector;
        let (certificate, name) = (inspector.certificate.clone(), inspector.name.clone());
        Person { public: public.clone(), certificate, name }
    };
    Ok(roster.names.iter().zip(&roster.positions).map(person).collect())
}

/// Where a text of a late change waits while its draw is sealed.
pub fn sealed(name: &str) -> String {
    format!("{SEALED}/{name}")
}

/// The draw's folder as it will be once everything is open. It never leaves the
/// office: for a sealed draw it holds what `open` will publish.
pub fn opened(folder: &DrawFolder, commit: &Commit) -> Outcome<Folder> {
    // In this order: it may be opened meanwhile, and then all of it is public.
    let stage = folder.stage()?;
    let mut files = folder.files()?;
    if commit.mode == Mode::Open || stage != Stage::Sealed {
        return Ok(files);
    }
    for file in commit.result() {
        files.0.insert((*file).to_owned(), folder.kept(&sealed(file))?);
    }
    for number in 1..=folder.replacements()?.0 + 1 {
        for file in [ReplaceFile::Request, ReplaceFile::Result] {
            let name = file.name(number);
            if folder.private.join(sealed(&name)).exists() {
                let bytes = folder.kept(&sealed(&name))?;
                files.0.insert(name, bytes);
            }
        }
    }
    let (after, at) = last_document(&files, commit.suite)?;
    let nonces = vec![(commit.parties[0].0.clone(), Secrets::load(folder)?.nonce)];
    let opening = Opening { link: Link { draw: commit.draw.clone(), after, at }, nonces };
    files.0.insert(record::OPEN.to_owned(), opening.text().into_bytes());
    Ok(files)
}

/// Hash and time of the last document before an opening: the record, or the last
/// of the late changes.
pub fn last_document(files: &Folder, suite: Suite) -> Outcome<(Digest, Moment)> {
    let damaged = || {
        Problem::new(
            Kind::Unreadable,
            said!("已公布的记录或换人文件读不懂", "the record or a late change cannot be read"),
            said!("从备份恢复这次抽取的文件夹", "restore the draw's folders from a backup"),
        )
    };
    let record = Record::read(files.get(record::RECORD).unwrap_or_default()).map_err(|_| damaged())?;
    let mut last = (id_of(suite, &record.text()), record.link.at);
    for number in 1.. {
        let (request, result) = (ReplaceFile::Request.name(number), ReplaceFile::Result.name(number));
        let Some(bytes) = files.get(&request) else { break };
        let at = Request::read(bytes).map_err(|_| damaged())?.link.at;
        last = (suite.digest(&[bytes]), at);
        let Some(bytes) = files.get(&result) else { break };
        let at = Replacement::read(bytes).map_err(|_| damaged())?.link.at;
        last = (suite.digest(&[bytes]), at);
    }
    Ok(last)
}

/// A published draw on which nothing can be built.
pub(crate) fn unsound(stop: &Stop) -> Problem {
    let (Stop::Fail(said) | Stop::NotRun(said)) = stop;
    let (zh, en) = (&said.zh, &said.en);
    Problem::new(
        Kind::State,
        said!("这次抽取的记录有问题：{zh}", "the record of this draw is not sound: {en}"),
        said!("先运行 yaohao verify", "run yaohao verify first"),
    )
}
