//! The page of a simulation: well-formed, whole, harmless, and true to the study; and the
//! same figures as tables and for programs.

#[path = "simulate/drawn.rs"]
mod drawn;
#[path = "simulate/made.rs"]
mod made;

use drawn::{assert_inside, parsed, rows_of};
use made::{DISTRICT, Size, study};
use yaohao::cli::simulated as view;
use yaohao::lang::Lang;
use yaohao::simulate::{
    Difference, Ending, Figure, Mean, Measure, Monthly, Quantile, Staffing, Study, decimal, findings, page,
    tables,
};

/// A number with so many decimals, written another way than the page does it.
fn places(places: u32, thousandths: i64, one: i64) -> String {
    let (size, one, parts) = (i128::from(thousandths).abs(), i128::from(one), 10_i128.pow(places));
    let number = (2 * parts * size + one) / (2 * one);
    let sign = if thousandths < 0 && number > 0 { "-" } else { "" };
    format!("{sign}{}.{:0width$}", number / parts, number % parts, width = places as usize)
}

fn tenths(thousandths: i64, one: i64) -> String {
    places(1, thousandths, one)
}

/// What 1 is as it is written, in thousandths of the unit; decimals; sign.
fn form(measure: Measure) -> (i64, u32, &'static str) {
    use Measure::*;
    match measure {
        Minutes | Travel | Overtime | Backlog | Span => (60_000, 1, ""),
        Utilisation => (100_000, 1, "%"),
        Gini => (10_000_000, 3, ""),
        Led | Assisted | Drawn | Other | Late | Unplaced | Unfilled => (1000, 1, ""),
    }
}

/// How a mean without its error is written.
fn written(measure: Measure, thousandths: i64) -> String {
    let (one, decimals, sign) = form(measure);
    places(decimals, thousandths, one) + sign
}

fn as_value(measure: Measure, value: i64) -> String {
    let counted = matches!(written(measure, 1000).as_str(), "1.0");
    if counted { value.to_string() } else { written(measure, value * 1000) }
}

fn quantile(measure: Measure, quantile: Quantile) -> String {
    let [at, low, high] = [quantile.at, quantile.low, quantile.high].map(|value| as_value(measure, value));
    format!("{at} ({low}–{high})")
}

/// The mean stands before ±; behind it the error, never less than it is. An error below 1
/// has two decimals at least, and so has its mean.
fn assert_mean(measure: Measure, mean: Mean, cell: &str) {
    let (before, error) = cell.split_once(" ± ").unwrap_or_else(|| panic!("no error in {cell:?}"));
    let (one, decimals, sign) = form(measure);
    let decimals = if (1..one).contains(&mean.error) { decimals.max(2) } else { decimals };
    let written = |thousandths| places(decimals, thousandths, one) + sign;
    assert_eq!(before.trim_start_matches('+'), written(mean.mean), "{measure:?} {mean:?}");
    let below = written(mean.error);
    let number = |text: &str| text.trim_end_matches('%').replace('.', "").parse::<i64>().expect("a number");
    let over = number(error) - number(&below);
    assert!((0..=1).contains(&over), "{error} for {mean:?}, to the nearest {below}");
}

/// Differences of shares are in percentage points.
fn assert_difference(one: &Difference, cell: &str) {
    match one.measure {
        Measure::Utilisation => {
            let (before, error) = cell.split_once(" ± ").expect("an error");
            assert_mean(one.measure, one.mean, &format!("{before}% ± {error}%"));
        }
        measure => assert_mean(measure, one.mean, cell),
    }
}

fn assert_figure(measure: Measure, figure: &Figure, cells: &[String]) {
    assert_mean(measure, figure.mean, &cells[0]);
    let quantiles = [figure.p5, figure.p50, figure.p95].map(|of| quantile(measure, of));
    assert_eq!(cells[1..4], quantiles, "{measure:?}");
    assert_eq!(cells[4..6], [figure.least, figure.most].map(|value| as_value(measure, value)));
}

fn made() -> Study {
    study(DISTRICT)
}

