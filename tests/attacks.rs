//! What an insider may try with a published draw, and the check that convicts.
//!
//! Every attack is made with care: the `.sha256` lists are made to fit, and
//! where the attacker could mend the links between documents, they are mended.
//! The folders are also left in the target folder, so that other
//! implementations can be held against the same fixtures.

mod district;
#[path = "attacks/escrow.rs"]
mod escrow;
#[path = "attacks/late.rs"]
mod late;
#[path = "attacks/void.rs"]
mod void;
#[path = "attacks/outside.rs"]
mod outside;
#[path = "attacks/schedule.rs"]
mod schedule;
#[path = "attacks/suite.rs"]
mod suite;
#[path = "attacks/threats.rs"]
mod threats;
#[path = "audit/cases.rs"]
mod cases;
#[path = "audit/office.rs"]
mod office;

use district::small::{small, unit_id};
use district::{Chance, moment};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use yaohao::digest::{Digest, Suite};
use yaohao::record::{
    self, Beacons, Commit, DocketLine, DrawnLine, PublicOdds, Record, Reveal, Table, TeamLine, UnitLine,
    id_of, sums,
};
use yaohao::seed::Shown;
use yaohao::verify::{Folder, Known, Status, Verdict, verify};

/// A published draw in the hands of somebody who rewrites it.
struct Forger {
    folder: Folder,
}

impl Forger {
    /// The suite that the commitment names.
    fn suite(&self) -> Suite {
        Commit::read(&self.folder.0[record::COMMIT]).expect("a commitment").suite
    }

    fn text(&self, file: &str) -> String {
        String::from_utf8(self.folder.0[file].clone()).expect("a text")
    }

    fn put(&mut self, file: &str, text: impl Into<Vec<u8>>) {
        self.folder.0.insert(file.to_owned(), text.into());
    }

    fn edit(&mut self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{file} has no {from:?}");
        self.put(file, text.replacen(from, to, 1));
    }

    /// Swaps two lines, counted from 0 with the tag.
    fn swap_lines(&mut self, file: &str, a: usize, b: usize) {
        let text = self.text(file);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(a, b);
        self.put(file, lines.join("\n") + "\n");
    }

    fn drop_line(&mut self, file: &str, number: usize) {
        let text = self.text(file);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.remove(number);
        self.put(file, lines.join("\n") + "\n");
    }

    /// Makes the documents after the commitment name each other again.
    fn relink(&mut self) {
        let suite = self.suite();
        let mut before = id_of(suite, &self.text(record::COMMIT));
        let mut ceremony = Beacons::read(&self.folder.0[record::CEREMONY], false).expect("a ceremony");
        ceremony.link.after = before;
        before = id_of(suite, &ceremony.text(false));
        self.put(record::CEREMONY, ceremony.text(false));
        let mut reveal = Reveal::read(&self.folder.0[record::REVEAL]).expect("a reveal");
        reveal.link.after = before;
        before = id_of(suite, &reveal.text());
        self.put(record::REVEAL, reveal.text());
        let mut record = Record::read(&self.folder.0[record::RECORD]).expect("a record");
        record.link.after = before;
        self.put(record::RECORD, record.text());
    }

    /// Makes the commitment fit units.txt and inspectors.txt again.
    fn recommit(&mut self) {
        let mut commit = Commit::read(&self.folder.0[record::COMMIT]).expect("a commitment");
        let units: Table<UnitLine> = Table::read(&self.folder.0[record::UNITS]).expect("units");
        commit.units.root = units.root(commit.suite);
        commit.units.count = units.lines.len() as u64;
        self.put(record::COMMIT, commit.text());
        self.relink();
    }

    /// Changes the policy, and commits to what it then is.
    fn repolicy(&mut self, from: &str, to: &str) {
        self.edit(record::POLICY, from, to);
        let mut commit = Commit::read(&self.folder.0[record::COMMIT]).expect("a commitment");
        commit.policy = commit.suite.digest(&[&self.folder.0[record::POLICY]]);
        self.put(record::COMMIT, commit.text());
        self.relink();
    }

