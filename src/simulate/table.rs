//! The figures as flat tables (CSV), one file a subject, for whoever wants to reckon on.
//!
//! Long form: one figure a row. Values are decimals in the unit of the column `unit`
//! (minutes, count, ten-thousandths), never rounded further than the study itself.

use super::shown::{decimal, month_name};
use super::study::{Figure, Mean, Measure, Monthly, Place, Run, Study, Unit};

/// Headings of a figure.
const FIGURE: [&str; 13] = [
    "mean", "error", "p5", "p5_low", "p5_high", "p50", "p50_low", "p50_high", "p95", "p95_low", "p95_high",
    "least", "most",
];

/// Every table: the name of its file, and its bytes (UTF-8 with byte-order mark, CRLF).
///
/// `people` are what inspectors are called, as on the page; certificate
/// numbers are in no table.
pub fn tables(study: &Study, people: &[String]) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("study.csv", facts(study)),
        ("figures.csv", figures(study, people)),
        ("monthly.csv", monthly(study)),
        ("kinds.csv", kinds(study)),
        ("coverage.csv", coverage(study)),
        ("staffing.csv", staffing(study)),
        ("towns.csv", towns(study)),
        ("differences.csv", differences(study)),
        ("assumptions.csv", assumptions(study)),
    ]
}

/// A cell: a number, or a text that no spreadsheet may take for a formula.
enum Cell<'a> {
    Number(String),
    Text(&'a str),
}

use Cell::{Number, Text};

struct Csv(csv::Writer<Vec<u8>>);

impl Csv {
    fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Csv {
        let start = "\u{feff}".as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
        writer.write_record(headings).expect("a vector takes everything");
        Csv(writer)
    }

    fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let cells = cells.into_iter().map(|cell| match cell {
            Number(number) => number,
            Text(text) => harmless(text),
        });
        self.0.write_record(cells).expect("a vector takes everything");
    }

    fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("a vector takes everything")
    }
}

/// A text that spreadsheets do not take for a formula.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

fn number<'a>(value: impl ToString) -> Cell<'a> {
    Number(value.to_string())
}

/// Thousandths as a decimal.
fn milli<'a>(thousandths: i64) -> Cell<'a> {
    Number(decimal(thousandths.into(), 1000, 3))
}

fn mean<'a>(mean: Mean) -> [Cell<'a>; 2] {
    [milli(mean.mean), milli(mean.error)]
}

fn figure<'a>(figure: &Figure) -> impl Iterator<Item = Cell<'a>> {
    let quantiles = [figure.p5, figure.p50, figure.p95].into_iter().flat_map(|q| [q.at, q.low, q.high]);
    let values = quantiles.chain([figure.least, figure.most]).map(number);
    mean(figure.mean).into_iter().chain(values)
}

fn unit(unit: Unit) -> Cell<'static> {
    Text(match unit {
        Unit::Minutes => "minutes",
        Unit::Count => "count",
        Unit::Share => "ten-thousandths",
    })
}

/// What the figures come from, and whether they are all that was asked for.
fn facts(study: &Study) -> Vec<u8> {
    let mut csv = Csv::new(["subject", "value"]);
    let precision = study.precision.map(|precision| precision.to_string()).unwrap_or_default();
    for (subject, value) in [("office", &study.office), ("scenario", &study.scenario), ("seed", &study.seed)]
    {
        csv.row([Text(subject), Text(value)]);
    }
    csv.row([Text("trials"), number(study.trials)]);
    csv.row([Text("asked"), number(study.asked)]);
    csv.row([Text("precision"), Number(precision)]);
    csv.row([Text("ending"), Text(study.ending.key())]);
    csv.finish()
}

