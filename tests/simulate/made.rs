//! A study as a simulation might have found it, made up from a seed: plausible, rich, and
//! of any size.

use yaohao::digest::Digest;
use yaohao::eligibility::Bar;
use yaohao::lang::Said;
use yaohao::scenario::Assumption;
use yaohao::simulate::{
    Coverage, Difference, Ending, Figure, KindFigures, Mean, Measure, Monthly, Named, Person, Place,
    Quantile, Run, Staffing, Study,
};
use yaohao::stream::Stream;

/// How large a study is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub zones: usize,
    pub towns: usize,
    pub people: usize,
    pub months: usize,
    pub variants: usize,
}

/// The district of the example.
pub const DISTRICT: Size = Size { zones: 4, towns: 22, people: 60, months: 36, variants: 2 };

const TOWNS: [&str; 22] = [
    "双龙湖街道",
    "回兴街道",
    "龙溪街道",
    "龙山街道",
    "龙塔街道",
    "悦来街道",
    "两路街道",
    "双凤桥街道",
    "王家街道",
    "宝圣湖街道",
    "仙桃街道",
    "玉峰山镇",
    "龙兴镇",
    "统景镇",
    "大湾镇",
    "兴隆镇",
    "木耳镇",
    "茨竹镇",
    "古路镇",
    "石船镇",
    "大盛镇",
    "洛碛镇",
];
const KINDS: [(&str, &str, i64); 8] = [
    ("drawn", "随机抽查", 3673),
    ("reinspection", "复查", 1676),
    ("complaint", "举报投诉核查", 1125),
    ("licence", "开业前检查许可", 372),
    ("fire-general", "火灾调查（一般程序）", 23),
    ("fire-simple", "火灾调查（简易程序）", 862),
    ("joint", "联合检查", 530),
    ("festival", "重大节日安保", 60),
];
const CLASSES: [(&str, &str); 5] = [
    ("high-risk", "火灾高危单位"),
    ("key-crowd", "重点单位（人员密集场所）"),
    ("key", "重点单位（其他）"),
    ("general", "一般单位"),
    ("small", "九小场所"),
];

/// A study of this size; the same every time.
pub fn study(size: Size) -> Study {
    Maker { chance: Stream::new(Digest([7; 32])), size }.study()
}

struct Maker {
    chance: Stream,
    size: Size,
}

fn named(key: impl Into<String>, name: impl Into<String>) -> Named {
    Named { key: key.into(), name: name.into() }
}

