//! What one folder says of its draw, read once for all pages.

use super::names::Names;
use super::places::{Place, places};
use super::published::{ListsView, Tally};
use super::zones::{Zone, zones};
use super::{Ground, Hashed, hashed, link};
use crate::audit::State;
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::policy::{PublicField, Role};
use crate::record::{
    self, Commit, DrawnLine, Link, Mode, ReplaceFile, Replacement, Request, Rules, Table, UnitLine,
    UnitStanding, Void,
};
use crate::said;
use crate::seed::Seed;
use crate::time::Moment;
use crate::verify::{Folder, Known as Given, Loaded, Stop, is_computable, mismatch};
use std::collections::{BTreeMap, BTreeSet};

/// What other pages say of a draw.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Name of its folder.
    pub folder: String,
    /// What its pages are called.
    pub stem: String,
    /// Its number, by its commitment or else by any later document.
    pub number: Option<DrawId>,
    /// Its files.
    pub hashes: Hashed,
    /// The rest, or why it cannot be read.
    pub known: Result<Known, Said>,
}

/// What a folder that can be read says.
#[derive(Debug, Clone)]
pub struct Known {
    /// The commitment.
    pub commit: Commit,
    /// Its hash.
    pub commitment: Digest,
    /// 机关名称.
    pub office: String,
    /// How far the draw has come.
    pub life: State,
    /// Whether a deadline was missed, and which.
    pub fault: Option<State>,
    /// Units in the register.
    pub register: u64,
    /// Units in the pools.
    pub pool: u64,
    /// Units drawn, once that is public; those handed on, of a void.
    pub drawn: Option<u64>,
    /// Units by zone and town.
    pub zones: Vec<Zone>,
    /// What became of the visits, once the office has published results and the result
    /// of the draw is public.
    pub visits: Option<Tally>,
    /// Late changes, decided or not.
    pub late: u64,
    /// The void.
    pub void: Option<Void>,
    /// What happened, in its order.
    pub events: Vec<Event>,
    /// Names of the units that were penalised, where this draw publishes them.
    pub penalised: BTreeMap<String, String>,
    /// Whether names of units are published.
    pub is_named: bool,
    /// The page for verifying it.
    pub verifier: Option<String>,
}

/// A document that was published.
#[derive(Debug, Clone)]
pub struct Event {
    /// When, as it says itself.
    pub at: Moment,
    /// Its file.
    pub file: String,
    /// SHA-256 of the file.
    pub hash: Digest,
}

/// One late change.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Who does not go; not there while the draw is sealed.
    pub request: Option<Request>,
    /// Who goes instead.
    pub result: Option<Replacement>,
}

/// A draw's folder, read.
pub struct Case<'a> {
    pub name: &'a str,
    pub stem: String,
    pub folder: &'a Folder,
    pub hashes: &'a Hashed,
    pub loaded: &'a Loaded<'a>,
    pub commit: &'a Commit,
    pub rules: &'a Rules,
    pub units: &'a [UnitLine],
    pub names: Names,
    pub seed: Option<Seed>,
    /// drawn.txt, where it is public.
    pub drawn: &'a [DrawnLine],
    /// Who goes to each drawn unit, late changes included.
    pub teams: BTreeMap<&'a str, Vec<(Role, String)>>,
    pub changes: BTreeMap<u32, Change>,
    /// Places in the order of tickets, once the result is public.
    pub places: Option<Vec<Option<Place>>>,
    pub known: &'a Known,
    /// The published lists of results.
    pub lists: &'a ListsView,
}

impl Case<'_> {
    /// The link to one of its files, from the public folder on.
    pub fn file(&self, name: &str) -> String {
        link::file(self.name, name)
    }

    /// Units whose team is no longer the one drawn.
    pub fn changed(&self) -> Vec<&str> {
        let results = self.changes.values().filter_map(|change| change.result.as_ref());
        results.map(|result| result.team.unit.as_str()).collect()
    }

    /// The drawn units.
    pub fn ids(&self) -> BTreeSet<&str> {
        self.drawn.iter().map(|line| line.unit.as_str()).collect()
    }

    /// Whether the result is public.
    pub fn is_open(&self) -> bool {
        self.folder.get(record::DRAWN).is_some() && self.known.void.is_none()
    }
}

