//! The last part of `yaohao draw`: from the seed to the record.

use super::ceremony::Ceremony;
use super::summary;
use crate::cli::console::Console;
use crate::draw::{Certificate, Committed, Drawing, Plan, Unstaffed, draw, workload};
use crate::lang::Said;
use crate::policy::Team;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit, Mode, Record};
use crate::register::Inspector;
use crate::said;
use crate::seed::Nonce;
use crate::store::Case;
use crate::store::{DrawFolder, SEALED};
use serde_json::json;
use std::collections::BTreeSet;

pub fn finish(mut ceremony: Ceremony<'_>, commit: &Commit, console: &Console) -> Outcome<()> {
    let folder = ceremony.folder;
    let progress = console.progress(4);
    progress.step(said!("重算承诺", "recomputing the commitment"));
    let case = Case::committed(folder, commit)?;
    let plan = case.plan();
    let committed = case.recommit(&plan, commit, &ceremony.secrets, folder)?;
    progress.step(said!("抽取与配对", "drawing and pairing"));
    let seed = ceremony.seed();
    let salts = ceremony.secrets.salt_key(commit.suite);
    let drawing = draw(&plan, &committed, &seed, &salts);
    let drawing = drawing.map_err(|failure| unstaffed(&plan, &committed, &failure))?;
    progress.step(said!("写入", "writing"));
    keep(folder, &plan, &drawing)?;
    let record = publish(&ceremony, commit, &drawing)?;
    drop(progress);
    let work = workload(&plan, &drawing);
    summary::show(&plan, &committed, &drawing, &work, console);
    let (id, public) = (record::id_of(commit.suite, &record.text()), folder.public.display());
    console.say(said!(
        "\n记录值：{id}\n公开文件在 {public}；核验：yaohao verify {public}",
        "\nRecord: {id}\nThe public files are in {public}; verify them with: yaohao verify {public}"
    ));
    console.data(|| {
        json!({
            "draw": commit.draw.to_string(), "record": id.to_string(), "drawn": drawing.assigned.len(),
            "mode": commit.mode.key(), "folder": public.to_string(), "workload": summary::data(&work),
        })
    });
    Ok(())
}

/// Writes the result and the record; the list of hashes comes last and says that it is whole.
fn publish(ceremony: &Ceremony<'_>, commit: &Commit, drawing: &Drawing) -> Outcome<Record> {
    let folder = ceremony.folder;
    let tables = drawing.tables();
    let sealed = sealed(&ceremony.secrets.nonce, commit, drawing)?;
    for (file, text) in &tables {
        match commit.mode {
            Mode::Open => folder.add(file, text)?,
            Mode::Sealed => folder.keep(&format!("{SEALED}/{file}"), text.as_bytes())?,
        }
    }
    if let Some(bytes) = &sealed {
        folder.add_bytes(record::SEALED_RESULT, bytes)?;
    }
    let (drawn, prices) = drawing.bound(commit.suite);
    let existing = folder.files()?;
    let record = match existing.get(record::RECORD).map(Record::read) {
        // An earlier run was cut short between the record and its list.
        Some(Ok(record)) => record,
        _ => Record {
            link: ceremony.link()?,
            window: commit.window,
            inspectors: commit.inspectors,
            drawn,
            prices,
            schedule: drawing.timetable.as_ref().map(|timetable| timetable.bound(commit.suite)),
            sealed: sealed.map(|bytes| commit.suite.digest(&[&bytes])),
        },
    };
    folder.add(record::RECORD, &record.text())?;
    let files = folder.files()?;
    let names = [record::CEREMONY, record::REVEAL, record::BEACON, record::RECORD, record::SEALED_RESULT];
    let names = names.into_iter().chain(tables.iter().map(|(file, _)| *file));
    let present = names.filter_map(|name| Some((name, files.get(name)?)));
    folder.add(record::RECORD_SUMS, &record::sums(present))?;
    Ok(record)
}

/// sealed.bin, if the office's nonce is in escrow.
fn sealed(nonce: &Nonce, commit: &Commit, drawing: &Drawing) -> Outcome<Option<Vec<u8>>> {
    if commit.escrow.is_none() {
        return Ok(None);
    }
    drawing.sealed(commit, nonce).map(Some).ok_or_else(|| {
        Problem::new(
            Kind::Internal,
            said!("结果放不进密封文件", "the result does not fit into the sealed file"),
            said!(
                "什么都没有公布；请报告这个程序错误",
                "nothing was published; report this fault of the program"
            ),
        )
    })
}

