//! Two languages, each whole: whatever goes wrong is said in the language that
//! was asked for, with what to do about it, and never in a library's own words.

mod terminal;

use std::io::Error;
use terminal::{DICE, Desk, Run};
use yaohao::eligibility::Exclusion;
use yaohao::lang::{Lang, Said};
use yaohao::policy::Policy;
use yaohao::store::system_error;
use yaohao::text::{Reader, Rule};

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Chinese characters, and the signs of Chinese and full-width text.
fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| is_chinese(c) || "，。、；：？！（）《》“”‘’　".contains(c))
}

/// Three English words in a row, or what libraries are known to say.
fn has_english(text: &str) -> bool {
    let library = ["invalid", "expected", "required", "os error", "not UTF-8", "For more information"];
    let word = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    // Some commands have two words.
    let text = ["key", "task", "review", "penalty", "recusal", "sheet", "roll"]
        .iter()
        .fold(text.to_owned(), |text, first| text.replace(&format!("yaohao {first} "), "yaohao "));
    let words: Vec<&str> = text.split([' ', '\n']).collect();
    library.iter().any(|known| text.contains(known)) || words.windows(3).any(|w| w.iter().all(|w| word(w)))
}

/// Runs a command that has to fail with `code`, in both languages.
fn bad(desk: &Desk, arguments: &[&str], code: i32) -> (String, String) {
    let zh = desk.run(arguments);
    let en = desk.run(&[&["--lang", "en"], arguments].concat());
    let shown = format!("yaohao {}\n{}\n{}", arguments.join(" "), zh.err, en.err);
    assert_eq!((zh.code, en.code), (code, code), "{shown}");
    assert!(zh.err.starts_with("错误：") && zh.err.contains("\n办法："), "{shown}");
    assert!(en.err.starts_with("error: ") && en.err.contains("\nwhat to do: "), "{shown}");
    assert!(zh.err.lines().all(|line| line.chars().any(is_chinese)) && !has_english(&zh.err), "{shown}");
    assert!(!has_chinese(&en.err), "{shown}");
    (zh.err, en.err)
}

// ---- the command line ---------------------------------------------------------------

/// A wrong command line, and what is said of it in both languages.
const WRONG: &[(&[&str], &str, &str)] = &[
    (&["check"], "缺少 --month", "missing: --month"),
    (&["-C", "demo", "check"], "yaohao check --help", "yaohao check --help"),
    (&["replace"], "--absent <NAME>、--reason", "--absent <NAME>, --reason"),
    (&["chekc"], "没有这个命令：chekc\n办法：是不是 check", "no command chekc\nwhat to do: write check"),
    (&["-q"], "没有写命令\n办法：可用：init、import", "no command\nwhat to do: use one of: init, import"),
    (&["check", "--mont", "2026-12"], "不认识的参数 --mont", "unknown argument --mont"),
    (&["check", "--month"], "--month: 后面缺少值", "--month: its value is missing"),
    (&["check", "--month", "a", "--month", "b"], "写了不止一次", "there more than once"),
    (&["replace", "u", "--link", "x"], "不能与 --link <FILE> 同时使用", "does not go with --link <FILE>"),
    (&["nonce", "--draw", "foo", "--party", "x"], "写成 example/2026/001", "write it like example/2026/001"),
    (&["verify", ".", "--commitment", "ABC"], "64 位小写十六进制", "64 lower-case hex digits"),
    (&["odds", "--month", "a", "--draws", "99999999999"], "1 到 1000000 之间", "from 1 to 1000000"),
    (&["odds", "--month", "a", "--draws", "many"], "--draws: “many”写得不对", "--draws: \"many\" is not"),
    (&["status", "--threads", "0"], "1 到 1024 之间", "from 1 to 1024"),
    (&["import", "foo"], "可用：units、items", "use one of: units, items"),
    (&["completions", "dos"], "可用：bash、elvish", "use one of: bash, elvish"),
    (&["recover", "a"], "缺少 --share", "missing: --share"),
    (&["share", "a"], "缺少 <DIR>", "missing: <DIR>"),
    (&["init", "a", "--example=3"], "多了一个值“3”", "a value too many: 3"),
    (&["demo", "a", "b"], "不认识的参数 b", "unknown argument b"),
];

