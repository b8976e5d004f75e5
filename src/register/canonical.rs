//! The canonical tables: what the office folder keeps after an import, and what
//! a draw takes its snapshot from.
//!
//! CSV in UTF-8 without byte-order mark, lines ended by LF, official headings,
//! one row an entry in the order of the register, one form for every value.
//! Reading refuses everything else, so that printing what was read gives the
//! same bytes.

use super::import::{Entry, read_stored};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;

/// The canonical table of `entries`, in the order of the register.
///
/// ```
/// use yaohao::register::{Recusal, Subject, canonical};
/// use yaohao::time::Period;
///
/// let subject = Subject::Group("某集团".to_owned());
/// let (certificate, reason) = ("2201".to_owned(), "亲属任职".to_owned());
/// let recusals = [Recusal { certificate, subject, period: Period::default(), reason }];
/// let text = canonical::print(&recusals);
/// assert_eq!(text, "执法证号,回避对象,生效日期,失效日期,回避事由\n2201,group:某集团,,,亲属任职\n");
/// assert_eq!(canonical::read::<Recusal>(text.as_bytes(), "recusals.csv").unwrap(), recusals);
/// ```
pub fn print<T: Entry>(entries: &[T]) -> String {
    let mut sorted: Vec<&T> = entries.iter().collect();
    sorted.sort_by(|a, b| a.order(b).then_with(|| a.cells().cmp(&b.cells())));
    let written = "a vector takes everything";
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(T::FIELDS.iter().map(|field| field.heading)).expect(written);
    for entry in sorted {
        writer.write_record(entry.cells()).expect(written);
    }
    String::from_utf8(writer.into_inner().expect(written)).expect("cells are text")
}

/// Reads a canonical table.
///
/// # Errors
/// [`Kind::Unreadable`] for anything that [`print()`] would not have written.
pub fn read<T: Entry>(bytes: &[u8], file_name: &str) -> Outcome<Vec<T>> {
    let (entries, report) = read_stored::<T>(bytes, file_name)?;
    if let Some(finding) = report.findings.first() {
        let place = format!("{file_name}:{}: {}", finding.row, finding.column);
        return Err(Problem::new(Kind::Unreadable, finding.what.clone(), remedy()).at(place));
    }
    let printed = print(&entries);
    if printed.as_bytes() == bytes {
        return Ok(entries);
    }
    let theirs = bytes.split(|byte| *byte == b'\n');
    let same = printed.split('\n').zip(theirs).take_while(|(a, b)| a.as_bytes() == *b).count();
    let what = said!(
        "这份名录不是本程序写成的样子",
        "this is not the form in which the program writes the register"
    );
    Err(Problem::new(Kind::Unreadable, what, remedy()).at(format!("{file_name}:{}", same + 1)))
}

fn remedy() -> crate::lang::Said {
    said!(
        "不要手工改动名录；改正原始表格后重新导入",
        "do not edit the register by hand; correct the original table and import it again"
    )
}
