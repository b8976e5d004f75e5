//! The steps of a draw: nonce, commit, draw, void, open, status.

mod answer;
mod ceremony;
mod commit;
mod due;
mod events;
mod finish;
mod inputs;
mod link;
mod open;
mod pulses;
mod recover;
mod replace;
mod run;
mod shares;
mod summary;
mod visit;
mod void;

pub use ceremony::{Ceremony, damaged};
pub use commit::{SOFTWARE, commit, parties};
pub use events::{announce as announce_events, events};
pub use link::link;
pub use open::open;
pub use recover::recover;
pub use replace::replace;
pub use run::draw;
pub use shares::share;
pub use void::{unknown_reason, void};

use super::args::NonceArgs;
use super::console::Console;
use crate::clock;
use crate::ids::{DrawId, is_key};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{Commit, Mode};
use crate::said;
use crate::seed::{ChainSecret, Nonce};
use crate::store::Case;
use crate::store::{Audience, ChainFile, DrawFolder, NonceFile, Office, Stage, write_new};
use crate::time::{Date, Moment};
use serde_json::json;
use std::path::Path;

/// Makes a party's nonce, its chain for late changes, and the commitment to both.
pub fn nonce(args: &NonceArgs, console: &Console) -> Outcome<()> {
    if !is_key(&args.party) {
        return Err(Problem::new(
            Kind::Usage,
            said!("这不是一方的代号", "this is not the key of a party"),
            said!(
                "写方案 parties 里的代号，例如 discipline",
                "use a key from `parties` in the policy, such as discipline"
            ),
        )
        .at("--party"));
    }
    let stem = format!("{}-{}", args.party, args.draw.folder());
    let secret = args.out.join(format!("{stem}.nonce"));
    let commitment = args.out.join(format!("{stem}.commitment"));
    let kept = args.out.join(format!("{stem}.chain"));
    // A run that was cut short has handed nothing in: its secrets are used, not replaced.
    let begun = |path: &Path| !commitment.exists() && path.exists();
    let file = match begun(&secret) {
        true => NonceFile::load(&secret)?,
        false => NonceFile {
            draw: args.draw.clone(),
            party: args.party.clone(),
            nonce: Nonce::new(clock::entropy()),
        },
    };
    let new_chain = || ChainFile {
        draw: args.draw.clone(),
        party: args.party.clone(),
        length: args.links,
        secret: ChainSecret::new(clock::entropy()),
    };
    let kept_chain = (args.links > 0 && begun(&kept)).then(|| ChainFile::load(&kept)).transpose()?;
    let kept_chain = kept_chain.filter(|chain| chain.length == args.links);
    let chain = kept_chain.or_else(|| (args.links > 0).then(new_chain));
    write_new(&secret, file.text().as_bytes(), Audience::Office)?;
    if let Some(chain) = &chain {
        write_new(&kept, chain.text().as_bytes(), Audience::Office)?;
    }
    let public = file.commitment(args.suite, chain.as_ref().map(|chain| chain.public(args.suite)));
    write_new(&commitment, public.text().as_bytes(), Audience::Public)?;
    let (secret, shown, value) = (secret.display(), commitment.display(), public.commitment);
    console.say(said!(
        "秘密随机数：{secret}（自己保管，抽取当天带来，之前不给任何人看）",
        "Secret nonce: {secret} (keep it, bring it to the draw, show it to nobody before)"
    ));
    if let Some(chain) = &chain {
        let (kept, links) = (kept.display(), chain.length);
        console.say(said!(
            "换人用的秘密链：{kept}（{links} 节；只留在自己的电脑上，抽取当天也不带来）",
            "Secret chain for late changes: {kept} ({links} links; it stays on this machine, also on the day)"
        ));
    }
    console
        .say(said!("承诺：{shown}（现在交给抽查机关）", "Commitment: {shown} (hand it to the office now)"));
    console.say(said!("承诺值：{value}", "Its value: {value}"));
    console.data(|| json!({ "secret": secret.to_string(), "commitment": shown.to_string(), "value": value.to_string(), "chain": chain.as_ref().map(|_| kept.display().to_string()) }));
    Ok(())
}

