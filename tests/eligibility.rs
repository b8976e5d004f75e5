//! Who is in the pool and who may visit whom: every rule alone, every rule in
//! its order, and all of them against a plain list of the rules.

#[path = "eligibility/office.rs"]
mod office;
#[path = "eligibility/oracle.rs"]
mod oracle;

use office::{Office, date, inspector, item, period, unit, unit_id};
use std::collections::{BTreeMap, BTreeSet};
use yaohao::eligibility::{
    Bar, Candidate, Docket, Dockets, Exclusion, History, Past, Reach, Standing, Unfit, judge,
};
use yaohao::policy::{Role, Rotation};
use yaohao::register::{Class, Credit, Post, Scope, Status, Subject, canonical};
use yaohao::stream::Stream;
use yaohao::time::Period;

// ---- exclusions --------------------------------------------------------------------

/// Does one thing to the office that keeps its unit out of the pool.
type Change = fn(&mut Office);

/// Every reason with something that brings it about, in the order of the reasons.
const REASONS: [(Exclusion, Change); 9] = [
    (Exclusion::Inactive, |o| o.unit().status = Status::Closed),
    (Exclusion::NotInEffect, |o| o.unit().period = period("2026-12-02", "")),
    (Exclusion::TownUnknown, |o| o.unit().town = None),
    (Exclusion::OtherArea, |o| o.unit().town = Some("500109001".to_owned())),
    (Exclusion::Listed, |o| o.list(&unit_id(0))),
    (Exclusion::NoItem, |o| o.register.items[0].classes = BTreeSet::from([Class::Small])),
    (Exclusion::NoStratum, |o| o.policy.strata[0].classes = BTreeSet::from([Class::General])),
    (Exclusion::Cooldown, |o| o.unit().last_inspection = Some(date("2026-11-30"))),
    (Exclusion::YearlyCap, |o| o.unit().visits_this_year = 2),
];

#[test]
fn every_reason_fires_alone() {
    assert_eq!(REASONS.map(|(reason, _)| reason), Exclusion::ALL, "a case for every reason");
    assert_eq!(Office::new().standing(0), Ok("key/z1".to_owned()), "nothing keeps it out");
    for (reason, change) in REASONS {
        let mut office = Office::new();
        change(&mut office);
        assert_eq!(office.standing(0), Err(reason));
    }
}

#[test]
fn the_first_reason_in_the_order_is_the_one_told() {
    for (first, (reason, earlier)) in REASONS.iter().enumerate() {
        for (later_reason, later) in &REASONS[first + 1..] {
            let mut office = Office::new();
            later(&mut office);
            earlier(&mut office);
            assert_eq!(office.standing(0), Err(*reason), "before {later_reason:?}");
        }
    }
    // All that can hold at once (a town cannot be unknown and elsewhere).
    let mut office = Office::new();
    REASONS.iter().rev().for_each(|(_, change)| change(&mut office));
    office.unit().town = None;
    assert_eq!(office.standing(0), Err(Exclusion::Inactive));
}

#[test]
fn only_units_in_business_are_in_the_pool() {
    for status in Status::ALL {
        let mut office = Office::new();
        office.unit().status = *status;
        let expected =
            if *status == Status::Active { Ok("key/z1".to_owned()) } else { Err(Exclusion::Inactive) };
        assert_eq!(office.standing(0), expected, "{status:?}");
    }
}

