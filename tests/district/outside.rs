//! Events outside the room: real pulses of drand, and drawings of a lottery.

use super::{District, date, moment, small};
use serde_json::Value;
use yaohao::policy::Policy;
use yaohao::seed::{Beacon, DrandChain, Lottery, Outcome};
use yaohao::time::Moment;

/// The latest pulse of quicknet that the tests have, due 2026-08-31T18:45:15Z.
pub const QUICK: u32 = 31_799_517;
/// A pulse of the default chain that the tests have, due 2023-01-23T13:09:30Z.
pub const CHAINED: u32 = 2_634_945;

/// When things happen in a draw, and what happens outside the room.
#[derive(Debug, Clone)]
pub struct Events {
    pub committed: Moment,
    pub beacons: Vec<Beacon>,
    /// What the events outside the room show, in their order.
    pub shown: Vec<Outcome>,
    pub ceremony: Moment,
    pub reveal: Moment,
    pub beacon: Moment,
    pub record: Moment,
}

impl Events {
    /// Dice on the day after the commitment.
    pub fn usual(policy: &Policy) -> Events {
        Events {
            committed: moment("2026-11-23T06:00:00Z"),
            beacons: policy.beacons.iter().map(|rule| rule.in_the_room().expect("dice or balls")).collect(),
            shown: Vec::new(),
            ceremony: moment("2026-11-24T02:00:00Z"),
            reveal: moment("2026-11-24T02:10:00Z"),
            beacon: moment("2026-11-24T02:10:30Z"),
            record: moment("2026-11-24T02:11:00Z"),
        }
    }

    /// The outcomes of all beacons; `dice` is what is rolled in the room.
    pub fn outcomes(&self, dice: &str) -> Vec<Outcome> {
        let mut shown = self.shown.iter();
        let outcome = |beacon: &Beacon| match beacon.is_external() {
            true => shown.next().expect("an outcome").clone(),
            false => beacon.read(dice).expect("dice"),
        };
        self.beacons.iter().map(outcome).collect()
    }

    /// Takes another event outside instead of the n-th, and what it shows.
    pub fn replace(&mut self, n: usize, beacon: Beacon, shown: &str) {
        self.shown[n] = beacon.read(shown).expect("an outcome");
        let mut outside = self.beacons.iter_mut().filter(|beacon| beacon.is_external());
        *outside.nth(n).expect("an event outside") = beacon;
    }

    /// An hour after the last event, everything is over.
    fn around(committed: &str, beacons: Vec<Beacon>, shown: &[String]) -> Events {
        let outside = beacons.iter().filter(|beacon| beacon.is_external());
        let read = |(beacon, text): (&Beacon, &String)| beacon.read(text).expect("an outcome");
        let shown = outside.zip(shown).map(read).collect();
        let last = beacons.iter().filter_map(Beacon::moment).max().expect("an event outside");
        let committed = moment(committed);
        Events {
            committed,
            beacons,
            shown,
            ceremony: committed.plus_minutes(60),
            reveal: committed.plus_minutes(61),
            beacon: last.plus_minutes(1),
            record: last.plus_minutes(2),
        }
    }
}

/// A published pulse: (chain, round, what somebody brings).
pub fn pulse(chain: DrandChain, round: u32) -> String {
    let vectors: Value = serde_json::from_str(include_str!("../seed/drand.json")).expect("JSON");
    let pulses = vectors["pulses"].as_array().expect("a list");
    let found = pulses.iter().find(|p| p["chain"] == chain.key() && p["round"] == round);
    let text = |key: &str| found.expect("a known pulse")[key].as_str().expect("a text").to_owned();
    text("previous_signature") + &text("signature")
}

/// The small district with another set of beacons and a margin of 30 minutes.
fn with_beacons(beacons: &str) -> District {
    small::small(|policy| {
        let (before, _) = policy.split_once("[[beacon]]").expect("a beacon");
        let margin = "open_within_days = 20\nmargin_minutes = 30";
        before.replace("open_within_days = 20", margin) + beacons
    })
}

pub const DICE: &str = "[[beacon]]\nkind = \"dice\"\nsides = 10\nrolls = 20\n";
pub const QUICKNET: &str = "[[beacon]]\nkind = \"drand\"\nchain = \"quicknet\"\n";
pub const DEFAULT: &str = "[[beacon]]\nkind = \"drand\"\nchain = \"default\"\n";
pub const SSQ: &str = "[[beacon]]\nkind = \"lottery\"\ngame = \"ssq\"\n";

/// Waits for a pulse of quicknet, nothing else.
pub fn quicknet() -> District {
    let mut district = with_beacons(QUICKNET);
    let chain = DrandChain::Quicknet;
    district.events = Some(Events::around(
        "2026-08-31T10:00:00Z",
        vec![Beacon::Drand { chain, round: QUICK }],
        &[pulse(chain, QUICK)],
    ));
    district
}

/// Dice in the room and a pulse of the default chain outside.
pub fn dice_and_default() -> District {
    let mut district = with_beacons(&format!("{DICE}{DEFAULT}"));
    let chain = DrandChain::Default;
    district.events = Some(Events::around(
        "2023-01-22T10:00:00Z",
        vec![Beacon::Dice { sides: 10, rolls: 20 }, Beacon::Drand { chain, round: CHAINED }],
        &[pulse(chain, CHAINED)],
    ));
    district
}

/// A pulse of quicknet, and a drawing of 双色球 two days later.
pub fn quicknet_and_lottery() -> District {
    let mut district = with_beacons(&format!("{SSQ}{QUICKNET}"));
    let chain = DrandChain::Quicknet;
    let lottery = Beacon::Lottery { game: Lottery::Ssq, issue: 2_026_101, date: date("2026-09-03") };
    district.events = Some(Events::around(
        "2026-08-31T10:00:00Z",
        vec![lottery, Beacon::Drand { chain, round: QUICK }],
        &["2 9 14 21 30 33 16".to_owned(), pulse(chain, QUICK)],
    ));
    district
}
