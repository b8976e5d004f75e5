//! "Is my unit drawn?": the search on the start page. The words that its script says
//! stand in the page, in the page's language; what it finds stands in one script a draw.

use super::facts::{Facts, Known};
use super::frame::At;
use super::{link, words};
use crate::audit::State;
use crate::eligibility::Exclusion;
use crate::lang::Said;
use crate::markup::Markup;
use crate::policy::Role;
use crate::said;
use serde_json::{Map, Value, json};

/// The panel, before everything else on the page.
pub fn panel(at: &At<'_>, m: &mut Markup, facts: &[Facts]) {
    let known: Vec<(&Facts, &Known)> =
        facts.iter().filter_map(|facts| Some((facts, facts.known.as_ref().ok()?))).collect();
    m.element("section", &[("id", "search"), ("class", "search")], |m| {
        m.leaf("h2", &[], at.t(said!("我的单位抽中了吗？", "Is my unit drawn?")));
        if known.is_empty() {
            at.paragraph(m, said!("还没有可以查的抽取。", "There is no draw to search yet."));
            return;
        }
        let draws = Value::Array(known.iter().map(|(facts, known)| draw(at, facts, known)).collect());
        let (draws, words) = (draws.to_string(), vocabulary(at).to_string());
        let data = [
            ("role", "search"),
            ("id", "ask"),
            ("data-draws", draws.as_str()),
            ("data-words", words.as_str()),
        ];
        m.element("form", &data, |m| form(at, m, known.iter().any(|(_, known)| known.is_named)));
        m.leaf("div", &[("id", "answer"), ("aria-live", "polite")], "");
        m.element("noscript", &[], |m| without_scripts(at, m, known[0]));
        m.leaf("script", &[("src", &at.to("site/search.js")), ("defer", "")], "");
    });
}

fn form(at: &At<'_>, m: &mut Markup, is_named: bool) {
    let (label, hint) = match is_named {
        true => (
            said!("单位名称或统一社会信用代码", "Name or unified social credit code of the unit"),
            said!(
                "写名称的一部分就行；在本页查，什么都不会发出去。",
                "A part of the name will do. The search runs in this page; nothing is sent anywhere."
            ),
        ),
        false => (
            said!("统一社会信用代码", "Unified social credit code of the unit"),
            said!(
                "名称没有公布，请用代码查；在本页查，什么都不会发出去。",
                "Names are not published; search by the code. The search runs in this page; nothing is sent anywhere."
            ),
        ),
    };
    m.leaf("label", &[("for", "q")], at.t(label));
    m.element("div", &[("class", "ask")], |m| {
        let field = [
            ("id", "q"),
            ("name", "q"),
            ("type", "search"),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
            ("enterkeyhint", "search"),
            ("aria-describedby", "hint"),
        ];
        m.empty("input", &field);
        m.leaf("button", &[("type", "submit")], at.t(said!("查询", "Search")));
    });
    m.leaf("p", &[("id", "hint"), ("class", "hint")], at.t(hint));
}

fn without_scripts(at: &At<'_>, m: &mut Markup, (facts, known): (&Facts, &Known)) {
    m.element("p", &[], |m| {
        at.say(
            m,
            said!(
                "浏览器没有启用脚本。请打开最近一次抽取的",
                "Scripts are off in your browser. Open, of the latest draw, "
            ),
        );
        let units = at.to(&link::file(&facts.folder, crate::record::UNITS));
        at.link(m, &units, said!("名录 units.txt", "the register units.txt"));
        if known.drawn.is_some() && known.void.is_none() {
            at.say(m, said!("或", " or "));
            at.link(m, &at.draw(&facts.stem, "#drawn"), said!("抽中名单", "the list of drawn units"));
        }
        at.say(m, said!("，按 Ctrl+F 查找代码。", " and look for the code with Ctrl+F."));
    });
}

