//! What a planner has to know first, in plain words.

use super::shown::{Shape, month_name, per_person, rounded};
use super::study::{Coverage, Difference, Ending, Figure, Mean, Measure, Monthly, Named, Place, Run, Study};
use crate::eligibility::Bar;
use crate::lang::Said;
use crate::said;

/// Sentences, the most important first; none of a study without any run.
pub fn findings(study: &Study) -> Vec<Said> {
    let Some(base) = study.runs.first() else { return Vec::new() };
    let mut found = Vec::new();
    if study.ending == Ending::Interrupted {
        let (trials, asked) = (study.trials, study.asked);
        found.push(said!(
            "中途停止，只有部分结果：做了 {trials} 次模拟，要求 {asked} 次。误差比要求的大",
            "stopped before the end, the results are partial: {trials} trials of {asked} were made. Errors are larger than asked"
        ));
    }
    if let (Ending::AllTrials, Some(precision)) = (study.ending, study.precision) {
        found.push(said!(
            "要求的次数都做完了，仍没有达到要求的精度 {precision}：要更准就多做几次",
            "all trials were made and the precision asked for, {precision}, was not reached: make more for it"
        ));
    }
    found.extend(hours(study, base));
    found.extend(unfilled(study, base));
    found.push(late(study, base));
    found.extend(unplaced(base));
    found.extend(growing(study, base));
    found.push(staffing(study, base));
    found.push(floors(study, base));
    found.extend(study.runs.iter().skip(1).map(variant));
    found.extend(marginal(study));
    found
}

/// Inspectors of each zone, as they are in the base.
pub fn staff(study: &Study) -> Vec<usize> {
    (0..study.zones.len())
        .map(|zone| study.people.iter().filter(|person| person.zone == zone).count())
        .collect()
}

/// The minutes of each zone by inspector, of zones that have some.
pub fn zone_hours(study: &Study, run: &Run) -> Vec<(usize, Figure)> {
    let each = run.zones.iter().zip(staff(study)).enumerate();
    each.filter_map(|(zone, (figures, people))| {
        Some((zone, per_person(figures.get(Measure::Minutes as usize)?, people)?))
    })
    .collect()
}

/// A figure of a place, zeros where it was not counted.
pub fn figure(figures: &[Figure], measure: Measure) -> Figure {
    figures.get(measure as usize).copied().unwrap_or_default()
}

/// Whether an interval of 95 % leaves no doubt on which side of zero the mean is.
pub fn is_clear(mean: Mean) -> bool {
    mean.mean.unsigned_abs() > mean.error.unsigned_abs()
}

fn hours(study: &Study, base: &Run) -> Option<Said> {
    let hours = zone_hours(study, base);
    let (most, of_most) = hours.iter().max_by_key(|(_, figure)| figure.mean.mean)?;
    let (least, of_least) = hours.iter().min_by_key(|(_, figure)| figure.mean.mean)?;
    let (high, low) = (Shape::Hours.mean(of_most.mean), Shape::Hours.mean(of_least.mean));
    let name = |zone: &usize| study.zones[*zone].said();
    let Said { zh, en } = name(most);
    if most == least {
        return Some(said!("{zh}每人每年 {high} 小时", "in {en} it is {high} hours per inspector and year"));
    }
    let Said { zh: zh_least, en: en_least } = name(least);
    if of_least.mean.mean == 0 {
        return Some(said!(
            "每人工时最多的是{zh}，每年 {high} 小时；{zh_least}没有工时",
            "most hours per inspector are in {en}, {high} a year; there are none in {en_least}"
        ));
    }
    let more =
        rounded(i128::from(of_most.mean.mean - of_least.mean.mean) * 10_000_000, of_least.mean.mean.into());
    let more = Shape::Percent.milli(more);
    Some(said!(
        "每人工时最多的是{zh}，每年 {high} 小时；最少的是{zh_least}，{low} 小时，两者相差 {more}",
        "most hours per inspector are in {en}, {high} a year; least in {en_least}, {low}: {more} between them"
    ))
}

/// In which zone there is most, behind a number of the office; nothing if there is no zone.
fn most_in(study: &Study, base: &Run, measure: Measure) -> Said {
    let worst = base.zones.iter().enumerate().max_by_key(|(_, zone)| figure(zone, measure).mean.mean);
    let place = worst.and_then(|(zone, _)| study.zones.get(zone)).map(|zone| {
        let Said { zh, en } = zone.said();
        said!("；最多的在{zh}", "; most of them in {en}")
    });
    place.unwrap_or(said!("", ""))
}

