//! The registers (一单两库): units, inspectors, items, and the recusals between them.
//!
//! [`import`] turns the office's own spreadsheets into these types and lists
//! every row it had to refuse; everything after this stage works on clean values.

pub mod canonical;
mod gazetteer;
pub mod import;
mod inspector;
mod item;
mod recusal;
mod unit;

pub use gazetteer::{Gazetteer, Recognised, Town, Zone};
pub use inspector::{Inspector, Post, Scope};
pub use item::{Item, Level};
pub use recusal::{Recusal, Subject};
pub use unit::{Class, Credit, Status, Unit};

/// All registers of an office, each sorted by its key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// 检查对象名录库, by id and then by first day of validity.
    pub units: Vec<Unit>,
    /// 执法检查人员名录库, by certificate number.
    pub inspectors: Vec<Inspector>,
    /// 抽查事项清单, by code.
    pub items: Vec<Item>,
    /// 回避, by certificate number and subject.
    pub recusals: Vec<Recusal>,
}
