//! The documents between a commitment and its seed, as they are written.

use super::inputs::{Typed, revealed};
use super::{due, now_after, pulses};
use crate::cli::args::SeedArgs;
use crate::cli::console::Console;
use crate::clock;
use crate::digest::Digest;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Beacons, Demand, Link, Reveal, id_of};
use crate::said;
use crate::seed::{self, Beacon, Ingredients, Nonce, Seed};
use crate::store::{DrawFolder, Office, Secrets, Stage};
use crate::text::TextError;
use crate::time::Moment;
use serde_json::json;
use std::path::PathBuf;

/// The documents of a draw as they grow.
pub struct Ceremony<'a> {
    pub folder: &'a DrawFolder,
    pub demand: Demand<'a>,
    /// What people type before `draw` and `void`.
    command: &'static str,
    pub secrets: Secrets,
    /// Hash and time of the last document.
    pub last: (Digest, Moment),
    pub outcomes: Vec<seed::Outcome>,
    pub nonces: Vec<(String, Nonce)>,
}

impl<'a> Ceremony<'a> {
    pub fn new(folder: &'a DrawFolder, demand: Demand<'a>, secrets: Secrets, command: &'static str) -> Self {
        let last = (demand.commit, demand.committed);
        Ceremony { folder, demand, command, secrets, last, outcomes: Vec::new(), nonces: Vec::new() }
    }

    /// The next link of the chain, now.
    pub fn link(&self) -> Outcome<Link> {
        let (after, before) = self.last;
        Ok(Link { draw: self.demand.draw.clone(), after, at: now_after(before)? })
    }

    fn written(&mut self, text: &str, link: &Link) {
        self.last = (id_of(self.demand.suite, text), link.at);
    }

    /// The bytes of a document that an earlier run has written.
    fn existing(&self, file: &str) -> Outcome<Option<Vec<u8>>> {
        Ok(self.folder.files()?.0.remove(file))
    }

    fn beacons(&self, external: bool) -> Vec<&'a Beacon> {
        self.demand.beacons.iter().filter(|beacon| beacon.is_external() == external).collect()
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
                    due::ceremony(&self.demand, self.command)?;
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

    fn reveal(&mut self, brought: &[PathBuf]) -> Outcome<()> {
        let document = match self.existing(record::REVEAL)? {
            Some(bytes) => Reveal::read(&bytes).map_err(|error| damaged(record::REVEAL, &error))?,
            None => {
                let nonces = revealed(&self.demand, &self.secrets.nonce, brought)?;
                let document = Reveal { link: self.link()?, nonces };
                due::reveal(&self.demand, self.demand.has_ceremony(), document.link.at, self.command)?;
                self.folder.add(record::REVEAL, &document.text())?;
                document
            }
        };
        self.written(&document.text(), &document.link);
        self.nonces = document.nonces;
        Ok(())
    }

    /// Writes one document after the other, as far as what is given allows; whether the seed can
    /// be made of them. `begun` says whether dice or balls are on record.
    pub fn gather(
        &mut self,
        office: &Office,
        args: &SeedArgs,
        begun: bool,
        console: &Console,
    ) -> Outcome<bool> {
        let (demand, command) = (self.demand, self.command);
        let mut typed =
            Typed { operator: &args.result, witness: &args.witness_result, pulses: &[], lang: console.lang };
        let was_revealed = self.is_revealed()?;
        if !was_revealed {
            due::reveal(&demand, begun, clock::now(), command)?;
        }
        if demand.has_external_beacon() && !was_revealed && !demand.has_ceremony() && pulses::is_given(args) {
            return Err(too_early(command));
        }
        self.room(&typed)?;
        self.reveal(&args.nonce)?;
        if demand.has_external_beacon() && !was_revealed {
            revealed_only(&demand, command, console);
            return Ok(false);
        }
        let beacons = self.beacons(true);
        let pulses = match self.existing(record::BEACON)? {
            Some(_) => Vec::new(),
            None => {
                due::events(&beacons, clock::now(), command)?;
                pulses::brought(office, args, &beacons)?
            }
        };
        typed.pulses = &pulses;
        self.outside(&typed)?;
        Ok(true)
    }

    /// Goes behind the last document that there is.
    pub fn catch_up(&mut self) -> Outcome<()> {
        for file in [record::CEREMONY, record::REVEAL, record::BEACON] {
            if let Some(bytes) = self.existing(file)? {
                let link = Link::of(&bytes).ok_or_else(|| {
                    let error = TextError { line: 0, rule: "not a document".into() };
                    damaged(file, &error)
                })?;
                self.last = (self.demand.suite.digest(&[&bytes]), link.at);
            }
        }
        Ok(())
    }

    /// The nonces of all parties, the office's own among them even if it stays sealed.
    fn all_nonces(&self) -> Vec<(String, Nonce)> {
        let own = || self.secrets.nonce.clone();
        let opened = |party: &String| {
            let found = self.nonces.iter().find(|(name, _)| name == party);
            found.map_or_else(own, |(_, nonce)| nonce.clone())
        };
        self.demand.parties.iter().map(|(party, _)| (party.clone(), opened(party))).collect()
    }

    /// The seed, once everything is there.
    pub fn seed(&mut self) -> Seed {
        let beacons = self.demand.beacons;
        self.outcomes.sort_by_key(|outcome| beacons.iter().position(|b| *b == outcome.beacon));
        let (suite, commit) = (self.demand.suite, self.demand.commit);
        Ingredients { suite, commit, outcomes: &self.outcomes, nonces: &self.all_nonces() }.seed()
    }
}
pub fn damaged(file: &str, error: &TextError) -> Problem {
    let Said { zh, en } = error.said();
    Problem::new(
        Kind::Unreadable,
        said!("已公布的 {file} 读不懂：{zh}", "the published {file} cannot be read: {en}"),
        said!("从备份恢复公开文件夹", "restore the public folder from a backup"),
    )
}

/// The nonces are out; the events outside the room are still to come.
fn revealed_only(demand: &Demand<'_>, command: &str, console: &Console) {
    let draw = demand.draw;
    let last = demand.external_moments().max().map(Moment::by_clocks_of_china).unwrap_or_default();
    console.say(said!(
        "{draw} 的随机数已公开。等承诺指定的事件发生后（北京时间 {last}），再运行 {command} draw 录入结果。",
        "The nonces of {draw} are published. After the committed event ({last}, UTC+8) run {command} draw again with its result."
    ));
    console.data(|| json!({ "draw": draw.to_string(), "stage": Stage::Revealed.key() }));
}

fn too_early(command: &str) -> Problem {
    Problem::new(
        Kind::Ceremony,
        said!(
            "彩票号码和脉冲要在随机数公开之后才能录入",
            "lottery numbers and pulses can only be given after the nonces are published"
        ),
        said!(
            "先不带 --result 运行一次 {command} draw 公开随机数，等承诺指定的事件发生",
            "run {command} draw without --result first to publish the nonces, and wait for the committed event"
        ),
    )
}
