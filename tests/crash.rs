//! The machine stops: every command that writes is killed (SIGKILL) again and again,
//! at moments that a fixed seed chooses, and typed again. It has to recover by
//! itself: nothing lost, doubled or half-written, and what was written stays.

mod district;
mod terminal;

use district::small::{POLICY, table};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use terminal::{DICE, Desk};
use yaohao::digest::Digest;
use yaohao::store::folder_of;
use yaohao::stream::Stream;
use yaohao::verify::{Known, Verdict, verify};

/// One command to be killed.
struct Step {
    name: &'static str,
    /// How often.
    runs: u32,
    /// What comes before it.
    before: fn() -> Desk,
    command: fn(&Desk) -> Vec<String>,
    /// What typing it again says if it had finished, where that is an error.
    done: &'static str,
    /// The verdict on draw 1 afterwards; `None` if there is none.
    verdict: Option<Verdict>,
    /// Files, by the end of their path, that are the same bytes in every run.
    determined: &'static [&'static str],
    /// What is typed afterwards, after a run without a fault too: a command that had
    /// finished refuses to run again, and its log is caught up by `publish`.
    then: &'static [&'static str],
}

const PUBLISH: &[&str] = &["-C", "office", "publish"];

const STEPS: &[Step] = &[
    Step {
        name: "nonce",
        runs: 16,
        before: small,
        command: |desk| {
            words(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"])
        },
        done: "绝不覆盖",
        verdict: None,
        determined: &[],
        then: &[],
    },
    Step {
        name: "commit",
        runs: 50,
        before: || {
            let desk = small();
            desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
            desk
        },
        command: |desk| commit(desk, 1),
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &["policy.toml", "items.txt", "-001/units.csv", "-001/inspectors.csv", "history.txt"],
        then: &[],
    },
    Step {
        name: "commit-after-a-void",
        runs: 20,
        before: || {
            let desk = voided();
            desk.good(&["nonce", "--draw", &desk.draw(2), "--party", "discipline", "--out", "witness"]);
            desk
        },
        command: |desk| commit(desk, 2),
        done: "",
        verdict: Some(Verdict::Verified),
        determined: &["carried.txt"],
        then: &[],
    },
    Step {
        name: "draw",
        runs: 70,
        before: committed,
        command: draw,
        done: "已经结束",
        verdict: Some(Verdict::Verified),
        determined: &[
            "drawn.txt",
            "dockets.txt",
            "teams.txt",
            "prices.txt",
            "availability.txt",
            "schedule.txt",
            "result.csv",
            "visits.txt",
        ],
        then: &[],
    },
    Step {
        name: "draw-sealed",
        runs: 30,
        before: committed_sealed,
        command: draw,
        done: "已经结束",
        verdict: Some(Verdict::Incomplete),
        determined: &[
            "drawn.txt",
            "dockets.txt",
            "teams.txt",
            "prices.txt",
            "availability.txt",
            "schedule.txt",
            "result.csv",
            "visits.txt",
        ],
        then: &[],
    },
    Step {
        name: "open",
        runs: 40,
        before: || {
            let desk = committed_sealed();
            finish(&desk, &draw(&desk));
            desk
        },
        command: |_| words(&["-C", "office", "open"]),
        done: "没有可公开的",
        verdict: Some(Verdict::Verified),
        determined: &[
            "drawn.txt",
            "dockets.txt",
            "teams.txt",
            "prices.txt",
            "availability.txt",
            "schedule.txt",
        ],
        then: &[],
    },
    Step {
        name: "void",
        runs: 30,
        before: committed,
        command: |_| words(&["-C", "office", "void", "--reason", "register"]),
        done: "不能作废",
        verdict: Some(Verdict::Verified),
        determined: &[],
        then: &[],
    },
    Step {
        name: "void-that-hands-on",
        runs: 50,
        before: ready,
        command: |_| words(&["-C", "office", "void", "--reason", "staffing"]),
        done: "不能作废",
        verdict: Some(Verdict::Verified),
        determined: &["voided.txt"],
        then: &[],
    },
    Step {
        name: "replace-request",
        runs: 30,
        before: drawn,
        command: |desk| {
            let (unit, absent) = somebody(desk);
            words(&["-C", "office", "replace", &unit, "--absent", &absent, "--reason", "absent"])
        },
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &[],
        then: &[],
    },
    Step {
        name: "link",
        runs: 12,
        before: asked,
        command: |desk| {
            let (public, chain) = (desk.public(1), desk.witness(1, "chain"));
            let public = public.strip_prefix(desk.dir.path()).expect("inside").to_owned();
            words(&["link", public.to_str().expect("a path"), "--chain", &chain, "--out", "witness"])
        },
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &[".link", ".released"],
        then: &[],
    },
    Step {
        name: "replace-answer",
        runs: 30,
        before: || {
            let desk = asked();
            let public = desk.public(1);
            let public = public.to_str().expect("a path");
            desk.good(&["link", public, "--chain", &desk.witness(1, "chain"), "--out", "witness"]);
            desk
        },
        command: |desk| {
            let link = desk.witness(1, "link").replace(".link", "-001.link");
            words(&["-C", "office", "replace", "--link", &link])
        },
        done: "没有等链节的换人申请",
        verdict: Some(Verdict::Verified),
        determined: &["result-001.csv", "visits-001.txt"],
        then: &[],
    },
    Step {
        name: "publish",
        runs: 40,
        before: || keeping_a_log(drawn()),
        command: |_| words(PUBLISH),
        done: "",
        verdict: Some(Verdict::Verified),
        determined: &["log/log-policy.txt"],
        then: &[],
    },
    Step {
        name: "commit-with-a-log",
        runs: 30,
        before: || {
            let desk = logged();
            desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
            desk
        },
        command: |desk| commit(desk, 1),
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &["log/log-policy.txt"],
        then: PUBLISH,
    },
    Step {
        name: "draw-with-a-log",
        runs: 40,
        before: || {
            let desk = logged();
            desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
            finish(&desk, &commit(&desk, 1));
            desk
        },
        command: draw,
        done: "已经结束",
        verdict: Some(Verdict::Verified),
        determined: &["teams.txt", "log/log-policy.txt"],
        then: PUBLISH,
    },
];

// ---- what comes before -----------------------------------------------------------------

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn finish(desk: &Desk, command: &[String]) {
    desk.good(&command.iter().map(String::as_str).collect::<Vec<_>>());
}

fn small() -> Desk {
    Desk::with(POLICY, table)
}

fn commit(desk: &Desk, number: u32) -> Vec<String> {
    let file = desk.witness(number, "commitment");
    // A month that is over, so that a sealed draw may be opened.
    words(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &file])
}

