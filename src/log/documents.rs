//! The documents of a draw that belong into the log, in their order.

use super::entry::{Entry, Subject};
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::record::{self, ReplaceFile};

/// One document of a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its name in the draw's folder.
    pub file: String,
    /// Its hash.
    pub hash: Digest,
}

impl Document {
    /// The entry of the log that says so.
    pub fn entry(&self, draw: &DrawId) -> Entry {
        Entry { subject: Subject::Draw(draw.clone()), file: self.file.clone(), hash: self.hash }
    }
}

/// The documents in a draw's folder, in the order in which they are made: ceremony,
/// reveal, beacon, then a void, or record, late changes, opening. A late
/// change whose text is still kept back is there with the hash that its list
/// tells.
pub fn documents<'a>(get: impl Fn(&str) -> Option<&'a [u8]>) -> Vec<Document> {
    let mut files: Vec<String> =
        [record::COMMIT, record::CEREMONY, record::REVEAL, record::BEACON, record::VOID, record::RECORD]
            .map(str::to_owned)
            .into();
    for number in 1.. {
        let list = |list: ReplaceFile| get(&list.name(number)).is_some();
        if !list(ReplaceFile::RequestSums) && !list(ReplaceFile::Request) {
            break;
        }
        files.extend([ReplaceFile::Request, ReplaceFile::Result].map(|file| file.name(number)));
    }
    files.push(record::OPEN.to_owned());
    let document = |file: String| {
        let hash = match get(&file) {
            Some(bytes) => Some(Digest::of(&[bytes])),
            None => listed(&file, &get),
        };
        hash.map(|hash| Document { file, hash })
    };
    files.into_iter().filter_map(document).collect()
}

/// The hash of a late change's text, as its `.sha256` tells it.
fn listed<'a>(file: &str, get: &impl Fn(&str) -> Option<&'a [u8]>) -> Option<Digest> {
    let (number, _) = ReplaceFile::of(file)?;
    let kinds =
        [(ReplaceFile::Request, ReplaceFile::RequestSums), (ReplaceFile::Result, ReplaceFile::ResultSums)];
    let (_, list) = kinds.into_iter().find(|(kind, _)| kind.name(number) == file)?;
    // With an escrow the list names the sealed text too.
    let list = std::str::from_utf8(get(&list.name(number))?).ok()?.strip_suffix('\n')?;
    let hash = |line: &str| line.strip_suffix(file)?.strip_suffix("  ")?.parse().ok();
    list.split('\n').find_map(hash)
}
