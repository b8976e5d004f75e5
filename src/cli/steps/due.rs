//! Too early, too late: what V27 would hold against a draw, said before anything
//! is written.

use crate::clock;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::Demand;
use crate::said;
use crate::seed::Beacon;
use crate::time::Moment;

/// Dice and balls may be recorded once the margin has passed.
pub fn ceremony(demand: &Demand<'_>, command: &str) -> Outcome<()> {
    let (margin, earliest) = (demand.margin, demand.committed.plus_minutes(demand.margin));
    if clock::now() >= earliest {
        return Ok(());
    }
    let when = earliest.by_clocks_of_china();
    Err(Problem::new(
        Kind::State,
        said!(
            "太早：方案规定承诺之后 {margin} 分钟才能掷骰、摇球，即北京时间 {when}",
            "too early: dice and balls come {margin} minutes after the commitment, at {when} (UTC+8)"
        ),
        said!("到时再掷，再运行 {command} draw", "roll then, and run {command} draw again"),
    ))
}

/// Nonces may be revealed only before the first event outside the room; `begun`
/// says whether dice or balls are on record.
pub fn reveal(demand: &Demand<'_>, begun: bool, now: Moment, command: &str) -> Outcome<()> {
    let first =
        demand.beacons.iter().filter_map(|beacon| Some((beacon.moment()?, beacon))).min_by_key(|b| b.0);
    let Some((moment, beacon)) = first.filter(|(moment, _)| now >= *moment) else { return Ok(()) };
    let when = moment.by_clocks_of_china();
    Err(Problem::new(
        Kind::State,
        said!(
            "太晚：{beacon} 已在北京时间 {when} 发生，随机数必须在它之前公开",
            "too late: {beacon} was at {when} (UTC+8), and the nonces had to be published before it"
        ),
        match begun {
            false => said!(
                "用 {command} void --reason party 作废，再重新承诺，留足公开随机数的时间",
                "void it with {command} void --reason party and commit again, with time enough for the nonces"
            ),
            true => said!(
                "这次抽取已不能完成：等期限过后用 {command} void 作废（公众可见），再重新承诺",
                "this draw cannot be finished: void it after its deadline, for everybody to see, and commit again"
            ),
        },
    ))
}

/// An event may be recorded only once it is due.
pub fn events(beacons: &[&Beacon], now: Moment, command: &str) -> Outcome<()> {
    let last = beacons.iter().filter_map(|beacon| Some((beacon.moment()?, *beacon))).max_by_key(|b| b.0);
    let Some((moment, beacon)) = last.filter(|(moment, _)| now < *moment) else { return Ok(()) };
    let when = moment.by_clocks_of_china();
    Err(Problem::new(
        Kind::State,
        said!("{beacon} 还没有到时间：北京时间 {when}", "{beacon} is not due yet: it is at {when} (UTC+8)"),
        said!("到时再运行 {command} draw", "run {command} draw again then"),
    ))
}
