//! The example district as values: shipped policy and registers, and one draw
//! made from fixed secrets. Shared by tests and benches.
#![allow(dead_code, reason = "every test uses its own part")]

pub mod late;
pub mod outside;
pub mod small;
pub mod voided;

use std::collections::BTreeMap;
use yaohao::calendar::Calendar;
use yaohao::digest::{Digest, SaltKey, Suite};
use yaohao::draw::{Committed, Drawing, Plan, Setting, commit, draw};
use yaohao::eligibility::{History, Question, Stratum, Window};
use yaohao::group::Group;
use yaohao::ids::DrawId;
use yaohao::policy::{OddsRule, Policy};
use yaohao::record::{
    self, Beacons, CarriedLine, Commit, DocketLine, Link, Mode, Opening, PublicOdds, Record, Reveal,
    StratumOdds, TeamLine, id_of, sums,
};
use yaohao::register::import::{Context, TableMapping, read};
use yaohao::register::{Gazetteer, Inspector, Item, Recusal, Register, Town, Unit, Zone};
use yaohao::scheduling;
use yaohao::seed::{
    Chain, ChainSecret, Escrow, Ingredients, Nonce, NonceCommitment, Outcome, Seed, Share, point_commitment,
};
use yaohao::time::{Date, Moment};
use yaohao::verify::Folder;

/// config/policy.toml.
pub const POLICY: &str = include_str!("../../config/policy.toml");

/// config/calendar.toml.
pub const CALENDAR: &str = include_str!("../../config/calendar.toml");

/// Policy, registers and history of an office.
#[derive(Debug, Clone)]
pub struct District {
    pub policy: Policy,
    pub policy_text: String,
    pub register: Register,
    pub history: History,
    pub window: Window,
    /// What odds.txt says instead of what is measured; `None` within: there is none.
    pub odds_instead: Option<Option<PublicOdds>>,
    /// When things happen, and what happens outside the room; the usual days and
    /// nothing outside if left out.
    pub events: Option<outside::Events>,
    /// What the commitment says of the office's log.
    pub log: Option<Digest>,
    /// The draw that this one follows.
    pub before: Option<Before>,
    /// Files for verifying that the commitment names.
    pub verifiers: Vec<(String, Digest)>,
    /// What the office changes in its commitment before it publishes it.
    pub forge: Option<fn(&mut Commit)>,
}

/// The closed draw before.
#[derive(Debug, Clone)]
pub struct Before {
    /// Number of the draw that follows.
    pub next: &'static str,
    /// Hash of the closing document.
    pub closing: Digest,
    /// Units that a void hands on.
    pub carried: Option<Vec<CarriedLine>>,
}

/// The secrets of both parties, and what the dice showed.
#[derive(Debug, Clone)]
pub struct Chance {
    pub salts: [u8; 32],
    pub office: Nonce,
    pub witness: Nonce,
    pub chain: ChainSecret,
    pub dice: String,
}

impl Chance {
    /// Everything different for every `number`.
    pub fn number(number: u64) -> Chance {
        let bytes = |what: &str| Digest::of(&[what.as_bytes(), &number.to_be_bytes()]).0;
        let dice: Vec<String> = bytes("dice")[..20].iter().map(|b| (b % 10).to_string()).collect();
        Chance {
            salts: bytes("salts"),
            office: Nonce::new(bytes("office")),
            witness: Nonce::new(bytes("witness")),
            chain: ChainSecret::new(bytes("chain")),
            dice: dice.join(" "),
        }
    }

    /// The witness's chain of five links.
    pub fn chain(&self, suite: Suite, draw: &DrawId) -> Chain {
        Chain { party: "discipline".to_owned(), end: self.link(suite, draw, 0), length: 5 }
    }

    /// The office's nonce under `policy`: a number of the group where it is shared.
    pub fn office(&self, policy: &Policy) -> Nonce {
        match policy.custodians() {
            Some(_) => Nonce::new(Group::of(policy.suite).number(&wide(&[self.office.bytes()]))),
            None => self.office.clone(),
        }
    }

    /// The office's nonce in escrow, as `policy` asks for, with the custodians' shares.
    pub fn escrow(&self, policy: &Policy) -> Option<(Escrow, Vec<Share>)> {
        let rule = policy.custodians()?;
        let random = |n: u32| wide(&[b"coefficient", &n.to_be_bytes(), &self.salts]);
        let random: Vec<[u8; 64]> = (1..rule.threshold).map(random).collect();
        Escrow::deal(policy.suite, &self.office(policy), &random, &rule.custodians)
    }

