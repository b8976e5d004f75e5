//! From the scenario's file as written to the scenario that trials use: every rule that
//! the parser cannot know, each error at its line and column.

mod fit;
mod line;
mod variants;
mod works;

pub(super) use fit::fit;

use super::raw::{self, Line, Text};
use super::unit::{Field, LineUnit};
use super::{Assumption, Certificates, Churn, Day, Leave, Reinspections, Scenario, Travel, Triangle, Visits};
use crate::config::Source;
use crate::lang::Said;
use crate::policy::Fraction;
use crate::problem::Outcome;
use crate::register::Class;
use crate::said;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// Minutes of a day.
const DAY: u32 = 24 * 60;
/// Days of the longest year.
const YEAR: u32 = 366;
/// Minutes of one person at one piece of work: three weeks of long days.
const WORK: u32 = 10_000;
/// More a year than any office has, of anything.
const MANY: u32 = 1_000_000;

const MINUTES: &[LineUnit] = &[LineUnit::Minutes];
const DAYS: &[LineUnit] = &[LineUnit::Days];
const SHARE: &[LineUnit] = &[LineUnit::Share, LineUnit::Percent];

pub(super) fn scenario(source: &Source<'_>, raw: &raw::Scenario) -> Outcome<Scenario> {
    let mut at = Resolver { source, lines: Vec::new() };
    at.version(&raw.version)?;
    let works = at.works(&raw.work)?;
    let day = at.day(&raw.day)?;
    let scenario = Scenario {
        name: source.free_text(&raw.name)?,
        months: at.months(&raw.months)?,
        calendar_year: at.calendar_year(&raw.calendar)?,
        travel: at.travel(&raw.travel, day.minutes)?,
        day,
        visits: at.visits(&raw.visits)?,
        reinspections: at.reinspections(&raw.reinspections)?,
        leave: at.leave(&raw.leave)?,
        certificates: at.certificates(&raw.certificates)?,
        churn: at.churn(raw)?,
        variants: at.variants(&raw.variant, &works)?,
        works,
        assumptions: Vec::new(),
    };
    Ok(Scenario { assumptions: at.assumptions(), ..scenario })
}

struct Resolver<'a> {
    source: &'a Source<'a>,
    /// The lines read, and where each begins.
    lines: Vec<(usize, Assumption)>,
}

