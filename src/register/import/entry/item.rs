//! 抽查事项清单.

use super::{print_list, printed, words_of};
use crate::register::import::fault;
use crate::register::import::field::{Entry, Field};
use crate::register::import::line::Line;
use crate::register::import::rule::Rule;
use crate::register::{Class, Item, Level};

/// What the law asks for, and what an item without a figure gets.
const LEAST_STAFF: u32 = 2;

impl Entry for Item {
    const TABLE: &'static str = "items";
    const NAME: &'static str = "抽查事项清单";
    const UNIQUE: bool = true;
    const FIELDS: &'static [Field] = &[
        Field::new("code", "事项编码").required(),
        Field::new("category", "抽查类别"),
        Field::new("name", "抽查事项").required(),
        Field::new("basis", "检查依据").required_by(Rule::NoLegalBasis),
        Field::new("classes", "适用单位类别").words(words_of!(Class)),
        Field::new("tags", "适用行业标签"),
        Field::new("level", "事项级别").words(words_of!(Level)),
        Field::new("ratio", "抽查比例"),
        Field::new("frequency", "抽查频次"),
        Field::new("method", "检查方式"),
        Field::new("staff", "检查人数"),
        Field::new("skill", "所需技能"),
        Field::new("joint_lead", "联合抽查牵头部门"),
        Field::new("joint_partners", "联合抽查参与部门"),
    ];

    fn read(line: &mut Line<'_>) -> Option<Self> {
        let code = line.id("code");
        let category = line.text("category").unwrap_or_default();
        let name = line.text("name");
        let basis = line.text("basis");
        let classes = line.words("classes", Class::from_text);
        let tags = line.tags("tags");
        let level = line.word_or("level", Level::from_text, Level::General);
        let (ratio, frequency, method) = (line.text("ratio"), line.text("frequency"), line.text("method"));
        let staff = line.number("staff").unwrap_or(LEAST_STAFF);
        if staff < LEAST_STAFF {
            line.report_at("staff", fault::few_staff());
        }
        Some(Item {
            skill: line.tag("skill"),
            joint_lead: line.text("joint_lead"),
            joint_partners: line.tags("joint_partners"),
            code: code?,
            name: name?,
            basis: basis?,
            level: level?,
            category,
            classes,
            tags,
            ratio,
            frequency,
            method,
            staff,
        })
    }

    fn cells(&self) -> Vec<String> {
        let classes: Vec<&str> = self.classes.iter().map(|class| class.key()).collect();
        vec![
            self.code.clone(),
            self.category.clone(),
            self.name.clone(),
            self.basis.clone(),
            classes.join("、"),
            print_list(&self.tags),
            self.level.key().to_owned(),
            printed(&self.ratio),
            printed(&self.frequency),
            printed(&self.method),
            self.staff.to_string(),
            printed(&self.skill),
            printed(&self.joint_lead),
            print_list(&self.joint_partners),
        ]
    }

    fn id(&self) -> &str {
        &self.code
    }
}
