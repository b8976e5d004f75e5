//! The public site, from what is public alone: whole pages, links that lead somewhere,
//! a search that says what `explain` says, and nothing that should not be there.

mod district;
mod terminal;
#[path = "audit/cases.rs"]
mod cases;
#[path = "audit/office.rs"]
mod office;
#[path = "site/pages.rs"]
mod pages;

use cases::{CASES, clean};
use district::small::{POLICY, small, table, unit_id};
use district::voided::{Last, voided};
use district::{Chance, late, moment};
use office::{Office, steps};
use pages::{NOW, check_links, check_page, elements, made, pages as all_pages, parsed, read, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use terminal::{DICE, Desk};
use yaohao::audit::Public;
use yaohao::explain::explain;
use yaohao::markup::{Markup, escaped};
use yaohao::record::{self, VoidReason};
use yaohao::site::{Files, LogView, Presentation, site};
use yaohao::verify::Folder;

/// A history in which every state occurs: closed, opened, closed, void with units handed
/// on, sealed, committed; and a folder that somebody has damaged.
fn history() -> &'static Public {
    static HISTORY: OnceLock<Public> = OnceLock::new();
    HISTORY.get_or_init(|| {
        let mut office = clean();
        office.public.verifier = Some(BTreeMap::from([
            ("verify.html".to_owned(), b"<!DOCTYPE html>".to_vec()),
            ("verify.py".to_owned(), b"#".to_vec()),
        ]));
        let chance = Chance::number(11);
        let district = office.district("2027-04-01", true);
        let draw = district.try_draw(&chance).expect("can be staffed");
        let void = voided(&draw, &chance, Last::Reveal, VoidReason::Staffing);
        publish(&mut office, "2027-002", &void, usize::MAX);
        let carrying = office.drawn("2027-05-01", true, 11);
        publish(&mut office, "2027-003", &carrying, 2);
        let committed = office.drawn("2027-06-01", false, 11);
        publish(&mut office, "2027-004", &committed, 1);
        let mut damaged = office.public.draws["2026-001"].clone();
        damaged.0.insert(record::UNITS.to_owned(), b"yaohao/units/v1\nnonsense\n".to_vec());
        office.public.draws.insert("2026-009".to_owned(), damaged);
        office.public
    })
}

fn publish(office: &mut Office, name: &str, folder: &Folder, count: usize) {
    for (part, at) in steps(folder).into_iter().take(count) {
        office.publish(name, &part, at);
    }
    office.closed(folder);
}

fn site_of_history() -> &'static Files {
    static SITE: OnceLock<Files> = OnceLock::new();
    SITE.get_or_init(|| made(history(), NOW))
}

/// What the script of a draw hands over.
fn index(files: &Files, stem: &str) -> Value {
    let script = text(files, &format!("site/units/{stem}.js"));
    let json =
        script.strip_prefix(&format!("yaohaoUnits(\"{stem}\",")).and_then(|rest| rest.strip_suffix(");\n"));
    serde_json::from_str(json.expect("one call")).expect("JSON")
}

// ---- pages ----------------------------------------------------------------------------

#[test]
fn every_page_is_whole_and_every_link_leads_somewhere() {
    let files = site_of_history();
    assert_eq!(all_pages(files).len(), 2 * (2 + history().draws.len()), "{:?}", all_pages(files));
    all_pages(files).iter().for_each(|path| check_page(path, text(files, path)));
    assert!(check_links(history(), files) > 500);
    // An office that has published nothing yet, and every history that an audit has words for.
    let none = Public::default();
    let empty = made(&none, NOW);
    all_pages(&empty).iter().for_each(|path| check_page(path, text(&empty, path)));
    check_links(&none, &empty);
    for case in CASES {
        let public = (case.make)().office.public;
        let files = made(&public, NOW);
        all_pages(&files).iter().for_each(|path| check_page(path, text(&files, path)));
        check_links(&public, &files);
    }
}

