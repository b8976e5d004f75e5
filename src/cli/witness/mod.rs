//! `yaohao witness`: on the witness's own machine, by files alone. It vouches for
//! a checkpoint once it has seen that nothing was taken away since the last one.

mod entries;
mod refusal;

use super::args::WitnessArgs;
use super::console::Console;
use super::key;
use crate::clock;
use crate::log::{CHECKPOINT, LOG_POLICY, Published, Signed, Unsound};
use crate::note::{LogPolicy, SigningKey, VerifierKey};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Audience, LOG, WitnessState, log_files, read, replace, trusted_log_policy, unreadable};
use crate::time::Moment;
use refusal::Evidence;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

pub fn run(args: &WitnessArgs, console: &Console) -> Outcome<()> {
    let _lock = lock(&args.state)?;
    let state = WitnessState::load(&args.state)?;
    let key = key::signing_key(&args.key, console)?;
    is_witness(&key, state.as_ref(), args)?;
    let folder =
        if args.dir.join(LOG).join(CHECKPOINT).exists() { args.dir.join(LOG) } else { args.dir.clone() };
    let files = log_files(&folder)?;
    let log = pinned(state.as_ref(), &files, args, console)?;
    let policy = format!("log {log}\nquorum none\n");
    let policy = LogPolicy::read(policy.as_bytes()).map_err(|error| refusal::wrong_policy(&error))?;
    let shown = shown(&files)?;
    let evidence = Evidence { remembered: state.as_ref(), shown: &shown, out: &args.out };
    let fetch = |path: &str| files.get(path).cloned();
    let published = Published::read(&policy, &fetch).map_err(|unsound| evidence.unsound(&unsound))?;
    if published.checkpoints.last().is_none_or(|head| head.checkpoint != shown.checkpoint) {
        return Err(evidence.unsound(&Unsound::Unsigned));
    }
    let before = compare(&evidence, &published)?;
    let new = entries::checked(&args.dir, &files, &published.entries, before, console)?;
    let at = now(state.as_ref())?;
    let cosigned = vouch(args, &key, &log, (&shown, at), state.as_ref())?;
    let (size, shown) = (shown.checkpoint.size, cosigned.display());
    console.say(said!(
        "见证：日志只增不改（前 {before} 条与上次一致，新增 {new} 条，共 {size} 条），已签名",
        "Witnessed: nothing was taken away ({before} entries as before, {new} new, {size} in all); signed"
    ));
    console.say(said!(
        "把 {shown} 交给抽查机关；请其用 yaohao publish --cosignature 录入",
        "Hand {shown} to the office, which enters it with yaohao publish --cosignature"
    ));
    console.data(|| json!({ "log": log.to_string(), "size": size, "new": new, "file": shown.to_string() }));
    Ok(())
}

