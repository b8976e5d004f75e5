//! The command `yaohao`.

use std::process::ExitCode;

fn main() -> ExitCode {
    yaohao::cli::run(std::env::args_os())
}
