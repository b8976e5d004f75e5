//! What six databases say differently. The query is one; this is the table of its words.

use crate::vocabulary;

vocabulary! {
    /// A database, by how it speaks SQL.
    Dialect {
        /// PostgreSQL 11 or later.
        Postgres = "postgres", "PostgreSQL";
        /// DuckDB.
        DuckDb = "duckdb", "DuckDB";
        /// ClickHouse.
        ClickHouse = "clickhouse", "ClickHouse";
        /// Apache Spark SQL 3.4 or later.
        Spark = "spark", "Spark SQL";
        /// Apache DataFusion.
        DataFusion = "datafusion", "DataFusion";
        /// MySQL 8 and MariaDB 10.3, or later.
        MySql = "mysql", "MySQL / MariaDB";
    }
}

/// What stands before and behind a value.
pub(super) type Around = [&'static str; 2];

/// The words of one dialect.
pub(super) struct Words {
    /// Name of the list of quotas, with its columns unless the list itself names them.
    pub quotas: &'static str,
    /// Before, between and behind its rows.
    pub rows: [&'static str; 3],
    /// Whether a backslash in a string has to be doubled.
    pub backslash: bool,
    /// Around a name that would be a word of the language.
    pub name: Around,
    /// A line feed.
    pub newline: &'static str,
    /// A text as its bytes: whatever collation a column or a session has, these compare
    /// byte by byte.
    pub bytes: Around,
    /// An id as it came.
    pub shown: Around,
    /// A text's SHA-256, as something that compares byte by byte.
    pub hash: Around,
    /// The same from 64 hex digits.
    pub unhex: Around,
    /// And back.
    pub hex: Around,
    /// Makes `{table}` of the first two words of the lines of `{file}`.
    pub load: &'static str,
    /// Around the name of a file.
    pub file: char,
    /// Runs `load.sql` and `query.sql`.
    pub run: &'static str,
}

const QUOTAS: &str = "quotas (place, stratum, k, r, bound)";
const VALUES: [&str; 3] = ["VALUES\n  (", "),\n  (", ")"];
const AS_IT_IS: Around = ["", ""];

const POSTGRES: Words = Words {
    quotas: QUOTAS,
    rows: VALUES,
    backslash: false,
    name: ["\"", "\""],
    newline: "chr(10)",
    bytes: ["convert_to(", ", 'UTF8')"],
    shown: AS_IT_IS,
    hash: ["sha256(convert_to(", ", 'UTF8'))"],
    unhex: ["decode(", ", 'hex')"],
    hex: ["encode(", ", 'hex')"],
    load: "\
CREATE TEMPORARY TABLE {table}_lines (line text);
\\copy {table}_lines FROM {file} WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02', ESCAPE E'\\x02', ENCODING 'UTF8')
CREATE TABLE {table} AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM {table}_lines WHERE split_part(line, ' ', 2) <> '';
DROP TABLE {table}_lines;
",
    file: '\'',
    run: "psql -X -f load.sql -f query.sql",
};

const DUCKDB: Words = Words {
    quotas: QUOTAS,
    rows: VALUES,
    backslash: false,
    name: ["\"", "\""],
    newline: "chr(10)",
    bytes: ["encode(", ")"],
    shown: AS_IT_IS,
    hash: ["unhex(sha256(", "))"],
    unhex: ["unhex(", ")"],
    hex: ["lower(hex(", "))"],
    load: "\
CREATE TABLE {table} AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM read_csv({file}, header = false, auto_detect = false, delim = E'\\x01', quote = '', escape = '',
              columns = {'line': 'VARCHAR'})
WHERE split_part(line, ' ', 2) <> '';
",
    file: '\'',
    run: "cat load.sql query.sql | duckdb -csv",
};

const CLICKHOUSE: Words = Words {
    quotas: "quotas",
    rows: [
        "SELECT * FROM values('place UInt64, stratum String, k UInt64, r UInt64, bound String',\n  (",
        "),\n  (",
        "))",
    ],
    backslash: true,
    name: ["\"", "\""],
    newline: "char(10)",
    bytes: AS_IT_IS,
    shown: AS_IT_IS,
    hash: ["SHA256(", ")"],
    unhex: ["unhex(", ")"],
    hex: ["lower(hex(", "))"],
    load: "\
CREATE TABLE {table} ENGINE = MergeTree ORDER BY tuple() AS
SELECT splitByChar(' ', line)[1] AS id, splitByChar(' ', line)[2] AS standing
FROM file({file}, LineAsString) WHERE splitByChar(' ', line)[2] <> '';
",
    file: '\'',
    run: "cat load.sql query.sql | clickhouse local",
};

const SPARK: Words = Words {
    quotas: QUOTAS,
    rows: VALUES,
    backslash: true,
    name: ["`", "`"],
    newline: "char(10)",
    bytes: ["CAST(", " AS BINARY)"],
    shown: AS_IT_IS,
    hash: ["unhex(sha2(", ", 256))"],
    unhex: ["unhex(", ")"],
    hex: ["lower(hex(", "))"],
    load: "\
CREATE TEMPORARY VIEW {table} AS
SELECT split_part(value, ' ', 1) AS id, split_part(value, ' ', 2) AS standing
FROM text.{file} WHERE split_part(value, ' ', 2) <> '';
",
    file: '`',
    run: "cat load.sql query.sql > both.sql; spark-sql -f both.sql",
};

const DATAFUSION: Words = Words {
    quotas: QUOTAS,
    rows: VALUES,
    backslash: false,
    name: ["\"", "\""],
    newline: "chr(10)",
    bytes: AS_IT_IS,
    shown: AS_IT_IS,
    // It sorts no bytes in windows, and all its text by bytes.
    hash: ["encode(sha256(", "), 'hex')"],
    unhex: AS_IT_IS,
    hex: AS_IT_IS,
    load: "\
CREATE EXTERNAL TABLE {table}_lines (line VARCHAR) STORED AS CSV LOCATION {file}
OPTIONS ('format.has_header' 'false', 'format.delimiter' E'\\x01', 'format.quote' E'\\x02');
CREATE TABLE {table} AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM {table}_lines WHERE split_part(line, ' ', 2) <> '';
",
    file: '\'',
    run: "datafusion-cli --quiet --format csv -f load.sql query.sql",
};

const MYSQL: Words = Words {
    quotas: QUOTAS,
    // MySQL and MariaDB write VALUES differently.
    rows: ["  SELECT ", "\n  UNION ALL SELECT ", ""],
    backslash: true,
    name: ["`", "`"],
    newline: "char(10)",
    bytes: ["CAST(", " AS BINARY)"],
    shown: ["CONVERT(", " USING utf8mb4)"],
    hash: ["unhex(sha2(", ", 256))"],
    unhex: ["unhex(", ")"],
    hex: ["lower(hex(", "))"],
    load: "\
CREATE TABLE {table} (id VARBINARY(255), standing VARBINARY(255));
LOAD DATA LOCAL INFILE {file} INTO TABLE {table} CHARACTER SET binary
FIELDS TERMINATED BY ' ' ESCAPED BY '' LINES TERMINATED BY '\\n' (id, standing);
DELETE FROM {table} WHERE coalesce(standing, '') = '';
",
    file: '\'',
    run: "cat load.sql query.sql | mysql --local-infile=1 --batch --raw DATABASE",
};

impl Dialect {
    pub(super) fn words(self) -> &'static Words {
        match self {
            Dialect::Postgres => &POSTGRES,
            Dialect::DuckDb => &DUCKDB,
            Dialect::ClickHouse => &CLICKHOUSE,
            Dialect::Spark => &SPARK,
            Dialect::DataFusion => &DATAFUSION,
            Dialect::MySql => &MYSQL,
        }
    }
}

impl Words {
    /// `text` as a string, whatever is in it.
    pub(super) fn text(&self, text: &str) -> String {
        self.quoted(text, '\'')
    }

    /// The name of a file where one is wanted.
    pub(super) fn path(&self, path: &str) -> String {
        self.quoted(path, self.file)
    }

    fn quoted(&self, text: &str, quote: char) -> String {
        let mut quoted = String::from(quote);
        for c in text.chars() {
            match c {
                '\\' if self.backslash && quote == '\'' => quoted.push('\\'),
                // Spark joins 'a''b' to ab; where a backslash escapes, it escapes this too.
                c if c == quote => quoted.push(if self.backslash && c == '\'' { '\\' } else { c }),
                _ => {}
            }
            quoted.push(c);
        }
        quoted.push(quote);
        quoted
    }
}

/// `value` between what stands around it.
pub(super) fn put(around: Around, value: &str) -> String {
    format!("{}{value}{}", around[0], around[1])
}