#[test]
fn the_version_in_effect_on_the_first_day_is_judged() {
    let mut office = Office::new();
    let mut moved = unit(0);
    office.unit().period = period("", "2026-11-30");
    moved.period = period("2026-12-01", "");
    moved.town = Some("500112133".to_owned());
    moved.class = Class::KeyCrowd;
    office.register.units.insert(1, moved);
    assert_eq!(office.standing(0), Ok("key/z2".to_owned()), "the second version");
    office.window = office::window("2026-11-30", "2026-12-30");
    assert_eq!(office.standing(0), Ok("key/z1".to_owned()), "still the first, though it ends on the day");

    // None in effect: the latest speaks, and says so; the unit is there once.
    office.window = office::window("2026-12-01", "2026-12-31");
    office.register.units[1].period = period("2027-01-01", "");
    assert_eq!(office.standing(0), Err(Exclusion::NotInEffect));
    assert_eq!(office.judge(|e| e.candidates.len()), 1);
    office.register.units[1].status = Status::MovedOut;
    assert_eq!(office.standing(0), Err(Exclusion::Inactive), "the status is that of the latest version");
}

#[test]
fn a_town_counts_on_the_days_on_which_it_belongs_to_the_office() {
    let mut office = Office::new();
    let mut standing = |from: &str, until: &str| {
        office.policy.towns[0].period = period(from, until);
        office.standing(0)
    };
    assert_eq!(standing("", "2026-12-01"), Ok("key/z1".to_owned()), "still there on the first day");
    assert_eq!(standing("", "2026-11-30"), Err(Exclusion::OtherArea));
    assert_eq!(standing("2026-12-01", ""), Ok("key/z1".to_owned()));
    assert_eq!(standing("2026-12-02", ""), Err(Exclusion::OtherArea), "later in the window is too late");
}

#[test]
fn a_cooldown_ends_on_the_same_day_of_the_month() {
    let mut office = Office::new();
    let mut standing = |last: &str, months: u32| {
        office.policy.strata[0].cooldown_months = months;
        office.unit().last_inspection = Some(date(last));
        office.standing(0).err()
    };
    assert_eq!(standing("2026-09-01", 3), None, "three months to the day");
    assert_eq!(standing("2026-09-02", 3), Some(Exclusion::Cooldown), "a day short");
    assert_eq!(standing("2026-11-30", 0), None, "no cooldown");
    assert_eq!(standing("2026-12-01", 0), None);
    assert_eq!(standing("2026-11-01", 1), None);
    assert_eq!(standing("1999-01-01", u32::MAX), Some(Exclusion::Cooldown), "for ever");
    // The last day of a short month ends it, too.
    office.window = office::window("2027-02-28", "2027-03-27");
    office.policy.strata[0].cooldown_months = 3;
    office.unit().last_inspection = Some(date("2026-11-30"));
    assert_eq!(office.standing(0).err(), None);
}

#[test]
fn the_yearly_cap_is_reached_by_as_many_visits() {
    let mut office = Office::new();
    let mut standing = |visits: u32, cap: u32| {
        office.policy.strata[0].yearly_at_most = cap;
        office.unit().visits_this_year = visits;
        office.standing(0).err()
    };
    assert_eq!((standing(1, 2), standing(2, 2)), (None, Some(Exclusion::YearlyCap)));
    assert_eq!(standing(0, 0), Some(Exclusion::YearlyCap), "a cap of none");
}

// ---- strata ------------------------------------------------------------------------

#[test]
fn a_unit_goes_to_the_first_stratum_that_takes_it() {
    let mut office = Office::new();
    let mut narrow = office.policy.strata[0].clone();
    narrow.id = "hotels".to_owned();
    narrow.tags = ["hotel".to_owned(), "tower".to_owned()].into();
    narrow.credit = BTreeSet::from([None, Some(Credit::D)]);
    office.policy.strata.insert(0, narrow);
    let mut standing = |tags: &[&str], credit: Option<Credit>| {
        office.unit().tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        office.unit().credit = credit;
        office.standing(0)
    };
    assert_eq!(standing(&["hotel"], Some(Credit::D)), Ok("hotels/z1".to_owned()));
    assert_eq!(standing(&["tower", "shop"], None), Ok("hotels/z1".to_owned()), "one tag is enough");
    assert_eq!(standing(&["shop"], Some(Credit::D)), Ok("key/z1".to_owned()));
    assert_eq!(standing(&[], None), Ok("key/z1".to_owned()));
    assert_eq!(standing(&["hotel"], Some(Credit::C)), Ok("key/z1".to_owned()));
}

