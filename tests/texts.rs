//! Published texts: one form each, nothing else is read.
//!
//! tests/texts/ holds one sample of every document and table; their bytes are
//! the format. Every sample is damaged in every way the specification rules out.

#[path = "texts/values.rs"]
mod values;

use std::collections::BTreeMap;
use yaohao::digest::{Digest, SaltKey, Suite};
use yaohao::merkle;
use yaohao::policy::{Policy, Role};
use yaohao::record::{
    Attributes, AvailabilityLine, Beacons, CarriedLine, Commit, DocketLine, DocketPeople, DrawnLine,
    InspectorLine, Opening, PriceLine, Record, Replacement, Request, Reveal, ScheduleLine, Table, TableLine,
    TeamLine, UnitLine, Void, items_text, sums,
};
use yaohao::register::{Class, Item, Level};
use yaohao::text::{Read, Reader, Writer, broken_rule};

/// Reads a text and prints what was read.
type Reprint = fn(&[u8]) -> Read<String>;

fn table<L: TableLine>(bytes: &[u8]) -> Read<String> {
    Table::<L>::read(bytes).map(|table| Table::new(table.lines).text)
}

/// Every document and table, by the name of its file.
const KINDS: [(&str, Reprint); 18] = [
    ("availability.txt", table::<AvailabilityLine>),
    ("beacon.txt", |bytes| Beacons::read(bytes, true).map(|value| value.text(true))),
    ("carried.txt", table::<CarriedLine>),
    ("ceremony.txt", |bytes| Beacons::read(bytes, false).map(|value| value.text(false))),
    ("commit.txt", |bytes| Commit::read(bytes).map(|value| value.text())),
    ("dockets.txt", table::<DocketLine>),
    ("drawn.txt", table::<DrawnLine>),
    ("inspectors.txt", table::<InspectorLine>),
    ("open.txt", |bytes| Opening::read(bytes).map(|value| value.text())),
    ("prices.txt", table::<PriceLine>),
    ("record.txt", |bytes| Record::read(bytes).map(|value| value.text())),
    ("replace-001-request.txt", |bytes| Request::read(bytes).map(|value| value.text())),
    ("replace-001.txt", |bytes| Replacement::read(bytes).map(|value| value.text())),
    ("reveal.txt", |bytes| Reveal::read(bytes).map(|value| value.text())),
    ("schedule.txt", table::<ScheduleLine>),
    ("teams.txt", table::<TeamLine>),
    ("units.txt", table::<UnitLine>),
    ("void.txt", |bytes| Void::read(bytes).map(|value| value.text())),
];

fn samples() -> BTreeMap<String, String> {
    let folder = std::fs::read_dir("tests/texts").expect("the samples");
    let files = folder.map(|entry| entry.expect("a sample").path()).filter(|path| path.extension().is_some());
    let texts = files.filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let name = |path: &std::path::Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    texts.map(|path| (name(&path), std::fs::read_to_string(&path).expect("UTF-8"))).collect()
}

/// Calls `check` with the name, the text and the reader of every sample.
fn each_sample(check: impl Fn(&str, &str, Reprint)) {
    let samples = samples();
    let names: Vec<&str> = samples.keys().map(String::as_str).collect();
    assert_eq!(names, KINDS.map(|(name, _)| name), "a sample for every kind of text, and no other");
    for (name, reprint) in KINDS {
        check(name, &samples[name], reprint);
    }
}

/// Fails if `damaged` is read.
fn refused(name: &str, how: &str, reprint: Reprint, damaged: impl AsRef<[u8]>) {
    let damaged = damaged.as_ref();
    let text = String::from_utf8_lossy(damaged);
    assert!(reprint(damaged).is_err(), "{name} was read though {how}:\n{text}");
}

/// Fails if `damaged` is read as anything that prints otherwise.
fn refused_or_itself(name: &str, reprint: Reprint, damaged: &[u8]) {
    if let Ok(printed) = reprint(damaged) {
        let text = String::from_utf8_lossy(damaged);
        assert_eq!(printed.as_bytes(), damaged, "{name} has a second form:\n{text}");
    }
}

#[test]
fn every_sample_reads_and_prints_as_it_stands() {
    each_sample(|name, text, reprint| {
        assert_eq!(reprint(text.as_bytes()).as_deref(), Ok(text), "{name}");
    });
}

/// Whatever bytes are read, printing gives them back; so two texts never mean
/// the same.
#[test]
fn no_changed_byte_gives_the_same_value() {
    each_sample(|name, text, reprint| {
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            let here = bytes[at];
            for other in
                [b' ', b'\n', b'\r', b'0', b'1', b'A', b'-', b'=', 0, 0x7f, 0xff, here ^ 1, here ^ 0x20]
            {
                let changed = [&bytes[..at], &[other], &bytes[at + 1..]].concat();
                refused_or_itself(name, reprint, &changed);
            }
            for more in [b' ', b'\n', b'0', b',', here] {
                refused_or_itself(name, reprint, &[&bytes[..at], &[more], &bytes[at..]].concat());
            }
            refused_or_itself(name, reprint, &[&bytes[..at], &bytes[at + 1..]].concat());
            refused_or_itself(name, reprint, &bytes[..at]);
        }
    });
}

