//! A random policy: its text, and what of it the register has to know.

use super::chance::Random;
use std::fmt::Write;

pub const CLASSES: [&str; 5] = ["high-risk", "key-crowd", "key", "general", "small"];
pub const TAGS: [&str; 3] = ["hotel", "学校", "mall"];
pub const ITEMS: [&str; 2] = ["XF01", "XF02"];

/// What a policy asks for. `Display` is policy.toml.
#[derive(Debug, Clone)]
pub struct Rules {
    pub sm3: bool,
    pub sealed: bool,
    pub escrow: Option<(usize, usize)>,
    pub parties: usize,
    pub items: usize,
    pub zones: usize,
    pub close_within: usize,
    pub margin: usize,
    pub pseudonyms: bool,
    pub publish: Vec<&'static str>,
    pub strata: Vec<String>,
    pub listed: Option<usize>,
    pub home: bool,
    pub rotate: &'static str,
    pub slots: Vec<&'static str>,
    pub shape: Option<Vec<&'static str>>,
    pub exchange: Option<&'static str>,
    pub bands: Vec<usize>,
    pub schedule: Option<usize>,
    pub odds: Option<(usize, &'static str)>,
    pub beacons: Vec<String>,
    pub hours: usize,
}

impl Rules {
    pub fn new(random: &mut Random, beacons: Vec<String>) -> Rules {
        let home = random.one_in(2);
        let zones = random.within(1, 2);
        let shapes: [&[&str]; 5] = [
            &["lead", "assistant", "assistant"],
            &["lead", "assistant", "expert"],
            &["lead", "assistant", "police"],
            &["lead", "assistant", "police", "expert"],
            &["lead", "assistant"],
        ];
        let slots = if random.one_in(6) { random.pick(&shapes) } else { shapes[4] };
        let shape = random.one_in(4).then(|| random.pick(&shapes).to_vec());
        let sealed = random.one_in(3);
        let bands: [&[usize]; 4] = [&[200], &[150, 300], &[100, 200, 300], &[60]];
        let caps = ["1/1", "1/1", "1/1", "9/10", "1/2"];
        let drand = beacons.iter().any(|beacon| beacon.contains("drand"));
        Rules {
            sm3: random.one_in(4),
            sealed,
            escrow: random.one_in(12).then(|| (random.within(2, 4), 2)),
            parties: random.within(2, 3),
            items: random.within(1, 2),
            zones,
            close_within: random.within(5, 9),
            margin: if drand { 5 } else { [0, 0, 1, 30, 1200][random.below(5)] },
            pseudonyms: random.one_in(2),
            publish: random.some(&["name", "town", "class", "credit", "tags"]),
            strata: strata(random),
            listed: random.one_in(5).then(|| random.below(10)),
            home,
            rotate: random.pick(&["hard", "soft", "off"]),
            slots: slots.to_vec(),
            shape,
            exchange: (home && random.one_in(3))
                .then(|| random.pick(&["0/1", "1/3", "1/2", "2/3", "1/1", "3/7"])),
            bands: if random.one_in(3) { bands[random.below(4)].to_vec() } else { Vec::new() },
            schedule: random.one_in(3).then(|| [240, 300, 420, 600][random.below(4)]),
            odds: random.one_in(25).then(|| (random.within(1, 6), random.pick(&caps))),
            beacons,
            hours: random.within(12, 60),
        }
    }

