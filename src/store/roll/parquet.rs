//! Parquet, through its crate and only here: columns of text, whole numbers and days.

use super::source::{Record, refused};
use crate::lang::Said;
use crate::problem::{Outcome, Problem};
use crate::said;
use crate::store::unreadable;
use crate::time::Date;
use ::parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::{ByteArray, DataType};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader as _, RowGroupReader, SerializedFileReader};
use ::parquet::schema::types::ColumnDescriptor;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rows of a part at most.
const PART: usize = 1 << 16;

/// The file: its columns, and where the rows of each part stand.
#[derive(Debug)]
pub struct Parquet {
    path: PathBuf,
    headings: Vec<String>,
    parts: Vec<Part>,
}

/// Some rows of a row group.
#[derive(Debug, Clone, Copy)]
struct Part {
    group: usize,
    from: usize,
    count: usize,
    /// Rows before it in the file.
    before: u64,
}

impl Parquet {
    pub fn open(path: &Path) -> Outcome<Parquet> {
        let reader = reader(path)?;
        let metadata = reader.metadata();
        let columns = metadata.file_metadata().schema_descr().columns();
        let headings = columns.iter().map(|column| column.path().string()).collect();
        let (mut parts, mut before) = (Vec::new(), 0);
        for (group, rows) in metadata.row_groups().iter().map(|group| group.num_rows() as usize).enumerate() {
            for from in (0..rows).step_by(PART) {
                let count = PART.min(rows - from);
                parts.push(Part { group, from, count, before });
                before += count as u64;
            }
        }
        Ok(Parquet { path: path.to_owned(), headings, parts })
    }

    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Rows are counted as if there were a row of headings.
    pub fn first_row(&self, part: usize) -> u64 {
        self.parts.get(part).map_or(2, |part| part.before + 2)
    }

    pub fn read(&self, part: usize, columns: &[usize], each: &mut dyn FnMut(Record<'_>)) -> Outcome<()> {
        let part = self.parts[part];
        // Opened anew: a file that several threads share has one position.
        let reader = reader(&self.path)?;
        let group = reader.get_row_group(part.group).map_err(damaged)?;
        let columns = columns.iter().map(|at| Ok((*at, column(&*group, *at, part)?)));
        let columns = columns.collect::<Outcome<Vec<(usize, Column)>>>()?;
        let mut cells = vec![""; self.headings.len()];
        for row in 0..part.count {
            for (at, column) in &columns {
                cells[*at] = column.cell(row).map_err(|()| not_text(&self.headings[*at]))?;
            }
            each(Record::Cells(&cells));
        }
        Ok(())
    }
}

/// The values of a column, and for each row which of them it has.
struct Column {
    values: Values,
    rows: Option<Vec<u32>>,
}

enum Values {
    Text(Vec<ByteArray>),
    Printed(Vec<String>),
}

/// The place of a value that is not there.
const NONE: u32 = u32::MAX;

impl Column {
    fn cell(&self, row: usize) -> Result<&str, ()> {
        let at = match &self.rows {
            None => row,
            Some(rows) if rows[row] == NONE => return Ok(""),
            Some(rows) => rows[row] as usize,
        };
        match &self.values {
            Values::Text(values) => str::from_utf8(values[at].data()).map_err(|_| ()),
            Values::Printed(values) => Ok(&values[at]),
        }
    }
}

fn column(group: &dyn RowGroupReader, at: usize, part: Part) -> Outcome<Column> {
    let descriptor = group.metadata().column(at).column_descr_ptr();
    let kind = || kind_refused(&descriptor);
    if descriptor.max_rep_level() > 0 || descriptor.max_def_level() > 1 {
        return Err(kind());
    }
    let printed = |column: (Vec<String>, _)| Column { values: Values::Printed(column.0), rows: column.1 };
    match group.get_column_reader(at).map_err(damaged)? {
        ColumnReader::ByteArrayColumnReader(reader) => {
            let (values, rows) = values(reader, &descriptor, part)?;
            Ok(Column { values: Values::Text(values), rows })
        }
        ColumnReader::Int32ColumnReader(reader) => {
            let is_day = is_day(&descriptor);
            let print = |days: i32| if is_day { day(days) } else { days.to_string() };
            let (values, rows) = values(reader, &descriptor, part)?;
            Ok(printed((values.into_iter().map(print).collect(), rows)))
        }
        ColumnReader::Int64ColumnReader(reader) if is_whole(&descriptor) => {
            let (values, rows) = values(reader, &descriptor, part)?;
            Ok(printed((values.into_iter().map(|n| n.to_string()).collect(), rows)))
        }
        _ => Err(kind()),
    }
}

/// The values that the rows of a part have, and which row has which.
fn values<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    descriptor: &ColumnDescriptor,
    part: Part,
) -> Outcome<(Vec<T::T>, Option<Vec<u32>>)> {
    let skipped = reader.skip_records(part.from).map_err(damaged)?;
    let (mut values, mut levels) = (Vec::with_capacity(part.count), Vec::new());
    let is_optional = descriptor.max_def_level() == 1;
    let mut read = 0;
    while read < part.count {
        let levels = is_optional.then_some(&mut levels);
        let (records, ..) =
            reader.read_records(part.count - read, levels, None, &mut values).map_err(damaged)?;
        if records == 0 {
            break;
        }
        read += records;
    }
    if (skipped, read) != (part.from, part.count) {
        return Err(cut_short());
    }
    let mut next = 0;
    let place = |level: &i16| {
        if *level == 0 {
            return NONE;
        }
        next += 1;
        next - 1
    };
    // Without an empty cell every row has the value of its own place.
    let rows = (values.len() < part.count).then(|| levels.iter().map(place).collect());
    Ok((values, rows))
}

