//! The arguments of `yaohao dispatch`.

use crate::cli::args::{day, draw_id};
use crate::ids::DrawId;
use crate::time::Date;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct DispatchArgs {
    /// 抽取编号；不写则最近一次
    #[arg(value_parser = draw_id)]
    pub draw: Option<DrawId>,
    /// 只给这个人：执法证号或姓名
    #[arg(long, value_name = "NAME", conflicts_with_all = ["team", "zone"])]
    pub inspector: Option<String>,
    /// 按检查组，每组一份
    #[arg(long, conflicts_with = "zone")]
    pub team: bool,
    /// 只给这个片区：片区的键或名称
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// 从这一天起的检查，例如 2026-12-07
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Date>,
    /// 到这一天为止的检查
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
    /// 放派单的文件夹；不写则放在本机关 private 下
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// 另存 PDF
    #[arg(long)]
    pub pdf: bool,
    /// PDF 用的字体文件；不写则在系统里找
    #[arg(long, value_name = "FILE", requires = "pdf")]
    pub font: Option<PathBuf>,
}
