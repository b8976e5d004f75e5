//! `yaohao open`.

use super::{current, now_after};
use crate::cli::args::OpenArgs;
use crate::cli::console::Console;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Link, Opening, ReplaceFile};
use crate::said;
use crate::store::{DrawFolder, Office, Secrets, Stage};
use crate::store::{SEALED, last_document, opened, sealed};
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
    let (after, before) = last_document(&opened(&folder, &commit)?, commit.suite)?;
    let at = match files.get(record::OPEN).map(Opening::read) {
        // An earlier run was cut short: its time stands.
        Some(Ok(opening)) => opening.link.at,
        _ => now_after(before)?,
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
    let link = Link { draw: draw.clone(), after, at };
    let opening = Opening { link, nonces: vec![(party, Secrets::load(&folder)?.nonce)] };
    folder.add(record::OPEN, &opening.text())?;
    open_changes(&folder)?;
    for file in commit.result() {
        let text = String::from_utf8_lossy(&folder.kept(&format!("{SEALED}/{file}"))?).into_owned();
        folder.add(file, &text)?;
    }
    let files = folder.files()?;
    let names = [record::OPEN].iter().chain(commit.result());
    let present = names.filter_map(|name| Some((*name, files.get(name)?)));
    folder.add(record::OPEN_SUMS, &record::sums(present))?;
    let (public, due) = (folder.public.display(), commit.open_by);
    if at.date_in_china() > due {
        console.say(said!(
            "逾期公开（LATE-OPEN）：{due} 之前就应公开，V12 会向所有人显示",
            "Opened late (LATE-OPEN): it was due by {due}, and V12 shows it to everybody"
        ));
    }
    console.say(said!("{draw} 已全部公开：{public}", "{draw} is open: {public}"));
    console.data(|| json!({ "draw": draw.to_string(), "folder": public.to_string() }));
    Ok(())
}

/// Publishes the texts of late changes, of which only the hashes were public.
fn open_changes(folder: &DrawFolder) -> Outcome<()> {
    let (asked, decided) = folder.replacements()?;
    for (count, file) in [(asked, ReplaceFile::Request), (decided, ReplaceFile::Result)] {
        for name in (1..=count).map(|number| file.name(number)) {
            let text = String::from_utf8_lossy(&folder.kept(&sealed(&name))?).into_owned();
            folder.add(&name, &text)?;
        }
    }
    Ok(())
}
