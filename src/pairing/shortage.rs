//! Proof that no lawful pairing exists: slots that only a few inspectors can
//! fill, more than these have capacity for (a violated condition of Hall).

use super::component::components;
use super::instance::{Instance, MAX_TEAM, Visit};
use crate::lang::{Lang, Said};
use crate::said;

/// Slots S and inspectors T with |S| > Σ capacity(T) + the number of pairs of a
/// unit of S and somebody outside T who may take one of its slots in S.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// T: ranks, ascending. Empty if units lack eligible people by themselves,
    /// whatever the capacities.
    pub inspectors: Vec<u32>,
    /// S, by unit in the order of visits.
    pub units: Vec<Confined>,
}

/// A unit with slots that (nearly) only the inspectors of a shortage can fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confined {
    /// Position in [`Instance::visits`].
    pub visit: usize,
    /// Its slots in S, ascending.
    pub slots: Vec<usize>,
    /// How many outside T may take one of these slots; fewer than the slots.
    pub others: usize,
}

impl Shortage {
    /// The shortage that the set `ranks` proves; `None` if it proves none.
    ///
    /// It names every unit that is confined to the set, so that the number
    /// short is the true one. Where the set falls apart into groups that share
    /// no such unit, it is the smallest group that proves a shortage.
    ///
    /// # Panics
    /// If a rank is not in the list of inspectors.
    pub fn within(instance: &Instance, ranks: &[u32]) -> Option<Self> {
        let mut inside = vec![false; instance.inspectors.len()];
        ranks.iter().for_each(|rank| inside[*rank as usize] = true);
        let visits = instance.visits.iter().enumerate();
        let units: Vec<Confined> =
            visits.filter_map(|(index, visit)| confined(index, visit, &inside)).collect();
        // For each of these units, whom of the set it shares.
        let member = |rank: &u32| inside[*rank as usize];
        let dockets: Vec<Vec<Vec<u32>>> = units
            .iter()
            .map(|unit| {
                let ranks = unit.slots.iter().flat_map(|slot| &instance.visits[unit.visit].slots[*slot]);
                vec![ranks.copied().filter(member).collect()]
            })
            .collect();
        let alone = (0..units.len()).filter(|unit| dockets[*unit][0].is_empty());
        let mut groups = vec![(Vec::new(), alone.collect::<Vec<_>>())];
        let parts = components(instance.inspectors.len(), dockets.iter().map(Vec::as_slice));
        groups.extend(parts.into_iter().map(|part| (part.ranks, part.visits)));
        let shortages = groups.into_iter().map(|(inspectors, members)| Shortage {
            inspectors,
            units: members.into_iter().map(|unit| units[unit].clone()).collect(),
        });
        shortages.filter(|s| s.short_by(instance) > 0).min_by_key(|s| s.inspectors.len())
    }

    /// |S|.
    pub fn slots(&self) -> usize {
        self.units.iter().map(|unit| unit.slots.len()).sum()
    }

    /// How many of the slots others could take at most.
    pub fn others(&self) -> usize {
        self.units.iter().map(|unit| unit.others).sum()
    }

    /// Visits that the inspectors can still take together; ranks that the
    /// instance does not have count nothing.
    pub fn capacity(&self, instance: &Instance) -> u64 {
        let seats = self.inspectors.iter().filter_map(|rank| instance.inspectors.get(*rank as usize));
        seats.map(|seat| u64::from(seat.capacity)).sum()
    }

    /// How many of the slots stay empty in any case; 0 if nothing is proved.
    pub fn short_by(&self, instance: &Instance) -> u64 {
        let supply = self.capacity(instance).saturating_add(self.others() as u64);
        (self.slots() as u64).saturating_sub(supply)
    }

    /// Whether this proves that `instance` has no lawful pairing: recounts
    /// everything from the instance.
    pub fn holds(&self, instance: &Instance) -> bool {
        let ascend =
            self.inspectors.is_sorted_by(|a, b| a < b) && self.units.is_sorted_by(|a, b| a.visit < b.visit);
        let known = self.inspectors.iter().all(|rank| (*rank as usize) < instance.inspectors.len());
        let counted = self.units.iter().all(|unit| {
            let Some(visit) = instance.visits.get(unit.visit) else { return false };
            unit.slots.is_sorted_by(|a, b| a < b)
                && unit.slots.iter().all(|slot| *slot < visit.slots.len())
                && unit.others == outsiders(visit, &unit.slots, &self.inspectors)
        });
        ascend && known && counted && self.short_by(instance) > 0
    }

