//! The signatures themselves, on two curves. A message comes in parts, so that
//! what is signed need not be copied together by every caller.

use super::algorithm::Algorithm;
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::elliptic_curve::sec1::ToSec1Point as _;
use std::fmt;

/// Every signature is 64 bytes: R ‖ S of Ed25519, r ‖ s of SM2.
pub(super) const SIGNATURE: usize = 64;

/// The identifier that SM2 mixes into the hash; the default of GB/T 35276-2017,
/// because a key here is known by itself and not by somebody's name.
const SM2_ID: &str = "1234567812345678";

/// A secret key in memory. Ed25519's library wipes it when it is dropped, SM2's does not.
#[derive(Clone)]
pub(super) enum Secret {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Sm2(Box<sm2::dsa::SigningKey>),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl Secret {
    /// The key of 32 bytes. Ed25519 takes all; SM2 only numbers from 1 to n − 2,
    /// which random bytes are but once in 2^32.
    pub(super) fn new(algorithm: Algorithm, bytes: &[u8; 32]) -> Option<Secret> {
        match algorithm {
            Algorithm::Ed25519 | Algorithm::Ed25519Cosignature => {
                Some(Secret::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(bytes))))
            }
            Algorithm::Sm2 | Algorithm::Sm2Cosignature => {
                let key = sm2::dsa::SigningKey::from_slice(SM2_ID, bytes).ok()?;
                // With n − 1 nothing can be signed: 1 + d has no inverse.
                let last = -sm2::Scalar::ONE;
                (**key.as_nonzero_scalar() != last).then(|| Secret::Sm2(Box::new(key)))
            }
        }
    }

    pub(super) fn bytes(&self) -> [u8; 32] {
        match self {
            Secret::Ed25519(key) => key.to_bytes(),
            Secret::Sm2(key) => key.to_bytes().into(),
        }
    }

    /// The public key as a vkey holds it.
    pub(super) fn public(&self) -> Vec<u8> {
        match self {
            Secret::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
            Secret::Sm2(key) => key.verifying_key().as_affine().to_sec1_point(false).as_bytes().to_vec(),
        }
    }

    /// The signature; the same for the same message on both curves: SM2's k comes
    /// from key and message as in RFC 6979, with SM3.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE] {
        match self {
            Secret::Ed25519(key) => key.sign(message).to_bytes(),
            Secret::Sm2(key) => {
                // It fails for one in about 2^255 messages only.
                let signature = key.try_sign(message).expect("r, s and r + k are not 0");
                signature.to_bytes().into()
            }
        }
    }
}

/// Whether `public` is a key of that algorithm in its one form, and can be trusted
/// to be signed with: 32 bytes of Ed25519, not of small order; `04 ‖ x ‖ y` of SM2.
pub(super) fn is_public(algorithm: Algorithm, public: &[u8]) -> bool {
    match algorithm {
        Algorithm::Ed25519 | Algorithm::Ed25519Cosignature => ed25519(public).is_some(),
        Algorithm::Sm2 | Algorithm::Sm2Cosignature => sm2_key(public).is_some(),
    }
}

fn ed25519(public: &[u8]) -> Option<ed25519_dalek::VerifyingKey> {
    let bytes: &[u8; 32] = public.try_into().ok()?;
    // RFC 8032 section 5.1.3 wants y below 2^255 − 19; the library takes more.
    let (low, middle, high) = (bytes[0], &bytes[1..31], bytes[31] & 0x7f);
    let above = low >= 0xed && middle.iter().all(|byte| *byte == 0xff) && high == 0x7f;
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).ok()?;
    (!above && !key.is_weak()).then_some(key)
}

fn sm2_key(public: &[u8]) -> Option<sm2::dsa::VerifyingKey> {
    let uncompressed = public.len() == 65 && public[0] == 4;
    sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_ID, public).ok().filter(|_| uncompressed)
}

/// Whether `signature` is by `public` over `message`.
pub(super) fn verifies(algorithm: Algorithm, public: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(signature) = <&[u8; SIGNATURE]>::try_from(signature) else { return false };
    match algorithm {
        Algorithm::Ed25519 | Algorithm::Ed25519Cosignature => ed25519(public).is_some_and(|key| {
            // Strict: S below the order, R and the key not of small order, no cofactor.
            key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
        }),
        Algorithm::Sm2 | Algorithm::Sm2Cosignature => sm2_key(public).is_some_and(|key| {
            sm2::dsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok())
        }),
    }
}