fn with(policy: &str) -> Desk {
    let desk = Desk::with(policy, table);
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    finish(&desk, &commit(&desk, 1));
    desk
}

fn committed() -> Desk {
    with(POLICY)
}

fn committed_sealed() -> Desk {
    let policy = POLICY.replace("XF01 = \"announced\"", "XF01 = \"until-visit\"");
    // It is opened in time although its month is long over.
    with(&policy.replace("open_within_days = 20", "open_within_days = 3650"))
}

fn draw(desk: &Desk) -> Vec<String> {
    let nonce = desk.witness(1, "nonce");
    words(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce])
}

fn drawn() -> Desk {
    let desk = committed();
    finish(&desk, &draw(&desk));
    desk
}

/// All inputs are published, and nothing of the result.
fn ready() -> Desk {
    let desk = drawn();
    for file in [
        "drawn.txt",
        "dockets.txt",
        "teams.txt",
        "prices.txt",
        "availability.txt",
        "schedule.txt",
        "record.txt",
        "record.sha256",
    ] {
        std::fs::remove_file(desk.public(1).join(file)).expect("a file");
    }
    desk
}

fn voided() -> Desk {
    let desk = ready();
    desk.good(&["-C", "office", "void", "--reason", "staffing"]);
    desk
}

/// A drawn unit and one of its team for whom somebody can stand in. The dice are real, so
/// that it is not known who; a copy of the desk is asked, which writes nothing here.
fn somebody(desk: &Desk) -> (String, String) {
    let teams = std::fs::read_to_string(desk.public(1).join("teams.txt")).expect("teams");
    for line in teams.lines().skip(1) {
        let unit = line.split(' ').next().expect("a unit");
        for (_, absent) in line.split(' ').filter_map(|word| word.split_once('=')) {
            let trial = Desk { dir: place() };
            copy(desk.dir.path(), trial.dir.path());
            let run = trial.run(&["-C", "office", "replace", unit, "--absent", absent, "--reason", "absent"]);
            match run.code {
                0 => return (unit.to_owned(), absent.to_owned()),
                // Nobody may stand in.
                code => assert_eq!(code, 10, "{}{}", run.out, run.err),
            }
        }
    }
    panic!("nobody at all can be replaced in this draw");
}

