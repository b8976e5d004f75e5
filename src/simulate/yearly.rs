//! What one trial says of each year: by place and measure.

use super::book::{Book, Person, Zone};
use super::study::Measure;
use super::world::World;

/// Values by [`Measure`] and year.
pub type Years = Vec<Vec<i64>>;

/// The years of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yearly {
    /// The office, then the zones.
    pub places: Vec<Years>,
    /// People by position.
    pub people: Vec<Years>,
}

impl Yearly {
    /// Reads a book.
    pub fn of(world: &World<'_>, book: &Book) -> Yearly {
        let (zones, years) = (world.ground.zones.len(), book.people.len());
        let place = |zone: Option<usize>| transposed(years, |year| place(world, book, zone, year));
        Yearly {
            places: std::iter::once(None).chain((0..zones).map(Some)).map(place).collect(),
            people: (0..world.hands.len())
                .map(|position| transposed(years, |year| person(&book.people[year][position])))
                .collect(),
        }
    }
}

fn transposed(years: usize, of: impl Fn(usize) -> Vec<i64>) -> Years {
    let all: Vec<Vec<i64>> = (0..years).map(of).collect();
    (0..Measure::ALL.len()).map(|measure| all.iter().map(|year| year[measure]).collect()).collect()
}

/// `part` of `all` in ten-thousandths, to the nearest.
pub fn share(part: i64, all: i64) -> i64 {
    if all == 0 { 0 } else { (part * 20_000 + all) / (2 * all) }
}

/// A year of the office or of a zone, by measure.
fn place(world: &World<'_>, book: &Book, zone: Option<usize>, year: usize) -> Vec<i64> {
    let months = &book.zones[12 * year..12 * (year + 1)];
    let here = |at: usize| zone.is_none_or(|zone| zone == at);
    let sum = |part: fn(&Zone) -> i64| -> i64 {
        let zones = months.iter().flat_map(|month| month.iter().enumerate());
        zones.filter(|(at, _)| here(*at)).map(|(_, of)| part(of)).sum()
    };
    let ours = |position: &usize| {
        let hand = world.hands[*position];
        hand.own && zone.is_none_or(|zone| hand.zone == Some(zone))
    };
    let people: Vec<&Person> =
        (0..world.hands.len()).filter(ours).map(|position| &book.people[year][position]).collect();
    let of_people = |part: fn(&Person) -> i64| -> i64 { people.iter().map(|person| part(person)).sum() };
    let able = people.iter().filter(|person| person.available > 0);
    let mut minutes: Vec<i64> = able.map(|person| person.minutes).collect();
    minutes.sort_unstable();
    Measure::ALL
        .iter()
        .map(|measure| match measure {
            Measure::Minutes => of_people(|person| person.minutes),
            Measure::Travel => of_people(|person| person.travel),
            Measure::Overtime => of_people(|person| person.overtime),
            Measure::Utilisation => share(
                of_people(|person| person.minutes - person.overtime),
                of_people(|person| person.available),
            ),
            Measure::Led => of_people(|person| person.led),
            Measure::Assisted => of_people(|person| person.assisted),
            Measure::Drawn => sum(|zone| zone.drawn),
            Measure::Other => sum(|zone| zone.other),
            Measure::Late => sum(|zone| zone.late),
            Measure::Unplaced => sum(|zone| zone.unplaced),
            Measure::Unfilled => sum(|zone| zone.unfilled),
            Measure::Backlog => sum(|zone| zone.backlog) / 12,
            Measure::Gini => gini(&minutes),
            Measure::Span => minutes.last().copied().unwrap_or(0) - minutes.first().copied().unwrap_or(0),
        })
        .collect()
}

/// A year of a person, by measure.
fn person(of: &Person) -> Vec<i64> {
    let value = |measure: &Measure| match measure {
        Measure::Minutes => of.minutes,
        Measure::Travel => of.travel,
        Measure::Overtime => of.overtime,
        Measure::Utilisation => share(of.minutes - of.overtime, of.available),
        Measure::Led => of.led,
        Measure::Assisted => of.assisted,
        Measure::Drawn => of.drawn,
        Measure::Other => of.led + of.assisted - of.drawn,
        Measure::Late => of.late,
        Measure::Backlog => of.backlog / 12,
        Measure::Unplaced | Measure::Unfilled | Measure::Gini | Measure::Span => 0,
    };
    Measure::ALL.iter().map(value).collect()
}

/// The Gini coefficient of ascending values in ten-thousandths:
/// (2·Σ i·xᵢ − (n+1)·Σ xᵢ) / (n·Σ xᵢ), i from 1.
pub fn gini(ascending: &[i64]) -> i64 {
    let (n, sum) = (ascending.len() as i128, ascending.iter().map(|x| i128::from(*x)).sum::<i128>());
    if sum == 0 {
        return 0;
    }
    let weighted: i128 = (1..).zip(ascending).map(|(i, x): (i128, _)| i * i128::from(*x)).sum();
    super::tally::rounded((2 * weighted - (n + 1) * sum) * 10_000, n * sum) as i64
}
