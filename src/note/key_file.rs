//! The file of a secret key, `yaohao/secret-key/v1`: under a passphrase, or plain.

use super::key::VerifierKey;
use super::signer::SigningKey;
use crate::digest::{hex, unhex};
use crate::said;
use crate::text::{Read, Reader, Writer};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::ChaCha20Poly1305;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use std::fmt;

/// How much work it takes to make a key of a passphrase (Argon2id, RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Work {
    /// What new files are made with: the second recommended option of RFC 9106
    /// section 4, 64 MiB, 3 passes, 4 lanes.
    pub const RECOMMENDED: Work = Work { memory: 64 * 1024, passes: 3, lanes: 4 };

    /// A file may ask for 1 GiB, 16 passes and 16 lanes at most: whoever can write
    /// the file must not be able to stop the machine with it.
    fn is_bearable(self) -> bool {
        let memory = 8 * self.lanes.min(16)..=1024 * 1024;
        memory.contains(&self.memory) && (1..=16).contains(&self.passes) && (1..=16).contains(&self.lanes)
    }

    fn stretch(self, passphrase: &str, salt: &[u8; 16]) -> Option<[u8; 32]> {
        let params = Params::new(self.memory, self.passes, self.lanes, Some(32)).ok()?;
        let mut key = [0; 32];
        let stretched = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        stretched.hash_password_into(passphrase.as_bytes(), salt, &mut key).ok()?;
        Some(key)
    }
}

/// What keeps the secret.
#[derive(Clone, PartialEq, Eq)]
enum Kept {
    Plain([u8; 32]),
    Sealed { work: Work, salt: [u8; 16], sealed: [u8; 48] },
}

/// A secret key as its file holds it. `Debug` does not show the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyFile {
    verifier: VerifierKey,
    kept: Kept,
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyFile({}, (secret))", self.verifier)
    }
}

/// Why a file does not give its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// A passphrase is needed.
    NoPassphrase,
    /// It is not this passphrase, or the file was changed: the two cannot be told apart.
    WrongPassphrase,
    /// The secret does not make the public key of the file: it was changed.
    Changed,
    /// There is not enough memory to make a key of the passphrase.
    NoMemory,
}

impl KeyFile {
    /// First line of the text.
    pub const TAG: &str = "yaohao/secret-key/v1";

    /// The key without protection.
    pub fn plain(key: &SigningKey) -> KeyFile {
        KeyFile { verifier: key.verifier().clone(), kept: Kept::Plain(key.secret()) }
    }

    /// The key under a passphrase. The 16 bytes of salt are drawn anew for every
    /// file; only then is no key of ChaCha20-Poly1305 used twice.
    pub fn sealed(key: &SigningKey, passphrase: &str, salt: [u8; 16], work: Work) -> Result<KeyFile, Locked> {
        let verifier = key.verifier().clone();
        let head = head(&verifier, work, &salt).finish();
        let stretched = work.stretch(passphrase, &salt).ok_or(Locked::NoMemory)?;
        let payload = Payload { msg: &key.secret(), aad: head.as_bytes() };
        let sealed = cipher(stretched).encrypt(&NONCE.into(), payload);
        let sealed =
            sealed.ok().and_then(|bytes| <[u8; 48]>::try_from(bytes).ok()).ok_or(Locked::NoMemory)?;
        Ok(KeyFile { verifier, kept: Kept::Sealed { work, salt, sealed } })
    }

    /// The public half, which stands in the file unprotected.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Whether a passphrase protects it.
    pub fn is_sealed(&self) -> bool {
        matches!(self.kept, Kept::Sealed { .. })
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        match &self.kept {
            Kept::Plain(secret) => {
                Writer::new(Self::TAG).field("key", &self.verifier).field("plain", hex(secret)).finish()
            }
            Kept::Sealed { work, salt, sealed } => {
                head(&self.verifier, *work, salt).field("sealed", hex(sealed)).finish()
            }
        }
    }

    /// Reads the file. No error repeats what stands in it.
    pub fn read(bytes: &[u8]) -> Read<KeyFile> {
        let mut r = Reader::new(bytes, Self::TAG)?;
        let text = r.field("key")?;
        let verifier: VerifierKey = text.parse().map_err(|error: super::KeyError| r.error(error.said()))?;
        let unreadable = || said!("密钥的数值读不懂", "the secret is not readable");
        let kept = match r.optional("plain")? {
            Some(secret) => Kept::Plain(unhex(secret).map_err(|_| r.error(unreadable()))?),
            None => {
                let text = r.field("argon2id")?;
                let [memory, passes, lanes, salt] = r.split(text)?;
                let work =
                    Work { memory: r.number(memory)?, passes: r.number(passes)?, lanes: r.number(lanes)? };
                if !work.is_bearable() {
                    return Err(r.error(said!(
                        "Argon2id 的参数超出允许的范围",
                        "the parameters of Argon2id are out of bounds"
                    )));
                }
                let salt = unhex(salt).map_err(|_| r.error(unreadable()))?;
                let sealed = r.field("sealed")?;
                Kept::Sealed { work, salt, sealed: unhex(sealed).map_err(|_| r.error(unreadable()))? }
            }
        };
        // What stands behind could be the secret: it is not shown.
        r.clone().end().map_err(|_| r.error(said!("后面有多余的行", "there are lines too many")))?;
        Ok(KeyFile { verifier, kept })
    }

    /// The key itself.
    pub fn open(&self, passphrase: Option<&str>) -> Result<SigningKey, Locked> {
        let secret = match &self.kept {
            Kept::Plain(secret) => *secret,
            Kept::Sealed { work, salt, sealed } => {
                let passphrase = passphrase.ok_or(Locked::NoPassphrase)?;
                let stretched = work.stretch(passphrase, salt).ok_or(Locked::NoMemory)?;
                let aad = head(&self.verifier, *work, salt).finish();
                let payload = Payload { msg: sealed, aad: aad.as_bytes() };
                let opened = cipher(stretched).decrypt(&NONCE.into(), payload);
                let opened = opened.map_err(|_| Locked::WrongPassphrase)?;
                <[u8; 32]>::try_from(opened).map_err(|_| Locked::Changed)?
            }
        };
        let key = SigningKey::new(self.verifier.name(), self.verifier.algorithm(), &secret);
        let key = key.map_err(|_| Locked::Changed)?;
        if *key.verifier() == self.verifier { Ok(key) } else { Err(Locked::Changed) }
    }
}

/// The same for all files: each has a key of its own, because each has a salt of its own.
const NONCE: [u8; 12] = [0; 12];

/// What stands before the sealed secret, and is bound to it.
fn head(verifier: &VerifierKey, work: Work, salt: &[u8; 16]) -> Writer {
    let Work { memory, passes, lanes } = work;
    let mut text = Writer::new(KeyFile::TAG);
    text.field("key", verifier).field("argon2id", format!("{memory} {passes} {lanes} {}", hex(salt)));
    text
}

fn cipher(key: [u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&key.into())
}