#[test]
fn a_wrong_command_line_is_told_in_one_language_with_what_to_do() {
    let desk = Desk::new();
    for (arguments, zh, en) in WRONG {
        let (said_zh, said_en) = bad(&desk, arguments, 2);
        assert!(said_zh.contains(zh), "no {zh:?} in:\n{said_zh}");
        assert!(said_en.contains(en), "no {en:?} in:\n{said_en}");
    }
    let unknown = bad_language(&desk);
    assert!(unknown.contains("--lang: “fr”写得不对\n办法：可用：zh、en"), "{unknown}");
}

fn bad_language(desk: &Desk) -> String {
    let Run { code, err, .. } = desk.run(&["--lang", "fr", "status"]);
    assert_eq!(code, 2);
    err
}

#[test]
fn programs_are_told_of_a_wrong_command_line_in_json() {
    let desk = Desk::new();
    for (arguments, ..) in WRONG {
        for lang in ["zh", "en"] {
            let run = desk.run(&[&["--json", "--lang", lang], *arguments].concat());
            let told: serde_json::Value = serde_json::from_str(&run.err)
                .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}", run.err));
            assert_eq!((run.code, &told["exit_code"]), (2, &2.into()), "{arguments:?}");
            let texts = ["error", "remedy"].map(|key| told[key].as_str().expect("a text").to_owned());
            assert!(texts.iter().all(|text| has_chinese(text) == (lang == "zh")), "{told}");
        }
    }
    // What follows `--` is no option.
    let run = desk.run(&["explain", "--", "--json", "--lang=en", "x", "y"]);
    assert!(run.err.starts_with("错误："), "{}", run.err);
}

#[test]
fn help_has_no_word_of_the_other_language() {
    let desk = Desk::new();
    let foreign = ["Usage", "Arguments", "Options", "Commands", "OPTIONS", "COMMAND", "default", "possible"];
    let commands = "init,import,check,odds,nonce,commit,draw,void,open,replace,link,share,recover,key,key new,\
        key show,key change,key sign,key install,status,schedule,dispatch,slip,verify-slip,verify,explain,\
        tasks,task,task open,task assign,task move,task close,task show,result,review submit,review approve,\
        review return,penalty open,penalty contest,recusal apply,recusal decide,due,sheet export,\
        sheet import,roll commit,roll draw,roll void,roll publish,roll lines,roll verify,roll prove,roll check,journal,publish,report,fairness,sql,demo,completions,man";
    for command in commands.split(',').map(|words| words.split(' ').collect()).chain([Vec::new()]) {
        let command: Vec<&str> = [command, vec!["--help"]].concat();
        let zh = desk.good(&command).out;
        assert!(!foreign.iter().any(|word| zh.contains(word)) && !has_english(&zh), "{zh}");
        assert!(zh.contains("用法：yaohao") && zh.contains("\n选项：\n"), "{zh}");
        let en = desk.good(&[&command[..], &["--lang", "en"]].concat()).out;
        assert!(!has_chinese(&en), "{en}");
    }
    for command in ["journal", "report", "tasks", "sheet"] {
        let zh = desk.good(&[command, "--help"]).out;
        assert!(!zh.contains("日志"), "the journal is 台账: {zh}");
    }
    let nonce = desk.good(&["nonce", "--help"]).out;
    assert!(nonce.contains("（不写则 100）"), "{nonce}");
    let man = [desk.good(&["man"]).out, desk.good(&["man", "--lang", "en"]).out];
    assert!(man[0].contains(".SH 用法") && !man[0].contains("SYNOPSIS"), "{}", man[0]);
    assert!(man[1].contains(".SH SYNOPSIS") && !has_chinese(&man[1]), "{}", man[1]);
}

// ---- settings -----------------------------------------------------------------------

/// The message without the line of the file it shows.
fn first_line(said: &Said) -> Said {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    Said { zh: first(&said.zh), en: first(&said.en) }
}

/// Without what stands in quotes or is the name of a town: that is the office's.
fn own_words(en: &str) -> String {
    en.replace("龙溪街道", "").split('"').step_by(2).collect()
}

fn assert_whole(said: &Said) {
    assert!(said.zh.chars().any(is_chinese) && !has_english(&said.zh), "{said:?}");
    assert!(!has_chinese(&own_words(&said.en)), "{said:?}");
}

fn assert_no_library(en: &str) {
    let library = ["invalid", "expected", "u32", "u64", "struct", "variant", "field `", "TOML value", "enum"];
    assert!(!library.iter().any(|word| en.contains(word)), "{en}");
}

