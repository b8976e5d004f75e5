//! One month of an office, loaded: what `check` looks at and `commit` commits.

use crate::draw::{Committed, Plan, Setting, commit};
use crate::eligibility::{History, Question, Window};
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit};
use crate::register::Register;
use crate::said;
use crate::store::{DrawFolder, Office, Secrets, Snapshot, history, read_text};
use crate::time::Date;

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
}

impl Case {
    /// The office as it is now.
    pub fn now(office: &Office, month: &str) -> Outcome<Case> {
        let window = month_window(month)?;
        let (policy, policy_text) = office.policy()?;
        let history = history(&office.draws(&policy.office)?, window)?;
        let case = Case { policy, policy_text, register: office.register()?, history, window };
        case.check_items()?;
        Ok(case)
    }

    /// The office as it was when `folder` was committed.
    pub fn committed(folder: &DrawFolder, commit: &Commit) -> Outcome<Case> {
        let path = folder.public.join(record::POLICY);
        let policy_text = read_text(&path)?;
        let policy = Policy::read(&path.display().to_string(), &policy_text)?;
        let Snapshot { register, history } = Snapshot::load(folder)?;
        Ok(Case { policy, policy_text, register, history, window: commit.window })
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

    fn check_items(&self) -> Outcome<()> {
        let known = |code: &&String| self.register.items.iter().any(|item| item.code == **code);
        let Some(code) = self.policy.items.iter().find(|code| !known(code)) else { return Ok(()) };
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
}

/// First and last day of `2026-12`.
fn month_window(month: &str) -> Outcome<Window> {
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
