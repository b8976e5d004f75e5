//! Odds: against enumeration, against each other, and the cap that a policy puts on them.
#![allow(clippy::float_arithmetic, reason = "statistics, not a draw")]

#[path = "odds/command.rs"]
mod command;
mod district;
mod terminal;

use district::District;
use district::small::{small, unit_id};
use std::collections::{BTreeMap, BTreeSet};
use yaohao::digest::Digest;
use yaohao::draw::odds::{Cause, FEWEST, KindOdds, Odds, odds};
use yaohao::draw::{Estimate, Plan, entropy, log2};
use yaohao::eligibility::Bar;
use yaohao::policy::Role;
use yaohao::register::{Class, Inspector, Recusal, Subject};
use yaohao::stream::Stream;
use yaohao::time::Period;

fn measure(plan: &Plan<'_>, draws: u64) -> Odds {
    odds(plan, draws, None, &|_| {})
}

// ---- the arithmetic ----------------------------------------------------------------

#[test]
fn integer_logarithms_are_right() {
    let mut stream = Stream::new(Digest::of(&[b"log2"]));
    let numbers = (1..2_000).chain((0..2_000).map(|_| 1 + stream.word() % (1 << 50)));
    for n in numbers {
        let found = log2(n) as f64 / (1_u64 << 40) as f64;
        let error = (n as f64).log2() - found;
        assert!((-1e-12..2e-12).contains(&error), "log2 {n} is off by {error}");
    }
    for power in 0..64 {
        assert_eq!(log2(1 << power), power << 40);
    }
}

#[test]
fn entropies_are_those_of_the_shares_within_a_thousandth() {
    let mut stream = Stream::new(Digest::of(&[b"entropy"]));
    for _ in 0..2_000 {
        let counts: Vec<u64> = (0..1 + stream.below(20)).map(|_| stream.below(300)).collect();
        let total: u64 = counts.iter().sum();
        if total == 0 {
            continue;
        }
        let shares = counts.iter().filter(|n| **n > 0).map(|n| *n as f64 / total as f64);
        let exact: f64 = shares.map(|p| -p * p.log2()).sum();
        let found = entropy(counts.iter().copied(), counts.len());
        assert!((found.millibits as f64 - 1_000.0 * exact).abs() < 0.6, "{counts:?}: {found:?}");
    }
    assert_eq!(entropy([50, 50, 50, 50].into_iter(), 4).millibits, 2_000);
    assert_eq!(entropy([70].into_iter(), 1).millibits, 0);
    assert_eq!(entropy([0, 0].into_iter(), 2).millibits, 0);
}

#[test]
fn shares_come_with_their_error() {
    assert_eq!(Estimate { hits: 76, of: 200 }.percent(), "38.00% ± 3.41%");
    assert_eq!(Estimate { hits: 0, of: 1_000 }.percent(), "0.00% ± 0.10%");
    assert_eq!(Estimate { hits: 1, of: 3 }.ten_thousandths(), 3_333);
    assert_eq!(Estimate::default().ten_thousandths(), 0);
}

// ---- against enumeration -----------------------------------------------------------

/// Four units that are all drawn, five inspectors of whom three may lead, and
/// recusals by chance: small enough to go through every pairing.
fn tiny(number: u64) -> District {
    let mut district = small(|policy| policy.replace("quota = 6", "quota = 4"));
    let mut units = 0;
    district.register.units.retain(|unit| {
        let mine = unit.class.key() == "general" && unit.town.as_deref() == Some("500112011");
        units += usize::from(mine);
        mine && units <= 4
    });
    district.register.inspectors.retain(|inspector| inspector.zone == "z1");
    let mut stream = Stream::new(Digest::of(&[b"tiny", &number.to_be_bytes()]));
    district.register.recusals.clear();
    for unit in &district.register.units {
        for inspector in &district.register.inspectors {
            if stream.below(4) == 0 {
                district.register.recusals.push(Recusal {
                    certificate: inspector.certificate.clone(),
                    subject: Subject::Unit(unit.id.clone()),
                    period: Period { from: None, until: None },
                    reason: "试".to_owned(),
                });
            }
        }
    }
    district
}

/// For every (unit, inspector), in how many of all most-even lawful pairings they meet.
struct Enumerated {
    pairings: u64,
    met: BTreeMap<(usize, u32), u64>,
}

