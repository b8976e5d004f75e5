//! QR codes (ISO/IEC 18004) of a slip: all of one size, in alphanumeric mode.

use super::parts::{Parts, cut};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The largest version: 89 modules wide. Four of them stand side by side on the page.
pub const LARGEST_VERSION: u8 = 18;

/// Characters that the largest version holds in alphanumeric mode at level M
/// (ISO/IEC 18004, table 7).
pub const ROOM: usize = 816;

/// Width of a module on paper, in micrometres: from 0.4 mm on, a telephone reads such
/// codes from a hand's distance. Up to three codes have room to be larger.
pub fn module_micrometres(codes: usize) -> u32 {
    if codes > 3 { 400 } else { 500 }
}

/// Light modules around a code.
pub const QUIET: usize = 4;

/// One code as rows of modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Version, 1 to 40; a code is `17 + 4 * version` modules wide.
    pub version: u8,
    /// Whether each module is dark, row by row from the top.
    pub rows: Vec<Vec<bool>>,
}

impl Code {
    /// Modules from edge to edge, without the quiet zone.
    pub fn width(&self) -> usize {
        self.rows.len()
    }

    /// The dark modules as runs: column, row, and how many there are.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for (y, row) in self.rows.iter().enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] {
                    runs.push((x, y, run.len()));
                }
                x += run.len();
            }
        }
        runs
    }
}

/// The slip in as few codes as there need be, all of the same version.
///
/// # Errors
/// [`Kind::Internal`] if it does not fit.
pub fn codes(slip: &str) -> Outcome<(Parts, Vec<Code>)> {
    let parts = cut(slip, ROOM)?;
    // The smallest version that holds the longest part holds all of them.
    let versions = parts.texts.iter().map(|text| encode(text, 1).map(|code| code.version));
    let version = versions.collect::<Outcome<Vec<u8>>>()?.into_iter().max().unwrap_or(1);
    let codes = parts.texts.iter().map(|text| encode(text, version)).collect::<Outcome<_>>()?;
    Ok((parts, codes))
}

/// One code of at least `least`.
fn encode(text: &str, least: u8) -> Outcome<Code> {
    let segment = QrSegment::make_segments(text);
    let (least, most) = (Version::new(least), Version::new(LARGEST_VERSION));
    let code = QrCode::encode_segments_advanced(&segment, QrCodeEcc::Medium, least, most, None, false);
    let code = code.map_err(|_| too_long(text.len()))?;
    let size = code.size();
    let row = |y| (0..size).map(|x| code.get_module(x, y)).collect();
    Ok(Code { version: code.version().value(), rows: (0..size).map(row).collect() })
}

fn too_long(length: usize) -> Problem {
    Problem::new(
        Kind::Internal,
        said!("{length} 个字符放不进一个二维码", "{length} characters do not fit into a code"),
        said!("请报告这个错误", "please report this"),
    )
}
