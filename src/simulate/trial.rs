//! One trial: month after month of draws by the real stages, with what was drawn before in
//! memory, and every day's work.

use super::absence::{Presence, presences};
use super::book::Book;
use super::chance::{Chance, triangular};
use super::desk::Desk;
use super::life::Units;
use super::work::{Item, NOBODY, arrivals, notice};
use super::world::{DRAWN, World};
use crate::draw::{Carried, Certificate, Dry, Plan, Unstaffed};
use crate::eligibility::{Candidate, Dockets, Eligibility, Standing, Stratum, seat_all};
use crate::pairing::instance::MAX_TEAM;
use crate::register::{Register, Unit};
use crate::sampling::{quotas, select};
use crate::seed::Seed;
use crate::time::{Date, Period};

/// Runs one trial of `world`.
pub fn run(world: &World<'_>, chance: &Chance) -> Book {
    let mut book = Book::new(world);
    let people = presences(world, chance);
    let mut units = Units::new(world, chance);
    (0..book.gone.len()).for_each(|unit| book.gone[unit] = units.gone(unit));
    let mut desk = Desk::new(world, &people);
    for (month, of) in world.ground.months.iter().enumerate() {
        if month > 0 && of.first.month() == 1 {
            units.new_year();
        }
        desk.begin();
        let draw = Draw { world, chance, people: &people, month };
        let mut agenda = draw.agenda(&mut units, &desk, &mut book);
        let come = arrivals(world, chance, month);
        for day in of.days.clone() {
            let first = come.partition_point(|item| item.came < day);
            let next = come.partition_point(|item| item.came <= day);
            let today = std::mem::take(&mut agenda[day - of.days.start]);
            desk.day(&mut book, (month, day), &come[first..next], today);
        }
        desk.end(&mut book, month);
    }
    book
}

/// The draw of one month.
struct Draw<'w> {
    world: &'w World<'w>,
    chance: &'w Chance,
    people: &'w [Presence],
    month: usize,
}

