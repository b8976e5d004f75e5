//! `yaohao schedule`: the days of the visits with names, for the office. The program never
//! writes it anywhere: before the visits it is what nobody outside may know.

mod agenda;
mod view;

use super::args::ScheduleArgs;
use super::console::Console;
use super::journal;
use super::steps::current;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Case, DrawFolder, Office, Query, Secrets, opened, unsound};
use crate::time::Date;
use crate::verify::{Known, Loaded};
use agenda::Agenda;
use std::collections::BTreeMap;

pub fn run(office: &Office, args: &ScheduleArgs, console: &Console) -> Outcome<()> {
    let folder = match &args.draw {
        Some(id) => office.draw(id.clone()),
        None => current(office)?.0,
    };
    let commit = folder.commit()?;
    if commit.schedule.is_none() {
        return Err(without(&folder));
    }
    if !folder.stage()?.is_closed() {
        return Err(too_early(&folder));
    }
    let secrets = Secrets::load(&folder)?;
    let case = Case::committed(&folder, &commit)?;
    let plan = case.plan();
    let committed = case.recommit(&plan, &commit, &secrets, &folder)?;
    let files = opened(&folder, &commit)?;
    let known = Known::default();
    let loaded = Loaded::new(&files, &known);
    let planned = journal::open(office, console)?
        .tasks(&Query { draw: Some(folder.id.clone()), ..Query::default() })?;
    let planned: BTreeMap<String, Date> =
        planned.into_iter().filter_map(|task| task.day().and_then(|day| Some((task.unit?, day)))).collect();
    let agenda = Agenda::new(&plan, &committed, &loaded, &planned).map_err(|stop| unsound(&stop))?;
    view::show(&agenda, console);
    console.data(|| view::data(&agenda));
    Ok(())
}

fn without(folder: &DrawFolder) -> Problem {
    let draw = &folder.id;
    Problem::new(
        Kind::State,
        said!("{draw} 的方案不排检查日期", "{draw} was committed with a policy that gives visits no days"),
        said!(
            "要排日期，在 policy.toml 里写 [schedule]，下一次承诺起有效",
            "write [schedule] into policy.toml; it holds from the next commitment on"
        ),
    )
}

fn too_early(folder: &DrawFolder) -> Problem {
    let draw = &folder.id;
    Problem::new(
        Kind::State,
        said!("{draw} 还没有抽取结果，没有日程", "{draw} has no result yet, and so no days"),
        said!("先完成 yaohao draw", "finish yaohao draw first"),
    )
}
