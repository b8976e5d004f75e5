//! State lotteries: what their numbers look like, and when they are drawn.
//!
//! Days and times are those that 中国福利彩票 (cwl.gov.cn) and 中国体育彩票
//! (lottery.gov.cn) announce with every result, in force since 2020; docs/spec/beacons.md
//! says what to do if they ever change.

use super::Refusal;
use crate::said;
use crate::time::{Date, Moment};
use crate::vocabulary;

vocabulary! {
    /// The lotteries whose numbers can serve.
    Lottery {
        /// 6 of 33 red balls and 1 of 16 blue balls, 24.1 bits.
        Ssq = "ssq", "双色球";
        /// 20 of 80, 61.6 bits.
        Kl8 = "kl8", "快乐8";
        /// 5 of 35 and 2 of 12, 24.3 bits.
        Dlt = "dlt", "大乐透";
    }
}

impl Lottery {
    /// The ascending groups of a result: (how many numbers, from 1 to what).
    pub(super) fn groups(self) -> &'static [(u32, u32)] {
        match self {
            Lottery::Ssq => &[(6, 33), (1, 16)],
            Lottery::Kl8 => &[(20, 80)],
            Lottery::Dlt => &[(5, 35), (2, 12)],
        }
    }

    /// Whole bits of entropy, rounded down.
    pub fn bits(self) -> u32 {
        match self {
            Lottery::Ssq | Lottery::Dlt => 24,
            Lottery::Kl8 => 61,
        }
    }

    /// Days of the week on which it is drawn, 0 for Monday.
    pub fn days(self) -> &'static [u32] {
        match self {
            Lottery::Ssq => &[1, 3, 6],
            Lottery::Kl8 => &[0, 1, 2, 3, 4, 5, 6],
            Lottery::Dlt => &[0, 2, 5],
        }
    }

    /// Hour and minute of the drawing by the clocks of China.
    pub fn hour(self) -> (u32, u32) {
        match self {
            Lottery::Ssq => (21, 15),
            Lottery::Kl8 => (21, 30),
            Lottery::Dlt => (21, 25),
        }
    }

    /// When the drawing of `date` begins. `None` beyond the calendar.
    pub fn moment(self, date: Date) -> Option<Moment> {
        let (hour, minute) = self.hour();
        Moment::in_china_at(date, (hour, minute, 0))
    }

    /// The year as issue numbers of the game begin with it.
    fn year_of_issue(self, date: Date) -> u32 {
        let year = u32::try_from(date.year()).unwrap_or_default();
        match self {
            Lottery::Ssq | Lottery::Kl8 => year,
            Lottery::Dlt => year % 100,
        }
    }

    /// The largest number that an issue drawn on `date` can have: as many drawings
    /// as the game's days allow from 1 January on. Holidays only make it smaller.
    fn largest_number(self, date: Date) -> u32 {
        let today = date.day_of_year();
        let drawn = |back: &u32| self.days().contains(&date.plus_days(-i64::from(*back)).weekday());
        u32::try_from((0..today).filter(drawn).count()).unwrap_or_default()
    }

    /// Whether `issue` can be drawn on `date`: a day of the game, the year of the
    /// date, and a number that the year can have reached.
    ///
    /// # Errors
    /// What does not fit.
    pub fn fits(self, issue: u32, date: Date) -> Result<(), Refusal> {
        let (zh, key) = (self.zh(), self.key());
        if !self.days().contains(&date.weekday()) {
            return Err(Refusal(said!("{zh}在 {date} 不开奖", "{key} is not drawn on {date}")));
        }
        let (year, number) = (self.year_of_issue(date), issue % 1000);
        if issue / 1000 != year {
            return Err(Refusal(said!(
                "{zh} {date} 的期号以 {year:02} 开头、后接三位，不是 {issue}",
                "an issue of {key} on {date} begins with {year:02} and three more digits, not {issue}"
            )));
        }
        let most = self.largest_number(date);
        if (1..=most).contains(&number) {
            return Ok(());
        }
        Err(Refusal(said!(
            "到 {date} 为止{zh}这一年至多开到第 {most} 期，期号 {issue} 不可能在这一天",
            "by {date} {key} can have had {most} drawings in the year, so issue {issue} cannot be drawn then"
        )))
    }
}