fn asked() -> Desk {
    let desk = drawn();
    let (unit, absent) = somebody(&desk);
    desk.good(&["-C", "office", "replace", &unit, "--absent", &absent, "--reason", "absent"]);
    desk
}

/// Gives the office a key of a log, and the settings to keep one; without witnesses.
fn keeping_a_log(desk: Desk) -> Desk {
    desk.good(&["key", "new", "--name", "a.invalid/log", "--out", "office/keys/log.key", "--no-passphrase"]);
    let mut settings = desk.read("office/office.toml");
    for line in ["[log]", "key = \"keys/log.key\""] {
        settings = settings.replace(&format!("# {line}"), line);
    }
    desk.write("office/office.toml", &settings);
    desk
}

fn logged() -> Desk {
    let desk = keeping_a_log(small());
    desk.good(PUBLISH);
    desk
}

// ---- killing ---------------------------------------------------------------------------

/// When a run is killed.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// So long after it has started.
    After(Duration),
    /// So long after its so-many-th new file has been seen, temporary ones among them.
    Seen(usize, Duration),
}

/// The moment of run `number`: half of them spread over the time that the command takes,
/// half over the files that it writes.
fn moment(step: &Step, number: u32, typical: Duration, files: usize) -> Kill {
    let mut chance = Stream::new(Digest::of(&[format!("crash\n{}\n{number}\n", step.name).as_bytes()]));
    let mut below = |limit: u64| chance.below(limit.max(1));
    if number.is_multiple_of(2) {
        return Kill::After(Duration::from_micros(below(typical.as_micros() as u64 * 11 / 10)));
    }
    // Each file is seen twice, as a temporary one and under its name.
    let seen = 1 + below(2 * files as u64) as usize;
    Kill::Seen(seen, Duration::from_micros(below(600)))
}

fn start(desk: &Path, command: &[String]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_yaohao"))
        .args(command)
        .arg("--threads=1")
        .current_dir(desk)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs")
}

/// Starts the command and kills it; whether it was still running.
fn kill(desk: &Path, command: &[String], moment: Kill) -> bool {
    let before: BTreeSet<PathBuf> = files(desk).into_keys().collect();
    let mut child = start(desk, command);
    match moment {
        Kill::After(delay) => std::thread::sleep(delay),
        Kill::Seen(wanted, delay) => {
            let mut seen = BTreeSet::new();
            while seen.len() < wanted && child.try_wait().expect("a child").is_none() {
                seen.extend(names(desk).into_iter().filter(|path| !before.contains(path)));
            }
            let until = Instant::now() + delay;
            while Instant::now() < until {
                std::hint::spin_loop();
            }
        }
    }
    // On Unix this is SIGKILL; on a child that has ended it does nothing.
    let _ = child.kill();
    !child.wait().expect("a child").success()
}

/// Every path below a folder that is no folder.
fn names(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ => found.push(entry.path()),
            }
        }
    }
    found
}

/// Every file with its bytes, by its path from `folder`.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let file = |path: PathBuf| {
        let bytes = std::fs::read(&path).ok()?;
        Some((path.strip_prefix(folder).expect("inside").to_owned(), bytes))
    };
    names(folder).into_iter().filter_map(file).collect()
}

/// A folder for one run; in memory where there is such a place, because a killed process
/// loses nothing that it has written, and waiting for the disk tells nothing.
fn place() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let path = to.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

