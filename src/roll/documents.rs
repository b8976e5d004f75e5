//! The documents of a roll's draw together: what they hold, in which order they must stand, and
//! the seed that they give.

use super::{RollCommit, RollRecord};
use crate::digest::Digest;
use crate::lang::Said;
use crate::record::{BEACON, Beacons, CEREMONY, COMMIT, Link, RECORD, REVEAL, Reveal, id_of};
use crate::said;
use crate::seed::{Beacon, Ingredients, Outcome, Seed};
use crate::text::{Read, TextError};

/// commit.txt and what follows it, as far as it is there.
#[derive(Debug, Clone)]
pub struct RollDocuments {
    /// commit.txt.
    pub commit: RollCommit,
    /// ceremony.txt.
    pub ceremony: Option<Beacons>,
    /// reveal.txt.
    pub reveal: Option<Reveal>,
    /// beacon.txt.
    pub beacon: Option<Beacons>,
    /// record.txt.
    pub record: Option<RollRecord>,
}

/// Why the documents cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Illegible {
    /// There is no commit.txt.
    Missing,
    /// This file does not read in its one form.
    Text(&'static str, TextError),
}

impl RollDocuments {
    /// The files that are read.
    pub const FILES: [&str; 5] = [COMMIT, CEREMONY, REVEAL, BEACON, RECORD];

