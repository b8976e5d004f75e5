//! The journal's folder: one file an entry, numbered without gaps, each behind the hash
//! of the one before. Nothing in it is ever written again.

use crate::digest::Digest;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Audience, Office, read, unreadable, write_new};
use crate::task::Entry;
use crate::time::Moment;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the journal lies in the office's folder.
pub const JOURNAL: &str = "private/journal";

/// The end of a journal as far as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// Number of the last entry; 0 if there is none.
    pub number: u32,
    /// Its hash.
    pub hash: Option<Digest>,
    /// When it was entered.
    pub at: Option<Moment>,
}

/// The folder.
#[derive(Debug, Clone)]
pub(super) struct Journal(PathBuf);

impl Journal {
    pub fn of(office: &Office) -> Journal {
        Journal(office.path(JOURNAL))
    }

    pub fn path(&self, number: u32) -> PathBuf {
        self.0.join(format!("{number:06}.txt"))
    }

    /// How many entries there are, by the names of the files.
    ///
    /// # Errors
    /// If one before the last is missing, naming it.
    pub fn count(&self) -> Outcome<u32> {
        if !self.0.exists() {
            return Ok(0);
        }
        let entries = fs::read_dir(&self.0).map_err(|error| unreadable(&self.0, &error))?;
        let mut numbers = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&self.0, &error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // What a crash or a file manager left has a name that begins with a dot.
            if !name.starts_with('.') {
                numbers.push(number_of(&name).ok_or_else(|| foreign(&entry.path()))?);
            }
        }
        numbers.sort_unstable();
        // A listing may lack what came while it was read, though never what came before.
        let last = numbers.last().copied().unwrap_or_default();
        let listed: BTreeSet<u32> = numbers.into_iter().collect();
        match (1..=last).find(|number| !listed.contains(number) && !self.path(*number).exists()) {
            Some(missing) => Err(self.missing(missing)),
            None => Ok(last),
        }
    }

    /// The bytes of an entry.
    pub fn bytes(&self, number: u32) -> Outcome<Vec<u8>> {
        read(&self.path(number))
    }

    /// An entry by itself.
    pub fn entry(&self, number: u32) -> Outcome<Entry> {
        let bytes = self.bytes(number)?;
        let entry = Entry::read(&bytes).map_err(|error| self.broken(number, error.said()))?;
        if entry.text().as_bytes() == bytes {
            return Ok(entry);
        }
        Err(self.broken(number, said!("不是规定的写法", "it is not in canonical form")))
    }

    /// The entry behind `head`, which must follow it.
    pub fn next(&self, head: &Head) -> Outcome<(Entry, Head)> {
        let number = head.number + 1;
        let entry = self.entry(number)?;
        if entry.number != number {
            let found = entry.number;
            return Err(self.broken(number, said!("里面写的是第 {found} 条", "it says it is entry {found}")));
        }
        if entry.after != head.hash {
            return Err(self.broken(
                number,
                said!(
                    "它接在另一份前一条之后：前一条或这一条被改过、换过",
                    "it follows another entry than the one before it: one of the two was changed or exchanged"
                ),
            ));
        }
        if head.at.is_some_and(|before| entry.at < before) {
            return Err(
                self.broken(number, said!("时间早于前一条", "its time is before that of the entry before"))
            );
        }
        let head = Head { number, hash: Some(entry.id()), at: Some(entry.at) };
        Ok((entry, head))
    }

    /// Writes the entry for good.
    pub fn write(&self, entry: &Entry) -> Outcome<()> {
        write_new(&self.path(entry.number), entry.text().as_bytes(), Audience::Office)
    }

    pub fn missing(&self, number: u32) -> Problem {
        Problem::new(
            Kind::Unreadable,
            said!("台账缺第 {number} 条", "entry {number} of the journal is missing"),
            from_backup(),
        )
        .at(self.path(number).display().to_string())
    }

    pub fn broken(&self, number: u32, why: Said) -> Problem {
        let Said { zh, en } = why;
        Problem::new(
            Kind::Unreadable,
            said!("台账第 {number} 条不能用：{zh}", "entry {number} of the journal cannot be used: {en}"),
            from_backup(),
        )
        .at(self.path(number).display().to_string())
    }
}

fn number_of(name: &str) -> Option<u32> {
    let number: u32 = name.strip_suffix(".txt")?.parse().ok()?;
    (number > 0 && format!("{number:06}.txt") == name).then_some(number)
}

fn foreign(path: &Path) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("台账文件夹里有不属于台账的文件", "there is a file in the journal that is no part of it"),
        said!(
            "把它移走；台账文件不改名、不删除",
            "move it away; files of the journal are neither renamed nor deleted"
        ),
    )
    .at(path.display().to_string())
}

fn from_backup() -> Said {
    said!(
        "什么都没有改动。从备份恢复这个文件；说不清它为何变了，就当作有人动过案卷来查",
        "nothing was changed. Restore the file from a backup; if nobody can say why it changed, treat it as a file that somebody tampered with"
    )
}
