//! A custodian's file: its share of the office's nonce.

use super::party::{PartyFile, loaded};
use crate::digest::unhex;
use crate::ids::{DrawId, is_key};
use crate::problem::Outcome;
use crate::seed::{CUSTODIANS, Share};
use crate::text::{Reader, Writer};
use std::path::Path;

/// One custodian's share, which the office hands over after the commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareFile {
    /// The draw it is for.
    pub draw: DrawId,
    /// Whose it is.
    pub custodian: String,
    /// Its number, from 1.
    pub number: u32,
    /// The secret.
    pub share: Share,
}

impl ShareFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(PartyFile::Share.tag());
        text.field("draw", &self.draw)
            .field("custodian", &self.custodian)
            .field("number", self.number)
            .field("share", self.share.reveal())
            .finish()
    }

    /// Reads the file. The secret never stands in an error.
    pub fn load(path: &Path) -> Outcome<Self> {
        loaded(path, PartyFile::Share, |bytes| {
            let mut r = Reader::new(bytes, PartyFile::Share.tag())?;
            let (draw, custodian) = (r.parsed("draw", "a draw number")?, r.field("custodian")?);
            if !is_key(custodian) {
                return Err(r.error("not a custodian"));
            }
            let number = r.field("number")?;
            let number: u32 = r.number(number)?;
            if number == 0 || number as usize > *CUSTODIANS.end() {
                return Err(r.error("not the number of a share"));
            }
            let text = r.field("share")?;
            let share = unhex(text).map_err(|_| r.error("the share is not 64 hex digits"))?;
            r.end()?;
            Ok(ShareFile { draw, custodian: custodian.to_owned(), number, share: Share::new(share) })
        })
    }
}