/// The text with line `at` replaced.
fn with_line(text: &str, at: usize, new: &str) -> String {
    let line = |(i, line): (usize, &str)| format!("{}\n", if i == at { new } else { line });
    text.lines().enumerate().map(line).collect()
}

fn each_line(check: impl Fn(&str, &str, usize, &str, Reprint)) {
    each_sample(|name, text, reprint| {
        text.lines().enumerate().for_each(|(at, line)| check(name, text, at, line, reprint));
    });
}

#[test]
fn line_ends_are_line_feeds_alone() {
    each_sample(|name, text, reprint| {
        refused(name, "CRLF ends its lines", reprint, text.replace('\n', "\r\n"));
        refused(name, "CR ends its lines", reprint, text.replace('\n', "\r"));
        refused(name, "the last LF is missing", reprint, &text[..text.len() - 1]);
        refused(name, "an empty line follows", reprint, format!("{text}\n"));
        refused(name, "it is empty", reprint, "");
        refused(name, "it is one empty line", reprint, "\n");
    });
    each_line(|name, text, at, line, reprint| {
        refused(name, "one line ends in CRLF", reprint, with_line(text, at, &format!("{line}\r")));
        refused(name, "it has an empty line", reprint, with_line(text, at, &format!("\n{line}")));
    });
}

#[test]
fn marks_and_control_characters_are_refused_anywhere() {
    let foreign = ['\u{feff}', '\u{fffd}', '\0', '\t', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}', '\u{9f}'];
    each_sample(|name, text, reprint| {
        refused(name, "it starts with a byte-order mark", reprint, format!("\u{feff}{text}"));
        refused(
            name,
            "it is UTF-16",
            reprint,
            text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(),
        );
    });
    each_line(|name, text, at, line, reprint| {
        for c in foreign {
            let how = format!("line {at} holds {c:?}");
            refused(name, &how, reprint, with_line(text, at, &format!("{c}{line}")));
            refused(name, &how, reprint, with_line(text, at, &format!("{line}{c}")));
            let middle = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(i, _)| i);
            let inside = format!("{}{c}{}", &line[..middle], &line[middle..]);
            refused(name, &how, reprint, with_line(text, at, &inside));
        }
        let not_utf8 = [text.as_bytes(), b"\xff\n"].concat();
        refused(name, "it is not UTF-8", reprint, not_utf8);
    });
}

/// Where a field begins that may hold spaces and anything else, if in this line.
fn free_text(name: &str, line: &str) -> usize {
    let start = match name {
        "commit.txt" if line.starts_with("software ") => Some("software ".len()),
        "units.txt" => line.find(" name=").map(|at| at + " name=".len()),
        _ => None,
    };
    start.unwrap_or(line.len())
}

#[test]
fn fields_are_separated_by_exactly_one_space() {
    each_line(|name, text, at, line, reprint| {
        refused(name, "a line begins with a space", reprint, with_line(text, at, &format!(" {line}")));
        refused(name, "a line ends with a space", reprint, with_line(text, at, &format!("{line} ")));
        for (space, _) in line.match_indices(' ').filter(|(space, _)| *space < free_text(name, line)) {
            let doubled = format!("{} {}", &line[..space], &line[space..]);
            refused(name, "two spaces stand together", reprint, with_line(text, at, &doubled));
            let tab = format!("{}\t{}", &line[..space], &line[space + 1..]);
            refused(name, "a tab separates", reprint, with_line(text, at, &tab));
            let wide = format!("{}\u{3000}{}", &line[..space], &line[space + 1..]);
            if !line[..space].contains('=') || name != "units.txt" {
                refused(name, "an ideographic space separates", reprint, with_line(text, at, &wide));
            }
        }
    });
}

#[test]
fn hex_is_lower_case_and_numbers_have_no_leading_zero() {
    let word = |c: char| c.is_ascii_alphanumeric();
    each_line(|name, text, at, line, reprint| {
        let mut start = 0;
        for piece in line.split_inclusive(|c| !word(c)) {
            let token = piece.trim_end_matches(|c| !word(c));
            let place = start..start + token.len();
            start += piece.len();
            // Free text, and published values, are words like any other.
            let free = place.start >= free_text(name, line)
                || (name == "units.txt" && line[..place.start].contains('='));
            let replaced = |new: &str| {
                with_line(text, at, &format!("{}{new}{}", &line[..place.start], &line[place.end..]))
            };
            if [32, 64].contains(&token.len()) {
                refused(name, "hex is upper-case", reprint, replaced(&token.to_uppercase()));
                refused(name, "hex is too short", reprint, replaced(&token[1..]));
                refused(name, "hex is too long", reprint, replaced(&format!("{token}0")));
            }
            let is_id = place.start < line.find(' ').unwrap_or(0) || line[..place.start].ends_with("town=");
            if !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit()) && !free && !is_id {
                refused(name, "a number has a leading zero", reprint, replaced(&format!("0{token}")));
                refused(name, "a number has a sign", reprint, replaced(&format!("+{token}")));
                refused(name, "a number is beyond all bounds", reprint, replaced(&"9".repeat(60)));
                refused(name, "a number is written full-width", reprint, replaced("３"));
            }
        }
    });
}

