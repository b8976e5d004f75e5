//! Changes of keys: the document that says which key, or which witnesses, count
//! from then on, and who has to sign it.

use super::judge::Quorum;
use super::key::{Found, VerifierKey};
use super::policy::LogPolicy;
use super::signed::Note;
use crate::digest::{Digest, Suite};
use crate::ids::is_key;
use crate::lang::Said;
use crate::said;
use crate::text::{Read, Reader, Writer};
use crate::time::Moment;
use crate::vocabulary;

vocabulary! {
    /// Why keys change; it decides who has to sign.
    ChangeKind {
        /// The log's key is exchanged as planned: the old and the new key sign.
        Rotate = "rotate", "例行更换";
        /// The log's key was lost: the new key and a quorum of the witnesses sign.
        Lost = "lost", "丢失";
        /// Somebody else may have the log's key: signed like a loss.
        Stolen = "stolen", "被盗";
        /// Other witnesses or another quorum: the log's key and a quorum of the witnesses so far sign.
        Witness = "witness", "更换见证方";
    }
}

/// A change of keys, `yaohao/key-change/v1`. It is the text of a note and cannot be
/// taken for a checkpoint: its second line is not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// The suite whose hash the policies are named by.
    pub suite: Suite,
    /// Key of the office.
    pub office: String,
    /// 1 for the office's first change.
    pub number: u32,
    /// When it was written, by the office's clock.
    pub at: Moment,
    /// Why.
    pub kind: ChangeKind,
    /// The log's key so far.
    pub old: VerifierKey,
    /// The log's key from then on; the same if the witnesses change.
    pub new: VerifierKey,
    /// Hash of the log-policy.txt that counts until then.
    pub before: Digest,
    /// Hash of the log-policy.txt that counts from then on.
    pub policy: Digest,
}

impl KeyChange {
    /// First line of the text.
    pub const TAG: &str = "yaohao/key-change/v1";

