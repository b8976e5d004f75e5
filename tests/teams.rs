//! Teams beyond lead and assistant: departments, experts, people who must not
//! meet, exchanged visits, second visits at a surcharge. Whole draws, verified;
//! the folders are left in the target folder for other implementations.

mod district;

use district::small::{of_suite, small, unit_id};
use district::{Chance, District, Draw};
use std::collections::BTreeSet;
use std::path::Path;
use yaohao::digest::Suite;
use yaohao::draw::{Staffing, Work, forecast, workload};
use yaohao::eligibility::{Candidate, History};
use yaohao::explain::row;
use yaohao::pairing::instance::Instance;
use yaohao::pairing::lineup::{Lineup, seatable, strike_ticket, visits};
use yaohao::pairing::ticket::{SURCHARGE, Tickets};
use yaohao::policy::{Role, Rotation};
use yaohao::record::{self, DocketLine, Table};
use yaohao::register::{Class, Inspector, Recusal, Subject};
use yaohao::stream::Stream;
use yaohao::verify::{Folder, Known, Status, Verdict, verify};

/// Certificates of two pairs who must not meet.
const APART: [(&str, &str); 2] = [("SL0000", "SL0002"), ("SL0001", "SL0005")];

/// The small district with every rule about teams in use.
fn everything() -> District {
    everything_in(Suite::Sha256)
}

fn everything_in(suite: Suite) -> District {
    let team = r#"exchange = "1/4"
[team.departments]
police = "公安分局"
[[team.shape]]
items = ["XF02"]
slots = ["lead", "assistant", "police", "expert"]"#;
    let policy = |text: &str| {
        of_suite(suite, text)
            .replace("items = [\"XF01\"]", "items = [\"XF01\", \"XF02\"]")
            .replace("XF01 = \"announced\"", "XF01 = \"announced\"\nXF02 = \"announced\"")
            .replace("rotate = \"hard\"", &format!("rotate = \"soft\"\n{team}"))
            .replace("leave_excludes", "band_minutes = [240, 300]\nleave_excludes")
    };
    let mut district = small(policy);
    let register = &mut district.register;
    for (number, unit) in register.units.iter_mut().enumerate() {
        unit.minutes = [None, Some(360), Some(270), Some(120)][number % 4];
    }
    let mut joint = register.items[0].clone();
    joint.code = "XF02".to_owned();
    joint.classes = BTreeSet::from([Class::General]);
    register.items.push(joint);
    for (number, department) in [(20, "公安分局"), (21, "公安分局"), (22, "专家库")] {
        let base = register.inspectors[number % 2].clone();
        let certificate = format!("SL{number:04}");
        let (department, expert) = (department.to_owned(), number == 22);
        register.inspectors.push(Inspector { certificate, department, expert, lead: false, ..base });
    }
    for (one, other) in APART {
        register.recusals.push(Recusal {
            certificate: one.to_owned(),
            subject: Subject::Inspector(other.to_owned()),
            period: Default::default(),
            reason: "夫妻".to_owned(),
        });
    }
    district
}

/// The district after a month in which every unit saw one of the leads of its zone.
fn with_a_past(mut district: District) -> District {
    let mut history = History::default();
    for number in 0..60 {
        let lead = format!("SL{:04}", number % 2 + 2 * (number / 2 % 3));
        history.add(&unit_id(number), district::date("2026-01-10"), BTreeSet::from([lead]), true);
    }
    district.history = history;
    district
}

fn leave(name: &str, folder: &Folder) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("teams").join(name);
    std::fs::create_dir_all(&path).expect("the target folder");
    for (file, bytes) in &folder.0 {
        std::fs::write(path.join(file), bytes).expect("the target folder");
    }
}

/// Candidate, and certificate, zone and department of each member.
fn people<'a>(draw: &'a Draw<'_>) -> Vec<(&'a Candidate<'a>, Vec<&'a Inspector>)> {
    let person = |position: &usize| draw.plan.eligibility.seats[*position].inspector;
    let of = |assigned: &yaohao::draw::Assigned| {
        let candidate = &draw.plan.eligibility.candidates[assigned.candidate];
        (candidate, assigned.team.iter().map(person).collect())
    };
    draw.drawing.assigned.iter().map(of).collect()
}