#[test]
fn each_state_is_told_in_both_languages() {
    let files = site_of_history();
    let told = |lang: &str, stem: &str| read(text(files, &format!("site/{lang}/{stem}.html")));
    for (stem, zh, en) in [
        ("2026-001", "抽取已完成", "CLOSED"),
        ("2026-002", "已公开", "OPENED"),
        ("2027-002", "作废", "the drawn units cannot be staffed"),
        ("2027-003", "密封", "SEALED"),
        ("2027-004", "进行中", "Committed, not yet drawn"),
        ("2026-009", "文件已损坏或被改动", "its files are damaged or were changed"),
    ] {
        assert!(told("zh", stem).contains(zh), "{stem}: no {zh}");
        assert!(told("en", stem).contains(en), "{stem}: no {en}");
    }
    // The clock alone makes what is not done overdue.
    let later = made(history(), "2028-01-01T00:00:00Z");
    for stem in ["2027-003", "2027-004"] {
        let page = read(text(&later, &format!("site/zh/{stem}.html")));
        assert!(page.contains("逾期未办结"), "{stem}");
    }
    let start = read(text(files, "index.html"));
    assert!(start.contains("下一次抽取") && start.contains("10 面骰 20 次（当众进行）"), "{start}");
    assert!(!read(text(&made(&clean().public, NOW), "index.html")).contains("下一次抽取"));
}

#[test]
fn the_commitment_and_every_file_stand_on_the_page_of_a_draw() {
    let files = site_of_history();
    let folder = &history().draws["2026-002"];
    let page = read(text(files, "site/zh/2026-002.html"));
    let commit = yaohao::record::Commit::read(&folder.0[record::COMMIT]).expect("a commitment");
    assert!(page.contains(&commit.id().to_string()));
    for (name, bytes) in &folder.0 {
        let hash = yaohao::digest::Digest::of(&[bytes]);
        assert!(page.contains(&format!("{hash}  {name}")), "{name}");
    }
    let links = text(files, "site/zh/2026-002.html");
    assert!(links.contains("../../verifier/verify.html#draw=../2026-002"), "the page for verifying");
}

#[test]
fn nothing_in_a_register_becomes_a_mark() {
    let evil = "<script>alert(1)</script> & \"x\" 'y'";
    let quoted = format!("\"{}\"", evil.replace('"', "\"\""));
    let table = |name: &str| {
        let text = String::from_utf8(table(name)).expect("UTF-8");
        (0..60).fold(text, |text, n| text.replace(&format!("示例单位{n:02}"), &quoted)).into_bytes()
    };
    let policy =
        POLICY.replace("示例消防救援大队", "</title><script>alert(2)</script>").replace("东片", "<b>东片");
    let district = district::district(&policy, |name| match name {
        "inspectors" => {
            String::from_utf8(table(name)).expect("UTF-8").replace("东片", "<b>东片").into_bytes()
        }
        name => table(name),
    });
    let folder = district.draw(&Chance::number(1)).folder;
    let name = "<i>&\"' 2026-001";
    let public = Public { draws: BTreeMap::from([(name.to_owned(), folder)]), ..Public::default() };
    let files = made(&public, NOW);
    let mut shown = 0;
    for path in all_pages(&files) {
        let page = text(&files, path);
        check_page(path, page);
        assert!(!page.contains("<script>") && !page.contains("<b>东片"), "{path}");
        shown += usize::from(read(page).contains(evil));
    }
    check_links(&public, &files);
    assert_eq!(shown, 2, "the drawn units, in both languages");
    parsed(text(&files, "feed.xml"));
    let stem =
        all_pages(&files).iter().find_map(|path| path.strip_prefix("site/zh/folder-")).expect("a page");
    let index = index(&files, &format!("folder-{}", stem.trim_end_matches(".html")));
    assert_eq!(index["units"][0][1], evil);
}

#[test]
fn nothing_gets_through_the_writer_unescaped() {
    let mut m = Markup::new("");
    m.element("p", &[("title", "\"><script>")], |m| {
        m.text("<b>&\u{1}");
    });
    assert_eq!(m.finish(), "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;\u{fffd}</p>\n");
    assert_eq!(escaped("a\nb"), "a\nb");
}

