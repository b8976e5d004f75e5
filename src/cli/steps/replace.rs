//! `yaohao replace`: somebody cannot go. First the request is published, then
//! the witness releases a link for it, then the stand-in follows from both:
//! whoever asks does not know the link, whoever holds it does not ask.

use super::{answer, current, now_after, visit};
use crate::cli::args::ReplaceArgs;
use crate::cli::console::Console;
use crate::explain;
use crate::lang::Said;
use crate::pairing::stand_in::Unfilled;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{
    self, Commit, Envelope, Link, Mode, ReplaceFile, ReplaceReason, Request, room_of_change, sums,
};
use crate::said;
use crate::store::{DrawFolder, LinkFile, Office, Secrets, Stage};
use crate::store::{Person, last_document, opened, people, sealed, unsound};
use crate::task::Matter;
use crate::verify::{Folder, Ground, Known, Loaded, Replay};
use serde_json::json;

pub fn replace(office: &Office, args: &ReplaceArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    // A file that must not be in the office is told at once, whatever the draw waits for.
    args.link.iter().filter(|path| path.exists()).try_for_each(|path| LinkFile::load(path).map(drop))?;
    let folder = match &args.draw {
        Some(id) => office.draw(id.clone()),
        None => current(office)?.0,
    };
    let commit = folder.commit()?;
    is_open_to_changes(&folder, &commit)?;
    let late = Late { files: opened(&folder, &commit)?, folder: &folder, commit: &commit };
    let finished = late.finish_lists()?;
    let known = Known::default();
    let loaded = Loaded::new(&late.files, &known);
    let ground = Ground::of(&loaded).map_err(|stop| unsound(&stop))?;
    let replay = ground.replay(&loaded).map_err(|stop| unsound(&stop))?;
    let people = people(&folder, &commit)?;
    let (Some(unit), Some(absent), Some(reason)) = (&args.unit, &args.absent, &args.reason) else {
        // An earlier run was cut short before the list of its answer.
        if let (true, None, Some(change)) = (finished, &replay.waiting, replay.changes.last()) {
            answer::show(&late, change, console);
            let stand_in = people.iter().position(|person| person.public == change.result.stand_in);
            say_day(office, &loaded, &late, (&change.request.unit, stand_in, &people), console);
            return Ok(());
        }
        let (unit, stand_in) = answer::decide(&late, &loaded, &replay, &people, &args.link, console)?;
        say_day(office, &loaded, &late, (&unit, Some(stand_in), &people), console);
        return Ok(());
    };
    let reason = ReplaceReason::from_text(reason).ok_or_else(|| unknown_reason(reason))?;
    let units = loaded.units().map_err(|stop| unsound(&stop))?;
    let asked = (explain::line(units, unit)?.id.clone(), known_person(&people, absent)?, reason);
    let matter = Matter::Drawn { draw: commit.draw.clone(), unit: asked.0.clone() };
    visit::is_to_be_made(office, &matter, console)?;
    ask(&late, &replay, &asked, console)
}

/// A closed draw whose late changes are being made.
pub(super) struct Late<'a> {
    /// The folder as it will be once everything is open.
    pub files: Folder,
    pub folder: &'a DrawFolder,
    pub commit: &'a Commit,
}

