//! The two files of a party: its secret nonce, and the commitment it hands in.

use super::party::{PartyFile, loaded};
use crate::digest::Suite;
use crate::ids::DrawId;
use crate::problem::Outcome;
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
    /// The suite of the draw that it is meant for.
    pub suite: Suite,
    /// Hash over the nonce.
    pub commitment: NonceCommitment,
    /// The party's chain for late changes, if it made one.
    pub chain: Option<Chain>,
}

impl NonceFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(PartyFile::Nonce.tag());
        let nonce = self.nonce.reveal();
        text.field("draw", &self.draw).field("party", &self.party).field("nonce", nonce).finish()
    }

    /// The commitment that goes with it, and with `chain`, in a draw of `suite`.
    pub fn commitment(&self, suite: Suite, chain: Option<Chain>) -> CommitmentFile {
        let commitment = self.nonce.commitment(suite, &self.draw, &self.party);
        CommitmentFile { draw: self.draw.clone(), party: self.party.clone(), suite, commitment, chain }
    }

    /// Reads the file. The secret never stands in an error.
    pub fn load(path: &Path) -> Outcome<Self> {
        loaded(path, PartyFile::Nonce, |bytes| {
            let mut r = Reader::new(bytes, PartyFile::Nonce.tag())?;
            let (draw, party) = (r.parsed("draw", "a draw number")?, r.field("party")?.to_owned());
            let text = r.field("nonce")?;
            let nonce = text.parse().map_err(|_| r.error("the nonce is not 64 hex digits"))?;
            r.end()?;
            Ok(NonceFile { draw, party, nonce })
        })
    }
}

impl CommitmentFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(PartyFile::Commitment.tag());
        text.field("draw", &self.draw)
            .field("party", &self.party)
            .field("suite", self.suite.key())
            .field("commitment", self.commitment);
        if let Some(Chain { end, length, .. }) = &self.chain {
            text.field("chain", format!("{end} {length}"));
        }
        text.finish()
    }

    /// Reads the file.
    pub fn load(path: &Path) -> Outcome<Self> {
        loaded(path, PartyFile::Commitment, |bytes| {
            let mut r = Reader::new(bytes, PartyFile::Commitment.tag())?;
            let (draw, party) = (r.parsed("draw", "a draw number")?, r.field("party")?.to_owned());
            let suite = r.word("suite", Suite::from_key)?;
            let commitment = r.parsed("commitment", "a hash")?;
            let chain = read_chain(&mut r, &party)?;
            r.end()?;
            Ok(CommitmentFile { draw, party, suite, commitment, chain })
        })
    }
}

fn read_chain(r: &mut Reader<'_>, party: &str) -> Read<Option<Chain>> {
    let Some(text) = r.optional("chain")? else { return Ok(None) };
    let [end, length] = r.split(text)?;
    let (end, length) = (r.parse(end, "a hash")?, r.number(length)?);
    if !(1..=LONGEST).contains(&length) {
        return Err(r.error("not the length of a chain"));
    }
    Ok(Some(Chain { party: party.to_owned(), end, length }))
}
