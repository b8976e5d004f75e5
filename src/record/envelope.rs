//! Files that are public and shut until the office's nonce is known: sealed.bin
//! with the result of a sealed draw, and the texts of its late changes
//! (docs/spec/escrow.md).

use crate::digest::{Digest, Suite};
use crate::seed::Nonce;
use crate::text::Writer;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce as Counter};

/// Bytes that sealing adds: the tag of Poly1305.
pub const SEAL: u64 = 16;

const TAG: &str = "yaohao/sealed/v1";

/// Opens and shuts one file of one draw.
pub struct Envelope {
    cipher: ChaCha20Poly1305,
}

impl Envelope {
    /// The envelope of `file` in the draw of `suite` with commitment `commit`, whose office
    /// has the nonce `nonce`.
    pub fn new(suite: Suite, commit: &Digest, file: &str, nonce: &Nonce) -> Envelope {
        let mut text = Writer::new("yaohao/sealed-key/v1");
        let text = text.line(commit.to_string()).line(file).line(nonce.reveal()).finish();
        let key = suite.digest(&[text.as_bytes()]);
        Envelope { cipher: ChaCha20Poly1305::new(&Key::from(key.0)) }
    }

    /// Shuts `files` up in `room` bytes and [`SEAL`] more; `None` if they do not fit.
    pub fn seal(&self, room: u64, files: &[(&str, &[u8])]) -> Option<Vec<u8>> {
        let mut plain = Writer::new(TAG);
        for (name, bytes) in files {
            plain.field(name, bytes.len());
        }
        let mut plain = plain.finish().into_bytes();
        files.iter().for_each(|(_, bytes)| plain.extend_from_slice(bytes));
        let room = usize::try_from(room).ok().filter(|room| plain.len() <= *room)?;
        plain.resize(room, 0);
        // One key, one file, one message: so the counter is always 0.
        self.cipher.encrypt(&Counter::default(), plain.as_slice()).ok()
    }

    /// What is in it, if it holds exactly the files `names` and nothing else.
    pub fn open(&self, sealed: &[u8], names: &[&str]) -> Option<Vec<Vec<u8>>> {
        let plain = self.cipher.decrypt(&Counter::default(), sealed).ok()?;
        let mut rest = plain.strip_prefix(format!("{TAG}\n").as_bytes())?;
        let mut lengths = Vec::new();
        for name in names {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            let text = line.strip_prefix(name)?.strip_prefix(' ')?;
            let length: usize = text.parse().ok().filter(|length: &usize| length.to_string() == text)?;
            lengths.push(length);
            rest = &rest[end + 1..];
        }
        let mut files = Vec::new();
        for length in lengths {
            let (file, after) = rest.split_at_checked(length)?;
            files.push(file.to_vec());
            rest = after;
        }
        rest.iter().all(|byte| *byte == 0).then_some(files)
    }
}

/// Room of a text of a late change, the same for every one of a draw with so many chains.
pub fn room_of_change(chains: usize) -> u64 {
    1024 * (1 + chains as u64)
}
