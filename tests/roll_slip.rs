//! What became of one unit of a roll: proofs made from tiles, checked without them.

mod rolled;
mod terminal;

#[path = "roll_slip/case.rs"]
mod case;
#[path = "roll_slip/changed.rs"]
mod changed;
#[path = "roll_slip/command.rs"]
mod command;

use case::{Roll, statuses};
use std::collections::BTreeMap;
use yaohao::digest::{Digest, Suite};
use yaohao::merkle;
use yaohao::record::{TableLine, leaf};
use yaohao::roll::{Papers, Placed, Prover, RollAnswer, RollPlace, RollSlip, RollUnit};
use yaohao::sampling::{Ticketer, select};
use yaohao::verify::Verdict;

/// What the lines say, by the plainest way: the whole roll in memory.
fn expected(roll: &Roll, number: u64) -> RollAnswer {
    let (commit, seed) = (&roll.commit, &roll.seed);
    let line = rolled::unit(number);
    let Ok(label) = line.standing.as_result() else { return RollAnswer::Excluded };
    let all: Vec<RollUnit> = (0..commit.units.count).map(rolled::unit).collect();
    let pool: Vec<&str> = all
        .iter()
        .filter(|unit| unit.standing.as_result() == Ok(label))
        .map(|unit| unit.id.as_str())
        .collect();
    let stratum = commit.stratum(label).expect("counted");
    let drawn = select(seed, label, &pool, stratum.listed() as usize);
    match drawn.iter().position(|drawn| pool[drawn.index] == line.id) {
        Some(rank) if (rank as u64) < stratum.quota => RollAnswer::Drawn,
        Some(_) => RollAnswer::Reserve,
        None => RollAnswer::NotDrawn,
    }
}

#[test]
fn every_unit_of_a_small_roll_has_a_proof_of_what_became_of_it() {
    for (sequence, size) in [(1, 0), (2, 1), (3, 13), (4, 120)] {
        for suite in Suite::ALL {
            let roll = Roll::new(*suite, sequence, size);
            for number in 0..size {
                let slip = roll.prove(&rolled::id(number)).expect("a proof");
                let report = roll.check(&slip);
                assert_eq!(report.told.answer, expected(&roll, number), "{number} of {size}");
                assert_eq!(report.verdict, Verdict::Verified, "{}", slip.text());
                assert_eq!(RollSlip::read(slip.text().as_bytes()), Ok(slip));
            }
            for number in 0..=size {
                let unit = rolled::stranger(number);
                let slip = roll.prove(&unit).expect("a proof");
                let report = roll.check(&slip);
                assert_eq!((report.told.answer, report.unit), (RollAnswer::Absent, unit));
                assert_eq!(report.verdict, Verdict::Verified, "{}", slip.text());
                assert_eq!(RollSlip::read(slip.text().as_bytes()), Ok(slip));
            }
        }
    }
}

#[test]
fn every_answer_occurs_and_says_why() {
    let roll = Roll::new(Suite::Sha256, 1, 500);
    let mut seen = BTreeMap::new();
    for number in 0..500 {
        let report = roll.check(&roll.prove(&rolled::id(number)).expect("a proof"));
        let needs_none = report.told.answer == RollAnswer::Excluded;
        assert_eq!(statuses(&report), if needs_none { "++-+--" } else { "++++++" });
        seen.entry(report.told.answer).or_insert(report);
    }
    let says = |answer| (seen[&answer].told.says.zh.as_str(), seen[&answer].told.says.en.as_str());
    let (zh, en) = says(RollAnswer::NotDrawn);
    assert!(zh.contains("没有抽中：它的票号") && zh.contains("大于最后一个"), "{zh}");
    assert!(en.contains("not drawn: its ticket"), "{en}");
    assert!(says(RollAnswer::Drawn).0.contains("抽中：票号第"));
    assert!(says(RollAnswer::Reserve).0.contains("列为候补第"));
    assert!(says(RollAnswer::Excluded).0.contains("不参加抽取："));
    // The command prints the ticket that the slip has.
    let drawn = &seen[&RollAnswer::Drawn];
    let proof = drawn.told.ticket.as_ref().expect("a command");
    assert!(proof.command.starts_with("printf 'yaohao/ticket/v1\\n%s\\n%s\\n%s\\n'"), "{}", proof.command);
    let label = roll.prove(&drawn.unit).expect("a proof").stratum().expect("a pool").to_owned();
    assert_eq!(proof.prints, Ticketer::new(&roll.seed, &label).ticket(&drawn.unit));
}

