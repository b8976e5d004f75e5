//! Pages as a reader meets them: parsed as XML, followed link by link.

use std::collections::{BTreeMap, BTreeSet};
use yaohao::audit::Public;
use yaohao::site::{Files, Presentation, site};

use super::district::moment;

pub const NOW: &str = "2027-03-24T12:00:00Z";

/// The site of what is published, with a page for verifying beside it.
pub fn made(public: &Public, now: &str) -> Files {
    site(public, None, &Presentation::default(), moment(now))
}

/// The text of a file.
pub fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", files.keys()));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The paths of all pages.
pub fn pages(files: &Files) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect()
}

/// A page or feed as a tree.
pub fn parsed(text: &str) -> roxmltree::Document<'_> {
    let text = text.strip_prefix("<!DOCTYPE html>\n").unwrap_or(text);
    roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The text of a page without its marks.
pub fn read(text: &str) -> String {
    parsed(text).descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
}

pub fn elements<'a>(page: &'a roxmltree::Document<'_>, tag: &str) -> Vec<roxmltree::Node<'a, 'a>> {
    let tag = tag.to_owned();
    page.descendants().filter(move |node| node.has_tag_name(tag.as_str())).collect()
}

/// What is published, and the site, by path.
pub fn everything(public: &Public, files: &Files) -> BTreeMap<String, Vec<u8>> {
    let mut all: BTreeMap<String, Vec<u8>> = files.clone();
    for (name, folder) in &public.draws {
        all.extend(folder.0.iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes.clone())));
    }
    all.extend(public.log.iter().map(|(file, bytes)| (format!("log/{file}"), bytes.clone())));
    all.extend(public.results.iter().map(|(file, bytes)| (format!("results/{file}"), bytes.clone())));
    let verifier = public.verifier.iter().flatten();
    all.extend(verifier.map(|(file, bytes)| (format!("verifier/{file}"), bytes.clone())));
    all
}

/// A link from `page`, as a path below the public folder, and what follows `#`.
pub fn resolved(page: &str, link: &str) -> (String, String) {
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    let mut parts: Vec<&str> = page.split('/').collect();
    if !path.is_empty() {
        parts.pop();
        for part in path.split('/') {
            match part {
                ".." => assert!(parts.pop().is_some(), "{page}: {link} leaves the public folder"),
                part => parts.push(part),
            }
        }
    }
    (unescaped(&parts.join("/")), fragment.to_owned())
}

fn unescaped(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
            let digits = std::str::from_utf8(&digits).expect("digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hex"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Every rule that a page has to keep.
pub fn check_page(path: &str, text: &str) {
    let page = parsed(text);
    let one = |tag: &str| -> roxmltree::Node<'_, '_> {
        let all = elements(&page, tag);
        assert_eq!(all.len(), 1, "{path}: <{tag}>");
        all[0]
    };
    let lang = one("html").attribute("lang").expect("a language");
    assert_eq!(lang, if path.starts_with("site/en/") { "en" } else { "zh-CN" }, "{path}");
    one("h1");
    one("main");
    assert!(one("head").children().any(|node| node.has_tag_name("title")), "{path}: no title");
    let policy = elements(&page, "meta")
        .into_iter()
        .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"));
    let policy = policy.and_then(|meta| meta.attribute("content")).expect("a policy");
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{path}: {policy}");
    check_elements(path, &page);
    check_headings(path, &page);
    check_pictures(path, &page);
}

fn check_elements(path: &str, page: &roxmltree::Document<'_>) {
    let mut ids = BTreeSet::new();
    for node in page.descendants().filter(roxmltree::Node::is_element) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && name != "style", "{path}: {name}=\"{value}\"");
            let loads = ["href", "src", "action", "content", "data"].contains(&name);
            assert!(!loads || !(value.contains("://") || value.starts_with("javascript")), "{path}: {value}");
            assert!(name != "id" || ids.insert(value.to_owned()), "{path}: two #{value}");
        }
        if node.has_tag_name("script") {
            assert!(
                node.attribute("src").is_some() && node.text().is_none_or(str::is_empty),
                "{path}: inline script"
            );
        }
        assert!(!node.has_tag_name("style"), "{path}: inline style");
        if node.has_tag_name("table") {
            assert!(
                node.children().any(|child| child.has_tag_name("caption")),
                "{path}: a table without caption"
            );
        }
        if node.has_tag_name("input") {
            let id = node.attribute("id").expect("an id");
            let labels = elements(page, "label");
            assert!(
                labels.iter().any(|label| label.attribute("for") == Some(id)),
                "{path}: #{id} has no label"
            );
        }
    }
}

/// No level is left out on the way down.
fn check_headings(path: &str, page: &roxmltree::Document<'_>) {
    let levels = page.descendants().filter_map(|node| match node.tag_name().name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        _ => None,
    });
    let levels: Vec<u32> = levels.collect();
    assert_eq!(levels.first(), Some(&1), "{path}");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
}

fn check_pictures(path: &str, page: &roxmltree::Document<'_>) {
    for picture in elements(page, "svg") {
        let has =
            |tag: &str| picture.children().any(|child| child.has_tag_name(tag) && child.text().is_some());
        assert!(picture.attribute("role") == Some("img") && has("title") && has("desc"), "{path}: a picture");
    }
}

/// Every link of every page leads to a file, and to a part of it that is there.
pub fn check_links(public: &Public, files: &Files) -> usize {
    let all = everything(public, files);
    let mut followed = 0;
    for path in pages(files) {
        let page = parsed(text(files, path));
        for node in page.descendants().filter(roxmltree::Node::is_element) {
            for link in ["href", "src"].iter().filter_map(|name| node.attribute(*name)) {
                let (target, part) = resolved(path, link);
                let there =
                    all.get(&target).unwrap_or_else(|| panic!("{path}: {link} leads to no file ({target})"));
                followed += 1;
                let question = ["draw=", "view=", "q="].iter().any(|start| part.starts_with(start));
                if part.is_empty() || question || !target.ends_with(".html") {
                    continue;
                }
                let target = std::str::from_utf8(there).expect("UTF-8");
                assert!(
                    target.contains(&format!("id=\"{part}\"")),
                    "{path}: {link} leads to no part of a page"
                );
            }
        }
    }
    followed
}