// ---- the search -------------------------------------------------------------------------

/// What the index says of a unit, in the words of `explain --json`.
fn fate(index: &Value, row: &Value, state: &str) -> &'static str {
    let drawn = || index["drawn"].get(row[0].as_str().expect("an id")).is_some();
    match (row[3].as_i64().expect("a standing"), state) {
        (..0, _) => "excluded",
        (_, "void") => "voided",
        (_, "open" | "sealed") => "not-yet",
        _ if drawn() => "drawn",
        _ => "not-drawn",
    }
}

#[test]
fn the_search_says_what_explain_says() {
    let files = site_of_history();
    let page = parsed(text(files, "index.html"));
    let form = elements(&page, "form")[0];
    let draws: Value = serde_json::from_str(form.attribute("data-draws").expect("draws")).expect("JSON");
    let stems: Vec<&str> =
        draws.as_array().expect("a list").iter().filter_map(|draw| draw["stem"].as_str()).collect();
    assert_eq!(stems, ["2027-004", "2027-003", "2027-002", "2027-001", "2026-002", "2026-001"]);
    for draw in draws.as_array().expect("a list") {
        let stem = draw["stem"].as_str().expect("a name");
        let (index, folder) = (index(files, stem), &history().draws[stem]);
        let rows = index["units"].as_array().expect("rows");
        assert_eq!(rows.len(), 60);
        for row in rows {
            let explained = explain(folder, row[0].as_str().expect("an id")).expect("a unit");
            assert_eq!(row[1].as_str(), explained.name.as_deref(), "{stem}");
            let state = draw["state"].as_str().expect("a state");
            assert_eq!(fate(&index, row, state), explained.outcome.key(), "{stem} {row}");
            let steps: String = explained.steps.iter().map(|step| format!("{}\n", step.says.zh)).collect();
            let proofs = explained.steps.iter().filter_map(|step| step.proof.as_ref());
            let proofs: Vec<String> =
                proofs.map(|proof| format!("{} {}", proof.command, proof.prints)).collect();
            if state == "done" && row[3].as_i64() >= Some(0) {
                let (rank, ticket) = (&row[4], row[5].as_str().expect("a ticket"));
                assert!(steps.contains(&format!("第 {rank} 位")), "{stem} {row}: {steps}");
                let label =
                    index["strata"][row[3].as_u64().expect("a place") as usize][0].as_str().expect("a label");
                let (seed, id) = (index["seed"].as_str().expect("a seed"), row[0].as_str().expect("an id"));
                let line =
                    format!("'yaohao/ticket/v1\\n%s\\n%s\\n%s\\n' {seed} {label} {id} | sha256sum {ticket}");
                assert!(proofs.iter().any(|proof| proof.contains(&line)), "{line}\n{proofs:#?}");
            }
            let id = row[0].as_str().expect("an id");
            assert_eq!(
                index["handed"].get(id).is_some(),
                steps.contains("作废后带入下一次抽取"),
                "{stem} {steps}"
            );
            assert_eq!(
                index["carried"].get(id).is_some(),
                steps.contains("由 example/2027/002 带入"),
                "{steps}"
            );
        }
    }
}

#[test]
fn a_sealed_draw_and_one_that_is_not_made_show_nobody() {
    let files = site_of_history();
    for stem in ["2027-003", "2027-004"] {
        let index = index(files, stem);
        assert_eq!(index["drawn"], serde_json::json!({}), "{stem}");
        assert_eq!(index["seed"], Value::Null, "{stem}");
        let rows = index["units"].as_array().expect("rows");
        assert!(rows.iter().all(|row| row.as_array().is_some_and(|row| row.len() == 4)), "{stem}");
        for lang in ["zh", "en"] {
            let page = text(files, &format!("site/{lang}/{stem}.html"));
            assert!(!(0..60).any(|n| page.contains(&unit_id(n))), "{stem}");
        }
    }
}

