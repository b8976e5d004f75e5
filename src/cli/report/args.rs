//! The arguments of `yaohao report`.

use crate::cli::args::day;
use crate::cli::args::whole;
use crate::cli::clerk::short;
use crate::cli::usage::Refused;
use crate::lang::Said;
use crate::report::Figure;
use crate::said;
use crate::time::Date;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 哪一年，例如 2026
    #[arg(long, value_name = "YYYY", value_parser = whole(2000..=9999))]
    pub year: u32,
    /// 列出一个指标由哪些事项、哪些台账条目构成，例如 penalties 或 行政处罚
    #[arg(long, value_name = "FIGURE", value_parser = figure)]
    pub trace: Option<Figure>,
    /// 另存工作簿：总表、按月、按片区、口径、核对、明细（.xlsx）
    #[arg(long, value_name = "FILE")]
    pub xlsx: Option<PathBuf>,
    /// 另存报告文稿，按扩展名为网页（.html，公文版式，可打印）或纯文本（.txt）
    #[arg(long, value_name = "FILE")]
    pub text: Option<PathBuf>,
    /// 文稿的成文日期；不写则今天
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub dated: Option<Date>,
}

fn figure(text: &str) -> Result<Figure, Refused> {
    let named = |figure: &Figure| format!("{}（{}）", figure.zh(), figure.key());
    let zh = Figure::ALL.iter().map(named).collect::<Vec<_>>().join("、");
    let en = Said::list(Figure::ALL.iter().map(|figure| figure.key())).en;
    short(Figure::ALL, Figure::key, Figure::zh, text)
        .ok_or_else(|| Refused(said!("可用：{zh}", "use one of: {en}")))
}
