//! What the printed order says, without its looks, for HTML and PDF alike: the words and
//! the tables of an official paper (GB/T 9704-2012).

use super::bring::bring;
use super::order::{Load, Order};
use super::reader::Reader;
use super::visit::Visit;
use crate::task::Kind;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Where the degree of secrecy stands (7.2.2), if it is secret before the visits.
    pub secret: Option<&'static str>,
    /// Name of the office in red, with the red line below it (7.2.4, 7.2.7): the section's only.
    pub red: Option<String>,
    /// 发文字号.
    pub number: String,
    /// Its title.
    pub title: String,
    /// To whom.
    pub addressee: String,
    /// The rest, in order; the last is a paragraph that the signature stays with.
    pub parts: Vec<Part>,
    /// Who signs: the office.
    pub office: String,
    /// Its date.
    pub date: String,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words in Hei (黑体), and words behind them.
    Paragraph(String, String),
    /// A table; its head stands on every page that it reaches.
    Table(Table),
}

/// A table as wide as the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its columns; together 156 mm.
    pub columns: Vec<Column>,
    /// Its rows, one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: &'static str,
    /// Width in millimetres.
    pub width: u32,
    /// Whether its cells are in the middle; else to the left.
    pub is_centred: bool,
}

/// The lines of a cell; a line may be broken into more.
pub type Cell = Vec<Line>;

/// A line of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Whether they are in Hei (黑体).
    pub is_strong: bool,
}

/// What a secret order is marked with.
pub const SECRET: &str = "检查前不得外传";

impl Paper {
    /// The words of an order.
    pub fn new(order: &Order) -> Paper {
        let goes = order.reader.goes();
        let is_whole = order.reader == Reader::Section;
        let mut parts = vec![Part::Paragraph(String::new(), opening(order))];
        parts.push(Part::Paragraph("一、检查任务".to_owned(), String::new()));
        parts.push(Part::Table(visits(order)));
        let mut numbers = ["二、", "三、", "四、", "五、"].into_iter();
        let mut heading = |words: &str| format!("{}{words}", numbers.next().unwrap_or_default());
        if !goes {
            parts.push(Part::Paragraph(heading("人员任务量"), String::new()));
            parts.push(Part::Table(people(&order.loads)));
        }
        if !order.items().is_empty() {
            parts.push(Part::Paragraph(heading("检查事项和依据"), String::new()));
            parts.push(Part::Table(items(order)));
        }
        parts.extend(brought(order).into_iter().map(|text| Part::Paragraph(heading("携带："), text)));
        parts.push(Part::Paragraph(heading("要求："), demands(order)));
        Paper {
            secret: order.is_secret.then_some(SECRET),
            red: is_whole.then(|| order.office.clone()),
            number: order.number.clone(),
            title: if goes { "消防监督检查任务单" } else { "消防监督检查派单" }.to_owned(),
            addressee: format!("{}：", if is_whole { "各片区、各检查组" } else { &order.to }),
            parts,
            office: order.office.clone(),
            date: order.at.date_in_china().in_words(),
        }
    }
}

fn opening(order: &Order) -> String {
    let what = match &order.reader {
        Reader::Inspector(_) => "现将你的检查任务派发如下",
        Reader::Team(_) => "现将你组的检查任务派发如下",
        Reader::Zone(_) => "现将本片区的检查任务派发如下",
        Reader::Section => "按照“双随机、一公开”抽取结果和其他工作安排，现将检查任务派发如下",
    };
    let sum = sum(order);
    let undated = match order.without_day() {
        0 => String::new(),
        count => format!("其中{count}项日期待定，由承办人在检查期或办理时限内商定。"),
    };
    let at = order.at.in_words();
    format!("{what}：{sum}。{undated}本单按截至{at}的情况填写，此后有变更的以新单为准。")
}

/// 共6项，主办3项、协办3项，用时合计18小时30分.
fn sum(order: &Order) -> String {
    let count = order.visits.len();
    let time = in_hours(order.minutes());
    match (&order.reader, &order.loads[..]) {
        (Reader::Inspector(_), [Load { led, joined, .. }]) => {
            format!("共{count}项，其中主办{led}项、协办{joined}项，用时合计{time}")
        }
        _ => format!("共{count}项，{}人参加，各人用时合计{time}", order.loads.len()),
    }
}

/// 18小时30分.
fn in_hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}小时"),
        (0, minutes) => format!("{minutes}分钟"),
        (hours, minutes) => format!("{hours}小时{minutes}分"),
    }
}

fn line(text: impl Into<String>) -> Line {
    Line { text: text.into(), is_strong: false }
}

