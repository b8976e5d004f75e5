//! What stands in one cell of the sheet: how it is written, and how it is read back.

use crate::ids::is_token;
use crate::lang::Said;
use crate::policy::Role;
use crate::register::import::{self, Fault, Rule, list, trim};
use crate::said;
use crate::task::Outcome;
use crate::time::Moment;

/// Stands between the parts of a list whose parts are free text.
pub const MARK: char = '；';

/// Whether a text can be a part of such a list.
pub fn is_part(text: &str) -> bool {
    !text.contains([MARK, ';']) && trim(text) == text && !text.is_empty()
}

/// The parts of a list of free texts.
pub fn parts(text: &str) -> Vec<String> {
    let parts = text.split([MARK, ';']).map(trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// The cell of such a list.
pub fn joined(parts: &[String]) -> String {
    parts.join(&MARK.to_string())
}

/// Who plays which part, as people write it: `主办 SL0001、协办 SL0002`.
pub fn seats(text: &str) -> Option<Vec<(Role, String)>> {
    list(text).map(seat).collect()
}

fn seat(text: &str) -> Option<(Role, String)> {
    let known = [Role::Lead, Role::Assistant, Role::Expert];
    let called = known.iter().find_map(|role| Some((role.clone(), text.strip_prefix(role.zh())?)));
    let (role, certificate) = match called {
        Some(found) => found,
        None => {
            let (role, certificate) = text.split_once(' ')?;
            (Role::from_key(role)?, certificate)
        }
    };
    let certificate = certificate.trim_matches([' ', '\u{3000}', ':', '：']);
    is_token(certificate).then(|| (role, certificate.to_owned()))
}

/// The cell of [`seats`].
pub fn print_seats(seats: &[(Role, String)]) -> String {
    let seat = |(role, certificate): &(Role, String)| format!("{} {certificate}", role.zh());
    seats.iter().map(seat).collect::<Vec<_>>().join("、")
}

/// Items with what was found, beyond those that have columns: `XF05 未发现问题；XF06 注销`;
/// of an item that is still to be looked at, its code alone.
pub fn outcomes(text: &str) -> Option<Vec<(String, Option<Outcome>)>> {
    let outcome = |part: String| {
        let (item, outcome) = match part.split_once([' ', '=']) {
            Some((item, outcome)) => (item, Some(Outcome::from_text(trim(outcome))?)),
            None => (part.as_str(), None),
        };
        is_token(item).then(|| (item.to_owned(), outcome))
    };
    parts(text).into_iter().map(outcome).collect()
}

/// The cell of [`outcomes`].
pub fn print_outcomes(items: &[(String, Option<Outcome>)]) -> String {
    let part = |(item, outcome): &(String, Option<Outcome>)| match outcome {
        Some(outcome) => format!("{item} {}", outcome.zh()),
        None => item.clone(),
    };
    items.iter().map(part).collect::<Vec<_>>().join(&MARK.to_string())
}

/// A time by the clocks of China: `2026-06-08 09:30`, `2026/6/8 9:30`, with seconds or
/// without, or a day, which then means its beginning.
pub fn moment(text: &str) -> Option<Moment> {
    let (day, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, trim(time)),
        None => (text, "00:00:00"),
    };
    let number = |text: &str| import::whole(text).filter(|_| text.len() <= 2);
    let parts: Vec<u32> = time.split(':').map(number).collect::<Option<_>>()?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    Moment::in_china_at(import::date(day)?, (hour, minute, second))
}

/// The cell of [`moment`]; seconds only where there are any.
pub fn print_moment(at: Moment) -> String {
    let day = at.date_in_china();
    let midnight = Moment::in_china_at(day, (0, 0, 0)).unwrap_or(at);
    let second = at.seconds() - midnight.seconds();
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    format!("{day} {hour:02}:{minute:02}{seconds}")
}

/// A sum of money in whole yuan.
pub fn yuan(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A code in a list of codes.
pub fn tokens(text: &str) -> Option<Vec<String>> {
    list(text).map(|part| is_token(part).then(|| part.to_owned())).collect()
}

// ---- what is wrong with a cell -----------------------------------------------------

pub fn bad_seats() -> Fault {
    Fault {
        rule: Rule::BadSeats,
        what: said!("看不出谁担任什么", "it does not say who plays which part"),
        remedy: said!(
            "写成“主办 SL0001、协办 SL0002”；岗位是主办、协办、专家或部门代号，后面写执法证号",
            "write it like \"lead SL0001, assistant SL0002\": lead, assistant, expert or the key of a department, then the certificate number"
        ),
    }
}

pub fn bad_outcomes() -> Fault {
    let zh = Said::list(Outcome::ALL.iter().map(|outcome| outcome.zh())).zh;
    let en = Said::list(Outcome::ALL.iter().map(|outcome| outcome.key())).en;
    Fault {
        rule: Rule::UnknownWord,
        what: said!("看不出每个事项的结果", "it does not say what was found item by item"),
        remedy: said!(
            "写成“XF05 未发现问题；XF06 注销”；可用的结果：{zh}",
            "write it like \"XF05 no-problem; XF06 deregistered\"; use one of: {en}"
        ),
    }
}

pub fn bad_moment() -> Fault {
    Fault {
        rule: Rule::BadDate,
        what: said!("不是日期和时间", "not a day and a time of day"),
        remedy: said!("写成 2026-06-08 09:30 的样子（北京时间）", "write it like 2026-06-08 09:30 (UTC+8)"),
    }
}

pub fn bad_yuan() -> Fault {
    Fault {
        rule: Rule::BadNumber,
        what: said!("不是整数金额", "not a sum in whole yuan"),
        remedy: said!(
            "只写数字，单位元，如 5000；警告写 0",
            "write digits only, in yuan, such as 5000; 0 for a warning"
        ),
    }
}

pub fn bad_tokens() -> Fault {
    Fault {
        rule: Rule::BadId,
        what: said!("不是代号", "not the key of something"),
        remedy: said!("写代号，几个之间用顿号", "write keys, with ; between several"),
    }
}

pub fn bad_matter() -> Fault {
    Fault {
        rule: Rule::UnknownMatter,
        what: said!("不是事项编号", "not the number of a matter"),
        remedy: said!(
            "照导出的表写，例如 2026/complaint/0001；新的事项留空，由程序编号",
            "write it as it was exported, such as 2026/complaint/0001; leave it blank for what is new"
        ),
    }
}
