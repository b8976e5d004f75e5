//! From the seed to the drawn units, their teams, and the record.

use super::commit::{lineup, named_for};
use super::days::{self, Timetable};
use super::{Committed, Plan, Roster};
use crate::digest::{Digest, SaltKey, Suite};
use crate::eligibility::Docket;
use crate::pairing::appoint::{Appointed, appoint};
use crate::pairing::instance::{Instance, Seat};
use crate::pairing::lineup::{Lineup, visits};
use crate::pairing::shortage::Shortage;
use crate::pairing::ticket::Tickets;
use crate::record::{DocketLine, DrawnLine, PriceLine, Sealed, Table, TeamLine, id_of};
use crate::sampling::{Drawn, select_carrying};
use crate::seed::Seed;

/// One drawn unit with the people who will visit it, by position in order of
/// certificate number; for the office only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Index into the candidates of the plan.
    pub candidate: usize,
    /// Index into the strata of the plan.
    pub stratum: usize,
    /// Position of each slot's inspector.
    pub team: Vec<usize>,
}

/// The tables of a finished draw.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// drawn.txt, by stratum and ticket.
    pub drawn: Table<DrawnLine>,
    /// dockets.txt, by unit.
    pub dockets: Table<DocketLine>,
    /// teams.txt, by unit.
    pub teams: Table<TeamLine>,
    /// prices.txt, by rank.
    pub prices: Table<PriceLine>,
    /// availability.txt and schedule.txt, if the commitment has days.
    pub timetable: Option<Timetable>,
    /// The same for the office, by unit.
    pub assigned: Vec<Assigned>,
}

impl Drawing {
    /// What the record of a draw of `suite` binds: the tree over the drawn units and the hash of the prices.
    pub fn bound(&self, suite: Suite) -> (Sealed, Digest) {
        let drawn = Sealed { root: self.drawn.root(suite), count: self.drawn.lines.len() as u64 };
        (drawn, id_of(suite, &self.prices.text))
    }
}

/// The drawn units cannot be staffed.
#[derive(Debug, Clone)]
pub struct Unstaffed {
    /// The proof.
    pub shortage: Shortage,
    /// What it is a proof about.
    pub instance: Instance,
}

/// A selected unit before it has a team.
#[derive(Debug, Clone, Copy)]
pub(super) struct Selected<'a> {
    pub stratum: usize,
    rank: u64,
    ticket: Digest,
    pub candidate: usize,
    pub id: &'a str,
    pub docket: &'a Docket,
}

/// Draws and pairs.
///
/// # Errors
/// [`Unstaffed`] when the drawn units cannot be staffed: a certificate that names
/// the units and the people.
pub fn draw(
    plan: &Plan<'_>,
    committed: &Committed,
    seed: &Seed,
    salts: &SaltKey,
) -> Result<Drawing, Unstaffed> {
    let selected = select_all(plan, seed);
    let mut by_unit: Vec<&Selected<'_>> = selected.iter().collect();
    by_unit.sort_by_key(|s| s.id);
    let instance = instance(plan, &committed.roster, seed, &by_unit);
    let tickets = Tickets::of(&instance).expect("a plan makes well-formed instances");
    let appointed = match appoint(&tickets) {
        Ok(appointed) => appointed,
        Err(shortage) => return Err(Unstaffed { shortage, instance }),
    };
    let (suite, draw_number) = (seed.suite, committed.commit.draw.to_string());
    let names = &committed.roster.names;
    let shapes = &plan.question.policy.team.shapes;
    let members = |s: &Selected<'_>, team: &[u32]| {
        let names = team.iter().map(|rank| names[*rank as usize].clone());
        shapes[s.docket.shape].slots.iter().cloned().zip(names).collect()
    };
    let found = &appointed.pairing.teams;
    let unit = |s: &Selected<'_>| plan.eligibility.candidates[s.candidate].unit;
    let teams = by_unit.iter().zip(found).map(|(s, team)| TeamLine {
        unit: s.id.to_owned(),
        salt: salts.of(s.id).salt("team"),
        members: members(s, team),
    });
    let teams: Table<TeamLine> = Table::new(teams.collect());
    let commitment = |id: &str| {
        let at = teams.lines.binary_search_by(|line| line.unit.as_str().cmp(id));
        teams.lines[at.expect("every drawn unit has a team")].commitment(suite, &draw_number)
    };
    let drawn = selected.iter().map(|s| DrawnLine {
        unit: s.id.to_owned(),
        stratum: plan.eligibility.strata[s.stratum].label.clone(),
        rank: s.rank,
        ticket: s.ticket,
        team: commitment(s.id),
    });
    let dockets = by_unit.iter().map(|s| DocketLine {
        unit: s.id.to_owned(),
        salt: salts.of(s.id).salt("docket"),
        people: named_for(plan, &committed.roster, unit(s), s.docket),
    });
    let visited: Vec<days::Team<'_>> =
        by_unit.iter().zip(found).map(|(s, team)| (unit(s), s.docket, team.as_slice())).collect();
    let positions = |team: &Vec<u32>| team.iter().map(|r| committed.roster.positions[*r as usize]).collect();
    let assigned = by_unit.iter().zip(found).map(|(s, team)| Assigned {
        candidate: s.candidate,
        stratum: s.stratum,
        team: positions(team),
    });
    Ok(Drawing {
        drawn: Table::new(drawn.collect()),
        dockets: Table::new(dockets.collect()),
        prices: Table::new(price_lines(names, &appointed)),
        timetable: days::timetable(plan, committed, (seed, salts), &visited),
        assigned: assigned.collect(),
        teams,
    })
}

