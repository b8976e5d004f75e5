//! The tasks that a closed draw decides: every drawn unit, with the people who go
//! after late changes, as the office sees them before anybody else may.

use crate::digest::{Digest, Suite};
use crate::draw::Plan;
use crate::lang::Said;
use crate::policy::Role;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{
    self, Commit, DrawnLine, Record, ReplaceFile, Replacement, ScheduleLine, Table, TeamLine,
};
use crate::register::Unit;
use crate::said;
use crate::store::{Case, DrawFolder, Secrets, opened};
use crate::task::{Matter, Officer, Task};
use crate::text::Read;
use crate::time::Date;
use crate::verify::{Folder, listed};
use std::collections::BTreeMap;

/// Every visit that a draw decided, and the people of its register.
pub(super) struct Drawn {
    pub tasks: Vec<Task>,
    pub officers: Vec<Officer>,
}

/// Reads the draw in `folder`, which must have a result.
///
/// # Errors
/// If what the office kept is not what the record binds.
pub(super) fn drawn(folder: &DrawFolder) -> Outcome<Drawn> {
    let commit = folder.commit()?;
    let files = opened(folder, &commit)?;
    let secrets = Secrets::load(folder)?;
    let case = Case::committed(folder, &commit)?;
    let plan = case.plan();
    let roster = case.recommit(&plan, &commit, &secrets, folder)?.roster;
    let person = |(name, position): (&String, &usize)| {
        (name.clone(), plan.eligibility.seats[*position].inspector.certificate.clone())
    };
    let people: BTreeMap<String, String> = roster.names.iter().zip(&roster.positions).map(person).collect();
    let record: Record = file(folder, &files, record::RECORD, Record::read)?;
    let mut teams = teams(folder, &files, &commit, &record)?;
    teams.extend(changed(folder, &files)?);
    let days = days(folder, &files, commit.suite, &record)?;
    let tasks = teams.into_values().map(|team| {
        let mut task = task(&plan, &commit, &team)?;
        task.decided = Some(record.link.at);
        let seat = |(role, name): &(Role, String)| {
            let certificate = people.get(name).ok_or_else(|| damaged(folder, record::TEAMS, None))?;
            Ok((role.clone(), certificate.clone()))
        };
        task.seats = team.members.iter().map(seat).collect::<Outcome<_>>()?;
        task.scheduled = days.get(&team.unit).copied();
        task.planned = task.scheduled;
        Ok(task)
    });
    let officers = case.register.inspectors.iter().map(Officer::from).collect();
    Ok(Drawn { tasks: tasks.collect::<Outcome<_>>()?, officers })
}

/// What the committed register and the policy say of the visit.
fn task(plan: &Plan<'_>, commit: &Commit, team: &TeamLine) -> Outcome<Task> {
    let (candidates, policy) = (&plan.eligibility.candidates, plan.question.policy);
    let at = candidates.binary_search_by(|candidate| candidate.unit.id.cmp(&team.unit));
    let candidate = &candidates[at.map_err(|_| unknown(&team.unit))?];
    let unit: &Unit = candidate.unit;
    let minutes = |role: &Role| unit.minutes.unwrap_or_else(|| policy.workload.visit_minutes.of(role));
    let matter = Matter::Drawn { draw: commit.draw.clone(), unit: unit.id.clone() };
    Ok(Task {
        unit: Some(unit.id.clone()),
        name: unit.name.clone(),
        address: unit.address.clone(),
        town: unit.town.clone(),
        zone: candidate.zone.map(str::to_owned),
        items: plan.question.items_for(unit).map(|item| item.code.clone()).collect(),
        window: Some(commit.window),
        minutes: team.members.iter().map(|(role, _)| minutes(role)).collect(),
        ..Task::new(matter)
    })
}

/// The teams as drawn, which must be those that the record binds.
fn teams(
    folder: &DrawFolder,
    files: &Folder,
    commit: &Commit,
    record: &Record,
) -> Outcome<BTreeMap<String, TeamLine>> {
    let drawn: Table<DrawnLine> = file(folder, files, record::DRAWN, Table::read)?;
    let teams: Table<TeamLine> = file(folder, files, record::TEAMS, Table::read)?;
    let teams: BTreeMap<String, TeamLine> =
        teams.lines.into_iter().map(|team| (team.unit.clone(), team)).collect();
    let draw = commit.draw.to_string();
    let bound = |line: &DrawnLine| {
        teams.get(&line.unit).is_some_and(|team| team.commitment(commit.suite, &draw) == line.team)
    };
    let whole = drawn.root(commit.suite) == record.drawn.root && teams.len() == drawn.lines.len();
    if whole && drawn.lines.iter().all(bound) { Ok(teams) } else { Err(damaged(folder, record::TEAMS, None)) }
}

/// The teams after late changes, which must be those whose hashes are public.
fn changed(folder: &DrawFolder, files: &Folder) -> Outcome<BTreeMap<String, TeamLine>> {
    let mut teams = BTreeMap::new();
    for number in 1..=folder.replacements()?.1 {
        let (name, list) = (ReplaceFile::Result.name(number), ReplaceFile::ResultSums.name(number));
        let bytes = files.get(&name).unwrap_or_default();
        if listed(files.get(&list).unwrap_or_default(), &name) != Some(Digest::of(&[bytes])) {
            return Err(damaged(folder, &name, None));
        }
        let team = file(folder, files, &name, Replacement::read)?.team;
        teams.insert(team.unit.clone(), team);
    }
    Ok(teams)
}

/// The day that the draw's schedule gives each unit, if it has one; it must be the one
/// that the record binds. Units that no day holds are left out.
fn days(
    folder: &DrawFolder,
    files: &Folder,
    suite: Suite,
    record: &Record,
) -> Outcome<BTreeMap<String, Date>> {
    let Some(bound) = record.schedule else { return Ok(BTreeMap::new()) };
    let table: Table<ScheduleLine> = file(folder, files, record::SCHEDULE, Table::read)?;
    if record::id_of(suite, &table.text) != bound {
        return Err(damaged(folder, record::SCHEDULE, None));
    }
    Ok(table.lines.into_iter().filter_map(|line| Some((line.unit, line.day?))).collect())
}

fn file<T>(
    folder: &DrawFolder,
    files: &Folder,
    name: &str,
    read: impl FnOnce(&[u8]) -> Read<T>,
) -> Outcome<T> {
    let bytes = files.get(name).unwrap_or_default();
    read(bytes).map_err(|error| damaged(folder, name, Some(error.said())))
}

fn damaged(folder: &DrawFolder, file: &str, why: Option<Said>) -> Problem {
    let (draw, why) =
        (&folder.id, why.unwrap_or_else(|| said!("与记录不符", "it is not what the record binds")));
    let Said { zh, en } = why;
    Problem::new(
        Kind::Unreadable,
        said!("{draw} 的 {file} 不能用：{zh}", "{file} of {draw} cannot be used: {en}"),
        said!(
            "从备份恢复这次抽取在 public 和 private 里的文件夹",
            "restore the draw's folders under public and private from a backup"
        ),
    )
    .at(folder.private.display().to_string())
}

fn unknown(unit: &str) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("中签的 {unit} 不在承诺的名录里", "the drawn unit {unit} is not in the committed register"),
        said!("从备份恢复这次抽取的文件夹", "restore the draw's folders from a backup"),
    )
}