    /// What the office commits to.
    fn commitment(&self, policy: &Policy, draw: &DrawId) -> NonceCommitment {
        let party = &policy.parties[0];
        match self.escrow(policy) {
            Some((escrow, _)) => point_commitment(policy.suite, draw, party, &escrow.points[0]),
            None => self.office.commitment(policy.suite, draw, party),
        }
    }

    /// Link `number` of it.
    pub fn link(&self, suite: Suite, draw: &DrawId, number: u32) -> Digest {
        self.chain.link(suite, draw, "discipline", 5, number)
    }
}

fn wide(parts: &[&[u8]]) -> [u8; 64] {
    let first = Digest::of(parts);
    [first.0, Digest::of(&[&first.0]).0].concat().try_into().expect("64 bytes")
}

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

/// December 2026.
pub fn december() -> Window {
    Window { first: date("2026-12-01"), last: date("2026-12-31") }
}

/// The shipped example: 6,001 units, 60 inspectors.
pub fn example() -> District {
    district(POLICY, |table| std::fs::read(format!("config/example/{table}.csv")).expect("shipped"))
}

/// An office with this policy and these tables.
pub fn district(policy_text: &str, table: impl Fn(&str) -> Vec<u8>) -> District {
    let policy = Policy::read("policy.toml", policy_text).expect("a good policy");
    let gazetteer = gazetteer(&policy);
    let mut register = Register::default();
    macro_rules! import {
        ($part:ident, $type:ty) => {
            let context =
                Context { gazetteer: &gazetteer, reference: date("2026-11-23"), register: &register };
            let (name, mapping) = (concat!(stringify!($part), ".csv"), TableMapping::<$type>::default());
            let entries = read(&table(stringify!($part)), name, &mapping, &context).expect("a good table").0;
            register.$part = entries;
        };
    }
    import!(units, Unit);
    import!(items, Item);
    import!(inspectors, Inspector);
    import!(recusals, Recusal);
    District {
        policy,
        policy_text: policy_text.to_owned(),
        register,
        history: History::default(),
        window: december(),
        odds_instead: None,
        before: None,
        events: None,
        log: None,
        verifiers: Vec::new(),
        forge: None,
    }
}

pub fn gazetteer(policy: &Policy) -> Gazetteer {
    let town = |town: &yaohao::policy::Town| Town { code: town.code.clone(), names: vec![town.name.clone()] };
    let zone = |(key, name): (&String, &String)| Zone { key: key.clone(), name: name.clone() };
    Gazetteer {
        towns: policy.towns.iter().map(town).collect(),
        zones: policy.zones.iter().map(zone).collect(),
    }
}

/// A draw with all its values and its public folder.
pub struct Draw<'a> {
    pub plan: Plan<'a>,
    pub committed: Committed,
    pub drawing: Drawing,
    pub seed: Seed,
    pub folder: Folder,
}

impl Draw<'_> {
    /// The question of scheduling, as its published tables put it.
    pub fn scheduling(&self) -> scheduling::Question {
        let timetable = self.drawing.timetable.as_ref().expect("a policy with days");
        let ranks: BTreeMap<&str, u32> =
            self.committed.roster.names.iter().map(String::as_str).zip(0..).collect();
        let visit = |(docket, team): (&DocketLine, &TeamLine)| {
            let members = team.members.iter().map(|(_, name)| ranks[name.as_str()]);
            scheduling::Visit {
                unit: team.unit.clone(),
                town: docket.people.town.clone().expect("a town"),
                team: members.zip(docket.people.minutes.iter().copied()).collect(),
            }
        };
        let lines = self.drawing.dockets.lines.iter().zip(&self.drawing.teams.lines);
        scheduling::Question {
            seed: self.seed,
            visits: lines.map(visit).collect(),
            days: self.committed.commit.schedule.as_ref().map_or(0, |basis| basis.days.len()),
            availability: timetable.availability.lines.iter().map(|line| line.minutes.clone()).collect(),
        }
    }
}

