//! What an office may commit to although it is not so; the draw after it is honest.

use super::chance::Random;
use super::text;
use yaohao::digest::Digest;
use yaohao::draw::Committed;
use yaohao::policy::Fraction;
use yaohao::record::{Commit, InspectorLine, Mode, ScheduleBasis, Sealed, Table, UnitLine, id_of};
use yaohao::seed::Beacon;

/// Changes the commitment, what it binds, or the policy.
pub fn tell(random: &mut Random, committed: &mut Committed, policy: &mut String) {
    match random.below(9) {
        8 => days(random, committed),
        0..=2 => policy_changed(random, committed, policy),
        3 => tables(random, committed),
        4 => texts(random, committed),
        5 => counts(random, &mut committed.commit),
        6 => names(random, &mut committed.commit),
        _ => rules(random, &mut committed.commit),
    }
}

/// The policy is another one; the commitment knows it, or not.
fn policy_changed(random: &mut Random, committed: &mut Committed, policy: &mut String) {
    for _ in 0..random.within(1, 2) {
        *policy = match random.below(4) {
            0 => setting(random, policy),
            1 => text::digit(random, policy),
            _ => text::change(random, policy),
        };
    }
    if random.below(5) > 0 {
        committed.commit.policy = committed.commit.suite.digest(&[policy.as_bytes()]);
    }
}

/// A setting of another value or type.
fn setting(random: &mut Random, policy: &str) -> String {
    let values = [
        "0",
        "-1",
        "1",
        "1.5",
        "true",
        "\"\"",
        "\"1/2\"",
        "\"2/1\"",
        "\"0/0\"",
        "[]",
        "[1]",
        "{}",
        "4294967295",
        "4294967296",
        "9223372036854775807",
        "0x10",
        "1_000",
        "+3",
        "\"down\"",
        "'up'",
        "2026-12-01",
        "[\"z1\"]",
        "\"\\u0061\"",
        "1979-05-27T07:32:00Z",
        "\"01/2\"",
        "\"1/2 \"",
        "inf",
        "[[1]]",
        "\"announced\"",
    ];
    let lines: Vec<&str> = policy.lines().collect();
    let settings: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].contains(" = ")).collect();
    let at = settings[random.below(settings.len())];
    let key = lines[at].split(" = ").next().expect("a key");
    let value = format!("{key} = {}", random.pick(&values));
    let more = ["# 注释", "extra = 1", "", "[extra]\na = 1"];
    let changed = if random.one_in(5) { format!("{}\n{}", lines[at], random.pick(&more)) } else { value };
    let line = |(n, line): (usize, &&str)| if n == at { changed.clone() } else { (*line).to_owned() };
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// Units and inspectors, with roots that fit.
fn tables(random: &mut Random, committed: &mut Committed) {
    let suite = committed.commit.suite;
    if random.one_in(2) {
        let units = &mut committed.units.text;
        *units = match random.below(3) {
            0 => exchange(random, units, 1),
            1 => exchange(random, units, 4),
            _ => text::change(random, units),
        };
        if let Ok(table) = Table::<UnitLine>::read(units.as_bytes()) {
            committed.commit.units = Sealed { root: table.root(suite), count: table.lines.len() as u64 };
        }
        return;
    }
    let lines = &mut committed.inspectors.lines;
    let at = random.below(lines.len());
    match random.below(5) {
        0 => lines[at].capacity = 4096,
        1 => lines[at].carried += 1,
        2 => lines[at].capacity = 0,
        3 => lines[at].name = lines[0].name.clone(),
        _ => lines.reverse(),
    }
    committed.inspectors = Table::<InspectorLine>::new(committed.inspectors.lines.clone());
    let root = committed.inspectors.root(suite);
    committed.commit.inspectors = Sealed { root, count: committed.inspectors.lines.len() as u64 };
}

