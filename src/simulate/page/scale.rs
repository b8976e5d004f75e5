//! Axes: from values to lengths, with marks at round numbers.

use super::svg::{self, Anchor};
use crate::lang::Lang;
use crate::markup::Markup;
use crate::simulate::shown::Shape;

/// An axis; values are in thousandths of their unit.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    shape: Shape,
    low: i128,
    high: i128,
    step: i128,
}

impl Scale {
    /// An axis that holds 0 and all `values`, with at most about `marks` marks beside that
    /// at its end.
    pub fn of(shape: Shape, values: impl IntoIterator<Item = i128>, marks: i128) -> Scale {
        let (low, high) = values
            .into_iter()
            .fold((0, 0), |(low, high): (i128, i128), value| (low.min(value), high.max(value)));
        Scale::between(shape, (low, high), marks)
    }

    /// An axis that holds all `values`, and 0 unless they are far from it.
    pub fn near(shape: Shape, values: impl IntoIterator<Item = i128>, marks: i128) -> Scale {
        let values: Vec<i128> = values.into_iter().collect();
        let (low, high) = (values.iter().min().copied(), values.iter().max().copied());
        let (low, high) = (low.unwrap_or_default(), high.unwrap_or_default());
        let low = if low > 0 && high - low < high / 2 { low } else { low.min(0) };
        Scale::between(shape, (low, high), marks)
    }

    fn between(shape: Shape, (low, high): (i128, i128), marks: i128) -> Scale {
        let high = if low == high { high + shape.one() } else { high };
        let steps = (0..30).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i128.pow(power)));
        let steps = steps.map(|step| step * (shape.one() / 1000).max(1));
        let step = steps.into_iter().find(|step| (high - low) / step < marks).unwrap_or(high - low);
        let (down, up) = (low.div_euclid(step) * step, -(-high).div_euclid(step) * step);
        Scale { shape, low: down, high: up, step }
    }

    /// How far along an axis of `length` a value is; never outside it.
    pub fn along(&self, value: i128, length: i64) -> i64 {
        let value = value.clamp(self.low, self.high) - self.low;
        let span = self.high - self.low;
        i64::try_from((value * i128::from(length) + span / 2) / span).unwrap_or(length)
    }

    /// The marks: values with what stands there.
    pub fn marks(&self, lang: Lang) -> Vec<(i128, String)> {
        let count = (self.high - self.low) / self.step;
        let mark = |value| self.shape.mark(value, self.step, self.high.max(-self.low));
        let values = (0..=count).map(|number| self.low + number * self.step);
        values.map(|value| (value, mark(value).to(lang).to_owned())).collect()
    }

    /// Its marks below a picture, from `left` on and so wide, with lines up through it. If
    /// they would touch, only every second or third is written, that at 0 among them.
    pub fn below(&self, m: &mut Markup, lang: Lang, (left, width): (i64, i64), bottom: i64) {
        let marks = self.marks(lang);
        let widest = svg::room(marks.iter().map(|(_, mark)| mark.as_str()), width);
        let apart = width / i64::try_from(marks.len()).unwrap_or(1).saturating_sub(1).max(1);
        let every = i128::from(widest / apart.max(1) + 1);
        for (value, mark) in &marks {
            let x = left + self.along(*value, width);
            svg::line(m, "grid", (x, 0), (x, bottom));
            let number = if self.low > 0 { (value - self.low) / self.step } else { value / self.step };
            if number % every == 0 {
                svg::text(m, "soft", Anchor::Middle, (x, bottom + 14), mark);
            }
        }
    }
}
