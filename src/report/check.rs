//! What holds the figures against each other. A check that fails names the matters that
//! make it fail; one that only notes something names what a reader should know of.

use super::count::Ground;
use super::figure::Figure;
use super::{Report, chain, trail};
use crate::lang::Said;
use crate::said;
use crate::task::{Kind, Ledger, Matter, Measure, Task, Visit};
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};

vocabulary! {
    /// What a check came to.
    Status {
        /// It holds.
        Pass = "pass", "相符";
        /// It holds, but somebody should know of the matters named.
        Noted = "noted", "提示";
        /// It does not hold: the figures must not be used.
        Fail = "fail", "不符";
    }
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// `C01` and so on.
    pub id: &'static str,
    /// A word for it.
    pub name: &'static str,
    /// What has to hold.
    pub title: Said,
    /// What it came to.
    pub status: Status,
    /// The figures that were compared.
    pub evidence: Said,
    /// The matters that make it fail, or that somebody should know of, ascending.
    pub matters: Vec<Matter>,
}

/// What a check found.
pub(super) struct Found<'a> {
    /// The figures that were compared.
    pub evidence: Said,
    /// Whether they agree.
    pub holds: bool,
    /// Matters for which it does not hold.
    pub faults: Vec<&'a Matter>,
    /// Matters that somebody should know of.
    pub notes: Vec<&'a Matter>,
}

impl Found<'_> {
    fn check(self, id: &'static str, name: &'static str, title: Said) -> Check {
        let Found { evidence, holds, faults, notes } = self;
        let (status, named) = match (holds && faults.is_empty(), notes.is_empty()) {
            (false, _) => (Status::Fail, faults),
            (true, false) => (Status::Noted, notes),
            (true, true) => (Status::Pass, notes),
        };
        let matters: BTreeSet<&Matter> = named.into_iter().collect();
        Check { id, name, title, status, evidence, matters: matters.into_iter().cloned().collect() }
    }
}

/// Everything that checks look at.
#[derive(Clone, Copy)]
pub(super) struct Bench<'a> {
    pub report: &'a Report,
    pub ledger: &'a Ledger,
    pub ground: &'a Ground<'a>,
}

impl<'a> Bench<'a> {
    /// The office's own visits of the year.
    pub fn visits(self) -> impl Iterator<Item = (&'a Task, &'a Visit)> {
        let year = self.report.year;
        let visited = self.ledger.tasks.values().filter_map(|task| Some((task, task.result()?)));
        visited.filter(move |(task, visit)| {
            task.kind() != Kind::Penalty && visit.delegated.is_none() && visit.day.year() == year
        })
    }

    /// The office's own inspections of the year.
    pub fn inspections(self) -> impl Iterator<Item = (&'a Task, &'a Visit)> {
        self.visits().filter(|(task, _)| task.kind().is_inspection())
    }

    /// The matters that count in the year or came in during it.
    pub fn concerned(self) -> Vec<&'a Task> {
        let counted: BTreeSet<&Matter> =
            self.report.parts.values().flatten().map(|part| &part.matter).collect();
        let received =
            |task: &Task| task.opened.as_ref().map(|opened| opened.received.date_in_china().year());
        let is_concerned =
            |task: &&Task| counted.contains(&task.matter) || received(task) == Some(self.report.year);
        self.ledger.tasks.values().filter(is_concerned).collect()
    }

    fn total(self, figure: Figure) -> u64 {
        self.report.total(figure)
    }
}

/// All checks in their order.
pub fn checks(report: &Report, ledger: &Ledger, ground: &Ground<'_>) -> Vec<Check> {
    let bench = Bench { report, ledger, ground };
    vec![
        two_each(bench).check("C01", "two-each", said!("每次检查两人", "Two people at each inspection")),
        qualified(bench).check(
            "C02",
            "qualified",
            said!("到场人员都有资格", "Everybody there was qualified"),
        ),
        kinds(bench).check("C03", "kinds", said!("各类检查之和等于总数", "Kinds add up to all inspections")),
        parts(bench).check(
            "C04",
            "parts",
            said!("各月、片区、类别之和等于总数", "Months, zones, kinds and classes add up to the whole"),
        ),
        zones(bench).check("C05", "zones", said!("检查都归入片区", "Every inspection has a zone")),
        hazards(bench).check(
            "C06",
            "hazards",
            said!("发现的隐患等于已整改加未整改", "Hazards found are those put right and those open"),
        ),
        notices(bench).check(
            "C07",
            "notices",
            said!("通知书都出自发现问题的检查", "Every notice stands at an inspection with a fault"),
        ),
        fires(bench).check(
            "C08",
            "fires",
            said!("火灾调查等于三种程序之和", "The three procedures add up to all fires"),
        ),
        trail::penalties(bench).check(
            "C09",
            "penalties",
            said!("处罚文号不重复、来源存在", "Decisions have numbers of their own and come from a visit"),
        ),
        trail::days(bench).check("C10", "days", said!("日期先后合理", "Days follow each other")),
        trail::steps(bench).check(
            "C11",
            "steps",
            said!("受理、指派、检查、审核、公示依次相接", "Every step follows the one before"),
        ),
        trail::journal(bench).check("C12", "journal", said!("台账没有缺号", "The journal has no gap")),
        trail::reviewed(bench).check(
            "C13",
            "reviewed",
            said!("计入的结果都已审核", "Every result that counts was reviewed"),
        ),
        trail::looked_again(bench).check(
            "C14",
            "looked-again",
            said!("限期改正到期都已复查", "What was to be put right by a day was looked at again"),
        ),
        trail::pending(bench).check(
            "C15",
            "pending",
            said!("受理的事项都有着落", "What came in was looked into or ended"),
        ),
    ]
}

