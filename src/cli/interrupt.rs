//! Ctrl-C during work that takes long: it is ended where it can be, and not in the middle.

use std::sync::atomic::{AtomicBool, Ordering};

/// Set by the first Ctrl-C; the second ends the program at once.
static STOPPED: AtomicBool = AtomicBool::new(false);
/// The exit code of a program that Ctrl-C ended, as shells have it.
const INTERRUPTED: i32 = 130;

/// From now on the first Ctrl-C only asks to stop.
pub fn heed() {
    // Without a handler Ctrl-C ends the program: nothing is lost but what was reached.
    let _ = ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
    });
}

/// Whether it was asked to stop; never before [`heed`].
pub fn is_asked() -> bool {
    STOPPED.load(Ordering::SeqCst)
}
