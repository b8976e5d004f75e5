//! 检查对象名录库.

use super::{print_date, print_list, print_number, printed, words_of};
use crate::register::import::field::{Entry, Field};
use crate::register::import::line::Line;
use crate::register::{Class, Credit, Status, Unit};
use crate::time::Period;

impl Entry for Unit {
    const TABLE: &'static str = "units";
    const NAME: &'static str = "检查对象名录库";
    const UNIQUE: bool = true;
    const FIELDS: &'static [Field] = &[
        Field::new("id", "统一社会信用代码").required(),
        Field::new("name", "单位名称").required(),
        Field::new("town", "镇街").recognisable(),
        Field::new("address", "地址"),
        Field::new("class", "单位类别").required().words(words_of!(Class)),
        Field::new("credit", "信用风险等级").words(words_of!(Credit)),
        Field::new("tags", "行业标签"),
        Field::new("group", "所属集团"),
        Field::new("status", "经营状态").words(words_of!(Status)),
        Field::new("from", "生效日期"),
        Field::new("until", "失效日期"),
        Field::new("last_inspection", "上次检查日期"),
        Field::new("last_team", "上次检查人员"),
        Field::new("visits_this_year", "本年已查次数"),
        Field::new("minutes", "预计时长(分钟)"),
        Field::new("penalties", "处罚次数"),
        Field::new("licence", "许可证号"),
    ];

    fn read(line: &mut Line<'_>) -> Option<Self> {
        let id = line.unit_id("id");
        let name = line.text("name");
        let town = line.town("town");
        let address = line.text("address");
        let class = line.word("class", Class::from_text);
        let credit = line.word("credit", Credit::from_text);
        let tags = line.tags("tags");
        let group = line.text("group");
        let status = line.word_or("status", Status::from_text, Status::Active);
        Some(Unit {
            period: line.period("from", "until"),
            last_inspection: line.past_date("last_inspection"),
            last_team: line.ids("last_team"),
            visits_this_year: line.number("visits_this_year").unwrap_or_default(),
            minutes: line.number("minutes"),
            penalties: line.number("penalties").unwrap_or_default(),
            licence: line.serial("licence"),
            id: id?,
            name: name?,
            class: class?,
            status: status?,
            town,
            address,
            credit,
            tags,
            group,
        })
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.name.clone(),
            printed(&self.town),
            printed(&self.address),
            self.class.key().to_owned(),
            self.credit.map(Credit::key).unwrap_or_default().to_owned(),
            print_list(&self.tags),
            printed(&self.group),
            self.status.key().to_owned(),
            print_date(self.period.from),
            print_date(self.period.until),
            print_date(self.last_inspection),
            print_list(&self.last_team),
            self.visits_this_year.to_string(),
            print_number(self.minutes),
            self.penalties.to_string(),
            printed(&self.licence),
        ]
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn period(&self) -> Period {
        self.period
    }
}
