//! The documents after the commitment. Each names the one before it by its
//! hash, so that their order cannot be changed afterwards:
//!
//! commit → ceremony (dice, balls) → reveal (nonces) → beacon (lottery, drand) → record
//! → (request → replacement)* → open
//!
//! or, from anywhere before the record, → void.
//!
//! What does not apply is left out. The order is the seed ordering rule: what
//! becomes known last is nothing that anybody in the room controls.

use super::Sealed;
use super::commit::{read_sealed, read_window, sealed};
use crate::digest::Digest;
use crate::eligibility::Window;
use crate::ids::{DrawId, is_token};
use crate::seed::{Nonce, Outcome};
use crate::text::{Read, Reader, Writer};
use crate::time::Moment;
use crate::vocabulary;

/// What every document after the commitment starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Number of the draw.
    pub draw: DrawId,
    /// Hash of the document before.
    pub after: Digest,
    /// When, by the office's clock.
    pub at: Moment,
}

impl Link {
    pub(crate) fn start(&self, tag: &str) -> Writer {
        let mut text = Writer::new(tag);
        text.field("draw", &self.draw).field("after", self.after).field("at", self.at);
        text
    }

    /// What any document after the commitment starts with, whatever its tag; `None` if
    /// it does not start so.
    pub fn of(bytes: &[u8]) -> Option<Link> {
        let tag = std::str::from_utf8(bytes).ok()?.split('\n').next()?;
        Link::read(bytes, tag).ok().map(|(link, _)| link)
    }

    pub(crate) fn read<'a>(bytes: &'a [u8], tag: &str) -> Read<(Link, Reader<'a>)> {
        let mut r = Reader::new(bytes, tag)?;
        let link = Link {
            draw: r.parsed("draw", "a draw number")?,
            after: r.parsed("after", "a hash")?,
            at: r.parsed("at", "a moment")?,
        };
        Ok((link, r))
    }
}

/// ceremony.txt (events in the room) and beacon.txt (events outside it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beacons {
    /// Draw, predecessor, time.
    pub link: Link,
    /// What the events showed, in the order of the commitment.
    pub outcomes: Vec<Outcome>,
}

impl Beacons {
    const CEREMONY: &str = "yaohao/ceremony/v1";
    const BEACON: &str = "yaohao/beacon/v1";

    fn tag(external: bool) -> &'static str {
        if external { Self::BEACON } else { Self::CEREMONY }
    }

    /// The text; `external` says which of the two files it is.
    pub fn text(&self, external: bool) -> String {
        let mut text = self.link.start(Self::tag(external));
        for outcome in &self.outcomes {
            text.field("outcome", outcome);
        }
        text.finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8], external: bool) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::tag(external))?;
        let outcome = |r: &Reader<'_>, text: &str| -> Read<Outcome> {
            text.parse().map_err(|refusal: crate::seed::Refusal| r.error(refusal.0))
        };
        let outcomes = r.each("outcome", outcome)?;
        r.end()?;
        Ok(Beacons { link, outcomes })
    }
}

/// reveal.txt: nonces, in the order of the commitment. In a sealed draw the
/// office's nonce is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// Draw, predecessor, time.
    pub link: Link,
    /// Party and nonce.
    pub nonces: Vec<(String, Nonce)>,
}

impl Reveal {
    const TAG: &str = "yaohao/reveal/v1";

    /// The text.
    pub fn text(&self) -> String {
        let mut text = self.link.start(Self::TAG);
        write_nonces(&mut text, &self.nonces);
        text.finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::TAG)?;
        let nonces = r.each("nonce", read_nonce)?;
        r.end()?;
        Ok(Reveal { link, nonces })
    }
}

/// open.txt: what a sealed draw kept back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Draw, predecessor (the record), time.
    pub link: Link,
    /// The office's nonce.
    pub nonces: Vec<(String, Nonce)>,
}

impl Opening {
    const TAG: &str = "yaohao/open/v1";

    /// The text.
    pub fn text(&self) -> String {
        let mut text = self.link.start(Self::TAG);
        write_nonces(&mut text, &self.nonces);
        text.finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::TAG)?;
        let text = r.field("nonce")?;
        let nonces = vec![read_nonce(&r, text)?];
        r.end()?;
        Ok(Opening { link, nonces })
    }
}

