//! Rolls of any size, made line by line, and their draws: tiles, bundles and documents go to
//! whoever keeps them.
#![allow(dead_code, reason = "every test uses its own part")]

use std::collections::BTreeMap;
use yaohao::digest::{Digest, Suite};
use yaohao::eligibility::Exclusion;
use yaohao::log::{Bundle, Growing, Tile, WIDTH};
use yaohao::policy::{PublicField, QuotaRule, QuotaSize};
use yaohao::record::{Beacons, PublishedQuota, Reveal, Sealed, Table, TableLine, UnitStanding, id_of, leaf};
use yaohao::roll::{RollCommit, RollDrawn, RollUnit};
use yaohao::sampling::{Ticketer, allocate};
use yaohao::seed::{Ingredients, Nonce, Seed};

/// The documents by which a slip is checked.
pub const DOCUMENTS: [&str; 4] = ["commit.txt", "ceremony.txt", "reveal.txt", "record.txt"];

/// What takes the files, by path below the roll's folder.
pub type Put<'a> = &'a mut dyn FnMut(&str, &[u8]);

/// The id of line `number`. Between any two there is room for a unit that is not in the roll.
pub fn id(number: u64) -> String {
    format!("9150{:014}", 2 * number + 1)
}

/// An id that is before line `number`, and in no roll.
pub fn stranger(number: u64) -> String {
    format!("9150{:014}", 2 * number)
}

/// Line `number`: excluded, or in one of four pools, of which one draws nobody.
pub fn unit(number: u64) -> RollUnit {
    let standing = match number % 8 {
        0 | 4 => UnitStanding::Stratum("big".into()),
        1 | 5 => UnitStanding::Stratum("small/z1".into()),
        2 | 6 => UnitStanding::Stratum("small/z2".into()),
        7 => UnitStanding::Stratum("idle/z1".into()),
        _ if number % 16 == 3 => UnitStanding::Excluded(Exclusion::Inactive),
        _ => UnitStanding::Excluded(Exclusion::NoItem),
    };
    let id = id(number);
    let row = Digest::of(&[id.as_bytes()]);
    let town = if number % 4 == 2 { "500112002" } else { "500112001" };
    let shown = vec![
        (PublicField::Town, town.into()),
        (PublicField::Class, "旅馆".into()),
        (PublicField::Name, format!("第 {number} 号旅馆")),
    ];
    RollUnit { id, standing, row, shown }
}

/// Writes lines as tiles and bundles below `folder`.
pub fn tiles<L: TableLine>(
    suite: Suite,
    folder: &str,
    lines: impl Iterator<Item = String>,
    put: Put<'_>,
) -> Sealed {
    let mut growing = Growing::new(suite);
    let mut lines = lines.peekable();
    while lines.peek().is_some() {
        let part: Vec<String> = lines.by_ref().take(64 * WIDTH as usize).collect();
        let leaves: Vec<Digest> = part.iter().map(|line| leaf::<L>(suite, line)).collect();
        let first = growing.size() / WIDTH;
        growing.push(&leaves, &mut |tile, hashes| put(&format!("{folder}{}", tile.path()), &bytes(hashes)));
        for (index, chunk) in (first..).zip(part.chunks(WIDTH as usize)) {
            let entries = chunk.iter().map(|line| format!("{}\n{line}\n", L::LINE));
            let bundle = Bundle { index, width: chunk.len() as u64 };
            put(&format!("{folder}{}", bundle.path()), &Bundle::bytes(entries).expect("short lines"));
        }
    }
    let partial: Vec<(Tile, Vec<u8>)> =
        growing.partial().map(|(tile, hashes)| (tile, bytes(hashes))).collect();
    partial.iter().for_each(|(tile, bytes)| put(&format!("{folder}{}", tile.path()), bytes));
    Sealed { root: growing.root(), count: growing.size() }
}

fn bytes(hashes: &[Digest]) -> Vec<u8> {
    hashes.iter().flat_map(|digest| digest.0).collect()
}