/// One run at a time: what is remembered must not go back.
fn lock(state: &Path) -> Outcome<File> {
    let path = state.with_added_extension("lock");
    let file = File::create(&path).map_err(|error| unreadable(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(Problem::new(
            Kind::State,
            said!("另一个 yaohao witness 正在运行", "another yaohao witness is running"),
            said!("等它结束再试", "wait until it has finished"),
        )),
    }
}

/// The key is a witness's, and the one that this state is of.
fn is_witness(key: &SigningKey, state: Option<&WitnessState>, args: &WitnessArgs) -> Outcome<()> {
    let wrong = if !key.verifier().algorithm().is_cosignature() {
        said!(
            "这不是见证方的密钥（签名不带时间）",
            "this is no key of a witness (its signatures have no time)"
        )
    } else if state.is_some_and(|state| state.witness != *key.verifier()) {
        said!("这份登记是另一把密钥的", "what is remembered there is of another key")
    } else {
        return Ok(());
    };
    let remedy = said!(
        "见证方的密钥用 yaohao key new --witness 生成；--state 写这把密钥自己的登记文件",
        "a witness's key is made with yaohao key new --witness; --state is the file of that key"
    );
    Err(Problem::new(Kind::State, wrong, remedy).at(args.key.key.display().to_string()))
}

/// The log's key: the one pinned, or at first use the one that the policy names.
fn pinned(
    state: Option<&WitnessState>,
    files: &BTreeMap<String, Vec<u8>>,
    args: &WitnessArgs,
    console: &Console,
) -> Outcome<VerifierKey> {
    let policy = match (&args.log_policy, state, files.get(LOG_POLICY)) {
        (Some(path), ..) => trusted_log_policy(path)?,
        (None, Some(state), _) => return Ok(state.log.clone()),
        (None, None, Some(bytes)) => LogPolicy::read(bytes).map_err(|error| refusal::wrong_policy(&error))?,
        (None, None, None) => return Err(refusal::no_log(&args.dir)),
    };
    let origin = shown(files)?.checkpoint.origin;
    let log = policy.logs().iter().find(|log| log.name == origin);
    let log = log.ok_or_else(|| refusal::unnamed(&origin))?.key.clone();
    if state.is_some_and(|state| state.log.name() != log.name()) {
        return Err(refusal::unnamed(&origin));
    }
    if state.is_none_or(|state| state.log != log) {
        console.say(said!(
            "记住日志的公钥：{log}\n第一次见到这个日志，或换了密钥：请与本机关另行公布的公钥核对",
            "Remembering the log's key: {log}\nThis log is seen for the first time, or its key has changed: compare it with what the office has announced elsewhere"
        ));
    }
    Ok(log)
}

fn shown(files: &BTreeMap<String, Vec<u8>>) -> Outcome<Signed> {
    let bytes = files.get(CHECKPOINT).ok_or_else(|| refusal::no_log(Path::new(CHECKPOINT)))?;
    Signed::read(bytes).map_err(|error| refusal::damaged(&Unsound::Text(CHECKPOINT.to_owned(), error)))
}

/// Holds the log against what is remembered; how many entries were known before.
fn compare(evidence: &Evidence<'_>, published: &Published<'_>) -> Outcome<u64> {
    let Some(state) = evidence.remembered else { return Ok(0) };
    let (size, root) = (state.checkpoint.size, state.checkpoint.root);
    if published.tree.size() < size {
        return Err(evidence.rolled_back(size, published.tree.size())?);
    }
    let then = published.tree.root_of(size);
    let then = then.map_err(|fault| refusal::damaged(&Unsound::Tiles(fault)))?;
    if then == root { Ok(size) } else { Err(evidence.forked(size)?) }
}

/// Now, which must not be before the last signature.
fn now(state: Option<&WitnessState>) -> Outcome<Moment> {
    let now = clock::now();
    match state {
        Some(state) if now < state.at => Err(Problem::new(
            Kind::State,
            said!(
                "电脑时钟（{}）早于上次签名（{}）",
                "the clock ({}) is before the last signature ({})",
                now.by_clocks_of_china(),
                state.at.by_clocks_of_china()
            ),
            said!("校准电脑时钟后重试", "set the clock right and try again"),
        )),
        _ => Ok(now),
    }
}

/// Remembers the checkpoint, then signs it; where the signed note is.
fn vouch(
    args: &WitnessArgs,
    key: &SigningKey,
    log: &VerifierKey,
    (shown, at): (&Signed, Moment),
    state: Option<&WitnessState>,
) -> Outcome<PathBuf> {
    let verifier = key.verifier();
    let out = args.out.join(format!("{}-{}.cosigned", plain(verifier.name()), shown.checkpoint.size));
    let unsigned = || refusal::damaged(&Unsound::Unsigned);
    let by_log = |line: &&crate::note::SignatureLine| log.verify_line(shown.note.text(), line).is_some();
    let signature = shown.note.signatures().iter().find(by_log).ok_or_else(unsigned)?.clone();
    // A run before this one may have signed the same checkpoint: that signature stands.
    let remembered = state.is_some_and(|state| state.checkpoint == shown.checkpoint);
    let before = if remembered && out.exists() { Signed::read(&read(&out)?).ok() } else { None };
    if before.is_some_and(|b| b.checkpoint == shown.checkpoint && verifier.verify(&b.note).is_some()) {
        return Ok(out);
    }
    let checkpoint = shown.checkpoint.clone();
    let state = WitnessState { witness: verifier.clone(), log: log.clone(), at, checkpoint, signature };
    let mut note = state.note().map_err(|error| refusal::wrong_policy(&error))?.note;
    let line = key.cosign(note.text(), at).ok_or_else(unsigned)?;
    note.add(line).map_err(|error| refusal::wrong_policy(&error))?;
    // First it remembers, durably; only then a signature leaves this machine.
    state.keep(&args.state)?;
    replace(&out, note.to_string().as_bytes(), Audience::Public)?;
    Ok(out)
}

/// A name as it can stand in the name of a file.
fn plain(name: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '.' { c } else { '-' };
    name.chars().map(keep).collect::<String>().trim_start_matches('.').to_owned()
}
