//! Log policies: which log, which witnesses, and how many of them are enough
//! (c2sp.org/tlog-policy). A policy is a file that people write and publish.

use super::key::VerifierKey;
use crate::lang::Said;
use crate::said;
use crate::text::{Read, TextError};

/// The largest policy, in bytes.
pub const MAX_POLICY: usize = 64 * 1024;

/// The most logs, the most witnesses, and the most groups of a policy.
pub const MAX_LINES: usize = 64;

/// A log or a witness of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What the policy calls a witness; of a log, the name of its key.
    pub name: String,
    /// Its key.
    pub key: VerifierKey,
    /// Where it can be reached, if the policy says so; opaque here.
    pub url: Option<String>,
}

/// Who can make up a group or the quorum, by place in the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Witness(usize),
    Group(usize),
}

/// A group: so many of its members have to have cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What the policy calls it.
    pub name: String,
    /// How many, from 1 to the number of members.
    pub threshold: usize,
    pub(super) members: Vec<Member>,
}

/// A log policy that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPolicy {
    logs: Vec<Named>,
    witnesses: Vec<Named>,
    groups: Vec<Group>,
    /// `None` is `quorum none`.
    pub(super) quorum: Option<Member>,
}

impl LogPolicy {
    /// Reads log-policy.txt. An error names the line and the rule in both languages.
    ///
    /// Stricter than C2SP in two ways: the file is UTF-8, and keys are of an
    /// [`super::Algorithm`]: plain for logs, with a time for witnesses.
    pub fn read(bytes: &[u8]) -> Read<LogPolicy> {
        let whole = |rule: Said| TextError { line: 0, rule: rule.into() };
        if bytes.len() > MAX_POLICY {
            return Err(whole(said!("文件太大", "the file is too large")));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| whole(said!("不是 UTF-8 文本", "not UTF-8")))?;
        let Some(text) = text.strip_suffix('\n') else {
            return Err(whole(said!("最后一行没有以换行结束", "the last line does not end with LF")));
        };
        let mut draft = Draft::default();
        for (line, content) in (1..).zip(text.split('\n')) {
            draft.take(content).map_err(|rule| TextError { line, rule: rule.into() })?;
        }
        let quorum = draft.quorum;
        let quorum = quorum.ok_or_else(|| whole(said!("没有 quorum 这一行", "there is no quorum line")))?;
        Ok(LogPolicy { logs: draft.logs, witnesses: draft.witnesses, groups: draft.groups, quorum })
    }

    /// The logs, each with the name of its key.
    pub fn logs(&self) -> &[Named] {
        &self.logs
    }

    /// The witnesses, in the order of the file.
    pub fn witnesses(&self) -> &[Named] {
        &self.witnesses
    }

    /// The groups, in the order of the file.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Whether both ask for the same witnesses, by the same names and rules.
    pub(super) fn asks_like(&self, other: &LogPolicy) -> bool {
        let witnesses = |policy: &LogPolicy| {
            let named = policy.witnesses.iter().map(|Named { name, key, .. }| (name.clone(), key.clone()));
            named.collect::<Vec<_>>()
        };
        witnesses(self) == witnesses(other) && self.groups == other.groups && self.quorum == other.quorum
    }

    /// Whether no cosignature is asked for: `quorum none`.
    pub fn is_unwitnessed(&self) -> bool {
        self.quorum.is_none()
    }
}

/// A policy of which some lines have been read.
#[derive(Default)]
struct Draft {
    logs: Vec<Named>,
    witnesses: Vec<Named>,
    groups: Vec<Group>,
    /// The names of `groups` that stand in a group already, and so of witnesses.
    taken: Vec<Member>,
    quorum: Option<Option<Member>>,
}

type Line = Result<(), Said>;

