//! The arguments of `yaohao simulate`.

use crate::cli::args::whole;
use crate::cli::usage::Refused;
use crate::policy::Fraction;
use crate::said;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// 情景文件：所有假定，每条带单位和来源；不写则用本机关文件夹里的 scenario.toml
    #[arg(value_name = "SCENARIO")]
    pub scenario: Option<PathBuf>,
    /// 从哪个月开始，例如 2026-12；不写则下个月
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<String>,
    /// 照哪份抽查方案模拟，例如正在起草的方案；不写则用 office.toml 里的
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// 至多模拟几遍，每遍几年由情景文件定
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = whole(2..=1_000_000))]
    pub trials: u32,
    /// 各片区工时的误差小到这个比例就不再模拟，例如 1/200
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub precision: Option<Fraction>,
    /// 随机的来源，一段文字；同样的文字、同样的输入，结果一样，与线程数无关
    #[arg(long, value_name = "TEXT", default_value = "1")]
    pub seed: String,
    /// 与情景文件里的哪些做法比较：写代号，几个之间用逗号，全部写 all
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub compare: Vec<String>,
    /// 每个片区各多一名主办，各项会变多少
    #[arg(long)]
    pub marginal: bool,
    /// 把镇街重新分成几个片区，轻重最均匀，每片连成一块
    #[arg(long, value_name = "K", value_parser = whole(1..=12))]
    pub suggest_zones: Option<u32>,
    /// 镇街的相邻关系：.toml，或带边界的地图 .geojson；不写则用本机关文件夹里的 map.toml
    #[arg(long, value_name = "FILE", requires = "suggest_zones")]
    pub map: Option<PathBuf>,
    /// 另存为带图的网页（.html）
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// 各表另存为 CSV，放进这个文件夹
    #[arg(long, value_name = "DIR")]
    pub csv: Option<PathBuf>,
    /// 显示检查人员的执法证号；不写则只写片区和序号
    #[arg(long)]
    pub names: bool,
}

fn share(text: &str) -> Result<Fraction, Refused> {
    let wanted = || {
        said!(
            "写成分数，大于 0，不超过 1，例如 1/200",
            "write a fraction above 0 and at most 1, such as 1/200"
        )
    };
    let share = text.parse().ok().filter(|share: &Fraction| share.admits(1, u64::MAX));
    share.ok_or_else(|| Refused(wanted()))
}
