// What a site says it has: `site/SHA256SUMS`, docs/spec/README.md, "The files of a draw".
// Nothing of it is believed but names, to ask for; a hash in it only says where to look
// first. Whatever is fetched is verified as if there were no list.

import { type Fetcher, ask, bounded } from "./fetcher.ts";

/** No list is longer: room for some 80,000 files. */
const MOST = 8 << 20;

/** Hashes by paths. */
export type Listing = Map<string, string>;

/** The list of a public folder; undefined if there is none that can be used. */
export async function listingOf(parent: URL): Promise<Listing | undefined> {
  const response = await ask("site/SHA256SUMS", parent);
  const blob = response.ok ? await bounded(response, MOST) : undefined;
  const listing: Listing = new Map();
  for (const [, escaped, hash, path] of (await blob?.text() ?? "").matchAll(/^(\\?)([0-9a-f]{64})  (.+)$/gm)) {
    const plain = escaped ? path!.replace(/\\(.)/g, (_, c: string) => ({ n: "\n", r: "\r" })[c] ?? c) : path!;
    if (plain.split("/").every((part) => !/^\.{0,2}$/.test(part))) listing.set(plain, hash!);
  }
  return listing.size > 0 ? listing : undefined;
}

/** The files of a draw, the log, the verifier's files, the published results, and the closing document before it. */
export async function listed(files: Fetcher, folder: string, listing: Listing): Promise<void> {
  const paths = [...listing.keys()];
  await files.all(paths.filter((path) => [folder, "log", "verifier", "results"].some((name) => path.startsWith(`${name}/`))));
  const commit = await files.text(`${folder}/commit.txt`);
  const previous = /^previous ([0-9a-f]{64})$/m.exec(commit ?? "")?.[1];
  const closings = paths.filter((path) => /^[^/]+\/(record|void)\.txt$/.test(path) && !path.startsWith(`${folder}/`));
  const named = closings.filter((path) => listing.get(path) === previous);
  // Under SM3 the list does not tell which, and `none` is said of all of them.
  await files.all(named.length > 0 ? named : closings);
}
