// Entries of a log, and the documents of a draw that they name: docs/spec/log.md, Entries.

import { hex, sha256 } from "../digest.ts";
import { type Files, late, lateNumber } from "../draw.ts";
import { Reader, drawNumber, hashField, idField, keyField } from "../reader.ts";
import { Lines, Refused, refuse } from "../text.ts";

export interface Entry {
  /** A draw number, or an office key. */
  draw: string | undefined;
  office: string;
  file: string;
  /** SHA-256 of the file. */
  hash: string;
}

const fileField = (text: string): string =>
  text.includes("/") ? refuse(`不是文件名：${text}`, `not a file name: ${text}`) : idField(text);

/** Reads an entry. */
export function readEntry(bytes: Uint8Array): Entry {
  const reader = Reader.of(bytes, "yaohao/entry/v1");
  const draw = reader.maybe("draw", drawNumber);
  const office = draw?.office ?? reader.one("office", keyField);
  const entry = { draw: draw?.text, office, file: reader.one("file", fileField), hash: reader.one("hash", hashField) };
  reader.end();
  return entry;
}

/** The text of the entry of a draw's document. */
export const entryText = (draw: string, file: string, hash: string): string =>
  `yaohao/entry/v1\ndraw ${draw}\nfile ${file}\nhash ${hash}\n`;

/** A document of a draw, and its SHA-256: undefined if only its list is there and does not read. */
export interface Document {
  file: string;
  hash: string | undefined;
}

/** The hash of `name` in its `.sha256` list. */
function listed(list: Uint8Array, name: string): string | undefined {
  try {
    const lines = Lines.read(list);
    for (let i = 0; i < lines.length; i++) {
      const line = lines.text(i);
      if (line.slice(64) === `  ${name}` && /^[0-9a-f]{64}$/.test(line.slice(0, 64))) return line.slice(0, 64);
    }
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
  }
  return undefined;
}

function documentOf(files: Files, file: string): Document | undefined {
  const bytes = files.get(file);
  if (bytes) return { file, hash: hex(sha256(bytes)) };
  const list = files.get(file.replace(/\.txt$/, ".sha256"));
  return file.startsWith("replace-") && list ? { file, hash: listed(list, file) } : undefined;
}

/** The documents of a draw that are there, in the order in which they are published. */
export function documentsOf(files: Files): Document[] {
  const changes = [...new Set([...files.keys()].map(lateNumber))].filter((n) => n !== undefined).sort((a, b) => a - b);
  const names = ["commit.txt", "ceremony.txt", "reveal.txt", "beacon.txt", "void.txt", "record.txt"];
  for (const n of changes) names.push(`replace-${late(n)}-request.txt`, `replace-${late(n)}.txt`);
  return [...names, "open.txt"].map((file) => documentOf(files, file)).filter((found) => found !== undefined);
}