fn draw(at: &At<'_>, facts: &Facts, known: &Known) -> Value {
    let state = match known.life {
        State::Void => "void",
        State::Open => "open",
        State::Sealed => "sealed",
        _ => "done",
    };
    let (first, last) = (known.commit.window.first, known.commit.window.last);
    let verify = |page: &String| at.to(&format!("{page}{}", link::question(&facts.folder, None)));
    json!({
        "stem": facts.stem,
        "draw": known.commit.draw.to_string(),
        "units": at.to(&link::units(&facts.stem)),
        "page": at.draw(&facts.stem, ""),
        "verify": known.verifier.as_ref().map(verify),
        "state": state,
        "fault": known.fault.is_some(),
        "until": known.commit.open_by.to_string(),
        "closes": known.commit.close_by.by_clocks_of_china(),
        "visits": at.t(said!("{first} 至 {last}", "{first} to {last}")),
        "reason": known.void.as_ref().map(|void| at.t(words::void(void.reason))),
    })
}

/// What the script says, by the names it has for it; `{…}` stands for a value.
fn vocabulary(at: &At<'_>) -> Value {
    let mut all: Map<String, Value> = Map::new();
    for (name, said) in asking().into_iter().chain(answering()) {
        all.insert(name.to_owned(), Value::from(at.t(said)));
    }
    let reason = |reason: &Exclusion| (reason.key().to_owned(), Value::from(at.t(words::exclusion(*reason))));
    all.insert("reasons".to_owned(), Value::Object(Exclusion::ALL.iter().map(reason).collect()));
    let role = |role: Role| {
        let (zh, key) = (role.zh(), role.key());
        (key.to_owned(), Value::from(at.t(said!("{zh}", "{key}"))))
    };
    let roles = [Role::Lead, Role::Assistant, Role::Expert].map(role);
    all.insert("roles".to_owned(), Value::Object(roles.into_iter().collect()));
    Value::Object(all)
}

/// Around the answer.
fn asking() -> Vec<(&'static str, Said)> {
    vec![
        ("working", said!("正在查……", "Searching …")),
        (
            "short",
            said!(
                "请至少写两个字，或代码的前四位。",
                "Write at least two characters of the name, or four of the code."
            ),
        ),
        (
            "none",
            said!(
                "最近 {{n}} 次抽取的名录里都没有“{{q}}”。",
                "There is no \"{{q}}\" in the registers of the latest {{n}} draws."
            ),
        ),
        ("noneWhy", said!("可能的原因：", "That can mean:")),
        (
            "noneCode",
            said!(
                "代码或名称写错了：核对营业执照上的统一社会信用代码再查",
                "the code or the name is mistyped: try the unified social credit code of the licence"
            ),
        ),
        (
            "noneName",
            said!(
                "名称没有公布，或登记的是另一个名称：改用代码查",
                "the name is not published, or another one is registered: search by the code"
            ),
        ),
        (
            "noneRegister",
            said!(
                "这家单位不在检查对象名录里，没有参加抽取",
                "the unit is not in the register, and was in no pool"
            ),
        ),
        ("choose", said!("有 {{n}} 家单位符合，请选一家：", "{{n}} units fit; choose one:")),
        (
            "tooMany",
            said!(
                "符合的单位太多，只列出前 {{n}} 家；请写得更完整。",
                "Too many fit; these are the first {{n}}. Write more of the name."
            ),
        ),
        ("older", said!("再查更早的 {{n}} 次抽取", "Search {{n}} earlier draws too")),
        (
            "failed",
            said!(
                "{{draw}} 的索引读不了，没有查到这一次。",
                "The index of {{draw}} cannot be loaded; it was not searched."
            ),
        ),
        ("unnamed", said!("名称未公布", "name not published")),
        ("absent", said!("这次抽取的名录里没有这家单位。", "The unit is not in the register of this draw.")),
        ("all", said!("已查 {{n}} 次抽取，最近的在前。", "{{n}} draws searched, latest first.")),
        ("page", said!("这次抽取的全部公示", "All that is published of this draw")),
        ("verify", said!("在浏览器里核验这家单位", "Verify it in your browser")),
        ("visits", said!("检查期 {{visits}}", "visits {{visits}}")),
        ("comma", said!("，", ", ")),
        ("colon", said!("：", ": ")),
    ]
}