#[test]
fn draws_with_every_rule_about_teams_verify_and_keep_them() {
    let districts = [Suite::Sha256, Suite::Sm3].map(everything_in);
    let (mut joint, mut away, mut home) = (0, 0, 0);
    for number in 0..30 {
        let draw = districts[number as usize % 2].draw(&Chance::number(number));
        leave(&format!("good-{number}"), &draw.folder);
        let report = verify(&draw.folder, &Known::default());
        assert_eq!(report.verdict, Verdict::Verified, "draw {number}");
        let mut exchanged = 0;
        let teams = people(&draw);
        for (candidate, team) in &teams {
            let own: Vec<&&Inspector> = team[..2].iter().collect();
            assert!(team[0].lead && own.iter().all(|p| p.department != "公安分局"));
            let elsewhere = own.iter().all(|p| Some(p.zone.as_str()) != candidate.zone);
            assert!(elsewhere || own.iter().all(|p| Some(p.zone.as_str()) == candidate.zone));
            exchanged += usize::from(elsewhere);
            if candidate.unit.class == Class::General {
                assert_eq!((team.len(), team[2].department.as_str(), team[3].expert), (4, "公安分局", true));
                joint += 1;
            } else {
                assert_eq!(team.len(), 2);
            }
            let named: BTreeSet<&str> = team.iter().map(|p| p.certificate.as_str()).collect();
            assert!(APART.iter().all(|(a, b)| !(named.contains(a) && named.contains(b))), "{named:?}");
        }
        assert_eq!(exchanged, teams.len().div_ceil(4), "a quarter, rounded up");
        away += exchanged;
        home += teams.len() - exchanged;
    }
    assert!(joint > 100 && away > 100 && home > 300, "{joint} joint, {away} away, {home} at home");
}

/// Without the rule the pairs do meet; the test above sees something.
#[test]
fn people_who_may_meet_do() {
    let mut district = everything();
    district.register.recusals.retain(|recusal| !matches!(recusal.subject, Subject::Inspector(_)));
    let meet = |draw: &Draw<'_>| {
        let teams = people(draw);
        let together = |team: &Vec<&Inspector>| {
            let named: BTreeSet<&str> = team.iter().map(|p| p.certificate.as_str()).collect();
            APART.iter().any(|(a, b)| named.contains(a) && named.contains(b))
        };
        teams.iter().filter(|(_, team)| together(team)).count()
    };
    let met: usize = (0..20).map(|n| meet(&district.draw(&Chance::number(n)))).sum();
    assert!(met > 10, "{met}");
}

/// What bands leave uneven is shown in hours.
#[test]
fn the_work_of_each_band_is_told() {
    let district = everything();
    let draw = district.draw(&Chance::number(3));
    let work = workload(&draw.plan, &draw.drawing);
    assert_eq!(work.bands.len(), 3);
    for part in [|work: &Work| work.visits.sum, |work: &Work| work.minutes.sum] {
        assert_eq!(work.bands.iter().map(part).sum::<u64>(), part(&work.all));
    }
    let long = work.bands[2];
    assert_eq!(long.minutes.sum, 360 * long.visits.sum);
    assert!(long.visits.sum > 0 && long.visits.most - long.visits.least <= 2, "{long:?}");
}

/// Visits by somebody who made the last one.
fn repeated(district: &District) -> (usize, usize) {
    let (mut again, mut all) = (0, 0);
    for number in 0..60 {
        let draw = district.draw(&Chance::number(number));
        assert_eq!(verify(&draw.folder, &Known::default()).verdict, Verdict::Verified);
        for (candidate, team) in people(&draw) {
            let before = |p: &&&Inspector| candidate.past.team.contains(&p.certificate);
            again += team.iter().filter(before).count();
            all += team.len();
        }
    }
    (again, all)
}

#[test]
fn soft_rotation_sends_the_same_people_less_often_than_none() {
    let soft = repeated(&with_a_past(everything()));
    let mut district = with_a_past(everything());
    district.policy.team.rotation = Rotation::Off;
    let off = repeated(&district);
    assert_eq!(soft.1, off.1);
    // Few people and strict balance leave little room: a fifth less is promised here.
    assert!(soft.0 * 5 < off.0 * 4, "soft {soft:?}, off {off:?}");
    district.policy.team.rotation = Rotation::Hard;
    assert_eq!(repeated(&district).0, 0);
}

#[test]
fn surcharged_tickets_are_the_same_tickets_and_more() {
    let district = with_a_past(everything());
    let draw = district.draw(&Chance::number(3));
    let dockets: Table<DocketLine> = Table::read(&draw.folder.0[record::DOCKETS]).expect("dockets");
    assert!(dockets.lines.iter().any(|line| !line.people.again.is_empty()));
    leave("again", &draw.folder);
    let lineup = |again: Vec<u32>| Lineup {
        unit: "U1".to_owned(),
        slots: vec![vec![0, 1, 2], vec![0, 1, 2, 3]],
        away: Vec::new(),
        again,
        apart: Vec::new(),
        band: 0,
    };
    let seat = yaohao::pairing::instance::Seat { capacity: 2, carried: 0 };
    let instance = |again| Instance {
        bands: 1,
        seed: draw.seed,
        inspectors: vec![seat; 4],
        visits: visits(&draw.seed, &[lineup(again)], 0),
    };
    let (plain, charged) = (instance(Vec::new()), instance(vec![1]));
    let (plain, charged) = (Tickets::of(&plain).expect("valid"), Tickets::of(&charged).expect("valid"));
    for slot in 0..2 {
        for rank in 0..4 {
            let more = if rank == 1 { SURCHARGE } else { 0 };
            assert_eq!(charged.ticket(0, slot, rank), plain.ticket(0, slot, rank).map(|t| t + more));
        }
    }
}