impl Draft {
    fn take(&mut self, line: &str) -> Line {
        if line.bytes().any(|b| (b < 0x20 && b != b'\t') || b == 0x7f) {
            return Err(said!("有控制字符", "a control character"));
        }
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words[..] {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, url] => self.log(key, Some(url)),
            ["log", ..] => Err(said!("应写成 log 公钥 [网址]", "write: log vkey [url]")),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["witness", ..] => {
                Err(said!("应写成 witness 名称 公钥 [网址]", "write: witness name vkey [url]"))
            }
            ["group", name, threshold, ref members @ ..] if !members.is_empty() => {
                self.group(name, threshold, members)
            }
            ["group", ..] => Err(said!(
                "应写成 group 名称 几个 成员……，“几个”写数、all 或 any",
                "write: group name k members, where k is a number, all or any"
            )),
            ["quorum", name] => self.quorum(name),
            ["quorum", ..] => {
                Err(said!("应写成 quorum 名称，或 quorum none", "write: quorum name, or quorum none"))
            }
            [word, ..] => Err(said!(
                "不认识“{word}”，应为 log、witness、group、quorum 或 # 注释",
                "unknown word {word}: log, witness, group, quorum or a # comment is expected"
            )),
        }
    }

    fn log(&mut self, text: &str, url: Option<&str>) -> Line {
        let key: VerifierKey = text.parse().map_err(super::KeyError::said)?;
        if key.algorithm().is_cosignature() {
            return Err(said!("这是见证方的公钥，不是日志的", "this is a key of a witness, not of a log"));
        }
        let name = key.name().to_owned();
        add(&mut self.logs, Named { name, key, url: url.map(str::to_owned) })
    }

    fn witness(&mut self, name: &str, text: &str, url: Option<&str>) -> Line {
        self.is_new(name)?;
        let key: VerifierKey = text.parse().map_err(super::KeyError::said)?;
        if !key.algorithm().is_cosignature() {
            return Err(said!("这是日志的公钥，不是见证方的", "this is a key of a log, not of a witness"));
        }
        add(&mut self.witnesses, Named { name: name.to_owned(), key, url: url.map(str::to_owned) })
    }

    fn group(&mut self, name: &str, threshold: &str, names: &[&str]) -> Line {
        self.is_new(name)?;
        if self.groups.len() >= MAX_LINES {
            return Err(too_many());
        }
        let mut members = Vec::new();
        for name in names {
            let member = self.find(name)?;
            if self.taken.contains(&member) {
                return Err(said!("{name} 已在一个组里", "{name} is in a group already"));
            }
            self.taken.push(member);
            members.push(member);
        }
        let number = threshold.parse::<usize>().ok().filter(|number| number.to_string() == threshold);
        let threshold = match threshold {
            "all" => Some(members.len()),
            "any" => Some(1),
            _ => number.filter(|number| (1..=members.len()).contains(number)),
        };
        let threshold = threshold.ok_or_else(|| {
            let most = members.len();
            said!("“几个”应为 1 到 {most}、all 或 any", "k is a number from 1 to {most}, all or any")
        })?;
        self.groups.push(Group { name: name.to_owned(), threshold, members });
        Ok(())
    }

    fn quorum(&mut self, name: &str) -> Line {
        let quorum = if name == "none" { None } else { Some(self.find(name)?) };
        match self.quorum.replace(quorum) {
            None => Ok(()),
            Some(_) => Err(said!("quorum 写了不止一行", "there is more than one quorum line")),
        }
    }

    /// Witnesses and groups share their names; `none` is taken.
    fn is_new(&self, name: &str) -> Line {
        match name {
            "none" => Err(said!("none 不能用作名称", "none cannot be a name")),
            _ if self.find(name).is_ok() => Err(said!("名称 {name} 重复", "the name {name} is there twice")),
            _ => Ok(()),
        }
    }

    fn find(&self, name: &str) -> Result<Member, Said> {
        let witness = self.witnesses.iter().position(|witness| witness.name == name).map(Member::Witness);
        let group = || self.groups.iter().position(|group| group.name == name).map(Member::Group);
        witness.or_else(group).ok_or_else(|| {
            said!(
                "前面没有叫 {name} 的 witness 或 group",
                "no witness or group called {name} stands above this line"
            )
        })
    }
}

/// Adds a log or a witness whose key is not there yet under any name.
fn add(list: &mut Vec<Named>, new: Named) -> Line {
    let known = list.iter().find(|known| known.key.public() == new.key.public());
    if let Some(Named { name, .. }) = known {
        return Err(said!("与 {name} 是同一把密钥", "this is the same key as that of {name}"));
    }
    if list.len() >= MAX_LINES {
        return Err(too_many());
    }
    list.push(new);
    Ok(())
}

fn too_many() -> Said {
    said!("同一类的行超过 {MAX_LINES} 行", "more than {MAX_LINES} lines of one kind")
}
