//! Private values through every command, right and wrong: none of them is ever public,
//! and no secret is ever shown, also not by a command that fails.

mod district;
mod terminal;

use terminal::{DICE, Desk, Run};

/// The passphrase of the log's key.
const PASSPHRASE: &str = "canary-passphrase-of-the-log";
/// Words that stand in private tables only.
const PRIVATE: [&str; 5] = ["canary-reason", "canary-person", "canary-address", "原工作单位", "SL0001"];

/// An office with a log and an escrow, and everything that it printed.
struct Watched {
    desk: Desk,
    shown: String,
}

impl Watched {
    fn new() -> Watched {
        let desk = Desk::with_example();
        desk.edit("office/tables/recusals.csv", "亲属任职", "canary-reason");
        desk.edit("office/tables/inspectors.csv", "示例人员01", "canary-person");
        desk.edit("office/tables/units.csv", "示例路", "canary-address");
        desk.edit("office/policy.toml", "XF03 = \"announced\"", "XF03 = \"until-visit\"");
        let escrow = "[escrow]\ncustodians = [\"office\", \"discipline\", \"archive\"]\nthreshold = 2\n";
        let policy = desk.read("office/policy.toml");
        desk.write("office/policy.toml", &(policy + escrow));
        desk.announce(2027);
        desk.write("passphrase", &format!("{PASSPHRASE}\n"));
        Watched { desk, shown: String::new() }
    }

    fn run(&mut self, arguments: &[&str]) -> Run {
        let run = self.desk.run(arguments);
        self.shown += &format!("$ yaohao {}\n{}{}\n", arguments.join(" "), run.out, run.err);
        run
    }

    fn good(&mut self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}{}", run.out, run.err);
        run
    }

    fn bad(&mut self, arguments: &[&str]) {
        let run = self.run(arguments);
        assert_ne!(run.code, 0, "{arguments:?} should fail: {}", run.out);
    }

    /// The value behind `field` in a secret file.
    fn secret(&self, file: &str, field: &str) -> String {
        let text = self.desk.read(file);
        let value = text.lines().find_map(|line| line.strip_prefix(field)).expect("a secret");
        value.rsplit(' ').next().expect("a value").to_owned()
    }

    /// Neither public nor shown, in hex or as bytes.
    fn is_hidden(&self, what: &str, secret: &str) {
        assert!(secret.len() >= 16, "{what} is {secret}");
        assert!(!self.shown.contains(secret), "{what} was shown");
        self.is_not_public(what, secret);
    }

    fn is_not_public(&self, what: &str, secret: &str) {
        let raw =
            (0..secret.len() / 2).map(|at| u8::from_str_radix(secret.get(2 * at..2 * at + 2)?, 16).ok());
        let raw: Option<Vec<u8>> = raw.collect();
        for (path, bytes) in self.desk.files("office/public") {
            let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            assert!(!holds(secret.as_bytes()), "{what} is in {}", path.display());
            assert!(
                !raw.as_ref().is_some_and(|raw| raw.len() >= 16 && holds(raw)),
                "{what} is in {}",
                path.display()
            );
        }
    }

    /// Pages are made of all that, and lie in the public folder too.
    fn has_a_site(&self) {
        let stem = self.desk.public(1).file_name().expect("a name").to_string_lossy().into_owned();
        for page in ["index.html".to_owned(), format!("site/en/{stem}.html"), format!("site/units/{stem}.js")]
        {
            assert!(self.desk.path(&format!("office/public/{page}")).exists(), "{page}");
        }
    }

    fn keep_a_log(&mut self) {
        let log = ["key", "new", "--name", "example.invalid/yaohao", "--out", "office/keys/log.key"];
        self.good(&[&log[..], &["--passphrase-file", "passphrase"]].concat());
        let own = ["key", "new", "--name", "example.invalid/discipline", "--witness"];
        self.good(&[&own[..], &["--out", "w/own.key", "--no-passphrase"]].concat());
        let public = self.desk.path("office/keys/discipline.pub");
        std::fs::copy(self.desk.path("w/own.key.pub"), public).expect("a copy");
        for line in ["[log]", "key = \"keys/log.key\"", "witnesses = ", "quorum = 1"] {
            self.desk.edit("office/office.toml", &format!("# {line}"), line);
        }
    }

    /// Logs, lets the witness sign, and enters its signature.
    fn log(&mut self) {
        self.good(&["-C", "office", "publish", "--passphrase-file", "passphrase"]);
        let witness =
            ["witness", "office/public", "--key", "w/own.key", "--state", "w/log.state", "--out", "w"];
        self.good(&witness);
        let signed = self.desk.files("w").into_iter().map(|(path, _)| path.display().to_string());
        let signed: Vec<String> = signed.filter(|path| path.ends_with(".cosigned")).collect();
        let mut publish = vec!["-C", "office", "publish"];
        signed.iter().for_each(|path| publish.extend(["--cosignature", path.as_str()]));
        self.good(&publish);
    }
}

