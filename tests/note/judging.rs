//! What a policy makes of a checkpoint: signed, cosigned, by enough, since when.

use super::bench::{key, moment, note, signed};
use proptest::prelude::*;
use yaohao::note::{Algorithm, LogPolicy, Quorum, SigningKey};

const TEXT: &str = "fire.example/yaohao\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

fn log() -> SigningKey {
    key("fire.example/yaohao", Algorithm::Ed25519, 1)
}

/// Witness `n` from 0; every other one signs with SM2.
fn witness(n: u8) -> SigningKey {
    let algorithm = [Algorithm::Ed25519Cosignature, Algorithm::Sm2Cosignature][usize::from(n % 2)];
    key(&format!("w{n}.example"), algorithm, 10 + n)
}

fn policy(witnesses: u8, rules: &str) -> LogPolicy {
    let lines = (0..witnesses).map(|n| format!("witness w{n} {}\n", witness(n).verifier()));
    let text = format!("log {}\n{}{rules}", log().verifier(), lines.collect::<String>());
    LogPolicy::read(text.as_bytes()).expect("a policy")
}

#[test]
fn the_log_signs_enough_cosign_and_the_time_is_that_of_the_last_one_needed() {
    let policy = policy(3, "group g 2 w0 w1 w2\nquorum g\n");
    let [a, b, c] = [0, 1, 2].map(witness);
    let judged = policy.judge(&signed(TEXT, &[(&c, 300), (&log(), 0), (&a, 100), (&b, 200)]));
    assert!(judged.log_signed && judged.is_accepted());
    let times: Vec<(&str, i64)> =
        judged.witnesses.iter().map(|seen| (seen.name.as_str(), seen.time.unix())).collect();
    assert_eq!(times, [("w0", 100), ("w1", 200), ("w2", 300)]);
    assert_eq!(judged.quorum, Quorum::Reached(moment(200)));
    // One is too few; nobody but the log is a log; an unknown key says nothing.
    let few = policy.judge(&signed(TEXT, &[(&log(), 0), (&a, 100)]));
    assert_eq!((few.log_signed, few.quorum, few.is_accepted()), (true, Quorum::Missing, false));
    let unsigned = policy.judge(&signed(TEXT, &[(&b, 0), (&a, 100)]));
    assert_eq!((unsigned.log_signed, unsigned.is_accepted()), (false, false));
    let stranger = key("fire.example/yaohao", Algorithm::Ed25519, 99);
    let judged = policy.judge(&signed(TEXT, &[(&stranger, 0), (&a, 1), (&b, 1)]));
    assert!(!judged.log_signed && judged.forged.is_empty());
}

#[test]
fn a_forged_line_of_a_known_key_spoils_the_note() {
    let policy = policy(2, "group g any w0 w1\nquorum g\n");
    let [a, b] = [0, 1].map(witness);
    for (forger, name) in [(&b, "w1"), (&log(), "fire.example/yaohao")] {
        let mut note = signed(TEXT, &[(&log(), 0), (&a, 1)]);
        assert!(policy.judge(&note).is_accepted());
        note.add(forger.sign_at("other\n", moment(1)).expect("a line")).expect("room");
        let judged = policy.judge(&note);
        assert_eq!((judged.forged.as_slice(), judged.is_accepted()), (&[name.to_owned()][..], false));
    }
}

#[test]
fn a_log_speaks_only_under_its_own_name() {
    let policy = policy(0, "quorum none\n");
    assert!(policy.judge(&signed(TEXT, &[(&log(), 0)])).is_accepted());
    let foreign = signed(&TEXT.replacen("fire", "water", 1), &[(&log(), 0)]);
    assert!(!policy.judge(&foreign).log_signed);
    assert_eq!(policy.judge(&note(TEXT)).quorum, Quorum::NotAsked);
}

/// The rule of the page, written once more and slowly: the earliest time at which
/// those who have cosigned by then satisfy the rule.
fn slowly(times: &[Option<u64>], rule: fn(&[bool]) -> bool) -> Option<u64> {
    let mut moments: Vec<u64> = times.iter().copied().flatten().collect();
    moments.sort_unstable();
    let by = |at: u64| times.iter().map(|time| time.is_some_and(|time| time <= at)).collect::<Vec<bool>>();
    moments.into_iter().find(|at| rule(&by(*at)))
}

fn count(there: &[bool]) -> usize {
    there.iter().filter(|there| **there).count()
}

type Rule = (&'static str, fn(&[bool]) -> bool);

const RULES: [Rule; 5] = [
    ("quorum w3\n", |w| w[3]),
    ("group g any w0 w1\nquorum g\n", |w| w[0] || w[1]),
    ("group g 3 w0 w1 w2 w3 w4\nquorum g\n", |w| count(&w[..5]) >= 3),
    ("group x 2 w0 w1 w2\ngroup y any w3 w4 w5\ngroup xy all x y\nquorum xy\n", |w| {
        count(&w[..3]) >= 2 && count(&w[3..]) >= 1
    }),
    ("group x all w0 w1\ngroup y 2 x w2 w3\nquorum y\n", |w| {
        usize::from(w[0] && w[1]) + count(&w[2..4]) >= 2
    }),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_quorum_is_reached_when_the_rule_is(times in prop::collection::vec(prop::option::of(1..9u64), 6)) {
        let witnesses: Vec<SigningKey> = (0..6).map(witness).collect();
        let there = witnesses.iter().zip(&times).filter_map(|(key, time)| Some((key, (*time)?)));
        let note = signed(TEXT, &there.collect::<Vec<_>>());
        for (text, rule) in RULES {
            let judged = policy(6, text).judge(&note);
            let expected = slowly(&times, rule).map_or(Quorum::Missing, |at| Quorum::Reached(moment(at)));
            prop_assert_eq!(judged.quorum, expected, "{}", text);
        }
    }
}
