//! Values of arguments: how each is read, and how it is written instead where it is wrong.

use super::usage::Refused;
use crate::digest::{Digest, Suite};
use crate::ids::DrawId;
use crate::lang::Said;
use crate::said;
use crate::time::{Date, Moment};
use std::ops::RangeInclusive;

pub fn moment(text: &str) -> Result<Moment, Refused> {
    let wanted =
        || said!("写成 2027-01-31T00:00:00Z 的样子（世界时）", "write it like 2027-01-31T00:00:00Z (UTC)");
    text.parse().map_err(|_| Refused(wanted()))
}

pub fn draw_id(text: &str) -> Result<DrawId, Refused> {
    let wanted = || said!("写成 example/2026/001 的样子", "write it like example/2026/001");
    text.parse().map_err(|_| Refused(wanted()))
}

pub fn suite(text: &str) -> Result<Suite, Refused> {
    let Said { zh, en } = Said::list(Suite::ALL.iter().map(|suite| suite.key()));
    Suite::from_key(text).ok_or_else(|| Refused(said!("可用：{zh}", "use one of: {en}")))
}

pub fn day(text: &str) -> Result<Date, Refused> {
    let wanted = || said!("写成 2026-12-08 的样子", "write it like 2026-12-08");
    text.parse().map_err(|_| Refused(wanted()))
}

pub fn sha256(text: &str) -> Result<Digest, Refused> {
    let count = text.chars().count();
    let wanted = || {
        said!(
            "写成 64 位小写十六进制（这里有 {count} 位）",
            "write 64 lower-case hex digits (here are {count})"
        )
    };
    text.parse().map_err(|_| Refused(wanted()))
}

/// Reads a whole number within `range`.
pub fn whole(range: RangeInclusive<u32>) -> impl Fn(&str) -> Result<u32, Refused> + Clone + Send + Sync {
    move |text| {
        let (from, to) = (range.start(), range.end());
        let wanted = || said!("写 {from} 到 {to} 之间的整数", "write a whole number from {from} to {to}");
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| Refused(wanted()))
    }
}
