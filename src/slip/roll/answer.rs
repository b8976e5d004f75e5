//! What became of a unit of a roll, in a sentence, and the command that computes its ticket.

use crate::digest::Digest;
use crate::explain::Proof;
use crate::lang::Said;
use crate::record::UnitStanding;
use crate::roll::{
    Listed, Placed, RollAnswer, RollCommit, RollDrawn, RollPlace, RollSlip, RollStratum, RollUnit,
};
use crate::said;
use crate::sampling::Ticketer;
use crate::seed::Seed;

/// What a slip says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollTold {
    /// What became of the unit.
    pub answer: RollAnswer,
    /// The same in a sentence.
    pub says: Said,
    /// The command that computes the unit's ticket, once there is a seed.
    pub ticket: Option<Proof>,
}

impl RollTold {
    /// What `slip` says of a draw with this commitment, and this seed once there is one.
    pub fn new(slip: &RollSlip, commit: &RollCommit, seed: Option<&Seed>) -> RollTold {
        let unit = slip.unit();
        let line = match &slip.place {
            RollPlace::There(placed) => &placed.line,
            RollPlace::Absent { before, after, .. } => {
                let says = absent(unit, before.as_ref(), after.as_ref());
                return RollTold { answer: RollAnswer::Absent, says, ticket: None };
            }
        };
        let label = match &line.standing {
            UnitStanding::Stratum(label) => label,
            UnitStanding::Excluded(reason) => {
                let (zh, en) = (reason.zh(), reason.key());
                let says = said!("{unit} 不参加抽取：{zh}", "{unit} does not take part in the draw: {en}");
                return RollTold { answer: RollAnswer::Excluded, says, ticket: None };
            }
        };
        let ticket = seed.map(|seed| (seed, Ticketer::new(seed, label).ticket(unit)));
        let (answer, fate) = fate(slip, commit.stratum(label), ticket.map(|(_, ticket)| ticket));
        let pool = commit.stratum(label).map_or(0, |stratum| stratum.pool);
        let Said { zh, en } = fate;
        RollTold {
            answer,
            says: said!(
                "{unit} 在抽取池 {label} 的 {pool} 家中，{zh}",
                "{unit} is one of {pool} in the pool {label}: {en}"
            ),
            ticket: ticket.map(|(seed, ticket)| Proof::ticket(seed, label, unit, ticket)),
        }
    }
}

/// What the record says of a unit in a pool.
fn fate(slip: &RollSlip, stratum: Option<&RollStratum>, ticket: Option<Digest>) -> (RollAnswer, Said) {
    let (quota, reserves) = stratum.map_or((0, 0), |stratum| (stratum.quota, stratum.reserves));
    match slip.result.as_ref().map(|result| &result.line) {
        None => (RollAnswer::Pool, said!("还没有抽取", "nothing has been drawn yet")),
        Some(Listed::Own(Placed { line: RollDrawn { rank, .. }, .. })) if *rank <= quota => (
            RollAnswer::Drawn,
            said!("抽中：票号第 {rank} 小，共抽 {quota} 家", "drawn, number {rank} of {quota}"),
        ),
        Some(Listed::Own(Placed { line, .. })) => {
            let place = line.rank - quota;
            (
                RollAnswer::Reserve,
                said!(
                    "没有抽中，列为候补第 {place} 位，共 {reserves} 位",
                    "not drawn, but reserve {place} of {reserves}"
                ),
            )
        }
        Some(Listed::Nobody) => (
            RollAnswer::NotDrawn,
            said!("没有抽中：这个抽取池不抽取", "not drawn: nobody is drawn from this pool"),
        ),
        Some(Listed::Last(last)) => (RollAnswer::NotDrawn, behind(&last.line, ticket, reserves > 0)),
    }
}

/// Why a unit is not listed: its ticket is larger than the last one that is.
fn behind(last: &RollDrawn, ticket: Option<Digest>, reserve: bool) -> Said {
    let own = ticket.map_or_else(String::new, |ticket| short(&ticket));
    let (other, unit) = (short(&last.ticket), &last.unit);
    let whose = match reserve {
        true => said!("最后一个候补", "the last reserve"),
        false => said!("最后一个抽中者", "the last one drawn"),
    };
    let Said { zh, en } = whose;
    said!(
        "没有抽中：它的票号 {own} 大于{zh} {unit} 的 {other}",
        "not drawn: its ticket {own} is larger than {other} of {en}, {unit}"
    )
}

/// The beginning of a hash, by which people tell it from others.
fn short(digest: &Digest) -> String {
    let hex = digest.to_string();
    format!("{}…", &hex[..12])
}

fn absent(unit: &str, before: Option<&Placed<RollUnit>>, after: Option<&Placed<RollUnit>>) -> Said {
    let id = |placed: Option<&Placed<RollUnit>>| placed.map(|placed| placed.line.id.clone());
    match (id(before), id(after)) {
        (Some(before), Some(after)) => said!(
            "{unit} 不在名册中：名册按代码排列，{before} 的下一行就是 {after}",
            "{unit} is not in the roll: by the order of ids, {after} follows {before}"
        ),
        (Some(before), None) => said!(
            "{unit} 不在名册中：名册按代码排列，到 {before} 为止",
            "{unit} is not in the roll: by the order of ids, it ends with {before}"
        ),
        (None, Some(after)) => said!(
            "{unit} 不在名册中：名册按代码排列，从 {after} 开始",
            "{unit} is not in the roll: by the order of ids, it begins with {after}"
        ),
        (None, None) => said!("{unit} 不在名册中：名册是空的", "{unit} is not in the roll, which is empty"),
    }
}
