//! Which units are drawn, in SQL: the selection of docs/spec/selection.md as one query
//! that anybody's own database answers. Nothing here knows where a draw comes from but
//! `published`; docs/sql.md says how provinces use it.

mod comment;
mod dialect;
mod load;
mod published;
mod query;

pub use comment::{Origin, Text, comment};
pub use dialect::Dialect;
pub use load::load;
pub use published::published;
pub use query::{merge, query};

use crate::digest::Suite;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::seed::Seed;

/// A stratum and how many of it are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    /// Its label, as hashed into tickets.
    pub label: String,
    /// N, the units in its pool, on all machines together.
    pub pool: u64,
    /// k, the units drawn, those carried over included.
    pub drawn: u64,
    /// r, the reserves: the units of rank k + 1 to k + r.
    pub reserves: u64,
}

/// All that decides which units are drawn, but the register and carried.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    seed: Seed,
    strata: Vec<Stratum>,
    carried: bool,
}

impl Selection {
    /// The draw of `strata`, in the order of the commitment, by `seed`; `carried` if units
    /// of a voided draw come first.
    ///
    /// # Errors
    /// [`Kind::State`] if the seed's suite has a hash that databases do not.
    pub fn new(seed: Seed, strata: Vec<Stratum>, carried: bool) -> Outcome<Selection> {
        if seed.suite != Suite::Sha256 {
            let (suite, hash) = (seed.suite.key(), seed.suite.hash_name());
            return Err(Problem::new(
                Kind::State,
                said!(
                    "这次抽取用 {suite}，各数据库没有 {hash} 函数，写不成 SQL",
                    "this draw is of {suite}; databases have no function {hash}, so there is no SQL for it"
                ),
                said!(
                    "用 yaohao verify 或另外两种核验程序重算（V15）",
                    "recompute it with yaohao verify or one of the other two verifiers (V15)"
                ),
            ));
        }
        Ok(Selection { seed, strata, carried })
    }

    /// Whether the query wants a table of the units carried over.
    pub fn is_carrying(&self) -> bool {
        self.carried
    }
}
