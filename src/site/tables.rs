//! Tables of a draw's page: strata, exclusions, files, entries of the log.

use super::facts::Case;
use super::frame::At;
use super::logged::LogView;
use super::part::{self, Cell, Section, cell, code, fixed, linked, numbers, words};
use super::sums;
use super::words as vocabulary;
use super::zones::{percent, tenths};
use crate::lang::Said;
use crate::markup::Markup;
use crate::record::{self, UnitStanding};
use crate::said;
use std::collections::BTreeMap;

/// Pool and places of every stratum.
pub fn strata<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    part::section("strata", said!("分层和名额", "Strata and places"), move |m| {
        at.paragraph(
            m,
            said!(
                "每一层单独抽取，层内各家机会相等。名额按方案由家数算出，抽取之前已锁定。",
                "Each stratum is drawn by itself, with the same chance for each of its units. The places follow from the policy and were fixed before the draw."
            ),
        );
        let columns = [
            words(said!("分层", "Stratum")),
            numbers(said!("家数", "Units")),
            numbers(said!("名额", "Places")),
            numbers(said!("机会", "Chance")),
        ];
        let strata = &case.commit.strata;
        let rows = strata.iter().map(|stratum| {
            let name: Cell<'_> = Box::new(|m| {
                m.text(case.rules.label_for_people(&stratum.label));
                m.text(" ");
                m.leaf("code", &[("class", "key")], &stratum.label);
            });
            numbered(name, stratum.pool, stratum.quota)
        });
        let sum = |of: fn(&record::StratumCount) -> u64| {
            strata.iter().fold(0, |sum: u64, s| sum.saturating_add(of(s)))
        };
        let (pool, quota) = (sum(|s| s.pool), sum(|s| s.quota));
        let total = numbered(cell(at.t(said!("合计", "Total"))), pool, quota);
        part::table(
            at,
            m,
            said!("各层家数、名额和机会", "Units, places and chance of each stratum"),
            &columns,
            rows,
            Some(total),
        );
    })
}

fn numbered(name: Cell<'_>, pool: u64, quota: u64) -> Vec<Cell<'_>> {
    vec![name, cell(pool.to_string()), cell(quota.to_string()), cell(percent(tenths(quota, pool)))]
}

/// Who is not in the pool, by reason.
pub fn excluded<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    let mut counts = BTreeMap::new();
    for unit in case.units {
        if let UnitStanding::Excluded(reason) = unit.standing {
            *counts.entry(reason).or_insert(0_u64) += 1;
        }
    }
    part::section("excluded", said!("不参加抽取的单位", "Units that are not in the pool"), move |m| {
        if counts.is_empty() {
            at.paragraph(
                m,
                said!("没有，名录里的单位全部参加抽取。", "None: all units of the register are in the pool."),
            );
            return;
        }
        let columns = [words(said!("原因", "Reason")), numbers(said!("家数", "Units"))];
        let total: u64 = counts.values().sum();
        let rows = counts
            .iter()
            .map(|(reason, count)| vec![cell(at.t(vocabulary::exclusion(*reason))), cell(count.to_string())]);
        let total = vec![cell(at.t(said!("合计", "Total"))), cell(total.to_string())];
        part::table(
            at,
            m,
            said!("按原因计数，抽取之前已锁定", "By reason, fixed before the draw"),
            &columns,
            rows,
            Some(total),
        );
        listed(at, m, case);
    })
}

/// Units that the policy itself leaves out, with its reasons.
fn listed(at: &At<'_>, m: &mut Markup, case: &Case<'_>) {
    if case.rules.excluded.is_empty() {
        return;
    }
    at.paragraph(m, said!("方案列明不参加抽取的：", "Left out by the policy:"));
    m.element("ul", &[], |m| {
        for (unit, why) in &case.rules.excluded {
            m.element("li", &[], |m| {
                m.leaf("code", &[], unit);
                m.text(at.t(said!("：{why}", ": {why}")));
            });
        }
    });
}

/// Every file, to be downloaded and checked.
pub fn files<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    part::section("files", said!("下载和校验", "Files"), move |m| {
        at.paragraph(
            m,
            said!(
                "公开的全部文件。要核对下载得是否完整，把下面的文字存为 files.sha256，放进下载的文件夹，运行 sha256sum -c files.sha256；有没有改过，用抽取前公布的承诺值核验。",
                "Everything that is published. To check a download, save the text below as files.sha256 in its folder and run sha256sum -c files.sha256; whether anything was changed, the commitment that was announced before the draw tells."
            ),
        );
        let columns = [
            words(said!("文件", "File")),
            fixed(said!("内容", "What it holds")),
            numbers(said!("字节", "Bytes")),
            words(said!("SHA-256 值", "SHA-256")),
        ];
        let rows = case.hashes.iter().map(|(name, hash)| {
            let length = case.folder.get(name).map_or(0, <[u8]>::len);
            let named = linked(at.to(&case.file(name)), name.as_str());
            vec![named, cell(at.t(meaning(name))), cell(length.to_string()), code(hash.to_string())]
        });
        part::table(at, m, said!("这次抽取的文件", "The files of this draw"), &columns, rows, None);
        m.element("details", &[], |m| {
            m.leaf("summary", &[], at.t(said!("给 sha256sum -c 用的文字", "The text for sha256sum -c")));
            let lines: Vec<String> =
                case.hashes.iter().map(|(name, hash)| format!("{hash}  {name}")).collect();
            part::command(m, &lines.join("\n"));
        });
        sums::told(at, m);
    })
}