/// `explain --pairing` tells everything that made a row what it is: with nothing but
/// it and the published docket the choice can be redone.
#[test]
fn a_row_is_explained_with_exchange_strikes_and_surcharges() {
    let district = with_a_past(everything());
    let (mut away, mut struck, mut again, mut longest) = (0, 0, 0, 0);
    for number in 0..6 {
        let draw = district.draw(&Chance::number(number));
        let dockets: Table<DocketLine> = Table::read(&draw.folder.0[record::DOCKETS]).expect("dockets");
        for DocketLine { unit, people, .. } in &dockets.lines {
            let row = row(&draw.folder, unit).expect("a drawn unit");
            let exchange = row.lineup.exchange.as_ref().expect("the policy exchanges");
            let docket = if exchange.is_away() { &people.away } else { &people.slots };
            away += usize::from(exchange.is_away());
            for strike in &row.lineup.strikes {
                let tickets = strike.pair.each_ref().map(|(_, ticket)| &ticket.prints);
                let seatable = tickets[strike.struck] > tickets[1 - strike.struck];
                struck += usize::from(seatable);
            }
            let gone: Vec<&String> = row.lineup.strikes.iter().map(|s| &s.pair[s.struck].0).collect();
            let mut words = Stream::new(row.key.prints);
            for (slot, (_, names)) in row.slots.iter().zip(docket) {
                let left: BTreeSet<&String> = names.iter().filter(|name| !gone.contains(name)).collect();
                assert_eq!(slot.candidates.iter().map(|c| &c.name).collect::<BTreeSet<_>>(), left);
                for candidate in &slot.candidates {
                    assert_eq!(candidate.again, people.again.contains(&candidate.name));
                    words.seek(candidate.word as u64);
                    let surcharge = if candidate.again { SURCHARGE } else { 0 };
                    assert_eq!(candidate.ticket, (words.word() >> 16) + surcharge);
                    again += usize::from(candidate.again);
                }
            }
            let mut words = Stream::new(row.lead_key.prints);
            let leads = &row.leads.candidates;
            for candidate in leads {
                words.seek(candidate.word as u64);
                assert_eq!(candidate.ticket, words.word() >> 16);
            }
            let lead = leads.iter().find(|candidate| candidate.chosen).expect("somebody leads");
            assert_eq!(lead.total, leads[0].total, "the least ticket + lead price");
            longest = longest.max(leads.len());
        }
    }
    assert!(away > 10 && struck > 10 && again > 10 && longest > 1, "{away} {struck} {again} {longest}");
}

/// docs/spec/pairing.md, "Lineups": strikes leave a lawful team wherever there
/// is one, and then no pair that must not meet is left.
#[test]
fn strikes_leave_a_team_wherever_there_is_one() {
    let mut stream = yaohao::stream::Stream::new(yaohao::digest::Digest::of(&[b"strikes"]));
    let (mut kept, mut hopeless) = (0, 0);
    for round in 0_u32..3_000 {
        let seed = yaohao::seed::Seed::sha256(yaohao::digest::Digest::of(&[&round.to_be_bytes()]));
        let slots: Vec<Vec<u32>> =
            (0..2 + stream.below(2)).map(|_| (0..6).filter(|_| stream.below(2) == 0).collect()).collect();
        let pairs = (0..6_u32).flat_map(|a| (a + 1..6).map(move |b| (a, b)));
        let apart: Vec<(u32, u32)> = pairs.filter(|_| stream.below(3) == 0).collect();
        let before = seatable(&slots, &apart);
        let lineup = Lineup {
            unit: "U1".to_owned(),
            slots,
            away: Vec::new(),
            again: Vec::new(),
            apart: apart.clone(),
            band: 0,
        };
        let visit = visits(&seed, std::slice::from_ref(&lineup), 0).remove(0);
        assert_eq!(before, seatable(&visit.slots, &apart), "round {round}");
        if !before {
            hopeless += 1;
            continue;
        }
        kept += 1;
        let there = |rank: &u32| visit.slots.iter().any(|slot| slot.contains(rank));
        assert!(apart.iter().all(|(a, b)| !(there(a) && there(b))), "round {round}");
    }
    assert!(kept > 500 && hopeless > 300, "{kept} kept, {hopeless} hopeless");
}

