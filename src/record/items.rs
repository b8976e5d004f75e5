//! The items of a draw, published in full before it (国办发〔2015〕58号).

use crate::policy::Policy;
use crate::register::Item;
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

fn joined(words: &BTreeSet<String>) -> String {
    words.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}
