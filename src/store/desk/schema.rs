//! The store's file: its tables, how it is opened, and what can go wrong with it.
//! It is a projection: whatever is in it can be made again from record and journal.

use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::unreadable;
use rusqlite::{Connection, ErrorCode};
use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::time::Duration;

/// Changes with the tables: a store of another version is made again.
const VERSION: i64 = 1;

/// Says of the file what it is (`PRAGMA application_id`): "yaoh".
const APPLICATION: i64 = 0x7961_6f68;

/// What came from the journal is only ever added to; what came from draws, and the index
/// of tasks, is replaced where a late change or an act changes it.
const TABLES: &str = "
CREATE TABLE entry (
  number INTEGER PRIMARY KEY, hash TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL
) STRICT;
CREATE TABLE act (
  entry INTEGER NOT NULL REFERENCES entry, position INTEGER NOT NULL,
  matter TEXT NOT NULL, word TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (entry, position)
) STRICT;
CREATE INDEX act_of ON act (matter, entry, position);
CREATE TRIGGER entry_is_next BEFORE INSERT ON entry
  WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entry)
  BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER act_is_new BEFORE INSERT ON act
  WHEN EXISTS (SELECT 1 FROM act WHERE entry = NEW.entry AND position = NEW.position)
  BEGIN SELECT RAISE(ABORT, 'acts stay'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'acts stay'); END;
CREATE TRIGGER act_is_kept BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts stay'); END;

CREATE TABLE draw (id TEXT PRIMARY KEY, year INTEGER NOT NULL, sequence INTEGER NOT NULL, seen TEXT NOT NULL) STRICT;
CREATE TABLE officer (
  draw TEXT NOT NULL REFERENCES draw ON DELETE CASCADE, certificate TEXT NOT NULL, name TEXT NOT NULL,
  department TEXT NOT NULL, zone TEXT NOT NULL, lead INTEGER NOT NULL, post TEXT NOT NULL,
  valid_from TEXT, valid_until TEXT, PRIMARY KEY (draw, certificate)
) STRICT;
CREATE TABLE drawn (
  matter TEXT PRIMARY KEY, draw TEXT NOT NULL REFERENCES draw ON DELETE CASCADE, unit TEXT NOT NULL,
  name TEXT NOT NULL, address TEXT, town TEXT, zone TEXT, decided TEXT NOT NULL,
  first TEXT NOT NULL, last TEXT NOT NULL, scheduled TEXT
) STRICT;
CREATE INDEX drawn_of ON drawn (draw);
CREATE TABLE drawn_seat (
  matter TEXT NOT NULL REFERENCES drawn ON DELETE CASCADE, position INTEGER NOT NULL,
  role TEXT NOT NULL, certificate TEXT NOT NULL, minutes INTEGER NOT NULL, PRIMARY KEY (matter, position)
) STRICT;
CREATE TABLE drawn_item (
  matter TEXT NOT NULL REFERENCES drawn ON DELETE CASCADE, position INTEGER NOT NULL,
  code TEXT NOT NULL, PRIMARY KEY (matter, position)
) STRICT;

CREATE TABLE task (
  matter TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, draw TEXT, year INTEGER, number INTEGER,
  unit TEXT, name TEXT NOT NULL, town TEXT, zone TEXT, day TEXT, due TEXT, document TEXT
) STRICT;
CREATE INDEX task_state ON task (state, kind);
CREATE INDEX task_day ON task (day);
CREATE INDEX task_draw ON task (draw);
CREATE INDEX task_unit ON task (unit);
CREATE INDEX task_number ON task (kind, year, number);
CREATE INDEX task_document ON task (document);
CREATE TABLE part (
  certificate TEXT NOT NULL, matter TEXT NOT NULL REFERENCES task ON DELETE CASCADE,
  PRIMARY KEY (certificate, matter)
) STRICT;
CREATE INDEX part_of ON part (matter);
";

/// What a store was found to be.
pub(super) enum Found {
    /// Of this version.
    Ready(Connection),
    /// Just made.
    New(Connection),
    /// Not usable: made again.
    Useless(Said),
}

/// Opens the store at `path`, or makes it.
pub(super) fn open(path: &Path) -> Outcome<Found> {
    let is_new = !path.exists();
    private_file(path)?;
    match ready(path, is_new) {
        Ok(connection) if is_new => Ok(Found::New(connection)),
        Ok(connection) => match version(&connection)? {
            VERSION => Ok(Found::Ready(connection)),
            _ => Ok(Found::Useless(said!("是别的版本的程序写的", "another version of the program wrote it"))),
        },
        Err(error) if is_damaged(&error) => Ok(Found::Useless(said!("已损坏", "it is damaged"))),
        Err(error) => Err(error.into()),
    }
}

/// Takes the store's files away.
pub(super) fn remove(path: &Path) -> Outcome<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(unreadable(Path::new(&name), &error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn ready(path: &Path, is_new: bool) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    if is_new || version(&connection)? == 0 {
        let begin = format!("BEGIN IMMEDIATE;{TABLES}");
        let end = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;");
        connection.execute_batch(&(begin + &end))?;
    }
    Ok(connection)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Names are in it: nobody else may read the file, from the first byte.
fn private_file(path: &Path) -> Outcome<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|error| unreadable(path, &error))
}

/// One process at a time opens and brings up to date; released on drop.
pub(super) fn turn(path: &Path) -> Outcome<File> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))?;
    let path = folder.join(".lock");
    let file = File::create(&path).map_err(|error| unreadable(&path, &error))?;
    file.lock().map_err(|error| unreadable(&path, &error))?;
    Ok(file)
}

pub(super) fn is_damaged(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Problem {
        let what = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                said!("任务库正被别的程序占用", "another program holds the store of tasks")
            }
            Some(ErrorCode::DiskFull) => said!("磁盘满了", "the disk is full"),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                said!("任务库打不开或不能写", "the store of tasks cannot be opened or written")
            }
            code => {
                let code = code.map_or_else(|| "-".to_owned(), |code| format!("{code:?}"));
                said!("任务库不能用（{code}）", "the store of tasks cannot be used ({code})")
            }
        };
        let remedy = said!(
            "核对磁盘和权限；库可以用 yaohao journal --rebuild 重建，台账和记录不受影响",
            "check disk and permissions; yaohao journal --rebuild makes it again, journal and record are safe"
        );
        Problem::new(Kind::Unreadable, what, remedy).at(super::STORE)
    }
}
