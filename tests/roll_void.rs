//! Rolls that are given up, through the real command: when, for which reason, and what follows.

#[path = "roll/office.rs"]
mod office;
#[path = "roll/registers.rs"]
mod registers;
mod terminal;

use office::{arguments, commit, committed, desk, draw, folder, leave};
use registers::register;
use terminal::{DICE, Desk, this_year};
use yaohao::digest::Suite;
use yaohao::roll::RollCommit;

fn committed_desk() -> Desk {
    let desk = desk();
    desk.write("roll.csv", &register(41, 300, true));
    commit(&desk, "roll.csv", &["--reserves", "2"]);
    desk
}

fn void(desk: &Desk, reason: &str) {
    desk.good(&["-C", "office", "roll", "void", "--reason", reason]);
}

fn refused(desk: &Desk, reason: &str, what: &str) {
    let before = desk.files("office");
    desk.bad(&["-C", "office", "roll", "void", "--reason", reason], 8, what);
    assert_eq!(desk.files("office"), before, "nothing was written");
}

/// A void has no result, and is verified all the same.
fn verified_as_void(desk: &Desk, name: &str) {
    let run = desk.good(&["roll", "verify", &folder()]);
    assert!(run.out.contains("已作废，当时谁都算不出结果"), "{}", run.out);
    leave(desk, name);
}

#[test]
fn before_the_dice_any_reason_will_do_and_the_next_roll_names_the_void() {
    let desk = committed_desk();
    desk.bad(&["-C", "office", "roll", "void", "--reason", "weather"], 2, "weather");
    void(&desk, "register");
    verified_as_void(&desk, "void-committed");
    refused(&desk, "register", "已经作废");
    let nonce = desk.witness(1, "nonce");
    desk.bad(&["-C", "office", "roll", "draw", "--nonce", &nonce], 8, "已经作废");
    // The next one.
    let next = format!("example-roll/{}/002", this_year());
    desk.good(&["nonce", "--draw", &next, "--party", "discipline", "--out", "witness"]);
    let command = arguments(&desk, "roll.csv", &[]);
    let file = desk.witness(2, "commitment");
    let command: Vec<&str> = command
        .iter()
        .map(|word| if word.ends_with(".commitment") { &file } else { word.as_str() })
        .collect();
    desk.good(&command);
    let (first, second) = (folder(), folder().replace("-001", "-002"));
    let commit = RollCommit::read(desk.read(&format!("{second}/commit.txt")).as_bytes()).expect("read");
    let voided = format!("{first}/void.txt");
    assert_eq!(commit.previous, Some(Suite::Sha256.digest(&[desk.read(&voided).as_bytes()])));
    assert_eq!(committed(&desk).previous, None);
    let follows = |previous: &str| desk.run(&["roll", "verify", &second, "--previous", previous]);
    let (right, wrong) = (follows(&voided), follows(&format!("{first}/commit.txt")));
    assert_eq!((right.code, wrong.code), (4, 1), "{}{}", right.out, wrong.out);
}

#[test]
fn after_the_dice_only_an_absent_party_is_a_reason() {
    let desk = committed_desk();
    // Without the other party's nonce there is nothing but the dice.
    let run = desk.run(&["-C", "office", "roll", "draw", "--result", DICE, "--witness-result", DICE]);
    assert_ne!(run.code, 0, "{}", run.out);
    assert!(desk.path(&format!("{}/ceremony.txt", folder())).exists(), "{}", run.err);
    for reason in ["register", "policy", "beacon"] {
        refused(&desk, reason, "这时的原因只能是“一方缺席或遗失随机数”");
    }
    void(&desk, "party");
    verified_as_void(&desk, "void-dice");
}

#[test]
fn what_can_be_computed_is_drawn_and_never_given_up() {
    let desk = committed_desk();
    draw(&desk);
    for reason in ["register", "policy", "party", "beacon"] {
        refused(&desk, reason, "结果已经可以算出");
    }
    // The same where the program was cut short before the record.
    let path = |file: &str| desk.path(&format!("{}/{file}", folder()));
    let record = |desk: &Desk| desk.read(&format!("{}/drawn.txt", folder()));
    let before = record(&desk);
    ["record.txt", "drawn.txt"].iter().for_each(|file| std::fs::remove_file(path(file)).expect("there"));
    std::fs::remove_dir_all(path("drawn")).expect("there");
    for reason in ["register", "party"] {
        refused(&desk, reason, "结果已经可以算出");
    }
    desk.good(&["-C", "office", "roll", "draw"]);
    assert_eq!(record(&desk), before);
    desk.good(&["roll", "verify", &folder()]);
}

#[test]
fn before_the_lottery_only_a_lottery_that_is_not_held_is_a_reason() {
    let desk = desk();
    let policy = desk.read("office/policy.toml");
    let at = policy.find("\n[[beacon]]").expect("a beacon");
    let rest: String = policy[at + 1..]
        .lines()
        .skip(1)
        .skip_while(|line| !line.starts_with('['))
        .collect::<Vec<_>>()
        .join("\n");
    let lottery = "\n[[beacon]]\nkind = \"lottery\"\ngame = \"ssq\"\n";
    desk.write("office/policy.toml", &format!("{}{lottery}\n{rest}", &policy[..at]));
    desk.write("roll.csv", &register(42, 60, true));
    // 双色球 is drawn on Tuesdays, Thursdays and Sundays: one of the next days fits.
    let today = yaohao::clock::now().date_in_china();
    let is_committed = (1..7).any(|days| {
        let day = today.plus_days(days);
        let issue = format!("ssq={}140@{day}", day.year());
        let command = arguments(&desk, "roll.csv", &["--issue", &issue]);
        desk.run(&command.iter().map(String::as_str).collect::<Vec<_>>()).code == 0
    });
    assert!(is_committed);
    desk.good(&["-C", "office", "roll", "draw", "--nonce", &desk.witness(1, "nonce")]);
    for reason in ["register", "policy", "party"] {
        refused(&desk, reason, "这时的原因只能是“公开随机事件未举行”");
    }
    void(&desk, "beacon");
    verified_as_void(&desk, "void-lottery");
}
