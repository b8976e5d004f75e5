//! Attacks on the suite: a record of one is given out as one of the other.

use super::district::small::{of_suite, small};
use super::{ATTACKS, Attack, Chance, Forger, convict, left, victim};
use yaohao::digest::Suite;
use yaohao::record::{self, Commit, DrawnLine, InspectorLine, Reveal, Table, UnitLine};
use yaohao::verify::Folder;

/// The same draw in the other suite.
fn of_sm3() -> Folder {
    let odds = "[odds]\ndry_draws = 40\nlargest_pair_probability = \"3/4\"\n";
    let policy = |policy: &str| policy.replace("[[beacon]]", &format!("{odds}[[beacon]]"));
    small(|text| of_suite(Suite::Sm3, &policy(text))).draw(&Chance::number(11)).folder
}

/// What somebody does who wants a record to pass as one of the other suite: less
/// and less is left that convicts.
const RELABELLED: &[Attack] = &[
    ("suite-relabelled", "V06", |f| {
        relabel(f);
        f.relink();
    }),
    ("suite-relabelled-and-recommitted", "V06", |f| {
        // All of the commitment fits its files again; but the policy says the suite too.
        relabel(f);
        recommit(f);
    }),
    ("suite-relabelled-in-the-policy-too", "V14", |f| {
        relabel_policy(f);
        relabel(f);
        recommit(f);
    }),
    ("suite-relabelled-with-new-nonce-commitments", "V15", |f| {
        relabel_policy(f);
        relabel(f);
        reparty(f);
        recommit(f);
    }),
    ("suite-relabelled-and-the-record-redone", "V15", |f| {
        relabel_policy(f);
        relabel(f);
        reparty(f);
        recommit(f);
        f.rerecord();
    }),
    ("suite-unknown", "V02", |f| {
        let key = f.suite().key();
        f.edit(record::COMMIT, key, "yaohao-2-sm3");
    }),
];

fn other(suite: Suite) -> Suite {
    if suite == Suite::Sm3 { Suite::Sha256 } else { Suite::Sm3 }
}

fn relabel(f: &mut Forger) {
    let suite = f.suite();
    f.edit(record::COMMIT, suite.key(), other(suite).key());
}

fn relabel_policy(f: &mut Forger) {
    let suite = f.suite();
    let policy = f.text(record::POLICY).replace(&format!("suite = \"{}\"\n", suite.key()), "");
    f.put(record::POLICY, of_suite(other(suite), &policy));
}

/// Hashes everything that the commitment binds by the suite it names now.
fn recommit(f: &mut Forger) {
    let mut commit = Commit::read(&f.folder.0[record::COMMIT]).expect("a commitment");
    let (suite, files) = (commit.suite, &f.folder.0);
    commit.policy = suite.digest(&[&files[record::POLICY]]);
    commit.items = suite.digest(&[&files[record::ITEMS]]);
    commit.odds = commit.odds.map(|_| suite.digest(&[&files[record::ODDS]]));
    let units: Table<UnitLine> = Table::read(&files[record::UNITS]).expect("units");
    let inspectors: Table<InspectorLine> = Table::read(&files[record::INSPECTORS]).expect("inspectors");
    (commit.units.root, commit.inspectors.root) = (units.root(suite), inspectors.root(suite));
    f.put(record::COMMIT, commit.text());
    f.relink();
}

/// Commits anew to the nonces, which are known by now.
fn reparty(f: &mut Forger) {
    let mut commit = Commit::read(&f.folder.0[record::COMMIT]).expect("a commitment");
    let reveal = Reveal::read(&f.folder.0[record::REVEAL]).expect("a reveal");
    let (suite, draw) = (commit.suite, commit.draw.clone());
    for ((party, commitment), (_, nonce)) in commit.parties.iter_mut().zip(&reveal.nonces) {
        *commitment = nonce.commitment(suite, &draw, party);
    }
    f.put(record::COMMIT, commit.text());
}

#[test]
fn a_record_of_one_suite_is_none_of_the_other() {
    for (victim, folder) in [(victim(), "attacks-suite-of-sha256"), (of_sm3(), "attacks-suite-of-sm3")] {
        convict(&left(folder).join("none"), &victim, RELABELLED);
    }
}

#[test]
fn every_attack_on_a_draw_of_the_other_suite_is_convicted_by_its_check() {
    convict(&left("attacks-sm3").join("none"), &of_sm3(), ATTACKS);
}

/// Nothing of a draw comes out the same but what no hash decides.
#[test]
fn the_suites_draw_differently_from_the_same_secrets() {
    let drawn = |folder: &Folder| -> Vec<(String, u64)> {
        let table: Table<DrawnLine> = Table::read(&folder.0[record::DRAWN]).expect("drawn units");
        table.lines.into_iter().map(|line| (line.stratum, line.rank)).collect()
    };
    let (one, two) = (victim(), of_sm3());
    assert_eq!(drawn(&one), drawn(&two), "quotas");
    assert_eq!(one.0[record::ITEMS], two.0[record::ITEMS]);
    for file in [record::UNITS, record::INSPECTORS, record::DRAWN, record::TEAMS, record::DOCKETS] {
        assert_ne!(one.0[file], two.0[file], "{file}");
    }
}
