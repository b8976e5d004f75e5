//! The command line: one definition for parsing, help, man page and completions.

use super::clerk::args::{DueArgs, PenaltyArgs, RecusalArgs, ResultArgs, ReviewArgs, TaskArgs, TasksArgs};
use super::clerk::sheet::args::SheetArgs;
use super::dispatch::args::DispatchArgs;
use super::fairness::args::FairnessArgs;
use super::journal::JournalArgs;
use super::key::args::{KeyArgs, SecretArgs};
use super::publish::PublishArgs;
use super::report::args::ReportArgs;
use super::roll::args::RollArgs;
use super::simulate::args::SimulateArgs;
use super::slip::args::{SlipArgs, VerifySlipArgs};
use super::sql::args::SqlArgs;
pub use super::values::{day, draw_id, sha256, whole};
use super::values::{moment, suite};
use crate::digest::{Digest, Suite};
use crate::ids::DrawId;
use crate::lang::Lang;
use crate::seed::LONGEST;
use crate::time::Moment;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 摇号：可核验的“双随机、一公开”抽查
#[derive(Debug, Parser)]
#[command(name = "yaohao", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Cli {
    /// 显示语言：zh 中文（默认），en English
    #[arg(long, global = true, value_enum, default_value_t = Language::Zh, hide_default_value = true, hide_possible_values = true)]
    pub lang: Language,
    /// 输出 JSON，供程序读取
    #[arg(long, global = true)]
    pub json: bool,
    /// 只显示错误
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// 用几个线程；结果与线程数无关
    #[arg(long, global = true, value_name = "N", value_parser = whole(1..=1024))]
    pub threads: Option<u32>,
    /// 本机关文件夹
    #[arg(
        long,
        short = 'C',
        global = true,
        value_name = "DIR",
        default_value = ".",
        hide_default_value = true
    )]
    pub office: PathBuf,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    Zh,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 新建本机关文件夹：设置、抽查方案、空表或示例名录
    Init(Init),
    /// 读入名录：检查对象、检查人员、事项、回避
    Import(Import),
    /// 承诺之前预览：抽取池、数量、排除、工时、能否派足人
    Check(Month),
    /// 承诺之前试抽：检查组能不能被猜到
    Odds(OddsArgs),
    /// 生成一方的秘密随机数及其承诺（监督方在自己的电脑上做）
    Nonce(NonceArgs),
    /// 锁定名录、方案和规则，公布承诺
    Commit(CommitArgs),
    /// 录入公开随机事件和随机数，抽取并配对
    Draw(DrawArgs),
    /// 作废本次抽取；已能算出的中签单位带入下一次
    Void(VoidArgs),
    /// 公开密封的抽取
    Open(OpenArgs),
    /// 保管人核对自己的份额（在自己的电脑上做）
    Share(ShareArgs),
    /// 保管人不经本机关打开密封的抽取
    Recover(RecoverArgs),
    /// 抽取之后有人不能去：先公布申请，再凭监督方的链节定出接替人
    Replace(ReplaceArgs),
    /// 监督方对一份已公布的换人申请放出下一个链节（在自己的电脑上做）
    Link(LinkArgs),
    /// 签名用的密钥：生成、查看、变更
    Key(KeyArgs),
    /// 公示检查结果，生成公示网站；设了日志的，先把公布的文件记入日志并签名，录入见证方的签名
    Publish(PublishArgs),
    /// 见证日志：核对只增不改，然后签名（见证方在自己的电脑上做）
    Witness(WitnessArgs),
    /// 各次抽取的状态
    Status,
    /// 抽取之后的检查日程：哪天、哪家、谁去；排不进的为什么（只供本机关）
    Schedule(ScheduleArgs),
    /// 检查任务和其他工作：到了哪一步、谁去、哪天
    Tasks(TasksArgs),
    /// 登记抽取以外的工作，派人，改期，终结，查看
    Task(TaskArgs),
    /// 录入检查结果
    Result(Box<ResultArgs>),
    /// 审核结果和处罚：送审，通过，退回
    Review(ReviewArgs),
    /// 行政处罚：录入决定，登记复议
    Penalty(PenaltyArgs),
    /// 回避：申请，决定
    Recusal(RecusalArgs),
    /// 到期和逾期的事：检查、核查、复查、公示、回避决定、公开抽取
    Due(DueArgs),
    /// 结果表：导出 xlsx，填好再导入
    Sheet(SheetArgs),
    /// 录入过什么、谁录入的：台账，和每个事项的全过程
    Journal(JournalArgs),
    /// 派单：给每个检查人员、片区和本科室的检查任务（表格、网页、日历）
    Dispatch(DispatchArgs),
    /// 为抽中的单位出具告知单，供上门时当场核实
    Slip(SlipArgs),
    /// 当场核实告知单：是不是这家单位、这一天、这些人（不联网）
    VerifySlip(VerifySlipArgs),
    /// 一段时间里任务分担得是否公平：工时、次数、主办、同组、各层抽到多少（不显示是谁的）
    Fairness(FairnessArgs),
    /// 模拟几年的抽取和其他工作：各片区、各人要担多少，换一种做法又如何
    Simulate(SimulateArgs),
    /// 大名册（上亿家）：逐行读入、承诺、抽取、核验；只抽单位，不配人员
    Roll(Box<RollArgs>),
    /// 年度报告：各项指标及其出处、核对，另存工作簿和文稿
    Report(ReportArgs),
    /// 核验一次已公布的抽取，只需公开文件夹
    Verify(VerifyArgs),
    /// 审计一个机关的全部历史：缺号、分叉、逾期、作废、日志和见证，只需公开文件夹
    Audit(AuditArgs),
    /// 把一次抽取的中签单位写成 SQL 语句，在自己的数据库里重算，只需公开文件夹
    Sql(SqlArgs),
    /// 说明一家单位为什么抽中或没有抽中，附可手工验证的命令
    Explain(ExplainArgs),
    /// 用示例名录从头到尾做一遍
    Demo(DemoArgs),
    /// 输出 shell 补全脚本
    Completions(Completions),
    /// 输出 man 手册页
    Man,
}

