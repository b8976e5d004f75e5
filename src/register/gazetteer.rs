//! The towns and zones an office covers, and how they are told from what
//! people write: a code, a name, or an address with the name somewhere in it.

/// A town or street (镇街).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Statistical code, 9 digits.
    pub code: String,
    /// Names in use, the official one first: `龙溪街道`; a former one such as
    /// `龙溪镇` may follow.
    pub names: Vec<String>,
}

/// A zone (片区), the home of a group of inspectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Key used in policies and records.
    pub key: String,
    /// Name people use.
    pub name: String,
}

/// All towns and zones, as the policy lists them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gazetteer {
    /// 镇街.
    pub towns: Vec<Town>,
    /// 片区.
    pub zones: Vec<Zone>,
}

/// What an address says about its town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised<'a> {
    /// Exactly one town is named; its code.
    Town(&'a str),
    /// No town is named.
    None,
    /// Two different towns are named; their codes, ascending.
    Several(Vec<&'a str>),
}

/// Endings of an official name; what is before one is the base name.
const SUFFIXES: [&str; 3] = ["街道", "镇", "乡"];

/// Letters before 区 that make it a part of a town and not a district: 园区,
/// 小区, 开发区, 保税区 …
const NOT_A_DISTRICT: &str = "园小片社校街发税验厂库景";

impl Gazetteer {
    /// The code of the town that `text` gives: 9 digits, 12 digits ending in
    /// 000, an official name, or its base name. `None` if it is not listed, or
    /// several towns have the name.
    ///
    /// ```
    /// # use yaohao::register::{Gazetteer, Town};
    /// let names = vec!["龙溪街道".to_owned()];
    /// let towns = vec![Town { code: "500112011".to_owned(), names }];
    /// let gazetteer = Gazetteer { towns, zones: vec![] };
    /// assert_eq!(gazetteer.town("龙溪"), Some("500112011"));
    /// assert_eq!(gazetteer.town("500112011000"), Some("500112011"));
    /// assert_eq!(gazetteer.town("龙溪路"), None);
    /// ```
    pub fn town(&self, text: &str) -> Option<&str> {
        let code = nine_digits(text);
        let fits = |town: &&Town| match code {
            Some(code) => town.code == code,
            None => town.names.iter().any(|name| name == text || base(name) == text),
        };
        let mut codes = self.towns.iter().filter(fits).map(|town| town.code.as_str());
        let first = codes.next()?;
        codes.all(|code| code == first).then_some(first)
    }

    /// The key of the zone with the key or name `text`.
    pub fn zone(&self, text: &str) -> Option<&str> {
        let fits = |zone: &&Zone| zone.key == text || zone.name == text;
        self.zones.iter().find(fits).map(|zone| zone.key.as_str())
    }

    /// Finds the town in an address. Official names win, longer ones first;
    /// without any, a base name counts where a district stands directly before
    /// it and it does not go on as the name of a road or park.
    ///
    /// ```
    /// # use yaohao::register::{Gazetteer, Recognised, Town};
    /// let names = vec!["龙溪街道".to_owned()];
    /// let towns = vec![Town { code: "500112011".to_owned(), names }];
    /// let gazetteer = Gazetteer { towns, zones: vec![] };
    /// assert_eq!(gazetteer.recognise("渝北区龙溪松石北路1号"), Recognised::Town("500112011"));
    /// assert_eq!(gazetteer.recognise("渝北区龙溪大道1号"), Recognised::None);
    /// ```
    pub fn recognise(&self, address: &str) -> Recognised<'_> {
        let mut codes = self.named_officially(address);
        if codes.is_empty() {
            codes = self.named_after_district(address);
        }
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [] => Recognised::None,
            [code] => Recognised::Town(code),
            _ => Recognised::Several(codes),
        }
    }

    /// The towns whose official name ends at a 街道, 镇 or 乡 of the address.
    fn named_officially(&self, address: &str) -> Vec<&str> {
        let mut codes = Vec::new();
        for suffix in SUFFIXES {
            for (at, _) in address.match_indices(suffix) {
                let head = &address[..at + suffix.len()];
                codes.extend(
                    self.longest(|name| name, |name| head.ends_with(name)).into_iter().map(|(code, _)| code),
                );
            }
        }
        codes
    }

    /// The towns whose base name follows a district and is not that of a road.
    fn named_after_district(&self, address: &str) -> Vec<&str> {
        let mut codes = Vec::new();
        for (at, sign) in address.match_indices(['区', '县']) {
            let tail = &address[at + sign.len()..];
            if is_district(sign, &address[..at]) {
                let named = self.longest(base, |name| tail.starts_with(name)).into_iter();
                codes.extend(
                    named.filter(|(_, name)| !goes_on_as_road(&tail[name.len()..])).map(|(code, _)| code),
                );
            }
        }
        codes
    }

    /// Code and name of the town with the longest name, in its `form`, that
    /// `fits`; of all towns that share it.
    fn longest(&self, form: fn(&str) -> &str, fits: impl Fn(&str) -> bool) -> Vec<(&str, &str)> {
        let mut longest: Vec<(&str, &str)> = Vec::new();
        for town in &self.towns {
            for name in town.names.iter().map(|name| form(name)).filter(|name| !name.is_empty() && fits(name))
            {
                let most = longest.first().map_or(0, |(_, name)| name.len());
                if name.len() > most {
                    longest.clear();
                }
                if name.len() >= most {
                    longest.push((&town.code, name));
                }
            }
        }
        longest
    }
}

/// The 9-digit code in a 9- or 12-digit one.
pub(super) fn nine_digits(text: &str) -> Option<&str> {
    let code = if text.len() == 12 { text.strip_suffix("000")? } else { text };
    (code.len() == 9 && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

fn base(name: &str) -> &str {
    let stripped = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix));
    // A base name of one character would be found everywhere.
    stripped.filter(|base| base.chars().count() > 1).unwrap_or(name)
}

/// Whether 区 or 县 is the sign of a district, and not that of a 园区, an A区 or
/// the like, going by what is `before` it.
fn is_district(sign: &str, before: &str) -> bool {
    let last = before.chars().next_back();
    sign == "县" || last.is_some_and(|c| !c.is_ascii() && !NOT_A_DISTRICT.contains(c))
}

/// Whether a name followed by `after` is that of a road or park: 龙山路,
/// 龙山一路, 龙溪大道, 玉峰山森林公园, 龙兴街1号.
fn goes_on_as_road(after: &str) -> bool {
    let after = after.trim_start_matches(|c| "一二三四五六七八九十东西南北中支".contains(c));
    let road = ["路", "大道", "大街", "巷", "公园", "森林公园", "立交"];
    // 龙塔街… is 龙塔街道 cut short, unless a house number follows.
    let numbered = after
        .strip_prefix('街')
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit() || c == '号'));
    numbered || road.iter().any(|road| after.starts_with(road))
}
