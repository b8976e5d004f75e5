//! The selection of a published draw.

use super::{Origin, Selection, Stratum};
use crate::ids::DrawId;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{COMMIT, VOID};
use crate::roll::{Papers, RollCommit};
use crate::said;
use crate::verify::{Folder, Known, Loaded, Stop};

/// What the draw in `folder` is, and how it selects: quotas from its commitment, the seed
/// from the documents behind it. Whether these are true to the commitment is for
/// [`verify`](crate::verify::verify) to say.
///
/// # Errors
/// [`Kind::Unreadable`] if the folder is not a draw; [`Kind::State`] if it is a void, or of a
/// suite without SQL; [`Kind::Incomplete`] if the seed is not public yet; [`Kind::Failed`] if
/// its documents contradict the commitment.
pub fn published(folder: &Folder) -> Outcome<(Origin, Selection)> {
    if folder.get(COMMIT).is_some_and(RollCommit::begins) {
        return roll(folder);
    }
    let known = Known::default();
    let loaded = Loaded::new(folder, &known);
    let commit = loaded.commit().map_err(|_| unreadable())?;
    if folder.get(VOID).is_some() {
        return Err(void(&commit.draw));
    }
    let seed = loaded.seed().map_err(unseeded)?;
    let strata = commit.strata.iter().map(|stratum| Stratum {
        label: stratum.label.clone(),
        pool: stratum.pool,
        drawn: stratum.quota,
        reserves: 0,
    });
    let selection = Selection::new(seed, strata.collect(), commit.carried.is_some())?;
    Ok((Origin { draw: commit.draw.to_string(), commitment: commit.id() }, selection))
}

/// The same of a roll.
fn roll(folder: &Folder) -> Outcome<(Origin, Selection)> {
    let papers = Papers::new(folder, None, None);
    let Some(commit) = papers.commit() else { return Err(unreadable()) };
    if folder.get(VOID).is_some() {
        return Err(void(&commit.draw));
    }
    let missing =
        || unseeded(Stop::NotRun(said!("随机数和事件还没有齐", "nonces and events are not all there")));
    let seed = papers.seed().ok_or_else(missing)?;
    let strata = commit.strata.iter().map(|stratum| Stratum {
        label: stratum.label.clone(),
        pool: stratum.pool,
        drawn: stratum.quota,
        reserves: stratum.reserves,
    });
    let selection = Selection::new(seed, strata.collect(), false)?;
    Ok((Origin { draw: commit.draw.to_string(), commitment: commit.id() }, selection))
}

fn unreadable() -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("这里没有可读的抽取记录（{COMMIT}）", "there is no readable draw here ({COMMIT})"),
        said!(
            "给出一次抽取的公开文件夹，例如 public/2026-001；先运行 yaohao verify",
            "name a draw's public folder, such as public/2026-001; run yaohao verify first"
        ),
    )
}

fn void(draw: &DrawId) -> Problem {
    Problem::new(
        Kind::State,
        said!("{draw} 已作废，没有抽取结果", "{draw} is void and has drawn nothing"),
        said!(
            "给出下一次抽取的文件夹；作废带入了哪些单位，运行 yaohao verify 核验",
            "name the folder of the next draw; yaohao verify checks what a void hands on"
        ),
    )
}

/// Why there is no seed.
fn unseeded(stop: Stop) -> Problem {
    match stop {
        Stop::NotRun(Said { zh, en }) => Problem::new(
            Kind::Incomplete,
            said!("种子还不知道：{zh}", "the seed is not known yet: {en}"),
            said!(
                "等抽取做完；密封的抽取，等结果公开（open）之后",
                "wait until the draw is made; until it is opened, if it is sealed"
            ),
        ),
        Stop::Fail(Said { zh, en }) => Problem::new(
            Kind::Failed,
            said!("种子算不出来：{zh}", "the seed cannot be computed: {en}"),
            said!("运行 yaohao verify，看哪一项不通过", "run yaohao verify to see which check fails"),
        ),
    }
}
