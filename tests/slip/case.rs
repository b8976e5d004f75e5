//! Slips of the small district, as its office makes them, with a log around them.

use crate::district::late::Office;
use crate::district::small::small;
use crate::district::{Chance, date};
use std::collections::BTreeMap;
use yaohao::digest::{Digest, SaltKey, Suite};
use yaohao::draw::cards;
use yaohao::ids::DrawId;
use yaohao::log::{CHECKPOINT, Entry, Subject, Tree, checkpoint_of, grow};
use yaohao::merkle;
use yaohao::note::{Algorithm, Checkpoint, LogPolicy, Note, SigningKey};
use yaohao::record::{self, CardOpening, InspectorLine, Table};
use yaohao::slip::{Asked, Logged, Maker, Path, Slip, SlipReport, check};
use yaohao::time::{Date, Moment};
use yaohao::verify::{Folder, Status};

/// A draw of the small district, and what its slips are made of.
pub struct Case {
    pub folder: Folder,
    pub suite: Suite,
    pub cards: BTreeMap<String, CardOpening>,
    /// The unit in whose team somebody was replaced.
    pub changed: String,
}

/// What the policy makes of the small district here.
fn policy(policy: &str) -> String {
    policy.replace("XF01 = \"announced\"", "XF01 = \"until-visit\"")
}

impl Case {
    /// A sealed draw, with one late change.
    pub fn new(suite: Suite) -> Case {
        let named = format!("name = \"示例消防救援大队\"\nsuite = \"{}\"", suite.key());
        let district = small(|text| policy(text).replace("name = \"示例消防救援大队\"", &named));
        // The first draw in which somebody can be replaced.
        (0..20).find_map(|number| Case::of(&district, &Chance::number(number))).expect("somebody stands in")
    }

    fn of(district: &crate::district::District, chance: &Chance) -> Option<Case> {
        let draw = district.draw(chance);
        let suite = draw.committed.commit.suite;
        let cards = cards(&draw.plan, &draw.committed, &SaltKey::new(suite, &chance.salts));
        let mut office = Office::new(draw.folder.clone(), chance, draw.seed);
        let teams: Vec<(String, String)> =
            office.teams.iter().map(|(unit, team)| (unit.clone(), team.members[1].1.clone())).collect();
        let (changed, absent) =
            teams.into_iter().find(|(unit, _)| !office.offers(unit, 1, Digest([0; 32])).is_empty())?;
        office.replace(&changed, &absent);
        Some(Case { folder: office.folder, suite, cards, changed })
    }

    pub fn maker(&self) -> Maker<'_> {
        Maker::new(self.suite, &self.folder, &self.cards).expect("a finished draw")
    }

    pub fn units(&self) -> Vec<String> {
        self.maker().units().map(str::to_owned).collect()
    }

    /// A unit whose team came as drawn.
    pub fn unchanged(&self) -> String {
        self.units().into_iter().find(|unit| *unit != self.changed).expect("several units")
    }

    pub fn slip(&self, unit: &str) -> Slip {
        self.maker().slip(unit).expect("a drawn unit")
    }

    /// The slip with its record (and late change) in the log.
    pub fn logged(&self, unit: &str) -> Slip {
        let mut slip = self.slip(unit);
        let entries = self.entries(&slip);
        slip.logged = Some(World::new().logged(slip.suite, &entries));
        slip
    }

    /// The entries that the log must have for the slip.
    fn entries(&self, slip: &Slip) -> Vec<Entry> {
        let of = |file: &str| entry(&slip.record.link.draw, file, Digest::of(&[&self.folder.0[file]]));
        let mut entries = vec![of(record::RECORD)];
        entries.extend(slip.change().map(|_| of("replace-001.txt")));
        entries
    }

    pub fn inspectors(&self) -> Table<InspectorLine> {
        Table::read(&self.folder.0[record::INSPECTORS]).expect("inspectors")
    }
}

pub fn entry(draw: &DrawId, file: &str, hash: Digest) -> Entry {
    Entry { subject: Subject::Draw(draw.clone()), file: file.to_owned(), hash }
}

/// A log and its witnesses.
pub struct World {
    pub log: SigningKey,
    pub witnesses: Vec<SigningKey>,
    /// Which of the witnesses cosign.
    pub present: Vec<usize>,
}

pub const SIZE: u64 = 41;

fn key(name: &str, algorithm: Algorithm, seed: u8) -> SigningKey {
    SigningKey::new(name, algorithm, &[seed; 32]).expect("a key")
}

impl World {
    pub fn new() -> World {
        let witness = |n: u8| key(&format!("witness{n}.example"), Algorithm::Ed25519Cosignature, 100 + n);
        World {
            log: key("fire.example/log", Algorithm::Ed25519, 1),
            witnesses: (0..3).map(witness).collect(),
            present: vec![0, 2],
        }
    }

