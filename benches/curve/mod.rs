//! Curves in an SVG, both axes logarithmic: how a figure grows with the number of units.
#![allow(clippy::float_arithmetic, reason = "a picture; nothing is decided by it")]

use std::fmt::Write;

/// One measured point: the series, the number of units, seconds, and bytes resident at most
/// (0: not measured).
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub series: String,
    pub units: f64,
    pub seconds: f64,
    pub bytes: f64,
}

/// Reads `series,n,seconds,bytes` lines; a line beginning with `#` or `series,` is none.
pub fn read(text: &str) -> Vec<Point> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#']));
    lines.filter(|line| !line.starts_with("series,")).map(point).collect()
}

fn point(line: &str) -> Point {
    let cells: Vec<&str> = line.rsplitn(4, ',').collect();
    let [bytes, seconds, units, series] = cells[..] else { panic!("series,n,seconds,bytes: {line}") };
    let number = |cell: &str| cell.parse().unwrap_or_else(|_| panic!("not a number in {line}"));
    Point { series: series.to_owned(), units: number(units), seconds: number(seconds), bytes: number(bytes) }
}

/// An axis over whole powers of ten, and how its ends are called.
struct Axis {
    from: i32,
    to: i32,
    start: f64,
    end: f64,
}

impl Axis {
    fn new(values: impl Iterator<Item = f64>, start: f64, end: f64) -> Axis {
        let powers: Vec<f64> = values.map(f64::log10).collect();
        let least = powers.iter().copied().fold(f64::INFINITY, f64::min).floor() as i32;
        let most = powers.iter().copied().fold(f64::NEG_INFINITY, f64::max).ceil() as i32;
        Axis { from: least, to: most.max(least + 1), start, end }
    }

    fn place(&self, value: f64) -> f64 {
        let share = (value.log10() - f64::from(self.from)) / f64::from(self.to - self.from);
        self.start + share * (self.end - self.start)
    }

    /// Every power of ten and where it is.
    fn powers(&self) -> impl Iterator<Item = (i32, f64)> + '_ {
        (self.from..=self.to).map(|power| (power, self.place(10_f64.powi(power))))
    }
}

const COLOURS: [&str; 9] = ["#06c", "#c40", "#2a7", "#83c", "#a80", "#088", "#c27", "#555", "#6a0"];

/// The curves of `points`, each series in the order in which it first comes; `value` is what they
/// show and `unit` how a power of ten of it is written.
pub fn svg(title: &str, points: &[Point], value: fn(&Point) -> f64, unit: fn(i32) -> String) -> String {
    // A series has one colour, also where some of its points are not shown.
    let mut names: Vec<&str> = Vec::new();
    points.iter().for_each(|point| {
        if !names.contains(&point.series.as_str()) {
            names.push(&point.series);
        }
    });
    let points: Vec<&Point> = points.iter().filter(|point| value(point) > 0.0).collect();
    let (wide, high) = (760, 420);
    let across = Axis::new(points.iter().map(|point| point.units), 70.0, 560.0);
    let up = Axis::new(points.iter().map(|point| value(point)), f64::from(high) - 50.0, 50.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" font-family=\"sans-serif\" font-size=\"12\">\n<title>{title}</title>\n<rect width=\"{wide}\" height=\"{high}\" fill=\"#fff\"/>\n<text x=\"70\" y=\"28\">{title}</text>\n"
    );
    grid(&mut out, &across, &up, unit);
    for (number, name) in names.iter().enumerate() {
        let mut of: Vec<&&Point> = points.iter().filter(|point| point.series == *name).collect();
        of.sort_by(|a, b| a.units.total_cmp(&b.units));
        let places: Vec<(f64, f64)> =
            of.iter().map(|point| (across.place(point.units), up.place(value(point)))).collect();
        curve(&mut out, &places, COLOURS[number % COLOURS.len()], number >= COLOURS.len());
        let y = 60 + 20 * number;
        let colour = COLOURS[number % COLOURS.len()];
        _ = writeln!(out, "<text x=\"575\" y=\"{y}\" fill=\"{colour}\">{name}</text>");
    }
    out.push_str("</svg>\n");
    out
}

fn grid(out: &mut String, across: &Axis, up: &Axis, unit: fn(i32) -> String) {
    for (power, x) in across.powers() {
        let (top, bottom) = (up.end, up.start);
        let (label, y) = (number(power), bottom + 18.0);
        _ = writeln!(
            out,
            "<path d=\"M{x:.0} {top:.0}V{bottom:.0}\" stroke=\"#ddd\"/><text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">{label}</text>"
        );
    }
    for (power, y) in up.powers() {
        let (left, right) = (across.start, across.end);
        let (label, x, down) = (unit(power), left - 6.0, y + 4.0);
        _ = writeln!(
            out,
            "<path d=\"M{left:.0} {y:.0}H{right:.0}\" stroke=\"#ddd\"/><text x=\"{x:.0}\" y=\"{down:.0}\" text-anchor=\"end\">{label}</text>"
        );
    }
    let (x, y) = ((across.start + across.end) / 2.0, up.start + 38.0);
    _ = writeln!(out, "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">units</text>");
}

fn curve(out: &mut String, places: &[(f64, f64)], colour: &str, dashed: bool) {
    let steps: Vec<String> = places.iter().map(|(x, y)| format!("{x:.0} {y:.0}")).collect();
    let dash = if dashed { " stroke-dasharray=\"5 3\"" } else { "" };
    _ = writeln!(
        out,
        "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>",
        steps.join(" L")
    );
    for (x, y) in places {
        _ = writeln!(out, "<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"3\" fill=\"{colour}\"/>");
    }
}

/// A power of ten with commas.
fn number(power: i32) -> String {
    let digits = format!("1{}", "0".repeat(usize::try_from(power).unwrap_or(0)));
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|g| str::from_utf8(g).expect("digits")).collect();
    groups.join(",")
}

/// A power of ten of seconds.
pub fn seconds(power: i32) -> String {
    match power {
        ..=-4 => format!("{} µs", number(power + 6)),
        -3..=-1 => format!("{} ms", number(power + 3)),
        _ => format!("{} s", number(power)),
    }
}

/// A power of ten of bytes.
pub fn bytes(power: i32) -> String {
    match power {
        ..=5 => format!("{} kB", number(power - 3)),
        6..=8 => format!("{} MB", number(power - 6)),
        _ => format!("{} GB", number(power - 9)),
    }
}
