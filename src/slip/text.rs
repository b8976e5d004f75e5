//! The slip as a text: what it holds, how it prints, how it is read.

use crate::digest::{Digest, Suite};
use crate::ids::is_token;
use crate::log::Inclusion as Path;
use crate::note::{Checkpoint, Note};
use crate::record::{CardOpening, DrawnLine, InspectorLine, Record, Replacement, TableLine, TeamLine, id_of};
use crate::text::{Read, Reader, Writer};

/// Who visits the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Team {
    /// The team as drawn.
    Drawn(TeamLine),
    /// The team after the late change of this number, the last of this unit.
    Replaced(u32, Replacement),
}

impl Team {
    /// The line of the team that comes.
    pub fn line(&self) -> &TeamLine {
        match self {
            Team::Drawn(line) => line,
            Team::Replaced(_, change) => &change.team,
        }
    }
}

/// One of the team, with what ties the card in his hand to the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// His line of inspectors.txt.
    pub line: InspectorLine,
    /// From that line to the root in the record.
    pub path: Path,
    /// What opens his certificate number.
    pub card: CardOpening,
}

/// How a public log holds the record, and the late change if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// From the entry of record.txt to the root of the checkpoint.
    pub record: Path,
    /// The same for the late change.
    pub change: Option<Path>,
    /// The signed checkpoint (C2SP tlog-checkpoint), with the signatures that count.
    pub note: Note,
}

/// Everything that the door of one unit needs, and nothing of any other unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The algorithms of the draw.
    pub suite: Suite,
    /// The unit's line of drawn.txt.
    pub drawn: DrawnLine,
    /// From that line to the root in the record.
    pub path: Path,
    /// Who visits it.
    pub team: Team,
    /// The people of the team, slot by slot.
    pub members: Vec<Member>,
    /// record.txt.
    pub record: Record,
    /// What a public log says of it, if the office keeps one.
    pub logged: Option<Logged>,
}

/// What a signature line of a note begins with; a line of a slip does without.
const DASH: &str = "\u{2014} ";

const TAG: &str = "yaohao/slip/v1";

impl Slip {
    /// The text.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        text.field("suite", self.suite.key())
            .field("drawn", self.drawn.line())
            .field("path", self.path.words());
        match &self.team {
            Team::Drawn(line) => text.field("team", line.line()),
            Team::Replaced(number, change) => {
                text.field("change", number);
                embed(&mut text, "replacement", &change.text())
            }
        };
        for member in &self.members {
            let CardOpening { salt, rest, certificate } = &member.card;
            text.field("inspector", member.line.line())
                .field("path", member.path.words())
                .field("certificate", format!("{salt} {rest} {certificate}"));
        }
        embed(&mut text, "record", &self.record.text());
        if let Some(logged) = &self.logged {
            text.field("entry", logged.record.words());
            if let Some(path) = &logged.change {
                text.field("entry", path.words());
            }
            embed(&mut text, "checkpoint", logged.note.text());
            for line in logged.note.signatures() {
                text.field("signature", line.to_string().trim_start_matches(DASH));
            }
        }
        text.finish()
    }

    /// The hash of the record, by which it is announced.
    pub fn record_id(&self) -> Digest {
        id_of(self.suite, &self.record.text())
    }

    /// The hash of the late change, if the team was changed: SHA-256 in both suites,
    /// as its list tells it.
    pub fn change(&self) -> Option<Digest> {
        match &self.team {
            Team::Drawn(_) => None,
            Team::Replaced(_, change) => Some(Digest::of(&[change.text().as_bytes()])),
        }
    }

    /// Reads the text; refuses every other form of the same content.
    pub fn read(bytes: &[u8]) -> Read<Slip> {
        let mut r = Reader::new(bytes, TAG)?;
        let suite = r.word("suite", Suite::from_key)?;
        let drawn = read_line(&mut r, "drawn")?;
        let path = Path::read(&mut r, "path")?;
        let team = read_team(&mut r)?;
        let mut members = Vec::new();
        while let Some(line) = r.optional("inspector")? {
            members.push(read_member(&mut r, line)?);
        }
        let record = embedded(&mut r, "record")?;
        let record = Record::read(record.as_bytes()).map_err(|error| r.error(error.rule))?;
        let logged = read_logged(&mut r, matches!(team, Team::Replaced(..)))?;
        r.clone().end()?;
        let slip = Slip { suite, drawn, path, team, members, record, logged };
        if slip.text().as_bytes() == bytes { Ok(slip) } else { Err(r.error("not in canonical form")) }
    }
}

/// Puts a text into another one, every line behind a word.
fn embed<'a>(into: &'a mut Writer, key: &str, text: &str) -> &'a mut Writer {
    for line in text.lines() {
        into.field(key, line);
    }
    into
}

/// The text of the lines behind `key`.
fn embedded(r: &mut Reader<'_>, key: &str) -> Read<String> {
    let lines = r.each(key, |_, line| Ok(format!("{line}\n")))?;
    Ok(lines.concat())
}

fn read_line<L: TableLine>(r: &mut Reader<'_>, key: &str) -> Read<L> {
    let line = r.field(key)?;
    L::read(r, line)
}

fn read_team(r: &mut Reader<'_>) -> Read<Team> {
    if let Some(line) = r.optional("team")? {
        return Ok(Team::Drawn(TeamLine::read(r, line)?));
    }
    let number = r.field("change")?;
    let number = r.number(number)?;
    let text = embedded(r, "replacement")?;
    let change = Replacement::read(text.as_bytes()).map_err(|error| r.error(error.rule))?;
    if number == 0 {
        Err(r.error("late changes are counted from 1"))
    } else {
        Ok(Team::Replaced(number, change))
    }
}

fn read_member(r: &mut Reader<'_>, line: &str) -> Read<Member> {
    let line = InspectorLine::read(r, line)?;
    let path = Path::read(r, "path")?;
    let text = r.field("certificate")?;
    let [salt, rest, certificate] = r.split(text)?;
    let is_salt = salt.len() == 32 && salt.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !is_salt || !is_token(certificate) {
        return Err(r.error("not a salt, a hash and a certificate number"));
    }
    let rest = r.parse(rest, "a hash")?;
    let card = CardOpening { salt: salt.to_owned(), rest, certificate: certificate.to_owned() };
    Ok(Member { line, path, card })
}

fn read_logged(r: &mut Reader<'_>, changed: bool) -> Read<Option<Logged>> {
    let Some(text) = r.optional("entry")? else { return Ok(None) };
    let record = Path::parse(r, text)?;
    let change = changed.then(|| Path::read(r, "entry")).transpose()?;
    let checkpoint = embedded(r, "checkpoint")?;
    let signatures = r.each("signature", |_, line| Ok(format!("{DASH}{line}\n")))?;
    let note = Note::read(format!("{checkpoint}\n{}", signatures.concat()).as_bytes());
    let note = note.map_err(|error| r.error(error.rule))?;
    Checkpoint::read(note.text()).map_err(|error| r.error(error.rule))?;
    Ok(Some(Logged { record, change, note }))
}
