//! V16 to V20: who was eligible, who was paired, and the prices that prove it.

use super::{Loaded, Stop, Verified, ensure};
use crate::digest::Digest;
use crate::pairing::check;
use crate::pairing::instance::{Instance, Interner, Pairing, Seat, Visit};
use crate::pairing::offence::Offence;
use crate::pairing::ticket::Tickets;
use crate::policy::Role;
use crate::record::{DocketLine, DrawnLine, TeamLine};
use crate::said;
use std::collections::BTreeMap;

/// The drawn units, by id.
fn drawn_by_unit<'b>(loaded: &'b Loaded<'_>) -> Result<BTreeMap<&'b str, &'b DrawnLine>, Stop> {
    Ok(loaded.drawn()?.lines.iter().map(|line| (line.unit.as_str(), line)).collect())
}

/// Whether `units` are the drawn units in order of id.
fn ensure_drawn<'b>(
    drawn: &BTreeMap<&str, &DrawnLine>,
    units: impl Iterator<Item = &'b str>,
    file: &str,
) -> Result<(), Stop> {
    ensure(units.eq(drawn.keys().copied()), || {
        said!("{file} 的单位不是中签单位", "the units of {file} are not the drawn ones")
    })
}

/// V16: every line of dockets.txt is the one that units.txt committed to.
pub(super) fn dockets(loaded: &Loaded<'_>) -> Verified {
    let (commit, units, dockets) = (loaded.commit()?, loaded.units()?, loaded.dockets()?);
    let drawn = drawn_by_unit(loaded)?;
    ensure_drawn(&drawn, dockets.lines.iter().map(|line| line.unit.as_str()), "dockets.txt")?;
    let draw = commit.draw.to_string();
    let of_drawn = units.lines.iter().filter(|unit| drawn.contains_key(unit.id.as_str()));
    let committed: BTreeMap<&str, Option<Digest>> = of_drawn.map(|u| (u.id.as_str(), u.docket)).collect();
    for line in &dockets.lines {
        let id = &line.unit;
        let committed = committed.get(id.as_str()).copied().flatten();
        ensure(committed == Some(line.commitment(&draw)), || {
            said!("{id} 的可选人员与承诺不符", "the docket of {id} is not the one committed")
        })?;
    }
    let count = dockets.lines.len();
    Ok(said!("{count} 份名单与承诺相符", "{count} dockets open their commitments"))
}

/// V17: every line of teams.txt is the one that drawn.txt committed to.
pub(super) fn teams(loaded: &Loaded<'_>) -> Verified {
    let (commit, teams) = (loaded.commit()?, loaded.teams()?);
    let drawn = drawn_by_unit(loaded)?;
    ensure_drawn(&drawn, teams.lines.iter().map(|line| line.unit.as_str()), "teams.txt")?;
    let draw = commit.draw.to_string();
    for line in &teams.lines {
        let id = &line.unit;
        ensure(drawn[id.as_str()].team == line.commitment(&draw), || {
            said!("{id} 的检查组与抽取结果不符", "the team of {id} is not the one in drawn.txt")
        })?;
    }
    let count = teams.lines.len();
    Ok(said!("{count} 个检查组", "{count} teams"))
}

/// V18: different people, each eligible for the role, nobody over capacity.
pub(super) fn lawful(loaded: &Loaded<'_>) -> Verified {
    let proofs = loaded.proofs()?;
    proofs.lawful.clone()?;
    let most = proofs.loads.iter().max().unwrap_or(&0);
    Ok(said!("每人至多 {most} 次", "{most} visits at most for one inspector"))
}

/// V19: no lawful team of a unit has a smaller sum of tickets and prices.
pub(super) fn cheapest(loaded: &Loaded<'_>) -> Verified {
    loaded.proofs()?.cheapest.clone()?;
    Ok(said!("无需求解器即证明为最优", "proved best without a solver"))
}

/// V20: prices.txt lists every inspector with the true load, and prices that
/// fit the loads and are the least that do.
pub(super) fn prices(loaded: &Loaded<'_>) -> Verified {
    let proofs = loaded.proofs()?;
    proofs.prices.clone()?;
    let (inspectors, prices) = (loaded.inspectors()?, loaded.prices()?);
    for ((inspector, price), load) in inspectors.lines.iter().zip(&prices.lines).zip(&proofs.loads) {
        let name = &inspector.name;
        ensure(price.name == *name && price.load == *load, || {
            said!("{name} 的次数或次序不对", "the load or the place of {name} is wrong")
        })?;
    }
    let count = prices.lines.len();
    Ok(said!("{count} 人的价格", "prices of {count} inspectors"))
}