/// What is drawn of the rules of these rolls.
fn quotas() -> Vec<PublishedQuota> {
    let share = QuotaSize::Share("1/6".parse().expect("a fraction"), yaohao::policy::Rounding::Up);
    let quota =
        |id: &str, size| PublishedQuota { id: id.into(), rule: QuotaRule { size, floor: 0, cap: None } };
    vec![quota("big", share), quota("small", QuotaSize::Count(13)), quota("idle", QuotaSize::Count(0))]
}

/// The policy of these rolls.
fn policy(suite: Suite) -> String {
    let stratum = |id: &str, quota: &str| {
        format!("[[stratum]]\nid = \"{id}\"\nclasses = [\"旅馆\"]\nquota = {quota}\n")
    };
    let town = |code: &str, zone: &str| format!("[[town]]\ncode = \"{code}\"\nzone = \"{zone}\"\n");
    let parts = [
        &format!(
            "[office]\nid = \"example\"\nsuite = \"{}\"\nparties = [\"office\", \"discipline\"]\n",
            suite.key()
        ),
        "[draw]\nitems = []\npublish = [\"class\", \"name\", \"town\"]\nclose_within_days = 7\n",
        "open_within_days = 20\nmargin_minutes = 30\n",
        "[team]\nslots = [\"lead\", \"assistant\"]\n[workload]\n",
        &stratum("big", "\"1/6\""),
        &stratum("small", "13"),
        &stratum("idle", "0"),
        &town("500112001", "z1"),
        &town("500112002", "z2"),
        "[[beacon]]\nkind = \"dice\"\nsides = 10\nrolls = 20\n",
    ];
    parts.concat()
}

/// What a roll is made of, so that a test can make one that is wrong.
pub struct Made<'a> {
    /// Every line.
    pub line: &'a dyn Fn(u64) -> String,
    /// policy.toml, from what is right.
    pub policy: &'a dyn Fn(String) -> String,
    /// commit.txt, from what is right.
    pub commit: &'a dyn Fn(String) -> String,
}

/// As it should be.
pub const RIGHT: Made<'static> =
    Made { line: &|number| unit(number).line(), policy: &|text| text, commit: &|text| text };

/// A roll of `size` lines, committed.
pub fn committed(suite: Suite, sequence: u32, size: u64, put: Put<'_>) -> RollCommit {
    made((suite, sequence, size), &RIGHT, put)
}

/// The same, made in another way.
pub fn made((suite, sequence, size): (Suite, u32, u64), made: &Made<'_>, put: Put<'_>) -> RollCommit {
    let units = tiles::<RollUnit>(suite, "", (0..size).map(made.line), put);
    let (policy, items) = ((made.policy)(policy(suite)), "yaohao/items/v1\n");
    put("policy.toml", policy.as_bytes());
    put("items.txt", items.as_bytes());
    let mut text = format!(
        "yaohao/roll/v1\ndraw example-roll/2026/{sequence:03}\nprevious none\nsuite {}\nsoftware yaohao 0.1.0\n\
         committed 2026-10-09T01:00:00Z\nwindow 2026-11-01 2026-11-30\nclose-by 2026-10-16T01:00:00Z\nmargin 30\n\
         policy {}\nitems {}\nunits {units}\n",
        suite.key(),
        id_of(suite, &policy),
        id_of(suite, items),
    );
    text += "quota big 1/6 up 0 -\nquota small 13 - 0 -\nquota idle 0 - 0 -\n";
    text += &counted(size);
    text += "beacon dice 10 20\n";
    for (party, byte) in [("office", 1), ("discipline", 2)] {
        let draw = format!("example-roll/2026/{sequence:03}").parse().expect("a number");
        text += &format!("party {party} {}\n", Nonce::new([byte; 32]).commitment(suite, &draw, party));
    }
    let text = (made.commit)(text);
    put("commit.txt", text.as_bytes());
    RollCommit::read(text.as_bytes()).expect("a commitment")
}

