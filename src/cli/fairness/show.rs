//! What everybody may see, on the terminal and as JSON.

use crate::cli::console::Console;
use crate::fairness::{Coverage, Group, Month, Pairs, Ratio, Shown, Spread};
use crate::lang::{Lang, Said};
use crate::policy::Policy;
use crate::said;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Shows spreads, months, teams, kinds and strata.
pub fn show(shown: &Shown, policy: &Policy, console: &Console) {
    let (first, last) = shown.span;
    console.heading(said!("任务分担 {first} 至 {last}", "How work was shared, {first} to {last}"));
    console.say(said!(
        "每个量各自排列，不显示是谁的；工时按整小时",
        "Each quantity is ordered by itself and shows nobody; hours are whole"
    ));
    spreads(shown, policy, console);
    months(shown, console);
    pairs(shown, policy, console);
    kinds(shown, console);
    coverage(shown, policy, console);
    console.data(|| view(shown));
}

fn name(group: &Group, policy: &Policy, lang: Lang) -> String {
    if group.zones.is_empty() {
        return said!("全部", "all").to(lang).to_owned();
    }
    let none = said!("不在名录", "in no register").to(lang).to_owned();
    let called = |key: &String| match (key.is_empty(), policy.zones.get(key)) {
        (true, _) => none.clone(),
        (false, Some(name)) if lang == Lang::Zh => name.clone(),
        (false, _) => key.clone(),
    };
    Said::list(group.zones.iter().map(called)).to(lang).to_owned()
}

fn groups(shown: &Shown) -> impl Iterator<Item = &Group> {
    std::iter::once(&shown.all).chain(&shown.groups)
}

fn headings(first: Said) -> Vec<Said> {
    vec![
        first,
        said!("人数", "people"),
        said!("最少", "least"),
        said!("1/4", "1/4"),
        said!("中位", "median"),
        said!("3/4", "3/4"),
        said!("最多", "most"),
        said!("相差", "range"),
        said!("基尼系数", "Gini"),
    ]
}

fn cells(name: String, spread: &Spread) -> Vec<String> {
    let Spread { people, least, lower, median, upper, most, .. } = spread;
    let numbers = [people, least, lower, median, upper, most, &spread.range()].map(ToString::to_string);
    std::iter::once(name).chain(numbers).chain([spread.gini.places()]).collect()
}

fn spreads(shown: &Shown, policy: &Policy, console: &Console) {
    type Of = fn(&Group) -> Option<&Spread>;
    let quantities: [(Said, Of); 5] = [
        (said!("每人工时", "Hours a person"), |group| group.hours.as_ref()),
        (said!("每人次数", "Visits a person"), |group| group.visits.as_ref()),
        (said!("主办次数（可主办的人）", "Visits as lead (of those who may)"), |group| {
            group.leads.as_ref()
        }),
        (said!("非抽取任务工时", "Hours of what no draw decided"), |group| group.other.as_ref()),
        (said!("占可用工时的千分比", "Thousandths of the hours available"), |group| {
            group.share.as_ref()
        }),
    ];
    for (heading, of) in quantities {
        console.heading(heading);
        let row = |group| Some(cells(name(group, policy, console.lang), of(group)?));
        let rows = groups(shown).filter_map(row).collect();
        console.table(&headings(said!("片区", "zone")), &[1, 2, 3, 4, 5, 6, 7, 8], rows);
    }
}

fn called(month: &Month) -> String {
    format!("{:04}-{:02}", month.month.0, month.month.1)
}

fn months(shown: &Shown, console: &Console) {
    console.heading(said!("按月：每人工时", "By month: hours a person"));
    let rows = shown.months.iter().filter_map(|month| Some(cells(called(month), month.hours.as_ref()?)));
    console.table(&headings(said!("月份", "month")), &[1, 2, 3, 4, 5, 6, 7, 8], rows.collect());
}

fn pairs(shown: &Shown, policy: &Policy, console: &Console) {
    console.heading(said!("同组", "Who met whom"));
    let row = |group: &Group| {
        let pairs = group.pairs.as_ref()?;
        let Pairs { pairs: count, meetings, mean, repeats, expected, .. } = pairs;
        let numbers = [count.to_string(), meetings.to_string(), mean.places(), pairs.most().to_string()];
        let name = name(group, policy, console.lang);
        Some(std::iter::once(name).chain(numbers).chain([repeats.to_string(), expected.places()]).collect())
    };
    let headings = [
        said!("片区", "zone"),
        said!("两人组合", "pairs"),
        said!("同组次数", "meetings"),
        said!("平均每对", "mean"),
        said!("最多一对", "most"),
        said!("重复同组", "repeats"),
        said!("均匀时应有", "if alike"),
    ];
    console.table(&headings, &[1, 2, 3, 4, 5, 6], groups(shown).filter_map(row).collect());
    let again = shown.returns.again();
    console.say(said!(
        "同一人不止一次到同一家单位（复查除外）：{again} 例",
        "Somebody came to the same unit more than once (second looks apart): {again} cases"
    ));
}