#[test]
fn strata_are_in_byte_order_of_their_labels() {
    let mut office = Office::new();
    // `key-b/z1` comes before `key/z1`: the hyphen is before the slash.
    let mut other = office.policy.strata[0].clone();
    other.id = "key-b".to_owned();
    other.classes = BTreeSet::from([Class::General]);
    let mut whole = other.clone();
    whole.id = "all-small".to_owned();
    whole.by_zone = false;
    whole.classes = BTreeSet::from([Class::Small]);
    office.policy.strata.extend([other, whole]);
    for (n, class) in
        [Class::Key, Class::General, Class::General, Class::Small, Class::Small].iter().enumerate()
    {
        let mut unit = unit(n);
        unit.class = *class;
        unit.town = Some(["500112011", "500112133"][n % 2].to_owned());
        office.register.units.truncate(n);
        office.register.units.push(unit);
    }
    office.judge(|eligibility| {
        let strata: Vec<(&str, u64)> =
            eligibility.strata.iter().map(|s| (s.label.as_str(), s.pool)).collect();
        assert_eq!(strata, [("all-small", 2), ("key-b/z1", 1), ("key-b/z2", 1), ("key/z1", 1)]);
        assert_eq!(eligibility.strata[0].zone, None);
        let rules: Vec<&str> =
            eligibility.strata.iter().map(|s| office.policy.strata[s.rule].id.as_str()).collect();
        assert_eq!(rules, ["all-small", "key-b", "key-b", "key"]);
    });
}

// ---- history -----------------------------------------------------------------------

#[test]
fn the_later_visit_and_the_larger_count_are_believed() {
    let team = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let mut listed = unit(0);
    listed.last_inspection = Some(date("2026-08-15"));
    listed.last_team = team(&["C01", "C02"]);
    listed.visits_this_year = 2;
    assert_eq!(History::default().of(&listed).team, team(&["C01", "C02"]), "the register alone");

    let mut history = History::default();
    history.add(&unit_id(0), date("2026-07-31"), team(&["C03"]), true);
    let past = history.of(&listed);
    assert_eq!((past.last, past.visits_this_year), (Some(date("2026-08-15")), 2), "the register is later");
    assert_eq!(past.team, team(&["C01", "C02"]));

    history.add(&unit_id(0), date("2026-09-30"), team(&["C04"]), true);
    history.add(&unit_id(0), date("2026-10-31"), team(&["C05"]), true);
    let past = history.of(&listed);
    assert_eq!((past.last, past.visits_this_year), (Some(date("2026-10-31")), 3), "the draws know more");
    assert_eq!(past.team, team(&["C05"]));

    // Not in order, and not of this year.
    history.add(&unit_id(0), date("2025-12-31"), team(&["C06"]), false);
    assert_eq!(history.of(&listed), past, "an older visit changes nothing");
    assert_eq!(history.of(&unit(1)), Past::default(), "nor does it touch another unit");
    let mut same_day = History::default();
    same_day.add(&unit_id(0), date("2026-08-15"), team(&["C07"]), true);
    assert_eq!(same_day.of(&listed).team, team(&["C07"]), "on the same day the draw is believed");
    assert_eq!(same_day.of(&listed).visits_this_year, 2, "one visit, known twice, is no second one");
    same_day.add(&unit_id(0), date("2026-08-15"), team(&["C08"]), true);
    assert_eq!(same_day.of(&listed).team, team(&["C08"]), "of two draws the later told");
}