/// All draws and the step each has reached.
pub fn status(office: &Office, console: &Console) -> Outcome<()> {
    let (policy, _) = office.policy()?;
    let mut rows = Vec::new();
    let mut data = Vec::new();
    for draw in office.draws(&policy.office)? {
        let (stage, commit) = (draw.stage()?, draw.commit()?);
        let overdue = !stage.is_closed() && clock::now() > commit.close_by;
        let opened = draw.opened()?;
        let late = lateness(overdue, stage, &commit, opened);
        let opened_late = opened.is_some_and(|day| day > commit.open_by);
        let opening_overdue = stage == Stage::Sealed && opening_is_overdue(&commit);
        let late = late.to(console.lang);
        let text = if console.lang == crate::lang::Lang::Zh { stage.zh() } else { stage.key() };
        let (asked, replaced) = draw.replacements()?;
        let changes = late_changes(asked, replaced);
        let changes = changes.to(console.lang);
        let (first, last) = (commit.window.first, commit.window.last);
        rows.push(vec![
            draw.id.to_string(),
            format!("{first}..{last}"),
            format!("{text}{late}{changes}"),
            commit.close_by.by_clocks_of_china(),
        ]);
        data.push(json!({
            "draw": draw.id.to_string(), "stage": stage.key(), "overdue": overdue,
            "first": first.to_string(), "last": last.to_string(),
            "open_by": (commit.mode == Mode::Sealed).then(|| commit.open_by.to_string()),
            "opening_overdue": opening_overdue, "opened_late": opened_late,
            "replaced": replaced, "awaits_link": asked > replaced,
            "close_by": commit.close_by.to_string(), "commitment": commit.id().to_string(),
        }));
    }
    for (row, view) in crate::cli::roll::statuses(office, &policy.office, console.lang)? {
        rows.push(row);
        data.push(view);
    }
    if rows.is_empty() {
        console.say(said!("还没有抽取", "there is no draw yet"));
    }
    let headings =
        [said!("编号", "draw"), said!("检查期", "visits"), said!("状态", "step"), said!("完成期限", "due")];
    console.table(&headings, &[], rows);
    console.data(|| json!({ "draws": data }));
    Ok(())
}

fn opening_is_overdue(commit: &Commit) -> bool {
    clock::now().date_in_china() > commit.open_by
}

/// What is late, behind the step of a draw.
fn lateness(overdue: bool, stage: Stage, commit: &Commit, opened: Option<Date>) -> Said {
    let due = commit.open_by;
    match opened {
        _ if overdue => said!("（逾期）", " (overdue)"),
        None if stage == Stage::Sealed && opening_is_overdue(commit) => {
            said!("（{due} 前应公开，逾期未公开）", " (not opened, due by {due})")
        }
        Some(day) if day > due => {
            said!("（{day} 才公开，逾期：LATE-OPEN）", " (LATE-OPEN: opened {day}, due by {due})")
        }
        _ => said!("", ""),
    }
}

/// Late changes, behind the step of a draw.
fn late_changes(asked: u32, replaced: u32) -> Said {
    match (asked, replaced) {
        (0, _) => said!("", ""),
        (asked, replaced) if asked > replaced => {
            said!(
                "；换人 {replaced} 次，第 {asked} 次等链节",
                "; {replaced} replaced, request {asked} awaits its link"
            )
        }
        _ => said!("；换人 {replaced} 次", "; {replaced} replaced"),
    }
}

/// The number that the next draw of the office gets.
pub fn next_draw(office: &Office, case: &Case) -> Outcome<DrawId> {
    let year = clock::now().date_in_china().year();
    let year = u16::try_from(year).expect("a year of today's clock");
    let last = office.draws(&case.policy.office)?.pop().map(|draw| draw.id);
    let sequence = last.filter(|id| id.year == year).map_or(1, |id| id.sequence + 1);
    Ok(DrawId { office: case.policy.office.clone(), year, sequence })
}

/// The draw that is under way.
pub fn current(office: &Office) -> Outcome<(DrawFolder, Stage)> {
    let (policy, _) = office.policy()?;
    let last = office.draws(&policy.office)?.pop();
    let Some(folder) = last else {
        return Err(Problem::new(
            Kind::State,
            said!("还没有承诺", "there is no commitment yet"),
            said!("先运行 yaohao check，再运行 yaohao commit", "run yaohao check, then yaohao commit"),
        ));
    };
    let stage = folder.stage()?;
    Ok((folder, stage))
}

/// The time for the next document, which must not be before the last one's.
fn now_after(before: Moment) -> Outcome<Moment> {
    let now = clock::now();
    if now >= before {
        return Ok(now);
    }
    Err(Problem::new(
        Kind::State,
        said!(
            "电脑时钟（{}）早于上一份文件（{}）",
            "the clock ({}) is before the last document ({})",
            now.by_clocks_of_china(),
            before.by_clocks_of_china()
        ),
        said!("校准电脑时钟后重试", "set the clock right and try again"),
    ))
}
