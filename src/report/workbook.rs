//! The report as a workbook: figures, months, zones, kinds, classes, what each figure
//! counts, the checks, and every matter. Numbers are numbers, codes are text.

use super::Report;
use super::check::Check;
use super::count::Ground;
use super::figure::Figure;
use super::rows::rows;
use crate::lang::{Lang, Said};
use crate::register::Class;
use crate::said;
use crate::task::Kind;
use crate::time::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Why there is no workbook; in the library's words, for a log.
#[derive(Debug)]
pub struct NotWritten(pub XlsxError);

impl From<XlsxError> for NotWritten {
    fn from(error: XlsxError) -> NotWritten {
        NotWritten(error)
    }
}

type Written<T> = Result<T, NotWritten>;

/// What a cell holds.
enum Cell {
    Text(String),
    Number(u64),
}

/// A sheet before it is one.
struct Sheet {
    name: Said,
    headings: Vec<Said>,
    /// In the width of a digit.
    widths: Vec<u32>,
    rows: Vec<Vec<Cell>>,
}

/// The file, made on `made`; the same report on the same day is the same bytes.
///
/// # Errors
/// If the library refuses, which nothing that counts here should make it do.
pub fn workbook(report: &Report, ground: &Ground<'_>, made: Date, lang: Lang) -> Written<Vec<u8>> {
    let sheets = [
        summary(report, lang),
        months(report, lang),
        zones(report, ground, lang),
        kinds(report, lang),
        classes(report, lang),
        definitions(lang),
        checks(report, lang),
        matters(report, ground, lang),
    ];
    let mut book = Workbook::new();
    let year = u16::try_from(made.year()).unwrap_or(9999);
    let (month, day) = (made.month() as u8, made.day() as u8);
    // The library would write the time of its own clock.
    let made = ExcelDateTime::from_ymd(year, month, day)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in sheets {
        write(book.add_worksheet(), &sheet, lang)?;
    }
    Ok(book.save_to_buffer()?)
}

fn write(page: &mut Worksheet, sheet: &Sheet, lang: Lang) -> Written<()> {
    page.set_name(sheet.name.to(lang))?;
    page.set_freeze_panes(1, 0)?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, heading) in (0..).zip(&sheet.headings) {
        page.write_string_with_format(0, column, heading.to(lang), &head)?;
    }
    for (column, width) in (0..).zip(&sheet.widths) {
        page.set_column_width(column, *width)?;
    }
    for (line, row) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => page.write_string_with_format(line, column, text, &wrapped)?,
                Cell::Number(number) => match u32::try_from(*number) {
                    Ok(number) => page.write_number(line, column, number)?,
                    // Beyond what a cell holds exactly on the way through the library.
                    Err(_) => page.write_string(line, column, number.to_string())?,
                },
            };
        }
    }
    Ok(())
}

fn text(said: &Said, lang: Lang) -> Cell {
    Cell::Text(said.to(lang).to_owned())
}

fn name(figure: Figure, lang: Lang) -> Cell {
    Cell::Text(if lang == Lang::Zh { figure.zh() } else { figure.key() }.to_owned())
}

fn summary(report: &Report, lang: Lang) -> Sheet {
    let row = |figure: &Figure| {
        let figure = *figure;
        vec![
            name(figure, lang),
            Cell::Number(report.total(figure)),
            text(&figure.unit(), lang),
            Cell::Text(figure.key().to_owned()),
        ]
    };
    let headings =
        vec![said!("指标", "figure"), said!("数量", "number"), said!("单位", "unit"), said!("代号", "key")];
    let rows = Figure::ALL.iter().map(row).collect();
    Sheet { name: said!("总表", "figures"), headings, widths: vec![24, 12, 12, 24], rows }
}

/// Figures in rows, parts in columns, and the whole at the end.
fn grouped<K: Ord>(
    name_of: Said,
    parts: Vec<(K, Said)>,
    of: impl Fn(Figure) -> BTreeMap<K, u64>,
    (report, lang): (&Report, Lang),
) -> Sheet {
    let mut headings = vec![said!("指标", "figure")];
    headings.extend(parts.iter().map(|(_, heading)| heading.clone()));
    headings.push(said!("合计", "total"));
    let row = |figure: &Figure| {
        let values = of(*figure);
        let mut row = vec![name(*figure, lang)];
        row.extend(parts.iter().map(|(key, _)| Cell::Number(values.get(key).copied().unwrap_or_default())));
        row.push(Cell::Number(report.total(*figure)));
        row
    };
    let widths = std::iter::once(24).chain(parts.iter().map(|_| 10)).chain([12]).collect();
    Sheet { name: name_of, headings, widths, rows: Figure::ALL.iter().map(row).collect() }
}

fn months(report: &Report, lang: Lang) -> Sheet {
    let months = (1..=12_usize).map(|month| (month, said!("{month}月", "{month}"))).collect();
    let of = |figure| (1..).zip(report.by_month(figure)).collect();
    grouped(said!("按月", "months"), months, of, (report, lang))
}

fn zones(report: &Report, ground: &Ground<'_>, lang: Lang) -> Sheet {
    let named = ground.policy.zones.iter().map(|(key, name)| (Some(key.clone()), said!("{name}", "{key}")));
    let zones = named.chain([(None, said!("片区不明", "unknown"))]).collect();
    grouped(said!("按片区", "zones"), zones, |figure| report.by_zone(figure), (report, lang))
}

