//! The published files of a log.

use crate::problem::Outcome;
use crate::store::durable::{read, unreadable};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The log's folder among the draws in `public`.
pub const LOG: &str = "log";

/// Folders and files that belong to a log; whatever else lies there is not read.
const PARTS: [&str; 6] =
    [crate::log::CHECKPOINT, crate::log::LOG_POLICY, "checkpoints", "keys", "policies", "tile"];

/// The files of the log in `folder`, by their paths below it; empty if there is no log.
pub fn log_files(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for part in PARTS {
        gather(folder, part, &mut files)?;
    }
    Ok(files)
}

fn gather(folder: &Path, path: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome<()> {
    let here = folder.join(path);
    let entries = match fs::read_dir(&here) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            files.insert(path.to_owned(), read(&here)?);
            return Ok(());
        }
        Err(error) => return Err(unreadable(&here, &error)),
    };
    for entry in entries {
        let name = entry.map_err(|error| unreadable(&here, &error))?.file_name();
        // Temporary files, and names that no tile has.
        let name = name.to_str().filter(|name| !name.starts_with('.'));
        if let Some(name) = name {
            gather(folder, &format!("{path}/{name}"), files)?;
        }
    }
    Ok(())
}
