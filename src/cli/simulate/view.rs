//! Everything that a simulation found, for programs.
//!
//! Values are whole numbers in the unit of their measure (minutes, counts, ten-thousandths);
//! means and their errors in thousandths of it, as in the study.

use crate::simulate::{
    Coverage, Difference, Ending, Figure, Mean, Measure, Monthly, Named, Place, Quantile, Run, Staffing,
    Study, Unit, month_name,
};
use serde_json::{Map, Value, json};

/// The study; inspectors by their numbers from 1, never by certificate or name.
pub fn view(study: &Study) -> Value {
    let months: Vec<String> = study.months.iter().copied().map(month_name).collect();
    let people = study.people.iter().zip(1..).map(|(person, number): (_, usize)| {
        json!({ "number": number, "zone": zone_key(study, person.zone), "lead": person.lead })
    });
    let kinds = study.kinds.iter().enumerate().map(|(at, kind)| {
        json!({ "key": kind.key, "name": kind.name, "yearly": study.yearly.get(at).copied().flatten() })
    });
    let strata = study.strata.iter().enumerate().map(
        |(at, stratum)| json!({ "key": stratum.key, "name": stratum.name, "floor": study.floors.get(at) }),
    );
    let assumptions = study.assumptions.iter().map(|one| {
        json!({
            "key": one.key, "name": { "zh": one.name.zh, "en": one.name.en }, "value": one.value,
            "unit": one.unit, "source": one.source, "assumed": one.assumed,
        })
    });
    let marginal = study
        .zones
        .iter()
        .zip(&study.marginal)
        .map(|(zone, of)| json!({ "zone": zone.key, "differences": differences(study, of) }));
    json!({
        "office": study.office, "scenario": study.scenario, "seed": study.seed,
        "trials": study.trials, "asked": study.asked,
        "precision": study.precision.map(|precision| precision.to_string()),
        "ending": study.ending.key(), "partial": study.ending == Ending::Interrupted,
        "units": units(), "months": months,
        "zones": all_named(&study.zones), "towns": all_named(&study.towns),
        "people": people.collect::<Vec<_>>(), "kinds": kinds.collect::<Vec<_>>(),
        "strata": strata.collect::<Vec<_>>(), "classes": all_named(&study.classes),
        "assumptions": assumptions.collect::<Vec<_>>(),
        "runs": study.runs.iter().map(|run| run_view(study, run)).collect::<Vec<_>>(),
        "marginal": marginal.collect::<Vec<_>>(),
    })
}

/// The unit of every measure.
fn units() -> Value {
    let unit = |measure: &Measure| match measure.unit() {
        Unit::Minutes => "minutes",
        Unit::Count => "count",
        Unit::Share => "ten-thousandths",
    };
    Measure::ALL
        .iter()
        .map(|measure| (measure.key().to_owned(), Value::from(unit(measure))))
        .collect::<Map<_, _>>()
        .into()
}

fn all_named(all: &[Named]) -> Vec<Value> {
    all.iter().map(|named| json!({ "key": named.key, "name": named.name })).collect()
}

fn zone_key(study: &Study, zone: usize) -> Option<&str> {
    study.zones.get(zone).map(|zone| zone.key.as_str())
}

fn run_view(study: &Study, run: &Run) -> Value {
    let zones = study.zones.iter().zip(&run.zones).map(|(zone, of)| (zone.key.clone(), year(of)));
    let people = run
        .people
        .iter()
        .zip(1..)
        .map(|(of, number): (_, usize)| json!({ "number": number, "year": year(of) }));
    let places = std::iter::once("office").chain(study.zones.iter().map(|zone| zone.key.as_str()));
    let monthly = places.zip(&run.monthly).enumerate().map(|(at, (key, of))| {
        json!({ "place": if at == 0 { "office" } else { "zone" }, "key": key, "months": by_month(of) })
    });
    let kinds = study.kinds.iter().zip(&run.kinds).map(|(kind, of)| {
        json!({
            "key": kind.key, "came": mean(of.came), "done": mean(of.done), "late": mean(of.late),
            "days": mean(of.days), "waiting": mean(of.waiting), "minutes": mean(of.minutes),
        })
    });
    let towns = study.towns.iter().enumerate().map(|(at, town)| {
        json!({
            "key": town.key, "minutes": run.town_minutes.get(at).copied().map(mean),
            "visits": run.town_visits.get(at).into_iter().flatten().copied().map(mean).collect::<Vec<_>>(),
        })
    });
    json!({
        "key": run.variant.key, "name": run.variant.name, "office": year(&run.office),
        "zones": Value::Object(zones.collect()), "people": people.collect::<Vec<_>>(),
        "monthly": monthly.collect::<Vec<_>>(), "kinds": kinds.collect::<Vec<_>>(),
        "strata": groups(&study.strata, &run.strata), "classes": groups(&study.classes, &run.classes),
        "staffing": staffing(study, &run.staffing), "towns": towns.collect::<Vec<_>>(),
        "differences": differences(study, &run.differences),
    })
}

fn mean(mean: Mean) -> Value {
    json!({ "mean_thousandths": mean.mean, "error_thousandths": mean.error })
}

fn figure(of: &Figure) -> Value {
    let quantile =
        |quantile: Quantile| json!({ "at": quantile.at, "low": quantile.low, "high": quantile.high });
    json!({
        "mean_thousandths": of.mean.mean, "error_thousandths": of.mean.error, "p5": quantile(of.p5),
        "p50": quantile(of.p50), "p95": quantile(of.p95), "least": of.least, "most": of.most,
    })
}

fn year(figures: &[Figure]) -> Value {
    let each = Measure::ALL.iter().zip(figures).map(|(measure, of)| (measure.key().to_owned(), figure(of)));
    Value::Object(each.collect())
}

fn by_month(figures: &[Vec<Figure>]) -> Value {
    let each = Monthly::ALL.iter().zip(figures);
    let each = each.map(|(measure, months)| {
        (measure.key().to_owned(), Value::from(months.iter().map(figure).collect::<Vec<_>>()))
    });
    Value::Object(each.collect())
}

fn groups(named: &[Named], groups: &[Coverage]) -> Vec<Value> {
    let one = |(name, of): (&Named, &Coverage)| {
        let within: Vec<Value> = of.within.iter().copied().map(mean).collect();
        json!({ "key": name.key, "units": of.units, "within": within, "below_floor": mean(of.below_floor) })
    };
    named.iter().zip(groups).map(one).collect()
}

fn staffing(study: &Study, of: &Staffing) -> Value {
    let bars = of.bars.iter().map(|(bar, people)| json!({ "rule": bar.key(), "people": mean(*people) }));
    let zones =
        of.zones.iter().map(|(zone, units)| json!({ "zone": zone_key(study, *zone), "units": mean(*units) }));
    json!({
        "unstaffed": mean(of.unstaffed), "units": mean(of.units),
        "by_month": of.by_month.iter().copied().map(mean).collect::<Vec<_>>(),
        "bars": bars.collect::<Vec<_>>(), "zones": zones.collect::<Vec<_>>(),
    })
}

fn differences(study: &Study, differences: &[Difference]) -> Vec<Value> {
    let one = |one: &Difference| {
        let (place, key) = match one.place {
            Place::Office => ("office", Some("office")),
            Place::Zone(zone) => ("zone", zone_key(study, zone)),
        };
        json!({
            "place": place, "key": key, "measure": one.measure.key(),
            "mean_thousandths": one.mean.mean, "error_thousandths": one.mean.error,
        })
    };
    differences.iter().map(one).collect()
}