#[test]
fn a_void_shows_what_it_hands_on_and_no_teams() {
    let files = site_of_history();
    let handed = String::from_utf8_lossy(&history().draws["2027-002"].0[record::VOIDED]).into_owned();
    let handed: BTreeSet<&str> = handed.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    let page = text(files, "site/zh/2027-002.html");
    assert!(!handed.is_empty() && handed.iter().all(|unit| page.contains(unit)));
    assert!(!read(page).contains("主办"), "a team");
    let index = index(files, "2027-002");
    let told: BTreeSet<&str> =
        index["handed"].as_object().expect("units").keys().map(String::as_str).collect();
    assert_eq!((told, &index["drawn"]), (handed, &serde_json::json!({})));
}

/// The script says only what stands in the page, and all of it.
#[test]
fn the_script_and_the_page_have_the_same_words() {
    let files = site_of_history();
    let script = text(files, "site/search.js");
    for path in ["index.html", "site/en/index.html"] {
        let page = parsed(text(files, path));
        let words = elements(&page, "form")[0].attribute("data-words").expect("words").to_owned();
        let words: BTreeMap<String, Value> = serde_json::from_str(&words).expect("JSON");
        for (name, word) in &words {
            assert!(
                script.contains(&format!("\"{name}\"")) || script.contains(&format!("words.{name}")),
                "{name}"
            );
            let text = word.as_str().unwrap_or_default();
            assert_eq!(text.matches('{').count(), text.matches('}').count(), "{name}: {text}");
            let is_chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(path == "index.html" || !is_chinese, "{name}: {text}");
        }
        for after in script.split("say(\"").skip(1).chain(script.split("words.").skip(1)) {
            let name: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(words.contains_key(&name), "{path} has no {name}");
        }
    }
    assert!(!script.contains("innerHTML") && !script.contains("fetch(") && !script.contains("://"));
}

// ---- late changes, the log, figures --------------------------------------------------------

#[test]
fn a_late_change_is_told_and_the_new_team_shown() {
    let district = small(str::to_owned);
    let chance = Chance::number(1);
    let draw = district.draw(&chance);
    let mut office = late::Office::new(draw.folder.clone(), &chance, draw.seed);
    let (unit, absent) = {
        let team = office.teams.values().next().expect("a team");
        (team.unit.clone(), team.members[1].1.clone())
    };
    let stand_in = office.replace(&unit, &absent);
    let public =
        Public { draws: BTreeMap::from([("2026-001".to_owned(), office.folder)]), ..Public::default() };
    let files = made(&public, NOW);
    let page = read(text(&files, "site/zh/2026-001.html"));
    assert!(page.contains(&format!("{absent}（因故不能到场）由 {stand_in} 接替")), "{page}");
    let team = index(&files, "2026-001")["drawn"][&unit].to_string();
    assert!(team.contains(&stand_in) && !team.contains(&format!("\"{absent}\"")), "{team}");
    assert_eq!(index(&files, "2026-001")["changed"], serde_json::json!([unit]));
    assert_eq!(page.matches("（换人后）").count(), 1, "in the table of the drawn units");
    assert!(text(&files, "feed.xml").contains("第 1 次换人已定出"));
    check_links(&public, &files);
}

