//! `yaohao roll commit` and `yaohao roll publish`.

use super::args::{RollCommitArgs, RollPublishArgs};
use super::last;
use super::maker::Maker;
use super::pass::{Into, pass};
use super::refused::told;
use crate::cli::console::Console;
use crate::cli::import::gazetteer;
use crate::cli::interrupt;
use crate::cli::steps::{SOFTWARE, announce_events, damaged, events, parties};
use crate::clock;
use crate::digest::{Digest, Suite};
use crate::eligibility::{History, Question, Window};
use crate::ids::DrawId;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Sealed, Void, id_of, items_text};
use crate::register::Register;
use crate::roll::{Enroller, Labels, RollCommit, RollRecord, RollStratum};
use crate::said;
use crate::sampling::allocate;
use crate::seed::Nonce;
use crate::store::{
    Audience, Office, RollFolder, Secrets, Source, State, check_items, folder_of, month_window, policy_of,
    read, read_text, replace, rolls, unreadable,
};
use crate::text::Read;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Drawn units and reserves at most: they are kept in memory.
const LISTED: u64 = 4_000_000;

/// Everything a pass needs, from the office and the register file.
struct Ground {
    policy: Policy,
    policy_text: String,
    register: Register,
    source: Source,
    window: Window,
    shown: String,
}

impl Ground {
    fn new(office: &Office, register: &Path, policy: (Policy, String), window: Window) -> Outcome<Ground> {
        let items = office.table()?;
        let source = Source::open(register, office.settings.units.heading_row)?;
        let shown = register.display().to_string();
        let register = Register { units: Vec::new(), inspectors: Vec::new(), items, recusals: Vec::new() };
        check_items(&policy.0, &register)?;
        Ok(Ground { policy: policy.0, policy_text: policy.1, register, source, window, shown })
    }

    /// What tells this commitment from another that was not finished.
    fn subject(&self, tiles: bool) -> Outcome<Digest> {
        let (window, mark) = (format!("{} {}", self.window.first, self.window.last), self.source.mark()?);
        let items = items_text(&self.policy, &self.register.items);
        let (policy, tiles) = (self.policy_text.as_bytes(), [u8::from(tiles)]);
        Ok(Digest::of(&[&mark.0, policy, items.as_bytes(), window.as_bytes(), &tiles]))
    }
}

pub fn run(office: &Office, args: &RollCommitArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let window = month_window(&args.month.month)?;
    let policy = policy_of(office, args.month.policy.as_deref())?;
    let ground = Ground::new(office, &args.register, policy, window)?;
    let (folder, previous) = next(office, &ground.policy)?;
    let now = clock::now();
    // What can be wrong is said before the register is read, not after.
    events(&ground.policy, (&args.sources.issue, &args.sources.at), now)?;
    let secrets = secrets(&folder, args.restart)?;
    let parties = parties(&ground.policy, &folder.id, &args.sources.commitment, (&secrets, None))?.0;
    let unfinished = folder.public.with_file_name(format!(".{}.part", folder.id.folder()));
    let tiles = (!args.no_tiles).then_some(unfinished.as_path());
    let into = Into { folder: &folder, tiles, keeps: true };
    let start = |standings| ground.state(into, &unfinished, standings, console);
    interrupt::heed();
    let read = ground.read(office, &secrets, into, start, console).and_then(|(state, labels)| {
        let (pools, excluded) = labels.counted(&state.counts);
        let strata = strata(&ground.policy, &pools, u64::from(args.reserves))?;
        Ok((state, strata, excluded))
    });
    // What is refused leaves nothing behind; what was stopped, also by a full disk, goes on another time.
    if let Err(problem) = &read
        && matches!(problem.kind, Kind::Register | Kind::Obstacle)
    {
        forget(&folder)?;
        [&unfinished, &folder.runs(), &folder.pool()].into_iter().try_for_each(|path| remove(path))?;
    }
    let (state, strata, excluded) = read?;
    let items = items_text(&ground.policy, &ground.register.items);
    let (policy, now) = (&ground.policy, clock::now());
    let commit = RollCommit {
        draw: folder.id.clone(),
        previous,
        suite: policy.suite,
        software: SOFTWARE.to_owned(),
        committed: now,
        window,
        close_by: now.plus_days(policy.close_within_days),
        margin: policy.margin_minutes,
        policy: policy.suite.digest(&[ground.policy_text.as_bytes()]),
        items: id_of(policy.suite, &items),
        units: Sealed { root: state.tree.root(), count: state.tree.size() },
        quotas: RollCommit::quotas_of(policy),
        strata,
        excluded,
        beacons: events(policy, (&args.sources.issue, &args.sources.at), now)?,
        parties,
    };
    let files = [
        (record::POLICY, ground.policy_text.as_str()),
        (record::ITEMS, items.as_str()),
        (record::COMMIT, &commit.text()),
    ];
    for (file, text) in files {
        replace(&unfinished.join(file), text.as_bytes(), Audience::Public)?;
    }
    std::fs::rename(&unfinished, &folder.public).map_err(|error| unreadable(&unfinished, &error))?;
    forget(&folder)?;
    announce(&folder, &commit, args.no_tiles, console);
    Ok(())
}

