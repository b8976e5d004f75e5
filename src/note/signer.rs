//! Secret keys that sign notes.

use super::algorithm::Algorithm;
use super::curve::Secret;
use super::key::{KeyError, VerifierKey, cosigned};
use super::signed::SignatureLine;
use crate::time::Moment;

/// A secret key with its name. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct SigningKey {
    verifier: VerifierKey,
    secret: Secret,
}

impl SigningKey {
    /// The key of 32 secret bytes, which the shell draws from the system's entropy.
    /// [`KeyError::Point`] if they are no key: for SM2 once in 2^32; draw others.
    pub fn new(name: &str, algorithm: Algorithm, secret: &[u8; 32]) -> Result<SigningKey, KeyError> {
        let secret = Secret::new(algorithm, secret).ok_or(KeyError::Point)?;
        let verifier = VerifierKey::new(name, algorithm, &secret.public())?;
        Ok(SigningKey { verifier, secret })
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The secret bytes, for the key file only.
    pub(super) fn secret(&self) -> [u8; 32] {
        self.secret.bytes()
    }

    /// Signs `text`, which ends with LF; `None` if this is a witness's key, whose
    /// signatures need a time.
    pub fn sign(&self, text: &str) -> Option<SignatureLine> {
        let plain = !self.verifier.algorithm().is_cosignature();
        plain.then(|| self.line(self.secret.sign(text.as_bytes()).to_vec()))
    }

    /// Signs `text` and the time as a witness; `None` if this is no witness's key.
    pub fn cosign(&self, text: &str, time: Moment) -> Option<SignatureLine> {
        let seconds = u64::try_from(time.unix()).ok()?;
        let cosigns = self.verifier.algorithm().is_cosignature();
        cosigns.then(|| {
            let signature = self.secret.sign(cosigned(text, time).as_bytes());
            self.line([&seconds.to_be_bytes()[..], &signature].concat())
        })
    }

    /// Signs `text` as the key's algorithm wants it, with the time if it takes one.
    pub fn sign_at(&self, text: &str, time: Moment) -> Option<SignatureLine> {
        self.sign(text).or_else(|| self.cosign(text, time))
    }

    fn line(&self, bytes: Vec<u8>) -> SignatureLine {
        SignatureLine { name: self.verifier.name().to_owned(), key_id: self.verifier.id(), bytes }
    }
}
