//! What is published and not in the log yet, in the one order: the office's own
//! documents, then draws by number, each with its documents in theirs, then the lists of
//! results.

use crate::digest::Digest;
use crate::lang::Said;
use crate::log::{Document, Entry, LOG_POLICY, Standing, Subject, documents, of_draw, standing};
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{RESULTS, Results};
use crate::said;
use crate::store::{Ledger, Office, ResultLists};

/// The entries that are to be appended.
///
/// # Errors
/// [`Kind::State`] if something that is in the log is no longer what was published, or a
/// folder is a copy; [`Kind::Unreadable`] if what is to be appended is damaged.
pub fn pending(office: &Office, ledger: &Ledger) -> Outcome<Vec<Entry>> {
    let (rules, _) = office.policy()?;
    let own = |entry: &&Entry| matches!(entry.subject, Subject::Office(_));
    let own = ledger.entries.iter().filter(own);
    let (lists, keys): (Vec<&Entry>, Vec<&Entry>) =
        own.partition(|entry| Results::number_of(&entry.file).is_some());
    let subject = || Subject::Office(rules.office.clone());
    let mut pending = new_ones(&own_documents(ledger)?, &numbered(&keys), "log", subject)?;
    super::folders::in_the_way(&super::folders::misplaced(&office.path("public"))?)?;
    let draws = office.draws(&rules.office)?;
    for draw in &draws {
        let files = draw.files()?;
        let documents = documents(|name| files.get(name));
        let logged = of_draw(&ledger.entries, &draw.id);
        let folder = draw.id.folder();
        let new = new_ones(&documents, &logged, &folder, || Subject::Draw(draw.id.clone()))?;
        if !new.is_empty() {
            super::folders::is_sound(draw, &files)?;
        }
        pending.extend(new);
    }
    let gone = ledger.entries.iter().find(|entry| match &entry.subject {
        Subject::Draw(id) => !draws.iter().any(|draw| draw.id == *id),
        Subject::Office(_) => false,
    });
    if let Some(entry) = gone {
        return Err(changed(&entry.file, "public"));
    }
    // Behind the draws: a list speaks of results that are public.
    let document = |list: &Results| Document { file: Results::file(list.number), hash: list.hash() };
    let documents: Vec<Document> = ResultLists::load(office)?.lists.iter().map(document).collect();
    pending.extend(new_ones(&documents, &numbered(&lists), RESULTS, subject)?);
    Ok(pending)
}

/// Entries with places that only tell their order.
fn numbered<'e>(entries: &[&'e Entry]) -> Vec<(u64, &'e Entry)> {
    (0..).zip(entries.iter().copied()).collect()
}

fn new_ones(
    documents: &[Document],
    logged: &[(u64, &Entry)],
    folder: &str,
    subject: impl Fn() -> Subject,
) -> Outcome<Vec<Entry>> {
    match standing(documents, logged) {
        Standing::Whole => Ok(Vec::new()),
        Standing::Behind(behind) => {
            let new = documents[documents.len() - behind..].iter();
            let entry = |d: &Document| Entry { subject: subject(), file: d.file.clone(), hash: d.hash };
            Ok(new.map(entry).collect())
        }
        Standing::Wrong(file) => Err(changed(&file, folder)),
    }
}

/// The log policy that the log began with; then each change of keys with the
/// policy that it brought. A change that is not installed to the end is left out.
fn own_documents(ledger: &Ledger) -> Outcome<Vec<Document>> {
    let now = ledger.file(LOG_POLICY).unwrap_or_default();
    let document = |file: &str, bytes: &[u8]| Document { file: file.to_owned(), hash: Digest::of(&[bytes]) };
    let policy = |number: u32| ledger.file(&format!("keys/key-{number:03}-policy.txt"));
    let mut found = vec![document(LOG_POLICY, policy(0).unwrap_or(now))];
    let mut last = policy(0).unwrap_or(now);
    for number in 1.. {
        let change = format!("key-{number:03}.txt");
        let Some(bytes) = ledger.file(&format!("keys/{change}")) else { break };
        let is_last = ledger.file(&format!("keys/key-{:03}.txt", number + 1)).is_none();
        let Some(new) = policy(number).filter(|new| !is_last || *new == now) else { break };
        found.extend([document(&change, bytes), document(LOG_POLICY, new)]);
        last = new;
    }
    if last == now { Ok(found) } else { Err(changed(LOG_POLICY, "log")) }
}

fn changed(file: &str, folder: &str) -> Problem {
    let Said { zh, en } = said!(
        "{file} 已不是记入日志时的那一份，或已不在",
        "{file} is no longer what was put into the log, or is gone"
    );
    Problem::new(
        Kind::State,
        said!("{zh}", "{en}"),
        said!(
            "从备份恢复公开文件夹；已公布、已记入日志的文件绝不能改",
            "restore the public folder from a backup; what is published and logged never changes"
        ),
    )
    .at(folder.to_owned())
}
