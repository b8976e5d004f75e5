//! Pictures of the zones: how many units of each are in the pool and drawn, as bars and
//! as tiles of towns. The same figures stand in a table beside them.

use super::facts::Case;
use super::frame::At;
use super::part::{self, Section, cell, numbers, words};
use super::zones::{Count, Zone, percent};
use crate::markup::Markup;
use crate::said;

/// Width of every picture in its own units; about the width of a phone.
const WIDTH: u64 = 360;
/// Height of the row of a zone, and of its bar.
const ROW: u64 = 46;
const BAR: u64 = 16;
/// Tiles in a row, with the size of one and the gap between two.
const TILES: usize = 3;
const TILE: (u64, u64) = (114, 56);
const GAP: u64 = 9;

/// The section; nothing if no zone is public.
pub fn section<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    let zones = &case.known.zones;
    if zones.iter().all(|zone| zone.key.is_none()) {
        return None;
    }
    let is_open = case.is_open();
    part::section("zones", said!("片区", "Zones"), move |m| {
        bars(at, m, zones, is_open);
        table(at, m, zones, is_open);
        if zones.iter().any(|zone| !zone.towns.is_empty()) {
            m.leaf("h3", &[], at.t(said!("镇街", "Towns")));
            let shade = match is_open {
                true => {
                    said!("颜色越深，抽中的比例越高。", "The darker, the larger the part that was drawn.")
                }
                false => said!("颜色越深，参加抽取的单位越多。", "The darker, the more units in the pool."),
            };
            at.paragraph(m, shade);
            m.element("div", &[("class", "tiles")], |m| {
                zones.iter().for_each(|zone| tiles(at, m, (zone, zones), is_open));
            });
            towns(at, m, zones, is_open);
        }
    })
}

fn name(at: &At<'_>, zone: &Zone) -> String {
    zone.name.clone().unwrap_or_else(|| at.t(said!("未公布片区", "zone not public")))
}

/// Figures as they stand in pictures.
fn figures(at: &At<'_>, count: Count, is_open: bool) -> String {
    let Count { pool, drawn } = count;
    let share = percent(count.share());
    at.t(match is_open {
        true => said!("{pool} 家，抽中 {drawn}（{share}）", "{pool} units, {drawn} drawn ({share})"),
        false => said!("{pool} 家", "{pool} units"),
    })
}

/// `part` of `width`, `whole` being all of it; something if there is something.
fn scaled(part: u64, whole: u64, width: u64) -> u64 {
    let length = u128::from(part) * u128::from(width) / u128::from(whole.max(1));
    u64::try_from(length).unwrap_or(width).max(u64::from(part > 0))
}

fn bars(at: &At<'_>, m: &mut Markup, zones: &[Zone], is_open: bool) {
    let most = zones.iter().map(|zone| zone.count.pool).max().unwrap_or_default();
    let height = ROW * zones.len() as u64;
    let described =
        zones.iter().map(|zone| format!("{} {}", name(at, zone), figures(at, zone.count, is_open)));
    let described = described.collect::<Vec<_>>().join("; ");
    let title = at.t(said!("各片区参加抽取和抽中的单位", "Units in the pool and drawn, by zone"));
    picture(m, "bars", (WIDTH, height), (&title, &described), |m| {
        for (zone, row) in zones.iter().zip(0..) {
            let top = ROW * row;
            text(m, "label", (0, top + 16), &name(at, zone));
            let right =
                [("class", "figure"), ("x", "360"), ("y", &(top + 16).to_string()), ("text-anchor", "end")];
            m.leaf("text", &right, figures(at, zone.count, is_open));
            rect(m, "pool", (0, top + 22), (scaled(zone.count.pool, most, WIDTH), BAR));
            if is_open {
                rect(m, "drawn", (0, top + 22), (scaled(zone.count.drawn, most, WIDTH), BAR));
            }
        }
    });
}

