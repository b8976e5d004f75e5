//! The files of one draw's public folder.

use crate::digest::Digest;

/// The commitment.
pub const COMMIT: &str = "commit.txt";
/// The policy, byte for byte.
pub const POLICY: &str = "policy.toml";
/// The items checked.
pub const ITEMS: &str = "items.txt";
/// Every unit of the register.
pub const UNITS: &str = "units.txt";
/// Every inspector.
pub const INSPECTORS: &str = "inspectors.txt";
/// How predictable teams are, as the office measured it, if the policy asks for it.
pub const ODDS: &str = "odds.txt";
/// Units that the voided draw before hands on, if it does.
pub const CARRIED: &str = "carried.txt";
/// `sha256sum -c` list of what the commitment published.
pub const COMMIT_SUMS: &str = "commit.sha256";
/// Dice and balls.
pub const CEREMONY: &str = "ceremony.txt";
/// Opened nonces.
pub const REVEAL: &str = "reveal.txt";
/// Events outside the room.
pub const BEACON: &str = "beacon.txt";
/// The closing document.
pub const RECORD: &str = "record.txt";
/// `sha256sum -c` list of what the draw published.
pub const RECORD_SUMS: &str = "record.sha256";
/// The drawn units.
pub const DRAWN: &str = "drawn.txt";
/// Eligible inspectors of the drawn units.
pub const DOCKETS: &str = "dockets.txt";
/// The teams.
pub const TEAMS: &str = "teams.txt";
/// Prices that prove the teams.
pub const PRICES: &str = "prices.txt";
/// Minutes that the inspectors have on each day, in a draw with a schedule.
pub const AVAILABILITY: &str = "availability.txt";
/// The days of the visits, in a draw with a schedule.
pub const SCHEDULE: &str = "schedule.txt";
/// The tables that a result may have, in the order of their making; see
/// [`super::Commit::result`].
pub const RESULT: [&str; 6] = [DRAWN, DOCKETS, TEAMS, PRICES, AVAILABILITY, SCHEDULE];
/// The same, shut up until the office's nonce is known.
pub const SEALED_RESULT: &str = "sealed.bin";
/// Opening of a sealed draw.
pub const OPEN: &str = "open.txt";
/// `sha256sum -c` list of what the opening published.
pub const OPEN_SUMS: &str = "open.sha256";
/// The closing document of a draw that was voided.
pub const VOID: &str = "void.txt";
/// Units that a voided draw hands on to the next one.
pub const VOIDED: &str = "voided.txt";
/// `sha256sum -c` list of what voiding published.
pub const VOID_SUMS: &str = "void.sha256";

/// Every file that may stand in a draw's public folder.
pub const FILES: &[&str] = &[
    COMMIT,
    POLICY,
    ITEMS,
    UNITS,
    INSPECTORS,
    ODDS,
    CARRIED,
    COMMIT_SUMS,
    CEREMONY,
    REVEAL,
    BEACON,
    RECORD,
    RECORD_SUMS,
    DRAWN,
    DOCKETS,
    TEAMS,
    PRICES,
    AVAILABILITY,
    SCHEDULE,
    SEALED_RESULT,
    OPEN,
    OPEN_SUMS,
    VOID,
    VOIDED,
    VOID_SUMS,
];

/// The list that `sha256sum -c` reads, sorted by name.
pub fn sums<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut lines: Vec<(&str, Digest)> = files.into_iter().map(|(n, b)| (n, Digest::of(&[b]))).collect();
    lines.sort_unstable();
    lines.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect()
}
