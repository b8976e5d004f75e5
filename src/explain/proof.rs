//! Shell commands that redo one hash, and what they print.

use crate::digest::{Digest, Suite};
use crate::record::TableLine;
use crate::seed::Seed;

/// A command for any POSIX shell with `sha256sum`, for SM3 with `openssl`, and the hash
/// it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The command, to be run in the draw's public folder.
    pub command: String,
    /// The hash it prints.
    pub prints: Digest,
    suite: Suite,
}

impl Proof {
    /// The leaf of the line that starts with `key` in `file`.
    pub(super) fn leaf<L: TableLine>(suite: Suite, key: &str, file: &str, line: &str) -> Proof {
        let tag = L::LINE;
        let digest = suite.digest(&[&[0], tag.as_bytes(), b"\n", line.as_bytes(), b"\n"]);
        // The only character of an id that means something to grep.
        let key = key.replace('.', "\\.");
        Proof::of(suite, &format!("{{ printf '\\0{tag}\\n'; grep '^{key} ' {file}; }}"), digest)
    }

    /// A text of `tag` and `lines`, which hashes to `prints`.
    pub(super) fn printed(suite: Suite, tag: &str, lines: &[&str], prints: Digest) -> Proof {
        let arguments: Vec<String> = lines.iter().map(|line| quoted(line)).collect();
        let format: String = lines.iter().map(|_| "%s\\n").collect();
        let arguments = arguments.join(" ");
        Proof::of(suite, &format!("printf '{tag}\\n{format}' {arguments}"), prints)
    }

    /// The ticket of `unit` in the stratum `label`, which is `prints`.
    pub(crate) fn ticket(seed: &Seed, label: &str, unit: &str, prints: Digest) -> Proof {
        Proof::printed(seed.suite, "yaohao/ticket/v1", &[&seed.to_string(), label, unit], prints)
    }

    /// The text that hashes to the seed, line by line.
    pub(super) fn text(seed: &Seed, text: &str) -> Proof {
        let lines: Vec<String> = text.lines().map(quoted).collect();
        let lines = lines.join(" ");
        Proof::of(seed.suite, &format!("printf '%s\\n' {lines}"), seed.value)
    }

    /// What the command writes, whole: the hash, and what stands for the input.
    pub fn output(&self) -> String {
        let input = match self.suite {
            Suite::Sha256 => " -",
            Suite::Sm3 => "*stdin",
        };
        format!("{} {input}", self.prints)
    }

    /// The hash, by the suite's own command, of what `printing` writes.
    fn of(suite: Suite, printing: &str, prints: Digest) -> Proof {
        let hashing = match suite {
            Suite::Sha256 => "sha256sum",
            Suite::Sm3 => "openssl dgst -sm3 -r",
        };
        Proof { command: format!("{printing} | {hashing}"), prints, suite }
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
