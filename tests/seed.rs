//! Beacons, nonces and the seed.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use yaohao::digest::{Digest, Suite};
use yaohao::ids::DrawId;
use yaohao::record::{Link, Opening, Reveal};
use yaohao::seed::{Beacon, DrandChain, Ingredients, Lottery, Nonce, Outcome, Seed, Shown};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..Default::default() }
}

fn beacon(text: &str) -> Beacon {
    text.parse().unwrap_or_else(|refusal| panic!("{text}: {refusal:?}"))
}

fn lottery(game: Lottery, issue: u32, date: &str) -> Beacon {
    Beacon::Lottery { game, issue, date: date.parse().expect("a date") }
}

fn outcome(text: &str) -> Outcome {
    text.parse().unwrap_or_else(|refusal| panic!("{text}: {refusal:?}"))
}

// ---- beacons ---------------------------------------------------------------------

#[test]
fn beacons_have_one_text() {
    let all = [
        ("dice 10 20", Beacon::Dice { sides: 10, rolls: 20 }),
        ("balls 49 6", Beacon::Balls { of: 49, count: 6 }),
        ("lottery ssq 2026135 2026-11-24", lottery(Lottery::Ssq, 2_026_135, "2026-11-24")),
        ("lottery kl8 2026001 2026-01-01", lottery(Lottery::Kl8, 2_026_001, "2026-01-01")),
        ("lottery dlt 26120 2026-10-24", lottery(Lottery::Dlt, 26_120, "2026-10-24")),
        ("drand quicknet 31799517", Beacon::Drand { chain: DrandChain::Quicknet, round: 31_799_517 }),
        ("drand default 2", Beacon::Drand { chain: DrandChain::Default, round: 2 }),
    ];
    for (text, value) in all {
        assert_eq!(beacon(text), value);
        assert_eq!(value.to_string(), text);
        assert_eq!(value.is_external(), text.starts_with("lottery") || text.starts_with("drand"));
    }
    let refused = [
        "",
        "dice",
        "dice 10",
        "dice 10 20 ",
        " dice 10 20",
        "dice  10 20",
        "dice 10 20 1",
        "dice 010 20",
        "dice 10 +20",
        "dice -10 20",
        "dice 10 20.0",
        "Dice 10 20",
        "dice ten 20",
        "dice 10 4294967296",
        "balls 49",
        "coin 2 20",
        "lottery ssq",
        "lottery ssq 2026135",
        "lottery 双色球 2026135 2026-11-24",
        "lottery 3d 2026135 2026-11-24",
        "lottery ssq 02026135 2026-11-24",
        "lottery ssq 0 2026-11-24",
        "lottery ssq 2026135 2026-11-31",
        "lottery ssq 2026135 2026-11-24 ",
        "drand 5000000",
        "drand quicknet",
        "drand quicknet 1",
        "drand quicknet 0",
        "drand quicknet 02",
        "drand quicknet 4294967296",
        "drand fastnet 5000000",
        "drand quicknet 5000000 1",
    ];
    for text in refused {
        assert!(text.parse::<Beacon>().is_err(), "{text:?}");
    }
}

