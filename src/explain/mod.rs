//! Why was this unit drawn, or not? The answer for the unit itself, from
//! public files alone, with commands that prove each step by hand.

mod find;
mod items;
mod lineup;
mod pairing;
mod proof;
mod selection;

pub(crate) use find::find;
pub use lineup::{Exchange, Lineup, Strike};
pub use pairing::{Candidate, LateChange, Row, Slot, Team, Word, row};
pub use proof::Proof;

use crate::digest::{Digest, Suite};
use crate::lang::Said;
use crate::merkle;
use crate::pairing::stand_in::{self, KEY_TAG, key_lines};
use crate::policy::{PublicField, Role};
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{Commit, DrawnLine, Rules, Table, TableLine, UnitLine, UnitStanding};
use crate::said;
use crate::sampling::Ticketer;
use crate::scheduling::{KEY_TAG as KEY_TAG_OF_DAYS, key as key_of_days};
use crate::seed::Seed;
use crate::verify::{Folder, Known, Loaded};

/// The answer, step by step.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// What the draw is hashed with.
    pub suite: Suite,
    /// The unit's id.
    pub unit: String,
    /// Its name, if published.
    pub name: Option<String>,
    /// Drawn, not drawn, excluded, not known yet, or voided.
    pub outcome: Fate,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// RFC 6962 inclusion proof from the unit's leaf to the committed root, for
    /// whoever does not have the whole register.
    pub path: Vec<merkle::Step>,
}

/// What became of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// 中签.
    Drawn,
    /// 未中签.
    NotDrawn,
    /// Not in the pool.
    Excluded,
    /// The draw has not been made or not been opened.
    NotYet,
    /// The draw was given up.
    Voided,
}

impl Fate {
    /// The word used in `--json`.
    pub fn key(self) -> &'static str {
        match self {
            Fate::Drawn => "drawn",
            Fate::NotDrawn => "not-drawn",
            Fate::Excluded => "excluded",
            Fate::NotYet => "not-yet",
            Fate::Voided => "voided",
        }
    }
}

/// One step: what is so, and how to see it for oneself.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is so.
    pub says: Said,
    /// A shell command to be run in the draw's public folder, and what it prints.
    pub proof: Option<Proof>,
}

/// Explains `query`, an id, a name, or part of a name.
///
/// # Errors
/// [`Kind::Unreadable`] if the folder is not a draw; [`Kind::Usage`] if no unit
/// or several units fit.
pub fn explain(folder: &Folder, query: &str) -> Outcome<Explanation> {
    let known = Known::default();
    let loaded = Loaded::new(folder, &known);
    let (Ok(commit), Ok(units), Ok(rules)) = (loaded.commit(), loaded.units(), loaded.rules()) else {
        return Err(Problem::new(
            Kind::Unreadable,
            said!("这里没有可读的抽取记录", "there is no readable draw here"),
            said!(
                "给出含有 commit.txt 的文件夹；先运行 yaohao verify",
                "give the folder that holds commit.txt; run yaohao verify first"
            ),
        ));
    };
    let unit = line(units, query)?;
    let name = unit.field(PublicField::Name).map(str::to_owned);
    let mut steps = vec![listed(commit, units, unit)];
    let outcome = match &unit.standing {
        UnitStanding::Excluded(reason) => {
            steps.push(Step { says: excluded(rules, unit, *reason), proof: None });
            steps.extend(selection::lapsed(&loaded, &unit.id));
            Fate::Excluded
        }
        UnitStanding::Stratum(label) => {
            steps.push(selection::pool(&loaded, commit, rules, unit, label));
            steps.extend(items::items(&loaded, rules, unit, label));
            steps.extend(selection::carried_over(&loaded, &unit.id));
            if loaded.void().is_ok() {
                selection::voided(&loaded, unit, label, &mut steps)
            } else {
                drawn(&loaded, unit, label, &mut steps)
            }
        }
    };
    let place = units.lines.iter().position(|line| line.id == unit.id).expect("found among these lines");
    let path = merkle::path(commit.suite, &units.leaves(commit.suite), place);
    Ok(Explanation { suite: commit.suite, unit: unit.id.clone(), name, outcome, steps, path })
}

/// The line of the one unit that `query` means, see [`find`].
pub(crate) fn line<'a>(units: &'a Table<UnitLine>, query: &str) -> Outcome<&'a UnitLine> {
    let named = units.lines.iter().map(|unit| (unit.id.as_str(), unit.field(PublicField::Name)));
    Ok(&units.lines[find(named, query)?])
}

fn listed(commit: &Commit, units: &Table<UnitLine>, unit: &UnitLine) -> Step {
    let (count, id) = (units.lines.len(), &unit.id);
    let (root, draw) = (commit.units.root, &commit.draw);
    Step {
        says: said!(
            "在名录里。{draw} 的名录共 {count} 家，抽取之前已用一个值锁定：{root}",
            "It is in the register of {draw}: {count} units, fixed before the draw by one value: {root}"
        ),
        proof: Some(Proof::leaf::<UnitLine>(commit.suite, id, crate::record::UNITS, &unit.line())),
    }
}