#[test]
fn a_page_is_one_file_that_fetches_and_runs_nothing() {
    for lang in [Lang::Zh, Lang::En] {
        let text = page(&made(), lang, &[], None);
        assert!(text.len() < 1_500_000, "{} bytes", text.len());
        let tree = parsed(&text);
        for tag in ["script", "link", "img", "iframe", "image", "use", "object"] {
            assert!(!tree.descendants().any(|node| node.has_tag_name(tag)), "{tag}");
        }
        for address in ["http:", "https:", "url(", "@import", "javascript", "NaN"] {
            assert!(!text.contains(address), "{address}");
        }
        let policy =
            tree.descendants().find(|node| node.attribute("http-equiv").is_some()).expect("a policy");
        assert!(policy.attribute("content").is_some_and(|policy| policy.starts_with("default-src 'none'")));
        let links: Vec<&str> = tree.descendants().filter_map(|node| node.attribute("href")).collect();
        assert!(links.len() >= 9);
        for link in links {
            let id = link.strip_prefix('#').expect("within the page");
            assert!(tree.descendants().any(|node| node.attribute("id") == Some(id)), "{link}");
        }
    }
}

#[test]
fn pictures_and_tables_are_told_to_those_who_do_not_see_them() {
    let text = page(&made(), Lang::Zh, &[], None);
    let tree = parsed(&text);
    let pictures: Vec<_> = tree.descendants().filter(|node| node.has_tag_name("svg")).collect();
    assert!(pictures.len() > 50, "{} pictures", pictures.len());
    for picture in pictures {
        assert_eq!(picture.attribute("role"), Some("img"));
        for tag in ["title", "desc"] {
            let told = picture.children().find(|node| node.has_tag_name(tag)).and_then(|node| node.text());
            assert!(told.is_some_and(|told| !told.is_empty()), "{tag}");
        }
    }
    let headings = tree.descendants().filter(|node| node.has_tag_name("th"));
    assert!(headings.into_iter().all(|node| node.attribute("scope").is_some()));
    let tables = tree.descendants().filter(|node| node.has_tag_name("table"));
    assert!(tables.into_iter().all(|node| node.children().any(|child| child.has_tag_name("caption"))));
}

#[test]
fn the_english_page_says_nothing_in_chinese_but_names() {
    let mut plain = made();
    for named in [&mut plain.zones, &mut plain.towns, &mut plain.kinds, &mut plain.strata, &mut plain.classes]
    {
        named.iter_mut().for_each(|named| named.name = named.key.clone());
    }
    plain.runs.iter_mut().for_each(|run| run.variant.name = run.variant.key.clone());
    (plain.office, plain.scenario, plain.seed) = ("Office".into(), "Scenario".into(), "seed".into());
    plain.assumptions.clear();
    let text = page(&plain, Lang::En, &[], None);
    let (_, body) = text.split_once("</style>").expect("a style");
    let chinese: String = body.chars().filter(|c| ('\u{3000}'..'\u{a000}').contains(c)).collect();
    assert_eq!(chinese, "");
}

#[test]
fn a_study_that_was_stopped_says_so_first() {
    let mut stopped = made();
    for (lang, mark) in
        [(Lang::Zh, "中途停止，只有部分结果"), (Lang::En, "stopped before the end, partial results")]
    {
        stopped.ending = Ending::Precise;
        assert!(!page(&stopped, lang, &[], None).contains(mark));
        stopped.ending = Ending::Interrupted;
        let text = page(&stopped, lang, &[], None);
        let tree = parsed(&text);
        let title = tree.descendants().find(|node| node.has_tag_name("title")).and_then(|node| node.text());
        assert!(title.is_some_and(|title| title.contains(mark)));
        let alert =
            tree.descendants().find(|node| node.attribute("role") == Some("alert")).expect("an alert");
        assert_eq!(alert.text(), Some(mark));
    }
}

#[test]
fn hostile_names_stay_names() {
    let mut hostile = made();
    let name = "<script>alert(\"1\")</script>'\"&\u{1}";
    hostile.office = name.to_owned();
    hostile.scenario = name.to_owned();
    hostile.seed = name.to_owned();
    hostile.zones[0].name = name.to_owned();
    hostile.towns[0].name = name.to_owned();
    hostile.kinds[0].name = name.to_owned();
    hostile.strata[0].name = name.to_owned();
    hostile.runs[1].variant.name = name.to_owned();
    hostile.assumptions[0].source = name.to_owned();
    let people = vec![name.to_owned(); 60];
    let text = page(&hostile, Lang::Zh, &people, None);
    let tree = parsed(&text);
    assert!(!tree.descendants().any(|node| node.has_tag_name("script")));
    assert!(
        tree.descendants().any(|node| node.text().is_some_and(|text| text.contains("<script>alert(\"1\")")))
    );
}