impl Maker {
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.chance.below(u64::try_from(high - low + 1).expect("a span"))).expect("small")
    }

    /// A mean of about `value`, in thousandths, with an error of about a hundredth.
    fn mean(&mut self, value: i64) -> Mean {
        Mean { mean: value * 1000 + self.between(0, 999), error: value * 10 + self.between(1, 99) }
    }

    fn figure(&mut self, middle: i64, width: i64) -> Figure {
        let interval = (width / 12).max(1);
        let quantile = |at: i64| Quantile { at, low: (at - interval).max(0), high: at + interval };
        let floor = |value: i64| value.max(0);
        Figure {
            mean: self.mean(middle + width / 20),
            p5: quantile(floor(middle - width)),
            p50: quantile(middle),
            p95: quantile(middle + width + width / 4),
            least: floor(middle - width - width / 2),
            most: middle + width * 2,
        }
    }

    /// A year of a place with so many people.
    fn year(&mut self, people: i64, per_person: i64) -> Vec<Figure> {
        let of = |maker: &mut Maker, measure: &Measure| {
            let minutes = people * per_person;
            let (middle, width) = match measure {
                Measure::Minutes => (minutes, minutes / 12),
                Measure::Travel => (minutes / 8, minutes / 80),
                Measure::Overtime => (minutes / 30, minutes / 40),
                Measure::Utilisation => ((per_person * 10_000 / 120_000).min(9_400), 250),
                Measure::Led => (people * 55, people * 4),
                Measure::Assisted => (people * 60, people * 4),
                Measure::Drawn => (people * 61, people * 3),
                Measure::Other => (people * 70, people * 6),
                Measure::Late => (people * 3, people * 2),
                Measure::Unplaced => (people / 4, people / 5),
                Measure::Unfilled => (people * 2, people),
                Measure::Backlog => (people * 700, people * 300),
                Measure::Gini => (640, 120),
                Measure::Span => (24_000, 6_000),
            };
            maker.figure(middle, width)
        };
        Measure::ALL.iter().map(|measure| of(self, measure)).collect()
    }

    fn months(&self) -> Vec<(i32, u32)> {
        let count = i32::try_from(self.size.months).expect("small");
        (0..count).map(|at| (2026 + at / 12, u32::try_from(at % 12 + 1).expect("a month"))).collect()
    }

    fn monthly(&mut self, people: i64, per_person: i64) -> Vec<Vec<Figure>> {
        let months = self.months();
        let of = |maker: &mut Maker, measure: &Monthly, month: u32| {
            // Winters and Septembers are heavy.
            let heavy = [118, 80, 96, 100, 104, 98, 92, 94, 116, 106, 108, 122][month as usize - 1];
            let minutes = people * per_person / 12 * heavy / 100 + maker.between(-500, 500).min(people * 100);
            let (middle, width) = match measure {
                Monthly::Minutes => (minutes.max(0), minutes.max(0) / 8),
                Monthly::Utilisation => ((78 * heavy).min(9_400), 400),
                Monthly::Late => (people * (heavy - 78) / 100, people / 6 + 1),
                Monthly::Backlog => (people * 9 * (heavy - 40), people * 160),
            };
            maker.figure(middle, width)
        };
        Monthly::ALL
            .iter()
            .map(|measure| months.iter().map(|(_, month)| of(self, measure, *month)).collect())
            .collect()
    }

    fn coverage(&mut self, units: u64, yearly: i64, floor: bool) -> Coverage {
        let mut left = 10_000_000_i64;
        let mut within = Vec::new();
        for _ in 0..self.size.months {
            left -= left * yearly / 120_000;
            within.push(Mean { mean: 10_000_000 - left, error: 12_000 + self.between(0, 9_000) });
        }
        let below = if floor && yearly < 9_000 { 10_000_000 - yearly * 1000 } else { 0 };
        Coverage { units, within, below_floor: Mean { mean: below, error: below / 90 } }
    }

    fn staffing(&mut self) -> Staffing {
        let by_month = self.months().into_iter().map(|(_, month)| match month {
            1 | 2 | 9 | 12 => self.mean(i64::from(month) * 40 + 60),
            _ => Mean::default(),
        });
        let by_month = by_month.collect();
        Staffing {
            unstaffed: self.mean(112),
            by_month,
            units: self.mean(3),
            bars: vec![
                (Bar::Leave, self.mean(52)),
                (Bar::Recusal, self.mean(24)),
                (Bar::NoCapacity, self.mean(15)),
                (Bar::Skill, self.mean(8)),
            ],
            zones: (0..self.size.zones)
                .rev()
                .map(|zone| (zone, self.mean(100 / (i64::try_from(zone).expect("small") + 2))))
                .collect(),
        }
    }

    fn differences(&mut self, strength: i64) -> Vec<Difference> {
        let places: Vec<Place> =
            std::iter::once(Place::Office).chain((0..self.size.zones).map(Place::Zone)).collect();
        let mut all = Vec::new();
        for measure in [
            Measure::Minutes,
            Measure::Utilisation,
            Measure::Overtime,
            Measure::Unfilled,
            Measure::Late,
            Measure::Backlog,
            Measure::Gini,
        ] {
            for place in &places {
                let scale = match measure {
                    Measure::Minutes | Measure::Overtime | Measure::Backlog => 9_000_000,
                    Measure::Gini => 60_000,
                    Measure::Utilisation => 300_000,
                    _ => 9_000,
                };
                let mean = self.between(-scale, scale / 2) * strength / 10;
                all.push(Difference { place: *place, measure, mean: Mean { mean, error: scale / 9 } });
            }
        }
        all
    }

    fn run(&mut self, variant: Named, differences: Vec<Difference>, added: usize) -> Run {
        let zones = self.size.zones;
        let staff: Vec<i64> = (0..zones)
            .map(|zone| i64::try_from((zone..self.size.people).step_by(zones).count()).expect("small"))
            .collect();
        let per: Vec<i64> =
            (0..zones).map(|zone| 104_000 - 7_000 * i64::try_from(zone % 5).expect("small")).collect();
        let all: i64 = staff.iter().sum();
        let monthly = std::iter::once((all, 95_000)).chain(staff.iter().copied().zip(per.iter().copied()));
        let monthly: Vec<(i64, i64)> = monthly.collect();
        let months = self.size.months;
        Run {
            variant,
            office: self.year(all, 95_000),
            zones: staff.iter().zip(&per).map(|(people, per)| self.year(*people, *per)).collect(),
            people: (0..self.size.people + added)
                .map(|person| {
                    let per = per[person % zones] + self.between(-9_000, 9_000);
                    self.year(1, per)
                })
                .collect(),
            monthly: monthly.into_iter().map(|(people, per)| self.monthly(people, per)).collect(),
            kinds: KINDS
                .iter()
                .map(|(_, _, yearly)| KindFigures {
                    came: self.mean(*yearly),
                    done: self.mean(*yearly - *yearly / 40),
                    late: self.mean(*yearly / 30),
                    days: self.mean(9),
                    waiting: self.mean(*yearly / 20),
                    minutes: self.mean(*yearly * 700),
                })
                .collect(),
            strata: (0..10)
                .map(|at| {
                    self.coverage(40 + 130 * at, 11_500 - 1_000 * i64::try_from(at).expect("small"), at < 6)
                })
                .collect(),
            classes: (0..5)
                .map(|at| {
                    self.coverage(60 + 900 * at, 11_000 - 2_200 * i64::try_from(at).expect("small"), at < 3)
                })
                .collect(),
            staffing: self.staffing(),
            town_visits: (0..self.size.towns)
                .map(|town| {
                    let busy = 48_000 / (i64::try_from(town).expect("small") + 1) + 2_000;
                    let visits = |maker: &mut Self| busy + maker.between(-busy / 4, busy / 4);
                    (0..months).map(|_| Mean { mean: visits(self), error: busy / 20 }).collect()
                })
                .collect(),
            town_minutes: (0..self.size.towns)
                .map(|town| self.between(20, 900) * 400 / (i64::try_from(town).expect("small") + 3))
                .map(|minutes| Mean { mean: minutes * 1_000 + 7, error: minutes * 10 })
                .collect(),
            differences,
        }
    }

    fn study(mut self) -> Study {
        let size = self.size;
        let zone_name = |zone: usize| {
            ["第一片区", "第二片区", "第三片区", "第四片区"]
                .get(zone)
                .map_or_else(|| format!("第{}片区", zone + 1), |name| (*name).to_owned())
        };
        let mut runs = vec![self.run(named("base", "基准"), Vec::new(), 0)];
        for variant in 0..size.variants {
            let differences = self.differences(4 + 6 * i64::try_from(variant).expect("small"));
            let (key, name) = [("pooled", "全区统一派人"), ("one-lead", "第一片区增加一名主办")][variant % 2];
            runs.push(self.run(named(format!("{key}{variant}"), name), differences, variant % 2));
        }
        let marginal =
            (0..size.zones).map(|zone| self.differences(10 - i64::try_from(zone).expect("small"))).collect();
        Study {
            office: "示例区消防救援大队".to_owned(),
            scenario: "现行方案三年".to_owned(),
            seed: "2026-11-26 示例".to_owned(),
            trials: 400,
            asked: 1000,
            precision: Some("1/100".parse().expect("a fraction")),
            ending: Ending::Precise,
            months: self.months(),
            zones: (0..size.zones).map(|zone| named(format!("z{}", zone + 1), zone_name(zone))).collect(),
            towns: (0..size.towns)
                .map(|town| named(format!("5001120{:02}", town + 2), TOWNS[town % 22]))
                .collect(),
            people: (0..size.people)
                .map(|at| Person {
                    certificate: format!("SL{:04}", at + 1),
                    zone: at % size.zones,
                    lead: at % 2 == 0,
                })
                .collect(),
            kinds: KINDS.iter().map(|(key, name, _)| named(*key, *name)).collect(),
            yearly: KINDS
                .iter()
                .enumerate()
                .map(|(at, (.., yearly))| (at > 1).then_some(u32::try_from(*yearly).expect("small")))
                .collect(),
            strata: (0..10)
                .map(|at| {
                    named(
                        format!("{}-{}", CLASSES[at / 2].0, ["a", "b"][at % 2]),
                        format!("{}·信用{}", CLASSES[at / 2].1, ["A", "B"][at % 2]),
                    )
                })
                .collect(),
            floors: vec![2, 2, 1, 1, 1, 1, 0, 0, 0, 0],
            classes: CLASSES.iter().map(|(key, name)| named(*key, *name)).collect(),
            assumptions: assumptions(),
            runs,
            marginal,
        }
    }
}

