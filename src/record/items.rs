//! The items of a draw, published in full before it (国办发〔2015〕58号).

use crate::policy::Policy;
use crate::register::{Class, Item};
use crate::text::{Read, Reader, Writer};
use std::collections::BTreeSet;

const TAG: &str = "yaohao/items/v1";

/// The text of items.txt.
pub fn items_text(policy: &Policy, items: &[Item]) -> String {
    let mut text = Writer::new(TAG);
    for item in items.iter().filter(|item| policy.items.contains(&item.code)) {
        let classes: Vec<&str> = item.classes.iter().map(|class| class.key()).collect();
        let secrecy = if policy.announced.contains(&item.code) { "announced" } else { "until-visit" };
        text.field("item", &item.code)
            .field("category", or_dash(item.category.clone()))
            .field("name", &item.name)
            .field("basis", &item.basis)
            .field("level", item.level.key())
            .field("classes", or_dash(classes.join(",")))
            .field("tags", or_dash(joined(&item.tags)))
            .field("staff", item.staff)
            .field("skill", item.skill.as_deref().unwrap_or("-"))
            .field("method", item.method.as_deref().unwrap_or("-"))
            .field("joint", item.joint_lead.as_deref().unwrap_or("-"))
            .field("partners", or_dash(joined(&item.joint_partners)))
            .field("secrecy", secrecy);
    }
    text.finish()
}

/// Reads items.txt. It is for people: its lines follow the rules of texts, no
/// more is asked.
pub fn read_items(bytes: &[u8]) -> Read<()> {
    let mut r = Reader::new(bytes, TAG)?;
    while r.next_line()?.is_some() {}
    Ok(())
}

/// The codes of the items of items.txt.
///
/// # Errors
/// As [`read_items`].
pub fn item_codes(bytes: &[u8]) -> Read<BTreeSet<String>> {
    let mut r = Reader::new(bytes, TAG)?;
    let mut codes = BTreeSet::new();
    while let Some(line) = r.next_line()? {
        codes.extend(line.strip_prefix("item ").map(str::to_owned));
    }
    Ok(codes)
}

/// An item as items.txt tells it, as far as a unit has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicItem {
    /// 事项编码.
    pub code: String,
    /// 抽查事项.
    pub name: String,
    /// Classes of units the item applies to; empty means all.
    pub classes: BTreeSet<Class>,
    /// Trade tags the item applies to; empty means all.
    pub tags: BTreeSet<String>,
}

impl PublicItem {
    /// Reads every item of items.txt.
    ///
    /// # Errors
    /// The text is not what [`items_text`] writes.
    pub fn read_all(bytes: &[u8]) -> Read<Vec<PublicItem>> {
        let mut r = Reader::new(bytes, TAG)?;
        let mut items = Vec::new();
        while let Some(code) = r.optional("item")? {
            r.field("category")?;
            let name = r.field("name")?.to_owned();
            r.field("basis")?;
            r.field("level")?;
            let classes = listed(r.field("classes")?)
                .map(|key| Class::from_key(key).ok_or_else(|| r.error("unknown class")));
            let classes = classes.collect::<Read<_>>()?;
            let tags = listed(r.field("tags")?).map(str::to_owned).collect();
            for field in ["staff", "skill", "method", "joint", "partners", "secrecy"] {
                r.field(field)?;
            }
            items.push(PublicItem { code: code.to_owned(), name, classes, tags });
        }
        r.end()?;
        Ok(items)
    }

    /// Whether the item applies to a unit, of which the classes that it may have and
    /// the tags are known, or not; `None` if that decides it.
    pub fn applies_to(&self, classes: &BTreeSet<Class>, tags: Option<&BTreeSet<String>>) -> Option<bool> {
        let by_class = match self.classes.is_empty() || classes.is_subset(&self.classes) {
            true => Some(true),
            false if classes.is_disjoint(&self.classes) => Some(false),
            false => None,
        };
        let by_tags = match tags {
            _ if self.tags.is_empty() => Some(true),
            tags => tags.map(|tags| !self.tags.is_disjoint(tags)),
        };
        match (by_class, by_tags) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }
}

fn listed(words: &str) -> impl Iterator<Item = &str> {
    words.split(',').filter(|word| *word != "-")
}

fn joined(words: &BTreeSet<String>) -> String {
    words.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}