/// Reads a folder, hands what it says to `use_it`, and tells what other pages need.
pub fn with_case(name: &str, folder: &Folder, ground: &Ground, use_it: impl FnOnce(&Case<'_>)) -> Facts {
    let given = Given::default();
    let loaded = Loaded::new(folder, &given);
    let told = || folder.0.values().find_map(|bytes| Link::of(bytes)).map(|link| link.draw);
    let number = loaded.commit().map(|commit| commit.draw.clone()).ok().or_else(told);
    let (folder_name, stem, hashes) = (name.to_owned(), link::stem(name), hashed(&folder.0));
    let parts = match parts(&loaded) {
        Ok(parts) => parts,
        Err(why) => return Facts { folder: folder_name, stem, number, hashes, known: Err(why) },
    };
    let (commit, rules, units) = parts;
    let names = Names::read(folder.get(record::POLICY).unwrap_or_default(), &rules.office);
    let drawn = loaded.drawn().map(|table| table.lines.as_slice()).unwrap_or_default();
    let changes = changes(folder);
    let known = known(&loaded, parts, &names, drawn, &changes, ground);
    let case = Case {
        name,
        stem: stem.clone(),
        folder,
        hashes: &hashes,
        loaded: &loaded,
        commit,
        rules,
        units: &units.lines,
        seed: loaded.seed().ok(),
        places: placed(&loaded, commit, units),
        teams: teams(&loaded, &changes),
        drawn,
        changes,
        names,
        known: &known,
        lists: &ground.lists,
    };
    use_it(&case);
    drop(case);
    Facts { folder: folder_name, stem, number, hashes, known: Ok(known) }
}

type Parts<'a> = (&'a Commit, &'a Rules, &'a Table<UnitLine>);

/// What no page of a draw can do without.
fn parts<'b>(loaded: &'b Loaded<'_>) -> Result<Parts<'b>, Said> {
    if let Some((file, Said { zh, en })) = loaded.damage() {
        return Err(said!("{file}：{zh}", "{file}: {en}"));
    }
    // Forged tables read as well as true ones; only the lists tell them apart here.
    if let Some(why) = mismatch(loaded) {
        return Err(why);
    }
    let all = || Ok((loaded.commit()?, loaded.rules()?, loaded.units()?));
    all().map_err(|stop: Stop| match stop {
        Stop::Fail(said) | Stop::NotRun(said) => said,
    })
}

fn known(
    loaded: &Loaded<'_>,
    (commit, rules, units): Parts<'_>,
    names: &Names,
    drawn: &[DrawnLine],
    changes: &BTreeMap<u32, Change>,
    ground: &Ground,
) -> Known {
    let void = loaded.void().ok().cloned();
    let ids: BTreeSet<&str> = match &void {
        Some(_) => BTreeSet::new(),
        None => drawn.iter().map(|line| line.unit.as_str()).collect(),
    };
    let handed = || loaded.voided().map(|table| table.lines.len() as u64).ok();
    let there = || (!ids.is_empty() || loaded.drawn().is_ok()).then_some(ids.len() as u64);
    let (life, fault) = state(loaded, commit, ground.now);
    let in_pool = |unit: &&UnitLine| matches!(unit.standing, UnitStanding::Stratum(_));
    Known {
        commitment: commit.id(),
        office: names.office.clone(),
        life,
        fault,
        register: units.lines.len() as u64,
        pool: units.lines.iter().filter(in_pool).count() as u64,
        drawn: if void.is_some() { handed() } else { there() },
        zones: zones((commit, rules, names), &units.lines, &ids),
        visits: (ground.lists.is_begun() && void.is_none() && loaded.drawn().is_ok())
            .then(|| ground.lists.of(&commit.draw, &ids).tally()),
        late: changes.len() as u64,
        void,
        events: events(loaded.folder, commit),
        penalised: penalised(units, ground),
        is_named: rules.publish.contains(&PublicField::Name),
        verifier: link::verifier(Some(commit), ground),
        commit: commit.clone(),
    }
}

