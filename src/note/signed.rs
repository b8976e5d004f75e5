//! Notes: a text, an empty line, and one line a signature (c2sp.org/signed-note).

use super::key::is_name;
use super::{base64, unbase64};
use crate::lang::Said;
use crate::said;
use crate::text::{Read, TextError};
use std::fmt;

/// The largest note, in bytes.
pub const MAX_NOTE: usize = 256 * 1024;

/// The most signature lines of a note; C2SP asks for 16 at least, and a policy may
/// name 64 witnesses.
pub const MAX_SIGNATURES: usize = 80;

/// What a signature line begins with: an em dash and a space.
const DASH: &str = "\u{2014} ";

/// One line below a note: whose it claims to be, and what the key made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignatureLine {
    /// Name of the key.
    pub name: String,
    /// Id of the key, see [`super::VerifierKey::id`].
    pub key_id: u32,
    /// The signature, as its algorithm lays it out; at least one byte.
    pub bytes: Vec<u8>,
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.key_id.to_be_bytes()[..], &self.bytes].concat();
        write!(f, "{DASH}{} {}", self.name, base64(&bytes))
    }
}

impl SignatureLine {
    /// Reads a line without its LF; `None` if it is not one in its one form.
    pub fn read(line: &str) -> Option<SignatureLine> {
        let (name, bytes) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = unbase64(bytes)?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        let whole = is_name(name) && !bytes.is_empty();
        let line = || SignatureLine {
            name: name.to_owned(),
            key_id: u32::from_be_bytes(*id),
            bytes: bytes.to_vec(),
        };
        whole.then(line)
    }
}

/// A text and the signatures below it. That they are there says nothing: ask a
/// [`super::VerifierKey`] or a [`super::LogPolicy`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// A note nobody has signed yet. The text ends with LF and has no other control character.
    pub fn new(text: impl Into<String>) -> Read<Note> {
        let text = text.into();
        if text.len() > MAX_NOTE {
            return Err(whole(said!("文件太大", "the file is too large")));
        }
        if !text.ends_with('\n') {
            return Err(whole(said!("最后一行没有以换行结束", "the last line does not end with LF")));
        }
        // A line that has a control character other than LF.
        if let Some(at) = text.lines_of().position(|line| line.bytes().any(|b| b < 0x20)) {
            return Err(TextError {
                line: at + 1, rule: said!("有控制字符", "a control character").into()
            });
        }
        Ok(Note { text, signatures: Vec::new() })
    }

    /// Reads a note that somebody has signed.
    pub fn read(bytes: &[u8]) -> Read<Note> {
        if bytes.len() > MAX_NOTE {
            return Err(whole(said!("文件太大", "the file is too large")));
        }
        let note = std::str::from_utf8(bytes).map_err(|_| whole(said!("不是 UTF-8 文本", "not UTF-8")))?;
        // The last empty line: the text may have others.
        let cut = note.rfind("\n\n").ok_or_else(unsigned)?;
        let (text, lines) = (&note[..=cut], &note[cut + 2..]);
        let mut signed = Note::new(text)?;
        let lines = lines.strip_suffix('\n').ok_or_else(unsigned)?;
        let first = text.lines_of().count() + 2;
        for (at, line) in lines.split('\n').enumerate() {
            let error = |rule: Said| TextError { line: first + at, rule: rule.into() };
            if at == MAX_SIGNATURES {
                return Err(error(said!(
                    "签名超过 {MAX_SIGNATURES} 行",
                    "more than {MAX_SIGNATURES} signatures"
                )));
            }
            let line = SignatureLine::read(line).ok_or_else(|| {
                error(said!("不是一行签名（— 名称 Base64）", "not a signature line (— name base64)"))
            })?;
            signed.signatures.push(line);
        }
        Ok(signed)
    }

    /// The text: what is signed, its last LF included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines in their order.
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Adds a signature line, unless the same line is there; refuses one too many.
    pub fn add(&mut self, line: SignatureLine) -> Read<()> {
        if self.signatures.contains(&line) {
            return Ok(());
        }
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(whole(said!(
                "签名超过 {MAX_SIGNATURES} 行",
                "more than {MAX_SIGNATURES} signatures"
            )));
        }
        if self.to_string().len() + line.to_string().len() + 2 > MAX_NOTE {
            return Err(whole(said!("文件太大", "the file is too large")));
        }
        self.signatures.push(line);
        Ok(())
    }

    /// The same note without signatures.
    pub fn unsigned(&self) -> Note {
        Note { text: self.text.clone(), signatures: Vec::new() }
    }
}

impl fmt::Display for Note {
    /// The bytes of the file. Without a signature it is not a note yet, and only
    /// the text is printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        if !self.signatures.is_empty() {
            f.write_str("\n")?;
        }
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// Lines between LFs only; `str::lines` takes CR away.
trait LinesOf {
    fn lines_of(&self) -> impl Iterator<Item = &str>;
}

impl LinesOf for str {
    fn lines_of(&self) -> impl Iterator<Item = &str> {
        self.strip_suffix('\n').unwrap_or(self).split('\n')
    }
}

fn whole(rule: Said) -> TextError {
    TextError { line: 0, rule: rule.into() }
}

fn unsigned() -> TextError {
    whole(said!(
        "没有签名：正文之后应有一个空行，再是签名行",
        "no signatures: behind the text come an empty line and the signature lines"
    ))
}
