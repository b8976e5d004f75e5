//! `yaohao simulate`: what a policy would ask of zones and inspectors.

pub mod suggest;
