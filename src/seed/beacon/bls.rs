//! Whether a pulse is signed by its chain: BLS signatures over BLS12-381.
//!
//! The library checks that every point is on its curve and in its subgroup; a
//! point at infinity is refused. Hashing to the curve is that of RFC 9380.

use super::drand::{DrandChain, Pulse};
use crate::digest::{Digest, unhex};
use blst::{BLST_ERROR, min_pk, min_sig};

/// Suite of RFC 9380 for signatures in G2, without the proof of possession.
const IN_G2: &[u8] = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";
/// The same for signatures in G1.
const IN_G1: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/// Whether `pulse` is round `round` of `chain`.
pub fn is_signed(chain: DrandChain, round: u32, pulse: &Pulse) -> bool {
    is_signed_by(chain, chain.facts().key, round, pulse)
}

/// The same with any public key in hex, for a chain with the scheme of `chain`.
/// A key that is no point of its group, or is the point at infinity, signs nothing.
pub fn is_signed_by(chain: DrandChain, key: &str, round: u32, pulse: &Pulse) -> bool {
    if !pulse.has_form_of(chain) {
        return false;
    }
    let round = u64::from(round).to_be_bytes();
    let message = Digest::of(&[pulse.previous.as_deref().unwrap_or_default(), &round]).0;
    let signature = pulse.signature.as_slice();
    let verified = match chain {
        DrandChain::Default => unhex::<48>(key).ok().map(|key| in_g2(&key, &message, signature)),
        DrandChain::Quicknet => unhex::<96>(key).ok().map(|key| in_g1(&key, &message, signature)),
    };
    verified == Some(Ok(()))
}

fn in_g2(key: &[u8; 48], message: &[u8], signature: &[u8]) -> Result<(), BLST_ERROR> {
    let key = min_pk::PublicKey::key_validate(key)?;
    let signature = min_pk::Signature::sig_validate(signature, true)?;
    succeeded(signature.verify(true, message, IN_G2, &[], &key, true))
}

fn in_g1(key: &[u8; 96], message: &[u8], signature: &[u8]) -> Result<(), BLST_ERROR> {
    let key = min_sig::PublicKey::key_validate(key)?;
    let signature = min_sig::Signature::sig_validate(signature, true)?;
    succeeded(signature.verify(true, message, IN_G1, &[], &key, true))
}

fn succeeded(result: BLST_ERROR) -> Result<(), BLST_ERROR> {
    if result == BLST_ERROR::BLST_SUCCESS { Ok(()) } else { Err(result) }
}
