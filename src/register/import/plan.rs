//! A mapping laid over the headings of a file: which column feeds which field.

use super::field::{Entry, Field};
use super::identity::{is_identity_card, masked};
use super::mapping::{Column, FieldKey, TableMapping};
use super::table::Row;
use super::values::{half_width, trim};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words in the headings of columns that are never read, kept or shown.
const PRIVATE: [&str; 7] = ["身份证", "身份号", "年龄", "出生", "电话", "手机", "联系方式"];

/// Where a field's values come from in this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feed<'a> {
    Absent,
    Column(usize),
    Recognise(usize),
    Value(&'a str),
}

/// How the rows of one file are read.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) file: Arc<str>,
    pub(super) headings: &'a [String],
    pub(super) fields: &'static [Field],
    pub(super) feeds: Vec<Feed<'a>>,
    pub(super) values: Vec<Option<&'a BTreeMap<String, String>>>,
    private: Vec<bool>,
}

impl<'a> Plan<'a> {
    /// # Errors
    /// If the mapping names a heading that is missing, double or private, asks
    /// for something a field cannot do, or leaves a required field without a
    /// column.
    pub(super) fn new<T: Entry>(
        file: &str,
        headings: &'a [String],
        mapping: &'a TableMapping<T>,
    ) -> Outcome<Self> {
        let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
        let mut feeds = Vec::new();
        let mut values = Vec::new();
        for field in T::FIELDS {
            let key = FieldKey::new(field.key).expect("the field is T's own");
            feeds.push(feed(field, mapping.columns.get(&key), &plain)?);
            let words = mapping.values.get(&key);
            check_words(field, words)?;
            values.push(words);
        }
        let private = plain.iter().map(|heading| is_private(heading)).collect();
        let plan = Plan { file: Arc::from(file), headings, fields: T::FIELDS, feeds, values, private };
        plan.check_required()?;
        Ok(plan)
    }

    /// The column of a field, if it has one.
    pub(super) fn column(&self, field: usize) -> Option<usize> {
        match self.feeds[field] {
            Feed::Column(column) | Feed::Recognise(column) => Some(column),
            Feed::Absent | Feed::Value(_) => None,
        }
    }

    /// Which heading feeds which field.
    pub(super) fn columns(&self) -> Vec<(&'static str, String)> {
        let fed = |field: usize| Some((self.fields[field].key, self.heading(self.column(field)?)));
        (0..self.fields.len()).filter_map(fed).collect()
    }

    /// Headings that feed no field.
    pub(super) fn unused(&self) -> Vec<String> {
        let used: Vec<usize> = (0..self.fields.len()).filter_map(|field| self.column(field)).collect();
        let unused = (0..self.headings.len()).filter(|column| !used.contains(column));
        unused.map(|column| self.heading(column)).filter(|heading| !heading.is_empty()).collect()
    }

    /// A heading as it is shown.
    pub(super) fn heading(&self, column: usize) -> String {
        trim(&self.headings[column]).to_owned()
    }

    /// Headings of the columns that may be shown.
    pub(super) fn shown(&self) -> Vec<String> {
        let columns = (0..self.headings.len()).filter(|column| !self.private[*column]);
        columns.map(|column| self.heading(column)).collect()
    }

    /// The cells of a row that may be shown, as found. Where the cells of a row
    /// cannot be told apart, all of it is in the first, unless it may hold what
    /// must not be imported.
    pub(super) fn shown_cells(&self, row: &Row<'_>) -> Vec<String> {
        if row.broken.is_some() {
            let mut cells = vec![String::new(); self.shown().len()];
            if let Some(first) = cells.first_mut() {
                *first = self.shown_line(row);
            }
            return cells;
        }
        let shown = row.cells.iter().zip(&self.private).filter(|(_, private)| !**private);
        shown.map(|(cell, _)| masked_text(&cell.text)).collect()
    }

    /// A row whose cells cannot be told apart, if it may be shown.
    pub(super) fn shown_line(&self, row: &Row<'_>) -> String {
        let withheld = self.private.contains(&true);
        let line = row.cells.first().filter(|_| !withheld).map(|cell| cell.text.clone().into_owned());
        line.unwrap_or_else(|| "……".to_owned())
    }

    /// Whether a column holds what must not be imported.
    pub(super) fn is_private(&self, column: usize) -> bool {
        self.private[column]
    }

    fn check_required(&self) -> Outcome<()> {
        let fed = self.fields.iter().zip(&self.feeds);
        let mut missing = fed
            .filter(|(field, feed)| field.required.is_some() && **feed == Feed::Absent)
            .map(|(field, _)| format!("{} ({})", field.heading, field.key))
            .peekable();
        if missing.peek().is_none() {
            return Ok(());
        }
        let (missing, found) = (Said::list(missing), list(self.headings));
        let (zh, en, zh_found, en_found) = (missing.zh, missing.en, found.zh, found.en);
        Err(Problem::new(
            Kind::Register,
            said!(
                "缺少必需的列：{zh}；文件里的标题有：{zh_found}",
                "required columns are missing: {en}; the headings found are: {en_found}"
            ),
            said!(
                "在配置的 columns 里写明这些字段对应的标题；若上面的标题是乱码，请把文件另存为 UTF-8 编码的 CSV",
                "name the headings of these fields under `columns` in the configuration; if the headings above are garbled, save the file as CSV in UTF-8"
            ),
        ))
    }
}

