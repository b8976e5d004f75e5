//! The yearly report: a synthetic year made to the totals of 2023 comes out to the unit,
//! every figure can be traced, and nothing can be dropped or changed without a trace.

#[path = "report/chains.rs"]
mod chains;
#[path = "report/command.rs"]
mod command;
mod terminal;
#[path = "report/year.rs"]
mod year;

use std::collections::BTreeMap;
use yaohao::policy::Policy;
use yaohao::report::{Figure, Ground, Report, Status, rows};
use yaohao::task::{Act, Entry, Kind, Ledger, Matter};
use year::{Cast, Totals, entries};

fn policy() -> Policy {
    let name = "config/policy-2025-11-06.toml";
    Policy::read(name, &std::fs::read_to_string(name).expect("the policy")).expect("a policy")
}

/// The report of entries, without any register.
fn report(entries: &[Entry], year: i32) -> Report {
    let (policy, officers) = (policy(), BTreeMap::new());
    report_on(entries, year, &Ground { policy: &policy, units: &[], officers: &officers })
}

fn report_on(entries: &[Entry], year: i32, ground: &Ground<'_>) -> Report {
    let mut ledger = Ledger::default();
    entries.iter().for_each(|entry| ledger.enter(entry));
    Report::of(&ledger, year, ground)
}

/// The figures that the office's report on 2023 gives.
const OF_2023: [(Figure, u64); 18] = [
    (Figure::PersonTimes, 7346),
    (Figure::Inspections, 3673),
    (Figure::Hazards, 2437),
    (Figure::Rectified, 2119),
    (Figure::Open, 318),
    (Figure::Notices, 1676),
    (Figure::Complaints, 1125),
    (Figure::Licences, 372),
    (Figure::Penalties, 446),
    (Figure::Stops, 21),
    (Figure::Seals, 8),
    (Figure::Fires, 885),
    (Figure::FiresGeneral, 23),
    (Figure::FiresSimplified, 148),
    (Figure::FiresMinor, 714),
    (Figure::Transfers, 4),
    (Figure::Reconsiderations, 1),
    (Figure::Joint, 530),
];

#[test]
fn a_year_made_to_the_totals_of_2023_comes_out_to_the_unit() {
    let totals = Totals::of_2023();
    assert_eq!(totals.inspections(), 3673);
    for seed in [1, 2] {
        let report = report(&entries(&totals, &Cast::unknown(), seed), 2023);
        for (figure, wanted) in OF_2023 {
            assert_eq!(report.total(figure), wanted, "{}", figure.key());
        }
        let failed: Vec<_> = report.checks.iter().filter(|check| check.status == Status::Fail).collect();
        assert!(failed.is_empty(), "{failed:?}");
        assert_eq!(report.total(Figure::DelegatedPenalties), 3);
        assert_eq!(report.total(Figure::ComplaintsReceived), 1125 + 2);
        assert_eq!(report.total(Figure::Fines) % 500, 0);
    }
}

#[test]
fn every_figure_is_the_sum_of_its_matters_and_each_names_its_entries() {
    let entries = entries(&Totals::of_2023(), &Cast::unknown(), 3);
    let report = report(&entries, 2023);
    let acts: BTreeMap<u32, Vec<&Matter>> =
        entries.iter().map(|entry| (entry.number, entry.acts.iter().map(Act::matter).collect())).collect();
    for figure in Figure::ALL {
        let parts = report.of_figure(*figure);
        assert_eq!(report.total(*figure), parts.iter().map(|part| part.amount).sum::<u64>());
        for part in parts {
            assert!(part.amount > 0 || matches!(figure, Figure::Fines | Figure::DelegatedFines));
            assert!(!part.entries.is_empty(), "{} of {} has no entry", part.matter, figure.key());
            for entry in &part.entries {
                assert!(
                    acts[entry].contains(&&part.matter),
                    "entry {entry} does not tell of {}",
                    part.matter
                );
            }
            assert_eq!(part.day.year(), 2023);
        }
        let months: u64 = report.by_month(*figure).iter().sum();
        assert_eq!(months, report.total(*figure));
    }
    let rows = rows(&report);
    let sum = |figure: Figure| rows.iter().filter_map(|row| row.amounts.get(&figure)).sum::<u64>();
    assert!(Figure::ALL.iter().all(|figure| sum(*figure) == report.total(*figure)));
}

