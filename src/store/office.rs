//! An office folder: its settings, its registers, its draws.

use super::draws::DrawFolder;
use super::durable::{Audience, read, read_text, replace, unreadable};
use super::log::LogSettings;
use super::roles::{DelegatedTown, PeopleSettings};
use crate::calendar::Calendar;
use crate::config::Source;
use crate::ids::DrawId;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::{Entry, TableMapping};
use crate::register::{Inspector, Item, Recusal, Register, Unit, canonical};
use crate::said;
use crate::site::Presentation;
use crate::task::clocks::Periods;
use serde::Deserialize;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// office.toml: paths and headings, nothing that changes a result.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The policy file, relative to the office folder.
    pub policy: PathBuf,
    /// The working calendar, relative to the office folder; calendar.toml if it is not said.
    pub calendar: Option<PathBuf>,
    /// The office's log, if it keeps one.
    pub log: Option<LogSettings>,
    /// 检查对象名录库.
    pub units: TableMapping<Unit>,
    /// 执法检查人员名录库.
    pub inspectors: TableMapping<Inspector>,
    /// 抽查事项清单.
    pub items: TableMapping<Item>,
    /// 回避.
    pub recusals: TableMapping<Recusal>,
    /// How long the periods of tasks are.
    #[serde(default)]
    pub deadlines: Periods,
    /// What stands on slips.
    #[serde(default)]
    pub slip: SlipSettings,
    /// What stands on dispatch orders.
    #[serde(default)]
    pub dispatch: DispatchSettings,
    /// What stands on the site.
    #[serde(default)]
    pub site: Presentation,
    /// Where pulses of drand are fetched.
    #[serde(default)]
    pub drand: DrandSource,
    /// Who may review, decide and enter.
    #[serde(default)]
    pub people: PeopleSettings,
    /// Towns with delegated enforcement.
    #[serde(default)]
    pub delegated: Vec<DelegatedTown>,
}

/// What the office wants to stand on the slips for units.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlipSettings {
    /// Telephone for doubts and reports.
    pub phone: Option<String>,
}

/// What the office wants to stand on its dispatch orders.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispatchSettings {
    /// The word before 〔year〕 in the number of an order (发文机关代字).
    pub mark: Option<String>,
}

/// Where `draw --fetch` gets pulses; whoever answers there need not be trusted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrandSource {
    /// Addresses of drand's HTTP API, tried in this order.
    pub urls: Vec<String>,
}

impl Default for DrandSource {
    fn default() -> Self {
        // Of the operators of drand, as its documentation names them.
        let known = ["https://api.drand.sh", "https://drand.cloudflare.com"];
        DrandSource { urls: known.map(str::to_owned).to_vec() }
    }
}

/// Folder of the rows that import refused.
pub const REJECTS: &str = "register/rejects";

/// How long a command waits for another one that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// An office folder that has been opened.
#[derive(Debug)]
pub struct Office {
    root: PathBuf,
    /// office.toml.
    pub settings: Settings,
}

impl Office {
    /// Opens the folder and reads office.toml.
    pub fn open(root: &Path) -> Outcome<Office> {
        let path = root.join("office.toml");
        if !path.exists() {
            return Err(Problem::new(
                Kind::Unreadable,
                said!(
                    "这里不是本机关文件夹，没有 office.toml",
                    "this is not an office folder: there is no office.toml"
                ),
                said!(
                    "用 -C 指明文件夹，或先运行 yaohao init",
                    "name the folder with -C, or run yaohao init first"
                ),
            )
            .at(root.display().to_string()));
        }
        let text = read_text(&path)?;
        let name = path.display().to_string();
        let settings = Source { name: &name, text: &text }.parse()?;
        Ok(Office { root: root.to_owned(), settings })
    }

    /// A path inside the office folder.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// The policy with its bytes.
    pub fn policy(&self) -> Outcome<(Policy, String)> {
        let path = self.path(&self.settings.policy);
        let text = read_text(&path)?;
        Ok((Policy::read(&path.display().to_string(), &text)?, text))
    }

    /// The working calendar.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if there is none, and as [`Calendar::read`] says.
    pub fn calendar(&self) -> Outcome<Calendar> {
        let path = self.path(self.settings.calendar.as_deref().unwrap_or(Path::new("calendar.toml")));
        if !path.exists() {
            return Err(Problem::new(
                Kind::Unreadable,
                said!("没有工作日历", "there is no working calendar"),
                said!(
                    "把 yaohao init 新建的文件夹里的 calendar.toml 复制过来，并在 office.toml 里写 calendar = \"calendar.toml\"",
                    "copy calendar.toml of a folder made by yaohao init to this place, and write calendar = \"calendar.toml\" into office.toml"
                ),
            )
            .at(path.display().to_string()));
        }
        Calendar::read(&path.display().to_string(), &read_text(&path)?)
    }