fn penalised(units: &Table<UnitLine>, ground: &Ground) -> BTreeMap<String, String> {
    let wanted = ground.lists.penalised();
    let units = units.lines.iter().filter(|unit| wanted.contains(unit.id.as_str()));
    let named = units.filter_map(|unit| Some((unit.id.clone(), unit.field(PublicField::Name)?.to_owned())));
    named.collect()
}

/// How far the draw has come, and what was missed on the way.
fn state(loaded: &Loaded<'_>, commit: &Commit, now: Moment) -> (State, Option<State>) {
    let has = |file: &str| loaded.folder.get(file).is_some();
    let closed =
        loaded.void().map(|void| void.link.at).or_else(|_| loaded.record().map(|record| record.link.at));
    let late = closed.unwrap_or(now) > commit.close_by;
    let overdue = late.then_some(State::Overdue);
    if has(record::VOID) {
        return (State::Void, overdue);
    }
    if !has(record::RECORD) {
        return (State::Open, overdue);
    }
    if commit.mode == Mode::Open {
        return (State::Closed, overdue);
    }
    let opened = loaded.opening().map(|opening| opening.link.at.date_in_china()).ok();
    match opened {
        Some(day) => (State::Opened, overdue.or((day > commit.open_by).then_some(State::LateOpen))),
        None => {
            let due = now.date_in_china() > commit.open_by;
            (State::Sealed, overdue.or(due.then_some(State::Overdue)))
        }
    }
}

/// Places in the order of tickets, where everybody may know them: the result is public,
/// or what a void hands on.
fn placed(loaded: &Loaded<'_>, commit: &Commit, units: &Table<UnitLine>) -> Option<Vec<Option<Place>>> {
    let public = match loaded.void() {
        Ok(_) => is_computable(loaded, commit),
        Err(_) => loaded.drawn().is_ok(),
    };
    let seed = loaded.seed().ok().filter(|_| public)?;
    let carried = loaded.carried_lines().unwrap_or_default().iter().map(|line| line.unit.as_str()).collect();
    Some(places(&seed, &units.lines, &carried))
}

fn changes(folder: &Folder) -> BTreeMap<u32, Change> {
    let mut changes: BTreeMap<u32, Change> = BTreeMap::new();
    for (name, bytes) in &folder.0 {
        let Some((number, file)) = ReplaceFile::of(name) else { continue };
        let change = changes.entry(number).or_default();
        match file {
            ReplaceFile::Request => change.request = Request::read(bytes).ok(),
            ReplaceFile::Result => change.result = Replacement::read(bytes).ok(),
            _ => {}
        }
    }
    changes
}

fn teams<'b>(
    loaded: &'b Loaded<'_>,
    changes: &BTreeMap<u32, Change>,
) -> BTreeMap<&'b str, Vec<(Role, String)>> {
    let Ok(table) = loaded.teams() else { return BTreeMap::new() };
    let mut teams: BTreeMap<&str, Vec<(Role, String)>> =
        table.lines.iter().map(|team| (team.unit.as_str(), team.members.clone())).collect();
    for result in changes.values().filter_map(|change| change.result.as_ref()) {
        if let Some(team) = teams.get_mut(result.team.unit.as_str()) {
            team.clone_from(&result.team.members);
        }
    }
    teams
}

/// The documents that say when they were made, in their order.
fn events(folder: &Folder, commit: &Commit) -> Vec<Event> {
    let event = |document: crate::log::Document| {
        let bytes = folder.get(&document.file)?;
        let at = match document.file.as_str() {
            record::COMMIT => commit.committed,
            _ => Link::of(bytes)?.at,
        };
        Some(Event { at, file: document.file, hash: document.hash })
    };
    crate::log::documents(|file| folder.get(file)).into_iter().filter_map(event).collect()
}
