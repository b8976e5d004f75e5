//! Killing a command (SIGKILL) at moments that a fixed seed chooses, and typing it again.

use super::terminal::{self, Desk};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use yaohao::digest::Digest;
use yaohao::store::folder_of;
use yaohao::stream::Stream;
use yaohao::verify::{Known, Verdict, verify};

/// One command to be killed.
pub struct Step {
    pub name: &'static str,
    /// How often.
    pub runs: u32,
    /// What comes before it.
    pub before: fn() -> Desk,
    pub command: fn(&Desk) -> Vec<String>,
    /// What typing it again says if it had finished, where that is an error.
    pub done: &'static str,
    /// The verdict on draw 1 afterwards; `None` if there is none.
    pub verdict: Option<Verdict>,
    /// Files, by the end of their path, that are the same bytes in every run.
    pub determined: &'static [&'static str],
    /// What is typed afterwards, after a run without a fault too: a command that had
    /// finished refuses to run again, and its log is caught up by `publish`.
    pub then: &'static [&'static str],
}

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
pub fn names(folder: &Path) -> Vec<PathBuf> {
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
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let file = |path: PathBuf| {
        let bytes = std::fs::read(&path).ok()?;
        Some((path.strip_prefix(folder).expect("inside").to_owned(), bytes))
    };
    names(folder).into_iter().filter_map(file).collect()
}

/// A folder for one run; in memory where there is such a place, because a killed process
/// loses nothing that it has written, and waiting for the disk tells nothing.
pub fn place() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

pub fn copy(from: &Path, to: &Path) {
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

/// The store, what SQLite keeps beside it while somebody has it open, and its lock: whoever
/// looks makes them again.
fn is_of_the_store(path: &Path) -> bool {
    path.to_string_lossy().contains("/private/store.sqlite") || path.ends_with("private/.lock")
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
        after.retain(|path, _| !is_of_the_store(path));
    }
    let new = after.len().saturating_sub(files(desk.dir.path()).len()).max(1);
    (after, longest, new)
}

/// Types what is typed after a command; a history with a log, or with a journal, has to be
/// without fault.
fn afterwards(desk: &Path, then: &[&str], what: &str) {
    if !then.is_empty() {
        let run = terminal::run_in(desk, then);
        assert_eq!(run.code, 0, "{what}: {}{}", run.out, run.err);
    }
    let entered = desk.join("office/private/journal").exists();
    if entered {
        let run = terminal::run_in(desk, &["-C", "office", "journal", "--check"]);
        assert_eq!(run.code, 0, "{what}: {}{}", run.out, run.err);
    }
    if entered || desk.join("office/public/log/checkpoint").exists() {
        let run = terminal::run_in(desk, &["audit", "office/public"]);
        assert_eq!(run.code, 0, "{what}: {}{}", run.out, run.err);
    }
}

/// Whether the command had written the draw's commitment, after which its private files stay.
fn is_published(files: &BTreeMap<PathBuf, Vec<u8>>, private: &Path) -> bool {
    let draw = private.iter().nth(2).unwrap_or_default();
    files.contains_key(&Path::new("office/public").join(draw).join("commit.txt"))
}

/// Lists and logs grow; orders, the store and the site are views that are made again.
fn grows(path: &Path) -> bool {
    let growing = ["released", "checkpoint", "log-state.txt", "public/index.html", "public/feed.xml"];
    let made_again = ["/public/site/", "/dispatch/", "/private/store.sqlite"];
    let shown = path.to_string_lossy();
    growing.iter().any(|end| shown.ends_with(end)) || made_again.iter().any(|part| shown.contains(part))
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
    let mut after = files(place);
    after.retain(|path, _| !is_of_the_store(path));
    // No file lost, none doubled, none left over.
    let (expected, found): (Vec<&PathBuf>, Vec<&PathBuf>) = (whole.keys().collect(), after.keys().collect());
    assert_eq!(found, expected, "{what}");
    assert!(!after.keys().any(|path| is_temporary(path)), "{what}");
    for (path, bytes) in &left {
        // What had its name had its last bytes; but a commitment that was never published
        // is made anew, lists and logs grow, and the site is a view of all that.
        let entered =
            ["journal", "results"].iter().any(|kept| path.starts_with(format!("office/private/{kept}")));
        let unpublished = path.starts_with("office/private") && !entered && !is_published(&left, path);
        if !is_temporary(path) && !unpublished && !grows(path) {
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

/// Kills every step as often as it says; how many runs there were, and how many were killed
/// before they had finished.
pub fn kill_all(steps: &[Step]) -> (u32, u32) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build().expect("threads");
    let mut killed_in_all = 0;
    for step in steps {
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
    (steps.iter().map(|step| step.runs).sum(), killed_in_all)
}
