//! Results from the visit to the public list, through the commands: what is published,
//! what is not, and what a publication that was cut short leaves.

mod district;
mod terminal;

use district::small::{POLICY, table};
use std::collections::BTreeMap;
use std::path::PathBuf;
use terminal::{DICE, Desk, Run};

const PEOPLE: &str = "\n[people]\nclerks = [\"NQ01\"]\nreviewers = [\"SH01\"]\nlegal_reviewers = [\"FZ01\"]\nheads = [\"FZR01\"]\n";

/// An office with one draw that is public, the day of its record, and the drawn units.
struct Office {
    desk: Desk,
    day: String,
    units: Vec<String>,
}

impl Office {
    fn new(sealed: bool) -> Office {
        let policy = match sealed {
            true => POLICY.replace("XF01 = \"announced\"", "XF01 = \"until-visit\""),
            false => POLICY.to_owned(),
        };
        let desk = Desk::with(&policy, table);
        let settings = desk.read("office/office.toml") + PEOPLE;
        desk.write("office/office.toml", &settings);
        desk.commit(1);
        let nonce = desk.witness(1, "nonce");
        desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
        let record = std::fs::read_to_string(desk.public(1).join("record.txt")).expect("a record");
        let at = record.lines().find_map(|line| line.strip_prefix("at ")).expect("a time");
        let at: yaohao::time::Moment = at.parse().expect("a moment");
        let day = at.date_in_china().to_string();
        let mut office = Office { desk, day, units: Vec::new() };
        office.units = office.drawn();
        office
    }

    /// The drawn units, as the office itself knows them.
    fn drawn(&self) -> Vec<String> {
        let run = self.good(&["tasks", "--json"]);
        let list: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let text = list.to_string();
        let units = (0..60).map(district::small::unit_id).filter(|unit| text.contains(unit.as_str()));
        units.collect()
    }

    fn good(&self, arguments: &[&str]) -> Run {
        self.desk.good(&[&["-C", "office"], arguments].concat())
    }

    fn matter(&self, unit: usize) -> String {
        format!("{}/{}", self.desk.draw(1), self.units[unit])
    }

    /// A result that somebody reviewed; the day is that of the record, wherever the window lies.
    fn visit(&self, unit: usize, found: &[&str]) {
        let matter = self.matter(unit);
        let reason = "示例理由不公开";
        self.good(&["task", "move", &matter, "--to", &self.day, "--reason", reason, "--by", "NQ01"]);
        self.result(&matter, found);
    }

    fn result(&self, matter: &str, found: &[&str]) {
        let day = self.day.as_str();
        let start = ["result", matter, "--on", day, "--remark", "示例备注不公开", "--by", "NQ01"];
        self.good(&[&start, found].concat());
        self.good(&["review", "submit", matter, "--by", "NQ01"]);
        self.good(&["review", "approve", matter, "--by", "SH01"]);
    }

    fn fine(&self, unit: usize) {
        self.visit(unit, &["--item", "XF01=no-problem", "--hazards", "0", "--rectified", "0"]);
    }

    fn lists(&self) -> BTreeMap<PathBuf, String> {
        let files = self.desk.files("office/public/results").into_iter();
        files.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
    }

    fn list(&self, number: u32) -> String {
        self.desk.read(&format!("office/public/results/results-{number:04}.txt"))
    }

    fn publish(&self) -> Run {
        self.good(&["publish", "--by", "NQ01"])
    }

    fn state(&self, unit: usize) -> String {
        self.good(&["task", "show", &self.matter(unit)]).out
    }
}

