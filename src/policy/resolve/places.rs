//! Zones, towns and their periods.

use super::Resolver;
use crate::policy::{Town, raw};
use crate::problem::Outcome;
use crate::said;
use crate::time::{Date, Period};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Spanned, Value};

impl Resolver<'_> {
    pub(super) fn zones(&self, zones: &[raw::Zone]) -> Outcome<BTreeMap<String, String>> {
        let mut seen = BTreeSet::new();
        let mut named = BTreeMap::new();
        for zone in zones {
            let id = self.source.key(&zone.id)?;
            self.unique(&mut seen, &zone.id, &id)?;
            named.insert(id, self.source.free_text(&zone.name)?);
        }
        if named.is_empty() {
            return self.missing(
                said!("没有片区", "there is no zone"),
                said!("至少写一个 [[zone]]", "write at least one [[zone]]"),
            );
        }
        Ok(named)
    }

    pub(super) fn towns(&self, towns: &[raw::Town], zones: &BTreeMap<String, String>) -> Outcome<Vec<Town>> {
        let mut resolved: Vec<Town> = Vec::new();
        for raw in towns {
            let town = self.town(raw, zones)?;
            let twice = resolved.iter().find(|t| t.code == town.code && t.period.overlaps(&town.period));
            if twice.is_some() {
                let (code, name) = (&town.code, &town.name);
                return self.wrong(
                    &raw.code,
                    said!(
                        "{name}（{code}）的生效期与前面一条重叠",
                        "the period of {name} ({code}) overlaps an earlier entry"
                    ),
                    said!(
                        "给前一条写 until，给后一条写 from，使日期不相交",
                        "give the earlier entry an `until` and this one a later `from`"
                    ),
                );
            }
            resolved.push(town);
        }
        Ok(resolved)
    }

    pub(super) fn town(&self, raw: &raw::Town, zones: &BTreeMap<String, String>) -> Outcome<Town> {
        let code = raw.code.get_ref();
        if code.len() != 9 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return self.wrong(
                &raw.code,
                said!("镇街代码应为 9 位数字", "a town's code is 9 digits"),
                said!(
                    "用统计用区划代码，例如 \"500112011\"",
                    "use the statistical code, such as \"500112011\""
                ),
            );
        }
        if !zones.contains_key(raw.zone.get_ref()) {
            let known = zones.keys().cloned().collect::<Vec<_>>().join(", ");
            return self.wrong(
                &raw.zone,
                said!("没有这个片区", "there is no such zone"),
                said!("可用：{known}", "use one of: {known}"),
            );
        }
        let period = Period { from: self.date(raw.from.as_ref())?, until: self.date(raw.until.as_ref())? };
        if let (true, Some(until)) = (period.is_reversed(), &raw.until) {
            return self.wrong(
                until,
                said!("失效日期早于生效日期", "`until` is before `from`"),
                said!("对调或改正两个日期", "swap or mend the two dates"),
            );
        }
        Ok(Town {
            code: code.clone(),
            name: self.source.free_text(&raw.name)?,
            zone: raw.zone.get_ref().clone(),
            period,
            successor: raw.successor.as_ref().map(|text| self.source.free_text(text)).transpose()?,
        })
    }

    pub(super) fn date(&self, value: Option<&Spanned<Value>>) -> Outcome<Option<Date>> {
        let Some(value) = value else { return Ok(None) };
        let datetime = value.get_ref().as_datetime();
        let date = match datetime.map(|datetime| (datetime.date, datetime.time)) {
            Some((Some(d), None)) => Date::new(i32::from(d.year), u32::from(d.month), u32::from(d.day)),
            _ => None,
        };
        match date {
            Some(date) => Ok(Some(date)),
            None => self.wrong(
                value,
                said!("这里要一个日期", "a date is wanted here"),
                said!("写 2025-11-06 这样的日期，不带引号和时间", "write 2025-11-06, without quotes or time"),
            ),
        }
    }
}
