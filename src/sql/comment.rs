//! What stands above the statements: of which draw they are, and how they are run.

use super::{Dialect, Selection};
use crate::digest::Digest;
use crate::lang::Said;
use crate::said;

/// Where a selection comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Number of the draw.
    pub draw: String,
    /// Hash of its commitment.
    pub commitment: Digest,
}

/// Which statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// The query.
    Query,
    /// What loads units and units carried over.
    Load,
    /// The query over partial results.
    Merge,
    /// What loads partial results, and units carried over.
    LoadParts,
}

/// The comment above a text of `dialect`, in both languages.
pub fn comment(dialect: Dialect, origin: &Origin, selection: &Selection, text: Text) -> Said {
    let (name, run, seed, Origin { draw, commitment }) =
        (dialect.zh(), dialect.words().run, selection.seed, origin);
    let Said { zh, en } = what(text, selection);
    let Said { zh: zh_tables, en: en_tables } = tables(text, selection);
    let said = said!(
        "摇号 {draw}：{zh}（{name}）\n{zh_tables}\n承诺 {commitment}\n种子 {seed}\n运行：{run}",
        "Draw {draw}: {en} ({name})\n{en_tables}\nCommitment {commitment}\nSeed {seed}\nRun: {run}"
    );
    Said { zh: commented(&said.zh), en: commented(&said.en) }
}

fn what(text: Text, selection: &Selection) -> Said {
    match text {
        Text::Query => said!("从名录重算中签单位", "the units drawn, recomputed from the register"),
        Text::Merge => said!("把各台机器的结果合并", "what several machines found, merged"),
        Text::Load if selection.carried => {
            said!("装入名录和带入的单位", "loads the register and the units carried over")
        }
        Text::Load => said!("装入名录", "loads the register"),
        Text::LoadParts => said!("装入各台机器的结果", "loads what several machines found"),
    }
}

/// What the tables are, and what comes out.
fn tables(text: Text, selection: &Selection) -> Said {
    match text {
        Text::Query | Text::Merge => {
            let table = if text == Text::Query { "units" } else { "parts" };
            let tables = if selection.carried { format!("{table}, carried") } else { table.to_owned() };
            let spare = selection.strata.iter().any(|stratum| stratum.reserves > 0);
            let reserves = said!("，k 家之后是备选", ", and behind each k its reserves");
            let Said { zh, en } = if spare { reserves } else { said!("", "") };
            said!(
                "先用 --load 的语句装入 {tables}；结果应与 drawn.txt 逐行相同{zh}",
                "Load {tables} first (--load); the rows must be those of drawn.txt, one by one{en}"
            )
        }
        Text::Load => said!("每行的前两个词：编号、分层", "The first two words of each line: id and stratum"),
        Text::LoadParts => said!(
            "各台机器查得的行，每行先写编号、分层，合在一个文件里",
            "The rows found by each machine in one file, each line beginning with id and stratum"
        ),
    }
}

/// Every line as a comment, also where a line feed came with a name.
fn commented(text: &str) -> String {
    text.lines().map(|line| format!("-- {line}\n")).collect()
}
