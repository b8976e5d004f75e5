//! What a simulation reads beside the scenario, and what it leaves behind.

use super::args::SimulateArgs;
use super::suggest;
use crate::cli::console::Console;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::simulate::{Study, Suggested, page, tables};
use crate::store::{Audience, Office, read_text, replace, system_error};
use crate::zoning::Map;
use std::path::Path;

/// Whether everything can be saved where it is wanted: asked before anything is run.
pub fn check(args: &SimulateArgs) -> Outcome<()> {
    let is_page = |path: &Path| path.extension().is_some_and(|found| found.eq_ignore_ascii_case("html"));
    if let Some(path) = args.html.as_deref().filter(|path| !is_page(path)) {
        return Err(Problem::new(
            Kind::Usage,
            said!("网页的文件名要以 .html 结尾", "the name of the page has to end with .html"),
            said!("改文件名的结尾", "name the file so"),
        )
        .at(path.display().to_string()));
    }
    let folder = args.html.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(Problem::new(
            Kind::Unreadable,
            said!("没有这个文件夹", "there is no such folder"),
            said!("先新建，或换一个地方", "make it first, or name another place"),
        )
        .at(folder.display().to_string()));
    }
    args.csv.as_deref().map_or(Ok(()), |folder| {
        std::fs::create_dir_all(folder).map_err(|error| {
            let Said { zh, en } = match folder.is_file() {
                true => said!("这里已有同名的文件", "there is a file of this name"),
                false => system_error(&error),
            };
            Problem::new(
                Kind::Unreadable,
                said!("{zh}，不能新建文件夹", "{en}, so that no folder can be made"),
                said!("换一个地方", "name another place"),
            )
            .at(folder.display().to_string())
        })
    })
}

/// Which towns are neighbours.
pub fn map(office: &Office, args: &SimulateArgs) -> Outcome<Map> {
    let path = args.map.clone().unwrap_or_else(|| office.path(Path::new("map.toml")));
    suggest::map(&path.display().to_string(), &read_text(&path)?)
}

/// Saves page and tables, as far as they are wanted. They are for the office.
pub fn save(
    study: &Study,
    people: &[String],
    suggestion: Option<&Suggested>,
    args: &SimulateArgs,
    console: &Console,
) -> Outcome<()> {
    if let Some(path) = &args.html {
        replace(path, page(study, console.lang, people, suggestion).as_bytes(), Audience::Office)?;
        written(path, console);
    }
    if let Some(folder) = &args.csv {
        for (name, bytes) in tables(study, people) {
            replace(&folder.join(name), &bytes, Audience::Office)?;
        }
        written(folder, console);
    }
    Ok(())
}

fn written(path: &Path, console: &Console) {
    let path = path.display();
    console.say(said!("已写 {path}", "{path} is written"));
}
