// Files that somebody drops or chooses, as a list of paths and bytes.

import { NotAnswered } from "./engine.ts";
import type { Source } from "./messages.ts";

/** Files from an input; of a folder with their paths in it. */
export function chosen(files: FileList | readonly File[]): Source[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}

/** Of the File System Access API, what is used here; not all browsers have it. */
interface Handle {
  kind: "file" | "directory";
  name: string;
  getFile: () => Promise<File>;
  values: () => AsyncIterable<Handle>;
}
type Item = DataTransferItem & { getAsFileSystemHandle?: () => Promise<Handle | null> };

/**
 * Files and whole folders that were dropped. On a page opened from a disk, Chromium
 * refuses to read a folder by its entries, and gives it by its handle.
 */
export async function dropped(transfer: DataTransfer): Promise<Source[]> {
  // All must be taken before anything is awaited: the list is emptied afterwards.
  const items = Array.from(transfer.items) as Item[];
  const files = Array.from(transfer.files);
  const entries = items.map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return chosen(files);
  const handles = items.map((item) => item.getAsFileSystemHandle?.());
  const sources: Source[] = [];
  for (const [i, entry] of entries.entries()) {
    const handle = await handles[i]?.catch(() => null);
    if (handle) await walkHandle(handle, "", sources);
    else if (entry) await walk(entry, sources);
  }
  return sources;
}

async function walkHandle(handle: Handle, folder: string, into: Source[]): Promise<void> {
  const path = folder + handle.name;
  if (handle.kind === "file") {
    into.push({ path, blob: await handle.getFile() });
    return;
  }
  for await (const child of handle.values()) await walkHandle(child, `${path}/`, into);
}

async function walk(entry: FileSystemEntry, into: Source[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = entry as FileSystemFileEntry;
    into.push({ path, blob: await new Promise<File>((resolve, reject) => file.file(resolve, reject)).catch(refuse) });
  } else {
    for (const child of await children(entry as FileSystemDirectoryEntry)) await walk(child, into);
  }
}

/** All entries of a folder: a browser hands out a hundred at a time. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(refuse);
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function refuse(): never {
  throw new NotAnswered({
    zh: "这个浏览器不允许把文件夹拖进从本机打开的网页。请点“选择文件夹”，或者拖 zip 压缩包。",
    en: "This browser does not let a folder be dragged to a page opened from a disk. Choose the folder by the button, or drag a .zip.",
  });
}