#[test]
fn earlier_draws_rest_cap_and_rotate() {
    let mut office = Office::new();
    office.history.add(&unit_id(0), date("2026-11-30"), ["C01".to_owned()].into(), true);
    assert_eq!(office.standing(0), Err(Exclusion::Cooldown));
    office.policy.strata[0].cooldown_months = 0;
    assert_eq!(office.bar(0, "C01", Role::Assistant), Some(Bar::Rotation));
    assert_eq!(office.bar(0, "C02", Role::Assistant), None);
    office.history.add(&unit_id(0), date("2026-06-30"), ["C02".to_owned()].into(), true);
    assert_eq!(office.standing(0), Err(Exclusion::YearlyCap));
}

// ---- inspectors --------------------------------------------------------------------

/// Every bar with something that brings it about for inspector C00 at unit 0, in
/// the order of the bars.
const BARS: [(Bar, Change); 11] = [
    (Bar::Department, |o| {
        o.policy.team.departments.insert("police".to_owned(), "公安".to_owned());
        o.inspector().department = "公安".to_owned();
    }),
    (Bar::Zone, |o| o.inspector().zone = "z2".to_owned()),
    (Bar::Post, |o| o.inspector().post = Post::Contract),
    (Bar::Certificate, |o| o.inspector().validity = period("2020-01-01", "2026-12-30")),
    (Bar::Leave, |o| o.inspector().leave = vec![period("2026-12-01", "2026-12-15")]),
    (Bar::NoCapacity, |o| o.inspector().carried_minutes = 80 * 60),
    (Bar::Scope, |o| o.inspector().scope = Scope::Only(BTreeSet::from(["XF02".to_owned()]))),
    (Bar::Recusal, |o| o.recuse("C00", Subject::Unit(unit_id(0)), Period::default())),
    (Bar::Rotation, |o| {
        o.policy.strata[0].cooldown_months = 0;
        o.unit().last_inspection = Some(date("2026-11-01"));
        o.unit().last_team = BTreeSet::from(["C00".to_owned()]);
    }),
    (Bar::Role, |o| o.inspector().lead = false),
    (Bar::Skill, |o| o.register.items[0].skill = Some("高层建筑".to_owned())),
];

#[test]
fn every_bar_fires_alone_and_keeps_the_inspector_out_of_the_docket() {
    let elsewhere = [Bar::Expert, Bar::Exchange, Bar::Apart];
    let leads: Vec<Bar> = Bar::ALL.iter().copied().filter(|bar| !elsewhere.contains(bar)).collect();
    assert_eq!(BARS.map(|(bar, _)| bar), leads[..], "a case for every bar of a lead at home");
    assert_eq!(Office::new().bar(0, "C00", Role::Lead), None);
    for (bar, change) in BARS {
        let mut office = Office::new();
        change(&mut office);
        assert_eq!(office.bar(0, "C00", Role::Lead), Some(bar));
        let leads_only = matches!(bar, Bar::Role | Bar::Skill);
        let expected = if leads_only { None } else { Some(bar) };
        assert_eq!(office.bar(0, "C00", Role::Assistant), expected, "{bar:?} as an assistant");
        let (lead, assistant) = office.docket(0);
        assert!(!lead.contains("C00"), "{bar:?}");
        assert_eq!(assistant.contains("C00"), leads_only, "{bar:?}");
        // Nobody else pays for it, unless the rule is about the unit.
        assert!(assistant.contains("C01"), "{bar:?}");
    }
}

#[test]
fn the_first_bar_in_the_order_is_the_one_told() {
    for (first, (bar, earlier)) in BARS.iter().enumerate() {
        for (later_bar, later) in &BARS[first + 1..] {
            let mut office = Office::new();
            later(&mut office);
            earlier(&mut office);
            assert_eq!(office.bar(0, "C00", Role::Lead), Some(*bar), "before {later_bar:?}");
        }
    }
}

#[test]
fn contract_clerks_and_town_helpers_are_never_one_of_the_two() {
    for post in Post::ALL {
        let mut office = Office::new();
        office.inspector().post = *post;
        let (_, assistant) = office.docket(0);
        assert_eq!(assistant.contains("C00"), *post == Post::InPost, "{post:?}");
        let unfit = office.judge(|e| e.seats[0].unfit);
        assert_eq!(unfit, if *post == Post::InPost { None } else { Some(Unfit::Post) });
    }
}