fn figures(study: &Study, people: &[String]) -> Vec<u8> {
    let first = ["run", "place_kind", "place", "name", "measure", "unit"];
    let mut csv = Csv::new(first.into_iter().chain(FIGURE));
    for run in &study.runs {
        let mut place = |kind: &'static str, key: &str, name: &str, figures: &[Figure]| {
            for (measure, of) in Measure::ALL.iter().zip(figures) {
                let named = [Text(&run.variant.key), Text(kind), Text(key), Text(name), Text(measure.key())];
                csv.row(named.into_iter().chain([unit(measure.unit())]).chain(figure(of)));
            }
        };
        place("office", "office", &study.office, &run.office);
        for (zone, figures) in study.zones.iter().zip(&run.zones) {
            place("zone", &zone.key, &zone.name, figures);
        }
        for (at, figures) in run.people.iter().enumerate() {
            let name = people.get(at).map(String::as_str).unwrap_or_default();
            place("person", &(at + 1).to_string(), name, figures);
        }
    }
    csv.finish()
}

/// Places in the order of what is followed by month: kind, key, name.
fn places(study: &Study) -> Vec<(&'static str, &str, &str)> {
    let office = ("office", "office", study.office.as_str());
    let zones = study.zones.iter().map(|zone| ("zone", zone.key.as_str(), zone.name.as_str()));
    std::iter::once(office).chain(zones).collect()
}

fn monthly(study: &Study) -> Vec<u8> {
    let first = ["run", "place_kind", "place", "name", "measure", "unit", "month"];
    let mut csv = Csv::new(first.into_iter().chain(FIGURE));
    for run in &study.runs {
        for ((kind, key, name), by_measure) in places(study).into_iter().zip(&run.monthly) {
            for (measure, months) in Monthly::ALL.iter().zip(by_measure) {
                for (month, of) in study.months.iter().zip(months) {
                    let named =
                        [Text(&run.variant.key), Text(kind), Text(key), Text(name), Text(measure.key())];
                    let when = [unit(measure.unit()), Number(month_name(*month))];
                    csv.row(named.into_iter().chain(when).chain(figure(of)));
                }
            }
        }
    }
    csv.finish()
}

fn kinds(study: &Study) -> Vec<u8> {
    let mut csv = Csv::new(["run", "kind", "name", "set_yearly", "subject", "unit", "mean", "error"]);
    for run in &study.runs {
        for (at, (kind, of)) in study.kinds.iter().zip(&run.kinds).enumerate() {
            let yearly =
                study.yearly.get(at).copied().flatten().map(|number| number.to_string()).unwrap_or_default();
            for (subject, unit, value) in [
                ("came", "count", of.came),
                ("done", "count", of.done),
                ("late", "count", of.late),
                ("days", "days", of.days),
                ("waiting", "count", of.waiting),
                ("minutes", "minutes", of.minutes),
            ] {
                let named =
                    [Text(&run.variant.key), Text(&kind.key), Text(&kind.name), Number(yearly.clone())];
                csv.row(named.into_iter().chain([Text(subject), Text(unit)]).chain(mean(value)));
            }
        }
    }
    csv.finish()
}

fn coverage(study: &Study) -> Vec<u8> {
    let headings = [
        "run",
        "group_kind",
        "group",
        "name",
        "units",
        "floor",
        "subject",
        "months",
        "unit",
        "mean",
        "error",
    ];
    let mut csv = Csv::new(headings);
    for run in &study.runs {
        let strata = study.strata.iter().zip(&run.strata).zip(study.floors.iter().map(ToString::to_string));
        let strata = strata.map(|((name, of), floor)| ("stratum", name, of, floor));
        let classes =
            study.classes.iter().zip(&run.classes).map(|(name, of)| ("class", name, of, String::new()));
        for (kind, name, of, floor) in strata.chain(classes) {
            let within = (1..).zip(&of.within).map(|(month, value)| ("within", month.to_string(), *value));
            let below = ("below-floor", "12".to_owned(), of.below_floor);
            for (subject, months, value) in within.chain([below]) {
                let named = [Text(&run.variant.key), Text(kind), Text(&name.key), Text(&name.name)];
                let what = [
                    number(of.units),
                    Number(floor.clone()),
                    Text(subject),
                    Number(months),
                    unit(Unit::Share),
                ];
                csv.row(named.into_iter().chain(what).chain(mean(value)));
            }
        }
    }
    csv.finish()
}

