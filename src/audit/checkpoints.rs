//! A01, A03, A04 and A08: the files of the log, its signed checkpoints, the tiles below
//! them, and the witnesses.

use super::trail::{Seen, Trail, is_named};
use super::{Examined, Finding, Ground, Place, State, names};
use crate::digest::Digest;
use crate::lang::Said;
use crate::log::{CHECKPOINT, LOG_POLICY, Tree, Whole, consistency, is_consistent};
use crate::note::{Quorum, VerifierKey, Vouched};
use crate::said;
use crate::time::Moment;
use std::collections::BTreeMap;

/// Runs a check of the log, or says that there is none.
pub(super) fn with_log(ground: &Ground<'_>, examine: impl FnOnce(&Trail<'_>) -> Examined) -> Examined {
    match &ground.trail {
        Some(trail) => examine(trail),
        None => Examined::NotRun(said!("没有日志", "there is no log")),
    }
}

/// Runs a check of the entries, which are there if the tiles lead to the root.
pub(super) fn with_entries(ground: &Ground<'_>, examine: impl FnOnce(&Trail<'_>) -> Examined) -> Examined {
    with_log(ground, |trail| match trail.texts {
        Ok(_) => examine(trail),
        Err(_) => {
            Examined::NotRun(said!("日志的条目读不出来，见 A04", "the entries cannot be read, see A04"))
        }
    })
}

pub(super) fn at(file: &str) -> Place {
    Place::Log(file.to_owned())
}

/// A01: the files are those of a log, and there is a log if a commitment names one.
pub(super) fn files(ground: &Ground<'_>) -> Examined {
    let mut findings = Vec::new();
    let Some(trail) = &ground.trail else {
        for (index, _) in ground
            .cases
            .iter()
            .enumerate()
            .filter(|(_, case)| case.commit.as_ref().is_some_and(|c| c.log.is_some()))
        {
            let gone =
                said!("承诺写明了日志，这里却没有日志", "the commitment names a log, and there is none here");
            findings.push(Finding::fault(Place::Draw(index), gone));
        }
        let none = said!("没有日志", "there is no log");
        return if findings.is_empty() { Examined::NotRun(none) } else { Examined::Done(none, findings) };
    };
    for file in [CHECKPOINT, LOG_POLICY].into_iter().filter(|file| !trail.files.contains_key(*file)) {
        findings.push(Finding::fault(at(file), said!("缺少 {file}", "{file} is missing")));
    }
    for file in trail.files.keys().filter(|file| !names::is_known(file)) {
        findings.push(Finding::fault(
            at(file),
            said!("日志里没有叫这个名字的文件", "a log has no file of that name"),
        ));
    }
    let count = trail.files.len();
    Examined::Done(said!("{count} 个文件", "{count} files"), findings)
}

/// A03: every checkpoint is signed by the log under the policy in force, has the root
/// of the tree at its size, and is proven to continue the one before it.
pub(super) fn checkpoints(ground: &Ground<'_>) -> Examined {
    with_log(ground, |trail| {
        let mut findings: Vec<Finding> = trail
            .damaged
            .iter()
            .map(|(file, error)| {
                let Said { zh, en } = error.said();
                Finding::fault(at(file), said!("读不懂：{zh}", "it cannot be read: {en}"))
            })
            .collect();
        let fetch = |path: &str| trail.files.get(path).cloned();
        let tree = Tree::unchecked(trail.suite, trail.size, &fetch).ok().filter(|_| trail.texts.is_ok());
        for seen in &trail.seen {
            findings.extend(unsigned(seen));
            if let Some(tree) = &tree {
                findings.extend(misplaced(trail, tree, seen));
            }
        }
        findings.extend(same_size(trail));
        let proofs = tree.map_or(0, |tree| proofs(trail, &tree, &mut findings));
        let count = trail.seen.len();
        let evidence = said!(
            "{count} 个检查点，{proofs} 份一致性证明成立（RFC 6962）",
            "{count} checkpoints, {proofs} consistency proofs hold (RFC 6962)"
        );
        Examined::Done(evidence, findings)
    })
}