#[test]
fn certificates_must_be_valid_through_the_whole_window() {
    let mut office = Office::new();
    let mut valid = |from: &str, until: &str| {
        office.inspector().validity = period(from, until);
        office.judge(|e| e.seats[0].unfit.is_none())
    };
    assert!(valid("2026-12-01", "2026-12-31") && valid("", "") && valid("", "2026-12-31"));
    assert!(!valid("2026-12-02", "") && !valid("", "2026-12-30") && !valid("", "2020-01-01"));
}

/// The visits that fit: whole minutes of the days present, less what is carried,
/// by the longest visit the person may make; every step rounded down.
#[test]
fn hours_are_counted_exactly() {
    let mut office = Office::new();
    let mut seat = |lead: bool, hours: Option<u32>, carried: u32, leave: &[(&str, &str)]| {
        let person = office.inspector();
        person.lead = lead;
        person.capacity_minutes = hours;
        person.carried_minutes = carried;
        person.leave = leave.iter().map(|(from, until)| period(from, until)).collect();
        office.judge(|e| {
            let seat = &e.seats[0];
            (seat.minutes_left, seat.visit_minutes, seat.capacity, seat.carried, seat.unfit)
        })
    };
    assert_eq!(seat(true, None, 0, &[]), (4800, 240, 20, 0, None), "80 hours of four");
    assert_eq!(seat(false, None, 0, &[]), (4320, 180, 24, 0, None), "72 hours of three");
    assert_eq!(seat(true, Some(1000), 0, &[]), (1000, 240, 4, 0, None), "the person's own figure");
    assert_eq!(seat(true, None, 1, &[]), (4799, 240, 19, 1, None), "a minute carried is a visit less");
    assert_eq!(seat(true, None, 241, &[]), (4559, 240, 18, 2, None), "carried visits are rounded up");
    // Ten of 31 days away: ⌊4800 · 21 / 31⌋ = 3251.
    let ten = ("2026-12-05", "2026-12-14");
    assert_eq!(seat(true, None, 0, &[ten]), (3251, 240, 13, 0, None));
    assert_eq!(
        seat(true, None, 0, &[ten, ("2026-12-10", "2026-12-14")]),
        (3251, 240, 13, 0, None),
        "days count once"
    );
    assert_eq!(seat(true, None, 0, &[("2026-11-01", "2026-11-30"), ("2027-01-01", "2027-02-01")]).0, 4800);
    assert_eq!(seat(true, None, 0, &[("2026-11-01", "2026-12-01")]).0, 4800 * 30 / 31, "one day inside");
    assert_eq!(seat(true, None, 0, &[("2026-12-01", "2026-12-14")]).4, None, "fourteen days");
    assert_eq!(seat(true, None, 0, &[("2026-12-01", "2026-12-15")]).4, Some(Unfit::Leave), "fifteen");
    assert_eq!(seat(true, None, 4561, &[]), (239, 240, 0, 20, Some(Unfit::NoCapacity)));
    assert_eq!(seat(true, None, 9999, &[]).0, 0, "more carried than there is");
    assert_eq!(seat(true, Some(u32::MAX), 0, &[]).0, 31 * 24 * 60, "a month has no more minutes");
    assert_eq!(seat(true, Some(0), 0, &[]).4, Some(Unfit::NoCapacity));
}

#[test]
fn whoever_cannot_be_paired_has_no_capacity() {
    for (bar, change) in &BARS[2..6] {
        let mut office = Office::new();
        change(&mut office);
        assert_eq!(office.judge(|e| e.seats[0].capacity), 0, "{bar:?}");
    }
    // Away on every day of a short window, though fewer days than the policy's.
    let mut office = Office::new();
    office.window = office::window("2026-12-01", "2026-12-03");
    office.inspector().leave = vec![period("2026-11-20", "2026-12-10")];
    assert_eq!(office.judge(|e| e.seats[0].unfit), Some(Unfit::Leave));
}