/// Drawings as they were announced, and with one thing wrong.
#[test]
fn a_drawing_fits_its_day_its_year_and_its_number() {
    let fits = |game: Lottery, issue: u32, date: &str| lottery(game, issue, date).can_take_place().is_ok();
    for (game, issue, date) in [
        (Lottery::Ssq, 2_022_058, "2022-05-24"),
        (Lottery::Ssq, 2_023_118, "2023-10-15"),
        (Lottery::Kl8, 2_026_001, "2026-01-01"),
        (Lottery::Kl8, 2_024_366, "2024-12-31"),
        (Lottery::Dlt, 26_001, "2026-01-03"),
    ] {
        assert!(fits(game, issue, date), "{issue} {date}");
    }
    for (game, issue, date) in [
        (Lottery::Ssq, 2_022_058, "2022-05-25"),
        (Lottery::Ssq, 2_022_058, "2023-05-23"),
        (Lottery::Ssq, 2_022_000, "2022-05-24"),
        (Lottery::Ssq, 2_022_063, "2022-05-24"),
        (Lottery::Ssq, 2_022_001, "2022-01-01"),
        (Lottery::Kl8, 2_026_002, "2026-01-01"),
        (Lottery::Kl8, 2_025_366, "2025-12-31"),
        (Lottery::Dlt, 2_026_001, "2026-01-03"),
        (Lottery::Dlt, 26_002, "2026-01-03"),
        (Lottery::Dlt, 26_001, "2026-01-04"),
        (Lottery::Ssq, u32::MAX, "2026-01-04"),
        (Lottery::Ssq, 1, "0001-01-02"),
    ] {
        assert!(!fits(game, issue, date), "{issue} {date}");
    }
}

#[test]
fn events_outside_have_their_moment() {
    let due = |text: &str| beacon(text).moment().map(|moment| moment.to_string());
    assert_eq!(due("lottery ssq 2026135 2026-11-24").as_deref(), Some("2026-11-24T13:15:00Z"));
    assert_eq!(due("lottery dlt 26120 2026-10-24").as_deref(), Some("2026-10-24T13:25:00Z"));
    assert_eq!(due("lottery kl8 2026001 2026-01-01").as_deref(), Some("2026-01-01T13:30:00Z"));
    assert_eq!(due("drand quicknet 31799517").as_deref(), Some("2026-08-31T18:45:15Z"));
    assert_eq!(due("drand default 2634945").as_deref(), Some("2023-01-23T13:09:30Z"));
    assert!(due("drand default 4294967295").is_some() && due("lottery kl8 1 9999-12-31").is_some());
    assert_eq!((due("dice 10 20"), due("balls 49 6")), (None, None));
}

/// What a beacon demands, a good outcome, and outcomes that each break one rule.
const OUTCOMES: &[(&str, &str, &[&str])] = &[
    ("dice 10 3", "0 9 0", &["0 9", "0 9 0 1", "0 9 10"]),
    ("dice 6 4", "1 6 6 1", &["0 1 2 3", "1 2 3 7", "1 2 3", "1 2 3 4 5"]),
    ("dice 2 2", "2 1", &["0 1", "1 3"]),
    ("dice 20 2", "20 1", &["21 1", "0 1", "20"]),
    ("balls 49 3", "49 1 7", &["0 1 7", "50 1 7", "1 7 1", "7 7 7", "49 1", "49 1 7 8"]),
    (
        "lottery ssq 2026135 2026-11-24",
        "1 2 3 31 32 33 16",
        &[
            "0 2 3 31 32 33 16",
            "1 2 3 31 32 34 16",
            "1 2 3 31 32 33 17",
            "1 2 3 31 32 33 0",
            "2 1 3 31 32 33 16",
            "1 2 2 31 32 33 16",
            "1 2 3 31 32 33",
            "1 2 3 31 32 33 16 16",
        ],
    ),
    (
        "lottery dlt 26120 2026-10-24",
        "1 2 3 4 35 11 12",
        &[
            "1 2 3 4 36 11 12",
            "1 2 3 4 35 12 11",
            "1 2 3 4 35 12 12",
            "1 2 3 4 35 12 13",
            "1 2 4 3 35 11 12",
            "1 2 3 4 35 11",
        ],
    ),
    (
        "lottery kl8 2026001 2026-01-01",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 79 80",
        &[
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 79 81",
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 80 79",
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 79 79 80",
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 79",
        ],
    ),
];

fn numbers(text: &str) -> Shown {
    Shown::Numbers(text.split(' ').map(|word| word.parse().expect("a number")).collect())
}

