//! Which orders are asked for, and of whom.

use super::args::DispatchArgs;
use crate::dispatch::{Audience, Book, Order, Reader, orders};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::task::Task;
use crate::time::Period;
use std::collections::BTreeSet;

/// The orders that the arguments ask for; at least one.
///
/// # Errors
/// [`Kind::Usage`] if there is no such inspector or zone, or the days are reversed;
/// [`Kind::State`] if there is nothing to dispatch.
pub fn wanted(tasks: &[Task], book: &Book<'_>, args: &DispatchArgs) -> Outcome<Vec<Order>> {
    let days = Period { from: args.from, until: args.until };
    if days.is_reversed() {
        return Err(Problem::new(
            Kind::Usage,
            said!("结束日期早于开始日期", "the last day is before the first"),
            said!("把两个日期对调", "exchange the two days"),
        )
        .at("--until"));
    }
    let of = |audience| orders(tasks, book, audience, days);
    let only = |audience, wanted: &Reader| -> Vec<Order> {
        of(audience).into_iter().filter(|order| order.reader == *wanted).collect()
    };
    let orders = match (&args.inspector, &args.zone) {
        (Some(who), _) => only(Audience::Inspectors, &Reader::Inspector(inspector(book, who)?)),
        (_, Some(zone)) => only(Audience::Zones, &Reader::Zone(zone_key(book, zone)?)),
        _ if args.team => of(Audience::Teams),
        _ => [Audience::Section, Audience::Zones, Audience::Inspectors].into_iter().flat_map(of).collect(),
    };
    if orders.is_empty() { Err(nothing(days)) } else { Ok(orders) }
}

/// The certificate number of the one who is meant: by number, or by the whole name.
fn inspector(book: &Book<'_>, who: &str) -> Outcome<String> {
    if book.people.contains_key(who) {
        return Ok(who.to_owned());
    }
    let named: BTreeSet<&String> = book
        .people
        .values()
        .filter(|officer| officer.name == who)
        .map(|officer| &officer.certificate)
        .collect();
    let mut numbers = named.into_iter();
    match (numbers.next(), numbers.next()) {
        (Some(number), None) => Ok(number.clone()),
        // The name is what was typed: it is not shown again.
        (Some(_), Some(_)) => Err(Problem::new(
            Kind::Usage,
            said!("有几个人同名", "several people have this name"),
            said!("写执法证号", "name the certificate number"),
        )
        .at("--inspector")),
        _ => Err(Problem::new(
            Kind::Usage,
            said!("没有这个人", "there is no such inspector"),
            said!(
                "写人员名录里的执法证号或完整姓名",
                "name a certificate number or a whole name of the register"
            ),
        )
        .at("--inspector")),
    }
}

fn zone_key(book: &Book<'_>, zone: &str) -> Outcome<String> {
    let zones = &book.policy.zones;
    if let Some((key, _)) = zones.iter().find(|(key, name)| *key == zone || *name == zone) {
        return Ok(key.clone());
    }
    let Said { zh, .. } = Said::list(zones.iter().map(|(key, name)| format!("{key}（{name}）")));
    let Said { en, .. } = Said::list(zones.keys());
    Err(Problem::new(
        Kind::Usage,
        said!("没有片区“{zone}”", "there is no zone \"{zone}\""),
        said!("可用：{zh}", "use one of: {en}"),
    )
    .at("--zone"))
}

fn nothing(days: Period) -> Problem {
    let remedy = if days == Period::default() {
        said!(
            "检查都已做完，或其他工作还没有定日期和人员；用 yaohao tasks 查看",
            "all visits are made, or other work has no day and nobody yet; see yaohao tasks"
        )
    } else {
        said!("换一段日期，或不写 --from 和 --until", "name other days, or leave --from and --until out")
    };
    Problem::new(Kind::State, said!("没有要派的检查任务", "there is nothing to dispatch"), remedy)
}