    /// Two of the three witnesses are enough.
    pub fn policy_text(&self) -> String {
        let mut text = format!("log {}\n", self.log.verifier());
        for (number, witness) in self.witnesses.iter().enumerate() {
            text += &format!("witness w{number} {}\n", witness.verifier());
        }
        text + "group two 2 w0 w1 w2\nquorum two\n"
    }

    pub fn policy(&self) -> LogPolicy {
        LogPolicy::read(self.policy_text().as_bytes()).expect("a policy")
    }

    /// A log of [`SIZE`] entries with `entries` among them.
    pub fn logged(&self, suite: Suite, entries: &[Entry]) -> Logged {
        let text = |index: u64| match index.checked_sub(30).map(|at| entries.get(at as usize)) {
            Some(Some(entry)) => entry.text(),
            _ => format!("entry {index}\n"),
        };
        let leaves: Vec<Digest> =
            (0..SIZE).map(|index| merkle::leaf(suite, text(index).as_bytes())).collect();
        let path = |index: usize| {
            let steps = merkle::path(suite, &leaves, index).into_iter();
            Path { index: index as u64, neighbours: steps.map(merkle::Step::neighbour).collect() }
        };
        let root = merkle::root(suite, &leaves);
        let checkpoint = Checkpoint { origin: self.log.verifier().name().to_owned(), size: SIZE, root };
        let note = self.sign(&checkpoint.text());
        Logged { record: path(30), change: entries.get(1).map(|_| path(31)), note }
    }

    /// The files of a log in which the entries of `slip` stand among others. Its last
    /// checkpoint is signed by the log alone, the one before has the witnesses.
    pub fn published(&self, case: &Case, slip: &Slip) -> BTreeMap<String, Vec<u8>> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let (suite, mine) = (slip.suite, case.entries(slip));
        let (mut size, mut root) = (0, yaohao::log::nothing(suite));
        for (part, witnessed) in [(41 - mine.len(), true), (mine.len(), true), (3, false)] {
            let known = files.clone();
            let fetch = |path: &str| known.get(path).cloned();
            let tree = Tree::open(suite, size, root, &fetch).expect("its own tiles");
            let other =
                |n: usize| entry(&slip.record.link.draw, &format!("other-{size}-{n}.txt"), Digest([9; 32]));
            let entries: Vec<Entry> = (0..part).map(other).collect();
            let entries = if size > 30 && witnessed { mine.clone() } else { entries };
            let texts: Vec<Vec<u8>> = entries.iter().map(|entry| entry.text().into_bytes()).collect();
            let growth = grow(&tree, &texts).expect("room");
            (size, root) = (growth.size, growth.root);
            files.extend(growth.files);
            let text = Checkpoint { origin: self.log.verifier().name().to_owned(), size, root }.text();
            let mut note = self.sign(&text);
            if !witnessed {
                note = note.unsigned();
                note.add(self.log.sign(&text).expect("a line")).expect("room");
            }
            let note = note.to_string().into_bytes();
            files.insert(checkpoint_of(size), note.clone());
            files.insert(CHECKPOINT.to_owned(), note);
        }
        files
    }

    pub fn sign(&self, text: &str) -> Note {
        let mut note = Note::new(text).expect("a text");
        note.add(self.log.sign(text).expect("a line")).expect("room");
        for at in &self.present {
            let time = Moment::from_unix(1_796_000_000 + *at as u64).expect("a moment");
            note.add(self.witnesses[*at].cosign(text, time).expect("a line")).expect("room");
        }
        note
    }
}

/// Certificate numbers on a slip.
pub fn numbers(slip: &Slip) -> Vec<String> {
    slip.members.iter().map(|member| member.card.certificate.clone()).collect()
}

/// The day that tests visit on.
pub fn day() -> Date {
    date("2026-12-08")
}

/// What a careful unit knows: its own id, the day, the cards, the log policy.
pub struct Careful {
    pub unit: String,
    pub certificates: Vec<String>,
    pub policy: LogPolicy,
}

impl Careful {
    pub fn of(slip: &Slip) -> Careful {
        Careful { unit: slip.drawn.unit.clone(), certificates: numbers(slip), policy: World::new().policy() }
    }

    pub fn asked(&self) -> Asked<'_> {
        Asked {
            unit: Some(&self.unit),
            on: day(),
            certificates: &self.certificates,
            record: None,
            change: None,
            policy: Some(&self.policy),
        }
    }

    pub fn check(&self, slip: &Slip) -> SlipReport {
        check(slip, &self.asked())
    }
}

pub fn failed(report: &SlipReport) -> Vec<&'static str> {
    report.checks.iter().filter(|check| check.status == Status::Fail).map(|check| check.id).collect()
}
