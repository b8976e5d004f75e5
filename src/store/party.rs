//! The files of a party, told apart by their first line: whoever names the wrong
//! one is told which it is, above all where it is a secret in the wrong place.

use super::durable::read;
use crate::lang::Said;
use crate::note::{KeyChange, KeyFile};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::text::{Read, TextError};
use std::path::Path;

/// A kind of file that a party makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartyFile {
    Nonce,
    Commitment,
    Chain,
    Released,
    Link,
    SecretKey,
    KeyChange,
    Share,
}

impl PartyFile {
    const ALL: [PartyFile; 8] = [
        PartyFile::Nonce,
        PartyFile::Commitment,
        PartyFile::Chain,
        PartyFile::Released,
        PartyFile::Link,
        PartyFile::SecretKey,
        PartyFile::KeyChange,
        PartyFile::Share,
    ];

    /// The first line of such a file.
    pub(super) fn tag(self) -> &'static str {
        match self {
            PartyFile::Nonce => "yaohao/secret-nonce/v1",
            PartyFile::Commitment => "yaohao/nonce-commitment/v1",
            PartyFile::Chain => "yaohao/secret-chain/v1",
            PartyFile::Released => "yaohao/released/v1",
            PartyFile::Link => "yaohao/released-link/v1",
            PartyFile::SecretKey => KeyFile::TAG,
            PartyFile::KeyChange => KeyChange::TAG,
            PartyFile::Share => "yaohao/secret-share/v1",
        }
    }

    fn name(self) -> Said {
        match self {
            PartyFile::Nonce => said!("秘密随机数（.nonce 文件）", "a secret nonce (a .nonce file)"),
            PartyFile::Commitment => {
                said!("随机数承诺（.commitment 文件）", "a commitment to a nonce (a .commitment file)")
            }
            PartyFile::Chain => {
                said!("换人用的秘密链（.chain 文件）", "a secret chain for late changes (a .chain file)")
            }
            PartyFile::Released => {
                said!("已放出链节的登记（.released 文件）", "the list of released links (a .released file)")
            }
            PartyFile::Link => said!("放出的链节（.link 文件）", "a released link (a .link file)"),
            PartyFile::SecretKey => said!("签名用的私钥", "a secret key for signing"),
            PartyFile::KeyChange => said!("密钥变更文件", "a change of keys"),
            PartyFile::Share => {
                said!("本机关随机数的份额（.share 文件）", "a share of the office's nonce (a .share file)")
            }
        }
    }

    /// The kind that `bytes` claim to be, whatever the file is called.
    fn of(bytes: &[u8]) -> Option<PartyFile> {
        let first = bytes.split(|byte| *byte == b'\n').next()?;
        let first = first.strip_prefix("\u{feff}".as_bytes()).unwrap_or(first).trim_ascii();
        PartyFile::ALL.into_iter().find(|kind| kind.tag().as_bytes() == first)
    }
}

/// Reads the file `wanted` at `path`.
pub(super) fn loaded<T>(path: &Path, wanted: PartyFile, parse: impl FnOnce(&[u8]) -> Read<T>) -> Outcome<T> {
    let bytes = read(path)?;
    let read = match PartyFile::of(&bytes) {
        Some(found) if found != wanted => Err(mistaken(wanted, found)),
        _ => parse(&bytes).map_err(|error| damaged(wanted, &error)),
    };
    read.map_err(|problem| problem.at(path.display().to_string()))
}

/// The problem of a file that is `wanted` but a secret of another kind, if it is one.
pub(super) fn secret_in_place_of(wanted: &Said, bytes: &[u8]) -> Option<Problem> {
    let found = PartyFile::of(bytes).filter(|found| *found == PartyFile::SecretKey)?;
    let (is, Said { zh, en }) = (found.name(), wanted);
    let (zh_is, en_is, danger) = (is.zh, is.en, key_exposed());
    let (zh_danger, en_danger) = (danger.zh, danger.en);
    Some(Problem::new(
        Kind::Unreadable,
        said!(
            "这是{zh_is}，这里要的是{zh}{zh_danger}",
            "this is {en_is}; what belongs here is {en}{en_danger}"
        ),
        take_key_away(),
    ))
}

fn damaged(wanted: PartyFile, error: &TextError) -> Problem {
    let (Said { zh, en }, rule) = (wanted.name(), error.said());
    let (zh_rule, en_rule) = (rule.zh, rule.en);
    if wanted == PartyFile::SecretKey {
        return Problem::new(
            Kind::Unreadable,
            said!("这不是{zh}，或已被改动（{zh_rule}）", "this is not {en}, or it was changed ({en_rule})"),
            said!(
                "指明 yaohao key new 写出的私钥文件；坏了就从备份恢复",
                "name the file that yaohao key new wrote; restore it from a backup if it is damaged"
            ),
        );
    }
    Problem::new(
        Kind::Unreadable,
        said!("这不是{zh}，或已被改动（{zh_rule}）", "this is not {en}, or it was changed ({en_rule})"),
        said!(
            "请这一方重新交来原文件，不要改动或另存",
            "ask the party for the original file, neither edited nor saved anew"
        ),
    )
}

