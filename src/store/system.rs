//! What the operating system says when a file or device refuses, in the words
//! of both languages: its own words come in one language and with numbers.

use crate::lang::Said;
use crate::said;
use std::io::{Error, ErrorKind};

/// Why a read or a write failed.
pub fn system_error(error: &Error) -> Said {
    match error.kind() {
        ErrorKind::NotFound => said!("没有这个文件或文件夹", "there is no such file or folder"),
        ErrorKind::PermissionDenied => said!("没有权限", "permission is denied"),
        ErrorKind::AlreadyExists => said!("已经存在", "it exists already"),
        ErrorKind::StorageFull => said!("磁盘已满", "the disk is full"),
        ErrorKind::QuotaExceeded => said!("超过了磁盘配额", "the disk quota is used up"),
        ErrorKind::FileTooLarge => said!("文件太大", "the file is too large"),
        ErrorKind::ReadOnlyFilesystem => said!("磁盘是只读的", "the disk is read-only"),
        ErrorKind::NotADirectory => {
            said!("路径中有一段不是文件夹", "a part of the path is not a folder")
        }
        ErrorKind::IsADirectory => said!("这是文件夹，不是文件", "this is a folder, not a file"),
        ErrorKind::DirectoryNotEmpty => said!("文件夹不为空", "the folder is not empty"),
        ErrorKind::InvalidFilename => {
            said!("文件名太长或有不能用的字符", "the name is too long or not allowed")
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            said!("正被别的程序占用", "another program is using it")
        }
        ErrorKind::BrokenPipe => said!("对方已不再接收", "the other side no longer reads"),
        ErrorKind::InvalidData => said!("内容不是 UTF-8 文本", "what is there is not UTF-8 text"),
        ErrorKind::OutOfMemory => said!("内存不足", "there is not enough memory"),
        _ => match error.raw_os_error() {
            Some(code) => said!("系统错误 {code}", "system error {code}"),
            None => said!("原因不明", "the system gives no reason"),
        },
    }
}
