//! The commitment: everything that could decide the outcome, fixed before any
//! randomness exists.

use super::demand::Demand;
use super::folder::RESULT;
use super::schedule_lines::{self, ScheduleBasis};
use super::{PAIRING, escrow_lines, id_of};
use crate::digest::{Digest, Suite};
use crate::eligibility::{Exclusion, Window};
use crate::ids::{DrawId, is_key, is_label, is_token};
use crate::policy::{Fraction, MAX_BANDS, Policy, QuotaRule, QuotaSize, Role, Rounding, is_team};
use crate::seed::{Beacon, Chain, Escrow, LONGEST, Nonce, NonceCommitment};
use crate::text::{Read, Reader, Writer};
use crate::time::{Date, Moment};
use crate::vocabulary;
use std::collections::BTreeSet;
use std::fmt;

vocabulary! {
    /// Whether the result is published at once.
    Mode {
        /// Published with the record.
        Open = "open", "公开";
        /// Only its hash is published; everything follows with the opening.
        Sealed = "sealed", "密封";
    }
}

/// A root and how many leaves it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Root of the RFC 6962 tree.
    pub root: Digest,
    /// Number of leaves.
    pub count: u64,
}

/// As documents write it: `<root> <count>`.
impl fmt::Display for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.root, self.count)
    }
}

/// The quota rule of one stratum rule, as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedQuota {
    /// Key of the rule.
    pub id: String,
    /// The rule.
    pub rule: QuotaRule,
}

/// Pool and quota of one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumCount {
    /// `<rule>` or `<rule>/<zone>`.
    pub label: String,
    /// N.
    pub pool: u64,
    /// k.
    pub quota: u64,
}

impl StratumCount {
    /// The part of the label that names the rule.
    pub fn rule(&self) -> &str {
        self.label.split('/').next().unwrap_or_default()
    }
}

/// The text commit.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Number of the draw.
    pub draw: DrawId,
    /// Hash, by this commitment's suite, of the closing document of the draw before;
    /// `None` for an office's first.
    pub previous: Option<Digest>,
    /// Tree over carried.txt; there is one exactly if the draw before is a void that
    /// hands units on.
    pub carried: Option<Sealed>,
    /// The hash of everything in this draw's record, this text included.
    pub suite: Suite,
    /// Name and version of the program.
    pub software: String,
    /// When the commitment was made, by the office's clock.
    pub committed: Moment,
    /// Days on which the visits are made.
    pub window: Window,
    /// Open or sealed.
    pub mode: Mode,
    /// The draw must be closed by then.
    pub close_by: Moment,
    /// Everything must be opened by then.
    pub open_by: Date,
    /// Minutes from `committed` to the first public event, at least.
    pub margin: u32,
    /// Hash of policy.toml.
    pub policy: Digest,
    /// Hash of the log policy in force, if the office keeps a log.
    pub log: Option<Digest>,
    /// Hash of items.txt.
    pub items: Digest,
    /// Tree over units.txt.
    pub units: Sealed,
    /// Tree over inspectors.txt.
    pub inspectors: Sealed,
    /// Tree over the salted recusals.
    pub recusals: Sealed,
    /// Hash of odds.txt; there is one exactly if the policy asks for odds.
    pub odds: Option<Digest>,
    /// What the days of the visits follow from; there is one exactly if the policy has a
    /// schedule.
    pub schedule: Option<ScheduleBasis>,
    /// The teams of visits, by the roles of their slots; the usual one first.
    pub teams: Vec<Vec<Role>>,
    /// The part of the drawn units that is visited from other zones.
    pub exchange: Option<Fraction>,
    /// Bands of duration.
    pub bands: usize,
    /// Quota rules, in the order of the policy.
    pub quotas: Vec<PublishedQuota>,
    /// Strata, in byte order of labels.
    pub strata: Vec<StratumCount>,
    /// Excluded units by reason, in the order of the reasons.
    pub excluded: Vec<(Exclusion, u64)>,
    /// Public events demanded, in the order of the policy.
    pub beacons: Vec<Beacon>,
    /// Parties and their nonce commitments, the office first.
    pub parties: Vec<(String, NonceCommitment)>,
    /// Chains for late changes, of parties after the office, in their order.
    pub chains: Vec<Chain>,
    /// Shares of the office's nonce, if the policy of a sealed draw asks for them.
    pub escrow: Option<Escrow>,
    /// Files with which anybody may verify, by name, each with its SHA-256 in both suites.
    pub verifiers: Vec<(String, Digest)>,
}