/// What is wrong with the signatures of a checkpoint.
fn unsigned(seen: &Seen) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut fault = |evidence| findings.push(Finding::fault(at(&seen.file), evidence));
    if !seen.judged.log_signed {
        fault(said!("没有当时日志密钥的签名", "the log's key in force has not signed it"));
    }
    if !seen.judged.forged.is_empty() {
        let Said { zh, en } = Said::list(&seen.judged.forged);
        fault(said!("{zh} 的签名是假的", "false signatures of {en}"));
    }
    // The office itself chose what stands below its checkpoints.
    if !seen.brought && !seen.strangers.is_empty() {
        let Said { zh, en } = Said::list(&seen.strangers);
        fault(said!("有日志规则不认识的签名：{zh}", "signatures that no log policy knows: {en}"));
    }
    findings
}

/// A signed checkpoint that is not of this tree: two histories.
fn misplaced(trail: &Trail<'_>, tree: &Tree<'_>, seen: &Seen) -> Option<Finding> {
    let (size, root) = (seen.signed.checkpoint.size, seen.signed.checkpoint.root);
    let place = at(&seen.file);
    if !seen.brought && !is_named(&seen.file, size) {
        return Some(Finding::fault(
            place,
            said!("里面的检查点是 {size} 条的", "it holds the checkpoint of {size} entries"),
        ));
    }
    if size > trail.size {
        let now = trail.size;
        let back = said!(
            "已签名的检查点有 {size} 条，日志只有 {now} 条",
            "a signed checkpoint has {size} entries, the log has {now}"
        );
        let signed = seen.brought && seen.judged.log_signed;
        return Some(if signed {
            Finding::fault(place, back).with(State::Fork)
        } else {
            Finding::note(place, back)
        });
    }
    let here = tree.root_of(size).ok()?;
    let forked = || {
        said!(
            "{size} 条的树根签的是 {root}，这个日志的是 {here}",
            "it signs the root {root} for {size} entries, this log has {here}"
        )
    };
    (here != root).then(|| Finding::fault(place, forked()).with(State::Fork))
}

/// Two signed roots for one size, whatever the tiles say.
fn same_size(trail: &Trail<'_>) -> Vec<Finding> {
    let mut roots: BTreeMap<u64, (&str, Digest)> = BTreeMap::new();
    let mut findings = Vec::new();
    for seen in trail.seen.iter().filter(|seen| seen.judged.log_signed) {
        let (size, root) = (seen.signed.checkpoint.size, seen.signed.checkpoint.root);
        let (other, first) = *roots.entry(size).or_insert((&seen.file, root));
        if first != root {
            let forked = said!(
                "日志为同样 {size} 条签了两个树根：{other} 的 {first}，和这里的 {root}",
                "the log signed two roots for {size} entries: {first} in {other}, and {root} here"
            );
            findings.push(Finding::fault(at(&seen.file), forked).with(State::Fork));
        }
    }
    findings
}

/// The proofs between each two checkpoints in a row, and so between any two; how many hold.
fn proofs(trail: &Trail<'_>, tree: &Tree<'_>, findings: &mut Vec<Finding>) -> usize {
    let mut held = 0;
    let signed: Vec<&Seen> = trail.sound().collect();
    for pair in signed.windows(2) {
        let [old, new] = [pair[0], pair[1]].map(|seen| &seen.signed.checkpoint);
        let proof = consistency(tree, old.size, new.size);
        let holds = proof.is_ok_and(|proof| {
            is_consistent(trail.suite, (old.size, old.root), (new.size, new.root), &proof)
        });
        held += usize::from(holds);
        if !holds {
            let (file, old) = (&pair[0].file, old.size);
            let broken = said!(
                "证明不了它接续 {file}（{old} 条）",
                "it is not proven to continue {file} ({old} entries)"
            );
            findings.push(Finding::fault(at(&pair[1].file), broken).with(State::Fork));
        }
    }
    held
}