/// Units nobody could be found for: they are not late, however many there are.
fn unfilled(study: &Study, base: &Run) -> Option<Said> {
    let units = figure(&base.office, Measure::Unfilled).mean;
    let (number, Said { zh, en }) = (Shape::Count.mean(units), most_in(study, base, Measure::Unfilled));
    (units.mean > 0).then(|| {
        said!(
            "每年有 {number} 家抽中的单位找不到人去，不算在逾期里{zh}",
            "for {number} drawn units a year nobody can be found; they do not count as late{en}"
        )
    })
}

/// A backlog that has at least doubled between the ends of the first and of the last year,
/// and grown by more than a day of every inspector, has no mean to settle at.
fn growing(study: &Study, base: &Run) -> Option<Said> {
    let months = base.monthly.first()?.get(Monthly::Backlog as usize)?;
    let (first, last) = (months.get(11)?.mean, months.last()?.mean);
    let day = study.assumptions.iter().find(|one| one.key == "day.minutes")?;
    let days = day.value.parse::<i64>().ok()? * 1_000 * i64::try_from(study.people.len()).ok()?;
    let (then, now) = (Shape::Hours.mean(first), Shape::Hours.mean(last));
    (last.mean >= first.mean.saturating_mul(2) && last.mean - first.mean > days).then(|| {
        said!(
            "积压逐年增加：第一年末 {then} 小时，最后一年末 {now} 小时。人手不够，逾期和积压的数字没有稳定值",
            "the backlog grows year by year, from {then} hours at the end of the first year to {now} at the end of the last: there are too few people, and figures of late work and backlog do not settle"
        )
    })
}

fn late(study: &Study, base: &Run) -> Said {
    let late = figure(&base.office, Measure::Late);
    if late.most == 0 && late.mean.mean == 0 {
        return said!("没有一件工作逾期", "no work is late");
    }
    let (number, bad) = (Shape::Count.mean(late.mean), Shape::Count.value(late.p95.at));
    let Said { zh, en } = most_in(study, base, Measure::Late);
    said!(
        "每年逾期 {number} 件，二十年里有一年超过 {bad} 件{zh}",
        "{number} pieces of work are late in a year, more than {bad} in one year of twenty{en}"
    )
}

fn unplaced(base: &Run) -> Option<Said> {
    let unplaced = figure(&base.office, Measure::Unplaced);
    let number = Shape::Count.mean(unplaced.mean);
    (unplaced.mean.mean > 0).then(|| {
        said!(
            "每年有 {number} 次抽查在当月排不进日期",
            "{number} drawn visits a year find no day in their month"
        )
    })
}

fn staffing(study: &Study, base: &Run) -> Said {
    let staffing = &base.staffing;
    let mut months: Vec<(usize, &Mean)> =
        staffing.by_month.iter().enumerate().filter(|(_, mean)| mean.mean > 0).collect();
    months.sort_by_key(|(_, mean)| std::cmp::Reverse(mean.mean));
    let Some((worst, mean)) = months.first().filter(|_| staffing.unstaffed.mean > 0) else {
        return said!("每个月的抽取都派得出人", "every month can be staffed");
    };
    let (share, worst_share) = (Shape::Percent.mean(staffing.unstaffed), Shape::Percent.mean(**mean));
    let month = study.months.get(*worst).copied().map(month_name).unwrap_or_default();
    let number = months.len();
    // Most people are of other zones in every month: that is no reason of this one.
    let usual = |bar: Bar| matches!(bar, Bar::Department | Bar::Exchange | Bar::Zone);
    let why = staffing.bars.iter().find(|(bar, _)| !usual(*bar)).map(|(bar, _)| {
        let (zh, en) = (bar.zh(), bar.key());
        said!("，最常见的原因是“{zh}”", ", most often for {en}")
    });
    let Said { zh, en } = why.unwrap_or(said!("", ""));
    said!(
        "有 {number} 个月可能派不出人：{share} 的抽取有单位无人可派{zh}；最差的是 {month}，{worst_share}",
        "{number} months may not be staffed: {share} of draws have a unit that nobody can visit{en}; worst is {month}, {worst_share}"
    )
}

