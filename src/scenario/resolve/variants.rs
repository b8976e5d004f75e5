//! `[[variant]]`: what the scenario is compared with.

use super::{MANY, Resolver, Text, raw};
use crate::ids::is_key;
use crate::policy::{Fraction, QuotaSize, Rounding};
use crate::problem::Outcome;
use crate::said;
use crate::scenario::{Change, Variant, Work};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// The scenario itself, in every comparison.
const BASE: &str = "base";

/// More people than any office adds to a zone.
const CROWD: u32 = 1_000;

impl Resolver<'_> {
    pub(super) fn variants(&self, raw: &[raw::Variant], works: &[Work]) -> Outcome<Vec<Variant>> {
        let mut taken = BTreeSet::from([BASE.to_owned()]);
        let mut variant = |raw: &raw::Variant| {
            let id = self.own_key(&raw.id, &mut taken)?;
            let change = self.change(raw, works)?;
            if change == Change::default() {
                return self.wrong(
                    &raw.id,
                    said!("这种做法什么都没有改", "this variant changes nothing"),
                    said!(
                        "写上要改的一项：policy、zones、exchange、towns、inspectors、quotas 或 yearly",
                        "write what it changes: policy, zones, exchange, towns, inspectors, quotas or yearly"
                    ),
                );
            }
            Ok(Variant { id, name: self.source.free_text(&raw.name)?, change })
        };
        raw.iter().map(&mut variant).collect()
    }

    fn change(&self, raw: &raw::Variant, works: &[Work]) -> Outcome<Change> {
        let pooled = raw.zones.as_ref().map(|zones| self.pooled(zones)).transpose()?;
        let towns = raw.towns.iter().map(|(town, zone)| Ok((town.clone(), self.zone(zone)?)));
        Ok(Change {
            policy: raw.policy.as_ref().map(|name| self.policy(name)).transpose()?,
            pooled,
            exchange: raw.exchange.as_ref().map(|share| self.exchange(share, pooled)).transpose()?,
            towns: towns.collect::<Outcome<_>>()?,
            inspectors: self.counts(&raw.inspectors, 1, CROWD)?,
            quotas: self.quotas(&raw.quotas)?,
            yearly: self.yearly(&raw.yearly, works)?,
        })
    }

    /// The name of a file beside the scenario or in the office folder.
    fn policy(&self, name: &Text) -> Outcome<String> {
        let given = self.source.free_text(name)?;
        if given.ends_with(".toml") && !given.contains(['/', '\\']) {
            return Ok(given);
        }
        self.wrong(
            name,
            said!("“{given}”不是方案文件的名称", "\"{given}\" is not the name of a policy file"),
            said!(
                "文件放在本机关文件夹里，这里只写名称，如 policy-2025-11-06.toml",
                "put the file into the office folder and write its name only, such as policy-2025-11-06.toml"
            ),
        )
    }

    fn pooled(&self, zones: &Text) -> Outcome<bool> {
        match zones.get_ref().as_str() {
            "any" => Ok(true),
            "home" => Ok(false),
            _ => self.wrong(
                zones,
                said!("不认识的片区规则", "unknown zone rule"),
                said!("写 home（本片区）或 any（全区）", "write home or any"),
            ),
        }
    }

    fn exchange(&self, text: &Text, pooled: Option<bool>) -> Outcome<Fraction> {
        if pooled == Some(true) {
            return self.wrong(
                text,
                said!("全区统一调配时没有跨片区互查", "without home zones there is nothing to exchange"),
                said!("删去 exchange 或 zones = \"any\"", "remove exchange or zones = \"any\""),
            );
        }
        text.get_ref().parse().or_else(|_| {
            self.wrong(
                text,
                said!("要写 0 到 1 之间的分数", "a fraction between 0 and 1 is wanted"),
                said!("写成 \"1/10\" 的样子", "write it like \"1/10\""),
            )
        })
    }

    fn zone(&self, zone: &Text) -> Outcome<String> {
        if is_key(zone.get_ref()) {
            return Ok(zone.get_ref().clone());
        }
        self.wrong(
            zone,
            said!("这里要片区的代号", "the key of a zone is wanted here"),
            said!("写成 \"500112011\" = \"z2\" 的样子", "write it like \"500112011\" = \"z2\""),
        )
    }

    fn counts(
        &self,
        raw: &BTreeMap<String, Spanned<u32>>,
        least: u32,
        most: u32,
    ) -> Outcome<BTreeMap<String, u32>> {
        let count = |(key, count): (&String, &Spanned<u32>)| match *count.get_ref() {
            n if (least..=most).contains(&n) => Ok((key.clone(), n)),
            _ => self.wrong(
                count,
                said!(
                    "这里要 {least} 至 {most} 之间的整数",
                    "a whole number from {least} to {most} is wanted here"
                ),
                said!("写 {key} = {least} 的样子", "write it like {key} = {least}"),
            ),
        };
        raw.iter().map(count).collect()
    }

    fn quotas(&self, raw: &BTreeMap<String, Spanned<raw::Quota>>) -> Outcome<BTreeMap<String, QuotaSize>> {
        let quota = |(stratum, quota): (&String, &Spanned<raw::Quota>)| {
            let size = match quota.get_ref() {
                raw::Quota::Count(count) => Some(QuotaSize::Count(*count)),
                raw::Quota::Share(text) => {
                    text.parse().ok().map(|share| QuotaSize::Share(share, Rounding::Up))
                }
                raw::Quota::Other(_) => None,
            };
            match size.filter(|size| !matches!(size, QuotaSize::Count(n) if *n > u64::from(MANY))) {
                Some(size) => Ok((stratum.clone(), size)),
                None => self.wrong(
                    quota,
                    said!("抽取数量写得不对", "the quota is not understood"),
                    said!(
                        "写个数（{stratum} = 60，至多 {MANY}）或 0 到 1 之间的分数（{stratum} = \"1/8\"）",
                        "write a count ({stratum} = 60, at most {MANY}) or a fraction from 0 to 1 ({stratum} = \"1/8\")"
                    ),
                ),
            }
        };
        raw.iter().map(quota).collect()
    }

    fn yearly(&self, raw: &BTreeMap<String, Spanned<u32>>, works: &[Work]) -> Outcome<BTreeMap<String, u32>> {
        for (work, count) in raw {
            if !works.iter().any(|known| known.id == *work) {
                let known = works.iter().map(|work| work.id.as_str()).collect::<Vec<_>>().join(", ");
                return self.wrong(
                    count,
                    said!("没有“{work}”这种工作", "there is no work \"{work}\""),
                    said!("可用的代号：{known}", "use one of: {known}"),
                );
            }
        }
        self.counts(raw, 0, MANY)
    }
}
