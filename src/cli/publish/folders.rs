//! Is every folder the one of its draw, with the files that were published? What is
//! signed into the log can never be taken back, so this is asked before.

use crate::audit::is_draw;
use crate::lang::Said;
use crate::log::documents;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit, Link};
use crate::said;
use crate::store::{DrawFolder, draw_folders};
use crate::verify::{Folder, Known, Loaded, mismatch};
use std::collections::BTreeMap;
use std::path::Path;

/// Folders that hold a draw and do not bear its number, mostly copies: name, and the
/// folder of that draw.
pub fn misplaced(public: &Path) -> Outcome<BTreeMap<String, String>> {
    if !public.exists() {
        return Ok(BTreeMap::new());
    }
    let number = |name: String| {
        let bytes = std::fs::read(public.join(&name).join(record::COMMIT)).ok()?;
        let right = Commit::read(&bytes).ok()?.draw.folder();
        (right != name).then_some((name, right))
    };
    Ok(draw_folders(public)?.into_iter().filter_map(number).collect())
}

/// Says which folder is in the way, and what to do with it.
pub fn in_the_way(misplaced: &BTreeMap<String, String>) -> Outcome<()> {
    let Some((name, right)) = misplaced.first_key_value() else { return Ok(()) };
    let count = misplaced.len();
    let more = match count {
        1 => said!("", ""),
        _ => said!("；这样的文件夹共 {count} 个", "; {count} folders are like that"),
    };
    let Said { zh, en } = more;
    Err(Problem::new(
        Kind::State,
        said!(
            "这里放的是抽取 {right}，文件夹名与抽取编号不符（多半是副本），不公示、不记入日志{zh}",
            "this holds the draw {right}, whose number is not its name (a copy, it seems): not shown, not logged{en}"
        ),
        said!(
            "副本移出 public；如果 {right} 被改了名，就改回来；再运行 yaohao publish",
            "move a copy out of public, or give {right} its name back if it was renamed; then run yaohao publish"
        ),
    )
    .at(format!("public/{name}")))
}

/// Whether what is in a draw's folder may be signed for: all of it reads, is of this
/// draw, and fits the lists.
pub fn is_sound(draw: &DrawFolder, files: &Folder) -> Outcome<()> {
    match unsound(draw, files) {
        Some(Said { zh, en }) => Err(Problem::new(
            Kind::Unreadable,
            said!(
                "公开的文件已损坏或被改动，没有记入日志：{zh}",
                "the public files were damaged or changed; nothing was logged: {en}"
            ),
            said!(
                "从备份恢复这个文件夹，再运行 yaohao publish",
                "restore this folder from a backup, then run yaohao publish"
            ),
        )
        .at(format!("public/{}", draw.id.folder()))),
        None => Ok(()),
    }
}

fn unsound(draw: &DrawFolder, files: &Folder) -> Option<Said> {
    if !is_draw(files) {
        return None;
    }
    let given = Known::default();
    let loaded = Loaded::new(files, &given);
    if let Some((file, Said { zh, en })) = loaded.damage() {
        return Some(said!("{file}：{zh}", "{file}: {en}"));
    }
    let (commit, id) = (record::COMMIT, &draw.id);
    match loaded.commit() {
        Err(_) => return Some(said!("缺少文件 {commit}", "{commit} is missing")),
        Ok(read) if read.draw != *id => {
            let other = &read.draw;
            return Some(said!(
                "{commit} 是 {other} 的，不是 {id} 的",
                "{commit} is of {other}, not of {id}"
            ));
        }
        Ok(_) => {}
    }
    let of_another = documents(|name| files.get(name)).into_iter().find_map(|document| {
        let link = Link::of(files.get(&document.file)?)?;
        (link.draw != *id).then_some((document.file, link.draw))
    });
    if let Some((file, other)) = of_another {
        return Some(said!("{file} 是 {other} 的，不是 {id} 的", "{file} is of {other}, not of {id}"));
    }
    mismatch(&loaded)
}