#[test]
fn before_the_draw_a_slip_proves_the_line_and_no_more() {
    let mut roll = Roll::new(Suite::Sha256, 1, 40);
    roll.documents.0.retain(|name, _| name == "commit.txt");
    let report = roll.check(&roll.prove(&rolled::id(0)).expect("a proof"));
    assert_eq!((statuses(&report).as_str(), report.verdict), ("++----", Verdict::Incomplete));
    assert_eq!(report.told.answer, RollAnswer::Pool);
    let report = roll.check(&roll.prove(&rolled::id(3)).expect("a proof"));
    assert_eq!((statuses(&report).as_str(), report.verdict), ("++-+--", Verdict::Verified));
    let report = roll.check(&roll.prove(&rolled::stranger(3)).expect("a proof"));
    assert_eq!((statuses(&report).as_str(), report.verdict), ("++-+--", Verdict::Verified));
}

/// Around the sizes at which tiles become full, every path is that of a plain tree.
#[test]
fn paths_are_those_of_the_plain_tree_at_every_edge_of_a_tile() {
    for size in [255, 256, 257, 65_537] {
        let roll = Roll::new(Suite::Sha256, 1, size);
        let leaves: Vec<Digest> =
            (0..size).map(|n| leaf::<RollUnit>(Suite::Sha256, &rolled::unit(n).line())).collect();
        assert_eq!(merkle::root(Suite::Sha256, &leaves), roll.commit.units.root);
        let numbers = [0, 1, size / 2, 254, 255, size - 2, size - 1];
        let ids: Vec<String> =
            numbers.into_iter().flat_map(|n| [rolled::id(n), rolled::stranger(n)]).collect();
        let slips = roll.with(|prover| ids.iter().map(|id| prover.prove(id)).collect::<Result<Vec<_>, _>>());
        for slip in slips.expect("opened").expect("proofs") {
            assert_eq!(roll.check(&slip).verdict, Verdict::Verified);
            let placed: Vec<&Placed<RollUnit>> = match &slip.place {
                RollPlace::There(placed) => vec![placed],
                RollPlace::Absent { before, after, .. } => before.iter().chain(after).collect(),
            };
            for Placed { path, .. } in placed {
                let steps = merkle::path(Suite::Sha256, &leaves, path.index as usize);
                assert!(steps.iter().map(|step| step.neighbour()).eq(path.neighbours.iter().copied()));
            }
        }
    }
}

/// A few files a unit, and ever fewer, whatever the size of the roll.
#[test]
fn a_proof_reads_few_files() {
    let roll = Roll::new(Suite::Sha256, 1, 65_537);
    let reads = std::cell::Cell::new(0);
    let units = |path: &str| {
        reads.set(reads.get() + 1);
        roll.files.get(path).cloned()
    };
    let drawn = |path: &str| {
        reads.set(reads.get() + 1);
        roll.files.get(&format!("drawn/{path}")).cloned()
    };
    let papers = Papers::new(&roll.documents, None, None);
    let prover = Prover::open(&papers, &units, &drawn).expect("sound");
    let mut most = 0;
    for at in 0..2000 {
        reads.set(0);
        prover.prove(&rolled::id(at * 7919 % 65_537)).expect("a proof");
        assert!(reads.get() <= 24, "{} files for the first", reads.get());
        if at > 1000 {
            most = most.max(reads.get());
        }
    }
    // A bundle and a tile of the roll; the same of drawn.txt; a few bundles on the way.
    assert!(most <= 8, "{most} files when warm");
}