fn assumptions() -> Vec<Assumption> {
    let line = |key: &str, zh: &str, en: &str, value: &str, unit: &str, source: &str| Assumption {
        key: key.to_owned(),
        name: Said { zh: zh.to_owned(), en: en.to_owned() },
        value: value.to_owned(),
        unit: unit.to_owned(),
        source: source.to_owned(),
        assumed: source.starts_with("assumed") || source.starts_with("假定"),
    };
    vec![
        line("day.minutes", "每个工作日的工时", "minutes of a working day", "420", "分钟", "机关作息规定"),
        line(
            "travel.elsewhere",
            "跨片区另加的路程",
            "extra way to another zone",
            "40",
            "分钟",
            "假定：没有人量过，按导航估计",
        ),
        line(
            "work.complaint.yearly",
            "举报投诉一年多少件",
            "complaints a year",
            "1125",
            "件",
            "2023 年行政执法总体情况的报告",
        ),
        line(
            "visits.notices",
            "抽查后要限期改正的",
            "visits that end with a notice",
            "9/20",
            "比例",
            "2023 年：1676 份通知书，3673 次检查",
        ),
        line(
            "leave.sick_yearly",
            "一百人一年请几次病假",
            "sick leaves of a hundred people",
            "90",
            "次",
            "假定",
        ),
    ]
}

/// Gives every figure of a study the same value.
pub fn everywhere(study: &mut Study, figure: &Figure) {
    for run in &mut study.runs {
        let years = run
            .office
            .iter_mut()
            .chain(run.zones.iter_mut().flatten())
            .chain(run.people.iter_mut().flatten());
        years.chain(run.monthly.iter_mut().flatten().flatten()).for_each(|of| *of = *figure);
        let mean = figure.mean;
        for kind in &mut run.kinds {
            *kind =
                KindFigures { came: mean, done: mean, late: mean, days: mean, waiting: mean, minutes: mean };
        }
        for group in run.strata.iter_mut().chain(&mut run.classes) {
            let share = Mean { mean: mean.mean.min(10_000_000), error: mean.error.min(10_000_000) };
            group.within.iter_mut().for_each(|of| *of = share);
            group.below_floor = share;
        }
        run.staffing.by_month.iter_mut().for_each(|of| of.mean = mean.mean.min(10_000_000));
        run.town_visits.iter_mut().flatten().chain(&mut run.town_minutes).for_each(|of| *of = mean);
        run.differences.iter_mut().for_each(|one| one.mean = mean);
    }
}