/// Whatever is dropped or changed, figures or checks move.
#[test]
fn no_act_can_be_dropped_unseen() {
    let entries = entries(&Totals::small(), &Cast::unknown(), 5);
    let whole = report(&entries, 2025);
    assert!(whole.is_sound(), "{:?}", whole.checks);
    for at in 0..entries.len() {
        let mut without = entries.clone();
        without.remove(at);
        assert!(report(&without, 2025) != whole, "entry {} can go unseen", at + 1);
        for act in 0..entries[at].acts.len() {
            let dropped = &entries[at].acts[act];
            // What happens to matters that do not count in the year shows in theirs.
            let published_fire =
                matches!(dropped, Act::Published { matter, .. } if matter.kind() == Kind::Fire);
            if !counts(dropped.matter()) || published_fire {
                continue;
            }
            let mut without = entries.clone();
            without[at].acts.remove(act);
            assert!(report(&without, 2025) != whole, "{dropped:?} can go unseen");
        }
    }
}

/// All but those of other years, and the complaint that was looked into after the year.
fn counts(matter: &Matter) -> bool {
    let after = Totals::small().complaints as u32 + 1;
    match matter {
        Matter::Numbered { kind: Kind::Complaint, number, .. } => *number != after,
        Matter::Numbered { year, .. } => *year == 2025,
        Matter::Drawn { .. } => true,
    }
}

#[test]
fn no_number_and_no_day_can_be_changed_unseen() {
    let entries = entries(&Totals::small(), &Cast::unknown(), 6);
    let whole = report(&entries, 2025);
    let mut tried = 0;
    for at in 0..entries.len() {
        for act in 0..entries[at].acts.len() {
            for changed in changes(&entries[at].acts[act]) {
                let mut other = entries.clone();
                other[at].acts[act] = changed.clone();
                assert!(report(&other, 2025) != whole, "{changed:?} is as good");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

/// Lies about an act that counts.
fn changes(act: &Act) -> Vec<Act> {
    let mut lies = Vec::new();
    match act {
        Act::Visited(visit) if visit.day.year() == 2025 && counts(&visit.matter) => {
            let mut lie = |change: &dyn Fn(&mut yaohao::task::Visit)| {
                let mut visit = visit.clone();
                change(&mut visit);
                lies.push(Act::Visited(visit));
            };
            lie(&|visit| visit.day = visit.day.plus_days(366));
            // What is mended later, or is no inspection, shows where it counts.
            if visit.matter.kind() != Kind::Fire && visit.hazards < 5 {
                lie(&|visit| visit.hazards += 1);
                lie(&|visit| visit.rectified += 1);
                lie(&|visit| visit.present.truncate(1));
                lie(&|visit| {
                    visit.measures.push(yaohao::task::Ordered {
                        measure: yaohao::task::Measure::AtOnce,
                        number: None,
                        by: None,
                    })
                });
            }
        }
        Act::Penalised(penalty) if penalty.day.year() == 2025 => {
            lies.push(Act::Penalised(yaohao::task::Penalty { yuan: penalty.yuan + 1, ..penalty.clone() }));
            let day = penalty.day.plus_days(40);
            lies.push(Act::Penalised(yaohao::task::Penalty { day, ..penalty.clone() }));
        }
        Act::Opened(opened) if opened.matter.kind() == Kind::Fire && counts(&opened.matter) => {
            let received = opened.received.plus_days(40);
            lies.push(Act::Opened(yaohao::task::Opened { received, ..opened.clone() }));
            lies.push(Act::Opened(yaohao::task::Opened { procedure: None, ..opened.clone() }));
        }
        Act::Contested { matter, day } => {
            lies.push(Act::Contested { matter: matter.clone(), day: day.plus_days(200) });
        }
        _ => {}
    }
    lies
}

#[test]
fn every_figure_is_defined_in_the_docs() {
    let page = std::fs::read_to_string("docs/report.md").expect("the page");
    for figure in Figure::ALL {
        let (key, zh) = (figure.key(), figure.zh());
        assert!(page.contains(&format!("| `{key}` | {zh} |")), "docs/report.md has no row for {key}");
        assert!(page.contains(&figure.definition().en), "docs/report.md defines {key} otherwise");
    }
    let report = report(&entries(&Totals::small(), &Cast::unknown(), 1), 2025);
    for check in &report.checks {
        assert!(page.contains(&format!("| {} | `{}` |", check.id, check.name)), "{} is not there", check.id);
    }
}
