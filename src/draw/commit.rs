//! From a plan to the commitment and the tables it binds.

use super::room::room;
use super::{Plan, Roster, days, hidden};
use crate::digest::{Digest, SaltKey};
use crate::eligibility::{Candidate, Docket, Standing};
use crate::ids::DrawId;
use crate::merkle;
use crate::pairing::lineup::Lineup;
use crate::policy::Role;
use crate::record::{
    Attributes, AvailabilityLine, CardOpening, CarriedLine, Commit, DocketLine, DocketPeople, InspectorLine,
    Mode, ScheduleBasis, Sealed, Sheet, StratumCount, Table, UnitLine, id_of, items_text, write_unit,
};
use crate::register::Unit;
use crate::seed::{Beacon, Chain, Escrow, NonceCommitment};
use crate::time::{Date, Moment};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What the shell knows and the plan does not.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// Number of the draw.
    pub draw: DrawId,
    /// Closing document of the draw before.
    pub previous: Option<Digest>,
    /// Name and version of the program.
    pub software: &'a str,
    /// Now.
    pub committed: Moment,
    /// The policy file, byte for byte.
    pub policy: &'a [u8],
    /// Hash of the log policy, if the office keeps a log.
    pub log: Option<Digest>,
    /// Public events with their issues, days and rounds filled in.
    pub beacons: Vec<Beacon>,
    /// odds.txt, if the policy asks for odds.
    pub odds: Option<&'a str>,
    /// The working days of the window, ascending; used, and then at least one, if the
    /// policy has a schedule.
    pub days: &'a [Date],
    /// Nonce commitments, the office first.
    pub parties: Vec<(String, NonceCommitment)>,
    /// Chains for late changes, in the order of the parties.
    pub chains: Vec<Chain>,
    /// Shares of the office's nonce; the room is set here.
    pub escrow: Option<Escrow>,
    /// Files with which anybody may verify, in the order of their names.
    pub verifiers: Vec<(String, Digest)>,
}

/// The commitment with everything it binds.
#[derive(Debug, Clone)]
pub struct Committed {
    /// commit.txt.
    pub commit: Commit,
    /// carried.txt, if the draw before hands units on.
    pub carried: Option<Table<CarriedLine>>,
    /// items.txt.
    pub items: String,
    /// units.txt.
    pub units: Sheet,
    /// inspectors.txt.
    pub inspectors: Table<InspectorLine>,
    /// odds.txt, if the policy asks for odds.
    pub odds: Option<String>,
    /// availability.txt, if the policy has a schedule; published with the result.
    pub availability: Option<Table<AvailabilityLine>>,
    /// Names and ranks of the inspectors.
    pub roster: Roster,
}

