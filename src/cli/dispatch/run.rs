//! Writes the orders, and says for whom.

use super::args::DispatchArgs;
use super::facts::{last_days, late_changes};
use super::folder::{Written, not_public, remove_others, write};
use super::wanted::wanted;
use crate::cli::console::Console;
use crate::cli::paper::typeface;
use crate::cli::steps::current;
use crate::clock;
use crate::dispatch::Book;
use crate::lang::{Said, counted};
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record;
use crate::said;
use crate::store::{Desk, DrawFolder, Office, Query, Stage, read_text};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// 发文机关代字, if office.toml names none.
const MARK: &str = "双随机派";

pub fn run(office: &Office, args: &DispatchArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let folder = match &args.draw {
        Some(id) => office.draw(id.clone()),
        None => current(office)?.0,
    };
    let commit = folder.commit()?;
    let stage = folder.stage()?;
    if !matches!(stage, Stage::Sealed | Stage::Recorded) {
        return Err(not_drawn(&folder, stage));
    }
    let out = args.out.clone().unwrap_or_else(|| folder.private.join("dispatch"));
    not_public(&out)?;
    let typeface = typeface(args.pdf, args.font.as_deref())?;
    let desk = Desk::open(office)?;
    let tasks = desk.tasks(&Query::default())?;
    let path = folder.public.join(record::POLICY);
    let policy = Policy::read(&path.display().to_string(), &read_text(&path)?)?;
    let (people, items) = (desk.people()?, office.table()?);
    let (changes, last_days) = (late_changes(&folder, &commit)?, last_days(office, &tasks)?);
    let book = Book {
        draw: &folder.id,
        mark: office.settings.dispatch.mark.as_deref().unwrap_or(MARK),
        policy: &policy,
        people: &people,
        items: &items,
        last_days: &last_days,
        changes: &changes,
        is_secret: stage == Stage::Sealed,
        at: clock::now(),
    };
    let orders = wanted(&tasks, &book, args)?;
    let progress = console.progress(orders.len() as u64);
    let mut written = Vec::new();
    for order in &orders {
        progress.step(said!("{}", "{}", order.number));
        written.push(write(order, &out, typeface.as_ref())?);
    }
    let is_all = args.inspector.is_none() && args.zone.is_none() && !args.team;
    if is_all && args.out.is_none() {
        let kept: BTreeSet<PathBuf> = written.iter().flat_map(|written| written.files.clone()).collect();
        remove_others(&out, &kept)?;
    }
    drop(progress);
    show(&written, &book, &out.display().to_string(), console);
    Ok(())
}

fn show(written: &[Written], book: &Book<'_>, out: &str, console: &Console) {
    for Written { to, visits, files } in written {
        let name =
            files.first().map_or_else(String::new, |file| file.with_extension("").display().to_string());
        let forms: Vec<&str> =
            files.iter().filter_map(|file| file.extension().and_then(|form| form.to_str())).collect();
        let forms = forms.join("、.");
        let english = forms.replace('、', ", ");
        let items = counted(*visits as u64, "visit");
        let Said { zh, en } = to;
        console.say(said!("{zh}：{visits} 项　{name}.{forms}", "{en}: {items}, {name}.{english}"));
    }
    let (count, at) = (written.len(), book.at.by_clocks_of_china());
    let orders = counted(count as u64, "order");
    console.say(said!(
        "共 {count} 份，在 {out}，截至 {at}。只发给本人、本片区；有变更时重新派单",
        "{orders} in {out}, as of {at} (UTC+8). Each is for its reader only; dispatch again after a change"
    ));
    if book.is_secret {
        console.say(said!(
            "结果还密封着：检查前不得外传；日历文件不要导入会同步到网上的日历",
            "the result is still sealed: nothing may be known outside before the visits; keep the calendars out of any that is synchronised over a network"
        ));
    }
    console.data(|| {
        let order = |w: &Written| {
            let files: Vec<String> = w.files.iter().map(|file| file.display().to_string()).collect();
            json!({ "to": console.text(&w.to), "visits": w.visits, "files": files })
        };
        let orders: Vec<serde_json::Value> = written.iter().map(order).collect();
        json!({ "draw": book.draw.to_string(), "at": book.at.to_string(), "secret": book.is_secret, "folder": out, "orders": orders })
    });
}

fn not_drawn(folder: &DrawFolder, stage: Stage) -> Problem {
    let (draw, step) = (&folder.id, stage.zh());
    Problem::new(
        Kind::State,
        said!("{draw} 没有结果可派：{step}", "{draw} has no result to dispatch"),
        said!("抽取完成后再派单", "dispatch once the draw is made"),
    )
}
