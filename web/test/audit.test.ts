// A01 to A18 over a small history: one draw that is committed and in a log signed here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type AuditReport, auditFolder } from "../verifier/audit/audit.ts";
import type { Seen } from "../verifier/audit/history.ts";
import { SHA256, hex, sha256, utf8 } from "../verifier/digest.ts";
import { entryText } from "../verifier/log/entries.ts";
import { momentOf } from "../verifier/moment.ts";
import { Signer, checkpointNote, logFiles } from "./signer.ts";

const LOG = new Signer("fire.example/log", 1);
const WITNESS = new Signer("w.example", 4);
const POLICY = utf8(`log ${LOG.vkey}\nwitness w ${WITNESS.vkey}\nquorum w\n`);
const COMMIT = readFileSync("../tests/texts/commit.txt", "utf8")
  .replace("/002\n", "/001\n")
  .replace(/previous .*/, "previous none")
  .replace(/carried .*\n/, "")
  .replace("\nitems ", `\nlog ${SHA256.hex(POLICY)}\nitems `);
const SEEN = momentOf("2026-11-23T07:00:00Z")!;
const POLICY_ENTRY = `yaohao/entry/v1\noffice example\nfile log-policy.txt\nhash ${hex(sha256(POLICY))}\n`;
const entry = (number: string, file: string, text: string): string => entryText(number, file, hex(sha256(utf8(text))));
const ENTRIES = [POLICY_ENTRY, entry("example/2026/001", "commit.txt", COMMIT)];

type Files = Record<string, string | Uint8Array>;

function publicFolder(entries: string[], more: Files = {}, time = SEEN): Map<string, Uint8Array> {
  const files = new Map([...logFiles(LOG, WITNESS, POLICY, entries, time)].map(([path, bytes]) => [`log/${path}`, bytes]));
  files.set("2026-001/commit.txt", utf8(COMMIT));
  for (const [path, text] of Object.entries(more)) files.set(path, typeof text === "string" ? utf8(text) : text);
  return files;
}

const audit = (files: Map<string, Uint8Array>, now = "2026-11-24T00:00:00Z", seen: Seen[] = []): AuditReport =>
  auditFolder(files, { now: momentOf(now)!, seen });

/** What an audit holds against the office; A17 is left out, for the draw lacks its tables. */
const faults = (report: AuditReport): string[] =>
  report.checks.flatMap(({ id, findings }) =>
    findings.filter(({ fault }) => fault && id !== "A17").map(({ place, state }) => [id, place, state].join(" ").trim()),
  );

test("a draw that is committed and logged is open, and nothing is wrong", () => {
  const report = audit(publicFolder(ENTRIES, { "index.html": "x", "site/a.txt": "x", ".git/commit.txt": "x", "log/.DS_Store": "x" }));
  assert.deepEqual(faults(report), []);
  assert.deepEqual(report.draws.map(({ draw, folder, states }) => [draw, folder, states]), [["example/2026/001", "2026-001", ["OPEN"]]]);
});

test("it is overdue by the clock, and by the witnesses", () => {
  assert.deepEqual(faults(audit(publicFolder(ENTRIES), "2026-12-01T00:00:00Z")), ["A13 2026-001 OVERDUE"]);
  const late = audit(publicFolder(ENTRIES, {}, momentOf("2026-12-01T00:00:00Z")!));
  assert.deepEqual(faults(late), ["A13 2026-001 OVERDUE", "A13 2026-001 OVERDUE"]);
  assert.deepEqual(late.draws[0]!.states, ["OVERDUE"]);
});

test("what is missing, on either side, is found", () => {
  assert.deepEqual(faults(audit(publicFolder([POLICY_ENTRY]), "2026-11-25T00:00:00Z")), ["A06 2026-001"]);
  assert.deepEqual(faults(audit(publicFolder([POLICY_ENTRY]), "2026-11-23T08:00:00Z")), []);
  const withheld = audit(publicFolder([...ENTRIES, entry("example/2026/003", "commit.txt", "x")]));
  assert.deepEqual(faults(withheld), ["A06 example/2026/003 GAP", "A10 example/2026/002 GAP"]);
  assert.deepEqual(withheld.draws.map(({ draw, states }) => `${draw} ${states}`), [
    "example/2026/001 OPEN",
    "example/2026/002 GAP",
    "example/2026/003 GAP",
  ]);
  assert.deepEqual(faults(audit(publicFolder(ENTRIES, { "log/x": "x", "2026-009/units.txt": "x" }))), ["A01 log/x", "A10 2026-009 GAP"]);
});

test("a second commitment is a fork, in the folder and against the log", () => {
  const second = COMMIT.replace("software yaohao", "software other");
  const report = audit(publicFolder(ENTRIES, { "again/commit.txt": second }));
  assert.deepEqual(faults(report), [
    "A06 again FORK",
    "A12 2026-001 FORK",
    "A12 again FORK",
    "A12 2026-001 FORK",
    "A12 again FORK",
  ]);
  assert.deepEqual(report.draws.map(({ states }) => states), [["FORK", "OPEN"], ["FORK", "OPEN"]]);
});

test("a log that somebody saw otherwise has two histories", () => {
  const other = [POLICY_ENTRY, entry("example/2026/001", "commit.txt", "another")];
  const seen = (entries: string[], size: number) => [{ name: "seen", bytes: checkpointNote(LOG, WITNESS, entries, size, SEEN) }];
  const now = "2026-11-24T00:00:00Z";
  assert.deepEqual(faults(audit(publicFolder(ENTRIES), now, seen(ENTRIES, 1))), []);
  assert.deepEqual(faults(audit(publicFolder(ENTRIES), now, seen(other, 2))), ["A03 log/seen FORK", "A03 log/seen FORK", "A03 log/seen FORK"]);
  assert.deepEqual(faults(audit(publicFolder(ENTRIES), now, seen([...ENTRIES, POLICY_ENTRY], 3))), ["A03 log/seen FORK"]);
});

test("damage to the log is found where it is", () => {
  const earlier = checkpointNote(LOG, WITNESS, ENTRIES, 2, SEEN - 86_400);
  const cases: [Files, string[]][] = [
    [{ "log/checkpoints/1": "x" }, ["A03 log/checkpoints/1"]],
    [{ "log/tile/0/000.p/1": "x" }, ["A04 log/tile/0/000.p/1"]],
    [{ "log/tile/0/000.p/2": "x" }, ["A04 log/tile"]],
    [{ "log/tile/0/000.p/3": "x" }, []],
    [{ "log/checkpoint": earlier, "log/checkpoints/2": earlier }, ["A08 log/checkpoint"]],
  ];
  for (const [files, found] of cases) assert.deepEqual(faults(audit(publicFolder(ENTRIES, files))), found, Object.keys(files)[0]);
  const gone = new Map([...publicFolder(ENTRIES)].filter(([path]) => !path.startsWith("log/")));
  assert.deepEqual(faults(audit(gone)), ["A01 2026-001"]);
});
