//! `yaohao demo`: every step on the synthetic office, through the same command
//! lines that an office types.

use super::args::DemoArgs;
use super::console::Console;
use super::usage;
use crate::clock;
use crate::digest::Digest;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit, Table, TeamLine};
use crate::said;
use crate::store::{folder_of, read};
use crate::stream::Stream;
use crate::time::Moment;
use std::ffi::OsString;

/// The month that the synthetic registers are made for.
const MONTH: &str = "2026-12";

pub fn run(args: &DemoArgs, console: &Console) -> Outcome<u8> {
    let dir = args.dir.display().to_string();
    let year = clock::now().date_in_china().year();
    let draw = format!("example/{year:04}/001");
    let stem = format!("{dir}/witness/discipline-{year:04}-001");
    let public = format!("{dir}/public/{year:04}-001");
    let say = |said: Said| console.heading(said);

    say(said!("一、新建文件夹，放入合成的示例名录", "1. A new folder with synthetic registers"));
    step(console, &["init", &dir, "--example"])?;
    say(said!("二、读入名录（示例里故意混有坏行）", "2. Import (the example has bad rows on purpose)"));
    step(console, &["-C", &dir, "import"])?;
    say(said!("三、承诺之前预览", "3. Preview before committing"));
    step(console, &["-C", &dir, "check", "--month", MONTH])?;
    say(said!(
        "四、监督方生成秘密随机数，交出承诺",
        "4. The witness makes a secret nonce and hands in its commitment"
    ));
    step(console, &["nonce", "--draw", &draw, "--party", "discipline", "--out", &format!("{dir}/witness")])?;
    say(said!("五、承诺", "5. Commitment"));
    step(console, &["-C", &dir, "commit", "--month", MONTH, "--commitment", &format!("{stem}.commitment")])?;
    let commit = Commit::read(&read(format!("{public}/{}", record::COMMIT).as_ref())?);
    let commitment = commit.map(|commit| commit.id().to_string()).unwrap_or_default();
    say(said!(
        "六、当众掷骰（演示用随机数代替），两人分别录入，抽取并配对",
        "6. Dice (here: random digits), typed by two people; the draw"
    ));
    let dice = dice(clock::now());
    step(
        console,
        &[
            "-C",
            &dir,
            "draw",
            "--result",
            &dice,
            "--witness-result",
            &dice,
            "--nonce",
            &format!("{stem}.nonce"),
        ],
    )?;
    say(said!("七、任何人核验", "7. Anybody verifies"));
    let code = step(console, &["verify", &public, "--commitment", &commitment])?;
    say(said!("八、一家单位问：为什么抽中我", "8. A unit asks: why me?"));
    let (unit, member) = drawn_unit(&public)?;
    step(console, &["explain", &unit, &public])?;
    say(said!(
        "九、有人不能去：先公布申请，监督方再放出链节，由此定出接替人",
        "9. Somebody cannot go: a published request, then the witness's link, and with it the stand-in"
    ));
    step(console, &["-C", &dir, "replace", &unit, "--absent", &member, "--reason", "absent"])?;
    let witness = format!("{dir}/witness");
    step(console, &["link", &public, "--chain", &format!("{stem}.chain"), "--out", &witness])?;
    step(console, &["-C", &dir, "replace", "--link", &format!("{stem}-001.link")])?;
    let again = step(&Console { quiet: true, ..*console }, &["verify", &public])?;
    step(console, &["-C", &dir, "status"])?;
    Ok(code.max(again))
}

/// Runs one command line as if it had been typed.
fn step(console: &Console, words: &[&str]) -> Outcome<u8> {
    let shown: Vec<String> = words
        .iter()
        .map(|word| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() })
        .collect();
    console.line(&format!("$ yaohao {}", shown.join(" ")));
    let arguments: Vec<OsString> =
        std::iter::once("yaohao").chain(words.iter().copied()).map(Into::into).collect();
    let cli = super::parse(&arguments, console.lang).map_err(|error| {
        let Said { zh, en } = usage::problem(&error, &arguments).what;
        Problem::new(
            Kind::Internal,
            said!("演示的命令行有误：{zh}", "the demo's command line is wrong: {en}"),
            said!("请报告这个错误", "please report this"),
        )
    })?;
    super::dispatch(&cli, console)
}

/// Stands in for twenty rolls of a ten-sided die.
fn dice(now: Moment) -> String {
    let mut stream = Stream::new(Digest::of(&[&clock::entropy(), now.to_string().as_bytes()]));
    (0..20).map(|_| stream.below(10).to_string()).collect::<Vec<_>>().join(" ")
}

/// A drawn unit and the first of its team.
fn drawn_unit(public: &str) -> Outcome<(String, String)> {
    let files = folder_of(public.as_ref())?;
    let teams = Table::<TeamLine>::read(files.get(record::TEAMS).unwrap_or_default()).ok();
    let first = teams.and_then(|teams| teams.lines.into_iter().next());
    let member = |line: TeamLine| Some((line.unit, line.members.into_iter().next()?.1));
    Ok(first.and_then(member).unwrap_or_default())
}