/// Waits until documents that are written now bear another time than those before.
fn next_second() {
    let now = yaohao::clock::now();
    while yaohao::clock::now() == now {
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn is_temporary(path: &Path) -> bool {
    path.iter().any(|part| part.to_string_lossy().starts_with('.')) && !path.ends_with(".lock")
}

/// A run without a fault: what is there afterwards, how long it took, and how many new
/// files it wrote.
fn undisturbed(
    desk: &Desk,
    command: &[String],
    then: &[&str],
) -> (BTreeMap<PathBuf, Vec<u8>>, Duration, usize) {
    let mut longest = Duration::ZERO;
    let mut after = BTreeMap::new();
    for _ in 0..3 {
        let place = place();
        copy(desk.dir.path(), place.path());
        let begun = Instant::now();
        assert!(start(place.path(), command).wait().expect("a child").success(), "{command:?}");
        longest = longest.max(begun.elapsed());
        afterwards(place.path(), then, "undisturbed");
        after = files(place.path());
    }
    let new = after.len() - files(desk.dir.path()).len();
    (after, longest, new)
}

/// Types what is typed after a command; a history with a log has to be without fault.
fn afterwards(desk: &Path, then: &[&str], what: &str) {
    if !then.is_empty() {
        let run = terminal::run_in(desk, then);
        assert_eq!(run.code, 0, "{what}: {}{}", run.out, run.err);
    }
    if desk.join("office/public/log/checkpoint").exists() {
        let run = terminal::run_in(desk, &["audit", "office/public"]);
        assert_eq!(run.code, 0, "{what}: {}{}", run.out, run.err);
    }
}

/// Whether the command had written the draw's commitment, after which its private files stay.
fn is_published(files: &BTreeMap<PathBuf, Vec<u8>>, private: &Path) -> bool {
    let draw = private.iter().nth(2).unwrap_or_default();
    files.contains_key(&Path::new("office/public").join(draw).join("commit.txt"))
}

/// Kills one run and types the command again; whether it was killed in time.
fn one(
    step: &Step,
    desk: &Desk,
    command: &[String],
    whole: &BTreeMap<PathBuf, Vec<u8>>,
    (number, at): (u32, Kill),
) -> bool {
    let place = place();
    let place = place.path();
    copy(desk.dir.path(), place);
    let what = format!("{} killed at {at:?}", step.name);
    let killed = kill(place, command, at);
    let left = files(place);
    if number % 8 == 1 {
        next_second();
    }
    let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
    let again = terminal::run_in(place, &arguments);
    let refused = !step.done.is_empty() && again.code == 8 && again.err.contains(step.done);
    assert!(again.code == 0 || refused, "{what}, typed again: {}{}", again.out, again.err);
    afterwards(place, step.then, &what);
    let after = files(place);
    // No file lost, none doubled, none left over.
    let (expected, found): (Vec<&PathBuf>, Vec<&PathBuf>) = (whole.keys().collect(), after.keys().collect());
    assert_eq!(found, expected, "{what}");
    assert!(!after.keys().any(|path| is_temporary(path)), "{what}");
    for (path, bytes) in &left {
        // What had its name had its last bytes; but a commitment that was never published
        // is made anew, lists and logs grow, and the site is a view of all that.
        let unpublished = path.starts_with("office/private") && !is_published(&left, path);
        let growing = ["released", "checkpoint", "log-state.txt", "public/index.html", "public/feed.xml"];
        let grows = growing.iter().any(|end| path.to_string_lossy().ends_with(end))
            || path.starts_with("office/public/site");
        if !is_temporary(path) && !unpublished && !grows {
            assert!(after.get(path) == Some(bytes), "{what}: {} changed", path.display());
        }
    }
    for (path, bytes) in whole {
        let shown = path.to_string_lossy().into_owned();
        if step.determined.iter().any(|end| shown.ends_with(end)) {
            assert!(after[path] == *bytes, "{what}: {shown} is not as without the fault");
        }
    }
    if let Some(verdict) = step.verdict {
        let public = place.join(desk.public(1).strip_prefix(desk.dir.path()).expect("inside"));
        let report = verify(&folder_of(&public).expect("a draw"), &Known::default());
        assert_eq!(report.verdict, verdict, "{what}: {report:?}");
    }
    killed
}

/// Part of the time goes into waiting for a disk or for the next second.
const AT_ONCE: usize = 8;

#[test]
fn every_command_recovers_from_being_killed_at_any_moment() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build().expect("threads");
    let mut killed_in_all = 0;
    for step in STEPS {
        let desk = (step.before)();
        let command = (step.command)(&desk);
        let (whole, typical, new) = undisturbed(&desk, &command, step.then);
        assert!(!whole.keys().any(|path| is_temporary(path)), "{}", step.name);
        for end in step.determined {
            let there = whole.keys().any(|path| path.to_string_lossy().ends_with(end));
            assert!(there, "{}: {end} is not written", step.name);
        }
        let run = |number| one(step, &desk, &command, &whole, (number, moment(step, number, typical, new)));
        let killed = || (0..step.runs).into_par_iter().map(run).map(u32::from).sum::<u32>();
        killed_in_all += pool.install(killed);
    }
    let runs: u32 = STEPS.iter().map(|step| step.runs).sum();
    // Else nothing was tested; how many get through depends on how busy the machine is.
    assert!(runs > 350 && killed_in_all > runs / 4, "{killed_in_all} of {runs} were killed in time");
}
