//! The arguments of `yaohao slip` and `yaohao verify-slip`.

use crate::cli::args::{draw_id, sha256};
use crate::cli::usage::Refused;
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::said;
use crate::time::Date;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct SlipArgs {
    /// 统一社会信用代码、单位名称或名称的一部分
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub unit: Option<String>,
    /// 本次抽中的全部单位
    #[arg(long)]
    pub all: bool,
    /// 抽取编号；不写则最近一次
    #[arg(long, value_name = "DRAW", value_parser = draw_id)]
    pub draw: Option<DrawId>,
    /// 安排检查的日期，印在告知单上，例如 2026-12-08
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// 放告知单的文件夹；不写则放在本机关 private 下
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// 证号旁印上人员姓名
    #[arg(long)]
    pub names: bool,
    /// 另存 PDF
    #[arg(long)]
    pub pdf: bool,
    /// PDF 用的字体文件；不写则在系统里找
    #[arg(long, value_name = "FILE", requires = "pdf")]
    pub font: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct VerifySlipArgs {
    /// 告知单的 .txt 文件，或扫码得到的内容（也可存成文件，一段一行）；- 从标准输入读
    #[arg(required = true, value_name = "FILE|TEXT")]
    pub slip: Vec<String>,
    /// 来人出示的执法证号；每人一个
    #[arg(long, value_name = "NUMBER")]
    pub certificate: Vec<String>,
    /// 本单位的统一社会信用代码
    #[arg(long, value_name = "ID")]
    pub unit: Option<String>,
    /// 哪一天；不写则今天
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// 抽查机关公布的记录值
    #[arg(long, value_name = "HASH", value_parser = sha256)]
    pub record: Option<Digest>,
    /// 抽查机关公布的日志规则 log-policy.txt：日志和见证方的公钥
    #[arg(long, value_name = "FILE")]
    pub log_policy: Option<PathBuf>,
    /// 抽查机关公布的换人文件的值
    #[arg(long, value_name = "HASH", value_parser = sha256)]
    pub change: Option<Digest>,
}

pub fn date(text: &str) -> Result<Date, Refused> {
    let wanted = || said!("写成 2026-12-08 的样子", "write it like 2026-12-08");
    text.parse().map_err(|_| Refused(wanted()))
}
