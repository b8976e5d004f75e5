//! The office's desk: what is entered is there for good, once, in order, whatever crashes
//! and whoever else is entering; the store beside it can always be made again; and who
//! changes the journal is found out.

mod district;
#[path = "task/mod.rs"]
#[allow(unused, reason = "only what visits are made of")]
mod paper;
mod terminal;

use district::small::{POLICY, table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use terminal::DICE;
use yaohao::clock;
use yaohao::digest::Digest;
use yaohao::ids::DrawId;
use yaohao::lang::Lang;
use yaohao::problem::{Kind as ProblemKind, Outcome};
use yaohao::register::Post;
use yaohao::store::{Desk, JOURNAL, Office, Query, STORE};
use yaohao::stream::Stream;
use yaohao::task::{Act, Entry, Kind, Matter, Opened, Outcome as Found, State, Task, Visit};

const PEOPLE: &str =
    "[people]\nclerks = [\"N1\"]\nreviewers = [\"R1\"]\nlegal_reviewers = [\"F1\"]\nheads = [\"H1\"]\n";

/// An office with a closed draw, of a month that is over.
fn drawn(policy: &str) -> terminal::Desk {
    let desk = terminal::Desk::with(policy, table);
    let settings = desk.read("office/office.toml");
    desk.write("office/office.toml", &(settings + PEOPLE));
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let commitment = desk.witness(1, "commitment");
    desk.good(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &commitment]);
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    desk
}

fn sealed() -> String {
    let policy = POLICY.replace("XF01 = \"announced\"", "XF01 = \"until-visit\"");
    policy.replace("open_within_days = 20", "open_within_days = 3650")
}

/// With a day for every visit.
fn scheduled(policy: &str) -> String {
    policy.replace("[[beacon]]", "[schedule]\nday_minutes = { lead = 420, assistant = 420 }\n[[beacon]]")
}

/// An office without draws, for what needs none.
fn empty() -> terminal::Desk {
    let desk = terminal::Desk::with(POLICY, table);
    let settings = desk.read("office/office.toml");
    desk.write("office/office.toml", &(settings + PEOPLE));
    desk
}

fn office(desk: &terminal::Desk) -> Office {
    Office::open(&desk.path("office")).expect("an office")
}

fn open(desk: &terminal::Desk) -> Desk {
    Desk::open(&office(desk)).expect("a desk")
}

fn enter(folder: &Path, by: &str, acts: impl FnOnce(&Desk) -> Vec<Act>) -> Outcome<Entry> {
    let office = Office::open(folder)?;
    let lock = office.lock()?;
    let mut desk = Desk::open(&office)?;
    let (acts, standing) = (acts(&desk), desk.standing(&office)?);
    desk.enter(&lock, by, acts, clock::now(), &standing)
}

fn good(desk: &terminal::Desk, by: &str, acts: Vec<Act>) -> Entry {
    enter(&desk.path("office"), by, |_| acts).expect("entered")
}

/// A complaint that says `remark`.
fn complaint(desk: &Desk, remark: &str) -> Act {
    let now = clock::now();
    let year = u16::try_from(now.date_in_china().year()).expect("a year");
    let number = desk.next_matter(Kind::Complaint, year).expect("a number");
    let opened = paper::opened(&number.to_string());
    let name = format!("{} {remark}", opened.name);
    Act::Opened(Opened { received: now, name, remark: Some(remark.to_owned()), ..opened })
}

fn complain(desk: &terminal::Desk, remark: &str) -> Entry {
    enter(&desk.path("office"), "N1", |desk| vec![complaint(desk, remark)]).expect("entered")
}

/// A visit of today, moved there from its month.
fn visited(task: &Task) -> Vec<Act> {
    let (of, day) = (task.matter.clone(), clock::now().date_in_china());
    let visit = Visit {
        matter: of.clone(),
        day,
        present: task.seats.clone(),
        items: task.items.iter().map(|item| (item.clone(), Found::NoProblem)).collect(),
        ..paper::visit()
    };
    vec![Act::Moved { matter: of, day, reason: "canary-reason".to_owned() }, Act::Visited(visit)]
}