#[derive(Debug, Args)]
pub struct ScheduleArgs {
    /// 抽取编号；不写则最近一次
    #[arg(value_name = "DRAW", value_parser = draw_id)]
    pub draw: Option<DrawId>,
}

#[derive(Debug, Args)]
pub struct Init {
    /// 新文件夹
    pub dir: PathBuf,
    /// 放入合成的示例名录（约 6,000 家单位、60 名人员）
    #[arg(long)]
    pub example: bool,
}

#[derive(Debug, Args)]
pub struct Import {
    /// 只读入这些表；不写则全部
    #[arg(value_enum)]
    pub tables: Vec<TableName>,
    /// 有一行不合规就整份拒收
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum TableName {
    Units,
    Items,
    Inspectors,
    Recusals,
}

#[derive(Debug, Args)]
pub struct Month {
    /// 检查期，例如 2026-12
    #[arg(long, value_name = "YYYY-MM")]
    pub month: String,
    /// 本次用的抽查方案，例如定向抽查的方案；不写则用 office.toml 里的
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct OddsArgs {
    #[command(flatten)]
    pub month: Month,
    /// 试抽次数；不写则按方案，方案没写则 1000 次
    #[arg(long, value_name = "N", value_parser = whole(1..=1_000_000))]
    pub draws: Option<u32>,
    /// 只看这家单位：统一社会信用代码、单位名称或名称的一部分
    pub unit: Option<String>,
}

#[derive(Debug, Args)]
pub struct NonceArgs {
    /// 抽取编号，例如 example/2026/001
    #[arg(long, value_name = "DRAW", value_parser = draw_id)]
    pub draw: DrawId,
    /// 哪一方，例如 discipline
    #[arg(long)]
    pub party: String,
    /// 方案用的算法套件，问抽查机关：yaohao-1-sha256 或 yaohao-1-sm3
    #[arg(long, value_name = "SUITE", default_value = Suite::Sha256.key(), value_parser = suite)]
    pub suite: Suite,
    /// 放这些文件的文件夹
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
    /// 换人用的链有多少节，每次换人用一节；0 则不做链，以后不能换人
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = whole(0..=LONGEST))]
    pub links: u32,
}

#[derive(Debug, Args)]
pub struct CommitArgs {
    #[command(flatten)]
    pub month: Month,
    #[command(flatten)]
    pub sources: SourceArgs,
    #[command(flatten)]
    pub signing: Signing,
}

/// Where the seed will come from: fixed with the commitment.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// 监督方交来的随机数承诺文件；每方一份
    #[arg(long, value_name = "FILE")]
    pub commitment: Vec<PathBuf>,
    /// 彩票期号和开奖日期，例如 ssq=2026135@2026-11-29
    #[arg(long, value_name = "GAME=ISSUE@DATE")]
    pub issue: Vec<String>,
    /// drand 脉冲不早于这个北京时间，例如 quicknet=2026-12-01T10:00；不写则间隔一满的第一轮
    #[arg(long, value_name = "CHAIN=TIME")]
    pub at: Vec<String>,
}

#[derive(Debug, Args)]
pub struct DrawArgs {
    #[command(flatten)]
    pub seed: SeedArgs,
    #[command(flatten)]
    pub signing: Signing,
}

