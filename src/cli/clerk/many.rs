//! Many matters at once: all of a draw, a kind or a month that are ready for a step. What
//! is not ready, or what this person may not do, is left and said; nothing else stops.

use super::args::Reviewed;
use super::entering::Clerk;
use super::month::Month;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::Query;
use crate::task::{Act, Entry, Matter, State, Task, judge};
use std::collections::BTreeMap;

/// Matters that are left, listed one by one up to so many.
const SHOWN: usize = 10;

/// What a step is done for: matters that were named, each of which has to be ready, and
/// all others that are.
#[derive(Debug, Default)]
pub struct Chosen {
    /// Named one by one.
    pub named: Vec<Matter>,
    /// Of a whole draw, kind or month, and ready.
    pub ready: Vec<Matter>,
    /// Of these, not ready or not for this person: how many, by why; some of them by number.
    pub left: Vec<Said>,
    /// How many are left.
    pub left_count: usize,
}

impl Chosen {
    /// Looks up what `args` choose for a step that leads on from `state` with `act`.
    ///
    /// # Errors
    /// [`Kind::State`] if nothing at all is ready.
    pub fn new(
        clerk: &Clerk<'_>,
        args: &Reviewed,
        state: State,
        act: &impl Fn(Matter) -> Act,
    ) -> Outcome<Chosen> {
        let mut chosen = Chosen::default();
        let mut draws: Vec<DrawId> = Vec::new();
        for query in &args.matter {
            match query.parse::<DrawId>() {
                Ok(draw) => draws.push(draw),
                Err(_) => chosen.named.push(clerk.task(query)?.matter),
            }
        }
        let mut tasks: BTreeMap<Matter, Task> = BTreeMap::new();
        let mut add = |draw: Option<DrawId>| -> Outcome<()> {
            let query = Query { draw, kind: args.kind, ..Query::default() };
            let month = args.month.as_deref().map(Month::read).transpose()?;
            let found = clerk.desk.tasks(&query)?.into_iter();
            let found = found.filter(|task| month.is_none_or(|month| month.has(task)));
            tasks.extend(found.map(|task| (task.matter.clone(), task)));
            Ok(())
        };
        for draw in draws {
            add(Some(draw))?;
        }
        if args.draw.is_some() || args.kind.is_some() || args.month.is_some() {
            add(args.draw.clone())?;
        }
        chosen.named.iter().for_each(|named| drop(tasks.remove(named)));
        chosen.sweep(clerk, &args.by.by, tasks, state, act)?;
        Ok(chosen)
    }

    /// Takes what is ready, and keeps in mind why the rest is not.
    fn sweep(
        &mut self,
        clerk: &Clerk<'_>,
        by: &str,
        tasks: BTreeMap<Matter, Task>,
        state: State,
        act: &impl Fn(Matter) -> Act,
    ) -> Outcome<()> {
        let mut not_ready: BTreeMap<Said, usize> = BTreeMap::new();
        let (fit, unfit): (Vec<Task>, Vec<Task>) = tasks.into_values().partition(|task| task.state == state);
        unfit.iter().for_each(|task| *not_ready.entry(task.standing()).or_default() += 1);
        let acts: Vec<Act> = fit.iter().map(|task| act(task.matter.clone())).collect();
        let entry = Entry { number: 1, after: None, at: clerk.now, by: by.to_owned(), acts };
        let refused = judge(&entry, clerk.desk.ledger()?, &clerk.standing()?).err().unwrap_or_default();
        self.ready = fit.into_iter().map(|task| task.matter).collect();
        self.ready.retain(|matter| !refused.iter().any(|refusal| refusal.matter == *matter));
        self.left_count = unfit.len() + refused.len();
        self.left.extend(
            not_ready
                .into_iter()
                .map(|(Said { zh, en }, count)| said!("{zh}的 {count} 项", "{count} that are {en}")),
        );
        self.left.extend(refused.iter().take(SHOWN).map(|refusal| {
            let (matter, Said { zh, en }) = (&refusal.matter, &refusal.what);
            said!("{matter}：{zh}", "{matter}: {en}")
        }));
        let more = refused.len().saturating_sub(SHOWN);
        if more > 0 {
            self.left.push(said!("…另有 {more} 项", "… and {more} more"));
        }
        if self.ready.is_empty() && self.named.is_empty() {
            return Err(self.nothing());
        }
        Ok(())
    }

    /// What was left, for people.
    pub fn left(&self) -> Option<Said> {
        let (count, Said { zh, en }) = (self.left_count, self.listed());
        (count > 0).then(|| said!("没有动的 {count} 项：{zh}", "{count} were left: {en}"))
    }

    fn listed(&self) -> Said {
        let zh = self.left.iter().map(|said| said.zh.as_str()).collect::<Vec<_>>().join("；");
        let en = self.left.iter().map(|said| said.en.as_str()).collect::<Vec<_>>().join("; ");
        Said { zh, en }
    }

    fn nothing(&self) -> Problem {
        let Said { zh, en } = self.listed();
        let what = match self.left_count {
            0 => said!("没有符合的事项", "no matter fits"),
            _ => said!("没有可以走这一步的事项：{zh}", "none is ready for this step: {en}"),
        };
        Problem::new(
            Kind::State,
            what,
            said!("yaohao tasks 列出各事项到了哪一步", "yaohao tasks lists how far each matter has come"),
        )
    }
}