const TAG: &str = "yaohao/commit/v1";

impl Commit {
    /// The text.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        let previous = self.previous.map_or_else(|| "none".to_owned(), |digest| digest.to_string());
        text.field("draw", &self.draw).field("previous", previous);
        if let Some(carried) = self.carried {
            text.field("carried", carried);
        }
        text.field("suite", self.suite.key())
            .field("software", &self.software)
            .field("committed", self.committed)
            .field("window", format!("{} {}", self.window.first, self.window.last))
            .field("mode", self.mode.key())
            .field("close-by", self.close_by)
            .field("open-by", self.open_by)
            .field("margin", self.margin)
            .field("policy", self.policy);
        if let Some(log) = self.log {
            text.field("log", log);
        }
        text.field("items", self.items)
            .field("units", self.units)
            .field("inspectors", self.inspectors)
            .field("recusals", self.recusals);
        if let Some(odds) = self.odds {
            text.field("odds", odds);
        }
        if let Some(basis) = &self.schedule {
            schedule_lines::write(&mut text, basis);
        }
        text.field("pairing", PAIRING);
        for team in &self.teams {
            text.field("team", team.iter().map(Role::key).collect::<Vec<_>>().join(" "));
        }
        text.field("exchange", self.exchange.map_or_else(|| "none".to_owned(), |share| share.to_string()));
        text.field("bands", self.bands);
        for quota in &self.quotas {
            text.field("quota", quota_line(quota));
        }
        for stratum in &self.strata {
            text.field("stratum", format!("{} {} {}", stratum.label, stratum.pool, stratum.quota));
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
        for Chain { party, end, length } in &self.chains {
            text.field("chain", format!("{party} {end} {length}"));
        }
        if let Some(escrow) = &self.escrow {
            escrow_lines::write(&mut text, escrow);
        }
        for (name, hash) in &self.verifiers {
            text.field("verifier", format!("{name} {hash}"));
        }
        text.finish()
    }

    /// Hash of the text: the id of the commitment.
    pub fn id(&self) -> Digest {
        id_of(self.suite, &self.text())
    }

    /// Reads the text; refuses every other form of the same content.
    pub fn read(bytes: &[u8]) -> Read<Commit> {
        let mut r = Reader::new(bytes, TAG)?;
        let draw = r.parsed("draw", "a draw number")?;
        let previous = match r.field("previous")? {
            "none" => None,
            text => Some(r.parse(text, "a hash")?),
        };
        let carried = r.optional("carried")?.map(|text| sealed(&r, text)).transpose()?;
        let suite = r.word("suite", Suite::from_key)?;
        let (software, committed) = (r.field("software")?.to_owned(), r.parsed("committed", "a moment")?);
        let window = read_window(&mut r)?;
        let commit = Commit {
            draw,
            previous,
            carried,
            suite,
            software,
            committed,
            window,
            mode: r.word("mode", Mode::from_key)?,
            close_by: r.parsed("close-by", "a moment")?,
            open_by: r.parsed("open-by", "a date")?,
            margin: {
                let text = r.field("margin")?;
                r.number(text)?
            },
            policy: r.parsed("policy", "a hash")?,
            log: r.optional("log")?.map(|text| r.parse(text, "a hash")).transpose()?,
            items: r.parsed("items", "a hash")?,
            units: read_sealed(&mut r, "units")?,
            inspectors: read_sealed(&mut r, "inspectors")?,
            recusals: read_sealed(&mut r, "recusals")?,
            odds: r.optional("odds")?.map(|text| r.parse(text, "a hash")).transpose()?,
            schedule: schedule_lines::read(&mut r, window)?,
            teams: {
                r.constant("pairing", PAIRING)?;
                r.each("team", read_team)?
            },
            exchange: match r.field("exchange")? {
                "none" => None,
                text => Some(r.parse(text, "a fraction")?),
            },
            bands: {
                let text = r.field("bands")?;
                r.number(text)?
            },
            quotas: r.each("quota", read_quota)?,
            strata: rising(&mut r, "stratum", read_stratum, |stratum| stratum.label.clone())?,
            excluded: rising(&mut r, "excluded", read_excluded, |(reason, _)| *reason)?,
            beacons: r.each("beacon", |r, text| r.parse(text, "a beacon"))?,
            parties: r.each("party", read_party)?,
            chains: r.each("chain", read_chain)?,
            escrow: escrow_lines::read(&mut r, suite)?,
            verifiers: rising(&mut r, "verifier", read_verifier, |(name, _)| name.clone())?,
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
            (
                "a party is there twice",
                distinct(self.parties.iter().map(|(name, _)| name.as_str()).collect()),
            ),
            ("there is no team", !self.teams.is_empty()),
            ("there are no bands, or too many", (1..=MAX_BANDS).contains(&self.bands)),
            ("a chain is not of a party after the first, or out of order", self.chains_in_order()),
            ("a quota rule is there twice", distinct(self.quotas.iter().map(|q| q.id.as_str()).collect())),
        ];
        rules.iter().find(|(_, holds)| !holds).map(|(rule, _)| *rule)
    }