/// A04: tiles and bundles are, to the byte, what the entries make them.
pub(super) fn tiles(ground: &Ground<'_>) -> Examined {
    with_log(ground, |trail| {
        let texts = match &trail.texts {
            Ok(texts) => texts,
            Err(unsound) => {
                let fault = Finding::fault(at("tile"), unsound.said());
                return Examined::Done(said!("日志读不出来", "the log cannot be read"), vec![fault]);
            }
        };
        let whole = Whole::new(trail.suite, texts);
        let mut wanted = whole.files(trail.size).unwrap_or_default();
        // The partial tiles of every size that was signed may lie there still.
        let sizes = trail.sound().filter(|seen| !seen.brought).map(|seen| seen.signed.checkpoint.size);
        let edges = sizes.filter_map(|size| whole.edge(size).ok());
        let mut allowed: BTreeMap<String, Vec<u8>> = edges.flatten().collect();
        allowed.append(&mut wanted);
        let mut findings = Vec::new();
        let tiles = || trail.files.iter().filter(|(file, _)| file.starts_with("tile/"));
        for (file, bytes) in tiles() {
            match allowed.get(file) {
                Some(right) if right == bytes => {}
                Some(_) => findings.push(Finding::fault(
                    at(file),
                    said!("与日志条目算出的不符", "it is not what the entries make it"),
                )),
                None => findings.push(Finding::note(
                    at(file),
                    said!("没有签过的检查点用到它", "no signed checkpoint needs it"),
                )),
            }
        }
        let (count, size) = (tiles().count(), trail.size);
        Examined::Done(
            said!("{size} 条日志，{count} 个瓦片文件", "{size} entries, {count} files of tiles"),
            findings,
        )
    })
}

/// A08: who has cosigned what when, and whether it was enough.
pub(super) fn witnesses(ground: &Ground<'_>) -> Examined {
    with_log(ground, |trail| {
        let mut findings = Vec::new();
        // A policy may call another witness by a name that an earlier one gave away.
        let mut last: BTreeMap<&VerifierKey, (u64, Moment)> = BTreeMap::new();
        let (mut reached, mut asked) = (0, 0);
        for seen in trail.sound().filter(|seen| !seen.brought) {
            let size = seen.signed.checkpoint.size;
            asked += usize::from(seen.judged.quorum != Quorum::NotAsked);
            reached += usize::from(seen.judged.quorum.time().is_some());
            for Vouched { name, key, time } in &seen.judged.witnesses {
                if let Some((before, earlier)) =
                    last.get(key).filter(|(before, earlier)| *before < size && earlier > time)
                {
                    let back = said!(
                        "{name} 在 {earlier} 已见证 {before} 条，却在更早的 {time} 见证了 {size} 条",
                        "{name} vouched for {before} entries at {earlier}, and for {size} at {time}, which is earlier"
                    );
                    findings.push(Finding::fault(at(&seen.file), back));
                }
                last.insert(key, (size, *time));
            }
        }
        let head = trail.sound().filter(|seen| !seen.brought).last();
        if let Some(head) = head.filter(|head| head.judged.quorum == Quorum::Missing) {
            let waiting = said!(
                "最新的检查点还没有经过足够的见证",
                "not enough witnesses have seen the latest checkpoint yet"
            );
            findings.push(Finding::note(at(&head.file), waiting));
        }
        let evidence = match (asked, trail.latest()) {
            (0, _) => said!("日志规则不要求见证", "the log policy asks for no witness"),
            (_, None) => said!(
                "{asked} 个检查点都没有经过足够的见证",
                "none of {asked} checkpoints was seen by enough witnesses"
            ),
            (_, Some(latest)) => said!(
                "{asked} 个检查点中 {reached} 个经过足够的见证，最近一次 {latest}",
                "{reached} of {asked} checkpoints were seen by enough witnesses, the latest at {latest}"
            ),
        };
        Examined::Done(evidence, findings)
    })
}