fn write_nonces(text: &mut Writer, nonces: &[(String, Nonce)]) {
    for (party, nonce) in nonces {
        text.field("nonce", format!("{party} {}", nonce.reveal()));
    }
}

fn read_nonce<'a>(r: &Reader<'a>, text: &'a str) -> Read<(String, Nonce)> {
    let [party, nonce] = r.split(text)?;
    if !is_token(party) {
        return Err(r.error("not a party"));
    }
    Ok((party.to_owned(), r.parse(nonce, "a nonce")?))
}

/// record.txt: the closing document of a draw. It repeats what the commitment
/// says of the visits, so that it is enough at the door of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Draw, predecessor, time.
    pub link: Link,
    /// Days on which the visits are made, as committed.
    pub window: Window,
    /// Tree over inspectors.txt, as committed.
    pub inspectors: Sealed,
    /// Tree over drawn.txt.
    pub drawn: Sealed,
    /// Hash of prices.txt.
    pub prices: Digest,
    /// Hash of schedule.txt, if the commitment has days.
    pub schedule: Option<Digest>,
    /// SHA-256 of sealed.bin, if the office's nonce is escrowed.
    pub sealed: Option<Digest>,
}

impl Record {
    const TAG: &str = "yaohao/record/v1";

    /// The text.
    pub fn text(&self) -> String {
        let mut text = self.link.start(Self::TAG);
        text.field("window", format!("{} {}", self.window.first, self.window.last))
            .field("inspectors", self.inspectors)
            .field("drawn", self.drawn)
            .field("prices", self.prices);
        if let Some(schedule) = self.schedule {
            text.field("schedule", schedule);
        }
        if let Some(sealed) = self.sealed {
            text.field("sealed", sealed);
        }
        text.finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::TAG)?;
        let record = Record {
            link,
            window: read_window(&mut r)?,
            inspectors: read_sealed(&mut r, "inspectors")?,
            drawn: read_sealed(&mut r, "drawn")?,
            prices: r.parsed("prices", "a hash")?,
            schedule: r.optional("schedule")?.map(|text| r.parse(text, "a hash")).transpose()?,
            sealed: r.optional("sealed")?.map(|text| r.parse(text, "a hash")).transpose()?,
        };
        r.end()?;
        Ok(record)
    }
}

vocabulary! {
    /// Why a draw was voided.
    VoidReason {
        /// The register was wrong.
        Register = "register", "名录有误";
        /// The policy was wrong.
        Policy = "policy", "方案有误";
        /// A party lost its nonce or did not come.
        Party = "party", "一方缺席或遗失随机数";
        /// The public event did not take place.
        Beacon = "beacon", "公开随机事件未举行";
        /// The drawn units cannot be staffed.
        Staffing = "staffing", "抽中的单位派不足人";
    }
}

/// void.txt: the closing document of a draw that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// Draw, predecessor (the last document there is), time.
    pub link: Link,
    /// Why.
    pub reason: VoidReason,
    /// The office's nonce, where a sealed draw could be computed by the office alone.
    pub nonce: Option<(String, Nonce)>,
    /// Tree over voided.txt: the units handed on to the next draw.
    pub drawn: Option<Sealed>,
}

impl Void {
    const TAG: &str = "yaohao/void/v1";

    /// The text.
    pub fn text(&self) -> String {
        let mut text = self.link.start(Self::TAG);
        text.field("reason", self.reason.key());
        write_nonces(&mut text, self.nonce.as_slice());
        if let Some(drawn) = self.drawn {
            text.field("drawn", drawn);
        }
        text.finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::TAG)?;
        let reason = r.word("reason", VoidReason::from_key)?;
        let nonce = r.optional("nonce")?.map(|text| read_nonce(&r, text)).transpose()?;
        let drawn = r.optional("drawn")?.map(|text| sealed(&r, text)).transpose()?;
        r.end()?;
        Ok(Void { link, reason, nonce, drawn })
    }
}
