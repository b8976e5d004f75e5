//! A public folder, read once. A check asks for what it needs and is not run
//! if that is missing or unreadable.

use super::pairing::Proofs;
use super::replacement::{Late, late};
use super::{Folder, Known, Stop};
use crate::lang::Said;
use crate::record::{
    self, AvailabilityLine, Beacons, CarriedLine, Commit, DocketLine, DrawnLine, InspectorLine, Mode,
    Opening, PriceLine, PublicOdds, Record, Reveal, Rules, ScheduleLine, Table, TableLine, TeamLine,
    UnitLine, UnitStanding, Void,
};
use crate::said;
use crate::seed::{Ingredients, Nonce, Outcome, Seed};
use crate::text::{Read, TextError};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A file that is absent, unreadable, or read.
type Part<T> = Option<Read<T>>;

pub(crate) struct Loaded<'a> {
    pub folder: &'a Folder,
    pub known: &'a Known<'a>,
    commit: Part<Commit>,
    items: Part<()>,
    units: Part<Table<UnitLine>>,
    inspectors: Part<Table<InspectorLine>>,
    odds: Part<PublicOdds>,
    carried: Part<Table<CarriedLine>>,
    ceremony: Part<Beacons>,
    reveal: Part<Reveal>,
    beacon: Part<Beacons>,
    record: Part<Record>,
    opening: Part<Opening>,
    void: Part<Void>,
    voided: Part<Table<CarriedLine>>,
    drawn: Part<Table<DrawnLine>>,
    dockets: Part<Table<DocketLine>>,
    teams: Part<Table<TeamLine>>,
    prices: Part<Table<PriceLine>>,
    availability: Part<Table<AvailabilityLine>>,
    schedule: Part<Table<ScheduleLine>>,
    rules: Option<Result<Rules, Said>>,
    /// Late changes, by number.
    pub(super) late: BTreeMap<u32, Late>,
    proofs: OnceCell<Result<Proofs, Stop>>,
}

macro_rules! part {
    ($($name:ident: $type:ty, $file:expr;)+) => {
        $(
            /// The file, if it is there and readable.
            pub(crate) fn $name(&self) -> Result<&$type, Stop> {
                wanted(&self.$name, $file)
            }
        )+

        /// Every text that could not be read, with its error.
        pub(super) fn unreadable(&self) -> Vec<(&'static str, &TextError)> {
            let mut bad = Vec::new();
            $(
                if let Some(Err(error)) = &self.$name {
                    bad.push(($file, error));
                }
            )+
            bad
        }
    };
}

pub(super) fn wanted<'b, T>(part: &'b Part<T>, file: &str) -> Result<&'b T, Stop> {
    match part {
        Some(Ok(value)) => Ok(value),
        Some(Err(_)) => Err(Stop::NotRun(said!("{file} 无法读取，见 V02", "{file} cannot be read, see V02"))),
        None => Err(Stop::NotRun(said!("还没有 {file}", "there is no {file} yet"))),
    }
}

impl<'a> Loaded<'a> {
    pub(crate) fn new(folder: &'a Folder, known: &'a Known<'a>) -> Self {
        fn table<L: TableLine>(folder: &Folder, file: &str) -> Part<Table<L>> {
            folder.get(file).map(Table::read)
        }
        Loaded {
            folder,
            known,
            commit: folder.get(record::COMMIT).map(Commit::read),
            items: folder.get(record::ITEMS).map(record::read_items),
            units: table(folder, record::UNITS),
            inspectors: table(folder, record::INSPECTORS),
            odds: folder.get(record::ODDS).map(PublicOdds::read),
            carried: table(folder, record::CARRIED),
            ceremony: folder.get(record::CEREMONY).map(|bytes| Beacons::read(bytes, false)),
            reveal: folder.get(record::REVEAL).map(Reveal::read),
            beacon: folder.get(record::BEACON).map(|bytes| Beacons::read(bytes, true)),
            record: folder.get(record::RECORD).map(Record::read),
            opening: folder.get(record::OPEN).map(Opening::read),
            void: folder.get(record::VOID).map(Void::read),
            voided: table(folder, record::VOIDED),
            drawn: table(folder, record::DRAWN),
            dockets: table(folder, record::DOCKETS),
            teams: table(folder, record::TEAMS),
            prices: table(folder, record::PRICES),
            availability: table(folder, record::AVAILABILITY),
            schedule: table(folder, record::SCHEDULE),
            rules: folder.get(record::POLICY).map(Rules::read),
            late: late(folder),
            proofs: OnceCell::new(),
        }
    }

    part! {
        commit: Commit, record::COMMIT;
        items: (), record::ITEMS;
        units: Table<UnitLine>, record::UNITS;
        inspectors: Table<InspectorLine>, record::INSPECTORS;
        odds: PublicOdds, record::ODDS;
        carried: Table<CarriedLine>, record::CARRIED;
        ceremony: Beacons, record::CEREMONY;
        reveal: Reveal, record::REVEAL;
        beacon: Beacons, record::BEACON;
        record: Record, record::RECORD;
        opening: Opening, record::OPEN;
        void: Void, record::VOID;
        voided: Table<CarriedLine>, record::VOIDED;
        drawn: Table<DrawnLine>, record::DRAWN;
        dockets: Table<DocketLine>, record::DOCKETS;
        teams: Table<TeamLine>, record::TEAMS;
        prices: Table<PriceLine>, record::PRICES;
        availability: Table<AvailabilityLine>, record::AVAILABILITY;
        schedule: Table<ScheduleLine>, record::SCHEDULE;
    }