#[test]
fn the_page_of_a_draw_names_its_entries_of_the_log() {
    let (public, files) = (history(), site_of_history());
    let log = LogView::read(&public.log).expect("a log");
    let number = "example/2026/002".parse().expect("a number");
    let entries = log.of(&number);
    assert!(entries.len() >= 4, "commitment, ceremony, nonces, record, opening");
    let page = text(files, "site/en/2026-002.html");
    assert!(page.contains("../../log/log-policy.txt"), "with what a slip is proved");
    assert!(text(files, "index.html").contains("verifier/verify.html#view=slip"));
    assert!(text(files, "index.html").contains("href=\"log/log-policy.txt\""));
    // Nobody is said to have signed what only waits for it.
    let told = read(text(files, "site/zh/2026-002.html"));
    let size = log.head.size;
    match log.witnessed {
        Some(seen) if seen < size => {
            assert!(told.contains("待见证") || told.contains("还没有足够"), "{told}")
        }
        Some(_) => assert!(told.contains(&format!("全部 {size} 条已有足够的见证方签名")), "{told}"),
        None => assert!(!told.contains("见证方签名。"), "{told}"),
    }
    let mut behind = history().log.clone();
    behind.remove(&format!("checkpoints/{size}"));
    let seen = LogView::read(&behind).expect("a log").witnessed;
    assert!(seen.is_none_or(|seen| seen < size), "{seen:?}");
    for (index, entry, path) in entries {
        assert!(public.log.contains_key(&path), "{path}");
        assert!(page.contains(&entry.hash.to_string()) && page.contains(&format!(">{index}</a>")), "{index}");
    }
}

#[test]
fn figures_add_up() {
    let page = text(site_of_history(), "site/en/figures.html");
    let page = parsed(page);
    for table in elements(&page, "table") {
        let rows = |part: &str| -> Vec<Vec<String>> {
            let part = table.children().find(|node| node.has_tag_name(part)).expect("a part");
            let rows = part.children().filter(|row| row.has_tag_name("tr"));
            let cells = |row: roxmltree::Node<'_, '_>| {
                let cells = row.children().filter(roxmltree::Node::is_element).skip(1);
                cells
                    .map(|cell| {
                        cell.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()
                    })
                    .collect()
            };
            rows.map(cells).collect()
        };
        let (body, foot) = (rows("tbody"), rows("tfoot").swap_remove(0));
        for (column, total) in foot.iter().enumerate() {
            let Ok(total) = total.parse::<u64>() else { continue };
            let sum: u64 =
                body.iter().map(|row| row[column].replace('–', "0").parse::<u64>().expect("a number")).sum();
            assert_eq!(sum, total);
        }
    }
    assert_eq!(elements(&page, "h2").len(), 2, "2027 and 2026");
}

// ---- the feed -----------------------------------------------------------------------------

#[test]
fn the_feed_is_atom_with_the_times_of_the_documents() {
    let files = site_of_history();
    let feed = parsed(text(files, "feed.xml"));
    let root = feed.root_element();
    let atom = "http://www.w3.org/2005/Atom";
    assert!(root.has_tag_name((atom, "feed")));
    let children = |node: roxmltree::Node<'_, '_>, tag: &str| -> Vec<String> {
        let found = node.children().filter(|child| child.has_tag_name((atom, tag)));
        found.map(|child| child.text().unwrap_or_default().to_owned()).collect()
    };
    let entries: Vec<_> = root.children().filter(|node| node.has_tag_name((atom, "entry"))).collect();
    // Six commitments, two records and an opening, one void and one sealed record more.
    assert_eq!(entries.len(), 6 + 3 + 1 + 1 + 1, "{}", text(files, "feed.xml"));
    let mut ids = BTreeSet::new();
    let mut updated = Vec::new();
    for node in entries.iter().copied().chain([root]) {
        let (id, at) = (children(node, "id"), children(node, "updated"));
        assert_eq!((id.len(), at.len(), children(node, "title").len()), (1, 1, 1));
        assert!(id[0].starts_with("urn:uuid:") && ids.insert(id[0].clone()), "{id:?}");
        updated.push(at[0].parse::<yaohao::time::Moment>().expect("a moment"));
    }
    let latest = updated.pop().expect("that of the feed");
    assert!(updated.is_sorted_by(|a, b| a >= b) && updated[0] == latest);
    assert!(root.children().any(|node| node.attribute("rel") == Some("self")));
    assert_eq!(root.children().filter(|node| node.has_tag_name((atom, "author"))).count(), 1);
    // Neither clock nor address changes an id or a time.
    let presentation = Presentation { url: Some("https://fire.example/draws/".to_owned()), contact: None };
    let moved = site(history(), None, &presentation, moment("2030-01-01T00:00:00Z"));
    let moved = text(&moved, "feed.xml");
    assert!(moved.contains("href=\"https://fire.example/draws/feed.xml\""));
    assert_eq!(moved.replace("https://fire.example/draws/", ""), text(files, "feed.xml"));
}

