//! Whatever is wrong with a published roll fails its check: files that were changed or are
//! missing, and what an office itself committed wrongly. Everything is left for the second
//! implementation: reference/agree_roll.py.

mod rolled;
mod terminal;

#[path = "roll_strict/published.rs"]
mod published;
#[path = "roll_strict/void.rs"]
mod void;

use published::Published;
use rolled::{Made, RIGHT, unit};
use yaohao::policy::PublicField;
use yaohao::record::{TableLine as _, UnitStanding};
use yaohao::roll::RollUnit;

/// Line 6, which is in small/z2, and the others.
fn line_6(change: impl Fn(RollUnit) -> String) -> impl Fn(u64) -> String {
    move |number| if number == 6 { change(unit(number)) } else { unit(number).line() }
}

fn shown(mut line: RollUnit, field: PublicField, value: &str) -> String {
    line.shown.iter_mut().filter(|(shown, _)| *shown == field).for_each(|(_, shown)| *shown = value.into());
    line.line()
}

/// What a check finds of lines that were committed as they are.
#[test]
fn a_line_that_is_not_in_its_form_fails_although_it_is_committed() {
    let fails = |name: &str, failed: &str, change: &dyn Fn(RollUnit) -> String| {
        let line = line_6(change);
        Published::made(300, &Made { line: &line, ..RIGHT }).fails(&format!("line-{name}"), failed);
    };
    let replaced = |from: &'static str, to: &'static str| {
        move |line: RollUnit| {
            let line = line.line();
            assert!(line.contains(from), "{line}");
            line.replacen(from, to, 1)
        }
    };
    fails("misplaced", "R04", &replaced(" town=500112002 class=旅馆", " class=旅馆 town=500112002"));
    fails("twice", "R04", &replaced(" class=旅馆", " class=旅馆 class=旅馆"));
    fails("empty-field", "R04", &replaced(" class=旅馆", " class="));
    fails("unknown-field", "R04", &replaced(" class=旅馆", " kind=旅馆"));
    fails("two-spaces", "R04", &replaced(" town=", "  town="));
    fails("space-at-the-end", "R04", &|line| format!("{} ", line.line()));
    fails("control", "R04", &replaced("号旅馆", "号\t旅馆"));
    fails("byte-order-mark", "R04", &replaced("号旅馆", "号\u{feff}旅馆"));
    fails("upper-case", "R04", &|line| {
        let row = line.row.to_string();
        line.line().replace(&row, &row.to_uppercase())
    });
    fails("short-row", "R04", &|line| line.line().replace(&line.row.to_string()[..2], ""));
    fails("no-row", "R04", &|line| line.line().replace(&format!(" {}", line.row), ""));
    fails("standing", "R04", &replaced("small/z2", "small/z9"));
    fails("reason", "R04", &replaced("small/z2", "excluded:unknown"));
    fails("id", "R04", &|line| format!("9150,{}", line.line()));
    fails("order", "R04", &|line| RollUnit { id: rolled::id(4), ..line }.line());
    fails("same-id", "R04", &|line| RollUnit { id: rolled::id(5), ..line }.line());
    // What is in its form, and not what the policy publishes of a unit of this stratum.
    fails("no-name", "R05", &|mut line| {
        line.shown.retain(|(field, _)| *field != PublicField::Name);
        line.line()
    });
    fails("more-fields", "R05", &replaced(" name=", " credit=A name="));
    fails("class", "R05", &|line| shown(line, PublicField::Class, "商店"));
    fails("town-of-another-zone", "R05", &|line| shown(line, PublicField::Town, "500112001"));
    fails("town-of-nobody", "R05", &|line| shown(line, PublicField::Town, "500112009"));
    fails("other-pool", "R05 R10", &replaced("small/z2", "big"));
}

#[test]
fn of_units_that_are_excluded_and_of_rules_without_zones_less_is_asked() {
    let line = |number: u64| match unit(number) {
        line if matches!(line.standing, UnitStanding::Excluded(_)) => {
            let class = shown(line, PublicField::Class, "商店");
            class.replace("town=500112001", "town=500112009")
        }
        // A rule of the whole district takes any town of it.
        line if number % 8 == 4 => shown(line, PublicField::Town, "500112002"),
        line => line.line(),
    };
    Published::made(300, &Made { line: &line, ..RIGHT }).verified("line-less-asked");
}