#[test]
fn numbers_are_rounded_to_the_nearest_on_both_sides_of_zero() {
    let of = |value: i128| decimal(value, 60_000, 1);
    assert_eq!([0, 2_999, 3_000, 59_999].map(of), ["0.0", "0.0", "0.1", "1.0"]);
    assert_eq!([-2_999, -3_000, -3_001, -90_000].map(of), ["0.0", "-0.1", "-0.1", "-1.5"]);
    assert_eq!(decimal(-5, 10_000_000, 3), "0.000");
}

#[test]
fn the_summary_says_in_words_what_the_figures_say() {
    let mut study = made();
    let said = |study: &Study| -> String {
        findings(study).iter().map(|said| format!("{}\n{}\n", said.zh, said.en)).collect()
    };
    let told = said(&study);
    let hours = |zone: usize| tenths(study.runs[0].zones[zone][0].mean.mean, 60_000 * 15);
    assert!(told.contains(&format!("每人工时最多的是第一片区，每年 {}", hours(0))), "{told}");
    assert!(told.contains(&format!("least in z4, {}", hours(3))), "{told}");
    assert!(told.contains("有 12 个月可能派不出人") && told.contains("最常见的原因是“请假”"), "{told}");
    assert!(told.contains("重点单位（人员密集场所） 12.0%") && !told.contains("火灾高危单位 "), "{told}");
    assert!(told.contains("没有达到要求的精度") == (study.ending == Ending::AllTrials));
    // A study without trouble says so.
    for run in &mut study.runs {
        run.staffing = Staffing { by_month: vec![Mean::default(); 36], ..Staffing::default() };
        run.classes.iter_mut().for_each(|class| class.below_floor = Mean::default());
        for of in std::iter::once(&mut run.office).chain(&mut run.zones) {
            of[Measure::Late as usize] = Figure::default();
            of[Measure::Unplaced as usize] = Figure::default();
            of[Measure::Unfilled as usize] = Figure::default();
        }
        run.differences.iter_mut().for_each(|one| one.mean.error = one.mean.mean.abs());
    }
    study.marginal.iter_mut().flatten().for_each(|one| one.mean.error = one.mean.mean.abs());
    let told = said(&study);
    for calm in [
        "没有一件工作逾期",
        "每个月的抽取都派得出人",
        "各类单位都做到了",
        "看不出与基准有差别",
        "都看不出找不到人去的单位和逾期会减少",
    ] {
        assert!(told.contains(calm), "{calm} in {told}");
    }
    study.ending = Ending::AllTrials;
    assert!(said(&study).contains("没有达到要求的精度 1/100"));
    study.ending = Ending::Interrupted;
    assert!(findings(&study)[0].zh.starts_with("中途停止，只有部分结果"));
}

#[test]
fn every_figure_of_a_year_stands_in_a_table_as_it_was_found() {
    let made = made();
    let text = page(&made, Lang::En, &[], None);
    let tree = parsed(&text);
    for run in &made.runs {
        let rows = rows_of(&tree, &format!("{}: all figures of a year", run.variant.key));
        let all: Vec<&Figure> = run.office.iter().chain(run.zones.iter().flatten()).collect();
        assert_eq!(rows.len(), all.len());
        let measures = Measure::ALL.iter().cycle();
        for ((row, figure), measure) in rows.iter().zip(all).zip(measures) {
            assert_figure(*measure, figure, &row[2..]);
        }
    }
    let people = rows_of(&tree, "hours of each inspector in a year, and other means");
    assert_eq!(people.len(), made.people.len());
    for (row, figures) in people.iter().zip(&made.runs[0].people) {
        assert_figure(Measure::Minutes, &figures[0], &row[3..9]);
    }
}

#[test]
fn every_month_stands_in_a_table_as_it_was_found() {
    let made = made();
    let text = page(&made, Lang::En, &[], None);
    let tree = parsed(&text);
    let captions = [
        "time worked by month",
        "utilisation by month",
        "late work by month",
        "backlog at month's end by month",
    ];
    let alike = [Measure::Minutes, Measure::Utilisation, Measure::Late, Measure::Backlog];
    for ((monthly, caption), measure) in Monthly::ALL.iter().zip(captions).zip(alike) {
        let rows = rows_of(&tree, caption);
        let all = made.runs[0].monthly.iter().flat_map(|place| &place[*monthly as usize]);
        assert_eq!(rows.len(), 5 * 36);
        rows.iter().zip(all).for_each(|(row, figure)| assert_figure(measure, figure, &row[2..]));
    }
}

