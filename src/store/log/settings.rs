//! `[log]` of office.toml: the log's key, its witnesses, and how many are enough.

use crate::lang::Said;
use crate::note::{LogPolicy, VerifierKey};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use serde::Deserialize;
use std::path::PathBuf;

/// The section as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogSettings {
    /// The file of the log's secret key, from the office folder.
    pub key: PathBuf,
    /// Files of the witnesses' public keys, from the office folder.
    #[serde(default)]
    pub witnesses: Vec<PathBuf>,
    /// How many of them are enough; all of them if it is not written.
    pub quorum: Option<u32>,
}

impl LogSettings {
    /// The text of the first log-policy.txt (c2sp.org/tlog-policy) of a log with that
    /// key and these `witnesses`, the keys of the files.
    ///
    /// # Errors
    /// [`Kind::Policy`] if a key is no witness's or is there twice, or if the quorum
    /// asks for more than there are.
    pub fn policy(&self, log: &VerifierKey, witnesses: &[VerifierKey]) -> Outcome<String> {
        let names: Vec<&str> = witnesses.iter().map(VerifierKey::name).collect();
        let mut text = format!("log {log}\n");
        for key in witnesses {
            text += &format!("witness {} {key}\n", key.name());
        }
        let wanted = self.quorum.map_or(names.len(), |quorum| quorum as usize);
        text += &match (wanted, &names[..]) {
            (0, _) => "quorum none\n".to_owned(),
            (1, [only]) => format!("quorum {only}\n"),
            _ => format!("group enough {wanted} {}\nquorum enough\n", names.join(" ")),
        };
        match LogPolicy::read(text.as_bytes()) {
            Ok(_) => Ok(text),
            Err(error) => Err(wrong(&error.said())),
        }
    }
}

fn wrong(why: &Said) -> Problem {
    let Said { zh, en } = why;
    Problem::new(
        Kind::Policy,
        said!("[log] 推不出日志规则：{zh}", "[log] gives no log policy: {en}"),
        said!(
            "witnesses 写见证方交来的 .pub 文件，quorum 写其中几方足够（不写则全部）",
            "witnesses names the .pub files that witnesses handed in, quorum how many are enough (all if left out)"
        ),
    )
    .at("office.toml")
}
