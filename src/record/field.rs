//! Hidden fields: salted commitments, one salt a field, so that an auditor can
//! have one field opened without learning the others.

use crate::digest::{Digest, Salts, Suite};
use std::fmt::{self, Display, Write as _};

/// Hashes the hidden fields of one id into one value:
/// `H("yaohao/attributes/v1⏎<id>⏎" then "<name> <commitment>⏎" for each)`,
/// the commitment to a field being
/// `H("yaohao/field/v1⏎<draw>⏎<id>⏎<name>⏎<salt>⏎<value>⏎")`.
/// Fields of the rest share one line `rest <hash>`, the hash being
/// `H("yaohao/rest/v1⏎<id>⏎" then "<name> <commitment>⏎" for each)`.
pub struct Attributes {
    salts: Salts,
    text: String,
    /// Lines of the rest, once it has begun.
    rest: Option<String>,
    /// The text of one field; what stands before its name is written once.
    field: String,
    before_name: usize,
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attributes(secret)")
    }
}

impl Attributes {
    /// No field yet.
    pub fn new(salts: Salts, draw: &str, id: &str) -> Self {
        let mut text = String::with_capacity(768);
        let mut field = String::with_capacity(256);
        for (buffer, lines) in
            [(&mut text, &["yaohao/attributes/v1", id][..]), (&mut field, &["yaohao/field/v1", draw, id])]
        {
            for line in lines {
                buffer.push_str(line);
                buffer.push('\n');
            }
        }
        let before_name = field.len();
        Attributes { salts, text, rest: None, field, before_name }
    }

    /// Commits to one more field; an empty value is written `-`.
    pub fn add(&mut self, name: &str, value: impl Display) -> &mut Self {
        let commitment = self.commitment(name, value);
        push_line(self.rest.as_mut().unwrap_or(&mut self.text), name, &commitment);
        self
    }

    /// Begins the rest: the fields added from here on share one line, so that
    /// those before them are opened without as many hashes.
    pub fn begin_rest(&mut self) -> &mut Self {
        let id = self.text.lines().nth(1).unwrap_or_default();
        self.rest.get_or_insert_with(|| format!("yaohao/rest/v1\n{id}\n"));
        self
    }

    /// The hash over the rest, if it has begun.
    pub fn rest(&self) -> Option<Digest> {
        self.rest.as_ref().map(|text| self.salts.suite().digest(&[text.as_bytes()]))
    }

    /// The commitment to one field by itself.
    pub fn commitment(&mut self, name: &str, value: impl Display) -> Digest {
        self.commitment_salted(name, &self.salts.salt(name), value)
    }

    /// The same where the salt comes from more than the name.
    pub fn commitment_salted(&mut self, name: &str, salt: &str, value: impl Display) -> Digest {
        let field = &mut self.field;
        field.truncate(self.before_name);
        for line in [name, salt] {
            field.push_str(line);
            field.push('\n');
        }
        let before_value = field.len();
        write!(field, "{value}").expect("a String takes everything");
        field.push_str(if field.len() == before_value { "-\n" } else { "\n" });
        self.salts.suite().digest(&[field.as_bytes()])
    }

    /// The one value.
    pub fn digest(&self) -> Digest {
        let mut text = self.text.clone();
        if let Some(rest) = self.rest() {
            push_line(&mut text, "rest", &rest);
        }
        self.salts.suite().digest(&[text.as_bytes()])
    }
}

/// What opens the certificate number of an inspector, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct CardOpening {
    /// 32 hex digits.
    pub salt: String,
    /// Hash over the other fields.
    pub rest: Digest,
    /// 执法证号.
    pub certificate: String,
}

/// A salt of somebody's field is shown to the one unit that is visited.
impl fmt::Debug for CardOpening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardOpening(secret)")
    }
}

impl CardOpening {
    /// The field by whose salt and commitment it is known.
    pub const FIELD: &str = "certificate";

    /// The attributes hash that stands in the line of `name` in inspectors.txt if
    /// the opening is true.
    pub fn attributes(&self, suite: Suite, draw: &str, name: &str) -> Digest {
        let CardOpening { salt, rest, certificate } = self;
        let field = [draw, name, Self::FIELD, salt, certificate].map(|line| format!("{line}\n")).concat();
        let mut text = format!("yaohao/attributes/v1\n{name}\n");
        push_line(&mut text, Self::FIELD, &suite.digest(&[b"yaohao/field/v1\n", field.as_bytes()]));
        push_line(&mut text, "rest", rest);
        suite.digest(&[text.as_bytes()])
    }
}

fn push_line(text: &mut String, name: &str, commitment: &Digest) {
    text.push_str(name);
    text.push(' ');
    commitment.push_to(text);
    text.push('\n');
}