/// Lines that repeat may be others in another order, and some may be left out; all
/// other lines stand where they stand.
#[test]
fn lines_keep_their_places() {
    let first_word = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    each_sample(|name, text, reprint| {
        let lines: Vec<&str> = text.lines().collect();
        let is_table = !text.contains("\ndraw ");
        for at in 0..lines.len() {
            let joined = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            let mut without = lines.clone();
            without.remove(at);
            let mut twice = lines.clone();
            twice.insert(at, lines[at]);
            let mut swapped = lines.clone();
            swapped.swap(at, (at + 1) % lines.len());
            let same_kind = first_word(swapped[at]) == first_word(lines[at]);
            let repeats = [
                "team",
                "quota",
                "stratum",
                "excluded",
                "beacon",
                "party",
                "chain",
                "outcome",
                "nonce",
                "link",
                "custodian",
                "sealed",
                "verifier",
            ];
            let may_repeat = at > 0 && (is_table || repeats.contains(&first_word(lines[at]).as_str()));
            let optional = [
                ("commit.txt", "carried"),
                ("record.txt", "schedule"),
                ("void.txt", "nonce"),
                ("void.txt", "drawn"),
            ];
            if optional.contains(&(name, first_word(lines[at]).as_str())) {
                refused_or_itself(name, reprint, joined(&without).as_bytes());
                refused(name, &format!("line {at} is there twice"), reprint, joined(&twice));
            } else if may_repeat {
                refused_or_itself(name, reprint, joined(&without).as_bytes());
                refused_or_itself(name, reprint, joined(&twice).as_bytes());
            } else {
                refused(name, &format!("line {at} is missing"), reprint, joined(&without));
                refused(name, &format!("line {at} is there twice"), reprint, joined(&twice));
            }
            if same_kind || (is_table && at > 0 && at + 1 < lines.len()) {
                refused_or_itself(name, reprint, joined(&swapped).as_bytes());
            } else {
                refused(name, &format!("line {at} stands after the next"), reprint, joined(&swapped));
            }
            for unknown in ["unknown 1", "#", "note a b c d e f", "yaohao/record/v1"] {
                let mut more = lines.clone();
                more.insert(at + 1, unknown);
                refused(name, "it has an unknown line", reprint, joined(&more));
            }
        }
    });
}

#[test]
fn a_text_is_only_read_by_its_own_reader() {
    each_sample(|name, text, _| {
        for (other, reprint) in KINDS.iter().filter(|(other, _)| *other != name) {
            refused(name, &format!("it is no {other}"), *reprint, text);
        }
        let newer = text.replacen("/v1", "/v2", 1);
        let reprint = KINDS.iter().find(|(kind, _)| *kind == name).expect("a reader").1;
        refused(name, "its tag is of another version", reprint, newer);
    });
}

