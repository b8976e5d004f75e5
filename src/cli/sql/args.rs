//! The arguments of `yaohao sql`.

use crate::cli::usage::Refused;
use crate::lang::Said;
use crate::said;
use crate::sql::Dialect;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct SqlArgs {
    /// 一次抽取的公开文件夹
    pub dir: PathBuf,
    /// 哪种数据库：postgres、duckdb、clickhouse、spark、datafusion、mysql
    #[arg(long, value_name = "NAME", value_parser = dialect)]
    pub dialect: Dialect,
    /// 输出装入语句：把 units.txt（有带入单位的，还有 carried.txt；大名册则是 roll.txt）装入数据库
    #[arg(long)]
    pub load: bool,
    /// 输出合并语句：把各台机器的结果（parts 表）合成一个；加 --load 则输出装入 parts.txt 的语句
    #[arg(long)]
    pub merge: bool,
}

fn dialect(text: &str) -> Result<Dialect, Refused> {
    let Said { zh, en } = Said::list(Dialect::ALL.iter().map(|dialect| dialect.key()));
    Dialect::from_key(text).ok_or_else(|| Refused(said!("可用：{zh}", "use one of: {en}")))
}
