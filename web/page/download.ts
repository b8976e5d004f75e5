// The files of a draw from the site that the page itself came from. There is no list of
// them: the lists of every step name its files (docs/spec/README.md, "The files of a
// draw"), and the commitment says which steps there can be.

import type { Source } from "./messages.ts";
import type { Said } from "../verifier/report.ts";
import { NotAnswered } from "./engine.ts";

/** Files fetched at the same time. */
const AT_ONCE = 8;
/** No log of an office is longer than this in the lifetime of a page. */
const CHECKPOINTS = 4096;

const no = (zh: string, en: string): never => {
  throw new NotAnswered({ zh, en });
};

/** The draw's folder as an address; only of the same site, and only over http. */
export function addressOf(path: string): URL {
  const address = new URL(path.endsWith("/") ? path : `${path}/`, location.href);
  if (address.origin !== location.origin) no("只能打开本网站上的抽取。", "Only a draw of this very site can be opened.");
  return address;
}

export const isOverHttp = (): boolean => /^https?:$/.test(location.protocol);

class Download {
  readonly sources: Source[] = [];
  private readonly asked = new Set<string>();

  constructor(
    private readonly parent: URL,
    private readonly tell: (said: Said) => void,
  ) {}

  /** The text of a file below the parent folder; undefined if there is none. */
  async get(path: string): Promise<string | undefined> {
    if (this.asked.has(path)) return this.sources.find((source) => source.path === path)?.blob.text();
    this.asked.add(path);
    const response = await fetch(new URL(path, this.parent), { credentials: "omit", cache: "no-store" });
    if (response.status === 404) return undefined;
    if (!response.ok) no(`网站没有给出 ${path}（${response.status}）。`, `The site does not give ${path} (${response.status}).`);
    const blob = await response.blob();
    this.sources.push({ path, blob });
    this.tell({ zh: `已取得 ${this.sources.length} 个文件`, en: `${this.sources.length} files fetched` });
    return blob.text();
  }

  async all(paths: readonly string[]): Promise<void> {
    const rest = [...paths];
    const next = async (): Promise<void> => {
      for (let path = rest.shift(); path !== undefined; path = rest.shift()) await this.get(path);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }
}

const lineOf = (text: string, key: string): string | undefined => new RegExp(`^${key} (.+)$`, "m").exec(text)?.[1];

/** Names in a `.sha256` list. */
const listed = (list: string | undefined): string[] => Array.from((list ?? "").matchAll(/^[0-9a-f]{64}  ([A-Za-z0-9._-]+)$/gm), (line) => line[1]!);

/** A draw's folder with the log, the verifier's files and the closing document before it. */
export async function download(path: string, tell: (said: Said) => void): Promise<{ sources: Source[]; folder: string }> {
  const address = addressOf(path);
  const folder = address.pathname.split("/").at(-2) ?? "";
  const files = new Download(new URL("../", address), tell);
  const commit = await files.get(`${folder}/commit.txt`);
  if (commit === undefined) no(`网站上没有 ${address.pathname} 这次抽取。`, `There is no draw at ${address.pathname} on this site.`);
  await steps(files, folder, commit!);
  await files.all(Array.from(commit!.matchAll(/^verifier ([A-Za-z0-9._-]+) /gm), (line) => `verifier/${line[1]}`));
  await before(files, folder, commit!);
  if (lineOf(commit!, "log") !== undefined) await log(files, commit!);
  return { sources: files.sources, folder };
}

async function steps(files: Download, folder: string, commit: string): Promise<void> {
  const step = async (list: string): Promise<boolean> => {
    const text = await files.get(`${folder}/${list}`);
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
async function before(files: Download, folder: string, commit: string): Promise<void> {
  if (lineOf(commit, "previous") === "none") return;
  const [, year, sequence] = /^(\d{4})-(\d+)$/.exec(folder) ?? [];
  if (!year || !sequence || Number(sequence) < 2) return;
  const other = `${year}-${String(Number(sequence) - 1).padStart(3, "0")}`;
  await files.get(`${other}/commit.txt`);
  if ((await files.get(`${other}/record.txt`)) === undefined) await files.get(`${other}/void.txt`);
}

/** The log: docs/spec/log.md, "Files". */
async function log(files: Download, commit: string): Promise<void> {
  const checkpoint = await files.get("log/checkpoint");
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