    /// Whether the chains belong to parties after the office, in their order.
    fn chains_in_order(&self) -> bool {
        let mut others = self.parties.iter().skip(1).map(|(party, _)| party);
        self.chains.iter().all(|chain| others.any(|party| *party == chain.party))
    }

    /// What it demands before there is a seed.
    pub fn demand(&self) -> Demand<'_> {
        Demand {
            draw: &self.draw,
            suite: self.suite,
            commit: self.id(),
            committed: self.committed,
            margin: self.margin,
            mode: self.mode,
            beacons: &self.beacons,
            parties: &self.parties,
            escrow: self.escrow.as_ref(),
        }
    }

    /// See [`Demand::commitment_to`].
    pub fn commitment_to(&self, place: usize, nonce: &Nonce) -> Option<NonceCommitment> {
        self.demand().commitment_to(place, nonce)
    }

    /// The tables of its result, in the order of their making.
    pub fn result(&self) -> &'static [&'static str] {
        const WITHOUT_SCHEDULE: &[&str] = RESULT.split_at(4).0;
        if self.schedule.is_some() { &RESULT } else { WITHOUT_SCHEDULE }
    }

    /// Whether the commitment demands dice or balls.
    pub fn has_ceremony(&self) -> bool {
        self.beacons.iter().any(|beacon| !beacon.is_external())
    }

    /// Whether the commitment demands an event outside the room.
    pub fn has_external_beacon(&self) -> bool {
        self.beacons.iter().any(Beacon::is_external)
    }

    /// How many of `drawn` units are visited from other zones.
    pub fn exchanged(&self, drawn: u64) -> u64 {
        self.exchange.map_or(0, |share| share.of(drawn, Rounding::Up))
    }

    /// The quota rules of `policy`, as published.
    pub fn quotas_of(policy: &Policy) -> Vec<PublishedQuota> {
        policy.strata.iter().map(|s| PublishedQuota { id: s.id.clone(), rule: s.quota }).collect()
    }
}

/// `<id> <count or fraction> <rounding or -> <floor> <cap or ->`
pub(crate) fn quota_line(quota: &PublishedQuota) -> String {
    let rule = &quota.rule;
    let size = match rule.size {
        QuotaSize::Count(count) => format!("{count} -"),
        QuotaSize::Share(fraction, rounding) => format!("{fraction} {}", rounding.key()),
    };
    let cap = rule.cap.map_or_else(|| "-".to_owned(), |cap| cap.to_string());
    format!("{} {size} {} {cap}", quota.id, rule.floor)
}

