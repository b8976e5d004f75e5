//! V04 to V09: what the commitment binds.

use super::{Loaded, Stop, Verified, agreement, ensure};
use crate::digest::{Digest, Suite};
use crate::eligibility::MAX_VISITS;
use crate::record::{self, Commit, InspectorLine, Link, Record, Rules, Sealed, Table, TableLine, Void};
use crate::said;

/// V04: the hash of commit.txt is the one announced before the draw.
pub(super) fn commitment(loaded: &Loaded<'_>) -> Verified {
    is_announced(loaded.commit()?.id(), loaded.known.commitment)
}

/// Whether a commitment is the one announced, if that is known.
pub(crate) fn is_announced(id: Digest, announced: Option<Digest>) -> Verified {
    match announced {
        None => Err(Stop::NotRun(said!(
            "未给出事先公布的承诺；本承诺为 {id}",
            "no announced commitment was given; this one is {id}"
        ))),
        Some(announced) => {
            ensure(announced == id, || {
                said!("公布的是 {announced}，这里是 {id}", "announced was {announced}, this is {id}")
            })?;
            Ok(said!("承诺 {id}", "commitment {id}"))
        }
    }
}

/// V05: the commitment names the closing document of the draw before it, and takes
/// over the units that this hands on.
pub(super) fn predecessor(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let Some(previous) = commit.previous else {
        if let Some(before) = loaded.known.predecessor.and_then(|bytes| closing(bytes).ok()) {
            let before = before.0.draw;
            return Err(Stop::Fail(said!(
                "自称首次抽取，但之前有 {before}",
                "it calls itself the first draw, but {before} came before"
            )));
        }
        ensure(commit.draw.sequence == 1, || {
            said!("不是首次抽取却未指明上一次", "it is not the first draw, yet names none before it")
        })?;
        takes_over(loaded, None)?;
        return Ok(said!("首次抽取", "the first draw"));
    };
    let Some(bytes) = loaded.known.predecessor else {
        return Err(Stop::NotRun(said!(
            "未给出上一次的结束文件",
            "the closing document before it was not given"
        )));
    };
    let digest = commit.suite.digest(&[bytes]);
    ensure(digest == previous, || {
        said!(
            "上一次的结束文件是 {digest}，承诺的是 {previous}",
            "the closing document is {digest}, committed was {previous}"
        )
    })?;
    let (link, handed_on) = closing(bytes)?;
    let (before, this) = (&link.draw, &commit.draw);
    let next = before.office == this.office
        && ((before.year == this.year && u32::from(before.sequence) + 1 == u32::from(this.sequence))
            || (before.year < this.year && this.sequence == 1));
    ensure(next, || {
        said!("编号不连续：{before} 之后是 {this}", "numbers do not follow: {before}, then {this}")
    })?;
    takes_over(loaded, handed_on)?;
    Ok(said!("承接 {before}", "follows {before}"))
}

/// Whether the commitment carries over exactly what the draw before hands on. Its root
/// is by the suite of that draw, which may be another one: then the table itself is
/// held against it.
fn takes_over(loaded: &Loaded<'_>, handed_on: Option<Sealed>) -> Result<(), Stop> {
    let commit = loaded.commit()?;
    let carried = commit.carried;
    let same = carried == handed_on
        || match (carried, handed_on) {
            (Some(_), Some(bound)) => {
                let table = loaded.carried()?;
                let mut others = Suite::ALL.iter().filter(|suite| **suite != commit.suite);
                others.any(|suite| table.sealed(*suite) == bound)
            }
            _ => false,
        };
    ensure(same, || match handed_on {
        Some(Sealed { root, count }) => said!(
            "作废的上一次抽取带来 {count} 家（树根 {root}），承诺没有照样带入",
            "the voided draw before hands on {count} units, root {root}; the commitment does not carry them over"
        ),
        None => said!(
            "上一次抽取没有带来单位，承诺却写有带入的单位",
            "the draw before hands no units on, but the commitment carries some over"
        ),
    })
}

/// What a closing document starts with, and the units it hands on.
fn closing(bytes: &[u8]) -> Result<(Link, Option<Sealed>), Stop> {
    let closing = Record::read(bytes).map(|record| (record.link, None));
    let closing = closing.or_else(|_| Void::read(bytes).map(|void| (void.link, void.drawn)));
    closing.map_err(|_| Stop::Fail(said!("上一次的结束文件无法读取", "the closing document cannot be read")))
}

