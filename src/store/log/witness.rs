//! What a witness remembers of a log: it is written before a cosignature leaves
//! the witness (c2sp.org/tlog-witness), and it is the evidence against the log.

use crate::digest::Digest;
use crate::lang::Said;
use crate::log::Signed;
use crate::note::{Checkpoint, Note, SignatureLine, VerifierKey};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::durable::{Audience, read, replace};
use crate::text::{Read, Reader, Writer};
use crate::time::Moment;
use std::path::Path;

/// The witness's state file, one a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessState {
    /// The witness's own key.
    pub witness: VerifierKey,
    /// The log's key, pinned when the witness first saw the log.
    pub log: VerifierKey,
    /// When the witness signed last.
    pub at: Moment,
    /// The largest checkpoint it vouched for.
    pub checkpoint: Checkpoint,
    /// The log's signature under it.
    pub signature: SignatureLine,
}

impl WitnessState {
    const TAG: &str = "yaohao/witness-state/v1";

    /// The text of the file. The signature stands as base64, as in the note.
    pub fn text(&self) -> String {
        let Checkpoint { size, root, .. } = &self.checkpoint;
        let line = self.signature.to_string();
        let signature = line.rsplit(' ').next().unwrap_or_default();
        Writer::new(Self::TAG)
            .field("witness", &self.witness)
            .field("log", &self.log)
            .field("at", self.at)
            .field("size", size)
            .field("root", root)
            .field("signature", signature)
            .finish()
    }

    fn parse(bytes: &[u8]) -> Read<WitnessState> {
        let mut r = Reader::new(bytes, Self::TAG)?;
        let key = |r: &mut Reader<'_>, field: &str| -> Read<VerifierKey> {
            let text = r.field(field)?;
            text.parse().map_err(|error: crate::note::KeyError| r.error(error.said()))
        };
        let (witness, log) = (key(&mut r, "witness")?, key(&mut r, "log")?);
        let at = r.parsed("at", "a moment")?;
        let size = r.field("size")?;
        let size = r.number(size)?;
        let root: Digest = r.parsed("root", "a SHA-256")?;
        let base64 = r.field("signature")?;
        let line = SignatureLine::read(&format!("\u{2014} {} {base64}", log.name()));
        let signature = line.ok_or_else(|| r.error("not a signature"))?;
        r.end()?;
        let checkpoint = Checkpoint { origin: log.name().to_owned(), size, root };
        Ok(WitnessState { witness, log, at, checkpoint, signature })
    }

    /// What the witness remembers; `None` if it has not seen the log yet.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if the file was changed, also if the log's signature in it is false.
    pub fn load(path: &Path) -> Outcome<Option<WitnessState>> {
        if !path.exists() {
            return Ok(None);
        }
        let damaged = |zh: &str, en: &str| {
            Problem::new(
                Kind::Unreadable,
                said!("见证方的登记读不懂：{zh}", "what the witness remembers cannot be read: {en}"),
                said!(
                    "从备份恢复这份文件；没有它就不能再作见证，绝不要重新开始",
                    "restore the file from a backup; without it nothing can be vouched for, and never begin anew"
                ),
            )
            .at(path.display().to_string())
        };
        let state = WitnessState::parse(&read(path)?).map_err(|error| {
            let Said { zh, en } = error.said();
            damaged(&zh, &en)
        })?;
        let text = state.checkpoint.text();
        if state.log.verify_line(&text, &state.signature).is_none() {
            return Err(damaged("签名对不上", "the signature is false"));
        }
        Ok(Some(state))
    }

    /// Remembers it durably.
    pub fn keep(&self, path: &Path) -> Outcome<()> {
        replace(path, self.text().as_bytes(), Audience::Office)
    }

    /// The checkpoint with the log's signature: what convicts the log.
    pub fn note(&self) -> Read<Signed> {
        let mut note = Note::new(self.checkpoint.text())?;
        note.add(self.signature.clone())?;
        Ok(Signed { checkpoint: self.checkpoint.clone(), note })
    }
}