fn two_each(bench: Bench<'_>) -> Found<'_> {
    let count = |visit: &Visit| bench.ground.own(visit).len();
    let few = bench.inspections().filter(|(_, visit)| count(visit) < 2);
    let many = bench.inspections().filter(|(_, visit)| count(visit) > 2);
    let (faults, notes): (Vec<_>, Vec<_>) =
        (few.map(|(task, _)| &task.matter).collect(), many.map(|(task, _)| &task.matter).collect());
    let (people, visits) = (bench.total(Figure::PersonTimes), bench.total(Figure::Inspections));
    let (fewer, more) = (faults.len(), notes.len());
    let evidence = said!(
        "{people} 人次，{visits} 家次；不足两人的 {fewer} 次，多于两人的 {more} 次",
        "{people} person-times at {visits} inspections; {fewer} with fewer than two, {more} with more"
    );
    // With exactly two everywhere the one is twice the other.
    Found { evidence, holds: more > 0 || fewer > 0 || people == 2 * visits, faults, notes }
}

fn qualified(bench: Bench<'_>) -> Found<'_> {
    let known = |who: &str| bench.ground.officers.get(who);
    let own = |visit: &Visit, wanted: &dyn Fn(&str) -> bool| {
        visit
            .present
            .iter()
            .any(|(role, who)| !matches!(role, crate::policy::Role::Department(_)) && wanted(who))
    };
    let unfit =
        |visit: &Visit| own(visit, &|who| known(who).is_some_and(|officer| !officer.counts_on(visit.day)));
    let unknown = |visit: &Visit| own(visit, &|who| known(who).is_none());
    let faults: Vec<_> =
        bench.visits().filter(|(_, visit)| unfit(visit)).map(|(task, _)| &task.matter).collect();
    // Without any register nobody can be known.
    let has_register = !bench.ground.officers.is_empty();
    let strangers = bench.visits().filter(|(_, visit)| has_register && unknown(visit));
    let notes: Vec<_> = strangers.map(|(task, _)| &task.matter).collect();
    let (wrong, strange) = (faults.len(), notes.len());
    let evidence = said!(
        "有不在岗或证件无效的人的 {wrong} 次，有名录里没有的人的 {strange} 次",
        "{wrong} visits with somebody not in post or without a valid certificate, {strange} with somebody in no register"
    );
    Found { evidence, holds: true, faults, notes }
}

fn kinds(bench: Bench<'_>) -> Found<'_> {
    let kinds = [
        Figure::Drawn,
        Figure::Complaints,
        Figure::Licences,
        Figure::Reinspections,
        Figure::Referrals,
        Figure::Immediate,
    ];
    let (sum, all) =
        (kinds.map(|figure| bench.total(figure)).iter().sum::<u64>(), bench.total(Figure::Inspections));
    let terms = kinds.map(|figure| bench.total(figure).to_string()).join(" + ");
    let evidence = said!("{terms} = {sum}，总数 {all}", "{terms} = {sum}, and {all} in all");
    Found { evidence, holds: sum == all, faults: Vec::new(), notes: Vec::new() }
}

fn parts(bench: Bench<'_>) -> Found<'_> {
    let report = bench.report;
    let adds_up = |figure: Figure| {
        let whole = report.total(figure);
        let sum = |values: Vec<u64>| values.into_iter().fold(0, u64::saturating_add);
        [
            sum(report.by_month(figure).to_vec()),
            sum(report.by_zone(figure).into_values().collect()),
            sum(report.by_town(figure).into_values().collect()),
            sum(report.by_kind(figure).into_values().collect()),
            sum(report.by_class(figure).into_values().collect()),
        ]
        .iter()
        .all(|parts| *parts == whole)
    };
    let count = Figure::ALL.len();
    let wrong: Vec<&str> =
        Figure::ALL.iter().filter(|figure| !adds_up(**figure)).map(|figure| figure.key()).collect();
    let holds = wrong.is_empty();
    let wrong = Said::list(wrong).zh;
    let evidence = match holds {
        true => said!("{count} 个数都相符", "{count} figures add up"),
        false => said!("不相符的：{wrong}", "these do not: {wrong}"),
    };
    Found { evidence, holds, faults: Vec::new(), notes: Vec::new() }
}

fn zones(bench: Bench<'_>) -> Found<'_> {
    let parts = bench.report.of_figure(Figure::Inspections);
    let notes: Vec<_> =
        parts.iter().filter(|part| part.place.zone.is_none()).map(|part| &part.matter).collect();
    let (none, all) = (notes.len(), parts.len());
    let evidence = said!("{all} 次里片区不明的 {none} 次", "{none} of {all} are in no known zone");
    Found { evidence, holds: true, faults: Vec::new(), notes }
}

fn hazards(bench: Bench<'_>) -> Found<'_> {
    let excess = chain::hazards(bench.ledger, bench.report.year).excess;
    let faults = excess.into_iter().map(|(task, _)| &task.matter).collect();
    let figures = [Figure::Hazards, Figure::Rectified, Figure::Open].map(|figure| bench.total(figure));
    let [found, right, open] = figures;
    let parts = bench.total(Figure::RectifiedOnSpot) + bench.total(Figure::RectifiedLater);
    let evidence = said!(
        "发现 {found} 处，已整改 {right} 处，未整改 {open} 处",
        "{found} found, {right} put right, {open} open"
    );
    Found { evidence, holds: found == right + open && right == parts, faults, notes: Vec::new() }
}

fn notices(bench: Bench<'_>) -> Found<'_> {
    let is_fault = |task: &Task, visit: &Visit| {
        let again = task.kind() == Kind::Reinspection;
        again || visit.hazards > 0 || visit.items.iter().any(|(_, outcome)| outcome.is_fault())
    };
    let count = |visit: &Visit, measure: Measure| {
        visit.measures.iter().filter(|ordered| ordered.measure == measure).count()
    };
    let wrong = |(task, visit): &(&Task, &Visit)| {
        let (now, by_date) = (count(visit, Measure::AtOnce), count(visit, Measure::ByDate));
        now > 1 || by_date > 1 || (now + by_date > 0 && !is_fault(task, visit))
    };
    let faults: Vec<_> = bench.inspections().filter(wrong).map(|(task, _)| &task.matter).collect();
    let faulty = bench.inspections().filter(|(_, visit)| visit.hazards > 0).count();
    let [all, now, by_date] =
        [Figure::Notices, Figure::NoticesAtOnce, Figure::NoticesByDate].map(|figure| bench.total(figure));
    let evidence = said!(
        "{all} 份 = 立即 {now} + 限期 {by_date}；发现隐患的检查 {faulty} 次",
        "{all} = {now} at once + {by_date} by a day; {faulty} inspections found hazards"
    );
    Found { evidence, holds: all == now + by_date, faults, notes: Vec::new() }
}

fn fires(bench: Bench<'_>) -> Found<'_> {
    let by_procedure: BTreeSet<&Matter> = [Figure::FiresGeneral, Figure::FiresSimplified, Figure::FiresMinor]
        .iter()
        .flat_map(|figure| bench.report.of_figure(*figure))
        .map(|part| &part.matter)
        .collect();
    let fires = bench.report.of_figure(Figure::Fires).iter().map(|part| &part.matter);
    let faults = fires.filter(|matter| !by_procedure.contains(matter)).collect();
    let figures = [Figure::Fires, Figure::FiresGeneral, Figure::FiresSimplified, Figure::FiresMinor];
    let [all, general, simplified, minor] = figures.map(|figure| bench.total(figure));
    let evidence = said!(
        "{all} = 一般 {general} + 简易 {simplified} + 轻微 {minor}",
        "{all} = {general} general + {simplified} simplified + {minor} minor"
    );
    Found { evidence, holds: all == general + simplified + minor, faults, notes: Vec::new() }
}

/// Values that stand more than once, with everything that has them.
pub(super) fn repeated<'a, K: Ord>(pairs: impl Iterator<Item = (K, &'a Matter)>) -> Vec<&'a Matter> {
    let mut holders: BTreeMap<K, Vec<&Matter>> = BTreeMap::new();
    pairs.for_each(|(key, matter)| holders.entry(key).or_default().push(matter));
    holders.into_values().filter(|matters| matters.len() > 1).flatten().collect()
}