#[test]
fn the_site_is_the_same_whatever_the_threads() {
    let in_pool = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| made(history(), NOW))
    };
    assert!(in_pool(1) == in_pool(4));
}

// ---- the command ------------------------------------------------------------------------------

fn drawn() -> Desk {
    let desk = Desk::with(POLICY, table);
    desk.good(&["-C", "office", "publish"]);
    desk.commit(1);
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    desk
}

#[test]
fn publish_writes_the_site_and_every_step_keeps_it_up_to_date() {
    let desk = drawn();
    let draw = desk.draw(1);
    let stem = draw.trim_start_matches("example/").replace('/', "-");
    assert!(desk.read("office/public/index.html").contains("抽中 "), "the draw has updated it");
    assert!(desk.read(&format!("office/public/site/zh/{stem}.html")).contains("抽取已完成，抽中 "));
    let before = desk.files("office/public");
    let again = desk.good(&["-C", "office", "publish", "--json"]);
    let told: Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!((&told["site"]["draws"], &told["site"]["changed"]), (&Value::from(1), &Value::from(0)));
    assert!(desk.files("office/public") == before, "nothing was touched");
    // Verifying reads nothing of it.
    desk.good(&["verify", &desk.public(1).display().to_string()]);
    desk.good(&["audit", "office/public"]);
    // What no longer belongs there is removed, also what a crash has left.
    desk.write("office/public/site/zh/2001-001.html", "old");
    desk.write("office/public/site/units/.2001-001.js.part", "half");
    desk.write("office/public/.index.html.part", "half");
    desk.good(&["-C", "office", "publish"]);
    assert!(desk.files("office/public") == before);
}

#[test]
fn the_list_has_every_record_and_its_hash() {
    let desk = drawn();
    desk.good(&["-C", "office", "publish"]);
    // What is no record: the site, hidden files, a folder that is no draw, one in a draw.
    let name = desk.public(1).file_name().expect("a name").to_string_lossy().into_owned();
    for path in
        ["notes/plan.txt", "verifier/.hidden", &format!("{name}/.part"), &format!("{name}/copy/x.txt")]
    {
        std::fs::create_dir_all(desk.path(&format!("office/public/{path}")).parent().expect("a folder"))
            .expect("a folder");
        desk.write(&format!("office/public/{path}"), "x");
    }
    // Names that need an escape in such a list.
    desk.write("office/public/verifier/a\\b\nc.txt", "x");
    desk.good(&["-C", "office", "publish"]);
    let public = desk.path("office/public");
    let list = desk.read("office/public/site/SHA256SUMS");
    let records = desk.files("office/public").into_iter().filter_map(|(path, bytes)| {
        let path = path.strip_prefix(&public).unwrap_or(&path).to_str()?.to_owned();
        let (folder, file) = path.split_once('/')?;
        let is_record = folder != "site"
            && folder != "notes"
            && !file.starts_with('.')
            && !file.contains('\\')
            && !file.contains("copy");
        is_record.then(|| format!("{}  {path}", yaohao::digest::Digest::of(&[&bytes])))
    });
    let mut records: Vec<String> = records.collect();
    records.sort_by_key(|line| line[66..].to_owned());
    let (escaped, plain): (Vec<&str>, Vec<&str>) = list.lines().partition(|line| line.starts_with('\\'));
    assert!(records.len() > 15 && records.iter().any(|line| line.ends_with("/units.txt")), "{records:?}");
    assert_eq!(plain, records);
    assert!(escaped.len() == 1 && escaped[0].ends_with("  verifier/a\\\\b\\nc.txt"), "{escaped:?}");
    let checked = || {
        let mut command = std::process::Command::new("sha256sum");
        command.args(["-c", "--quiet", "--strict", "site/SHA256SUMS"]).current_dir(&public);
        command.status().expect("sha256sum").success()
    };
    assert!(checked());
    // Whatever a kill has left, the next one mends.
    desk.write("office/public/site/.SHA256SUMS.part", &list[..100]);
    desk.write("office/public/site/SHA256SUMS", &list[..list.len() / 2]);
    desk.good(&["-C", "office", "publish"]);
    assert_eq!(desk.read("office/public/site/SHA256SUMS"), list);
    assert!(!desk.path("office/public/site/.SHA256SUMS.part").exists());
    desk.write(&format!("office/public/{name}/units.txt"), "another");
    assert!(!checked());
}