impl Resolver<'_> {
    fn wrong<T, V>(&self, place: &Spanned<V>, what: Said, remedy: Said) -> Outcome<T> {
        Err(self.source.problem(place.span(), what, remedy))
    }

    /// The lines in the order of the file.
    fn assumptions(mut self) -> Vec<Assumption> {
        self.lines.sort_by_key(|(start, _)| *start);
        self.lines.into_iter().map(|(_, assumption)| assumption).collect()
    }

    fn version(&self, version: &Spanned<u32>) -> Outcome<()> {
        let v = *version.get_ref();
        if v == 1 {
            return Ok(());
        }
        self.wrong(
            version,
            said!("不认识的情景版本 {v}", "unknown scenario version {v}"),
            said!("写 version = 1", "write version = 1"),
        )
    }

    fn months(&self, months: &Spanned<u32>) -> Outcome<u32> {
        let n = *months.get_ref();
        if (12..=120).contains(&n) && n.is_multiple_of(12) {
            return Ok(n);
        }
        self.wrong(
            months,
            said!("模拟 {n} 个月：应是 1 至 10 个整年", "{n} months: whole years are wanted, 1 to 10"),
            said!("写 12 的倍数，12 至 120", "write a multiple of 12, from 12 to 120"),
        )
    }

    /// A key that stands nowhere else in its list, and is none that has a meaning already.
    fn own_key(&self, text: &Text, taken: &mut BTreeSet<String>) -> Outcome<String> {
        let key = self.source.key(text)?;
        if taken.insert(key.clone()) {
            return Ok(key);
        }
        self.wrong(
            text,
            said!("代号“{key}”已经用了", "the key \"{key}\" is taken"),
            said!("换一个代号", "choose another key"),
        )
    }

    fn calendar_year(&mut self, raw: &raw::Calendar) -> Outcome<i32> {
        let name = said!("没有公布的年份照哪一年的工作日", "year whose working days stand for others");
        let year = self.number(
            Field::new("calendar.like_year", name, &[LineUnit::Year]),
            &raw.like_year,
            2000..=2999,
        )?;
        Ok(year.cast_signed())
    }

    fn day(&mut self, raw: &raw::Day) -> Outcome<Day> {
        let minutes = said!("每人每个工作日的工时", "minutes of a person and working day");
        let overtime = said!("工作日至多加班", "overtime on a working day, at most");
        let rest_day = said!("休息日至多加班", "overtime on a rest day, at most");
        let minutes = self.number(Field::new("day.minutes", minutes, MINUTES), &raw.minutes, 1..=DAY)?;
        let left = 0..=DAY - minutes;
        Ok(Day {
            minutes,
            overtime: self.number(Field::new("day.overtime", overtime, MINUTES), &raw.overtime, left)?,
            rest_day: self.number(Field::new("day.rest_day", rest_day, MINUTES), &raw.rest_day, 0..=DAY)?,
        })
    }

    /// The way, at most half a working day with what comes on top: whoever goes has to be there
    /// for some time.
    fn travel(&mut self, raw: &raw::Travel, day: u32) -> Outcome<Travel> {
        let mut zones = BTreeMap::new();
        for (zone, line) in raw.zones.get_ref() {
            let name = said!("片区 {zone} 往返路途", "the way to zone {zone} and back");
            let field = Field::new(format!("travel.zones.{zone}"), name, MINUTES);
            zones.insert(zone.clone(), self.number(field, line, 0..=DAY)?);
        }
        let name = said!("跨片区另加路途", "on top of it for people of another zone");
        let elsewhere =
            self.number(Field::new("travel.elsewhere", name, MINUTES), &raw.elsewhere, 0..=DAY)?;
        let half = day / 2;
        if let Some((zone, way)) = zones.iter().find(|(_, way)| *way + elsewhere > half) {
            let line = &raw.zones.get_ref()[zone];
            return self.wrong(
                line,
                said!(
                    "去片区 {zone} 往返 {way} 分钟，别的片区的人另加 {elsewhere} 分钟，合起来超过每天工时的一半（{half} 分钟）",
                    "to zone {zone} and back takes {way} minutes, and {elsewhere} more for people of another zone: above half of a working day, {half} minutes"
                ),
                said!(
                    "改小这个片区的路途或 travel.elsewhere，或改大 day.minutes",
                    "make the way or travel.elsewhere shorter, or day.minutes longer"
                ),
            );
        }
        Ok(Travel { zones, elsewhere })
    }

    fn visits(&mut self, raw: &raw::Visits) -> Outcome<Visits> {
        let length = said!("抽查实际时长占标准时长", "minutes of a drawn visit, of those planned");
        let notices = said!("抽查后发责令改正通知的比例", "drawn visits that end with a notice");
        let length = Field::new("visits.length", length, &[LineUnit::Percent]);
        Ok(Visits {
            length: self.triangle(length, &raw.length, 1..=1_000)?,
            notices: self.share(Field::new("visits.notices", notices, SHARE), &raw.notices)?,
        })
    }

    fn reinspections(&mut self, raw: &raw::Reinspections) -> Outcome<Reinspections> {
        let field = |key: &str, name: Said, units| Field::new(format!("reinspections.{key}"), name, units);
        let given = said!("责令改正的期限", "days that a notice gives");
        let within = said!("期满后几个工作日内复查", "working days until the second look");
        let lead = said!("复查时长（主办）", "minutes of a second look, lead");
        let assistant = said!("复查时长（协办）", "minutes of a second look, assistant");
        let within = field("within", within, &[LineUnit::WorkingDays]);
        Ok(Reinspections {
            notice_days: self.triangle(field("notice_days", given, DAYS), &raw.notice_days, 1..=YEAR)?,
            within: self.number(within, &raw.within, 1..=YEAR)?,
            lead: self.triangle(field("lead", lead, MINUTES), &raw.lead, 1..=WORK)?,
            assistant: self.triangle(field("assistant", assistant, MINUTES), &raw.assistant, 1..=WORK)?,
        })
    }

    fn leave(&mut self, raw: &raw::Leave) -> Outcome<Leave> {
        let yearly = said!("每人每年休假", "leaves of a person and year");
        let days = said!("每次休假", "days of a leave");
        let sick = said!("每百人每年病假", "sick leaves of a hundred people a year");
        let sick_days = said!("每次病假", "days of a sick leave");
        let yearly =
            self.number(Field::new("leave.yearly", yearly, &[LineUnit::Times]), &raw.yearly, 0..=YEAR)?;
        // Nobody is away for more than all days of a year.
        let most = YEAR.checked_div(yearly).unwrap_or(YEAR);
        let sick = Field::new("leave.sick_yearly", sick, &[LineUnit::TimesOfHundred]);
        Ok(Leave {
            yearly,
            days: self.number(Field::new("leave.days", days, DAYS), &raw.days, 1..=most)?,
            sick_yearly: self.number(sick, &raw.sick_yearly, 0..=10_000)?,
            sick_days: self.triangle(
                Field::new("leave.sick_days", sick_days, DAYS),
                &raw.sick_days,
                1..=YEAR,
            )?,
        })
    }

    fn certificates(&mut self, raw: &raw::Certificates) -> Outcome<Certificates> {
        let late = said!("执法证到期未及时换证的比例", "certificates that are renewed late");
        let gap = said!("未及时换证时没有证件", "days without a certificate then");
        Ok(Certificates {
            late: self.share(Field::new("certificates.late", late, SHARE), &raw.late)?,
            gap_days: self.number(Field::new("certificates.gap_days", gap, DAYS), &raw.gap_days, 0..=YEAR)?,
        })
    }

    fn churn(&mut self, raw: &raw::Scenario) -> Outcome<Churn> {
        let (mut closing, mut opening) = (BTreeMap::new(), BTreeMap::new());
        for (key, line) in &raw.closing {
            let class = self.class(key, line)?;
            let zh = class.zh();
            let name = said!("{zh}每年停业", "closing in a year: {key}");
            let field = Field::new(format!("closing.{key}"), name, SHARE);
            closing.insert(class, self.share(field, line)?);
        }
        for (key, line) in &raw.opening {
            let class = self.class(key, line)?;
            let zh = class.zh();
            let name = said!("{zh}每年新开", "opening in a year: {key}");
            let field = Field::new(format!("opening.{key}"), name, &[LineUnit::Units]);
            opening.insert(class, self.number(field, line, 0..=MANY)?);
        }
        Ok(Churn { closing, opening })
    }

    fn class(&self, key: &str, line: &Line) -> Outcome<Class> {
        if let Some(class) = Class::from_key(key) {
            return Ok(class);
        }
        let known = Class::ALL.iter().map(|class| class.key()).collect::<Vec<_>>().join(", ");
        self.wrong(
            line,
            said!("不认识单位类别“{key}”", "unknown class of units \"{key}\""),
            said!("可用：{known}", "use one of: {known}"),
        )
    }

    /// A fraction between 0 and 1, or hundredths.
    fn share(&mut self, field: Field, line: &Line) -> Outcome<Fraction> {
        let (unit, value) = self.line(field, line)?;
        let text = match (unit, value.get_ref().as_integer(), value.get_ref().as_str()) {
            (LineUnit::Percent, Some(hundredths), _) => Some(format!("{hundredths}/100")),
            (LineUnit::Share, _, Some(text)) => Some(text.to_owned()),
            _ => None,
        };
        if let Some(share) = text.and_then(|text| text.parse().ok()) {
            return Ok(share);
        }
        self.wrong(
            value,
            said!("这里要 0 与 1 之间的比例", "a share between 0 and 1 is wanted here"),
            said!(
                "写 value = \"1/20\"、unit = \"比例\"，或 value = 5、unit = \"%\" 的样子",
                "write it like value = \"1/20\" with unit = \"share\", or value = 5 with unit = \"percent\""
            ),
        )
    }
}