    /// Makes the record fit drawn.txt and prices.txt again.
    fn rerecord(&mut self) {
        let mut record = Record::read(&self.folder.0[record::RECORD]).expect("a record");
        let drawn: Table<DrawnLine> = Table::read(&self.folder.0[record::DRAWN]).expect("drawn units");
        record.drawn.root = drawn.root(self.suite());
        record.drawn.count = drawn.lines.len() as u64;
        record.prices = self.suite().digest(&[&self.folder.0[record::PRICES]]);
        self.put(record::RECORD, record.text());
    }

    /// Gives `unit` another team and makes drawn.txt and the record fit.
    fn reteam(&mut self, change: impl Fn(&mut Vec<TeamLine>)) {
        let mut teams: Table<TeamLine> = Table::read(&self.folder.0[record::TEAMS]).expect("teams");
        change(&mut teams.lines);
        let mut drawn: Table<DrawnLine> = Table::read(&self.folder.0[record::DRAWN]).expect("drawn units");
        for line in &mut drawn.lines {
            let team = teams.lines.iter().find(|team| team.unit == line.unit).expect("a team");
            line.team = team.commitment(self.suite(), "example/2026/001");
        }
        self.put(record::TEAMS, Table::new(teams.lines).text);
        self.put(record::DRAWN, Table::new(drawn.lines).text);
        self.rerecord();
    }

    /// Makes the lists for `sha256sum -c` fit whatever is there.
    fn resum(&mut self) {
        for list in [record::COMMIT_SUMS, record::RECORD_SUMS] {
            let Some(old) = self.folder.0.get(list) else { continue };
            let old = String::from_utf8(old.clone()).expect("a list");
            let names: Vec<&str> = old.lines().filter_map(|line| line.split("  ").nth(1)).collect();
            let present = names.iter().filter_map(|name| Some((*name, self.folder.get(name)?)));
            let new = sums(present);
            self.put(list, new);
        }
    }
}

type Attack = (&'static str, &'static str, fn(&mut Forger));

