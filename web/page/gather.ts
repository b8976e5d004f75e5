// Files that somebody drops or chooses, as a list of paths and bytes.

import type { Source } from "./messages.ts";

/** Files from an input; of a folder with their paths in it. */
export function chosen(files: FileList | readonly File[]): Source[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}

/** Files and whole folders that were dropped. */
export async function dropped(transfer: DataTransfer): Promise<Source[]> {
  // Entries must be taken before anything is awaited: the list is emptied afterwards.
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry());
  const files = Array.from(transfer.files);
  if (!entries.some((entry) => entry?.isDirectory)) return chosen(files);
  const sources: Source[] = [];
  for (const entry of entries) if (entry) await walk(entry, sources);
  return sources;
}

async function walk(entry: FileSystemEntry, into: Source[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = entry as FileSystemFileEntry;
    into.push({ path, blob: await new Promise<File>((resolve, reject) => file.file(resolve, reject)) });
  } else {
    for (const child of await children(entry as FileSystemDirectoryEntry)) await walk(child, into);
  }
}

/** All entries of a folder: a browser hands out a hundred at a time. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