#[test]
fn what_passed_the_review_is_published_once_and_mended_in_a_later_list() {
    let office = Office::new(false);
    office.fine(0);
    let by = format!("示例限改〔2026〕1号@{}", office.day);
    office.visit(1, &["--item", "XF01=open", "--hazards", "2", "--rectified", "1", "--by-date", &by]);
    office.good(&["task", "close", &office.matter(2), "--reason", "示例理由不公开", "--by", "FZR01"]);
    // Not reviewed: nothing of it goes out.
    let matter = office.matter(3);
    office.good(&["task", "move", &matter, "--to", &office.day, "--reason", "换日子", "--by", "NQ01"]);

    let (first, second, closed) = (&office.units[0], &office.units[1], &office.units[2]);
    let (draw, day) = (office.desk.draw(1), &office.day);
    let wanted = [
        format!("closed {draw} {closed}"),
        format!("result {draw} {first} {day} 0 0 - XF01=no-problem"),
        format!("result {draw} {second} {day} 2 1 by-date=1 XF01=open"),
    ];
    let shown = office.good(&["publish", "--dry-run"]).out;
    for words in ["检查，XF01 ", "火灾隐患", "行政处罚", "（原文见 --json）"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let preview = office.good(&["--json", "publish", "--dry-run"]).out;
    wanted.iter().for_each(|line| assert!(preview.contains(line), "{line}\n{preview}"));
    assert!(office.lists().is_empty(), "a preview writes nothing");
    let reminded = office.good(&["publish"]).out;
    assert!(reminded.contains("有 3 项待公示"), "{reminded}");
    assert!(office.lists().is_empty());

    office.publish();
    let list = office.list(1);
    let lines: Vec<&str> = list.lines().skip(6).collect();
    assert_eq!(lines, wanted, "{list}");
    assert!(office.state(1).contains("已公示"), "{}", office.state(1));
    office.publish();
    assert_eq!(office.lists().len(), 1, "nothing is published twice");

    let mended = office.matter(1);
    office.good(&["review", "return", &mended, "--reason", "示例理由不公开", "--by", "SH01"]);
    office.result(
        &mended,
        &["--item", "XF01=corrected", "--hazards", "2", "--rectified", "2", "--by-date", &by],
    );
    office.publish();
    assert!(office.list(2).contains(&format!("result {draw} {second} {day} 2 2 by-date=1 XF01=corrected\n")));
    assert_eq!(office.list(1), list, "the first list stays");

    let audit = office.desk.good(&["audit", "office/public", "--json", "--lang", "en"]).out;
    assert!(audit.contains("it takes the place of what list 1 says"), "{audit}");
    assert!(audit.contains("2 of ") && audit.contains("1 ended without a visit"), "{audit}");
    let page = office.desk.read(&format!("office/public/site/zh/{}-001.html", &draw[8..12]));
    assert!(page.contains("发现问题经责令已改正") && page.contains("已终结，没有检查"), "{page}");
    let start = office.desk.read("office/public/site/zh/results.html");
    assert!(start.contains("results-0002.txt"), "{start}");
    private_stays_private(&office);
}

/// No name, no number of anybody, no reason and no remark in what is public.
fn private_stays_private(office: &Office) {
    for (path, bytes) in office.desk.files("office/public") {
        let text = String::from_utf8_lossy(&bytes);
        for secret in
            ["示例人员", "SL00", "NQ01", "SH01", "FZ01", "FZR01", "示例理由", "示例备注", "示例限改"]
        {
            assert!(!text.contains(secret), "{}: {secret}", path.display());
        }
    }
}

#[test]
fn a_penalty_is_published_after_the_legal_reviewer() {
    let office = Office::new(false);
    let unit = &office.units[0];
    let (number, day) = ("示例消行罚决字〔2026〕0001号", office.day.as_str());
    office.good(&[
        "penalty", "open", "--unit", unit, "--number", number, "--on", day, "--yuan", "5000", "--by", "NQ01",
    ]);
    let person = "示例消行罚决字〔2026〕0002号";
    office.good(&[
        "penalty", "open", "--name", "个人", "--number", person, "--on", day, "--yuan", "0", "--by", "NQ01",
    ]);
    let year = &day[..4];
    let numbered = |n: u32| format!("{year}/penalty/{n:04}");
    office.good(&["review", "submit", &numbered(1), &numbered(2), "--by", "NQ01"]);
    office.desk.bad(&["-C", "office", "review", "approve", &numbered(1), "--by", "SH01"], 8, "法制员");
    office.publish();
    assert!(office.lists().is_empty());
    office.good(&["review", "approve", &numbered(1), &numbered(2), "--by", "FZ01"]);
    office.publish();
    let list = office.list(1);
    assert!(list.contains(&format!("penalty {} {day} {unit} 5000 {number}\n", numbered(1))), "{list}");
    assert!(list.contains(&format!("penalty {} {day} - 0 {person}\n", numbered(2))), "{list}");
    let page = office.desk.read("office/public/site/zh/results.html");
    assert!(page.contains(number) && page.contains("个人或名录以外的单位"), "{page}");
    office.desk.good(&["audit", "office/public"]);
    private_stays_private(&office);
}

#[test]
fn results_of_a_sealed_draw_wait_for_its_opening() {
    let office = Office::new(true);
    office.fine(0);
    let held = office.publish().out;
    assert!(held.contains("另有 1 项审核通过"), "{held}");
    assert!(office.lists().is_empty());
    let public = office.desk.files("office/public");
    let unit = office.units[0].as_bytes();
    let named = public.iter().filter(|(_, bytes)| bytes.windows(unit.len()).any(|part| part == unit));
    let named: Vec<&PathBuf> = named.map(|(path, _)| path).collect();
    assert!(
        named.iter().all(|path| path.ends_with("units.txt") || path.extension().is_some_and(|e| e == "js")),
        "{named:?}"
    );
}

/// The list is there, and the power went before anything else was written.
#[test]
fn a_publication_cut_short_is_finished_and_not_written_twice() {
    let office = Office::new(false);
    office.fine(0);
    office.fine(1);
    let before = office.desk.files("office/private/journal").len();
    let kept: Vec<(PathBuf, Vec<u8>)> = office.desk.files("office/private");
    office.publish();
    let list = office.list(1);
    assert_eq!(office.desk.files("office/private/journal").len(), before + 1);
    // As it was, but for the list and its salt.
    let salt = office.desk.path("office/private/results/results-0001.salt");
    for (path, _) in office.desk.files("office/private") {
        if path != salt {
            std::fs::remove_file(path).expect("a file");
        }
    }
    kept.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).expect("a file"));
    assert!(!office.state(0).contains("已公示"));
    office.publish();
    assert_eq!((office.lists().len(), office.list(1)), (1, list.clone()));
    assert!(office.state(0).contains("已公示") && office.state(1).contains("已公示"));
    // The salt was kept, and the power went before the list was written.
    std::fs::remove_file(office.desk.path("office/public/results/results-0001.txt")).expect("a list");
    for (path, _) in office.desk.files("office/private") {
        if path != salt {
            std::fs::remove_file(path).expect("a file");
        }
    }
    kept.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).expect("a file"));
    office.publish();
    let bound = |list: &str| list.lines().find(|line| line.starts_with("journal ")).map(str::to_owned);
    assert_eq!(bound(&office.list(1)), bound(&list));
}

#[test]
fn nothing_is_written_that_cannot_be_finished() {
    let office = Office::new(false);
    office.fine(0);
    office.desk.bad(&["-C", "office", "publish", "--by", "XX99"], 8, "XX99");
    assert!(office.lists().is_empty());
    office.publish();
    // A list that was changed, or is gone, is nothing to go on from.
    let list = office.list(1);
    office.desk.write("office/public/results/results-0001.txt", &list.replace("no-problem", "open"));
    let changed = office.list(1);
    office.fine(1);
    office.desk.write("office/public/results/notes.txt", "x\n");
    office.desk.bad(&["-C", "office", "publish", "--by", "NQ01"], 8, "别的文件");
    std::fs::remove_file(office.desk.path("office/public/results/notes.txt")).expect("a file");
    assert_eq!(office.list(1), changed);
    std::fs::remove_file(office.desk.path("office/public/results/results-0001.txt")).expect("a list");
    office.desk.bad(&["-C", "office", "publish", "--by", "NQ01"], 8, "public/results 里没有");
    assert!(office.lists().is_empty());
}
