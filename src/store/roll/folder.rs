//! The folders of a roll.

use crate::ids::DrawId;
use crate::problem::Outcome;
use crate::store::office::numbered;
use crate::store::{DrawFolder, Office};
use std::path::PathBuf;

/// Below this folder of an office lies what is public of its rolls.
pub const ROLLS: &str = "rolls";

/// Where one roll lies.
#[derive(Debug, Clone)]
pub struct RollFolder {
    /// Its number.
    pub id: DrawId,
    /// What everybody may see.
    pub public: PathBuf,
    /// What only the office may see.
    pub private: PathBuf,
}

impl RollFolder {
    /// The folders of a roll, whether they exist or not.
    pub fn of(office: &Office, id: DrawId) -> RollFolder {
        let folder = id.folder();
        RollFolder {
            public: office.path(ROLLS).join(&folder),
            private: office.path("private").join(ROLLS).join(&folder),
            id,
        }
    }

    /// The same as the folders of a draw.
    pub fn draw(&self) -> DrawFolder {
        DrawFolder { id: self.id.clone(), public: self.public.clone(), private: self.private.clone() }
    }

    /// The units of the pools, as the commitment counted them.
    pub fn pool(&self) -> PathBuf {
        self.private.join("pool")
    }

    /// Sorted lines of parts of a register that is not in order.
    pub fn runs(&self) -> PathBuf {
        self.private.join("runs")
    }

    /// The last entries of a commitment that is not finished, where they fill no bundle yet.
    pub fn unfinished_bundles(&self) -> PathBuf {
        self.private.join("bundle")
    }

    /// How far a commitment has come that is not finished.
    pub fn state(&self) -> PathBuf {
        self.private.join("state.txt")
    }
}

/// All rolls of the office key `key`, in the order of their numbers.
///
/// # Errors
/// [`crate::problem::Kind::Unreadable`] if their folder cannot be read.
pub fn rolls(office: &Office, key: &str) -> Outcome<Vec<RollFolder>> {
    let ids = numbered(&office.path(ROLLS), key)?;
    Ok(ids.into_iter().map(|id| RollFolder::of(office, id)).collect())
}