fn remarks(desk: &Desk) -> BTreeMap<String, u32> {
    let tasks = desk.tasks(&Query { kind: Some(Kind::Complaint), ..Query::default() }).expect("tasks");
    let mut remarks = BTreeMap::new();
    for remark in tasks.iter().filter_map(|task| task.opened.as_ref()?.remark.clone()) {
        *remarks.entry(remark).or_insert(0) += 1;
    }
    remarks
}

/// Every row of every table, as text.
fn dump(folder: &Path) -> Vec<String> {
    let store = rusqlite::Connection::open(folder.join(STORE)).expect("a store");
    let mut tables = store.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("tables");
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("a name")).collect();
    let mut dump = Vec::new();
    for table in tables {
        let mut select = store.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = select.column_count();
        let mut rows = select.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cell = |at| format!("{:?}", row.get_ref(at).expect("a cell"));
            dump.push(format!("{table}: {}", (0..columns).map(cell).collect::<Vec<_>>().join(" | ")));
        }
    }
    dump.sort();
    dump
}

// ---- drawn visits ------------------------------------------------------------------------

/// Open and sealed draws alike: the office sees who goes before anybody else may.
#[test]
fn every_drawn_unit_is_a_task_with_those_who_go() {
    for policy in [POLICY.to_owned(), sealed(), scheduled(&sealed())] {
        let desk = drawn(&policy);
        let tasks = open(&desk).tasks(&Query::default()).expect("tasks");
        let rows = rows_of(&desk, "result.csv");
        assert_eq!(tasks.len(), rows.len());
        for (task, row) in tasks.iter().zip(&rows) {
            assert_eq!(task.matter.to_string(), format!("{}/{}", desk.draw(1), row[0]));
            assert_eq!((task.state, task.kind()), (State::Pending, Kind::Drawn));
            assert_eq!((&task.name, task.items.join("、")), (&row[1], row[6].clone()));
            let seats: Vec<&String> = task.seats.iter().map(|(_, who)| who).collect();
            assert_eq!(seats, [&row[9], &row[11]]);
            assert_eq!(task.minutes, [240, 180]);
            assert!(task.decided.is_some() && task.window.is_some());
            assert_eq!(task.scheduled.map(|day| day.to_string()).unwrap_or_default(), row[7]);
            assert_eq!((task.planned, task.day()), (task.scheduled, task.scheduled));
        }
        let people = open(&desk).people().expect("people");
        assert_eq!(people.len(), 10);
        assert!(people.values().all(|who| who.post == Post::InPost && who.name.starts_with("示例人员")));
    }
}

fn rows_of(desk: &terminal::Desk, file: &str) -> Vec<Vec<String>> {
    let bytes = std::fs::read(desk.private(1).join(file)).expect("a table");
    let rows = csv::Reader::from_reader(&bytes[3..])
        .into_records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<String>>());
    rows.collect()
}

/// After a late change the stand-in goes, as soon as it is decided.
#[test]
fn a_late_change_changes_who_goes() {
    for policy in [POLICY.to_owned(), sealed()] {
        let desk = drawn(&policy);
        let before = open(&desk).ledger().expect("a ledger");
        // Somebody for whom somebody can stand in.
        let asked = before.tasks.values().find_map(|task| {
            let (unit, absent) = (task.unit.clone()?, task.seats[1].1.clone());
            let ask = ["-C", "office", "replace", &unit, "--absent", &absent, "--reason", "absent"];
            (desk.run(&ask).code == 0).then_some((task.matter.clone(), absent))
        });
        let (of, absent) = asked.expect("somebody can be replaced");
        assert_eq!(open(&desk).ledger().expect("a ledger"), before, "until it is decided nothing changes");
        let public = desk.public(1).display().to_string();
        desk.good(&["link", &public, "--chain", &desk.witness(1, "chain"), "--out", "witness"]);
        let link = desk.witness(1, "link").replace(".link", "-001.link");
        desk.good(&["-C", "office", "replace", "--link", &link]);
        let after = open(&desk).task(&of).expect("a store").expect("a task");
        assert_ne!(after.seats[1].1, absent);
        assert_eq!(after.seats[0], before.tasks[&of].seats[0]);
        assert!(is_as_rebuilt(&desk));
    }
}

