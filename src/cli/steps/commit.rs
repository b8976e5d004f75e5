//! `yaohao commit`.

use super::shares::{self, Shares, fresh_nonce};
use super::{events, next_draw};
use crate::cli::args::CommitArgs;
use crate::cli::check::{carried_over, guessable, obstacle, past, verdict};
use crate::cli::console::Console;
use crate::cli::days;
use crate::cli::odds;
use crate::cli::publish;
use crate::clock;
use crate::digest::{Digest, Suite};
use crate::draw::{Committed, Setting, commit as make, forecast, outlook};
use crate::ids::DrawId;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit};
use crate::said;
use crate::seed::{Chain, NonceCommitment, point_commitment};
use crate::store::Case;
use crate::store::{CommitmentFile, DrawFolder, Office, Secrets, Snapshot, Stage, VERIFIER, verifier_files};
use serde_json::json;
use std::path::PathBuf;

/// Name and version that stand in the commitment.
pub const SOFTWARE: &str = concat!("yaohao ", env!("CARGO_PKG_VERSION"));

pub fn commit(office: &Office, args: &CommitArgs, console: &Console) -> Outcome<()> {
    let (_lock, sources) = (office.lock()?, &args.sources);
    let progress = console.progress(4);
    progress.step(said!("判定资格", "judging eligibility"));
    let case = Case::now(office, &args.month.month, args.month.policy.as_deref())?;
    if let Some(folder) = published_already(office, &case, args)? {
        drop(progress);
        announce(&folder, &folder.commit()?, console);
        return Ok(());
    }
    let previous = closed_predecessor(office, &case)?;
    let draw = next_draw(office, &case)?;
    let folder = office.draw(draw.clone());
    let secrets = Secrets { salts: clock::entropy(), nonce: fresh_nonce(&case.policy) };
    let shares = Shares::deal(&case.policy, &secrets.nonce);
    let (parties, chains) = parties(&case.policy, &draw, &sources.commitment, (&secrets, shares.as_ref()))?;
    let now = clock::now();
    let worked = case.working_days(office)?;
    let mut setting = Setting {
        odds: None,
        days: &worked,
        previous,
        software: SOFTWARE,
        committed: now,
        policy: case.policy_text.as_bytes(),
        log: publish::named_policy(office, case.policy.suite)?,
        beacons: events::events(&case.policy, (&sources.issue, &sources.at), now)?,
        parties,
        chains,
        escrow: shares.as_ref().map(|shares| shares.escrow.clone()),
        verifiers: verifiers(office)?,
        draw,
    };
    let plan = case.plan();
    progress.step(said!("检查能否派足人", "checking that every draw can be staffed"));
    let forecast = forecast(&plan);
    let odds = odds::measured(&plan, &forecast, &progress);
    if let Some(problem) = obstacle(&plan, &forecast, odds.as_ref()) {
        return Err(problem);
    }
    let public = odds.as_ref().map(|odds| odds.public(&plan).text());
    setting.odds = public.as_deref();
    progress.step(said!("计算承诺", "computing the commitment"));
    let committed = make(&plan, &setting, &secrets.salt_key(case.policy.suite));
    progress.step(said!("写入", "writing"));
    // What is kept comes first: a commitment whose secrets are lost could never be drawn.
    folder.discard_unpublished()?;
    secrets.keep(&folder)?;
    shares.iter().try_for_each(|shares| shares.keep(&folder))?;
    Snapshot::keep(&folder, &case.register, &case.history)?;
    publish(&folder, &case, &committed)?;
    drop(progress);
    odds.as_ref().and_then(odds::summary).into_iter().for_each(|said| console.say(said));
    verdict(&plan, &forecast).into_iter().for_each(|said| console.say(said));
    outlook(&plan, &worked)
        .and_then(|ahead| days::tight(&plan, &ahead))
        .into_iter()
        .for_each(|said| console.say(said));
    let warnings = guessable(&case.policy).into_iter().chain(past(&case, now.date_in_china()));
    carried_over(&plan).into_iter().chain(warnings).for_each(|said| console.say(said));
    announce(&folder, &committed.commit, console);
    Ok(())
}

