//! From the policy file as written to the policy that draws use: every rule
//! that the parser cannot know, each error at its line and column.

mod beacons;
mod escrow;
mod odds;
mod places;
mod schedule;
mod strata;
mod team;

use super::{ListedExclusion, MAX_BANDS, Naming, PerRole, Policy, PublicField, Workload, raw};
use crate::config::Source;
use crate::digest::Suite;
use crate::ids::is_token;
use crate::lang::Said;
use crate::problem::Outcome;
use crate::said;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

type Text = Spanned<String>;

pub(super) fn policy(source: &Source<'_>, raw: raw::Policy) -> Outcome<Policy> {
    let at = Resolver { source };
    at.version(&raw.version)?;
    let zones = at.zones(&raw.zone)?;
    let towns = at.towns(&raw.town, &zones)?;
    let items = at.unique_tokens(&raw.draw.items)?;
    let beacons = at.beacons(&raw.beacon)?;
    Ok(Policy {
        office: source.key(&raw.office.id)?,
        office_name: source.free_text(&raw.office.name)?,
        suite: at.suite(raw.office.suite.as_ref())?,
        parties: at.parties(&raw.office.parties)?,
        announced: at.announced(&raw.draw.secrecy, &items)?,
        team: at.team(&raw.team, &items)?,
        items,
        close_within_days: at.at_least_one(&raw.draw.close_within_days)?,
        open_within_days: *raw.draw.open_within_days.get_ref(),
        naming: at.word(&raw.draw.naming, Naming::ALL, Naming::key)?,
        publish: at.words(&raw.draw.publish, PublicField::ALL, PublicField::key)?,
        zones,
        towns,
        strata: at.strata(&raw)?,
        excluded: at.excluded(&raw.exclude)?,
        workload: at.workload(&raw.workload)?,
        schedule: raw.schedule.as_ref().map(|schedule| at.schedule(schedule, &raw.workload)).transpose()?,
        odds: raw.odds.as_ref().map(|odds| at.odds(odds)).transpose()?,
        escrow: raw.escrow.as_ref().map(|escrow| at.escrow(escrow)).transpose()?,
        margin_minutes: at.margin(&raw.draw, &beacons)?,
        beacons,
    })
}

struct Resolver<'a> {
    source: &'a Source<'a>,
}

