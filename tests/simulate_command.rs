//! `yaohao simulate` as planners run it: what is shown, what is saved, what a stop leaves.
//! What is refused is in `simulate_command/refused.rs`.

#[path = "simulate/drawn.rs"]
#[allow(dead_code, reason = "pictures have their own test")]
mod drawn;
#[path = "simulate_command/refused.rs"]
mod refused;
mod terminal;

use drawn::{parsed, rows_of};
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;
use terminal::{Desk, Run, run_in};

/// The example office, its tables imported, and `short.toml`: its scenario for one year. Made
/// once, beside the program; every test works in a folder of its own.
fn office() -> &'static str {
    static OFFICE: OnceLock<String> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("simulate-command");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        for arguments in [&["init", "office", "--example"][..], &["-C", "office", "import"]] {
            let run = run_in(&folder, arguments);
            assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        }
        let office = folder.join("office").to_str().expect("a path").to_owned();
        changed(&office, "short.toml", &[]);
        office
    })
}

/// Writes the example's scenario for one year, with other changes, into the office's folder.
fn changed(office: &str, name: &str, changes: &[(&str, &str)]) -> String {
    let mut text = include_str!("../config/scenario.toml").to_owned();
    for (from, to) in [("months = 36", "months = 12")].iter().chain(changes) {
        assert!(text.contains(from), "no {from:?} in the scenario");
        text = text.replacen(from, to, 1);
    }
    write(office, name, &text)
}

fn write(office: &str, name: &str, text: &str) -> String {
    let path = Path::new(office).join(name);
    std::fs::write(&path, text).expect("a file");
    path.to_str().expect("a path").to_owned()
}

/// The arguments of a short simulation, and more.
fn arguments<'a>(scenario: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["-C", office(), "simulate", scenario, "--month", "2026-12"], more].concat()
}

/// A simulation of one year, from an empty folder.
fn simulated(desk: &Desk, more: &[&str]) -> Run {
    desk.good(&arguments(&format!("{}/short.toml", office()), more))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
}

/// Columns on a terminal.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

