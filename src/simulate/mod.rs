//! Years of draws under a policy, before anyone commits to it: what each zone and each
//! inspector would have to carry.
//!
//! A [`Ground`] is what all scenarios of a study share, a [`World`] is one of them. `trial`
//! runs months of draws by the real stages and `desk` the days between them; `book` has
//! what happened, `tally` adds trials up, and a [`Study`] is what came out.

mod absence;
mod book;
pub mod chance;
mod desk;
mod findings;
mod ground;
mod life;
mod page;
mod request;
mod shown;
mod side;
mod study;
mod table;
mod tally;
mod totals;
mod trial;
mod work;
mod world;
mod yearly;

pub use book::Book;
pub use findings::{figure, findings, is_clear, staff};
pub use ground::Ground;
pub use page::{Suggested, Table, page};
pub use request::{Request, Watch, study};
pub use shown::{Shape, decimal, gini_said, month_name, of_whom, per_person};
pub use side::{Line, side_by_side};
pub use study::*;
pub use table::tables;
pub use trial::run;
pub use world::World;
