//! Shell commands that redo one hash, and what they print.

use crate::digest::Digest;
use crate::record::TableLine;

/// A command for any POSIX shell with `sha256sum`, and the hash it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The command, to be run in the draw's public folder.
    pub command: String,
    /// The SHA-256 it prints.
    pub prints: String,
}

impl Proof {
    /// The leaf of the line that starts with `key` in `file`.
    pub(super) fn leaf<L: TableLine>(key: &str, file: &str, line: &str) -> Proof {
        let tag = L::LINE;
        let digest = Digest::of(&[&[0], tag.as_bytes(), b"\n", line.as_bytes(), b"\n"]);
        // The only character of an id that means something to grep.
        let key = key.replace('.', "\\.");
        Proof {
            command: format!("{{ printf '\\0{tag}\\n'; grep '^{key} ' {file}; }} | sha256sum"),
            prints: digest.to_string(),
        }
    }

    /// A text of `tag` and `lines`, which hashes to `prints`.
    pub(super) fn printed(tag: &str, lines: &[&str], prints: &str) -> Proof {
        let arguments: Vec<String> = lines.iter().map(|line| quoted(line)).collect();
        let format: String = lines.iter().map(|_| "%s\\n").collect();
        let arguments = arguments.join(" ");
        Proof {
            command: format!("printf '{tag}\\n{format}' {arguments} | sha256sum"),
            prints: prints.to_owned(),
        }
    }

    /// A whole text, line by line.
    pub(super) fn text(text: &str) -> Proof {
        let lines: Vec<String> = text.lines().map(quoted).collect();
        let lines = lines.join(" ");
        Proof {
            command: format!("printf '%s\\n' {lines} | sha256sum"),
            prints: Digest::of(&[text.as_bytes()]).to_string(),
        }
    }
}

/// `text` as one word of a shell: ids and public names are harmless, but a name
/// comes from a spreadsheet.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