/// Name, the check that convicts (the first that fails), and what is done. Lists
/// of hashes are made to fit afterwards, except in attacks on themselves.
const ATTACKS: &[Attack] = &[
    // Read by some parsers of TOML, and by others not.
    ("policy-with-a-broken-inline-table", "V06", |f| f.repolicy("{ lead = 240,", "{ lead = 240,\n")),
    ("policy-with-a-leap-second", "V06", |f| f.repolicy("[office]\n", "last = 23:59:60\n[office]\n")),
    ("policy-with-a-large-integer", "V06", |f| {
        f.repolicy("[office]\n", "n = 9223372036854775808\n[office]\n")
    }),
    ("policy-edited", "V06", |f| f.edit(record::POLICY, "quota = \"1/4\"", "quota = \"1/3\"")),
    ("policy-edited-and-recommitted", "V06", |f| f.repolicy("quota = \"1/4\"", "quota = \"1/3\"")),
    ("software-renamed", "V12", |f| f.edit(record::COMMIT, "software yaohao test", "software yaohao 9")),
    ("software-renamed-and-relinked", "V15", |f| {
        f.edit(record::COMMIT, "software yaohao test", "software yaohao 9");
        f.relink();
    }),
    ("register-ground-and-recommitted", "V15", |f| {
        // Another byte of a name, the same units: the commitment is another, and with it the seed.
        f.edit(record::UNITS, "示例单位07", "示例单位7");
        f.recommit();
    }),
    ("item-edited", "V07", |f| f.edit(record::ITEMS, "第五十三条", "第五十四条")),
    ("unit-removed", "V08", |f| f.drop_line(record::UNITS, 30)),
    ("unit-twice", "V08", |f| {
        let text = f.text(record::UNITS);
        let line = text.lines().nth(30).expect("a line").to_owned() + "\n";
        f.put(record::UNITS, text.replace(&line, &line.repeat(2)));
    }),
    ("unit-renamed", "V08", |f| f.edit(record::UNITS, "示例单位07", "示例单位7")),
    ("units-out-of-order-and-recommitted", "V08", |f| {
        f.swap_lines(record::UNITS, 3, 4);
        f.recommit();
    }),
    ("unit-put-into-another-zone", "V10", |f| {
        // Within the committed counts: one unit moves each way.
        f.edit(record::UNITS, &format!("{} key/z1", unit_id(0)), &format!("{} key/z2", unit_id(0)));
        f.edit(record::UNITS, &format!("{} key/z2", unit_id(1)), &format!("{} key/z1", unit_id(1)));
        f.recommit();
    }),
    ("inspector-given-more-room", "V09", |f| f.edit(record::INSPECTORS, " 15 0 ", " 16 0 ")),
    ("quota-raised", "V06", |f| f.edit(record::COMMIT, "quota general 6 -", "quota general 7 -")),
    ("quota-raised-and-relinked", "V11", |f| {
        f.edit(record::COMMIT, "stratum general 20 6", "stratum general 20 7");
        f.relink();
    }),
    ("pool-understated", "V10", |f| {
        f.edit(record::COMMIT, "stratum general 20 6", "stratum general 19 6");
        f.relink();
    }),
    ("party-dropped", "V06", |f| {
        let mut commit = Commit::read(&f.folder.0[record::COMMIT]).expect("a commitment");
        commit.parties.pop();
        commit.chains.pop();
        f.put(record::COMMIT, commit.text());
        f.relink();
    }),
    ("dice-changed", "V12", |f| change_dice(f)),
    ("dice-changed-and-relinked", "V15", |f| {
        change_dice(f);
        f.relink();
    }),
    ("dice-left-out", "V13", |f| {
        let text = f.text(record::CEREMONY);
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("outcome")).collect();
        f.put(record::CEREMONY, lines.join("\n") + "\n");
        f.relink();
    }),
    ("dice-rolled-twice", "V13", |f| {
        let text = f.text(record::CEREMONY);
        let again = text.lines().last().expect("an outcome").to_owned() + "\n";
        f.put(record::CEREMONY, text + &again);
        f.relink();
    }),
    ("nonce-replaced", "V14", |f| {
        let mut reveal = Reveal::read(&f.folder.0[record::REVEAL]).expect("a reveal");
        reveal.nonces[1].1 = yaohao::seed::Nonce::new([7; 32]);
        f.put(record::REVEAL, reveal.text());
        f.relink();
    }),
    ("nonce-withheld", "V14", |f| {
        let mut reveal = Reveal::read(&f.folder.0[record::REVEAL]).expect("a reveal");
        reveal.nonces.pop();
        f.put(record::REVEAL, reveal.text());
        f.relink();
    }),
    ("record-late", "V12", |f| late(f, "2026-12-01T00:00:00Z")),
    ("record-back-dated", "V12", |f| late(f, "2026-11-24T01:00:00Z")),
    ("record-of-another-draw", "V12", |f| f.edit(record::RECORD, "example/2026/001", "example/2026/002")),
    ("record-before-the-nonces", "V12", |f| {
        let before = id_of(f.suite(), &f.text(record::CEREMONY));
        let mut record = Record::read(&f.folder.0[record::RECORD]).expect("a record");
        record.link.after = before;
        f.put(record::RECORD, record.text());
    }),
    ("drawn-unit-replaced", "V15", |f| {
        let drawn: Table<DrawnLine> = Table::read(&f.folder.0[record::DRAWN]).expect("drawn units");
        let spared = (0..60).map(unit_id).find(|id| !drawn.lines.iter().any(|line| line.unit == *id));
        let (from, to) = (drawn.lines[0].unit.clone(), spared.expect("somebody is not drawn"));
        f.edit(record::DRAWN, &from, &to);
        f.rerecord();
    }),
    ("drawn-units-swapped", "V15", |f| {
        f.swap_lines(record::DRAWN, 1, 2);
        f.rerecord();
    }),
    ("drawn-unit-left-out", "V15", |f| {
        f.drop_line(record::DRAWN, 1);
        f.rerecord();
    }),
    ("ticket-forged", "V15", |f| {
        let mut drawn: Table<DrawnLine> = Table::read(&f.folder.0[record::DRAWN]).expect("drawn units");
        drawn.lines[0].ticket = Digest([0; 32]);
        f.put(record::DRAWN, Table::new(drawn.lines).text);
        f.rerecord();
    }),
    ("docket-shortened", "V16", |f| shorten_a_docket(f)),
    ("docket-salt-changed", "V16", |f| {
        let salt = f
            .text(record::DOCKETS)
            .lines()
            .nth(1)
            .expect("a line")
            .split(' ')
            .nth(1)
            .expect("a salt")
            .to_owned();
        f.edit(record::DOCKETS, &salt, &"0".repeat(32));
    }),
    ("team-changed", "V17", |f| {
        let other = |name: &str| if name == "P01" { "P02" } else { "P01" };
        let line = f.text(record::TEAMS).lines().nth(1).expect("a line").to_owned();
        let name = line.split("assistant=").nth(1).expect("a name").to_owned();
        f.edit(record::TEAMS, &format!("assistant={name}"), &format!("assistant={}", other(&name)));
    }),
    ("inspector-twice-in-a-team", "V18", |f| {
        f.reteam(|teams| teams[0].members[1].1 = teams[0].members[0].1.clone());
    }),
    ("inspector-from-another-zone", "V18", |f| {
        f.reteam(|teams| {
            let strangers: Vec<String> =
                teams.iter().flat_map(|t| t.members.iter().map(|m| m.1.clone())).collect();
            let mine: BTreeSet<String> = near(teams, 0);
            let stranger = strangers.into_iter().find(|name| !mine.contains(name)).expect("two zones");
            teams[0].members[1].1 = stranger;
        });
    }),
    ("teams-of-two-units-exchanged", "V19", |f| {
        f.reteam(|teams| {
            let b = (1..teams.len()).find(|b| {
                near(teams, 0).contains(&teams[*b].members[0].1) && teams[*b].members != teams[0].members
            });
            let b = b.expect("another team of the zone");
            let members = teams[0].members.clone();
            teams[0].members = teams[b].members.clone();
            teams[b].members = members;
        });
    }),
    ("price-raised", "V19", |f| {
        let text = f.text(record::PRICES);
        let busy = text.lines().skip(1).find(|line| line.split(' ').nth(1) != Some("0")).expect("somebody");
        let price = busy.split(' ').nth(2).expect("a price").to_owned();
        let more = (price.parse::<i128>().expect("a number") + (1 << 100)).to_string();
        f.edit(record::PRICES, &price, &more);
        f.rerecord();
    }),
    ("load-understated", "V20", |f| {
        let text = f.text(record::PRICES);
        let mut fields = text.lines().nth(1).expect("a line").split(' ');
        let (name, load) = (fields.next().expect("a name"), fields.next().expect("a load"));
        f.edit(record::PRICES, &format!("{name} {load} "), &format!("{name} 0 "));
        f.rerecord();
    }),
    ("lead-and-assistant-exchanged", "V24", |f| {
        let dockets: Table<DocketLine> = Table::read(&f.folder.0[record::DOCKETS]).expect("dockets");
        f.reteam(|teams| {
            // Where the assistant may lead too, so that the other team is as lawful.
            let both = |(team, docket): &(&mut TeamLine, &DocketLine)| {
                docket.people.slots[0].1.contains(&team.members[1].1)
            };
            let (team, _) = teams.iter_mut().zip(&dockets.lines).find(both).expect("two who may lead");
            let (lead, assistant) = team.members.split_at_mut(1);
            std::mem::swap(&mut lead[0].1, &mut assistant[0].1);
        });
    }),
    ("leads-overstated", "V24", |f| change_column(f, 3)),
    ("lead-price-raised", "V24", |f| change_column(f, 4)),
    ("record-root-forged", "V21", |f| {
        let mut record = Record::read(&f.folder.0[record::RECORD]).expect("a record");
        record.drawn.root = Digest([1; 32]);
        f.put(record::RECORD, record.text());
    }),
    ("record-window-widened", "V21", |f| f.edit(record::RECORD, "window 2026-12-01", "window 2026-11-25")),
    ("record-of-other-inspectors", "V21", |f| {
        let mut record = Record::read(&f.folder.0[record::RECORD]).expect("a record");
        record.inspectors.root = Digest([1; 32]);
        f.put(record::RECORD, record.text());
    }),
    ("odds-flattered", "V22", |f| f.edit(record::ODDS, "draws 40\n", "draws 41\n")),
    ("odds-missing", "V01", |f| {
        f.folder.0.remove(record::ODDS);
    }),
    ("windows-line-ends", "V02", |f| {
        let text = f.text(record::DRAWN).replace('\n', "\r\n");
        f.put(record::DRAWN, text);
    }),
    ("byte-order-mark", "V02", |f| {
        let text = f.text(record::TEAMS);
        f.put(record::TEAMS, format!("\u{feff}{text}"));
    }),
    ("upper-case-hex", "V02", |f| {
        let ticket = f
            .text(record::DRAWN)
            .lines()
            .nth(1)
            .expect("a line")
            .split(' ')
            .nth(3)
            .expect("a ticket")
            .to_owned();
        f.edit(record::DRAWN, &ticket, &ticket.to_uppercase());
    }),
    ("number-with-leading-zero", "V02", |f| f.edit(record::DRAWN, " 1 ", " 01 ")),
    ("file-missing", "V01", |f| {
        f.folder.0.remove(record::DOCKETS);
    }),
    ("ceremony-missing", "V01", |f| {
        f.folder.0.remove(record::CEREMONY);
    }),
    ("file-added", "V01", |f| f.put("drawn-2.txt", "yaohao/drawn/v1\n")),
    ("void-beside-the-record", "V01", |f| {
        let commit = id_of(f.suite(), &f.text(record::COMMIT));
        let void = format!(
            "yaohao/void/v1\ndraw example/2026/001\nafter {commit}\nat 2026-11-23T07:00:00Z\nreason party\n"
        );
        f.put(record::VOID_SUMS, sums([(record::VOID, void.as_bytes())]));
        f.put(record::VOID, void);
    }),
    ("list-forged", "V03", |f| {
        let text = f.text(record::RECORD_SUMS);
        let first = text.chars().next().expect("a digit");
        f.put(record::RECORD_SUMS, format!("{}{}", if first == '0' { '1' } else { '0' }, &text[1..]));
    }),
];