    /// The published rules, or why they cannot be read.
    pub(crate) fn rules(&self) -> Result<&Rules, Stop> {
        match &self.rules {
            Some(Ok(rules)) => Ok(rules),
            Some(Err(Said { zh, en })) => {
                Err(Stop::Fail(said!("policy.toml 读不懂：{zh}", "policy.toml cannot be read: {en}")))
            }
            None => Err(Stop::NotRun(said!("还没有 policy.toml", "there is no policy.toml yet"))),
        }
    }

    /// The first text that cannot be read, and why; the policy counts as one.
    pub(crate) fn damage(&self) -> Option<(String, Said)> {
        let text = self.unreadable().first().map(|(file, error)| ((*file).to_owned(), error.said()));
        let text =
            text.or_else(|| super::replacement::unreadable(self).map(|(file, error)| (file, error.said())));
        let rules = self.rules.as_ref().and_then(|rules| rules.as_ref().err());
        text.or_else(|| rules.map(|why| (record::POLICY.to_owned(), why.clone())))
    }

    /// The checks of the pairing, made when first asked for.
    pub(super) fn proofs(&self) -> Result<&Proofs, Stop> {
        self.proofs.get_or_init(|| Proofs::new(self)).as_ref().map_err(Stop::clone)
    }

    /// The published rules, if they are those committed.
    pub(super) fn committed_rules(&self) -> Result<&Rules, Stop> {
        let commit = self.commit()?;
        let found = self.folder.get(record::POLICY).map(|bytes| commit.suite.digest(&[bytes]));
        match found {
            Some(found) if found != commit.policy => Err(Stop::NotRun(said!(
                "policy.toml 不是承诺的那一份，见 V06",
                "policy.toml is not the one committed, see V06"
            ))),
            _ => self.rules(),
        }
    }

    /// Whether the draw was given up.
    pub(super) fn is_void(&self) -> bool {
        self.void().is_ok()
    }

    /// Outcomes of all beacons, in the order of the commitment; exactly these,
    /// each in its document.
    pub(super) fn outcomes(&self) -> Result<Vec<Outcome>, Stop> {
        let commit = self.commit()?;
        let ceremony = commit.has_ceremony().then(|| self.ceremony()).transpose()?;
        let external = commit.has_external_beacon().then(|| self.beacon()).transpose()?;
        let mut left = [ceremony, external].map(|document| document.map_or(&[][..], |d| &d.outcomes));
        let mut outcomes = Vec::new();
        for beacon in &commit.beacons {
            let left = &mut left[usize::from(beacon.is_external())];
            let next = left.split_off_first().filter(|outcome| outcome.beacon == *beacon);
            let missing = || {
                Stop::Fail(said!("缺少信标 {beacon} 的结果", "no outcome of beacon {beacon} in its place"))
            };
            outcomes.push(next.ok_or_else(missing)?.clone());
        }
        super::ensure(left.iter().all(|left| left.is_empty()), || {
            said!("信标结果多于承诺的要求", "there are more outcomes than the commitment demands")
        })?;
        Ok(outcomes)
    }

    /// The office's nonce where the draw is sealed, opened by open.txt or by a void;
    /// nothing where it is open.
    pub(super) fn kept_back(&self) -> Result<&[(String, Nonce)], Stop> {
        if self.commit()?.mode == Mode::Open {
            return Ok(&[]);
        }
        if self.folder.get(record::VOID).is_none() {
            return Ok(&self.opening()?.nonces);
        }
        match &self.void()?.nonce {
            Some(opened) => Ok(std::slice::from_ref(opened)),
            None => Err(Stop::NotRun(said!("本机关的随机数没有公开", "the office's nonce is not opened"))),
        }
    }

    /// The units that the voided draw before hands on, if there are any.
    pub(crate) fn carried_lines(&self) -> Result<&[CarriedLine], Stop> {
        match self.commit()?.carried {
            Some(_) => Ok(&self.carried()?.lines),
            None => Ok(&[]),
        }
    }

    /// The ids of every pool, by the label of the stratum.
    pub(crate) fn pools(&self) -> Result<BTreeMap<&str, Vec<&str>>, Stop> {
        let mut pools: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for unit in &self.units()?.lines {
            if let UnitStanding::Stratum(label) = &unit.standing {
                pools.entry(label).or_default().push(&unit.id);
            }
        }
        Ok(pools)
    }

    /// Opened nonces of all parties, in the order of the commitment; exactly these.
    fn nonces(&self) -> Result<Vec<(String, Nonce)>, Stop> {
        let (commit, reveal) = (self.commit()?, self.reveal()?);
        let opened = self.kept_back()?.iter().chain(&reveal.nonces);
        let opened: Vec<(String, Nonce)> = opened.cloned().collect();
        let named = opened.iter().map(|(name, _)| name);
        super::ensure(named.eq(commit.parties.iter().map(|(name, _)| name)), || {
            said!("公开的随机数不是恰好各方一份", "the opened nonces are not exactly one of each party")
        })?;
        Ok(opened)
    }

    /// The seed, recomputed.
    pub(crate) fn seed(&self) -> Result<Seed, Stop> {
        let suite = self.commit()?.suite;
        Ok(Seed { suite, value: suite.digest(&[self.seed_text()?.as_bytes()]) })
    }

    /// The text whose hash is the seed.
    pub(crate) fn seed_text(&self) -> Result<String, Stop> {
        let commit = self.commit()?;
        // Whatever is missing comes before whatever is wrong.
        self.reveal()?;
        self.kept_back()?;
        let (outcomes, nonces) = (self.outcomes()?, self.nonces()?);
        Ok(Ingredients { suite: commit.suite, commit: commit.id(), outcomes: &outcomes, nonces: &nonces }
            .text())
    }
}
