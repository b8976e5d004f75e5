//! `[people]` and `[[delegated]]` of office.toml: who may review, decide and enter, and
//! which towns enforce by themselves.

use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::task::{Delegated, Staff};
use crate::time::{Date, Period};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::value::Datetime;

/// `[people]`: certificate or staff numbers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleSettings {
    /// Who may enter acts without a certificate.
    #[serde(default)]
    pub clerks: BTreeSet<String>,
    /// Who reviews results.
    #[serde(default)]
    pub reviewers: BTreeSet<String>,
    /// Who reviews penalties (法制员).
    #[serde(default)]
    pub legal_reviewers: BTreeSet<String>,
    /// Who decides on recusals.
    #[serde(default)]
    pub heads: BTreeSet<String>,
}

impl From<&PeopleSettings> for Staff {
    fn from(settings: &PeopleSettings) -> Staff {
        let PeopleSettings { clerks, reviewers, legal_reviewers, heads } = settings.clone();
        Staff { clerks, reviewers, legal_reviewers, heads }
    }
}

/// One `[[delegated]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelegatedTown {
    /// Statistical code of the town.
    pub town: String,
    /// First day.
    pub from: Datetime,
    /// Last day, if it has ended.
    pub until: Option<Datetime>,
}

impl DelegatedTown {
    /// The town with its period.
    ///
    /// # Errors
    /// [`Kind::Policy`] if something is no date, or ends before it begins.
    pub fn delegated(&self) -> Outcome<Delegated> {
        let until = self.until.as_ref().map(date).transpose();
        let period = date(&self.from).and_then(|from| Ok(Period { from: Some(from), until: until? }));
        match period {
            Ok(period) if period.is_reversed() => {
                Err(self.wrong(said!("until 早于 from", "`until` is before `from`")))
            }
            Ok(period) => Ok(Delegated { town: self.town.clone(), period }),
            Err(what) => Err(self.wrong(what)),
        }
    }

    fn wrong(&self, what: Said) -> Problem {
        let (town, Said { zh, en }) = (&self.town, what);
        Problem::new(
            Kind::Policy,
            said!("[[delegated]] 里的 {town}：{zh}", "{town} in [[delegated]]: {en}"),
            said!("写成 from = 2023-11-01，不加引号", "write it like from = 2023-11-01, without quotes"),
        )
        .at("office.toml")
    }
}

fn date(value: &Datetime) -> Result<Date, Said> {
    let day = match (value.date, value.time) {
        (Some(day), None) => Date::new(i32::from(day.year), u32::from(day.month), u32::from(day.day)),
        _ => None,
    };
    day.ok_or_else(|| said!("{value} 不是一天", "{value} is not a day"))
}
