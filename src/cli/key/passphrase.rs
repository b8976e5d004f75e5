//! Passphrases: typed without showing them, or read from a file.

use crate::cli::console::Console;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{read_text, system_error};
use std::fmt;
use std::path::Path;

/// The fewest characters of a passphrase.
const SHORTEST: usize = 8;

/// A passphrase in memory. Never shown, and wiped as well as safe code can.
pub struct Passphrase(String);

impl Passphrase {
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl Drop for Passphrase {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        std::hint::black_box(&bytes);
    }
}

/// A passphrase for a new key: long enough, and typed twice alike.
pub fn chosen(file: Option<&Path>, console: &Console) -> Outcome<Passphrase> {
    let passphrase = match file {
        Some(file) => from_file(file)?,
        None => {
            let first = typed(said!("新口令（不显示）：", "New passphrase (not shown): "), console)?;
            let again = typed(said!("再输一遍：", "Once more: "), console)?;
            if first.text() != again.text() {
                return Err(Problem::new(
                    Kind::Passphrase,
                    said!("两遍口令不一样", "the two passphrases differ"),
                    said!("重做一遍；什么都没有写下", "do it again; nothing was written"),
                ));
            }
            first
        }
    };
    if passphrase.text().trim().chars().count() < SHORTEST {
        return Err(Problem::new(
            Kind::Passphrase,
            said!("口令太短，至少 {SHORTEST} 个字符", "the passphrase has less than {SHORTEST} characters"),
            said!(
                "用几个不相干的词连成一句，容易记又难猜",
                "take some words that have nothing to do with each other"
            ),
        ));
    }
    Ok(passphrase)
}

/// The passphrase of a key that there is.
pub fn given(file: Option<&Path>, console: &Console) -> Outcome<Passphrase> {
    match file {
        Some(file) => from_file(file),
        None => typed(said!("口令（不显示）：", "Passphrase (not shown): "), console),
    }
}

/// The file's one line, without its end.
fn from_file(path: &Path) -> Outcome<Passphrase> {
    let text = Passphrase(read_text(path)?);
    let line = text.text().strip_suffix('\n').unwrap_or(text.text());
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains(['\n', '\r']) {
        return Err(Problem::new(
            Kind::Passphrase,
            said!("口令文件不止一行", "the file of the passphrase has more than one line"),
            said!("只留口令这一行", "leave the passphrase's line only"),
        )
        .at(path.display().to_string()));
    }
    Ok(Passphrase(line.to_owned()))
}

fn typed(prompt: Said, console: &Console) -> Outcome<Passphrase> {
    rpassword::prompt_password(prompt.to(console.lang)).map(Passphrase).map_err(|error| {
        let Said { zh, en } = system_error(&error);
        Problem::new(
            Kind::Passphrase,
            said!("终端上读不到口令：{zh}", "no passphrase can be read from the terminal: {en}"),
            said!("在终端里运行，或用 --passphrase-file", "run it on a terminal, or use --passphrase-file"),
        )
    })
}
