//! `[[work]]`: what comes besides drawn visits, when, and by when it has to be done.

use super::line::whole;
use super::{DAY, Line, MANY, MINUTES, Resolver, SHARE, WORK, YEAR, raw};
use crate::lang::Said;
use crate::problem::Outcome;
use crate::said;
use crate::scenario::unit::{Field, LineUnit};
use crate::scenario::{Limit, Season, Work};
use crate::time::Date;
use std::collections::BTreeSet;
use toml::{Spanned, Value};

/// Keys of work that every simulation has.
const RESERVED: [&str; 2] = ["drawn", "reinspection"];

/// A year without a 29 February, for days that every year has.
const ANY_YEAR: i32 = 2023;

impl Resolver<'_> {
    pub(super) fn works(&mut self, raw: &[raw::Work]) -> Outcome<Vec<Work>> {
        let mut taken: BTreeSet<String> = RESERVED.map(str::to_owned).into();
        raw.iter().map(|work| self.work(work, &mut taken)).collect()
    }

    fn work(&mut self, raw: &raw::Work, taken: &mut BTreeSet<String>) -> Outcome<Work> {
        let (id, name) = (self.own_key(&raw.id, taken)?, self.source.free_text(&raw.name)?);
        let field = |key: &str, Said { zh, en }: Said, units| {
            Field::new(format!("work.{id}.{key}"), said!("{name}：{zh}", "{name}: {en}"), units)
        };
        let yearly = field("yearly", said!("每年件数", "a year"), &[LineUnit::Cases]);
        let lead = field("lead", said!("主办时长", "minutes of the lead"), MINUTES);
        let assistant = field("assistant", said!("协办时长", "minutes of the assistant"), MINUTES);
        let daily = field("daily", said!("每人每天至多", "minutes a person and day, at most"), MINUTES);
        let notices = field("notices", said!("发责令改正通知的比例", "those that end with a notice"), SHARE);
        let months = field("months", said!("各月的权重", "weights of the months"), &[LineUnit::Weights]);
        let days = field("days", said!("只在这些日子来", "comes on these days only"), &[LineUnit::MonthDay]);
        let within = said!("办理时限", "time to do it");
        let within = field("within", within, &[LineUnit::Days, LineUnit::WorkingDays]);
        let season = match (&raw.months, &raw.days) {
            (Some(line), None) => Season::Months(self.weights(months, line)?),
            (None, Some(line)) => Season::Days(self.days(days, line)?),
            _ => return self.no_season(raw),
        };
        Ok(Work {
            yearly: self.number(yearly, &raw.yearly, 0..=MANY)?,
            season,
            on_rest_days: raw.on_rest_days,
            urgent: raw.urgent,
            limit: self.limit(within, &raw.within)?,
            lead: self.triangle(lead, &raw.lead, 1..=WORK)?,
            assistant: self.triangle(assistant, &raw.assistant, 1..=WORK)?,
            daily: self.daily(raw, daily)?,
            notices: match &raw.notices {
                Some(line) => self.share(notices, line)?,
                None => "0/1".parse().expect("a fraction"),
            },
            id,
            name,
        })
    }

    fn no_season<T>(&self, raw: &raw::Work) -> Outcome<T> {
        self.wrong(
            &raw.id,
            said!(
                "何时来：各月的权重（months）和起止日期（days）要写一样，也只写一样",
                "when it comes: either weights of months (months) or days (days), one of the two"
            ),
            said!(
                "全年都来的写 months，只在节日前后来的写 days",
                "write months for work of the whole year, days for a surge"
            ),
        )
    }

    fn daily(&mut self, raw: &raw::Work, field: Field) -> Outcome<Option<u32>> {
        let Some(line) = &raw.daily else { return Ok(None) };
        let daily = self.number(field, line, 1..=DAY)?;
        if !raw.urgent {
            return Ok(Some(daily));
        }
        self.wrong(
            line,
            said!(
                "紧急的工作要一口气办完，不能又限每天几分钟",
                "urgent work is done at once: it cannot be spread over days"
            ),
            said!("删去 daily，或写 urgent = false", "remove daily, or write urgent = false"),
        )
    }

    fn limit(&mut self, field: Field, line: &Line) -> Outcome<Limit> {
        let (unit, value) = self.line(field, line)?;
        let days = whole(value.get_ref()).filter(|days| (1..=YEAR).contains(days));
        let Some(days) = days else { return self.not_a_number(value, &(1..=YEAR)) };
        Ok(if unit == LineUnit::Days { Limit::Days(days) } else { Limit::WorkingDays(days) })
    }

    /// A weight for every month.
    fn weights(&mut self, field: Field, line: &Line) -> Outcome<[u32; 12]> {
        let (_, value) = self.line(field, line)?;
        let list = value.get_ref().as_array();
        let numbers: Option<Vec<u32>> = list.and_then(|list| list.iter().map(whole).collect());
        let weights = numbers.and_then(|numbers| <[u32; 12]>::try_from(numbers).ok());
        match weights.filter(|weights| weights.iter().all(|weight| *weight <= WORK)) {
            Some(weights) if weights.iter().any(|weight| *weight > 0) => Ok(weights),
            _ => self.wrong(
                value,
                said!(
                    "这里要十二个月的权重：十二个 0 至 {WORK} 的整数，不能都是 0",
                    "weights of the twelve months are wanted: twelve whole numbers from 0 to {WORK}, not all 0"
                ),
                said!(
                    "各月一样就写 value = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]，一月在前",
                    "if all are alike, write value = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]; January first"
                ),
            ),
        }
    }

    /// Stretches of days that rise and do not touch each other.
    #[expect(clippy::type_complexity, reason = "the type of Season::Days")]
    fn days(&mut self, field: Field, line: &Line) -> Outcome<Vec<((u32, u32), (u32, u32))>> {
        let (_, value) = self.line(field, line)?;
        let texts: Option<Vec<&str>> =
            value.get_ref().as_array().and_then(|list| list.iter().map(Value::as_str).collect());
        let Some(texts) = texts.filter(|texts| !texts.is_empty()) else {
            return self.not_days(value, said!("这里要一列日子", "a list of days is wanted here"));
        };
        let mut days: Vec<((u32, u32), (u32, u32))> = Vec::new();
        for text in texts {
            let (first, last) = text.split_once("..").unwrap_or((text, text));
            let (Some(first), Some(last)) = (month_and_day(first), month_and_day(last)) else {
                let what = said!("“{text}”不是每年都有的日子", "\"{text}\" is not a day that every year has");
                return self.not_days(value, what);
            };
            if last < first || days.last().is_some_and(|(_, before)| *before >= first) {
                let what = said!(
                    "“{text}”与前面的日子重叠，或没有从早到晚写",
                    "\"{text}\" overlaps the days before it, or is not in order"
                );
                return self.not_days(value, what);
            }
            days.push((first, last));
        }
        Ok(days)
    }

    fn not_days<T>(&self, place: &Spanned<Value>, what: Said) -> Outcome<T> {
        self.wrong(
            place,
            what,
            said!(
                "写 value = [\"01-20..02-16\", \"04-25..05-05\"] 的样子，从早到晚；跨年的分成两段",
                "write it like value = [\"01-20..02-16\", \"04-25..05-05\"], from early to late; cut at the end of the year"
            ),
        )
    }
}

/// `01-20`, of every year.
fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let date: Date = format!("{ANY_YEAR}-{text}").parse().ok()?;
    Some((date.month(), date.day()))
}