/// Sentences of the specification about single lines, each broken once:
/// file, what is replaced, by what.
const BROKEN: &[(&str, &str, &str)] = &[
    ("commit.txt", "draw example/2026/002", "draw example/2026/2"),
    ("commit.txt", "draw example/2026/002", "draw example/2026/000"),
    ("commit.txt", "draw example/2026/002", "draw 示例/2026/002"),
    ("commit.txt", "previous 6", "previous None"),
    ("commit.txt", "suite yaohao-1-sha256", "suite yaohao-2-sha256"),
    ("commit.txt", "committed 2026-11-23T06:04:17Z", "committed 2026-11-23T06:04:60Z"),
    ("commit.txt", "committed 2026-11-23T06:04:17Z", "committed 2026-11-23T14:04:17+08:00"),
    ("commit.txt", "window 2026-12-01 2026-12-31", "window 2026-12-31 2026-12-01"),
    ("commit.txt", "window 2026-12-01 2026-12-31", "window 2026-12-01 2026-12-32"),
    ("commit.txt", "mode sealed", "mode 密封"),
    ("commit.txt", "mode sealed", "mode Sealed"),
    ("commit.txt", "pairing tickets-and-prices/v1", "pairing tickets-and-prices/v2"),
    ("commit.txt", "team lead assistant assistant\nteam lead assistant expert police\n", ""),
    ("commit.txt", "team lead assistant expert police", "team lead assistant away"),
    ("commit.txt", "team lead assistant expert police", "team lead expert assistant"),
    ("commit.txt", "days 2026-12-01 2026-12-02 2026-12-31\n", ""),
    ("commit.txt", "2026-12-02 2026-12-31\npairing", "2026-12-31 2026-12-02\npairing"),
    ("commit.txt", "2026-12-02 2026-12-31\npairing", "2026-12-31 2026-12-31\npairing"),
    ("commit.txt", "days 2026-12-01", "days 2026-11-30"),
    ("commit.txt", "2026-12-02 2026-12-31\npairing", "2026-12-02 2027-01-01\npairing"),
    ("commit.txt", "days 2026-12-01", "days -"),
    ("commit.txt", "days 2026-12-01", "days 2026-12-1"),
    ("availability.txt", "420,420,0", "420,,0"),
    ("availability.txt", "420,420,0", "420,0420,0"),
    ("availability.txt", "420,420,0", "-"),
    ("availability.txt", "4294967295", "4294967296"),
    ("availability.txt", "P01 a92c", "P,1 a92c"),
    ("availability.txt", "P01 a92c", "P01 A92c"),
    ("schedule.txt", "2026-12-01", "2026-12-32"),
    ("schedule.txt", "2026-12-01", "0"),
    ("schedule.txt", "A-0018 33cc", "A-0018 33c"),
    ("schedule.txt", "A-0018", "示例"),
    ("dockets.txt", "minutes=240,180 town=500112013", "town=500112013 minutes=240,180"),
    ("dockets.txt", "band=1 minutes=240,180", "minutes=240,180 band=1"),
    ("dockets.txt", "minutes=240,180", "minutes="),
    ("dockets.txt", "minutes=240,180", "minutes=240,-"),
    ("dockets.txt", "minutes=0,4294967295", "minutes=0,4294967296"),
    ("dockets.txt", "town=500112013", "town="),
    ("dockets.txt", "town=500112013", "town=-"),
    ("dockets.txt", "town=500112013", "town=示例"),
    ("commit.txt", "exchange 1/10", "exchange 0.1"),
    ("commit.txt", "exchange 1/10", "exchange 11/10"),
    ("commit.txt", "exchange 1/10", "exchange 1/0"),
    ("commit.txt", "exchange 1/10\n", ""),
    ("commit.txt", "bands 2\n", ""),
    ("commit.txt", "bands 2", "bands 0"),
    ("commit.txt", "bands 2", "bands 5"),
    ("commit.txt", "bands 2", "bands 02"),
    ("commit.txt", "team lead assistant assistant", "team lead"),
    ("commit.txt", "team lead assistant assistant", "team assistant lead assistant"),
    ("commit.txt", "team lead assistant assistant", "team lead lead"),
    ("commit.txt", "team lead assistant assistant", "team lead assistant assistant assistant assistant"),
    ("commit.txt", "quota high-risk 1/6 up 4 -", "quota high-risk 6/1 up 4 -"),
    ("commit.txt", "quota high-risk 1/6 up 4 -", "quota high-risk 1/0 up 4 -"),
    ("commit.txt", "quota high-risk 1/6 up 4 -", "quota high-risk 1/6 - 4 -"),
    ("commit.txt", "quota high-risk 1/6 up 4 -", "quota high-risk 0.1 up 4 -"),
    ("commit.txt", "quota high-risk 1/6 up 4 -", "quota high-risk 1/6 进一 4 -"),
    ("commit.txt", "quota high-risk 1/6 up 4 -", "quota high-risk 1/6 up 4"),
    ("commit.txt", "quota small 120 - 0 -", "quota small 120 up 0 -"),
    ("commit.txt", "quota small 120 - 0 -", "quota Small 120 - 0 -"),
    ("commit.txt", "quota small 120 - 0 -", "quota high-risk 120 - 0 -"),
    ("commit.txt", "stratum small 430 120", "stratum small 0 0"),
    ("commit.txt", "stratum small 430 120", "stratum small/z1/x 430 120"),
    ("commit.txt", "stratum small 430 120", "stratum high-risk/z1 430 120"),
    ("commit.txt", "stratum small 430 120", "stratum a 430 120"),
    ("commit.txt", "excluded yearly-cap 2", "excluded yearly-cap 0"),
    ("commit.txt", "excluded yearly-cap 2", "excluded inactive 2"),
    ("commit.txt", "excluded yearly-cap 2", "excluded forgotten 2"),
    ("commit.txt", "beacon dice 10 20", "beacon dice 10 201"),
    ("commit.txt", "beacon dice 10 20", "beacon dice 1 20"),
    ("commit.txt", "beacon balls 49 6", "beacon balls 49 49"),
    ("commit.txt", "beacon lottery ssq 2026135 2026-11-24", "beacon lottery ssq 0 2026-11-24"),
    ("commit.txt", "beacon lottery ssq 2026135", "beacon lottery 双色球 2026135"),
    ("commit.txt", "ssq 2026135 2026-11-24", "ssq 2026135"),
    ("commit.txt", "ssq 2026135 2026-11-24", "ssq 2026135 2026-11-31"),
    ("commit.txt", "beacon drand quicknet 34203912", "beacon drand quicknet 1"),
    ("commit.txt", "beacon drand quicknet 34203912", "beacon drand quicknet 4294967296"),
    ("commit.txt", "beacon drand quicknet", "beacon drand fastnet"),
    ("commit.txt", "margin 30\n", ""),
    ("commit.txt", "margin 30\n", "margin 30\nmargin 30\n"),
    ("commit.txt", "margin 30", "margin 4294967296"),
    ("commit.txt", "margin 30", "margin -1"),
    ("beacon.txt", "outcome drand quicknet 31799517 : ", "outcome drand quicknet 31799517 : 00"),
    ("beacon.txt", "outcome drand default 1000000 : ", "outcome drand default 1000000 : 00 "),
    ("beacon.txt", "outcome drand default", "outcome drand quicknet"),
    ("commit.txt", "party discipline", "party office"),
    ("commit.txt", "party discipline", "party 纪检"),
    ("commit.txt", "chain discipline", "chain office"),
    ("commit.txt", "chain discipline", "chain archive"),
    ("commit.txt", "daddd 100\n", "daddd 0\n"),
    ("commit.txt", "daddd 100\n", "daddd 10000\n"),
    ("commit.txt", "daddd 100\n", "daddd\n"),
    ("ceremony.txt", " : 3 1 4", ": 3 1 4"),
    ("ceremony.txt", " : 3 1 4", " : 3,1,4"),
    ("ceremony.txt", "outcome dice 10 20 : 3 1 4", "outcome dice 10 20 3 1 4"),
    ("ceremony.txt", "outcome dice 10 20 :", "outcome dice 10 201 :"),
    ("beacon.txt", "outcome lottery ssq", "outcome lottery 双色球"),
    ("beacon.txt", " : 2 9 14 21 30 33 16", " :"),
    ("reveal.txt", "nonce discipline", "nonce 纪检"),
    ("open.txt", "nonce office", "nonce -"),
    ("replace-001-request.txt", "unit 9", "unit -9"),
    ("replace-001-request.txt", "absent P01", "absent P,01"),
    ("replace-001-request.txt", "absent P01", "absent -"),
    ("replace-001-request.txt", "reason recused", "reason 新发现须回避"),
    ("replace-001-request.txt", "reason recused", "reason tired"),
    ("replace-001-request.txt", "salt 0b1f", "salt 0b1"),
    ("replace-001.txt", "link discipline", "link 纪检"),
    ("replace-001.txt", "stand-in P09", "stand-in P09 P02"),
    ("replace-001.txt", "lead=P09 assistant=P02", "assistant=P02 lead=P09"),
    ("replace-001.txt", "lead=P09 assistant=P02", "lead=P09"),
    ("void.txt", "reason register", "reason 名录有误"),
    ("void.txt", "reason register", "reason bad-luck"),
    ("void.txt", "nonce office", "nonce 本机关"),
    ("void.txt", "nonce office", "nonce"),
    ("void.txt", " 2\n", "\n"),
    ("void.txt", " 2\n", " two\n"),
    ("commit.txt", "carried ", "carry "),
    ("commit.txt", " 2\nsuite", "\nsuite"),
    ("carried.txt", "A-0018 example/2025/012", "-0018 example/2025/012"),
    ("carried.txt", "A-0018 example/2025/012", "A-0018 example/2025/12"),
    ("carried.txt", "A-0018 example/2025/012", "A-0018 2025/012"),
    ("carried.txt", "small 10", "excluded:inactive 10"),
    ("carried.txt", "small 10", "small 0"),
    ("units.txt", "A-0018 small", "-0018 small"),
    ("units.txt", "A-0018 small", "单位 small"),
    ("units.txt", "A-0018 small", "A-0018 Small"),
    ("units.txt", "A-0018 small", "A-0018 small/z1/z2"),
    ("units.txt", "A-0018 small", "A-0018 excluded:inactive"),
    ("units.txt", "A-0017 excluded:inactive", "A-0017 small"),
    ("units.txt", "A-0017 excluded:inactive", "A-0017 excluded:forgotten"),
    ("units.txt", "A-0017 excluded:inactive", "A-0017 excluded:"),
    ("units.txt", "town=- class=small", "town= class=small"),
    ("units.txt", "town=- class=small", "class=small town=-"),
    ("units.txt", "town=- class=small", "town=- town=- class=small"),
    ("units.txt", "town=- class=small", "town class=small"),
    ("units.txt", "town=- class=small", "phone=- class=small"),
    ("units.txt", "name=示例小吃店", "name="),
    ("units.txt", "name=示例小吃店", "name= 示例小吃店"),
    ("inspectors.txt", "P01 20 0", "P,01 20 0"),
    ("inspectors.txt", "P01 20 0", "- 20 0"),
    ("inspectors.txt", "P01 20 0", "P01 4294967296 0"),
    ("inspectors.txt", "P01 20 0", "P01 20 -1"),
    ("drawn.txt", "A-0018 small 10", "A-0018 small 0"),
    ("drawn.txt", "A-0018 small 10", "A-0018 excluded:inactive 10"),
    ("drawn.txt", "A-0018 small 10", "单位 small 10"),
    ("dockets.txt", "lead=- assistant=P07", "lead= assistant=P07"),
    ("dockets.txt", "lead=- assistant=P07", "assistant=P07 lead=-"),
    ("dockets.txt", "lead=- assistant=P07", "lead=-"),
    ("dockets.txt", "lead=- assistant=P07", "lead=- assistant=P07 lead=P07"),
    ("dockets.txt", "lead=- assistant=P07", "lead=- assistant=P07 police=P07 police=P07 police=P07"),
    ("dockets.txt", " away lead=- assistant=P11,P12 police=P09", " away lead=- assistant=P11,P12"),
    ("dockets.txt", " away lead=- assistant=P11,P12 police=P09", " away lead=- assistant=P11,P12 expert=P09"),
    ("dockets.txt", " away lead", " away away lead"),
    ("dockets.txt", " again=P07 apart=P01+P07,P11+P12", " apart=P01+P07,P11+P12 again=P07"),
    ("dockets.txt", " again=P07", " again=-"),
    ("dockets.txt", "apart=P01+P07,P11+P12", "apart=P01,P07"),
    ("dockets.txt", "apart=P01+P07,P11+P12", "apart="),
    ("dockets.txt", "lead=- assistant=P07", "lead=- assistant=P07,"),
    ("dockets.txt", "lead=- assistant=P07", "lead=- assistant=P07, P08"),
    ("dockets.txt", "lead=- assistant=P07", "lead=-,P01 assistant=P07"),
    ("dockets.txt", "lead=- assistant=P07", "lead=- driver=P07"),
    ("dockets.txt", "police=P09 away", "Police=P09 away"),
    ("dockets.txt", " band=1", " band=0"),
    ("dockets.txt", " band=1", " band=01"),
    ("dockets.txt", " band=1", " band="),
    ("dockets.txt", " band=1", " band=1 band=1"),
    ("dockets.txt", "lead=P01 assistant=P01,P02 band=1", "band=1 lead=P01 assistant=P01,P02"),
    ("teams.txt", "lead=P01 assistant=P02", "lead=P01"),
    ("teams.txt", "lead=P01 assistant=P02", "assistant=P02 lead=P01"),
    ("teams.txt", "lead=P01 assistant=P02", "lead=P01 lead=P02"),
    ("teams.txt", "lead=P01 assistant=P02", "lead=P01 assistant=-"),
    ("teams.txt", "lead=P01 assistant=P02", "lead=P01 assistant=P02,P03"),
    ("teams.txt", "assistant=P11 assistant=P12", "assistant=P11 assistant=P12 assistant=P13"),
    ("prices.txt", "P02 0 0 0 0", "P02 0 -1 0 0"),
    ("prices.txt", "P02 0 0 0 0", "P02 4294967296 0 0 0"),
    ("prices.txt", "P02 0 0 0 0", "P02 0 170141183460469231731687303715884105728 0 0"),
    ("prices.txt", "P02 0 0 0 0", "P02 0 1e3 0 0"),
    ("prices.txt", "P02 0 0 0 0", "P02 0 0"),
    ("prices.txt", "P02 0 0 0 0", "P02 0 0 4294967296 0"),
    ("prices.txt", "P02 0 0 0 0", "P02 0 0 0 -1"),
    ("prices.txt", "10 7,8 3", "10 7,8, 3"),
    ("prices.txt", "10 7,8 3", "10 ,8 3"),
    ("prices.txt", "10 7,8 3", "10 7;8 3"),
    ("prices.txt", "10 7,8 3", "10 7,08 3"),
];