/// What everybody was given, and at what prices, by rank.
fn price_lines(names: &[String], appointed: &Appointed) -> Vec<PriceLine> {
    let Appointed { pairing, lead_prices } = appointed;
    let bands = pairing.prices.len() / names.len().max(1);
    let line = |(rank, name): (usize, &String)| {
        let of_person = rank * bands..(rank + 1) * bands;
        let (prices, lead_prices) = (&pairing.prices[of_person.clone()], &lead_prices[of_person]);
        PriceLine {
            name: name.clone(),
            load: 0,
            prices: prices.to_vec(),
            leads: 0,
            lead_prices: lead_prices.to_vec(),
        }
    };
    let mut lines: Vec<PriceLine> = names.iter().enumerate().map(line).collect();
    for team in &pairing.teams {
        team.iter().for_each(|rank| lines[*rank as usize].load += 1);
        lines[team[0] as usize].leads += 1;
    }
    lines
}

/// The units that `seed` draws, by stratum and ticket.
pub(super) fn select_all<'a>(plan: &'a Plan<'_>, seed: &Seed) -> Vec<Selected<'a>> {
    pools(plan).iter().flat_map(|pool| select_from(plan, pool, seed)).collect()
}

/// The units that `seed` draws from the pool of one stratum, by ticket.
pub(super) fn select_from<'a>(plan: &Plan<'_>, pool: &[Selected<'a>], seed: &Seed) -> Vec<Selected<'a>> {
    let Some(stratum) = pool.first().map(|unit| unit.stratum) else { return Vec::new() };
    let ids: Vec<&str> = pool.iter().map(|unit| unit.id).collect();
    let label = &plan.eligibility.strata[stratum].label;
    let carried = |id: &str| {
        let at = pool.binary_search_by(|unit| unit.id.cmp(id));
        at.is_ok_and(|at| plan.carried.holds(pool[at].candidate))
    };
    let drawn = select_carrying(seed, label, &ids, carried, plan.quotas[stratum] as usize);
    let selected = |(rank, drawn): (u64, Drawn)| Selected { rank, ticket: drawn.ticket, ..pool[drawn.index] };
    (1..).zip(drawn).map(selected).collect()
}

/// Every unit of the pool by stratum, in order of id, without rank and ticket.
pub(super) fn pools<'a>(plan: &'a Plan<'_>) -> Vec<Vec<Selected<'a>>> {
    let mut pools = vec![Vec::new(); plan.quotas.len()];
    for (stratum, candidate, unit, docket) in plan.eligibility.pool() {
        let id = unit.unit.id.as_str();
        let (rank, ticket) = (0, Digest([0; 32]));
        pools[stratum].push(Selected { stratum, rank, ticket, candidate, id, docket });
    }
    pools
}

/// The question of pairing for these units, with inspectors by rank of `roster`.
pub(super) fn instance(plan: &Plan<'_>, roster: &Roster, seed: &Seed, by_unit: &[&Selected<'_>]) -> Instance {
    let lineups: Vec<Lineup> = by_unit.iter().map(|s| lineup(plan, roster, s.id, s.docket)).collect();
    let exchanged = plan.question.policy.team.exchanged(lineups.len() as u64);
    let seat = |position: &usize| {
        let seat = &plan.eligibility.seats[*position];
        Seat { capacity: seat.capacity, carried: seat.carried }
    };
    Instance {
        seed: *seed,
        inspectors: roster.positions.iter().map(seat).collect(),
        visits: visits(seed, &lineups, exchanged),
        bands: plan.question.policy.workload.bands(),
    }
}