impl Resolver<'_> {
    fn wrong<T, V>(&self, place: &Spanned<V>, what: Said, remedy: Said) -> Outcome<T> {
        Err(self.source.problem(place.span(), what, remedy))
    }

    fn missing<T>(&self, what: Said, remedy: Said) -> Outcome<T> {
        Err(self.source.problem(0..0, what, remedy))
    }

    fn version(&self, version: &Spanned<u32>) -> Outcome<()> {
        let v = *version.get_ref();
        if v == 1 {
            return Ok(());
        }
        self.wrong(
            version,
            said!("不认识的方案版本 {v}", "unknown policy version {v}"),
            said!("写 version = 1", "write version = 1"),
        )
    }

    fn token(&self, text: &Text) -> Outcome<String> {
        if is_token(text.get_ref()) {
            return Ok(text.get_ref().clone());
        }
        self.wrong(
            text,
            said!(
                "编码只能由字母、数字和 - _ . / 组成，字母或数字开头，至多 64 个字符",
                "a code is letters, digits and - _ . /, a letter or digit first, 64 at most"
            ),
            said!("改用编码本身，不写名称", "write the code itself, not a name"),
        )
    }

    fn word<T: Copy>(&self, text: &Text, all: &[T], key: fn(T) -> &'static str) -> Outcome<T> {
        if let Some(value) = all.iter().copied().find(|v| key(*v) == text.get_ref()) {
            return Ok(value);
        }
        let known = all.iter().map(|v| key(*v)).collect::<Vec<_>>().join(", ");
        let given = text.get_ref();
        self.wrong(
            text,
            said!("不认识“{given}”", "unknown word \"{given}\""),
            said!("可用：{known}", "use one of: {known}"),
        )
    }

    fn words<T: Copy + Ord>(
        &self,
        list: &Spanned<Vec<Text>>,
        all: &[T],
        key: fn(T) -> &'static str,
    ) -> Outcome<BTreeSet<T>> {
        list.get_ref().iter().map(|text| self.word(text, all, key)).collect()
    }

    fn unique<V>(&self, seen: &mut BTreeSet<String>, place: &Spanned<V>, value: &str) -> Outcome<()> {
        if seen.insert(value.to_owned()) {
            return Ok(());
        }
        self.wrong(
            place,
            said!("“{value}”写了两次", "\"{value}\" appears twice"),
            said!("删去重复的一处，或换一个代号", "remove one of them, or choose another key"),
        )
    }

    fn unique_tokens(&self, list: &Spanned<Vec<Text>>) -> Outcome<Vec<String>> {
        let mut seen = BTreeSet::new();
        for text in list.get_ref() {
            let token = self.token(text)?;
            self.unique(&mut seen, text, &token)?;
        }
        if seen.is_empty() {
            return self.wrong(
                list,
                said!("没有抽查事项", "there is no item"),
                said!("至少写一个事项编码", "name at least one item code"),
            );
        }
        Ok(seen.into_iter().collect())
    }

    fn at_least_one(&self, number: &Spanned<u32>) -> Outcome<u32> {
        match *number.get_ref() {
            0 => self.wrong(
                number,
                said!("不能是 0", "it cannot be 0"),
                said!("写 1 或更大的数", "write 1 or more"),
            ),
            n => Ok(n),
        }
    }

    /// The suite named, or that of every policy that names none.
    fn suite(&self, named: Option<&Text>) -> Outcome<Suite> {
        named.map_or_else(|| Ok(Suite::default()), |text| self.word(text, Suite::ALL, Suite::key))
    }

    fn parties(&self, parties: &Spanned<Vec<Text>>) -> Outcome<Vec<String>> {
        let mut seen = BTreeSet::new();
        let mut names = Vec::new();
        for party in parties.get_ref() {
            let name = self.source.key(party)?;
            self.unique(&mut seen, party, &name)?;
            names.push(name);
        }
        if names.len() >= 2 {
            return Ok(names);
        }
        self.wrong(
            parties,
            said!("随机数至少要由两方各出一份", "at least two parties must bring a nonce"),
            said!(
                "写本机关和监督方，例如 [\"office\", \"discipline\"]",
                "name the office and the witness, such as [\"office\", \"discipline\"]"
            ),
        )
    }

    fn announced(&self, secrecy: &BTreeMap<String, Text>, items: &[String]) -> Outcome<BTreeSet<String>> {
        let mut announced = BTreeSet::new();
        for (item, switch) in secrecy {
            if !items.contains(item) {
                return self.wrong(
                    switch,
                    said!("事项 {item} 不在 draw.items 里", "item {item} is not in draw.items"),
                    said!("删去这一行，或把事项加进 items", "remove this line, or add the item to items"),
                );
            }
            match switch.get_ref().as_str() {
                "announced" => {
                    announced.insert(item.clone());
                }
                "until-visit" => {}
                _ => {
                    return self.wrong(
                        switch,
                        said!("不认识的保密方式", "unknown secrecy"),
                        said!(
                            "写 announced（事先公布）或 until-visit（检查前保密）",
                            "write announced or until-visit"
                        ),
                    );
                }
            }
        }
        Ok(announced)
    }

    fn excluded(&self, list: &[raw::Exclude]) -> Outcome<BTreeMap<String, ListedExclusion>> {
        let mut seen = BTreeSet::new();
        let mut excluded = BTreeMap::new();
        for entry in list {
            let unit = self.token(&entry.unit)?;
            self.unique(&mut seen, &entry.unit, &unit)?;
            excluded.insert(unit, ListedExclusion { reason: self.source.free_text(&entry.reason)? });
        }
        Ok(excluded)
    }

    fn workload(&self, raw: &raw::Workload) -> Outcome<Workload> {
        let visit = raw.visit_minutes.get_ref();
        if visit.lead == 0 || visit.assistant == 0 {
            return self.wrong(
                &raw.visit_minutes,
                said!("一次检查不能是 0 分钟", "a visit cannot take 0 minutes"),
                said!("写标准检查时长，单位分钟", "write the minutes that a standard visit takes"),
            );
        }
        let minutes = |hours: u32| hours.saturating_mul(60);
        let capacity = raw.capacity_hours;
        Ok(Workload {
            visit_minutes: PerRole { lead: visit.lead, assistant: visit.assistant },
            capacity_minutes: PerRole {
                lead: minutes(capacity.lead),
                assistant: minutes(capacity.assistant),
            },
            leave_excludes_from_days: self.at_least_one(&raw.leave_excludes_from_days)?,
            band_minutes: raw.band_minutes.as_ref().map_or(Ok(Vec::new()), |ends| self.band_minutes(ends))?,
        })
    }

    fn band_minutes(&self, ends: &Spanned<Vec<u32>>) -> Outcome<Vec<u32>> {
        let minutes = ends.get_ref();
        let rising = minutes.first() != Some(&0) && minutes.is_sorted_by(|a, b| a < b);
        if minutes.len() < MAX_BANDS && rising {
            return Ok(minutes.clone());
        }
        let most = MAX_BANDS - 1;
        self.wrong(
            ends,
            said!("时长档的分界不对", "these cannot end bands of duration"),
            said!(
                "写至多 {most} 个从小到大的分钟数，不写 0，如 [300]",
                "write at most {most} rising minutes above 0, such as [300]"
            ),
        )
    }
}