#[test]
fn every_rule_about_a_single_line_is_kept() {
    let samples = samples();
    for (name, from, to) in BROKEN {
        let (text, (_, reprint)) =
            (&samples[*name], KINDS.iter().find(|kind| kind.0 == *name).expect("known"));
        assert!(text.contains(from), "{name} has no `{from}`");
        refused(name, &format!("`{from}` became `{to}`"), *reprint, text.replacen(from, to, 1));
    }
}

#[test]
fn errors_name_the_line_and_the_rule() {
    let samples = samples();
    let error = |name: &str, from: &str, to: &str| {
        let reprint = KINDS.iter().find(|kind| kind.0 == name).expect("known").1;
        reprint(samples[name].replacen(from, to, 1).as_bytes()).expect_err(to).to_string()
    };
    assert_eq!(error("void.txt", "reason register", "reason luck"), "line 5: unknown word: luck");
    assert_eq!(error("record.txt", "at ", "when "), "line 4: expected `at …`");
    assert_eq!(error("record.txt", " 123\n", " 0123\n"), "line 7: not a number: 0123");
    assert_eq!(
        error("record.txt", "yaohao/record/v1", "record"),
        "line 1: the first line is not yaohao/record/v1"
    );
    assert_eq!(error("record.txt", "drawn ", "drawn  "), "line 7: two spaces");
    assert_eq!(
        error("prices.txt", "P02 0 0 0 0", "P02 0 0"),
        "line 3: expected 5 fields separated by one space"
    );
    assert_eq!(
        Void::read(b"yaohao/void/v1").expect_err("no LF").to_string(),
        "the last line does not end with LF"
    );
}

