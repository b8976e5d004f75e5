//! Words that the clerk types, and what may be written instead where one is wrong.

use crate::cli::usage::Refused;
use crate::ids::is_token;
use crate::lang::Said;
use crate::policy::Role;
use crate::said;
use crate::task::{Applicant, Kind, Matter, Outcome, Procedure, State};
use crate::time::{Date, Moment};
use std::str::FromStr;

/// What a word may be, for messages.
type Choices = fn() -> Said;

/// The choices of each vocabulary.
pub struct AllChoices {
    pub state: Choices,
    pub kind: Choices,
    pub procedure: Choices,
    pub applicant: Choices,
}

/// The choices of each vocabulary.
pub const CHOICES: AllChoices = AllChoices {
    state: || choices(State::ALL.iter().map(|word| (word.key(), word.zh()))),
    kind: || choices(Kind::ALL.iter().map(|word| (word.key(), word.zh()))),
    procedure: || choices(Procedure::ALL.iter().map(|word| (word.key(), word.zh()))),
    applicant: || choices(Applicant::ALL.iter().map(|word| (word.key(), word.zh()))),
};

/// What an outcome may be.
pub fn outcomes() -> Said {
    choices(Outcome::ALL.iter().map(|word| (word.key(), word.zh())))
}

fn choices(words: impl Iterator<Item = (&'static str, &'static str)> + Clone) -> Said {
    let zh = Said::list(words.clone().map(|(key, zh)| format!("{zh}（{key}）"))).zh;
    let en = Said::list(words.map(|(key, _)| key)).en;
    said!("可用：{zh}", "use one of: {en}")
}

/// The value that a word means: its key, its term, or what only one of them has in it (举报).
pub fn short<T: Copy>(
    all: &[T],
    key: fn(T) -> &'static str,
    zh: fn(T) -> &'static str,
    text: &str,
) -> Option<T> {
    let exact = all.iter().copied().find(|word| key(*word) == text || zh(*word) == text);
    let has = |word: &T| !text.is_empty() && (zh(*word).contains(text) || key(*word).starts_with(text));
    let mut found = all.iter().copied().filter(has);
    exact.or_else(|| found.next().filter(|_| found.next().is_none()))
}

/// A state, as people say it.
pub fn state(text: &str) -> Option<State> {
    short(State::ALL, State::key, State::zh, text)
}

/// A kind, as people say it.
pub fn kind(text: &str) -> Option<Kind> {
    short(Kind::ALL, Kind::key, Kind::zh, text)
}

/// A procedure, as people say it.
pub fn procedure(text: &str) -> Option<Procedure> {
    short(Procedure::ALL, Procedure::key, Procedure::zh, text)
}

/// An applicant, as people say it.
pub fn applicant(text: &str) -> Option<Applicant> {
    short(Applicant::ALL, Applicant::key, Applicant::zh, text)
}

/// A sum of money in whole yuan.
pub fn yuan(text: &str) -> Result<u64, Refused> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().ok_or_else(|| {
        Refused(said!(
            "写整数，单位元，不写逗号、小数和负号，如 2000；警告写 0",
            "write whole yuan without commas, decimals or sign, such as 2000; 0 for a warning"
        ))
    })
}

/// Reads a word of a vocabulary, its key or its Chinese term.
pub fn word<T: Clone + Send + Sync + 'static>(
    from: fn(&str) -> Option<T>,
    choices: Choices,
) -> impl Fn(&str) -> Result<T, Refused> + Clone + Send + Sync {
    move |text| from(text).ok_or_else(|| Refused(choices()))
}

/// A time by the clocks of China.
pub fn moment(text: &str) -> Result<Moment, Refused> {
    let wanted =
        || said!("写成 2026-06-08T09:30 的样子（北京时间）", "write it like 2026-06-08T09:30 (UTC+8)");
    Moment::from_clocks_of_china(text).ok_or_else(|| Refused(wanted()))
}

/// The number of a matter.
pub fn matter(text: &str) -> Result<Matter, Refused> {
    let wanted = || said!("写成 2026/penalty/0001 的样子", "write it like 2026/penalty/0001");
    text.parse().map_err(|_| Refused(wanted()))
}

/// An item with what was found.
#[derive(Debug, Clone)]
pub struct Item(pub String, pub Outcome);

impl FromStr for Item {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Item, Refused> {
        let Some((item, outcome)) = text.split_once('=').filter(|(item, _)| is_token(item)) else {
            return Err(Refused(said!(
                "写成 XF01=no-problem 的样子：事项编码、等号、结果",
                "write it like XF01=no-problem: the item's code, =, what was found"
            )));
        };
        let outcome = Outcome::from_text(outcome).ok_or_else(|| Refused(outcomes()))?;
        Ok(Item(item.to_owned(), outcome))
    }
}

/// Somebody, and the part that he or she plays where it is said: `lead=SL0001`.
#[derive(Debug, Clone)]
pub struct SeatSaid(pub Option<Role>, pub String);

impl FromStr for SeatSaid {
    type Err = Refused;

    fn from_str(text: &str) -> Result<SeatSaid, Refused> {
        let Some((role, who)) = text.split_once('=') else { return Ok(SeatSaid(None, text.to_owned())) };
        let known = [Role::Lead, Role::Assistant, Role::Expert];
        let role = known.into_iter().find(|known| known.zh() == role).or_else(|| Role::from_key(role));
        let wanted = || {
            said!(
                "岗位写 lead、assistant、expert 或部门代号",
                "the part is lead, assistant, expert or the key of a department"
            )
        };
        let role = role.ok_or_else(|| Refused(wanted()))?;
        Ok(SeatSaid(Some(role), who.to_owned()))
    }
}

/// A notice to put something right by a day: its number, if it has one, and the day.
#[derive(Debug, Clone)]
pub struct ByDate(pub Option<String>, pub Date);

impl FromStr for ByDate {
    type Err = Refused;

    fn from_str(text: &str) -> Result<ByDate, Refused> {
        let (number, day) = text.rsplit_once('@').unwrap_or(("", text));
        let wanted = || {
            said!(
                "写成 文号@2026-06-20 的样子；没有文号只写日期",
                "write it like DOCUMENT@2026-06-20; without a number the day alone"
            )
        };
        let day = day.parse().map_err(|_| Refused(wanted()))?;
        Ok(ByDate(Some(number.to_owned()).filter(|number| !number.is_empty()), day))
    }
}