impl Late<'_> {
    /// Publishes a text and its list; in a sealed draw only the list, the text
    /// waits for the opening.
    pub fn publish(&self, number: u32, file: ReplaceFile, text: &str) -> Outcome<()> {
        let name = file.name(number);
        match self.commit.mode {
            Mode::Open => self.folder.add(&name, text)?,
            Mode::Sealed => self.folder.keep(&sealed(&name), text.as_bytes())?,
        }
        let request = file == ReplaceFile::Request;
        let [_, list, sealed] = ReplaceFile::DOCUMENTS[usize::from(!request)].map(|file| file.name(number));
        let mut listed = vec![(name.as_str(), text.as_bytes())];
        let shut = self.shut(&sealed, listed[0])?;
        if let Some(bytes) = &shut {
            self.folder.add_bytes(&sealed, bytes)?;
            listed.push((&sealed, bytes));
        }
        self.folder.add(&list, &sums(listed))
    }

    /// The text as the custodians can open it, if the office's nonce is in escrow.
    fn shut(&self, sealed: &str, text: (&str, &[u8])) -> Outcome<Option<Vec<u8>>> {
        if self.commit.escrow.is_none() {
            return Ok(None);
        }
        let nonce = Secrets::load(self.folder)?.nonce;
        let envelope = Envelope::new(self.commit.suite, &self.commit.id(), sealed, &nonce);
        let bytes = envelope.seal(room_of_change(self.commit.chains.len()), &[text]);
        Ok(Some(bytes.expect("the room is above the longest text of a late change")))
    }

    /// Adds the list that an earlier run did not come to write; whether there was one.
    fn finish_lists(&self) -> Outcome<bool> {
        let (asked, decided) = self.folder.replacements()?;
        let next = [(asked + 1, ReplaceFile::Request), (decided + 1, ReplaceFile::Result)];
        let mut finished = false;
        for (number, file) in next {
            if let Some(bytes) = self.files.get(&file.name(number)) {
                self.publish(number, file, &String::from_utf8_lossy(bytes))?;
                finished = true;
            }
        }
        Ok(finished)
    }

    /// Draw, predecessor and time of the next document.
    pub fn next(&self) -> Outcome<Link> {
        let (after, before) = last_document(&self.files, self.commit.suite)?;
        Ok(Link { draw: self.commit.draw.clone(), after, at: now_after(before)? })
    }

    /// The salt of a text of late change `number`.
    pub fn salt(&self, unit: &str, field: &str, number: u32) -> Outcome<String> {
        let secrets = Secrets::load(self.folder)?;
        Ok(secrets.salt_key(self.commit.suite).of(unit).salt(&format!("{field} {number:03}")))
    }
}

/// Says whether the stand-in has time on the day of the visit.
fn say_day(
    office: &Office,
    loaded: &Loaded<'_>,
    late: &Late<'_>,
    (unit, stand_in, people): (&str, Option<usize>, &[Person]),
    console: &Console,
) {
    let Some(rank) = stand_in else { return };
    let matter = Matter::Drawn { draw: late.commit.draw.clone(), unit: unit.to_owned() };
    let who = (&matter, people[rank].certificate.as_str(), rank);
    visit::say_day(office, loaded, late.commit, who, console);
}

/// Writes the request, or says again what an unanswered one waits for.
fn ask(
    late: &Late<'_>,
    replay: &Replay<'_>,
    (unit, absent, reason): &(String, String, ReplaceReason),
    console: &Console,
) -> Outcome<()> {
    if let Some((number, waiting, _)) = &replay.waiting {
        if (&waiting.unit, &waiting.absent, waiting.reason) != (unit, absent, *reason) {
            return Err(one_at_a_time(*number));
        }
        say_asked(late, *number, waiting, console);
        return Ok(());
    }
    let number = replay.changes.len() as u32 + 1;
    if let Some(chain) = late.commit.chains.iter().find(|chain| chain.length < number) {
        return Err(used_up(chain.length));
    }
    replay.vacancy(unit, absent).map_err(|unfilled| nobody(&unfilled, unit, absent))?;
    let salt = late.salt(unit, "request", number)?;
    let (unit, absent) = (unit.clone(), absent.clone());
    let request = Request { link: late.next()?, unit, absent, reason: *reason, salt };
    late.publish(number, ReplaceFile::Request, &request.text())?;
    say_asked(late, number, &request, console);
    Ok(())
}

fn say_asked(late: &Late<'_>, number: u32, request: &Request, console: &Console) {
    let Request { unit, absent, reason, .. } = request;
    let (zh, key, hash) = (reason.zh(), reason.key(), request.listed());
    let public = late.folder.public.display();
    console.say(said!(
        "第 {number} 次换人申请已公布：{unit} 的 {absent}（{zh}）。申请值：{hash}",
        "Request {number} is published: {absent} at {unit} ({key}). Its value: {hash}"
    ));
    console.say(said!(
        "请监督方看过之后运行 yaohao link {public} --chain 自己的链文件，再把交来的 .link 文件用 yaohao replace --link 录入",
        "The witness looks at it and runs yaohao link {public} --chain FILE; then enter the .link file with yaohao replace --link"
    ));
    console.data(|| {
        json!({
            "draw": late.commit.draw.to_string(), "number": number, "request": hash.to_string(),
            "unit": unit, "absent": absent, "reason": key,
        })
    });
}

