// What is asked of a site with a list: `listed` names files, and no more.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Fetcher } from "../page/fetcher.ts";
import { listed, listingOf } from "../page/listing.ts";

const PARENT = new URL("http://site.invalid/public/");
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Answers as a plain web site; says what it was asked for. */
function site(files: Record<string, string>): string[] {
  const asked: string[] = [];
  globalThis.fetch = async (address) => {
    const path = decodeURIComponent(String(address).slice(PARENT.href.length));
    asked.push(path);
    const text = files[path];
    return text === undefined ? new Response("", { status: 404 }) : new Response(text);
  };
  return asked;
}

const sums = (files: Record<string, string>): string =>
  Object.entries(files).map(([path, text]) => `${hashOf(text)}  ${path}\n`).join("");

const FILES = {
  "2026-001/record.txt": "one",
  "2026-002/void.txt": "two",
  "2026-003/commit.txt": `previous ${hashOf("one")}\n`,
  "2026-003/units.txt": "units",
  "log/checkpoint": "log",
  "results/results-0001.txt": "list",
  "verifier/a b#%.py": "py",
};

async function fetched(files: Record<string, string>, list = sums(files)): Promise<string[]> {
  const asked = site({ ...files, "site/SHA256SUMS": list });
  const listing = await listingOf(PARENT);
  if (!listing) return asked;
  const from = new Fetcher(PARENT, () => undefined);
  await listed(from, "2026-003", listing);
  assert.deepEqual(from.sources.map(({ path }) => path).sort(), asked.filter((path) => path in files).sort());
  return asked.sort();
}

test("the files of the draw, what lies beside it, and the one draw before it", async () => {
  const beside = ["2026-003/commit.txt", "2026-003/units.txt", "log/checkpoint", "results/results-0001.txt", "site/SHA256SUMS", "verifier/a b#%.py"];
  assert.deepEqual(await fetched(FILES), ["2026-001/record.txt", ...beside]);
  // No hash of the list is that of the draw before, or there is none: all that close a draw.
  for (const commit of [`previous ${hashOf("other")}\n`, "previous none\n", ""]) {
    const files = { ...FILES, "2026-003/commit.txt": commit };
    assert.deepEqual(await fetched(files), ["2026-001/record.txt", "2026-002/void.txt", ...beside]);
  }
});

test("a path that leads elsewhere is not followed; an escaped one is", async () => {
  const hash = hashOf("x");
  const list = `${hash}  ../2026-003/x\n${hash}  2026-003/../../x\n${hash}  /2026-003/x\n${hash}  2026-003//x\n`;
  assert.equal((await fetched(FILES, list)).length, 1, "no list at all");
  const escaped = `\\${hash}  2026-003/a\\\\b\\nc\n`;
  assert.ok((await fetched(FILES, sums(FILES) + escaped)).includes("2026-003/a\\b\nc"));
});

test("no list, one that is a page, one without end", async () => {
  site({});
  assert.equal(await listingOf(PARENT), undefined);
  site({ "site/SHA256SUMS": "<!doctype html><p>404</p>" });
  assert.equal(await listingOf(PARENT), undefined);
  site({ "site/SHA256SUMS": `${hashOf("x")}  x\n`.repeat(150_000) });
  assert.equal(await listingOf(PARENT), undefined);
});
