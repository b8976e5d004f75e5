//! The arguments of the commands on slips of a roll.

use crate::cli::args::sha256;
use crate::digest::Digest;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct RollProveArgs {
    /// 大名册的公开文件夹
    pub dir: PathBuf,
    /// 单位代码，可以多个
    #[arg(value_name = "ID", required_unless_present = "ids")]
    pub units: Vec<String>,
    /// 单位代码的清单文件，一行一个
    #[arg(long, value_name = "FILE")]
    pub ids: Option<PathBuf>,
    /// 每家单位存一个文件，放在这个文件夹
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct RollCheckArgs {
    /// 单位证明的文件
    #[arg(value_name = "FILE")]
    pub slip: PathBuf,
    /// 放着 commit.txt、reveal.txt、record.txt 等公布文件的文件夹；不需要名册
    #[arg(long, value_name = "DIR")]
    pub documents: PathBuf,
    /// 本单位的代码
    #[arg(long, value_name = "ID")]
    pub unit: Option<String>,
    /// 抽取前公布的承诺值
    #[arg(long, value_name = "HASH", value_parser = sha256)]
    pub commitment: Option<Digest>,
    /// 公布的记录值
    #[arg(long, value_name = "HASH", value_parser = sha256)]
    pub record: Option<Digest>,
}