/// What result.csv says of the unit, before the people.
pub(super) const UNIT_COLUMNS: [&str; 8] =
    ["统一社会信用代码", "单位名称", "镇街代码", "地址", "片区", "分层", "抽查事项", "检查日期"];

/// Keeps the result with names for the office: a table for people, and the
/// visits for the history of later draws.
fn keep(folder: &DrawFolder, plan: &Plan<'_>, drawing: &Drawing) -> Outcome<()> {
    let (candidates, seats) = (&plan.eligibility.candidates, &plan.eligibility.seats);
    let person = |position: &usize| seats[*position].inspector;
    let mut visits = Vec::new();
    let people = people_columns(&plan.question.policy.team);
    let mut heading = UNIT_COLUMNS.to_vec();
    heading.extend(people.iter().flat_map(|column| [column.as_str(), "执法证号"]));
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let in_memory = "a vector takes everything";
    table.write_record(&heading).expect(in_memory);
    let days = drawing.timetable.as_ref().map(|timetable| &timetable.schedule.lines);
    for (number, assigned) in drawing.assigned.iter().enumerate() {
        // Nothing where the visits get no days, a dash where no day holds this one.
        let day = days.map(|lines| lines[number].day.map_or("-".to_owned(), |day| day.to_string()));
        let candidate = &candidates[assigned.candidate];
        let unit = candidate.unit;
        let team: Vec<&Inspector> = assigned.team.iter().map(person).collect();
        let certificates: BTreeSet<String> = team.iter().map(|p| p.certificate.clone()).collect();
        visits.push((unit.id.clone(), certificates));
        let items: Vec<&str> = plan.question.items_for(unit).map(|item| item.code.as_str()).collect();
        let items = items.join("、");
        let label = &plan.eligibility.strata[assigned.stratum].label;
        let zone = candidate.zone.and_then(|zone| plan.question.policy.zones.get(zone));
        let (town, address) = (unit.town.as_deref(), unit.address.as_deref());
        let zone = zone.map_or("", String::as_str);
        let mut row = vec![
            &unit.id,
            &unit.name,
            town.unwrap_or(""),
            address.unwrap_or(""),
            zone,
            label,
            &items,
            day.as_deref().unwrap_or(""),
        ];
        row.extend(team.iter().flat_map(|p| [p.name.as_str(), p.certificate.as_str()]));
        row.resize(heading.len(), "");
        table.write_record(&row).expect(in_memory);
    }
    folder.keep("result.csv", &table.into_inner().expect(in_memory))?;
    folder.keep_visits(&visits)
}

/// Headings of the people of a visit: the role of each slot, where teams differ
/// all the roles it has.
fn people_columns(team: &Team) -> Vec<String> {
    let most = team.shapes.iter().map(|shape| shape.slots.len()).max().unwrap_or_default();
    let column = |slot: usize| {
        let mut roles: Vec<String> = Vec::new();
        for role in team.shapes.iter().filter_map(|shape| shape.slots.get(slot)) {
            let called = team.called(role).zh;
            if !roles.contains(&called) {
                roles.push(called);
            }
        }
        roles.join("/")
    };
    (0..most).map(column).collect()
}

/// The drawn units cannot be staffed: the same certificate as before a
/// commitment, without names of people, for the ceremony may be watched.
fn unstaffed(plan: &Plan<'_>, committed: &Committed, failure: &Unstaffed) -> Problem {
    let candidates = &plan.eligibility.candidates;
    let candidate = |visit: usize| {
        let id = &failure.instance.visits[visit].unit;
        candidates.binary_search_by(|c| c.unit.id.cmp(id)).expect("a drawn unit is a candidate")
    };
    let position = |rank: u32| committed.roster.positions[rank as usize];
    let question = (&failure.instance, &failure.shortage);
    let Said { zh, en } = Certificate::new(plan, question, candidate, position).said(plan);
    Problem::new(
        Kind::Obstacle,
        said!("抽中的单位派不足人：{zh}", "the drawn units cannot be staffed: {en}"),
        said!(
            "运行 yaohao void --reason staffing 作废；抽中的单位会公布，并带入下一次抽取首先抽中。补足人员后重新承诺",
            "run yaohao void --reason staffing; the drawn units are published, and the next draw carries them over and draws them first. Then find more people and commit again"
        ),
    )
}