/// Whether the store says the same after it was made again.
fn is_as_rebuilt(desk: &terminal::Desk) -> bool {
    let folder = desk.path("office");
    let before = dump(&folder);
    desk.good(&["-C", "office", "journal", "--rebuild"]);
    before == dump(&folder)
}

/// What was drawn stays drawn, also where somebody takes the folder away.
#[test]
fn a_draw_that_vanished_is_told() {
    let desk = drawn(POLICY);
    open(&desk);
    std::fs::rename(desk.public(1), desk.path("elsewhere")).expect("moved");
    desk.bad(&["-C", "office", "journal"], 3, "有过结果");
    std::fs::rename(desk.path("elsewhere"), desk.public(1)).expect("moved back");
    desk.good(&["-C", "office", "journal"]);
}

// ---- asking ------------------------------------------------------------------------------

#[test]
fn tasks_are_found_by_what_is_known_of_them() {
    let desk = drawn(POLICY);
    let all = open(&desk).ledger().expect("a ledger");
    let first = all.tasks.values().next().expect("a task").clone();
    good(&desk, "N1", visited(&first));
    complain(&desk, "甲");
    let desk = open(&desk);
    let today = clock::now().date_in_china();
    let draw: DrawId = match &first.matter {
        Matter::Drawn { draw, .. } => draw.clone(),
        Matter::Numbered { .. } => unreachable!("drawn"),
    };
    let count = |query: Query| desk.tasks(&query).expect("tasks").len();
    let none = Query::default();
    assert_eq!(count(none.clone()), all.tasks.len() + 1);
    assert_eq!(count(Query { draw: Some(draw), ..none.clone() }), all.tasks.len());
    assert_eq!(count(Query { kind: Some(Kind::Complaint), ..none.clone() }), 1);
    assert_eq!(count(Query { state: Some(State::Visited), ..none.clone() }), 1);
    assert_eq!(count(Query { unit: first.unit.clone(), ..none.clone() }), 1);
    let there = |task: &&Task| task.town == first.town && task.zone == first.zone;
    let wanted = all.tasks.values().filter(there).count();
    let (town, zone) = (first.town.clone(), first.zone.clone());
    assert_eq!(count(Query { zone, ..none.clone() }), wanted);
    // The complaint is in the first town.
    let complaint = usize::from(town.as_deref() == Some("500112011"));
    assert_eq!(count(Query { town, ..none.clone() }), wanted + complaint);
    let lead = first.seats[0].1.clone();
    let goes = |task: &&Task| task.seats.iter().any(|(_, who)| *who == lead);
    let wanted = all.tasks.values().filter(goes).count();
    assert_eq!(count(Query { officer: Some(lead.clone()), ..none.clone() }), wanted);
    assert_eq!(count(Query { from: Some(today), until: Some(today), ..none.clone() }), 1);
    assert_eq!(count(Query { from: Some(today.plus_days(1)), ..none }), 0);
}

// ---- entering ----------------------------------------------------------------------------

