//! What was changed is refused, or fails a check.

use crate::case::{Roll, statuses};
use crate::rolled;
use yaohao::digest::{Digest, Suite};
use yaohao::log::Inclusion;
use yaohao::roll::{Listed, Placed, RollAnswer, RollPlace, RollResult, RollSlip};
use yaohao::slip::RollAsked;
use yaohao::verify::Verdict;

/// What is done to the bytes of a file.
type Change<'a> = &'a dyn Fn(&mut Vec<u8>);

/// A slip of every kind.
fn slips(roll: &Roll) -> Vec<RollSlip> {
    let ids = (0..60).map(rolled::id).chain([0, 7, 60].map(rolled::stranger));
    let mut kinds = Vec::new();
    let mut slips = Vec::new();
    for id in ids {
        let slip = roll.prove(&id).expect("a proof");
        let report = roll.check(&slip);
        let nobody = matches!(slip.result, Some(RollResult { line: Listed::Nobody, .. }));
        let ends = match &slip.place {
            RollPlace::There(_) => (false, false),
            RollPlace::Absent { before, after, .. } => (before.is_none(), after.is_none()),
        };
        let kind = (report.told.answer, nobody, ends);
        if !kinds.contains(&kind) {
            kinds.push(kind);
            slips.push(slip);
        }
    }
    assert_eq!(slips.len(), 8, "drawn, reserve, not drawn twice, excluded, absent in three ways");
    slips
}

#[test]
fn no_byte_of_a_slip_can_be_changed() {
    let roll = Roll::new(Suite::Sha256, 1, 60);
    for slip in slips(&roll) {
        let text = slip.text().into_bytes();
        for at in 0..text.len() {
            for flip in [0x01, 0x04, 0x20] {
                let mut other = text.clone();
                other[at] ^= flip;
                let Ok(read) = RollSlip::read(&other) else { continue };
                assert_eq!(read.text().as_bytes(), other);
                let report = roll.check(&read);
                // An id that is in the roll as little as the one before is as absent.
                let as_absent = report.told.answer == RollAnswer::Absent && read.unit() != slip.unit();
                let verdict = if as_absent && report.verdict == Verdict::Verified {
                    roll.check_as(&read, &RollAsked { unit: Some(slip.unit()), ..roll.asked() }).verdict
                } else {
                    report.verdict
                };
                assert_eq!(verdict, Verdict::Failed, "byte {at} of\n{}", String::from_utf8_lossy(&other));
            }
        }
    }
}

#[test]
fn no_line_of_a_slip_can_be_left_out_doubled_or_moved() {
    let roll = Roll::new(Suite::Sha256, 1, 60);
    for slip in slips(&roll) {
        let text = slip.text();
        let lines: Vec<&str> = text.lines().collect();
        for at in 0..lines.len() {
            let mut without = lines.clone();
            without.remove(at);
            let mut doubled = lines.clone();
            doubled.insert(at, lines[at]);
            for changed in [without, doubled] {
                let changed = changed.join("\n") + "\n";
                if let Ok(read) = RollSlip::read(changed.as_bytes()) {
                    let verdict = roll.check(&read).verdict;
                    assert_ne!(verdict, Verdict::Verified, "{changed}");
                }
            }
        }
    }
}

/// What an office might hand to somebody who is drawn, or should not know why he is not.
#[test]
fn no_line_stands_for_another() {
    let roll = Roll::new(Suite::Sha256, 1, 60);
    let all = slips(&roll);
    let of = |answer| {
        all.iter()
            .find(|slip| roll.check(slip).told.answer == answer && slip.result.is_some())
            .expect("one")
            .clone()
    };
    let (drawn, reserve) = (of(RollAnswer::Drawn), of(RollAnswer::Reserve));
    let lasts: Vec<&RollSlip> =
        all.iter().filter(|s| matches!(&s.result, Some(RollResult { line: Listed::Last(_), .. }))).collect();
    let last = lasts.first().expect("one not drawn");
    let with = |slip: &RollSlip, line: Listed| {
        let record = slip.result.as_ref().expect("a result").record;
        RollSlip { result: Some(RollResult { record, line }), ..slip.clone() }
    };
    let line = |slip: &RollSlip| match &slip.result.as_ref().expect("a result").line {
        Listed::Own(placed) | Listed::Last(placed) => placed.clone(),
        Listed::Nobody => panic!("no line"),
    };
    // Another's line; a line that is not the last; nobody where somebody is listed.
    for (slip, other) in [
        (&drawn, Listed::Own(line(&reserve))),
        (&drawn, Listed::Nobody),
        (&drawn, Listed::Last(line(last))),
        (*last, Listed::Own(line(&drawn))),
        (*last, Listed::Last(line(&drawn))),
        (*last, Listed::Nobody),
    ] {
        let report = roll.check(&with(slip, other));
        assert_eq!(report.verdict, Verdict::Failed, "{}", statuses(&report));
    }
}

