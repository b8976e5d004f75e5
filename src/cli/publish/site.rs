//! The site: every draw is read, made into pages and forgotten, one after the other.

use super::folders;
use crate::audit::is_draw;
use crate::cli::console::Console;
use crate::cli::init::REFERENCE;
use crate::clock;
use crate::digest::Digest;
use crate::lang::{Said, counted};
use crate::problem::{Kind, Outcome, Problem};
use crate::record::RESULTS;
use crate::said;
use crate::site::{
    Facts, Files, Ground, ListsView, LogView, MARK, START, common, hashed, of_draw, of_unreadable,
};
use crate::store::{
    LOG, Office, SiteFolder, VERIFIER, draw_folders, folder_of, log_files, result_files, verifier_files,
};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What was written.
pub struct Written {
    /// All files of the site.
    files: usize,
    /// Those that are new or were changed.
    changed: usize,
    draws: usize,
    /// Folders of draws that cannot be read, and why.
    unreadable: Vec<(String, Said)>,
    /// Folders that are left out: copies of draws, or draws under another name.
    misplaced: BTreeMap<String, String>,
}

/// Makes the site of the office's public folder.
pub fn write(office: &Office) -> Outcome<Written> {
    let public = office.path("public");
    let ground = ground(office, &public)?;
    std::fs::create_dir_all(&public).map_err(|error| crate::store::unreadable(&public, &error))?;
    let folder = SiteFolder::open(&public)?;
    let misplaced = folders::misplaced(&public)?;
    // First of all, the file that says whose folder this is.
    let mut changed = usize::from(folder.put(MARK.0, MARK.1.as_bytes())?);
    let one = |name: &String| -> Outcome<Option<(Facts, Put)>> {
        let (files, facts) = match folder_of(&public.join(name)) {
            Ok(files) if is_draw(&files) => of_draw(name, &files, &ground),
            Ok(_) => return Ok(None),
            Err(problem) => of_unreadable(name, problem.what, &ground),
        };
        Ok(Some((facts, put(&folder, &files)?)))
    };
    let mut names = draw_folders(&public)?;
    names.retain(|name| !misplaced.contains_key(name));
    let made: Vec<Option<(Facts, Put)>> = names.par_iter().map(one).collect::<Outcome<_>>()?;
    let (facts, puts): (Vec<Facts>, Vec<Put>) = made.into_iter().flatten().unzip();
    let unreadable = facts.iter().filter_map(|f| Some((f.folder.clone(), f.known.as_ref().err()?.clone())));
    let (unreadable, draws) = (unreadable.collect(), facts.len());
    let last = put(&folder, &common(facts, &ground))?;
    let mut kept = BTreeSet::new();
    for (names, new) in puts.into_iter().chain([last]) {
        kept.extend(names);
        changed += new;
    }
    folder.keep_only(&kept)?;
    Ok(Written { files: kept.len(), changed, draws, unreadable, misplaced })
}

/// The names of files, and how many of them have changed.
type Put = (BTreeSet<String>, usize);

fn put(folder: &SiteFolder, files: &Files) -> Outcome<Put> {
    let mut changed = 0;
    for (path, bytes) in files {
        changed += usize::from(folder.put(path, bytes)?);
    }
    Ok((files.keys().cloned().collect(), changed))
}

fn ground(office: &Office, public: &Path) -> Outcome<Ground> {
    let presentation = office.settings.site.clone();
    let is_address = |url: &String| ["https://", "http://"].iter().any(|start| url.starts_with(start));
    if let Some(url) = presentation.url.as_ref().filter(|url| !is_address(url)) {
        return Err(Problem::new(
            Kind::Policy,
            said!("[site] 的 url 不是网址：{url}", "the url of [site] is no address: {url}"),
            said!("写成 https://…，或不写", "write it like https://…, or leave it out"),
        )
        .at("office.toml"));
    }
    let log = log_files(&public.join(LOG))?;
    let own_page = REFERENCE.iter().find(|(name, _)| name.ends_with(".html"));
    Ok(Ground {
        now: clock::now(),
        verifier: hashed(&verifier_files(&public.join(VERIFIER))?),
        log_files: hashed(&log),
        own_page: own_page.map(|(_, text)| Digest::of(&[text.as_bytes()])),
        log: LogView::read(&log),
        lists: ListsView::read(&result_files(&public.join(RESULTS))?),
        presentation,
    })
}

impl Written {
    /// Says what was written, and where.
    pub fn say(&self, office: &Office, console: &Console) {
        let (draws, files, changed) = (self.draws, self.files, self.changed);
        let counted = counted(draws as u64, "draw");
        let start = office.path("public").join(START);
        let start = start.display();
        console.say(said!(
            "公示网站：{draws} 次抽取，{files} 个文件（更新 {changed} 个），从 {start} 打开；把 public 整个文件夹放到网站上或 U 盘里即可",
            "Site: {counted}, {files} files ({changed} updated), begins at {start}; put the whole folder public on a web server or a USB stick"
        ));
    }

    pub fn data(&self, console: &Console) -> Value {
        let unreadable = self.unreadable.iter();
        let unreadable: Vec<Value> =
            unreadable.map(|(name, why)| json!({ "folder": name, "why": console.text(why) })).collect();
        let misplaced: Vec<&String> = self.misplaced.keys().collect();
        json!({
            "draws": self.draws, "files": self.files, "changed": self.changed,
            "unreadable": unreadable, "misplaced": misplaced,
        })
    }

    /// Whether every draw could be read; the others have their pages all the same.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] with the first that could not; [`Kind::State`] if a folder
    /// was left out.
    pub fn broken(&self) -> Outcome<()> {
        let Some((name, Said { zh, en })) = self.unreadable.first() else {
            return folders::in_the_way(&self.misplaced);
        };
        let (count, counted) = (self.unreadable.len(), counted(self.unreadable.len() as u64, "draw"));
        Err(Problem::new(
            Kind::Unreadable,
            said!(
                "{count} 次抽取的公开文件已损坏或被改动，其页面只说明这一点：{zh}",
                "the public files of {counted} are damaged or were changed, and their pages say no more: {en}"
            ),
            said!(
                "从备份恢复这个文件夹，再运行 yaohao publish；yaohao audit 说明还有什么不对",
                "restore the public folder from a backup and run yaohao publish again; yaohao audit says what else is wrong"
            ),
        )
        .at(format!("public/{name}")))
    }
}
