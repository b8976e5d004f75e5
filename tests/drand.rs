//! Pulses of drand: real ones verify, and nothing else does.

use serde::Deserialize;
use std::collections::BTreeSet;
use yaohao::digest::{Digest, hex, unhex_any};
use yaohao::seed::{Beacon, DrandChain, Outcome, Pulse, Shown, is_signed, is_signed_by};
use yaohao::time::Moment;

/// tests/seed/drand.json: pulses that drand published, with where they are from.
#[derive(Deserialize)]
struct Vectors {
    pulses: Vec<Published>,
    times: Vec<Time>,
}

#[derive(Deserialize)]
struct Published {
    chain: String,
    round: u32,
    previous_signature: String,
    signature: String,
    randomness: String,
}

#[derive(Deserialize)]
struct Time {
    source: String,
    chain: String,
    seconds: i64,
    round: u32,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("seed/drand.json")).expect("JSON")
}

fn chain(key: &str) -> DrandChain {
    DrandChain::from_key(key).expect("a chain")
}

impl Published {
    fn chain(&self) -> DrandChain {
        chain(&self.chain)
    }

    fn pulse(&self) -> Pulse {
        let bytes = |text: &str| unhex_any(text).expect("hex");
        let previous = (self.chain() == DrandChain::Default).then(|| bytes(&self.previous_signature));
        Pulse { previous, signature: bytes(&self.signature) }
    }

    fn beacon(&self) -> Beacon {
        Beacon::Drand { chain: self.chain(), round: self.round }
    }

    /// Rounds that a commitment may name.
    fn can_be_committed(&self) -> bool {
        self.beacon().is_sound()
    }
}

#[test]
fn published_pulses_verify() {
    let pulses = vectors().pulses;
    let chains: BTreeSet<&str> = pulses.iter().map(|p| p.chain.as_str()).collect();
    assert!(pulses.len() >= 10 && chains.len() == 2);
    for published in &pulses {
        let (chain, pulse) = (published.chain(), published.pulse());
        assert!(is_signed(chain, published.round, &pulse), "{} {}", published.chain, published.round);
        assert_eq!(pulse.randomness().to_string(), published.randomness, "{}", published.round);
    }
}

#[test]
fn a_pulse_is_that_of_its_round_alone() {
    let pulses = vectors().pulses;
    for published in &pulses {
        let (chain, round, pulse) = (published.chain(), published.round, published.pulse());
        for other in [round - 1, round + 1, round ^ 1 << 31, 0, u32::MAX] {
            assert!(!is_signed(chain, other, &pulse), "{round} as {other}");
        }
        for other in pulses.iter().filter(|other| other.chain() == chain && other.round != round) {
            assert!(!is_signed(chain, other.round, &pulse), "{round} as {}", other.round);
            // With the message of the right round, and another's signature.
            let forged = Pulse { signature: other.pulse().signature, ..pulse.clone() };
            assert!(!is_signed(chain, round, &forged));
        }
    }
}

#[test]
fn a_pulse_is_that_of_its_chain_alone() {
    for published in &vectors().pulses {
        let pulse = published.pulse();
        for other in DrandChain::ALL.iter().filter(|other| **other != published.chain()) {
            assert!(!is_signed(*other, published.round, &pulse));
            let bare = Pulse { previous: None, ..pulse.clone() };
            let both = Pulse { previous: Some(pulse.signature.clone()), ..pulse.clone() };
            assert!(!is_signed(*other, published.round, &bare) && !is_signed(*other, published.round, &both));
        }
    }
}

/// One flipped bit in any byte of signature, previous signature or key.
#[test]
fn one_flipped_bit_fails() {
    for published in vectors().pulses.iter().filter(|p| [31_799_517, 1_000_000].contains(&p.round)) {
        let (chain, round, pulse) = (published.chain(), published.round, published.pulse());
        let flipped = |bytes: &[u8], at: usize| {
            let mut bytes = bytes.to_vec();
            bytes[at] ^= 1 << (at % 8);
            bytes
        };
        for at in 0..pulse.signature.len() {
            let forged = Pulse { signature: flipped(&pulse.signature, at), ..pulse.clone() };
            assert!(!is_signed(chain, round, &forged), "byte {at} of the signature");
        }
        let previous = pulse.previous.clone().unwrap_or_default();
        for at in 0..previous.len() {
            let forged = Pulse { previous: Some(flipped(&previous, at)), ..pulse.clone() };
            assert!(!is_signed(chain, round, &forged), "byte {at} of the signature before");
        }
        let key = unhex_any(chain.facts().key).expect("hex");
        assert!(is_signed_by(chain, &hex(&key), round, &pulse));
        for at in 0..key.len() {
            assert!(!is_signed_by(chain, &hex(&flipped(&key, at)), round, &pulse), "byte {at} of the key");
        }
    }
}

