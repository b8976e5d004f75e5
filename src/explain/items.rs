//! Which items a unit is visited for: all of them at once.

use super::Step;
use crate::lang::Said;
use crate::policy::PublicField;
use crate::record::{self, PublicItem, Rules, UnitLine};
use crate::register::Class;
use crate::said;
use crate::verify::Loaded;
use std::collections::BTreeSet;

/// The items that apply to a unit of the pool of `label`, by what is published of it.
pub(super) fn items(loaded: &Loaded<'_>, rules: &Rules, unit: &UnitLine, label: &str) -> Option<Step> {
    let items = PublicItem::read_all(loaded.folder.get(record::ITEMS)?).ok()?;
    let rule = label.split('/').next().unwrap_or_default();
    let classes: BTreeSet<Class> = match unit.field(PublicField::Class).map(Class::from_key) {
        Some(class) => class.into_iter().collect(),
        None => {
            rules.classes.get(rule).into_iter().flatten().filter_map(|key| Class::from_key(key)).collect()
        }
    };
    let tags: Option<BTreeSet<String>> = unit
        .field(PublicField::Tags)
        .map(|tags| tags.split(',').filter(|tag| *tag != "-").map(str::to_owned).collect());
    let of = |wanted: Option<bool>| -> Vec<&PublicItem> {
        items.iter().filter(|item| item.applies_to(&classes, tags.as_ref()) == wanted).collect()
    };
    let (certain, open) = (of(Some(true)), of(None));
    let (sure, unsure) = (named(&certain), named(&open));
    let count = certain.len() + open.len();
    let once = if count > 1 {
        said!("；中签后一次查完", "; all in one visit if it is drawn")
    } else {
        said!("", "")
    };
    let (zh_once, en_once) = (once.zh, once.en);
    let (zh, en, zh_open, en_open) = (sure.zh, sure.en, unsure.zh, unsure.en);
    let says = match (certain.is_empty(), open.is_empty()) {
        (true, true) => return None,
        (false, true) => said!("应查事项：{zh}{zh_once}", "Items to be checked: {en}{en_once}"),
        (true, false) => said!(
            "可能要查的事项（取决于未公布的类别或标签）：{zh_open}{zh_once}",
            "Items that may be checked, by a class or tags that are not published: {en_open}{en_once}"
        ),
        (false, false) => said!(
            "应查事项：{zh}；可能还有（取决于未公布的类别或标签）：{zh_open}{zh_once}",
            "Items to be checked: {en}; perhaps also, by a class or tags that are not published: {en_open}{en_once}"
        ),
    };
    Some(Step { says, proof: None })
}

fn named(items: &[&PublicItem]) -> Said {
    Said::list(items.iter().map(|item| format!("{} {}", item.code, item.name)))
}