/// Exchanges a field of two lines.
fn exchange(random: &mut Random, text: &str, field: usize) -> String {
    let mut rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect();
    let (a, b) = (random.within(1, rows.len() - 1), random.within(1, rows.len() - 1));
    if rows[a].len() > field && rows[b].len() > field {
        let kept = rows[a][field].clone();
        rows[a][field] = std::mem::replace(&mut rows[b][field], kept);
    }
    rows.iter().map(|row| row.join(" ") + "\n").collect()
}

/// Odds and items.
fn texts(random: &mut Random, committed: &mut Committed) {
    let suite = committed.commit.suite;
    match &mut committed.odds {
        Some(odds) => {
            *odds = text::digit(random, odds);
            committed.commit.odds = Some(id_of(suite, odds));
        }
        None if random.one_in(2) => {
            let odds = "yaohao/odds/v1\ndraws 3\nlargest 1 2\nentropy 1 2\n";
            committed.odds = Some(odds.to_owned());
            committed.commit.odds = Some(id_of(suite, odds));
        }
        None => {
            committed.items = text::change(random, &committed.items);
            committed.commit.items = id_of(suite, &committed.items);
        }
    }
}

/// Days, and who has time on them.
fn days(random: &mut Random, committed: &mut Committed) {
    let window = committed.commit.window;
    let Some(basis) = &mut committed.commit.schedule else {
        let basis = ScheduleBasis { availability: Digest([8; 32]), days: vec![window.first] };
        committed.commit.schedule = Some(basis);
        return;
    };
    match random.below(5) {
        0 => committed.commit.schedule = None,
        1 => basis.availability = Digest([9; 32]),
        2 if basis.days.len() > 1 => drop(basis.days.pop()),
        3 => basis.days[0] = window.first.plus_days(-1),
        _ => {
            let lines = committed.availability.iter_mut().flat_map(|table| &mut table.lines);
            lines.for_each(|line| line.minutes.iter_mut().for_each(|minutes| *minutes = 240));
        }
    }
}

fn counts(random: &mut Random, commit: &mut Commit) {
    let strata = commit.strata.len();
    match random.below(5) {
        0 if strata > 0 => commit.strata[random.below(strata)].pool += 1,
        1 if strata > 0 => commit.strata[random.below(strata)].quota += 1,
        2 if strata > 0 => drop(commit.strata.pop()),
        3 if !commit.excluded.is_empty() => commit.excluded[0].1 += 1,
        _ => commit.recusals.count += 1,
    }
}

fn names(random: &mut Random, commit: &mut Commit) {
    match random.below(8) {
        0 => commit.previous = Some(Digest([5; 32])),
        1 => commit.draw = "example/2026/003".parse().expect("a draw"),
        2 => commit.draw = "other/2026/001".parse().expect("a draw"),
        3 => commit.parties.swap(0, 1),
        4 => drop(commit.parties.pop()),
        5 => commit.log = Some(Digest([6; 32])),
        6 => commit.carried = Some(Sealed { root: Digest([7; 32]), count: 1 }),
        _ => match &mut commit.escrow {
            Some(escrow) => match random.below(4) {
                0 => escrow.custodians.reverse(),
                1 => escrow.points.swap(0, 1),
                2 => escrow.room *= 2,
                _ => drop(escrow.points.pop()),
            },
            None => commit.chains.clear(),
        },
    }
}

fn rules(random: &mut Random, commit: &mut Commit) {
    match random.below(12) {
        10 => commit.margin = 1 << random.below(32),
        11 => commit.committed = commit.committed.plus_minutes(60 * random.below(90) as u32),
        0 => commit.close_by = commit.close_by.plus_minutes(1),
        1 => commit.open_by = commit.open_by.plus_days(-1),
        2 => commit.margin += 1,
        3 => commit.quotas.reverse(),
        4 => drop(commit.quotas.pop()),
        5 => commit.exchange = "1/2".parse::<Fraction>().ok(),
        6 => commit.bands = commit.bands % 4 + 1,
        7 => commit.beacons.reverse(),
        8 => commit.beacons.push(Beacon::Dice { sides: 6, rolls: 9 }),
        _ => commit.mode = if commit.mode == Mode::Open { Mode::Sealed } else { Mode::Open },
    }
}
