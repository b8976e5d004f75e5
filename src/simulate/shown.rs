//! How figures are written for people: minutes as hours, shares as per cent, the rest as
//! it is. Whole-number arithmetic throughout; halves are rounded away from zero.

use super::study::{Figure, Mean, Measure, Monthly, Named, Quantile, Unit};
use crate::lang::Said;
use crate::said;

/// How the values of a measure are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Minutes, as hours with one decimal.
    Hours,
    /// Ten-thousandths, as per cent with one decimal.
    Percent,
    /// Differences of ten-thousandths, in percentage points with one decimal.
    Points,
    /// Ten-thousandths, as a coefficient with three decimals.
    Coefficient,
    /// Things counted: whole, their means with one decimal.
    Count,
}

impl Shape {
    /// Thousandths of the unit that make 1 as it is written: 60,000 for hours.
    pub fn one(self) -> i128 {
        match self {
            Shape::Hours => 60_000,
            Shape::Percent | Shape::Points => 100_000,
            Shape::Coefficient => 10_000_000,
            Shape::Count => 1_000,
        }
    }

    /// What is measured with its unit, where numbers do not show it: `工时（小时）`.
    pub fn captioned(self, said: Said) -> Said {
        let Said { zh, en } = said;
        match self {
            Shape::Hours => said!("{zh}（小时）", "{en} (hours)"),
            Shape::Points => said!("{zh}（百分点）", "{en} (percentage points)"),
            _ => Said { zh, en },
        }
    }

    /// The unit behind a number within a sentence.
    pub fn unit(self) -> Said {
        match self {
            Shape::Hours => said!(" 小时", " hours"),
            Shape::Count => said!(" 件", ""),
            Shape::Points => said!(" 个百分点", " percentage points"),
            Shape::Percent | Shape::Coefficient => said!("", ""),
        }
    }

    /// How differences of its values are written: those of shares are no shares.
    pub fn of_differences(self) -> Shape {
        if self == Shape::Percent { Shape::Points } else { self }
    }

    fn places(self) -> u32 {
        if self == Shape::Coefficient { 3 } else { 1 }
    }

    fn sign(self) -> &'static str {
        if self == Shape::Percent { "%" } else { "" }
    }

    /// Thousandths of the unit, with the decimals of a mean.
    pub fn milli(self, thousandths: i128) -> String {
        self.written(thousandths, self.places())
    }

    /// A value that is no mean: things counted are whole.
    pub fn value(self, value: i64) -> String {
        match self {
            Shape::Count => value.to_string(),
            _ => self.milli(i128::from(value) * 1000),
        }
    }

    /// A mean with its error: `12.3 ± 1.4`, or `12.34 ± 0.05`.
    pub fn mean(self, mean: Mean) -> String {
        let places = self.places_of(mean);
        format!("{} ± {}", self.written(mean.mean.into(), places), self.error(mean, places))
    }

    /// A difference with its error: `+12.3 ± 1.4`, or `+0.13 ± 0.11`.
    pub fn difference(self, mean: Mean) -> String {
        let places = self.places_of(mean);
        let number = with_sign(mean.mean.into(), self.written(mean.mean.into(), places));
        format!("{number} ± {}", self.error(mean, places))
    }

    /// Two decimals where the error is below 1: with one, what is seen to differ from
    /// zero would not look so.
    fn places_of(self, mean: Mean) -> u32 {
        let is_small = mean.error != 0 && i128::from(mean.error.unsigned_abs()) < self.one();
        if is_small { self.places().max(2) } else { self.places() }
    }

    fn written(self, thousandths: i128, places: u32) -> String {
        format!("{}{}", decimal(thousandths, self.one(), places), self.sign())
    }

    /// An error, rounded up: what is written is never more precise than what was found.
    fn error(self, mean: Mean, places: u32) -> String {
        let last = self.one() / 10_i128.pow(places);
        self.written((i128::from(mean.error.unsigned_abs()) + last - 1) / last * last, places)
    }

    /// The largest error of some means: `± 1.3`.
    pub fn largest_error(self, means: impl IntoIterator<Item = Mean>) -> String {
        let worst = means.into_iter().max_by_key(|mean| mean.error.unsigned_abs()).unwrap_or_default();
        format!("± {}", self.error(worst, self.places_of(worst)))
    }

    /// A quantile with its interval: `12.0 (11.0–13.0)`.
    pub fn quantile(self, quantile: Quantile) -> String {
        let [at, low, high] = [quantile.at, quantile.low, quantile.high].map(|value| self.value(value));
        format!("{at} ({low}–{high})")
    }

    /// The mark of an axis whose marks are `step` apart and go up to `most`: no more
    /// decimals than needed, and large numbers short.
    pub fn mark(self, thousandths: i128, step: i128, most: i128) -> Said {
        let (one, sign) = (self.one(), self.sign());
        let short = |units: &[(i128, &str)]| {
            let (size, word) = units.iter().find(|(size, _)| most >= one * size * 10).unwrap_or(&(1, ""));
            let word = if thousandths == 0 { "" } else { *word };
            let places = (0..3).find(|places| step * 10_i128.pow(*places) % (one * size) == 0).unwrap_or(3);
            let places = if thousandths == 0 && *size > 1 { 0 } else { places };
            format!("{}{word}{sign}", decimal(thousandths, one * size, places))
        };
        let zh = short(&[(100_000_000, "亿"), (10_000, "万")]);
        let en = short(&[(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M")]);
        Said { zh, en }
    }
}

/// A number as it is written, with its sign also where it is above zero.
fn with_sign(value: i128, text: String) -> String {
    let is_zero = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
    if value > 0 && !is_zero { format!("+{text}") } else { text }
}

/// `value / one` with so many decimals; never `-0`.
pub fn decimal(value: i128, one: i128, places: u32) -> String {
    let scale = 10_i128.pow(places);
    let scaled = rounded(value.saturating_mul(scale), one);
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, rest) =
        (scaled.unsigned_abs() / scale.unsigned_abs(), scaled.unsigned_abs() % scale.unsigned_abs());
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:0width$}", width = places as usize),
    }
}

