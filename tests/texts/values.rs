//! Generated values of every document and table.

use crate::{KINDS, Reprint};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use yaohao::digest::{Digest, Suite};
use yaohao::eligibility::{Exclusion, Window};
use yaohao::ids::DrawId;
use yaohao::policy::{Fraction, PublicField, QuotaRule, QuotaSize, Role, Rounding};
use yaohao::record::{
    AvailabilityLine, Beacons, CarriedLine, Commit, DocketLine, DocketPeople, DrawnLine, InspectorLine, Link,
    Mode, Opening, PriceLine, PublishedQuota, Record, ReplaceReason, Replacement, Request, Reveal,
    ScheduleBasis, ScheduleLine, Sealed, StratumCount, Table, TableLine, TeamLine, UnitLine, UnitStanding,
    Void, VoidReason,
};
use yaohao::seed::{Beacon, Chain, DrandChain, Escrow, FIRST_ROUND, Lottery, Nonce, Outcome, Pulse, Shown};
use yaohao::text::broken_rule;
use yaohao::time::{Date, Moment};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..Default::default() }
}

// ---- parts -----------------------------------------------------------------------

fn key() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9-]{0,31}"
}

fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9][A-Za-z0-9._/-]{0,63}"
}

fn label() -> impl Strategy<Value = String> {
    (key(), proptest::option::of(key()))
        .prop_map(|(rule, zone)| zone.map_or(rule.clone(), |zone| format!("{rule}/{zone}")))
}

fn digest() -> impl Strategy<Value = Digest> {
    any::<[u8; 32]>().prop_map(Digest)
}

fn salt() -> impl Strategy<Value = String> {
    "[0-9a-f]{32}"
}

fn draw() -> impl Strategy<Value = DrawId> {
    (key(), 1..=9999_u16, 1..=u16::MAX).prop_map(|(office, year, sequence)| DrawId { office, year, sequence })
}

fn date() -> impl Strategy<Value = Date> {
    let first = Date::new(1, 1, 1).expect("a day");
    (0..3_652_059_i64).prop_map(move |days| first.plus_days(days))
}

fn moment() -> impl Strategy<Value = Moment> {
    (date(), 0..24, 0..60, 0..60)
        .prop_map(|(date, h, m, s)| format!("{date}T{h:02}:{m:02}:{s:02}Z").parse().expect("a moment"))
}

fn free_text() -> impl Strategy<Value = String> {
    let text = prop_oneof!["[ -~]{1,20}", "[示例酒店（）· a-z=,]{1,12}", "\\PC{1,12}"];
    text.prop_filter("a field of a text", |text| broken_rule(text).is_none())
}

fn sealed() -> impl Strategy<Value = Sealed> {
    (digest(), any::<u64>()).prop_map(|(root, count)| Sealed { root, count })
}

fn beacon() -> impl Strategy<Value = Beacon> {
    let game = prop::sample::select(Lottery::ALL);
    let chain = prop::sample::select(DrandChain::ALL);
    prop_oneof![
        (2..=100_u32, 1..=200_u32).prop_map(|(sides, rolls)| Beacon::Dice { sides, rolls }),
        (2..=1000_u32, any::<u32>()).prop_map(|(of, n)| Beacon::Balls { of, count: 1 + n % (of - 1) }),
        (game, 1..=u32::MAX, date()).prop_map(|(game, issue, date)| Beacon::Lottery { game, issue, date }),
        (chain, FIRST_ROUND..=u32::MAX).prop_map(|(chain, round)| Beacon::Drand { chain, round }),
    ]
}

/// A chain of every party but the first; and of the last only, now and then.
fn chains(parties: &BTreeMap<String, Digest>, length: u32) -> Vec<Chain> {
    let chains = parties.iter().skip(1 + length as usize % 2);
    chains.map(|(party, end)| Chain { party: party.clone(), end: *end, length }).collect()
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let dice = vec(0..=9_u32, 1..30).prop_map(|numbers| {
        let rolls = numbers.len() as u32;
        Outcome { beacon: Beacon::Dice { sides: 10, rolls }, shown: Shown::Numbers(numbers) }
    });
    let numbers = prop::sample::subsequence((1..=80_u32).collect::<Vec<_>>(), 20);
    let lottery = (1..=u32::MAX, date(), numbers).prop_map(|(issue, date, numbers)| Outcome {
        beacon: Beacon::Lottery { game: Lottery::Kl8, issue, date },
        shown: Shown::Numbers(numbers),
    });
    // The form only: no signature of anybody.
    let quick = (FIRST_ROUND..=u32::MAX, vec(any::<u8>(), 48)).prop_map(|(round, signature)| Outcome {
        beacon: Beacon::Drand { chain: DrandChain::Quicknet, round },
        shown: Shown::Pulse(Pulse { previous: None, signature }),
    });
    let chained = (FIRST_ROUND..=u32::MAX, vec(any::<u8>(), 96), vec(any::<u8>(), 96));
    let chained = chained.prop_map(|(round, previous, signature)| Outcome {
        beacon: Beacon::Drand { chain: DrandChain::Default, round },
        shown: Shown::Pulse(Pulse { previous: Some(previous), signature }),
    });
    prop_oneof![dice, lottery, quick, chained]
}

