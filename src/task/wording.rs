//! Words that people type into acts: reasons, names, remarks, numbers of documents.

use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::is_invisible;
use crate::said;
use crate::text::broken_rule;

/// The most characters that one field may have.
pub const LONGEST_WORDING: usize = 2000;

/// `raw` as it can stand in an act: without space around it, its lines joined by one
/// space. `field` says in messages what it is.
///
/// # Errors
/// [`Kind::Usage`] if nothing is left, or what is left cannot stand in the journal.
pub fn wording(field: &Said, raw: &str) -> Outcome<String> {
    let lines = raw.split(['\n', '\r', '\t']).map(str::trim).filter(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join(" ");
    match unfit(&text) {
        None => Ok(text),
        Some(why) => {
            let (Said { zh, en }, Said { zh: zh_why, en: en_why }) = (field, why);
            Err(Problem::new(
                Kind::Usage,
                said!("{zh}不能这样写：{zh_why}", "{en} cannot be written like this: {en_why}"),
                said!("改好再录入；什么都没有写下", "mend it and enter it again; nothing was written"),
            ))
        }
    }
}

/// The same where nothing need be said: `None` if there is nothing but space.
pub fn optional_wording(field: &Said, raw: &str) -> Outcome<Option<String>> {
    if raw.trim().is_empty() { Ok(None) } else { wording(field, raw).map(Some) }
}

/// Why `text` cannot stand in an act as it is.
pub(super) fn unfit(text: &str) -> Option<Said> {
    if text.is_empty() {
        return Some(said!("是空的", "it is empty"));
    }
    if text.chars().count() > LONGEST_WORDING {
        return Some(said!("超过 {LONGEST_WORDING} 字", "it has more than {LONGEST_WORDING} characters"));
    }
    // The same characters as in a sheet: nobody sees them, and they tell texts apart.
    if text.contains(is_invisible) {
        return Some(said!(
            "有看不见的字符（多半是从网页或聊天软件粘贴来的），请删去重打",
            "there is an invisible character (pasted from a page or a chat, most likely): type it anew"
        ));
    }
    broken_rule(text)
}