#[test]
fn outcomes_of_a_wrong_count_range_or_order_are_refused() {
    for (demanded, good, bad) in OUTCOMES {
        let demanded = beacon(demanded);
        assert_eq!(demanded.check(&numbers(good)), Ok(()), "{demanded} : {good}");
        let text = format!("{demanded} : {good}");
        assert_eq!(outcome(&text).to_string(), text);
        assert_eq!(outcome(&text), Outcome { beacon: demanded.clone(), shown: numbers(good) });
        for bad in *bad {
            let refusal = demanded.check(&numbers(bad)).expect_err(bad);
            assert!(!refusal.0.zh.is_empty() && !refusal.0.en.is_empty());
            assert!(demanded.read(bad).is_err(), "typed {demanded} : {bad}");
            // As a text it may have the form of an outcome; it is none all the same.
            let written = format!("{demanded} : {bad}").parse::<Outcome>();
            assert!(written.is_err() || written.is_ok_and(|o| o.check().is_err()), "{bad}");
        }
    }
}

#[test]
fn refusals_name_what_is_wrong() {
    let refused = |demanded: &str, typed: &str| beacon(demanded).read(typed).expect_err(typed).0;
    assert_eq!(refused("dice 10 3", "12").zh, "要 3 个数，给了 2 个");
    assert_eq!(refused("dice 20 2", "21 1").en, "21 is not within 1–20");
    assert_eq!(refused("dice 6 2", "1x").zh, "“x”不是数字");
    assert_eq!(refused("balls 49 2", "7 7").zh, "同一个球号出现了两次");
    assert_eq!(
        refused("lottery ssq 1 2026-11-24", "1 3 2 4 5 6 7").en,
        "lottery numbers are written in rising order without repetition"
    );
}

#[test]
fn people_may_type_numbers_as_they_are_used_to() {
    let typed = |demanded: &str, typed: &str| beacon(demanded).read(typed).expect(typed).numbers().to_vec();
    for way in ["0 9 4 7", "0947", "0,9,4,7", "09 47", " 0，9、4；7\n", "0+9+4;7"] {
        assert_eq!(typed("dice 10 4", way), [0, 9, 4, 7], "{way}");
    }
    assert_eq!(typed("dice 6 3", "612"), [6, 1, 2]);
    assert_eq!(typed("dice 20 3", "20, 1, 12"), [20, 1, 12]);
    assert_eq!(typed("balls 49 3", "49 01 7"), [49, 1, 7]);
    assert_eq!(typed("lottery ssq 1 2026-11-24", "01 02 03 31 32 33+16"), [1, 2, 3, 31, 32, 33, 16]);
    for nonsense in ["", "  ", "０９４７", "0 9 4 -7", "0.9 4 7", "zero nine four seven"] {
        assert!(beacon("dice 10 4").read(nonsense).is_err(), "{nonsense:?}");
    }
}

#[test]
fn outcomes_have_one_text() {
    let refused = [
        "dice 10 3",
        "dice 10 3 :",
        "dice 10 3 : ",
        "dice 10 3:1 2 3",
        "dice 10 3 :1 2 3",
        "dice 10 3 : 1  2 3",
        "dice 10 3 : 1 2 3 ",
        "dice 10 3 : 01 2 3",
        "dice 10 3 : +1 2 3",
        "dice 10 3 : 1,2,3",
        "dice 10 3  : 1 2 3",
        "dice 10 3 : : 1 2 3",
        "dice 10 3 : 1 2 4294967296",
        "dice 10 0 :",
    ];
    for text in refused {
        assert!(text.parse::<Outcome>().is_err(), "{text:?}");
    }
}

/// A natural number of any size, the least digit (of base 2³²) first.
struct Natural(Vec<u64>);

