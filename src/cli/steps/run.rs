//! `yaohao draw`: brings the draw as far as its inputs allow. Each document is
//! written before the next one is begun, so that a run cut short is taken up
//! where it stopped.

use super::inputs::{Typed, revealed};
use super::{current, due, finish, now_after, pulses};
use crate::cli::args::DrawArgs;
use crate::cli::console::Console;
use crate::cli::publish;
use crate::clock;
use crate::digest::Digest;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Beacons, Commit, Link, Reveal, id_of};
use crate::said;
use crate::seed::{self, Beacon, Nonce};
use crate::store::{DrawFolder, Office, Secrets, Stage};
use crate::text::TextError;
use crate::time::Moment;
use serde_json::json;

pub fn draw(office: &Office, args: &DrawArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let (folder, stage) = current(office)?;
    if stage.is_closed() {
        return Err(closed(&folder, stage));
    }
    if stage == Stage::Voiding {
        return Err(voiding(&folder));
    }
    let commit = folder.commit()?;
    // A record that is written was in time, or not, by its own words.
    let recorded = folder.files()?.get(record::RECORD).is_some();
    if clock::now() > commit.close_by && !recorded {
        return Err(overdue(&commit));
    }
    if stage == Stage::Committed {
        publish::witnessed(office, &folder, &commit)?;
    }
    let mut typed =
        Typed { operator: &args.result, witness: &args.witness_result, pulses: &[], lang: console.lang };
    let mut ceremony = Ceremony::new(&folder, &commit, Secrets::load(&folder)?);
    let was_revealed = ceremony.is_revealed()?;
    if !was_revealed {
        due::reveal(&commit, stage != Stage::Committed, clock::now())?;
    }
    if commit.has_external_beacon() && !was_revealed && !commit.has_ceremony() && pulses::is_given(args) {
        return Err(too_early());
    }
    ceremony.room(&typed)?;
    ceremony.reveal(args)?;
    if commit.has_external_beacon() && !was_revealed {
        revealed_only(&commit, console);
        return Ok(());
    }
    let beacons = ceremony.beacons(true);
    let pulses = match ceremony.existing(record::BEACON)? {
        Some(_) => Vec::new(),
        None => {
            due::events(&beacons, clock::now())?;
            pulses::brought(office, args, &beacons)?
        }
    };
    typed.pulses = &pulses;
    ceremony.outside(&typed)?;
    finish::finish(ceremony, console)
}

/// The nonces are out; the events outside the room are still to come.
fn revealed_only(commit: &Commit, console: &Console) {
    let draw = &commit.draw;
    let last = commit.external_moments().max().map(Moment::by_clocks_of_china).unwrap_or_default();
    console.say(said!(
        "{draw} 的随机数已公开。等承诺指定的事件发生后（北京时间 {last}），再运行 yaohao draw 录入结果。",
        "The nonces of {draw} are published. After the committed event ({last}, UTC+8) run yaohao draw again with its result."
    ));
    console.data(|| json!({ "draw": draw.to_string(), "stage": Stage::Revealed.key() }));
}

/// The documents of a draw as they grow.
pub(super) struct Ceremony<'a> {
    pub folder: &'a DrawFolder,
    pub commit: &'a Commit,
    pub secrets: Secrets,
    /// Hash and time of the last document.
    pub last: (Digest, Moment),
    pub outcomes: Vec<seed::Outcome>,
    pub nonces: Vec<(String, Nonce)>,
}

impl<'a> Ceremony<'a> {
    fn new(folder: &'a DrawFolder, commit: &'a Commit, secrets: Secrets) -> Self {
        let last = (commit.id(), commit.committed);
        Ceremony { folder, commit, secrets, last, outcomes: Vec::new(), nonces: Vec::new() }
    }

    /// The next link of the chain, now.
    pub fn link(&self) -> Outcome<Link> {
        let (after, before) = self.last;
        Ok(Link { draw: self.commit.draw.clone(), after, at: now_after(before)? })
    }

    fn written(&mut self, text: &str, link: &Link) {
        self.last = (id_of(self.commit.suite, text), link.at);
    }

    /// The bytes of a document that an earlier run has written.
    fn existing(&self, file: &str) -> Outcome<Option<Vec<u8>>> {
        Ok(self.folder.files()?.0.remove(file))
    }

