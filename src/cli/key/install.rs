//! `yaohao key install`: a signed change is published, and its policy counts.

use super::args::InstallArgs;
use super::change::{INSTALLED, LOG_POLICY, describe, gathered, policy_beside, unlawful};
use crate::cli::console::Console;
use crate::note::{KeyChange, Note};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Audience, Office, load_change, load_log_policy, replace, write_new};
use serde_json::json;

pub fn run(office: &Office, args: &InstallArgs, console: &Console) -> Outcome<()> {
    let (rules, _) = office.policy()?;
    let _lock = office.lock()?;
    let (note, change) = gathered(&args.files)?;
    if change.office != rules.office || change.suite != rules.suite {
        let (office, suite) = (&change.office, change.suite.key());
        return Err(Problem::new(
            Kind::State,
            said!(
                "这是 {office}（{suite}）的变更，不是本机关的",
                "this is a change of {office} ({suite}), not of this office"
            ),
            said!("核对 -C 指明的文件夹", "check the folder named with -C"),
        ));
    }
    let path = office.path(LOG_POLICY);
    let (_, in_force) = load_log_policy(&path)?;
    let number = change.number;
    let published = office.path(INSTALLED).join(KeyChange::file(number));
    if change.policy == rules.suite.digest(&[&in_force]) && published.exists() {
        return done(&change, true, console);
    }
    follows(office, &change)?;
    let first = &args.files[0];
    let source = args.policy.clone().unwrap_or_else(|| policy_beside(first));
    let (_, new) = load_log_policy(&source)?;
    KeyChange::check(&note, &in_force, &new).map_err(unlawful)?;
    let keep =
        |name: String, bytes: &[u8]| write_new(&office.path(INSTALLED).join(name), bytes, Audience::Public);
    keep(KeyChange::policy_file(number - 1), &in_force)?;
    keep(KeyChange::policy_file(number), &new)?;
    // Cut short after this line, the document stays as it was published then.
    if !is_published(office, &note, &in_force, &new)? {
        keep(KeyChange::file(number), note.to_string().as_bytes())?;
    }
    // With this the change counts.
    replace(&path, &new, Audience::Public)?;
    done(&change, false, console)
}

/// Whether the document is published already with signatures that suffice.
fn is_published(office: &Office, note: &Note, before: &[u8], after: &[u8]) -> Outcome<bool> {
    let path = office.path(INSTALLED).join(numbered(note)?);
    if !path.exists() {
        return Ok(false);
    }
    let (published, _) = load_change(&path)?;
    Ok(published.text() == note.text() && KeyChange::check(&published, before, after).is_ok())
}

fn numbered(note: &Note) -> Outcome<String> {
    let change = KeyChange::read(note.text().as_bytes());
    change.map(|change| KeyChange::file(change.number)).map_err(|error| unlawful(vec![error.said()]))
}

/// The numbers of changes have no gaps.
fn follows(office: &Office, change: &KeyChange) -> Outcome<()> {
    let there = |number: u32| office.path(INSTALLED).join(KeyChange::file(number)).exists();
    let number = change.number;
    let last = number == 1 || there(number - 1);
    let newest = number.checked_add(1).is_none_or(|next| !there(next));
    if last && newest {
        return Ok(());
    }
    Err(Problem::new(
        Kind::State,
        said!(
            "第 {number} 次变更不是下一次：编号应连续",
            "change {number} is not the next one: numbers have no gaps"
        ),
        said!("用 yaohao key change 按现在的日志规则重新写一份", "write it anew with yaohao key change"),
    ))
}

fn done(change: &KeyChange, before: bool, console: &Console) -> Outcome<()> {
    describe(change, console);
    let number = change.number;
    console.say(if before {
        said!("第 {number} 次变更早已启用", "Change {number} counts already")
    } else {
        said!(
            "第 {number} 次变更已启用，文件在 {INSTALLED}。下次 publish 会记进日志",
            "Change {number} counts from now on; it lies in {INSTALLED}, and the next publish puts it into the log"
        )
    });
    console
        .data(|| json!({ "number": number, "kind": change.kind.key(), "policy": change.policy.to_string() }));
    Ok(())
}
