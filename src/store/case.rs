//! One month of an office, loaded: what `check` looks at and `commit` commits.

use super::{DrawFolder, Office, Secrets, Snapshot, history, read, read_text};
use crate::calendar::UnknownYear;
use crate::draw::{Committed, Plan, Setting, commit};
use crate::eligibility::{History, Question, Window};
use crate::lang::Said;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, CarriedLine, Commit, Table, Void};
use crate::register::Register;
use crate::said;
use crate::time::Date;
use std::path::Path;

/// Policy, registers and history for one window.
#[derive(Debug)]
pub struct Case {
    /// The rules.
    pub policy: Policy,
    /// The policy file.
    pub policy_text: String,
    /// The registers.
    pub register: Register,
    /// Earlier draws.
    pub history: History,
    /// The days of the visits.
    pub window: Window,
    /// Units that the voided draw before hands on, if it does.
    pub carried: Option<Vec<CarriedLine>>,
}

impl Case {
    /// The office as it is now, for the visits of `month`; under `policy`, if that is not the usual one.
    pub fn now(office: &Office, month: &str, policy: Option<&Path>) -> Outcome<Case> {
        let window = month_window(month)?;
        let (policy, policy_text) = policy_of(office, policy)?;
        let draws = office.draws(&policy.office)?;
        let history = history(&draws, window)?;
        let carried = draws.last().map_or(Ok(None), handed_on)?;
        let case = Case { policy, policy_text, register: office.register()?, history, window, carried };
        check_items(&case.policy, &case.register)?;
        case.check_carried()?;
        Ok(case)
    }

    /// The office as it was when `folder` was committed.
    pub fn committed(folder: &DrawFolder, commit: &Commit) -> Outcome<Case> {
        let path = folder.public.join(record::POLICY);
        let policy_text = read_text(&path)?;
        let policy = Policy::read(&path.display().to_string(), &policy_text)?;
        let Snapshot { register, history } = Snapshot::load(folder)?;
        let carried = commit.carried.map(|_| table_of(folder, record::CARRIED)).transpose()?;
        Ok(Case { policy, policy_text, register, history, window: commit.window, carried })
    }

    /// What eligibility is judged on.
    pub fn question(&self) -> Question<'_> {
        Question {
            policy: &self.policy,
            register: &self.register,
            history: &self.history,
            window: self.window,
        }
    }

    /// The draw as it would be made.
    pub fn plan(&self) -> Plan<'_> {
        Plan::carrying(self.question(), self.carried.as_deref())
    }

    /// The working days of the window, if the policy gives the visits days.
    ///
    /// # Errors
    /// As the office's calendar has; [`Kind::Policy`] if it does not have the year, or no
    /// working day in the window.
    pub fn working_days(&self, office: &Office) -> Outcome<Vec<Date>> {
        if self.policy.schedule.is_none() {
            return Ok(Vec::new());
        }
        let Window { first, last } = self.window;
        let days = office.calendar()?.working_days(first, last).map_err(UnknownYear::problem)?;
        if !days.is_empty() {
            return Ok(days);
        }
        Err(Problem::new(
            Kind::Policy,
            said!("{first} 至 {last} 没有工作日", "there is no working day from {first} to {last}"),
            said!("看看 calendar.toml 写得对不对", "see whether calendar.toml is right"),
        ))
    }

    /// Makes the commitment again from what the office kept.
    ///
    /// # Errors
    /// [`Kind::State`] if it does not come out the same: something kept in the
    /// office was changed, or the program computes something else today.
    pub fn recommit(
        &self,
        plan: &Plan<'_>,
        published: &Commit,
        secrets: &Secrets,
        folder: &DrawFolder,
    ) -> Outcome<Committed> {
        // Measured once: what was published stands, whatever would be measured today.
        let odds = published.odds.map(|_| read_text(&folder.public.join(record::ODDS))).transpose()?;
        let setting = Setting {
            odds: odds.as_deref(),
            days: published.schedule.as_ref().map_or(&[], |basis| &basis.days),
            draw: published.draw.clone(),
            previous: published.previous,
            software: &published.software,
            committed: published.committed,
            policy: self.policy_text.as_bytes(),
            log: published.log,
            beacons: published.beacons.clone(),
            parties: published.parties.clone(),
            chains: published.chains.clone(),
            escrow: published.escrow.clone(),
            verifiers: published.verifiers.clone(),
        };
        let again = commit(plan, &setting, &secrets.salt_key(self.policy.suite));
        if again.commit == *published {
            return Ok(again);
        }
        Err(Problem::new(
            Kind::State,
            said!(
                "本机关留存的名录、方案或密钥已不是承诺时的样子，重算不出同一个承诺",
                "what the office kept no longer gives the commitment that was published"
            ),
            said!(
                "从备份恢复 private 下这次抽取的文件夹，并用承诺时的同一版本程序",
                "restore this draw's folder under private from a backup, and use the program version of the commitment"
            ),
        )
        .at(folder.private.display().to_string()))
    }

    /// Every carried unit must still be in the register, at least with the reason why
    /// it is not in the pool.
    fn check_carried(&self) -> Outcome<()> {
        let known = |unit: &String| self.register.units.iter().any(|known| known.id == *unit);
        let missing = self.carried.iter().flatten().find(|line| !known(&line.unit));
        let Some(CarriedLine { unit, draw, .. }) = missing else { return Ok(()) };
        Err(Problem::new(
            Kind::State,
            said!(
                "作废的 {draw} 抽中的 {unit} 应带入本次抽取，名录里却没有这家单位",
                "{unit} was drawn by {draw}, which was voided, and is carried over; but the register has no such unit"
            ),
            said!(
                "把它补回名录再导入；确已停业、注销或迁出的，写明经营状态",
                "put it back into the register and import again; if it is closed, deregistered or moved away, with that status"
            ),
        )
        .at(unit.clone()))
    }
}