fn enumerate(odds: &Odds) -> Enumerated {
    let mut units: Vec<(usize, Vec<[u32; 2]>)> = Vec::new();
    for kind in &odds.kinds {
        for member in &kind.members {
            let leads = kind.slots[0].iter();
            let teams = leads.flat_map(|lead| kind.slots[1].iter().map(move |other| [*lead, *other]));
            units.push((*member, teams.filter(|team| team[0] != team[1]).collect()));
        }
    }
    let mut least = u32::MAX;
    let mut all = Enumerated { pairings: 0, met: BTreeMap::new() };
    let mut choice = vec![0; units.len()];
    loop {
        let teams: Option<Vec<[u32; 2]>> =
            units.iter().zip(&choice).map(|((_, teams), at)| teams.get(*at).copied()).collect();
        let Some(teams) = teams else { return all };
        let mut loads = [0_u32; 8];
        teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
        let squares = loads.iter().map(|load| load * load).sum();
        if squares < least {
            least = squares;
            all = Enumerated { pairings: 0, met: BTreeMap::new() };
        }
        if squares == least {
            all.pairings += 1;
            for ((unit, _), team) in units.iter().zip(&teams) {
                team.iter().for_each(|rank| *all.met.entry((*unit, *rank)).or_default() += 1);
            }
        }
        // The next choice, like an odometer.
        let Some(place) = (0..units.len()).rev().find(|unit| choice[*unit] + 1 < units[*unit].1.len()) else {
            return all;
        };
        choice[place] += 1;
        choice[place + 1..].fill(0);
    }
}

/// The method is near a uniform choice among all most-even lawful pairings, but
/// not the same. Over these instances: no pair is possible in one and impossible
/// in the other; single shares differ by up to 0.24; and the largest share of an
/// instance is at most 1.17 times that of the uniform choice.
#[test]
fn odds_are_near_those_of_all_most_even_pairings() {
    let (mut instances, mut farthest, mut worst) = (0, 0.0_f64, 0.0_f64);
    for number in 0..24 {
        let district = tiny(number);
        let plan = district.plan();
        let odds = measure(&plan, 2_000);
        if odds.unstaffed > 0 {
            continue;
        }
        instances += 1;
        let all = enumerate(&odds);
        let uniform = |unit: usize, who: u32| {
            all.met.get(&(unit, who)).copied().unwrap_or(0) as f64 / all.pairings as f64
        };
        let mut largest = (0.0_f64, 0.0_f64);
        for kind in &odds.kinds {
            for who in kind.people() {
                let met = kind.met(who);
                let (measured, expected) = (met.hits as f64 / met.of as f64, uniform(kind.members[0], who));
                assert_eq!(met.hits > 0, expected > 0.0, "instance {number}: {met:?} against {expected}");
                farthest = farthest.max((measured - expected).abs());
                largest = (largest.0.max(measured), largest.1.max(expected));
            }
            let (bound, met) = (kind.bound().0, kind.largest().expect("seen").1);
            assert!(met.hits * bound.people >= bound.slots * met.of, "no method is below the bound");
        }
        worst = worst.max(largest.0 / largest.1);
    }
    println!("{instances} instances: farthest {farthest:.3}, worst ratio {worst:.3}");
    assert!(instances >= 10, "{instances}");
    assert!(farthest < 0.25 && worst < 1.2, "farthest {farthest:.3}, worst ratio {worst:.3}");
}

// ---- dry draws ---------------------------------------------------------------------

#[test]
fn dry_draws_are_reproducible_on_any_number_of_threads() {
    let district = small(str::to_owned);
    let plan = district.plan();
    let expected = measure(&plan, 200);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert_eq!(one.install(|| measure(&plan, 200)), expected);
    // Another register is another question, with other seeds.
    let mut other = district.clone();
    other.register.recusals.pop();
    assert_ne!(measure(&other.plan(), 1).instance, expected.instance);
}

