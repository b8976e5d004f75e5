//! Slips on their way through codes: base45, parts, and the modules themselves.

use super::case::Case;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use yaohao::digest::Suite;
use yaohao::problem::Kind;
use yaohao::slip::{Code, LARGEST_VERSION, MARK, QUIET, ROOM, base45, codes, cut, join};

/// The examples of RFC 9285, sections 4.3 and 4.4.
#[test]
fn base45_is_that_of_the_standard() {
    for (plain, coded) in [
        ("AB", "BB8"),
        ("Hello!!", "%69 VD92EX0"),
        ("base-45", "UJCLQE7W581"),
        ("ietf!", "QED8WEX0"),
        ("", ""),
    ] {
        assert_eq!(base45::encode(plain.as_bytes()), coded);
        assert_eq!(base45::decode(coded).as_deref(), Some(plain.as_bytes()));
    }
    // No such length, no such character, more than two bytes or one byte can be.
    for wrong in ["A", "BB8A", "bb8", "GGW0", ":::", "::", "é", "BB8\n"] {
        assert_eq!(base45::decode(wrong), None, "{wrong:?}");
    }
}

fn fixed() -> ProptestConfig {
    ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(9),
        failure_persistence: None,
        ..Default::default()
    }
}

proptest! {
    #![proptest_config(fixed())]
    #[test]
    fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        prop_assert_eq!(base45::decode(&base45::encode(&bytes)), Some(bytes));
    }

    #[test]
    fn whatever_is_scanned_is_answered(lines in proptest::collection::vec("(YH1/[0-9]/[0-9]/[0-9A-F]{8}/)?[ -~]{0,30}/?", 0..4)) {
        prop_assert!(join(lines.iter().map(String::as_str)).is_err());
    }

    #[test]
    fn slips_of_any_length_come_back(text in "[0-9a-f \n]{1,900}", room in 200_usize..900) {
        let parts = cut(&text, room).expect("short enough");
        prop_assert!(parts.texts.iter().all(|part| part.len() <= room));
        prop_assert_eq!(join(parts.texts.iter().map(String::as_str)), Ok(text));
    }
}

fn slip() -> String {
    let case = Case::new(Suite::Sha256);
    case.logged(&case.changed).text()
}

#[test]
fn parts_join_in_any_order_and_nothing_else_does() {
    let (text, other) = (slip(), slip().replace("lead=", "lead=A"));
    let parts = cut(&text, ROOM).expect("it fits").texts;
    let foreign = cut(&other, ROOM).expect("it fits").texts;
    assert!(parts.len() >= 3, "{}", parts.len());
    let joined = |lines: &[&str]| join(lines.iter().copied());
    let all: Vec<&str> = parts.iter().map(String::as_str).collect();
    let mut turned: Vec<&str> = all.iter().rev().copied().collect();
    // Twice, and with what a clipboard adds.
    let spaced = format!("  {}\r\n", all[0]);
    turned.extend(["", all[1], &spaced]);
    assert_eq!(joined(&turned).as_deref(), Ok(text.as_str()));
    let kind = |lines: &[&str]| joined(lines).expect_err("not a whole slip").kind;
    assert_eq!(kind(&all[1..]), Kind::Incomplete);
    assert_eq!(kind(&[]), Kind::Incomplete);
    let missing = joined(&[all[1]]).expect_err("parts are missing").what.zh;
    assert!(missing.contains("缺第 1、3"), "{missing}");
    let mixed = [&[foreign[0].as_str()], &all[1..]].concat();
    assert_eq!(kind(&mixed), Kind::Unreadable);
    for wrong in [
        "",
        "https://example.org",
        "YH2/1/1/00000000/00/",
        "YH1/2/1/00000000/00/",
        "YH1/0/1/00000000/00/",
        "YH1/1/9/00000000/00/",
        "YH1/1/1/0000000/00/",
        "YH1/1/1/0000000g/00/",
        "YH1/1/1/00000000/00",
    ] {
        let answer = joined(&[wrong, all[0]]).expect_err("incomplete anyhow");
        let expected = if wrong.is_empty() { Kind::Incomplete } else { Kind::Unreadable };
        assert_eq!(answer.kind, expected, "{wrong:?}");
    }
    for at in 20..all[0].len() - 1 {
        let mut changed = all[0].to_owned();
        let c = if &changed[at..=at] == "0" { "1" } else { "0" };
        changed.replace_range(at..=at, c);
        let mut lines = all.clone();
        lines[0] = &changed;
        assert_eq!(kind(&lines), Kind::Unreadable, "character {at}");
    }
}

/// A few characters that would unpack to megabytes.
#[test]
fn nobody_is_made_to_unpack_much() {
    let packed = miniz_oxide::deflate::compress_to_vec(&vec![b'a'; 1 << 20], 9);
    let data = base45::encode(&packed);
    let part = format!("{MARK}1/1/00000000/{data}/");
    assert!(part.len() < 2_000);
    assert_eq!(join([part.as_str()]).expect_err("too much").kind, Kind::Unreadable);
    assert_eq!(cut(&"x".repeat(1 << 17), ROOM).expect_err("too long").kind, Kind::Internal);
}

/// The modules as a camera sees them, `scale` pixels each.
fn photographed(code: &Code, scale: usize) -> String {
    let side = (code.width() + 2 * QUIET) * scale;
    let dark = |x: usize, y: usize| {
        let module = |at: usize| (at / scale).checked_sub(QUIET);
        let row = module(y).and_then(|y| code.rows.get(y));
        row.zip(module(x)).and_then(|(row, x)| row.get(x)).copied().unwrap_or(false)
    };
    let grey = |x, y| if dark(x, y) { 20 } else { 235 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    let (meta, text) = grids[0].decode().expect("it reads");
    assert_eq!((meta.version.0, meta.ecc_level), (usize::from(code.version), 0), "level M is written 0");
    text
}

#[test]
fn the_codes_of_a_slip_read_back_through_another_library() {
    let text = slip();
    let (parts, codes) = codes(&text).expect("it fits");
    assert_eq!(parts.texts.len(), codes.len());
    assert!(codes.iter().all(|code| code.version == codes[0].version && code.version <= LARGEST_VERSION));
    let read: Vec<String> = codes.iter().map(|code| photographed(code, 4)).collect();
    assert_eq!(read, parts.texts);
    assert_eq!(join(read.iter().map(String::as_str)), Ok(text));
    // Runs are the same modules.
    for code in &codes {
        let mut rows = vec![vec![false; code.width()]; code.width()];
        for (x, y, length) in code.runs() {
            rows[y][x..x + length].fill(true);
        }
        assert_eq!(rows, code.rows);
    }
}

/// ISO/IEC 18004, table 7: no character more.
#[test]
fn a_code_holds_as_much_as_we_think() {
    use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
    let fits = |length: usize| {
        let version = Version::new(LARGEST_VERSION);
        let segment = QrSegment::make_alphanumeric(&"A".repeat(length));
        QrCode::encode_segments_advanced(&[segment], QrCodeEcc::Medium, version, version, None, false).is_ok()
    };
    assert!(fits(ROOM) && !fits(ROOM + 1));
}