#[test]
fn a_refused_entry_leaves_nothing_behind() {
    let desk = drawn(POLICY);
    let task = open(&desk).ledger().expect("a ledger").tasks.into_values().next().expect("a task");
    let mut acts = visited(&task);
    acts.push(Act::Approved { matter: task.matter.clone() });
    let problem = enter(&desk.path("office"), "N1", |_| acts).expect_err("not submitted");
    assert_eq!(problem.kind, ProblemKind::State);
    assert!(problem.to(Lang::Zh).contains(&task.matter.to_string()));
    assert!(!desk.path("office").join(JOURNAL).exists());
    assert_eq!(open(&desk).task(&task.matter).expect("a store"), Some(task.clone()));
    good(&desk, "N1", visited(&task));
    good(&desk, "N1", vec![Act::Submitted { matter: task.matter.clone() }]);
    good(&desk, "R1", vec![Act::Approved { matter: task.matter.clone() }]);
    let trail = desk.good(&["-C", "office", "journal", &task.matter.to_string()]);
    for shown in ["改期", "检查结果", "送审", "审核通过", "canary-reason", "第 3 条  R1"] {
        assert!(trail.out.contains(shown), "{}", trail.out);
    }
    let list = desk.good(&["--json", "-C", "office", "journal"]);
    assert!(list.out.contains("\"approved\""), "{}", list.out);
    desk.good(&["-C", "office", "journal", "--check"]);
    desk.bad(&["-C", "office", "journal", "2026/complaint/0001"], 2, "没有事项");
    desk.bad(&["-C", "office", "journal", "复查"], 2, "2026/complaint/0001");
    // Nothing of it is public, not even in the site.
    desk.good(&["-C", "office", "publish"]);
    for (path, bytes) in desk.files("office/public") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("canary-reason") && !text.contains("示例人员"), "{}", path.display());
    }
}

#[test]
fn a_clock_that_goes_back_enters_nothing() {
    let desk = empty();
    complain(&desk, "甲");
    let office = office(&desk);
    let lock = office.lock().expect("free");
    let mut store = Desk::open(&office).expect("a desk");
    let (act, standing) = (complaint(&store, "乙"), store.standing(&office).expect("known"));
    let early = paper::moment("2026-01-01T00:00:00Z");
    let problem = store.enter(&lock, "N1", vec![act], early, &standing).expect_err("early");
    assert!(problem.to(Lang::Zh).contains("时钟"));
    assert!(store.enter(&lock, "N1", Vec::new(), clock::now(), &standing).is_err(), "an entry has acts");
}

// ---- tampering ---------------------------------------------------------------------------

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join(JOURNAL))
        .expect("a journal")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| !path.file_name().expect("a name").to_string_lossy().starts_with('.'))
        .collect();
    paths.sort();
    paths
}

/// Every way to change the journal is told, with the entry; with the store, and without it
/// as far as the chain alone tells.
#[test]
fn whoever_changes_the_journal_is_found_out() {
    let desk = empty();
    ["甲", "乙", "丙", "丁"].iter().for_each(|remark| drop(complain(&desk, remark)));
    let folder = desk.path("office");
    let paths = entries(&folder);
    let bytes: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).expect("an entry")).collect();
    let store = std::fs::read(folder.join(STORE)).expect("a store");
    let flip = |at: usize| {
        let mut changed = bytes[at].clone();
        let last = changed.len() - 2;
        changed[last] ^= 1;
        std::fs::write(&paths[at], changed).expect("written");
    };
    let is_told = |what: &str, number: usize, alone: Option<usize>| {
        for (without, told) in [(false, Some(number)), (true, alone)] {
            if without {
                std::fs::remove_file(folder.join(STORE)).expect("removed");
            }
            let outcome = Desk::open(&office(&desk)).map(drop);
            match (told, outcome) {
                (Some(number), Err(problem)) => {
                    assert_eq!(problem.kind, ProblemKind::Unreadable, "{what}");
                    let shown = problem.to(Lang::Zh);
                    assert!(shown.contains(&format!("第 {number} 条")), "{what}: {shown}");
                    let refused = enter(&folder, "N1", |desk| vec![complaint(desk, "戊")]);
                    assert!(refused.is_err(), "{what}: nothing is entered behind it");
                }
                (None, Ok(())) => {}
                (_, outcome) => panic!("{what}, without the store {without}: {outcome:?}"),
            }
        }
        for (path, bytes) in paths.iter().zip(&bytes) {
            std::fs::write(path, bytes).expect("written");
        }
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.join(format!("{STORE}{ending}")));
        }
        std::fs::write(folder.join(STORE), &store).expect("written");
        open(&desk);
    };
    flip(1);
    is_told("a flip", 2, Some(3));
    flip(3);
    // Only the store bears witness of the last.
    is_told("a flip of the last", 4, None);
    std::fs::write(&paths[2], &bytes[2][..bytes[2].len() / 2]).expect("written");
    is_told("half of it", 3, Some(3));
    std::fs::write(&paths[2], b"").expect("written");
    is_told("nothing of it", 3, Some(3));
    std::fs::remove_file(&paths[1]).expect("removed");
    is_told("a missing one", 2, Some(2));
    std::fs::remove_file(&paths[3]).expect("removed");
    is_told("the last is missing", 4, None);
    std::fs::write(&paths[1], &bytes[2]).expect("written");
    std::fs::write(&paths[2], &bytes[1]).expect("written");
    is_told("two exchanged", 2, Some(2));
}