/// Whoever may lead is counted by the longer of the two visits.
#[test]
fn a_lead_who_assists_never_runs_over() {
    let mut office = Office::new();
    office.policy.workload.visit_minutes.assistant = 300;
    assert_eq!(office.judge(|e| (e.seats[0].visit_minutes, e.seats[0].capacity)), (300, 16));
}

// ---- dockets -----------------------------------------------------------------------

#[test]
fn the_home_zone_rule_can_be_lifted() {
    let mut office = Office::new();
    office.register.inspectors[3].zone = "z2".to_owned();
    assert!(!office.docket(0).1.contains("C03"));
    office.policy.team.home_zone_only = false;
    assert!(office.docket(0).1.contains("C03"));
}

#[test]
fn scope_is_asked_only_for_items_of_this_draw_that_apply() {
    let mut office = Office::new();
    office.inspector().scope = Scope::Only(BTreeSet::from(["XF01".to_owned()]));
    assert!(office.docket(0).1.contains("C00"));
    let mut hotels = item("XF02");
    hotels.tags = BTreeSet::from(["hotel".to_owned()]);
    office.register.items.push(hotels);
    assert!(office.docket(0).1.contains("C00"), "the draw does not check XF02");
    office.policy.items.push("XF02".to_owned());
    assert!(office.docket(0).1.contains("C00"), "XF02 does not apply");
    office.unit().tags = BTreeSet::from(["hotel".to_owned()]);
    assert!(!office.docket(0).1.contains("C00"), "every item of the visit must be covered");
}

#[test]
fn a_skill_is_asked_of_the_lead_alone() {
    let mut office = Office::new();
    office.register.items[0].skill = Some("高层建筑".to_owned());
    office.register.inspectors[1].skills = BTreeSet::from(["高层建筑".to_owned(), "化工".to_owned()]);
    let (lead, assistant) = office.docket(0);
    assert_eq!(lead, BTreeSet::from(["C01".to_owned()]));
    assert_eq!(assistant.len(), 4);
}

#[test]
fn recusals_keep_away_by_unit_by_group_and_by_day() {
    let with = |subject: Subject, days: Period| {
        let mut office = Office::new();
        office.unit().group = Some("某集团".to_owned());
        office.recuse("C00", subject, days);
        !office.docket(0).1.contains("C00")
    };
    let here = || Subject::Unit(unit_id(0));
    assert!(with(here(), Period::default()) && with(Subject::Group("某集团".to_owned()), Period::default()));
    assert!(!with(Subject::Unit(unit_id(1)), Period::default()), "another unit");
    assert!(!with(Subject::Group("某集".to_owned()), Period::default()), "another group");
    assert!(!with(Subject::Unit("某集团".to_owned()), Period::default()), "a group is no unit");
    // A day of the window is enough.
    assert!(with(here(), period("", "2026-12-01")) && with(here(), period("2026-12-31", "")));
    assert!(with(here(), period("2026-12-10", "2026-12-10")));
    assert!(!with(here(), period("", "2026-11-30")) && !with(here(), period("2027-01-01", "")));
    // Both of two recusals hold, and the unit without a group has none of it.
    let mut office = Office::new();
    office.recuse("C00", here(), Period::default());
    office.recuse("C01", Subject::Group("某集团".to_owned()), Period::default());
    assert_eq!(office.docket(0).1, BTreeSet::from(["C01", "C02", "C03"].map(str::to_owned)));
    office.unit().group = Some("某集团".to_owned());
    assert_eq!(office.docket(0).1, BTreeSet::from(["C02", "C03"].map(str::to_owned)));
}