/// Everybody who is in a team with somebody who is in team `a`, and so on.
fn near(teams: &[TeamLine], a: usize) -> BTreeSet<String> {
    let names = |team: &TeamLine| team.members.iter().map(|m| m.1.clone()).collect::<BTreeSet<_>>();
    let mut near = names(&teams[a]);
    for _ in 0..teams.len() {
        for team in teams {
            if !names(team).is_disjoint(&near) {
                near.extend(names(team));
            }
        }
    }
    near
}

fn change_dice(f: &mut Forger) {
    let mut ceremony = Beacons::read(&f.folder.0[record::CEREMONY], false).expect("a ceremony");
    let Shown::Numbers(numbers) = &mut ceremony.outcomes[0].shown else { panic!("dice") };
    let last = numbers.last_mut().expect("a number");
    *last = (*last + 1) % 10;
    f.put(record::CEREMONY, ceremony.text(false));
}

/// Adds one to a number of the first line of prices.txt.
fn change_column(f: &mut Forger, column: usize) {
    let line = f.text(record::PRICES).lines().nth(1).expect("a line").to_owned();
    let mut fields: Vec<String> = line.split(' ').map(str::to_owned).collect();
    fields[column] = (fields[column].parse::<i128>().expect("a number") + 1).to_string();
    f.edit(record::PRICES, &line, &fields.join(" "));
    f.rerecord();
}