fn feed<'a>(field: &Field, column: Option<&'a Column>, headings: &[String]) -> Outcome<Feed<'a>> {
    match column {
        None => {
            let official = plain(field.heading);
            let found = find(&official, headings)?;
            Ok(found.map_or(Feed::Absent, Feed::Column))
        }
        Some(Column::Value(value)) => Ok(Feed::Value(value)),
        Some(Column::Heading(heading)) => Ok(Feed::Column(mapped(field, heading, headings)?)),
        Some(Column::Recognise(heading)) if field.recognisable => {
            Ok(Feed::Recognise(mapped(field, heading, headings)?))
        }
        Some(Column::Recognise(_)) => {
            let key = field.key;
            Err(Problem::new(
                Kind::Policy,
                said!("字段 {key} 不能用 recognise 识别", "field {key} cannot be recognised"),
                said!("recognise 只用于 town；请改写为标题", "only town can; write a heading instead"),
            ))
        }
    }
}

fn mapped(field: &Field, heading: &str, headings: &[String]) -> Outcome<usize> {
    let key = field.key;
    let wanted = plain(heading);
    if is_private(&wanted) {
        return Err(Problem::new(
            Kind::Policy,
            said!(
                "字段 {key} 指向“{heading}”，这一列不得导入",
                "field {key} points at \"{heading}\", which must not be imported"
            ),
            said!(
                "从配置中去掉这一行；身份证号、年龄、电话从不导入",
                "take this line out of the configuration; identity-card numbers, ages and telephone numbers are never imported"
            ),
        ));
    }
    find(&wanted, headings)?.ok_or_else(|| {
        let Said { zh, en } = list(headings);
        Problem::new(
            Kind::Register,
            said!("字段 {key} 对应的标题“{heading}”不在文件里；文件里的标题有：{zh}", "the heading \"{heading}\" of field {key} is not in the file; the headings found are: {en}"),
            said!("改正配置中的标题；标题不在第一行时写 heading_row；若上面的标题是乱码，请把文件另存为 UTF-8 编码的 CSV", "correct the heading in the configuration; set heading_row if it is not in the first row; if the headings above are garbled, save the file as CSV in UTF-8"),
        )
    })
}

fn find(wanted: &str, headings: &[String]) -> Outcome<Option<usize>> {
    let mut found = headings.iter().enumerate().filter(|(_, heading)| *heading == wanted);
    let first = found.next().map(|(column, _)| column);
    match found.next() {
        None => Ok(first),
        Some(_) => Err(Problem::new(
            Kind::Register,
            said!(
                "标题“{wanted}”出现了两次，不知道该读哪一列",
                "the heading \"{wanted}\" stands there twice; which column is meant?"
            ),
            said!("在文件里给其中一列改名", "rename one of the columns in the file"),
        )),
    }
}

fn check_words(field: &Field, values: Option<&BTreeMap<String, String>>) -> Outcome<()> {
    let (Some(words), Some(values)) = (field.words, values) else { return Ok(()) };
    let words = words();
    let known = |ours: &String| ours.is_empty() || words.iter().any(|(key, zh)| key == ours || zh == ours);
    let Some(ours) = values.values().find(|ours| !known(ours)) else { return Ok(()) };
    let (key, Said { zh, en }) = (field.key, allowed(field));
    Err(Problem::new(
        Kind::Policy,
        said!(
            "values.{key} 里的“{ours}”不是可用的词",
            "\"{ours}\" in values.{key} is not a word of this field"
        ),
        said!("可用的词：{zh}", "use one of: {en}"),
    ))
}

/// The words of a field, for messages; the keys are enough in English.
pub(super) fn allowed(field: &Field) -> Said {
    let words = field.words.map(|words| words()).unwrap_or_default();
    let zh = words.iter().map(|(key, zh)| format!("{key} ({zh})"));
    Said { zh: Said::list(zh).zh, en: Said::list(words.iter().map(|(key, _)| key)).en }
}

fn list(headings: &[String]) -> Said {
    Said::list(headings.iter().map(|heading| plain(heading)).filter(|heading| !heading.is_empty()))
}

/// A heading as it is compared: without spaces and line breaks, and with
/// half-width brackets, because people write `时长（分钟）` either way.
fn plain(heading: &str) -> String {
    let close: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
    half_width(&close).unwrap_or(close)
}

/// A cell as found, unless it is the number of an identity card.
fn masked_text(text: &str) -> String {
    if is_identity_card(trim(text)) { masked(trim(text)) } else { text.to_owned() }
}

fn is_private(plain: &str) -> bool {
    PRIVATE.iter().any(|word| plain.contains(word))
}