/// The answer of one draw.
fn answering() -> Vec<(&'static str, Said)> {
    vec![
        ("isDrawn", said!("抽中", "Drawn")),
        ("isNot", said!("没有抽中", "Not drawn")),
        ("isOut", said!("没有参加抽取", "Not in the pool")),
        ("isSealed", said!("结果密封", "Sealed")),
        ("isOpen", said!("尚未抽取", "Not drawn yet")),
        ("isVoid", said!("抽取作废", "Voided")),
        (
            "out",
            said!(
                "原因：{{reason}}{{note}}。原因在抽取之前已经锁定。",
                "Reason: {{reason}}{{note}}. It was fixed before the draw."
            ),
        ),
        (
            "pool",
            said!(
                "在“{{stratum}}”一层，共 {{pool}} 家，抽 {{quota}} 家，机会相等。",
                "In the stratum {{stratum}}: {{pool}} units, {{quota}} places, the same chance for each."
            ),
        ),
        (
            "poolCarried",
            said!(
                "在“{{stratum}}”一层，共 {{pool}} 家，抽 {{quota}} 家，其中 {{held}} 家由作废的抽取带入、首先抽中。",
                "In the stratum {{stratum}}: {{pool}} units, {{quota}} places, {{held}} of them for units carried over from a voided draw, which come first."
            ),
        ),
        (
            "drawn",
            said!(
                "抽签号在本层从小到大排第 {{rank}}，前 {{quota}} 名抽中。",
                "Its ticket is number {{rank}} of its stratum from the smallest; the first {{quota}} are drawn."
            ),
        ),
        (
            "notDrawn",
            said!(
                "抽签号在本层从小到大排第 {{rank}}，只有前 {{quota}} 名抽中。",
                "Its ticket is number {{rank}} of its stratum from the smallest; only the first {{quota}} are drawn."
            ),
        ),
        (
            "carried",
            said!(
                "它由作废的 {{from}} 带入：那次已经抽中它，作废不等于重抽。",
                "It is carried over from {{from}}, which had drawn it before it was voided: a void is no second try."
            ),
        ),
        (
            "ticket",
            said!(
                "它的抽签号以 {{ticket}} 开头，最后一家抽中的以 {{cutoff}} 开头。自己算一遍：",
                "Its ticket begins with {{ticket}}, that of the last unit drawn with {{cutoff}}. Compute it yourself:"
            ),
        ),
        (
            "sealed",
            said!(
                "已经抽取，结果在检查之前密封，最迟 {{until}} 公开。",
                "Drawn; the result is sealed until after the visits, and opened by {{until}}."
            ),
        ),
        (
            "sealedLate",
            said!(
                "结果应在 {{until}} 之前公开，已经逾期。",
                "The result was to be opened by {{until}} and is overdue."
            ),
        ),
        (
            "open",
            said!(
                "抽中机会 {{places}}/{{rest}}。最迟北京时间 {{closes}} 抽取或作废。",
                "Chance {{places}}/{{rest}}. To be drawn or voided by {{closes}} (UTC+8)."
            ),
        ),
        (
            "openLate",
            said!(
                "应在北京时间 {{closes}} 之前抽取或作废，已经逾期。",
                "It was to be drawn or voided by {{closes}} (UTC+8) and is overdue."
            ),
        ),
        (
            "void",
            said!(
                "这次抽取已作废：{{reason}}。不按它检查。",
                "This draw was voided: {{reason}}. No visit follows from it."
            ),
        ),
        (
            "handed",
            said!(
                "作废之前它已由 {{from}} 抽中（排第 {{rank}}），带入下一次抽取，首先抽中。",
                "Before the void {{from}} had drawn it (number {{rank}}); it is carried over to the next draw and drawn first."
            ),
        ),
        ("team", said!("检查组：{{team}}。", "Team: {{team}}.")),
    ]
}