#[test]
fn coverage_kinds_staffing_and_differences_stand_in_tables_as_they_were_found() {
    let made = made();
    let base = &made.runs[0];
    let text = page(&made, Lang::En, &[], None);
    let tree = parsed(&text);
    for (caption, groups) in
        [("how soon visited, by stratum", &base.strata), ("how soon visited, by class", &base.classes)]
    {
        let rows = rows_of(&tree, caption);
        assert_eq!(rows.len(), groups.len());
        for (row, of) in rows.iter().zip(groups) {
            assert_eq!(row[1], of.units.to_string());
            assert_mean(Measure::Utilisation, of.below_floor, &row[3]);
            of.within
                .iter()
                .zip(&row[4..])
                .for_each(|(mean, cell)| assert_mean(Measure::Utilisation, *mean, cell));
        }
    }
    for (row, of) in rows_of(&tree, "the kinds of work in a year").iter().zip(&base.kinds) {
        let counts = [of.came, of.done, of.late, of.days, of.waiting];
        counts.iter().zip(&row[2..7]).for_each(|(mean, cell)| assert_mean(Measure::Late, *mean, cell));
        assert_mean(Measure::Minutes, of.minutes, &row[7]);
    }
    let months = rows_of(&tree, "draws that cannot be staffed, by month");
    assert_eq!(months.len(), 36);
    let found = months.iter().zip(&base.staffing.by_month);
    found.for_each(|(row, mean)| assert_mean(Measure::Utilisation, *mean, &row[1]));
    let causes = rows_of(&tree, "why draws cannot be staffed, and where");
    let (bars, zones) = (&base.staffing.bars, &base.staffing.zones);
    let means = bars.iter().map(|(_, mean)| mean).chain(zones.iter().map(|(_, mean)| mean));
    assert_eq!(causes.len(), bars.len() + zones.len());
    causes.iter().zip(means).for_each(|(row, mean)| assert_mean(Measure::Drawn, *mean, &row[1]));
    for run in &made.runs[1..] {
        let rows = rows_of(&tree, &format!("{} less base", run.variant.key));
        assert_eq!(rows.len(), run.differences.len());
        rows.iter().zip(&run.differences).for_each(|(row, one)| assert_difference(one, &row[2]));
    }
    let leads = rows_of(&tree, "one more lead");
    let all: Vec<_> = made.marginal.iter().flatten().collect();
    assert_eq!(leads.len(), all.len());
    leads.iter().zip(all).for_each(|(row, one)| assert_difference(one, &row[3]));
}

#[test]
fn the_runs_stand_side_by_side() {
    let made = made();
    let text = page(&made, Lang::En, &[], None);
    let rows = rows_of(&parsed(&text), "The runs side by side");
    for (at, run) in made.runs.iter().enumerate() {
        assert_mean(Measure::Minutes, run.office[Measure::Minutes as usize].mean, &rows[0][at + 1]);
        assert_mean(Measure::Late, run.office[Measure::Late as usize].mean, &rows[4][at + 1]);
        assert_mean(Measure::Unfilled, run.office[Measure::Unfilled as usize].mean, &rows[3][at + 1]);
        assert_mean(Measure::Utilisation, run.staffing.unstaffed, &rows[7][at + 1]);
        assert_mean(Measure::Utilisation, run.classes[0].within[11], &rows[8][at + 1]);
    }
}

#[test]
fn many_runs_stand_in_several_tables_each_beside_the_base() {
    let many = study(Size { variants: 6, ..DISTRICT });
    let text = page(&many, Lang::En, &[], None);
    let tree = parsed(&text);
    let tables = ["The runs side by side (1 of 2)", "The runs side by side (2 of 2)"];
    let [first, second] = tables.map(|caption| rows_of(&tree, caption));
    assert_eq!((first[0].len(), second[0].len()), (1 + 5, 1 + 3));
    assert_eq!(first[0][1], second[0][1], "the base");
    assert_mean(Measure::Minutes, many.runs[6].office[Measure::Minutes as usize].mean, &second[0][3]);
}