fn tiles(at: &At<'_>, m: &mut Markup, (zone, zones): (&Zone, &[Zone]), is_open: bool) {
    if zone.towns.is_empty() {
        return;
    }
    let all = || zones.iter().flat_map(|zone| zone.towns.iter().map(|(_, count)| *count));
    let weight = |count: Count| if is_open { count.share() } else { count.pool };
    let most = all().map(weight).max().unwrap_or_default();
    let rows = zone.towns.len().div_ceil(TILES) as u64;
    let height = rows * (TILE.1 + GAP);
    let described = zone.towns.iter().map(|(town, count)| format!("{town} {}", figures(at, *count, is_open)));
    let described = described.collect::<Vec<_>>().join("; ");
    let title = name(at, zone);
    m.element("figure", &[], |m| {
        m.leaf("figcaption", &[], &title);
        picture(m, "towns", (WIDTH, height), (&title, &described), |m| {
            for ((town, count), place) in zone.towns.iter().zip(0..) {
                let (column, row) = (place % TILES as u64, place / TILES as u64);
                let (x, y) = (column * (TILE.0 + GAP), row * (TILE.1 + GAP));
                let shade = scaled(weight(*count), most, 5).clamp(1, 5);
                let class = ["s1", "s2", "s3", "s4", "s5"][shade as usize - 1];
                rect(m, class, (x, y), TILE);
                // What does not fit is cut; the table beside it has it whole.
                let short: String = town.chars().take(7).collect();
                text(m, "label", (x + 8, y + 23), &short);
                let Count { pool, drawn } = *count;
                let share = if is_open { format!("{drawn}/{pool}") } else { pool.to_string() };
                text(m, "figure", (x + 8, y + 44), &share);
            }
        });
    });
}

fn picture(
    m: &mut Markup,
    class: &str,
    (width, height): (u64, u64),
    (title, described): (&str, &str),
    inside: impl FnOnce(&mut Markup),
) {
    let view = format!("0 0 {width} {height}");
    m.element("svg", &[("class", class), ("role", "img"), ("viewBox", &view)], |m| {
        m.leaf("title", &[], title);
        m.leaf("desc", &[], described);
        inside(m);
    });
}

fn rect(m: &mut Markup, class: &str, (x, y): (u64, u64), (width, height): (u64, u64)) {
    let [x, y, width, height] = [x, y, width, height].map(|number| number.to_string());
    m.empty("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
}

fn text(m: &mut Markup, class: &str, (x, y): (u64, u64), text: &str) {
    m.leaf("text", &[("class", class), ("x", &x.to_string()), ("y", &y.to_string())], text);
}

fn counted<'a>(count: Count, is_open: bool) -> Vec<part::Cell<'a>> {
    let pool = cell(count.pool.to_string());
    match is_open {
        true => vec![pool, cell(count.drawn.to_string()), cell(percent(count.share()))],
        false => vec![pool],
    }
}

fn counting(is_open: bool) -> Vec<part::Column> {
    let pool = numbers(said!("参加抽取", "Pool"));
    match is_open {
        true => vec![pool, numbers(said!("抽中", "Drawn")), numbers(said!("比例", "Share"))],
        false => vec![pool],
    }
}

fn table(at: &At<'_>, m: &mut Markup, zones: &[Zone], is_open: bool) {
    let columns: Vec<part::Column> =
        std::iter::once(words(said!("片区", "Zone"))).chain(counting(is_open)).collect();
    let row =
        |zone: &Zone| std::iter::once(cell(name(at, zone))).chain(counted(zone.count, is_open)).collect();
    part::table(at, m, said!("各片区的单位", "Units by zone"), &columns, zones.iter().map(row), None);
}

fn towns(at: &At<'_>, m: &mut Markup, zones: &[Zone], is_open: bool) {
    m.element("details", &[], |m| {
        m.leaf("summary", &[], at.t(said!("各镇街的数字", "The figures of each town")));
        let columns = [words(said!("镇街", "Town")), words(said!("片区", "Zone"))];
        let columns: Vec<part::Column> = columns.into_iter().chain(counting(is_open)).collect();
        let rows = zones.iter().flat_map(|zone| zone.towns.iter().map(move |town| (zone, town)));
        let rows = rows.map(|(zone, (town, count))| {
            [cell(town.clone()), cell(name(at, zone))].into_iter().chain(counted(*count, is_open)).collect()
        });
        part::table(at, m, said!("各镇街的单位", "Units by town"), &columns, rows, None);
    });
}
