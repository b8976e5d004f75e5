//! One draw's folder, with its documents in their order.

use super::State;
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::log::documents;
use crate::record::{self, CarriedLine, Commit, Link, Mode, Table, TableLine, UnitLine, Void};
use crate::verify::{Folder, Report};

/// A draw's folder.
pub(super) struct Case<'a> {
    /// Name of the folder.
    pub name: &'a str,
    pub folder: &'a Folder,
    pub commit: Option<Commit>,
    /// Number of the draw, by its commitment or else by any later document.
    pub number: Option<DrawId>,
    /// The documents that are there, in their order, the commitment first.
    pub documents: Vec<Linked>,
    /// What `verify` says of it, once that is known.
    pub report: Option<Report>,
}

/// A document with the one it follows.
pub(super) struct Linked {
    pub file: String,
    /// SHA-256 of the file, as the log has it.
    pub listed: Digest,
    /// What it starts with; the commitment has none.
    pub link: Option<Link>,
}

impl<'a> Case<'a> {
    pub fn new(name: &'a str, folder: &'a Folder) -> Case<'a> {
        let commit = folder.get(record::COMMIT).and_then(|bytes| Commit::read(bytes).ok());
        let documents: Vec<Linked> = documents(|file| folder.get(file))
            .into_iter()
            .map(|document| {
                let bytes = folder.get(&document.file);
                Linked { link: bytes.and_then(Link::of), file: document.file, listed: document.hash }
            })
            .collect();
        let told = documents.iter().find_map(|document| Some(document.link.as_ref()?.draw.clone()));
        let number = commit.as_ref().map(|commit| commit.draw.clone()).or(told);
        Case { name, folder, commit, number, documents, report: None }
    }

    /// The number as it is shown.
    pub fn shown(&self) -> String {
        self.number.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)
    }

    /// A document by the name of its file.
    pub fn document(&self, file: &str) -> Option<&Linked> {
        self.documents.iter().find(|document| document.file == file)
    }

    /// The documents that close the draw; one, if all is well.
    pub fn closings(&self) -> impl Iterator<Item = &Linked> {
        self.documents
            .iter()
            .filter(|document| [record::RECORD, record::VOID].contains(&document.file.as_str()))
    }

    /// The void, if it can be read.
    pub fn void(&self) -> Option<Void> {
        self.folder.get(record::VOID).and_then(|bytes| Void::read(bytes).ok())
    }

    /// The units, if they can be read.
    pub fn units(&self) -> Option<Table<UnitLine>> {
        self.table(record::UNITS)
    }

    /// The units that a void before hands on, if they can be read.
    pub fn carried(&self) -> Option<Table<CarriedLine>> {
        self.table(record::CARRIED)
    }

    fn table<L: TableLine>(&self, file: &str) -> Option<Table<L>> {
        self.folder.get(file).and_then(|bytes| Table::read(bytes).ok())
    }

    /// How far it has come, whether in time or not.
    pub fn life(&self) -> Option<State> {
        let has = |file: &str| self.folder.get(file).is_some();
        let mode = self.commit.as_ref()?.mode;
        Some(match () {
            () if has(record::VOID) => State::Void,
            () if !has(record::RECORD) => State::Open,
            () if mode == Mode::Open => State::Closed,
            () if has(record::OPEN) => State::Opened,
            () => State::Sealed,
        })
    }
}
