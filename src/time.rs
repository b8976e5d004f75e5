//! Dates and moments as values. The clock itself is read in `clock`, nowhere else.

use chrono::{DateTime, NaiveDate, Utc};
use std::fmt;
use std::str::FromStr;

/// Why a text is not a date or a moment in the one accepted form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATime;

/// A civil date of the years 0001 to 9999, written `2026-12-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The last day that can be written; later ones become it.
    pub const LAST: Date = Date(NaiveDate::from_ymd_opt(9999, 12, 31).expect("there is such a day"));

    /// The date, if there is such a day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let day = NaiveDate::from_ymd_opt(year, month, day).map(Date);
        day.filter(|_| (1..=9999).contains(&year))
    }

    /// The day of the week, 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u32 {
        chrono::Datelike::weekday(&self.0).num_days_from_monday()
    }

    /// The day of the week in Chinese: 星期一 to 星期日.
    pub fn weekday_zh(self) -> &'static str {
        ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"][self.weekday() as usize]
    }

    /// As notices write it: 2026年12月1日 (GB/T 9704-2012, 7.3.5.4: no zeros before a number).
    pub fn in_words(self) -> String {
        use chrono::Datelike as _;
        format!("{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }

    /// The same without the year: 12月1日.
    pub fn month_and_day(self) -> String {
        use chrono::Datelike as _;
        format!("{}月{}日", self.0.month(), self.0.day())
    }

    /// The day of the year, 1 for 1 January.
    pub fn day_of_year(self) -> u32 {
        chrono::Datelike::ordinal(&self.0)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        chrono::Datelike::year(&self.0)
    }

    /// The month, 1 for January.
    pub fn month(self) -> u32 {
        chrono::Datelike::month(&self.0)
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u32 {
        chrono::Datelike::day(&self.0)
    }

    /// The same day `months` months later; the last day of a month that is too short.
    pub fn plus_months(self, months: u32) -> Self {
        let later = self.0.checked_add_months(chrono::Months::new(months));
        later.map_or(Date::LAST, Date).min(Date::LAST)
    }

    /// `days` days later (earlier if negative).
    pub fn plus_days(self, days: i64) -> Self {
        let later = self.0.checked_add_signed(chrono::TimeDelta::days(days));
        later.map_or(Date::LAST, Date).min(Date::LAST)
    }

    /// Days from `self` to `other`, both counted; 0 if `other` is earlier.
    pub fn days_through(self, other: Date) -> u32 {
        u32::try_from((other.0 - self.0).num_days() + 1).unwrap_or(0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use chrono::Datelike as _;
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Date {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Date).map_err(|_| NotATime)?;
        // The library also reads signs, spaces and years of any length.
        let one_form = date.to_string() == text && (1..=9999).contains(&date.year());
        one_form.then_some(date).ok_or(NotATime)
    }
}

/// A stretch of days, both ends counted; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Period {
    /// First day; `None` means since ever.
    pub from: Option<Date>,
    /// Last day; `None` means until further notice.
    pub until: Option<Date>,
}

impl Period {
    /// Whether `day` lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether some day lies in both.
    pub fn overlaps(&self, other: &Period) -> bool {
        let before =
            |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.until, other.from) && !before(other.until, self.from)
    }

    /// Whether the end lies before the beginning.
    pub fn is_reversed(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }
}

/// A moment in UTC with whole seconds, written `2026-11-23T06:04:17Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(DateTime<Utc>);

const MOMENT: &str = "%Y-%m-%dT%H:%M:%SZ";

impl Moment {
    /// The moment, cut to whole seconds.
    pub fn new(at: DateTime<Utc>) -> Self {
        Moment(DateTime::from_timestamp(at.timestamp(), 0).expect("a moment of today's clock"))
    }

    /// The moment `seconds` after 1970-01-01T00:00:00Z, up to the year 9999.
    pub fn from_unix(seconds: u64) -> Option<Self> {
        let at = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
        let written = Date(at.date_naive()) <= Date::LAST;
        written.then_some(Moment(at))
    }

    /// Seconds since 1970-01-01T00:00:00Z (POSIX); negative before it.
    pub fn unix(self) -> i64 {
        self.0.timestamp()
    }

    /// `days` days later; on the last day that can be written, if it were later.
    pub fn plus_days(self, days: u32) -> Self {
        let day = Date(self.0.date_naive()).plus_days(i64::from(days));
        Moment(day.0.and_time(self.0.time()).and_utc())
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z; `None` outside the
    /// years that can be written.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        let moment = Moment(DateTime::from_timestamp(seconds, 0)?);
        (1..=9999).contains(&Date(moment.0.date_naive()).year()).then_some(moment)
    }

    /// Whether `other` is at least so many minutes after `self`.
    pub fn precedes(self, minutes: u32, other: Moment) -> bool {
        other.seconds() - self.seconds() >= 60 * i64::from(minutes)
    }

    /// `minutes` minutes later; at the last moment that can be written, if it were later.
    pub fn plus_minutes(self, minutes: u32) -> Self {
        let later = Moment::from_seconds(self.seconds() + 60 * i64::from(minutes));
        later.unwrap_or(Moment(Date::LAST.0.and_time(self.0.time()).and_utc()))
    }

    /// A time of day by the clocks of China; `None` if there is no such time.
    pub fn in_china_at(day: Date, (hour, minute, second): (u32, u32, u32)) -> Option<Self> {
        let here = day.0.and_hms_opt(hour, minute, second)?.and_utc();
        Moment::from_seconds(here.timestamp() - 8 * 3600)
    }

    /// Reads `2026-12-01T10:00` or `2026-12-01T10:00:30`, a time by the clocks of
    /// China, as people type it.
    pub fn from_clocks_of_china(text: &str) -> Option<Self> {
        let (day, time) = text.split_once(['T', ' '])?;
        let number = |text: &str| {
            let two = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            two.then(|| text.parse().ok()).flatten()
        };
        let parts: Vec<u32> = time.split(':').map(number).collect::<Option<_>>()?;
        let time = match parts[..] {
            [hour, minute] => (hour, minute, 0),
            [hour, minute, second] => (hour, minute, second),
            _ => return None,
        };
        Moment::in_china_at(day.parse().ok()?, time)
    }

    /// The civil date in China (UTC+8, no summer time).
    pub fn date_in_china(self) -> Date {
        Date(self.in_china().date_naive()).min(Date::LAST)
    }

    /// For people: `2026-11-23 14:04` by the clocks of China.
    pub fn by_clocks_of_china(self) -> String {
        self.in_china().format("%Y-%m-%d %H:%M").to_string()
    }

    /// As notices write it, by the clocks of China: 2026年12月1日09:30.
    pub fn in_words(self) -> String {
        format!("{}{}", self.date_in_china().in_words(), self.in_china().format("%H:%M"))
    }

    fn in_china(self) -> DateTime<Utc> {
        self.0 + chrono::TimeDelta::hours(8)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format(MOMENT))
    }
}

impl FromStr for Moment {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let naive = chrono::NaiveDateTime::parse_from_str(text, MOMENT).map_err(|_| NotATime)?;
        let moment = Moment(naive.and_utc());
        // Leap seconds have no place in UTC as computers count it; the library keeps them.
        let leap = naive.and_utc().timestamp_subsec_nanos() > 0;
        let one_form = moment.to_string() == text && (1..=9999).contains(&Date(naive.date()).year());
        if one_form && !leap { Ok(moment) } else { Err(NotATime) }
    }
}
