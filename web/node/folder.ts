// A draw in a folder, and what lies beside it: docs/spec/verify.md, V05, V28, V29.

import { existsSync, lstatSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isEarlier, readClosing } from "../verifier/checks/commitment.ts";
import { type Commit, readCommit } from "../verifier/commit.ts";
import type { Files, Known } from "../verifier/draw.ts";
import { Refused } from "../verifier/text.ts";
import { type Report, type Telling, isOfDraw, verifyDraw } from "../verifier/verify.ts";

/** What the caller brings; what is left out is looked for beside the folder. */
export interface Given {
  commitment?: string | undefined;
  predecessor?: Uint8Array | undefined;
  log?: Files | undefined;
}

const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(path));

/** The files of one folder; a folder inside stands as `name/`. */
export function readFolder(dir: string): Files {
  const files = new Map<string, Uint8Array>();
  for (const name of readdirSync(dir).sort()) {
    if (name.startsWith(".")) continue;
    const path = join(dir, name);
    if (statSync(path).isDirectory()) files.set(`${name}/`, new Uint8Array());
    else files.set(name, bytesOf(path));
  }
  return files;
}

/** All files below a folder, by their paths in it; with `empty`, a folder of nothing stands as `name/`. */
export function readTree(dir: string, empty = false): Files {
  const files = new Map<string, Uint8Array>();
  const walk = (path: string, prefix: string): void => {
    const names = readdirSync(path).sort();
    if (empty && !names.length) files.set(prefix, new Uint8Array());
    for (const name of names) {
      const inside = join(path, name);
      const stat = lstatSync(inside);
      if (stat.isDirectory()) walk(inside, `${prefix}${name}/`);
      else if (stat.isFile()) files.set(prefix + name, bytesOf(inside));
    }
  };
  walk(dir, "");
  return files;
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The draws that `dir` is or holds. */
export function drawsIn(dir: string): string[] {
  if (readdirSync(dir).some(isOfDraw)) return [dir];
  const inside = readdirSync(dir).sort().map((name) => join(dir, name));
  return inside.filter((path) => isFolder(path) && existsSync(join(path, "commit.txt")));
}

/** A closing document, and the name of the folder that it lies in. */
interface Closed {
  folder: string;
  bytes: Uint8Array;
}

/** The closing documents in the folders of `parent`. */
function closings(parent: string): Closed[] {
  const found: Closed[] = [];
  for (const folder of readdirSync(parent).sort()) {
    for (const file of ["record.txt", "void.txt"]) {
      const path = join(parent, folder, file);
      if (!folder.startsWith(".") && existsSync(path)) found.push({ folder, bytes: bytesOf(path) });
    }
  }
  return found;
}

/** What lies beside the draws of one folder, read once for all of them. */
export class Beside {
  private readonly closings: Closed[];
  private readonly log: Files | undefined;
  private readonly verifier: Files | undefined;

  constructor(parent: string) {
    const tree = (name: string): Files | undefined => {
      const path = join(parent, name);
      return isFolder(path) ? readTree(path) : undefined;
    };
    this.closings = closings(parent);
    this.log = tree("log");
    this.verifier = tree("verifier");
  }

  /** The closing document of the draw before, in another folder: by its hash, or under `none` any earlier one. */
  private before(own: string, commit: Commit): Uint8Array | undefined {
    const isBefore = (bytes: Uint8Array): boolean => {
      if (commit.previous !== undefined) return commit.suite.hex(bytes) === commit.previous;
      const closing = readClosing(bytes);
      return closing !== undefined && isEarlier(closing.draw, commit.draw);
    };
    return this.closings.find(({ folder, bytes }) => folder !== own && isBefore(bytes))?.bytes;
  }

  /** What is known of the draw in the folder `own`. */
  known(own: string, files: Files, given: Given): Known {
    const commit = committed(files);
    const predecessor = given.predecessor ?? (commit && this.before(own, commit));
    const log = given.log ?? this.log;
    return {
      ...(given.commitment === undefined ? {} : { commitment: given.commitment }),
      ...(predecessor ? { predecessor } : {}),
      ...(log ? { log } : {}),
      ...(this.verifier ? { verifier: this.verifier } : {}),
    };
  }
}

function committed(files: Files): Commit | undefined {
  const bytes = files.get("commit.txt");
  try {
    return bytes && readCommit(bytes);
  } catch (thrown) {
    if (thrown instanceof Refused) return undefined;
    throw thrown;
  }
}

/** Verifies the draw in `dir` with what lies beside it. */
export function verifyFolder(
  dir: string,
  given: Given = {},
  beside: Beside = new Beside(dirname(resolve(dir))),
  telling?: Telling,
): Report {
  const files = readFolder(dir);
  return verifyDraw({ files, known: beside.known(basename(resolve(dir)), files, given) }, telling);
}
