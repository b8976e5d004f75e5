//! Years of draws under a policy, before anyone commits to it: what each zone and each
//! inspector would have to carry.

mod study;

pub use study::*;
