//! The commitment of a roll.

use crate::digest::{Digest, Suite};
use crate::eligibility::{Exclusion, Window};
use crate::ids::{DrawId, is_label};
use crate::policy::Policy;
use crate::record::{
    Demand, Mode, PublishedQuota, Sealed, id_of, quota_line, read_excluded, read_party, read_quota,
    read_sealed, read_window, rising,
};
use crate::seed::{Beacon, NonceCommitment};
use crate::text::{Read, Reader, Writer};
use crate::time::Moment;
use std::collections::BTreeSet;
use std::ops::Range;

/// Pool, quota and reserves of one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollStratum {
    /// `<rule>` or `<rule>/<zone>`.
    pub label: String,
    /// N.
    pub pool: u64,
    /// k.
    pub quota: u64,
    /// r: how many more are listed behind those drawn.
    pub reserves: u64,
}

impl RollStratum {
    /// The part of the label that names the rule.
    pub fn rule(&self) -> &str {
        self.label.split('/').next().unwrap_or_default()
    }

    /// k + r: how many are listed in drawn.txt.
    pub fn listed(&self) -> u64 {
        self.quota + self.reserves
    }
}

/// The text commit.txt of a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCommit {
    /// Number of the draw; its office key ends with [`RollCommit::OFFICE`].
    pub draw: DrawId,
    /// Hash, by this commitment's suite, of the record of the roll before; `None` for the first.
    pub previous: Option<Digest>,
    /// The hash of everything in this record.
    pub suite: Suite,
    /// Name and version of the program.
    pub software: String,
    /// When the commitment was made, by the office's clock.
    pub committed: Moment,
    /// Days on which the visits are made.
    pub window: Window,
    /// The draw must be closed by then.
    pub close_by: Moment,
    /// Minutes from `committed` to the first public event, at least.
    pub margin: u32,
    /// Hash of policy.toml.
    pub policy: Digest,
    /// Hash of items.txt.
    pub items: Digest,
    /// Tree over the lines of the roll.
    pub units: Sealed,
    /// Quota rules, in the order of the policy.
    pub quotas: Vec<PublishedQuota>,
    /// Strata, in byte order of labels.
    pub strata: Vec<RollStratum>,
    /// Excluded units by reason, in the order of the reasons.
    pub excluded: Vec<(Exclusion, u64)>,
    /// Public events demanded, in the order of the policy.
    pub beacons: Vec<Beacon>,
    /// Parties and their nonce commitments, the office first.
    pub parties: Vec<(String, NonceCommitment)>,
}

const TAG: &str = "yaohao/roll/v1";

impl RollCommit {
    /// What stands behind the policy's office key in the number of a roll, so that no number is
    /// given to a roll and to another draw.
    pub const OFFICE: &str = "-roll";