/// Commits to the plan. The same plan, setting and salts give the same bytes.
///
/// # Panics
/// If sealed results would need more than 4 GiB.
pub fn commit(plan: &Plan<'_>, setting: &Setting<'_>, salts: &SaltKey) -> Committed {
    let (policy, eligibility) = (plan.question.policy, &plan.eligibility);
    let suite = policy.suite;
    let roster = Roster::new(policy.naming, &eligibility.seats, salts);
    let writer = Writer::new(plan, &setting.draw, salts, &roster);
    let units = Sheet::new::<UnitLine, _>(suite, &eligibility.candidates, |c, line| writer.unit(c, line));
    let inspectors = Table::new(roster.positions.iter().map(|i| writer.inspector(*i)).collect());
    let items = items_text(policy, &plan.question.register.items);
    let carried = plan.carried.lines.clone().map(Table::new);
    let availability = days::availability(plan, &roster, setting.days, salts);
    let basis = |table: &Table<AvailabilityLine>| ScheduleBasis {
        availability: id_of(suite, &table.text),
        days: setting.days.to_vec(),
    };
    let strata = eligibility.strata.iter().zip(&plan.quotas);
    let mut commit = Commit {
        draw: setting.draw.clone(),
        previous: setting.previous,
        carried: carried.as_ref().map(|table| table.sealed(suite)),
        suite,
        software: setting.software.to_owned(),
        committed: setting.committed,
        window: plan.question.window,
        mode: if policy.is_sealed() { Mode::Sealed } else { Mode::Open },
        close_by: setting.committed.plus_days(policy.close_within_days),
        open_by: plan.question.window.last.plus_days(i64::from(policy.open_within_days)),
        margin: policy.margin_minutes,
        policy: suite.digest(&[setting.policy]),
        log: setting.log,
        items: id_of(suite, &items),
        units: Sealed { root: units.root(), count: units.leaves.len() as u64 },
        inspectors: Sealed { root: inspectors.root(suite), count: inspectors.lines.len() as u64 },
        recusals: writer.recusals(),
        odds: setting.odds.map(|text| id_of(suite, text)),
        schedule: availability.as_ref().map(basis),
        teams: policy.team.shapes.iter().map(|shape| shape.slots.clone()).collect(),
        exchange: policy.team.exchange,
        bands: policy.workload.bands(),
        quotas: Commit::quotas_of(policy),
        strata: strata
            .map(|(s, quota)| StratumCount { label: s.label.clone(), pool: s.pool, quota: *quota })
            .collect(),
        excluded: eligibility.exclusions().into_iter().map(|(reason, n)| (reason, n as u64)).collect(),
        beacons: setting.beacons.clone(),
        parties: setting.parties.clone(),
        chains: setting.chains.clone(),
        escrow: setting.escrow.clone(),
        verifiers: setting.verifiers.clone(),
    };
    let availability_bytes = availability.as_ref().map_or(0, |table| table.text.len());
    if let Some(needed) = commit.escrow.as_ref().map(|_| {
        room(plan, &commit, availability_bytes, |candidate, docket| writer.docket(candidate, docket).len())
    }) {
        let needed = needed.expect("a district's tables are far below 4 GiB");
        commit.escrow.iter_mut().for_each(|escrow| escrow.room = needed);
    }
    let odds = setting.odds.map(str::to_owned);
    Committed { commit, carried, items, units, inspectors, odds, availability, roster }
}

/// Writes the lines of units and inspectors.
struct Writer<'a> {
    plan: &'a Plan<'a>,
    draw: String,
    salts: &'a SaltKey,
    roster: &'a Roster,
    /// What the docket line says of the people, for each docket.
    dockets: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan<'a>, draw: &DrawId, salts: &'a SaltKey, roster: &'a Roster) -> Self {
        let dockets = plan.eligibility.dockets.iter();
        let dockets = dockets.map(|docket| named(plan, roster, docket).to_string()).collect();
        Writer { plan, draw: draw.to_string(), salts, roster, dockets }
    }

    fn unit(&self, candidate: &Candidate<'_>, line: &mut String) {
        let unit = candidate.unit;
        let publish = &self.plan.question.policy.publish;
        let salts = self.salts.of(&unit.id);
        let (standing, docket) = match candidate.standing {
            Standing::Pool { stratum, docket } => {
                let (salt, people) = (salts.salt("docket"), self.docket(candidate, docket));
                let commitment =
                    DocketLine::commitment_to(salts.suite(), &self.draw, &unit.id, &salt, &people);
                (Ok(self.plan.eligibility.strata[stratum].label.as_str()), Some(commitment))
            }
            Standing::Excluded(reason) => (Err(reason), None),
        };
        let mut attributes = Attributes::new(salts, &self.draw, &unit.id);
        hidden::add_unit(&mut attributes, candidate, publish);
        let shown = publish.iter().map(|field| (*field, hidden::public_value(unit, *field)));
        write_unit(line, &unit.id, standing, (&attributes.digest(), docket.as_ref()), shown);
    }

    /// What the docket line of a unit of the pool says behind unit and salt.
    fn docket(&self, candidate: &Candidate<'_>, docket: usize) -> Cow<'_, str> {
        let people = &self.dockets[docket];
        if self.plan.question.policy.schedule.is_none() {
            return Cow::from(people);
        }
        let docket = &self.plan.eligibility.dockets[docket];
        let minutes: Vec<u32> = self.plan.minutes(candidate.unit, docket).collect();
        Cow::from(format!(
            "{people}{}",
            DocketPeople::visit_words(&minutes, Some(days::town(candidate.unit)))
        ))
    }

    /// The public name and the hidden fields of an inspector.
    fn attributes(&self, position: usize) -> (&'a String, Attributes) {
        let name = &self.roster.names[self.roster.ranks[position] as usize];
        let mut attributes = Attributes::new(self.salts.of(name), &self.draw, name);
        hidden::add_inspector(&mut attributes, self.plan.eligibility.seats[position].inspector);
        (name, attributes)
    }

    fn inspector(&self, position: usize) -> InspectorLine {
        let seat = &self.plan.eligibility.seats[position];
        let (name, attributes) = self.attributes(position);
        InspectorLine {
            name: name.clone(),
            capacity: seat.capacity,
            carried: seat.carried,
            attributes: attributes.digest(),
        }
    }

    /// The tree over the recusals, each behind a salt of its own.
    fn recusals(&self) -> Sealed {
        let (suite, recusals) = (self.plan.question.policy.suite, &self.plan.question.register.recusals);
        let leaf = |recusal: &crate::register::Recusal| {
            let (id, value) = (recusal.certificate.as_str(), hidden::recusal_value(recusal));
            let mut field = Attributes::new(self.salts.of(id), &self.draw, id);
            // One inspector may have several: the salt comes from the value too.
            let salt = self.salts.of(id).salt(&format!("recusal {value}"));
            merkle::leaf(suite, &field.commitment_salted("recusal", &salt, &value).0)
        };
        let leaves: Vec<Digest> = recusals.iter().map(leaf).collect();
        Sealed { root: merkle::root(suite, &leaves), count: leaves.len() as u64 }
    }
}

