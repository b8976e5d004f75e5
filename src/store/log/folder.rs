//! The published files of a log.

use crate::problem::Outcome;
use crate::store::durable::{read, unreadable};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The log's folder among the draws in `public`.
pub const LOG: &str = "log";

/// All files in `folder`, by their paths below it; empty if there is no log. What does not
/// belong to a log is among them, for an audit to find.
pub fn log_files(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    gather(folder, "", &mut files)?;
    Ok(files)
}

/// Adds what is in the folder `here`, whose path below the log's folder is `path`.
fn gather(here: &Path, path: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome<()> {
    let entries = match fs::read_dir(here) {
        Ok(entries) => entries,
        Err(error) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) => {
            return Ok(());
        }
        Err(error) => return Err(unreadable(here, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(here, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Temporary files, and what file managers leave.
        if name.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{path}{name}/"), files)?;
        } else {
            files.insert(format!("{path}{name}"), read(&entry.path())?);
        }
    }
    Ok(())
}
