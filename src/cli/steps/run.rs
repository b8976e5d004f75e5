//! `yaohao draw`: brings the draw as far as its inputs allow. Each document is
//! written before the next one is begun, so that a run cut short is taken up
//! where it stopped.

use super::ceremony::Ceremony;
use super::{current, finish};
use crate::cli::args::DrawArgs;
use crate::cli::console::Console;
use crate::cli::publish;
use crate::clock;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit};
use crate::said;
use crate::store::{DrawFolder, Office, Secrets, Stage};

pub fn draw(office: &Office, args: &DrawArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let (folder, stage) = current(office)?;
    if stage.is_closed() {
        return Err(closed(&folder, stage));
    }
    if stage == Stage::Voiding {
        return Err(voiding(&folder));
    }
    let commit = folder.commit()?;
    // A record that is written was in time, or not, by its own words.
    let recorded = folder.files()?.get(record::RECORD).is_some();
    if clock::now() > commit.close_by && !recorded {
        return Err(overdue(&commit));
    }
    if stage == Stage::Committed {
        publish::witnessed(office, &folder, &commit)?;
    }
    let mut ceremony = Ceremony::new(&folder, commit.demand(), Secrets::load(&folder)?, "yaohao");
    let whole = ceremony.gather(office, &args.seed, stage != Stage::Committed, console)?;
    if !whole {
        return Ok(());
    }
    finish::finish(ceremony, &commit, console)
}

fn closed(folder: &DrawFolder, stage: Stage) -> Problem {
    let (draw, zh, key) = (&folder.id, stage.zh(), stage.key());
    Problem::new(
        Kind::State,
        said!("{draw} 已经结束（{zh}），不能再抽", "{draw} is closed ({key}) and cannot be drawn again"),
        said!("要再抽，须重新承诺：yaohao commit", "another draw needs another commitment: yaohao commit"),
    )
}

fn voiding(folder: &DrawFolder) -> Problem {
    let draw = &folder.id;
    Problem::new(
        Kind::State,
        said!("{draw} 正在作废，不能再抽", "{draw} is being voided and cannot be drawn"),
        said!("再运行一次 yaohao void 写完", "run yaohao void once more"),
    )
}

fn overdue(commit: &Commit) -> Problem {
    let (draw, due) = (&commit.draw, commit.close_by.by_clocks_of_china());
    Problem::new(
        Kind::State,
        said!("{draw} 的期限（{due}）已过，不能再抽", "{draw} was due by {due} and can no longer be drawn"),
        said!(
            "用 yaohao void 作废，公众会看到逾期，已抽中的单位带入下一次；然后重新承诺",
            "void it with yaohao void, visibly late and with its drawn units handed on, and commit again"
        ),
    )
}
