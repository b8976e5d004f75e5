//! What a simulation found, on a terminal of 100 columns.

use super::rows::{bar, cut, say};
use crate::cli::console::Console;
use crate::lang::{Lang, Said};
use crate::said;
use crate::simulate::{
    Coverage, Ending, Figure, KindFigures, Mean, Measure, Named, Run, Shape, Study, figure, findings,
    gini_said, month_name, of_whom, per_person, staff,
};

/// Columns of a name, of that of a zone, and of what an inspector is called.
const NAME: usize = 30;
const ZONE: usize = 16;
const PERSON: usize = 16;
/// Months shown that are hard to staff.
const WORST: usize = 12;

/// Shows the summary of a study; `people` are what its inspectors are called.
pub fn show(study: &Study, people: &[String], console: &Console) {
    let shown = Shown { study, people, console };
    shown.head();
    if let Some(base) = study.runs.first() {
        shown.zones(base);
        shown.fairness(base);
        shown.kinds(base);
        shown.coverage(base);
        shown.staffing(base);
        shown.variants();
        shown.marginal();
    }
}

/// What every part is shown with.
pub struct Shown<'a> {
    pub study: &'a Study,
    people: &'a [String],
    pub console: &'a Console,
}

impl Shown<'_> {
    pub fn t(&self, said: &Said) -> String {
        said.to(self.console.lang).to_owned()
    }

    /// A name, short enough for a table.
    fn name(&self, named: &Named) -> String {
        cut(named.said().to(self.console.lang), NAME)
    }

    /// The name of a zone, which stands beside more figures.
    pub fn zone(&self, zone: &Named) -> String {
        cut(zone.said().to(self.console.lang), ZONE)
    }

    fn head(&self) {
        let Study { scenario, trials, asked, seed, .. } = self.study;
        let months = self.study.months.len();
        self.console.heading(said!("模拟“{scenario}”", "Simulation of {scenario}"));
        if self.study.ending == Ending::Interrupted {
            let partial = said!("【中途停止，只有部分结果】", "[stopped before the end, partial results]");
            self.console.say(partial);
        }
        let facts = said!(
            "模拟 {trials} 次（最多 {asked} 次），每次 {months} 个月，种子 {seed}；± 后面是 95% 区间的一半",
            "{trials} trials (at most {asked}) of {months} months, seed {seed}; behind ± half of a 95 % interval"
        );
        say(self.console, &facts, "");
        for finding in findings(self.study) {
            say(self.console, &finding, "• ");
        }
    }

    fn zones(&self, base: &Run) {
        self.console.heading(said!("各片区一年（小时、件）", "A year of the zones (hours, pieces)"));
        let row = |name: String, people: usize, figures: &[Figure]| {
            let hours = per_person(&figure(figures, Measure::Minutes), people);
            let mean = |measure: Measure| figure(figures, measure).mean;
            let short = |measure: Measure| measure.shape().milli(mean(measure).mean.into());
            vec![
                name,
                people.to_string(),
                hours.map_or_else(|| "–".to_owned(), |of| Shape::Hours.mean(of.mean)),
                short(Measure::Utilisation),
                short(Measure::Overtime),
                Shape::Count.mean(mean(Measure::Unfilled)),
                Shape::Count.mean(mean(Measure::Late)),
                short(Measure::Backlog),
            ]
        };
        let zones = self.study.zones.iter().zip(staff(self.study)).zip(&base.zones);
        let mut rows: Vec<Vec<String>> =
            zones.map(|((zone, people), figures)| row(self.zone(zone), people, figures)).collect();
        rows.push(row(self.t(&said!("全机关", "office")), self.study.people.len(), &base.office));
        let all = || base.zones.iter().chain([&base.office]);
        let error = |measure: Measure| {
            measure.shape().largest_error(all().map(|figures| figure(figures, measure).mean))
        };
        let [of_use, over, waiting] = [Measure::Utilisation, Measure::Overtime, Measure::Backlog].map(error);
        let none = String::new;
        rows.push(vec![self.errors(), none(), none(), of_use, over, none(), none(), waiting]);
        let headings = [
            said!("片区", "zone"),
            said!("人数", "people"),
            said!("每人工时", "hours each"),
            said!("利用率", "utilisation"),
            said!("加班", "overtime"),
            said!("找不到人", "nobody found"),
            said!("逾期", "late"),
            said!("月末积压", "backlog"),
        ];
        self.console.table(&headings, &[1, 2, 3, 4, 5, 6, 7], rows);
        say(self.console, &of_whom(), "");
    }

    fn fairness(&self, base: &Run) {
        self.console.heading(said!("片区内人员之间", "Between the inspectors of a zone"));
        let hours = |at: &usize| figure(&base.people[*at], Measure::Minutes).mean;
        let extremes = |zone: usize| {
            let of = || {
                (0..self.study.people.len().min(base.people.len()))
                    .filter(|at| self.study.people[*at].zone == zone)
                    // Whoever was never there, for want of a certificate, is not the least burdened.
                    .filter(|at| figure(&base.people[*at], Measure::Minutes).most > 0)
            };
            let most = of().max_by_key(|at| hours(at).mean);
            [most, of().min_by_key(|at| hours(at).mean)].map(|at| match at {
                Some(at) => format!("{} {}", self.person(at), Shape::Hours.milli(hours(&at).mean.into())),
                None => "–".to_owned(),
            })
        };
        let row = |(zone, figures): (usize, &Vec<Figure>)| {
            let [most, least] = extremes(zone);
            let name = self.study.zones.get(zone).map(|zone| self.zone(zone)).unwrap_or_default();
            let mean = |measure: Measure| measure.shape().mean(figure(figures, measure).mean);
            vec![name, mean(Measure::Gini), mean(Measure::Span), most, least]
        };
        let headings = [
            said!("片区", "zone"),
            said!("基尼系数", "Gini"),
            said!("最多最少相差", "most less least"),
            said!("工时最多的人", "most hours"),
            said!("最少的人", "least hours"),
        ];
        let mut rows: Vec<Vec<String>> = base.zones.iter().enumerate().map(row).collect();
        let each = base.people.iter().map(|figures| figure(figures, Measure::Minutes).mean);
        let error = Shape::Hours.largest_error(each);
        rows.push(vec![self.errors(), String::new(), String::new(), error.clone(), error]);
        self.console.table(&headings, &[1, 2], rows);
        say(self.console, &gini_said(), "");
    }

    /// The name of the row that tells the errors of the columns that have no room for them.
    fn errors(&self) -> String {
        self.t(&said!("误差至多", "errors at most"))
    }

    fn person(&self, at: usize) -> String {
        let number = at + 1;
        let unnamed = || self.t(&said!("人员 {number}", "inspector {number}"));
        cut(&self.people.get(at).cloned().unwrap_or_else(unnamed), PERSON)
    }

    fn kinds(&self, base: &Run) {
        self.console.heading(said!(
            "各类工作一年（件、天、小时）",
            "The kinds of work in a year (pieces, days, hours)"
        ));
        let row = |(kind, of): (&Named, &KindFigures)| {
            let counts = [of.came, of.done, of.late, of.days, of.waiting]
                .map(|mean| Shape::Count.milli(mean.mean.into()));
            std::iter::once(self.name(kind)).chain(counts).chain([Shape::Hours.mean(of.minutes)]).collect()
        };
        let headings = [
            said!("种类", "kind"),
            said!("来了", "came"),
            said!("做完", "done"),
            said!("逾期", "late"),
            said!("天数", "days"),
            said!("每天在等", "waiting"),
            said!("工时", "hours"),
        ];
        let mut rows: Vec<Vec<String>> = self.study.kinds.iter().zip(&base.kinds).map(row).collect();
        let counted: [fn(&KindFigures) -> Mean; 5] =
            [|of| of.came, |of| of.done, |of| of.late, |of| of.days, |of| of.waiting];
        let errors = counted.map(|part| Shape::Count.largest_error(base.kinds.iter().map(part)));
        rows.push(std::iter::once(self.errors()).chain(errors).chain([String::new()]).collect());
        self.console.table(&headings, &[1, 2, 3, 4, 5, 6], rows);
        say(
            self.console,
            &said!(
                "天数：从来到做完；每天在等：平均每天有几件在等，抽查只算推迟的",
                "days: from coming to being done; waiting: how many wait on an average day; of drawn visits, only those put off"
            ),
            "",
        );
    }

    fn coverage(&self, base: &Run) {
        self.console.heading(said!(
            "多久查到一遍（几个月内已抽查的比例）",
            "How soon units are visited (share visited within months)"
        ));
        let row = |(at, (name, of)): (usize, (&Named, &Coverage))| {
            let within = |months: usize| of.within.get(months - 1);
            let share = |months| {
                within(months).map_or_else(|| "–".to_owned(), |mean| Shape::Percent.milli(mean.mean.into()))
            };
            let floor = self.study.floors.get(at).copied().filter(|floor| *floor > 0);
            let below = floor.map_or_else(String::new, |_| Shape::Percent.mean(of.below_floor));
            vec![
                self.name(name),
                of.units.to_string(),
                bar(within(12).map_or(0, |mean| mean.mean.into()), 10_000_000),
                share(12),
                share(24),
                share(36),
                floor.map_or_else(|| "–".to_owned(), |floor| floor.to_string()),
                below,
            ]
        };
        let headings = [
            said!("分层", "stratum"),
            said!("家数", "units"),
            said!("", ""),
            said!("12 个月", "12 months"),
            said!("24 个月", "24"),
            said!("36 个月", "36"),
            said!("每年下限", "floor"),
            said!("不到下限", "below it"),
        ];
        let strata = self.study.strata.iter().zip(&base.strata);
        let mut rows: Vec<Vec<String>> =
            // Of a stratum without units there is nothing to say.
            strata.enumerate().filter(|(_, (_, of))| of.units > 0).map(row).collect();
        let errors = [12, 24, 36].map(|months| {
            let within = base.strata.iter().filter_map(|of| of.within.get(months - 1).copied());
            Shape::Percent.largest_error(within)
        });
        let none = || vec![String::new(), String::new()];
        rows.push([vec![self.errors()], none(), errors.to_vec(), none()].concat());
        self.console.table(&headings, &[1, 3, 4, 5, 6, 7], rows);
    }

    fn staffing(&self, base: &Run) {
        let of = &base.staffing;
        self.console.heading(said!("能不能派出人", "Whether draws can be staffed"));
        let (share, units) = (Shape::Percent.mean(of.unstaffed), Shape::Count.mean(of.units));
        say(
            self.console,
            &said!(
                "{share} 的抽取派不出人，一年 {units} 家",
                "{share} of draws cannot be staffed, {units} units a year"
            ),
            "",
        );
        let most = of.by_month.iter().map(|mean| i128::from(mean.mean)).max().unwrap_or_default();
        let months = self.study.months.iter().zip(&of.by_month).filter(|(_, mean)| mean.mean > 0);
        let mut months: Vec<(&(i32, u32), &Mean)> = months.collect();
        // The worst first; the page has them all.
        months.sort_by_key(|(_, mean)| std::cmp::Reverse(mean.mean));
        months.truncate(WORST);
        let row = |(month, mean): (&(i32, u32), &Mean)| {
            vec![month_name(*month), bar(mean.mean.into(), most), Shape::Percent.mean(*mean)]
        };
        let headings = [said!("最差的月份", "worst months"), said!("", ""), said!("派不出人", "not staffed")];
        self.console.table(&headings, &[2], months.into_iter().map(row).collect());
        let most = of.bars.first().map_or(0, |(_, people)| people.mean.into());
        let causes = of.bars.iter().map(|(rule, people)| {
            let rule = if self.console.lang == Lang::Zh { rule.zh() } else { rule.key() };
            vec![rule.to_owned(), bar(people.mean.into(), most), Shape::Count.mean(*people)]
        });
        let headings = [
            said!("挡住人员的规则", "rule"),
            said!("", ""),
            said!("一年挡住人次", "people kept away, a year"),
        ];
        self.console.table(&headings, &[2], causes.collect());
    }
}
