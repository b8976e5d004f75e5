//! V30: on which day each drawn unit is visited.

use super::pairing::ranks;
use super::{Loaded, Stop, Verified, ensure};
use crate::record::{self, Commit, DocketLine, ScheduleBasis, Table, TeamLine, id_of};
use crate::said;
use crate::scheduling::{self, Question, Visit};

/// V30: what the days follow from is what was committed, and they are the days that the
/// rule gives. Without days in the commitment nothing else speaks of them either.
pub(super) fn schedule(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let Some(basis) = &commit.schedule else { return unscheduled(loaded) };
    let (record, schedule) = (loaded.record()?, loaded.schedule()?);
    loaded.availability()?;
    loaded.proofs()?.is_lawful()?;
    let question = question(loaded, commit, basis)?;
    ensure(record.schedule == Some(id_of(commit.suite, &schedule.text)), || {
        said!("schedule.txt 与记录不符", "schedule.txt is not what the record binds")
    })?;
    let units = schedule.lines.iter().map(|line| &line.unit);
    ensure(units.eq(question.visits.iter().map(|visit| &visit.unit)), || {
        said!("schedule.txt 的单位不是中签单位", "the units of schedule.txt are not those of teams.txt")
    })?;
    let days = scheduling::schedule(&question);
    for (line, day) in schedule.lines.iter().zip(&days) {
        let day = day.map(|day| basis.days[day]);
        let (id, shown) = (&line.unit, day.map_or_else(|| "-".to_owned(), |day| day.to_string()));
        ensure(line.day == day, || {
            said!("{id} 的检查日期应为 {shown}", "the day of {id} should be {shown}")
        })?;
    }
    let (count, without) = (days.len(), days.iter().filter(|day| day.is_none()).count());
    Ok(match without {
        0 => said!("{count} 家各有日期", "{count} units have their days"),
        _ => said!("{count} 家，其中 {without} 家排不进", "{count} units, {without} of them without a day"),
    })
}

fn unscheduled(loaded: &Loaded<'_>) -> Verified {
    let there = |file: &str| loaded.folder.get(file).is_some();
    let dockets = there(record::DOCKETS).then(|| loaded.dockets()).transpose()?;
    let recorded = there(record::RECORD).then(|| loaded.record()).transpose()?;
    let speaks = |line: &DocketLine| !line.people.minutes.is_empty() || line.people.town.is_some();
    let silent = |dockets: &Table<DocketLine>| !dockets.lines.iter().any(speaks);
    ensure(dockets.is_none_or(silent) && recorded.is_none_or(|record| record.schedule.is_none()), || {
        said!(
            "承诺里没有工作日，却写有检查日期的依据",
            "there are no days in the commitment, but what follows from days"
        )
    })?;
    Ok(said!("方案不排检查日期", "the policy asks for no days"))
}

/// What the days follow from, if it is what was committed; the teams must be lawful (V18).
pub(crate) fn question(
    loaded: &Loaded<'_>,
    commit: &Commit,
    basis: &ScheduleBasis,
) -> Result<Question, Stop> {
    let (availability, inspectors) = (loaded.availability()?, loaded.inspectors()?);
    ensure(id_of(commit.suite, &availability.text) == basis.availability, || {
        said!("availability.txt 不是承诺的那一份", "availability.txt is not the one committed")
    })?;
    let names = availability.lines.iter().map(|line| &line.name);
    let days = basis.days.len();
    let whole = availability.lines.iter().all(|line| line.minutes.len() == days);
    ensure(whole && names.eq(inspectors.lines.iter().map(|line| &line.name)), || {
        said!(
            "availability.txt 的人员或天数不符",
            "availability.txt has not the inspectors in order, or not a number for each day"
        )
    })?;
    let ranks = ranks(loaded)?;
    let visit = |(team, docket): (&TeamLine, &DocketLine)| {
        let (id, people) = (&team.unit, &docket.people);
        let town = people.town.clone().filter(|_| people.minutes.len() == people.slots.len());
        let town = town.ok_or_else(|| {
            Stop::Fail(said!("{id} 的名单缺少时长或镇街", "the docket of {id} lacks its minutes or its town"))
        })?;
        let ranked = team.members.iter().map(|(_, name)| ranks[name.as_str()]);
        Ok(Visit { unit: id.clone(), town, team: ranked.zip(people.minutes.iter().copied()).collect() })
    };
    let visits = loaded.teams()?.lines.iter().zip(&loaded.dockets()?.lines).map(visit);
    Ok(Question {
        seed: loaded.seed()?,
        visits: visits.collect::<Result<_, Stop>>()?,
        days,
        availability: availability.lines.iter().map(|line| line.minutes.clone()).collect(),
    })
}