/// Points that are none, points outside the subgroup, and the point at infinity.
#[test]
fn only_points_of_the_group_are_signatures() {
    let key = DrandChain::Quicknet.facts().key;
    let infinity = |length: usize| [vec![0xc0], vec![0; length - 1]].concat();
    let quick = |signature: Vec<u8>| Pulse { previous: None, signature };
    // y² = 4³ + 4 has a root: x = 4 is on the curve, outside the subgroup.
    let outside = |x: u8| {
        let mut bytes = vec![0; 48];
        (bytes[0], bytes[47]) = (0x80, x);
        bytes
    };
    for signature in [infinity(48), outside(4), outside(0), vec![0; 48], vec![0xff; 48]] {
        assert!(!is_signed(DrandChain::Quicknet, 42, &quick(signature)));
    }
    let pulse = vectors().pulses.into_iter().find(|p| p.round == 42).expect("round 42").pulse();
    assert!(is_signed_by(DrandChain::Quicknet, key, 42, &pulse));
    for key in [hex(&infinity(96)), String::new(), key.to_uppercase(), "00".repeat(96)] {
        assert!(!is_signed_by(DrandChain::Quicknet, &key, 42, &pulse), "{key}");
    }
    for length in [0, 47, 49, 96] {
        let mut signature = pulse.signature.clone();
        signature.resize(length, 0);
        assert!(!is_signed(DrandChain::Quicknet, 42, &quick(signature)), "{length} bytes");
    }
    // Compressed form only, with the sign and the flag of infinity where they belong.
    for flag in [0x80, 0x40, 0x20] {
        let mut signature = pulse.signature.clone();
        signature[0] ^= flag;
        assert!(!is_signed(DrandChain::Quicknet, 42, &quick(signature)), "{flag:x}");
    }
}

/// The chain hash of `default` and `quicknet` is that of their own parameters:
/// SHA-256 of period, genesis, key, group and, but for `default`, the beacon id.
#[test]
fn chain_hashes_are_those_of_the_pinned_parameters() {
    let groups = [
        "176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a",
        "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e",
    ];
    for (chain, group) in DrandChain::ALL.iter().zip(groups) {
        let facts = chain.facts();
        let (key, group) = (unhex_any(facts.key).expect("hex"), unhex_any(group).expect("hex"));
        let id = if *chain == DrandChain::Default { "" } else { chain.key() };
        let hash = Digest::of(&[
            &facts.period.to_be_bytes(),
            &facts.genesis.to_be_bytes(),
            &key,
            &group,
            id.as_bytes(),
        ]);
        assert_eq!(hash.to_string(), facts.hash, "{}", chain.key());
    }
}

#[test]
fn rounds_and_times_are_those_of_other_implementations() {
    let times = vectors().times;
    assert!(times.len() >= 5);
    for Time { source, chain: key, seconds, round } in &times {
        let chain = chain(key);
        let at = Moment::from_seconds(*seconds).expect("a moment");
        assert_eq!(chain.round_at(at), Some(*round), "{source}");
        let due = chain.time(*round).expect("a time");
        let late = at.seconds() - due.seconds();
        assert!((0..i64::from(chain.facts().period)).contains(&late), "{source}");
    }
}

#[test]
fn rounds_begin_at_genesis_and_end_with_their_numbers() {
    let at = |seconds: i64| Moment::from_seconds(seconds).expect("a moment");
    for chain in DrandChain::ALL {
        let (genesis, period) = (chain.facts().genesis, i64::from(chain.facts().period));
        assert_eq!(chain.round_at(at(genesis - 1)), None);
        assert_eq!(chain.round_at(at(genesis)), Some(1));
        assert_eq!(chain.round_at(at(genesis + period - 1)), Some(1));
        assert_eq!(chain.round_at(at(genesis + period)), Some(2));
        assert_eq!(chain.time(0), None);
        assert_eq!(chain.time(1), Some(at(genesis)));
        assert_eq!(chain.first_round_from(at(genesis - 1_000_000)), Some(2), "round 1 is nobody's to name");
        assert_eq!(chain.first_round_from(at(genesis + 7 * period)), Some(8));
        assert_eq!(chain.first_round_from(at(genesis + 7 * period + 1)), Some(9));
        let last = chain.time(u32::MAX).expect("a time");
        assert_eq!(chain.round_at(last), Some(u32::MAX));
        assert_eq!(chain.first_round_from(last), Some(u32::MAX));
        let after = at(last.seconds() + period);
        assert_eq!((chain.round_at(after), chain.first_round_from(after)), (None, None));
    }
}

// ---- as people bring them ------------------------------------------------------------

fn read(beacon: &Beacon, brought: &str) -> Result<Outcome, String> {
    beacon.read(brought).map_err(|refusal| refusal.0.en)
}