fn staffing(study: &Study) -> Vec<u8> {
    let mut csv = Csv::new(["run", "subject", "key", "unit", "mean", "error"]);
    for run in &study.runs {
        let of = &run.staffing;
        let mut row = |subject: &'static str, key: &str, of: Unit, value: [Cell<'_>; 2]| {
            let [value, error] = value;
            csv.row([Text(&run.variant.key), Text(subject), Text(key), unit(of), value, error]);
        };
        row("unstaffed", "", Unit::Share, mean(of.unstaffed));
        row("units", "", Unit::Count, mean(of.units));
        for (month, value) in study.months.iter().zip(&of.by_month) {
            row("unstaffed-in-month", &month_name(*month), Unit::Share, mean(*value));
        }
        for (bar, people) in &of.bars {
            row("kept-away", bar.key(), Unit::Count, mean(*people));
        }
        for (zone, units) in &of.zones {
            let key = study.zones.get(*zone).map(|zone| zone.key.as_str()).unwrap_or_default();
            row("units-in-zone", key, Unit::Count, mean(*units));
        }
    }
    csv.finish()
}

fn towns(study: &Study) -> Vec<u8> {
    let mut csv = Csv::new(["run", "town", "name", "subject", "month", "unit", "mean", "error"]);
    for run in &study.runs {
        for (at, town) in study.towns.iter().enumerate() {
            let mut row = |subject: &'static str, month: String, of: Unit, value: Mean| {
                let named = [Text(&run.variant.key), Text(&town.key), Text(&town.name)];
                let what = [Text(subject), Number(month), unit(of)];
                csv.row(named.into_iter().chain(what).chain(mean(value)));
            };
            if let Some(minutes) = run.town_minutes.get(at) {
                row("minutes", String::new(), Unit::Minutes, *minutes);
            }
            for (month, visits) in study.months.iter().zip(run.town_visits.get(at).into_iter().flatten()) {
                row("visits", month_name(*month), Unit::Count, *visits);
            }
        }
    }
    csv.finish()
}

fn differences(study: &Study) -> Vec<u8> {
    let headings = ["change", "key", "place_kind", "place", "measure", "unit", "mean", "error"];
    let mut csv = Csv::new(headings);
    let variants = study.runs.iter().skip(1).map(|run: &Run| ("variant", &run.variant.key, &run.differences));
    let leads = study.zones.iter().zip(&study.marginal).map(|(zone, of)| ("one-more-lead", &zone.key, of));
    for (change, key, of) in variants.chain(leads) {
        for one in of {
            let (kind, place) = match one.place {
                Place::Office => ("office", "office"),
                Place::Zone(zone) => {
                    ("zone", study.zones.get(zone).map(|zone| zone.key.as_str()).unwrap_or_default())
                }
            };
            let named = [Text(change), Text(key), Text(kind), Text(place), Text(one.measure.key())];
            csv.row(named.into_iter().chain([unit(one.measure.unit())]).chain(mean(one.mean)));
        }
    }
    csv.finish()
}

fn assumptions(study: &Study) -> Vec<u8> {
    let mut csv = Csv::new(["key", "name_zh", "name_en", "value", "unit", "source", "assumed"]);
    for one in &study.assumptions {
        let assumed = if one.assumed { "yes" } else { "no" };
        let words = [&one.key, &one.name.zh, &one.name.en, &one.value, &one.unit, &one.source];
        csv.row(words.map(|word| Text(word)).into_iter().chain([Text(assumed)]));
    }
    csv.finish()
}
