// The files of a draw from the site that the page itself came from: those that the site
// lists, or else those that there can be.

import { Fetcher, no } from "./fetcher.ts";
import { listed, listingOf } from "./listing.ts";
import type { Source } from "./messages.ts";
import { probed } from "./probe.ts";
import type { Said } from "../verifier/report.ts";

/** What was fetched. */
export interface Download {
  sources: Source[];
  /** The draw's folder in it. */
  folder: string;
  /** Fetches all that the site lists, every draw; undefined if it has no list. */
  history: (() => Promise<Source[]>) | undefined;
}

export const isOverHttp = (): boolean => /^https?:$/.test(location.protocol);

/** The draw's folder as an address; only of the same site, and only over http. */
function addressOf(path: string): URL {
  const address = new URL(path.endsWith("/") ? path : `${path}/`, location.href);
  if (address.origin !== location.origin) no("只能打开本网站上的抽取。", "Only a draw of this very site can be opened.");
  return address;
}

/** A draw's folder with the log, the verifier's files and the closing document before it. */
export async function download(path: string, tell: (said: Said) => void): Promise<Download> {
  const address = addressOf(path);
  const folder = decodeURIComponent(address.pathname.split("/").at(-2) ?? "");
  const parent = new URL("../", address);
  const files = new Fetcher(parent, tell);
  const listing = await listingOf(parent);
  const isListed = listing?.has(`${folder}/commit.txt`) === true;
  if (isListed) await listed(files, folder, listing);
  const commit = await files.text(`${folder}/commit.txt`);
  if (commit === undefined) no(`网站上没有 ${address.pathname} 这次抽取。`, `There is no draw at ${address.pathname} on this site.`);
  if (!isListed) await probed(files, folder, commit!);
  const history = async (): Promise<Source[]> => {
    await files.all([...listing!.keys()]);
    return [...files.sources];
  };
  return { sources: [...files.sources], folder, history: isListed ? history : undefined };
}
