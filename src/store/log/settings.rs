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
    /// The file of the log's signing key, from the office folder.
    pub key: PathBuf,
    /// Public keys of the witnesses, each as its owner handed it in.
    #[serde(default)]
    pub witnesses: Vec<String>,
    /// How many of them are enough; all of them if it is not written.
    pub quorum: Option<u32>,
}

impl LogSettings {
    /// The text of log-policy.txt (c2sp.org/tlog-policy) for a log with that key.
    ///
    /// # Errors
    /// [`Kind::Policy`] if a witness's key is none, is there twice, or the quorum
    /// asks for more than there are.
    pub fn policy(&self, log: &VerifierKey) -> Outcome<(LogPolicy, String)> {
        let mut names = Vec::new();
        let mut text = format!("log {log}\n");
        for witness in &self.witnesses {
            let key: VerifierKey = witness
                .trim()
                .parse()
                .map_err(|error: crate::note::KeyError| wrong(witness, &error.said()))?;
            text += &format!("witness {} {key}\n", key.name());
            names.push(key.name().to_owned());
        }
        let wanted = self.quorum.unwrap_or(names.len() as u32);
        text += &match (wanted, &names[..]) {
            (0, _) => "quorum none\n".to_owned(),
            (1, [only]) => format!("quorum {only}\n"),
            _ => format!("group enough {wanted} {}\nquorum enough\n", names.join(" ")),
        };
        let policy = LogPolicy::read(text.as_bytes()).map_err(|error| wrong("[log]", &error.said()))?;
        Ok((policy, text))
    }
}

fn wrong(place: &str, why: &Said) -> Problem {
    let Said { zh, en } = why;
    Problem::new(
        Kind::Policy,
        said!("office.toml 的 [log] 不对：{zh}", "[log] of office.toml is wrong: {en}"),
        said!(
            "witnesses 写见证方交来的公钥，quorum 写其中几方足够（不写则全部）",
            "witnesses holds the public keys that witnesses handed in, quorum how many are enough (all if left out)"
        ),
    )
    .at(place.to_owned())
}
