//! The published lists of results, in `public/results`, and the salts that bind each to
//! the journal, in `private/results`.

use super::draws::folder_of;
use super::durable::{Audience, read_text, write_new};
use super::office::Office;
use crate::digest::{hex, unhex};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{RESULTS, Results};
use crate::said;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of the folder of results, by name; a folder in it as `<name>/`; none if it is
/// not there.
pub fn result_files(path: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    if path.is_dir() { Ok(folder_of(path)?.0) } else { Ok(BTreeMap::new()) }
}

/// The lists of an office, as they lie in its folder.
#[derive(Debug)]
pub struct ResultLists {
    public: PathBuf,
    private: PathBuf,
    /// All of them, in their order.
    pub lists: Vec<Results>,
}

impl ResultLists {
    /// Reads them.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if one is missing, does not read, or is not what the next one
    /// names; [`Kind::State`] if something else lies in the folder.
    pub fn load(office: &Office) -> Outcome<ResultLists> {
        let (public, private) = (office.path("public").join(RESULTS), office.path("private").join(RESULTS));
        let mut found = BTreeMap::new();
        for (name, bytes) in result_files(&public)? {
            let number = Results::number_of(&name).ok_or_else(|| foreign(&public.join(&name)))?;
            found.insert(number, bytes);
        }
        let mut lists: Vec<Results> = Vec::new();
        for (wanted, (number, bytes)) in (1..).zip(found) {
            let path = public.join(Results::file(wanted));
            if number != wanted {
                return Err(damaged(&path, said!("不在了", "it is missing")));
            }
            let list = Results::read(&bytes).map_err(|error| damaged(&path, error.said()))?;
            let follows = list.number == number && list.after == lists.last().map(Results::hash);
            if !follows {
                return Err(damaged(&path, said!("它接的不是前一份", "it does not follow the list before")));
            }
            lists.push(list);
        }
        Ok(ResultLists { public, private, lists })
    }

    /// The number of the next list.
    pub fn next(&self) -> u32 {
        self.lists.last().map_or(1, |list| list.number + 1)
    }

    /// The salt of list `number`: the one kept, or else `fresh`, which is kept now. So a
    /// publication that was cut short goes on with the same one.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if the one kept is damaged.
    pub fn salt(&self, number: u32, fresh: [u8; 32]) -> Outcome<[u8; 32]> {
        let path = self.private.join(format!("results-{number:04}.salt"));
        if !path.exists() {
            write_new(&path, format!("{}\n", hex(&fresh)).as_bytes(), Audience::Office)?;
            return Ok(fresh);
        }
        let text = read_text(&path)?;
        unhex(text.trim_end()).map_err(|_| damaged(&path, said!("不是盐", "it is no salt")))
    }

    /// Publishes the next list for good.
    pub fn add(&mut self, list: Results) -> Outcome<()> {
        let path = self.public.join(Results::file(list.number));
        write_new(&path, list.text().as_bytes(), Audience::Public)?;
        self.lists.push(list);
        Ok(())
    }
}

fn damaged(path: &Path, why: Said) -> Problem {
    let Said { zh, en } = why;
    Problem::new(
        Kind::Unreadable,
        said!("公示清单不能用：{zh}", "the list of results cannot be used: {en}"),
        said!(
            "从备份恢复 public/results；已公布的清单绝不能改",
            "restore public/results from a backup; what is published never changes"
        ),
    )
    .at(path.display().to_string())
}

fn foreign(path: &Path) -> Problem {
    Problem::new(
        Kind::State,
        said!("公示清单的文件夹里有别的文件", "there is something else in the folder of the lists"),
        said!("把它移走，再运行 yaohao publish", "move it away, then run yaohao publish again"),
    )
    .at(path.display().to_string())
}