#[test]
fn a_wrong_setting_is_told_in_either_language() {
    let mut read = 0;
    for entry in std::fs::read_dir("tests/policy").expect("the folder of mistakes") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("a file");
        let Err(problem) = Policy::read("policy.toml", &text) else { continue };
        assert_whole(&first_line(&problem.what));
        assert_no_library(&first_line(&problem.what).en);
        assert_whole(&problem.remedy);
        read += 1;
    }
    assert!(read > 80);
    let desk = Desk::new();
    desk.good(&["init", "office"]);
    let good = desk.read("office/office.toml");
    for (from, to) in [
        ("policy = \"policy.toml\"", "policy = 3"),
        ("policy = \"policy.toml\"", ""),
        ("policy = \"policy.toml\"", "policy = \"policy.toml"),
        ("policy = \"policy.toml\"", "policy ="),
        ("policy = \"policy.toml\"", "政策 = \"policy.toml\""),
        ("[units.columns]", "[units.columns"),
        ("[units.columns]", "[units.columns]\nnmae = \"x\""),
        ("[units.columns]", "[units.columns]\ntown = { recognize = \"x\" }"),
        ("[units.columns]", "[units.columns]\ntown = {}"),
        ("[units.columns]", "[units.columns]\ntown = 3"),
        ("[units.columns]", "heading_row = \"many\"\n[units.columns]"),
        ("[units.columns]", "heading_row = 99999999999999999999\n[units.columns]"),
        ("[units.columns]", "heading_row = 01\n[units.columns]"),
        ("[units.columns]", "sheet = \"\\q\"\n[units.columns]"),
        ("[units.columns]", "file = \"twice.csv\"\n[units.columns]"),
        ("[units.columns]", "sheet = \"a\" file\n[units.columns]"),
        ("[units.columns]", "sheet = [\"a\"\n[units.columns]"),
    ] {
        desk.write("office/office.toml", &good.replacen(from, to, 1));
        for lang in ["zh", "en"] {
            let run = desk.run(&["-C", "office", "status", "--lang", lang]);
            assert_eq!(run.code, 6, "{to}: {}", run.err);
            let first = run.err.lines().next().unwrap_or_default();
            let said = Said { zh: first.to_owned(), en: first.to_owned() };
            match lang {
                "zh" => assert_whole(&Said { en: String::new(), ..said }),
                _ => {
                    assert_no_library(first);
                    assert_whole(&Said { zh: "中".to_owned(), ..said });
                }
            }
        }
    }
}

// ---- files --------------------------------------------------------------------------

#[test]
fn the_system_is_quoted_in_no_language() {
    // Not permitted, no such file, I/O error, permission, is there, no directory, is one, full,
    // read-only, pipe, name too long, no such code.
    for code in [1, 2, 5, 13, 17, 20, 21, 28, 30, 32, 36, 9999] {
        let error = Error::from_raw_os_error(code);
        let Said { zh, en } = system_error(&error);
        assert!(zh.chars().any(is_chinese) && !has_english(&zh), "{code}: {zh}");
        assert!(!has_chinese(&en) && !en.contains("os error"), "{code}: {en}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_called_full() {
    let desk = Desk::new();
    for (lang, full) in [("zh", "磁盘已满"), ("en", "the disk is full")] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_yaohao"));
        let full_disk = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
        command.args(["man", "--lang", lang]).stdout(full_disk).current_dir(desk.dir.path());
        let output = command.output().expect("the command runs");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), said.contains(full)), (Some(3), true), "{said}");
    }
}

/// What a damaged text says: every rule of the reader, and those of the stages.
#[test]
fn a_damaged_text_is_told_in_either_language() {
    let said = |text: &[u8]| {
        let read = || {
            let mut r = Reader::new(text, "yaohao/x/v1")?;
            r.constant("suite", "one")?;
            let [_, number] = r.split(r.clone().field("pair")?)?;
            r.field("pair")?;
            r.number::<u32>(number)?;
            r.parsed::<yaohao::time::Date>("day", "a date")?;
            r.word("mode", |word| (word == "open").then_some(()))?;
            r.end()
        };
        read().expect_err("damaged").said()
    };
    let lines = ["yaohao/x/v1", "suite one", "pair a 1", "day 2026-12-01", "mode open"];
    for (line, wrong) in [
        (0, "yaohao/y/v1"),
        (1, "suite two"),
        (1, "suite  one"),
        (1, " suite one"),
        (1, ""),
        (1, "suite\tone"),
        (2, "pair a"),
        (2, "pair a x"),
        (3, "day 2026-12-32"),
        (4, "mode shut"),
        (4, "mode open\nmore"),
    ] {
        let mut text = lines;
        text[line] = wrong;
        assert_whole(&said(format!("{}\n", text.join("\n")).as_bytes()));
    }
    assert_whole(&said(b"yaohao/x/v1"));
    let Said { zh, en } = said(b"\xff\n");
    assert_eq!((zh.as_str(), en.as_str()), ("不是 UTF-8 文本", "not UTF-8"));
}

