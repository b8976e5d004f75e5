//! The one place where the clock and the operating system's entropy are read.

use crate::time::Moment;
use rand::TryRng as _;

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn now() -> Moment {
    Moment::new(chrono::Utc::now())
}

/// 32 bytes of the operating system's entropy, for nonces and salts.
///
/// # Panics
/// If the system has none to give: there is no second source, and no draw
/// without secrets.
pub fn entropy() -> [u8; 32] {
    let mut bytes = [0; 32];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).expect("the operating system gives entropy");
    bytes
}
