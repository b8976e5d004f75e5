// What was opened, as draws with what lies beside them: docs/spec/README.md, "The files
// of a draw", and verify.md, V05. Bytes are read only when they are asked for.

import type { Folder, Source } from "./messages.ts";
import { isZip, unzip } from "./zip.ts";
import { isEarlier, readClosing } from "../verifier/checks/commitment.ts";
import { type Commit, readCommit } from "../verifier/commit.ts";
import { Refused } from "../verifier/text.ts";
import { isOfDraw } from "../verifier/verify.ts";

/** Whether a file makes its folder one of a draw. A policy alone is an office's own. */
const makesDraw = (name: string): boolean => isOfDraw(name) && name !== "policy.toml";

type Files = Map<string, Uint8Array>;

/** A path in its folder: "" is what was opened itself. */
function split(path: string): [folder: string, name: string] {
  const at = path.lastIndexOf("/");
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)];
}

const beside = (folder: string, name: string): string => {
  const [parent] = split(folder);
  return parent === "" ? name : `${parent}/${name}`;
};

/** Names that begin with a dot are no part of a draw; macOS adds a folder to archives. */
const isHidden = (path: string): boolean => path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");

/** Files by their paths, those of archives among them. */
async function unpacked(sources: readonly Source[]): Promise<Map<string, Blob>> {
  const blobs = new Map<string, Blob>();
  const take = ({ path, blob }: Source): void => {
    const plain = path.replace(/^(\.?\/)+/, "");
    if (!isHidden(plain)) blobs.set(plain, blob);
  };
  for (const source of sources) {
    const packed = /\.zip$/i.test(source.path) && isZip(await bytesOf(source.blob.slice(0, 4)));
    if (packed) unzip(await bytesOf(source.blob)).forEach(take);
    else take(source);
  }
  return blobs;
}

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

export class Office {
  private constructor(
    private readonly blobs: Map<string, Blob>,
    /** The folders of draws, by path. */
    private readonly folders: readonly string[],
  ) {}

  static async open(sources: readonly Source[]): Promise<Office> {
    const blobs = await unpacked(sources);
    const folders = new Set<string>();
    for (const path of blobs.keys()) {
      const [folder, name] = split(path);
      if (makesDraw(name) && !/(^|\/)(log(\/|$)|results$)/.test(folder)) folders.add(folder);
    }
    return new Office(blobs, [...folders].sort());
  }

  async list(): Promise<Folder[]> {
    const all = await Promise.all(
      this.folders.map(async (path) => ({
        path,
        draw: await this.number(path),
        log: this.has(beside(path, "log")),
        verifier: this.has(beside(path, "verifier")),
      })),
    );
    return all;
  }

  /** The files of a draw. A folder inside is an unknown file, `name/`. */
  async draw(folder: string): Promise<Files> {
    const files: Files = new Map();
    for (const [name, blob] of this.below(folder)) {
      const at = name.indexOf("/");
      if (at < 0) files.set(name, await bytesOf(blob));
      else if (folder !== "") files.set(name.slice(0, at + 1), new Uint8Array());
    }
    return files;
  }

  /** All files of a folder beside that of a draw; undefined if there is none. */
  async neighbour(folder: string, name: string): Promise<Files | undefined> {
    const files: Files = new Map();
    for (const [path, blob] of this.below(beside(folder, name))) files.set(path, await bytesOf(blob));
    return files.size > 0 ? files : undefined;
  }

  /** All files of the folder which holds the draws, or of the only draw. */
  async history(): Promise<Files> {
    const parents = this.folders.map((folder) => split(folder)[0]).sort((a, b) => a.length - b.length);
    const files: Files = new Map();
    for (const [path, blob] of this.below(parents[0] ?? "")) files.set(path, await bytesOf(blob));
    return files;
  }

  /** The closing document that a draw follows, in another folder; under `none`, any of an earlier one: V05. */
  async predecessor(folder: string): Promise<Uint8Array | undefined> {
    const blob = this.blobs.get(within(folder, "commit.txt"));
    const commit = blob && readable(await bytesOf(blob));
    if (!commit) return undefined;
    for (const bytes of await this.closings(folder)) {
      if (commit.previous !== undefined) {
        if (commit.suite.hex(bytes) === commit.previous) return bytes;
        continue;
      }
      const closing = readClosing(bytes);
      if (closing && isEarlier(closing.draw, commit.draw)) return bytes;
    }
    return undefined;
  }

  /** The closing documents in the folders beside `own`, by names. */
  private async closings(own: string): Promise<Uint8Array[]> {
    const isBeside = (folder: string): boolean => folder !== "" && folder !== own && split(folder)[0] === split(own)[0];
    const of = (path: string): boolean => {
      const [folder, name] = split(path);
      return (name === "record.txt" || name === "void.txt") && isBeside(folder);
    };
    return Promise.all([...this.blobs.keys()].filter(of).sort().map((path) => bytesOf(this.blobs.get(path)!)));
  }

  /** The draw number that the commitment of a folder states, unchecked. */
  private async number(folder: string): Promise<string | undefined> {
    const text = await this.blobs.get(within(folder, "commit.txt"))?.slice(0, 4096).text();
    return text && /^draw (\S+)$/m.exec(text)?.[1];
  }

  private has(folder: string): boolean {
    return this.below(folder).next().done !== true;
  }

  private *below(folder: string): Generator<[string, Blob]> {
    const start = folder === "" ? "" : `${folder}/`;
    for (const [path, blob] of this.blobs) if (path.startsWith(start)) yield [path.slice(start.length), blob];
  }
}

const within = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

function readable(bytes: Uint8Array): Commit | undefined {
  try {
    return readCommit(bytes);
  } catch (thrown) {
    if (thrown instanceof Refused) return undefined;
    throw thrown;
  }
}
