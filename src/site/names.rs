//! Names for people in a published policy. Kept apart from the rules that verification
//! reads: a policy whose names cannot be read is no worse a policy.

use crate::policy::Role;
use std::collections::BTreeMap;
use toml::Value;

/// What things are called.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// 机关名称; its key if it has none.
    pub office: String,
    /// Towns by their codes.
    pub towns: BTreeMap<String, String>,
    /// Partner departments by their keys.
    departments: BTreeMap<String, String>,
}

impl Names {
    /// Reads whatever names there are; `key` is that of the office.
    pub fn read(policy: &[u8], key: &str) -> Names {
        let text = std::str::from_utf8(policy).unwrap_or_default();
        let root = toml::from_str::<Value>(text).unwrap_or(Value::Boolean(false));
        let office = root.get("office").and_then(|office| office.get("name")?.as_str());
        let towns = root.get("town").and_then(Value::as_array).into_iter().flatten();
        let town = |town: &Value| Some((word(town, "code")?, word(town, "name")?));
        let departments = root.get("team").and_then(|team| team.get("departments")?.as_table());
        let department = |(key, name): (&String, &Value)| Some((key.clone(), name.as_str()?.to_owned()));
        Names {
            office: office.unwrap_or(key).to_owned(),
            towns: towns.filter_map(town).collect(),
            departments: departments.into_iter().flatten().filter_map(department).collect(),
        }
    }

    /// The town with this code.
    pub fn town<'a>(&'a self, code: &'a str) -> &'a str {
        self.towns.get(code).map_or(code, String::as_str)
    }

    /// What a role is called in Chinese.
    pub fn role<'a>(&'a self, role: &'a Role) -> &'a str {
        match role {
            Role::Department(key) => self.departments.get(key).map_or(key, String::as_str),
            role => role.zh(),
        }
    }
}

fn word(table: &Value, key: &str) -> Option<String> {
    table.get(key)?.as_str().map(str::to_owned)
}