    /// The text that is signed.
    pub fn text(&self) -> String {
        Writer::new(Self::TAG)
            .field("suite", self.suite.key())
            .field("office", &self.office)
            .field("number", self.number)
            .field("at", self.at)
            .field("kind", self.kind.key())
            .field("old", &self.old)
            .field("new", &self.new)
            .field("before", self.before)
            .field("policy", self.policy)
            .finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<KeyChange> {
        let mut r = Reader::new(bytes, Self::TAG)?;
        let suite = r.word("suite", Suite::from_key)?;
        let office = r.field("office")?;
        if !is_key(office) {
            return Err(r.error("not a key"));
        }
        let number = r.field("number")?;
        let number = r.number(number)?;
        if number == 0 {
            return Err(r.error(said!("编号从 1 起", "numbers begin with 1")));
        }
        let at = r.parsed("at", "a moment")?;
        let kind = r.word("kind", ChangeKind::from_key)?;
        let (old, new) = (key(&mut r, "old")?, key(&mut r, "new")?);
        let before = r.parsed("before", "a SHA-256")?;
        let policy = r.parsed("policy", "a SHA-256")?;
        r.end()?;
        Ok(KeyChange { suite, office: office.to_owned(), number, at, kind, old, new, before, policy })
    }

    /// Name of the signed document in the log's folder `keys`, such as `key-001.txt`.
    pub fn file(number: u32) -> String {
        format!("key-{number:03}.txt")
    }

    /// Name of the log policy that counts from change `number` on; 0 is the first one.
    pub fn policy_file(number: u32) -> String {
        format!("key-{number:03}-policy.txt")
    }

    /// Whether `note`, a signed change, lawfully leads from the policy `before` to the
    /// policy `after`, both as bytes of log-policy.txt. Everything wrong or missing is said.
    pub fn check(note: &Note, before: &[u8], after: &[u8]) -> Result<KeyChange, Vec<Said>> {
        let change = KeyChange::read(note.text().as_bytes()).map_err(|error| vec![error.said()])?;
        let old = change.fits(before, after)?;
        let wrong = change.unsigned(note, &old);
        if wrong.is_empty() { Ok(change) } else { Err(wrong) }
    }

    /// Whether the document says what it may say between these two policies, signed or
    /// not; gives the policy so far.
    pub fn fits(&self, before: &[u8], after: &[u8]) -> Result<LogPolicy, Vec<Said>> {
        let read = |bytes: &[u8], hash: Digest, which: Said| {
            let Said { zh, en } = which;
            if self.suite.digest(&[bytes]) != hash {
                let differs =
                    said!("{zh}与文件中写的校验值不符", "{en} is not the one that the document names");
                return Err(vec![differs]);
            }
            LogPolicy::read(bytes).map_err(|error| {
                let Said { zh: zh_rule, en: en_rule } = error.said();
                vec![said!("{zh}：{zh_rule}", "{en}: {en_rule}")]
            })
        };
        let old = read(before, self.before, said!("原来的 log-policy.txt ", "the log-policy.txt so far"))?;
        let new = read(after, self.policy, said!("新的 log-policy.txt ", "the new log-policy.txt"))?;
        let wrong = self.misfits(&old, &new);
        if wrong.is_empty() { Ok(old) } else { Err(wrong) }
    }

    /// What does not fit between the document and the two policies.
    fn misfits(&self, old: &LogPolicy, new: &LogPolicy) -> Vec<Said> {
        let only = |policy: &LogPolicy, key: &VerifierKey| matches!(policy.logs(), [log] if log.key == *key);
        let mut wrong = Vec::new();
        if !only(old, &self.old) {
            wrong.push(said!(
                "原来的 log-policy.txt 里，唯一的 log 应是 old 这把公钥",
                "the only log of the log-policy.txt so far has to be the key `old`"
            ));
        }
        if !only(new, &self.new) {
            wrong.push(said!(
                "新的 log-policy.txt 里，唯一的 log 应是 new 这把公钥",
                "the only log of the new log-policy.txt has to be the key `new`"
            ));
        }
        if self.old.name() != self.new.name() {
            wrong.push(said!(
                "新旧公钥的名称应相同：名称就是日志的身份",
                "the old and the new key need the same name: it is the log's identity"
            ));
        }
        let (same_key, same_witnesses) = (self.old.public() == self.new.public(), old.asks_like(new));
        match self.kind {
            ChangeKind::Witness => {
                if self.old != self.new {
                    wrong.push(said!(
                        "更换见证方时，日志的公钥不能同时更换",
                        "the log's key must not change together with the witnesses"
                    ));
                }
            }
            ChangeKind::Rotate | ChangeKind::Lost | ChangeKind::Stolen => {
                if same_key {
                    wrong.push(said!("新旧公钥是同一把", "the old and the new key are the same"));
                }
                if !same_witnesses {
                    wrong.push(said!(
                        "更换日志的密钥时，见证方和法定数不能同时更换",
                        "witnesses and quorum must not change together with the log's key"
                    ));
                }
            }
        }
        wrong
    }

    /// Which signatures are missing or wrong.
    fn unsigned(&self, note: &Note, old: &LogPolicy) -> Vec<Said> {
        let (old_key, new_key) = (self.old.find(note), self.new.find(note));
        let judged = old.judge_witnesses(note);
        let mut wrong = Vec::new();
        for (found, name) in [(old_key, "old"), (new_key, "new")] {
            if found == Found::Forged {
                wrong.push(said!(
                    "{name} 这把密钥的签名无效",
                    "the signature of the key `{name}` is not valid"
                ));
            }
        }
        for name in &judged.forged {
            wrong.push(said!("见证方 {name} 的签名无效", "the signature of witness {name} is not valid"));
        }
        let is_missing = |found: Found| found == Found::Nothing;
        if self.kind == ChangeKind::Rotate && is_missing(old_key) {
            wrong.push(said!("缺少原来的日志密钥（old）的签名", "the old key of the log has not signed"));
        }
        if is_missing(new_key) {
            wrong.push(said!("缺少日志密钥（new）的签名", "the key `new` of the log has not signed"));
        }
        match (self.kind, judged.quorum) {
            (ChangeKind::Rotate, _) | (_, Quorum::Reached(_)) | (ChangeKind::Witness, Quorum::NotAsked) => {}
            (ChangeKind::Lost | ChangeKind::Stolen, Quorum::NotAsked) => wrong.push(said!(
                "原来的 log-policy.txt 没有见证方（quorum none），没有人能证明密钥丢失或被盗",
                "the log-policy.txt so far has no witnesses (quorum none): nobody can vouch for a loss"
            )),
            (_, Quorum::Missing) => {
                let signed = Said::list(judged.witnesses.iter().map(|vouched| &vouched.name));
                let none = judged.witnesses.is_empty();
                let signed = if none { said!("无", "nobody") } else { signed };
                let Said { zh, en } = signed;
                wrong.push(said!(
                    "原来的见证方签名不够法定数（已签：{zh}）",
                    "too few of the witnesses so far have signed (signed: {en})"
                ));
            }
        }
        wrong
    }
}

fn key(r: &mut Reader<'_>, field: &str) -> Read<VerifierKey> {
    let text = r.field(field)?;
    let key: VerifierKey = text.parse().map_err(|error: super::KeyError| r.error(error.said()))?;
    if key.algorithm().is_cosignature() {
        return Err(
            r.error(said!("这是见证方的公钥，不是日志的", "this is a key of a witness, not of a log"))
        );
    }
    Ok(key)
}