impl Draw<'_> {
    /// The drawn visits of each day of the month. Those without a day come with the first.
    fn agenda(&self, units: &mut Units<'_>, desk: &Desk<'_>, book: &mut Book) -> Vec<Vec<Item>> {
        let (ground, month) = (self.world.ground, &self.world.ground.months[self.month]);
        let mut agenda = vec![Vec::new(); month.days.len()];
        let seed = Seed::sha256(self.chance.key(&format!("draw {}", self.month)));
        let mut drawn = self.select(units, &seed);
        if drawn.is_empty() {
            return agenda;
        }
        let register = self.register(desk);
        let dates: Vec<Date> = month.working.iter().map(|day| ground.dates[*day]).collect();
        let question = self.world.question(&register, self.month);
        let seats = seat_all(&question);
        let plan = loop {
            let plan = self.plan(units, &register, &seats, &drawn);
            match Dry::of_all(&plan, &dates, &seed) {
                Ok(dry) => break Some((plan, dry)),
                Err(unstaffed) => self.leave_out(&plan, &unstaffed, &mut drawn, book),
            }
            if drawn.is_empty() {
                break None;
            }
        };
        let Some((plan, dry)) = plan else { return agenda };
        let mut stream = self.chance.stream(&format!("spread {}", self.month));
        for (index, team) in dry.drawn.iter().zip(&dry.teams) {
            let (unit, _) = drawn[*index];
            let day = match &dry.days {
                Some((_, days)) => days[*index].map(|day| month.working[day]),
                // Nobody gives visits days: they spread over the working days.
                None => Some(stream.below(month.working.len().max(1) as u64) as usize)
                    .and_then(|n| month.working.get(n).copied()),
            };
            let item = self.item(&plan, (*index, unit), team);
            book.came(&item);
            self.note(book, unit, &item, day.is_none());
            units.drawn(unit, month.last, team.iter().map(|rank| *rank as usize).collect());
            agenda[day.map_or(0, |day| day - month.days.start)].push(item);
        }
        agenda
    }

    /// The units that the seed draws, by id, each with its stratum.
    fn select(&self, units: &Units<'_>, seed: &Seed) -> Vec<(usize, usize)> {
        let frame = &self.world.frames[self.month];
        let pools = units.pools(self.month);
        let there: Vec<usize> = (0..pools.len()).filter(|stratum| !pools[*stratum].is_empty()).collect();
        let stratum = |at: &usize| Stratum { pool: pools[*at].len() as u64, ..frame.strata[*at].clone() };
        let strata: Vec<Stratum> = there.iter().map(stratum).collect();
        let mut drawn = Vec::new();
        for ((at, stratum), quota) in there.iter().zip(&strata).zip(quotas(&self.world.policy, &strata)) {
            if quota > 0 {
                let id = |unit: &usize| self.unit(*unit).id.as_str();
                let ids: Vec<&str> = pools[*at].iter().map(id).collect();
                let selected = select(seed, &stratum.label, &ids, quota as usize);
                drawn.extend(selected.iter().map(|drawn| (pools[*at][drawn.index], *at)));
            }
        }
        drawn.sort_by_key(|(unit, _)| self.unit(*unit).id.as_str());
        drawn
    }

    fn unit(&self, unit: usize) -> &Unit {
        let spot = &self.world.frames[self.month].spots[unit];
        &self.world.ground.register.units[spot.version]
    }

    /// The people as the office knows them when it draws: leave, validity, and what they owe.
    fn register(&self, desk: &Desk<'_>) -> Register {
        let month = &self.world.ground.months[self.month];
        let window = Period { from: Some(month.first), until: Some(month.last) };
        let mut register = self.world.register.clone();
        for (position, (person, presence)) in register.inspectors.iter_mut().zip(self.people).enumerate() {
            person.leave = presence.leave.iter().filter(|leave| leave.overlaps(&window)).copied().collect();
            person.validity = presence.validity(month.first);
            if self.month > 0 {
                person.carried_minutes = desk.owed(position);
            }
        }
        register
    }

    /// The plan that draws exactly these units.
    fn plan<'b>(
        &'b self,
        units: &Units<'_>,
        register: &'b Register,
        seats: &[crate::eligibility::Seating<'b>],
        drawn: &[(usize, usize)],
    ) -> Plan<'b> {
        let question = self.world.question(register, self.month);
        let frame = &self.world.frames[self.month];
        let makers = Dockets::new(&question, seats);
        let mut dockets = Vec::with_capacity(drawn.len());
        let mut counts = vec![0; frame.strata.len()];
        let mut candidates = Vec::with_capacity(drawn.len());
        for (docket, (unit, stratum)) in drawn.iter().enumerate() {
            let (past, of) = (units.past(*unit), self.unit(*unit));
            let zone = Some(self.world.ground.zones[frame.spots[*unit].zone].0.as_str());
            dockets.push(makers.docket(of, zone, &past));
            counts[*stratum] += 1;
            candidates.push(Candidate {
                unit: of,
                zone,
                standing: Standing::Pool { stratum: *stratum, docket },
                past,
            });
        }
        let stratum = |(stratum, pool): (&Stratum, &u64)| Stratum { pool: *pool, ..stratum.clone() };
        let strata = frame.strata.iter().zip(&counts).map(stratum).collect();
        let apart = question.apart();
        let eligibility = Eligibility { candidates, strata, dockets, seats: seats.to_vec(), apart };
        Plan { question, eligibility, quotas: counts, carried: Carried::default() }
    }

    /// Nobody can be found for all of them: the month counts as not staffed, and to go on the
    /// fewest units of the shortage that may help are left out, the last in order of id.
    fn leave_out(
        &self,
        plan: &Plan<'_>,
        unstaffed: &Unstaffed,
        drawn: &mut Vec<(usize, usize)>,
        book: &mut Book,
    ) {
        let Unstaffed { shortage, instance } = unstaffed;
        if book.unstaffed[self.month] == 0 {
            let certificate =
                Certificate::new(plan, (instance, shortage), |visit| visit, |rank| rank as usize);
            for (bar, people) in &certificate.bars {
                *book.bars.entry(*bar).or_default() += *people as i64;
            }
        }
        let short = usize::try_from(shortage.short_by(instance)).unwrap_or(usize::MAX);
        let most = shortage.units.iter().map(|unit| unit.slots.len()).max().unwrap_or(1);
        let leave = short.div_ceil(most).clamp(1, shortage.units.len());
        let mut out: Vec<usize> = shortage.units.iter().rev().take(leave).map(|unit| unit.visit).collect();
        out.sort_unstable();
        for visit in out.into_iter().rev() {
            let (unit, _) = drawn.remove(visit);
            let of = &plan.eligibility.candidates[visit];
            let minutes = plan.eligibility.docket(of).map_or(0, |docket| plan.team_minutes(of.unit, docket));
            let zone = self.world.frames[self.month].spots[unit].zone;
            book.unfilled(self.month, (zone, self.town(of.unit)), minutes as i64);
        }
    }

    /// Index of the town of a unit of the pool, which all have one.
    fn town(&self, unit: &Unit) -> usize {
        unit.town.as_deref().and_then(|town| self.world.ground.town(town)).unwrap_or(0)
    }

    /// The visit to a unit by its team.
    fn item(&self, plan: &Plan<'_>, (candidate, unit): (usize, usize), team: &[u32]) -> Item {
        let (ground, month) = (self.world.ground, &self.world.ground.months[self.month]);
        let rules = &ground.scenario.visits;
        let of = &plan.eligibility.candidates[candidate];
        let docket = plan.eligibility.docket(of).expect("a drawn unit has a docket");
        let [length, given, days, lead, assistant, ..] =
            self.chance.words(&format!("visit {} {}", self.month, of.unit.id));
        let percent = u64::from(triangular(rules.length, length));
        let (mut crew, mut minutes) = ([NOBODY; MAX_TEAM], [0; MAX_TEAM]);
        for (slot, (rank, planned)) in team.iter().zip(plan.minutes(of.unit, docket)).enumerate() {
            crew[slot] = *rank;
            minutes[slot] = (u64::from(planned) * percent).div_ceil(100) as u32;
        }
        Item {
            kind: DRAWN,
            zone: self.world.frames[self.month].spots[unit].zone,
            town: self.town(of.unit),
            came: month.days.start,
            due: month.days.end - 1,
            crew,
            minutes,
            slots: team.len(),
            urgent: false,
            daily: None,
            notice: notice(self.world, rules.notices, [given, days, lead, assistant]),
            is_late: false,
        }
    }

    /// Writes down that a unit was drawn.
    fn note(&self, book: &mut Book, unit: usize, item: &Item, unplaced: bool) {
        book.zones[self.month][item.zone].unplaced += i64::from(unplaced);
        if let Some(first) = book.first_visit.get_mut(unit) {
            first.get_or_insert(self.month);
            let years = self.world.ground.months.len() / 12;
            let visits = &mut book.visits[unit * years + self.month / 12];
            *visits = visits.saturating_add(1);
        }
    }
}