/// Thousandths of minutes as hours, for so many people, with one decimal.
fn hours(mean: &Value, people: i64) -> String {
    let by = 6_000 * people;
    let tenths = (mean.as_i64().expect("a number") + by / 2) / by;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[test]
fn the_terminal_shows_what_programs_get() {
    let desk = Desk::new();
    let all = ["--trials", "2", "--compare", "pooled,one-more", "--marginal", "--suggest-zones", "4"];
    let zh = simulated(&desk, &all).out;
    let en = simulated(&desk, &[&all[..], &["--lang", "en"]].concat()).out;
    let data = json(&simulated(&desk, &[&all[..], &["--json"]].concat()));
    let zones = data["runs"][0]["zones"].as_object().expect("zones");
    let people = |which: &dyn Fn(&Value) -> bool| -> i64 {
        let people = data["people"].as_array().expect("people");
        people.iter().filter(|person| which(person)).count().try_into().expect("a few")
    };
    for (shown, office, names) in [(&zh, "全机关", ["第一片区", "第四片区"]), (&en, "office", ["z1", "z4"])]
    {
        for line in shown.lines() {
            assert!(columns(line) <= 100, "{} columns: {line}", columns(line));
        }
        for (name, key) in names.iter().zip(["z1", "z4"]) {
            let mean =
                hours(&zones[key]["minutes"]["mean_thousandths"], people(&|person| person["zone"] == key));
            let starts = |line: &&str| line.trim_start().starts_with(name) && line.contains(&mean);
            assert!(shown.lines().any(|line| starts(&line)), "{name} {mean} in {shown}");
        }
        let all = hours(&data["runs"][0]["office"]["minutes"]["mean_thousandths"], people(&|_| true));
        assert!(shown.lines().any(|line| line.trim_start().starts_with(office) && line.contains(&all)));
    }
    for heading in [
        "模拟 2 次（最多 2 次），每次 12 个月",
        "各片区一年",
        "能不能派出人",
        "基尼系数：0 是人人工时一样",
        "抽查只算推迟的",
        "各种做法并列",
        "多一名主办",
        "片区划分建议：4 个片区",
    ] {
        assert!(zh.contains(heading), "{heading} in {zh}");
    }
    for heading in [
        "2 trials (at most 2) of 12 months",
        "A year of the zones",
        "nobody found",
        "Variant pooled less base",
        "One more lead",
        "A split into 4 zones",
    ] {
        assert!(en.contains(heading), "{heading} in {en}");
    }
    assert_eq!(data["runs"].as_array().map(Vec::len), Some(3));
    assert_eq!(data["marginal"].as_array().map(Vec::len), Some(4));
    assert_eq!((&data["partial"], &data["trials"]), (&Value::from(false), &Value::from(2)));
    // What the zones do adds up to what the office does: visits, hours, late work.
    for measure in ["minutes", "overtime", "drawn", "other", "late"] {
        let of = |place: &Value| place[measure]["mean_thousandths"].as_i64().expect("a mean");
        let sum: i64 = zones.values().map(of).sum();
        assert!((sum - of(&data["runs"][0]["office"])).abs() <= 4, "{measure}");
    }
    let towns = data["runs"][0]["towns"].as_array().expect("towns");
    let minutes = |of: &Value| of["mean_thousandths"].as_i64().expect("a mean");
    let sum: i64 = towns.iter().map(|town| minutes(&town["minutes"])).sum();
    // All work is in some town; what waits at the end of the year is counted there, too.
    let worked = minutes(&data["runs"][0]["office"]["minutes"]);
    assert!((worked - 30..worked + worked / 50).contains(&sum), "{sum} in the towns, {worked} worked");
    assert!(towns.iter().all(|town| town["visits"].as_array().is_some_and(|months| months.len() == 12)));
}

#[test]
fn threads_change_nothing() {
    let desk = Desk::new();
    let out = |threads| simulated(&desk, &["--trials", "4", "--json", "--threads", threads]).out;
    assert_eq!(out("1"), out("2"));
    let other = simulated(&desk, &["--trials", "4", "--json", "--seed", "2"]).out;
    assert_ne!(out("1"), other);
}

#[test]
fn certificates_are_shown_only_if_asked_for_and_names_never() {
    let desk = Desk::new();
    let files = ["--html", "page.html", "--csv", "tables"];
    let everything = |desk: &Desk, run: &Run| -> String {
        let files = desk.files(".");
        assert_eq!(files.len(), 10, "a page and nine tables");
        let read = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        run.out.clone() + &run.err + &read.collect::<String>()
    };
    let run = simulated(&desk, &[&["--trials", "2"], &files[..]].concat());
    assert!(run.out.contains("已写 page.html") && run.out.contains("已写 tables"), "{}", run.out);
    let page = desk.read("page.html");
    let hours = &rows_of(&parsed(&page), "各片区一年")[0][2];
    assert!(run.out.contains(hours.as_str()), "{hours} in {}", run.out);
    for (path, bytes) in desk.files("tables") {
        assert!(bytes.starts_with(b"\xef\xbb\xbf"), "{}", path.display());
    }
    let plain = everything(&desk, &run) + &simulated(&desk, &["--trials", "2", "--json"]).out;
    assert!(!plain.contains("SL0") && !plain.contains("示例人员"));
    let run = simulated(&desk, &[&["--trials", "2", "--names"], &files[..]].concat());
    let named = everything(&desk, &run) + &simulated(&desk, &["--trials", "2", "--json", "--names"]).out;
    assert!(!named.contains("示例人员"));
    assert!(run.out.contains("SL0") && run.out.lines().all(|line| columns(line) <= 100), "{}", run.out);
    assert!(desk.read("page.html").contains("SL0001") && desk.read("tables/figures.csv").contains("SL0001"));
}

#[test]
fn enough_precision_ends_it_early() {
    let desk = Desk::new();
    let run = json(&simulated(&desk, &["--trials", "200", "--precision", "1/10", "--json"]));
    assert_eq!((&run["ending"], &run["trials"]), (&Value::from("precise"), &Value::from(32)));
    let run = simulated(&desk, &["--trials", "2", "--precision", "1/10000"]);
    assert!(run.out.contains("仍没有达到要求的精度 1/10000"), "{}", run.out);
}

#[test]
fn a_suggested_split_can_be_compared() {
    let desk = Desk::new();
    let found = json(&simulated(&desk, &["--trials", "2", "--suggest-zones", "4", "--json"]));
    let variant = found["suggested_zones"]["variant"].as_str().expect("a variant");
    let shown = simulated(&desk, &["--trials", "2", "--suggest-zones", "4"]).out;
    assert!(shown.contains(variant.trim_end()), "{variant} in {shown}");
    let scenario = changed(office(), "suggested.toml", &[]);
    let text = std::fs::read_to_string(&scenario).expect("a file");
    write(office(), "suggested.toml", &format!("{text}\n{variant}"));
    let more = ["--trials", "2", "--compare", "suggested-1", "--suggest-zones", "4", "--json"];
    let compared = json(&desk.good(&arguments(&scenario, &more)));
    assert_eq!(compared["runs"][1]["key"], "suggested-1");
    // The zones of the variant carry what the split said, as far as the way is as long.
    for (at, zone) in found["suggested_zones"]["zones"].as_array().expect("zones").iter().enumerate() {
        let told = zone["after"]["minutes"].as_i64().expect("minutes") * 1_000;
        let key = format!("z{}", at + 1);
        let run = &compared["runs"][1]["zones"][&key]["minutes"]["mean_thousandths"];
        let run = run.as_i64().expect("a mean");
        assert!((run - told).abs() < told / 5, "{key}: {told} told, {run} simulated");
    }
    // The next suggestion has another name.
    let next = compared["suggested_zones"]["variant"].as_str().expect("a variant");
    assert!(next.contains("id = \"suggested-2\""), "{next}");
    let three = simulated(&desk, &["--trials", "2", "--suggest-zones", "3"]).out;
    assert!(three.contains("不再保留：") && !three.contains("[[variant]]"), "{three}");
}

#[test]
fn a_draft_of_a_policy_can_be_simulated() {
    let desk = Desk::new();
    let later = include_str!("../config/policy-2025-11-06.toml");
    desk.write("draft.toml", later);
    let shown = |more: &[&str]| json(&simulated(&desk, &[&["--trials", "2", "--json"], more].concat()));
    // The draft is what the variant takes from the office's folder.
    let draft = shown(&["--policy", "draft.toml"]);
    let compared = shown(&["--compare", "transfer-2025"]);
    let minutes = |of: &Value, run: usize| of["runs"][run]["office"]["minutes"].clone();
    assert_ne!(minutes(&draft, 0), minutes(&compared, 0));
    assert_eq!(minutes(&draft, 0), minutes(&compared, 1));
    // A scenario elsewhere: the variant's policy is still found; variants not asked for need none.
    let scenario = std::fs::read_to_string(format!("{}/short.toml", office())).expect("a file");
    desk.write(
        "elsewhere.toml",
        &(scenario + "[[variant]]\nid = \"gone\"\nname = \"没有\"\npolicy = \"gone.toml\"\n"),
    );
    let more = ["--trials", "2", "--json", "--compare", "transfer-2025"];
    assert_eq!(json(&desk.good(&arguments("elsewhere.toml", &more)))["runs"], compared["runs"]);
}

#[test]
fn a_map_in_pieces_is_named_and_a_worse_split_said_to_be_worse() {
    let desk = Desk::new();
    // Neighbours only within the zones of now but for one town, which is alone.
    let alone = "500112018";
    let whole = include_str!("../config/map.toml");
    let cut = whole.split("[[town]]").map(|town| match town.contains(&format!("code = \"{alone}\"")) {
        true => {
            town.lines()
                .map(|line| if line.starts_with("neighbours") { "neighbours = []" } else { line })
                .collect::<Vec<_>>()
                .join("\n")
                + "\n"
        }
        false => town.replace(&format!(", \"{alone}\""), "").replace(&format!("\"{alone}\", "), ""),
    });
    desk.write("map.toml", &cut.collect::<Vec<_>>().join("[[town]]"));
    let more = ["--trials", "2", "--suggest-zones", "4", "--map", "map.toml"];
    let run = simulated(&desk, &[&more[..], &["--html", "page.html"]].concat());
    let told = run.out.replace("\n  ", "");
    assert!(told.contains("互不相邻的 2 块") && told.contains("不相邻的：王家街道。"), "{told}");
    assert!(told.contains("不如现在的均匀"), "{told}");
    let page = desk.read("page.html");
    assert!(page.contains("片区划分建议") && page.contains("不相邻的：王家街道。"));
    let found = json(&simulated(&desk, &[&more[..], &["--json"]].concat()));
    let suggested = &found["suggested_zones"];
    assert_eq!((&suggested["is_worse"], &suggested["pieces"][1][0]), (&true.into(), &alone.into()));
}

#[test]
fn a_map_with_borders_will_do() {
    // The towns as squares in a row, in the order of their codes.
    let codes: Vec<String> = include_str!("../config/map.toml")
        .lines()
        .filter_map(|line| line.strip_prefix("code = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .collect();
    let square = |(at, code): (usize, &String)| {
        let (x, right) = (at as i32, at as i32 + 1);
        serde_json::json!({
            "type": "Feature", "properties": { "code": code },
            "geometry": { "type": "Polygon", "coordinates": [[[x, 0], [right, 0], [right, 1], [x, 1], [x, 0]]] },
        })
    };
    let features: Vec<Value> = codes.iter().enumerate().map(square).collect();
    let map = serde_json::json!({ "type": "FeatureCollection", "features": features });
    let desk = Desk::new();
    desk.write("row.geojson", &map.to_string());
    let more = ["--trials", "2", "--suggest-zones", "5", "--map", "row.geojson", "--json"];
    let found = json(&simulated(&desk, &more));
    let zones = found["suggested_zones"]["zones"].as_array().expect("zones");
    assert_eq!(zones.len(), 5);
    for zone in zones {
        let place = |town: &Value| codes.iter().position(|code| Some(code.as_str()) == town.as_str());
        let mut places: Vec<usize> =
            zone["towns"].as_array().expect("towns").iter().filter_map(place).collect();
        places.sort_unstable();
        assert!(places.windows(2).all(|pair| pair[1] == pair[0] + 1), "in one piece: {places:?}");
    }
}

#[cfg(unix)]
mod stopped {
    use super::*;
    use std::process::{Child, Command, Output, Stdio};
    use std::time::Duration;

    fn start(desk: &Desk, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_yaohao"))
            .args(arguments)
            .current_dir(desk.dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs")
    }

    fn interrupt(child: &Child) {
        let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
    }

    /// Sends Ctrl-C after some seconds; later, if the first trial takes longer.
    fn interrupted(
        desk: &Desk,
        arguments: &[&str],
        again: Option<Duration>,
        fits: fn(&Output) -> bool,
    ) -> Run {
        for seconds in [2, 4, 8, 16] {
            let child = start(desk, arguments);
            std::thread::sleep(Duration::from_secs(seconds));
            interrupt(&child);
            if let Some(wait) = again {
                std::thread::sleep(wait);
                interrupt(&child);
            }
            let ended = child.wait_with_output().expect("it ends");
            if fits(&ended) {
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
                let code = ended.status.code().unwrap_or(-1);
                return Run { code, out: text(&ended.stdout), err: text(&ended.stderr) };
            }
        }
        panic!("never as it should be");
    }

    #[test]
    fn what_was_reached_is_shown_and_saved_and_marked() {
        let desk = Desk::new();
        let scenario = format!("{}/short.toml", office());
        let more = ["--trials", "100000", "--html", "page.html", "--csv", "tables", "--json"];
        let some = |ended: &Output| !ended.stdout.is_empty();
        let run = interrupted(&desk, &arguments(&scenario, &more), None, some);
        assert_eq!(run.code, 4, "{}", run.err);
        assert!(run.err.contains("中途停止，只有部分结果"), "{}", run.err);
        let partial = json(&run);
        assert_eq!((&partial["partial"], &partial["ending"]), (&true.into(), &"interrupted".into()));
        assert!(desk.read("page.html").contains("中途停止，只有部分结果"));
        assert!(desk.read("tables/study.csv").contains("ending,interrupted"));
        // It is what fewer trials give.
        let trials = partial["trials"].to_string();
        let whole = json(&simulated(&desk, &["--trials", &trials, "--json"]));
        assert_eq!(whole["runs"], partial["runs"]);
        let more = ["--trials", "100000", "--lang", "en"];
        let run = interrupted(&desk, &arguments(&scenario, &more), None, some);
        assert!(run.code == 4 && run.err.contains("the results are partial"), "{}", run.err);
        assert!(run.out.contains("[stopped before the end, partial results]"), "{}", run.out);
    }

    #[test]
    fn a_second_ctrl_c_ends_it_at_once() {
        let desk = Desk::new();
        let scenario = changed(office(), "long.toml", &[("months = 12", "months = 120")]);
        let more = ["--trials", "100000", "--html", "page.html"];
        let at_once = |ended: &Output| ended.status.code() == Some(130);
        let again = Some(Duration::from_millis(50));
        let run = interrupted(&desk, &arguments(&scenario, &more), again, at_once);
        assert!(run.out.is_empty() && desk.files(".").is_empty(), "nothing is shown or written: {}", run.out);
    }
}
