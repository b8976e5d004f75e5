//! The query, and the same over what many machines found.

use super::dialect::{Words, put};
use super::{Dialect, Selection, Stratum};
use crate::digest::Digest;

/// The query over the tables `units (id, standing)` and, where units are carried over,
/// `carried (id, …)`. Its rows are `stratum, rank, id, ticket`: those of drawn.txt in their
/// order, and behind each stratum's k its reserves.
///
/// One pass: every unit of a stratum is hashed, tickets that are too large to be among the
/// k + r smallest are dropped at once, and the few others are sorted.
pub fn query(dialect: Dialect, selection: &Selection) -> String {
    over(dialect.words(), "units", selection)
}

/// The query over the table `parts (id, standing)`, which holds what [`query`] found on each
/// of several machines that have a part of the units: each unit on exactly one. It is the
/// same query, since the k smallest of all are among the k smallest of every part; so it
/// computes the tickets again and trusts nobody's.
pub fn merge(dialect: Dialect, selection: &Selection) -> String {
    over(dialect.words(), "parts", selection)
}

fn over(words: &Words, table: &str, selection: &Selection) -> String {
    let carried = |text: String| if selection.carried { text } else { String::new() };
    let bytes = |column: &str| put(words.bytes, column);
    let (quotas, rows, ticket) = (words.quotas, rows(words, &selection.strata), ticket(words, selection));
    let (standing, stratum, id) = (bytes("u.standing"), bytes("q.stratum"), bytes("id"));
    let held = carried(" coalesce(c.held, 0) AS held,".to_owned());
    let join = carried(format!(
        "LEFT JOIN (SELECT {id} AS unit, 1 AS held FROM carried) c ON c.unit = {}\n",
        bytes("u.id")
    ));
    let (first, or_held) = (carried("held DESC, ".to_owned()), carried(" OR held = 1".to_owned()));
    let (bound, rank) = (put(words.unhex, "bound"), put(words.name, "rank"));
    let (shown, hex) = (put(words.shown, "id"), put(words.hex, "digest"));
    format!(
        "\
WITH {quotas} AS (
{rows}
), tickets AS (
SELECT q.place, q.stratum, q.k + q.r AS most, q.bound, u.id,{held}
       {ticket} AS digest
FROM {table} u
JOIN quotas q ON {stratum} = {standing}
{join}), ranked AS (
SELECT place, stratum, most, id, digest,
       row_number() OVER (PARTITION BY place ORDER BY {first}digest, {id}) AS n
FROM tickets
WHERE digest <= {bound}{or_held}
)
SELECT stratum, n AS {rank}, {shown} AS id, {hex} AS ticket
FROM ranked
WHERE n <= most
ORDER BY place, n;
"
    )
}

/// The quotas as rows: place in the order of the commitment, label, k, r, bound.
fn rows(words: &Words, strata: &[Stratum]) -> String {
    let row = |(place, stratum): (usize, &Stratum)| {
        let Stratum { label, drawn, reserves, .. } = stratum;
        let (label, bound) = (words.text(label), words.text(&bound(stratum).to_string()));
        format!("{place}, {label}, {drawn}, {reserves}, {bound}")
    };
    let [before, between, behind] = words.rows;
    let rows: Vec<String> = (1..).zip(strata).map(row).collect();
    format!("{before}{}{behind}", rows.join(between))
}

/// The ticket of `u.id` in `q.stratum`.
fn ticket(words: &Words, selection: &Selection) -> String {
    let (tag, seed) = (words.text("yaohao/ticket/v1"), words.text(&selection.seed.to_string()));
    let lf = words.newline;
    let text = format!("concat({tag}, {lf},\n         {seed}, {lf}, q.stratum, {lf}, u.id, {lf})");
    put(words.hash, &text)
}

/// A ticket that the k + r smallest of a stratum do not exceed, but for a chance below
/// 2^-92; so that a database sorts few tickets and not all. Should they exceed it, rows
/// would be missing, never others there.
///
/// Tickets are uniform, so that with m = N·bound expected below it, fewer than K = k + r are
/// with a chance of at most exp(−(m−K)²/2m) (Chernoff), which is e^-64 for the m taken here.
fn bound(stratum: &Stratum) -> Digest {
    let (pool, most) = (u128::from(stratum.pool), u128::from(stratum.drawn) + u128::from(stratum.reserves));
    let expected = most + 64 + (128 * most + 4096).isqrt() + 1;
    let mut bound = [0xff; 32];
    if expected < pool {
        let share = u64::try_from((expected << 64) / pool).expect("a part of the pool");
        bound[..8].copy_from_slice(&share.to_be_bytes());
    }
    Digest(bound)
}
