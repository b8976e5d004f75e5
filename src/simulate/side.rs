//! The runs side by side: what a planner asks of each of them, one line a question.

use super::findings::figure;
use super::shown::Shape;
use super::study::{Mean, Measure, Run, Study};
use crate::lang::Said;
use crate::said;

/// A question, with the answer of every run in the order of the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is asked.
    pub name: Said,
    /// How the answers are written.
    pub shape: Shape,
    /// The answers.
    pub means: Vec<Mean>,
}

/// The office's year, whether draws can be staffed, and how soon the classes are visited.
pub fn side_by_side(study: &Study) -> Vec<Line> {
    let line = |name: Said, shape: Shape, of: &dyn Fn(&Run) -> Mean| Line {
        name,
        shape,
        means: study.runs.iter().map(of).collect(),
    };
    let measures = [
        Measure::Minutes,
        Measure::Utilisation,
        Measure::Overtime,
        Measure::Unfilled,
        Measure::Late,
        Measure::Unplaced,
        Measure::Backlog,
    ];
    let of_office = |measure: Measure| {
        let shape = measure.shape();
        line(shape.captioned(measure.said()), shape, &|run| figure(&run.office, measure).mean)
    };
    let mut lines: Vec<Line> = measures.into_iter().map(of_office).collect();
    let unstaffed = said!("派不出人的抽取", "draws that cannot be staffed");
    lines.push(line(unstaffed, Shape::Percent, &|run| run.staffing.unstaffed));
    for (at, class) in study.classes.iter().enumerate() {
        let Said { zh, en } = class.said();
        let visited = said!("{zh}：12 个月内查到", "{en}: visited within 12 months");
        let within =
            |run: &Run| run.classes.get(at).and_then(|of| of.within.get(11)).copied().unwrap_or_default();
        if study.months.len() >= 12 {
            lines.push(line(visited, Shape::Percent, &within));
        }
        let below = line(said!("{zh}：不到下限", "{en}: below the floor"), Shape::Percent, &|run| {
            run.classes.get(at).map(|of| of.below_floor).unwrap_or_default()
        });
        if below.means.iter().any(|mean| mean.mean > 0) {
            lines.push(below);
        }
    }
    lines
}