/// Stages name the rules of texts in English; src/text/rule.rs has the Chinese.
#[test]
fn every_rule_of_a_text_has_its_chinese() {
    let unknown = Rule::from("something never heard of").said().zh.clone();
    let mut rules = 0;
    for (path, text) in sources() {
        for after in text.split(".error(\"").skip(1) {
            let rule = after.split('"').next().unwrap_or_default();
            let Said { zh, en } = Rule::from(rule).said().clone();
            assert_eq!(en, rule);
            assert_ne!(zh, unknown, "{path}: say {rule:?} in Chinese in src/text/rule.rs");
            assert!(!has_english(&zh), "{zh}");
            rules += 1;
        }
    }
    assert!(rules > 30, "{rules} rules");
    assert_eq!(Rule::from("not a name: Ä").said().zh, "不是代号：Ä");
}

/// Which option takes which file of a party; what is there instead is named.
#[test]
fn a_partys_wrong_file_is_named_for_what_it_is() {
    let desk = Desk::committed(1);
    let file = |kind: &str| desk.witness(1, kind);
    let (nonce, commitment, chain) = (file("nonce"), file("commitment"), file("chain"));
    let public = desk.public(1).display().to_string();
    let draw = ["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce"];
    let replace = ["-C", "office", "replace", "--link"];
    let link = ["link", public.as_str(), "--chain"];
    let never = ("绝不能到本机关来", "must never be at the office");
    for (command, file, zh, en) in [
        (
            &replace[..],
            &chain,
            "秘密链（.chain 文件），这里要的是放出的链节（.link 文件）",
            "a .chain file); what",
        ),
        (&replace, &chain, never.0, never.1),
        (&replace, &nonce, "秘密随机数（.nonce 文件）", "a secret nonce (a .nonce file)"),
        (&replace, &commitment, "随机数承诺（.commitment 文件）", "a commitment to a nonce"),
        (&draw, &chain, never.0, never.1),
        (&draw, &commitment, "随机数承诺（.commitment 文件）", "a commitment to a nonce"),
        (&link, &nonce, "秘密随机数（.nonce 文件）", "a secret nonce (a .nonce file)"),
    ] {
        let (said_zh, said_en) = bad(&desk, &[command, &[file.as_str()]].concat(), 3);
        assert!(said_zh.contains(zh), "no {zh:?} in:\n{said_zh}");
        assert!(said_en.contains(en), "no {en:?} in:\n{said_en}");
        assert_eq!(said_zh.contains(never.0), *file == chain, "{said_zh}");
        let secret = desk.read(file);
        let secret = secret.lines().last().and_then(|line| line.split(' ').nth(1)).expect("a value");
        assert!(!said_zh.contains(secret) && !said_en.contains(secret), "an error shows a secret");
    }
    // What is no file of a party at all, or was saved anew.
    desk.write("a.link", "hello\n");
    let (zh, en) = bad(&desk, &[&replace[..], &["a.link"]].concat(), 3);
    assert!(zh.contains("不是放出的链节（.link 文件），或已被改动（第 1 行：首行不是"), "{zh}");
    assert!(en.contains("this is not a released link (a .link file), or it was changed (line 1:"), "{en}");
}

#[test]
fn a_secret_handed_in_for_a_commitment_is_given_back() {
    let desk = Desk::with_example();
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    for (kind, zh, en) in [
        ("nonce", "在抽取之前不能给任何人", "Nobody may have a .nonce before the draw"),
        ("chain", "绝不能到本机关来", "must never be at the office"),
    ] {
        let file = desk.witness(1, kind);
        let commit = ["-C", "office", "commit", "--month", "2026-12", "--commitment", &file];
        let (said_zh, said_en) = bad(&desk, &commit, 3);
        assert!(said_zh.contains(zh) && said_en.contains(en), "{said_zh}{said_en}");
    }
}

// ---- tables and verdicts ------------------------------------------------------------

