//! Log policies: what a file may say, and what is said of one that may not.

use super::bench::key;
use yaohao::note::{Algorithm, LogPolicy};

fn vkey(algorithm: Algorithm, seed: u8) -> String {
    key("fire.example/yaohao", algorithm, seed).verifier().to_string()
}

fn log() -> String {
    vkey(Algorithm::Ed25519, 1)
}

fn witness(seed: u8) -> String {
    vkey(Algorithm::Ed25519Cosignature, seed)
}

#[test]
fn the_published_example_is_read() {
    let [x1, x2, x3, y1, y2, y3] = [2, 3, 4, 5, 6, 7].map(witness);
    let text = format!(
        "# 注释\n  # and one with spaces before it\nlog {} https://fire.example/log\n\n\twitness X1 {x1}\n\
         witness X2\t{x2}  https://w.example/\nwitness X3 {x3} \ngroup X-witnesses 2 X1 X2 X3\n \t \n\
         witness Y1 {y1}\nwitness 监督 {y2}\nwitness Y3 {y3}\ngroup Y-witnesses any Y1 监督 Y3\n\n\
         group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n",
        log()
    );
    let policy = LogPolicy::read(text.as_bytes()).expect("the example of c2sp.org/tlog-policy");
    let names: Vec<&str> = policy.witnesses().iter().map(|witness| witness.name.as_str()).collect();
    assert_eq!(names, ["X1", "X2", "X3", "Y1", "监督", "Y3"]);
    assert_eq!(policy.logs()[0].url.as_deref(), Some("https://fire.example/log"));
    assert_eq!(policy.witnesses()[1].url.as_deref(), Some("https://w.example/"));
    let thresholds: Vec<usize> = policy.groups().iter().map(|group| group.threshold).collect();
    assert_eq!((thresholds, policy.is_unwitnessed()), (vec![2, 1, 2], false));
    // SM2 keys as well.
    let sm2 = format!(
        "log {}\nwitness w {}\nquorum w\n",
        vkey(Algorithm::Sm2, 1),
        vkey(Algorithm::Sm2Cosignature, 2)
    );
    assert!(LogPolicy::read(sm2.as_bytes()).is_ok());
    assert!(LogPolicy::read(b"quorum none\n").expect("the shortest").is_unwitnessed());
}

#[test]
fn a_wrong_policy_is_told_by_line_and_rule() {
    let (log, w2, w3) = (log(), witness(2), witness(3));
    let good = format!("log {log}\nwitness a {w2}\nwitness b {w3}\n");
    let renamed = key("other.example", Algorithm::Ed25519Cosignature, 2).verifier().to_string();
    for (more, line, zh, en) in [
        ("quorum a\nquorum a\n", 5, "quorum 写了不止一行", "more than one quorum"),
        ("", 0, "没有 quorum", "no quorum line"),
        ("quorum c\n", 4, "前面没有叫 c", "called c stands above"),
        ("group g 1 c\nquorum g\n", 4, "前面没有叫 c", "called c stands above"),
        ("group g 1 g\nquorum g\n", 4, "前面没有叫 g", "called g stands above"),
        ("group g 1 none\nquorum g\n", 4, "前面没有叫 none", "called none stands above"),
        ("group g 3 a b\nquorum g\n", 4, "应为 1 到 2", "from 1 to 2"),
        ("group g 0 a b\nquorum g\n", 4, "应为 1 到 2", "from 1 to 2"),
        ("group g 01 a b\nquorum g\n", 4, "应为 1 到 2", "from 1 to 2"),
        ("group g +1 a b\nquorum g\n", 4, "应为 1 到 2", "from 1 to 2"),
        ("group g 99999999999999999999999 a b\nquorum g\n", 4, "应为 1 到 2", "from 1 to 2"),
        ("group g 1 a a\nquorum g\n", 4, "a 已在一个组里", "a is in a group already"),
        ("group g 1 a\ngroup h 1 a\nquorum h\n", 5, "a 已在一个组里", "a is in a group already"),
        ("group g 1\nquorum a\n", 4, "应写成 group", "write: group"),
        ("group a 1 b\nquorum a\n", 4, "名称 a 重复", "the name a is there twice"),
        ("group none 1 b\nquorum a\n", 4, "none 不能用作名称", "none cannot be a name"),
        ("quorum\n", 4, "应写成 quorum", "write: quorum"),
        ("quorum a b\n", 4, "应写成 quorum", "write: quorum"),
        ("Quorum a\n", 4, "不认识“Quorum”", "unknown word Quorum"),
        ("quorum a\u{b}\n", 4, "有控制字符", "a control character"),
        ("quorum a\u{7f}\n", 4, "有控制字符", "a control character"),
        ("quorum a\r\n", 4, "有控制字符", "a control character"),
        ("quorum a", 0, "没有以换行结束", "does not end with LF"),
        ("quorum a\u{a0}\n", 4, "前面没有叫", "stands above"),
        (&format!("log {w2}\nquorum a\n"), 4, "见证方的公钥，不是日志的", "of a witness, not of a log"),
        (
            &format!("witness c {log}\nquorum a\n"),
            4,
            "日志的公钥，不是见证方的",
            "of a log, not of a witness",
        ),
        (&format!("witness c {renamed}\nquorum a\n"), 4, "与 a 是同一把密钥", "same key as that of a"),
        (&format!("log {log}\nquorum a\n"), 4, "是同一把密钥", "the same key"),
        (&format!("witness a {}\nquorum a\n", witness(4)), 4, "名称 a 重复", "the name a is there twice"),
        ("log\nquorum a\n", 4, "应写成 log", "write: log"),
        ("witness c\nquorum a\n", 4, "应写成 witness", "write: witness"),
        ("log a+b\nquorum a\n", 4, "公钥应写成", "is written as name+8 hex"),
        (&format!("log {}\nquorum a\n", log.replace("+A", "+B")), 4, "不认识", "unknown algorithm"),
    ] {
        let error = LogPolicy::read(format!("{good}{more}").as_bytes()).expect_err(more);
        let said = error.said();
        assert_eq!(error.line, line, "{more}: {said:?}");
        assert!(said.zh.contains(zh) && said.en.contains(en), "{more}: {said:?}");
    }
    assert!(LogPolicy::read(b"").is_err() && LogPolicy::read(b"# \xff\nquorum none\n").is_err());
}

#[test]
fn a_policy_has_bounds_beyond_what_c2sp_asks_for() {
    let lines = |count: u8| {
        let witness = |n: u8| format!("witness w{n} {}\n", witness(n));
        (1..=count).map(witness).chain(["quorum none\n".to_owned()]).collect::<String>()
    };
    assert!(LogPolicy::read(lines(64).as_bytes()).is_ok());
    let error = LogPolicy::read(lines(65).as_bytes()).expect_err("one too many");
    assert_eq!(error.line, 65);
    assert!(LogPolicy::read(format!("#{}\nquorum none\n", "x".repeat(64 * 1024)).as_bytes()).is_err());
}