#[test]
fn what_else_lies_in_the_journal_is_told_or_harmless() {
    let desk = empty();
    complain(&desk, "甲");
    let folder = desk.path("office");
    let stray = folder.join(JOURNAL).join("000002 (1).txt");
    std::fs::write(&stray, "x").expect("written");
    assert!(Desk::open(&office(&desk)).is_err_and(|problem| problem.place.contains("000002 (1)")));
    std::fs::remove_file(&stray).expect("removed");
    // What a crash leaves is harmless.
    std::fs::write(folder.join(JOURNAL).join(".000002.txt.part"), "half").expect("written");
    complain(&desk, "乙");
    assert_eq!(open(&desk).check().expect("whole").number, 2);
}

/// An entry that does not fit behind the one before, although it says it does.
#[test]
fn time_and_number_run_forward() {
    let desk = empty();
    let first = complain(&desk, "甲");
    let folder = desk.path("office");
    let put = |entry: &Entry| {
        let path = folder.join(JOURNAL).join("000002.txt");
        std::fs::write(path, entry.text()).expect("written");
        Desk::open(&office(&desk)).map(drop)
    };
    let next = Entry { number: 2, after: Some(first.id()), ..first.clone() };
    let told = |entry: Entry| put(&entry).expect_err("refused").to(Lang::Zh);
    assert!(
        told(Entry { at: paper::moment("2026-01-01T00:00:00Z"), ..next.clone() }).contains("时间早于前一条")
    );
    assert!(told(Entry { number: 3, ..next.clone() }).contains("里面写的是第 3 条"));
    assert!(told(Entry { after: None, ..next.clone() }).contains("接在另一份"));
    put(&next).expect("this one fits, and reading judges nothing");
}

/// The way out where the journal was restored on purpose: said aloud.
#[test]
fn the_store_is_made_again_when_somebody_says_so() {
    let desk = empty();
    ["甲", "乙"].iter().for_each(|remark| drop(complain(&desk, remark)));
    std::fs::remove_file(desk.path("office").join(JOURNAL).join("000002.txt")).expect("removed");
    let told = desk.bad(&["-C", "office", "journal"], 3, "台账缺第 2 条");
    assert!(told.err.contains("--rebuild"), "{}", told.err);
    let rebuilt = desk.good(&["-C", "office", "journal", "--rebuild"]);
    assert!(rebuilt.err.contains("第 2 条") && rebuilt.out.contains("台账 1 条"), "{rebuilt:?}");
    assert_eq!(remarks(&open(&desk)).len(), 1);
}

