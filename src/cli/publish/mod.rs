//! `yaohao publish`, and what every step does at its end: whatever was
//! published goes into the log, a new checkpoint is signed, and the site is made again.

mod args;
mod cosign;
mod folders;
mod gate;
mod pending;
mod results;
mod site;
mod told;
mod verifier;

pub use args::PublishArgs;
pub use gate::{named_policy, witnessed};

use super::args::Signing;
use super::console::Console;
use super::key;
use super::key::args::SecretArgs;
use crate::lang::Said;
use crate::log::{Entry, LOG_POLICY};
use crate::note::{LogPolicy, SigningKey};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::site::START;
use crate::store::{Appended, Ledger, LogSettings, Office, load_key, load_public};
use serde_json::{Value, json};
use std::fs::File;
use std::path::Path;

pub fn run(office: &Office, args: &PublishArgs, console: &Console) -> Outcome<()> {
    if args.dry_run {
        return preview(office, console);
    }
    let listed = list(office, args, console)?;
    let wants_log = !args.cosignature.is_empty() || args.signing.passphrase_file.is_some();
    let mut data = match &office.settings.log {
        // The site says what the log refused.
        Some(settings) => log(office, settings, args, console).inspect_err(|problem| {
            if matches!(problem.kind, Kind::State | Kind::Unreadable) {
                refresh(office, console);
            }
        })?,
        None if wants_log => return Err(no_log()),
        None => json!({ "log": null }),
    };
    let lock = office.lock()?;
    let entered = enter(office, &lock, args, console)?;
    let added = verifier::add_own(office, console)?;
    let site = site::write(office)?;
    site.say(office, console);
    console.data(|| {
        data["results"] = json!({ "list": listed, "entered": entered });
        data["verifier"] = json!(added);
        data["site"] = site.data(console);
        data
    });
    site.broken()
}

/// What a publication would put into the next list of results, and nothing else.
fn preview(office: &Office, console: &Console) -> Outcome<()> {
    let ready = results::ready(office, console)?;
    match &ready {
        Some(ready) => ready.preview(console),
        None => console.say(said!("没有待公示的结果", "Nothing waits to be published.")),
    }
    console.data(|| ready.map_or(Value::Null, |ready| ready.data()));
    Ok(())
}

/// Writes the next list of results, if somebody publishes and there is something for it.
fn list(office: &Office, args: &PublishArgs, console: &Console) -> Outcome<Option<u32>> {
    let Some(by) = &args.by else { return Ok(None) };
    let _lock = office.lock()?;
    let Some(mut ready) = results::ready(office, console)? else { return Ok(None) };
    // A list that a restored folder has forgotten, and the log has not, must not be
    // written again under its number.
    if let (Some(settings), false) = (&office.settings.log, ready.due.lines.is_empty()) {
        let ledger = opened(office, settings)?;
        if ledger.is_begun() {
            pending::pending(office, &ledger)?;
        }
    }
    ready.write(office, by, console)
}

/// Enters as published what stands in a list, or says that something waits.
fn enter(office: &Office, lock: &File, args: &PublishArgs, console: &Console) -> Outcome<usize> {
    match (results::ready(office, console), &args.by) {
        (Ok(Some(ready)), Some(by)) => return ready.enter(office, lock, by),
        (Ok(Some(ready)), None) => ready.remind(console),
        (Err(problem), Some(_)) => return Err(problem),
        // Whoever publishes no results only has to know of it.
        (Err(Problem { what: Said { zh, en }, .. }), None) => console.say(said!(
            "公示清单：看不到有没有待公示的（{zh}）",
            "Results: whether some wait cannot be seen ({en})"
        )),
        (Ok(None), _) => {}
    }
    Ok(0)
}

