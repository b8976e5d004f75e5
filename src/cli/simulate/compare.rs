//! Variants on the terminal: beside the base, and against it.

use super::rows::cut;
use super::show::Shown;
use crate::lang::Said;
use crate::said;
use crate::simulate::{Difference, Line, Measure, Place, is_clear, side_by_side};

/// Runs shown abreast, and columns of the name of each.
const ABREAST: usize = 3;
const RUN: usize = 16;
/// Columns of what is asked of them.
const QUESTION: usize = 42;
/// What differences are shown of: one column each.
const COMPARED: [Measure; 5] =
    [Measure::Minutes, Measure::Overtime, Measure::Unfilled, Measure::Late, Measure::Backlog];

impl Shown<'_> {
    /// The runs side by side, and every variant against the base.
    pub fn variants(&self) {
        let runs = &self.study.runs;
        if runs.len() > 1 {
            self.console
                .heading(said!("各种做法并列，全机关一年", "The runs side by side, a year of the office"));
        }
        let lines = if runs.len() > 1 { side_by_side(self.study) } else { Vec::new() };
        for start in (0..runs.len()).step_by(ABREAST) {
            let shown = start..runs.len().min(start + ABREAST);
            let mut headings = vec![said!("", "")];
            headings.extend(runs[shown.clone()].iter().map(|run| {
                let name = cut(run.variant.said().to(self.console.lang), RUN);
                said!("{name}", "{name}")
            }));
            let row = |line: &Line| {
                let means = line.means[shown.clone()].iter().map(|mean| line.shape.mean(*mean));
                std::iter::once(cut(&self.t(&line.name), QUESTION)).chain(means).collect()
            };
            let numbers: Vec<usize> = (1..headings.len()).collect();
            self.console.table(&headings, &numbers, lines.iter().map(row).collect());
        }
        self.against_base();
    }

    fn against_base(&self) {
        for run in self.study.runs.iter().skip(1) {
            let Said { zh, en } = run.variant.said();
            self.console.heading(said!("做法“{zh}”减基准，一年", "Variant {en} less base, a year"));
            let places = std::iter::once((self.t(&said!("全机关", "office")), Place::Office)).chain(
                self.study.zones.iter().enumerate().map(|(at, zone)| (self.zone(zone), Place::Zone(at))),
            );
            let rows =
                places.map(|(name, place)| self.difference_row(name, place, &run.differences)).collect();
            self.differences(said!("范围", "place"), rows);
        }
    }

    /// What one more lead changes.
    pub fn marginal(&self) {
        if self.study.marginal.iter().all(Vec::is_empty) {
            return;
        }
        self.console.heading(said!(
            "多一名主办：全机关一年的变化，按放在哪个片区",
            "One more lead: what changes for the office in a year, by the zone that gets it"
        ));
        let zones = self.study.zones.iter().zip(&self.study.marginal);
        let rows = zones.map(|(zone, of)| self.difference_row(self.zone(zone), Place::Office, of)).collect();
        self.differences(said!("放在", "added in"), rows);
    }

    fn difference_row(&self, name: String, place: Place, all: &[Difference]) -> Vec<String> {
        let cells = COMPARED.map(|measure| {
            let found = all.iter().find(|one| one.place == place && one.measure == measure);
            match found.map(|one| one.mean) {
                Some(mean) if is_clear(mean) => measure.shape().of_differences().difference(mean),
                Some(_) => self.t(&said!("看不出", "not seen")),
                None => "–".to_owned(),
            }
        });
        std::iter::once(name).chain(cells).collect()
    }

    fn differences(&self, first: Said, rows: Vec<Vec<String>>) {
        let headings: Vec<Said> = std::iter::once(first).chain(COMPARED.map(heading)).collect();
        self.console.table(&headings, &[1, 2, 3, 4, 5], rows);
    }
}

/// What stands above a column: short, because five stand side by side.
fn heading(measure: Measure) -> Said {
    match measure {
        Measure::Minutes => said!("工时（小时）", "hours"),
        Measure::Overtime => said!("加班（小时）", "overtime (hours)"),
        Measure::Unfilled => said!("找不到人", "nobody found"),
        Measure::Late => said!("逾期件数", "late"),
        Measure::Backlog => said!("月末积压（小时）", "backlog (hours)"),
        _ => measure.shape().of_differences().captioned(measure.said()),
    }
}