    /// Whether some team has a slot of this role.
    pub fn wants(&self, role: &str) -> bool {
        self.slots.iter().chain(self.shape.iter().flatten()).any(|slot| *slot == role)
    }
}

/// One to three strata, between them most classes.
fn strata(random: &mut Random) -> Vec<String> {
    let mut classes = CLASSES;
    random.shuffle(&mut classes);
    let count = random.within(1, 3);
    let keys = ["key", "high-risk", "s2", "general"];
    let first = random.below(4);
    let mut text = Vec::new();
    for n in 0..count {
        let end = if n + 1 == count { 5 - random.below(2) } else { n + 1 + random.below(2) };
        let mine = &classes[n.min(end)..end.max(n + 1)];
        text.push(stratum(random, keys[(first + n) % 4], mine));
    }
    text
}

fn stratum(random: &mut Random, key: &str, classes: &[&str]) -> String {
    let mut text = format!("id = \"{key}\"\nclasses = {classes:?}\n");
    if random.one_in(6) {
        text += "credit = [\"A\", \"B\", \"none\"]\n";
    }
    if random.one_in(8) {
        text += "tags = [\"hotel\", \"学校\"]\n";
    }
    if random.one_in(2) {
        text += "by_zone = false\n";
    }
    let shares = ["1/4", "1/3", "2/10", "1/7", "0/5", "1/2", "18446744073709551615/18446744073709551615"];
    let likely = 6 + usize::from(random.one_in(20));
    let share = random.pick(&shares[..likely]);
    match random.below(3) {
        0 => writeln!(text, "quota = {}", random.below(4)),
        _ => writeln!(text, "quota = \"{share}\""),
    }
    .expect("a string");
    if random.one_in(2) {
        text += random.pick(&["round = \"down\"\n", "round = \"up\"\n"]);
    }
    let floor = random.below(3);
    if floor > 0 && random.one_in(2) {
        writeln!(text, "floor = {floor}").expect("a string");
    }
    if random.one_in(3) {
        writeln!(text, "cap = {}", floor + random.below(4)).expect("a string");
    }
    if random.one_in(4) {
        text += "cooldown_months = 2\nyearly_at_most = 2\n";
    }
    text
}

fn list(words: &[&str]) -> String {
    format!("{words:?}")
}

impl std::fmt::Display for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parties = &["office", "discipline", "archive"][..self.parties];
        let items = &ITEMS[..self.items];
        writeln!(f, "version = 1\n[office]\nid = \"example\"\nname = \"示例\"")?;
        writeln!(f, "parties = {}", list(parties))?;
        if self.sm3 {
            writeln!(f, "suite = \"yaohao-1-sm3\"")?;
        }
        writeln!(f, "[draw]\nitems = {}\nclose_within_days = {}", list(items), self.close_within)?;
        writeln!(f, "open_within_days = 20\nmargin_minutes = {}", self.margin)?;
        writeln!(f, "naming = \"{}\"", if self.pseudonyms { "pseudonym" } else { "certificate" })?;
        writeln!(f, "publish = {}\n[draw.secrecy]", list(&self.publish))?;
        for (n, item) in items.iter().enumerate() {
            let secret = self.sealed && n + 1 == items.len();
            writeln!(f, "{item} = \"{}\"", if secret { "until-visit" } else { "announced" })?;
        }
        self.places(f)?;
        for stratum in &self.strata {
            write!(f, "[[stratum]]\n{stratum}")?;
        }
        if let Some(unit) = self.listed {
            writeln!(f, "[[exclude]]\nunit = \"{}\"\nreason = \"督办\"", super::register::unit_id(unit))?;
        }
        self.people(f)?;
        if let Some(minutes) = self.schedule {
            writeln!(f, "[schedule]\nday_minutes = {{ lead = {minutes}, assistant = {minutes} }}")?;
        }
        if let Some((draws, most)) = self.odds {
            writeln!(f, "[odds]\ndry_draws = {draws}\nlargest_pair_probability = \"{most}\"")?;
        }
        if let Some((custodians, threshold)) = self.escrow {
            let names = &["office", "discipline", "archive", "court"][..custodians];
            writeln!(f, "[escrow]\ncustodians = {}\nthreshold = {threshold}", list(names))?;
        }
        self.beacons.iter().try_for_each(|beacon| write!(f, "[[beacon]]\n{beacon}"))
    }
}

impl Rules {
    fn places(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for zone in 1..=self.zones {
            writeln!(f, "[[zone]]\nid = \"z{zone}\"\nname = \"片区{zone}\"")?;
        }
        for (n, code) in super::register::TOWNS.iter().enumerate() {
            let zone = n % self.zones + 1;
            writeln!(f, "[[town]]\ncode = \"{code}\"\nname = \"镇{n}\"\nzone = \"z{zone}\"")?;
            if n == 2 {
                writeln!(f, "until = 2026-12-02")?;
            }
        }
        writeln!(f, "[limits]\ncooldown_months = 1\nyearly_at_least = 0\nyearly_at_most = 3")
    }

    fn people(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "[team]\nslots = {}", list(&self.slots))?;
        writeln!(f, "zones = \"{}\"", if self.home { "home" } else { "any" })?;
        writeln!(f, "rotate = \"{}\"", self.rotate)?;
        if let Some(exchange) = self.exchange {
            writeln!(f, "exchange = \"{exchange}\"")?;
        }
        writeln!(f, "[team.departments]\npolice = \"公安分局\"")?;
        if let Some(shape) = &self.shape {
            writeln!(f, "[[team.shape]]\nitems = [\"XF01\"]\nslots = {}", list(shape))?;
        }
        writeln!(f, "[workload]\nvisit_minutes = {{ lead = 240, assistant = 180 }}")?;
        writeln!(f, "capacity_hours = {{ lead = {0}, assistant = {0} }}", self.hours)?;
        writeln!(f, "leave_excludes_from_days = 15")?;
        if !self.bands.is_empty() {
            writeln!(f, "band_minutes = {:?}", self.bands)?;
        }
        Ok(())
    }
}
