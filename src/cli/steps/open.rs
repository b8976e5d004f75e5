//! `yaohao open` and `yaohao void`.

use super::finish::SEALED;
use super::{current, now_after};
use crate::cli::args::{OpenArgs, VoidArgs};
use crate::cli::console::Console;
use crate::clock;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Link, Opening, Record, Void, VoidReason, id_of};
use crate::said;
use crate::store::{DrawFolder, Office, Secrets, Stage};
use serde_json::json;

/// Publishes what a sealed draw kept back.
pub fn open(office: &Office, args: &OpenArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let folder = match &args.draw {
        Some(id) => office.draw(id.clone()),
        None => current(office)?.0,
    };
    let draw = &folder.id;
    if folder.stage()? != Stage::Sealed {
        return Err(Problem::new(
            Kind::State,
            said!(
                "{draw} 不是密封的抽取，没有可公开的",
                "{draw} is not a sealed draw; there is nothing to open"
            ),
            said!("用 yaohao status 看各次抽取的状态", "see yaohao status"),
        ));
    }
    let files = folder.files()?;
    let commit = folder.commit()?;
    let bytes = files.get(record::RECORD).unwrap_or_default();
    let record = Record::read(bytes).map_err(|error| unreadable_record(&folder, &error.to_string()))?;
    let at = match files.get(record::OPEN).map(Opening::read) {
        // An earlier run was cut short: its time stands.
        Some(Ok(opening)) => opening.link.at,
        _ => now_after(record.link.at)?,
    };
    let last = commit.window.last;
    if at.date_in_china() < last {
        return Err(Problem::new(
            Kind::State,
            said!(
                "检查期到 {last} 才结束，现在公开会泄露检查对象",
                "the visits last until {last}; opening now would give the targets away"
            ),
            said!("检查期最后一天起再公开", "open it on the last day or later"),
        ));
    }
    let party = commit.parties[0].0.clone();
    let link = Link { draw: draw.clone(), after: id_of(&record.text()), at };
    let opening = Opening { link, nonces: vec![(party, Secrets::load(&folder)?.nonce)] };
    folder.add(record::OPEN, &opening.text())?;
    for file in [record::DRAWN, record::DOCKETS, record::TEAMS, record::PRICES] {
        let text = String::from_utf8_lossy(&folder.kept(&format!("{SEALED}/{file}"))?).into_owned();
        folder.add(file, &text)?;
    }
    let files = folder.files()?;
    let names = [record::OPEN, record::DRAWN, record::DOCKETS, record::TEAMS, record::PRICES];
    let present = names.into_iter().filter_map(|name| Some((name, files.get(name)?)));
    folder.add(record::OPEN_SUMS, &record::sums(present))?;
    let public = folder.public.display();
    console.say(said!("{draw} 已全部公开：{public}", "{draw} is open: {public}"));
    console.data(|| json!({ "draw": draw.to_string(), "folder": public.to_string() }));
    Ok(())
}

fn unreadable_record(folder: &DrawFolder, error: &str) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("已公布的记录读不懂：{error}", "the published record cannot be read: {error}"),
        said!("从备份恢复公开文件夹", "restore the public folder from a backup"),
    )
    .at(folder.public.display().to_string())
}

/// Gives up a draw while nobody can know anything of its outcome.
pub fn void(office: &Office, args: &VoidArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let Some(reason) = VoidReason::from_text(&args.reason) else {
        let known: Vec<&str> = VoidReason::ALL.iter().map(|reason| reason.key()).collect();
        let (given, known) = (&args.reason, known.join(", "));
        return Err(Problem::new(
            Kind::Usage,
            said!("不认识的原因“{given}”", "unknown reason \"{given}\""),
            said!("可用：{known}", "use one of: {known}"),
        )
        .at("--reason"));
    };
    let (folder, stage) = current(office)?;
    let draw = &folder.id;
    // Past its deadline a draw may be ended at any step, so that the office is not
    // stuck for ever; verify then fails it for everybody to see.
    let commit = folder.commit()?;
    let lapsed = !stage.is_closed() && clock::now() > commit.close_by;
    if stage != Stage::Committed && !lapsed {
        let (zh, key) = (stage.zh(), stage.key());
        return Err(Problem::new(
            Kind::State,
            said!("{draw} {zh}，不能作废", "{draw} is past that ({key}) and cannot be voided"),
            said!(
                "骰子掷出或随机数公开之后，结果就可能被人推知，作废等于重抽；请完成它",
                "once dice are rolled or nonces are open somebody may know the outcome, and voiding would be a second try; finish it"
            ),
        ));
    }
    let link = Link { draw: draw.clone(), after: commit.id(), at: now_after(commit.committed)? };
    let text = Void { link, reason }.text();
    folder.add(record::VOID, &text)?;
    folder.add(record::VOID_SUMS, &record::sums([(record::VOID, text.as_bytes())]))?;
    console.say(said!(
        "{draw} 已作废并留痕，编号不再使用",
        "{draw} is voided for everybody to see; its number is not used again"
    ));
    console.data(|| json!({ "draw": draw.to_string(), "reason": reason.key() }));
    Ok(())
}
