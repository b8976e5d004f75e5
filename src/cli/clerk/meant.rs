//! Which matter, unit, person or town somebody means.

use crate::explain::find;
use crate::ids::is_token;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::Unit;
use crate::said;
use crate::store::{Desk, Office, Query};
use crate::task::{Matter, Task};

/// The one matter that `query` means: a number, or a unit by code, name or part of it. Of
/// several matters of one unit the one that is not settled.
pub fn task(desk: &Desk, query: &str) -> Outcome<Task> {
    if let Ok(matter) = query.parse::<Matter>() {
        return desk.task(&matter)?.ok_or_else(|| no_matter(query));
    }
    let tasks = desk.tasks(&Query::default())?;
    let fits = [
        |task: &Task, query: &str| task.unit.as_deref() == Some(query),
        |task: &Task, query: &str| task.name == query,
        |task: &Task, query: &str| task.name.contains(query),
    ];
    let found = fits.iter().find_map(|fits| {
        let found: Vec<&Task> = tasks.iter().filter(|task| fits(task, query)).collect();
        (!found.is_empty()).then_some(found)
    });
    let Some(mut found) = found else { return Err(no_matter(query)) };
    let open = |task: &&Task| !task.is_settled();
    if found.iter().any(open) {
        found.retain(open);
    }
    match found[..] {
        [task] => Ok(task.clone()),
        _ => Err(several(query, &found)),
    }
}

fn no_matter(query: &str) -> Problem {
    Problem::new(
        Kind::Usage,
        said!("没有与“{query}”相符的事项", "no matter fits \"{query}\""),
        said!(
            "核对编号或单位；yaohao tasks 列出全部事项",
            "check the number or the unit; yaohao tasks lists all matters"
        ),
    )
}

fn several(query: &str, found: &[&Task]) -> Problem {
    let count = found.len();
    let one = |task: &&Task| {
        let (matter, name) = (&task.matter, &task.name);
        let received = task.opened.as_ref().map(|opened| opened.received.date_in_china());
        let day = task.day().or(task.penalty.as_ref().map(|penalty| penalty.day)).or(received);
        let day = day.map(|day| format!(" {day}")).unwrap_or_default();
        format!("{matter}（{name}{day}）")
    };
    let Said { zh, en } = Said::list(found.iter().take(5).map(one));
    Problem::new(
        Kind::Usage,
        said!("有 {count} 个事项与“{query}”相符：{zh} …", "{count} matters fit \"{query}\": {en} …"),
        said!("写事项编号指明其中一个", "name one of them by its number"),
    )
}

/// The newest version of the unit of the register that `query` means.
pub fn unit(office: &Office, query: &str) -> Outcome<Unit> {
    let mut units: Vec<Unit> = office.table()?;
    // Versions of one unit stand together, the newest last.
    let mut newest: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units.drain(..) {
        match newest.last_mut().filter(|last| last.id == unit.id) {
            Some(last) => *last = unit,
            None => newest.push(unit),
        }
    }
    let named = newest.iter().map(|unit| (unit.id.as_str(), Some(unit.name.as_str())));
    let at = find(named, query).map_err(|problem| problem.at("--unit"))?;
    Ok(newest.swap_remove(at))
}

/// The certificate number of the person that `who`, a number or a name, means. Whom the
/// office does not know may still be of a town, so that a number is taken as it is.
pub fn person(desk: &Desk, who: &str, place: &str) -> Outcome<String> {
    let people = desk.people()?;
    if people.contains_key(who) {
        return Ok(who.to_owned());
    }
    let mut named = people.values().filter(|officer| officer.name == who);
    match (named.next(), named.next()) {
        (Some(officer), None) => Ok(officer.certificate.clone()),
        (None, _) if is_token(who) => Ok(who.to_owned()),
        (None, _) => Err(nobody(
            said!("检查人员名录里没有这个人", "nobody of the register is called so"),
            said!(
                "写执法证号；新来的人先更新名录",
                "give the certificate number, or bring the register up to date"
            ),
            place,
        )),
        (Some(_), Some(_)) => Err(nobody(
            said!("有几个人同名", "several people have this name"),
            said!("写执法证号", "give the certificate number"),
            place,
        )),
    }
}

/// The same of somebody who is known: of the register, or of some matter.
pub fn officer(desk: &Desk, who: &str) -> Outcome<String> {
    let certificate = person(desk, who, "--inspector")?;
    let known = desk.people()?.contains_key(&certificate);
    let of_a_matter = |task: &Task| task.people().any(|who| who == certificate);
    if known || desk.tasks(&Query::default())?.iter().any(of_a_matter) {
        return Ok(certificate);
    }
    Err(nobody(
        said!("没有这个人：名录和台账里都没有 {who}", "nobody knows {who}: neither register nor journal"),
        said!("核对执法证号或姓名", "check the certificate number or the name"),
        "--inspector",
    ))
}

/// The key of the zone that `query`, a key or a name, means.
pub fn zone(office: &Office, query: &str) -> Outcome<String> {
    let (policy, _) = office.policy()?;
    let found = policy.zones.iter().find(|(key, name)| *key == query || *name == query);
    found.map(|(key, _)| key.clone()).ok_or_else(|| {
        let Said { zh, en } = Said::list(policy.zones.iter().map(|(key, name)| format!("{name}（{key}）")));
        Problem::new(
            Kind::Usage,
            said!("方案里没有片区“{query}”", "the policy has no zone \"{query}\""),
            said!("改用：{zh}", "use one of: {en}"),
        )
        .at("--zone")
    })
}

fn nobody(what: Said, remedy: Said, place: &str) -> Problem {
    Problem::new(Kind::Usage, what, remedy).at(place)
}

/// The code of the town that `query`, a code or a name, means.
pub fn town(office: &Office, query: &str, place: &str) -> Outcome<String> {
    let (policy, _) = office.policy()?;
    let found = policy.towns.iter().rev().find(|town| town.code == query || town.name == query);
    found.map(|town| town.code.clone()).ok_or_else(|| {
        Problem::new(
            Kind::Usage,
            said!("方案里没有镇街“{query}”", "the policy has no town \"{query}\""),
            said!("写镇街全称或 9 位统计代码", "write the town's full name or its 9-digit code"),
        )
        .at(place)
    })
}