#[test]
fn the_list_leaves_out_what_is_no_file() {
    let files = site_of_history();
    let list = text(files, "site/SHA256SUMS");
    let public = history();
    let count: usize = public.draws.values().map(|folder| folder.0.len()).sum();
    assert_eq!(list.lines().count(), count + public.log.len() + 2);
    assert!(list.contains("  2026-009/units.txt\n"), "also of a damaged draw");
    let mut paths: Vec<&str> = list.lines().map(|line| &line[66..]).collect();
    assert!(paths.is_sorted());
    paths.dedup();
    assert_eq!(paths.len(), list.lines().count());
    for page in ["index.html", "site/en/index.html", "site/zh/2026-002.html", "site/en/2026-002.html"] {
        assert!(text(files, page).contains("site/SHA256SUMS\""), "{page}");
    }
}

#[test]
fn without_a_site_no_step_makes_one() {
    let desk = Desk::with(POLICY, table);
    desk.commit(1);
    assert!(!desk.path("office/public/index.html").exists() && !desk.path("office/public/site").exists());
}

#[test]
fn options_of_the_log_need_a_log() {
    let desk = Desk::with(POLICY, table);
    desk.write("x.cosigned", "x");
    desk.bad(&["-C", "office", "publish", "--cosignature", "x.cosigned"], 8, "本机关没有设日志");
    desk.write("passphrase", "x\n");
    desk.bad(&["-C", "office", "publish", "--passphrase-file", "passphrase"], 8, "本机关没有设日志");
    assert!(!desk.path("office/public/index.html").exists());
}

#[test]
fn a_damaged_draw_has_a_page_that_says_so_and_stops_no_other() {
    let desk = drawn();
    let folder = desk.public(1);
    let copy = desk.path("office/public/2001-001");
    std::fs::create_dir(&copy).expect("a folder");
    for (path, bytes) in
        desk.files(&format!("office/public/{}", folder.file_name().expect("a name").display()))
    {
        std::fs::write(copy.join(path.file_name().expect("a name")), bytes).expect("a copy");
    }
    // A copy is no second draw: it is named, and nothing of it is shown.
    let run = desk.bad(&["-C", "office", "publish"], 8, "public/2001-001");
    assert!(run.out.contains("公示网站：1 次抽取") && run.err.contains("副本移出 public"), "{run:?}");
    assert!(!desk.path("office/public/site/zh/2001-001.html").exists());
    desk.edit("office/public/2001-001/commit.txt", &desk.draw(1), "example/2001/001");
    std::fs::write(copy.join("units.txt"), "yaohao/units/v1\nnonsense\n").expect("a file");
    let run = desk.bad(&["-C", "office", "publish"], 3, "units.txt");
    assert!(run.out.contains("公示网站：2 次抽取"), "{}", run.out);
    assert!(desk.read("office/public/site/zh/2001-001.html").contains("文件已损坏或被改动"));
    assert!(desk.read("office/public/site/en/2001-001.html").contains("units.txt: "));
    let en = desk.run(&["--lang", "en", "-C", "office", "publish"]);
    assert!(en.code == 3 && en.err.contains("public/2001-001: the public files of 1 draw"), "{}", en.err);
}