fn strong(text: impl Into<String>) -> Line {
    Line { text: text.into(), is_strong: true }
}

fn column(heading: &'static str, width: u32, is_centred: bool) -> Column {
    Column { heading, width, is_centred }
}

fn visits(order: &Order) -> Table {
    let minutes = if matches!(order.reader, Reader::Inspector(_)) { "分钟" } else { "人·分" };
    let columns = vec![
        column("序号", 11, true),
        column("日期", 20, true),
        column("检查对象", 51, false),
        column("事项", 29, false),
        column("检查人员", 30, true),
        column(minutes, 15, true),
    ];
    let rows = order.visits.iter().enumerate();
    Table { columns, rows: rows.map(|(at, visit)| row(at + 1, visit, order)).collect() }
}

fn row(number: usize, visit: &Visit, order: &Order) -> Vec<Cell> {
    let own = match &order.reader {
        Reader::Inspector(number) => visit.part_of(number),
        _ => None,
    };
    let minutes = own.map_or_else(|| visit.minutes(), |person| person.minutes);
    let person = |person: &super::visit::Person| {
        let is_own = own.is_some_and(|own| own.certificate == person.certificate);
        Line { text: format!("{} {}", person.called, person.known_as()), is_strong: is_own }
    };
    vec![
        vec![line(number.to_string())],
        day(visit),
        place(visit),
        work(visit),
        visit.team.iter().map(person).collect(),
        vec![line(minutes.to_string())],
    ]
}

fn day(visit: &Visit) -> Cell {
    let mut cell = match visit.day {
        Some(day) => vec![strong(day.month_and_day()), line(day.weekday_zh())],
        None => vec![strong("待定")],
    };
    if let (None, Some(window)) = (visit.day, visit.window) {
        let (first, last) = (window.first.month_and_day(), window.last.month_and_day());
        cell.extend([line(format!("{first}至")), line(last)]);
    }
    let change = visit.change();
    if !change.is_empty() {
        cell.push(line(format!("变更：{change}")));
    }
    cell
}

fn place(visit: &Visit) -> Cell {
    let mut cell = vec![strong(&visit.unit)];
    cell.extend(visit.code.iter().map(line));
    cell.extend(visit.place().map(line));
    cell
}

fn work(visit: &Visit) -> Cell {
    let mut cell: Cell = visit.items.iter().map(|item| line(&item.name)).collect();
    if visit.kind() != Kind::Drawn {
        cell.insert(0, strong(visit.kind().zh()));
    }
    cell.extend(visit.due.map(|due| line(due.in_words())));
    cell.extend(visit.remark.iter().map(line));
    cell
}

fn people(loads: &[Load]) -> Table {
    let columns = vec![
        column("序号", 14, true),
        column("执法证号", 42, true),
        column("姓名", 40, true),
        column("主办", 20, true),
        column("协办", 20, true),
        column("分钟", 20, true),
    ];
    let row = |(number, load): (usize, &Load)| {
        let figures = [load.led, load.joined, load.minutes].map(|figure| figure.to_string());
        let cells = [number.to_string(), load.certificate.clone(), load.name.clone().unwrap_or_default()];
        cells.into_iter().chain(figures).map(|text| vec![line(text)]).collect()
    };
    Table { columns, rows: (1..).zip(loads).map(row).collect() }
}

fn items(order: &Order) -> Table {
    let columns = vec![column("编码", 22, true), column("事项", 54, false), column("检查依据", 80, false)];
    let row = |item: &super::visit::CheckItem| {
        [&item.code, &item.name, &item.basis].map(|text| vec![line(text)]).to_vec()
    };
    Table { columns, rows: order.items().into_iter().map(row).collect() }
}

/// What to bring to each kind of work that is in the order.
fn brought(order: &Order) -> Option<String> {
    let has = |kind: &&Kind| order.visits.iter().any(|visit| visit.kind() == **kind);
    let kinds: Vec<Kind> = Kind::ALL.iter().filter(has).copied().collect();
    let list = |kind: Kind| bring(kind).join("、");
    match kinds[..] {
        [] => None,
        [kind] => Some(format!("{}。", list(kind))),
        _ => {
            let each = kinds.iter().map(|kind| format!("{}，{}", kind.zh(), list(*kind)));
            Some(format!("{}。", each.collect::<Vec<String>>().join("；")))
        }
    }
}

fn demands(order: &Order) -> String {
    let secret =
        if order.is_secret { "列明的单位、人员和日期在检查前不得外传。" } else { "" };
    format!("到场执法人员不得少于两人，应当主动出示执法证件，全过程记录。{secret}")
}