// ---- the store ---------------------------------------------------------------------------

/// What happened to the store, what is said of it, and how it is done.
type Break = (&'static str, &'static str, fn(&Path));

#[test]
fn the_store_can_always_be_made_again() {
    let desk = drawn(POLICY);
    for task in open(&desk).ledger().expect("a ledger").tasks.into_values().take(3) {
        good(&desk, "N1", visited(&task));
    }
    complain(&desk, "甲");
    let folder = desk.path("office");
    let (before, ledger) = (dump(&folder), open(&desk).ledger().expect("a ledger"));
    let store = folder.join(STORE);
    let breaks: [Break; 4] = [
        ("gone", "不在了", |store| std::fs::remove_file(store).expect("removed")),
        ("no database", "已损坏", |store| std::fs::write(store, "x".repeat(9000)).expect("written")),
        ("cut", "", |store| {
            let bytes = std::fs::read(store).expect("a store");
            std::fs::write(store, &bytes[..100]).expect("written");
        }),
        ("of another version", "别的版本", |store| {
            let store = rusqlite::Connection::open(store).expect("a store");
            store.pragma_update(None, "user_version", 99).expect("set");
        }),
    ];
    for (what, said, damage) in breaks {
        // Nothing of the log of writes may be left to repair it from.
        let connection = rusqlite::Connection::open(&store).expect("a store");
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("checkpoint");
        drop(connection);
        damage(&store);
        let run = desk.good(&["-C", "office", "journal"]);
        assert!(run.err.contains(said) && run.err.contains("重建"), "{what}: {}", run.err);
        assert_eq!(dump(&folder), before, "{what}");
        assert_eq!(open(&desk).ledger().expect("a ledger"), ledger, "{what}");
    }
    desk.good(&["-C", "office", "journal", "--rebuild"]);
    assert_eq!(dump(&folder), before);
}

#[test]
fn nothing_of_the_journal_is_changed_in_the_store() {
    let desk = empty();
    complain(&desk, "甲");
    let store = rusqlite::Connection::open(desk.path("office").join(STORE)).expect("a store");
    for change in [
        "UPDATE entry SET by = 'X'",
        "DELETE FROM entry",
        "UPDATE act SET text = ''",
        "DELETE FROM act",
        "INSERT OR REPLACE INTO act SELECT entry, position, matter, word, '' FROM act",
    ] {
        assert!(store.execute(change, []).is_err(), "{change}");
    }
    #[cfg(unix)]
    for name in [STORE, "private/journal/000001.txt"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(desk.path("office").join(name)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    store
        .execute_batch("DROP TRIGGER act_stays; UPDATE act SET text = replace(text, '甲', '乙')")
        .expect("done");
    desk.bad(&["-C", "office", "journal", "--check"], 3, "第 1 条与台账不一致");
    desk.good(&["-C", "office", "journal", "--rebuild"]);
    desk.good(&["-C", "office", "journal", "--check"]);
}

// ---- many at once, and crashes -----------------------------------------------------------

const CHILD: &str = "YAOHAO_TEST_DESK";

/// Not a test: what [`start`] runs in a process of its own. It enters complaints and says
/// of each that it is entered.
#[test]
fn a_process_that_enters() {
    #[expect(clippy::disallowed_methods, reason = "a process is told by its environment what to do")]
    let Ok(task) = std::env::var(CHILD) else { return };
    let (folder, rest) = task.split_once('|').expect("a folder");
    let (name, count) = rest.split_once('|').expect("a name");
    for number in 0..count.parse::<u32>().expect("a count") {
        let remark = format!("{name}-{number}");
        let entry = enter(Path::new(folder), "N1", |desk| vec![complaint(desk, &remark)]);
        entry.unwrap_or_else(|problem| panic!("{}", problem.to(Lang::En)));
        let said = Path::new(folder).join(format!("{remark}.done"));
        std::fs::write(said, "").expect("said");
    }
}

fn start(folder: &Path, name: &str, count: u32) -> Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "a_process_that_enters"])
        .env(CHILD, format!("{}|{name}|{count}", folder.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process")
}

fn done(folder: &Path) -> BTreeSet<String> {
    let names = std::fs::read_dir(folder).expect("a folder").flatten();
    names.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".done")?.to_owned())).collect()
}

