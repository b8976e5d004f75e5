//! Shares of the office's nonce: dealt with the commitment, and checked by each
//! custodian on its own machine (`yaohao share`).

use crate::cli::args::ShareArgs;
use crate::cli::console::Console;
use crate::clock;
use crate::digest::Digest;
use crate::group::Group;
use crate::lang::Said;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{COMMIT, Commit};
use crate::said;
use crate::seed::{Escrow, Nonce, Share, point_commitment};
use crate::store::{DrawFolder, ShareFile, read};
use serde_json::json;
use std::path::Path;

/// The shares of one draw, before they are handed over.
pub struct Shares {
    /// What the commitment says of them.
    pub escrow: Escrow,
    shares: Vec<Share>,
}

/// A nonce of the office, fit to be shared if the policy asks for it.
pub fn fresh_nonce(policy: &Policy) -> Nonce {
    match policy.custodians() {
        Some(_) => Nonce::new(Group::of(policy.suite).number(&random())),
        None => Nonce::new(clock::entropy()),
    }
}

fn random() -> [u8; 64] {
    let mut bytes = [0; 64];
    bytes.chunks_exact_mut(32).for_each(|half| half.copy_from_slice(&clock::entropy()));
    bytes
}

/// Where the shares wait in the draw's private folder.
fn file_of(custodian: &str) -> String {
    format!("shares/{custodian}.share")
}

impl Shares {
    /// Deals `nonce` among the custodians of the policy, if it names any for this draw.
    pub fn deal(policy: &Policy, nonce: &Nonce) -> Option<Shares> {
        let rule = policy.custodians()?;
        let random: Vec<[u8; 64]> = (1..rule.threshold).map(|_| random()).collect();
        let dealt = Escrow::deal(policy.suite, nonce, &random, &rule.custodians);
        let (escrow, shares) = dealt.expect("a fresh nonce is a number of the group");
        Some(Shares { escrow, shares })
    }

    /// Writes one file a custodian into the draw's private folder.
    pub fn keep(&self, folder: &DrawFolder) -> Outcome<()> {
        for (number, (custodian, share)) in (1..).zip(self.escrow.custodians.iter().zip(&self.shares)) {
            let (draw, custodian, share) = (folder.id.clone(), custodian.clone(), share.clone());
            let file = file_of(&custodian);
            let text = ShareFile { draw, custodian, number, share }.text();
            folder.keep(&file, text.as_bytes())?;
        }
        Ok(())
    }
}

/// Says whom each file of an escrow is for; where they are.
pub fn say(escrow: &Escrow, folder: &DrawFolder, console: &Console) -> Vec<String> {
    let (threshold, custodians) = (escrow.threshold(), &escrow.custodians);
    let (count, public) = (custodians.len(), folder.public.display());
    console.say(said!(
            "本机关的随机数已分成 {count} 份，任意 {threshold} 份可以打开这次抽取。现在就把每份交给它的保管人，各交各的：",
            "The office's nonce is in {count} shares, any {threshold} of which open this draw. Hand each to its custodian now, and to nobody else:"
        ));
    let path = |custodian: &String| folder.private.join(file_of(custodian)).display().to_string();
    for custodian in custodians {
        let path = path(custodian);
        console.say(said!("  {custodian}：{path}", "  {custodian}: {path}"));
    }
    console.say(said!(
        "保管人收到后立即运行 yaohao share 份额文件 {public} 核对，并与公布的承诺值比对",
        "Each runs yaohao share FILE {public} at once, and compares the commitment with the announced one"
    ));
    custodians.iter().map(path).collect()
}