#[test]
fn rotation_can_be_switched_off() {
    let mut office = Office::new();
    let (bar, rotated) = BARS[8];
    assert_eq!(bar, Bar::Rotation);
    rotated(&mut office);
    assert!(!office.docket(0).1.contains("C00"));
    office.policy.team.rotation = Rotation::Off;
    assert!(office.docket(0).1.contains("C00"));
}

#[test]
fn equal_dockets_are_one_docket() {
    let mut office = Office::new();
    office.register.units = (0..6).map(unit).collect();
    office.recuse("C00", Subject::Unit(unit_id(2)), Period::default());
    office.recuse("C00", Subject::Unit(unit_id(4)), Period::default());
    office.judge(|eligibility| {
        let numbers: Vec<usize> = eligibility
            .candidates
            .iter()
            .map(|candidate| match candidate.standing {
                Standing::Pool { docket, .. } => docket,
                Standing::Excluded(reason) => panic!("{reason:?}"),
            })
            .collect();
        assert_eq!(numbers, [0, 0, 1, 0, 1, 0]);
        assert_eq!(eligibility.dockets.len(), 2);
        assert!(
            eligibility.dockets[0].slots[0].is_sorted() && eligibility.dockets[0].slots[1] == [0, 1, 2, 3]
        );
    });
}

// ---- order -------------------------------------------------------------------------

/// The order of rows is settled where registers are written: canonical tables
/// have one order, whatever order the entries had.
#[test]
fn the_order_of_entries_does_not_matter() {
    let office = oracle::random_office(1);
    let expected = oracle::answer(&office);
    let mut stream = Stream::new(yaohao::digest::Digest::of(&[b"order of entries"]));
    for _ in 0..5 {
        let mut other = office.clone();
        let register = &mut other.register;
        stream.shuffle(&mut register.units);
        stream.shuffle(&mut register.inspectors);
        stream.shuffle(&mut register.items);
        stream.shuffle(&mut register.recusals);
        macro_rules! stored {
            ($($part:ident),+) => { $(
                register.$part = canonical::read(canonical::print(&register.$part).as_bytes(), "t.csv").expect("stored");
            )+ };
        }
        stored!(units, inspectors, items, recusals);
        assert_eq!(other.register.units, office.register.units);
        assert_eq!(oracle::answer(&other), expected);
    }
}

#[test]
fn a_register_out_of_order_is_not_judged() {
    let refused = |change: Change| {
        let mut office = Office::new();
        office.register.units.push(unit(1));
        change(&mut office);
        std::panic::catch_unwind(|| office.judge(|e| e.candidates.len())).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|o| o.register.units.reverse()), "units");
    assert!(refused(|o| o.register.units[1] = unit(0)), "a unit twice");
    assert!(refused(|o| o.register.inspectors.reverse()), "inspectors");
    assert!(refused(|o| o.register.inspectors[1] = inspector(0)), "an inspector twice");
    assert!(refused(|o| o.register.items = vec![item("XF02"), item("XF01")]), "items");
}

#[test]
fn the_answer_is_the_same_on_any_number_of_threads() {
    let office = oracle::random_office(2);
    let expected = oracle::answer(&office);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert_eq!(pool.install(|| oracle::answer(&office)), expected, "{threads} threads");
    }
}

// ---- everything at once ------------------------------------------------------------

