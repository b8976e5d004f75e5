//! Rows of the register to lines of the roll.
//!
//! Where a unit stands follows from a few columns that have few values, and the same ones come
//! again and again: each combination is judged once, by the code that judges every register, and
//! its answer is kept; days and numbers of visits, which have many values, apart from the rest.
//! What differs from row to row are the id, the name and the commitment.

use crate::digest::{Digest, SaltKey, Suite};
use crate::draw::public_value;
use crate::eligibility::{Exclusion, Judge, Question};
use crate::ids::DrawId;
use crate::policy::PublicField;
use crate::problem::Outcome;
use crate::record::{write_shown, write_standing};
use crate::register::import::{
    Context, Finding, RowReader, TableMapping, is_credit_code, is_plain_text, trim,
};
use crate::register::{Gazetteer, Unit};
use crate::time::Date;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Makes lines of rows. Its debug form would show the secret of the salts.
pub struct Enroller<'a> {
    reader: RowReader<'a, Unit>,
    judge: Judge<'a>,
    /// Published fields but the name, which stands last.
    publish: Vec<PublicField>,
    shows_name: bool,
    suite: Suite,
    salts: SaltKey,
    /// What the text of every commitment begins with.
    start: String,
    id: usize,
    /// The column of the name.
    name: usize,
    /// The columns of all fields but the id, in the order of the fields.
    row: Vec<usize>,
    /// Those of them that hold free text, on which nothing depends.
    free: Vec<usize>,
    /// Those that say what was done before.
    past: Vec<usize>,
    /// The others: what they say together is judged once.
    telling: Vec<usize>,
}

/// What a combination of cells says of a unit.
#[derive(Debug, Clone)]
struct Verdict {
    /// The stratum and the number of its rule, whatever was done before.
    place: Result<(String, usize), Exclusion>,
    /// The published fields but the name, as the line has them.
    shown: String,
}

/// The day of the last inspection, and how many there were this year.
type Past = (Option<Date>, u32);

/// What one thread has judged so far.
#[derive(Debug, Default)]
pub struct Memory {
    verdicts: BTreeMap<String, Rc<Verdict>>,
    pasts: BTreeMap<String, Past>,
    keys: [String; 2],
    value: String,
    text: String,
}

/// Fields of free text, on which neither standing nor what is published depends; but for the
/// name, which is published as it stands.
const FREE: [&str; 3] = ["name", "address", "group"];

/// Fields that say what was done before.
const PAST: [&str; 2] = ["last_inspection", "visits_this_year"];

/// Bytes of a line at most; an entry of a bundle has 65,535 with its tag.
const LONGEST: usize = 60_000;

/// Combinations kept by one thread: beyond that memory would grow with the register.
const KEPT: usize = 1 << 16;

impl<'a> Enroller<'a> {
    /// The enroller of a register with these headings.
    ///
    /// # Errors
    /// As an import has if the headings do not fit the mapping.
    pub fn new(
        (file, headings, mapping): (&str, &'a [String], &'a TableMapping<Unit>),
        question: Question<'a>,
        gazetteer: &'a Gazetteer,
        (draw, salts): (&DrawId, SaltKey),
    ) -> Outcome<Self> {
        let reference = question.window.first;
        let context = Context { gazetteer, reference, register: question.register };
        let reader: RowReader<'a, Unit> = RowReader::new(file, headings, mapping, &context)?;
        let columns = reader.columns();
        let of = |key: &str| columns.iter().find(|(field, _)| *field == key).map(|(_, column)| *column);
        let id = of("id").expect("an id is required");
        let name = of("name").expect("a name is required");
        let mut row: Vec<usize> = Vec::new();
        for (_, column) in &columns {
            if *column != id && !row.contains(column) {
                row.push(*column);
            }
        }
        let feeds_only = |column: &usize, fields: &[&str]| {
            let mut fed = columns.iter().filter(|(_, fed)| fed == column);
            fed.all(|(field, _)| fields.contains(field) && !reader.is_translated(field))
        };
        let (free, others): (Vec<usize>, Vec<usize>) = row.iter().partition(|at| feeds_only(at, &FREE));
        let (past, telling) = others.into_iter().partition(|at| feeds_only(at, &PAST));
        let policy = question.policy;
        let but_name = |field: &&PublicField| **field != PublicField::Name;
        Ok(Enroller {
            publish: policy.publish.iter().filter(but_name).copied().collect(),
            shows_name: policy.publish.contains(&PublicField::Name),
            suite: policy.suite,
            salts,
            start: format!("yaohao/field/v1\n{draw}\n"),
            judge: Judge::new(question),
            reader,
            id,
            name,
            row,
            free,
            past,
            telling,
        })
    }

