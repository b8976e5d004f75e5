//! What was simulated, and everything that was assumed.

use super::Page;
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;
use crate::scenario::Assumption;
use crate::simulate::shown::month_name;
use crate::simulate::study::{Ending, Run};

impl Page<'_> {
    /// Seed, trials, months, and why it ended.
    pub(super) fn facts(&self, m: &mut Markup) {
        let study = self.study;
        let (trials, asked) = (study.trials, study.asked);
        let span = |at: Option<&(i32, u32)>| at.copied().map(month_name).unwrap_or_default();
        let (first, last, months) =
            (span(study.months.first()), span(study.months.last()), study.months.len());
        let ending = match study.ending {
            Ending::Precise => said!("达到要求的精度", "the precision asked for was reached"),
            Ending::AllTrials => said!("要求的次数都做完了", "all trials asked for were made"),
            Ending::Interrupted => said!("中途停止，只有部分结果", "stopped before the end, partial results"),
        };
        let facts: Vec<(Said, String)> = vec![
            (
                said!("模拟次数", "Trials"),
                self.t(&said!("{trials} 次（最多 {asked} 次）", "{trials} (at most {asked})")),
            ),
            (
                said!("每次模拟", "Each trial"),
                self.t(&said!("{months} 个月，{first} 至 {last}", "{months} months, {first} to {last}")),
            ),
            (said!("结束原因", "Ended because"), self.t(&ending)),
            (
                said!("要求的精度", "Precision asked for"),
                study
                    .precision
                    .map_or_else(|| self.t(&said!("没有要求", "none")), |precision| precision.to_string()),
            ),
            (said!("随机种子", "Seed"), study.seed.clone()),
            (said!("规模", "Size"), {
                let (zones, towns, people) = (study.zones.len(), study.towns.len(), study.people.len());
                self.t(&said!(
                    "{zones} 个片区，{towns} 个镇街，{people} 名人员",
                    "{zones} zones, {towns} towns, {people} inspectors"
                ))
            }),
        ];
        m.element("dl", &[], |m| {
            for (name, value) in &facts {
                m.element("div", &[], |m| {
                    m.leaf("dt", &[], self.t(name));
                    m.leaf("dd", &[], value);
                });
            }
        });
    }

    /// The table of assumptions; those nobody has measured are marked.
    pub(super) fn assumptions(&self, m: &mut Markup, _: &Run) {
        let assumed = self.study.assumptions.iter().filter(|one| one.assumed).count();
        let all = self.study.assumptions.len();
        self.say(
            m,
            &said!(
                "共 {all} 条，其中 {assumed} 条没有人量过，标“假定”：先核实这些，再用结果。",
                "{all} in all; {assumed} of them nobody has measured, marked as assumed: check them before the results are used."
            ),
        );
        let headings = [
            said!("项目", "what"),
            said!("值", "value"),
            said!("单位", "unit"),
            said!("依据", "source"),
            said!("位置", "where"),
        ];
        let caption = self.t(&said!("模拟的假定", "What the simulation assumes"));
        let frame =
            [("class", "frame words"), ("tabindex", "0"), ("role", "region"), ("aria-label", &*caption)];
        m.element("div", &frame, |m| {
            m.element("table", &[], |m| {
                m.leaf("caption", &[], &caption);
                m.element("thead", &[], |m| {
                    m.element("tr", &[], |m| {
                        for heading in &headings {
                            m.leaf("th", &[("scope", "col")], self.t(heading));
                        }
                    });
                });
                m.element("tbody", &[], |m| self.assumption_rows(m));
            });
        });
    }

    fn assumption_rows(&self, m: &mut Markup) {
        for one in &self.study.assumptions {
            m.element("tr", &[], |m| {
                // The mark stands where a narrow window shows it.
                m.element("th", &[("scope", "row")], |m| {
                    m.text(self.t(&one.name));
                    if one.assumed {
                        m.text(" ");
                        m.leaf("span", &[("class", "assumed")], self.t(&said!("假定", "assumed")));
                    }
                });
                m.leaf("td", &[], &one.value);
                m.leaf("td", &[], &one.unit);
                m.leaf("td", &[], reason(one));
                m.leaf("td", &[], &one.key);
            });
        }
    }
}

/// The source without the word that is set off before it.
fn reason(one: &Assumption) -> &str {
    let rest = ["assumed", "假定"].iter().find_map(|word| one.source.strip_prefix(word));
    let rest = rest.filter(|_| one.assumed).unwrap_or(&one.source);
    rest.trim_start_matches([':', '：', ',', '，', ';', '；', ' '])
}