/// Holds a docket against the list of rules, and tells the bars met.
fn docket_as_the_rules_say(
    office: &Office,
    dockets: &Dockets<'_>,
    candidate: &Candidate<'_>,
    docket: &Docket,
) -> BTreeSet<Bar> {
    let mut barred = BTreeSet::new();
    let (unit, past) = (candidate.unit, &candidate.past);

    let free = |bars: &[Option<Bar>]| -> Vec<u32> {
        (0..).zip(bars).filter(|(_, bar)| bar.is_none()).map(|(i, _)| i).collect()
    };
    let roles = oracle::roles(office, unit);
    assert_eq!(docket.slots.len(), roles.len());
    for (slot, role) in roles.iter().enumerate() {
        let bars = oracle::bars(office, unit, past, role, false);
        let found = |reach| dockets.bars(unit, candidate.zone, past, (role, reach));
        assert_eq!(found(Reach::Home), bars, "{} as {role:?}", unit.id);
        assert_eq!(docket.slots[slot], free(&bars));
        barred.extend(bars.into_iter().flatten());
        if office.policy.team.exchange.is_some() {
            let away = oracle::bars(office, unit, past, role, true);
            assert_eq!(found(Reach::Away), away, "{} as {role:?} away", unit.id);
            assert_eq!(docket.away[slot], free(&away), "{} as {role:?} away", unit.id);
            barred.extend(away.into_iter().flatten());
        } else {
            assert!(docket.away.is_empty());
        }
    }
    let soft = office.policy.team.rotation == Rotation::Soft;
    let last = |i: &u32| {
        let person = &office.register.inspectors[*i as usize];
        soft && past.team.contains(&person.certificate) && docket.names(*i)
    };
    assert_eq!(docket.again, (0..8).filter(last).collect::<Vec<u32>>());
    barred
}

/// Random offices against the list of rules: each unit is in exactly one
/// stratum or excluded for exactly the first reason; each docket holds exactly
/// those whom no rule keeps away.
#[test]
fn random_offices_are_judged_as_the_list_of_rules_says() {
    let mut seen: BTreeMap<Exclusion, usize> = BTreeMap::new();
    let (mut pooled, mut barred) = (0, BTreeSet::new());
    for seed in 0..400 {
        let office = oracle::random_office(seed);
        let question = office.question();
        let eligibility = judge(&question);
        let ids: BTreeSet<&str> = office.register.units.iter().map(|unit| unit.id.as_str()).collect();
        let judged: Vec<&str> = eligibility.candidates.iter().map(|c| c.unit.id.as_str()).collect();
        assert_eq!(judged, ids.into_iter().collect::<Vec<_>>(), "every unit once, by id");
        let mut pools: BTreeMap<&str, u64> = BTreeMap::new();
        let dockets = Dockets::new(&question, &eligibility.seats);
        for candidate in &eligibility.candidates {
            let expected = oracle::standing(&office, candidate.unit.id.as_str());
            match (&candidate.standing, expected) {
                (Standing::Excluded(reason), Err(expected)) => {
                    assert_eq!(*reason, expected, "{}", candidate.unit.id);
                    *seen.entry(*reason).or_default() += 1;
                }
                (Standing::Pool { stratum, docket }, Ok(label)) => {
                    let stratum = &eligibility.strata[*stratum];
                    assert_eq!(stratum.label, label, "{}", candidate.unit.id);
                    *pools.entry(&stratum.label).or_default() += 1;
                    pooled += 1;
                    barred.extend(docket_as_the_rules_say(
                        &office,
                        &dockets,
                        candidate,
                        &eligibility.dockets[*docket],
                    ));
                }
                (found, expected) => panic!("{}: {found:?}, expected {expected:?}", candidate.unit.id),
            }
        }
        let strata: Vec<(&str, u64)> =
            eligibility.strata.iter().map(|s| (s.label.as_str(), s.pool)).collect();
        assert_eq!(strata, pools.into_iter().collect::<Vec<_>>(), "no stratum without a unit");
        assert_eq!(
            eligibility.pool().count() + eligibility.exclusions().iter().map(|e| e.1).sum::<usize>(),
            judged.len()
        );
        assert!(eligibility.exclusions().is_sorted_by_key(|(reason, _)| *reason));
    }
    assert!(pooled > 2_000, "{pooled} in pools");
    assert!(Exclusion::ALL.iter().all(|reason| seen.get(reason).is_some_and(|n| *n > 40)), "{seen:?}");
    // Who is struck is for the seed to say.
    assert!(Bar::ALL.iter().all(|bar| *bar == Bar::Apart || barred.contains(bar)), "{barred:?}");
}
