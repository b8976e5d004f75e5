// Files of the web site that the page itself came from, each asked for once, and never
// more of them than a browser can hold.

import { NotAnswered } from "./engine.ts";
import type { Source } from "./messages.ts";
import type { Said } from "../verifier/report.ts";

/** Files fetched at the same time. */
const AT_ONCE = 8;
/** All files together; whoever has more gives the folder itself. */
const MOST = 1 << 30;

/** Says why there is no answer. */
export const no = (zh: string, en: string): never => {
  throw new NotAnswered({ zh, en });
};

/** The bytes of a response; undefined if there are more than `most`. */
export async function bounded(response: Response, most: number): Promise<Blob | undefined> {
  const reader = response.body!.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
}

/** What lies at a path below `parent`. No part of a path means anything else in an address. */
export const ask = (path: string, parent: URL): Promise<Response> =>
  fetch(new URL(path.split("/").map(encodeURIComponent).join("/"), parent), { credentials: "omit", cache: "no-store" });

export class Fetcher {
  readonly sources: Source[] = [];
  private readonly asked = new Map<string, Promise<Blob | undefined>>();
  private length = 0;

  constructor(
    readonly parent: URL,
    private readonly tell: (said: Said) => void,
  ) {}

  /** A file below the parent folder; undefined if there is none. */
  get(path: string): Promise<Blob | undefined> {
    const asked = this.asked.get(path) ?? this.fetch(path);
    this.asked.set(path, asked);
    return asked;
  }

  async text(path: string): Promise<string | undefined> {
    return (await this.get(path))?.text();
  }

  async all(paths: readonly string[]): Promise<void> {
    const rest = [...paths];
    const next = async (): Promise<void> => {
      for (let path = rest.shift(); path !== undefined; path = rest.shift()) await this.get(path);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }

  private async fetch(path: string): Promise<Blob | undefined> {
    const response = await ask(path, this.parent);
    if (response.status === 404) return undefined;
    if (!response.ok) no(`网站没有给出 ${path}（${response.status}）。`, `The site does not give ${path} (${response.status}).`);
    const blob = (await bounded(response, MOST - this.length)) ?? tooMuch();
    this.length += blob.size;
    if (this.length > MOST) tooMuch();
    this.sources.push({ path, blob });
    this.tell({ zh: `已取得 ${this.sources.length} 个文件`, en: `${this.sources.length} files fetched` });
    return blob;
  }
}

const tooMuch = (): never =>
  no(
    "这些文件合计超过 1 GB：请下载整个公开文件夹，再点“选择文件夹”。",
    "These files have more than 1 GB together: download the whole public folder, then choose it here.",
  );