    /// The columns that are read.
    pub fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = self.row.iter().copied().chain([self.id]).collect();
        columns.sort_unstable();
        columns
    }

    /// The labels that units can have.
    pub fn labels(&self) -> super::Labels {
        super::Labels::new(self.judge.labels())
    }

    /// What is wrong with a line whose cells cannot be told apart.
    pub fn broken(&self, number: u32, line: &str, cells: Option<usize>) -> Finding {
        self.reader.broken(number, line, cells)
    }

    /// Appends the line of the row `number` to `lines`, with its end; gives what the register is
    /// warned of.
    ///
    /// # Errors
    /// What is wrong with the row, if it is refused.
    pub fn enrol(
        &self,
        number: u32,
        cells: &[&str],
        memory: &mut Memory,
        lines: &mut String,
    ) -> Result<Vec<Finding>, Vec<Finding>> {
        let before = lines.len();
        let warnings = self.append(number, cells, memory, lines)?;
        if lines.len() - before <= LONGEST {
            return Ok(warnings);
        }
        lines.truncate(before);
        Err(vec![self.reader.too_long(number)])
    }

    fn append(
        &self,
        number: u32,
        cells: &[&str],
        memory: &mut Memory,
        lines: &mut String,
    ) -> Result<Vec<Finding>, Vec<Finding>> {
        let id = trim(cells[self.id]);
        let is_plain = |column: &usize| cells[*column].is_empty() || is_plain_text(cells[*column]);
        let usual = is_credit_code(id)
            && !self.judge.is_listed(id)
            && self.free.iter().all(is_plain)
            && self.free.contains(&self.name)
            && !cells[self.name].is_empty();
        if !usual {
            let (unit, findings) = self.reader.read(number, cells)?;
            let (verdict, past) = self.judged(&unit);
            self.write(lines, memory, (&unit.id, &unit.name), cells, (&verdict, past));
            return Ok(findings);
        }
        for (key, columns) in memory.keys.iter_mut().zip([&self.telling, &self.past]) {
            key.clear();
            for column in columns {
                key.push_str(cells[*column]);
                key.push('\u{1f}');
            }
        }
        let known = memory.verdicts.get(&memory.keys[0]).zip(memory.pasts.get(&memory.keys[1]));
        let (verdict, past, findings) = match known {
            Some((verdict, past)) => (Rc::clone(verdict), *past, Vec::new()),
            None => {
                let (unit, findings) = self.reader.read(number, cells)?;
                let (verdict, past) = self.judged(&unit);
                let verdict = Rc::new(verdict);
                // A row with a warning is judged every time, so that it is told every time.
                if findings.is_empty() && memory.verdicts.len().max(memory.pasts.len()) < KEPT {
                    memory.verdicts.insert(memory.keys[0].clone(), Rc::clone(&verdict));
                    memory.pasts.insert(memory.keys[1].clone(), past);
                }
                (verdict, past, findings)
            }
        };
        self.write(lines, memory, (id, cells[self.name]), cells, (&verdict, past));
        Ok(findings)
    }

    fn judged(&self, unit: &Unit) -> (Verdict, Past) {
        let mut verdict = Verdict { place: self.judge.place(unit), shown: String::new() };
        let shown = self.publish.iter().map(|field| (*field, public_value(unit, *field)));
        write_shown(&mut verdict.shown, shown);
        (verdict, (unit.last_inspection, unit.visits_this_year))
    }

    fn write(
        &self,
        lines: &mut String,
        memory: &mut Memory,
        (id, name): (&str, &str),
        cells: &[&str],
        (verdict, past): (&Verdict, Past),
    ) {
        let row = self.commitment(id, cells, memory);
        lines.push_str(id);
        lines.push(' ');
        write_standing(lines, self.judge.standing(&verdict.place, past));
        lines.push(' ');
        row.push_to(lines);
        lines.push_str(&verdict.shown);
        if self.shows_name {
            lines.push_str(" name=");
            lines.push_str(name);
        }
        lines.push('\n');
    }

    /// The field commitment to the row.
    fn commitment(&self, id: &str, cells: &[&str], memory: &mut Memory) -> Digest {
        let salt = self.salts.of(id).salt("row");
        let (text, value) = (&mut memory.text, &mut memory.value);
        value.clear();
        for (at, column) in self.row.iter().enumerate() {
            if at > 0 {
                value.push(',');
            }
            push_cell(value, trim(cells[*column]));
        }
        text.clear();
        let value = if value.is_empty() { "-" } else { value.as_str() };
        for part in [&self.start, id, "\nrow\n", &salt, "\n", value, "\n"] {
            text.push_str(part);
        }
        self.suite.digest(&[text.as_bytes()])
    }
}

/// A cell as RFC 4180 writes it where it must be quoted, else as it stands.
fn push_cell(text: &mut String, cell: &str) {
    if !cell.contains([',', '"']) {
        return text.push_str(cell);
    }
    text.push('"');
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}
