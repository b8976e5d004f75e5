//! What the page says, without its looks: the words of an official notice to the
//! unit (信函格式 of GB/T 9704-2012, section 10.1), for HTML and PDF alike.

use super::code::module_micrometres;
use super::parts::Parts;
use super::text::{Slip, Team};
use crate::eligibility::Window;
use crate::time::Date;

/// What the office adds to the slip from its own files.
#[derive(Debug, Clone)]
pub struct Office<'a> {
    /// Full name of the office.
    pub name: &'a str,
    /// Name of the unit.
    pub unit: &'a str,
    /// Names of the items that are checked.
    pub items: Vec<&'a str>,
    /// What each slot of the team is called.
    pub roles: Vec<String>,
    /// Names of the people, slot by slot; empty to show numbers only.
    pub names: Vec<String>,
    /// Telephone for doubts and reports.
    pub phone: Option<&'a str>,
    /// Where the office's site is, if it has one.
    pub site: Option<&'a str>,
    /// The day of the visit, if it is settled.
    pub visit: Option<Date>,
    /// The date of the notice.
    pub dated: Date,
}

/// A paragraph: words in Hei (黑体), then the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The words it begins with; may be empty.
    pub heading: String,
    /// The rest.
    pub text: String,
}

/// The words of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Name of the office, in red above and in black at the end.
    pub office: String,
    /// Number of the notice.
    pub number: String,
    /// Its title.
    pub title: String,
    /// To whom.
    pub addressee: String,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
    /// Above the codes: how to check, by numbered steps.
    pub how: (String, Vec<String>),
    /// Below the codes: values to compare, and how the codes are made.
    pub small: Vec<String>,
    /// The date.
    pub date: String,
}

/// 2 号小标宋.
const TITLE: &str = "“双随机”抽查告知单";

impl Notice {
    /// The notice of a slip whose codes are told by `made`.
    pub fn new(slip: &Slip, office: &Office<'_>, made: &str) -> Notice {
        let draw = &slip.record.link.draw;
        let unit = &slip.drawn.unit;
        let opening = "按照“双随机、一公开”监管要求，你单位经随机抽取，确定为检查对象，检查人员同时随机选派。现告知如下：";
        let paragraphs = vec![
            Paragraph { heading: String::new(), text: opening.to_owned() },
            paragraph("一、检查时间：", period(slip.record.window, office.visit)),
            paragraph("二、抽查事项：", format!("{}。", office.items.join("、"))),
            paragraph("三、检查人员：", people(slip, office)),
        ];
        Notice {
            office: office.name.to_owned(),
            number: format!("{draw}-{:03}", slip.path.index + 1),
            title: TITLE.to_owned(),
            addressee: format!("{}（{unit}）：", office.unit),
            paragraphs,
            how: ("四、核实方法".to_owned(), how(office)),
            small: small(slip, made),
            date: office.dated.in_words(),
        }
    }
}

/// Lines of 3 号 (16 points) that a page has room for, above four codes or fewer.
const ROOMY: usize = 10;

impl Notice {
    /// Whether the words have to be set in 4 号 (14 points), so that one page holds them
    /// with so many codes.
    pub fn is_crowded(&self, codes: usize) -> bool {
        // 156 mm are 27 letters of 16 points and a half; Latin ones are about half as wide.
        let halves = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let lines = |indent: usize, text: usize| (indent + text).div_ceil(55);
        let paragraphs = self.paragraphs.iter().map(|p| lines(4, halves(&p.heading) + halves(&p.text)));
        let above = lines(0, halves(&self.addressee)) + paragraphs.sum::<usize>() + 1;
        codes > 4 || above > ROOMY
    }
}

fn paragraph(heading: &str, text: String) -> Paragraph {
    Paragraph { heading: heading.to_owned(), text }
}

/// 2026年12月1日.
fn period(window: Window, visit: Option<Date>) -> String {
    let (first, last) = (window.first.in_words(), window.last.in_words());
    // What both days share is said once.
    let year = first.find('年').map_or(0, |at| at + '年'.len_utf8());
    let month = first.find('月').map_or(0, |at| at + '月'.len_utf8());
    let shared = [month, year].into_iter().find(|at| last.starts_with(&first[..*at])).unwrap_or(0);
    let last = &last[shared..];
    match visit {
        // Nor is the year, where it stands before.
        Some(day) if shared > 0 && day.in_words().starts_with(&first[..year]) => {
            format!("{}（期间{}至{last}）。", day.in_words(), &first[year..])
        }
        Some(day) => format!("{}（期间{first}至{last}）。", day.in_words()),
        None => format!("{first}至{last}。"),
    }
}

fn people(slip: &Slip, office: &Office<'_>) -> String {
    let person = |(at, member): (usize, &super::text::Member)| {
        let role = office.roles.get(at).map_or("", String::as_str);
        let name = office.names.get(at).map_or_else(String::new, |name| format!("{name}，"));
        format!("{role}（{name}执法证号 {}）", member.card.certificate)
    };
    let people: Vec<String> = slip.members.iter().enumerate().map(person).collect();
    let changed = match slip.team {
        Team::Drawn(_) => String::new(),
        Team::Replaced(number, _) => format!("（第 {number} 次换人之后）"),
    };
    format!("{}{changed}。", people.join("、"))
}

fn how(office: &Office<'_>) -> Vec<String> {
    let site = office.site.map_or_else(String::new, |url| format!("（{url}）"));
    let call =
        office.phone.map_or_else(|| "并向本机关核实".to_owned(), |phone| format!("并致电 {phone} 核实"));
    vec![
        "请来人出示执法证：不得少于两人，证号须与上列一致。".to_owned(),
        format!(
            "用手机扫下列全部二维码（次序不限），把内容交给核验程序 yaohao verify-slip，或用浏览器打开抽查机关网站{site}上的核验页，输入来人证号即可核实。"
        ),
        format!(
            "不出示证件、人证不符或少于两人的，可以拒绝检查，{call}。检查不收费，不推销、不指定产品和服务机构。"
        ),
    ]
}

fn small(slip: &Slip, made: &str) -> Vec<String> {
    let mut small = vec![format!("记录值 {}", slip.record_id())];
    if let (Team::Replaced(number, _), Some(hash)) = (&slip.team, slip.change()) {
        small.push(format!("第 {number} 次换人 {hash}"));
    }
    if let Some(logged) = &slip.logged {
        small.push(format!("日志检查点 {}", logged.note.text().trim_end().replace('\n', " ")));
    }
    small.push(made.to_owned());
    small
}

/// How the codes are made, for whoever prints or scans them.
pub fn made(parts: &Parts, version: u8) -> String {
    let (plain, packed, count) = (parts.plain, parts.packed, parts.texts.len());
    let micrometres = module_micrometres(count);
    let (whole, part) = (micrometres / 1000, micrometres % 1000 / 10);
    format!(
        "告知单全文 {plain} 字节，压缩后 {packed} 字节；二维码 {count} 个，版本 {version}，纠错级别 M，模块 {whole}.{part:02} 毫米，勿缩小打印"
    )
}
