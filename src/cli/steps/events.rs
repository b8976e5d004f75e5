//! Which lottery and which pulse a commitment names: fixed now, never later.

use crate::cli::console::Console;
use crate::policy::{BeaconRule, Policy};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::seed::{Beacon, DrandChain, Lottery, Refusal};
use crate::time::{Date, Moment};

/// The events that the policy asks for, with issues, days and rounds.
///
/// # Errors
/// [`Kind::Usage`] if one is not named, not understood, not asked for, or cannot
/// be; [`Kind::State`] if it would come too early or too late.
pub fn events(
    policy: &Policy,
    (issues, times): (&[String], &[String]),
    committed: Moment,
) -> Outcome<Vec<Beacon>> {
    let issues = issues.iter().map(|text| issue(text)).collect::<Outcome<Vec<_>>>()?;
    let times = times.iter().map(|text| time(text)).collect::<Outcome<Vec<_>>>()?;
    let asked = |rule: BeaconRule| policy.beacons.contains(&rule);
    if let Some((game, ..)) = issues.iter().find(|(game, ..)| !asked(BeaconRule::Lottery(*game))) {
        return Err(unasked("--issue", game.zh(), game.key()));
    }
    if let Some((chain, _)) = times.iter().find(|(chain, _)| !asked(BeaconRule::Drand(*chain))) {
        return Err(unasked("--at", chain.zh(), chain.key()));
    }
    let earliest = committed.plus_minutes(policy.margin_minutes);
    let beacon = |rule: &BeaconRule| match *rule {
        BeaconRule::Lottery(game) => {
            let named = issues.iter().find(|(known, ..)| *known == game);
            let (_, issue, date) = *named.ok_or_else(|| no_issue(game))?;
            let beacon = Beacon::Lottery { game, issue, date };
            beacon.can_take_place().map_err(|Refusal(what)| {
                let remedy = said!("核对期号和开奖日期", "look up the issue and the day of its drawing");
                Problem::new(Kind::Usage, what, remedy).at("--issue")
            })?;
            Ok(beacon)
        }
        BeaconRule::Drand(chain) => {
            let asked = times.iter().find(|(known, _)| *known == chain).map(|(_, time)| *time);
            let from = asked.unwrap_or(earliest);
            let round = chain.first_round_from(from).ok_or_else(|| beyond(chain))?;
            Ok(Beacon::Drand { chain, round })
        }
        BeaconRule::Dice { .. } | BeaconRule::Balls { .. } => {
            Ok(rule.in_the_room().expect("dice and balls are in the room"))
        }
    };
    let beacons = policy.beacons.iter().map(beacon).collect::<Outcome<Vec<_>>>()?;
    let closing = committed.plus_days(policy.close_within_days);
    beacons.iter().try_for_each(|beacon| in_time(beacon, earliest, closing))?;
    Ok(beacons)
}

/// Says when the events outside the room are due, and by when nonces must be out.
pub fn announce(beacons: &[Beacon], console: &Console) {
    let mut first: Option<Moment> = None;
    for beacon in beacons {
        let Some(moment) = beacon.moment() else { continue };
        first = Some(first.map_or(moment, |first| first.min(moment)));
        let when = moment.by_clocks_of_china();
        console
            .say(said!("公开事件：{beacon}，北京时间 {when}", "Public event: {beacon}, at {when} (UTC+8)"));
    }
    if let Some(first) = first {
        let when = first.by_clocks_of_china();
        console.say(said!(
            "在北京时间 {when} 之前必须运行一次 yaohao draw 公开各方随机数；晚了这次抽取就不能完成。",
            "Run yaohao draw before {when} (UTC+8) to publish the nonces; later than that this draw cannot be finished."
        ));
    }
}

/// `ssq=2026135@2026-11-29`
fn issue(text: &str) -> Outcome<(Lottery, u32, Date)> {
    let parse = || {
        let (game, drawing) = text.split_once('=')?;
        let (issue, date) = drawing.split_once('@')?;
        let issue = issue.parse().ok().filter(|issue| *issue > 0)?;
        Some((Lottery::from_text(game)?, issue, date.parse().ok()?))
    };
    parse().ok_or_else(|| {
        Problem::new(
            Kind::Usage,
            said!("期号写得不对：{text}", "the issue is not understood: {text}"),
            said!(
                "写成 ssq=2026135@2026-11-29 的样子：彩种、期号、开奖日期",
                "write it like ssq=2026135@2026-11-29: game, issue, day of the drawing"
            ),
        )
        .at("--issue")
    })
}

/// `quicknet=2026-12-01T10:00`
fn time(text: &str) -> Outcome<(DrandChain, Moment)> {
    let parse = || {
        let (chain, time) = text.split_once('=')?;
        Some((DrandChain::from_key(chain)?, Moment::from_clocks_of_china(time)?))
    };
    parse().ok_or_else(|| {
        Problem::new(
            Kind::Usage,
            said!("时间写得不对：{text}", "the time is not understood: {text}"),
            said!(
                "写成 quicknet=2026-12-01T10:00 的样子（北京时间）",
                "write it like quicknet=2026-12-01T10:00 (UTC+8)"
            ),
        )
        .at("--at")
    })
}

fn unasked(argument: &str, zh: &str, key: &str) -> Problem {
    Problem::new(
        Kind::Usage,
        said!("方案没有用{zh}", "the policy does not use {key}"),
        said!(
            "去掉 {argument}，或在方案里加 [[beacon]]",
            "leave {argument} out, or add a [[beacon]] to the policy"
        ),
    )
    .at(argument)
}

fn no_issue(game: Lottery) -> Problem {
    let (key, zh) = (game.key(), game.zh());
    Problem::new(
        Kind::Usage,
        said!("方案要用{zh}，没有指定期号", "the policy uses {key}, but no issue is named"),
        said!(
            "加 --issue {key}=期号@开奖日期，选一期还没有开奖的",
            "add --issue {key}=NUMBER@DATE, of a drawing still to come"
        ),
    )
    .at("--issue")
}

fn beyond(chain: DrandChain) -> Problem {
    let key = chain.key();
    Problem::new(
        Kind::Usage,
        said!("{key} 链没有这个时间的轮次", "chain {key} has no round at that time"),
        said!("核对时间和电脑时钟", "check the time and the clock of this machine"),
    )
    .at("--at")
}

/// What V27 would hold against the draw, before it is committed.
fn in_time(beacon: &Beacon, earliest: Moment, closing: Moment) -> Outcome<()> {
    let Some(moment) = beacon.moment() else { return Ok(()) };
    let (when, from, until) =
        (moment.by_clocks_of_china(), earliest.by_clocks_of_china(), closing.by_clocks_of_china());
    if moment < earliest {
        return Err(Problem::new(
            Kind::State,
            said!(
                "{beacon} 在北京时间 {when}，太早：承诺之后要隔够 margin_minutes，即 {from}",
                "{beacon} is at {when} (UTC+8), too early: with margin_minutes after the commitment it is {from}"
            ),
            said!("选晚一些的一期或时间", "choose a later issue or time"),
        ));
    }
    if moment > closing {
        return Err(Problem::new(
            Kind::State,
            said!(
                "{beacon} 在北京时间 {when}，晚于完成期限 {until}",
                "{beacon} is at {when} (UTC+8), after the draw is due ({until})"
            ),
            said!(
                "选早一些的一期或时间，或在方案里放宽 close_within_days",
                "choose an earlier issue or time, or allow more close_within_days in the policy"
            ),
        ));
    }
    Ok(())
}
