//! The lines of commit.txt about the shares of the office's nonce.

use crate::digest::Suite;
use crate::group::Group;
use crate::ids::is_key;
use crate::seed::{CUSTODIANS, Escrow};
use crate::text::{Read, Reader, Writer};
use std::collections::BTreeSet;

/// Room is a power of two in this range, so that its exact need tells nothing.
const LEAST_ROOM: u64 = 1 << 12;
const MOST_ROOM: u64 = 1 << 32;

/// The room for so many bytes; `None` if they are too many.
pub fn room_for(bytes: u64) -> Option<u64> {
    let room = bytes.max(LEAST_ROOM).checked_next_power_of_two()?;
    (room <= MOST_ROOM).then_some(room)
}

pub(super) fn write(text: &mut Writer, escrow: &Escrow) {
    text.field("escrow", format!("{} {}", escrow.threshold(), escrow.points.join(" ")));
    for custodian in &escrow.custodians {
        text.field("custodian", custodian);
    }
    text.field("room", escrow.room);
}

pub(super) fn read(r: &mut Reader<'_>, suite: Suite) -> Read<Option<Escrow>> {
    let Some(text) = r.optional("escrow")? else { return Ok(None) };
    let mut fields = text.split(' ');
    let threshold: usize = r.number(fields.next().unwrap_or_default())?;
    let points: Vec<String> = fields.map(str::to_owned).collect();
    let digits = Group::of(suite).point_digits();
    let hex = |point: &String| {
        point.len() == digits && point.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    if !points.iter().all(hex) || points.len() != threshold {
        return Err(r.error("not the points of an escrow"));
    }
    let custodians = r.each("custodian", |r, text| {
        is_key(text).then(|| text.to_owned()).ok_or_else(|| r.error("not a custodian"))
    })?;
    let different = custodians.iter().collect::<BTreeSet<_>>().len() == custodians.len();
    let fits = threshold <= custodians.len()
        && [threshold, custodians.len()].iter().all(|number| CUSTODIANS.contains(number));
    if !different || !fits {
        return Err(r.error("not the custodians of an escrow"));
    }
    let text = r.field("room")?;
    let room: u64 = r.number(text)?;
    if !room.is_power_of_two() || !(LEAST_ROOM..=MOST_ROOM).contains(&room) {
        return Err(r.error("not the room of sealed results"));
    }
    Ok(Some(Escrow { points, custodians, room }))
}
