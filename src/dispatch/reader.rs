//! For whom an order is, and what that reader may see before the visits.

use super::visit::Visit;
use crate::vocabulary;

vocabulary! {
    /// The kinds of readers.
    Audience {
        /// Every inspector who goes somewhere.
        Inspectors = "inspectors", "个人";
        /// Every group of people who go together.
        Teams = "teams", "检查组";
        /// Every zone, for its leader.
        Zones = "zones", "片区";
        /// The section that makes the draws.
        Section = "section", "科室";
    }
}

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// An inspector, by certificate number.
    Inspector(String),
    /// People who go together, by certificate number, in ascending order.
    Team(Vec<String>),
    /// The leader of a zone, by its key.
    Zone(String),
    /// The section.
    Section,
}

impl Reader {
    /// Whether the reader may know of the visit before it is made.
    pub fn may_see(&self, visit: &Visit) -> bool {
        match self {
            Reader::Inspector(number) => visit.team.iter().any(|person| person.certificate == *number),
            Reader::Team(numbers) => visit.numbers() == *numbers,
            Reader::Zone(key) => visit.zone.as_ref() == Some(key),
            Reader::Section => true,
        }
    }

    /// Whether the reader is among those who go, and not one who only has to know.
    pub fn goes(&self) -> bool {
        matches!(self, Reader::Inspector(_) | Reader::Team(_))
    }

    /// The readers of `audience` who have something to see in `visits`, in order.
    pub(super) fn of(audience: Audience, visits: &[Visit]) -> Vec<Reader> {
        let mut readers: Vec<Reader> = match audience {
            Audience::Inspectors => {
                let people = visits.iter().flat_map(|visit| &visit.team);
                people.map(|person| Reader::Inspector(person.certificate.clone())).collect()
            }
            Audience::Teams => {
                let teams = visits.iter().filter(|visit| !visit.team.is_empty());
                teams.map(|visit| Reader::Team(visit.numbers())).collect()
            }
            Audience::Zones => {
                visits.iter().filter_map(|visit| visit.zone.clone().map(Reader::Zone)).collect()
            }
            Audience::Section => vec![Reader::Section],
        };
        readers.sort();
        readers.dedup();
        readers
    }
}