/// V06: policy.toml is the one committed, and the commitment says what it says.
pub(super) fn policy(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let Some(bytes) = loaded.folder.get(record::POLICY) else {
        return Err(Stop::NotRun(said!("还没有 policy.toml", "there is no policy.toml yet")));
    };
    let (digest, hash) = (commit.suite.digest(&[bytes]), commit.suite.hash_name());
    ensure(digest == commit.policy, || {
        said!("policy.toml 的 {hash} 不是承诺的值", "the {hash} of policy.toml is not the one committed")
    })?;
    let rules = loaded.rules()?;
    if let Some(part) = disagreement(commit, rules) {
        return Err(Stop::Fail(said!(
            "承诺中的 {part} 与方案不一致",
            "`{part}` in the commitment is not as the policy says"
        )));
    }
    Ok(said!("{hash} {digest}", "{hash} {digest}"))
}

/// The first part of the commitment that does not follow from the policy: of what every
/// commitment has, then of what only this kind has.
fn disagreement(commit: &Commit, rules: &Rules) -> Option<&'static str> {
    let open_by = commit.window.last.plus_days(i64::from(rules.open_within_days));
    let agreements = [
        ("mode", commit.mode == rules.mode),
        ("open-by", commit.open_by == open_by),
        ("days", commit.schedule.is_some() == rules.schedule),
        ("team", commit.teams == rules.teams),
        ("exchange", commit.exchange == rules.exchange),
        ("bands", commit.bands == rules.bands),
    ];
    let own = agreements.into_iter().find(|(_, agrees)| !agrees).map(|(part, _)| part);
    agreement::disagreement(&commit.demand(), (&commit.draw.office, commit.close_by, &commit.quotas), rules)
        .or(own)
}

/// V07: items.txt is the one committed.
pub(super) fn items(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    loaded.items()?;
    let bytes = loaded.folder.get(record::ITEMS).unwrap_or_default();
    let (digest, hash) = (commit.suite.digest(&[bytes]), commit.suite.hash_name());
    ensure(digest == commit.items, || {
        said!("items.txt 的 {hash} 不是承诺的值", "the {hash} of items.txt is not the one committed")
    })?;
    Ok(said!("{hash} {digest}", "{hash} {digest}"))
}

/// V08: units.txt has the committed root and count; ids rise, so none is there twice.
pub(super) fn units(loaded: &Loaded<'_>) -> Verified {
    let (commit, units) = (loaded.commit()?, loaded.units()?);
    let unsorted = units.lines.windows(2).find(|pair| pair[0].id >= pair[1].id);
    if let Some(pair) = unsorted {
        let id = &pair[1].id;
        return Err(Stop::Fail(said!("{id} 重复或次序不对", "{id} is there twice or out of order")));
    }
    bound(units, (commit.suite, &commit.units), record::UNITS)
}

/// V09: inspectors.txt has the committed root and count; no name is there twice;
/// nobody carries or can take more than pairing allows for.
pub(super) fn inspectors(loaded: &Loaded<'_>) -> Verified {
    let (commit, inspectors) = (loaded.commit()?, loaded.inspectors()?);
    let mut names: Vec<&str> = inspectors.lines.iter().map(|line| line.name.as_str()).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let name = pair[0];
        return Err(Stop::Fail(said!("{name} 出现了两次", "{name} is there twice")));
    }
    let most = |line: &InspectorLine| line.carried.max(line.capacity);
    if let Some(line) = inspectors.lines.iter().find(|line| most(line) > MAX_VISITS) {
        let (name, most) = (&line.name, most(line));
        return Err(Stop::Fail(said!(
            "{name} 已承担或可承担 {most} 次，超出范围",
            "{name} carries or can take {most} visits, out of range"
        )));
    }
    bound(inspectors, (commit.suite, &commit.inspectors), record::INSPECTORS)
}

fn bound<L: TableLine>(table: &Table<L>, (suite, committed): (Suite, &Sealed), file: &str) -> Verified {
    let (found, wanted) = (table.lines.len() as u64, committed.count);
    ensure(found == wanted, || {
        said!(
            "{file} 有 {found} 行，承诺的是 {wanted} 行",
            "{file} has {found} lines, committed were {wanted}"
        )
    })?;
    let root = table.root(suite);
    ensure(root == committed.root, || {
        said!("{file} 的树根不是承诺的值", "the root of {file} is not the one committed")
    })?;
    Ok(said!("{found} 行，树根 {root}", "{found} lines, root {root}"))
}