impl Ground {
    /// One pass over the register, from the state that `start` gives; and the labels of its counts.
    fn read(
        &self,
        office: &Office,
        secrets: &Secrets,
        into: Into<'_>,
        start: impl FnOnce(usize) -> Outcome<State>,
        console: &Console,
    ) -> Outcome<(State, Labels)> {
        let (gazetteer, history, policy) = (gazetteer(&self.policy), History::default(), &self.policy);
        let question = Question { policy, register: &self.register, history: &history, window: self.window };
        let table = (self.shown.as_str(), self.source.headings(), &office.settings.units);
        let salts = secrets.salt_key(policy.suite);
        let enroller = Enroller::new(table, question, &gazetteer, (&into.folder.id, salts))
            .map_err(|problem| problem.at(self.shown.clone()))?;
        let labels = enroller.labels();
        let mut maker = Maker {
            source: &self.source,
            columns: enroller.columns(),
            enroller: &enroller,
            suite: policy.suite,
            labels: &labels,
            keeps_lines: into.tiles.is_some(),
            sorts: false,
        };
        let (state, noticed) = pass(&mut maker, start(labels.standings())?, into, console)?;
        told(office, noticed, console)?;
        Ok((state, labels))
    }

    /// The state that an earlier run has kept, if it was for this commitment; else the first.
    fn state(
        &self,
        into: Into<'_>,
        unfinished: &Path,
        standings: usize,
        console: &Console,
    ) -> Outcome<State> {
        let (subject, suite) = (self.subject(into.tiles.is_some())?, self.policy.suite);
        let is_ours = |state: &State| state.subject == subject && state.counts.len() == standings;
        if let Some(state) = kept(into.folder, suite, console)?.filter(is_ours) {
            let (done, parts) = (state.parts, self.source.parts());
            console.warn(said!(
                "接着做：{parts} 段中已完成 {done} 段",
                "going on: {done} of {parts} parts are done"
            ));
            return Ok(state);
        }
        remove(unfinished)?;
        remove(&into.folder.runs())?;
        Ok(State::new(suite, subject, standings))
    }
}

