//! The slip on its way through QR codes: raw DEFLATE (RFC 1951), base45 (RFC 9285),
//! and parts that say which they are.
//!
//! A part is `YH1/<part>/<of>/<id>/<data>/`: only characters of the alphanumeric
//! mode of QR codes (ISO/IEC 18004), and nothing at either end that a clipboard
//! would trim.

use super::base45;
use crate::digest::Digest;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use std::collections::BTreeMap;

/// What every part begins with.
pub const MARK: &str = "YH1/";

/// Most parts that a slip is cut into.
pub const MOST_PARTS: usize = 8;

/// Most bytes of a slip; nobody is made to unpack more.
const MOST_BYTES: usize = 64 * 1024;

/// A slip cut into parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The texts of the parts, in order.
    pub texts: Vec<String>,
    /// Bytes of the slip.
    pub plain: usize,
    /// Bytes of it, compressed.
    pub packed: usize,
}

/// Cuts a slip into the fewest parts of at most `room` characters each.
///
/// # Errors
/// [`Kind::Internal`] if these are more than [`MOST_PARTS`].
pub fn cut(slip: &str, room: usize) -> Outcome<Parts> {
    // 10: as small as it gets; a slip is small, so that costs nothing.
    let packed = miniz_oxide::deflate::compress_to_vec(slip.as_bytes(), 10);
    let data = base45::encode(&packed);
    let id = id_of(slip);
    let frame = format!("{MARK}1/1/{id}//").len();
    let count = data.len().div_ceil(room.saturating_sub(frame).max(1));
    if count > MOST_PARTS || slip.len() > MOST_BYTES {
        return Err(too_long(slip.len()));
    }
    // All about the same length, so that all codes have the same size.
    let each = data.len().div_ceil(count);
    let chunks = data.as_bytes().chunks(each).map(|chunk| String::from_utf8_lossy(chunk));
    let texts = (1..).zip(chunks).map(|(part, chunk)| format!("{MARK}{part}/{count}/{id}/{chunk}/"));
    Ok(Parts { texts: texts.collect(), plain: slip.len(), packed: packed.len() })
}

/// By what the parts of one slip know each other: the first 32 bits of its SHA-256.
fn id_of(slip: &str) -> String {
    Digest::of(&[slip.as_bytes()]).to_string()[..8].to_uppercase()
}

/// Whether a line can only be meant as a part.
pub fn is_part(line: &str) -> bool {
    line.trim().starts_with(MARK)
}

/// Puts the parts together, in whatever order they come, some perhaps twice.
///
/// # Errors
/// [`Kind::Unreadable`] if something is no part, or of another slip;
/// [`Kind::Incomplete`] if parts are missing.
pub fn join<'a>(lines: impl IntoIterator<Item = &'a str>) -> Outcome<String> {
    let mut found: BTreeMap<usize, &str> = BTreeMap::new();
    let mut whole: Option<(usize, &str)> = None;
    for line in lines.into_iter().map(str::trim).filter(|line| !line.is_empty()) {
        let (number, of, data) = part(line).ok_or_else(|| no_part(line))?;
        let same = *whole.get_or_insert(of) == of && *found.entry(number).or_insert(data) == data;
        if !same {
            return Err(of_another());
        }
    }
    let (count, id) = whole.ok_or_else(|| missing(&[1]))?;
    let missing_parts: Vec<usize> = (1..=count).filter(|number| !found.contains_key(number)).collect();
    if !missing_parts.is_empty() {
        return Err(missing(&missing_parts));
    }
    let data: String = found.into_values().collect();
    let packed = base45::decode(&data).ok_or_else(damaged)?;
    let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, MOST_BYTES);
    let slip = String::from_utf8(bytes.map_err(|_| damaged())?).map_err(|_| damaged())?;
    if id_of(&slip) == id { Ok(slip) } else { Err(damaged()) }
}

/// Number, (count, id) and data of a part.
fn part(line: &str) -> Option<(usize, (usize, &str), &str)> {
    let mut fields = line.strip_prefix(MARK)?.strip_suffix('/')?.splitn(4, '/');
    let mut next = || fields.next();
    let (number, count, id, data) = (next()?, next()?, next()?, next()?);
    let small = |text: &str| text.parse().ok().filter(|n| (1..=MOST_PARTS).contains(n) && text.len() == 1);
    let (number, count): (usize, usize) = (small(number)?, small(count)?);
    let hex = |b: u8| b.is_ascii_digit() || (b'A'..=b'F').contains(&b);
    let good = number <= count && id.len() == 8 && id.bytes().all(hex);
    good.then_some((number, (count, id), data))
}

fn scan_again() -> crate::lang::Said {
    said!("重新扫这张告知单上的每一个码", "scan every code of this slip again")
}

fn no_part(line: &str) -> Problem {
    let start: String = line.chars().take(16).collect();
    Problem::new(
        Kind::Unreadable,
        said!("“{start}…”不是告知单的二维码内容", "\"{start}…\" is not a code of a slip"),
        said!(
            "每个码的内容以 {MARK} 开头、以 / 结尾，整段复制，一段一行",
            "the text of a code begins with {MARK} and ends with /; copy each as a whole, one a line"
        ),
    )
}

fn of_another() -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("这些二维码不是同一张告知单的", "these codes are not of one slip"),
        scan_again(),
    )
}

fn missing(parts: &[usize]) -> Problem {
    let crate::lang::Said { zh, en } = crate::lang::Said::list(parts);
    Problem::new(
        Kind::Incomplete,
        said!("还缺第 {zh} 个二维码", "these codes are missing: {en}"),
        said!("把告知单上的码都扫全，次序不限", "scan all codes of the slip, in any order"),
    )
}

fn damaged() -> Problem {
    let what = said!("二维码内容已损坏或被改动", "the codes were damaged or changed");
    Problem::new(Kind::Unreadable, what, scan_again())
}

fn too_long(bytes: usize) -> Problem {
    Problem::new(
        Kind::Internal,
        said!("告知单有 {bytes} 字节，二维码放不下", "a slip of {bytes} bytes does not fit into its codes"),
        said!("请报告这个错误", "please report this"),
    )
}