// ---- what is made of texts ---------------------------------------------------------

/// docs/spec/tables.md: a leaf is a tag and the line as it stands in the file.
#[test]
fn roots_are_over_tagged_lines() {
    fn check<L: TableLine>(file: &str, line_tag: &str) {
        let text = &samples()[file];
        let leaf = |line: &str| merkle::leaf(Suite::Sha256, format!("{line_tag}\n{line}\n").as_bytes());
        let leaves: Vec<Digest> = text.lines().skip(1).map(leaf).collect();
        let table = Table::<L>::read(text.as_bytes()).expect("a sample");
        assert_eq!(table.leaves(Suite::Sha256), leaves, "{file}");
        assert_eq!(table.root(Suite::Sha256), merkle::root(Suite::Sha256, &leaves), "{file}");
        let empty = Table::<L>::new(Vec::new());
        assert_eq!(empty.root(Suite::Sha256), Digest::of(&[]), "{file}");
        assert_eq!(Table::<L>::read(empty.text.as_bytes()).expect("a tag alone").lines.len(), 0, "{file}");
    }
    check::<UnitLine>("units.txt", "yaohao/unit/v1");
    check::<InspectorLine>("inspectors.txt", "yaohao/inspector/v1");
    check::<DrawnLine>("drawn.txt", "yaohao/result/v1");
    check::<DocketLine>("dockets.txt", "yaohao/docket/v1");
    check::<TeamLine>("teams.txt", "yaohao/team/v1");
}

