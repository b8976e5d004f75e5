//! Lines of the tables that the commitment publishes: units and inspectors.

use super::table::{TableLine, person};
use crate::digest::Digest;
use crate::eligibility::Exclusion;
use crate::ids::{is_label, is_token};
use crate::policy::PublicField;
use crate::text::{Read, Reader};

/// Where a unit stands, in public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitStanding {
    /// In the pool of this stratum.
    Stratum(String),
    /// Left out for this reason.
    Excluded(Exclusion),
}

impl UnitStanding {
    /// The label, or the reason.
    pub fn as_result(&self) -> Result<&str, Exclusion> {
        match self {
            UnitStanding::Stratum(label) => Ok(label),
            UnitStanding::Excluded(reason) => Err(*reason),
        }
    }
}

/// A line of units.txt:
/// `<id> <stratum or excluded:reason> <attributes> <docket or -> <field>=<value> …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// The unit.
    pub id: String,
    /// Stratum or exclusion.
    pub standing: UnitStanding,
    /// One hash over the commitments to the hidden fields.
    pub attributes: Digest,
    /// Commitment to the line of dockets.txt; none for excluded units.
    pub docket: Option<Digest>,
    /// Published fields, in the order of [`PublicField`]; the name comes last,
    /// because it may contain spaces.
    pub shown: Vec<(PublicField, String)>,
}

impl UnitLine {
    /// The published value of `field`, if it is published.
    pub fn field(&self, field: PublicField) -> Option<&str> {
        self.shown.iter().find(|(shown, _)| *shown == field).map(|(_, value)| value.as_str())
    }
}

/// Writes a line of units.txt from borrowed parts: stratum or exclusion, the
/// hashes of attributes and docket, and the published fields in their order.
pub fn write_unit<V: AsRef<str>>(
    line: &mut String,
    id: &str,
    standing: Result<&str, Exclusion>,
    (attributes, docket): (&Digest, Option<&Digest>),
    shown: impl Iterator<Item = (PublicField, V)>,
) {
    line.push_str(id);
    line.push(' ');
    write_standing(line, standing);
    line.push(' ');
    attributes.push_to(line);
    line.push(' ');
    match docket {
        Some(docket) => docket.push_to(line),
        None => line.push('-'),
    }
    write_shown(line, shown);
}

/// Writes a stratum label, or an exclusion as `excluded:<reason>`.
pub(crate) fn write_standing(line: &mut String, standing: Result<&str, Exclusion>) {
    let (excluded, label) = standing.map_or_else(|reason| ("excluded:", reason.key()), |label| ("", label));
    line.push_str(excluded);
    line.push_str(label);
}

/// Writes ` <field>=<value>` for each published field.
pub(crate) fn write_shown<V: AsRef<str>>(line: &mut String, shown: impl Iterator<Item = (PublicField, V)>) {
    for (field, value) in shown {
        for part in [" ", field.key(), "=", value.as_ref()] {
            line.push_str(part);
        }
    }
}

/// Reads a stratum label or `excluded:<reason>`.
pub(crate) fn read_standing(r: &Reader<'_>, standing: &str) -> Read<UnitStanding> {
    match standing.strip_prefix("excluded:") {
        Some(reason) => {
            let reason = Exclusion::from_key(reason).ok_or_else(|| r.error("unknown reason"))?;
            Ok(UnitStanding::Excluded(reason))
        }
        None if is_label(standing) => Ok(UnitStanding::Stratum(standing.to_owned())),
        None => Err(r.error("not a stratum label")),
    }
}

/// Reads `town=… class=… name=…`: each field at most once, in their order.
pub(crate) fn read_shown(r: &Reader<'_>, mut rest: &str) -> Read<Vec<(PublicField, String)>> {
    let mut shown = Vec::new();
    for field in PublicField::ALL {
        let value = rest.strip_prefix(field.key()).and_then(|after| after.strip_prefix('='));
        let Some(value) = value else { continue };
        let split = if *field == PublicField::Name { None } else { value.split_once(' ') };
        let (value, after) = split.unwrap_or((value, ""));
        if value.is_empty() || value.starts_with(' ') {
            return Err(r.error("a published field has no value"));
        }
        shown.push((*field, value.to_owned()));
        rest = after;
    }
    if rest.is_empty() { Ok(shown) } else { Err(r.error("unknown or misplaced published field")) }
}

impl TableLine for UnitLine {
    const TABLE: &'static str = "yaohao/units/v1";
    const LINE: &'static str = "yaohao/unit/v1";

    fn line(&self) -> String {
        let mut line = String::with_capacity(240);
        let shown = self.shown.iter().map(|(field, value)| (*field, value.as_str()));
        write_unit(
            &mut line,
            &self.id,
            self.standing.as_result(),
            (&self.attributes, self.docket.as_ref()),
            shown,
        );
        line
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let mut parts = line.splitn(5, ' ');
        let mut next = || parts.next().ok_or_else(|| r.error("too few fields"));
        let (id, standing, attributes, docket) = (next()?, next()?, next()?, next()?);
        let standing = read_standing(r, standing)?;
        let docket = if docket == "-" { None } else { Some(r.parse(docket, "a hash")?) };
        if !is_token(id) || docket.is_some() != matches!(standing, UnitStanding::Stratum(_)) {
            return Err(r.error("not a unit line"));
        }
        Ok(UnitLine {
            id: id.to_owned(),
            standing,
            attributes: r.parse(attributes, "a hash")?,
            docket,
            shown: read_shown(r, parts.next().unwrap_or_default())?,
        })
    }
}

/// A line of inspectors.txt: `<name> <capacity> <carried> <attributes>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectorLine {
    /// Pseudonym or certificate number.
    pub name: String,
    /// Visits the inspector can take.
    pub capacity: u32,
    /// Visits carried already.
    pub carried: u32,
    /// One hash over the commitments to the hidden fields.
    pub attributes: Digest,
}

impl TableLine for InspectorLine {
    const TABLE: &'static str = "yaohao/inspectors/v1";
    const LINE: &'static str = "yaohao/inspector/v1";

    fn line(&self) -> String {
        format!("{} {} {} {}", self.name, self.capacity, self.carried, self.attributes)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [name, capacity, carried, attributes] = r.split(line)?;
        Ok(InspectorLine {
            name: person(r, name)?,
            capacity: r.number(capacity)?,
            carried: r.number(carried)?,
            attributes: r.parse(attributes, "a hash")?,
        })
    }
}