/// What a file is, in a few words.
fn meaning(name: &str) -> Said {
    match name {
        record::COMMIT => said!("承诺", "commitment"),
        record::POLICY => said!("抽查方案", "policy"),
        record::ITEMS => said!("抽查事项", "items"),
        record::UNITS => said!("检查对象名录", "register of units"),
        record::INSPECTORS => said!("检查人员名录", "register of inspectors"),
        record::ODDS => said!("可预测程度", "how predictable the teams are"),
        record::CARRIED => said!("由作废的抽取带入的单位", "units carried over from a voided draw"),
        record::CEREMONY => said!("掷骰、摇球的结果", "what the dice or balls showed"),
        record::REVEAL => said!("公开的随机数", "the nonces, opened"),
        record::BEACON => said!("彩票或 drand 的结果", "what the lottery or drand showed"),
        record::RECORD => said!("抽取记录", "record of the draw"),
        record::DRAWN => said!("抽中单位", "drawn units"),
        record::DOCKETS => said!("可派人员", "who could go to each unit"),
        record::TEAMS => said!("检查组", "teams"),
        record::PRICES => said!("配对的证明", "proof of the pairing"),
        record::AVAILABILITY => said!("检查人员每天的可用分钟", "minutes that inspectors have on each day"),
        record::SCHEDULE => said!("检查日期", "days of the visits"),
        record::SEALED_RESULT => said!("密封的结果", "the result, sealed"),
        record::OPEN => said!("公开密封的结果", "opening of the sealed result"),
        record::VOID => said!("作废", "void"),
        record::VOIDED => said!("带入下一次抽取的单位", "units handed on to the next draw"),
        name if name.ends_with(".sha256") => said!("校验值", "checksums"),
        name if name.starts_with("replace-") => said!("换人", "late change"),
        _ => said!("不认识的文件", "unknown file"),
    }
}

/// How far witnesses have signed.
fn witnessed(log: &LogView) -> Said {
    let size = log.head.size;
    match log.witnessed {
        None => said!("", ""),
        Some(0) => said!("还没有足够的见证方签名。", "Not enough witnesses have signed yet."),
        Some(seen) if seen >= size => {
            said!("全部 {size} 条已有足够的见证方签名。", "Enough witnesses have signed for all {size}.")
        }
        Some(seen) => said!(
            "前 {seen} 条已有足够的见证方签名，其后的待见证。",
            "Enough witnesses have signed for the first {seen}; the rest waits for them."
        ),
    }
}

/// Where the documents stand in the log, if there is one.
pub fn logged<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    let Some(log) = &at.site.ground.log else { return None };
    let entries = log.of(&case.commit.draw);
    if entries.is_empty() {
        return None;
    }
    part::section("log", said!("公开日志", "Public log"), move |m| {
        m.element("p", &[], |m| {
            let (origin, size) = (&log.head.origin, log.head.size);
            at.say(
                m,
                said!(
                    "承诺、骰子、随机数、记录等文书记入只增不改的日志 {origin}（现有 {size} 条）；名录和结果各表由这些文书写明的杂凑值锁定。",
                    "The documents (commitment, dice, nonces, record …) are in the append-only log {origin} (now {size} entries); the tables are fixed by the hashes that those documents state. "
                ),
            );
            at.say(m, witnessed(log));
        });
        m.element("p", &[], |m| {
            at.link(
                m,
                &at.to("log/checkpoint"),
                said!("检查点（签了名的日志条数和树根）", "Checkpoint (size and root of the log, signed)"),
            );
            if log.has_policy {
                at.say(m, said!("；", "; "));
                part::log_policy(at, m);
            }
        });
        let columns = [
            numbers(said!("序号（首条为 0）", "Entry (from 0)")),
            words(said!("文件", "File")),
            words(said!("SHA-256 值", "SHA-256")),
        ];
        let rows = entries.into_iter().map(|(index, entry, path)| {
            let place = linked(at.to(&format!("log/{path}")), index.to_string());
            vec![place, cell(entry.file.clone()), code(entry.hash.to_string())]
        });
        part::table(at, m, said!("日志里这次抽取的条目", "The entries of this draw"), &columns, rows, None);
    })
}
