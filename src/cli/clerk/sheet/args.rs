//! The arguments of `yaohao sheet`.

use crate::cli::args::draw_id;
use crate::cli::clerk::args::{By, Which};
use crate::ids::DrawId;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct SheetArgs {
    #[command(subcommand)]
    pub step: SheetStep,
}

#[derive(Debug, Subcommand)]
pub enum SheetStep {
    /// 导出结果表：一个事项一行，已知的都填好
    Export(ExportArgs),
    /// 读入填好的结果表；有一行不合规就整份不收
    Import(SheetImportArgs),
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// 新的 .xlsx 文件
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 只要这次抽取，例如 example/2026/001
    #[arg(long, value_name = "DRAW", value_parser = draw_id)]
    pub draw: Option<DrawId>,
    /// 只要这个月的，例如 2026-06：检查日期，未检查的看计划日期或受理日期
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<String>,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct SheetImportArgs {
    /// 填好的 .xlsx 文件
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 不合规的行列出来不收，其余照收
    #[arg(long)]
    pub partial: bool,
    #[command(flatten)]
    pub by: By,
}
