//! What somebody does who changed a file and wants the rest to fit: roots, links between
//! documents, lists of hashes. It works on lines, so that it also mends what cannot be read.

use yaohao::digest::Suite;
use yaohao::record::{
    self, CarriedLine, Commit, DocketLine, DrawnLine, InspectorLine, Table, TableLine, TeamLine, UnitLine,
    sums,
};
use yaohao::verify::Folder;

/// How far the mending goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Care {
    None,
    Lists,
    Links,
    Record,
    Commitment,
}

pub fn mend(folder: &mut Folder, care: Care) {
    let suite = suite(folder);
    if care >= Care::Commitment {
        recommit(folder, suite);
    }
    if care >= Care::Record {
        rerecord(folder, suite);
    }
    if care >= Care::Links {
        relink(folder, suite);
    }
    if care >= Care::Lists {
        resum(folder);
    }
}

/// The suite that the commitment names.
pub fn suite(folder: &Folder) -> Suite {
    let sm3 = text(folder, record::COMMIT).is_some_and(|text| text.contains("\nsuite yaohao-1-sm3\n"));
    if sm3 { Suite::Sm3 } else { Suite::Sha256 }
}

pub fn text(folder: &Folder, name: &str) -> Option<String> {
    String::from_utf8(folder.get(name)?.to_vec()).ok()
}

pub fn put(folder: &mut Folder, name: &str, text: impl Into<Vec<u8>>) {
    folder.0.insert(name.to_owned(), text.into());
}

/// Says `value` in the line of `file` that begins with `key`, if there is one.
fn say(folder: &mut Folder, file: &str, key: &str, value: Option<String>) {
    let (Some(text), Some(value)) = (text(folder, file), value) else { return };
    let key = format!("{key} ");
    let line = |line: &str| match line.starts_with(&key) {
        true => format!("{key}{value}\n"),
        false => line.to_owned(),
    };
    put(folder, file, text.split_inclusive('\n').map(line).collect::<String>());
}

fn hash(folder: &Folder, suite: Suite, file: &str) -> Option<String> {
    Some(suite.digest(&[folder.get(file)?]).to_string())
}

/// Root and number of lines of a table that can be read.
fn root<L: TableLine>(folder: &Folder, suite: Suite, file: &str) -> Option<String> {
    let table = Table::<L>::read(folder.get(file)?).ok()?;
    Some(format!("{} {}", table.root(suite), table.lines.len()))
}

fn recommit(folder: &mut Folder, suite: Suite) {
    reopen(folder, suite);
    let texts = [
        ("policy", record::POLICY),
        ("items", record::ITEMS),
        ("odds", record::ODDS),
        ("availability", record::AVAILABILITY),
    ];
    for (key, file) in texts {
        let value = hash(folder, suite, file);
        say(folder, record::COMMIT, key, value);
    }
    let roots = [
        ("units", root::<UnitLine>(folder, suite, record::UNITS)),
        ("inspectors", root::<InspectorLine>(folder, suite, record::INSPECTORS)),
        ("carried", root::<CarriedLine>(folder, suite, record::CARRIED)),
    ];
    roots.into_iter().for_each(|(key, value)| say(folder, record::COMMIT, key, value));
}

/// Commits in units.txt to the dockets as they are.
fn reopen(folder: &mut Folder, suite: Suite) -> Option<()> {
    let draw = Commit::read(folder.get(record::COMMIT)?).ok()?.draw.to_string();
    let dockets = Table::<DocketLine>::read(folder.get(record::DOCKETS)?).ok()?;
    let mut units = Table::<UnitLine>::read(folder.get(record::UNITS)?).ok()?;
    for line in &dockets.lines {
        let people = line.people.to_string();
        let commitment = DocketLine::commitment_to(suite, &draw, &line.unit, &line.salt, &people);
        let named = units.lines.iter_mut().filter(|unit| unit.id == line.unit);
        named.for_each(|unit| unit.docket = Some(commitment));
    }
    put(folder, record::UNITS, Table::new(units.lines).text);
    Some(())
}

fn rerecord(folder: &mut Folder, suite: Suite) {
    reteam(folder, suite);
    let window = text(folder, record::COMMIT)
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("window ").map(str::to_owned)));
    let lines = [
        ("window", window),
        ("inspectors", root::<InspectorLine>(folder, suite, record::INSPECTORS)),
        ("drawn", root::<DrawnLine>(folder, suite, record::DRAWN)),
        ("prices", hash(folder, suite, record::PRICES)),
        ("schedule", hash(folder, suite, record::SCHEDULE)),
        ("sealed", hash(folder, suite, record::SEALED_RESULT)),
    ];
    lines.into_iter().for_each(|(key, value)| say(folder, record::RECORD, key, value));
    let handed_on = root::<CarriedLine>(folder, suite, record::VOIDED);
    say(folder, record::VOID, "drawn", handed_on);
}

/// Commits in drawn.txt to the teams as they are.
fn reteam(folder: &mut Folder, suite: Suite) -> Option<()> {
    let draw = Commit::read(folder.get(record::COMMIT)?).ok()?.draw.to_string();
    let teams = Table::<TeamLine>::read(folder.get(record::TEAMS)?).ok()?;
    let mut drawn = Table::<DrawnLine>::read(folder.get(record::DRAWN)?).ok()?;
    for line in &mut drawn.lines {
        if let Some(team) = teams.lines.iter().find(|team| team.unit == line.unit) {
            line.team = team.commitment(suite, &draw);
        }
    }
    put(folder, record::DRAWN, Table::new(drawn.lines).text);
    Some(())
}

/// Every document names the one before it that is there.
fn relink(folder: &mut Folder, suite: Suite) {
    let mut names: Vec<String> =
        [record::CEREMONY, record::REVEAL, record::BEACON, record::RECORD].map(str::to_owned).into();
    for number in 1..6 {
        names.extend([format!("replace-{number:03}-request.txt"), format!("replace-{number:03}.txt")]);
    }
    names.extend([record::OPEN, record::VOID].map(str::to_owned));
    let mut before = hash(folder, suite, record::COMMIT);
    for name in names {
        say(folder, &name, "after", before.clone());
        before = hash(folder, suite, &name).or(before);
    }
}

/// The lists for `sha256sum -c` fit what is there of what they name.
fn resum(folder: &mut Folder) {
    let lists: Vec<String> = folder.0.keys().filter(|name| name.ends_with(".sha256")).cloned().collect();
    for list in lists {
        let Some(old) = text(folder, &list) else { continue };
        let line = |line: &str| {
            let name = line.get(66..).map(|name| name.trim_end_matches('\n'));
            match name.and_then(|name| Some((name, folder.get(name)?))) {
                Some((name, bytes)) => sums([(name, bytes)]),
                None => line.to_owned(),
            }
        };
        let new: String = old.split_inclusive('\n').map(line).collect();
        put(folder, &list, new);
    }
}