/// The log, if the office keeps one: begun, caught up, cosigned.
fn log(office: &Office, settings: &LogSettings, args: &PublishArgs, console: &Console) -> Outcome<Value> {
    let _lock = office.lock()?;
    let mut ledger = opened(office, settings)?;
    let notes = cosign::load(&args.cosignature)?;
    // First of all: they may show that this office signed what it no longer knows of.
    cosign::are_of(&ledger, &notes)?;
    begin(office, settings, &mut ledger)?;
    let pending = pending::pending(office, &ledger)?;
    let appended = append(office, settings, &mut ledger, &pending, &args.signing, console)?;
    if let Some(appended) = &appended {
        say_appended(appended, console);
    }
    let policy = policy_in_force(&ledger)?;
    let cosigned = cosign::add(&mut ledger, &policy, &notes, console)?;
    let waiting = say_standing(office, &ledger, &policy, console);
    let (size, root) = (ledger.head.size, ledger.head.root);
    Ok(json!({
        "log": ledger.head.origin, "size": size, "root": root.to_string(),
        "appended": appended.map_or(0, |appended| appended.count), "cosigned": cosigned,
        "quorum": !waiting,
    }))
}

/// What a step does at its very end: makes the site again, where there is one. The step
/// stands whatever happens here.
pub fn refresh(office: &Office, console: &Console) {
    if !office.path("public").join(START).exists() {
        return;
    }
    let written = office.lock().and_then(|_lock| site::write(office)).and_then(|site| site.broken());
    if let Err(Problem { what: Said { zh, en }, .. }) = written {
        console.say(said!(
            "公示网站：没有全部更新（{zh}）；运行 yaohao publish",
            "Site: not all of it is up to date ({en}); run yaohao publish"
        ));
    }
}

/// What a step does at its end. The step stands whatever happens here; without the
/// key the log lags, and `publish` catches up.
pub fn settle(office: &Office, signing: &Signing, console: &Console) -> Outcome<()> {
    let Some(settings) = &office.settings.log else { return Ok(()) };
    let _lock = office.lock()?;
    let signed = match opened(office, settings) {
        Ok(ledger) if !ledger.is_begun() => return Ok(()),
        Ok(mut ledger) => {
            // Whatever is damaged is told as such, and not as a key that is not here.
            let pending = pending::pending(office, &ledger).map_err(not_logged)?;
            append(office, settings, &mut ledger, &pending, signing, console)
        }
        Err(problem) => Err(problem),
    };
    match signed {
        Ok(Some(appended)) => say_appended(&appended, console),
        Ok(None) => {}
        // The key is not here, or nobody has typed its passphrase.
        Err(problem) if matches!(problem.kind, Kind::Passphrase | Kind::Unreadable) => {
            let Said { zh, en } = problem.what;
            console.say(said!(
                "日志：这一步还没有记入（{zh}）；拿到密钥后运行 yaohao publish",
                "Log: this step is not in it yet ({en}); run yaohao publish once the key is at hand"
            ));
        }
        Err(problem) => return Err(not_logged(problem)),
    }
    Ok(())
}

fn not_logged(problem: Problem) -> Problem {
    let Said { zh, en } = problem.what;
    let what = said!("这一步已做完，但没有记入日志：{zh}", "the step is done, but not in the log: {en}");
    Problem { what, ..problem }
}

/// The log with the key that settings name.
fn opened(office: &Office, settings: &LogSettings) -> Outcome<Ledger> {
    let key = load_key(&office.path(&settings.key))?;
    Ledger::open(&office.path(""), key.verifier())
}

/// Settles the log policy, if the log is to begin. It is written once the key is open.
fn begin(office: &Office, settings: &LogSettings, ledger: &mut Ledger) -> Outcome<()> {
    if ledger.is_begun() {
        return Ok(());
    }
    // Somebody may have written a policy by hand, with groups that settings do not know.
    if ledger.file(LOG_POLICY).is_none() {
        let key = load_key(&office.path(&settings.key))?;
        let witnesses = settings.witnesses.iter().map(|file| load_public(&office.path(file)));
        let witnesses = witnesses.collect::<Outcome<Vec<_>>>()?;
        ledger.propose(settings.policy(key.verifier(), &witnesses)?.into_bytes());
    }
    Ok(())
}

