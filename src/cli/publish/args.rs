//! The arguments of `yaohao publish`.

use crate::cli::args::Signing;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct PublishArgs {
    /// 见证方交来的 .cosigned 文件；每方一份
    #[arg(long, value_name = "FILE")]
    pub cosignature: Vec<PathBuf>,
    /// 公示审核通过的检查结果和处罚，写明谁公示：执法证号，或 office.toml 里登记的工号
    #[arg(long, value_name = "NUMBER")]
    pub by: Option<String>,
    /// 只看会公示什么，逐行列出；什么都不写
    #[arg(long, conflicts_with_all = ["cosignature", "passphrase_file"])]
    pub dry_run: bool,
    #[command(flatten)]
    pub signing: Signing,
}