impl Natural {
    fn product(factors: impl Iterator<Item = u32>) -> Natural {
        let mut digits = vec![1];
        for factor in factors {
            let mut carry = 0;
            for digit in &mut digits {
                let value = *digit * u64::from(factor) + carry;
                *digit = value & 0xffff_ffff;
                carry = value >> 32;
            }
            digits.push(carry);
            while digits.len() > 1 && digits.last() == Some(&0) {
                digits.pop();
            }
        }
        Natural(digits)
    }

    /// The largest b with 2^b ≤ self.
    fn floor_log2(&self) -> u32 {
        let last = self.0.len() - 1;
        32 * last as u32 + self.0[last].ilog2()
    }
}

/// docs/spec/documents.md: rounded down; exact up to 128 bits, beyond that
/// perhaps less, never more.
fn assert_bits(beacon: &Beacon, factors: impl Iterator<Item = u32>) {
    let (bits, exact) = (beacon.bits(), Natural::product(factors).floor_log2());
    if exact < 128 {
        assert_eq!(bits, exact, "{beacon}");
    } else {
        // One bit at most is lost for each 121 (no factor here is beyond 2^7 or 2^10).
        assert!(bits <= exact && bits + exact / 117 + 1 >= exact, "{beacon}: {bits} for {exact}");
    }
}

#[test]
fn entropy_is_never_overstated() {
    assert_eq!(Beacon::Dice { sides: 10, rolls: 20 }.bits(), 66);
    assert_eq!(Beacon::Dice { sides: 2, rolls: 16 }.bits(), 16);
    assert_eq!(Beacon::Dice { sides: 6, rolls: 6 }.bits(), 15, "6^6 = 46,656 < 2^16");
    assert_eq!(Beacon::Balls { of: 49, count: 6 }.bits(), 33);
    assert_eq!(Beacon::Balls { of: 3, count: 3 }.bits(), 2, "six orders");
    for sides in 2..=100 {
        for rolls in 1..=200 {
            assert_bits(&Beacon::Dice { sides, rolls }, (0..rolls).map(|_| sides));
        }
    }
    for of in (2..=60).chain([100, 999, 1000]) {
        for count in (1..of).filter(|count| *count < 60 || count % 97 == 0) {
            assert_bits(&Beacon::Balls { of, count }, (0..count).map(|i| of - i));
        }
    }
}

#[test]
fn the_entropy_of_lotteries_is_that_of_their_combinations() {
    let choose = |n: u128, k: u128| (1..=k).fold(1, |product, i| product * (n - k + i) / i);
    let games = [
        (Lottery::Ssq, choose(33, 6) * 16, 24),
        (Lottery::Dlt, choose(35, 5) * choose(12, 2), 24),
        (Lottery::Kl8, choose(80, 20), 61),
    ];
    for (game, outcomes, bits) in games {
        assert_eq!(outcomes.ilog2(), bits);
        assert_eq!(lottery(game, 1, "2026-11-24").bits(), bits, "{game:?}");
    }
}