/// Appends what is not in the log yet; the key is asked for only if there is something.
fn append(
    office: &Office,
    settings: &LogSettings,
    ledger: &mut Ledger,
    pending: &[Entry],
    signing: &Signing,
    console: &Console,
) -> Outcome<Option<Appended>> {
    if pending.is_empty() && !ledger.is_unfinished() {
        return Ok(None);
    }
    let key = signing_key(office, settings, signing, console)?;
    let policy = policy_in_force(ledger)?;
    if !policy.logs().iter().any(|log| log.key == *key.verifier()) {
        return Err(other_key(&office.path(&settings.key)));
    }
    ledger.append(pending, &key)
}

fn signing_key(
    office: &Office,
    settings: &LogSettings,
    signing: &Signing,
    console: &Console,
) -> Outcome<SigningKey> {
    let passphrase_file = signing.passphrase_file.clone();
    key::signing_key(&SecretArgs { key: office.path(&settings.key), passphrase_file }, console)
}

fn policy_in_force(ledger: &Ledger) -> Outcome<LogPolicy> {
    LogPolicy::read(ledger.file(LOG_POLICY).unwrap_or_default()).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Policy,
            said!("日志规则读不懂：{zh}", "the log policy cannot be read: {en}"),
            said!("从备份恢复 public/log/{LOG_POLICY}", "restore public/log/{LOG_POLICY} from a backup"),
        )
    })
}

fn say_appended(appended: &Appended, console: &Console) {
    let Appended { count, checkpoint } = appended;
    let (size, root) = (checkpoint.size, checkpoint.root);
    console.say(said!(
        "日志：新记入 {count} 条，共 {size} 条，检查点已签名（树根 {root}）",
        "Log: {count} new, {size} entries in all, checkpoint signed (root {root})"
    ));
}

/// Says whether enough witnesses have seen the whole log; whether some are waited for.
fn say_standing(office: &Office, ledger: &Ledger, policy: &LogPolicy, console: &Console) -> bool {
    let Some(head) = ledger.checkpoints.last().filter(|_| !policy.is_unwitnessed()) else { return false };
    let judgement = policy.judge(&head.note);
    let size = ledger.head.size;
    if let Some(since) = judgement.quorum.time() {
        let since = since.by_clocks_of_china();
        console.say(said!(
            "见证：第 {size} 条为止已有足够见证（北京时间 {since}）",
            "Witnesses: enough have seen all {size} entries, since {since} (UTC+8)"
        ));
        return false;
    }
    let missing = policy.witnesses().iter().map(|witness| &witness.name);
    let missing = missing.filter(|name| !judgement.witnesses.iter().any(|seen| seen.name == **name));
    let (Said { zh, en }, public) = (Said::list(missing), office.path("public"));
    let public = public.display();
    console.say(said!(
        "见证：还缺 {zh}。把 {public} 整个文件夹交给见证方（U 盘即可），请其运行 yaohao witness；再用 yaohao publish --cosignature 录入交来的 .cosigned 文件",
        "Witnesses: {en} still missing. Hand them the whole folder {public} (a USB stick will do) for yaohao witness; then enter their .cosigned files with yaohao publish --cosignature"
    ));
    true
}

fn no_log() -> Problem {
    Problem::new(
        Kind::State,
        said!("本机关没有设日志", "this office keeps no log"),
        said!(
            "用 yaohao key new 生成日志的密钥，在 office.toml 里写 [log]（文件里有说明）",
            "make the log's key with yaohao key new and write [log] into office.toml, which says how"
        ),
    )
    .at("office.toml")
}

fn other_key(path: &Path) -> Problem {
    Problem::new(
        Kind::Policy,
        said!("这把密钥不是日志规则里的那一把", "this is not the key that the log policy names"),
        said!(
            "在 office.toml 的 [log] 里写现用的密钥；换密钥用 yaohao key change",
            "name the key in force in [log] of office.toml; keys are changed with yaohao key change"
        ),
    )
    .at(path.display().to_string())
}
