// The tiles of a log: which there are, and the way from a signed root down to the
// entries: docs/spec/log.md, "The tree".

import { type Suite, hex, join, same } from "../digest.ts";
import { Growing, leafHash, rootOf } from "../tree.ts";

export type Files = ReadonlyMap<string, Uint8Array>;

/** Why a log cannot be relied on; `missing` if only because something is not there. */
export class Unsound extends Error {
  constructor(
    readonly missing: boolean,
    readonly zh: string,
    readonly en: string,
  ) {
    super(en);
  }
}

const TILE = 256;

/** One tile, or one bundle of entries, that a tree needs. */
export interface Tile {
  /** Undefined for a bundle of entries. */
  level: number | undefined;
  number: number;
  width: number;
}

function numberPath(number: number): string {
  const digits = String(number);
  const groups = (digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g) ?? []).map(
    (group, i, all) => (i < all.length - 1 ? `x${group}` : group),
  );
  return groups.join("/");
}

/** Where a tile lies below the log's folder. */
export function tilePath({ level, number, width }: Tile): string {
  return `tile/${level ?? "entries"}/${numberPath(number)}${width < TILE ? `.p/${width}` : ""}`;
}

function* tilesOfLevel(level: number | undefined, hashes: number): Generator<Tile> {
  for (let number = 0; number * TILE < hashes; number++) {
    yield { level, number, width: Math.min(TILE, hashes - number * TILE) };
  }
}

/** All tiles and bundles that a tree of `size` entries needs, the bundles first. */
export function* tilesOf(size: number): Generator<Tile> {
  yield* tilesOfLevel(undefined, size);
  for (let [level, hashes] = [0, size]; hashes > 0; level++, hashes = Math.floor(hashes / TILE)) yield* tilesOfLevel(level, hashes);
}

/** The file of a tile; a partial one may be part of the full one. */
function fileOf(files: Files, tile: Tile): { path: string; bytes: Uint8Array; whole: boolean } {
  const path = tilePath(tile);
  const bytes = files.get(path);
  if (bytes) return { path, bytes, whole: true };
  const full = tile.width < TILE ? files.get(tilePath({ ...tile, width: TILE })) : undefined;
  if (!full) throw new Unsound(true, `日志里没有 ${path}`, `the log lacks ${path}`);
  return { path, bytes: full, whole: false };
}

const damaged = (path: string): Unsound => new Unsound(false, `日志的 ${path} 已损坏`, `${path} of the log is damaged`);
const strays = (path: string): Unsound =>
  new Unsound(false, `日志的 ${path} 与已签名的根不符`, `${path} of the log does not lead to the signed root`);

/** The hashes that a tile has. */
function hashesOf(files: Files, tile: Tile): Uint8Array[] {
  const { path, bytes, whole } = fileOf(files, tile);
  if (bytes.length !== 32 * (whole ? tile.width : TILE)) throw damaged(path);
  return Array.from({ length: tile.width }, (_, i) => bytes.subarray(32 * i, 32 * i + 32));
}

/** The entries in a bundle, each behind its length in two bytes. */
function entriesOf(files: Files, tile: Tile): Uint8Array[] {
  const { path, bytes, whole } = fileOf(files, tile);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < tile.width) {
    const end = at + 2 + ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);
    if (at + 2 > bytes.length || end > bytes.length) throw damaged(path);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (whole && at !== bytes.length) throw damaged(path);
  return entries;
}

/** What a log's tiles hold, once they have been led to a root. */
export interface Tree {
  leaves: Uint8Array[];
  entries: Uint8Array[];
}

/** The hashes of a level, from the full tiles of the one below. */
function levelAbove(suite: Suite, level: readonly Uint8Array[]): Uint8Array[] {
  const full = Math.floor(level.length / TILE);
  return Array.from({ length: full }, (_, i) => rootOf(suite, level.slice(TILE * i, TILE * (i + 1))));
}

/** The tiles of all levels hold what those of level 0 make them. */
function checkLevels(files: Files, suite: Suite, leaves: Uint8Array[]): void {
  for (let [level, hashes] = [1, levelAbove(suite, leaves)]; hashes.length; level++, hashes = levelAbove(suite, hashes)) {
    for (const tile of tilesOfLevel(level, hashes.length)) {
      const expected = hashes.slice(TILE * tile.number, TILE * tile.number + tile.width);
      if (!same(join(hashesOf(files, tile)), join(expected))) throw strays(tilePath(tile));
    }
  }
}

/** Leads tiles and entries to the root of `size` entries, or throws `Unsound`. */
export function readTree(files: Files, suite: Suite, size: bigint, root: string): Tree {
  // Whatever a checkpoint claims, no more tiles are looked for than there are files.
  const looked = size > BigInt(TILE * (files.size + 1)) ? TILE * (files.size + 1) : Number(size);
  for (const tile of tilesOf(looked)) fileOf(files, tile);
  const leaves: Uint8Array[] = [];
  const growing = new Growing(suite);
  for (const tile of tilesOfLevel(0, looked)) leaves.push(...hashesOf(files, tile));
  for (const leaf of leaves) growing.push(leaf);
  if (hex(growing.root()) !== root) throw new Unsound(false, "日志的瓦片与已签名的根不符", "the tiles of the log do not lead to the signed root");
  checkLevels(files, suite, leaves);
  const entries: Uint8Array[] = [];
  for (const tile of tilesOfLevel(undefined, looked)) {
    for (const entry of entriesOf(files, tile)) {
      if (!same(leafHash(suite, entry), leaves[entries.length]!)) throw strays(tilePath(tile));
      entries.push(entry);
    }
  }
  return { leaves, entries };
}

/** What the tiles hold that trees of `sizes` entries need, by their paths. */
export function tilesNeeded(suite: Suite, { leaves, entries }: Tree, sizes: Iterable<number>): Map<string, () => Uint8Array> {
  const levels = [leaves];
  for (let level = leaves; level.length; level = levels[levels.length - 1]!) levels.push(levelAbove(suite, level));
  const needed = new Map<string, () => Uint8Array>();
  for (const size of sizes) {
    for (const tile of tilesOf(size)) {
      const part = <T>(all: readonly T[]): T[] => all.slice(TILE * tile.number, TILE * tile.number + tile.width);
      const { level } = tile;
      needed.set(tilePath(tile), () => join(level === undefined ? part(entries).flatMap(framed) : part(levels[level]!)));
    }
  }
  return needed;
}

const framed = (entry: Uint8Array): Uint8Array[] => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry];