/// `value / by`, halves away from zero; `by` is above zero.
pub fn rounded(value: i128, by: i128) -> i128 {
    let size = (value.unsigned_abs() + by.unsigned_abs() / 2) / by.unsigned_abs();
    let size = i128::try_from(size).unwrap_or(i128::MAX);
    if value < 0 { -size } else { size }
}

impl Measure {
    /// How its values are written.
    pub fn shape(self) -> Shape {
        match (self, self.unit()) {
            (Measure::Gini, _) => Shape::Coefficient,
            (_, Unit::Minutes) => Shape::Hours,
            (_, Unit::Share) => Shape::Percent,
            (_, Unit::Count) => Shape::Count,
        }
    }

    /// What it is called.
    pub fn said(self) -> Said {
        let en = match self {
            Measure::Minutes => "time worked",
            Measure::Travel => "time on the way",
            Measure::Overtime => "overtime",
            Measure::Utilisation => "utilisation",
            Measure::Led => "times led",
            Measure::Assisted => "times assisted",
            Measure::Drawn => "drawn visits",
            Measure::Other => "other work",
            Measure::Late => "late work",
            Measure::Unplaced => "visits without a day",
            Measure::Unfilled => "units nobody could be found for",
            Measure::Backlog => "backlog at month's end",
            Measure::Gini => "Gini of time",
            Measure::Span => "most time less least",
        };
        Said { zh: self.zh().to_owned(), en: en.to_owned() }
    }
}

impl Monthly {
    /// How its values are written.
    pub fn shape(self) -> Shape {
        match self.unit() {
            Unit::Minutes => Shape::Hours,
            Unit::Share => Shape::Percent,
            Unit::Count => Shape::Count,
        }
    }

    /// What it is called.
    pub fn said(self) -> Said {
        match self {
            Monthly::Minutes => Measure::Minutes.said(),
            Monthly::Utilisation => Measure::Utilisation.said(),
            Monthly::Late => Measure::Late.said(),
            Monthly::Backlog => Measure::Backlog.said(),
        }
    }
}

impl Named {
    /// What it is called: its name, and in English its key, which needs no translation.
    pub fn said(&self) -> Said {
        Said { zh: self.name.clone(), en: self.key.clone() }
    }
}

/// What the Gini coefficient says.
pub fn gini_said() -> Said {
    said!(
        "基尼系数：0 是人人工时一样，越大越不均",
        "Gini coefficient: 0 if all work the same hours, larger if less even"
    )
}

/// Whose the figures of a zone are.
pub fn of_whom() -> Said {
    said!(
        "工时、利用率、加班是这个片区的人的；找不到人去的单位、逾期和积压是这个片区的镇街的",
        "Hours, utilisation and overtime are those of the people of a zone; units nobody can be found for, late work and backlog are those of its towns"
    )
}

/// What each of `people` has of a figure of all of them; nothing of nobody.
pub fn per_person(figure: &Figure, people: usize) -> Option<Figure> {
    let by = i128::try_from(people).ok().filter(|by| *by > 0)?;
    let part = |value: i64| i64::try_from(rounded(value.into(), by)).unwrap_or(i64::MAX);
    let quantile = |q: Quantile| Quantile { at: part(q.at), low: part(q.low), high: part(q.high) };
    Some(Figure {
        mean: Mean { mean: part(figure.mean.mean), error: part(figure.mean.error) },
        p5: quantile(figure.p5),
        p50: quantile(figure.p50),
        p95: quantile(figure.p95),
        least: part(figure.least),
        most: part(figure.most),
    })
}

/// `2026-01`.
pub fn month_name((year, month): (i32, u32)) -> String {
    format!("{year:04}-{month:02}")
}