#[test]
fn absent_is_only_what_is_between_neighbours() {
    let roll = Roll::new(Suite::Sha256, 1, 60);
    let placed = |number| match roll.prove(&rolled::id(number)).expect("a proof").place {
        RollPlace::There(placed) => Some(placed),
        RollPlace::Absent { .. } => None,
    };
    let slip = roll.prove(&rolled::stranger(9)).expect("a proof");
    let claim = |unit: String, before, after| {
        let place = RollPlace::Absent { unit, before, after };
        roll.check(&RollSlip { place, ..slip.clone() }).verdict
    };
    assert_eq!(claim(rolled::stranger(9), placed(8), placed(9)), Verdict::Verified);
    // A line between them; one neighbour alone; neighbours of another place; the unit itself.
    assert_eq!(claim(rolled::id(9), placed(8), placed(10)), Verdict::Failed);
    assert_eq!(claim(rolled::stranger(9), placed(8), None), Verdict::Failed);
    assert_eq!(claim(rolled::stranger(9), None, placed(9)), Verdict::Failed);
    assert_eq!(claim(rolled::stranger(9), None, None), Verdict::Failed);
    assert_eq!(claim(rolled::stranger(9), placed(9), placed(10)), Verdict::Failed);
    assert_eq!(claim(rolled::id(9), placed(8), placed(9)), Verdict::Failed);
    assert_eq!(claim(rolled::id(9), placed(9), placed(10)), Verdict::Failed);
    // The last line called the one before nothing, with another number.
    let moved = placed(8).map(|p| Placed { path: Inclusion { index: 59, ..p.path }, ..p });
    assert_eq!(claim(rolled::stranger(60), moved, None), Verdict::Failed);
}

#[test]
fn a_slip_is_of_one_draw_and_of_one_unit() {
    let (roll, other) = (Roll::new(Suite::Sha256, 1, 60), Roll::new(Suite::Sha256, 2, 60));
    let slip = roll.prove(&rolled::id(0)).expect("a proof");
    let report = other.check(&slip);
    assert_eq!((&statuses(&report)[..1], report.verdict), ("!", Verdict::Failed));
    // Not the one announced; not this unit.
    let asked = RollAsked { commit: Some(Digest::of(&[b"another"])), ..RollAsked::default() };
    assert_eq!(roll.check_as(&slip, &asked).verdict, Verdict::Failed);
    let asked = RollAsked { unit: Some("91500"), ..roll.asked() };
    assert_eq!(roll.check_as(&slip, &asked).verdict, Verdict::Failed);
    let asked = RollAsked { record: Some(Digest::of(&[b"another"])), ..roll.asked() };
    assert_eq!(roll.check_as(&slip, &asked).verdict, Verdict::Failed);
    // Nothing announced: everything but that is proved.
    let report = roll.check_as(&slip, &RollAsked::default());
    assert_eq!((statuses(&report).as_str(), report.verdict), ("-+++++", Verdict::Incomplete));
}