/// The draw that this very command has published before it was cut short: the last
/// one, of which nothing is drawn yet, for this month and with these nonce commitments.
fn published_already(office: &Office, case: &Case, args: &CommitArgs) -> Outcome<Option<DrawFolder>> {
    let last = office.draws(&case.policy.office)?.pop();
    let Some(last) = last else { return Ok(None) };
    if last.stage()? != Stage::Committed {
        return Ok(None);
    }
    let commit = last.commit()?;
    let handed_in = args.sources.commitment.iter().map(|path| CommitmentFile::load(path));
    let handed_in = handed_in.collect::<Outcome<Vec<_>>>()?;
    let is_there = |(party, commitment): &(String, NonceCommitment)| {
        let fits = |file: &CommitmentFile| {
            file.draw == commit.draw && file.party == *party && file.commitment == *commitment
        };
        handed_in.iter().any(fits)
    };
    let same = commit.window == case.window
        && commit.parties.len() == handed_in.len() + 1
        && commit.parties[1..].iter().all(is_there);
    Ok(same.then_some(last))
}

/// What has to be published now.
fn announce(folder: &DrawFolder, commit: &Commit, console: &Console) {
    let (id, draw, shown) = (commit.id(), &folder.id, folder.public.display());
    let due = commit.close_by.by_clocks_of_china();
    console.say(said!(
        "{draw} 已承诺，公开文件在 {shown}",
        "{draw} is committed; the public files are in {shown}"
    ));
    console.say(said!("承诺值：{id}", "Commitment: {id}"));
    console.say(said!(
        "现在就把这个值公布出去（网站、公告栏、微信群截图均可）；抽取须在北京时间 {due} 之前完成。",
        "Publish this value now (site, notice board); the draw is due by {due} (UTC+8)."
    ));
    if commit.log.is_some() {
        console.say(said!(
            "日志规则要求见证方签名的，须先请见证方对这份承诺签名（yaohao publish 说明怎样做），再抽取。",
            "If the log policy asks for witnesses, they must sign for this commitment before the draw; yaohao publish says how."
        ));
    }
    events::announce(&commit.beacons, console);
    let kept = commit.escrow.as_ref().map_or_else(Vec::new, |escrow| shares::say(escrow, folder, console));
    console.data(|| json!({ "draw": draw.to_string(), "commitment": id.to_string(), "close_by": commit.close_by.to_string(), "folder": shown.to_string(), "shares": kept }));
}

fn publish(folder: &DrawFolder, case: &Case, committed: &Committed) -> Outcome<()> {
    let text = committed.commit.text();
    let mut files: Vec<(&str, &[u8])> = vec![
        (record::COMMIT, text.as_bytes()),
        (record::POLICY, case.policy_text.as_bytes()),
        (record::ITEMS, committed.items.as_bytes()),
        (record::UNITS, committed.units.text.as_bytes()),
        (record::INSPECTORS, committed.inspectors.text.as_bytes()),
    ];
    files.extend(committed.odds.as_ref().map(|text| (record::ODDS, text.as_bytes())));
    files.extend(committed.carried.as_ref().map(|table| (record::CARRIED, table.text.as_bytes())));
    let sums = record::sums(files.iter().copied());
    files.push((record::COMMIT_SUMS, sums.as_bytes()));
    folder.publish(&files)
}

/// The files of public/verifier with their hashes: whoever exchanges one afterwards is
/// convicted by every commitment that names it.
fn verifiers(office: &Office) -> Outcome<Vec<(String, Digest)>> {
    let folder = office.path("public").join(VERIFIER);
    let files = verifier_files(&folder)?;
    if let Some(name) = files.keys().find(|name| !record::is_verifier(name)) {
        return Err(Problem::new(
            Kind::State,
            said!(
                "核验程序的文件名不能进入承诺：{name}",
                "a verifier's file has a name that cannot be committed: {name}"
            ),
            said!(
                "文件名只用字母、数字和 - _ .，不超过 64 个字符",
                "use letters, digits and - _ . only, at most 64 of them"
            ),
        )
        .at(folder.display().to_string()));
    }
    Ok(files.into_iter().map(|(name, bytes)| (name, Digest::of(&[&bytes]))).collect())
}