/// Quota and reserves of every stratum with units in its pool.
fn strata(policy: &Policy, pools: &[(&str, u64)], reserves: u64) -> Outcome<Vec<RollStratum>> {
    if pools.is_empty() {
        return Err(Problem::new(
            Kind::Obstacle,
            said!("抽取池里一家也没有，什么都没有公布", "there is nobody in the pool; nothing was published"),
            said!(
                "核对名册是不是空的，镇街、经营状态等列有没有对应上（office.toml 的 [units.columns]），以及方案的分层",
                "see whether the register is empty, whether columns such as town and status are mapped ([units.columns] of office.toml), and the strata of the policy"
            ),
        ));
    }
    let mut strata: Vec<RollStratum> = pools
        .iter()
        .map(|(label, pool)| RollStratum { label: (*label).to_owned(), pool: *pool, quota: 0, reserves: 0 })
        .collect();
    for rule in &policy.strata {
        let mut members: Vec<&mut RollStratum> = strata.iter_mut().filter(|s| s.rule() == rule.id).collect();
        let pools: Vec<u64> = members.iter().map(|stratum| stratum.pool).collect();
        for (stratum, quota) in members.iter_mut().zip(allocate(&rule.quota, &pools)) {
            stratum.quota = quota;
            stratum.reserves = reserves.min(stratum.pool - quota);
        }
    }
    let listed: u64 = strata.iter().map(|stratum| stratum.quota + stratum.reserves).sum();
    if listed <= LISTED {
        return Ok(strata);
    }
    Err(Problem::new(
        Kind::Obstacle,
        said!(
            "要抽 {listed} 家（含候补），一次最多 {LISTED} 家",
            "{listed} units are to be listed, reserves included; at most {LISTED} can be"
        ),
        said!("减少抽取数量或候补，或按地区分几次抽", "draw fewer, or draw by region in several draws"),
    ))
}

/// The folder of the next roll, and the hash of the record of the one before.
fn next(office: &Office, policy: &Policy) -> Outcome<(RollFolder, Option<Digest>)> {
    let key = format!("{}{}", policy.office, RollCommit::OFFICE);
    let year = u16::try_from(clock::now().date_in_china().year()).expect("a year of today's clock");
    let Some(last) = rolls(office, &key)?.pop() else {
        return Ok((RollFolder::of(office, DrawId { office: key, year, sequence: 1 }), None));
    };
    let files = folder_of(&last.public)?;
    let id = &last.id;
    let Some(bytes) = files.get(record::RECORD).or_else(|| files.get(record::VOID)) else {
        return Err(Problem::new(
            Kind::State,
            said!("上一次大名册抽取 {id} 还没有结束", "the roll {id} is still open"),
            said!(
                "先用 yaohao roll draw 完成它，或用 yaohao roll void 作废",
                "finish it with yaohao roll draw, or give it up with yaohao roll void"
            ),
        ));
    };
    let closed = RollRecord::read(bytes).map(drop).or_else(|_| Void::read(bytes).map(drop));
    closed.map_err(|error| damaged(record::RECORD, &error))?;
    let sequence = if id.year == year { id.sequence + 1 } else { 1 };
    let previous = policy.suite.digest(&[bytes]);
    Ok((RollFolder::of(office, DrawId { office: key, year, sequence }), Some(previous)))
}

/// The secrets of an unfinished commitment, else fresh ones.
fn secrets(folder: &RollFolder, restart: bool) -> Outcome<Secrets> {
    if restart {
        remove(&folder.private)?;
    }
    let draw = folder.draw();
    if let Ok(secrets) = Secrets::load(&draw) {
        return Ok(secrets);
    }
    let secrets = Secrets { salts: clock::entropy(), nonce: Nonce::new(clock::entropy()) };
    secrets.keep(&draw)?;
    Ok(secrets)
}

/// The state that an earlier run has kept, if it can be read.
fn kept(folder: &RollFolder, suite: Suite, console: &Console) -> Outcome<Option<State>> {
    if !folder.state().exists() {
        return Ok(None);
    }
    let state: Read<State> = State::read(suite, &read(&folder.state())?);
    if state.is_err() {
        console.warn(said!(
            "没有做完的承诺读不懂，从头开始",
            "the unfinished commitment cannot be read; beginning anew"
        ));
    }
    Ok(state.ok())
}

/// Nothing of an unfinished commitment is needed any more.
fn forget(folder: &RollFolder) -> Outcome<()> {
    [folder.state(), folder.unfinished_bundles()].iter().try_for_each(|path| remove(path))
}

