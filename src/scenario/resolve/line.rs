//! One line of the file: its three parts, and what its value may be.

use super::{Assumption, Line, Resolver, Triangle};
use crate::lang::Said;
use crate::problem::Outcome;
use crate::said;
use crate::scenario::unit::{Field, LineUnit};
use std::ops::RangeInclusive;
use toml::{Spanned, Value};

impl Resolver<'_> {
    /// The unit and the value of a line, which is noted as an assumption.
    pub(super) fn line<'l>(
        &mut self,
        field: Field,
        line: &'l Line,
    ) -> Outcome<(LineUnit, &'l Spanned<Value>)> {
        let parts = line.get_ref();
        let (Some(value), Some(unit), Some(source)) = (&parts.value, &parts.unit, &parts.source) else {
            return self.incomplete(line, field.units);
        };
        let given = unit.get_ref();
        let Some(known) = LineUnit::from_text(given).filter(|unit| field.units.contains(unit)) else {
            let Said { zh, en } = field.name;
            let zh_units = Said::list(field.units.iter().map(|unit| unit.zh())).zh;
            let en_units = Said::list(field.units.iter().map(|unit| unit.key())).en;
            return self.wrong(
                unit,
                said!("“{zh}”不以“{given}”计", "\"{given}\" is no unit of this: {en}"),
                said!("可用的单位：{zh_units}", "use one of these units: {en_units}"),
            );
        };
        let origin = self.origin(source)?;
        let assumption = Assumption {
            key: field.key,
            name: field.name,
            value: written(value.get_ref()),
            unit: given.clone(),
            assumed: origin.starts_with("assumed") || origin.starts_with("假定"),
            source: origin,
        };
        self.lines.push((line.span().start, assumption));
        Ok((known, value))
    }

    fn incomplete<T>(&self, line: &Line, units: &[LineUnit]) -> Outcome<T> {
        let parts = line.get_ref();
        let missing = [
            ("value", parts.value.is_none()),
            ("unit", parts.unit.is_none()),
            ("source", parts.source.is_none()),
        ];
        let Said { zh, en } = Said::list(missing.iter().filter(|part| part.1).map(|part| part.0));
        let (unit, key) = units.first().map_or(("", ""), |unit| (unit.zh(), unit.key()));
        self.wrong(
            line,
            said!("这一行缺少 {zh}", "this line lacks {en}"),
            said!(
                "写成 {{ value = …, unit = \"{unit}\", source = \"依据；没有量过的写 假定\" }}",
                "write {{ value = …, unit = \"{key}\", source = \"where it comes from; assumed if nobody has measured it\" }}"
            ),
        )
    }

    /// Where a value comes from: never left empty.
    fn origin(&self, source: &Spanned<String>) -> Outcome<String> {
        if !source.get_ref().trim().is_empty() {
            return self.source.free_text(source);
        }
        self.wrong(
            source,
            said!("没有写依据", "the source is missing"),
            said!(
                "写报告或条文的名称；没有量过的写“假定”",
                "write the title of the report or rule; `assumed` if nobody has measured it"
            ),
        )
    }

    /// A whole number of `range`.
    pub(super) fn number(&mut self, field: Field, line: &Line, range: RangeInclusive<u32>) -> Outcome<u32> {
        let (_, value) = self.line(field, line)?;
        let number = whole(value.get_ref()).filter(|number| range.contains(number));
        number.map_or_else(|| self.not_a_number(value, &range), Ok)
    }

    pub(super) fn not_a_number<T>(&self, place: &Spanned<Value>, range: &RangeInclusive<u32>) -> Outcome<T> {
        let (least, most) = (range.start(), range.end());
        self.wrong(
            place,
            said!(
                "这里要 {least} 至 {most} 之间的整数",
                "a whole number from {least} to {most} is wanted here"
            ),
            said!(
                "写 value = {least} 的样子，不带引号和小数",
                "write it like value = {least}, no quotes, no decimals"
            ),
        )
    }

    /// Least, most likely and greatest value; a single one is all three.
    pub(super) fn triangle(
        &mut self,
        field: Field,
        line: &Line,
        range: RangeInclusive<u32>,
    ) -> Outcome<Triangle> {
        let (_, value) = self.line(field, line)?;
        let numbers = match (value.get_ref(), whole(value.get_ref())) {
            (_, Some(one)) => Some(vec![one; 3]),
            (Value::Array(list), None) => list.iter().map(whole).collect(),
            _ => None,
        };
        let (a, b) = (range.start(), range.end());
        match numbers.as_deref() {
            Some([least, likely, most])
                if least <= likely && likely <= most && range.contains(least) && range.contains(most) =>
            {
                Ok(Triangle { least: *least, likely: *likely, most: *most })
            }
            _ => self.wrong(
                value,
                said!(
                    "这里要最少、最可能、最多三个整数，从小到大，在 {a} 至 {b} 之间",
                    "three whole numbers are wanted here: least, most likely, most; rising, from {a} to {b}"
                ),
                said!(
                    "写 value = [最少, 最可能, 最多]；三个一样就只写一个数",
                    "write value = [least, likely, most], or one number if they are the same"
                ),
            ),
        }
    }
}

/// A number that can be counted to.
pub(super) fn whole(value: &Value) -> Option<u32> {
    value.as_integer().and_then(|number| u32::try_from(number).ok())
}

/// A value as people read it: texts without quotes, lists with commas.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(written).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
