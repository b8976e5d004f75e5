//! Values that several settings files have: a key, and free text.

use super::Source;
use crate::ids::is_key;
use crate::lang::Said;
use crate::problem::Outcome;
use crate::said;
use crate::text::broken_rule;
use toml::Spanned;

impl Source<'_> {
    /// A key, see [`is_key`].
    ///
    /// # Errors
    /// [`crate::problem::Kind::Policy`] with the place of anything else.
    pub fn key(&self, text: &Spanned<String>) -> Outcome<String> {
        if is_key(text.get_ref()) {
            return Ok(text.get_ref().clone());
        }
        Err(self.problem(
            text.span(),
            said!("这里要一个代号", "a key is wanted here"),
            said!(
                "用小写字母开头，只含小写字母、数字和连字符，至多 32 个字符",
                "start with a lower-case letter; use lower-case letters, digits and hyphens, 32 at most"
            ),
        ))
    }

    /// Text for people, see [`broken_rule`].
    ///
    /// # Errors
    /// [`crate::problem::Kind::Policy`] with the place of a text that breaks a rule.
    pub fn free_text(&self, text: &Spanned<String>) -> Outcome<String> {
        let Some(Said { en: rule, .. }) = broken_rule(text.get_ref()) else {
            return Ok(text.get_ref().clone());
        };
        Err(self.problem(
            text.span(),
            said!("文字为空、首尾有空格或含控制字符", "the text breaks a rule: {rule}"),
            said!(
                "去掉首尾空格和控制字符，且不要留空",
                "remove outer spaces and control characters, and do not leave it empty"
            ),
        ))
    }
}
