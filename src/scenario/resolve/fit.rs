//! Whether zones, towns and strata that a scenario names are those of the policies that it
//! is simulated with.

use super::{Resolver, Text, raw};
use crate::config::Source;
use crate::lang::Said;
use crate::policy::Policy;
use crate::problem::Outcome;
use crate::said;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

pub(in crate::scenario) fn fit(
    source: &Source<'_>,
    raw: &raw::Scenario,
    policy: &Policy,
    others: &BTreeMap<String, Policy>,
    wanted: &BTreeSet<&str>,
) -> Outcome<()> {
    let at = Resolver { source, lines: Vec::new() };
    at.ways(&raw.travel.zones, policy)?;
    for variant in raw.variant.iter().filter(|variant| wanted.contains(variant.id.get_ref().as_str())) {
        let policy = match &variant.policy {
            Some(name) => {
                let other = at.other(name, others)?;
                at.same_zones(name, policy, other)?;
                other
            }
            None => policy,
        };
        at.variant_fits(variant, policy)?;
    }
    Ok(())
}

impl Resolver<'_> {
    /// The way to every zone is said, and to no other.
    fn ways(&self, zones: &Spanned<raw::Lines>, policy: &Policy) -> Outcome<()> {
        for (zone, line) in zones.get_ref() {
            self.zone_fits(line, zone, policy)?;
        }
        let unsaid: Vec<&String> =
            policy.zones.keys().filter(|zone| !zones.get_ref().contains_key(*zone)).collect();
        if unsaid.is_empty() {
            return Ok(());
        }
        let Said { zh, en } = Said::list(unsaid);
        self.wrong(
            zones,
            said!("没有写去这些片区的路途：{zh}", "the way to these zones is missing: {en}"),
            said!("在 [travel.zones] 里各补一行", "add a line for each to [travel.zones]"),
        )
    }

    fn other<'p>(&self, name: &Text, others: &'p BTreeMap<String, Policy>) -> Outcome<&'p Policy> {
        let given = name.get_ref();
        others.get(given).map_or_else(
            || {
                self.wrong(
                    name,
                    said!("没有方案文件“{given}”", "there is no policy file \"{given}\""),
                    said!(
                        "把它放在情景文件旁边或本机关的文件夹里，或改正名称",
                        "put it beside the scenario or into the office folder, or mend the name"
                    ),
                )
            },
            Ok,
        )
    }

    /// Zones are compared one by one, so that other ones would have nothing to be compared with.
    fn same_zones(&self, name: &Text, policy: &Policy, other: &Policy) -> Outcome<()> {
        if policy.zones.keys().eq(other.zones.keys()) {
            return Ok(());
        }
        let Said { zh, en } = Said::list(policy.zones.keys());
        self.wrong(
            name,
            said!("这份方案的片区与本机关现行方案的不同", "this policy has other zones than the office's"),
            said!("片区要相同：{zh}", "the zones have to be the same: {en}"),
        )
    }

    fn variant_fits(&self, variant: &raw::Variant, policy: &Policy) -> Outcome<()> {
        for (town, to) in &variant.towns {
            if !policy.towns.iter().any(|known| known.code == *town) {
                return self.wrong(
                    to,
                    said!("抽查方案里没有镇街“{town}”", "the policy has no town \"{town}\""),
                    said!(
                        "写方案里镇街的 9 位代码，如 \"500112011\"",
                        "write the code of 9 digits of a town of the policy, such as \"500112011\""
                    ),
                );
            }
            self.zone_fits(to, to.get_ref(), policy)?;
        }
        for (key, count) in &variant.inspectors {
            self.zone_fits(count, key, policy)?;
        }
        for (stratum, quota) in &variant.quotas {
            if !policy.strata.iter().any(|rule| rule.id == *stratum) {
                let Said { zh, en } = Said::list(policy.strata.iter().map(|rule| rule.id.as_str()));
                return self.wrong(
                    quota,
                    said!("抽查方案里没有分层“{stratum}”", "the policy has no stratum \"{stratum}\""),
                    said!("可用：{zh}", "use one of: {en}"),
                );
            }
        }
        self.exchange_fits(variant, policy)
    }

    fn zone_fits<V>(&self, place: &Spanned<V>, zone: &str, policy: &Policy) -> Outcome<()> {
        if policy.zones.contains_key(zone) {
            return Ok(());
        }
        let Said { zh, en } = Said::list(policy.zones.keys());
        self.wrong(
            place,
            said!("抽查方案里没有片区“{zone}”", "the policy has no zone \"{zone}\""),
            said!("可用：{zh}", "use one of: {en}"),
        )
    }

    /// Other zones visit only where people belong to zones.
    fn exchange_fits(&self, variant: &raw::Variant, policy: &Policy) -> Outcome<()> {
        match &variant.exchange {
            Some(share) if variant.zones.is_none() && !policy.team.home_zone_only => self.wrong(
                share,
                said!("全区统一调配时没有跨片区互查", "without home zones there is nothing to exchange"),
                said!("另写 zones = \"home\"，或删去 exchange", "add zones = \"home\", or remove exchange"),
            ),
            _ => Ok(()),
        }
    }
}
