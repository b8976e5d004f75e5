//! One random draw: made by the program's own stages, closed in one of the ways a
//! draw may be closed, and shown as far as it has come.

use super::chance::Random;
use super::district::late::Office;
use super::district::voided::{self, Last};
use super::district::{Before, Chance, District, Draw, december, moment};
use super::events::{self, Chosen};
use super::features;
use super::lies;
use super::register::register;
use super::rules::Rules;
use std::collections::{BTreeMap, BTreeSet};
use yaohao::digest::{Digest, SaltKey};
use yaohao::draw::{Committed, Plan, Setting, commit, odds};
use yaohao::eligibility::History;
use yaohao::policy::Policy;
use yaohao::record::{self, CarriedLine, DocketLine, Link, Mode, Table, Void, VoidReason};
use yaohao::seed::{Nonce, point_commitment};
use yaohao::verify::Folder;

/// A folder, what its verifier knows from elsewhere, and what it has to show.
#[derive(Debug, Clone, Default)]
pub struct Made {
    pub folder: Folder,
    pub commitment: Option<Digest>,
    pub predecessor: Option<Vec<u8>>,
    pub verifier: Option<BTreeMap<String, Vec<u8>>>,
    pub features: BTreeSet<&'static str>,
}

const LIE: &str = "a lie in the commitment";

/// Draw `number`; where people are too few for what is drawn, another one instead.
pub fn make(number: u64) -> Made {
    let mut attempts =
        (0..).filter_map(|attempt| attempt_at(Random::new("draw", number * 1000 + attempt), number));
    attempts.next().expect("some draw can be staffed")
}

fn attempt_at(mut random: Random, number: u64) -> Option<Made> {
    let random = &mut random;
    let chosen = events::choose(random);
    let mut rules = Rules::new(random, chosen.rules.clone());
    let register = register(random, &rules);
    let mut district = district(&rules, register, &chosen);
    let mut made = Made::default();
    if random.one_in(6) {
        let first = Making { district: &district, chance: Chance::number(number + 20_000), chosen: &chosen };
        let closed = first.honest(random)?;
        let closed = first.close(random, &closed, &mut Made::default());
        let before = follow(&closed)?;
        made.features = BTreeSet::from(["after another draw"]);
        made.features.extend(before.carried.as_ref().map(|_| "carried over"));
        made.predecessor = random.below(5).gt(&0).then(|| closing(&closed).expect("a closed draw").to_vec());
        if random.one_in(4) {
            rules.sm3 = !rules.sm3;
            made.features.insert("after a draw of the other suite");
        }
        let register = district.register.clone();
        district = self::district(&rules, register, &chosen);
        let closing = district.policy.suite.digest(&[closing(&closed).expect("a closed draw")]);
        district.before = Some(Before { closing, ..before });
    } else if random.one_in(30) {
        made.predecessor = Some(b"yaohao/void/v1\ndraw example/2025/001\n".to_vec());
    }
    verifiers(random, &mut district, &mut made);
    let making = Making { district: &district, chance: Chance::number(number), chosen: &chosen };
    let draw = match random.one_in(7) {
        true => making.after_a_lie(random, &mut made)?,
        false => making.honest(random)?,
    };
    if draw.drawing.drawn.lines.is_empty() && random.below(6) > 0 {
        return None;
    }
    features::count(&rules, &district, &draw, &mut made.features);
    if random.below(3) > 0 {
        let id = draw.committed.commit.id();
        made.commitment = Some(if random.one_in(20) { Digest([3; 32]) } else { id });
    }
    made.folder = making.close(random, &draw, &mut made);
    Some(made)
}

fn district(rules: &Rules, register: yaohao::register::Register, chosen: &Chosen) -> District {
    let policy_text = rules.to_string();
    let policy = Policy::read("policy.toml", &policy_text)
        .unwrap_or_else(|problem| panic!("{policy_text}\n{problem:?}"));
    District {
        policy,
        policy_text,
        register,
        history: History::default(),
        window: december(),
        odds_instead: None,
        events: Some(chosen.events.clone()),
        log: None,
        before: None,
        verifiers: Vec::new(),
        forge: None,
    }
}

/// The closing document of a folder.
fn closing(folder: &Folder) -> Option<&[u8]> {
    folder.get(record::VOID).or_else(|| folder.get(record::RECORD))
}

/// What the next draw takes over from a closed one.
fn follow(folder: &Folder) -> Option<Before> {
    let closing = Digest::of(&[closing(folder)?]);
    let carried: Option<Vec<CarriedLine>> = voided::lines(folder);
    Some(Before { next: "example/2026/002", closing, carried })
}