/// The lines `stratum` and `excluded` of a roll of so many lines.
fn counted(size: u64) -> String {
    let mut pools = BTreeMap::<String, u64>::new();
    let mut excluded = BTreeMap::<Exclusion, u64>::new();
    for rest in 0..16 {
        let count = size / 16 + u64::from(rest < size % 16);
        match unit(rest).standing {
            _ if count == 0 => {}
            UnitStanding::Stratum(label) => *pools.entry(label).or_default() += count,
            UnitStanding::Excluded(reason) => *excluded.entry(reason).or_default() += count,
        }
    }
    let mut drawn = BTreeMap::new();
    for quota in quotas() {
        let mine = pools.iter().filter(|(label, _)| label.split('/').next() == Some(&quota.id));
        let (labels, sizes): (Vec<&String>, Vec<u64>) = mine.map(|(label, pool)| (label, *pool)).unzip();
        drawn.extend(labels.into_iter().cloned().zip(allocate(&quota.rule, &sizes)));
    }
    let strata = pools.iter().map(|(label, pool)| {
        let quota = drawn[label];
        let reserves = if quota == 0 || label == "small/z2" { 0 } else { (pool - quota).min(5) };
        format!("stratum {label} {pool} {quota} {reserves}\n")
    });
    let excluded = excluded.iter().map(|(reason, count)| format!("excluded {} {count}\n", reason.key()));
    strata.chain(excluded).collect()
}

/// The draw of a committed roll, closed; its seed.
pub fn drawn(commit: &RollCommit, put: Put<'_>) -> Seed {
    let (suite, draw) = (commit.suite, &commit.draw);
    let head = |tag: &str, after: Digest, at: &str| {
        format!("yaohao/{tag}/v1\ndraw {draw}\nafter {after}\nat 2026-10-10T{at}Z\n")
    };
    let dice = "outcome dice 10 20 : 3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4\n";
    let ceremony = head("ceremony", commit.id(), "01:00:00") + dice;
    let nonces = [("office", 1), ("discipline", 2)]
        .map(|(party, byte)| format!("nonce {party} {}\n", Nonce::new([byte; 32]).reveal()));
    let reveal = head("reveal", id_of(suite, &ceremony), "01:10:00") + &nonces.concat();
    put("ceremony.txt", ceremony.as_bytes());
    put("reveal.txt", reveal.as_bytes());
    let outcomes = Beacons::read(ceremony.as_bytes(), false).expect("a ceremony").outcomes;
    let nonces = Reveal::read(reveal.as_bytes()).expect("nonces").nonces;
    let seed = Ingredients { suite, commit: commit.id(), outcomes: &outcomes, nonces: &nonces }.seed();
    let table = Table::new(selected(commit, &seed));
    put("drawn.txt", table.text.as_bytes());
    let sealed = tiles::<RollDrawn>(suite, "drawn/", table.lines.iter().map(TableLine::line), put);
    let record = head("roll-record", id_of(suite, &reveal), "01:20:00") + &format!("drawn {sealed}\n");
    put("record.txt", record.as_bytes());
    seed
}

/// The lines of drawn.txt, by the plainest way there is.
pub fn selected(commit: &RollCommit, seed: &Seed) -> Vec<RollDrawn> {
    let mut lines = Vec::new();
    for stratum in &commit.strata {
        let ticketer = Ticketer::new(seed, &stratum.label);
        let pool = (0..commit.units.count).map(unit_label).filter(|(label, _)| *label == stratum.label);
        let mut tickets: Vec<(Digest, u64)> =
            pool.map(|(_, number)| (ticketer.ticket(&id(number)), number)).collect();
        let listed = stratum.listed() as usize;
        if listed < tickets.len() {
            tickets.select_nth_unstable(listed);
            tickets.truncate(listed);
        }
        tickets.sort_unstable();
        lines.extend((1..).zip(tickets).map(|(rank, (ticket, number))| RollDrawn {
            unit: id(number),
            stratum: stratum.label.clone(),
            rank,
            ticket,
        }));
    }
    lines
}

/// Label of the pool of line `number`, or nothing.
fn unit_label(number: u64) -> (&'static str, u64) {
    let label = match number % 8 {
        0 | 4 => "big",
        1 | 5 => "small/z1",
        2 | 6 => "small/z2",
        7 => "idle/z1",
        _ => "",
    };
    (label, number)
}