    /// The registers as imported.
    pub fn register(&self) -> Outcome<Register> {
        register_in(&self.path("register"))
    }

    /// Stores one imported table.
    pub fn store_table<T: Entry>(&self, entries: &[T]) -> Outcome<()> {
        let path = self.path("register").join(file_of::<T>());
        replace(&path, canonical::print(entries).as_bytes(), Audience::Office)
    }

    /// One table as imported; empty if it has not been imported yet.
    pub fn table<T: Entry>(&self) -> Outcome<Vec<T>> {
        let path = self.path("register").join(file_of::<T>());
        if path.exists() { table_at(&path) } else { Ok(Vec::new()) }
    }

    /// All draws, in the order of their numbers.
    pub fn draws(&self, office: &str) -> Outcome<Vec<DrawFolder>> {
        let ids = numbered(&self.path("public"), office)?;
        Ok(ids.into_iter().map(|id| self.draw(id)).collect())
    }

    /// The folders of one draw, whether they exist or not.
    pub fn draw(&self, id: DrawId) -> DrawFolder {
        let folder = id.folder();
        DrawFolder {
            public: self.path("public").join(&folder),
            private: self.path("private").join(&folder),
            id,
        }
    }

    /// Keeps a second command from writing at the same time; released on drop. People type
    /// side by side all day: who comes second waits a while for the first to finish.
    ///
    /// # Errors
    /// [`Kind::State`] if the other one has not finished after ten seconds.
    pub fn lock(&self) -> Outcome<File> {
        const PAUSE: Duration = Duration::from_millis(10);
        let path = self.path(".lock");
        let file = File::create(&path).map_err(|error| unreadable(&path, &error))?;
        let mut waited = Duration::ZERO;
        while file.try_lock().is_err() {
            if waited >= PATIENCE {
                return Err(self.busy());
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
        Ok(file)
    }

    fn busy(&self) -> Problem {
        let seconds = PATIENCE.as_secs();
        Problem::new(
            Kind::State,
            said!("另一个 yaohao 正在这个文件夹里写", "another yaohao is writing in this folder"),
            said!(
                "已等了 {seconds} 秒，什么都没有写下；等它结束再试",
                "nothing was written after {seconds} seconds of waiting; try again once it has finished"
            ),
        )
        .at(self.root.display().to_string())
    }
}

/// The numbers of the office key `key` that have a folder in `public`, in their order.
pub(super) fn numbered(public: &Path, key: &str) -> Outcome<Vec<DrawId>> {
    if !public.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(public).map_err(|error| unreadable(public, &error))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let id = |name: String| {
        let (year, sequence) = name.split_once('-')?;
        format!("{key}/{year}/{sequence}").parse::<DrawId>().ok()
    };
    let mut ids: Vec<DrawId> = names.filter_map(id).collect();
    ids.sort();
    Ok(ids)
}

/// The registers stored in `folder`.
pub(super) fn register_in(folder: &Path) -> Outcome<Register> {
    Ok(Register {
        units: wanted(folder)?,
        inspectors: wanted(folder)?,
        items: wanted(folder)?,
        recusals: table_or_none(folder)?,
    })
}

pub(super) fn file_of<T: Entry>() -> String {
    format!("{}.csv", T::TABLE)
}

fn wanted<T: Entry>(folder: &Path) -> Outcome<Vec<T>> {
    let path = folder.join(file_of::<T>());
    if path.exists() {
        return table_at(&path);
    }
    let (name, table) = (T::NAME, T::TABLE);
    Err(Problem::new(
        Kind::State,
        said!("还没有读入{name}", "the table {table} has not been imported yet"),
        said!("先运行 yaohao import", "run yaohao import first"),
    )
    .at(path.display().to_string()))
}

fn table_or_none<T: Entry>(folder: &Path) -> Outcome<Vec<T>> {
    let path = folder.join(file_of::<T>());
    if path.exists() { table_at(&path) } else { Ok(Vec::new()) }
}

fn table_at<T: Entry>(path: &Path) -> Outcome<Vec<T>> {
    canonical::read(&read(path)?, &path.display().to_string())
}