impl District {
    pub fn question(&self) -> Question<'_> {
        Question {
            policy: &self.policy,
            register: &self.register,
            history: &self.history,
            window: self.window,
        }
    }

    pub fn plan(&self) -> Plan<'_> {
        let carried = self.before.as_ref().and_then(|before| before.carried.as_deref());
        Plan::carrying(self.question(), carried)
    }

    pub fn commit(&self, plan: &Plan<'_>, chance: &Chance) -> Committed {
        let number = self.before.as_ref().map_or("example/2026/001", |before| before.next);
        let draw: DrawId = number.parse().expect("a draw number");
        let (suite, witness) = (self.policy.suite, &self.policy.parties[1]);
        let parties = vec![
            (self.policy.parties[0].clone(), chance.commitment(&self.policy, &draw)),
            (witness.clone(), chance.witness.commitment(suite, &draw, witness)),
        ];
        let measured = || self.policy.odds.map(|rule| self.odds(plan, &rule));
        let odds = self.odds_instead.clone().unwrap_or_else(measured).map(|odds| odds.text());
        let days = self.working_days();
        let setting = Setting {
            odds: odds.as_deref(),
            days: &days,
            previous: self.before.as_ref().map(|before| before.closing),
            software: "yaohao test",
            committed: self.events().committed,
            policy: self.policy_text.as_bytes(),
            log: self.log,
            beacons: self.events().beacons,
            parties,
            chains: vec![chance.chain(suite, &draw)],
            escrow: chance.escrow(&self.policy).map(|(escrow, _)| escrow),
            verifiers: self.verifiers.clone(),
            draw,
        };
        let mut committed = commit(plan, &setting, &SaltKey::new(suite, &chance.salts));
        self.forge.iter().for_each(|forge| forge(&mut committed.commit));
        committed
    }

    /// The working days of the window by the calendar that ships, if visits get days; in
    /// years that do not ship, Monday to Friday.
    pub fn working_days(&self) -> Vec<Date> {
        if self.policy.schedule.is_none() {
            return Vec::new();
        }
        let calendar = Calendar::read("calendar.toml", CALENDAR).expect("it ships");
        let Window { first, last } = self.window;
        let all = (0..first.days_through(last)).map(|n| first.plus_days(i64::from(n)));
        let plain = || all.filter(|day| day.weekday() < 5).collect();
        calendar.working_days(first, last).unwrap_or_else(|_| plain())
    }

    /// What odds.txt says: measured in a small district; elsewhere figures that
    /// could be, because measuring takes seconds.
    fn odds(&self, plan: &Plan<'_>, rule: &OddsRule) -> PublicOdds {
        let draws = u64::from(rule.dry_draws);
        if plan.total() < 50 {
            return yaohao::draw::odds::odds(plan, draws, Some(rule.largest), &|_| {}).public(plan);
        }
        let drawn = plan.eligibility.strata.iter().zip(&plan.quotas).filter(|(_, quota)| **quota > 0);
        let stratum = |s: &Stratum| StratumOdds { label: s.label.clone(), kinds: 1, units: s.pool };
        let strata = drawn.map(|(s, _)| stratum(s)).collect();
        PublicOdds { draws, strata, largest: (1, 2), entropy: (1_000, 2_000) }
    }

    /// When things happen, and what.
    pub fn events(&self) -> outside::Events {
        self.events.clone().unwrap_or_else(|| outside::Events::usual(&self.policy))
    }

    /// Commits, draws and publishes, all from `chance`.
    pub fn draw(&self, chance: &Chance) -> Draw<'_> {
        self.try_draw(chance).expect("can be staffed")
    }

    /// The same, unless people are too few for what is drawn.
    pub fn try_draw(&self, chance: &Chance) -> Option<Draw<'_>> {
        let plan = self.plan();
        let committed = self.commit(&plan, chance);
        let outcomes = self.events().outcomes(&chance.dice);
        let parties = committed.commit.parties.iter().map(|(name, _)| name.clone());
        let nonces = parties.zip([chance.office(&self.policy), chance.witness.clone()]).collect();
        self.finish(plan, committed, &chance.salts, (outcomes, nonces))
    }

    /// Draws and publishes what is committed, from what the beacons showed and the
    /// nonces of all parties.
    pub fn finish<'a>(
        &self,
        plan: Plan<'a>,
        committed: Committed,
        salts: &[u8; 32],
        (outcomes, nonces): (Vec<Outcome>, Vec<(String, Nonce)>),
    ) -> Option<Draw<'a>> {
        let suite = committed.commit.suite;
        let seed =
            Ingredients { suite, commit: committed.commit.id(), outcomes: &outcomes, nonces: &nonces }.seed();
        let drawing = draw(&plan, &committed, &seed, &SaltKey::new(suite, salts)).ok()?;
        let folder = publish(self, &committed, outcomes, nonces, &drawing);
        Some(Draw { plan, committed, drawing, seed, folder })
    }
}

