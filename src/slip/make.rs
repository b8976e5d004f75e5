//! Making slips, from what the office has of a closed draw: its folder as it will be
//! once everything is open, and what opens the certificate numbers.

use super::text::{Member, Slip, Team};
use crate::digest::{Digest, Suite};
use crate::lang::Said;
use crate::log::Inclusion as Path;
use crate::merkle;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{
    self, CardOpening, DrawnLine, InspectorLine, Record, ReplaceFile, Replacement, Request, Table, TableLine,
    TeamLine,
};
use crate::said;
use crate::text::Read;
use crate::verify::Folder;
use std::collections::BTreeMap;

/// A closed draw of which slips are made.
pub struct Maker<'a> {
    record: Record,
    drawn: Tree<DrawnLine>,
    inspectors: Tree<InspectorLine>,
    teams: Table<TeamLine>,
    /// The last late change of each unit, by unit; `None` if it has no answer yet.
    changes: BTreeMap<String, Option<(u32, Replacement)>>,
    cards: &'a BTreeMap<String, CardOpening>,
}

/// A table with the leaves of its tree.
struct Tree<L> {
    suite: Suite,
    table: Table<L>,
    leaves: Vec<Digest>,
}

impl<L: TableLine> Tree<L> {
    fn new(suite: Suite, table: Table<L>) -> Self {
        Tree { suite, leaves: table.leaves(suite), table }
    }

    fn path(&self, index: usize) -> Path {
        let neighbours =
            merkle::path(self.suite, &self.leaves, index).into_iter().map(merkle::Step::neighbour);
        Path { index: index as u64, neighbours: neighbours.collect() }
    }
}

impl<'a> Maker<'a> {
    /// Reads what slips are made of; `cards` open the certificate numbers, by public name.
    ///
    /// # Errors
    /// If the draw has no result, or a file of it cannot be read.
    pub fn new(suite: Suite, folder: &Folder, cards: &'a BTreeMap<String, CardOpening>) -> Outcome<Self> {
        Ok(Maker {
            record: file(folder, record::RECORD, Record::read)?,
            drawn: Tree::new(suite, file(folder, record::DRAWN, Table::read)?),
            inspectors: Tree::new(suite, file(folder, record::INSPECTORS, Table::read)?),
            teams: file(folder, record::TEAMS, Table::read)?,
            changes: changes(folder)?,
            cards,
        })
    }

    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Ids of the drawn units, by stratum and rank.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.drawn.table.lines.iter().map(|line| line.unit.as_str())
    }

    /// The slip of `unit`, without a log.
    ///
    /// # Errors
    /// [`Kind::Usage`] if the unit was not drawn; [`Kind::State`] if somebody of its
    /// team is just being replaced.
    pub fn slip(&self, unit: &str) -> Outcome<Slip> {
        let at = self.units().position(|drawn| drawn == unit).ok_or_else(|| not_drawn(unit))?;
        let team = match self.changes.get(unit) {
            Some(None) => return Err(being_replaced(unit)),
            Some(Some((number, change))) => Team::Replaced(*number, change.clone()),
            None => {
                let line = self.teams.lines.iter().find(|line| line.unit == unit);
                Team::Drawn(line.ok_or_else(|| damaged(record::TEAMS, None))?.clone())
            }
        };
        let members = team.line().members.iter().map(|(_, name)| self.member(name));
        Ok(Slip {
            suite: self.drawn.suite,
            drawn: self.drawn.table.lines[at].clone(),
            path: self.drawn.path(at),
            members: members.collect::<Outcome<_>>()?,
            team,
            record: self.record.clone(),
            logged: None,
        })
    }

    fn member(&self, name: &str) -> Outcome<Member> {
        let at = self.inspectors.table.lines.iter().position(|line| line.name == name);
        let at = at.ok_or_else(|| damaged(record::INSPECTORS, None))?;
        let card = self.cards.get(name).ok_or_else(|| damaged(record::INSPECTORS, None))?;
        let line = self.inspectors.table.lines[at].clone();
        Ok(Member { line, path: self.inspectors.path(at), card: card.clone() })
    }
}

/// The late changes by unit: the last of each counts.
fn changes(folder: &Folder) -> Outcome<BTreeMap<String, Option<(u32, Replacement)>>> {
    let mut changes = BTreeMap::new();
    for number in 1.. {
        let (request, result) = (ReplaceFile::Request.name(number), ReplaceFile::Result.name(number));
        if folder.get(&request).is_none() {
            break;
        }
        let unit = file(folder, &request, Request::read)?.unit;
        let answered = folder.get(&result).is_some();
        let change = answered.then(|| file(folder, &result, Replacement::read)).transpose()?;
        changes.insert(unit, change.map(|change| (number, change)));
    }
    Ok(changes)
}

fn file<T>(folder: &Folder, name: &str, read: impl Fn(&[u8]) -> Read<T>) -> Outcome<T> {
    let Some(bytes) = folder.get(name) else { return Err(no_result(name)) };
    read(bytes).map_err(|error| damaged(name, Some(error.said())))
}

fn no_result(name: &str) -> Problem {
    Problem::new(
        Kind::State,
        said!("这次抽取还没有结果（没有 {name}）", "this draw has no result yet (there is no {name})"),
        said!("先完成抽取：yaohao draw", "finish the draw first: yaohao draw"),
    )
}

fn damaged(name: &str, why: Option<Said>) -> Problem {
    let Said { zh, en } = why.unwrap_or_else(|| said!("与抽取结果不符", "it does not fit the result"));
    Problem::new(
        Kind::Unreadable,
        said!("{name} 读不懂：{zh}", "{name} cannot be read: {en}"),
        said!("从备份恢复这次抽取的文件夹", "restore the draw's folders from a backup"),
    )
}

fn not_drawn(unit: &str) -> Problem {
    Problem::new(
        Kind::Usage,
        said!("{unit} 没有中签，没有告知单", "{unit} was not drawn and has no slip"),
        said!("核对单位；用 --draw 指明是哪一次抽取", "check the unit; name the draw with --draw"),
    )
}

fn being_replaced(unit: &str) -> Problem {
    Problem::new(
        Kind::State,
        said!("{unit} 的换人申请还在等链节，检查组未定", "{unit} awaits a stand-in, its team is not settled"),
        said!("先用 yaohao replace --link 完成换人", "finish it with yaohao replace --link first"),
    )
}