fn late(f: &mut Forger, at: &str) {
    let mut record = Record::read(&f.folder.0[record::RECORD]).expect("a record");
    record.link.at = moment(at);
    f.put(record::RECORD, record.text());
}

fn shorten_a_docket(f: &mut Forger) {
    let line = f.text(record::DOCKETS).lines().nth(1).expect("a line").to_owned();
    let (head, last) = line.rsplit_once(',').expect("several assistants");
    assert!(last.starts_with('P'));
    f.edit(record::DOCKETS, &line, head);
}

/// Name, and what is changed in odds.txt.
type Lie = (&'static str, fn(&mut PublicOdds));

/// Odds that an office commits to before an honest draw, and that cannot be or
/// are not allowed.
const LIES: &[Lie] = &[
    ("odds-of-fewer-draws", |odds| odds.draws -= 1),
    ("odds-above-the-cap", |odds| odds.largest = (31, 40)),
    ("odds-of-nothing", |odds| odds.largest = (0, 0)),
    ("odds-above-one", |odds| odds.largest = (41, 40)),
    ("odds-without-a-stratum", |odds| drop(odds.strata.pop())),
    ("odds-of-another-pool", |odds| odds.strata[0].units += 1),
    ("odds-of-more-kinds-than-units", |odds| odds.strata[0].kinds = odds.strata[0].units + 1),
    ("odds-with-a-mean-below-the-least", |odds| odds.entropy = (2, 1)),
];

/// The folders of honest draws on such commitments.
fn lies() -> Vec<(&'static str, Folder)> {
    let told = PublicOdds::read(&victim().0[record::ODDS]).expect("odds");
    let draw = |odds: Option<PublicOdds>| {
        let mut district = measured();
        district.odds_instead = Some(odds);
        district.draw(&Chance::number(11)).folder
    };
    let lie = |(name, change): &Lie| {
        let mut odds = told.clone();
        change(&mut odds);
        (*name, draw(Some(odds)))
    };
    let mut lies: Vec<(&str, Folder)> = LIES.iter().map(lie).collect();
    lies.push(("odds-never-made", draw(None)));
    let mut unasked = small(str::to_owned);
    unasked.odds_instead = Some(Some(told));
    lies.push(("odds-never-asked-for", unasked.draw(&Chance::number(11)).folder));
    lies
}

fn failing(folder: &Folder, known: &Known<'_>) -> Vec<&'static str> {
    let report = verify(folder, known);
    let failed: Vec<&str> = report.checks.iter().filter(|c| c.status == Status::Fail).map(|c| c.id).collect();
    assert_eq!(report.verdict == Verdict::Failed, !failed.is_empty());
    failed
}

/// A draw in which the checks have something to hold on to.
fn victim() -> Folder {
    measured().draw(&Chance::number(11)).folder
}

/// The small district with a cap on how predictable its teams are.
fn measured() -> district::District {
    let odds = "[odds]\ndry_draws = 40\nlargest_pair_probability = \"3/4\"\n";
    small(|policy| policy.replace("[[beacon]]", &format!("{odds}[[beacon]]")))
}

#[test]
fn every_attack_is_convicted_by_its_check() {
    let left = left("attacks");
    convict(&left.join("none"), &victim(), ATTACKS);
    convict(&left.join("days-none"), &schedule::victim(), schedule::ATTACKS);
    assert!(failing(&schedule::victim(), &Known::default()).is_empty());
    for (name, expected, folder) in schedule::lies() {
        leave(&left.join(name), &folder);
        assert_eq!(failing(&folder, &Known::default()).first(), Some(&expected), "{name}");
    }
    leave(&left.join("late-none"), &late::victim());
    for (name, expected, attack) in late::ATTACKS {
        let mut folder = late::victim();
        attack(&mut folder);
        leave(&left.join(name), &folder);
        let failed = failing(&folder, &Known::default());
        assert_eq!(failed.first(), Some(expected), "{name}: {failed:?}");
    }
    for (name, folder) in lies() {
        leave(&left.join(name), &folder);
        assert_eq!(failing(&folder, &Known::default()), ["V22"], "{name}");
    }
    for (name, folder) in escrow::honest() {
        leave(&left.join(name), &folder);
        assert!(failing(&folder, &Known::default()).is_empty(), "{name}");
    }
    for (name, folder) in escrow::lies() {
        leave(&left.join(name), &folder);
        assert_eq!(failing(&folder, &Known::default()), ["V25"], "{name}");
    }
    for (name, expected, attack) in escrow::ATTACKS {
        let mut forger = Forger { folder: escrow::victim() };
        attack(&mut forger);
        forger.resum();
        leave(&left.join(name), &forger.folder);
        let failed = failing(&forger.folder, &Known::default());
        assert_eq!(failed.first(), Some(expected), "{name}: {failed:?}");
    }
}

/// Attacks `victim`, which is left beside what comes of it.
fn convict(beside: &Path, victim: &Folder, attacks: &[Attack]) {
    leave(beside, victim);
    for (name, expected, attack) in attacks {
        let mut forger = Forger { folder: victim.clone() };
        attack(&mut forger);
        if *name != "list-forged" {
            forger.resum();
        }
        leave(&beside.with_file_name(name), &forger.folder);
        let failed = failing(&forger.folder, &Known::default());
        assert_eq!(failed.first(), Some(expected), "{name}: {failed:?}");
    }
}

/// The folder that the attack of that name leaves, and the check that convicts it.
fn forged(name: &str) -> Option<(&'static str, Folder)> {
    let by = |victim: Folder, attack: fn(&mut Forger)| {
        let mut forger = Forger { folder: victim };
        attack(&mut forger);
        if name != "list-forged" {
            forger.resum();
        }
        forger.folder
    };
    if let Some((_, id, attack)) = ATTACKS.iter().find(|(known, ..)| *known == name) {
        return Some((id, by(victim(), *attack)));
    }
    if let Some((_, id, attack)) = schedule::ATTACKS.iter().find(|(known, ..)| *known == name) {
        return Some((id, by(schedule::victim(), *attack)));
    }
    if let Some((_, id, attack)) = escrow::ATTACKS.iter().find(|(known, ..)| *known == name) {
        return Some((id, by(escrow::victim(), *attack)));
    }
    if let Some((_, id, attack)) = late::ATTACKS.iter().find(|(known, ..)| *known == name) {
        let mut folder = late::victim();
        attack(&mut folder);
        return Some((id, folder));
    }
    outside::forged(name)
}

/// An empty folder for other implementations to look into.
fn left(name: &str) -> PathBuf {
    let left = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&left);
    left
}

/// Writes a folder where other implementations find it.
fn leave(folder: &Path, files: &Folder) {
    std::fs::create_dir_all(folder).expect("the target folder");
    for (name, bytes) in &files.0 {
        std::fs::write(folder.join(name), bytes).expect("the target folder");
    }
}

#[test]
fn a_second_try_is_convicted_by_the_commitment_announced() {
    let announced = small(str::to_owned).draw(&Chance::number(11)).committed.commit.id();
    let again = small(str::to_owned).draw(&Chance::number(12)).folder;
    assert_eq!(failing(&again, &Known::default()), [""; 0], "by itself it is a good draw");
    assert_eq!(failing(&again, &Known { commitment: Some(announced), ..Known::default() }), ["V04"]);
}

#[test]
fn a_forged_predecessor_is_convicted() {
    let folder = victim();
    let mut forger = Forger { folder };
    let other = b"yaohao/void/v1\ndraw example/2026/001\nafter 0000000000000000000000000000000000000000000000000000000000000000\nat 2026-11-01T00:00:00Z\nreason party\n";
    let mut commit = Commit::read(&forger.folder.0[record::COMMIT]).expect("a commitment");
    commit.previous = Some(Digest::of(&[other]));
    forger.put(record::COMMIT, commit.text());
    forger.relink();
    forger.resum();
    // The same number as before: not the draw after it.
    let known = Known { predecessor: Some(other), ..Known::default() };
    assert!(failing(&forger.folder, &known).contains(&"V05"));
    let known = Known { predecessor: Some(b"yaohao/void/v1\n"), ..Known::default() };
    assert!(failing(&forger.folder, &known).contains(&"V05"));
}

#[test]
fn one_changed_byte_anywhere_fails() {
    let folder = victim();
    let left = left("flips");
    // Every byte of the documents, every 29th of the long tables; the bit varies.
    let step = |bytes: &[u8]| if bytes.len() > 2500 { 29 } else { 1 };
    let places =
        folder.0.iter().flat_map(|(name, b)| (0..b.len()).step_by(step(b)).map(move |at| (name, at)));
    let places: Vec<(&String, usize)> = places.collect();
    assert!(places.len() > 5_000, "{} flips", places.len());
    let convicted: Vec<&str> = places
        .par_iter()
        .enumerate()
        .map(|(number, (name, at))| {
            let mut forger = Forger { folder: folder.clone() };
            forger.folder.0.get_mut(*name).expect("the file")[*at] ^= 1 << (at % 8);
            let plain = failing(&forger.folder, &Known::default());
            assert!(!plain.is_empty(), "{name}: byte {at} changed unnoticed");
            if !name.ends_with(".sha256") {
                forger.resum();
            }
            if number % 40 == 0 {
                leave(&left.join(format!("{number}-{name}-{at}")), &forger.folder);
            }
            let careful = failing(&forger.folder, &Known::default());
            // The time of the last document binds nothing until the next draw names it.
            let last_word = *name == record::RECORD && plain == ["V03"];
            assert!(!careful.is_empty() || last_word, "{name}: byte {at} changed with its list, unnoticed");
            *careful.first().unwrap_or(&"V03")
        })
        .collect();
    let checks: BTreeSet<&str> = convicted.into_iter().collect();
    assert!(checks.len() >= 10, "{checks:?}");
}