fn nonces(parties: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(String, Nonce)>> {
    vec((token(), any::<[u8; 32]>().prop_map(Nonce::new)), parties)
}

fn quota() -> impl Strategy<Value = QuotaRule> {
    let count = any::<u64>().prop_map(QuotaSize::Count);
    let share = (any::<u64>(), 1..=u64::MAX, prop::sample::select(Rounding::ALL))
        .prop_map(|(p, q, rounding)| QuotaSize::Share(share(p, q), rounding));
    let size = prop_oneof![count, share];
    (size, any::<u64>(), any::<Option<u64>>()).prop_map(|(size, floor, cap)| QuotaRule { size, floor, cap })
}

fn window() -> impl Strategy<Value = Window> {
    (date(), date()).prop_map(|(a, b)| Window { first: a.min(b), last: a.max(b) })
}

/// What stands before the repeated lines, in the order of the text.
type Head = (DrawId, Option<Digest>, Suite, String, Moment, Window, Mode, Moment, Date);
/// Repeated lines by what makes them different.
type Lines = (BTreeMap<String, QuotaRule>, BTreeMap<String, (u64, u64)>, BTreeMap<Exclusion, u64>);

fn head() -> impl Strategy<Value = Head> {
    let mode = prop::sample::select(Mode::ALL);
    let previous = proptest::option::of(digest());
    let suite = prop::sample::select(Suite::ALL);
    (draw(), previous, suite, free_text(), moment(), window(), mode, moment(), date())
}

fn lines() -> impl Strategy<Value = Lines> {
    let exclusion = prop::sample::select(Exclusion::ALL);
    (
        btree_map(key(), quota(), 0..4),
        btree_map(label(), (1..=u64::MAX, any::<u64>()), 0..5),
        btree_map(exclusion, 1..=u64::MAX, 0..6),
    )
}

fn escrow() -> impl Strategy<Value = Escrow> {
    let custodians = prop::collection::btree_set(key(), 2..=9);
    (custodians, vec(digest(), 9), 2..=9_usize, 12..=32_u32).prop_map(
        |(custodians, points, threshold, room)| {
            let threshold = threshold.min(custodians.len());
            Escrow {
                points: points[..threshold].iter().map(ToString::to_string).collect(),
                custodians: custodians.into_iter().collect(),
                room: 1 << room,
            }
        },
    )
}

prop_compose! {
    fn commit()(
        (draw, previous, suite, software, committed, window, mode, close_by, open_by) in head(),
        carried in prop::option::of(sealed()),
        margin in any::<u32>(),
        (policy, log, items) in (digest(), proptest::option::of(digest()), digest()),
        (units, inspectors, recusals) in (sealed(), sealed(), sealed()),
        (odds, availability, scheduled) in (proptest::option::of(digest()), proptest::option::of(digest()), prop::sample::subsequence((0..9_i64).collect::<Vec<_>>(), 1..=9)),
        (teams, exchange, bands) in (vec(team(), 1..4), prop::option::of((0..9_u64, 1..=9_u64).prop_map(|(p, q)| share(p, q))), 1..=4_usize),
        (quotas, strata, excluded) in lines(),
        beacons in vec(beacon(), 0..4),
        parties in btree_map(token(), digest(), 0..4),
        links in 1..=9_999_u32,
        escrow in proptest::option::of(escrow()),
        verifiers in btree_map("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", digest(), 0..4),
    ) -> Commit {
        let stratum = |(label, (pool, quota))| StratumCount { label, pool, quota };
        let point = |point: String| if suite == Suite::Sm3 { format!("02{point}") } else { point };
        let days = || scheduled.iter().map(|n| window.first.plus_days(*n)).filter(|day| *day <= window.last);
        let days: std::collections::BTreeSet<Date> = days().chain([window.first]).collect();
        let days: Vec<Date> = days.into_iter().collect();
        let schedule = availability.map(|availability| ScheduleBasis { availability, days });
        let escrow = escrow.map(|e: Escrow| Escrow { points: e.points.into_iter().map(point).collect(), ..e });
        Commit {
            draw, previous, carried, suite, software, committed, window, mode, close_by, open_by, margin, policy, log, items, units,
            inspectors, recusals, odds, schedule, teams, exchange, bands, beacons, escrow,
            quotas: quotas.into_iter().map(|(id, rule)| PublishedQuota { id, rule }).collect(),
            strata: strata.into_iter().map(stratum).collect(),
            excluded: excluded.into_iter().collect(),
            chains: chains(&parties, links),
            verifiers: verifiers.into_iter().collect(),
            parties: parties.into_iter().collect(),
        }
    }
}

prop_compose! {
    fn link()(draw in draw(), after in digest(), at in moment()) -> Link {
        Link { draw, after, at }
    }
}

fn unit_line() -> impl Strategy<Value = UnitLine> {
    let standing = prop_oneof![
        (label(), digest()).prop_map(|(label, docket)| (UnitStanding::Stratum(label), Some(docket))),
        prop::sample::select(Exclusion::ALL).prop_map(|reason| (UnitStanding::Excluded(reason), None)),
    ];
    let fields = prop::sample::subsequence(PublicField::ALL, 0..=PublicField::ALL.len());
    let shown = (fields, vec("[!-~示例、]{1,9}", 4), free_text()).prop_map(|(fields, words, name)| {
        let value = |(i, field): (usize, PublicField)| match field {
            PublicField::Name => (field, name.clone()),
            _ => (field, words[i].clone()),
        };
        fields.into_iter().enumerate().map(value).collect::<Vec<_>>()
    });
    (token(), standing, digest(), shown).prop_map(|(id, (standing, docket), attributes, shown)| UnitLine {
        id,
        standing,
        attributes,
        docket,
        shown,
    })
}

fn inspector_line() -> impl Strategy<Value = InspectorLine> {
    (token(), any::<u32>(), any::<u32>(), digest()).prop_map(|(name, capacity, carried, attributes)| {
        InspectorLine { name, capacity, carried, attributes }
    })
}

fn drawn_line() -> impl Strategy<Value = DrawnLine> {
    (token(), label(), 1..=u64::MAX, digest(), digest())
        .prop_map(|(unit, stratum, rank, ticket, team)| DrawnLine { unit, stratum, rank, ticket, team })
}

fn carried_line() -> impl Strategy<Value = CarriedLine> {
    (token(), draw(), label(), 1..=u64::MAX, digest())
        .prop_map(|(unit, draw, stratum, rank, ticket)| CarriedLine { unit, draw, stratum, rank, ticket })
}

fn share(p: u64, q: u64) -> Fraction {
    format!("{}/{q}", p.min(q)).parse().expect("a fraction")
}

/// The roles of a team.
fn team() -> impl Strategy<Value = Vec<Role>> {
    let more = prop_oneof![
        Just(Role::Assistant),
        Just(Role::Expert),
        prop::sample::select(vec!["police", "market-2"]).prop_map(|key| Role::Department(key.to_owned())),
    ];
    vec(more, 0..=2).prop_map(|more| [vec![Role::Lead, Role::Assistant], more].concat())
}

fn docket_line() -> impl Strategy<Value = DocketLine> {
    let names = || vec(token(), 0..4);
    let lists = (vec(names(), 4), vec(names(), 4), any::<bool>());
    let visit = (vec(any::<u32>(), 0..4), proptest::option::of(token()));
    let people = (team(), lists, names(), vec((token(), token()), 0..3), 0..4_usize, visit).prop_map(
        |(team, (slots, away, exchanged), again, apart, band, (minutes, town))| {
            let away = if exchanged { team.iter().cloned().zip(away).collect() } else { Vec::new() };
            DocketPeople {
                slots: team.into_iter().zip(slots).collect(),
                away,
                again,
                apart,
                band,
                minutes,
                town,
            }
        },
    );
    (token(), salt(), people).prop_map(|(unit, salt, people)| DocketLine { unit, salt, people })
}

fn team_line() -> impl Strategy<Value = TeamLine> {
    (token(), salt(), team(), vec(token(), 4)).prop_map(|(unit, salt, team, names)| TeamLine {
        unit,
        salt,
        members: team.into_iter().zip(names).collect(),
    })
}

fn availability_line() -> impl Strategy<Value = AvailabilityLine> {
    (token(), salt(), vec(any::<u32>(), 1..4)).prop_map(|(name, salt, minutes)| AvailabilityLine {
        name,
        salt,
        minutes,
    })
}

fn schedule_line() -> impl Strategy<Value = ScheduleLine> {
    (token(), salt(), prop::option::of(date())).prop_map(|(unit, salt, day)| ScheduleLine { unit, salt, day })
}

fn price_line() -> impl Strategy<Value = PriceLine> {
    let numbers = || (any::<u32>(), vec(0..=i128::MAX, 1..=4));
    (token(), numbers(), numbers()).prop_map(|(name, (load, prices), (leads, lead_prices))| PriceLine {
        name,
        load,
        prices,
        leads,
        lead_prices,
    })
}

// ---- promises --------------------------------------------------------------------

/// The table reads back as the same lines and the same text.
fn reads_back<L: TableLine + PartialEq + std::fmt::Debug>(lines: Vec<L>) -> Result<(), TestCaseError> {
    let table = Table::new(lines);
    let read = Table::<L>::read(table.text.as_bytes());
    let read = read.map_err(|error| TestCaseError::fail(format!("{error}: {}", table.text)))?;
    prop_assert_eq!(&read.lines, &table.lines);
    prop_assert_eq!(read.text, table.text);
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn commitments_read_back(value in commit()) {
        prop_assert_eq!(Commit::read(value.text().as_bytes()), Ok(value));
    }

    #[test]
    fn documents_read_back(
        link in link(), outcomes in vec(outcome(), 0..3),
        (revealed, nonce, opened) in (nonces(0..4), prop::option::of(nonces(1..2)), nonces(1..2)),
        days in window(), people in sealed(), (drawn, handed_on) in (sealed(), prop::option::of(sealed())),
        (prices, kept, schedule) in (digest(), proptest::option::of(digest()), proptest::option::of(digest())), reason in prop::sample::select(VoidReason::ALL),
        late in prop::sample::select(ReplaceReason::ALL), links in vec((token(), digest()), 0..3),
        team in team_line(),
    ) {
        for external in [false, true] {
            let value = Beacons { link: link.clone(), outcomes: outcomes.clone() };
            prop_assert_eq!(Beacons::read(value.text(external).as_bytes(), external), Ok(value));
        }
        let value = Reveal { link: link.clone(), nonces: revealed };
        prop_assert_eq!(Reveal::read(value.text().as_bytes()), Ok(value));
        let value = Opening { link: link.clone(), nonces: opened };
        prop_assert_eq!(Opening::read(value.text().as_bytes()), Ok(value));
        let value = Record { link: link.clone(), window: days, inspectors: people, drawn, prices, schedule, sealed: kept };
        prop_assert_eq!(Record::read(value.text().as_bytes()), Ok(value));
        let value = Request {
            link: link.clone(), unit: team.unit.clone(), absent: team.members[0].1.clone(),
            reason: late, salt: team.salt.clone(),
        };
        prop_assert_eq!(Request::read(value.text().as_bytes()), Ok(value));
        let stand_in = team.members[1].1.clone();
        let value = Replacement { link: link.clone(), links, stand_in, team };
        prop_assert_eq!(Replacement::read(value.text().as_bytes()), Ok(value));
        let value = Void { link, reason, nonce: nonce.map(|mut nonces| nonces.remove(0)), drawn: handed_on };
        prop_assert_eq!(Void::read(value.text().as_bytes()), Ok(value));
    }

    #[test]
    fn tables_read_back(
        units in vec(unit_line(), 0..4), inspectors in vec(inspector_line(), 0..4),
        carried in vec(carried_line(), 0..4), drawn in vec(drawn_line(), 0..4), dockets in vec(docket_line(), 0..4),
        teams in vec(team_line(), 0..4), prices in vec(price_line(), 0..4),
        availability in vec(availability_line(), 0..4), schedule in vec(schedule_line(), 0..4),
    ) {
        reads_back(availability)?;
        reads_back(schedule)?;
        reads_back(units)?;
        reads_back(inspectors)?;
        reads_back(carried)?;
        reads_back(drawn)?;
        reads_back(dockets)?;
        reads_back(teams)?;
        reads_back(prices)?;
    }
}

/// Long tables are read on several threads; lines and errors keep their places.
#[test]
fn long_tables_keep_their_order() {
    let line = |i: u32| PriceLine {
        name: format!("P{i:05}"),
        load: i,
        prices: vec![i128::from(i)],
        leads: i / 2,
        lead_prices: vec![i128::from(i / 2)],
    };
    let table = Table::new((0..3_000).map(line).collect());
    assert_eq!(Table::<PriceLine>::read(table.text.as_bytes()).expect("good").lines, table.lines);
    let twice_bad = table.text.replace("P01000 ", "P01000  ").replace("P02000 ", "P02000  ");
    for _ in 0..20 {
        let error = Table::<PriceLine>::read(twice_bad.as_bytes()).expect_err("two bad lines");
        assert_eq!(error.line, 1_002, "the first bad line is the one told");
    }
}

/// Fragments from which nearly right texts are made.
const FRAGMENTS: [&str; 40] = [
    "draw ",
    "example/2026/001",
    "after ",
    "at ",
    "2026-11-23T06:04:17Z",
    "\n",
    " ",
    "-",
    "0",
    "7",
    "10 20",
    "previous none",
    "suite yaohao-1-sha256",
    "software ",
    "window ",
    "2026-12-01",
    "mode open",
    "team ",
    "lead",
    "assistant",
    "lead=",
    "assistant=",
    "P01",
    "P01,P02",
    "quota ",
    "1/6 up 0 -",
    "stratum ",
    "small/z1 ",
    "excluded:inactive",
    "beacon ",
    "dice 10 2 : 3 4",
    "outcome ",
    "nonce office ",
    "reason register",
    "name=",
    "town=500112002",
    "drawn ",
    "prices ",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "0123456789abcdef0123456789abcdef",
];

fn no_second_form(name: &str, reprint: Reprint, bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(printed) = reprint(bytes) {
        prop_assert_eq!(printed.as_bytes(), bytes, "{} has a second form", name);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        for (name, reprint) in KINDS {
            no_second_form(name, reprint, &bytes)?;
        }
    }

    #[test]
    fn nearly_right_texts_are_read_or_refused(parts in vec(prop::sample::select(&FRAGMENTS[..]), 0..24)) {
        let body = parts.concat();
        let samples = crate::samples();
        for (name, reprint) in KINDS {
            let (tag, rest) = samples[name].split_once('\n').expect("a tag");
            no_second_form(name, reprint, format!("{tag}\n{body}\n").as_bytes())?;
            // The sample with its end, or its beginning, exchanged.
            let lines: Vec<&str> = rest.lines().collect();
            let cut = body.len() % lines.len();
            let (before, after) = (lines[..cut].join("\n"), lines[cut..].join("\n"));
            no_second_form(name, reprint, format!("{tag}\n{before}\n{body}\n").as_bytes())?;
            no_second_form(name, reprint, format!("{tag}\n{body}\n{after}\n").as_bytes())?;
        }
    }

    /// Two random damages at once, to values that the samples do not have.
    #[test]
    fn damaged_commitments_have_no_second_form(
        value in commit(), damages in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..3),
    ) {
        let mut bytes = value.text().into_bytes();
        for (at, byte, how) in damages {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        if let Ok(read) = Commit::read(&bytes) {
            prop_assert_eq!(read.text().into_bytes(), bytes);
        }
    }
}

/// Every exclusion and every published field appears in the generated units.
#[test]
fn the_vocabularies_of_the_texts_are_those_of_the_specification() {
    let specification = std::fs::read_to_string("docs/spec/documents.md").expect("there");
    let keys: Vec<String> = Exclusion::ALL.iter().map(|reason| format!("`{}`", reason.key())).collect();
    let at: Vec<_> = keys.iter().map(|key| specification.find(key.as_str())).collect();
    assert!(at.iter().all(Option::is_some), "{keys:?}");
    let list = specification.find("Exclusion reasons, in their order").expect("the list");
    let in_list: Vec<_> = keys.iter().map(|key| specification[list..].find(key.as_str())).collect();
    assert!(in_list.is_sorted() && in_list[0].is_some(), "the reasons are listed in another order");
    let fields: BTreeSet<&str> = PublicField::ALL.iter().map(|field| field.key()).collect();
    assert_eq!(fields, BTreeSet::from(["town", "class", "credit", "tags", "name"]));
    assert_eq!(PublicField::ALL.last(), Some(&PublicField::Name), "the name may hold spaces: it comes last");
}
