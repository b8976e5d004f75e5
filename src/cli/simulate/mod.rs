//! `yaohao simulate`: years of draws under a policy, before anyone commits to it.

mod compare;
mod rows;
mod show;
mod view;

pub use show::show;
pub use view::view;
