//! What a check of a pairing found wrong.

use crate::lang::Said;
use crate::said;

/// The first thing wrong with a pairing. `visit` and `slot` are positions in
/// the instance, `rank` is an inspector, `band` a band of duration, `load` the
/// visits that one has (for band 0 those of all bands).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant's sentence says what its fields are")]
pub enum Offence {
    /// There are `found` teams, not as many as `visits`.
    Teams { found: usize, visits: usize },
    /// A team of `found` people holds `slots` slots.
    TeamSize { visit: usize, found: usize, slots: usize },
    /// `rank` holds a slot without being eligible for it.
    NotEligible { visit: usize, slot: usize, rank: u32 },
    /// `rank` holds two slots of a visit.
    Twice { visit: usize, rank: u32 },
    /// An inspector has more visits than `capacity`.
    OverCapacity { rank: u32, load: usize, capacity: u32 },
    /// There are `found` prices, not one for each inspector and band: `accounts`.
    Prices { found: usize, accounts: usize },
    /// A price is negative or at least [`PRICE_BOUND`](super::check::PRICE_BOUND).
    PriceRange { rank: u32, band: usize, price: i128 },
    /// The lawful team `team` is cheaper, by `saving`, at tickets and prices.
    Cheaper { visit: usize, team: Vec<u32>, saving: i128 },
    /// A price is below `least`, the cost of the last visit held (or 0).
    PriceTooLow { rank: u32, band: usize, load: usize, least: i128 },
    /// A price is above `most`, the cost of one more visit, which there is room for.
    PriceTooHigh { rank: u32, band: usize, load: usize, most: i128 },
    /// A price is not the least one, which is `least`.
    NotLeast { rank: u32, band: usize, least: i128 },
    /// No prices at all make every visit content with its team.
    NoPrices,
    /// Something is wrong with who leads: an offence of the second question.
    Leads(Box<Offence>),
    /// Behind their lead the people of a visit are not seated as `team`.
    Seats { visit: usize, team: Vec<u32> },
}

impl Offence {
    /// The offence in words; `unit` names the unit of a visit, `inspector` the
    /// one of a rank (which may be outside the list). Slots count from 1.
    pub fn said(&self, unit: impl Fn(usize) -> String, inspector: impl Fn(u32) -> String) -> Said {
        self.said_of(&unit, &inspector)
    }

    fn said_of(&self, unit: &dyn Fn(usize) -> String, inspector: &dyn Fn(u32) -> String) -> Said {
        match self {
            Offence::Teams { found, visits } => {
                said!("有 {found} 个小组，应为 {visits} 个", "{found} teams for {visits} visits")
            }
            Offence::TeamSize { visit, found, slots } => {
                let unit = unit(*visit);
                said!(
                    "{unit}：小组 {found} 人，应为 {slots} 人",
                    "{unit}: a team of {found} for {slots} slots"
                )
            }
            Offence::NotEligible { visit, slot, rank } => {
                let (unit, slot, who) = (unit(*visit), slot + 1, inspector(*rank));
                said!(
                    "{unit}：{who} 不具备第 {slot} 个岗位的资格",
                    "{unit}: {who} is not eligible for slot {slot}"
                )
            }
            Offence::Twice { visit, rank } => {
                let (unit, who) = (unit(*visit), inspector(*rank));
                said!("{unit}：{who} 在同一小组中出现两次", "{unit}: {who} is twice in the team")
            }
            Offence::OverCapacity { rank, load, capacity } => {
                let who = inspector(*rank);
                said!(
                    "{who}：分到 {load} 次，只能承担 {capacity} 次",
                    "{who}: {load} visits, but capacity for {capacity}"
                )
            }
            Offence::Cheaper { visit, team, saving } => {
                let names: Vec<String> = team.iter().map(|rank| inspector(*rank)).collect();
                let (unit, zh, en) = (unit(*visit), names.join("、"), names.join(", "));
                said!(
                    "{unit}：{zh} 这个小组更便宜，低 {saving}",
                    "{unit}: the team {en} is cheaper by {saving}"
                )
            }
            Offence::Leads(offence) => {
                let said = offence.said_of(unit, inspector);
                let (zh, en) = (said.zh, said.en);
                said!("主办的分配：{zh}", "who leads: {en}")
            }
            Offence::Seats { visit, team } => {
                let names: Vec<String> = team.iter().map(|rank| inspector(*rank)).collect();
                let (unit, zh, en) = (unit(*visit), names.join("、"), names.join(", "));
                said!(
                    "{unit}：各岗位依次应为 {zh}",
                    "{unit}: the slots should be held by {en}, in this order"
                )
            }
            _ => self.said_of_prices(inspector),
        }
    }

    fn said_of_prices(&self, inspector: &dyn Fn(u32) -> String) -> Said {
        let who = |rank: &u32, band: &usize| {
            let who = inspector(*rank);
            match band {
                0 => said!("{who}", "{who}"),
                band => said!("{who}（时长档 {band}）", "{who} (band {band})"),
            }
        };
        match self {
            Offence::Prices { found, accounts } => {
                said!("有 {found} 个价格，应为 {accounts} 个", "{found} prices instead of {accounts}")
            }
            Offence::PriceRange { rank, band, price } => {
                let Said { zh, en } = who(rank, band);
                said!("{zh}：价格 {price} 超出范围", "{en}: the price {price} is out of range")
            }
            Offence::PriceTooLow { rank, band, load, least } => {
                let Said { zh, en } = who(rank, band);
                said!(
                    "{zh}：承担 {load} 次，价格应不低于 {least}",
                    "{en}: with {load} visits the price must be at least {least}"
                )
            }
            Offence::PriceTooHigh { rank, band, load, most } => {
                let Said { zh, en } = who(rank, band);
                said!(
                    "{zh}：只承担 {load} 次，价格应不高于 {most}",
                    "{en}: with only {load} visits the price must be at most {most}"
                )
            }
            Offence::NotLeast { rank, band, least } => {
                let Said { zh, en } = who(rank, band);
                said!("{zh}：最低价格应为 {least}", "{en}: the least price is {least}")
            }
            _ => said!("没有任何价格能支持这些小组", "no prices support these teams"),
        }
    }
}