fn remove(path: &Path) -> Outcome<()> {
    let removed = match path {
        path if path.is_dir() => std::fs::remove_dir_all(path),
        path if path.exists() => std::fs::remove_file(path),
        _ => Ok(()),
    };
    removed.map_err(|error| unreadable(path, &error))
}

fn announce(folder: &RollFolder, commit: &RollCommit, no_tiles: bool, console: &Console) {
    let (id, draw, shown) = (commit.id(), &commit.draw, folder.public.display());
    let (count, strata) = (commit.units.count, commit.strata.len());
    let pool: u64 = commit.strata.iter().map(|stratum| stratum.pool).sum();
    let drawn: u64 = commit.strata.iter().map(|stratum| stratum.quota).sum();
    let reserves = commit.listed() - drawn;
    console.say(said!(
        "{draw} 已承诺：名册 {count} 家，抽取池 {pool} 家（{strata} 层），将抽 {drawn} 家，候补 {reserves} 家；公开文件在 {shown}",
        "{draw} is committed: {count} units, {pool} of them in {strata} strata, {drawn} to draw, {reserves} in reserve; the public files are in {shown}"
    ));
    let due = commit.close_by.by_clocks_of_china();
    console.say(said!("承诺值：{id}", "Commitment: {id}"));
    console.say(said!(
        "现在就把这个值公布出去；抽取须在北京时间 {due} 之前完成。",
        "Publish this value now; the draw is due by {due} (UTC+8)."
    ));
    if no_tiles {
        console.say(said!(
            "名册的公开文件还没有写：没有它们，公众只能核对承诺，不能核对名册。用 yaohao roll publish 补写。",
            "The lines of the roll are not published yet, and nobody can check them without; write them with yaohao roll publish."
        ));
    }
    announce_events(&commit.beacons, console);
    console.data(|| {
        json!({
            "draw": draw.to_string(), "commitment": id.to_string(), "units": count, "pool": pool, "strata": strata,
            "to_draw": drawn, "reserves": reserves, "close_by": commit.close_by.to_string(), "folder": shown.to_string(),
        })
    });
}

/// Writes the public files of a roll that was committed without them.
pub fn publish(office: &Office, args: &RollPublishArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let folder = last(office)?;
    let commit = super::draw::committed(&folder)?;
    let secrets = Secrets::load(&folder.draw())?;
    let path = folder.public.join(record::POLICY);
    let text = read_text(&path)?;
    let policy = Policy::read(&path.display().to_string(), &text)?;
    let ground = Ground::new(office, &args.register, (policy, text), commit.window)?;
    let part: PathBuf = folder.public.join(".tile.part");
    remove(&part)?;
    let into = Into { folder: &folder, tiles: Some(&part), keeps: false };
    let start = |standings| Ok(State::new(commit.suite, ground.subject(true)?, standings));
    let (state, _) = ground.read(office, &secrets, into, start, console)?;
    let found = Sealed { root: state.tree.root(), count: state.tree.size() };
    if found != commit.units {
        remove(&part)?;
        return Err(Problem::new(
            Kind::State,
            said!(
                "这份名册不是承诺时的那一份：树根是 {}，承诺的是 {}",
                "this is not the register that was committed: its root is {}, committed was {}",
                found,
                commit.units
            ),
            said!(
                "找出承诺时的那份名册；什么都没有公布",
                "find the register of the commitment; nothing was published"
            ),
        )
        .at(ground.shown));
    }
    let (tile, place) = (part.join("tile"), folder.public.join("tile"));
    remove(&place)?;
    std::fs::rename(&tile, &place).map_err(|error| unreadable(&tile, &error))?;
    remove(&part)?;
    let shown = place.display();
    console.say(said!(
        "名册已公布在 {shown}，与承诺一致",
        "The roll is published in {shown}, as it was committed"
    ));
    console.data(|| json!({ "draw": commit.draw.to_string(), "folder": shown.to_string() }));
    Ok(())
}
