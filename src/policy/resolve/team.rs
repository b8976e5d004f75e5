//! `[team]`: slots, departments, zones, rotation and exchange.

use super::{Resolver, Text};
use crate::lang::Said;
use crate::policy::{Fraction, Role, Rotation, Shape, Team, is_team, raw};
use crate::problem::Outcome;
use crate::said;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

impl Resolver<'_> {
    pub(super) fn team(&self, raw: &raw::Team, items: &[String]) -> Outcome<Team> {
        let departments = self.departments(&raw.departments)?;
        let usual = Shape { items: BTreeSet::new(), slots: self.slots(&raw.slots, &departments)? };
        let special = raw.shape.iter().map(|shape| {
            Ok(Shape {
                items: self.items_of(&shape.items, items)?,
                slots: self.slots(&shape.slots, &departments)?,
            })
        });
        let shapes = std::iter::once(Ok(usual)).chain(special).collect::<Outcome<Vec<Shape>>>()?;
        let home_zone_only = self.home_zone_only(&raw.zones)?;
        let exchange = raw.exchange.as_ref().map(|text| self.exchange(text, home_zone_only)).transpose()?;
        let rotation = self.word(&raw.rotate, Rotation::ALL, Rotation::key)?;
        Ok(Team { shapes, departments, home_zone_only, rotation, exchange })
    }

    /// Keys and names of the partner departments.
    fn departments(&self, raw: &BTreeMap<String, Text>) -> Outcome<BTreeMap<String, String>> {
        let mut departments = BTreeMap::new();
        for (key, name) in raw {
            if !matches!(Role::from_key(key), Some(Role::Department(_))) {
                return self.wrong(
                    name,
                    said!("“{key}”不能作部门代号", "\"{key}\" cannot be the key of a department"),
                    said!(
                        "用小写字母开头的代号，如 police；lead、assistant、expert、away、again、apart、band、minutes、town 另有用处",
                        "use a key such as police; lead, assistant, expert, away, again, apart, band, minutes and town are taken"
                    ),
                );
            }
            departments.insert(key.clone(), self.source.free_text(name)?);
        }
        Ok(departments)
    }

    fn slots(&self, raw: &Spanned<Vec<Text>>, departments: &BTreeMap<String, String>) -> Outcome<Vec<Role>> {
        let slots = raw.get_ref().iter().map(|text| self.role(text, departments));
        let slots = slots.collect::<Outcome<Vec<Role>>>()?;
        if is_team(&slots) {
            return Ok(slots);
        }
        self.wrong(
            raw,
            said!(
                "一组 2 到 4 人，第一人主办，第二人协办，其余为协办、专家或联合部门",
                "a team is 2 to 4 people: a lead, an assistant, then assistants, experts or departments"
            ),
            said!(
                "写 slots = [\"lead\", \"assistant\"]（行政处罚法第四十二条：不少于两人）",
                "write slots = [\"lead\", \"assistant\"] (two at least: Administrative Penalty Law, Art 42)"
            ),
        )
    }

    fn role(&self, text: &Text, departments: &BTreeMap<String, String>) -> Outcome<Role> {
        let role = Role::from_key(text.get_ref());
        let known = match &role {
            Some(Role::Department(key)) => departments.contains_key(key),
            other => other.is_some(),
        };
        if let Some(role) = role.filter(|_| known) {
            return Ok(role);
        }
        let given = text.get_ref();
        self.wrong(
            text,
            said!("不认识“{given}”", "unknown word \"{given}\""),
            said!(
                "可用：lead, assistant, expert，或 [team.departments] 里的部门代号",
                "use one of: lead, assistant, expert, or the key of a department in [team.departments]"
            ),
        )
    }

    /// The items that ask for a team: some, and all of this draw.
    fn items_of(&self, raw: &Spanned<Vec<Text>>, items: &[String]) -> Outcome<BTreeSet<String>> {
        let named = self.unique_tokens(raw)?;
        for text in raw.get_ref() {
            let item = text.get_ref();
            if !items.contains(item) {
                let what = said!("事项 {item} 不在 draw.items 里", "item {item} is not in draw.items");
                let remedy = said!("删去它，或把事项加进 draw.items", "remove it, or add it to draw.items");
                return self.wrong(text, what, remedy);
            }
        }
        Ok(named.into_iter().collect())
    }

    fn home_zone_only(&self, zones: &Text) -> Outcome<bool> {
        match zones.get_ref().as_str() {
            "home" => Ok(true),
            "any" => Ok(false),
            _ => self.wrong(
                zones,
                said!("不认识的片区规则", "unknown zone rule"),
                said!("写 home（本片区）或 any（全区）", "write home or any"),
            ),
        }
    }

    fn exchange(&self, text: &Text, home_zone_only: bool) -> Outcome<Fraction> {
        let refuse = |what: Said, remedy: Said| self.wrong(text, what, remedy);
        if !home_zone_only {
            return refuse(
                said!("全区统一调配时没有跨片区互查", "without home zones there is nothing to exchange"),
                said!("写 zones = \"home\"，或删去 exchange", "write zones = \"home\", or remove exchange"),
            );
        }
        match text.get_ref().parse::<Fraction>() {
            Ok(share) => Ok(share),
            Err(_) => refuse(
                said!("要写 0 到 1 之间的分数", "a fraction between 0 and 1 is wanted"),
                said!("写成 \"1/10\" 的样子", "write it like \"1/10\""),
            ),
        }
    }
}
