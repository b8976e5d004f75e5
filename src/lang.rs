//! What people read, in Chinese and in English, side by side where it is said.
//!
//! Stages never choose a language: they return a [`Said`] and the shell prints
//! one half of it. Nothing in here is ever hashed.

use std::fmt::Display;

/// One message in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// Chinese, what the office and the public read by default.
    pub zh: String,
    /// English, for reviewers abroad.
    pub en: String,
}

/// The language a command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Said {
    /// Words in a row: `甲、乙` and `a, b`. Each list has the comma of its language.
    pub fn list<T: Display>(words: impl IntoIterator<Item = T>) -> Said {
        let words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
        Said { zh: words.join("、"), en: words.join(", ") }
    }

    /// Messages in a row, each half with the comma of its language.
    pub fn join(said: impl IntoIterator<Item = Said>) -> Said {
        let (zh, en): (Vec<String>, Vec<String>) = said.into_iter().map(|said| (said.zh, said.en)).unzip();
        Said { zh: zh.join("、"), en: en.join(", ") }
    }

    /// The half of the message in `lang`.
    pub fn to(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// `1 unit`, `2 units`: what Chinese says without an ending.
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Formats one message in both languages: `said!("共 {n} 行", "{n} rows")`;
/// further arguments are used by both.
#[macro_export]
macro_rules! said {
    ($zh:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        $crate::lang::Said { zh: format!($zh $(, $argument)*), en: format!($en $(, $argument)*) }
    };
}
