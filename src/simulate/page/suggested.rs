//! A suggested split of the towns, if one was asked for: what it says is given.

use super::Page;
use super::tabled::Table;
use crate::lang::Said;
use crate::markup::Markup;
use crate::simulate::study::Run;

/// A suggested split, in tables and sentences.
pub struct Suggested {
    /// What every zone carries now and would carry.
    pub zones: Table,
    /// Which towns are where, how even it is, and what is proven.
    pub sentences: Vec<Said>,
    /// Towns that move, if some do.
    pub movers: Option<Table>,
}

impl Page<'_> {
    /// The suggestion.
    pub(super) fn suggested(&self, m: &mut Markup, _: &Run) {
        let Some(suggestion) = self.suggestion else { return };
        self.table(m, &suggestion.zones);
        m.element("ul", &[], |m| {
            for said in &suggestion.sentences {
                m.leaf("li", &[], self.sentence(said));
            }
        });
        if let Some(movers) = &suggestion.movers {
            self.table(m, movers);
        }
    }
}