fn kinds(shown: &Shown, console: &Console) {
    console.heading(said!("任务种类", "Kinds of work"));
    let rows = shown.kinds.iter().map(|(kind, (visits, hours))| {
        let name = if console.lang == Lang::Zh { kind.zh() } else { kind.key() };
        vec![name.to_owned(), visits.to_string(), hours.to_string()]
    });
    let headings = [said!("事项", "kind"), said!("次数", "visits"), said!("总工时", "hours")];
    console.table(&headings, &[1, 2], rows.collect());
}

fn coverage(shown: &Shown, policy: &Policy, console: &Console) {
    if shown.coverage.is_empty() {
        return;
    }
    console
        .heading(said!("各层抽到多少（由公开记录算出）", "How strata were drawn (from the public record)"));
    let row = |(label, stratum): (&String, &Coverage)| {
        let Coverage { draws, drawn, quota, .. } = stratum;
        let numbers =
            [*draws, stratum.units(), stratum.once(), *drawn, *quota].map(|number| number.to_string());
        let shares = [stratum.expected().places(), stratum.mean().places()];
        std::iter::once(policy.stratum_called(label)).chain(numbers).chain(shares).collect()
    };
    let headings = [
        said!("分层", "stratum"),
        said!("抽取次数", "draws"),
        said!("池中单位", "units"),
        said!("至少一次", "at least once"),
        said!("抽中家次", "drawn"),
        said!("应抽家次", "quotas"),
        said!("每次应抽比例", "share by quotas"),
        said!("平均每家", "mean a unit"),
    ];
    console.table(&headings, &[1, 2, 3, 4, 5, 6, 7], shown.coverage.iter().map(row).collect());
}

/// An exact fraction for programs.
fn ratio(ratio: Ratio) -> Value {
    json!({ "fraction": format!("{}/{}", ratio.numerator, ratio.denominator), "per_mille": ratio.per_mille() })
}

fn times(times: &BTreeMap<u64, u64>) -> Value {
    times.iter().map(|(times, count)| json!({ "times": times, "count": count })).collect()
}

fn spread(spread: Option<&Spread>) -> Value {
    let Some(spread) = spread else { return Value::Null };
    let Spread { people, least, lower, median, upper, most, sum, gini } = spread;
    json!({
        "people": people, "least": least, "quarter": lower, "median": median, "three_quarters": upper,
        "most": most, "range": spread.range(), "sum": sum, "gini": ratio(*gini),
    })
}

/// What everybody may see, for programs.
pub fn view(shown: &Shown) -> Value {
    let pairs = |pairs: &Pairs| {
        json!({
            "pairs": pairs.pairs, "meetings": pairs.meetings, "mean": ratio(pairs.mean), "most": pairs.most(),
            "times": times(&pairs.times), "repeats": pairs.repeats, "expected_repeats": ratio(pairs.expected),
        })
    };
    let group = |group: &Group| {
        json!({
            "zones": group.zones, "people": group.people, "hours_of_all": group.sum,
            "hours": spread(group.hours.as_ref()), "visits": spread(group.visits.as_ref()),
            "leads": spread(group.leads.as_ref()), "hours_not_drawn": spread(group.other.as_ref()),
            "per_mille_of_capacity": spread(group.share.as_ref()), "pairs": group.pairs.as_ref().map(pairs),
        })
    };
    let month = |month: &Month| {
        json!({
            "month": called(month), "hours_of_all": month.sum, "hours_of_groups": month.groups,
            "hours": spread(month.hours.as_ref()), "visits": spread(month.visits.as_ref()),
        })
    };
    let stratum = |(label, stratum): (&String, &Coverage)| {
        json!({
            "stratum": label, "draws": stratum.draws, "units": stratum.units(), "at_least_once": stratum.once(),
            "drawn": stratum.drawn, "quota": stratum.quota, "chances": stratum.chances,
            "share_by_quotas": ratio(stratum.expected()), "mean_of_a_unit": ratio(stratum.mean()),
            "times": times(&stratum.times),
        })
    };
    let kind = |(kind, (visits, hours)): (&crate::task::Kind, &(u64, u64))| json!({ "kind": kind.key(), "visits": visits, "hours": hours });
    json!({
        "from": shown.span.0.to_string(), "until": shown.span.1.to_string(),
        "all": group(&shown.all), "groups": shown.groups.iter().map(group).collect::<Vec<_>>(),
        "months": shown.months.iter().map(month).collect::<Vec<_>>(), "hours_in_order": shown.hours,
        "kinds": shown.kinds.iter().map(kind).collect::<Vec<_>>(),
        "same_person_same_unit": times(&shown.returns.times),
        "strata": shown.coverage.iter().map(stratum).collect::<Vec<_>>(),
    })
}
