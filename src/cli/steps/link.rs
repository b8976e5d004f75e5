//! `yaohao link`: the witness releases the next link of its chain, for exactly
//! the request that is published.

use crate::cli::args::LinkArgs;
use crate::cli::console::Console;
use crate::digest::{Digest, Suite};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit, ReplaceFile, Request};
use crate::said;
use crate::store::{Audience, ChainFile, LinkFile, Released, folder_of, replace, write_new};
use crate::verify::{Folder, listed};
use serde_json::json;

pub fn link(args: &LinkArgs, console: &Console) -> Outcome<()> {
    let chain = ChainFile::load(&args.chain)?;
    let files = folder_of(&args.dir)?;
    let suite = is_committed(&files, &chain)?;
    let log = ChainFile::log(&args.chain);
    let mut released = Released::load(&log, &chain)?;
    let requests = requests(&files)?;
    can_be_recovered(&files, requests.len())?;
    for (number, (before, now)) in (1..).zip(released.requests.iter().zip(&requests)) {
        if before != now {
            return Err(rewritten(number));
        }
    }
    // As many as are released already: the last link again, if its file was lost.
    let number = requests.len();
    match number.checked_sub(released.requests.len()) {
        Some(0) if number > 0 => {}
        Some(1) if number == 1 || is_answered(&files, number - 1) => {
            released.requests.push(requests[number - 1]);
        }
        Some(0) => return Err(nothing_asked()),
        Some(_) => return Err(skipped(number)),
        None => return Err(rewritten(released.requests.len())),
    }
    let shown = u32::try_from(number).ok().filter(|number| *number <= chain.length);
    let number = shown.ok_or_else(|| used_up(chain.length))?;
    let request = requests[number as usize - 1];
    let asked = asked(&files, number, request)?;
    let file = LinkFile {
        draw: chain.draw.clone(),
        party: chain.party.clone(),
        number,
        request,
        link: chain.link(suite, number),
    };
    let out = args.out.join(format!("{}-{}-{number:03}.link", chain.party, chain.draw.folder()));
    // The log comes first: what is not in it has not been released.
    replace(&log, released.text().as_bytes(), Audience::Office)?;
    write_new(&out, file.text().as_bytes(), Audience::Office)?;
    console.say(asked);
    let out = out.display();
    console.say(said!(
        "第 {number} 节：{out}（现在交给抽查机关；只对这一份申请有效）",
        "Link {number}: {out} (hand it to the office now; it is for this request only)"
    ));
    console.data(|| json!({ "number": number, "request": request.to_string(), "file": out.to_string() }));
    Ok(())
}

/// The suite of the published commitment, which must name this chain.
fn is_committed(files: &Folder, chain: &ChainFile) -> Outcome<Suite> {
    let commit = files.get(record::COMMIT).and_then(|bytes| Commit::read(bytes).ok());
    let names =
        |commit: &Commit| commit.draw == chain.draw && commit.chains.contains(&chain.public(commit.suite));
    if let Some(commit) = commit.filter(names) {
        return Ok(commit.suite);
    }
    let (draw, party) = (&chain.draw, &chain.party);
    Err(refused(
        said!(
            "这个文件夹不是 {draw} 的，或它的承诺里没有 {party} 的这条链",
            "this is not the folder of {draw}, or its commitment does not name this chain of {party}"
        ),
        said!("核对文件夹和 .chain 文件", "check the folder and the .chain file"),
    ))
}

/// SHA-256 of every published request, from the first.
fn requests(files: &Folder) -> Outcome<Vec<Digest>> {
    let mut requests = Vec::new();
    for number in 1.. {
        let (text, list) = (ReplaceFile::Request.name(number), ReplaceFile::RequestSums.name(number));
        let Some(bytes) = files.get(&list) else { break };
        requests.push(listed(bytes, &text).ok_or_else(|| damaged(&list))?);
    }
    Ok(requests)
}

/// Whether custodians could open the last request: without its sealed text no
/// link is released, so that nothing the witness took part in can be kept back.
fn can_be_recovered(files: &Folder, number: usize) -> Outcome<()> {
    let commit = files.get(record::COMMIT).and_then(|bytes| Commit::read(bytes).ok());
    let escrowed = commit.is_some_and(|commit| commit.escrow.is_some());
    if !escrowed || number == 0 {
        return Ok(());
    }
    let [list, sealed] =
        [ReplaceFile::RequestSums, ReplaceFile::RequestSealed].map(|file| file.name(number as u32));
    let promised = listed(files.get(&list).unwrap_or_default(), &sealed);
    match files.get(&sealed) {
        Some(bytes) if promised == Some(Digest::of(&[bytes])) => Ok(()),
        _ => Err(damaged(&sealed)),
    }
}

fn is_answered(files: &Folder, number: usize) -> bool {
    files.get(&ReplaceFile::ResultSums.name(number as u32)).is_some()
}

/// What is asked for, as far as it is public.
fn asked(files: &Folder, number: u32, request: Digest) -> Outcome<Said> {
    let name = ReplaceFile::Request.name(number);
    let Some(bytes) = files.get(&name) else {
        return Ok(said!(
            "第 {number} 次换人申请 {request}（密封的抽取，内容检查期后公开）",
            "Request {number}, {request} (a sealed draw: what it says is published after the visits)"
        ));
    };
    let text = Request::read(bytes).ok().filter(|text| text.listed() == request);
    let Request { unit, absent, reason, .. } = text.ok_or_else(|| damaged(&name))?;
    let (zh, key) = (reason.zh(), reason.key());
    Ok(said!(
        "第 {number} 次换人申请 {request}：{unit} 的 {absent}，{zh}",
        "Request {number}, {request}: {absent} at {unit}, {key}"
    ))
}

fn refused(what: Said, remedy: Said) -> Problem {
    Problem::new(Kind::Ceremony, what, remedy)
}

fn damaged(file: &str) -> Problem {
    refused(
        said!("{file} 读不懂，或与其校验值不符", "{file} cannot be read, or is not what its list says"),
        said!("重新取得公布的文件夹；没有放出链节", "get the published folder again; no link was released"),
    )
}

fn rewritten(number: usize) -> Problem {
    refused(
        said!(
            "第 {number} 次换人申请已不是放出链节时的那一份：申请被改动或撤走了",
            "request {number} is no longer the one its link was released for: it was changed or taken away"
        ),
        said!(
            "不要再放出链节；保存好自己的 .released 文件，它是证据",
            "release no more links; keep the .released file, it is the evidence"
        ),
    )
}

fn skipped(number: usize) -> Problem {
    let before = number - 1;
    refused(
        said!(
            "第 {number} 节不能放出：第 {before} 次换人还没有结果，或它的链节不是从这里放出的",
            "link {number} cannot be released: replacement {before} has no answer yet, or its link was not released here"
        ),
        said!(
            "等上一次换人的结果公布；若 .released 文件丢失，从备份恢复",
            "wait for the answer to the one before; restore the .released file if it was lost"
        ),
    )
}

fn nothing_asked() -> Problem {
    refused(
        said!("没有已公布的换人申请", "no request is published"),
        said!(
            "先让抽查机关运行 yaohao replace 并公布申请",
            "the office first runs yaohao replace and publishes the request"
        ),
    )
}

fn used_up(length: u32) -> Problem {
    refused(
        said!("链只有 {length} 节，已用完", "the chain has only {length} links"),
        said!("这次抽取不能再换人", "nobody can be replaced in this draw any more"),
    )
}
