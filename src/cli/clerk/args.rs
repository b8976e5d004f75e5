//! The arguments of the clerk's commands: what becomes of visits and of other work.

use super::typed::{self, ByDate, CHOICES, Item, SeatSaid, matter, moment, word};
use crate::cli::args::{day, draw_id, whole};
use crate::ids::DrawId;
use crate::task::{Applicant, Kind, Matter, Procedure, State};
use crate::time::{Date, Moment};
use clap::{Args, Subcommand};

/// Who enters something.
#[derive(Debug, Args)]
pub struct By {
    /// 谁录入：执法证号，或 office.toml 里登记的工号
    #[arg(long, value_name = "NUMBER")]
    pub by: String,
}

#[derive(Debug, Args)]
pub struct TasksArgs {
    /// 只看这次抽取，例如 example/2026/001
    #[arg(value_parser = draw_id)]
    pub draw: Option<DrawId>,
    #[command(flatten)]
    pub which: Which,
    /// 只看这个人去的：执法证号或姓名
    #[arg(long, value_name = "NUMBER")]
    pub inspector: Option<String>,
    /// 只看这个片区：名称或代号
    #[arg(long, value_name = "KEY")]
    pub zone: Option<String>,
    /// 检查日期（未检查的看计划日期）不早于
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Date>,
    /// 检查日期（未检查的看计划日期）不晚于
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
}

/// Which matters, by what they are and how far they have come.
#[derive(Debug, Args)]
pub struct Which {
    /// 只看这个状态，例如 pending 或 待检查
    #[arg(long, value_name = "STATE", value_parser = word(typed::state, CHOICES.state))]
    pub state: Option<State>,
    /// 只看这一类，例如 complaint 或 举报投诉核查
    #[arg(long, value_name = "KIND", value_parser = word(typed::kind, CHOICES.kind))]
    pub kind: Option<Kind>,
}

#[derive(Debug, Args)]
pub struct TaskArgs {
    #[command(subcommand)]
    pub step: TaskStep,
}

#[derive(Debug, Subcommand)]
pub enum TaskStep {
    /// 登记抽取以外的工作：举报投诉、行政许可、复查、线索、即时检查、火灾调查
    Open(Box<OpenArgs>),
    /// 派人：抽取以外的工作由谁去
    Assign(AssignArgs),
    /// 改期：在另一天去，写明原因
    Move(MoveArgs),
    /// 终结：不再检查，写明原因
    Close(CloseArgs),
    /// 一个事项的全部情况和经过
    Show(ShowArgs),
}