/// What opens the certificate number of everybody on the committed list, by public name.
pub fn cards(plan: &Plan<'_>, committed: &Committed, salts: &SaltKey) -> BTreeMap<String, CardOpening> {
    let writer = Writer::new(plan, &committed.commit.draw, salts, &committed.roster);
    let card = |position: &usize| {
        let (name, attributes) = writer.attributes(*position);
        let certificate = plan.eligibility.seats[*position].inspector.certificate.clone();
        let salt = salts.of(name).salt(CardOpening::FIELD);
        let rest = attributes.rest().expect("the fields of an inspector have a rest");
        (name.clone(), CardOpening { salt, rest, certificate })
    };
    committed.roster.positions.iter().map(card).collect()
}

/// A docket in public names.
pub(super) fn named(plan: &Plan<'_>, roster: &Roster, docket: &Docket) -> DocketPeople {
    let roles = &plan.question.policy.team.shapes[docket.shape].slots;
    let slots = |slots: &[Vec<u32>]| -> Vec<(Role, Vec<String>)> {
        let names = |positions: &Vec<u32>| roster.names_of(&roster.ranks_of(positions));
        roles.iter().cloned().zip(slots.iter().map(names)).collect()
    };
    let name = |rank: u32| roster.names[rank as usize].clone();
    let apart = lineup(plan, roster, "", docket).apart;
    DocketPeople {
        slots: slots(&docket.slots),
        away: slots(&docket.away),
        again: roster.names_of(&roster.ranks_of(&docket.again)),
        apart: apart.into_iter().map(|(a, b)| (name(a), name(b))).collect(),
        band: docket.band,
        minutes: Vec::new(),
        town: None,
    }
}

/// The docket of `unit` in public names, with what the schedule takes of the visit.
pub(super) fn named_for(plan: &Plan<'_>, roster: &Roster, unit: &Unit, docket: &Docket) -> DocketPeople {
    let people = named(plan, roster, docket);
    if plan.question.policy.schedule.is_none() {
        return people;
    }
    let (minutes, town) = (plan.minutes(unit, docket).collect(), Some(days::town(unit).to_owned()));
    DocketPeople { minutes, town, ..people }
}

/// A docket as pairing sees it, in ranks.
pub(super) fn lineup(plan: &Plan<'_>, roster: &Roster, unit: &str, docket: &Docket) -> Lineup {
    let ranks = |slots: &[Vec<u32>]| slots.iter().map(|slot| roster.ranks_of(slot)).collect();
    let meet = |(a, b): &&(u32, u32)| docket.names(*a) && docket.names(*b);
    let pair = |(a, b): &(u32, u32)| {
        let (a, b) = (roster.ranks[*a as usize], roster.ranks[*b as usize]);
        (a.min(b), a.max(b))
    };
    let mut apart: Vec<(u32, u32)> = plan.eligibility.apart.iter().filter(meet).map(pair).collect();
    apart.sort_unstable();
    Lineup {
        unit: unit.to_owned(),
        slots: ranks(&docket.slots),
        away: ranks(&docket.away),
        again: roster.ranks_of(&docket.again),
        apart,
        band: docket.band,
    }
}