#[test]
fn rows_are_listed_with_the_signs_of_the_language() {
    let desk = Desk::new();
    desk.good(&["init", "office", "--example"]);
    let zh = desk.good(&["-C", "office", "import"]).out;
    assert!(zh.contains("“9.10E+17”：编号被 Excel 改成了科学计数法"), "{zh}");
    let en = desk.good(&["-C", "office", "import", "--lang", "en"]).out;
    assert!(en.contains("\"9.10E+17\": Excel turned the id"), "{en}");
    assert!(!"，。、；：“”".chars().any(|sign| en.contains(sign)), "{en}");
    assert!(en.contains("use one of: high-risk, key-crowd, key, general, small;"), "{en}");
    // A colleague by name.
    desk.edit("office/tables/recusals.csv", "SL0030,示例集团06", "SL0030,示例人员02");
    let run = desk.bad(&["-C", "office", "import", "recusals"], 5, "回避表不能缺行");
    assert!(run.out.contains("[subject-is-a-name] → 两人不编入同一检查组的") && run.out.contains("SL0002"));
    desk.edit("office/tables/recusals.csv", "SL0030,示例人员02", "SL0030,SL0002");
    desk.good(&["-C", "office", "import", "recusals"]);
    assert!(desk.read("office/register/recusals.csv").contains("SL0030,inspector:SL0002,"));
    assert!(desk.read("office/office.toml").contains("不能编在同一检查组的，写对方的执法证号"));
}

#[test]
fn a_verdict_is_told_with_the_signs_of_the_language() {
    let desk = Desk::committed(1);
    let public = desk.public(1).display().to_string();
    let zh = desk.run(&["verify", &public]);
    let en = desk.run(&["verify", &public, "--lang", "en"]);
    assert_eq!((zh.code, en.code), (4, 4), "{}{}", zh.err, en.err);
    assert!(zh.out.contains("V01 files          文件齐全，没有多余："), "{}", zh.out);
    assert!(!has_chinese(&en.out), "{}", en.out);
}

#[test]
fn reasons_are_shown_in_english_by_keys_that_are_documented() {
    let page = std::fs::read_to_string("docs/spec/documents.md").expect("the page");
    for reason in Exclusion::ALL {
        assert!(page.contains(&format!("| `{}` | ", reason.key())), "{}", reason.key());
    }
}

// ---- the source ---------------------------------------------------------------------

/// Every file of src by its path.
fn sources() -> Vec<(String, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![std::path::PathBuf::from("src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => found.push((
                    path.display().to_string(),
                    std::fs::read_to_string(path).expect("a file of the source"),
                )),
            }
        }
    }
    found
}

/// The string literal at the start of `text`, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let inner = text.trim_start().strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((inner[..end].replace("\\\"", "\"").replace("\\n", " "), &inner[end + 1..]))
}

/// Both halves of every message, as written.
#[test]
fn every_message_is_said_twice_and_each_time_in_one_language() {
    let mut messages = 0;
    for (path, text) in sources() {
        for after in text.split("said!(").skip(1) {
            let Some((zh, rest)) = literal(after) else { continue };
            let Some((en, _)) = rest.trim_start().strip_prefix(',').and_then(literal) else { continue };
            // Between braces stand names of the program.
            let zh: String = zh.split(['{', '}']).step_by(2).collect::<Vec<_>>().join("{}");
            assert!(!has_english(&zh), "{path}: English in the Chinese of {zh:?}");
            assert!(!has_chinese(&en), "{path}: Chinese in the English of {en:?}");
            let words = en.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).count();
            let said = zh.chars().any(is_chinese) || zh.contains('{') || words == 0;
            assert!(said, "{path}: no Chinese in {zh:?} for {en:?}");
            // 日志 is the public log; what the office enters is its 台账.
            let mixed = en.to_lowercase().contains("journal") && zh.contains("日志");
            assert!(!mixed, "{path}: the journal is 台账, not 日志: {zh:?}");
            messages += 1;
        }
    }
    assert!(messages > 400, "{messages} messages");
}

#[test]
fn lists_and_numbers_follow_the_language() {
    let list = Said::list(["a", "b", "c"]);
    assert_eq!((list.to(Lang::Zh), list.to(Lang::En)), ("a、b、c", "a, b, c"));
    let counted = |number: u32| yaohao::lang::counted(number, "unit");
    assert_eq!([0, 1, 2].map(counted), ["0 units", "1 unit", "2 units"]);
}