    fn beacons(&self, external: bool) -> Vec<&'a Beacon> {
        self.commit.beacons.iter().filter(|beacon| beacon.is_external() == external).collect()
    }

    /// Dice and balls.
    fn room(&mut self, typed: &Typed<'_>) -> Outcome<()> {
        self.events(typed, false, record::CEREMONY)
    }

    /// Lotteries and pulses.
    fn outside(&mut self, typed: &Typed<'_>) -> Outcome<()> {
        self.events(typed, true, record::BEACON)
    }

    fn events(&mut self, typed: &Typed<'_>, external: bool, file: &str) -> Outcome<()> {
        let beacons = self.beacons(external);
        if beacons.is_empty() {
            return Ok(());
        }
        let document = match self.existing(file)? {
            Some(bytes) => Beacons::read(&bytes, external).map_err(|error| damaged(file, &error))?,
            None => {
                if !external {
                    due::ceremony(self.commit)?;
                }
                let outcomes = typed.outcomes(&beacons)?;
                let document = Beacons { link: self.link()?, outcomes };
                self.folder.add(file, &document.text(external))?;
                document
            }
        };
        self.written(&document.text(external), &document.link);
        self.outcomes.extend(document.outcomes);
        Ok(())
    }

    fn is_revealed(&self) -> Outcome<bool> {
        Ok(self.existing(record::REVEAL)?.is_some())
    }

    fn reveal(&mut self, args: &DrawArgs) -> Outcome<()> {
        let document = match self.existing(record::REVEAL)? {
            Some(bytes) => Reveal::read(&bytes).map_err(|error| damaged(record::REVEAL, &error))?,
            None => {
                let nonces = revealed(self.commit, &self.secrets.nonce, &args.nonce)?;
                let document = Reveal { link: self.link()?, nonces };
                due::reveal(self.commit, self.commit.has_ceremony(), document.link.at)?;
                self.folder.add(record::REVEAL, &document.text())?;
                document
            }
        };
        self.written(&document.text(), &document.link);
        self.nonces = document.nonces;
        Ok(())
    }
}

fn closed(folder: &DrawFolder, stage: Stage) -> Problem {
    let (draw, zh, key) = (&folder.id, stage.zh(), stage.key());
    Problem::new(
        Kind::State,
        said!("{draw} 已经结束（{zh}），不能再抽", "{draw} is closed ({key}) and cannot be drawn again"),
        said!("要再抽，须重新承诺：yaohao commit", "another draw needs another commitment: yaohao commit"),
    )
}

fn voiding(folder: &DrawFolder) -> Problem {
    let draw = &folder.id;
    Problem::new(
        Kind::State,
        said!("{draw} 正在作废，不能再抽", "{draw} is being voided and cannot be drawn"),
        said!("再运行一次 yaohao void 写完", "run yaohao void once more"),
    )
}

fn overdue(commit: &Commit) -> Problem {
    let (draw, due) = (&commit.draw, commit.close_by.by_clocks_of_china());
    Problem::new(
        Kind::State,
        said!("{draw} 的期限（{due}）已过，不能再抽", "{draw} was due by {due} and can no longer be drawn"),
        said!(
            "用 yaohao void 作废，公众会看到逾期，已抽中的单位带入下一次；然后重新承诺",
            "void it with yaohao void, visibly late and with its drawn units handed on, and commit again"
        ),
    )
}

fn too_early() -> Problem {
    Problem::new(
        Kind::Ceremony,
        said!(
            "彩票号码和脉冲要在随机数公开之后才能录入",
            "lottery numbers and pulses can only be given after the nonces are published"
        ),
        said!(
            "先不带 --result 运行一次 yaohao draw 公开随机数，等承诺指定的事件发生",
            "run yaohao draw without --result first to publish the nonces, and wait for the committed event"
        ),
    )
}

pub(super) fn damaged(file: &str, error: &TextError) -> Problem {
    let Said { zh, en } = error.said();
    Problem::new(
        Kind::Unreadable,
        said!("已公布的 {file} 读不懂：{zh}", "the published {file} cannot be read: {en}"),
        said!("从备份恢复公开文件夹", "restore the public folder from a backup"),
    )
}