/// Checks a custodian's share against the published commitment.
pub fn share(args: &ShareArgs, console: &Console) -> Outcome<()> {
    let file = ShareFile::load(&args.file)?;
    let (commit, id) = committed(&args.dir)?;
    let escrow = escrow(&commit)?;
    check(&file, &commit, escrow).map_err(|problem| problem.at(args.file.display().to_string()))?;
    let (custodian, number, draw) = (&file.custodian, file.number, &file.draw);
    let (threshold, count) = (escrow.threshold(), escrow.custodians.len());
    console.say(said!(
        "{custodian} 的第 {number} 份与 {draw} 的承诺相符：{count} 份中任意 {threshold} 份可以打开这次抽取",
        "Share {number}, of {custodian}, is right for {draw}: any {threshold} of {count} shares open the draw"
    ));
    console.say(said!(
        "承诺值：{id}（与抽取之前公布的比对；不同就是另一次承诺，立即告诉监督方）",
        "Commitment: {id} (compare it with the announced one; if it differs, tell the witness at once)"
    ));
    console.say(said!(
        "把份额文件收好，不给任何人看；要打开这次抽取时，与另外的保管人一起运行 yaohao recover",
        "Keep the file and show it to nobody; to open the draw, run yaohao recover together with other custodians"
    ));
    console.data(|| json!({ "draw": draw.to_string(), "custodian": custodian, "number": number, "threshold": threshold, "custodians": escrow.custodians, "commitment": id.to_string() }));
    Ok(())
}

/// The commitment in a public folder, and its hash.
pub(super) fn committed(dir: &Path) -> Outcome<(Commit, Digest)> {
    let path = dir.join(COMMIT);
    let bytes = read(&path)?;
    let commit = Commit::read(&bytes).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Unreadable,
            said!("已公布的承诺读不懂：{zh}", "the published commitment cannot be read: {en}"),
            said!("重新取得公布的文件夹", "get the published folder again"),
        )
        .at(path.display().to_string())
    })?;
    let id = commit.suite.digest(&[&bytes]);
    Ok((commit, id))
}

/// The escrow of a commitment, which must be that of the office's nonce.
pub(super) fn escrow(commit: &Commit) -> Outcome<&Escrow> {
    let draw = &commit.draw;
    let Some(escrow) = &commit.escrow else {
        return Err(Problem::new(
            Kind::State,
            said!("{draw} 的承诺里没有托管", "the commitment of {draw} has no escrow"),
            said!(
                "没有托管的密封抽取只能由本机关打开；以后在方案里写 [escrow]",
                "only the office can open a sealed draw without it; put [escrow] into the policy for later draws"
            ),
        ));
    };
    let office = commit.parties.first().zip(escrow.points.first());
    let bound = office.is_some_and(|((party, commitment), point)| {
        point_commitment(commit.suite, draw, party, point) == *commitment
    });
    if escrow.is_sound(commit.suite) && bound {
        return Ok(escrow);
    }
    Err(Problem::new(
        Kind::Failed,
        said!(
            "{draw} 托管的不是本机关承诺的随机数，这些份额打不开它",
            "the escrow of {draw} is not that of the nonce the office committed to: no shares can open it"
        ),
        said!(
            "立即告诉监督方和公众：yaohao verify 的 V25 不通过，抽取不应进行",
            "tell the witness and the public at once: V25 of yaohao verify fails, and the draw must not be held"
        ),
    ))
}

/// Whether a share is the one that the commitment promises to its custodian.
pub(super) fn check(file: &ShareFile, commit: &Commit, escrow: &Escrow) -> Outcome<()> {
    let (theirs, draw, custodian, number) = (&file.draw, &commit.draw, &file.custodian, file.number);
    if theirs != draw {
        return Err(Problem::new(
            Kind::Failed,
            said!("这份份额是给 {theirs} 的，这里是 {draw}", "this share is for {theirs}, here is {draw}"),
            said!(
                "用 {draw} 的份额，或指明 {theirs} 的公开文件夹",
                "use a share for {draw}, or the folder of {theirs}"
            ),
        ));
    }
    let place = usize::try_from(number).unwrap_or_default();
    let due = place.checked_sub(1).and_then(|place| escrow.custodians.get(place));
    if due == Some(custodian) && escrow.holds(commit.suite, number, &file.share) {
        return Ok(());
    }
    Err(Problem::new(
        Kind::Failed,
        said!(
            "{custodian} 的第 {number} 份与 {draw} 的承诺不符：是伪造的，或已损坏",
            "share {number} of {custodian} is not the one that the commitment of {draw} promises: forged, or damaged"
        ),
        said!(
            "请本机关重新交来原文件；交不出来就告诉监督方，这一份打不开抽取",
            "ask the office for the original file; if it has none, tell the witness: this share opens nothing"
        ),
    ))
}
