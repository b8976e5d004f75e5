//! The files with which anybody verifies: those of this program are added where an
//! older one made the office. None that is there is ever exchanged, because
//! commitments name them.

use crate::cli::console::Console;
use crate::cli::init::REFERENCE;
use crate::digest::Digest;
use crate::problem::Outcome;
use crate::said;
use crate::store::{Audience, Office, VERIFIER, verifier_files, write_new};

/// Adds what is missing; the names of what was added.
pub fn add_own(office: &Office, console: &Console) -> Outcome<Vec<String>> {
    let folder = office.path("public").join(VERIFIER);
    let there = verifier_files(&folder)?;
    let mut added = Vec::new();
    for (name, text) in REFERENCE {
        let bytes = text.as_bytes();
        if there.values().any(|found| found == bytes) {
            continue;
        }
        let name = if there.contains_key(name) { renamed(name, bytes) } else { name.to_owned() };
        write_new(&folder.join(&name), bytes, Audience::Public)?;
        console.say(said!(
            "核验程序：新增 public/{VERIFIER}/{name}",
            "Verifier: added public/{VERIFIER}/{name}"
        ));
        added.push(name);
    }
    Ok(added)
}

/// A name that the contents alone decide.
fn renamed(name: &str, bytes: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let hash = Digest::of(&[bytes]).to_string();
    format!("{stem}-{}.{ending}", &hash[..8])
}