    /// Reads the documents from their bytes by name.
    ///
    /// # Errors
    /// If there is no commit.txt, or what is there does not read.
    pub fn read(get: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Illegible> {
        Ok(RollDocuments {
            commit: one(get, COMMIT, RollCommit::read, RollCommit::text)?.ok_or(Illegible::Missing)?,
            ceremony: one(get, CEREMONY, |bytes| Beacons::read(bytes, false), |text| text.text(false))?,
            reveal: one(get, REVEAL, Reveal::read, Reveal::text)?,
            beacon: one(get, BEACON, |bytes| Beacons::read(bytes, true), |text| text.text(true))?,
            record: one(get, RECORD, RollRecord::read, RollRecord::text)?,
        })
    }

    /// The hash of the commitment.
    pub fn commit_id(&self) -> Digest {
        self.commit.id()
    }

    /// The hash of the record, if there is one.
    pub fn record_id(&self) -> Option<Digest> {
        self.record.as_ref().map(|record| id_of(self.commit.suite, &record.text()))
    }

    /// Whether the documents after the commitment are those that it asks for, up to the last that
    /// is there, each of this draw, naming the one before and not earlier.
    ///
    /// # Errors
    /// The first that is not so.
    pub fn in_order(&self) -> Result<(), Said> {
        let commit = &self.commit;
        let (mut before, mut at, mut name) = (commit.id(), commit.committed, COMMIT);
        let mut missing = None;
        for (file, asked, found) in self.following() {
            let Some((link, id)) = found else {
                missing = missing.or(asked.then_some(file));
                continue;
            };
            demand(asked, || said!("承诺没有要求 {file}", "the commitment does not ask for {file}"))?;
            if let Some(missing) = missing {
                return Err(said!("有 {file}，却没有 {missing}", "there is {file}, but no {missing}"));
            }
            demand(link.draw == commit.draw, || {
                said!("{file} 属于另一次抽取", "{file} belongs to another draw")
            })?;
            demand(link.after == before, || {
                said!("{file} 没有接在 {name} 之后", "{file} does not name {name} as the document before it")
            })?;
            demand(link.at >= at, || said!("{file} 的时间早于 {name}", "{file} is earlier than {name}"))?;
            (before, at, name) = (id, link.at, file);
        }
        let late = name == RECORD && at > commit.close_by;
        demand(!late, || said!("{name} 逾期", "{name} is late"))
    }

    /// The documents after the commitment: name, whether the commitment asks for it, and how it
    /// begins with its hash, if it is there.
    fn following(&self) -> [(&'static str, bool, Option<(&Link, Digest)>); 4] {
        let suite = self.commit.suite;
        let events = |events: &Option<Beacons>, external| {
            events.as_ref().map(|events| id_of(suite, &events.text(external)))
        };
        let external = self.commit.beacons.iter().any(Beacon::is_external);
        let room = self.commit.beacons.iter().any(|beacon| !beacon.is_external());
        let reveal = self.reveal.as_ref().map(|reveal| (&reveal.link, id_of(suite, &reveal.text())));
        let record = self.record.as_ref().map(|record| (&record.link, id_of(suite, &record.text())));
        let ceremony = self.ceremony.as_ref().map(|one| &one.link).zip(events(&self.ceremony, false));
        let beacon = self.beacon.as_ref().map(|one| &one.link).zip(events(&self.beacon, true));
        [
            (CEREMONY, room, ceremony),
            (REVEAL, true, reveal),
            (BEACON, external, beacon),
            (RECORD, true, record),
        ]
    }

    /// The outcomes of all events, in the order of the commitment: exactly these, each in its
    /// document.
    ///
    /// # Errors
    /// If one is missing, in another place, or too many.
    pub fn outcomes(&self) -> Result<Vec<Outcome>, Said> {
        let mut left =
            [&self.ceremony, &self.beacon].map(|events| events.as_ref().map_or(&[][..], |e| &e.outcomes[..]));
        let mut outcomes = Vec::new();
        for beacon in &self.commit.beacons {
            let left = &mut left[usize::from(beacon.is_external())];
            let next = left.split_off_first().filter(|outcome| outcome.beacon == *beacon);
            let missing = || said!("缺少信标 {beacon} 的结果", "no outcome of beacon {beacon} in its place");
            outcomes.push(next.ok_or_else(missing)?.clone());
        }
        demand(left.iter().all(|left| left.is_empty()), || {
            said!("信标结果多于承诺的要求", "there are more outcomes than the commitment demands")
        })?;
        Ok(outcomes)
    }

    /// Whether every event can take place and has shown what it can, and all of them have at
    /// least 16 bits.
    ///
    /// # Errors
    /// The first that is not so.
    pub fn beacons_hold(&self) -> Result<(), Said> {
        let beacons = &self.commit.beacons;
        let twice = beacons.iter().enumerate().find(|(at, beacon)| beacons[..*at].contains(beacon));
        if let Some((_, beacon)) = twice {
            return Err(said!("{beacon} 要求了两次", "{beacon} is demanded twice"));
        }
        for outcome in self.outcomes()? {
            let refused = outcome.beacon.can_take_place().and_then(|()| outcome.check());
            refused.map_err(|refusal| refusal.0)?;
        }
        let bits: u64 = beacons.iter().map(|beacon| u64::from(beacon.bits())).sum();
        demand(bits >= 16, || said!("只有 {bits} 比特", "only {bits} bits"))
    }

    /// Whether at least two parties brought nonces, and reveal.txt has exactly theirs, each
    /// opening its commitment.
    ///
    /// # Errors
    /// The first that is not so, or that there is no reveal.txt.
    pub fn nonces_open(&self) -> Result<(), Said> {
        let commit = &self.commit;
        let reveal = self.reveal.as_ref().ok_or_else(|| missing(REVEAL))?;
        demand(commit.parties.len() >= 2, || said!("少于两方", "fewer than two parties"))?;
        let committed = commit.parties.iter().map(|(party, _)| party);
        demand(committed.eq(reveal.nonces.iter().map(|(party, _)| party)), || {
            said!("公开的随机数不是承诺的各方的", "the nonces opened are not those of the parties committed")
        })?;
        for ((party, commitment), (_, nonce)) in commit.parties.iter().zip(&reveal.nonces) {
            demand(nonce.commitment(commit.suite, &commit.draw, party) == *commitment, || {
                said!("{party} 的随机数与其承诺不符", "the nonce of {party} does not open its commitment")
            })?;
        }
        Ok(())
    }

    /// The seed, from all outcomes and nonces.
    ///
    /// # Errors
    /// If not all of them are there. Whether they are lawful is for [`RollDocuments::beacons_hold`]
    /// and [`RollDocuments::nonces_open`].
    pub fn seed(&self) -> Result<Seed, Said> {
        let outcomes = self.outcomes()?;
        let reveal = self.reveal.as_ref().ok_or_else(|| missing(REVEAL))?;
        let (suite, commit) = (self.commit.suite, self.commit.id());
        Ok(Ingredients { suite, commit, outcomes: &outcomes, nonces: &reveal.nonces }.seed())
    }
}

/// Reads one of the documents; what prints differently was not in its one form.
fn one<T>(
    get: &dyn Fn(&str) -> Option<Vec<u8>>,
    file: &'static str,
    read: impl Fn(&[u8]) -> Read<T>,
    text: impl Fn(&T) -> String,
) -> Result<Option<T>, Illegible> {
    let Some(bytes) = get(file) else { return Ok(None) };
    let document = read(&bytes).map_err(|error| Illegible::Text(file, error))?;
    if text(&document).as_bytes() != bytes {
        let rule = said!("写法不是唯一的那一种", "not in canonical form").into();
        return Err(Illegible::Text(file, TextError { line: 0, rule }));
    }
    Ok(Some(document))
}

fn missing(file: &str) -> Said {
    said!("没有 {file}", "there is no {file}")
}

fn demand(holds: bool, otherwise: impl FnOnce() -> Said) -> Result<(), Said> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
