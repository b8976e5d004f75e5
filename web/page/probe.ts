// The files of a draw from a site that has no list of its files: the lists of every step
// name its files (docs/spec/README.md, "The files of a draw"), and the commitment says
// which steps there can be. Whether they are there is seen by asking.

import type { Fetcher } from "./fetcher.ts";

/** No log of an office is longer than this in the lifetime of a page. */
const CHECKPOINTS = 4096;

const lineOf = (text: string, key: string): string | undefined => new RegExp(`^${key} (.+)$`, "m").exec(text)?.[1];

/** Names in a `.sha256` list. */
const listed = (list: string | undefined): string[] => Array.from((list ?? "").matchAll(/^[0-9a-f]{64}  ([A-Za-z0-9._-]+)$/gm), (line) => line[1]!);

/** A draw's folder with the log, the verifier's files and the closing document before it. */
export async function probed(files: Fetcher, folder: string, commit: string): Promise<void> {
  await steps(files, folder, commit);
  await files.all(Array.from(commit.matchAll(/^verifier ([A-Za-z0-9._-]+) /gm), (line) => `verifier/${line[1]}`));
  await before(files, folder, commit);
  if (lineOf(commit, "log") !== undefined) await log(files, commit);
}

async function steps(files: Fetcher, folder: string, commit: string): Promise<void> {
  const step = async (list: string): Promise<boolean> => {
    const text = await files.text(`${folder}/${list}`);
    await files.all(listed(text).map((name) => `${folder}/${name}`));
    return text !== undefined;
  };
  await step("commit.sha256");
  if (!(await step("record.sha256"))) {
    if (await step("void.sha256")) return;
    // Between the commitment and the record no list names these yet.
    await files.all(["ceremony.txt", "reveal.txt", "beacon.txt"].map((name) => `${folder}/${name}`));
    return;
  }
  if (lineOf(commit, "mode") === "sealed") await step("open.sha256");
  if (lineOf(commit, "chain") === undefined) return;
  for (let n = 1; n <= 9999; n++) {
    const name = `replace-${String(n).padStart(3, "0")}`;
    if (!(await step(`${name}-request.sha256`)) || !(await step(`${name}.sha256`))) return;
  }
}

/** The closing document of the draw before, where its folder has the usual name. */
async function before(files: Fetcher, folder: string, commit: string): Promise<void> {
  if (lineOf(commit, "previous") === "none") return;
  const [, year, sequence] = /^(\d{4})-(\d+)$/.exec(folder) ?? [];
  if (!year || !sequence || Number(sequence) < 2) return;
  const other = `${year}-${String(Number(sequence) - 1).padStart(3, "0")}`;
  await files.get(`${other}/commit.txt`);
  if ((await files.get(`${other}/record.txt`)) === undefined) await files.get(`${other}/void.txt`);
}

/** The log: docs/spec/log.md, "Files". */
async function log(files: Fetcher, commit: string): Promise<void> {
  const checkpoint = await files.text("log/checkpoint");
  await files.get("log/log-policy.txt");
  await files.get(`log/policies/${lineOf(commit, "log")}.txt`);
  const size = Number(checkpoint?.split("\n")[1]);
  if (!Number.isSafeInteger(size)) return;
  await files.all(tilesOf(size));
  const first = Math.max(1, size - CHECKPOINTS);
  await files.all(Array.from({ length: size - first + 1 }, (_, i) => `log/checkpoints/${first + i}`));
}

/** The tiles of a tree, with its entries. */
function tilesOf(size: number): string[] {
  const paths: string[] = [];
  const level = (name: string, count: number): void => {
    for (let n = 0; n < Math.floor(count / 256); n++) paths.push(`log/tile/${name}/${numbered(n)}`);
    if (count % 256 > 0) paths.push(`log/tile/${name}/${numbered(Math.floor(count / 256))}.p/${count % 256}`);
  };
  level("entries", size);
  for (let l = 0, count = size; count > 0; l++, count = Math.floor(count / 256)) level(String(l), count);
  return paths;
}

/** The number of a tile, in groups of three digits. */
function numbered(n: number): string {
  const last = String(n % 1000).padStart(3, "0");
  return n < 1000 ? last : `${numbered(Math.floor(n / 1000)).replace(/(\d{3})$/, "x$1")}/${last}`;
}