/// A kind that is measured by forced draws only has the odds that it has in free
/// draws: the statistic of 5 standard errors holds for all pairs of the district.
#[test]
fn forced_draws_have_the_odds_of_free_ones() {
    let district = small(str::to_owned);
    let plan = district.plan();
    let free = measure(&plan, 6_000);
    // One free draw sees few kinds; a cap of nothing forces all others, 200 times each.
    let forced = odds(&plan, 1, Some("0/1".parse().expect("a fraction")), &|_| {});
    assert!(forced.forced > 200);
    let mut compared = 0;
    for (a, b) in free.kinds.iter().zip(&forced.kinds) {
        assert!(a.samples >= FEWEST && b.samples >= FEWEST && !a.is_uncertain());
        for who in a.people() {
            let (a, b) = (a.met(who), b.met(who));
            let apart = a.ten_thousandths().abs_diff(b.ten_thousandths());
            assert!(apart < 5 * (a.error() + b.error()), "{a:?} against {b:?}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

// ---- why -----------------------------------------------------------------------------

/// The small district whose general units are visited with the police and an expert.
fn joint(exchange: &str) -> District {
    let team = format!(
        "rotate = \"hard\"\n{exchange}\n[team.departments]\npolice = \"公安分局\"\n\
         [[team.shape]]\nitems = [\"XF02\"]\nslots = [\"lead\", \"assistant\", \"police\", \"expert\"]"
    );
    let mut district = small(|policy| {
        let policy = policy.replace("items = [\"XF01\"]", "items = [\"XF01\", \"XF02\"]");
        let policy = policy.replace("XF01 = \"announced\"", "XF01 = \"announced\"\nXF02 = \"announced\"");
        policy.replace("rotate = \"hard\"", &team)
    });
    let register = &mut district.register;
    let mut item = register.items[0].clone();
    item.code = "XF02".to_owned();
    item.classes = BTreeSet::from([Class::General]);
    register.items.push(item);
    for (number, department) in [(20, "公安分局"), (21, "公安分局"), (22, "专家库"), (23, "专家库")]
    {
        let (certificate, department) = (format!("SL{number:04}"), department.to_owned());
        let base = register.inspectors[number % 2].clone();
        register.inspectors.push(Inspector {
            certificate,
            department,
            expert: number > 21,
            lead: false,
            ..base
        });
    }
    district
}

fn kind_of<'a>(plan: &Plan<'_>, odds: &'a Odds, number: usize) -> &'a KindOdds {
    let is_it = |member: &usize| plan.eligibility.candidates[*member].unit.id == unit_id(number);
    odds.kinds.iter().find(|kind| kind.members.iter().any(is_it)).expect("it can be drawn")
}

/// Of the whole register everybody is left, or kept away by one rule; and nobody by
/// being of another zone where visits are exchanged.
#[test]
fn the_people_left_and_those_kept_away_are_the_register() {
    let exchange = "exchange = \"1/4\"";
    let with = |line: &str| small(|policy| policy.replace("zones = \"home\"", line));
    let mut roles = BTreeSet::new();
    for (district, zones_bind) in [
        (with("zones = \"home\""), true),
        (with("zones = \"any\""), false),
        (with(&format!("zones = \"home\"\n{exchange}")), false),
        (joint(""), true),
        (joint(exchange), false),
    ] {
        let plan = district.plan();
        for kind in &measure(&plan, 1).kinds {
            let cause = Cause::of(&plan, kind);
            let away: usize = cause.bars.iter().map(|(_, people)| people).sum();
            assert_eq!(cause.bound.people as usize + away, district.register.inspectors.len(), "{cause:?}");
            assert!(cause.bars.iter().all(|(bar, _)| *bar != Bar::Exchange), "{cause:?}");
            let barred_by_zone = cause.bars.iter().any(|(bar, _)| *bar == Bar::Zone);
            assert_eq!(barred_by_zone, zones_bind && cause.roles.iter().all(Role::is_own), "{cause:?}");
            roles.insert(cause.roles);
        }
    }
    assert!(roles.len() > 2, "{roles:?}");
}

/// Unit 3 is of the second zone and of the group for which the first inspector, of the
/// first zone, is recused.
#[test]
fn an_exchanged_visit_takes_nobody_away_for_the_zone() {
    for (exchange, people, bars) in
        [("", 5, vec![(Bar::Zone, 5)]), ("exchange = \"1/4\"", 9, vec![(Bar::Recusal, 1)])]
    {
        let district = small(|policy| policy.replace("rotate =", &format!("{exchange}\nrotate =")));
        let plan = district.plan();
        let odds = measure(&plan, 1);
        let cause = Cause::of(&plan, kind_of(&plan, &odds, 3));
        assert_eq!((cause.bound.people, cause.bars), (people, bars), "{exchange}");
    }
}

#[test]
fn what_no_draw_could_staff_has_no_odds_and_hides_no_others() {
    let mut district = small(str::to_owned);
    district.register.inspectors.iter_mut().filter(|i| i.zone == "z1").for_each(|i| i.lead = false);
    let plan = district.plan();
    let odds = measure(&plan, 20);
    let never = odds.never_staffed();
    assert!(!never.is_empty() && never.iter().all(|kind| kind.largest().is_none()));
    // Whole draws fail for want of the first zone; the second is measured all the same.
    let (_, _, met) = odds.largest().expect("the second zone is staffed");
    assert!(met.of >= FEWEST && met.hits > 0, "{met:?}");
    assert!(odds.entropy().0 > 0);
    let ranked = odds.ranked(Some("0/1".parse().expect("a fraction")));
    assert_eq!(ranked.len() + never.len(), odds.kinds.len());
}
