//! The sheets as they go out: columns, what may be chosen in them, and a row a matter.

use super::row::Row;
use super::{DrawnRow, PenaltyRow, WorkRow};
use crate::lang::Said;
use crate::said;
use crate::task::{Kind, Task};

/// One sheet of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as many cells as columns.
    pub rows: Vec<Vec<String>>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub heading: &'static str,
    /// What may be chosen; empty for free text.
    pub choices: Vec<&'static str>,
    /// Whether it is shown only, and not to be filled in.
    pub shown: bool,
}

/// The three sheets of these matters, in the order of their numbers.
pub fn pages(tasks: &[Task]) -> [Page; 3] {
    let drawn = |kind| kind == Kind::Drawn;
    let penalty = |kind| kind == Kind::Penalty;
    let work = |kind| !drawn(kind) && !penalty(kind);
    [page::<DrawnRow>(tasks, drawn), page::<WorkRow>(tasks, work), page::<PenaltyRow>(tasks, penalty)]
}

fn page<T: Row>(tasks: &[Task], of: impl Fn(Kind) -> bool) -> Page {
    let column = |field: &crate::register::import::Field| Column {
        heading: field.heading,
        choices: field.words.map(|words| words().iter().map(|(_, zh)| *zh).collect()).unwrap_or_default(),
        shown: T::SHOWN.contains(&field.key),
    };
    let tasks = tasks.iter().filter(|task| of(task.kind()));
    Page {
        name: T::SHEET,
        columns: T::FIELDS.iter().map(column).collect(),
        rows: tasks.map(|task| T::of(task).cells()).collect(),
    }
}

/// The name of the sheet that says how to fill in the others.
pub const NOTES: &str = "说明";

/// How to fill in the sheets, line by line.
pub fn notes() -> Vec<Said> {
    let item_columns = super::SLOTS;
    vec![
        said!("怎样填这份表", "How to fill in these sheets"),
        said!(
            "“检查结果”：抽中的单位，一家一行。灰色的列已经填好，不要改；填检查日期、结果和后面的各列。",
            "Drawn units, one a row. Grey columns are known, leave them; fill in the day of the visit, the outcomes and what follows."
        ),
        said!(
            "结果没有默认值：每个事项在下拉列表里选一个，都没有填的行算还没有检查。",
            "No outcome is a default: choose one in the list for every item; a row with none is a visit not made."
        ),
        said!(
            "超过 {item_columns} 个事项的，其余写在“其余事项结果”，如“XF05 未发现问题；XF06 注销”。",
            "Beyond {item_columns} items the others stand together, like \"XF05 no-problem; XF06 deregistered\"."
        ),
        said!(
            "“到场人员”空着就是检查组全到；有变化的写“主办 SL0001、协办 SL0002”。不算在两人之内的写“辅助人员”。",
            "Who was there is the team unless it says otherwise, like \"lead SL0001, assistant SL0002\". Helpers never count as one of the two."
        ),
        said!(
            "责令改正、查封、三停、罚款、移送：有文号写文号，没有文号写“是”，几份用分号隔开；限期改正同时写改正期限。",
            "Measures: the number of the document, or yes if it has none, with ; between several; of a notice by date also its last day."
        ),
        said!(
            "“其他工作”：举报投诉、许可、复查、线索、即时检查、火灾调查。新的一行编号空着，写类型、名称、受理时间，派了谁写检查组。",
            "Other work: leave the number of a new row blank; give kind, name, when it came in, and who goes."
        ),
        said!(
            "“行政处罚”：新的一行编号空着，写当事人、文号、决定日期、金额；自然人的当事人写“个人”。",
            "Penalties: leave the number of a new row blank; give party, document, day and sum; persons are not named."
        ),
        said!(
            "日期写 2026-06-08，时间写 2026-06-08 09:30。编号和文号的列是文本格式，不要改成数字。",
            "Days are 2026-06-08, times 2026-06-08 09:30. Columns of numbers and documents are text, leave them so."
        ),
        said!(
            "排序时整行一起排。不要改工作表名、第一行的标题和校对码。",
            "Sort whole rows. Leave the names of the sheets, the headings and the marks in the last column alone."
        ),
        said!(
            "填好后：yaohao sheet import 文件 --by 证号。没有动过的行、已经录入的行会跳过；有错的行逐行列出。",
            "Then: yaohao sheet import FILE --by NUMBER. Rows untouched or entered already are passed over; bad rows are listed one by one."
        ),
        said!(
            "这份表有未公开的内容，不要放进 public，不要外传。",
            "There is something in these sheets that is not public: keep them out of public."
        ),
    ]
}