/// Now and then the office publishes files for verifying.
fn verifiers(random: &mut Random, district: &mut District, made: &mut Made) {
    if !random.one_in(8) {
        return;
    }
    let mut files: BTreeMap<String, Vec<u8>> =
        [("verify.py", "print(1)\n"), ("yaohao-1.bin", "\0")].map(|(n, b)| (n.to_owned(), b.into())).into();
    district.verifiers = files.iter().map(|(name, bytes)| (name.clone(), Digest::of(&[bytes]))).collect();
    match random.below(5) {
        0 => drop(files.remove("verify.py")),
        1 => drop(files.insert("verify.py".to_owned(), b"print(2)\n".to_vec())),
        2 => drop(files.insert("other".to_owned(), Vec::new())),
        _ => {}
    }
    made.verifier = (!random.one_in(6)).then_some(files);
    made.features.insert("verifier");
}

/// An office about to draw.
struct Making<'a> {
    district: &'a District,
    chance: Chance,
    chosen: &'a Chosen,
}

impl<'a> Making<'a> {
    fn honest(&self, random: &mut Random) -> Option<Draw<'a>> {
        let plan = self.district.plan();
        let committed = self.commit(&plan, random);
        self.finish(self.district, plan, committed)
    }

    /// A commitment that is a lie, and an honest draw on it.
    fn after_a_lie(&self, random: &mut Random, made: &mut Made) -> Option<Draw<'a>> {
        let plan = self.district.plan();
        let mut committed = self.commit(&plan, random);
        let mut published = self.district.clone();
        lies::tell(random, &mut committed, &mut published.policy_text);
        made.features.insert(LIE);
        self.finish(&published, plan, committed)
    }

    fn nonces(&self) -> Vec<(String, Nonce)> {
        let archive = Nonce::new(Digest::of(&[b"archive", &self.chance.salts]).0);
        let nonces = [self.chance.office(&self.district.policy), self.chance.witness.clone(), archive];
        self.district.policy.parties.iter().cloned().zip(nonces).collect()
    }

    fn commit(&self, plan: &Plan<'_>, random: &mut Random) -> Committed {
        let (district, policy) = (self.district, &self.district.policy);
        let number = district.before.as_ref().map_or("example/2026/001", |before| before.next);
        let (draw, suite): (yaohao::ids::DrawId, _) = (number.parse().expect("a draw"), policy.suite);
        let escrow = self.chance.escrow(policy).map(|(escrow, _)| escrow);
        let commitment = |(place, (party, nonce)): (usize, (String, Nonce))| {
            let commitment = match &escrow {
                Some(escrow) if place == 0 => point_commitment(suite, &draw, &party, &escrow.points[0]),
                _ => nonce.commitment(suite, &draw, &party),
            };
            (party, commitment)
        };
        let parties = self.nonces().into_iter().enumerate().map(commitment).collect();
        let measured = policy.odds.filter(|_| plan.total() > 0).map(|rule| {
            let draws = u64::from(rule.dry_draws);
            odds::odds(plan, draws, Some(rule.largest), &|_| {}).public(plan).text()
        });
        // Few days make a month tight.
        let mut days = district.working_days();
        random.shuffle(&mut days);
        days.truncate(if random.one_in(4) { 23 } else { random.within(1, 4) });
        days.sort();
        let setting = Setting {
            days: &days,
            odds: measured.as_deref(),
            previous: district.before.as_ref().map(|before| before.closing),
            software: random.pick(&["yaohao test", "x", "程序  2"]),
            committed: self.chosen.events.committed,
            policy: district.policy_text.as_bytes(),
            log: None,
            beacons: self.chosen.events.beacons.clone(),
            parties,
            chains: if random.one_in(4) { Vec::new() } else { vec![self.chance.chain(suite, &draw)] },
            escrow: escrow.clone(),
            verifiers: district.verifiers.clone(),
            draw: draw.clone(),
        };
        commit(plan, &setting, &SaltKey::new(suite, &self.chance.salts))
    }

    fn finish(&self, published: &District, plan: Plan<'a>, committed: Committed) -> Option<Draw<'a>> {
        let outcomes = self.chosen.outcomes.clone();
        published.finish(plan, committed, &self.chance.salts, (outcomes, self.nonces()))
    }

    /// Gives the draw up, changes people, or shows it before it is finished.
    fn close(&self, random: &mut Random, draw: &Draw<'_>, made: &mut Made) -> Folder {
        let commit = &draw.committed.commit;
        let (sealed, outside) = (commit.mode == Mode::Sealed, commit.has_external_beacon());
        let lied = made.features.contains(LIE);
        if !lied && random.one_in(5) {
            made.features.insert("void");
            let folder = self.give_up(random, draw, outside);
            if folder.get(record::VOIDED).is_some() {
                made.features.insert("void hands on");
            }
            return folder;
        }
        let mut folder = draw.folder.clone();
        if !lied && !commit.chains.is_empty() && random.one_in(3) {
            folder = self.change_people(random, draw, made);
        }
        if sealed && random.one_in(3) {
            made.features.insert("not yet opened");
            shut(&mut folder);
        } else if random.one_in(12) {
            made.features.insert("not yet recorded");
            let mut gone = vec![record::RECORD, record::RECORD_SUMS, record::SEALED_RESULT];
            let steps = [record::BEACON, record::REVEAL, record::CEREMONY];
            gone.extend(&steps[..random.below(4)]);
            gone.iter().for_each(|name| drop(folder.0.remove(*name)));
            folder.0.retain(|name, _| !name.starts_with("replace"));
            shut(&mut folder);
        }
        folder
    }

    fn give_up(&self, random: &mut Random, draw: &Draw<'_>, outside: bool) -> Folder {
        let mut draw = clone(draw);
        draw.folder.0.remove(record::SEALED_RESULT);
        draw.folder.0.remove(record::BEACON);
        let any = VoidReason::ALL;
        match random.below(4) {
            0 => voided::voided(&draw, &self.chance, Last::Commit, any[random.below(any.len())]),
            1 => voided::voided(&draw, &self.chance, Last::Ceremony, VoidReason::Party),
            _ if outside => {
                let at = moment("2026-11-24T03:00:00Z");
                let link = Link { draw: draw.committed.commit.draw.clone(), after: Digest([0; 32]), at };
                let void = Void { link, reason: VoidReason::Beacon, nonce: None, drawn: None };
                let carried = draw.folder.get(record::CARRIED);
                let lines = carried.map(|bytes| Table::read(bytes).expect("a table").lines);
                let mut folder = draw.folder;
                let closing = [record::RECORD, record::RECORD_SUMS, record::OPEN, record::OPEN_SUMS];
                record::RESULT.iter().chain(&closing).for_each(|name| drop(folder.0.remove(*name)));
                voided::put(&mut folder, void, lines);
                folder
            }
            _ => {
                let chance =
                    Chance { office: self.chance.office(&self.district.policy), ..self.chance.clone() };
                voided::voided(&draw, &chance, Last::Reveal, any[random.below(any.len())])
            }
        }
    }

    /// One to three late changes of people whose rows leave nothing to the seed.
    fn change_people(&self, random: &mut Random, draw: &Draw<'_>, made: &mut Made) -> Folder {
        let mut office = Office::new(draw.folder.clone(), &self.chance, draw.seed);
        let dockets = &draw.drawing.dockets.lines;
        for _ in 0..random.within(1, 3) {
            let plain = |line: &&DocketLine| {
                let people = &line.people;
                people.away.is_empty() && people.apart.is_empty() && people.again.is_empty()
            };
            let mut units: Vec<&DocketLine> = dockets.iter().filter(plain).collect();
            random.shuffle(&mut units);
            let seats = units.iter().flat_map(|line| {
                let members = office.teams[&line.unit].members.iter().enumerate();
                members.map(|(slot, (_, name))| (line.unit.clone(), slot, name.clone()))
            });
            let seats: Vec<(String, usize, String)> = seats.collect();
            let fits = |(unit, slot, _): &&(String, usize, String)| {
                !office.offers(unit, *slot, Digest([0; 32])).is_empty()
            };
            let Some((unit, _, absent)) = seats.iter().find(fits) else { break };
            made.features.insert("late change");
            let request = office.ask(unit, absent);
            if random.one_in(6) {
                made.features.insert("late change not answered");
                break;
            }
            office.answer(&request);
        }
        office.folder
    }
}

/// A second handle on the same values.
fn clone<'a>(draw: &Draw<'a>) -> Draw<'a> {
    Draw {
        plan: draw.plan.clone(),
        committed: draw.committed.clone(),
        drawing: draw.drawing.clone(),
        seed: draw.seed,
        folder: draw.folder.clone(),
    }
}

/// Takes away what only the opening publishes, and in an open draw the result.
fn shut(folder: &mut Folder) {
    [record::OPEN, record::OPEN_SUMS]
        .iter()
        .chain(&record::RESULT)
        .for_each(|name| drop(folder.0.remove(*name)));
    folder.0.retain(|name, _| !(name.starts_with("replace") && name.ends_with(".txt")));
}