/// The policy named, else the office's usual one, with its text.
pub fn policy_of(office: &Office, named: Option<&Path>) -> Outcome<(Policy, String)> {
    named.map_or_else(|| office.policy(), |path| campaign(office, path))
}

/// Every item of the policy must be in the list of items.
pub fn check_items(policy: &Policy, register: &Register) -> Outcome<()> {
    let known = |code: &&String| register.items.iter().any(|item| item.code == **code);
    let Some(code) = policy.items.iter().find(|code| !known(code)) else { return Ok(()) };
    Err(Problem::new(
        Kind::Policy,
        said!(
            "方案要查的事项 {code} 不在抽查事项清单里",
            "item {code} of the policy is not in the list of items"
        ),
        said!(
            "在事项清单里补上并重新导入，或从 draw.items 删去",
            "add it to the list and import again, or remove it from draw.items"
        ),
    )
    .at(code.clone()))
}

/// The policy of one draw in place of the office's usual one, such as that of a targeted
/// draw (定向抽查). Its draws are numbered with the others, so it is of the same office.
fn campaign(office: &Office, path: &Path) -> Outcome<(Policy, String)> {
    let (usual, _) = office.policy()?;
    let name = path.display().to_string();
    let text = read_text(path)?;
    let policy = Policy::read(&name, &text)?;
    let same = |what: &str, theirs: &str, ours: &str| {
        if theirs == ours {
            return Ok(());
        }
        Err(Problem::new(
            Kind::Policy,
            said!(
                "{what} 是 {theirs}，本机关的方案里是 {ours}",
                "{what} is {theirs}, in the office's usual policy it is {ours}"
            ),
            said!(
                "各方案的 office 一节要相同：抽取编号是连着的",
                "keep the section office the same in every policy: draws are numbered in one row"
            ),
        )
        .at(name.clone()))
    };
    same("office.id", &policy.office, &usual.office)?;
    same("office.suite", policy.suite.key(), usual.suite.key())?;
    Ok((policy, text))
}

/// What the office's last draw hands on, if it is a void that does.
fn handed_on(last: &DrawFolder) -> Outcome<Option<Vec<CarriedLine>>> {
    let files = last.files()?;
    let void = files.get(record::VOID).and_then(|bytes| Void::read(bytes).ok());
    void.and_then(|void| void.drawn).map(|_| table_of(last, record::VOIDED)).transpose()
}

/// A published table of carried units.
fn table_of(folder: &DrawFolder, file: &str) -> Outcome<Vec<CarriedLine>> {
    let path = folder.public.join(file);
    Ok(Table::read(&read(&path)?)
        .map_err(|error| {
            let Said { zh, en } = error.said();
            Problem::new(
                Kind::Unreadable,
                said!("已公布的 {file} 读不懂：{zh}", "the published {file} cannot be read: {en}"),
                said!("从备份恢复公开文件夹", "restore the public folder from a backup"),
            )
            .at(path.display().to_string())
        })?
        .lines)
}

/// First and last day of `2026-12`.
pub fn month_window(month: &str) -> Outcome<Window> {
    let first: Option<Date> = format!("{month}-01").parse().ok();
    match first {
        Some(first) => Ok(Window { first, last: first.plus_months(1).plus_days(-1) }),
        None => Err(Problem::new(
            Kind::Usage,
            said!("检查期写得不对：{month}", "the month is not understood: {month}"),
            said!("写成 2026-12 的样子", "write it like 2026-12"),
        )
        .at("--month")),
    }
}