/// docs/spec/tables.md: `H("<line tag>⏎<draw number>⏎<line>⏎")`.
#[test]
fn commitments_to_lines_bind_draw_and_line() {
    let salt = "0f1e2d3c4b5a69788796a5b4c3d2e1f0".to_owned();
    let docket = DocketLine {
        unit: "A-0018".to_owned(),
        salt: salt.clone(),
        people: DocketPeople {
            slots: vec![
                (Role::Lead, Vec::new()),
                (Role::Assistant, vec!["P01".to_owned(), "P02".to_owned()]),
            ],
            away: Vec::new(),
            again: Vec::new(),
            apart: Vec::new(),
            band: 0,
            minutes: Vec::new(),
            town: None,
        },
    };
    let text = b"yaohao/docket/v1\nexample/2026/001\nA-0018 0f1e2d3c4b5a69788796a5b4c3d2e1f0 lead=- assistant=P01,P02\n";
    assert_eq!(docket.commitment(Suite::Sha256, "example/2026/001"), Digest::of(&[text]));
    let members = vec![(Role::Lead, "P01".to_owned()), (Role::Assistant, "P02".to_owned())];
    let team = TeamLine { unit: "A-0018".to_owned(), salt, members };
    let text =
        b"yaohao/team/v1\nexample/2026/001\nA-0018 0f1e2d3c4b5a69788796a5b4c3d2e1f0 lead=P01 assistant=P02\n";
    assert_eq!(team.commitment(Suite::Sha256, "example/2026/001"), Digest::of(&[text]));
    assert_ne!(
        team.commitment(Suite::Sha256, "example/2026/002"),
        team.commitment(Suite::Sha256, "example/2026/001")
    );
}

