//! The words of the search, by the names that its script has for them; `{…}` stands for
//! a value that the script puts in.

/// Name, Chinese, English.
pub type Word = (&'static str, &'static str, &'static str);

/// Around the answer.
pub const ASKING: &[Word] = &[
    ("working", "正在查……", "Searching …"),
    (
        "short",
        "请至少写两个字，或代码里连续的四位。",
        "Write at least two characters of the name, or four of the code in a row.",
    ),
    (
        "none",
        "最近 {n} 次抽取的名录里都没有“{q}”。",
        "There is no \"{q}\" in the registers of the draws searched ({n}, the latest).",
    ),
    ("noneWhy", "可能的原因：", "That can mean:"),
    ("noneShorter", "有一个字写错：写少几个字再查", "one character is wrong: write fewer of them"),
    (
        "noneCode",
        "代码或名称写错了：核对营业执照上的统一社会信用代码再查",
        "the code or the name is mistyped: try the unified social credit code of the licence",
    ),
    (
        "noneName",
        "名称没有公布，或登记的是另一个名称：改用代码查",
        "the name is not published, or another one is registered: search by the code",
    ),
    (
        "noneRegister",
        "这家单位不在检查对象名录里，没有参加抽取",
        "the unit is not in the register, and was in no pool",
    ),
    ("choose", "有 {n} 家单位符合，请选一家：", "Units that fit: {n}. Choose one:"),
    (
        "tooMany",
        "符合的单位太多，只列出前 {n} 家；请写得更完整。",
        "Too many fit; these are the first {n}. Write more of the name.",
    ),
    ("older", "再查更早的 {n} 次抽取", "Search earlier draws too ({n})"),
    (
        "failed",
        "{draw} 的索引无法读取，没有查到这一次。",
        "The index of {draw} cannot be loaded; it was not searched.",
    ),
    ("unnamed", "名称未公布", "name not published"),
    ("absent", "这次抽取的名录里没有这家单位。", "The unit is not in the register of this draw."),
    ("all", "已查 {n} 次抽取，最近的在前。", "Draws searched: {n}, latest first."),
    ("page", "这次抽取的全部公示", "All that is published of this draw"),
    ("verify", "在浏览器里核验这家单位", "Verify it in your browser"),
    ("visits", "检查期 {visits}", "visits {visits}"),
    ("comma", "，", ", "),
    ("colon", "：", ": "),
    ("space", "", " "),
];

/// The answer of one draw.
pub const ANSWERING: &[Word] = &[
    ("isDrawn", "抽中", "Drawn"),
    ("isNot", "没有抽中", "Not drawn"),
    ("isOut", "没有参加抽取", "Not in the pool"),
    ("isSealed", "结果密封", "Sealed"),
    ("isOpen", "尚未抽取", "Not drawn yet"),
    ("isVoid", "抽取作废", "Voided"),
    (
        "out",
        "原因：{reason}{note}。原因在抽取之前已经锁定。",
        "Reason: {reason}{note}. It was fixed before the draw.",
    ),
    (
        "pool",
        "所属分层“{stratum}”，共 {pool} 家，抽 {quota} 家，机会相等。",
        "In the stratum {stratum}: {pool} units, {quota} places, the same chance for each.",
    ),
    (
        "poolCarried",
        "所属分层“{stratum}”，共 {pool} 家，抽 {quota} 家，其中 {held} 家由作废的抽取带入、首先抽中。",
        "In the stratum {stratum}: {pool} units, {quota} places, {held} of them for units carried over from a voided draw, which come first.",
    ),
    (
        "drawn",
        "抽签号在本层从小到大排第 {rank}，前 {quota} 名抽中。",
        "Its ticket is number {rank} of its stratum from the smallest; the first {quota} are drawn.",
    ),
    (
        "notDrawn",
        "抽签号在本层从小到大排第 {rank}，只有前 {quota} 名抽中。",
        "Its ticket is number {rank} of its stratum from the smallest; only the first {quota} are drawn.",
    ),
    (
        "carried",
        "它由作废的 {from} 带入：那次已经抽中它，作废不等于重抽。",
        "It is carried over from {from}, which had drawn it before it was voided: a void is no second try.",
    ),
    (
        "ticket",
        "它的抽签号以 {ticket} 开头，最后一家抽中的以 {cutoff} 开头。自己算一遍：",
        "Its ticket begins with {ticket}, that of the last unit drawn with {cutoff}. Compute it yourself:",
    ),
    (
        "sealed",
        "已经抽取，结果在检查之前密封，最迟 {until} 公开。",
        "Drawn; the result is sealed until after the visits, and opened by {until}.",
    ),
    (
        "sealedLate",
        "结果应在 {until} 之前公开，已经逾期。",
        "The result was to be opened by {until} and is overdue.",
    ),
    (
        "open",
        "抽中机会 {places}/{rest}。最迟北京时间 {closes} 抽取或作废。",
        "Chance {places}/{rest}. To be drawn or voided by {closes} (UTC+8).",
    ),
    (
        "openLate",
        "应在北京时间 {closes} 之前抽取或作废，已经逾期。",
        "It was to be drawn or voided by {closes} (UTC+8) and is overdue.",
    ),
    (
        "void",
        "这次抽取已作废：{reason}。不按它检查。",
        "This draw was voided: {reason}. No visit follows from it.",
    ),
    (
        "handed",
        "作废之前它已由 {from} 抽中（排第 {rank}），带入下一次抽取，首先抽中。",
        "Before the void {from} had drawn it (number {rank}); it is carried over to the next draw and drawn first.",
    ),
    ("team", "检查组：{team}。", "Team: {team}."),
    (
        "teamChanged",
        "检查组（抽取之后换过人，这是换人后的）：{team}。",
        "Team (after a late change): {team}.",
    ),
    ("visited", "已检查（{day}）：{found}。", "Visited on {day}: {found}."),
    (
        "hazards",
        "发现火灾隐患 {hazards} 处，当时已整改 {rectified} 处。",
        "Hazards found: {hazards}; put right at the visit: {rectified}.",
    ),
    ("ordered", "处置：{measures}。", "Ordered: {measures}."),
    (
        "again",
        "复查（{day}）：又整改 {rectified} 处；{found}。",
        "Second look on {day}: {rectified} more put right; {found}.",
    ),
    (
        "againBare",
        "复查（{day}）：又整改 {rectified} 处。",
        "Second look on {day}: {rectified} more put right.",
    ),
    ("ended", "检查已终结，没有进行。", "The visit ended without having been made."),
    ("awaited", "检查结果还没有公示。", "No result of the visit is published yet."),
];
