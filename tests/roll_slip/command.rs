//! The commands.

use crate::case::Roll;
use crate::rolled;
use crate::terminal::Desk;
use yaohao::digest::Suite;
use yaohao::roll::RollSlip;

fn desk(roll: &Roll) -> Desk {
    let desk = Desk::new();
    for (path, bytes) in &roll.files {
        write_at(&desk.path(&format!("roll/{path}")), bytes);
    }
    // What a citizen needs: no tile, no drawn.txt.
    std::fs::create_dir_all(desk.path("small")).expect("a folder");
    for name in rolled::DOCUMENTS {
        std::fs::copy(desk.path(&format!("roll/{name}")), desk.path(&format!("small/{name}")))
            .expect("copied");
    }
    desk
}

fn write_at(path: &std::path::Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn a_citizen_sees_why_and_checks_it_without_the_roll() {
    let roll = Roll::new(Suite::Sha256, 1, 300);
    let desk = desk(&roll);
    let (commit, unit) = (roll.commit.id().to_string(), rolled::id(8));
    let slip = desk.good(&["roll", "prove", "roll", &unit]);
    assert_eq!(RollSlip::read(slip.out.as_bytes()), Ok(roll.prove(&unit).expect("a proof")));
    assert!(slip.err.contains(&unit) && slip.err.contains("printf 'yaohao/ticket/v1"), "{}", slip.err);
    desk.write("slip.txt", &slip.out);
    let arguments = ["roll", "check", "slip.txt", "--documents", "small", "--commitment", &commit];
    let checked = desk.good(&[&arguments[..], &["--unit", &unit]].concat());
    assert!(checked.out.contains("结论：属实") && checked.out.contains("sha256sum"), "{}", checked.out);
    let english = desk.good(&[&arguments[..], &["--lang", "en"]].concat());
    assert!(english.out.contains("Verdict: TRUE"), "{}", english.out);
    let other = desk.run(&[&arguments[..], &["--unit", &rolled::id(9)]].concat());
    assert_eq!(other.code, 1, "{}", other.out);
    let unannounced = desk.run(&["roll", "check", "slip.txt", "--documents", "small"]);
    assert!(unannounced.code == 4 && unannounced.out.contains(&commit), "{}", unannounced.out);
    let json = desk.good(&[&arguments[..], &["--json"]].concat()).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((json["verdict"].as_str(), json["checks"][0]["id"].as_str()), (Some("verified"), Some("L01")));
}

#[test]
fn many_slips_are_written_in_one_run() {
    let roll = Roll::new(Suite::Sha256, 1, 300);
    let desk = desk(&roll);
    let ids: Vec<String> = (0..300).flat_map(|n| [rolled::id(n), rolled::stranger(n)]).collect();
    desk.write("ids.txt", &(ids.join("\r\n") + "\n" + &ids.join("\n")));
    let run = desk.good(&["roll", "prove", "roll", "--ids", "ids.txt", "--out", "slips"]);
    assert!(run.out.contains("不在名册中：300 家") && run.out.contains("共 600 份"), "{}", run.out);
    for id in &ids {
        let text = desk.read(&format!("slips/{id}.txt"));
        assert_eq!(RollSlip::read(text.as_bytes()), Ok(roll.prove(id).expect("a proof")));
    }
    std::fs::remove_file(desk.path("roll/tile/entries/000")).expect("there");
    let broken = desk.run(&["roll", "prove", "roll", &rolled::id(3)]);
    assert!(broken.code == 3 && broken.err.contains("名册缺少 tile/entries/000"), "{}", broken.err);
}

/// Leaves slips and folders for the second implementation: reference/agree_roll.py.
#[test]
fn slips_are_left_for_the_second_implementation() {
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("rolls");
    let _ = std::fs::remove_dir_all(&target);
    for (sequence, (suite, size)) in
        (1..).zip([(Suite::Sha256, 0), (Suite::Sha256, 40), (Suite::Sm3, 40), (Suite::Sha256, 300)])
    {
        let roll = Roll::new(suite, sequence, size);
        let folder = target.join(format!("{}-{size}", suite.key()));
        let write = |path: String, bytes: &[u8]| write_at(&folder.join(path), bytes);
        roll.files.iter().for_each(|(path, bytes)| write(path.clone(), bytes));
        // The same with one bit of a document changed.
        for name in rolled::DOCUMENTS.into_iter().chain(["policy.toml", "drawn.txt"]) {
            for part in 1..6 {
                let wrong = format!("{}-{size}-{name}-{part}", suite.key());
                for (path, bytes) in &roll.files {
                    let mut bytes = bytes.clone();
                    if path == name {
                        let at = bytes.len() * part / 6;
                        bytes[at] ^= 1;
                    }
                    write_at(&target.join(&wrong).join(path), &bytes);
                }
            }
        }
        for number in (0..size.min(40)).chain([size]) {
            for id in [rolled::id(number), rolled::stranger(number)] {
                let text = roll.prove(&id).expect("a proof").text();
                write(format!("slips/{id}.txt"), text.as_bytes());
                // And one that is wrong somewhere.
                let at = text.len() - 1 - (number as usize * 131) % (text.len() - 30);
                let mut wrong = text.into_bytes();
                wrong[at] ^= 1;
                write(format!("slips/{id}-wrong.txt"), &wrong);
            }
        }
    }
}