/// A stranger's commitment can demand what no policy may.
#[test]
fn absurd_beacons_are_measured_without_delay_or_overflow() {
    let most = u32::MAX;
    for (sides, rolls) in [(0, most), (1, most), (2, 0)] {
        assert_eq!(Beacon::Dice { sides, rolls }.bits(), 0, "dice {sides} {rolls}");
    }
    assert!(Beacon::Dice { sides: most, rolls: most }.bits() > 1_000);
    assert!(Beacon::Balls { of: most, count: most }.bits() > 1_000);
    assert_eq!(Beacon::Balls { of: 5, count: 6 }.bits(), 0, "more balls than there are");
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let dice = (2..=100_u32, 1..30_usize).prop_flat_map(|(sides, rolls)| {
        let faces = if sides == 10 { 0..=9 } else { 1..=sides };
        proptest::collection::vec(faces, rolls).prop_map(move |numbers| Outcome {
            beacon: Beacon::Dice { sides, rolls: numbers.len() as u32 },
            shown: Shown::Numbers(numbers),
        })
    });
    let balls = (2..60_u32, any::<prop::sample::Index>()).prop_flat_map(|(of, count)| {
        let drum = Just((1..=of).collect::<Vec<u32>>()).prop_shuffle();
        drum.prop_map(move |mut numbers| {
            numbers.truncate(count.index(of as usize - 1) + 1);
            Outcome {
                beacon: Beacon::Balls { of, count: numbers.len() as u32 },
                shown: Shown::Numbers(numbers),
            }
        })
    });
    let red = prop::sample::subsequence((1..=33).collect::<Vec<u32>>(), 6);
    let ssq = (1..=u32::MAX, red, 1..=16_u32).prop_map(|(issue, mut numbers, blue)| {
        numbers.push(blue);
        Outcome { beacon: lottery(Lottery::Ssq, issue, "2026-11-24"), shown: Shown::Numbers(numbers) }
    });
    prop_oneof![dice, balls, ssq]
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_outcome_reads_back_as_printed(value in any_outcome()) {
        prop_assert_eq!(value.check(), Ok(()));
        prop_assert_eq!(&outcome(&value.to_string()), &value);
        // And as somebody types it.
        let (_, typed) = value.to_string().split_once(" : ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        prop_assert_eq!(&value.beacon.read(&typed).unwrap(), &value);
    }

    #[test]
    fn any_text_that_reads_is_the_text_that_is_printed(text in "(dice|balls|lottery ssq) [0-9 :]{0,24}") {
        if let Ok(read) = text.parse::<Beacon>() {
            prop_assert_eq!(read.to_string(), text.clone());
        }
        if let Ok(read) = text.parse::<Outcome>() {
            prop_assert_eq!(read.to_string(), text);
        }
    }
}

// ---- nonces ----------------------------------------------------------------------

const OFFICE: &str = "0000000000000000000000000000000000000000000000000000000000000001";
const WITNESS: &str = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

fn nonce(text: &str) -> Nonce {
    text.parse().expect("64 hex digits")
}

fn draw(text: &str) -> DrawId {
    text.parse().expect("a draw number")
}

#[test]
fn a_nonce_commitment_binds_draw_party_and_nonce() {
    let commitment = nonce(OFFICE).commitment(Suite::Sha256, &draw("example/2026/001"), "office");
    let text = format!("yaohao/nonce/v1\nexample/2026/001\noffice\n{OFFICE}\n");
    assert_eq!(commitment, Digest::of(&[text.as_bytes()]));
    assert_eq!(commitment.to_string(), "ec5978815dc49f2ef469f32eed3a2d0b35f6fa11cbda011bbf3678e68d6da189");
    let others = [
        nonce(OFFICE).commitment(Suite::Sha256, &draw("example/2026/002"), "office"),
        nonce(OFFICE).commitment(Suite::Sha256, &draw("example/2027/001"), "office"),
        nonce(OFFICE).commitment(Suite::Sha256, &draw("other/2026/001"), "office"),
        nonce(OFFICE).commitment(Suite::Sha256, &draw("example/2026/001"), "discipline"),
        nonce(WITNESS).commitment(Suite::Sha256, &draw("example/2026/001"), "office"),
    ];
    for (i, other) in others.iter().enumerate() {
        assert_ne!(*other, commitment, "{i}");
        assert!(!others[..i].contains(other), "{i}");
    }
}

#[test]
fn nonces_have_one_form() {
    assert_eq!(nonce(WITNESS), Nonce::new([0xff; 32]));
    assert_eq!(nonce(OFFICE).reveal(), OFFICE);
    for bad in [&WITNESS.to_uppercase(), &WITNESS[1..], &format!("{WITNESS}f"), "", &OFFICE.replace('1', " ")]
    {
        assert!(bad.parse::<Nonce>().is_err(), "{bad}");
    }
}

/// Logs and panics print values with `{:?}`; a secret must not be among them.
#[test]
fn debug_forms_show_no_secret() {
    let secret = "5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2";
    let nonces = vec![("office".to_owned(), nonce(secret))];
    let at = "2026-12-01T01:00:00Z".parse().expect("a moment");
    let link = Link { draw: draw("example/2026/001"), after: Digest([0; 32]), at };
    let shown = [
        format!("{:?}", nonce(secret)),
        format!("{:#?}", nonce(secret)),
        format!("{:?}", Reveal { link: link.clone(), nonces: nonces.clone() }),
        format!("{:#?}", Opening { link, nonces: nonces.clone() }),
        format!(
            "{:?}",
            Ingredients { suite: Suite::Sha256, commit: Digest([0; 32]), outcomes: &[], nonces: &nonces }
        ),
    ];
    for shown in shown {
        assert!(shown.contains("Nonce(secret)"), "{shown}");
        // Neither as hex nor as a list of bytes.
        let plain: String = shown.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).collect();
        assert!(!plain.contains("5ec2") && !plain.contains("94194231"), "{shown}");
    }
}

