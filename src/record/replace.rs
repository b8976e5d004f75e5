//! Late changes: the request that an inspector be replaced, and the document
//! that says who stands in. Each request is published before the witness
//! releases the link that decides it.

use super::result_lines::TeamLine;
use super::steps::Link;
use super::table::{TableLine as _, person};
use crate::digest::Digest;
use crate::ids::is_token;
use crate::seed::LONGEST;
use crate::text::{Read, Reader};
use crate::vocabulary;

vocabulary! {
    /// Why an inspector does not go. The code is public; what is behind it is not.
    ReplaceReason {
        /// Ill, on leave, or otherwise away.
        Absent = "absent", "因故不能到场";
        /// A conflict of interest became known after the draw.
        Recused = "recused", "新发现须回避";
        /// Moved, suspended, or without a valid certificate.
        Unfit = "unfit", "调离或不再具备资格";
    }
}

/// replace-NNN-request.txt: who of which unit's team does not go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Draw, predecessor (the record, or the replacement before), time.
    pub link: Link,
    /// The unit.
    pub unit: String,
    /// Public name of the one who does not go.
    pub absent: String,
    /// Why.
    pub reason: ReplaceReason,
    /// 32 hex digits, so that the hash of a sealed draw's request gives nothing away.
    pub salt: String,
}

impl Request {
    const TAG: &str = "yaohao/replace-request/v1";

    /// SHA-256 of the text, in both suites: what its list says, all that is public of a
    /// sealed draw's request, and so what the witness's log and link name it by.
    pub fn listed(&self) -> Digest {
        Digest::of(&[self.text().as_bytes()])
    }

    /// The text.
    pub fn text(&self) -> String {
        let mut text = self.link.start(Self::TAG);
        text.field("unit", &self.unit)
            .field("absent", &self.absent)
            .field("reason", self.reason.key())
            .field("salt", &self.salt)
            .finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::TAG)?;
        let unit = r.field("unit")?;
        if !is_token(unit) {
            return Err(r.error("not a unit"));
        }
        let absent = r.field("absent")?;
        let absent = person(&r, absent)?;
        let reason = r.word("reason", ReplaceReason::from_key)?;
        let salt = r.field("salt")?;
        if salt.len() != 32 || !salt.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(r.error("not a salt"));
        }
        r.end()?;
        Ok(Request { link, unit: unit.to_owned(), absent, reason, salt: salt.to_owned() })
    }
}

/// replace-NNN.txt: the released links, and who stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Draw, predecessor (the request), time.
    pub link: Link,
    /// Party and link, in the order of the committed chains.
    pub links: Vec<(String, Digest)>,
    /// Public name of the stand-in.
    pub stand_in: String,
    /// The unit's team from now on, as a line of teams.txt.
    pub team: TeamLine,
}

impl Replacement {
    const TAG: &str = "yaohao/replacement/v1";

    /// The text.
    pub fn text(&self) -> String {
        let mut text = self.link.start(Self::TAG);
        for (party, link) in &self.links {
            text.field("link", format!("{party} {link}"));
        }
        text.field("stand-in", &self.stand_in).field("team", self.team.line()).finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::TAG)?;
        let links = r.each("link", |r, text| {
            let [party, link] = r.split(text)?;
            if !is_token(party) {
                return Err(r.error("not a party"));
            }
            Ok((party.to_owned(), r.parse(link, "a hash")?))
        })?;
        let stand_in = r.field("stand-in")?;
        let stand_in = person(&r, stand_in)?;
        let line = r.field("team")?;
        let team = read_team(&r, line)?;
        r.end()?;
        Ok(Replacement { link, links, stand_in, team })
    }
}

fn read_team(r: &Reader<'_>, line: &str) -> Read<TeamLine> {
    let team = TeamLine::read(r, line)?;
    if team.line() == line { Ok(team) } else { Err(r.error("not in canonical form")) }
}

/// The files of one late change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReplaceFile {
    /// The request.
    Request,
    /// Its SHA-256, which the witness goes by; in a sealed draw all that is public.
    RequestSums,
    /// The request, shut up until an escrowed nonce is known.
    RequestSealed,
    /// The links and the stand-in.
    Result,
    /// Its SHA-256.
    ResultSums,
    /// The links and the stand-in, shut up until an escrowed nonce is known.
    ResultSealed,
}

impl ReplaceFile {
    const ALL: [ReplaceFile; 6] = [
        ReplaceFile::Request,
        ReplaceFile::RequestSums,
        ReplaceFile::RequestSealed,
        ReplaceFile::Result,
        ReplaceFile::ResultSums,
        ReplaceFile::ResultSealed,
    ];

    /// Text, list and sealed text of both documents of a late change.
    pub const DOCUMENTS: [[ReplaceFile; 3]; 2] = [
        [ReplaceFile::Request, ReplaceFile::RequestSums, ReplaceFile::RequestSealed],
        [ReplaceFile::Result, ReplaceFile::ResultSums, ReplaceFile::ResultSealed],
    ];

    /// The name of this file of late change `number`, from 1.
    pub fn name(self, number: u32) -> String {
        let ending = match self {
            ReplaceFile::Request => "-request.txt",
            ReplaceFile::RequestSums => "-request.sha256",
            ReplaceFile::RequestSealed => "-request.sealed",
            ReplaceFile::Result => ".txt",
            ReplaceFile::ResultSums => ".sha256",
            ReplaceFile::ResultSealed => ".sealed",
        };
        format!("replace-{number:03}{ending}")
    }

    /// Number and kind of the file called `name`, if it is one of these.
    pub fn of(name: &str) -> Option<(u32, ReplaceFile)> {
        let rest = name.strip_prefix("replace-")?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = rest[..digits].parse().ok().filter(|number| (1..=LONGEST).contains(number))?;
        ReplaceFile::ALL.into_iter().find(|file| file.name(number) == name).map(|file| (number, file))
    }
}
