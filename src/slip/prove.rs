//! From a published log to what a slip shows of it.

use super::logged::entries;
use super::text::{Logged, Slip};
use crate::lang::Said;
use crate::log::{Inclusion as Path, Published, inclusion, of_draw};
use crate::note::{LogPolicy, Note};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;

impl Slip {
    /// The same slip with its proof: record and late change are in the log, under the
    /// latest checkpoint that `policy` accepts.
    ///
    /// # Errors
    /// [`Kind::State`] if they are not logged yet, or not witnessed yet.
    pub fn in_log(self, published: &Published<'_>, policy: &LogPolicy) -> Outcome<Slip> {
        let known = of_draw(&published.entries, &self.record.link.draw);
        let mut indices = Vec::new();
        for entry in entries(&self) {
            let file = &entry.file;
            let found = known.iter().find(|(_, known)| **known == entry).map(|(index, _)| *index);
            indices.push(found.ok_or_else(|| not_logged(file))?);
        }
        let above = indices.iter().max().copied().unwrap_or_default();
        let accepted = published
            .checkpoints
            .iter()
            .rev()
            .find(|signed| signed.checkpoint.size > above && policy.judge(&signed.note).is_accepted());
        let signed = accepted.ok_or_else(not_witnessed)?;
        let mut paths = indices.into_iter().map(|index| {
            let neighbours = inclusion(&published.tree, index, signed.checkpoint.size);
            neighbours.map(|neighbours| Path { index, neighbours }).map_err(|fault| broken(&fault.said()))
        });
        let record = paths.next().ok_or_else(not_witnessed)??;
        let logged = Logged { record, change: paths.next().transpose()?, note: lean(&signed.note, policy) };
        Ok(Slip { logged: Some(logged), ..self })
    }
}

/// The note with no more signatures than the policy asks for: codes are small.
fn lean(note: &Note, policy: &LogPolicy) -> Note {
    let with = |lines: &[&crate::note::SignatureLine]| {
        let mut lean = note.unsigned();
        // Fewer lines than there were always fit.
        lines.iter().for_each(|line| drop(lean.add((*line).clone())));
        lean
    };
    let mut lines: Vec<_> = note.signatures().iter().collect();
    for at in (0..lines.len()).rev() {
        let mut fewer = lines.clone();
        fewer.remove(at);
        if policy.judge(&with(&fewer)).is_accepted() {
            lines = fewer;
        }
    }
    with(&lines)
}

fn not_logged(file: &str) -> Problem {
    Problem::new(
        Kind::State,
        said!("{file} 还没有记入日志", "{file} is not in the log yet"),
        said!("先运行 yaohao publish，并取得见证方的签名", "run yaohao publish, and have the witnesses sign"),
    )
}

fn not_witnessed() -> Problem {
    Problem::new(
        Kind::State,
        said!("日志里的记录还没有经过足够的见证", "not enough witnesses have seen the record in the log yet"),
        said!(
            "请见证方运行 yaohao witness，再用 yaohao publish --cosignature 录入",
            "let the witnesses run yaohao witness, then enter what they sign with yaohao publish --cosignature"
        ),
    )
}

/// A log on which no proof can be built.
fn broken(why: &Said) -> Problem {
    let Said { zh, en } = why;
    Problem::new(
        Kind::Unreadable,
        said!("公开的日志有问题：{zh}", "the published log is not sound: {en}"),
        said!(
            "先运行 yaohao verify；从备份恢复 public/log",
            "run yaohao verify; restore public/log from a backup"
        ),
    )
}
