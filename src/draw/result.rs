//! From the seed to the drawn units, their teams, and the record.

use super::commit::named;
use super::{Committed, Plan};
use crate::digest::{Digest, SaltKey};
use crate::eligibility::{Candidate, Docket};
use crate::pairing::instance::{Instance, Interner, Seat, Visit};
use crate::pairing::shortage::Shortage;
use crate::pairing::solve::pair;
use crate::pairing::ticket::Tickets;
use crate::record::{DocketLine, DrawnLine, PriceLine, Sealed, Table, TeamLine};
use crate::sampling::select;

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
    /// The same for the office, by unit.
    pub assigned: Vec<Assigned>,
}

impl Drawing {
    /// What the record binds: the tree over the drawn units and the hash of the prices.
    pub fn bound(&self) -> (Sealed, Digest) {
        let drawn = Sealed { root: self.drawn.root(), count: self.drawn.lines.len() as u64 };
        (drawn, Digest::of(&[self.prices.text.as_bytes()]))
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
struct Selected<'a> {
    stratum: usize,
    rank: u64,
    ticket: Digest,
    candidate: usize,
    id: &'a str,
    docket: &'a Docket,
}

/// Draws and pairs.
///
/// # Errors
/// [`Unstaffed`] when the drawn units cannot be staffed: a certificate that names
/// the units and the people.
pub fn draw(
    plan: &Plan<'_>,
    committed: &Committed,
    seed: &Digest,
    salts: &SaltKey,
) -> Result<Drawing, Unstaffed> {
    let selected = select_all(plan, seed);
    let mut by_unit: Vec<&Selected<'_>> = selected.iter().collect();
    by_unit.sort_by_key(|s| s.id);
    let instance = instance(plan, committed, seed, &by_unit);
    let tickets = Tickets::of(&instance).expect("a plan makes well-formed instances");
    let pairing = match pair(&tickets) {
        Ok(pairing) => pairing,
        Err(shortage) => return Err(Unstaffed { shortage, instance }),
    };
    let draw_number = committed.commit.draw.to_string();
    let names = &committed.roster.names;
    let slots = &plan.question.policy.team.slots;
    let teams = by_unit.iter().zip(&pairing.teams).map(|(s, team)| TeamLine {
        unit: s.id.to_owned(),
        salt: salts.of(s.id).salt("team"),
        members: slots.iter().zip(team).map(|(role, rank)| (*role, names[*rank as usize].clone())).collect(),
    });
    let teams: Table<TeamLine> = Table::new(teams.collect());
    let commitment = |id: &str| {
        let at = teams.lines.binary_search_by(|line| line.unit.as_str().cmp(id));
        teams.lines[at.expect("every drawn unit has a team")].commitment(&draw_number)
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
        roles: named(plan, &committed.roster, s.docket),
    });
    let mut load = vec![0; names.len()];
    pairing.teams.iter().flatten().for_each(|rank| load[*rank as usize] += 1);
    let prices = names.iter().zip(load).zip(&pairing.prices);
    let prices = prices.map(|((name, load), price)| PriceLine { name: name.clone(), load, price: *price });
    let positions = |team: &Vec<u32>| team.iter().map(|r| committed.roster.positions[*r as usize]).collect();
    let assigned = by_unit.iter().zip(&pairing.teams).map(|(s, team)| Assigned {
        candidate: s.candidate,
        stratum: s.stratum,
        team: positions(team),
    });
    Ok(Drawing {
        drawn: Table::new(drawn.collect()),
        dockets: Table::new(dockets.collect()),
        prices: Table::new(prices.collect()),
        assigned: assigned.collect(),
        teams,
    })
}

fn select_all<'a>(plan: &'a Plan<'_>, seed: &Digest) -> Vec<Selected<'a>> {
    let mut pools: Vec<Vec<(usize, &Candidate<'_>, &Docket)>> = vec![Vec::new(); plan.quotas.len()];
    for (stratum, index, candidate, docket) in plan.eligibility.pool() {
        pools[stratum].push((index, candidate, docket));
    }
    let mut selected = Vec::new();
    for (stratum, pool) in pools.iter().enumerate() {
        let ids: Vec<&str> = pool.iter().map(|(_, candidate, _)| candidate.unit.id.as_str()).collect();
        let label = &plan.eligibility.strata[stratum].label;
        for (rank, drawn) in (1..).zip(select(seed, label, &ids, plan.quotas[stratum] as usize)) {
            let (candidate, _, docket) = pool[drawn.index];
            let (ticket, id) = (drawn.ticket, ids[drawn.index]);
            selected.push(Selected { stratum, rank, ticket, candidate, id, docket });
        }
    }
    selected
}

fn instance(plan: &Plan<'_>, committed: &Committed, seed: &Digest, by_unit: &[&Selected<'_>]) -> Instance {
    let inspectors = &committed.inspectors.lines;
    let slots = &plan.question.policy.team.slots;
    let mut interner = Interner::default();
    let eligible = |s: &&Selected<'_>| {
        let ranks: Vec<Vec<u32>> =
            slots.iter().map(|role| committed.roster.ranks_of(s.docket.of(*role))).collect();
        Visit { unit: s.id.to_owned(), slots: interner.share(&ranks) }
    };
    Instance {
        seed: *seed,
        inspectors: inspectors.iter().map(|i| Seat { capacity: i.capacity, carried: i.carried }).collect(),
        visits: by_unit.iter().map(eligible).collect(),
    }
}
