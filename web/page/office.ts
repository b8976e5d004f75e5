// What was opened, as draws with what lies beside them: docs/spec/README.md, "The files
// of a draw", and verify.md, V05. Bytes are read only when they are asked for.

import type { Folder, Source } from "./messages.ts";
import { isZip, unzip } from "./zip.ts";
import { suiteOf } from "../verifier/digest.ts";

/** Names by which a folder is one of a draw. A policy alone is an office's own. */
const OF_A_DRAW =
  /^((commit|ceremony|reveal|beacon|record|open|void|voided|carried|items|units|inspectors|odds|drawn|dockets|teams|prices)\.txt|(commit|record|open|void)\.sha256|sealed\.bin|replace-\d+(-request)?\.(txt|sha256|sealed))$/;

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
      if (OF_A_DRAW.test(name) && !/(^|\/)log(\/|$)/.test(folder)) folders.add(folder);
    }
    return new Office(blobs, [...folders].sort());
  }

  async list(): Promise<Folder[]> {
    const all = await Promise.all(
      this.folders.map(async (path) => ({
        path,
        draw: (await this.claims(path))?.draw,
        log: this.has(beside(path, "log")),
        verifier: this.has(beside(path, "verifier")),
      })),
    );
    return all;
  }

  /** The files of a draw. A folder inside is an unknown file. */
  async draw(folder: string): Promise<Files> {
    const files: Files = new Map();
    for (const [name, blob] of this.below(folder)) {
      const at = name.indexOf("/");
      if (at < 0) files.set(name, await bytesOf(blob));
      else if (folder !== "") files.set(name.slice(0, at), new Uint8Array());
    }
    return files;
  }

  /** All files of a folder beside that of a draw; undefined if there is none. */
  async neighbour(folder: string, name: string): Promise<Files | undefined> {
    const files: Files = new Map();
    for (const [path, blob] of this.below(beside(folder, name))) files.set(path, await bytesOf(blob));
    return files.size > 0 ? files : undefined;
  }

  /** The closing document that a draw claims to follow; under `none`, any of an earlier one. */
  async predecessor(folder: string): Promise<Uint8Array | undefined> {
    const own = await this.claims(folder);
    const suite = own && suiteOf(own.suite);
    if (!own || !suite) return undefined;
    for (const other of this.folders) {
      if (other === folder || split(other)[0] !== split(folder)[0]) continue;
      const claims = await this.claims(other);
      for (const name of ["record.txt", "void.txt"]) {
        const blob = this.blobs.get(`${other}/${name}`);
        if (!blob) continue;
        const bytes = await bytesOf(blob);
        const follows = own.previous === "none" ? isEarlier(claims?.draw, own.draw) : suite.hex(bytes) === own.previous;
        if (follows) return bytes;
      }
    }
    return undefined;
  }

  /** What the commitment of a folder says of itself, unchecked. */
  private async claims(folder: string): Promise<{ draw: string; previous: string; suite: string } | undefined> {
    const blob = this.blobs.get(folder === "" ? "commit.txt" : `${folder}/commit.txt`);
    if (!blob) return undefined;
    const text = await blob.slice(0, 4096).text();
    const line = (key: string): string => new RegExp(`^${key} (\\S+)$`, "m").exec(text)?.[1] ?? "";
    const draw = line("draw");
    return draw === "" ? undefined : { draw, previous: line("previous"), suite: line("suite") };
  }

  private has(folder: string): boolean {
    return this.below(folder).next().done !== true;
  }

  private *below(folder: string): Generator<[string, Blob]> {
    const start = folder === "" ? "" : `${folder}/`;
    for (const [path, blob] of this.blobs) if (path.startsWith(start)) yield [path.slice(start.length), blob];
  }
}

/** Whether draw number `a` is before `b`, of the same office. */
function isEarlier(a: string | undefined, b: string): boolean {
  const [x, y] = [a, b].map((draw) => /^([a-z][a-z0-9-]*)\/(\d{4})\/(\d+)$/.exec(draw ?? ""));
  if (!x || !y || x[1] !== y[1]) return false;
  return x[2]! < y[2]! || (x[2] === y[2] && Number(x[3]) < Number(y[3]));
}
