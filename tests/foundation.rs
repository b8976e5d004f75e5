//! The foundation, held against published vectors and independent arithmetic:
//! trees, the stream, digests, ids and times.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use yaohao::digest::{Digest, SaltKey, Suite, hex, unhex};
use yaohao::ids::{CREDIT_CODE_ALPHABET, DrawId, credit_code_check, is_key, is_label, is_token};
use yaohao::merkle::{self, Step};
use yaohao::stream::Stream;
use yaohao::time::{Date, Moment, Period};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Default::default() }
}

fn digest(text: &str) -> Digest {
    text.parse().expect("64 hex digits")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

// ---- trees ---------------------------------------------------------------------

/// The leaves of the test data of certificate transparency (RFC 6962).
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

/// The published roots over the first 0 to 8 of them.
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn known_leaves(size: usize) -> Vec<Digest> {
    LEAVES[..size].iter().map(|text| merkle::leaf(Suite::Sha256, text)).collect()
}

#[test]
fn roots_are_those_of_rfc_6962() {
    for (size, root) in ROOTS.iter().enumerate() {
        assert_eq!(merkle::root(Suite::Sha256, &known_leaves(size)), digest(root), "{size} leaves");
    }
}

#[test]
fn paths_are_those_of_rfc_6962() {
    let path = |index: usize, size: usize| merkle::path(Suite::Sha256, &known_leaves(size), index);
    let left = |text: &str| Step::Left(digest(text));
    let right = |text: &str| Step::Right(digest(text));
    assert_eq!(path(0, 1), []);
    assert_eq!(
        path(0, 8),
        [
            right("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
            right("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
            right("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
        ]
    );
    assert_eq!(
        path(5, 8),
        [
            left("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
            right("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
            left("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        ]
    );
    assert_eq!(path(2, 3), [left(ROOTS[2])]);
    assert_eq!(
        path(1, 5),
        [
            left("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            right("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
            right("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
        ]
    );
}

/// The definition of RFC 6962 section 2.1, word for word.
fn defined_root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(&[]),
        [leaf] => *leaf,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            Digest::of(&[&[1], &defined_root(&leaves[..k]).0, &defined_root(&leaves[k..]).0])
        }
    }
}

#[test]
fn every_leaf_of_every_tree_is_proved_and_no_other_leaf_is() {
    for size in 1..=70_u32 {
        let leaves: Vec<Digest> = (0..size).map(|i| merkle::leaf(Suite::Sha256, &i.to_be_bytes())).collect();
        let root = merkle::root(Suite::Sha256, &leaves);
        assert_eq!(root, defined_root(&leaves), "{size} leaves");
        for index in 0..leaves.len() {
            let steps = merkle::path(Suite::Sha256, &leaves, index);
            assert_eq!(merkle::climb(Suite::Sha256, leaves[index], &steps), root, "leaf {index} of {size}");
            assert_ne!(
                merkle::climb(Suite::Sha256, merkle::leaf(Suite::Sha256, b"another"), &steps),
                root,
                "leaf {index} of {size}"
            );
            for other in (0..leaves.len()).filter(|other| *other != index) {
                assert_ne!(
                    merkle::climb(Suite::Sha256, leaves[other], &steps),
                    root,
                    "{other} for {index} of {size}"
                );
            }
        }
    }
}

#[test]
fn a_large_tree_is_the_same_on_any_number_of_threads() {
    let leaves: Vec<Digest> = (0..5_001_u32).map(|i| merkle::leaf(Suite::Sha256, &i.to_be_bytes())).collect();
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert_eq!(
            pool.install(|| merkle::root(Suite::Sha256, &leaves)),
            defined_root(&leaves),
            "{threads} threads"
        );
    }
}

#[test]
fn a_large_tree_can_be_built_part_by_part_and_proves_its_leaves() {
    for size in [1_023, 1_024, 1_025, 2_049, 5_001_u32] {
        let leaves: Vec<Digest> = (0..size).map(|i| merkle::leaf(Suite::Sha256, &i.to_be_bytes())).collect();
        let root = defined_root(&leaves);
        for part in [1, 2, 256, 1_024, 2_048] {
            let parts: Vec<Digest> =
                leaves.chunks(part).map(|part| merkle::root(Suite::Sha256, part)).collect();
            assert_eq!(merkle::root(Suite::Sha256, &parts), root, "{size} leaves, {part} in a part");
        }
        assert_eq!(merkle::root(Suite::Sha256, &merkle::parents(Suite::Sha256, &leaves)), root);
        for index in (0..leaves.len()).step_by(97).chain([leaves.len() - 1]) {
            let steps = merkle::path(Suite::Sha256, &leaves, index);
            assert_eq!(merkle::climb(Suite::Sha256, leaves[index], &steps), root, "leaf {index} of {size}");
        }
    }
}

#[test]
fn leaves_of_a_table_are_leaves_of_tag_and_line() {
    let lines: Vec<String> = (0..300).map(|n| format!("line {n} {}", "x".repeat(n))).collect();
    for suite in Suite::ALL {
        let leaf = |line: &String| merkle::leaf(*suite, format!("a tag\n{line}\n").as_bytes());
        assert_eq!(merkle::leaves(*suite, "a tag", &lines), lines.iter().map(leaf).collect::<Vec<Digest>>());
    }
}

#[test]
#[should_panic(expected = "leaf 3 of 3")]
fn there_is_no_path_of_a_leaf_that_is_not_there() {
    merkle::path(Suite::Sha256, &known_leaves(3), 3);
}

// ---- the stream ------------------------------------------------------------------

fn words(key: Digest, count: usize) -> Vec<u64> {
    let mut stream = Stream::new(key);
    (0..count).map(|_| stream.word()).collect()
}

/// The key stream bytes behind words `8 * block` to `8 * block + 7`.
fn block(key: [u8; 32], block: usize) -> String {
    let words = words(Digest(key), 8 * block + 8);
    hex(&words[8 * block..].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>())
}

/// RFC 8439 appendix A.1, test vectors 1 to 4: those with an all-zero nonce.
#[test]
fn words_are_the_key_stream_of_rfc_8439() {
    assert_eq!(
        block([0; 32], 0),
        "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7\
         da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
    );
    assert_eq!(
        block([0; 32], 1),
        "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed\
         29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"
    );
    let mut last_is_one = [0; 32];
    last_is_one[31] = 1;
    assert_eq!(
        block(last_is_one, 1),
        "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a\
         8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0"
    );
    let mut second_is_ff = [0; 32];
    second_is_ff[1] = 0xff;
    assert_eq!(
        block(second_is_ff, 2),
        "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca\
         13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096"
    );
}

#[test]
fn a_second_chacha20_gives_the_same_words() {
    use chacha20::rand_core::{Rng, SeedableRng};
    for number in 0..32_u8 {
        let key = Digest::of(&[&[number]]);
        let mut second = chacha20::ChaCha20Rng::from_seed(key.0);
        let expected: Vec<u64> = (0..200).map(|_| second.next_u64()).collect();
        assert_eq!(words(key, 200), expected);
    }
}

#[test]
fn seeking_equals_skipping() {
    let key = Digest([7; 32]);
    let plain = words(key, 5_000);
    // To every place from the start, from just behind it, and from far away.
    for number in (0..300).chain([999, 1_023, 1_024, 4_998]) {
        let mut fresh = Stream::new(key);
        let mut behind = Stream::new(key);
        let mut away = Stream::new(key);
        for _ in 0..=number {
            behind.word();
        }
        away.seek(4_000);
        for stream in [&mut fresh, &mut behind, &mut away] {
            stream.seek(number);
            assert_eq!([stream.word(), stream.word()], plain[number as usize..][..2], "word {number}");
        }
    }
    // Ahead by every distance around the length of a block and of the buffer.
    for distance in 0..100 {
        let mut stream = Stream::new(key);
        let mut at = 3;
        stream.seek(at);
        for _ in 0..20 {
            assert_eq!(stream.word(), plain[at as usize], "steps of {distance}");
            at += 1 + distance;
            stream.seek(at);
        }
    }
    // Beyond 2³² blocks nothing wraps: word 2³⁵ is in block 2³².
    let mut stream = Stream::new(key);
    stream.seek(1 << 35);
    assert_ne!(stream.word(), plain[0]);
}

/// docs/spec/stream.md: L + 1 is the largest multiple of n that 64 bits hold;
/// words above L are skipped.
#[test]
fn bounded_integers_skip_exactly_the_words_that_would_be_unfair() {
    let half = 1_u128 << 63;
    let bounds = [
        1,
        2,
        3,
        6,
        10,
        1_000_003,
        half - 1,
        half,
        half + 1,
        half + (half >> 1) + 5,
        3 << 62,
        u128::from(u64::MAX) - 1,
        u128::from(u64::MAX),
    ];
    let mut skipped = 0;
    for n in bounds {
        let limit = (1_u128 << 64) / n * n - 1;
        let key = Digest::of(&[&n.to_be_bytes()]);
        let (mut stream, mut plain) = (Stream::new(key), Stream::new(key));
        for _ in 0..300 {
            let word = loop {
                let word = u128::from(plain.word());
                if word <= limit {
                    break word;
                }
                skipped += 1;
            };
            assert_eq!(u128::from(stream.below(n as u64)), word % n, "n = {n}");
        }
    }
    assert!(skipped > 300, "only {skipped} words skipped: nothing was tested");
}

#[test]
#[should_panic(expected = "divisor of zero")]
fn there_is_no_integer_below_zero() {
    Stream::new(Digest([0; 32])).below(0);
}

/// Computed by another program from docs/spec/stream.md.
#[test]
fn shuffles_never_change() {
    let shuffled = |key: Digest, count: usize| {
        let mut numbers: Vec<usize> = (0..count).collect();
        Stream::new(key).shuffle(&mut numbers);
        numbers
    };
    assert_eq!(shuffled(Digest([0; 32]), 16), [2, 4, 15, 1, 5, 11, 9, 7, 12, 0, 3, 10, 14, 13, 8, 6]);
    let key = digest("13550350a8681c84c861aac2e5b440161c2b33a3e4f302ac680ca5b686de48de");
    assert_eq!(shuffled(key, 12), [2, 7, 10, 5, 3, 8, 6, 9, 0, 11, 1, 4]);
    assert_eq!(shuffled(key, 1), [0]);
    assert!(shuffled(key, 0).is_empty());
    // A shuffle of twelve takes eleven words, so that what follows is fixed, too.
    let mut stream = Stream::new(key);
    stream.shuffle(&mut [0; 12]);
    assert_eq!(stream.word(), words(key, 12)[11]);
}

// ---- digests and salts -------------------------------------------------------------

#[test]
fn hex_has_one_form() {
    let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(digest(text), Digest::of(&[b"a", b"", b"bc"]));
    assert_eq!(digest(text).to_string(), text);
    assert_eq!(format!("{:?}", digest(text)), text);
    let bad = [
        text.to_uppercase(),
        text[1..].to_owned(),
        format!("{text}0"),
        format!(" {text}"),
        text.replace('b', "g"),
        text.replace("ba", "é"),
        String::new(),
    ];
    for bad in bad {
        assert!(bad.parse::<Digest>().is_err(), "{bad}");
    }
    assert_eq!(unhex::<2>("00ff"), Ok([0, 255]));
    assert!(unhex::<2>("0x0f").is_err());
    assert_eq!(hex(&[0, 0x9f, 255]), "009fff");
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn digests_order_as_their_hex(a in any::<[u8; 32]>(), b in any::<[u8; 32]>(), same in 0..32_usize) {
        let mut b = b;
        b[..same].copy_from_slice(&a[..same]);
        let (a, b) = (Digest(a), Digest(b));
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        prop_assert_eq!(digest(&a.to_string()), a);
    }
}

/// HMAC-SHA-256 written out from RFC 2104.
fn hmac(key: &[u8], message: &[u8]) -> Digest {
    let pad =
        |with: u8| -> Vec<u8> { (0..64).map(|i| key.get(i).copied().unwrap_or_default() ^ with).collect() };
    let inner = Digest::of(&[&pad(0x36), message]);
    Digest::of(&[&pad(0x5c), &inner.0])
}

#[test]
fn salts_are_hmac_sha_256() {
    // RFC 4231, cases 1 and 2, to trust the arithmetic above.
    let case_1 = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
    assert_eq!(hmac(&[0x0b; 20], b"Hi There"), digest(case_1));
    let case_2 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(hmac(b"Jefe", b"what do ya want for nothing?"), digest(case_2));

    let secret: [u8; 32] = std::array::from_fn(|i| i as u8);
    let key = SaltKey::new(Suite::Sha256, &secret);
    let of_unit = hmac(&secret, b"91500112450533912J");
    let whole = Digest::of(&[&of_unit.0, b"name"]);
    assert_eq!(key.of("91500112450533912J").tag("name"), whole);
    assert_eq!(key.of("91500112450533912J").salt("name"), whole.to_string()[..32]);
    assert_ne!(key.of("a").salt("bc"), key.of("ab").salt("c"), "id and field are kept apart");
}

// ---- ids ---------------------------------------------------------------------------

#[test]
fn check_characters_are_those_of_gb_32100() {
    let published = [
        "91440300708461136T",
        "91110000802100433B",
        "914403001922038216",
        "91330100799655058B",
        "9144030071526726XG",
        "91350100M000100Y43",
        "91500112450533912J",
    ];
    for code in published {
        assert_eq!(credit_code_check(&code[..17]), code.chars().last(), "{code}");
        // One wrong character never goes unnoticed: 31 is a prime.
        for (at, right) in code[..17].char_indices() {
            for wrong in CREDIT_CODE_ALPHABET.chars().filter(|wrong| *wrong != right) {
                let changed = format!("{}{wrong}{}", &code[..at], &code[at + 1..17]);
                assert_ne!(credit_code_check(&changed), code.chars().last(), "{changed}");
            }
        }
    }
    for outside in ["I", "O", "S", "V", "Z", "a", "-", "９"] {
        assert_eq!(credit_code_check(&format!("9150011245053391{outside}")), None, "{outside}");
    }
    assert_eq!(CREDIT_CODE_ALPHABET.len(), 31);
}

#[test]
fn tokens_keys_and_labels_have_their_alphabets() {
    for token in ["0", "a", "XF01", "91500112450533912J", "2201-07", "a.b/c_d", &"x".repeat(64)] {
        assert!(is_token(token), "{token}");
    }
    for no_token in ["", "-", ".a", "_a", "/a", "a b", "a,b", "a=b", "单位", "a\n", "é", &"x".repeat(65)] {
        assert!(!is_token(no_token), "{no_token:?}");
    }
    for key in ["a", "z1", "high-risk", &"k".repeat(32)] {
        assert!(is_key(key) && is_label(key), "{key}");
    }
    for no_key in ["", "1z", "-a", "A", "aB", "a_b", "a b", "a.b", "片区", &"k".repeat(33)] {
        assert!(!is_key(no_key) && !is_label(no_key), "{no_key:?}");
        assert!(!is_label(&format!("small/{no_key}")) && !is_label(&format!("{no_key}/z1")), "{no_key:?}");
    }
    assert!(is_label("small/z1") && !is_key("small/z1") && !is_label("small/z1/z2") && !is_label("small/"));
}

#[test]
fn draw_numbers_have_one_form() {
    let read = |text: &str| text.parse::<DrawId>().ok();
    let id = |sequence| DrawId { office: "example".to_owned(), year: 2026, sequence };
    for (text, sequence, folder) in
        [("example/2026/001", 1, "2026-001"), ("example/2026/999", 999, "2026-999")]
    {
        assert_eq!(read(text), Some(id(sequence)));
        assert_eq!((id(sequence).to_string().as_str(), id(sequence).folder().as_str()), (text, folder));
    }
    assert_eq!(read("example/2026/1000"), Some(id(1000)));
    let refused = [
        "example/2026/000",
        "example/2026/1",
        "example/2026/01",
        "example/2026/0001",
        "example/2026/+01",
        "example/02026/001",
        "example/+2026/001",
        "example/26/001",
        "example/2026/001/",
        "example/2026/001/002",
        "example/2026",
        "Example/2026/001",
        "示例/2026/001",
        "/2026/001",
        "example/2026/001 ",
        " example/2026/001",
        "example/2026/70000",
    ];
    for text in refused {
        assert_eq!(read(text), None, "{text}");
    }
}

// ---- times -------------------------------------------------------------------------

#[test]
fn dates_have_one_form() {
    for text in ["2026-12-01", "2024-02-29", "0001-01-01", "9999-12-31"] {
        assert_eq!(date(text).to_string(), text);
    }
    let refused = [
        "2026-12-1",
        "2026-1-01",
        "26-12-01",
        "2026-12-01 ",
        " 2026-12-01",
        "2026/12/01",
        "20261201",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-12-00",
        "0000-01-01",
        "-0001-01-01",
        "+12026-12-01",
        "12026-12-01",
        "２０２６-12-01",
        "2026-12-01T00:00:00Z",
        "",
    ];
    for text in refused {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
    assert_eq!(Date::new(2026, 2, 29), None);
    assert_eq!((Date::new(0, 1, 1), Date::new(10_000, 1, 1)), (None, None));
    assert_eq!(Date::new(2026, 12, 1), Some(date("2026-12-01")));
}

#[test]
fn moments_have_one_form() {
    let text = "2026-11-23T06:04:17Z";
    assert_eq!(text.parse::<Moment>().expect("a moment").to_string(), text);
    let refused = [
        "2026-11-23T06:04:60Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T06:04:17",
        "2026-11-23 06:04:17Z",
        "2026-11-23T06:04:17z",
        "2026-11-23t06:04:17Z",
        "2026-11-23T06:04:17.5Z",
        "2026-11-23T6:04:17Z",
        "2026-11-23T06:04:17+00:00",
        "2026-11-23T06:04Z",
        "2026-11-31T06:04:17Z",
        "+12026-11-23T06:04:17Z",
        "0000-11-23T06:04:17Z",
        " 2026-11-23T06:04:17Z",
        "2026-11-23T06:04:17Z ",
        "",
    ];
    for text in refused {
        assert!(text.parse::<Moment>().is_err(), "{text}");
    }
}

#[test]
fn days_and_months_are_counted_by_the_calendar() {
    let months = |text: &str, months: u32| date(text).plus_months(months).to_string();
    assert_eq!(months("2026-09-01", 3), "2026-12-01");
    assert_eq!(months("2026-11-30", 3), "2027-02-28");
    assert_eq!(months("2023-11-30", 3), "2024-02-29");
    assert_eq!(months("2026-01-31", 0), "2026-01-31");
    assert_eq!(months("2026-01-31", u32::MAX), "9999-12-31");
    assert_eq!(date("2026-12-31").plus_days(1), date("2027-01-01"));
    assert_eq!(date("2027-01-01").plus_days(-1), date("2026-12-31"));
    assert_eq!(date("2026-12-01").plus_days(i64::from(u32::MAX)), Date::LAST);
    assert_eq!(date("2026-12-01").days_through(date("2026-12-31")), 31);
    assert_eq!(date("2026-12-01").days_through(date("2026-12-01")), 1);
    assert_eq!(date("2026-12-02").days_through(date("2026-12-01")), 0);
    assert_eq!(date("2026-12-31").days_through(date("2026-12-01")), 0);

    let moment: Moment = "2026-11-23T16:30:00Z".parse().expect("a moment");
    assert_eq!(moment.plus_days(7).to_string(), "2026-11-30T16:30:00Z");
    assert_eq!(moment.plus_days(u32::MAX).to_string(), "9999-12-31T16:30:00Z");
    assert_eq!(moment.date_in_china(), date("2026-11-24"), "past midnight in Chongqing");
    assert_eq!(moment.by_clocks_of_china(), "2026-11-24 00:30");
    assert_eq!(moment.plus_days(u32::MAX).date_in_china(), Date::LAST);
}

fn any_period() -> impl Strategy<Value = Period> {
    let day = || proptest::option::of((0..14_i64).prop_map(|n| date("2026-12-01").plus_days(n)));
    (day(), day()).prop_map(|(from, until)| Period { from, until })
}

proptest! {
    #![proptest_config(cases(512))]

    /// Held against going through the days one by one.
    #[test]
    fn periods_overlap_where_they_share_a_day(a in any_period(), b in any_period()) {
        let days: Vec<Date> = (-1..15).map(|n| date("2026-12-01").plus_days(n)).collect();
        let inside = |period: &Period, day: Date| {
            period.from.is_none_or(|from| day >= from) && period.until.is_none_or(|until| day <= until)
        };
        for day in &days {
            prop_assert_eq!(a.contains(*day), inside(&a, *day));
        }
        prop_assert_eq!(a.is_reversed(), !days.iter().any(|day| a.contains(*day)));
        if !a.is_reversed() && !b.is_reversed() {
            let shared = days.iter().any(|day| a.contains(*day) && b.contains(*day));
            prop_assert_eq!(a.overlaps(&b), shared);
            prop_assert_eq!(b.overlaps(&a), shared);
        }
    }
}

#[test]
fn a_time_is_typed_by_the_clocks_of_china() {
    let read = |text: &str| Moment::from_clocks_of_china(text).map(|moment| moment.to_string());
    assert_eq!(read("2026-12-01T10:00").as_deref(), Some("2026-12-01T02:00:00Z"));
    assert_eq!(read("2026-12-01 07:59").as_deref(), Some("2026-11-30T23:59:00Z"));
    assert_eq!(read("2026-09-01T02:45:15").as_deref(), Some("2026-08-31T18:45:15Z"));
    for text in [
        "",
        "2026-12-01",
        "2026-12-01T",
        "2026-12-01T10",
        "2026-12-01T24:00",
        "2026-12-01T10:60",
        "2026-12-01T10:00:60",
        "2026-12-01T1:00",
        "2026-12-01T+1:00",
        "2026-02-29T10:00",
        "2026-12-01T10:00Z",
        "0001-01-01T07:59",
        "2026-12-01T10:00:00:00",
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
}

#[test]
fn margins_are_counted_in_whole_seconds_and_never_overflow() {
    let at = |text: &str| text.parse::<Moment>().expect("a moment");
    let start = at("2026-11-23T06:00:00Z");
    assert!(
        start.precedes(30, at("2026-11-23T06:30:00Z")) && !start.precedes(30, at("2026-11-23T06:29:59Z"))
    );
    assert!(start.precedes(0, start) && !start.precedes(0, at("2026-11-23T05:59:59Z")));
    assert!(!start.precedes(u32::MAX, at("9999-12-31T23:59:59Z")), "2³² minutes are 8,166 years");
    assert_eq!(start.plus_minutes(90), at("2026-11-23T07:30:00Z"));
    assert!(at("9999-12-31T23:59:59Z").plus_minutes(u32::MAX) >= at("9999-12-31T23:59:59Z"));
    assert_eq!(Moment::from_seconds(i64::MAX), None);
    assert_eq!(Moment::from_seconds(i64::MIN), None);
    assert_eq!(Moment::from_seconds(0), Some(at("1970-01-01T00:00:00Z")));
}