#[test]
fn towns_and_assumptions_stand_in_tables_as_they_are() {
    let made = made();
    let text = page(&made, Lang::En, &[], None);
    let tree = parsed(&text);
    let rows = rows_of(&tree, "mean drawn visits by town and month");
    for ((row, minutes), visits) in rows.iter().zip(&made.runs[0].town_minutes).zip(&made.runs[0].town_visits)
    {
        assert_mean(Measure::Minutes, *minutes, &row[1]);
        visits.iter().zip(&row[2..]).for_each(|(visits, cell)| assert_mean(Measure::Drawn, *visits, cell));
        assert_eq!(row.len(), 2 + 36);
    }
    let rows = rows_of(&tree, "What the simulation assumes");
    for (row, one) in rows.iter().zip(&made.assumptions) {
        let name = if one.assumed { format!("{} assumed", one.name.en) } else { one.name.en.clone() };
        assert_eq!([&row[0], &row[1], &row[2], &row[4]], [&name, &one.value, &one.unit, &one.key]);
        assert!(one.source.ends_with(&row[3]));
    }
    assert_eq!(rows.len(), made.assumptions.len());
}

/// Sizes that nobody draws by hand.
const SIZES: [Size; 5] = [
    DISTRICT,
    Size { zones: 1, towns: 1, people: 1, months: 1, variants: 0 },
    Size { zones: 12, towns: 60, people: 200, months: 12, variants: 1 },
    Size { zones: 4, towns: 22, people: 60, months: 120, variants: 6 },
    Size { zones: 2, towns: 3, people: 0, months: 24, variants: 1 },
];

#[test]
fn pictures_stay_within_their_frames_at_any_size() {
    for size in SIZES {
        for lang in [Lang::Zh, Lang::En] {
            let text = page(&study(size), lang, &[], None);
            assert!(text.len() < 1_500_000, "{size:?}: {} bytes", text.len());

            assert_inside(&parsed(&text));
        }
    }
}

#[test]
fn pictures_stay_within_their_frames_for_nothing_and_for_the_huge() {
    for value in [0, 1, 1_000_000_000] {
        let mut all = made();
        let all_figure = Figure {
            mean: Mean { mean: value * 1000, error: value },
            p5: Quantile { at: value, low: value, high: value },
            p50: Quantile { at: value, low: value, high: value },
            p95: Quantile { at: value, low: value, high: value },
            least: value,
            most: value,
        };
        made::everywhere(&mut all, &all_figure);
        assert_inside(&parsed(&page(&all, Lang::Zh, &[], None)));
    }
    // One among many.
    let mut one = made();
    let base = &mut one.runs[0];
    for figure in [&mut base.people[3][0], &mut base.zones[2][0], &mut base.monthly[1][0][7]] {
        figure.p95.at = 4_000_000_000_000;
        figure.most = 9_000_000_000_000;
    }
    one.runs[0].town_visits[4][4].mean = i64::MAX / 4_000_000;
    one.runs[1].differences[0].mean = Mean { mean: -7_000_000_000_000, error: 9_000_000_000_000 };
    assert_inside(&parsed(&page(&one, Lang::Zh, &[], None)));
}

#[test]
fn a_study_without_runs_is_a_page_too() {
    let mut empty = made();
    empty.runs.clear();
    empty.marginal.clear();
    parsed(&page(&empty, Lang::Zh, &[], None));
    assert_eq!(tables(&empty, &[]).len(), 9);
}