#[test]
fn many_processes_enter_at_once_and_nothing_is_lost_or_doubled() {
    let desk = empty();
    let folder = desk.path("office");
    let children: Vec<Child> = (0..8).map(|n| start(&folder, &format!("p{n}"), 6)).collect();
    // Readers catch up at the same time.
    for _ in 0..20 {
        open(&desk).ledger().expect("a ledger");
    }
    for mut child in children {
        assert!(child.wait().expect("a process").success());
    }
    let remarks = remarks(&open(&desk));
    assert_eq!(remarks.len(), 48);
    assert!(remarks.values().all(|count| *count == 1), "{remarks:?}");
    assert_eq!(open(&desk).check().expect("whole").number, 48);
    assert!(is_as_rebuilt(&desk));
}

#[test]
fn a_busy_office_is_waited_for() {
    let desk = empty();
    let lock = office(&desk).lock().expect("free");
    let mut child = start(&desk.path("office"), "p", 1);
    std::thread::sleep(Duration::from_millis(500));
    assert!(child.try_wait().expect("a process").is_none(), "it waits");
    drop(lock);
    assert!(child.wait().expect("a process").success());
    assert_eq!(open(&desk).head().expect("a head").number, 1);
}

/// Killed at any moment: what was said to be entered is, once; what was not said is there
/// whole or not at all; and the next command needs no help.
#[test]
fn a_crash_loses_and_doubles_nothing() {
    let mut chance = Stream::new(Digest::of(&[b"desk crash\n"]));
    let desk = empty();
    let folder = desk.path("office");
    let mut entered = 0;
    for run in 0..24 {
        let mut child = start(&folder, &format!("r{run}"), 1000);
        std::thread::sleep(Duration::from_micros(10_000 + chance.below(120_000)));
        let _ = child.kill();
        let _ = child.wait();
        let (said, found) = (done(&folder), remarks(&open(&desk)));
        let lost: Vec<&String> = said.iter().filter(|remark| !found.contains_key(*remark)).collect();
        assert!(lost.is_empty(), "run {run}: {lost:?}");
        assert!(found.values().all(|count| *count == 1), "run {run}: {found:?}");
        // At most the one that was under way is there without having been said.
        assert!(found.len() <= said.len() + run + 1, "run {run}");
        let head = open(&desk).check().expect("whole");
        assert_eq!(head.number as usize, found.len(), "run {run}");
        entered = found.len();
    }
    assert!(entered > 24, "the processes came to enter something: {entered}");
    complain(&desk, "后");
    assert!(is_as_rebuilt(&desk));
}

/// Between journal and store: the store catches up, once.
#[test]
fn an_entry_that_the_store_does_not_know_is_caught_up_with() {
    let desk = empty();
    complain(&desk, "甲");
    let store = std::fs::read(desk.path("office").join(STORE)).expect("a store");
    let behind: Vec<(PathBuf, Vec<u8>)> = ["-wal"]
        .iter()
        .filter_map(|ending| {
            let path = desk.path("office").join(format!("{STORE}{ending}"));
            Some((path.clone(), std::fs::read(path).ok()?))
        })
        .collect();
    complain(&desk, "乙");
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(desk.path("office").join(format!("{STORE}{ending}")));
    }
    std::fs::write(desk.path("office").join(STORE), store).expect("written");
    behind.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).expect("written"));
    assert_eq!(remarks(&open(&desk)).len(), 2);
    assert_eq!(remarks(&open(&desk)).values().sum::<u32>(), 2);
}