/// What a commitment publishes, without its list.
fn committed_texts(district: &District, committed: &Committed) -> Vec<(&'static str, String)> {
    let odds = committed.odds.iter().map(|text| (record::ODDS, text.clone()));
    let carried = committed.carried.iter().map(|table| (record::CARRIED, table.text.clone()));
    let always = [
        (record::COMMIT, committed.commit.text()),
        (record::POLICY, district.policy_text.clone()),
        (record::ITEMS, committed.items.clone()),
        (record::UNITS, committed.units.text.clone()),
        (record::INSPECTORS, committed.inspectors.text.clone()),
    ];
    odds.chain(carried).chain(always).collect()
}

/// The documents of the draw in their order, each naming the one before, and open.txt.
fn documents(
    events: &outside::Events,
    commit: &Commit,
    outcomes: Vec<Outcome>,
    nonces: &[(String, Nonce)],
    drawing: &Drawing,
) -> (Vec<(&'static str, String)>, String) {
    let (suite, sealed) = (commit.suite, commit.mode == Mode::Sealed);
    let link = |after: Digest, at: Moment| Link { draw: commit.draw.clone(), after, at };
    let mut last = commit.id();
    let (outside, room): (Vec<Outcome>, Vec<Outcome>) =
        outcomes.into_iter().partition(|outcome| outcome.beacon.is_external());
    let mut draw: Vec<(&'static str, String)> = Vec::new();
    if !room.is_empty() {
        let ceremony = Beacons { link: link(last, events.ceremony), outcomes: room }.text(false);
        last = id_of(suite, &ceremony);
        draw.push((record::CEREMONY, ceremony));
    }
    let (kept, shown) = nonces.split_at(usize::from(sealed));
    let reveal = Reveal { link: link(last, events.reveal), nonces: shown.to_vec() }.text();
    last = id_of(suite, &reveal);
    draw.push((record::REVEAL, reveal));
    if !outside.is_empty() {
        let beacon = Beacons { link: link(last, events.beacon), outcomes: outside }.text(true);
        last = id_of(suite, &beacon);
        draw.push((record::BEACON, beacon));
    }
    let (drawn, prices) = drawing.bound(suite);
    let (window, inspectors) = (commit.window, commit.inspectors);
    let schedule = drawing.timetable.as_ref().map(|timetable| timetable.bound(suite));
    let envelope = drawing.sealed(commit, &nonces[0].1);
    let hash = envelope.as_ref().map(|bytes| commit.suite.digest(&[bytes]));
    let record =
        Record { link: link(last, events.record), window, inspectors, drawn, prices, schedule, sealed: hash }
            .text();
    last = id_of(suite, &record);
    draw.push((record::RECORD, record));
    let opening = Opening { link: link(last, moment("2027-01-04T01:00:00Z")), nonces: kept.to_vec() }.text();
    (draw, opening)
}

/// The public folder of a finished (and, if sealed, opened) draw.
fn publish(
    district: &District,
    committed: &Committed,
    outcomes: Vec<Outcome>,
    nonces: Vec<(String, Nonce)>,
    drawing: &Drawing,
) -> Folder {
    let commit = &committed.commit;
    let sealed = commit.mode == Mode::Sealed;
    let envelope = drawing.sealed(commit, &nonces[0].1);
    let (mut draw, opening) = documents(&district.events(), commit, outcomes, &nonces, drawing);
    let result = drawing.tables().into_iter().map(|(name, text)| (name, text.to_owned()));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut step = |list: &str, texts: Vec<(&str, String)>| {
        let bytes = |(name, text): (&str, String)| (name.to_owned(), text.into_bytes());
        let mut step: BTreeMap<String, Vec<u8>> = texts.into_iter().map(bytes).collect();
        if list == record::RECORD_SUMS {
            step.extend(envelope.iter().map(|bytes| (record::SEALED_RESULT.to_owned(), bytes.clone())));
        }
        let sums = sums(step.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        files.insert(list.to_owned(), sums.into_bytes());
        files.extend(step);
    };
    step(record::COMMIT_SUMS, committed_texts(district, committed));
    if sealed {
        let mut open = vec![(record::OPEN, opening)];
        open.extend(result);
        step(record::OPEN_SUMS, open);
    } else {
        draw.extend(result);
    }
    step(record::RECORD_SUMS, draw);
    Folder(files)
}
