//! Durable writes: temporary file, fsync, rename, fsync of the folder. A reader
//! sees either nothing or the whole file, and what was published stays.

use super::system::system_error;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Public,
    /// The owner of the account only (mode 0600 where the system has modes).
    Office,
}

/// Writes a file that must not exist yet with other bytes. Writing the same
/// bytes again is no error, so that a step cut short can be repeated.
pub fn write_new(path: &Path, bytes: &[u8], audience: Audience) -> Outcome<()> {
    match fs::read(path) {
        Ok(found) if found == bytes => return Ok(()),
        Ok(_) => {
            return Err(Problem::new(
                Kind::State,
                said!(
                    "文件已存在且内容不同，绝不覆盖",
                    "the file exists with other contents and is never overwritten"
                ),
                said!(
                    "核对这份文件从何而来；已公布的文件不得更改",
                    "find out where it comes from; what was published must not change"
                ),
            )
            .at(path.display().to_string()));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(unreadable(path, &error)),
    }
    replace(path, bytes, audience)
}

/// Writes a file, replacing an older version as a whole.
pub fn replace(path: &Path, bytes: &[u8], audience: Audience) -> Outcome<()> {
    put(path, bytes, audience).map_err(|error| unwritable(path, &error))
}

/// Writes a file that can be made again at any time: a reader sees the whole of it or nothing,
/// but nobody waits for the disk.
pub fn write_view(path: &Path, bytes: &[u8]) -> Outcome<()> {
    let part = temporary(path);
    let written = fs::create_dir_all(folder_of(path))
        .and_then(|()| fs::write(&part, bytes))
        .and_then(|()| fs::rename(&part, path));
    written.map_err(|error| unwritable(path, &error))
}

/// Where a file is written before it gets its name.
pub(super) fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part"))
}

/// The folder of a path; of a bare name, the one the command runs in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn put(path: &Path, bytes: &[u8], audience: Audience) -> io::Result<()> {
    let folder = folder_of(path);
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        // The new folder's own name must not be lost either.
        sync_folder(folder_of(folder))?;
    }
    let temporary = temporary(path);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    restrict(&mut options, audience);
    let mut file = options.open(&temporary)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let renamed = written.and_then(|()| fs::rename(&temporary, path));
    if renamed.is_err() {
        // The error that matters is the first one; what is left is only a temporary file.
        let _ = fs::remove_file(&temporary);
    }
    renamed?;
    sync_folder(folder)
}

/// Sets who may read a file that these options make.
#[cfg(unix)]
pub fn restrict(options: &mut OpenOptions, audience: Audience) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(if audience == Audience::Office { 0o600 } else { 0o644 });
}

/// Sets who may read a file that these options make.
#[cfg(not(unix))]
pub fn restrict(_options: &mut OpenOptions, _audience: Audience) {}

/// Writes a whole folder of new files under its final name at once, so that no
/// half of it can ever be seen.
pub fn publish_folder(folder: &Path, files: &[(&str, &[u8])]) -> Outcome<()> {
    if folder.exists() {
        return Err(Problem::new(
            Kind::State,
            said!("文件夹已存在，绝不覆盖", "the folder exists and is never overwritten"),
            said!("先看 yaohao status 说它处于哪一步", "see what step it is in with yaohao status"),
        )
        .at(folder.display().to_string()));
    }
    let parent = folder_of(folder);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let temporary = parent.join(format!(".{name}.part"));
    if temporary.exists() {
        fs::remove_dir_all(&temporary).map_err(|error| unwritable(&temporary, &error))?;
    }
    for (file, bytes) in files {
        replace(&temporary.join(file), bytes, Audience::Public)?;
    }
    let renamed = fs::rename(&temporary, folder).and_then(|()| sync_folder(parent));
    renamed.map_err(|error| unwritable(folder, &error))
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows cannot open a folder as a file; its rename is durable by itself.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Reads a file.
pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// Reads a file that holds text.
pub fn read_text(path: &Path) -> Outcome<String> {
    String::from_utf8(read(path)?).map_err(|_| {
        Problem::new(
            Kind::Unreadable,
            said!("文件不是 UTF-8 文本", "the file is not UTF-8 text"),
            said!("用 UTF-8 编码另存", "save it as UTF-8"),
        )
        .at(path.display().to_string())
    })
}

/// What the system said when a file could not be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let missing = error.kind() == io::ErrorKind::NotFound;
    let what = if missing {
        said!("没有这个文件", "there is no such file")
    } else {
        let Said { zh, en } = system_error(error);
        said!("读不了：{zh}", "cannot be read: {en}")
    };
    let remedy = said!("核对路径和权限", "check the path and the permissions");
    Problem::new(Kind::Unreadable, what, remedy).at(path.display().to_string())
}

/// What the system said when a file could not be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Problem {
    let Said { zh, en } = system_error(error);
    Problem::new(
        Kind::Unreadable,
        said!("写不了：{zh}", "cannot be written: {en}"),
        said!("核对磁盘空间和权限，然后重做这一步", "check disk space and permissions, then repeat the step"),
    )
    .at(path.display().to_string())
}