#[test]
fn hidden_fields_lie_behind_salted_commitments() {
    let salts = || SaltKey::new(Suite::Sha256, &[7; 32]).of("A-0018");
    let mut attributes = Attributes::new(salts(), "example/2026/001", "A-0018");
    let text = |name: &str, value: &str| {
        let salt = salts().salt(name);
        format!("yaohao/field/v1\nexample/2026/001\nA-0018\n{name}\n{salt}\n{value}\n")
    };
    let field = |name: &str, value: &str| Digest::of(&[text(name, value).as_bytes()]);
    assert_eq!(attributes.commitment("group", "示例"), field("group", "示例"));
    assert_eq!(attributes.commitment("group", ""), field("group", "-"), "empty is a dash");

    attributes.add("group", "示例").add("minutes", "");
    let whole = format!(
        "yaohao/attributes/v1\nA-0018\ngroup {}\nminutes {}\n",
        field("group", "示例"),
        field("minutes", "-")
    );
    assert_eq!(attributes.digest(), Digest::of(&[whole.as_bytes()]));
    assert_eq!(attributes.rest(), None, "nothing shares a line");
    attributes.begin_rest().add("post", "current");
    let rest = format!("yaohao/rest/v1\nA-0018\npost {}\n", field("post", "current"));
    let rest = Digest::of(&[rest.as_bytes()]);
    assert_eq!(attributes.rest(), Some(rest));
    assert_eq!(attributes.digest(), Digest::of(&[format!("{whole}rest {rest}\n").as_bytes()]));
    attributes.commitment("group", "示例");
    let shown = format!("{attributes:?} {:?}", salts());
    assert!(!shown.contains("示例") && !shown.contains(&salts().salt("group")[..8]), "{shown}");
    let mut other =
        Attributes::new(SaltKey::new(Suite::Sha256, &[8; 32]).of("A-0018"), "example/2026/001", "A-0018");
    other.add("group", "示例").add("minutes", "");
    assert_ne!(other.digest(), attributes.digest(), "the same values look different under another key");
}

/// What `sha256sum` prints for files of these bytes, sorted by name.
#[test]
fn sums_are_those_of_sha256sum() {
    let files: [(&str, &[u8]); 3] = [("units.txt", b"abc"), ("items.txt", b""), ("policy.toml", b"abc")];
    assert_eq!(
        sums(files),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  items.txt\n\
         ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  policy.toml\n\
         ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  units.txt\n"
    );
    assert_eq!(sums([]), "");
}

#[test]
fn items_are_thirteen_lines_each() {
    let item = |code: &str, classes: &[Class], skill: Option<&str>| Item {
        code: code.to_owned(),
        category: "消防监督抽查".to_owned(),
        name: "消防安全 检查".to_owned(),
        basis: "消防法第五十三条".to_owned(),
        classes: classes.iter().copied().collect(),
        tags: ["hotel", "tower"].map(str::to_owned).into(),
        level: Level::Key,
        ratio: Some("10%".to_owned()),
        frequency: None,
        method: Some("实地核查".to_owned()),
        staff: 2,
        skill: skill.map(str::to_owned),
        joint_lead: None,
        joint_partners: ["公安".to_owned()].into(),
    };
    let policy = std::fs::read_to_string("config/policy.toml").expect("shipped");
    let policy = policy.replace("XF02 = \"announced\"", "XF02 = \"until-visit\"");
    let policy = Policy::read("policy.toml", &policy).expect("a good policy");
    let items = [
        item("XF01", &[], None),
        item("XF02", &[Class::Key, Class::Small], Some("高层")),
        item("XF99", &[], None),
    ];
    let text = items_text(&policy, &items);
    let expected = "yaohao/items/v1\n\
        item XF01\ncategory 消防监督抽查\nname 消防安全 检查\nbasis 消防法第五十三条\nlevel key\nclasses -\n\
        tags hotel,tower\nstaff 2\nskill -\nmethod 实地核查\njoint -\npartners 公安\nsecrecy announced\n\
        item XF02\ncategory 消防监督抽查\nname 消防安全 检查\nbasis 消防法第五十三条\nlevel key\nclasses key,small\n\
        tags hotel,tower\nstaff 2\nskill 高层\nmethod 实地核查\njoint -\npartners 公安\nsecrecy until-visit\n";
    assert_eq!(text, expected, "items that the policy does not check are left out");
}

// ---- the reader and the writer themselves ------------------------------------------

#[test]
fn rules_of_a_line() {
    for line in ["a", "示例 酒店", "a  b", "\"quoted\", #2 = x", "🚒", "\u{a0}x\u{a0}", "é"] {
        assert_eq!(broken_rule(line), None, "{line:?}");
    }
    for line in ["", " ", " a", "a ", "a\nb", "a\rb", "a\tb", "\u{7f}", "\u{80}", "\u{feff}a", "示\u{fffd}例"]
    {
        assert!(broken_rule(line).is_some(), "{line:?}");
    }
}

#[test]
fn the_writer_refuses_what_the_reader_would() {
    for line in ["", " a", "a ", "a\nb", "a\u{feff}"] {
        let written = std::panic::catch_unwind(|| Writer::new("yaohao/x/v1").line(line).finish());
        assert!(written.is_err(), "{line:?}");
    }
    let text = Writer::new("yaohao/x/v1").line("a b").field("n", 3).finish();
    assert_eq!(text, "yaohao/x/v1\na b\nn 3\n");
    let mut reader = Reader::new(text.as_bytes(), "yaohao/x/v1").expect("the tag");
    assert_eq!(reader.field("a"), Ok("b"));
    assert_eq!(reader.optional("m"), Ok(None), "another line stays unread");
    assert_eq!(reader.field("n").and_then(|text| reader.number::<u32>(text)), Ok(3));
    assert_eq!(reader.end(), Ok(()));
}