#[test]
fn a_pulse_is_read_as_json_as_a_line_and_bare() {
    for published in vectors().pulses.iter().filter(|p| p.can_be_committed()) {
        let (beacon, pulse) = (published.beacon(), published.pulse());
        let Published { chain, round, previous_signature: previous, signature, randomness } = published;
        let expected = Outcome { beacon: beacon.clone(), shown: Shown::Pulse(pulse.clone()) };
        let line = expected.to_string();
        assert_eq!(line.parse(), Ok(expected.clone()));
        let before = if previous.is_empty() { "" } else { previous };
        let folded: Vec<&str> =
            signature.as_bytes().chunks(40).map(|c| str::from_utf8(c).expect("hex")).collect();
        let ways = [
            line.clone(),
            format!("outcome {line}\n"),
            line.to_uppercase(),
            format!("{before}{signature}"),
            format!("  {before}\n{}\r\n", folded.join("\n")),
            format!(
                r#"{{"round":{round},"randomness":"{randomness}","signature":"{signature}","previous_signature":"{previous}"}}"#
            ),
            format!(
                "\u{feff}{{\"signature\":\"{signature}\",\"previous_signature\":\"{previous}\",\"more\":[1]}}\n"
            ),
        ];
        for way in ways {
            assert_eq!(read(&beacon, &way), Ok(expected.clone()), "{chain} {round}: {way}");
        }
        if chain == "quicknet" {
            let v2 = format!(r#"{{"round":{round},"signature":"{}"}}"#, signature.to_uppercase());
            assert_eq!(read(&beacon, &v2), Ok(expected));
        }
    }
}

#[test]
fn what_a_pulse_says_of_itself_is_compared_and_never_believed() {
    let pulses = vectors().pulses;
    let of = |round: u32| pulses.iter().find(|p| p.round == round).expect("a pulse");
    let (ours, other) = (of(31_799_517), of(10_000_000));
    let (beacon, signature) = (ours.beacon(), &ours.signature);
    let refused = |brought: &str| read(&beacon, brought).expect_err(brought);
    let wrong_round = refused(&format!(r#"{{"round":31799518,"signature":"{signature}"}}"#));
    assert!(wrong_round.contains("round 31799518, committed is round 31799517"), "{wrong_round}");
    let huge = refused(&format!(r#"{{"round":18446744073709551615,"signature":"{signature}"}}"#));
    assert!(huge.contains("committed is round"), "{huge}");
    // The right number over another round's signature.
    let replay = refused(&format!(r#"{{"round":31799517,"signature":"{}"}}"#, other.signature));
    assert!(replay.contains("not that of round 31799517"), "{replay}");
    let line = refused(&format!("drand quicknet 31799516 : {signature}"));
    assert!(line.contains("round 31799516"), "{line}");
    let chain = refused(&format!("drand default 31799517 : {signature}"));
    assert!(chain.contains("chain default, committed is chain quicknet"), "{chain}");
    let damaged = refused(&format!(r#"{{"randomness":"{}","signature":"{signature}"}}"#, other.randomness));
    assert!(damaged.contains("damaged"), "{damaged}");
    for (brought, what) in [
        ("", "0 were given"),
        ("{", "JSON"),
        ("{}", "JSON"),
        ("[]", "2 were given"),
        (&signature[1..], "95 were given"),
        (&signature.replace('a', "g"), "not hex"),
        (&signature.replace('a', "é"), "not hex"),
    ] {
        assert!(refused(brought).contains(what), "{brought}: {}", refused(brought));
    }
    let chained = of(1_000_000);
    let half = read(&chained.beacon(), &chained.signature).expect_err("half of it");
    assert!(half.contains("384 hex digits in all; 192"), "{half}");
}

#[test]
fn a_pulse_has_one_text() {
    let published = vectors().pulses.into_iter().find(|p| p.round == 31_799_517).expect("the last one");
    let signature = &published.signature;
    let line = format!("drand quicknet 31799517 : {signature}");
    assert!(line.parse::<Outcome>().is_ok());
    for text in [
        format!("drand quicknet 31799517 : {}", signature.to_uppercase()),
        format!("drand quicknet 31799517 : {signature} "),
        format!("drand quicknet 31799517 : {signature} {signature}"),
        format!("drand quicknet 31799517 : {}", &signature[2..]),
        format!("drand quicknet 31799517: {signature}"),
        format!("drand default 31799517 : {signature}"),
        "drand quicknet 31799517 : 1 2 3".to_owned(),
        "drand quicknet 31799517 : ".to_owned(),
        format!("dice 10 1 : {signature}"),
    ] {
        assert!(text.parse::<Outcome>().is_err(), "{text}");
    }
    // A form is no proof.
    let other: Outcome = format!("drand quicknet 31799518 : {signature}").parse().expect("the form");
    assert!(other.check().is_err());
    let crossed = Outcome { beacon: Beacon::Dice { sides: 10, rolls: 1 }, shown: other.shown.clone() };
    assert!(crossed.check().is_err());
    let numbers = Outcome { beacon: other.beacon, shown: Shown::Numbers(vec![]) };
    assert!(numbers.check().is_err());
}
