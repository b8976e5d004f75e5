//! `yaohao key change` and `yaohao key sign`: the document, and its signatures.

use super::args::{ChangeArgs, SignArgs};
use super::signing_key;
use crate::cli::console::Console;
use crate::clock;
use crate::lang::Said;
use crate::note::{ChangeKind, KeyChange, LogPolicy, Note, VerifierKey};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Audience, Office, load_change, load_log_policy, load_public, replace};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Where the policy of the log stands, and where installed changes are.
pub(super) const LOG_POLICY: &str = "public/log/log-policy.txt";
pub(super) const INSTALLED: &str = "public/log/keys";

/// The policy file that belongs to a change: `key-001.txt` has `key-001-policy.txt`.
pub(super) fn policy_beside(change: &Path) -> PathBuf {
    let stem = change.file_stem().unwrap_or_default().to_string_lossy();
    change.with_file_name(format!("{stem}-policy.txt"))
}

pub fn write(office: &Office, args: &ChangeArgs, console: &Console) -> Outcome<()> {
    let (rules, _) = office.policy()?;
    let _lock = office.lock()?;
    let path = office.path(LOG_POLICY);
    let (before, old_bytes) = load_log_policy(&path)?;
    let old = only_log(&before).map_err(|problem| problem.at(path.display().to_string()))?;
    let number = next(office, &rules, &old_bytes)?;
    let (new, new_bytes) = successor(args, &old, &old_bytes)?;
    let change = KeyChange {
        suite: rules.suite,
        office: rules.office,
        number,
        at: clock::now(),
        kind: args.kind,
        old,
        new,
        before: rules.suite.digest(&[&old_bytes]),
        policy: rules.suite.digest(&[&new_bytes]),
    };
    change.fits(&old_bytes, &new_bytes).map_err(unlawful)?;
    let folder = args.out.clone().unwrap_or_else(|| office.path("keys"));
    let file = folder.join(KeyChange::file(number));
    if file.exists() {
        return Err(Problem::new(
            Kind::State,
            said!("已有一份未完成的变更", "there is a change already that is not finished"),
            said!(
                "把它签完并 yaohao key install；不要了就删去这份文件",
                "have it signed and run yaohao key install, or delete it if it is not wanted"
            ),
        )
        .at(file.display().to_string()));
    }
    // The document comes last: with it the change exists.
    replace(&policy_beside(&file), &new_bytes, Audience::Public)?;
    replace(&file, change.text().as_bytes(), Audience::Public)?;
    describe(&change, console);
    let shown = file.display();
    console.say(said!("变更文件：{shown}", "Document: {shown}"));
    console.say(who_signs(&change, &before));
    console.data(|| json!({ "number": number, "file": shown.to_string(), "kind": change.kind.key() }));
    Ok(())
}

fn only_log(policy: &LogPolicy) -> Outcome<VerifierKey> {
    match policy.logs() {
        [log] => Ok(log.key.clone()),
        _ => Err(Problem::new(
            Kind::Policy,
            said!("日志规则里应有且只有一行 log", "the log policy needs exactly one line `log`"),
            said!("只留本机关日志的那一行", "leave the line of the office's own log"),
        )),
    }
}

/// The number of the next change; refused while an installation is unfinished.
fn next(office: &Office, rules: &crate::policy::Policy, in_force: &[u8]) -> Outcome<u32> {
    let folder = office.path(INSTALLED);
    let mut number = 1;
    while folder.join(KeyChange::file(number)).exists() {
        number += 1;
    }
    if number > 1 {
        let last = folder.join(KeyChange::file(number - 1));
        let (_, change) = load_change(&last)?;
        if change.policy != rules.suite.digest(&[in_force]) {
            return Err(Problem::new(
                Kind::State,
                said!("上一次变更没有装完", "the change before was not installed to the end"),
                said!(
                    "对这份文件再运行一次 yaohao key install",
                    "run yaohao key install for this file again"
                ),
            )
            .at(last.display().to_string()));
        }
    }
    Ok(number)
}

/// The log's key and the policy from then on.
fn successor(args: &ChangeArgs, old: &VerifierKey, bytes: &[u8]) -> Outcome<(VerifierKey, Vec<u8>)> {
    let wrong = |what: Said, remedy: Said| Err(Problem::new(Kind::Usage, what, remedy));
    match (args.kind, &args.new, &args.policy) {
        (ChangeKind::Witness, _, Some(policy)) => Ok((old.clone(), load_log_policy(policy)?.1)),
        (ChangeKind::Witness, ..) => wrong(
            said!("更换见证方要写新的日志规则", "a change of witnesses needs the new log policy"),
            said!("用 --policy 指明新的 log-policy.txt", "name the new log-policy.txt with --policy"),
        ),
        (_, Some(new), _) => {
            let new = load_public(new)?;
            let text = String::from_utf8_lossy(bytes).replace(&old.to_string(), &new.to_string());
            Ok((new, text.into_bytes()))
        }
        _ => wrong(
            said!("更换日志的密钥要写新的公钥", "a change of the log's key needs the new public key"),
            said!("用 --new 指明新密钥的 .pub 文件", "name the .pub file of the new key with --new"),
        ),
    }
}