/// The public name of the one person that `who` means.
fn known_person(people: &[Person], who: &str) -> Outcome<String> {
    let fits =
        |person: &&Person| [&person.public, &person.certificate, &person.name].contains(&&who.to_owned());
    let found: Vec<&Person> = people.iter().filter(fits).collect();
    match found[..] {
        [person] => Ok(person.public.clone()),
        [] => Err(Problem::new(
            Kind::Usage,
            said!("承诺的名录里没有这个人", "nobody of the committed list fits"),
            said!("写公开代号、执法证号或姓名", "give a public name, a certificate number or a name"),
        )
        .at("--absent")),
        _ => Err(Problem::new(
            Kind::Usage,
            said!("有几个人同名", "several people have this name"),
            said!("写执法证号", "give the certificate number"),
        )
        .at("--absent")),
    }
}

fn is_open_to_changes(folder: &DrawFolder, commit: &Commit) -> Outcome<()> {
    let draw = &commit.draw;
    let refused = |what: Said, remedy: Said| Err(Problem::new(Kind::State, what, remedy));
    let (stage, sealed) = (folder.stage()?, commit.mode == Mode::Sealed);
    match stage {
        Stage::Recorded if sealed => refused(
            said!("{draw} 已全部公开，不能再换人", "{draw} is opened; nobody can be replaced any more"),
            said!("检查期内换人要在 yaohao open 之前", "people are replaced before yaohao open"),
        ),
        Stage::Recorded | Stage::Sealed if commit.chains.is_empty() => refused(
            said!(
                "{draw} 的承诺里没有监督方的链，不能换人",
                "{draw} was committed without a witness's chain"
            ),
            said!(
                "下次请监督方用 yaohao nonce 生成时不要写 --links 0",
                "next time let the witness run yaohao nonce without --links 0"
            ),
        ),
        Stage::Sealed if folder.files()?.get(record::OPEN).is_some() => refused(
            said!("{draw} 正在公开，不能再换人", "{draw} is being opened; nobody can be replaced any more"),
            said!("再运行一次 yaohao open 写完", "run yaohao open once more"),
        ),
        Stage::Recorded | Stage::Sealed => Ok(()),
        _ => refused(
            said!("{draw} 还没有抽取结果，无人可换", "{draw} has no result, nobody is to be replaced"),
            said!(
                "用 --draw 指明是哪一次抽取；各次的状态见 yaohao status",
                "name the draw with --draw; see yaohao status"
            ),
        ),
    }
}

fn unknown_reason(given: &str) -> Problem {
    let known: Vec<&str> = ReplaceReason::ALL.iter().map(|reason| reason.key()).collect();
    let known = known.join(", ");
    let what = said!("不认识的原因“{given}”", "unknown reason \"{given}\"");
    Problem::new(Kind::Usage, what, said!("可用：{known}", "use one of: {known}")).at("--reason")
}

fn one_at_a_time(number: u32) -> Problem {
    Problem::new(
        Kind::State,
        said!("第 {number} 次换人申请还在等链节", "request {number} still awaits its link"),
        said!("先用 yaohao replace --link 完成它", "finish it with yaohao replace --link first"),
    )
}

fn used_up(length: u32) -> Problem {
    Problem::new(
        Kind::State,
        said!("监督方的链只有 {length} 节，已用完", "the witness's chain of {length} links is used up"),
        said!(
            "下次请监督方用 yaohao nonce --links 做长一些",
            "next time let the witness make a longer one: yaohao nonce --links"
        ),
    )
}

/// Nothing was written, and no link was asked for: it can be told beforehand.
fn nobody(unfilled: &Unfilled, unit: &str, absent: &str) -> Problem {
    let usage = |what: Said| {
        let remedy = said!("核对单位和人员：yaohao explain", "check unit and person: yaohao explain");
        Problem::new(Kind::Usage, what, remedy)
    };
    match unfilled {
        Unfilled::NotDrawn => usage(said!("{unit} 没有中签", "{unit} was not drawn")),
        Unfilled::NotInTeam => {
            usage(said!("{absent} 不在 {unit} 的检查组里", "{absent} is not in the team of {unit}"))
        }
        Unfilled::Nobody { docket, busy, gone, full } => Problem::new(
            Kind::Unfilled,
            said!(
                "{unit} 的 {absent} 无人可接替：可选 {docket} 人，其中 {busy} 人在本组，{gone} 人已被换下，{full} 人次数已满",
                "nobody can stand in for {absent} at {unit}: of {docket} eligible people {busy} are in the team, {gone} were replaced before, {full} have no visit left"
            ),
            said!(
                "什么都没有写下，也没有动用链节；这家单位记为未能检查，或另行承诺一次抽取",
                "nothing was written and no link was used; report the unit as not inspected, or commit another draw"
            ),
        ),
    }
}
