//! The second half of `yaohao replace`: from the released links to the stand-in.

use super::finish::UNIT_COLUMNS;
use super::replace::Late;
use crate::cli::console::Console;
use crate::digest::Digest;
use crate::pairing::stand_in::{Vacancy, key};
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{ReplaceFile, Replacement, Request, TeamLine, id_of};
use crate::said;
use crate::seed::{Chain, link_before};
use crate::store::LinkFile;
use crate::store::{Person, unsound};
use crate::verify::{Change, Loaded, Replay};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Names the stand-in and publishes the answer; the unit, and the stand-in's place in the
/// committed list.
pub(super) fn decide(
    late: &Late<'_>,
    loaded: &Loaded<'_>,
    replay: &Replay<'_>,
    people: &[Person],
    files: &[PathBuf],
    console: &Console,
) -> Outcome<(String, usize)> {
    let Some((number, request, vacancy)) = &replay.waiting else {
        return Err(Problem::new(
            Kind::State,
            said!("没有等链节的换人申请", "no request awaits a link"),
            said!("先写明单位、--absent 和 --reason", "first name the unit, --absent and --reason"),
        ));
    };
    let links = links(late, replay, (*number, request), files)?;
    let seed = loaded.seed().map_err(|stop| unsound(&stop))?;
    let values: Vec<Digest> = links.iter().map(|(_, link)| *link).collect();
    let stand_in = replay.bench.offers(vacancy, key(&seed, &values, &request.unit))[0].rank;
    let mut ranks = replay.bench.team(vacancy.visit).to_vec();
    ranks[vacancy.slot] = stand_in;
    let team: Vec<&Person> = ranks.iter().map(|rank| &people[*rank as usize]).collect();
    let before = &loaded.teams().map_err(|stop| unsound(&stop))?.lines[vacancy.visit];
    let roles = before.members.iter().map(|(role, _)| role.clone());
    let answer = Replacement {
        link: late.next()?,
        links,
        stand_in: team[vacancy.slot].public.clone(),
        team: TeamLine {
            unit: request.unit.clone(),
            salt: late.salt(&request.unit, "replacement", *number)?,
            members: roles.zip(team.iter().map(|person| person.public.clone())).collect(),
        },
    };
    // What the office needs comes first: once published, the change is made.
    let certificates: BTreeSet<String> = team.iter().map(|person| person.certificate.clone()).collect();
    late.folder.keep_change(*number, &request.unit, &certificates)?;
    keep_table(late, (*number, request, vacancy), people, stand_in)?;
    late.publish(*number, ReplaceFile::Result, &answer.text())?;
    say(late, *number, request, &answer, console);
    Ok((request.unit.clone(), stand_in as usize))
}

/// Says again what an earlier run decided.
pub(super) fn show(late: &Late<'_>, change: &Change<'_>, console: &Console) {
    say(late, change.number, change.request, change.result, console);
}

fn say(late: &Late<'_>, number: u32, request: &Request, answer: &Replacement, console: &Console) {
    let (unit, absent, stand_in) = (&request.unit, &request.absent, &answer.stand_in);
    console.say(said!(
        "第 {number} 次换人：{unit}，{absent} 由 {stand_in} 接替；原检查组和新检查组都留在记录里",
        "Replacement {number}: at {unit}, {stand_in} stands in for {absent}; both teams stay on record"
    ));
    console.say(said!(
        "带姓名的新结果表：private 里的 result-{number:03}.csv",
        "The result with names is now result-{number:03}.csv under private"
    ));
    console.data(|| {
        json!({
            "draw": late.commit.draw.to_string(), "number": number, "unit": unit, "absent": request.absent,
            "stand_in": answer.stand_in, "replacement": id_of(late.commit.suite, &answer.text()).to_string(),
        })
    });
}

/// One link of every chain, each the next one and released for this very request.
fn links(
    late: &Late<'_>,
    replay: &Replay<'_>,
    (number, request): (u32, &Request),
    files: &[PathBuf],
) -> Outcome<Vec<(String, Digest)>> {
    let brought = files.iter().map(|path| LinkFile::load(path)).collect::<Outcome<Vec<_>>>()?;
    let (draw, hash) = (&late.commit.draw, request.listed());
    let mut links = Vec::new();
    for (Chain { party, .. }, tip) in late.commit.chains.iter().zip(&replay.tips) {
        let file = brought.iter().find(|file| file.party == *party).ok_or_else(|| missing(party))?;
        let fits = file.draw == *draw && file.number == number && file.request == hash;
        if !fits || link_before(late.commit.suite, draw, party, &file.link) != *tip {
            return Err(Problem::new(
                Kind::Ceremony,
                said!(
                    "{party} 的链节不是为第 {number} 次换人申请放出的，或不是链上的下一节",
                    "the link of {party} was not released for request {number}, or is not the next of its chain"
                ),
                said!(
                    "请 {party} 对着公布的文件夹再运行一次 yaohao link；什么都没有写下",
                    "let {party} run yaohao link on the published folder again; nothing was written"
                ),
            ));
        }
        links.push((party.clone(), file.link));
    }
    Ok(links)
}

fn missing(party: &str) -> Problem {
    Problem::new(
        Kind::Ceremony,
        said!("缺少 {party} 的链节", "the link of {party} is missing"),
        said!("用 --link 指明 {party} 交来的 .link 文件", "name the .link file of {party} with --link"),
    )
}

/// Keeps the table for people with the stand-in in the place of the absent one.
fn keep_table(
    late: &Late<'_>,
    (number, request, vacancy): (u32, &Request, &Vacancy),
    people: &[Person],
    stand_in: u32,
) -> Outcome<()> {
    let before = if number == 1 { "result.csv".to_owned() } else { format!("result-{:03}.csv", number - 1) };
    let bytes = late.folder.kept(&before)?;
    let by_name: BTreeMap<&str, &Person> = people.iter().map(|p| (p.public.as_str(), p)).collect();
    let (absent, stand_in) = (by_name[request.absent.as_str()], &people[stand_in as usize]);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let in_memory = "a vector takes everything";
    for row in reader.records() {
        let mut row: Vec<String> = row.map_err(|_| damaged(&before))?.iter().map(str::to_owned).collect();
        // Name and certificate of each slot stand behind what is said of the unit.
        let at = UNIT_COLUMNS.len() + 2 * vacancy.slot;
        if row.len() < at + 2 {
            return Err(damaged(&before));
        }
        if row[0] == request.unit {
            if row[at + 1] != absent.certificate {
                return Err(damaged(&before));
            }
            (row[at], row[at + 1]) = (stand_in.name.clone(), stand_in.certificate.clone());
        }
        table.write_record(&row).expect(in_memory);
    }
    late.folder.keep(&format!("result-{number:03}.csv"), &table.into_inner().expect(in_memory))
}

fn damaged(file: &str) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("本机关留存的 {file} 被改过", "the {file} kept in the office was changed"),
        said!("从备份恢复这个文件", "restore the file from a backup"),
    )
    .at(file)
}
