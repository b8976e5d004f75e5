//! Strata and their quotas.

use super::{Resolver, Text};
use crate::policy::{QuotaRule, QuotaSize, Rounding, StratumRule, raw};
use crate::problem::Outcome;
use crate::register::{Class, Credit};
use crate::said;
use std::collections::BTreeSet;
use toml::Spanned;

impl Resolver<'_> {
    pub(super) fn strata(&self, raw: &raw::Policy) -> Outcome<Vec<StratumRule>> {
        let mut seen = BTreeSet::new();
        let mut strata = Vec::new();
        for stratum in &raw.stratum {
            let rule = self.stratum(stratum, &raw.limits)?;
            self.unique(&mut seen, &stratum.id, &rule.id)?;
            strata.push(rule);
        }
        if strata.is_empty() {
            return self.missing(
                said!("没有分层", "there is no stratum"),
                said!("至少写一个 [[stratum]]", "write at least one [[stratum]]"),
            );
        }
        Ok(strata)
    }

    pub(super) fn stratum(&self, raw: &raw::Stratum, limits: &raw::Limits) -> Outcome<StratumRule> {
        let most = raw.yearly_at_most.as_ref().unwrap_or(&limits.yearly_at_most);
        let least = raw.yearly_at_least.unwrap_or(limits.yearly_at_least);
        let (m, l) = (*most.get_ref(), least);
        if l > m {
            return self.wrong(
                most,
                said!(
                    "每家单位每年至少 {l} 次、至多 {m} 次，互相矛盾",
                    "at least {l} and at most {m} visits a year contradict each other"
                ),
                said!("提高上限或降低下限", "raise the limit or lower the floor"),
            );
        }
        if raw.classes.get_ref().is_empty() {
            let known = Class::ALL.iter().map(|class| class.key()).collect::<Vec<_>>().join(", ");
            return self.wrong(
                &raw.classes,
                said!(
                    "没有写单位类别，这一层永远是空的",
                    "no class is named, so the stratum is always empty"
                ),
                said!("至少写一个：{known}", "name at least one of: {known}"),
            );
        }
        Ok(StratumRule {
            id: self.source.key(&raw.id)?,
            name: self.source.free_text(raw.name.as_ref().unwrap_or(&raw.id))?,
            classes: self.words(&raw.classes, Class::ALL, Class::key)?,
            credit: self.credit(raw.credit.as_ref())?,
            tags: self.tags(raw.tags.as_ref())?,
            by_zone: raw.by_zone.unwrap_or(true),
            quota: self.quota(raw)?,
            cooldown_months: raw.cooldown_months.unwrap_or(limits.cooldown_months),
            yearly_at_least: least,
            yearly_at_most: m,
        })
    }

    pub(super) fn credit(&self, grades: Option<&Spanned<Vec<Text>>>) -> Outcome<BTreeSet<Option<Credit>>> {
        let grades = grades.map(|list| list.get_ref().as_slice()).unwrap_or_default();
        let grade = |text: &Text| match text.get_ref().as_str() {
            "none" => Ok(None),
            _ => self.word(text, Credit::ALL, Credit::key).map(Some),
        };
        grades.iter().map(grade).collect()
    }

    pub(super) fn tags(&self, tags: Option<&Spanned<Vec<Text>>>) -> Outcome<BTreeSet<String>> {
        let tags = tags.map(|list| list.get_ref().as_slice()).unwrap_or_default();
        tags.iter().map(|text| self.source.free_text(text)).collect()
    }

    pub(super) fn quota(&self, raw: &raw::Stratum) -> Outcome<QuotaRule> {
        let rounding = match &raw.round {
            Some(word) => self.word(word, Rounding::ALL, Rounding::key)?,
            None => Rounding::Up,
        };
        let size = match raw.quota.get_ref() {
            raw::Quota::Count(count) => Some(QuotaSize::Count(*count)),
            raw::Quota::Share(text) => text.parse().ok().map(|fraction| QuotaSize::Share(fraction, rounding)),
            raw::Quota::Other(_) => None,
        };
        let Some(size) = size else {
            return self.wrong(
                &raw.quota,
                said!("抽取数量写得不对", "the quota is not understood"),
                said!(
                    "写个数（quota = 12）或 0 到 1 之间的分数（quota = \"1/10\"）",
                    "write a count (quota = 12) or a fraction from 0 to 1 (quota = \"1/10\")"
                ),
            );
        };
        if let Some(cap) = raw.cap.as_ref().filter(|cap| *cap.get_ref() < raw.floor) {
            let (f, c) = (raw.floor, cap.get_ref());
            return self.wrong(
                cap,
                said!("上限 {c} 小于下限 {f}", "the cap {c} is below the floor {f}"),
                said!("提高 cap 或降低 floor", "raise cap or lower floor"),
            );
        }
        Ok(QuotaRule { size, floor: raw.floor, cap: raw.cap.as_ref().map(|cap| *cap.get_ref()) })
    }
}