/// The checks of the published pairing, made together on one set of tickets.
pub(crate) struct Proofs {
    lawful: Result<(), Stop>,
    cheapest: Result<(), Stop>,
    prices: Result<(), Stop>,
    /// Visits of each inspector, by rank.
    loads: Vec<u32>,
}

impl Proofs {
    /// Rebuilds question and answer from the tables and checks them.
    pub(super) fn new(loaded: &Loaded<'_>) -> Result<Proofs, Stop> {
        let (instance, pairing) = question(loaded)?;
        let tickets = Tickets::of(&instance).map_err(|malformed| Stop::Fail(malformed.said()))?;
        let inspectors = &loaded.inspectors()?.lines;
        let person =
            |rank: u32| inspectors.get(rank as usize).map_or_else(|| rank.to_string(), |i| i.name.clone());
        let unit = |visit: usize| instance.visits[visit].unit.clone();
        let proved = |check: fn(&Tickets<'_>, &Pairing) -> Result<(), Offence>| {
            check(&tickets, &pairing).map_err(|offence| Stop::Fail(offence.said(unit, person)))
        };
        let mut loads = vec![0; inspectors.len()];
        pairing.teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
        Ok(Proofs {
            lawful: proved(check::lawful),
            cheapest: proved(check::cheapest),
            prices: proved(check::prices_fit).and_then(|()| proved(check::prices_least)),
            loads,
        })
    }
}

/// The pairing question and the published answer, rebuilt from the tables.
fn question(loaded: &Loaded<'_>) -> Result<(Instance, Pairing), Stop> {
    let (commit, inspectors) = (loaded.commit()?, loaded.inspectors()?);
    let (dockets, teams, prices) = (loaded.dockets()?, loaded.teams()?, loaded.prices()?);
    let seed = loaded.seed()?;
    let ranks: BTreeMap<&str, u32> = inspectors.lines.iter().map(|i| i.name.as_str()).zip(0..).collect();
    let units = dockets.lines.iter().map(|line| &line.unit);
    let same = units.eq(teams.lines.iter().map(|line| &line.unit));
    ensure(same, || {
        said!("dockets.txt 与 teams.txt 的单位不同", "dockets.txt and teams.txt have different units")
    })?;
    let same = prices.lines.len() == inspectors.lines.len();
    ensure(same, || said!("prices.txt 的行数不符", "prices.txt has not as many lines as inspectors.txt"))?;
    let mut interner = Interner::default();
    let visits = dockets.lines.iter().map(|line| visit(line, &commit.team, &ranks, &mut interner));
    let instance = Instance {
        seed,
        inspectors: inspectors
            .lines
            .iter()
            .map(|i| Seat { capacity: i.capacity, carried: i.carried })
            .collect(),
        visits: visits.collect::<Result<_, _>>()?,
    };
    let teams = teams.lines.iter().map(|line| team(line, &commit.team, &ranks));
    let prices = prices.lines.iter().map(|line| line.price).collect();
    Ok((instance, Pairing { teams: teams.collect::<Result<_, _>>()?, prices }))
}

fn visit(
    line: &DocketLine,
    slots: &[Role],
    ranks: &BTreeMap<&str, u32>,
    interner: &mut Interner,
) -> Result<Visit, Stop> {
    let id = &line.unit;
    let mut roles = slots.to_vec();
    roles.dedup();
    ensure(line.roles.iter().map(|(role, _)| role).eq(&roles), || {
        said!("{id} 的角色不对", "the roles of {id} are wrong")
    })?;
    let mut by_role: BTreeMap<Role, Vec<u32>> = BTreeMap::new();
    for (role, names) in &line.roles {
        let known: Option<Vec<u32>> = names.iter().map(|name| ranks.get(name.as_str()).copied()).collect();
        let rising = |ranks: &Vec<u32>| ranks.windows(2).all(|pair| pair[0] < pair[1]);
        let Some(ranks) = known.filter(rising) else {
            return Err(Stop::Fail(said!(
                "{id} 的名单有不认识的人或次序不对",
                "the docket of {id} has unknown or unsorted names"
            )));
        };
        by_role.insert(*role, ranks);
    }
    let slots: Vec<Vec<u32>> = slots.iter().map(|role| by_role[role].clone()).collect();
    Ok(Visit { unit: id.clone(), slots: interner.share(&slots) })
}

fn team(line: &TeamLine, slots: &[Role], ranks: &BTreeMap<&str, u32>) -> Result<Vec<u32>, Stop> {
    let id = &line.unit;
    let members: Option<Vec<u32>> =
        line.members.iter().map(|(_, name)| ranks.get(name.as_str()).copied()).collect();
    let members = members.filter(|_| line.members.iter().map(|(role, _)| role).eq(slots));
    members.ok_or_else(|| Stop::Fail(said!("{id} 的检查组无法识别", "the team of {id} is not understood")))
}