fn floors(study: &Study, base: &Run) -> Said {
    let missed = |named: &[Named], groups: &[Coverage]| -> Vec<Said> {
        let missing =
            named.iter().zip(groups).filter(|(_, group)| group.below_floor.mean > 0 && group.units > 0);
        let one = |(name, group): (&Named, &Coverage)| {
            let Said { zh, en } = name.said();
            let share = Shape::Percent.milli(group.below_floor.mean.into());
            said!("{zh} {share}", "{en} {share}")
        };
        missing.map(one).collect()
    };
    let classes = missed(&study.classes, &base.classes);
    if study.floors.iter().all(|floor| *floor == 0) {
        return said!("抽查方案没有规定每年至少查几次", "the policy has no floor of visits a year");
    }
    if classes.is_empty() {
        return said!(
            "规定的每年至少查几次，各类单位都做到了",
            "every class meets its floor of visits a year"
        );
    }
    let strata = missed(&study.strata, &base.strata).len();
    let Said { zh, en } = Said::join(classes);
    said!(
        "一年内没有查够规定次数的单位：{zh}（涉及 {strata} 个分层）",
        "units with fewer visits in a year than their floor: {en} ({strata} strata)"
    )
}

fn at_office(differences: &[Difference], measure: Measure) -> Option<Mean> {
    let found = differences.iter().find(|one| one.place == Place::Office && one.measure == measure);
    found.map(|one| one.mean)
}

fn variant(run: &Run) -> Said {
    let Said { zh, en } = run.variant.said();
    let changed: Vec<Said> = [
        Measure::Minutes,
        Measure::Overtime,
        Measure::Unfilled,
        Measure::Late,
        Measure::Unplaced,
        Measure::Backlog,
    ]
    .into_iter()
    .filter_map(|measure| Some((measure, at_office(&run.differences, measure)?)))
    .filter(|(_, mean)| is_clear(*mean))
    .map(|(measure, mean)| {
        let (Said { zh, en }, number) = (measure.said(), measure.shape().of_differences().difference(mean));
        {
            let Said { zh: unit_zh, en: unit_en } = measure.shape().of_differences().unit();
            said!("{zh} {number}{unit_zh}", "{en} {number}{unit_en}")
        }
    })
    .collect();
    if changed.is_empty() {
        return said!(
            "做法“{zh}”：全机关看不出与基准有差别",
            "variant {en}: for the office no difference from the base can be seen"
        );
    }
    let Said { zh: what_zh, en: what_en } = Said::join(changed);
    said!("做法“{zh}”与基准相比，每年：{what_zh}", "variant {en} against the base, a year: {what_en}")
}

/// The zone where one more lead helps most: to find somebody for units, or else against late
/// work.
fn marginal(study: &Study) -> Option<Said> {
    let best = |measure: Measure| {
        let each = study.zones.iter().zip(&study.marginal);
        let all = each.filter_map(|(zone, differences)| Some((zone, at_office(differences, measure)?)));
        all.min_by_key(|(_, mean)| mean.mean)
    };
    let [unfilled, late] = [best(Measure::Unfilled), best(Measure::Late)];
    if unfilled.is_none() && late.is_none() {
        return None;
    }
    let helps = |best: Option<(&Named, Mean)>| {
        let (zone, mean) = best.filter(|(_, mean)| is_clear(*mean) && mean.mean < 0)?;
        Some((zone.said(), Shape::Count.difference(mean)))
    };
    Some(match (helps(unfilled), helps(late)) {
        (Some((Said { zh, en }, number)), _) => said!(
            "多一名主办，放在{zh}最有用：全机关找不到人去的单位每年 {number} 家",
            "one more lead helps most in {en}: units nobody can be found for {number} a year, in the whole office"
        ),
        (None, Some((Said { zh, en }, number))) => said!(
            "多一名主办，放在{zh}最有用：全机关逾期每年 {number} 件",
            "one more lead helps most in {en}: late work of the office {number} a year"
        ),
        (None, None) => said!(
            "在哪个片区多一名主办，都看不出找不到人去的单位和逾期会减少",
            "in no zone can one more lead be seen to reduce late work or units nobody can be found for"
        ),
    })
}