#[test]
fn tables_that_do_not_fit_their_lists_are_not_shown_as_true() {
    let desk = drawn();
    let name = desk.public(1).file_name().expect("a name").display().to_string();
    let teams = format!("office/public/{name}/teams.txt");
    let text = desk.read(&teams);
    let mut names = text.lines().filter_map(|line| line.split(" assistant=").nth(1));
    let (one, other) = (names.next().expect("a team"), names.find(|_| true).expect("another"));
    let forged = if one == other { text.replacen(one, "forged", 1) } else { text.replacen(one, other, 1) };
    desk.write(&teams, &forged);
    desk.bad(&["-C", "office", "publish"], 3, "teams.txt");
    let page = desk.read(&format!("office/public/site/zh/{name}.html"));
    assert!(
        page.contains("文件已损坏或被改动") && page.contains("record.sha256 与 teams.txt 不符"),
        "{page}"
    );
    desk.write(&teams, &text);
    desk.good(&["-C", "office", "publish"]);
}

#[test]
fn somebody_elses_pages_are_not_overwritten() {
    let desk = Desk::with(POLICY, table);
    desk.write("office/public/index.html", "<h1>本机关</h1>");
    desk.bad(&["-C", "office", "publish"], 8, "不会覆盖");
    assert_eq!(desk.read("office/public/index.html"), "<h1>本机关</h1>");
    std::fs::remove_file(desk.path("office/public/index.html")).expect("removed");
    desk.write("office/public/site", "a file");
    let run = desk.bad(&["-C", "office", "publish"], 8, "不会覆盖");
    assert!(run.err.contains("把它移走"), "{run:?}");
    std::fs::remove_file(desk.path("office/public/site")).expect("removed");
    std::fs::create_dir(desk.path("office/public/site")).expect("a folder");
    desk.write("office/public/site/map.html", "theirs");
    desk.bad(&["-C", "office", "publish"], 8, "不会覆盖");
    assert_eq!(desk.read("office/public/site/map.html"), "theirs");
}

#[test]
fn what_the_office_wants_to_say_stands_there() {
    let desk = drawn();
    let settings = desk.read("office/office.toml");
    let settings = settings
        .replace("# [site]", "[site]")
        .replace("# url =", "url =")
        .replace("# contact =", "contact =");
    desk.write("office/office.toml", &settings);
    desk.good(&["-C", "office", "publish"]);
    assert!(
        desk.read("office/public/feed.xml")
            .contains("<link rel=\"self\" type=\"application/atom+xml\" href=\"https://")
    );
    assert!(desk.read("office/public/index.html").contains("联系："));
    let start = settings.find("url = \"").expect("an address");
    desk.write(
        "office/office.toml",
        &format!("{}{}", &settings[..start], settings[start..].replacen("https:", "ftp:", 1)),
    );
    desk.bad(&["-C", "office", "publish"], 6, "不是网址");
}

#[test]
fn files_for_verifying_are_added_and_never_exchanged() {
    let desk = Desk::with(POLICY, table);
    let whole = desk.read("office/public/verifier/tiles.py");
    std::fs::remove_file(desk.path("office/public/verifier/tiles.py")).expect("removed");
    desk.write("office/public/verifier/notes.py", "# of an older program\n");
    let run = desk.good(&["-C", "office", "publish"]);
    assert!(run.out.contains("新增 public/verifier/tiles.py"), "{}", run.out);
    assert_eq!(desk.read("office/public/verifier/tiles.py"), whole);
    assert_eq!(desk.read("office/public/verifier/notes.py"), "# of an older program\n");
    let new: Vec<String> = desk
        .files("office/public/verifier")
        .into_iter()
        .filter_map(|(path, _)| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            name.starts_with("notes-").then_some(name)
        })
        .collect();
    assert!(new.len() == 1 && new[0].len() == "notes-01234567.py".len(), "{new:?}");
    let again = desk.good(&["-C", "office", "publish"]);
    assert!(!again.out.contains("新增"), "{}", again.out);
}
