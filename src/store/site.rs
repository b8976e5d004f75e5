//! The site in the public folder: views of what is published, not records. A file is
//! replaced as a whole and never waited for; whatever a power cut leaves, the next
//! `publish` makes again.

use super::durable::{temporary, unwritable, write_view};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::site::{FEED, FOLDER, MARK, START};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the start page has to hold, or it was made by somebody else.
const GENERATOR: &[u8] = b"<meta name=\"generator\" content=\"yaohao\"";

/// The public folder, as the site is written into it.
#[derive(Debug)]
pub struct SiteFolder {
    public: PathBuf,
}

impl SiteFolder {
    /// Looks whether the names are free, or those of an earlier site.
    ///
    /// # Errors
    /// [`Kind::State`] if somebody else's files would be overwritten.
    pub fn open(public: &Path) -> Outcome<SiteFolder> {
        let start = public.join(START);
        let page = fs::read(&start).unwrap_or_default();
        let is_ours = page.windows(GENERATOR.len()).any(|part| part == GENERATOR);
        if start.exists() && !is_ours {
            return Err(foreign(&start));
        }
        let folder = public.join(FOLDER);
        let names = fs::read_dir(&folder).into_iter().flatten().flatten();
        let is_empty =
            names.map(|entry| entry.file_name()).all(|name| name.to_string_lossy().starts_with('.'));
        if folder.exists() && (!folder.is_dir() || !is_empty && !public.join(MARK.0).exists()) {
            return Err(foreign(&folder));
        }
        Ok(SiteFolder { public: public.to_owned() })
    }

    /// Writes a file of the site; whether it has changed.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Outcome<bool> {
        let whole = self.public.join(path);
        if fs::read(&whole).is_ok_and(|found| found == bytes) {
            return Ok(false);
        }
        write_view(&whole, bytes)?;
        Ok(true)
    }

    /// Removes what no longer belongs to the site; how many files that were.
    pub fn keep_only(&self, files: &BTreeSet<String>) -> Outcome<usize> {
        for root in [START, FEED] {
            let part = temporary(&self.public.join(root));
            if part.exists() {
                fs::remove_file(&part).map_err(|error| unwritable(&part, &error))?;
            }
        }
        self.clear(FOLDER, files)
    }

    fn clear(&self, path: &str, files: &BTreeSet<String>) -> Outcome<usize> {
        let here = self.public.join(path);
        let mut removed = 0;
        for entry in fs::read_dir(&here).into_iter().flatten().flatten() {
            let inner = format!("{path}/{}", entry.file_name().to_string_lossy());
            // A link is removed, not followed.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                removed += self.clear(&inner, files)?;
                // Only an empty folder goes.
                let _ = fs::remove_dir(entry.path());
            } else if !files.contains(&inner) {
                fs::remove_file(entry.path()).map_err(|error| unwritable(&entry.path(), &error))?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

fn foreign(path: &Path) -> Problem {
    Problem::new(
        Kind::State,
        said!(
            "这里有别人的文件或网页，不会覆盖",
            "somebody else's files or pages are here and are not overwritten"
        ),
        said!("把它移走，再运行 yaohao publish", "move them away, then run yaohao publish again"),
    )
    .at(path.display().to_string())
}
