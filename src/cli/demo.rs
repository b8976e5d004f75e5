//! `yaohao demo`: every step on the synthetic office, through the same command
//! lines that an office types.

use super::args::DemoArgs;
use super::console::Console;
use super::usage;
use crate::clock;
use crate::digest::Digest;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit};
use crate::said;
use crate::slip::Slip;
use crate::store::unsound;
use crate::store::{Audience, folder_of, read, read_text, replace, write_new};
use crate::stream::Stream;
use crate::time::Moment;
use crate::verify::{Ground, Known, Loaded};
use std::ffi::OsString;
use std::path::PathBuf;

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
    say(said!(
        "二、生成日志和见证方的密钥（演示用，没有口令），日志从此开始",
        "2. Keys of the log and of a witness (for the demo without passphrases); the log begins"
    ));
    begin_log(console, &dir)?;
    say(said!("三、读入名录（示例里故意混有坏行）", "3. Import (the example has bad rows on purpose)"));
    step(console, &["-C", &dir, "import"])?;
    say(said!("四、承诺之前预览", "4. Preview before committing"));
    step(console, &["-C", &dir, "check", "--month", MONTH])?;
    say(said!(
        "五、监督方生成秘密随机数，交出承诺",
        "5. The witness makes a secret nonce and hands in its commitment"
    ));
    step(console, &["nonce", "--draw", &draw, "--party", "discipline", "--out", &format!("{dir}/witness")])?;
    say(said!("六、承诺", "6. Commitment"));
    step(console, &["-C", &dir, "commit", "--month", MONTH, "--commitment", &format!("{stem}.commitment")])?;
    let commit = Commit::read(&read(format!("{public}/{}", record::COMMIT).as_ref())?);
    let commitment = commit.map(|commit| commit.id().to_string()).unwrap_or_default();
    say(said!(
        "七、见证方核对日志，为承诺作证；不够见证，程序不让抽取",
        "7. The witness looks at the log and vouches for the commitment; without it nothing can be drawn"
    ));
    witness(console, &dir)?;
    say(said!(
        "八、当众掷骰（演示用随机数代替），两人分别录入，抽取并配对",
        "8. Dice (here: random digits), typed by two people; the draw"
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
    after_the_draw(console, &dir, (&stem, &public), &commitment)
}

/// What follows a draw: checks, a question, somebody who cannot go, the visit.
fn after_the_draw(
    console: &Console,
    dir: &str,
    (stem, public): (&str, &str),
    commitment: &str,
) -> Outcome<u8> {
    let say = |said: Said| console.heading(said);
    say(said!("九、任何人核验", "9. Anybody verifies"));
    let code = step(console, &["verify", public, "--commitment", commitment])?;
    say(said!("十、一家单位问：为什么抽中我", "10. A unit asks: why me?"));
    let (unit, member) = drawn_unit(public)?;
    step(console, &["explain", &unit, public])?;
    say(said!(
        "十一、有人不能去：先公布申请，监督方再放出链节，由此定出接替人",
        "11. Somebody cannot go: a published request, then the witness's link, and with it the stand-in"
    ));
    step(console, &["-C", dir, "replace", &unit, "--absent", &member, "--reason", "absent"])?;
    step(
        console,
        &["link", public, "--chain", &format!("{stem}.chain"), "--out", &format!("{dir}/{WITNESS}")],
    )?;
    step(console, &["-C", dir, "replace", "--link", &format!("{stem}-001.link")])?;
    say(said!("十二、见证方再看一次日志", "12. The witness looks at the log again"));
    witness(console, dir)?;
    let again = step(&Console { quiet: true, ..*console }, &["verify", public])?;
    step(console, &["-C", dir, "status"])?;
    say(said!(
        "十三、上门检查：告知单交给单位，单位当场核实，不需联网",
        "13. The visit: the unit has its slip, and checks it at the door without a network"
    ));
    let door = at_the_door(console, dir, &unit)?;
    Ok(code.max(again).max(door))
}

/// The office prints the slip of a unit; the unit checks it, with the cards it is shown.
fn at_the_door(console: &Console, dir: &str, unit: &str) -> Outcome<u8> {
    let (on, slips) = (format!("{MONTH}-08"), format!("{dir}/slips"));
    step(console, &["-C", dir, "slip", unit, "--on", &on, "--out", &slips])?;
    let file = format!("{slips}/slip-{}.txt", unit.replace('/', "+"));
    let text = read_text(file.as_ref())?;
    let cards = Slip::read(text.as_bytes()).map(|slip| slip.members).unwrap_or_default();
    let policy = format!("{dir}/public/log/{}", crate::log::LOG_POLICY);
    let mut words = vec!["verify-slip", &file, "--unit", unit, "--on", &on, "--log-policy", &policy];
    words.extend(cards.iter().flat_map(|member| ["--certificate", member.card.certificate.as_str()]));
    step(console, &words)
}

/// Where the witness of the demo keeps its things; in life, on its own machine.
const WITNESS: &str = "witness";

/// Makes both keys, settles that there is a log, and begins it.
fn begin_log(console: &Console, dir: &str) -> Outcome<()> {
    let (log, key) = (format!("{dir}/keys/log.key"), format!("{dir}/{WITNESS}/discipline.key"));
    step(console, &["key", "new", "--name", "example.invalid/yaohao", "--out", &log, "--no-passphrase"])?;
    let name = "example.invalid/discipline";
    step(console, &["key", "new", "--name", name, "--witness", "--out", &key, "--no-passphrase"])?;
    let handed_in = read(format!("{key}.pub").as_ref())?;
    write_new(format!("{dir}/keys/discipline.pub").as_ref(), &handed_in, Audience::Public)?;
    // What a clerk does with an editor: the lines about the log count.
    let settings = PathBuf::from(format!("{dir}/office.toml"));
    let text = read_text(&settings)?;
    let uncommented = ["[log]", "key = ", "witnesses = ", "quorum = "]
        .iter()
        .fold(text, |text, line| text.replace(&format!("\n# {line}"), &format!("\n{line}")));
    replace(&settings, uncommented.as_bytes(), Audience::Office)?;
    step(console, &["-C", dir, "publish"])?;
    Ok(())
}

/// The witness looks at the public folder and signs, and the office enters that.
fn witness(console: &Console, dir: &str) -> Outcome<()> {
    let (own, public) = (format!("{dir}/{WITNESS}"), format!("{dir}/public"));
    let (key, state) = (format!("{own}/discipline.key"), format!("{own}/log.state"));
    step(console, &["witness", &public, "--key", &key, "--state", &state, "--out", &own])?;
    let checkpoint = read_text(format!("{public}/log/{}", crate::log::CHECKPOINT).as_ref())?;
    let size = checkpoint.lines().nth(1).unwrap_or_default();
    let handed_in = format!("{own}/example.invalid-discipline-{size}.cosigned");
    step(console, &["-C", dir, "publish", "--cosignature", &handed_in])?;
    Ok(())
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

/// A drawn unit and one of its team, for whom somebody can stand in.
fn drawn_unit(public: &str) -> Outcome<(String, String)> {
    let (files, known) = (folder_of(public.as_ref())?, Known::default());
    let loaded = Loaded::new(&files, &known);
    let ground = Ground::of(&loaded).map_err(|stop| unsound(&stop))?;
    let replay = ground.replay(&loaded).map_err(|stop| unsound(&stop))?;
    let teams = &loaded.teams().map_err(|stop| unsound(&stop))?.lines;
    let members = || teams.iter().flat_map(|line| line.members.iter().map(|(_, name)| (&line.unit, name)));
    let replaceable = members().find(|(unit, name)| replay.vacancy(unit, name).is_ok());
    let chosen = replaceable.or_else(|| members().next());
    Ok(chosen.map(|(unit, name)| (unit.clone(), name.clone())).unwrap_or_default())
}