/// What the seed is made of.
#[derive(Debug, Args)]
pub struct SeedArgs {
    /// 操作员读出的结果，按方案里事件的次序，每个事件一次，例如 "3 1 4 1 5"；drand 粘贴脉冲
    #[arg(long, value_name = "NUMBERS")]
    pub result: Vec<String>,
    /// 监督人独立再录一遍的结果；drand 自带签名，不用再录
    #[arg(long, value_name = "NUMBERS")]
    pub witness_result: Vec<String>,
    /// 存有 drand 脉冲的文件：接口的 JSON，或二维码的文字
    #[arg(long, value_name = "FILE")]
    pub pulse: Vec<PathBuf>,
    /// 按 office.toml 里的网址取承诺的那一轮 drand 脉冲；签名照样核验
    #[cfg(feature = "fetch")]
    #[arg(long, conflicts_with = "pulse")]
    pub fetch: bool,
    /// 监督方带来的秘密随机数文件；每方一份
    #[arg(long, value_name = "FILE")]
    pub nonce: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct VoidArgs {
    /// 原因：register 名录有误，policy 方案有误，party 一方缺席，beacon 事件未举行，staffing 派不足人
    #[arg(long)]
    pub reason: String,
    #[command(flatten)]
    pub signing: Signing,
}

#[derive(Debug, Args)]
pub struct OpenArgs {
    /// 抽取编号；不写则最近一次
    #[arg(value_parser = draw_id)]
    pub draw: Option<DrawId>,
    #[command(flatten)]
    pub signing: Signing,
}

#[derive(Debug, Args)]
pub struct ShareArgs {
    /// 本机关交来的 .share 文件
    pub file: PathBuf,
    /// 这次抽取已公布的文件夹
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct RecoverArgs {
    /// 这次抽取已公布的文件夹
    pub dir: PathBuf,
    /// 保管人的 .share 文件；每人一份
    #[arg(long, value_name = "FILE", required = true)]
    pub share: Vec<PathBuf>,
    /// 写成这个新文件夹，原文件夹不动；不写则写在原文件夹里
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ReplaceArgs {
    /// 统一社会信用代码或单位名称
    #[arg(required_unless_present = "link", conflicts_with = "link")]
    pub unit: Option<String>,
    /// 不能去的人：公开代号、执法证号或姓名
    #[arg(long, value_name = "NAME", required_unless_present = "link", conflicts_with = "link")]
    pub absent: Option<String>,
    /// 原因：absent 因故不能到场，recused 新发现须回避，unfit 调离或不再具备资格
    #[arg(long, required_unless_present = "link", conflicts_with = "link")]
    pub reason: Option<String>,
    /// 监督方放出的链节文件；每条链一份
    #[arg(long, value_name = "FILE")]
    pub link: Vec<PathBuf>,
    /// 抽取编号；不写则最近一次
    #[arg(long, value_name = "DRAW", value_parser = draw_id)]
    pub draw: Option<DrawId>,
    #[command(flatten)]
    pub signing: Signing,
}

#[derive(Debug, Args)]
pub struct LinkArgs {
    /// 这次抽取已公布的文件夹
    pub dir: PathBuf,
    /// 自己的 .chain 文件
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
    /// 放链节文件的文件夹
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
}

/// How the log's key is opened at the end of a step.
#[derive(Debug, Args)]
pub struct Signing {
    /// 日志密钥的口令从文件读；不写则在终端输入
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct WitnessArgs {
    /// 抽查机关的公开文件夹，其中有 log
    pub dir: PathBuf,
    #[command(flatten)]
    pub key: SecretArgs,
    /// 自己的登记文件：上次见证到哪里；第一次由程序新建
    #[arg(long, value_name = "FILE")]
    pub state: PathBuf,
    /// 另行取得的日志规则；第一次见证、或日志换了密钥时用
    #[arg(long, value_name = "FILE")]
    pub log_policy: Option<PathBuf>,
    /// 放签名文件的文件夹
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// 一次抽取的公开文件夹，或含有多次抽取的 public 文件夹
    pub dir: PathBuf,
    /// 抽取之前公布的承诺值，用来比对
    #[arg(long, value_name = "SHA256", value_parser = sha256)]
    pub commitment: Option<Digest>,
    /// 上一次抽取的 record.txt 或 void.txt；不写则在旁边的文件夹里找
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// 日志文件夹；不写则用旁边的 log
    #[arg(long, value_name = "DIR")]
    pub log: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// 抽查机关的公开文件夹，里面是各次抽取和日志
    pub dir: PathBuf,
    /// 自己核对过的日志规则；不写则用公布的
    #[arg(long, value_name = "FILE")]
    pub log_policy: Option<PathBuf>,
    /// 别处保存的检查点，与日志比对；可写多次
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
    /// 以哪一刻判断逾期，例如 2027-01-31T00:00:00Z；不写则现在
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub at: Option<Moment>,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// 统一社会信用代码、单位名称或名称的一部分
    pub unit: String,
    /// 公开文件夹；不写则本机关最近一次抽取
    pub dir: Option<PathBuf>,
    /// 附上从这家单位到树根的证明路径
    #[arg(long)]
    pub path: bool,
    /// 附上检查组怎样定出：可选的每个人、签号、价格、合计
    #[arg(long)]
    pub pairing: bool,
    /// 本机关内部查看：代号旁写上姓名，密封的结果也显示；不可外传
    #[arg(long, conflicts_with = "dir")]
    pub names: bool,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// 新文件夹
    #[arg(default_value = "demo")]
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// 哪种 shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}
