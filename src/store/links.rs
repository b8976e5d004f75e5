//! A witness's chain: the secret file that never leaves its machine, the log of
//! what it released, and the file it hands over for one request.

use super::party::{PartyFile, loaded};
use crate::digest::{Digest, Suite};
use crate::ids::DrawId;
use crate::problem::Outcome;
use crate::seed::{Chain, ChainSecret, LONGEST};
use crate::text::{Reader, TextError, Writer};
use std::path::{Path, PathBuf};

/// The secret file of a chain. Unlike the nonce it is never brought to the
/// office: whoever holds it can foresee every stand-in.
#[derive(Debug, Clone)]
pub struct ChainFile {
    /// The draw it is for.
    pub draw: DrawId,
    /// Whose it is.
    pub party: String,
    /// Number of links.
    pub length: u32,
    /// The last link.
    pub secret: ChainSecret,
}

/// One released link, for exactly one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFile {
    /// The draw it is for.
    pub draw: DrawId,
    /// Whose it is.
    pub party: String,
    /// Number of the late change, from 1.
    pub number: u32,
    /// The request, as its list names it: by SHA-256 in both suites.
    pub request: Digest,
    /// The link.
    pub link: Digest,
}

/// What a witness has released, in order: the SHA-256 of each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// The draw.
    pub draw: DrawId,
    /// Whose chain.
    pub party: String,
    /// Request of link 1, 2, …
    pub requests: Vec<Digest>,
}

impl ChainFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(PartyFile::Chain.tag());
        text.field("draw", &self.draw)
            .field("party", &self.party)
            .field("length", self.length)
            .field("chain", self.secret.reveal())
            .finish()
    }

    /// What a commitment of `suite` says of it.
    pub fn public(&self, suite: Suite) -> Chain {
        Chain { party: self.party.clone(), end: self.link(suite, 0), length: self.length }
    }

    /// Link `number` in a draw of `suite`.
    pub fn link(&self, suite: Suite, number: u32) -> Digest {
        self.secret.link(suite, &self.draw, &self.party, self.length, number)
    }

    /// Reads the file. The secret never stands in an error.
    pub fn load(path: &Path) -> Outcome<Self> {
        loaded(path, PartyFile::Chain, |bytes| {
            let mut r = Reader::new(bytes, PartyFile::Chain.tag())?;
            let (draw, party) = (r.parsed("draw", "a draw number")?, r.field("party")?.to_owned());
            let length = r.field("length")?;
            let length = r.number(length)?;
            let text = r.field("chain")?;
            let secret = text.parse().map_err(|_| r.error("the chain is not 64 hex digits"))?;
            let fits = (1..=LONGEST).contains(&length);
            r.end()?;
            let file = ChainFile { draw, party, length, secret };
            if fits { Ok(file) } else { Err(TextError { line: 4, rule: "not a length".into() }) }
        })
    }

    /// Where the log of this file is kept: beside it.
    pub fn log(path: &Path) -> PathBuf {
        path.with_extension("released")
    }
}

impl LinkFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(PartyFile::Link.tag());
        text.field("draw", &self.draw)
            .field("party", &self.party)
            .field("number", self.number)
            .field("request", self.request)
            .field("link", self.link)
            .finish()
    }

    /// Reads the file.
    pub fn load(path: &Path) -> Outcome<Self> {
        loaded(path, PartyFile::Link, |bytes| {
            let mut r = Reader::new(bytes, PartyFile::Link.tag())?;
            let (draw, party) = (r.parsed("draw", "a draw number")?, r.field("party")?.to_owned());
            let number = r.field("number")?;
            let number = r.number(number)?;
            let (request, link) = (r.parsed("request", "a SHA-256")?, r.parsed("link", "a hash")?);
            r.end()?;
            Ok(LinkFile { draw, party, number, request, link })
        })
    }
}

impl Released {
    /// The text of the log.
    pub fn text(&self) -> String {
        let mut text = Writer::new(PartyFile::Released.tag());
        text.field("draw", &self.draw).field("party", &self.party);
        for (number, request) in (1..).zip(&self.requests) {
            text.field("released", format!("{number} {request}"));
        }
        text.finish()
    }

    /// The log of the chain `file` at `path`; empty if nothing was released yet.
    pub fn load(path: &Path, file: &ChainFile) -> Outcome<Self> {
        let (draw, party) = (file.draw.clone(), file.party.clone());
        if !path.exists() {
            return Ok(Released { draw, party, requests: Vec::new() });
        }
        loaded(path, PartyFile::Released, |bytes| {
            let mut r = Reader::new(bytes, PartyFile::Released.tag())?;
            r.constant("draw", &draw.to_string())?;
            r.constant("party", &party)?;
            let requests = r.each("released", |r, text| {
                let [number, request] = r.split(text)?;
                Ok((r.number::<u32>(number)?, r.parse(request, "a SHA-256")?))
            })?;
            let in_order = (1..).zip(&requests).all(|(n, (number, _))| n == *number);
            let requests = requests.into_iter().map(|(_, request)| request).collect();
            if !in_order {
                return Err(r.error("the numbers have gaps"));
            }
            r.end()?;
            Ok(Released { draw, party, requests })
        })
    }
}