    /// The shortage in a sentence. `minutes` is the length of a visit; `unit`
    /// names the unit of a visit, `inspector` the one of a rank.
    pub fn said(
        &self,
        instance: &Instance,
        minutes: u32,
        unit: impl Fn(usize) -> String,
        inspector: impl Fn(u32) -> String,
    ) -> Said {
        let (units, slots, people) = (self.units.len(), self.slots(), self.inspectors.len());
        let (capacity, others) = (self.capacity(instance), self.others());
        let names: Vec<String> = self.units.iter().map(|u| unit(u.visit)).collect();
        let who: Vec<String> = self.inspectors.iter().map(|rank| inspector(*rank)).collect();
        let of = |lang| (list(&names, lang), list(&who, lang));
        let ((zh_units, zh_who), (en_units, en_who)) = (of(Lang::Zh), of(Lang::En));
        let short = self.short_by(instance);
        let en_of = format!("{} of {}", these(slots, "slot"), these(units, "unit"));
        if people == 0 {
            return said!(
                "这 {units} 家单位的 {slots} 个岗位有资格的人员不足，至少缺 {short} 人次。单位：{zh_units}",
                "{en_of} have too few eligible inspectors, at least {short} short. Units: {en_units}"
            );
        }
        let (zh_hours, en_hours) = hours(capacity.saturating_mul(u64::from(minutes)));
        let (en_people, en_left) = (these(people, "inspector"), count(capacity, "visit"));
        let (zh_but, en_but) = match others {
            0 => (String::new(), String::new()),
            _ => (
                format!("，除其他人员最多可承担 {others} 个外，"),
                format!(", but for at most {others} that others may take,"),
            ),
        };
        said!(
            "这 {units} 家单位的 {slots} 个岗位{zh_but}只能由这 {people} 名人员承担，\
             只剩 {capacity} 个岗位的余量（{zh_hours}），至少缺 {short} 个。单位：{zh_units}；人员：{zh_who}",
            "{en_of}{en_but} can only go to {en_people} with {en_left} left ({en_hours}), \
             at least {short} short. Units: {en_units}; inspectors: {en_who}"
        )
    }
}

/// The slots of a visit that force most people from the set `inside`: the Q
/// with the largest |Q| − (people outside who may take a slot of Q), and among
/// these the one with the fewest outside; `None` if nobody is forced. Every
/// lawful team has as many members inside (Kőnig).
fn confined(index: usize, visit: &Visit, inside: &[bool]) -> Option<Confined> {
    let mut outside = [0_usize; 1 << MAX_TEAM];
    for rank in visit.docket().into_iter().filter(|rank| !inside[*rank as usize]) {
        let open: usize = (0..visit.slots.len()).map(|q| usize::from(visit.allows(q, rank)) << q).sum();
        for (set, count) in outside.iter_mut().enumerate() {
            *count += usize::from(set & open != 0);
        }
    }
    let sets = (1..1_usize << visit.slots.len()).filter(|set| set.count_ones() as usize > outside[*set]);
    let best = sets.max_by_key(|set| {
        let forced = set.count_ones() as usize - outside[*set];
        (forced, std::cmp::Reverse(outside[*set]), std::cmp::Reverse(*set))
    })?;
    let slots = (0..visit.slots.len()).filter(|slot| best >> slot & 1 == 1).collect();
    Some(Confined { visit: index, slots, others: outside[best] })
}

/// How many people outside `inspectors` may take one of `slots`.
fn outsiders(visit: &Visit, slots: &[usize], inspectors: &[u32]) -> usize {
    let outside = |rank: &u32| inspectors.binary_search(rank).is_err();
    let may = |rank: &u32| slots.iter().any(|slot| visit.allows(*slot, *rank));
    visit.docket().iter().filter(|rank| outside(rank) && may(rank)).count()
}

/// Names in a row, at most ten of them.
fn list(names: &[String], lang: Lang) -> String {
    let shown = &names[..names.len().min(10)];
    let (comma, more) = match lang {
        Lang::Zh => ("、", " 等"),
        Lang::En => (", ", ", …"),
    };
    shown.join(comma) + if shown.len() < names.len() { more } else { "" }
}

fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn these(number: usize, noun: &str) -> String {
    format!("{} {}", if number == 1 { "this" } else { "these" }, count(number as u64, noun))
}

/// Whole hours, and minutes where some are left over.
fn hours(minutes: u64) -> (String, String) {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let zh = if rest == 0 { format!("{hours} 小时") } else { format!("{hours} 小时 {rest} 分钟") };
    let en_hours = count(hours, "hour");
    let en = if rest == 0 { en_hours } else { format!("{en_hours} {rest} min") };
    (zh, en)
}
