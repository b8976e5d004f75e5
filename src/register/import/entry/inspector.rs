//! 执法检查人员名录库.

use super::{print_date, print_list, words_of};
use crate::register::import::fault;
use crate::register::import::field::{Entry, Field, Words};
use crate::register::import::line::Line;
use crate::register::import::values::{print_minutes, print_periods, print_yes_no, yes_no, yes_no_words};
use crate::register::{Inspector, Post, Scope};
use std::collections::BTreeSet;

/// The words of a scope; item codes are ASCII, so they cannot be taken for one.
const ALL: &str = "全部";
const NONE: &str = "无";

/// 主办 and 协办, next to yes and no.
fn roles() -> Words {
    [yes_no_words(), vec![("lead", "主办"), ("assist", "协办")]].concat()
}

fn role(text: &str) -> Option<bool> {
    match text {
        "lead" | "主办" => Some(true),
        "assist" | "协办" => Some(false),
        _ => yes_no(text),
    }
}

impl Entry for Inspector {
    const TABLE: &'static str = "inspectors";
    const NAME: &'static str = "执法检查人员名录库";
    const UNIQUE: bool = true;
    const FIELDS: &'static [Field] = &[
        Field::new("certificate", "执法证号").required(),
        Field::new("name", "姓名").required(),
        Field::new("department", "部门"),
        Field::new("zone", "片区").required(),
        Field::new("role", "主办资格").required().words(roles),
        Field::new("post", "人员性质").words(words_of!(Post)),
        Field::new("scope", "执法范围"),
        Field::new("skills", "专业技能"),
        Field::new("expert", "专家").words(yes_no_words),
        Field::new("valid_from", "证件生效日期"),
        Field::new("valid_until", "证件有效期至").required(),
        Field::new("leave", "请假"),
        Field::new("capacity", "月可用工时"),
        Field::new("carried", "已占用工时"),
    ];

    fn read(line: &mut Line<'_>) -> Option<Self> {
        let certificate = line.id("certificate");
        let name = line.text("name");
        let department = line.text("department").unwrap_or_default();
        let zone = line.zone("zone");
        let lead = line.word("role", role);
        let post = line.word_or("post", Post::from_text, Post::InPost);
        let scope = scope(line);
        let skills = line.tags("skills");
        let expert = line.word("expert", yes_no).unwrap_or_default();
        let validity = line.period("valid_from", "valid_until");
        if let (Some(until), Some(today)) = (validity.until, line.world().reference())
            && until < today
        {
            line.report_at("valid_until", fault::expired(&today.to_string()));
        }
        Some(Inspector {
            leave: line.periods("leave"),
            capacity_minutes: line.hours("capacity"),
            carried_minutes: line.hours("carried").unwrap_or_default(),
            certificate: certificate?,
            name: name?,
            zone: zone?,
            lead: lead?,
            post: post?,
            scope,
            department,
            skills,
            expert,
            validity,
        })
    }

    fn cells(&self) -> Vec<String> {
        let scope = match &self.scope {
            Scope::All => ALL.to_owned(),
            Scope::Only(codes) if codes.is_empty() => NONE.to_owned(),
            Scope::Only(codes) => print_list(codes),
        };
        vec![
            self.certificate.clone(),
            self.name.clone(),
            self.department.clone(),
            self.zone.clone(),
            print_yes_no(self.lead),
            self.post.key().to_owned(),
            scope,
            print_list(&self.skills),
            print_yes_no(self.expert),
            print_date(self.validity.from),
            print_date(self.validity.until),
            print_periods(&self.leave),
            self.capacity_minutes.map(print_minutes).unwrap_or_default(),
            print_minutes(self.carried_minutes),
        ]
    }

    fn id(&self) -> &str {
        &self.certificate
    }
}

/// The items a certificate covers: all if the table does not say.
fn scope(line: &mut Line<'_>) -> Scope {
    let codes = match line.value("scope") {
        None => return Scope::All,
        Some(value) if value.text == ALL => return Scope::All,
        Some(value) if value.text == NONE => BTreeSet::new(),
        Some(_) => line.ids("scope"),
    };
    if let Some(known) = line.world().known() {
        for code in codes.iter().filter(|code| !known.has_item(code)) {
            line.report_at("scope", fault::unknown_item(code));
        }
    }
    Scope::Only(codes)
}
