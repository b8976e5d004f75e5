//! Parquet, through its crate and only here: columns of text, whole numbers and days.

use super::source::{Record, refused};
use crate::lang::Said;
use crate::problem::{Outcome, Problem};
use crate::said;
use crate::store::unreadable;
use crate::time::Date;
use ::parquet::basic::{Compression, ConvertedType, LogicalType, Type as Physical};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader as _, RowGroupReader, SerializedFileReader};
use ::parquet::schema::types::{ColumnDescPtr, ColumnDescriptor};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rows of a part at most. A page that two parts share is unpacked for each, and some programs
/// write one page a row group: parts are as large as memory allows.
const PART: usize = 1 << 18;
/// Rows whose values are in memory at once.
const ROWS: usize = 1 << 13;

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
        // A list or a nested column goes by its own name: who asks for it is told what it is.
        let name = |column: &ColumnDescPtr| column.path().parts()[0].clone();
        let headings = columns.iter().map(name).collect();
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
        let open = |at: &usize| Ok((*at, Column::open(&*group, *at, part.from)?));
        let mut columns = columns.iter().map(open).collect::<Outcome<Vec<(usize, Column)>>>()?;
        for from in (0..part.count).step_by(ROWS) {
            let count = ROWS.min(part.count - from);
            columns.iter_mut().try_for_each(|(_, column)| column.fill(count))?;
            let mut cells = vec![""; self.headings.len()];
            for row in 0..count {
                for (at, column) in &columns {
                    cells[*at] = column.cell(row).map_err(|()| not_text(&self.headings[*at]))?;
                }
                each(Record::Cells(&cells));
            }
        }
        Ok(())
    }
}

/// A column that is read some rows at a time.
struct Column {
    values: Values,
    /// Which value each row has, where some have none.
    rows: Option<Vec<u32>>,
}

/// The values at hand, and where more come from.
enum Values {
    Text(Typed<ByteArrayType>),
    Whole(Typed<Int64Type>, Vec<String>),
    Short(Typed<Int32Type>, Vec<String>, fn(i32) -> String),
}

struct Typed<T: DataType> {
    reader: ColumnReaderImpl<T>,
    is_optional: bool,
    values: Vec<T::T>,
    levels: Vec<i16>,
}

/// The place of a value that is not there.
const NONE: u32 = u32::MAX;

impl Column {
    /// The column `at` of a row group, from its row `from` on.
    fn open(group: &dyn RowGroupReader, at: usize, from: usize) -> Outcome<Column> {
        let descriptor = group.metadata().column(at).column_descr_ptr();
        let compression = group.metadata().column(at).compression();
        if !matches!(compression, Compression::UNCOMPRESSED | Compression::ZSTD(_) | Compression::SNAPPY) {
            return Err(compressed(compression));
        }
        if descriptor.max_rep_level() > 0 || descriptor.max_def_level() > 1 {
            return Err(kind_refused(&descriptor));
        }
        let is_optional = descriptor.max_def_level() == 1;
        let values = match group.get_column_reader(at).map_err(damaged)? {
            ColumnReader::ByteArrayColumnReader(reader) => {
                Values::Text(Typed::new(reader, is_optional, from)?)
            }
            ColumnReader::Int32ColumnReader(reader) => {
                let print = if is_day(&descriptor) { day } else { |number: i32| number.to_string() };
                Values::Short(Typed::new(reader, is_optional, from)?, Vec::new(), print)
            }
            ColumnReader::Int64ColumnReader(reader) if is_whole(&descriptor) => {
                Values::Whole(Typed::new(reader, is_optional, from)?, Vec::new())
            }
            _ => return Err(kind_refused(&descriptor)),
        };
        Ok(Column { values, rows: None })
    }

    /// Reads the next `count` rows.
    fn fill(&mut self, count: usize) -> Outcome<()> {
        self.rows = match &mut self.values {
            Values::Text(typed) => typed.fill(count)?,
            Values::Whole(typed, printed) => {
                let rows = typed.fill(count)?;
                *printed = typed.values.iter().map(i64::to_string).collect();
                rows
            }
            Values::Short(typed, printed, print) => {
                let rows = typed.fill(count)?;
                *printed = typed.values.iter().map(|number| print(*number)).collect();
                rows
            }
        };
        Ok(())
    }

    fn cell(&self, row: usize) -> Result<&str, ()> {
        let at = match &self.rows {
            None => row,
            Some(rows) if rows[row] == NONE => return Ok(""),
            Some(rows) => rows[row] as usize,
        };
        match &self.values {
            Values::Text(typed) => str::from_utf8(typed.values[at].data()).map_err(|_| ()),
            Values::Whole(_, printed) | Values::Short(_, printed, _) => Ok(&printed[at]),
        }
    }
}

impl<T: DataType> Typed<T> {
    fn new(mut reader: ColumnReaderImpl<T>, is_optional: bool, from: usize) -> Outcome<Self> {
        let skipped = reader.skip_records(from).map_err(damaged)?;
        let typed = Typed { reader, is_optional, values: Vec::new(), levels: Vec::new() };
        if skipped == from { Ok(typed) } else { Err(cut_short()) }
    }

    /// Reads the values of the next `count` rows; which row has which, unless all have one.
    fn fill(&mut self, count: usize) -> Outcome<Option<Vec<u32>>> {
        self.values.clear();
        self.levels.clear();
        let mut read = 0;
        while read < count {
            let levels = self.is_optional.then_some(&mut self.levels);
            let (records, ..) =
                self.reader.read_records(count - read, levels, None, &mut self.values).map_err(damaged)?;
            if records == 0 {
                return Err(cut_short());
            }
            read += records;
        }
        let mut next = 0;
        let place = |level: &i16| {
            if *level == 0 {
                return NONE;
            }
            next += 1;
            next - 1
        };
        Ok((self.values.len() < count).then(|| self.levels.iter().map(place).collect()))
    }
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
            "这个 Parquet 文件读不出来，可能已损坏或没有写完",
            "this Parquet file cannot be read; it may be damaged or cut short"
        ),
        said!("重新导出", "export it again"),
    )
}

fn compressed(compression: Compression) -> Problem {
    let compression = compression.to_string();
    let compression = compression.split('(').next().unwrap_or_default();
    refused(
        said!(
            "这个 Parquet 文件的压缩方式是 {compression}，这里不能读",
            "this Parquet file is compressed with {compression}, which is not read here"
        ),
        said!("重新导出，用 zstd 或 snappy 压缩", "export it again, compressed with zstd or snappy"),
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
