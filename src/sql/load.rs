//! Statements that bring a published table into a database.

use super::Dialect;

/// Makes the table `table (id, standing)` of a file like units.txt: the first two words of
/// each line, whatever stands behind them. A line of one word, such as the tag that
/// published tables begin with, is left out. The queries use the tables `units`, `carried`
/// and, for merging, `parts`.
///
/// ```
/// use yaohao::sql::{Dialect, load};
/// assert!(load(Dialect::Spark, "units", "units.txt").contains("FROM text.`units.txt`"));
/// ```
pub fn load(dialect: Dialect, table: &str, file: &str) -> String {
    let words = dialect.words();
    let file = words.path(file);
    let parts = words.load.split("{file}").map(|part| part.replace("{table}", table));
    parts.collect::<Vec<_>>().join(&file)
}