#[test]
fn tables_have_every_figure_once_and_no_formulas() {
    let mut made = made();
    made.zones[0].name = "=HYPERLINK(1)".to_owned();
    made.assumptions[0].source = "+1".to_owned();
    let people: Vec<String> = (0..made.people.len()).map(|_| "@who".to_owned()).collect();
    let files = tables(&made, &people);
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(file, _)| *file == name).unwrap_or_else(|| panic!("no {name}"));
        String::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte-order mark").to_vec())
            .expect("UTF-8")
    };
    let lines = |name: &str| text(name).lines().count() - 1;
    assert!(
        text("study.csv").contains("trials,400\r\n") && text("study.csv").ends_with("ending,precise\r\n")
    );
    let runs = made.runs.len();
    let places = 1 + 4;
    let people_of_all: usize = made.runs.iter().map(|run| run.people.len()).sum();
    assert_eq!(lines("figures.csv"), (runs * places + people_of_all) * Measure::ALL.len());
    assert_eq!(lines("monthly.csv"), runs * places * Monthly::ALL.len() * 36);
    assert_eq!(lines("kinds.csv"), runs * made.kinds.len() * 6);
    assert_eq!(lines("coverage.csv"), runs * (10 + 5) * (36 + 1));
    assert_eq!(lines("staffing.csv"), runs * (2 + 36 + 4 + 4));
    assert_eq!(lines("towns.csv"), runs * 22 * (1 + 36));
    let differences =
        made.runs.iter().map(|run| &run.differences).chain(&made.marginal).map(Vec::len).sum::<usize>();
    assert_eq!(lines("differences.csv"), differences);
    assert_eq!(lines("assumptions.csv"), made.assumptions.len());
    let Mean { mean, error } = made.runs[0].office[0].mean;
    let exact = |value: i64| format!("{}.{:03}", value / 1000, value % 1000);
    let first = text("figures.csv").lines().nth(1).expect("a row").to_owned();
    let start =
        format!("base,office,office,示例区消防救援大队,minutes,minutes,{},{},", exact(mean), exact(error));
    assert!(first.starts_with(&start), "{first} {start}");
    assert!(text("figures.csv").contains(",'=HYPERLINK(1),") && text("figures.csv").contains(",'@who,"));
    assert!(text("assumptions.csv").contains(",'+1,"));
    // Numbers below zero are numbers.
    let below = made.runs[1].differences.iter().map(|one| one.mean.mean).find(|mean| *mean < 0).expect("one");
    assert!(text("differences.csv").contains(&format!(",-{}.{:03},", -below / 1000, -below % 1000)));
    assert!(!files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("SL0001")));
}

#[test]
fn programs_get_everything() {
    let made = made();
    let value = view(&made);
    let base = &value["runs"][0];
    assert_eq!(base["zones"]["z2"]["minutes"]["p95"]["at"], made.runs[0].zones[1][0].p95.at);
    assert_eq!(base["zones"]["z2"]["minutes"]["mean_thousandths"], made.runs[0].zones[1][0].mean.mean);
    assert_eq!(base["monthly"][0]["months"]["late"][35]["most"], made.runs[0].monthly[0][2][35].most);
    assert_eq!(value["marginal"][3]["differences"][0]["mean_thousandths"], made.marginal[3][0].mean.mean);
    assert_eq!((value["partial"].as_bool(), value["ending"].as_str()), (Some(false), Some("precise")));
    assert!(!value.to_string().contains("SL0001"), "certificates are for the office only");
}

#[test]
fn what_is_not_late_and_what_never_settles_is_said() {
    let mut study = made();
    let told = |study: &Study| -> Vec<String> { findings(study).into_iter().map(|said| said.zh).collect() };
    let at = |told: &[String], what: &str| told.iter().position(|said| said.contains(what));
    // Units nobody could be found for are not late: they come first.
    let said = told(&study);
    assert!(at(&said, "找不到人去，不算在逾期里") < at(&said, "每年逾期"), "{said:?}");
    let helps = said.iter().find(|said| said.contains("多一名主办，放在")).expect("one more lead");
    assert!(helps.contains("找不到人去的单位每年 -"), "{helps}");
    // Without any to find, late work counts.
    study.marginal.iter_mut().flatten().filter(|one| one.measure == Measure::Unfilled).for_each(|one| {
        one.mean = Mean::default();
    });
    let late = study.marginal[2].iter_mut().find(|one| one.measure == Measure::Late).expect("late work");
    late.mean = Mean { mean: -90_000_000, error: 1 };
    assert!(
        told(&study)
            .iter()
            .any(|said| said.contains("放在第三片区最有用：全机关逾期每年 -90000.00 ± 0.01 件"))
    );
    // A zone without any hours is no number of times lighter.
    study.runs[0].zones[3][Measure::Minutes as usize] = Figure::default();
    let said = told(&study);
    assert!(said.iter().any(|said| said.ends_with("；第四片区没有工时")), "{said:?}");
    assert!(!said.iter().any(|said| said.contains("两者相差")), "{said:?}");
    // Sixty inspectors have 25,200 minutes a day.
    let backlog = |study: &mut Study, first: i64, last: i64| {
        let months = &mut study.runs[0].monthly[0][Monthly::Backlog as usize];
        (months[11].mean.mean, months[35].mean.mean) = (first * 1_000, last * 1_000);
        told(study).iter().any(|said| said.starts_with("积压逐年增加"))
    };
    assert!(backlog(&mut study, 1_000, 26_201));
    assert!(!backlog(&mut study, 1_000, 26_200), "no more than a day of everybody");
    assert!(!backlog(&mut study, 40_000, 79_999) && backlog(&mut study, 40_000, 80_000), "twice as much");
}