#[test]
fn a_commitment_that_does_not_say_what_its_policy_says_fails() {
    for (name, from, to) in [
        ("office", "id = \"example\"", "id = \"sample\""),
        ("parties", "\"discipline\"]", "\"audit\"]"),
        ("more-parties", "\"discipline\"]", "\"discipline\", \"audit\"]"),
        ("close", "close_within_days = 7", "close_within_days = 8"),
        ("margin", "margin_minutes = 30", "margin_minutes = 31"),
        ("quota", "\"1/6\"", "\"1/5\""),
        ("quota-rounding", "\"1/6\"", "\"1/6\"\nround = \"down\""),
        ("quota-floor", "\"1/6\"", "\"1/6\"\nfloor = 1"),
        ("quota-id", "id = \"idle\"", "id = \"still\""),
        ("beacon", "rolls = 20", "rolls = 21"),
        ("more-beacons", "[[beacon]]", "[[beacon]]\nkind = \"balls\"\nof = 40\ncount = 9\n[[beacon]]"),
        ("suite", "yaohao-1-sha256", "yaohao-1-sm3"),
    ] {
        let policy = |text: String| {
            assert!(text.contains(from), "{text}");
            text.replacen(from, to, 1)
        };
        let failed = if name == "quota-id" { "R03 R05" } else { "R03" };
        Published::made(300, &Made { policy: &policy, ..RIGHT }).fails(&format!("policy-{name}"), failed);
    }
    // What does not concern a roll may be what it likes; what is no policy may not.
    let other = |text: String| text.replace("open_within_days = 20", "open_within_days = 1");
    Published::made(40, &Made { policy: &other, ..RIGHT }).verified("policy-of-teams");
    for (name, text) in [("none", "# nothing\n"), ("no-toml", "[office\n"), ("byte-order-mark", "\u{feff}")] {
        let policy =
            |right: String| if name == "byte-order-mark" { text.to_owned() + &right } else { text.into() };
        let roll = Published::made(300, &Made { policy: &policy, ..RIGHT });
        assert_eq!(roll.fails(&format!("policy-{name}"), "R03"), "R02 R05");
    }
}

#[test]
fn a_file_that_was_changed_fails_its_check() {
    let roll = Published::made(300, &RIGHT);
    roll.verified("right");
    for (path, failed) in [
        ("policy.toml", "R03"),
        ("items.txt", "R01 R03"),
        ("tile/0/000", "R12"),
        ("tile/0/001.p/44", "R12"),
        ("tile/1/000.p/1", "R12"),
        ("drawn/tile/0/000.p/36", "R12"),
        ("drawn/tile/entries/000.p/36", "R12"),
        ("record.txt", "R01"),
        ("drawn.txt", "R01"),
        ("tile/entries/000", "R04"),
        ("tile/entries/001.p/44", "R04"),
    ] {
        let mut changed = roll.clone();
        let bytes = changed.files.get_mut(path).unwrap_or_else(|| panic!("{path}: {:?}", roll.files.keys()));
        // The end of a line, where it is a text.
        *bytes.last_mut().expect("bytes") ^= 1;
        changed.fails(&format!("changed-{}", path.replace('/', "-")), failed);
        let mut longer = roll.clone();
        longer.files.get_mut(path).expect("there").extend([0; 32]);
        longer.fails(&format!("longer-{}", path.replace('/', "-")), failed);
    }
    let mut changed = roll.clone();
    let bundle = changed.files.get_mut("tile/entries/000").expect("there");
    let name = "第 6 号".as_bytes();
    let at = bundle.windows(name.len()).position(|found| found == name).expect("a name");
    bundle[at + 4] = b'9';
    changed.fails("changed-name", "R04 R12");
    let mut more = roll.clone();
    more.files.insert("notes.txt".into(), b"x\n".to_vec());
    more.fails("one-more", "R01");
}

#[test]
fn a_file_that_is_missing_is_noticed() {
    let roll = Published::made(300, &RIGHT);
    // Path, what fails, what was not run.
    for (path, failed, open) in [
        ("commit.txt", "R01", "R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12"),
        ("policy.toml", "", "R02 R03 R05"),
        ("items.txt", "", "R02 R03"),
        ("ceremony.txt", "R07", "R02 R08 R10"),
        ("reveal.txt", "R07", "R02 R09 R10"),
        ("record.txt", "", "R02 R07 R11"),
        ("drawn.txt", "", "R02 R10 R11"),
        ("tile/entries/000", "R04", "R02 R05 R10 R12"),
        ("tile/entries/001.p/44", "R04", "R02 R05 R10 R12"),
        ("tile/0/000", "R12", "R02"),
        ("tile/1/000.p/1", "R12", "R02"),
        ("tile/", "", "R02 R04 R05 R10 R12"),
        ("drawn/tile/0/", "R12", "R02"),
        ("drawn/tile/entries/000.p/36", "R12", "R02"),
        ("drawn/", "", "R02 R12"),
    ] {
        let mut less = roll.clone();
        let before = less.files.len();
        less.files.retain(|name, _| if path.ends_with('/') { !name.starts_with(path) } else { name != path });
        assert!(less.files.len() < before, "{path}: {:?}", roll.files.keys());
        let found = less.run(&format!("missing-{}", path.replace('/', "-")));
        assert_eq!((found.failed.as_str(), found.open.as_str()), (failed, open), "{path}");
        assert_eq!(found.verdict, if failed.is_empty() { "incomplete" } else { "failed" }, "{path}");
    }
}

#[test]
fn a_roll_without_lines_has_no_tiles_and_passes() {
    let roll = Published::made(0, &RIGHT);
    assert!(!roll.files.keys().any(|path| path.contains("tile")));
    roll.verified("nobody");
    Published::made(1, &RIGHT).verified("one");
    Published::made(256, &RIGHT).verified("one-bundle");
}
