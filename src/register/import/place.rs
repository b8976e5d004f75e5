//! Fields that name a place.

use super::fault;
use super::line::{Line, Opened};
use crate::lang::Said;
use crate::register::Recognised;
use crate::register::gazetteer::nine_digits;

impl Line<'_> {
    /// The code of a town, given or found in an address.
    pub fn town(&mut self, key: &str) -> Option<String> {
        let Some(gazetteer) = self.world().gazetteer() else {
            return self.parsed(key, |text| nine_digits(text).map(str::to_owned), fault::town_unknown);
        };
        let value = match self.open(key) {
            Opened::Text(value) => value,
            Opened::Bad => return None,
            Opened::Absent | Opened::Blank => {
                self.report_blank(fault::town_unknown());
                return None;
            }
        };
        let given = !self.is_address(value);
        if let Some(code) = given.then(|| gazetteer.town(value.text)).flatten() {
            return Some(code.to_owned());
        }
        match gazetteer.recognise(value.text) {
            Recognised::Town(code) => return Some(code.to_owned()),
            Recognised::Several(codes) => self.report(value, fault::town_ambiguous(&codes)),
            Recognised::None if given => self.report(value, fault::town_unknown()),
            Recognised::None => self.report(value, fault::town_not_recognised()),
        }
        // A code outside the policy is still what the office said.
        nine_digits(value.text).filter(|_| given).map(str::to_owned)
    }

    /// The key of a zone.
    pub fn zone(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        let Some(gazetteer) = self.world().gazetteer() else {
            // A canonical table holds keys; the policy of the day judges them.
            return Some(value.text.to_owned());
        };
        let found = gazetteer.zone(value.text).map(str::to_owned);
        if found.is_none() {
            let zh = gazetteer.zones.iter().map(|zone| format!("{} ({})", zone.name, zone.key));
            let keys = gazetteer.zones.iter().map(|zone| &zone.key);
            let fault = fault::unknown_zone(&Said { zh: Said::list(zh).zh, en: Said::list(keys).en });
            self.report(value, fault);
        }
        found
    }
}