fn kinds(report: &Report, lang: Lang) -> Sheet {
    let kinds = Kind::ALL.iter().map(|kind| {
        let (zh, en) = (kind.zh(), kind.key());
        (*kind, said!("{zh}", "{en}"))
    });
    grouped(said!("按事项", "matters"), kinds.collect(), |figure| report.by_kind(figure), (report, lang))
}

fn classes(report: &Report, lang: Lang) -> Sheet {
    let named = Class::ALL.iter().map(|class| {
        let (zh, en) = (class.zh(), class.key());
        (Some(*class), said!("{zh}", "{en}"))
    });
    let classes = named.chain([(None, said!("不在名录", "in no register"))]).collect();
    grouped(said!("按单位类别", "classes"), classes, |figure| report.by_class(figure), (report, lang))
}

fn definitions(lang: Lang) -> Sheet {
    let row = |figure: &Figure| {
        let (unit, dated, counted) = (figure.unit(), figure.dated_by(), figure.definition());
        vec![name(*figure, lang), text(&unit, lang), text(&dated, lang), text(&counted, lang)]
    };
    let headings = vec![
        said!("指标", "figure"),
        said!("单位", "unit"),
        said!("按哪一天归入年月", "dated by"),
        said!("统计口径", "what it counts"),
    ];
    let rows = Figure::ALL.iter().map(row).collect();
    Sheet { name: said!("口径", "definitions"), headings, widths: vec![24, 10, 30, 80], rows }
}

fn checks(report: &Report, lang: Lang) -> Sheet {
    let row = |check: &Check| {
        let status = if lang == Lang::Zh { check.status.zh() } else { check.status.key() };
        let matters: Vec<String> = check.matters.iter().map(ToString::to_string).collect();
        vec![
            Cell::Text(check.id.to_owned()),
            Cell::Text(status.to_owned()),
            text(&check.title, lang),
            text(&check.evidence, lang),
            Cell::Number(matters.len() as u64),
            // A cell holds 32,767 characters; `--trace` and --json have all of them.
            Cell::Text(matters.iter().take(200).cloned().collect::<Vec<_>>().join(" ")),
        ]
    };
    let headings = vec![
        said!("编号", "id"),
        said!("结论", "status"),
        said!("核对什么", "what has to hold"),
        said!("依据", "evidence"),
        said!("事项数", "matters"),
        said!("事项（至多二百个）", "which (200 at most)"),
    ];
    let rows = report.checks.iter().map(row).collect();
    Sheet { name: said!("核对", "checks"), headings, widths: vec![8, 8, 34, 60, 10, 60], rows }
}

/// Figures with a column of their own where matters are listed: the rest follows from them.
const COLUMNS: &[Figure] = &[
    Figure::PersonTimes,
    Figure::Inspections,
    Figure::Joint,
    Figure::Hazards,
    Figure::RectifiedOnSpot,
    Figure::RectifiedLater,
    Figure::Open,
    Figure::RectifiedEarlier,
    Figure::NoticesAtOnce,
    Figure::NoticesByDate,
    Figure::Stops,
    Figure::Seals,
    Figure::Transfers,
    Figure::Penalties,
    Figure::PenaltiesPublished,
    Figure::Fines,
    Figure::Reconsiderations,
    Figure::Fires,
    Figure::ComplaintsReceived,
    Figure::DelegatedChecks,
    Figure::DelegatedPenalties,
    Figure::DelegatedFines,
];

fn matters(report: &Report, ground: &Ground<'_>, lang: Lang) -> Sheet {
    let word =
        |zh: &'static str, en: &'static str| Cell::Text(if lang == Lang::Zh { zh } else { en }.to_owned());
    let rows = rows(report).into_iter().map(|row| {
        let (kind, town) = (row.matter.kind(), row.place.town.clone().unwrap_or_default());
        let zone = row.place.zone.clone().unwrap_or_default();
        let zone = ground.policy.zones.get(&zone).filter(|_| lang == Lang::Zh).cloned().unwrap_or(zone);
        let entries: Vec<String> = row.entries.iter().map(ToString::to_string).collect();
        let mut cells = vec![
            Cell::Text(row.matter.to_string()),
            word(kind.zh(), kind.key()),
            Cell::Text(row.day.to_string()),
            Cell::Text(town),
            Cell::Text(zone),
            row.place.class.map_or(word("", ""), |class| word(class.zh(), class.key())),
        ];
        cells.extend(COLUMNS.iter().map(|figure| match row.amounts.get(figure) {
            Some(amount) => Cell::Number(*amount),
            None => Cell::Text(String::new()),
        }));
        cells.push(Cell::Text(entries.join(" ")));
        cells
    });
    let mut headings = vec![
        said!("编号", "number"),
        said!("事项", "kind"),
        said!("日期", "day"),
        said!("镇街代码", "town"),
        said!("片区", "zone"),
        said!("单位类别", "class"),
    ];
    headings.extend(COLUMNS.iter().map(|figure| {
        let (zh, en) = (figure.zh(), figure.key());
        said!("{zh}", "{en}")
    }));
    headings.push(said!("台账条目", "journal entries"));
    let rows: Vec<Vec<Cell>> = rows.collect();
    let widths = [36, 16, 12, 12, 12, 20].into_iter().chain(COLUMNS.iter().map(|_| 10)).chain([16]).collect();
    Sheet { name: said!("明细", "list"), headings, widths, rows }
}
