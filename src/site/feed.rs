//! The feed (Atom, RFC 4287): one entry for everything that was published, with the
//! times that documents state. The clock has no part in it.

use super::facts::{Event, Facts, Known};
use super::{FEED, Ground, frame, lists, logged, words};
use crate::digest::Digest;
use crate::lang::{Lang, Said};
use crate::markup::Markup;
use crate::record::{self, ReplaceFile, Results};
use crate::said;
use crate::time::Moment;

/// The feed of draws, which come latest first.
pub fn feed(facts: &[Facts], office: &str, ground: &Ground) -> String {
    let mut events: Vec<(&Facts, &Known, &Event)> = Vec::new();
    for facts in facts {
        if let Ok(known) = &facts.known {
            let told = known.events.iter().rev().filter(|event| title(known, event).is_some());
            events.extend(told.map(|event| (facts, known, event)));
        }
    }
    // Stable: of two at the same time the later draw, and of one draw the later document.
    events.sort_by_key(|(.., event)| std::cmp::Reverse(event.at));
    let lists = &ground.lists.lists;
    let mut m = Markup::new("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    m.element("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "zh-CN")], |m| {
        // Before anything is published there is no time to state.
        let latest = events.first().map(|(.., event)| event.at).max(lists.iter().map(|list| list.at).max());
        let updated = latest.or(Moment::from_unix(0));
        let Said { zh, .. } = said!("{office}：双随机抽查公示", "{office}: random inspections");
        m.leaf("title", &[], zh);
        m.leaf("id", &[], id(&["feed", &key(facts, ground)]));
        m.leaf("updated", &[], updated.map(|at| at.to_string()).unwrap_or_default());
        m.element("author", &[], |m| {
            m.leaf("name", &[], office);
        });
        m.leaf("generator", &[], "yaohao");
        m.empty(
            "link",
            &[("rel", "self"), ("type", "application/atom+xml"), ("href", &address(ground, FEED))],
        );
        let start = address(ground, super::START);
        m.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &start)]);
        let mut lists = lists.iter().rev().peekable();
        for (facts, known, event) in events {
            while let Some(list) = lists.next_if(|list| list.at >= event.at) {
                listed(m, ground, list);
            }
            entry(m, ground, (facts, known), event);
        }
        lists.for_each(|list| listed(m, ground, list));
    });
    m.finish()
}

/// The key of the office, which does not change.
fn key(facts: &[Facts], ground: &Ground) -> String {
    let office = facts.iter().find_map(|facts| Some(facts.number.as_ref()?.office.clone()));
    office.unwrap_or_else(|| logged::office(ground))
}

fn entry(m: &mut Markup, ground: &Ground, (facts, known): (&Facts, &Known), event: &Event) {
    let Some(Said { zh, en }) = title(known, event) else { return };
    let draw = known.commit.draw.to_string();
    m.element("entry", &[], |m| {
        m.leaf("title", &[], &zh);
        m.leaf("id", &[], id(&[&draw, &event.file, &event.hash.to_string()]));
        m.leaf("updated", &[], event.at.to_string());
        pages(m, ground, frame::Spot::Draw(&facts.stem));
        let (file, hash) = (&event.file, event.hash);
        let value = known.commitment;
        let Said { zh, en } = said!(
            "{zh}。承诺值 {value}；{file} 的 SHA-256 {hash}",
            "{en}. Commitment {value}; SHA-256 of {file} {hash}"
        );
        m.leaf("summary", &[], format!("{zh}\n{en}"));
    });
}

/// A list of results.
fn listed(m: &mut Markup, ground: &Ground, list: &Results) {
    let (number, hash, file) = (list.number, list.hash(), Results::file(list.number));
    let Said { zh, en } = lists::counted(list);
    let Said { zh: title, .. } = said!("检查结果公示第 {number} 份：{zh}", "Results, list {number}: {en}");
    m.element("entry", &[], |m| {
        m.leaf("title", &[], title);
        m.leaf("id", &[], id(&[&list.office, &file, &hash.to_string()]));
        m.leaf("updated", &[], list.at.to_string());
        pages(m, ground, frame::Spot::Results);
        let Said { zh, en } =
            said!("检查结果公示：{zh}。{file} 的 SHA-256 {hash}", "Results: {en}. SHA-256 of {file} {hash}");
        m.leaf("summary", &[], format!("{zh}\n{en}"));
    });
}

/// The links to a page in both languages.
fn pages(m: &mut Markup, ground: &Ground, spot: frame::Spot<'_>) {
    for (lang, code) in [(Lang::Zh, "zh-CN"), (Lang::En, "en")] {
        let page = address(ground, &frame::path(spot, lang));
        m.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("hreflang", code), ("href", &page)]);
    }
}

/// What happened; `None` for what is only a part of it.
fn title(known: &Known, event: &Event) -> Option<Said> {
    let draw = &known.commit.draw;
    Some(match event.file.as_str() {
        record::COMMIT => said!("抽取 {draw}：承诺已公布", "Draw {draw}: committed"),
        record::RECORD => said!("抽取 {draw}：已抽取", "Draw {draw}: drawn and recorded"),
        record::OPEN => said!("抽取 {draw}：密封的结果已公开", "Draw {draw}: sealed result opened"),
        record::VOID => {
            let Said { zh, en } = words::void(known.void.as_ref()?.reason);
            said!("抽取 {draw}：作废（{zh}）", "Draw {draw}: void ({en})")
        }
        file => match ReplaceFile::of(file)? {
            (number, ReplaceFile::Request) => {
                said!("抽取 {draw}：第 {number} 次换人申请", "Draw {draw}: late change {number} asked for")
            }
            (number, _) => {
                said!("抽取 {draw}：第 {number} 次换人已定出", "Draw {draw}: late change {number} decided")
            }
        },
    })
}

/// A UUID of version 8 (RFC 9562) made of what never changes: whoever makes the feed
/// again gets the same, wherever it is published.
fn id(parts: &[&str]) -> String {
    let mut bytes = Digest::of(&[b"yaohao/feed/v1\n", parts.join("\n").as_bytes()]).0;
    bytes[6] = 0x80 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    let hex = crate::digest::hex(&bytes[..16]);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The address of a path below the public folder; without the office's address it is
/// relative to the feed.
fn address(ground: &Ground, path: &str) -> String {
    match &ground.presentation.url {
        Some(url) => format!("{}/{path}", url.trim_end_matches('/')),
        None => path.to_owned(),
    }
}
