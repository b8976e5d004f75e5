//! Years of draws under a policy, before anyone commits to it: what each zone and each
//! inspector would have to carry.

mod findings;
mod page;
mod shown;
mod side;
mod study;
mod table;

pub use findings::{figure, findings, is_clear, staff};
pub use page::page;
pub use shown::{Shape, decimal, month_name, per_person};
pub use side::{Line, side_by_side};
pub use study::*;
pub use table::tables;
