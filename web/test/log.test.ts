// V28 over a small log that is signed here, and over damaged copies of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SHA256, hex, sha256, utf8 } from "../verifier/digest.ts";
import { Draw } from "../verifier/draw.ts";
import { logged } from "../verifier/log.ts";
import { Frontier } from "../verifier/log/frontier.ts";
import { entryText } from "../verifier/log/entries.ts";
import { tilePath } from "../verifier/log/tiles.ts";
import { momentOf } from "../verifier/moment.ts";
import { ask, said } from "../verifier/report.ts";
import { leafHash, rootOf } from "../verifier/tree.ts";
import { Signer, checkpointText, tilesAt } from "./signer.ts";

const LOG = new Signer("fire.example/log", 1);
const WITNESS = new Signer("w.example", 4);
const POLICY = utf8(`log ${LOG.vkey}\nwitness w ${WITNESS.vkey}\nquorum w\n`);
const COMMIT = readFileSync("../tests/texts/commit.txt", "utf8").replace("\nitems ", `\nlog ${SHA256.hex(POLICY)}\nitems `);
const VOID = `yaohao/void/v1\ndraw example/2026/002\nafter ${SHA256.hex(COMMIT)}\nat 2026-11-24T00:00:00Z\nreason policy\n`;
const SEEN = momentOf("2026-11-23T07:00:00Z")!;

const entry = (file: string, text: string): string => entryText("example/2026/002", file, hex(sha256(utf8(text))));
const ENTRIES = [
  `yaohao/entry/v1\noffice example\nfile log-policy.txt\nhash ${hex(sha256(POLICY))}\n`,
  entry("commit.txt", COMMIT),
];

function logOf(entries: string[], time = SEEN): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([["log-policy.txt", POLICY]]);
  for (let size = 1; size <= entries.length; size++) {
    const text = checkpointText(LOG.name, entries, size);
    const note = utf8(`${text}\n${LOG.line(text)}${WITNESS.line(text, time + size)}`);
    for (const [path, bytes] of tilesAt(entries, size)) files.set(path, bytes);
    files.set(`checkpoints/${size}`, note).set("checkpoint", note);
  }
  return files;
}

function status(log: Map<string, Uint8Array>, files: Record<string, string> = {}): string {
  const folder = Object.entries({ "commit.txt": COMMIT, ...files }).map(([name, text]) => [name, utf8(text)] as const);
  return ask({ id: "V28", name: "logged", title: said("", ""), run: logged }, new Draw(new Map(folder), { log })).status;
}

const damaged = (path: string, change: (bytes: Uint8Array) => Uint8Array | undefined): Map<string, Uint8Array> => {
  const files = logOf(ENTRIES);
  const bytes = change(files.get(path)!.slice());
  if (bytes) files.set(path, bytes);
  else files.delete(path);
  return files;
};

test("a log with its documents passes, and one that lacks them is not run", () => {
  assert.equal(status(logOf(ENTRIES)), "pass");
  assert.equal(status(logOf(ENTRIES.slice(0, 1))), "not-run");
  assert.equal(status(logOf(ENTRIES), { "void.txt": VOID }), "not-run");
  assert.equal(status(logOf([...ENTRIES, entry("void.txt", VOID)]), { "void.txt": VOID }), "pass");
  assert.equal(status(logOf([...ENTRIES, entry("void.txt", VOID)])), "fail");
  assert.equal(status(logOf([...ENTRIES, ENTRIES[1]!])), "fail");
});

test("witnesses must have seen the commitment before the draw", () => {
  const ceremony = readFileSync("../tests/texts/ceremony.txt", "utf8").replace(/\nat .*/, "\nat 2026-11-23T07:30:00Z");
  const entries = [...ENTRIES, entry("ceremony.txt", ceremony)];
  assert.equal(status(logOf(entries), { "ceremony.txt": ceremony }), "pass");
  assert.equal(status(logOf(entries, SEEN + 3600), { "ceremony.txt": ceremony }), "fail");
});

test("what is missing is not run, what is wrong fails", () => {
  for (const path of ["log-policy.txt", "checkpoint", "tile/0/000.p/2", "tile/entries/000.p/2"]) {
    assert.equal(status(damaged(path, () => undefined)), "not-run", path);
    for (const at of [0, 30, 55]) {
      assert.equal(status(damaged(path, (bytes) => bytes.map((byte, i) => (i === at % bytes.length ? byte ^ 1 : byte)))), "fail", path);
    }
    assert.equal(status(damaged(path, (bytes) => bytes.subarray(0, -1))), "fail", path);
  }
});

test("a checkpoint that claims more entries than anybody has is answered at once", () => {
  const text = `${LOG.name}\n9223372036854775807\n${Buffer.alloc(32).toString("base64")}\n`;
  const files = logOf(ENTRIES).set("checkpoint", utf8(`${text}\n${LOG.line(text)}`));
  assert.equal(status(files), "not-run");
});

test("the frontier has the root of every size, and tiles their paths", () => {
  const leaves = Array.from({ length: 70 }, (_, i) => leafHash(SHA256, utf8(String(i))));
  const frontier = new Frontier(SHA256);
  leaves.forEach((leaf, i) => {
    assert.equal(hex(frontier.root()), hex(rootOf(SHA256, leaves.slice(0, i))));
    frontier.push(leaf);
  });
  assert.equal(tilePath({ level: 0, number: 1234067, width: 256 }), "tile/0/x001/x234/067");
  assert.equal(tilePath({ level: undefined, number: 0, width: 7 }), "tile/entries/000.p/7");
});