#[test]
fn documents_that_lie_fail_their_checks() {
    let roll = Roll::new(Suite::Sha256, 1, 60);
    let slip = roll.prove(&rolled::id(0)).expect("a proof");
    let with = |file: &str, change: &dyn Fn(String) -> Option<String>| {
        let mut other = roll.clone();
        let text = other.documents.0.remove(file).expect("there");
        let changed = change(String::from_utf8(text).expect("a text"));
        other.documents.0.extend(changed.map(|text| (file.to_owned(), text.into_bytes())));
        statuses(&other.check(&slip))
    };
    // Nothing is drawn under documents that lie: neither tickets nor result are proved.
    let nonce = with("reveal.txt", &|text| Some(text.replace("0101", "0909")));
    assert_eq!(&nonce[..3], "++-", "{nonce}");
    assert_eq!(&nonce[4..], "!!", "{nonce}");
    let dice = with("ceremony.txt", &|text| Some(text.replace("3 1 4 1", "3 1 4 2")));
    assert_eq!((&dice[..3], &dice[4..5]), ("++-", "!"), "{dice}");
    let none = with("ceremony.txt", &|_| None);
    assert_eq!((&none[..3], &none[4..5]), ("++-", "!"), "{none}");
    let late = with("record.txt", &|text| Some(text.replace("at 2026-10-10", "at 2026-10-17")));
    assert_eq!((&late[..3], &late[4..5]), ("++-", "!"), "{late}");
    let unrecorded = with("record.txt", &|_| None);
    assert_eq!(unrecorded, "++----");
}

/// A record that does not read is no sign that nothing was drawn.
#[test]
fn nothing_is_proved_under_a_record_that_does_not_read() {
    let mut roll = Roll::new(Suite::Sha256, 1, 60);
    roll.documents.0.insert("record.txt".into(), b"yaohao/roll-record/v1\n".to_vec());
    assert!(roll.prove(&rolled::id(0)).is_err());
    roll.documents.0.remove("record.txt");
    assert!(roll.prove(&rolled::id(0)).is_ok());
}

/// Whatever file of the roll is changed or missing: a proof is true, or there is none.
#[test]
fn changed_files_give_errors_and_no_false_proof() {
    let roll = Roll::new(Suite::Sha256, 1, 700);
    let ids: Vec<String> = [0, 1, 3, 200, 255, 256, 511, 512, 699]
        .into_iter()
        .flat_map(|n| [rolled::id(n), rolled::stranger(n)])
        .collect();
    let tiles: Vec<&String> = roll.files.keys().filter(|path| path.contains("tile/")).collect();
    assert_eq!(tiles.len(), 9, "{tiles:?}");
    let mut refused = 0;
    for path in tiles {
        let length = roll.files[path].len();
        let changes: [Change<'_>; 4] = [
            &|bytes| bytes[length / 2] ^= 1,
            &|bytes| bytes[length - 1] ^= 1,
            &|bytes| bytes.truncate(length - 1),
            &|bytes| bytes.clear(),
        ];
        for change in changes {
            let mut other = roll.clone();
            change(other.files.get_mut(path).expect("there"));
            for id in &ids {
                match other.prove(id) {
                    Ok(slip) => assert_eq!(Ok(slip), roll.prove(id), "{path} {id}"),
                    Err(_) => refused += 1,
                }
            }
        }
        let mut other = roll.clone();
        other.files.remove(path);
        assert!(ids.iter().any(|id| other.prove(id).is_err()), "{path} is needed");
    }
    assert!(refused > 100, "{refused}");
}

/// Lines that were exchanged or taken out within a bundle.
#[test]
fn a_bundle_with_other_lines_gives_no_false_proof() {
    let roll = Roll::new(Suite::Sha256, 1, 700);
    let path = "tile/entries/001";
    let lines: Vec<String> = (256..512)
        .map(|n| format!("yaohao/roll-unit/v1\n{}\n", yaohao::record::TableLine::line(&rolled::unit(n))))
        .collect();
    let bundle = |lines: &[String]| yaohao::log::Bundle::bytes(lines).expect("short");
    assert_eq!(bundle(&lines), roll.files[path]);
    let mut swapped = lines.clone();
    swapped.swap(10, 200);
    let mut hidden = lines.clone();
    hidden[44] = hidden[43].clone();
    let mut backwards = lines.clone();
    backwards.reverse();
    for lines in [swapped, hidden, backwards] {
        let mut other = roll.clone();
        other.files.insert(path.into(), bundle(&lines));
        for number in 250..520 {
            for id in [rolled::id(number), rolled::stranger(number)] {
                if let Ok(slip) = other.prove(&id) {
                    assert_eq!(Ok(slip), roll.prove(&id), "{id}");
                }
            }
        }
        assert!(other.prove(&rolled::id(300)).is_err() || other.prove(&rolled::id(266)).is_err());
    }
}