fn is_day(descriptor: &ColumnDescriptor) -> bool {
    matches!(descriptor.logical_type_ref(), Some(LogicalType::Date))
        || descriptor.converted_type() == ConvertedType::DATE
}

/// Whether 64 bits are a number, and not a time or a decimal.
fn is_whole(descriptor: &ColumnDescriptor) -> bool {
    let plain = matches!(descriptor.logical_type_ref(), None | Some(LogicalType::Integer { .. }));
    descriptor.physical_type() == Physical::INT64 && plain
}

/// A day as Parquet counts it, from 1970-01-01.
fn day(days: i32) -> String {
    let epoch: Date = "1970-01-01".parse().expect("a date");
    epoch.plus_days(i64::from(days)).to_string()
}

fn reader(path: &Path) -> Outcome<SerializedFileReader<File>> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    SerializedFileReader::new(file).map_err(damaged)
}

/// What the library says of the inside of a damaged file helps nobody mend it.
fn damaged(_: ParquetError) -> Problem {
    cut_short()
}

fn cut_short() -> Problem {
    refused(
        said!(
            "这个 Parquet 文件读不出来，可能已损坏或没有写完；压缩只支持 zstd 或不压缩",
            "this Parquet file cannot be read; it may be damaged or cut short; of compressions, zstd and none are known"
        ),
        said!("重新导出，用 zstd 压缩", "export it again, compressed with zstd"),
    )
}

fn kind_refused(descriptor: &ColumnDescriptor) -> Problem {
    let name = descriptor.path().string();
    refused(
        said!("列“{name}”不是文字、整数或日期", "the column \"{name}\" is no text, whole number or day"),
        said!("导出时把这一列转成文字", "export this column as text"),
    )
}

fn not_text(heading: &str) -> Problem {
    let Said { zh, en } =
        said!("列“{heading}”里有不是 UTF-8 的文字", "the column \"{heading}\" has text that is not UTF-8");
    refused(Said { zh, en }, said!("重新导出为 UTF-8", "export it as UTF-8"))
}