pub(crate) fn read_quota<'a>(r: &Reader<'a>, text: &'a str) -> Read<PublishedQuota> {
    let [id, size, rounding, floor, cap] = r.split(text)?;
    let size = match rounding {
        "-" => QuotaSize::Count(r.number(size)?),
        word => {
            let rounding = Rounding::from_key(word).ok_or_else(|| r.error("unknown rounding"))?;
            QuotaSize::Share(r.parse(size, "a fraction")?, rounding)
        }
    };
    let cap = if cap == "-" { None } else { Some(r.number(cap)?) };
    let known = is_key(id).then(|| id.to_owned()).ok_or_else(|| r.error("not a key"))?;
    Ok(PublishedQuota { id: known, rule: QuotaRule { size, floor: r.number(floor)?, cap } })
}

fn read_stratum<'a>(r: &Reader<'a>, text: &'a str) -> Read<StratumCount> {
    let [label, pool, quota] = r.split(text)?;
    if !is_label(label) || pool == "0" {
        return Err(r.error("not a stratum with a pool"));
    }
    Ok(StratumCount { label: label.to_owned(), pool: r.number(pool)?, quota: r.number(quota)? })
}

pub(crate) fn read_excluded<'a>(r: &Reader<'a>, text: &'a str) -> Read<(Exclusion, u64)> {
    let [reason, count] = r.split(text)?;
    let reason = Exclusion::from_key(reason).ok_or_else(|| r.error("unknown reason"))?;
    if count == "0" {
        return Err(r.error("no unit is excluded for this reason"));
    }
    Ok((reason, r.number(count)?))
}

pub(crate) fn read_party<'a>(r: &Reader<'a>, text: &'a str) -> Read<(String, NonceCommitment)> {
    let [party, commitment] = r.split(text)?;
    if !is_token(party) {
        return Err(r.error("not a party"));
    }
    Ok((party.to_owned(), r.parse(commitment, "a hash")?))
}

fn read_chain<'a>(r: &Reader<'a>, text: &'a str) -> Read<Chain> {
    let [party, end, length] = r.split(text)?;
    let length = r.number(length)?;
    if !(1..=LONGEST).contains(&length) {
        return Err(r.error(format!("a chain has 1 to {LONGEST} links")));
    }
    Ok(Chain { party: party.to_owned(), end: r.parse(end, "a hash")?, length })
}

fn read_verifier<'a>(r: &Reader<'a>, text: &'a str) -> Read<(String, Digest)> {
    let [name, hash] = r.split(text)?;
    if !is_verifier(name) {
        return Err(r.error("not the name of a file"));
    }
    Ok((name.to_owned(), r.parse(hash, "a SHA-256")?))
}

/// Whether a file of the folder `verifier` can have that name: an id without `/`.
pub fn is_verifier(name: &str) -> bool {
    is_token(name) && !name.contains('/')
}

/// All lines of `key`, which stand in the order of what `by` tells of them.
pub(crate) fn rising<'a, T, K: Ord>(
    r: &mut Reader<'a>,
    key: &str,
    read: fn(&Reader<'a>, &'a str) -> Read<T>,
    by: fn(&T) -> K,
) -> Read<Vec<T>> {
    let values = r.each(key, read)?;
    match values.windows(2).all(|pair| by(&pair[0]) < by(&pair[1])) {
        true => Ok(values),
        false => Err(r.error(format!("lines `{key}` are out of order"))),
    }
}

pub(crate) fn read_window(r: &mut Reader<'_>) -> Read<Window> {
    let text = r.field("window")?;
    let [first, last] = r.split(text)?;
    let window = Window { first: r.parse(first, "a date")?, last: r.parse(last, "a date")? };
    if window.first <= window.last { Ok(window) } else { Err(r.error("the window ends before it begins")) }
}

pub(crate) fn read_sealed(r: &mut Reader<'_>, key: &str) -> Read<Sealed> {
    let text = r.field(key)?;
    sealed(r, text)
}

/// `<root> <count>`
pub(super) fn sealed(r: &Reader<'_>, text: &str) -> Read<Sealed> {
    let [root, count] = r.split(text)?;
    Ok(Sealed { root: r.parse(root, "a hash")?, count: r.number(count)? })
}

fn read_team<'a>(r: &Reader<'a>, text: &'a str) -> Read<Vec<Role>> {
    let roles: Option<Vec<Role>> = text.split(' ').map(Role::from_key).collect();
    roles.filter(|roles| is_team(roles)).ok_or_else(|| r.error("not a team"))
}
