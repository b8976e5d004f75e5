//! The report in words, in the manner of such reports: sections, sentences with the
//! figures, the office's name and a date. It has no name of a person or a unit.

use super::Report;
use super::count::Ground;
use super::figure::Figure;
use crate::time::Date;
use std::fmt::Write as _;

/// Who reports, and when.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// 机关名称.
    pub office: &'a str,
    /// 成文日期.
    pub date: Date,
}

/// A section: its heading and its paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// `一、总体情况`; empty before the first section.
    pub heading: String,
    /// Sentences.
    pub text: String,
}

/// The words of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// 标题.
    pub title: String,
    /// 正文.
    pub paragraphs: Vec<Paragraph>,
    /// 发文机关署名.
    pub office: String,
    /// 成文日期, `2024年1月16日`.
    pub date: String,
}

/// Numerals of sections.
const NUMERALS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "七"];

impl Letter {
    /// The words for a report.
    pub fn of(report: &Report, ground: &Ground<'_>, signed: &Signed<'_>) -> Letter {
        let year = report.year;
        let date = chinese(signed.date);
        let (span, since) = match signed.date.year() > year {
            true => (format!("{year}年"), "全年"),
            false => (format!("{year}年（截至{date}）"), "本年以来"),
        };
        let sections = [
            Some(("总体情况", overall(report, since))),
            Some(("行政检查", inspections(report, ground, since))),
            Some(("行政处罚和行政强制", penalties(report, since))),
            Some(("火灾事故调查", fires(report, since))),
            delegated(report, ground).map(|text| ("赋权执法", text)),
            Some(("行政复议", reconsiderations(report, since))),
            Some(("统计口径", basis())),
        ];
        let opening = format!("{span}，本机关依法开展消防监督检查和行政执法。现将总体情况报告如下：");
        let mut paragraphs = vec![Paragraph { heading: String::new(), text: opening }];
        for (numeral, (heading, text)) in NUMERALS.iter().zip(sections.into_iter().flatten()) {
            paragraphs.push(Paragraph { heading: format!("{numeral}、{heading}"), text });
        }
        let title = format!("关于{year}年行政执法总体情况的报告");
        Letter { title, paragraphs, office: signed.office.to_owned(), date }
    }

    /// The report as plain text.
    pub fn plain(&self) -> String {
        let mut text = format!("{}\n\n", self.title);
        for Paragraph { heading, text: sentences } in &self.paragraphs {
            if !heading.is_empty() {
                let _ = writeln!(text, "　　{heading}");
            }
            let _ = writeln!(text, "　　{sentences}");
        }
        let _ = write!(text, "\n{:>40}\n{:>40}\n", self.office, self.date);
        text
    }
}

/// 2026年12月1日.
fn chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn overall(report: &Report, since: &str) -> String {
    let n = |figure| report.total(figure);
    format!(
        "{since}共出动监督检查{}人次，检查单位和场所{}家次，发现火灾隐患{}处，督促整改火灾隐患{}处（当场整改{}处，复查时已整改{}处），尚未整改{}处，下发责令改正通知书{}份（责令立即改正{}份，责令限期改正{}份）。",
        n(Figure::PersonTimes),
        n(Figure::Inspections),
        n(Figure::Hazards),
        n(Figure::Rectified),
        n(Figure::RectifiedOnSpot),
        n(Figure::RectifiedLater),
        n(Figure::Open),
        n(Figure::Notices),
        n(Figure::NoticesAtOnce),
        n(Figure::NoticesByDate),
    )
}

fn inspections(report: &Report, ground: &Ground<'_>, since: &str) -> String {
    let n = |figure| report.total(figure);
    let mut text = format!(
        "监督检查中，双随机抽查{}家次，举报投诉核查{}家次，行政许可检查{}家次，复查{}家次，线索核查{}家次，即时检查{}家次；与镇街和有关部门联合检查{}家次。{since}受理举报投诉{}件。已公示检查结果{}家次。",
        n(Figure::Drawn),
        n(Figure::Complaints),
        n(Figure::Licences),
        n(Figure::Reinspections),
        n(Figure::Referrals),
        n(Figure::Immediate),
        n(Figure::Joint),
        n(Figure::ComplaintsReceived),
        n(Figure::InspectionsPublished),
    );
    let months = report.by_month(Figure::Inspections);
    let quarters: Vec<String> = ["一", "二", "三", "四"]
        .iter()
        .zip(months.chunks(3))
        .map(|(quarter, months)| format!("{quarter}季度{}家次", months.iter().sum::<u64>()))
        .collect();
    let _ = write!(text, "按季度分：{}。", quarters.join("，"));
    let zones: Vec<String> = report
        .by_zone(Figure::Inspections)
        .into_iter()
        .map(|(zone, count)| {
            let name = zone.and_then(|key| ground.policy.zones.get(&key).cloned());
            format!("{}{count}家次", name.unwrap_or_else(|| "片区不明".to_owned()))
        })
        .collect();
    if !zones.is_empty() {
        let _ = write!(text, "按片区分：{}。", zones.join("，"));
    }
    text
}

fn penalties(report: &Report, since: &str) -> String {
    let n = |figure| report.total(figure);
    let transfers = n(Figure::Transfers);
    format!(
        "{since}作出行政处罚{}件，罚款合计{}元，已公示{}件；责令停止施工、停止使用、停产停业{}家，临时查封{}处，移送案件{transfers}件。",
        n(Figure::Penalties),
        n(Figure::Fines),
        n(Figure::PenaltiesPublished),
        n(Figure::Stops),
        n(Figure::Seals),
    )
}

fn fires(report: &Report, since: &str) -> String {
    let n = |figure| report.total(figure);
    format!(
        "{since}受理火灾事故调查{}起，其中一般程序{}起，简易程序{}起，轻微火灾登记{}起。",
        n(Figure::Fires),
        n(Figure::FiresGeneral),
        n(Figure::FiresSimplified),
        n(Figure::FiresMinor),
    )
}

/// Towns with delegated enforcement, if any of them did something.
fn delegated(report: &Report, ground: &Ground<'_>) -> Option<String> {
    let (checks, decided) = (report.total(Figure::DelegatedChecks), report.total(Figure::DelegatedPenalties));
    if checks + decided == 0 {
        return None;
    }
    let towns: Vec<String> = report
        .by_town(Figure::DelegatedPenalties)
        .into_iter()
        .map(|(code, count)| {
            let code = code.unwrap_or_default();
            let town = ground.policy.towns.iter().find(|town| town.code == code);
            format!("{}{count}件", town.map_or("镇街不明", |town| &town.name))
        })
        .collect();
    let towns = if towns.is_empty() { String::new() } else { format!("（{}）", towns.join("，")) };
    let fines = report.total(Figure::DelegatedFines);
    Some(format!(
        "赋权镇街自行检查{checks}家次，作出行政处罚{decided}件{towns}，罚款合计{fines}元，不计入以上各数。"
    ))
}

fn reconsiderations(report: &Report, since: &str) -> String {
    format!("{since}被申请行政复议{}件。", report.total(Figure::Reconsiderations))
}

fn basis() -> String {
    "检查及其发现的隐患、通知书和强制措施按检查之日归入年度，行政处罚按处罚决定之日，火灾事故调查和举报投诉按受理之日，行政复议按申请之日。人次只计本机关有执法资格的人员，每次检查每人计一次。整改截至本年最后一天，整改往年发现的隐患不计在内。各数由逐项案卷汇总，都能查到出自哪些事项。".to_owned()
}