    /// The text.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        let previous = self.previous.map_or_else(|| "none".to_owned(), |digest| digest.to_string());
        text.field("draw", &self.draw)
            .field("previous", previous)
            .field("suite", self.suite.key())
            .field("software", &self.software)
            .field("committed", self.committed)
            .field("window", format!("{} {}", self.window.first, self.window.last))
            .field("close-by", self.close_by)
            .field("margin", self.margin)
            .field("policy", self.policy)
            .field("items", self.items)
            .field("units", self.units);
        for quota in &self.quotas {
            text.field("quota", quota_line(quota));
        }
        for RollStratum { label, pool, quota, reserves } in &self.strata {
            text.field("stratum", format!("{label} {pool} {quota} {reserves}"));
        }
        for (reason, count) in &self.excluded {
            text.field("excluded", format!("{} {count}", reason.key()));
        }
        for beacon in &self.beacons {
            text.field("beacon", beacon);
        }
        for (party, commitment) in &self.parties {
            text.field("party", format!("{party} {commitment}"));
        }
        text.finish()
    }

    /// Hash of the text: the id of the commitment.
    pub fn id(&self) -> Digest {
        id_of(self.suite, &self.text())
    }

    /// What it demands before there is a seed.
    pub fn demand(&self) -> Demand<'_> {
        Demand {
            draw: &self.draw,
            suite: self.suite,
            commit: self.id(),
            committed: self.committed,
            margin: self.margin,
            mode: Mode::Open,
            beacons: &self.beacons,
            parties: &self.parties,
            escrow: None,
        }
    }

    /// Whether these bytes begin as the commitment of a roll does.
    pub fn begins(bytes: &[u8]) -> bool {
        bytes.strip_prefix(TAG.as_bytes()).is_some_and(|rest| rest.starts_with(b"\n"))
    }

    /// Reads the text; refuses every other form of the same content.
    pub fn read(bytes: &[u8]) -> Read<RollCommit> {
        let mut r = Reader::new(bytes, TAG)?;
        let commit = RollCommit {
            draw: r.parsed("draw", "a draw number")?,
            previous: match r.field("previous")? {
                "none" => None,
                text => Some(r.parse(text, "a hash")?),
            },
            suite: r.word("suite", Suite::from_key)?,
            software: r.field("software")?.to_owned(),
            committed: r.parsed("committed", "a moment")?,
            window: read_window(&mut r)?,
            close_by: r.parsed("close-by", "a moment")?,
            margin: {
                let text = r.field("margin")?;
                r.number(text)?
            },
            policy: r.parsed("policy", "a hash")?,
            items: r.parsed("items", "a hash")?,
            units: read_sealed(&mut r, "units")?,
            quotas: r.each("quota", read_quota)?,
            strata: rising(&mut r, "stratum", read_stratum, |stratum| stratum.label.clone())?,
            excluded: rising(&mut r, "excluded", read_excluded, |(reason, _)| *reason)?,
            beacons: r.each("beacon", |r, text| r.parse(text, "a beacon"))?,
            parties: r.each("party", read_party)?,
        };
        if let Some(rule) = commit.broken_rule() {
            return Err(r.error(rule));
        }
        r.end()?;
        Ok(commit)
    }

    /// The first rule beyond its lines that the commitment breaks.
    fn broken_rule(&self) -> Option<&'static str> {
        let distinct = |values: Vec<&str>| values.iter().collect::<BTreeSet<_>>().len() == values.len();
        let rules = [
            ("the office key is not that of a roll", self.draw.office.ends_with(Self::OFFICE)),
            (
                "a party is there twice",
                distinct(self.parties.iter().map(|(name, _)| name.as_str()).collect()),
            ),
            ("a quota rule is there twice", distinct(self.quotas.iter().map(|q| q.id.as_str()).collect())),
        ];
        rules.iter().find(|(_, holds)| !holds).map(|(rule, _)| *rule)
    }

    /// The quota rules of `policy`, as published.
    pub fn quotas_of(policy: &Policy) -> Vec<PublishedQuota> {
        crate::record::Commit::quotas_of(policy)
    }

    /// How many units are listed in drawn.txt, those in reserve among them.
    pub fn listed(&self) -> u64 {
        self.strata.iter().map(RollStratum::listed).sum()
    }

    /// The stratum `label`.
    pub fn stratum(&self, label: &str) -> Option<&RollStratum> {
        Some(&self.strata[self.place_of(label)?])
    }

    /// Numbers of the lines of drawn.txt that are of the stratum `label`: strata stand in order
    /// of labels, and how many are listed of each is committed.
    pub fn lines_of(&self, label: &str) -> Option<Range<u64>> {
        let (before, from) = self.strata.split_at(self.place_of(label)?);
        let listed = |strata: &[RollStratum]| strata.iter().map(RollStratum::listed).sum::<u64>();
        let start = listed(before);
        Some(start..start + listed(&from[..1]))
    }

    fn place_of(&self, label: &str) -> Option<usize> {
        self.strata.binary_search_by(|stratum| stratum.label.as_str().cmp(label)).ok()
    }
}

fn read_stratum<'a>(r: &Reader<'a>, text: &'a str) -> Read<RollStratum> {
    let [label, pool, quota, reserves] = r.split(text)?;
    let stratum = RollStratum {
        label: label.to_owned(),
        pool: r.number(pool)?,
        quota: r.number(quota)?,
        reserves: r.number(reserves)?,
    };
    let fits = stratum.quota.checked_add(stratum.reserves).is_some_and(|listed| listed <= stratum.pool);
    if !is_label(label) || stratum.pool == 0 || !fits {
        return Err(r.error("not a stratum with a pool, a quota and reserves within it"));
    }
    Ok(stratum)
}