/// Everything that is wrong with a change, as one problem.
pub(super) fn unlawful(wrong: Vec<Said>) -> Problem {
    let (zh, en): (Vec<String>, Vec<String>) = wrong.into_iter().map(|said| (said.zh, said.en)).unzip();
    let what = Said { zh: zh.join("；"), en: en.join("; ") };
    Problem::new(
        Kind::State,
        what,
        said!(
            "补齐或改正后再来；什么都没有改动。谁该签名见 docs/keys.md",
            "mend it and come again; nothing was changed. docs/keys.md says who has to sign"
        ),
    )
}

/// What the document says, for whoever signs it.
pub(super) fn describe(change: &KeyChange, console: &Console) {
    let KeyChange { office, number, old, new, before, policy, .. } = change;
    let (zh, key, at) = (change.kind.zh(), change.kind.key(), change.at.by_clocks_of_china());
    console.say(said!(
        "{office} 第 {number} 次密钥变更（{zh}），{at}",
        "Change of keys {number} of {office} ({key}), {at} by the clocks of China"
    ));
    console.say(said!("原公钥：{old}", "Key so far: {old}"));
    console.say(said!("新公钥：{new}", "New key: {new}"));
    console.say(said!("原日志规则：{before}", "Log policy so far: {before}"));
    console.say(said!("新日志规则：{policy}", "New log policy: {policy}"));
}

fn who_signs(change: &KeyChange, old: &LogPolicy) -> Said {
    let Said { zh, en } = Said::list(old.witnesses().iter().map(|witness| &witness.name));
    match change.kind {
        ChangeKind::Rotate => said!(
            "要由原来的和新的日志密钥分别签名：yaohao key sign",
            "To be signed by the log's old and new key: yaohao key sign"
        ),
        ChangeKind::Lost | ChangeKind::Stolen => said!(
            "要由新的日志密钥和法定数的见证方（{zh}）签名：yaohao key sign",
            "To be signed by the log's new key and a quorum of the witnesses ({en}): yaohao key sign"
        ),
        ChangeKind::Witness if old.is_unwitnessed() => {
            said!("要由日志的密钥签名：yaohao key sign", "To be signed by the log's key: yaohao key sign")
        }
        ChangeKind::Witness => said!(
            "要由日志的密钥和法定数的原见证方（{zh}）签名：yaohao key sign",
            "To be signed by the log's key and a quorum of the witnesses so far ({en}): yaohao key sign"
        ),
    }
}

pub fn sign(args: &SignArgs, console: &Console) -> Outcome<()> {
    let (mut note, change) = load_change(&args.file)?;
    describe(&change, console);
    let key = signing_key(&args.key, console)?;
    let verifier = key.verifier();
    if !verifier.algorithm().is_cosignature() && ![&change.old, &change.new].contains(&verifier) {
        return Err(Problem::new(
            Kind::State,
            said!(
                "这把密钥既不是文件里的 old，也不是 new，签了也没有用",
                "this key is neither `old` nor `new` of the document: its signature would count for nothing"
            ),
            said!("核对是不是拿错了私钥", "check whether it is the right secret key"),
        )
        .at(args.key.key.display().to_string()));
    }
    if verifier.verify(&note).is_none() {
        let line = key.sign_at(note.text(), clock::now()).ok_or_else(no_time)?;
        note.add(line).map_err(|error| {
            let remedy = said!("请对方重新交来原文件", "ask for the original file again");
            Problem::new(Kind::Unreadable, error.said(), remedy).at(args.file.display().to_string())
        })?;
        replace(&args.file, note.to_string().as_bytes(), Audience::Public)?;
    }
    let (name, file, count) = (verifier.name(), args.file.display(), note.signatures().len());
    console.say(said!(
        "{name} 已签名：{file}（共 {count} 个签名）",
        "Signed by {name}: {file} ({count} signatures in all)"
    ));
    console
        .data(|| json!({ "file": file.to_string(), "signed_by": verifier.to_string(), "signatures": count }));
    Ok(())
}

fn no_time() -> Problem {
    Problem::new(
        Kind::State,
        said!("本机的时钟早于 1970 年", "this machine's clock is before 1970"),
        said!("把时钟调准", "set the clock right"),
    )
}

/// Several copies of one document, each signed by others, as one.
pub(super) fn gathered(files: &[PathBuf]) -> Outcome<(Note, KeyChange)> {
    let mut all: Option<(Note, KeyChange)> = None;
    for path in files {
        let (note, change) = load_change(path)?;
        let Some((gathered, _)) = &mut all else {
            all = Some((note, change));
            continue;
        };
        let here = |problem: Problem| problem.at(path.display().to_string());
        if gathered.text() != note.text() {
            return Err(here(Problem::new(
                Kind::State,
                said!("这几份文件的正文不一样", "these files have different texts"),
                said!("都应是同一份变更文件的副本", "all of them have to be copies of one document"),
            )));
        }
        for line in note.signatures() {
            gathered.add(line.clone()).map_err(|error| {
                let remedy = said!("去掉重复的副本", "leave out copies");
                here(Problem::new(Kind::Unreadable, error.said(), remedy))
            })?;
        }
    }
    all.ok_or_else(|| {
        Problem::new(
            Kind::Usage,
            said!("没有写变更文件", "no document is named"),
            said!("指明签了名的变更文件", "name the signed document"),
        )
    })
}