#[derive(Debug, Args)]
pub struct OpenArgs {
    /// 哪一类，例如 complaint 或 举报投诉核查
    #[arg(long, value_name = "KIND", value_parser = word(typed::kind, CHOICES.kind))]
    pub kind: Kind,
    /// 名录里的单位：统一社会信用代码、单位名称或名称的一部分
    #[arg(long, value_name = "UNIT", required_unless_present_any = ["name", "of"])]
    pub unit: Option<String>,
    /// 名录以外的单位或场所名称
    #[arg(long)]
    pub name: Option<String>,
    /// 镇街：名称或 9 位统计代码；不写则按名录
    #[arg(long)]
    pub town: Option<String>,
    /// 受理时间（北京时间），例如 2026-06-08T09:30；不写则现在
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub received: Option<Moment>,
    /// 占用堵塞疏散通道、擅自停用消防设施一类的举报，二十四小时内核查
    #[arg(long)]
    pub urgent: bool,
    /// 期限，例如 2026-06-20；复查不写则按原通知书的改正期限
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub due: Option<Date>,
    /// 复查的是哪一个事项：编号，或单位
    #[arg(long, value_name = "MATTER")]
    pub of: Option<String>,
    /// 火灾调查的程序：general 一般程序，simplified 简易程序，minor 轻微火灾登记
    #[arg(long, value_name = "KEY", value_parser = word(typed::procedure, CHOICES.procedure))]
    pub procedure: Option<Procedure>,
    /// 每人用多少分钟
    #[arg(long, value_name = "N", value_parser = whole(1..=100_000))]
    pub minutes: Option<u32>,
    /// 联合检查的部门代号；可写多次
    #[arg(long, value_name = "KEY")]
    pub department: Vec<String>,
    /// 事由
    #[arg(long, value_name = "TEXT")]
    pub remark: Option<String>,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct AssignArgs {
    /// 事项编号，或单位：代码、名称或名称的一部分
    pub matter: String,
    /// 主办：执法证号或姓名
    #[arg(long, value_name = "PERSON")]
    pub lead: String,
    /// 协办：执法证号或姓名；可写多次
    #[arg(long, value_name = "PERSON")]
    pub assistant: Vec<String>,
    /// 专家：执法证号或姓名；可写多次
    #[arg(long, value_name = "PERSON")]
    pub expert: Vec<String>,
    /// 联合部门的人，例如 market=SL0101；可写多次
    #[arg(long, value_name = "KEY=PERSON")]
    pub department: Vec<SeatSaid>,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct MoveArgs {
    /// 事项编号，或单位：代码、名称或名称的一部分
    pub matter: String,
    /// 改到哪天
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Date,
    /// 原因，例如“单位当日停业”“让位于紧急核查”
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct CloseArgs {
    /// 事项编号，或单位：代码、名称或名称的一部分
    pub matter: String,
    /// 原因
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// 事项编号，或单位：代码、名称或名称的一部分
    pub matter: String,
}

#[derive(Debug, Args)]
pub struct ResultArgs {
    /// 事项编号，或单位：代码、名称或名称的一部分
    pub matter: String,
    /// 检查日期
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// 到场的执法人员：执法证号或姓名，另写岗位如 lead=SL0001；不写则检查组全到
    #[arg(long, value_name = "PERSON")]
    pub present: Vec<SeatSaid>,
    /// 每个事项的结果，例如 XF01=no-problem 或 XF01=未发现问题；没有默认值
    #[arg(long, value_name = "ITEM=RESULT")]
    pub item: Vec<Item>,
    /// 火灾隐患数
    #[arg(long, value_name = "N", value_parser = whole(0..=1_000_000))]
    pub hazards: Option<u32>,
    /// 其中已整改数
    #[arg(long, value_name = "N", value_parser = whole(0..=1_000_000))]
    pub rectified: Option<u32>,
    /// 责令立即改正的通知书文号；可写多次
    #[arg(long, value_name = "DOCUMENT")]
    pub at_once: Vec<String>,
    /// 责令限期改正的通知书，例如 渝消限字〔2026〕15号@2026-06-20；可写多次
    #[arg(long, value_name = "DOCUMENT@DATE")]
    pub by_date: Vec<ByDate>,
    /// 临时查封；有文号写 --seal=文号
    #[arg(long, value_name = "DOCUMENT", num_args = 0..=1, require_equals = true)]
    pub seal: Option<Option<String>>,
    /// 责令三停；有文号写 --stop=文号
    #[arg(long, value_name = "DOCUMENT", num_args = 0..=1, require_equals = true)]
    pub stop: Option<Option<String>>,
    /// 提请罚款；有文号写 --fine=文号
    #[arg(long, value_name = "DOCUMENT", num_args = 0..=1, require_equals = true)]
    pub fine: Option<Option<String>>,
    /// 移送；有文号写 --transfer=文号
    #[arg(long, value_name = "DOCUMENT", num_args = 0..=1, require_equals = true)]
    pub transfer: Option<Option<String>>,
    /// 协助的镇街人员、合同制文员，不算在两人之内；可写多次
    #[arg(long, value_name = "PERSON")]
    pub helper: Vec<String>,
    /// 执法码
    #[arg(long)]
    pub code: Option<String>,
    /// 由赋权镇街检查：镇街代码
    #[arg(long, value_name = "TOWN")]
    pub delegated: Option<String>,
    /// 记录和材料存放在哪里；可写多次
    #[arg(long, value_name = "TEXT")]
    pub evidence: Vec<String>,
    /// 备注
    #[arg(long, value_name = "TEXT")]
    pub remark: Option<String>,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct ReviewArgs {
    #[command(subcommand)]
    pub step: ReviewStep,
}

#[derive(Debug, Subcommand)]
pub enum ReviewStep {
    /// 送审：结果或处罚交审核人（处罚交法制员）
    Submit(Reviewed),
    /// 审核通过，等待公示
    Approve(Reviewed),
    /// 退回，写明原因
    Return(Sent),
}

#[derive(Debug, Args)]
pub struct Reviewed {
    /// 事项编号，或单位：代码、名称或名称的一部分；写抽取编号则是它全部到了这一步的事项；可写多个
    #[arg(required_unless_present_any = ["draw", "kind", "month"])]
    pub matter: Vec<String>,
    /// 这次抽取全部到了这一步的事项，例如 example/2026/001；其余不动，说明原因
    #[arg(long, value_name = "DRAW", value_parser = draw_id)]
    pub draw: Option<DrawId>,
    /// 这一类全部到了这一步的事项，例如 complaint 或 举报投诉核查
    #[arg(long, value_name = "KIND", value_parser = word(typed::kind, CHOICES.kind))]
    pub kind: Option<Kind>,
    /// 这个月全部到了这一步的事项，例如 2026-06
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<String>,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct Sent {
    #[command(flatten)]
    pub reviewed: Reviewed,
    /// 原因
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct PenaltyArgs {
    #[command(subcommand)]
    pub step: PenaltyStep,
}

#[derive(Debug, Subcommand)]
pub enum PenaltyStep {
    /// 录入处罚决定
    Open(DecisionArgs),
    /// 当事人申请行政复议
    Contest(ContestArgs),
}

#[derive(Debug, Args)]
pub struct DecisionArgs {
    /// 出自哪一次检查：事项编号，或单位
    #[arg(long, value_name = "MATTER")]
    pub of: Option<String>,
    /// 名录里的单位：统一社会信用代码、单位名称或名称的一部分
    #[arg(long, value_name = "UNIT", required_unless_present_any = ["of", "name"])]
    pub unit: Option<String>,
    /// 名录以外的当事人；自然人写“个人”
    #[arg(long)]
    pub name: Option<String>,
    /// 决定书文号
    #[arg(long, value_name = "DOCUMENT")]
    pub number: String,
    /// 决定日期
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Date,
    /// 罚款金额，元；警告写 0
    #[arg(long, value_name = "N", value_parser = typed::yuan, allow_hyphen_values = true)]
    pub yuan: u64,
    /// 由赋权镇街决定：镇街代码
    #[arg(long, value_name = "TOWN")]
    pub delegated: Option<String>,
    /// 改正退回的处罚：它的编号
    #[arg(long, value_name = "MATTER", value_parser = matter)]
    pub mend: Option<Matter>,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct ContestArgs {
    /// 处罚的编号，或单位
    pub matter: String,
    /// 申请复议的日期
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Date,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct RecusalArgs {
    #[command(subcommand)]
    pub step: RecusalStep,
}

#[derive(Debug, Subcommand)]
pub enum RecusalStep {
    /// 申请某人回避；决定之前工作不停
    Apply(ApplyArgs),
    /// 负责人决定
    Decide(DecideArgs),
}

#[derive(Debug, Args)]
pub struct ApplyArgs {
    /// 事项编号，或单位：代码、名称或名称的一部分
    pub matter: String,
    /// 谁回避：执法证号或姓名
    #[arg(long, value_name = "PERSON")]
    pub about: String,
    /// 谁提出：party 当事人，inspector 检查人员，office 本机关
    #[arg(long, value_name = "KEY", value_parser = word(typed::applicant, CHOICES.applicant))]
    pub applicant: Applicant,
    /// 事由，不出本机关
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
#[group(id = "decision", required = true, multiple = false, args = ["granted", "refused"])]
pub struct DecideArgs {
    /// 事项编号，或单位：代码、名称或名称的一部分
    pub matter: String,
    /// 谁回避：执法证号或姓名
    #[arg(long, value_name = "PERSON")]
    pub about: String,
    /// 同意回避
    #[arg(long)]
    pub granted: bool,
    /// 不同意
    #[arg(long)]
    pub refused: bool,
    /// 理由，不出本机关
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub by: By,
}

#[derive(Debug, Args)]
pub struct DueArgs {
    /// 以哪天为准；不写则现在
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// 往后看几天
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = whole(0..=3660))]
    pub ahead: u32,
    /// 只看这一类，例如 complaint 或 举报投诉核查
    #[arg(long, value_name = "KIND", value_parser = word(Kind::from_text, CHOICES.kind))]
    pub kind: Option<Kind>,
    /// 只看逾期的
    #[arg(long)]
    pub overdue: bool,
}
