//! The arguments of `yaohao fairness`.

use crate::cli::args::day;
use crate::cli::args::whole;
use crate::time::Date;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct FairnessArgs {
    /// 哪一年，例如 2026；都不写则今年至今天
    #[arg(long, value_name = "YYYY", value_parser = whole(2000..=9999), conflicts_with_all = ["from", "until"])]
    pub year: Option<u32>,
    /// 不按年时，第一天
    #[arg(long, value_name = "DATE", value_parser = day, requires = "until")]
    pub from: Option<Date>,
    /// 最后一天
    #[arg(long, value_name = "DATE", value_parser = day, requires = "from")]
    pub until: Option<Date>,
    /// 把可以公开的内容另存为 JSON（.json）
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// 把可以公开的内容另存为带图的网页（.html）
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// 本机关内部查看：每个人的工时和姓名、谁与谁同组；不可外传
    #[arg(long, conflicts_with_all = ["out", "html"])]
    pub names: bool,
}
