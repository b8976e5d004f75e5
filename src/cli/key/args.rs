//! Arguments of `yaohao key`.

use crate::digest::Suite;
use crate::note::ChangeKind;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct KeyArgs {
    #[command(subcommand)]
    pub command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// 生成一把签名密钥（日志的，或见证方的）
    New(NewArgs),
    /// 看一份私钥或公钥文件：名称、算法、公钥
    Show(ShowArgs),
    /// 写出一份密钥变更文件，供各方签名
    Change(ChangeArgs),
    /// 在密钥变更文件上签名
    Sign(SignArgs),
    /// 签名齐全后，公布变更并启用新的日志规则
    Install(InstallArgs),
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// 密钥的名称，写自己掌握的网址，不写 https://，例如 fire.example.gov.cn/yaohao
    #[arg(long)]
    pub name: String,
    /// 私钥文件；公钥写在旁边的 .pub 文件里
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// 算法套件
    #[arg(long, value_name = "SUITE", default_value = Suite::Sha256.key(), value_parser = suite())]
    pub suite: Suite,
    /// 见证方的密钥（签名带时间）；不写则是日志的
    #[arg(long)]
    pub witness: bool,
    /// 不用口令保护私钥
    #[arg(long, conflicts_with = "passphrase_file")]
    pub no_passphrase: bool,
    /// 从文件读口令；不写则在终端输入
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// 私钥文件或 .pub 文件
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// 原因：rotate 例行更换，lost 丢失，stolen 被盗，witness 更换见证方
    #[arg(long, value_name = "KIND", hide_possible_values = true, value_parser = kind())]
    pub kind: ChangeKind,
    /// 日志的新公钥（.pub 文件）
    #[arg(long, value_name = "FILE", conflicts_with = "policy", required_unless_present = "policy")]
    pub new: Option<PathBuf>,
    /// 更换见证方时：新的 log-policy.txt
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// 放文件的文件夹；不写则本机关的 keys 文件夹
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct SignArgs {
    /// 密钥变更文件
    pub file: PathBuf,
    #[command(flatten)]
    pub key: SecretArgs,
}

/// A secret key to sign with.
#[derive(Debug, Args)]
pub struct SecretArgs {
    /// 私钥文件
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// 从文件读口令；不写则在终端输入
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct InstallArgs {
    /// 签了名的密钥变更文件；各方分别签的几份可以一起写
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// 新的 log-policy.txt；不写则用变更文件旁边的
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

fn suite() -> impl clap::builder::TypedValueParser<Value = Suite> {
    let known = PossibleValuesParser::new(Suite::ALL.iter().map(|suite| suite.key()));
    known.try_map(|key| Suite::from_key(&key).ok_or("unknown"))
}

fn kind() -> impl clap::builder::TypedValueParser<Value = ChangeKind> {
    let known = PossibleValuesParser::new(ChangeKind::ALL.iter().map(|kind| kind.key()));
    known.try_map(|key| ChangeKind::from_key(&key).ok_or("unknown"))
}
