//! What does everybody see? Bytes of an office's public folder and a moment go in, the
//! pages of its site come out: a start page with a search, a page a draw, figures a
//! year, a feed. Nothing private is an argument, so nothing private can get in, and
//! anybody can make the same pages again from what is public.
//!
//! It verifies nothing: pages say how to, and where.

mod answers;
mod ceremony;
mod draw;
mod facts;
mod feed;
mod figures;
mod frame;
mod home;
mod index;
mod link;
mod lists;
mod logged;
mod names;
mod next;
mod part;
mod picture;
mod places;
mod published;
mod result;
mod search;
mod sums;
mod tables;
mod visits;
mod words;
mod zones;

pub use facts::{Facts, Known};
pub use logged::LogView;
pub use published::ListsView;
pub use sums::{Hashed, hashed};

use crate::audit::Public;
use crate::digest::Digest;
use crate::lang::{Lang, Said};
use crate::time::Moment;
use crate::verify::Folder;
use frame::Site;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Files by their paths below the public folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The start page, in Chinese.
pub const START: &str = "index.html";
/// The feed.
pub const FEED: &str = "feed.xml";
/// The folder of everything else.
pub const FOLDER: &str = "site";

/// The file which says whose that folder is, and its text; it is written first of all.
pub const MARK: (&str, &str) = ("site/README.txt", include_str!("../../assets/README.txt"));

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// What the office wants to stand on its pages; nothing of it is needed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    /// The address under which the public folder can be read, for the links of the feed.
    pub url: Option<String>,
    /// How to reach the office.
    pub contact: Option<String>,
}

/// What all pages stand on, beside the draws.
#[derive(Debug, Clone)]
pub struct Ground {
    /// When it is: deadlines before it have passed.
    pub now: Moment,
    /// The files of the folder `verifier`, by name.
    pub verifier: Hashed,
    /// The files of the folder `log`, by their paths in it.
    pub log_files: Hashed,
    /// The page for verifying that this program brings, if any.
    pub own_page: Option<Digest>,
    /// The log, if there is one.
    pub log: Option<LogView>,
    /// The published lists of results.
    pub lists: ListsView,
    /// What the office wants to stand there.
    pub presentation: Presentation,
}

/// The files of one draw: its pages and its index for the search; and what other pages
/// say of it.
pub fn of_draw(name: &str, folder: &Folder, ground: &Ground) -> (Files, Facts) {
    let mut files = Files::new();
    let facts = facts::with_case(name, folder, ground, |case| {
        let stem = &case.stem;
        for lang in LANGS {
            let site = Site { lang, ground, office: &case.names.office };
            files.insert(frame::path(frame::Spot::Draw(stem), lang), draw::page(&site, case).into_bytes());
        }
        files.insert(link::units(stem), index::script(case).into_bytes());
    });
    if facts.known.is_err() {
        files = damaged(&facts, folder, ground);
    }
    (files, facts)
}

/// The same of a folder that could not be read at all.
pub fn of_unreadable(name: &str, why: Said, ground: &Ground) -> (Files, Facts) {
    let (folder, stem) = (name.to_owned(), link::stem(name));
    let facts = Facts { folder, stem, number: None, hashes: Hashed::new(), known: Err(why) };
    (damaged(&facts, &Folder::default(), ground), facts)
}

fn damaged(facts: &Facts, folder: &Folder, ground: &Ground) -> Files {
    let office = logged::office(ground);
    let page = |lang| {
        let site = Site { lang, ground, office: &office };
        (frame::path(frame::Spot::Draw(&facts.stem), lang), draw::damaged(&site, facts, folder).into_bytes())
    };
    LANGS.map(page).into_iter().collect()
}

/// The files that are of no one draw.
pub fn common(mut facts: Vec<Facts>, ground: &Ground) -> Files {
    facts.sort_by(|a, b| (&b.number, &b.folder).cmp(&(&a.number, &a.folder)));
    let office = facts.iter().find_map(|facts| Some(facts.known.as_ref().ok()?.office.clone()));
    let office = office.unwrap_or_else(|| logged::office(ground));
    let mut files = Files::new();
    for lang in LANGS {
        let site = Site { lang, ground, office: &office };
        files.insert(frame::path(frame::Spot::Home, lang), home::page(&site, &facts).into_bytes());
        files.insert(frame::path(frame::Spot::Figures, lang), figures::page(&site, &facts).into_bytes());
        if ground.lists.is_begun() {
            files.insert(frame::path(frame::Spot::Results, lang), lists::page(&site, &facts).into_bytes());
        }
    }
    files.insert(FEED.to_owned(), feed::feed(&facts, &office, ground).into_bytes());
    files.insert(sums::PATH.to_owned(), sums::list(&facts, ground).into_bytes());
    files.insert(MARK.0.to_owned(), MARK.1.as_bytes().to_vec());
    for (name, text) in [
        ("style.css", include_str!("../../assets/site.css")),
        ("search.js", include_str!("../../assets/search.js")),
        ("icon.svg", include_str!("../../assets/icon.svg")),
    ] {
        files.insert(format!("{FOLDER}/{name}"), text.as_bytes().to_vec());
    }
    files
}

/// The whole site of what is published.
pub fn site(public: &Public, own_page: Option<Digest>, presentation: &Presentation, now: Moment) -> Files {
    let ground = Ground {
        now,
        verifier: public.verifier.as_ref().map(hashed).unwrap_or_default(),
        log_files: hashed(&public.log),
        own_page,
        log: LogView::read(&public.log),
        lists: ListsView::read(&public.results),
        presentation: presentation.clone(),
    };
    let made: Vec<(Files, Facts)> =
        public.draws.par_iter().map(|(name, folder)| of_draw(name, folder, &ground)).collect();
    let (files, facts): (Vec<Files>, Vec<Facts>) = made.into_iter().unzip();
    files.into_iter().flatten().chain(common(facts, &ground)).collect()
}