// ---- the seed --------------------------------------------------------------------

#[test]
fn the_seed_is_the_hash_of_the_specified_text() {
    let commit = Digest::of(&[b"commit\n"]);
    let outcomes = [outcome("dice 10 3 : 0 9 4"), outcome("lottery ssq 2026135 2026-11-24 : 1 2 3 4 5 6 7")];
    let nonces = [("office".to_owned(), nonce(OFFICE)), ("discipline".to_owned(), nonce(WITNESS))];
    let ingredients = Ingredients { suite: Suite::Sha256, commit, outcomes: &outcomes, nonces: &nonces };
    let text = b"yaohao/seed/v1\n\
        50836eee574ecff79dea3b4fd40673d7d000f7a5f177d8a6a3000b59c78383b8\n\
        beacon dice 10 3 : 0 9 4\n\
        beacon lottery ssq 2026135 2026-11-24 : 1 2 3 4 5 6 7\n\
        nonce office 0000000000000000000000000000000000000000000000000000000000000001\n\
        nonce discipline ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\n";
    assert_eq!(ingredients.text().as_bytes(), text);
    assert_eq!(ingredients.seed(), Seed::sha256(Digest::of(&[text])));
    assert_eq!(
        ingredients.seed().to_string(),
        "ab930eaed8c5399beb3ed3dea58006b6c74fc689c01bad4ae9c5b1064def1500"
    );
}

#[test]
fn every_ingredient_and_its_place_changes_the_seed() {
    let commit = Digest::of(&[b"commit\n"]);
    let outcomes = [outcome("dice 10 2 : 0 9"), outcome("dice 10 2 : 9 0")];
    let nonces = [("office".to_owned(), nonce(OFFICE)), ("discipline".to_owned(), nonce(WITNESS))];
    let swapped = [("office".to_owned(), nonce(WITNESS)), ("discipline".to_owned(), nonce(OFFICE))];
    let seed = |commit, outcomes: &[Outcome], nonces: &[(String, Nonce)]| {
        Ingredients { suite: Suite::Sha256, commit, outcomes, nonces }.seed()
    };
    let turned = |list: &[Outcome]| list.iter().rev().cloned().collect::<Vec<_>>();
    let reversed: Vec<_> = nonces.iter().rev().cloned().collect();
    let seeds = [
        seed(commit, &outcomes, &nonces),
        seed(Digest::of(&[b"another\n"]), &outcomes, &nonces),
        seed(commit, &turned(&outcomes), &nonces),
        seed(commit, &outcomes[..1], &nonces),
        seed(commit, &outcomes, &swapped),
        seed(commit, &outcomes, &reversed),
        seed(commit, &outcomes, &nonces[..1]),
    ];
    for (i, seed) in seeds.iter().enumerate() {
        assert!(!seeds[..i].contains(seed), "{i}");
    }
}
