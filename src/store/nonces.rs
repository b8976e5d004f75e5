//! The two files of a party: its secret nonce, and the commitment it hands in.

use super::durable::read;
use crate::ids::DrawId;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::seed::{Chain, LONGEST, Nonce, NonceCommitment};
use crate::text::{Read, Reader, Writer};
use std::path::Path;

/// The secret file, which the party brings to the draw.
#[derive(Debug, Clone)]
pub struct NonceFile {
    /// The draw it is for.
    pub draw: DrawId,
    /// Whose it is.
    pub party: String,
    /// The secret.
    pub nonce: Nonce,
}

/// The commitment, which the party hands in before the commitment is made.
#[derive(Debug, Clone)]
pub struct CommitmentFile {
    /// The draw it is for.
    pub draw: DrawId,
    /// Whose it is.
    pub party: String,
    /// SHA-256 over the nonce.
    pub commitment: NonceCommitment,
    /// The party's chain for late changes, if it made one.
    pub chain: Option<Chain>,
}

const NONCE: &str = "yaohao/secret-nonce/v1";
const COMMITMENT: &str = "yaohao/nonce-commitment/v1";

impl NonceFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(NONCE);
        let nonce = self.nonce.reveal();
        text.field("draw", &self.draw).field("party", &self.party).field("nonce", nonce).finish()
    }

    /// The commitment that goes with it, and with `chain`.
    pub fn commitment(&self, chain: Option<Chain>) -> CommitmentFile {
        let commitment = self.nonce.commitment(&self.draw, &self.party);
        CommitmentFile { draw: self.draw.clone(), party: self.party.clone(), commitment, chain }
    }

    /// Reads the file. The secret never stands in an error.
    pub fn load(path: &Path) -> Outcome<Self> {
        let bytes = read(path)?;
        let parse = || -> Read<Self> {
            let mut r = Reader::new(&bytes, NONCE)?;
            let (draw, party) = (r.parsed("draw", "a draw number")?, r.field("party")?.to_owned());
            let text = r.field("nonce")?;
            let nonce = text.parse().map_err(|_| r.error("the nonce is not 64 hex digits"))?;
            r.end()?;
            Ok(NonceFile { draw, party, nonce })
        };
        parse().map_err(|error| not_ours(path, &error.to_string()))
    }
}

impl CommitmentFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(COMMITMENT);
        text.field("draw", &self.draw).field("party", &self.party).field("commitment", self.commitment);
        if let Some(Chain { end, length, .. }) = &self.chain {
            text.field("chain", format!("{end} {length}"));
        }
        text.finish()
    }

    /// Reads the file.
    pub fn load(path: &Path) -> Outcome<Self> {
        let bytes = read(path)?;
        let parse = || -> Read<Self> {
            let mut r = Reader::new(&bytes, COMMITMENT)?;
            let (draw, party) = (r.parsed("draw", "a draw number")?, r.field("party")?.to_owned());
            let commitment = r.parsed("commitment", "a SHA-256")?;
            let chain = read_chain(&mut r, &party)?;
            r.end()?;
            Ok(CommitmentFile { draw, party, commitment, chain })
        };
        parse().map_err(|error| not_ours(path, &error.to_string()))
    }
}

fn read_chain(r: &mut Reader<'_>, party: &str) -> Read<Option<Chain>> {
    let Some(text) = r.optional("chain")? else { return Ok(None) };
    let [end, length] = r.split(text)?;
    let (end, length) = (r.parse(end, "a SHA-256")?, r.number(length)?);
    if !(1..=LONGEST).contains(&length) {
        return Err(r.error("not the length of a chain"));
    }
    Ok(Some(Chain { party: party.to_owned(), end, length }))
}

pub(super) fn not_ours(path: &Path, error: &str) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!(
            "这不是 yaohao nonce 或 yaohao link 生成的文件（{error}）",
            "this is not a file made by yaohao nonce or yaohao link ({error})"
        ),
        said!(
            "请这一方重新交来原文件，不要改动或另存",
            "ask the party for the original file, neither edited nor saved anew"
        ),
    )
    .at(path.display().to_string())
}
