//! The synthetic office that `yaohao init --example` writes: about 6,000 units
//! and 60 inspectors in the 22 towns, with the dirt that real tables have.
//!
//! Made from a fixed key by the project's own stream, so that it is the same on
//! every machine; config/example/ holds the same bytes. Every name says that it
//! is an example (示例); the credit codes carry the region 000000, which no real
//! one has.

mod inspectors;
mod units;

use crate::digest::Digest;
use crate::stream::Stream;

/// The example's tables by file name, as UTF-8 CSV with a byte-order mark.
pub fn tables() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("units.csv", csv(&units::rows())),
        ("inspectors.csv", csv(&inspectors::inspector_rows())),
        ("items.csv", csv(&inspectors::item_rows())),
        ("recusals.csv", csv(&inspectors::recusal_rows())),
    ]
}

/// A stream of its own for each table, so that one can change without the others.
fn stream(table: &str) -> Stream {
    Stream::new(Digest::of(&[b"yaohao/example/v1\n", table.as_bytes()]))
}

fn pick<'a, T: ?Sized>(stream: &mut Stream, from: &[&'a T]) -> &'a T {
    from[stream.below(from.len() as u64) as usize]
}

/// Whether something with a chance of `percent` in a hundred happens.
fn chance(stream: &mut Stream, percent: u64) -> bool {
    stream.below(100) < percent
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    for row in rows {
        out.extend(row.join(",").bytes());
        out.push(b'\n');
    }
    out
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}