/// One file of a party in the place of another.
fn mistaken(wanted: PartyFile, found: PartyFile) -> Problem {
    let (is, wants) = (found.name(), wanted.name());
    let danger = exposed(wanted, found).unwrap_or_else(|| said!("", ""));
    let (zh, en, zh_wanted, en_wanted) = (is.zh, is.en, wants.zh, wants.en);
    let (zh_danger, en_danger) = (danger.zh, danger.en);
    Problem::new(
        Kind::Unreadable,
        said!(
            "这是{zh}，这里要的是{zh_wanted}{zh_danger}",
            "this is {en}; what belongs here is {en_wanted}{en_danger}"
        ),
        remedy(wanted, found),
    )
}

/// Whether the command that wants this file runs in the office.
fn in_the_office(wanted: PartyFile) -> bool {
    matches!(wanted, PartyFile::Nonce | PartyFile::Commitment | PartyFile::Link)
}

fn key_exposed() -> Said {
    said!(
        "。私钥不能交给任何人，也不能放在这里：谁拿到它，谁就能冒名签名",
        ". A secret key is given to nobody and must not be here: whoever holds it signs in its name"
    )
}

fn take_key_away() -> Said {
    said!(
        "把它移走；若已被别人看到，按 docs/keys.md 的“被盗”办。要交出的是旁边的 .pub 文件",
        "take it away; if others saw it, follow \"stolen\" in docs/keys.md. What is given away is the .pub file beside it"
    )
}

/// Why the file found must not be where it is.
fn exposed(wanted: PartyFile, found: PartyFile) -> Option<Said> {
    match (wanted, found) {
        (_, PartyFile::SecretKey) => Some(key_exposed()),
        (_, PartyFile::Chain) if in_the_office(wanted) => Some(said!(
            "。.chain 绝不能到本机关来：谁拿到它，谁就能预知以后由谁接替",
            ". A .chain must never be at the office: whoever holds it foresees every stand-in"
        )),
        (PartyFile::Commitment, PartyFile::Nonce) => Some(said!(
            "。.nonce 在抽取之前不能给任何人：谁拿到它，谁就多知道一方的秘密",
            ". Nobody may have a .nonce before the draw: it is the party's secret"
        )),
        _ => None,
    }
}

fn remedy(wanted: PartyFile, found: PartyFile) -> Said {
    match (wanted, found) {
        (_, PartyFile::SecretKey) => take_key_away(),
        (PartyFile::SecretKey, _) => {
            said!("指明 yaohao key new 写出的私钥文件", "name the file that yaohao key new wrote")
        }
        (PartyFile::KeyChange, _) => {
            said!("指明 yaohao key change 写出的文件", "name the file that yaohao key change wrote")
        }
        (PartyFile::Share, _) => said!(
            "改为指明 .share 文件，由 yaohao commit 写出、本机关交给保管人",
            "name a .share file instead, as yaohao commit writes it and the office hands it to a custodian"
        ),
        (PartyFile::Commitment, PartyFile::Chain | PartyFile::Nonce) => said!(
            "删去这份文件，请这一方换一个文件夹重新运行 yaohao nonce，只交来 .commitment 文件",
            "delete the file; the party runs yaohao nonce again with another folder and hands in the .commitment file only"
        ),
        (PartyFile::Link, PartyFile::Chain) => said!(
            "从本机关的电脑上删去它和所有副本，告诉这一方；由这一方在自己的电脑上运行 yaohao link，只交来 .link 文件",
            "delete it and all its copies from the office's machines and tell the party, which runs yaohao link on its own machine and hands in the .link file only"
        ),
        (_, PartyFile::Chain) if in_the_office(wanted) => said!(
            "从本机关的电脑上删去它和所有副本，告诉这一方；抽取时只带来 .nonce 文件",
            "delete it and all its copies from the office's machines and tell the party, which brings the .nonce file only"
        ),
        (PartyFile::Link, _) => said!(
            "请这一方对着公布的文件夹运行 yaohao link，交来它写出的 .link 文件",
            "the party runs yaohao link on the published folder and hands in the .link file that it writes"
        ),
        _ => {
            let Said { zh, en } = wanted.name();
            said!("改为指明{zh}，由 yaohao nonce 写出", "name {en} instead, as yaohao nonce writes it")
        }
    }
}
