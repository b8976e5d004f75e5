//! The same roll in memory: by the code that reads, judges and draws an ordinary register, and
//! docs/spec/roll.md written out once more.

use std::collections::BTreeMap;
use yaohao::digest::{Digest, SaltKey, Suite, unhex};
use yaohao::eligibility::{History, Question, Standing, Window, judge};
use yaohao::merkle;
use yaohao::policy::{Policy, PublicField};
use yaohao::register::import::{Context, Entry, TableMapping, read};
use yaohao::register::{Gazetteer, Item, Register, Town, Unit, Zone};
use yaohao::sampling::{quotas, select};
use yaohao::seed::Seed;

/// A roll whose every line is in memory.
pub struct InMemory {
    pub lines: Vec<String>,
    pub root: Digest,
    /// Label, units in the pool, quota.
    pub strata: Vec<(String, u64, u64)>,
    pools: BTreeMap<String, Vec<String>>,
}

/// What stands in `private/rolls/…/secrets.txt` behind `salts`.
fn salts(secrets: &str) -> SaltKey {
    let line = secrets.lines().find_map(|line| line.strip_prefix("salts ")).expect("salts");
    SaltKey::new(Suite::Sha256, &unhex(line).expect("hex"))
}

fn gazetteer(policy: &Policy) -> Gazetteer {
    let town = |town: &yaohao::policy::Town| Town { code: town.code.clone(), names: vec![town.name.clone()] };
    let zone = |(key, name): (&String, &String)| Zone { key: key.clone(), name: name.clone() };
    Gazetteer {
        towns: policy.towns.iter().map(town).collect(),
        zones: policy.zones.iter().map(zone).collect(),
    }
}

/// The cells of every row by the key of their field, trimmed.
fn cells(csv: &str) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings: Vec<String> = reader.headers().expect("headings").iter().map(str::to_owned).collect();
    let mut rows = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let mut fields = BTreeMap::new();
        for field in Unit::FIELDS {
            if let Some(at) = headings.iter().position(|heading| heading == field.heading) {
                fields.insert(field.key, row[at].trim_matches(' ').to_owned());
            }
        }
        rows.insert(fields["id"].clone(), fields);
    }
    rows
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The roll of this register.
pub fn in_memory(
    csv: &str,
    policy: &str,
    items: Vec<Item>,
    window: Window,
    (draw, secrets): (&str, &str),
) -> InMemory {
    let policy = Policy::read("policy.toml", policy).expect("a policy");
    let (gazetteer, empty, salts) = (gazetteer(&policy), Register::default(), salts(secrets));
    let context = Context { gazetteer: &gazetteer, reference: window.first, register: &empty };
    let mapping = TableMapping::<Unit>::default();
    let (units, report) = read(csv.as_bytes(), "roll.csv", &mapping, &context).expect("a table");
    assert_eq!(report.rejected, 0, "{:?}", report.findings);
    let register = Register { units, items, ..Register::default() };
    let history = History::default();
    let question = Question { policy: &policy, register: &register, history: &history, window };
    let eligibility = judge(&question);
    let cells = cells(csv);
    let mut pools: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lines = Vec::new();
    for candidate in &eligibility.candidates {
        let unit = candidate.unit;
        let standing = match candidate.standing {
            Standing::Pool { stratum, .. } => {
                let label = &eligibility.strata[stratum].label;
                pools.entry(label.clone()).or_default().push(unit.id.clone());
                label.clone()
            }
            Standing::Excluded(reason) => format!("excluded:{}", reason.key()),
        };
        let row = &cells[&unit.id];
        let fields = Unit::FIELDS.iter().map(|field| field.key).filter(|key| *key != "id");
        let value: Vec<String> = fields.filter_map(|key| row.get(key)).map(|cell| quoted(cell)).collect();
        let salt = salts.of(&unit.id).salt("row");
        let text = format!("yaohao/field/v1\n{draw}\n{}\nrow\n{salt}\n{}\n", unit.id, value.join(","));
        let commitment = Digest::of(&[text.as_bytes()]);
        let shown: String =
            policy.publish.iter().map(|field| format!(" {}={}", field.key(), shown(unit, *field))).collect();
        lines.push(format!("{} {standing} {commitment}{shown}", unit.id));
    }
    let leaf = |line: &String| Digest::of(&[&[0], format!("yaohao/roll-unit/v1\n{line}\n").as_bytes()]);
    let leaves: Vec<Digest> = lines.iter().map(leaf).collect();
    let strata = eligibility.strata.iter().zip(quotas(&policy, &eligibility.strata));
    let strata = strata.map(|(stratum, quota)| (stratum.label.clone(), stratum.pool, quota)).collect();
    InMemory { lines, root: merkle::root(Suite::Sha256, &leaves), strata, pools }
}

fn shown(unit: &Unit, field: PublicField) -> String {
    match field {
        PublicField::Town => unit.town.clone().unwrap_or_else(|| "-".to_owned()),
        PublicField::Class => unit.class.key().to_owned(),
        PublicField::Name => unit.name.clone(),
        other => panic!("the example does not publish {}", other.key()),
    }
}

impl InMemory {
    /// drawn.txt under `seed`, with `reserves` a stratum.
    pub fn drawn(&self, seed: &Seed, reserves: u64) -> String {
        let mut text = "yaohao/roll-drawn/v1\n".to_owned();
        for (label, pool, quota) in &self.strata {
            let ids: Vec<&str> = self.pools[label].iter().map(String::as_str).collect();
            let listed = quota + reserves.min(pool - quota);
            for (rank, drawn) in (1..).zip(select(seed, label, &ids, listed as usize)) {
                text += &format!("{} {label} {rank} {}\n", ids[drawn.index], drawn.ticket);
            }
        }
        text
    }
}
