//! The arguments of `yaohao roll`.

use crate::cli::args::{Month, SeedArgs, SourceArgs, sha256, whole};
use crate::cli::roll_slip::args::{RollCheckArgs, RollProveArgs};
use crate::digest::Digest;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct RollArgs {
    #[command(subcommand)]
    pub step: RollStep,
}

#[derive(Debug, Subcommand)]
pub enum RollStep {
    /// 逐行读入大名册（CSV 或 Parquet），锁定名册、方案和规则，公布承诺
    Commit(RollCommitArgs),
    /// 录入公开随机事件和随机数，抽取
    Draw(RollDrawArgs),
    /// 作废：只在谁都还算不出结果的时候
    Void(RollVoidArgs),
    /// 补写名册的公开文件（承诺时用了 --no-tiles 的）
    Publish(RollPublishArgs),
    /// 输出名册的全部公开行，供数据库装入（存为 roll.txt）
    Lines(RollLinesArgs),
    /// 核验一次大名册抽取，只需公开文件夹
    Verify(RollVerifyArgs),
    /// 证明一家单位是否抽中、为什么，或不在名册中
    Prove(RollProveArgs),
    /// 核实单位证明，只需公布的几份小文件，不需要名册
    Check(RollCheckArgs),
}

#[derive(Debug, Args)]
pub struct RollCommitArgs {
    /// 名册：UTF-8 的 CSV，或 Parquet；标题按 office.toml 的 [units] 对应
    pub register: PathBuf,
    #[command(flatten)]
    pub month: Month,
    /// 每层除中签的以外再排出几家候补
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole(0..=1_000_000))]
    pub reserves: u32,
    #[command(flatten)]
    pub sources: SourceArgs,
    /// 不写名册的公开文件：以后用 yaohao roll publish 补写
    #[arg(long)]
    pub no_tiles: bool,
    /// 丢弃没有做完的承诺，从头开始；不写则接着做
    #[arg(long)]
    pub restart: bool,
}

#[derive(Debug, Args)]
pub struct RollDrawArgs {
    #[command(flatten)]
    pub seed: SeedArgs,
}

#[derive(Debug, Args)]
pub struct RollVoidArgs {
    /// 原因：register 名录有误，policy 方案有误，party 一方缺席，beacon 事件未举行
    #[arg(long)]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct RollPublishArgs {
    /// 承诺时读入的名册，一字未改
    pub register: PathBuf,
}

#[derive(Debug, Args)]
pub struct RollLinesArgs {
    /// 公开文件夹，例如 rolls/2026-001
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct RollVerifyArgs {
    /// 公开文件夹，例如 rolls/2026-001
    pub dir: PathBuf,
    /// 抽取前公布的承诺值
    #[arg(long, value_name = "SHA256", value_parser = sha256)]
    pub commitment: Option<Digest>,
    /// 上一次大名册抽取的 record.txt 或 void.txt
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
}