/// The closing document of the last draw; there must not be an open one.
fn closed_predecessor(office: &Office, case: &Case) -> Outcome<Option<Digest>> {
    let Some(last) = office.draws(&case.policy.office)?.pop() else { return Ok(None) };
    let closing = if last.stage()?.is_closed() { last.closing()? } else { None };
    let Some(bytes) = closing else {
        let id = &last.id;
        return Err(Problem::new(
            Kind::State,
            said!("上一次抽取 {id} 还没有结束", "the draw {id} is still open"),
            said!(
                "先用 yaohao draw 完成它，或用 yaohao void 作废（已能算出的中签单位带入下一次）",
                "finish it with yaohao draw, or give it up with yaohao void, which hands on what can be computed as drawn"
            ),
        ));
    };
    Ok(Some(case.policy.suite.digest(&[&bytes])))
}

/// Parties with their nonce commitments, the office first.
pub type Parties = Vec<(String, NonceCommitment)>;

/// Every party's nonce commitment: the office's own, and the files of the others;
/// and the chains that the others made for late changes.
pub fn parties(
    policy: &Policy,
    draw: &DrawId,
    files: &[PathBuf],
    (secrets, shares): (&Secrets, Option<&Shares>),
) -> Outcome<(Parties, Vec<Chain>)> {
    let handed_in = files.iter().map(|path| CommitmentFile::load(path));
    let handed_in = handed_in.collect::<Outcome<Vec<_>>>()?;
    handed_in.iter().try_for_each(|file| is_for(file, draw, policy.suite))?;
    let own = &policy.parties[0];
    let mut chains = Vec::new();
    let commitment = match shares.and_then(|shares| shares.escrow.points.first()) {
        Some(point) => point_commitment(policy.suite, draw, own, point),
        None => secrets.nonce.commitment(policy.suite, draw, own),
    };
    let mut parties = vec![(own.clone(), commitment)];
    for party in &policy.parties[1..] {
        let given: Vec<_> = handed_in.iter().filter(|file| file.party == *party).collect();
        let [file] = given[..] else {
            let (count, command) = (given.len(), nonce_command(draw, party, policy.suite));
            return Err(Problem::new(
                Kind::Ceremony,
                said!(
                    "需要 {party} 的一份随机数承诺，给了 {count} 份",
                    "one commitment of {party} is needed, {count} were given"
                ),
                said!(
                    "请 {party} 运行 {command}，再用 --commitment 指明交来的 .commitment 文件",
                    "ask {party} to run {command}, and name the .commitment file with --commitment"
                ),
            ));
        };
        parties.push((party.clone(), file.commitment));
        chains.extend(file.chain.clone());
    }
    match handed_in.iter().find(|file| !policy.parties[1..].contains(&file.party)) {
        None => Ok((parties, chains)),
        Some(stranger) => {
            let party = &stranger.party;
            Err(Problem::new(
                Kind::Ceremony,
                said!("方案的 parties 里没有 {party}", "{party} is not among the parties of the policy"),
                said!("去掉这份文件，或改方案", "leave this file out, or mend the policy"),
            ))
        }
    }
}

/// Whether what a party handed in was made for this draw and its suite.
fn is_for(file: &CommitmentFile, draw: &DrawId, suite: Suite) -> Outcome<()> {
    let (theirs, party) = (&file.draw, &file.party);
    let what = if theirs != draw {
        said!(
            "{party} 的承诺是给 {theirs} 的，这次是 {draw}",
            "the commitment of {party} is for {theirs}, this draw is {draw}"
        )
    } else if file.suite != suite {
        let (theirs, ours) = (file.suite.key(), suite.key());
        said!(
            "{party} 的承诺用的是 {theirs}，方案用的是 {ours}",
            "the commitment of {party} is made with {theirs}, the policy uses {ours}"
        )
    } else {
        return Ok(());
    };
    let command = nonce_command(draw, party, suite);
    let remedy = said!("请 {party} 用 {command} 重新生成", "ask {party} to run {command}");
    Err(Problem::new(Kind::Ceremony, what, remedy))
}

/// What a party types to make its nonce; the usual suite need not be named.
fn nonce_command(draw: &DrawId, party: &str, suite: Suite) -> String {
    let command = format!("yaohao nonce --draw {draw} --party {party}");
    if suite == Suite::default() { command } else { format!("{command} --suite {}", suite.key()) }
}