#[test]
fn nothing_private_is_public_and_no_secret_is_ever_shown() {
    let mut office = Watched::new();
    office.keep_a_log();
    office.good(&["-C", "office", "import"]);
    office.good(&["-C", "office", "check", "--month", "2027-12"]);
    office.log();
    let draw = office.desk.draw(1);
    office.good(&["nonce", "--draw", &draw, "--party", "discipline", "--out", "witness"]);
    let handed_in = office.desk.witness(1, "commitment");
    let commit = ["-C", "office", "commit", "--month", "2027-12", "--passphrase-file", "passphrase"];
    // A secret in the place of what is handed in, and a wrong passphrase.
    let nonce = office.desk.witness(1, "nonce");
    office.bad(&[&commit[..], &["--commitment", &nonce]].concat());
    office.good(&[&commit[..], &["--commitment", &handed_in]].concat());
    let private =
        office.desk.private(1).strip_prefix(office.desk.path("")).expect("inside").display().to_string();
    let secrets = format!("{private}/secrets.txt");
    let hidden = [
        ("the salts", office.secret(&secrets, "salts")),
        ("the office's nonce", office.secret(&secrets, "nonce")),
        ("the witness's chain", office.secret(&office.desk.witness(1, "chain"), "chain")),
        ("the witness's key", office.secret("w/own.key", "plain")),
        ("the passphrase", PASSPHRASE.to_owned()),
        ("the archive's share", office.secret(&format!("{private}/shares/archive.share"), "share")),
        ("discipline's share", office.secret(&format!("{private}/shares/discipline.share"), "share")),
    ];
    let witness = office.secret(&nonce, "nonce");
    office.is_hidden("the witness's nonce", &witness);
    hidden.iter().for_each(|(what, secret)| office.is_hidden(what, secret));
    // Commands that fail, with secrets in their hands.
    let public = office.desk.public(1).display().to_string();
    let roll = ["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce"];
    office.bad(&[&roll[..], &[&nonce]].concat());
    office.log();
    let half = office.desk.read(&nonce).replace(&witness[..32], &"0".repeat(32));
    office.desk.write("half.nonce", &half);
    office.desk.write("wrong", "not the passphrase\n");
    office.bad(&[&roll[..], &["half.nonce"]].concat());
    office.bad(&[&roll[..], &["w/own.key"]].concat());
    office.bad(&["share", "office/keys/log.key", &public]);
    office.bad(&["recover", &public, "--share", &format!("{private}/shares/archive.share")]);
    office.bad(&["audit", "office/public", "--log-policy", "w/own.key"]);
    office.bad(&["audit", "office/public", "--checkpoint", "w/own.key"]);
    office.bad(&["verify", &public, "--previous", "/nowhere"]);
    office.bad(&["link", &public, "--chain", "w/own.key", "--out", "witness"]);
    office.is_hidden("the witness's nonce", &witness);
    office.good(&[&roll[..], &[&nonce], &["--passphrase-file", "passphrase"]].concat());
    office.log();
    office.run(&["verify", &public]);
    office.good(&["audit", "office/public"]);
    office.good(&["--lang", "en", "audit", "office/public", "--json"]);
    office.good(&["-C", "office", "status"]);
    office.good(&["-C", "office", "dispatch"]);
    office.good(&["-C", "office", "dispatch", "--team", "--json"]);
    office.bad(&["-C", "office", "publish", "--cosignature", "w/own.key"]);
    for (what, secret) in &hidden {
        office.is_hidden(what, secret);
    }
    office.has_a_site();
    for word in PRIVATE {
        office.is_not_public("a word of the private tables", word);
        assert!(!word.starts_with("canary") || !office.shown.contains(word), "{word} was shown");
    }
}

// ---- after the draw ------------------------------------------------------------------------

const PEOPLE: &str = "\n[people]\nclerks = [\"canary-clerk\"]\nreviewers = [\"canary-reviewer\"]\nlegal_reviewers = [\"canary-legal\"]\nheads = [\"canary-head\"]\n";

/// What is entered and stays in the office, wherever it stands.
const ENTERED: [&str; 14] = [
    "canary-clerk",
    "canary-reviewer",
    "canary-legal",
    "canary-head",
    "canary-moved",
    "canary-remark",
    "canary-evidence",
    "canary-helper",
    "canary-code",
    "canary-notice",
    "canary-back",
    "canary-recusal",
    "canary-place",
    "canary-closed",
];

/// An office with a recorded draw of a month that is over, in which everybody has a name that
/// is told apart from all else.
fn after_the_draw() -> Watched {
    let desk = Desk::with(district::small::POLICY, |name| {
        let table = String::from_utf8(district::small::table(name)).expect("UTF-8");
        table.replace("示例人员", "canary-person").replace("亲属任职", "canary-reason").into_bytes()
    });
    let settings = desk.read("office/office.toml");
    desk.write("office/office.toml", &(settings + PEOPLE));
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let (commitment, nonce) = (desk.witness(1, "commitment"), desk.witness(1, "nonce"));
    desk.good(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &commitment]);
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    Watched { desk, shown: String::new() }
}

impl Watched {
    /// Enters something that may be shown to whoever enters it.
    fn enter(&self, arguments: &[&str]) {
        self.desk.good(&[&["-C", "office"], arguments].concat());
    }

