//! The four tables: their fields, and how a row becomes an entry and back.

mod inspector;
mod item;
mod recusal;
mod unit;

use crate::time::Date;
use std::collections::BTreeSet;

/// The words of a closed vocabulary.
macro_rules! words_of {
    ($vocabulary:ty) => {
        || <$vocabulary>::ALL.iter().map(|word| (word.key(), word.zh())).collect()
    };
}
use words_of;

fn printed(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

fn print_date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn print_number(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn print_list(parts: &BTreeSet<String>) -> String {
    parts.iter().map(String::as_str).collect::<Vec<_>>().join("、")
}
