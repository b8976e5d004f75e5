//! `yaohao roll lines`: the lines of a published roll, for other programs.

use super::args::RollLinesArgs;
use crate::cli::steps::damaged;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{COMMIT, TableLine as _};
use crate::roll::{RollCommit, RollUnit};
use crate::said;
use crate::store::{Lines, read, system_error};
use std::io::{BufWriter, ErrorKind, Write as _};

/// Prints them; that they are those committed is for `yaohao roll verify` to say.
pub fn run(args: &RollLinesArgs) -> Outcome<()> {
    let path = args.dir.join(COMMIT);
    let commit = RollCommit::read(&read(&path)?)
        .map_err(|error| damaged(COMMIT, &error).at(path.display().to_string()))?;
    let lines = Lines::new(&args.dir, RollUnit::LINE, commit.units.count);
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    for bundle in 0..lines.bundles() {
        let text = lines.read(bundle)?.map_err(|fault| {
            let Said { zh, en } = fault.said();
            Problem::new(
                Kind::Unreadable,
                said!("名册的公开文件：{zh}", "files of the roll: {en}"),
                said!("运行 yaohao roll verify 核验", "verify it with yaohao roll verify"),
            )
        })?;
        match out.write_all(text.as_bytes()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            written => written.map_err(|error| unwritable(&error))?,
        }
    }
    out.flush().or_else(|error| match error.kind() {
        ErrorKind::BrokenPipe => Ok(()),
        _ => Err(unwritable(&error)),
    })
}

fn unwritable(error: &std::io::Error) -> Problem {
    let Said { zh, en } = system_error(error);
    Problem::new(
        Kind::Unreadable,
        said!("写不出去：{zh}", "cannot be written: {en}"),
        said!("核对磁盘空间", "check the disk space"),
    )
}
