//! V25: the office's nonce can be recovered without the office, and what is
//! published sealed is the result (docs/spec/escrow.md).

use super::{Loaded, Stop, Verified, ensure};
use crate::lang::Said;
use crate::policy::EscrowRule;
use crate::record::{self, Commit, Envelope, Mode, ReplaceFile, SEAL, room_of_change};
use crate::said;
use crate::seed::{Escrow, Nonce, point_commitment};

/// V25.
pub(super) fn escrow(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let rules = loaded.committed_rules()?;
    let recorded = loaded.folder.get(record::RECORD).map(|_| loaded.record()).transpose()?;
    let opening = loaded.folder.get(record::OPEN).map(|_| loaded.opening()).transpose()?;
    // Whatever is missing comes before whatever is wrong.
    let sealed = match (&commit.escrow, recorded) {
        (Some(_), Some(_)) => sealed(loaded, commit, opening.is_some())?,
        _ => Vec::new(),
    };
    let rule = rules.escrow.as_ref().filter(|_| commit.mode == Mode::Sealed);
    ensure(rule.is_some() == commit.escrow.is_some(), || {
        said!("承诺里的托管与方案不一致", "the commitment has an escrow, or has none, against the policy")
    })?;
    let hash = recorded.and_then(|record| record.sealed);
    ensure(recorded.is_none() || hash.is_some() == commit.escrow.is_some(), || {
        said!("记录里的 sealed 与托管不一致", "the record has `sealed`, or has none, against the escrow")
    })?;
    let (Some(rule), Some(escrow)) = (rule, &commit.escrow) else {
        return Ok(said!("方案没有要求", "the policy does not ask for it"));
    };
    points(commit, escrow, rule)?;
    if let (Some(hash), Some(result)) = (hash, sealed.first()) {
        ensure(commit.suite.digest(&[result.bytes]) == hash, || {
            said!("sealed.bin 不是记录绑定的那一份", "sealed.bin is not the one the record binds")
        })?;
    }
    for file in &sealed {
        file.has_its_length(escrow, commit)?;
        if let Some(opening) = opening {
            file.opens(commit, opening.nonces.first().map(|(_, nonce)| nonce))?;
        }
    }
    Ok(found(escrow, sealed.len(), opening.is_some()))
}

/// Points, threshold and custodians, and that they belong to the office's nonce.
fn points(commit: &Commit, escrow: &Escrow, rule: &EscrowRule) -> Result<(), Stop> {
    ensure(escrow.threshold() == rule.threshold as usize && escrow.custodians == rule.custodians, || {
        said!("保管人或打开所需的方数与方案不一致", "custodians or threshold are not as the policy says")
    })?;
    ensure(escrow.is_sound(commit.suite), || {
        said!("托管的点不是群里的点", "a point of the escrow is not a point of the group")
    })?;
    let office = commit.parties.first().zip(escrow.points.first());
    let bound = office.is_some_and(|((party, commitment), point)| {
        point_commitment(commit.suite, &commit.draw, party, point) == *commitment
    });
    ensure(bound, || {
        said!(
            "托管的不是第一方承诺的随机数",
            "what is in escrow is not the nonce that the first party committed to"
        )
    })
}

/// A sealed file with the names and bytes of what it should hold, as far as that is public.
struct SealedFile<'b> {
    name: String,
    bytes: &'b [u8],
    inside: Vec<(String, &'b [u8])>,
}

/// Everything sealed, the result first.
fn sealed<'b>(loaded: &'b Loaded<'_>, commit: &Commit, opened: bool) -> Result<Vec<SealedFile<'b>>, Stop> {
    let bytes = |name: &str| {
        let missing = || Stop::NotRun(said!("还没有 {name}", "there is no {name} yet"));
        loaded.folder.get(name).ok_or_else(missing)
    };
    let file = |name: String, inside: Vec<String>| -> Result<SealedFile<'b>, Stop> {
        let inside = if opened { inside } else { Vec::new() };
        let inside = inside.into_iter().map(|name| Ok((name.clone(), bytes(&name)?)));
        Ok(SealedFile { bytes: bytes(&name)?, name, inside: inside.collect::<Result<_, Stop>>()? })
    };
    let tables = commit.result().iter().map(|name| (*name).to_owned()).collect();
    let mut files = vec![file(record::SEALED_RESULT.to_owned(), tables)?];
    for number in loaded.late.keys() {
        for [text, list, sealed] in ReplaceFile::DOCUMENTS.map(|files| files.map(|file| file.name(*number))) {
            if commit.escrow.is_some() && loaded.folder.get(&list).is_some() {
                files.push(file(sealed, vec![text])?);
            }
        }
    }
    Ok(files)
}

impl SealedFile<'_> {
    /// Whether its length is the one that was fixed before there was anything to hide.
    fn has_its_length(&self, escrow: &Escrow, commit: &Commit) -> Result<(), Stop> {
        let result = self.name == record::SEALED_RESULT;
        let room = if result { escrow.room } else { room_of_change(commit.chains.len()) };
        let name = &self.name;
        ensure(self.bytes.len() as u64 == room + SEAL, || {
            said!("{name} 的长度不是规定的长度", "{name} has not the length it should have")
        })
    }

    /// Whether the opened nonce opens it to what was published.
    fn opens(&self, commit: &Commit, nonce: Option<&Nonce>) -> Result<(), Stop> {
        let names: Vec<&str> = self.inside.iter().map(|(name, _)| name.as_str()).collect();
        let open =
            |nonce| Envelope::new(commit.suite, &commit.id(), &self.name, nonce).open(self.bytes, &names);
        let held = nonce.and_then(open);
        let same = held.is_some_and(|held| held.iter().eq(self.inside.iter().map(|(_, bytes)| bytes)));
        let name = &self.name;
        ensure(same, || {
            said!(
                "公开的随机数打不开 {name}，或里面不是公布的内容",
                "the opened nonce does not open {name}, or it does not hold what was published"
            )
        })
    }
}

fn found(escrow: &Escrow, sealed: usize, opened: bool) -> Said {
    let (threshold, count) = (escrow.threshold(), escrow.custodians.len());
    let Said { zh, en } = match (sealed, opened) {
        (0, _) => said!("", ""),
        (n, false) => said!("；{n} 份密封文件", "; {n} sealed files"),
        (n, true) => {
            said!("；{n} 份密封文件打开后与公布的一致", "; {n} sealed files hold what was published")
        }
    };
    said!(
        "{count} 方保管，任意 {threshold} 方可打开{zh}",
        "{threshold} of {count} custodians can open it{en}"
    )
}