fn excluded(rules: &Rules, unit: &UnitLine, reason: crate::eligibility::Exclusion) -> Said {
    let (zh, key) = (reason.zh(), reason.key());
    let detail = rules.excluded.get(&unit.id).cloned();
    let successor = unit
        .field(PublicField::Town)
        .and_then(|code| rules.towns.iter().find(|town| town.code == code)?.successor.clone());
    let detail = detail.or(successor).map(|text| said!("（{text}）", " ({text})"));
    let Said { zh: zh_detail, en: en_detail } = detail.unwrap_or_else(|| said!("", ""));
    said!(
        "没有参加抽取，原因：{zh}{zh_detail}。原因写在 units.txt 里，抽取之前已锁定",
        "It was not in the pool; reason: {key}{en_detail}. The reason stands in units.txt, fixed before the draw"
    )
}

fn drawn(loaded: &Loaded<'_>, unit: &UnitLine, label: &str, steps: &mut Vec<Step>) -> Fate {
    let (Ok(seed), Ok(text)) = (loaded.seed(), loaded.seed_text()) else {
        let says = said!(
            "抽取尚未进行，或结果尚未公开，目前谁也算不出结果",
            "The draw has not been made, or not been opened; nobody in public can compute the result yet"
        );
        steps.push(Step { says, proof: None });
        return Fate::NotYet;
    };
    steps.push(selection::seeded(&seed, &text));
    let mine = Ticketer::new(&seed, label).ticket(&unit.id);
    let line = loaded.drawn().ok().and_then(|t| t.lines.iter().find(|l| l.unit == unit.id));
    let says = match line {
        Some(line) => selection::winner(loaded, line),
        None => selection::loser(loaded, unit, label),
    };
    steps.push(Step { says, proof: Some(Proof::ticket(&seed, label, &unit.id, mine)) });
    if let Some(line) = line {
        steps.extend(team(loaded, line));
        steps.extend(day(loaded, &line.unit, &seed));
        steps.extend(changes(loaded, &line.unit, &seed));
        return Fate::Drawn;
    }
    Fate::NotDrawn
}

/// Who of the unit's team was replaced, from the documents alone.
fn changes(loaded: &Loaded<'_>, unit: &str, seed: &Seed) -> Vec<Step> {
    let mut steps = Vec::new();
    for (number, request, result) in loaded.changes_of(unit) {
        let (absent, zh, key) = (&request.absent, request.reason.zh(), request.reason.key());
        let Some(result) = result else {
            let says = said!(
                "第 {number} 次换人申请：{absent}（{zh}），接替人待监督方放出链节后定出",
                "Request {number}: {absent} does not go ({key}); the stand-in follows from the witness's next link"
            );
            steps.push(Step { says, proof: None });
            continue;
        };
        let stand_in = &result.stand_in;
        let links: Vec<Digest> = result.links.iter().map(|(_, link)| *link).collect();
        let lines = key_lines(seed, &links, unit);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let prints = stand_in::key(seed, &links, unit);
        steps.push(Step {
            says: said!(
                "第 {number} 次换人：{absent}（{zh}）由 {stand_in} 接替。申请公布之后，监督方才放出决定人选的链节；新签号的密钥：",
                "Replacement {number}: {stand_in} stands in for {absent} ({key}). The request was published before the witness released the link that decides it; the key of the fresh tickets:"
            ),
            proof: Some(Proof::printed(seed.suite, KEY_TAG, &lines, prints)),
        });
    }
    steps
}

/// On which day the unit is visited, where the draw has a schedule.
fn day(loaded: &Loaded<'_>, unit: &str, seed: &Seed) -> Option<Step> {
    let line = loaded.schedule().ok()?.lines.iter().find(|line| line.unit == unit)?;
    let says = match line.day {
        Some(day) => said!(
            "检查日期 {day}：由种子、检查组和抽取前锁定的工作日、每人每天的可用分钟算出，谁也不能挑日子（核验 V30）。这家单位的日期签号从这个密钥读出：",
            "It is visited on {day}, which follows from the seed, the teams, and the working days and everybody's minutes fixed before the draw; nobody chose it (check V30). Its tickets for days are read from this key:"
        ),
        None => said!(
            "没有哪个工作日排得进这次检查，日期由本机关另定；这也由种子算出（核验 V30）。这家单位的日期签号从这个密钥读出：",
            "No working day holds its visit, so the office says when it is made; this too follows from the seed (check V30). Its tickets for days are read from this key:"
        ),
    };
    let proof =
        Proof::printed(seed.suite, KEY_TAG_OF_DAYS, &[&seed.to_string(), unit], key_of_days(seed, unit));
    Some(Step { says, proof: Some(proof) })
}

fn team(loaded: &Loaded<'_>, line: &DrawnLine) -> Option<Step> {
    let team = loaded.teams().ok()?.lines.iter().find(|team| team.unit == line.unit)?;
    let Commit { suite, draw, .. } = loaded.commit().ok()?;
    let members = |called: fn(&Role) -> &str, comma: &str| {
        let named = team.members.iter().map(|(role, name)| format!("{} {name}", called(role)));
        named.collect::<Vec<_>>().join(comma)
    };
    let (zh, en) = (members(Role::zh, "，"), members(Role::key, ", "));
    Some(Step {
        says: said!(
            "检查组随机配对为：{zh}。它与抽取结果一起锁定",
            "Its team was paired at random: {en}. It is fixed together with the result"
        ),
        proof: Some(Proof::printed(*suite, "yaohao/team/v1", &[&draw.to_string(), &team.line()], line.team)),
    })
}