    /// A command of which whoever types it sees no more than what he or she typed.
    fn refused(&mut self, arguments: &[&str]) {
        let run = self.desk.run(&[&["-C", "office"], arguments].concat());
        assert_ne!(run.code, 0, "{arguments:?} should fail: {}", run.out);
        self.shown += &format!("{}{}\n", run.out, run.err);
    }
}

/// The units of the draw, in order.
fn units(desk: &Desk) -> Vec<String> {
    let teams = std::fs::read_to_string(desk.public(1).join("teams.txt")).expect("teams");
    teams.lines().skip(1).map(|line| line.split(' ').next().expect("a unit").to_owned()).collect()
}

fn today() -> String {
    yaohao::clock::now().date_in_china().to_string()
}

/// Two visits to the review and back, one that ends without, a complaint and a recusal; with
/// everything that can be written down.
fn enter_all(office: &mut Watched) {
    let (draw, day, units) = (office.desk.draw(1), today(), units(&office.desk));
    let matters: Vec<String> = units[..4].iter().map(|unit| format!("{draw}/{unit}")).collect();
    let by = ["--by", "canary-clerk"];
    let found = "--item XF01=open --hazards 2 --rectified 1 --remark canary-remark --evidence canary-evidence \
        --helper canary-helper --code canary-code";
    let (found, notice): (Vec<&str>, String) =
        (found.split_whitespace().collect(), format!("canary-notice@{day}"));
    for matter in &matters[..2] {
        let moved = ["task", "move", matter, "--to", &day, "--reason", "canary-moved"];
        office.enter(&[&moved[..], &by].concat());
        let result = ["result", matter, "--on", &day, "--by-date", &notice];
        office.enter(&[&result[..], &found, &by].concat());
        office.refused(&["review", "approve", matter, "--by", "canary-reviewer"]);
        office.enter(&[&["review", "submit", matter], &by[..]].concat());
        let back = ["review", "return", matter, "--reason", "canary-back", "--by", "canary-reviewer"];
        office.enter(&back);
        office.enter(&[&result[..], &found, &by].concat());
    }
    office.enter(&[&["review", "submit", &draw], &by[..]].concat());
    office.enter(&["review", "approve", &draw, "--by", "canary-reviewer"]);
    office.enter(&["task", "close", &matters[2], "--reason", "canary-closed", "--by", "canary-head"]);
    let open = ["task", "open", "--kind", "complaint", "--name", "canary-place", "--remark", "canary-remark"];
    office.enter(&[&open[..], &by].concat());
    let lead = lead(&office.desk, &matters[3]);
    let apply = ["recusal", "apply", &matters[3], "--about", &lead, "--applicant", "party"];
    office.enter(&[&apply[..], &["--reason", "canary-recusal"], &by].concat());
    // Wrong: what is kept is not told to whoever may not have typed it.
    office.refused(&["result", &matters[0], "--on", &day, "--item", "XF01=no-problem", "--by", &lead]);
    office.refused(&["review", "approve", &draw, "--by", "SL0009"]);
    office.refused(&["task", "open", "--kind", "complaint", "--name", "x\u{200b}y", "--by", "SL0009"]);
    office.refused(&["replace", &units[0], "--absent", &lead, "--reason", "absent"]);
}

/// Who leads a visit.
fn lead(desk: &Desk, matter: &str) -> String {
    let show = desk.good(&["-C", "office", "--json", "task", "show", matter]).out;
    let show: serde_json::Value = serde_json::from_str(&show).expect("JSON");
    show["team"][0]["certificate"].as_str().expect("a lead").to_owned()
}

#[test]
fn nothing_that_is_entered_after_the_draw_comes_out() {
    let mut office = after_the_draw();
    enter_all(&mut office);
    // What everybody sees, and what is printed on the way there.
    let year = today()[..4].to_owned();
    for command in [
        "-C office publish --dry-run",
        "-C office publish --by canary-clerk",
        "-C office publish",
        "audit office/public",
        "--lang en audit office/public --json",
        &format!("-C office fairness --year {year} --out fair.json --html fair.html"),
        &format!("-C office report --year {year}"),
        "-C office dispatch",
        "-C office dispatch --zone z1 --json",
        "-C office due",
        "-C office status",
    ] {
        office.good(&command.split(' ').collect::<Vec<_>>());
    }
    let lists = office.desk.files("office/public/results");
    let list = String::from_utf8_lossy(&lists.last().expect("a list").1).into_owned();
    assert!(list.contains("XF01=open") && list.contains("\nclosed "), "nothing was published: {list}");
    office.shown += &(office.desk.read("fair.json") + &office.desk.read("fair.html"));
    let told: Vec<&str> = office.shown.lines().filter(|line| !line.starts_with("$ ")).collect();
    for word in ENTERED.iter().chain(&["canary-person", "canary-reason"]) {
        office.is_not_public("what was entered", word);
        // Only the name of a place is shown, to the office, beside its deadline.
        let shown = told.iter().find(|line| line.contains(word) && *word != "canary-place");
        assert!(shown.is_none(), "{word} was shown: {shown:?}");
    }
}
