//! What an audit says of a number: the words of docs/spec/audit.md.

use crate::vocabulary;

vocabulary! {
    /// What a number of the office's draws has come to. The first four are faults.
    State {
        /// There are two histories of it: two commitments, two documents after the
        /// same one, or two logs.
        Fork = "FORK", "分叉";
        /// The number, its commitment or its predecessor is not there.
        Gap = "GAP", "缺号";
        /// Not closed by its deadline.
        Overdue = "OVERDUE", "逾期未办结";
        /// Not opened by its last day.
        LateOpen = "LATE-OPEN", "逾期公开";
        /// Committed, not closed, and not yet due.
        Open = "OPEN", "进行中";
        /// Closed without a draw.
        Void = "VOID", "作废";
        /// Closed by a record whose result is still sealed.
        Sealed = "SEALED", "密封";
        /// Closed by a record, the result published with it.
        Closed = "CLOSED", "已办结";
        /// Closed by a record, the sealed result published since.
        Opened = "OPENED", "已公开";
    }
}

impl State {
    /// Whether it is one that should never be.
    pub fn is_fault(self) -> bool {
        self <= State::LateOpen
    }
}
