// What an audit is given: the draws of a public folder, what lies beside them, and when:
// docs/spec/audit.md, "What it is given".

import { type Closing, readClosing } from "../checks/commitment.ts";
import type { Commit } from "../commit.ts";
import { hex, sha256 } from "../digest.ts";
import { Draw } from "../draw.ts";
import { type Document, documentsOf } from "../log/entries.ts";
import type { Files } from "../log/tiles.ts";
import type { Moment } from "../moment.ts";
import { type DrawNumber, type Heading, Reader, drawNumber, heading } from "../reader.ts";
import { Stop } from "../report.ts";
import { Lists } from "../results.ts";
import { Refused } from "../text.ts";
import { isOfDraw } from "../verify.ts";

/** A document after the commitment, as far as its head goes. */
export interface Head extends Heading {
  file: string;
  /** SHA-256, to tell documents from each other. */
  id: string;
}

/** What `read` gives, or undefined where something cannot be read. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Stop || thrown instanceof Refused) return undefined;
    throw thrown;
  }
}

const TAGS: [RegExp, string][] = [
  [/^(ceremony|reveal|beacon|record|void|open)\.txt$/, ""],
  [/^replace-[0-9]+-request\.txt$/, "replace-request"],
  [/^replace-[0-9]+\.txt$/, "replacement"],
];

/** The head of a document that may not read as a whole. */
function headOf(file: string, bytes: Uint8Array): Head | undefined {
  const tag = TAGS.find(([name]) => name.test(file))?.[1];
  if (tag === undefined) return undefined;
  const head = readable(() => heading(Reader.of(bytes, `yaohao/${tag || file.slice(0, -4)}/v1`)));
  return head && { ...head, file, id: hex(sha256(bytes)) };
}

/** One folder of a draw. */
export class Folder {
  readonly commit: Commit | undefined;
  readonly documents: Document[];
  readonly heads: Head[];
  /** That of its commitment, else of its first document that begins as it should. */
  readonly number: DrawNumber | undefined;

  constructor(
    readonly name: string,
    readonly draw: Draw,
  ) {
    this.commit = readable(draw.commit);
    this.documents = documentsOf(draw.files);
    this.heads = this.documents
      .map(({ file }) => draw.has(file) && headOf(file, draw.bytes(file)))
      .filter((head) => head instanceof Object);
    // A commitment may begin as it should and not read further on.
    const committed = readable(() => Reader.of(draw.bytes("commit.txt"), "yaohao/commit/v1").one("draw", drawNumber));
    this.number = committed ?? this.heads[0]?.draw;
  }

  head(file: string): Head | undefined {
    return this.heads.find((head) => head.file === file);
  }

  /** When a document was made, by its own word; a late change that is kept back, as the record. */
  madeAt(file: string): Moment | undefined {
    if (file === "commit.txt") return this.commit?.committed;
    return (this.head(file) ?? (this.draw.has(file) ? undefined : this.head("record.txt")))?.at;
  }

  /** The closing documents that are there. */
  closings(): string[] {
    return ["record.txt", "void.txt"].filter((file) => this.draw.has(file));
  }
}

/** A closing document, and whose it is. */
export interface Closed {
  folder: Folder;
  file: string;
  bytes: Uint8Array;
  closing: Closing | undefined;
}

/** A checkpoint that was seen elsewhere. */
export interface Seen {
  name: string;
  bytes: Uint8Array;
}

export interface Given {
  now: Moment;
  /** The log policy that the auditor trusts. */
  policy?: Uint8Array | undefined;
  seen: readonly Seen[];
}

export interface History {
  folders: Folder[];
  /** The files of the folder `log`; undefined without one. */
  log: Files | undefined;
  verifier: Files | undefined;
  /** The folder `results`. */
  lists: Lists;
  closed: Closed[];
  given: Given;
}

/** Whether any part of a path begins with a dot. */
const isHidden = (path: string): boolean => path.split("/").some((part) => part.startsWith("."));

/** The files of every folder; what lies in a folder inside stands as that folder. */
function foldersOf(files: Files): Map<string, Map<string, Uint8Array>> {
  const folders = new Map<string, Map<string, Uint8Array>>();
  for (const [path, bytes] of files) {
    const [folder, name, ...more] = path.split("/");
    if (!name || isHidden(path)) continue;
    if (!folders.has(folder!)) folders.set(folder!, new Map());
    if (more.length) folders.get(folder!)!.set(`${name}/`, new Uint8Array());
    else folders.get(folder!)!.set(name, bytes);
  }
  return folders;
}

/** The files below a folder, by their paths in it; undefined if there are none. */
function below(files: Files, folder: string): Files | undefined {
  const found = [...files].filter(([path]) => path.startsWith(`${folder}/`) && !path.endsWith("/") && !isHidden(path));
  return found.length ? new Map(found.map(([path, bytes]) => [path.slice(folder.length + 1), bytes])) : undefined;
}

/** Reads a public folder as far as everything needs it. */
export function historyOf(files: Files, given: Given): History {
  const verifier = below(files, "verifier");
  const log = below(files, "log");
  const inside = foldersOf(files);
  const lists = new Lists(inside.get("results") ?? new Map());
  const folders = [...inside]
    .filter(([name, inside]) => name !== "log" && name !== "results" && [...inside.keys()].some(isOfDraw))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inside]) => new Folder(name, new Draw(inside)));
  const closed = folders.flatMap((folder) =>
    folder.closings().map((file) => {
      const bytes = folder.draw.bytes(file);
      return { folder, file, bytes, closing: readClosing(bytes) };
    }),
  );
  return { folders, log, verifier, lists, closed, given };
}

/** The closing document that a commitment names, wherever it lies. */
export function predecessorOf(history: History, commit: Commit): Closed | undefined {
  if (commit.previous === undefined) return undefined;
  return history.closed.find(({ bytes }) => commit.suite.hex(bytes) === commit.previous);
}
