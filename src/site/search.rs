//! "Is my unit drawn?": the search on the start page. The words that its script says
//! stand in the page, in the page's language; what it finds stands in one script a draw.

use super::answers::{ANSWERING, ASKING};
use super::facts::{Facts, Known};
use super::frame::At;
use super::{link, words};
use crate::audit::State;
use crate::eligibility::Exclusion;
use crate::markup::Markup;
use crate::policy::Role;
use crate::said;
use crate::task::{Measure, Outcome};
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
    for (name, zh, en) in ASKING.iter().chain(ANSWERING) {
        all.insert((*name).to_owned(), Value::from(at.t(said!("{zh}", "{en}"))));
    }
    let reason = |reason: &Exclusion| (reason.key().to_owned(), Value::from(at.t(words::exclusion(*reason))));
    all.insert("reasons".to_owned(), Value::Object(Exclusion::ALL.iter().map(reason).collect()));
    let outcome = |found: &Outcome| (found.key().to_owned(), Value::from(at.t(words::outcome(*found))));
    all.insert("outcomes".to_owned(), Value::Object(Outcome::ALL.iter().map(outcome).collect()));
    let measure = |found: &Measure| (found.key().to_owned(), Value::from(at.t(words::measure(*found))));
    all.insert("measures".to_owned(), Value::Object(Measure::ALL.iter().map(measure).collect()));
    let role = |role: Role| {
        let (zh, key) = (role.zh(), role.key());
        (key.to_owned(), Value::from(at.t(said!("{zh}", "{key}"))))
    };
    let roles = [Role::Lead, Role::Assistant, Role::Expert].map(role);
    all.insert("roles".to_owned(), Value::Object(roles.into_iter().collect()));
    Value::Object(all)
}