/// Of two people who must not meet, each is struck about as often.
#[test]
fn a_strike_favours_nobody() {
    let first = (0_u32..2_000).filter(|n| {
        let seed = yaohao::seed::Seed::sha256(yaohao::digest::Digest::of(&[&n.to_be_bytes()]));
        strike_ticket(&seed, "U1", 3) > strike_ticket(&seed, "U1", 7)
    });
    // Four standard deviations of 2,000 coins: 4 · √2000 / 2 = 89.
    let first = first.count();
    assert!(first.abs_diff(1_000) <= 89, "{first}");
}

/// A forger who lets a struck person or a home team in is convicted.
#[test]
fn lineups_are_checked() {
    let district = everything();
    let draw = district.draw(&Chance::number(4));
    let text = String::from_utf8(draw.folder.0[record::DOCKETS].clone()).expect("a text");
    for (name, from, to) in [
        ("apart-dropped", " apart=", " again="),
        ("away-renamed", " away lead=", " away lead=-,"),
        ("band-changed", " band=2", " band=1"),
        ("band-unknown", " band=2", " band=3"),
    ] {
        let mut folder = draw.folder.clone();
        folder.0.insert(record::DOCKETS.to_owned(), text.replacen(from, to, 1).into_bytes());
        leave(name, &folder);
        assert_eq!(verify(&folder, &Known::default()).verdict, Verdict::Failed, "{name}");
    }
    // A commitment to another part of exchanged units: other people were due.
    for (name, part) in [("none-exchanged", "none"), ("all-exchanged", "1/1")] {
        let mut folder = draw.folder.clone();
        let commit = String::from_utf8(folder.0[record::COMMIT].clone()).expect("a text");
        let commit = commit.replace("exchange 1/4", &format!("exchange {part}"));
        folder.0.insert(record::COMMIT.to_owned(), commit.into_bytes());
        leave(name, &folder);
        let report = verify(&folder, &Known::default());
        let failed: Vec<&str> =
            report.checks.iter().filter(|c| c.status == Status::Fail).map(|c| c.id).collect();
        assert!(failed.contains(&"V06") && failed.contains(&"V18"), "{name}: {failed:?}");
    }
}

/// Exchange and strikes count in what `check` asks before the commitment.
#[test]
fn lineups_are_looked_at_before_the_commitment() {
    let mut district = everything();
    let roomy = forecast(&district.plan());
    assert!(matches!(roomy.staffing, Staffing::Proved), "{:?}", roomy.staffing);
    // With less and less time it is first open, then refused.
    let mut seen = BTreeSet::new();
    for hours in (4..40).rev().step_by(2) {
        for person in &mut district.register.inspectors {
            person.capacity_minutes = Some(60 * hours);
        }
        let tight = forecast(&district.plan());
        seen.insert(match (&tight.staffing, &tight.rehearsal) {
            (Staffing::Proved, None) => "proved",
            (Staffing::Undecided { .. }, Some(dry)) if dry.failures == 0 => "open",
            (Staffing::Fails(_), Some(dry)) if dry.failures > 0 && tight.is_reckless() => "fails",
            other => panic!("{hours} hours: {other:?}"),
        });
    }
    assert_eq!(seen, BTreeSet::from(["proved", "open", "fails"]));
}

/// A unit whose people must not meet is named before the commitment.
#[test]
fn a_unit_without_a_team_that_may_meet_is_named() {
    let mut district = everything();
    let east: Vec<String> = (0..10).step_by(2).map(|n| format!("SL{n:04}")).collect();
    for (number, one) in east.iter().enumerate() {
        for other in &east[number + 1..] {
            let subject = Subject::Inspector(other.clone());
            let (certificate, reason) = (one.clone(), "亲属".to_owned());
            district.register.recusals.push(Recusal {
                certificate,
                subject,
                period: Default::default(),
                reason,
            });
        }
    }
    let plan = district.plan();
    let found = forecast(&plan);
    let certificate = found.certificate.as_ref().expect("a certificate");
    assert!(certificate.people.is_empty() && certificate.said(&plan).zh.contains("不得同组"));
    let unstaffable = found.unstaffable;
    // The expert may meet everybody, but joint visits need the expert elsewhere.
    assert_eq!(unstaffable.len(), 10, "the joint visits of the zone");
    assert!(unstaffable.iter().all(|unit| unit.apart));
}

#[test]
fn roles_have_one_key_each() {
    for key in ["lead", "assistant", "expert", "police", "market-2"] {
        assert_eq!(Role::from_key(key).map(|role| role.key().to_owned()).as_deref(), Some(key));
    }
    for bad in ["", "away", "again", "apart", "Police", "公安", "a b", "-x"] {
        assert_eq!(Role::from_key(bad), None, "{bad}");
    }
}
