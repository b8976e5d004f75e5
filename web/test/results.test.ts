// Published results: the form of a list, A06, A07 and A18 over small histories, and what a
// unit's proof says of its visit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { auditFolder } from "../verifier/audit/audit.ts";
import { hex, sha256, utf8 } from "../verifier/digest.ts";
import { momentOf } from "../verifier/moment.ts";
import { Lists, listName, listNumber, readList } from "../verifier/results.ts";
import { visitStep } from "../verifier/visited.ts";
import { Signer, logFiles } from "./signer.ts";

const EXAMPLE = readFileSync("../docs/spec/results.md", "utf8").split("```\n")[1]!;
const ITEMS = "fire-exits=open,records=no-problem";

test("the example of the page is a list", () => {
  const list = readList(utf8(EXAMPLE));
  assert.deepEqual([list.number, list.entries, list.lines.map(({ word }) => word)], [2, 41n, ["again", "closed", "penalty", "result", "result"]]);
});

test("a list has one form", () => {
  const wrong: [string, string][] = [
    ["number 2", "number 1"], ["number 2", "number 0"], ["number 2", "number 4294967296"], ["after 9f", "after 9F"],
    ["journal 41 ", "journal 0 "], ["journal 41 ", "journal 4294967296 "], ["at 2026", "at 0000"],
    ["office example", "office other"], ["2026/reinspection/0003", "2026/reinspection/00003"],
    ["2026/penalty/0001", "2026/penalty/4294967296"], ["2026/penalty/0001", "0000/penalty/0001"],
    [" 5000 例", " 5000  例"], [" 5000 例", " 18446744073709551616 例"], [" 3 1 ", " 3 4 "],
    ["by-date=1,seal=1", "seal=1,by-date=1"], ["seal=1", "seal=0"], ["seal=1", "hanging=1"], ["seal=1", "seal=1=1"],
    [ITEMS, "-"], [ITEMS, "records=no-problem,fire-exits=open"], [ITEMS, "fire-exits=fine"], [ITEMS, "fire exits=open"],
    ["U00031 2026-01-13", "U00012 2026-01-14"], ["closed example/2026/001 U00007", "closed example/2026/001 U00012"],
    ["U00007\n", "U00007 \n"], ["closed example/2026/001", "closed example/2026/65536"], ["closed", "ended"],
  ];
  for (const [from, to] of wrong) {
    assert.ok(EXAMPLE.includes(from), from);
    assert.throws(() => readList(utf8(EXAMPLE.replace(from, to))), `${from} → ${to}`);
  }
});

test("lines rise in the order of bytes, not of UTF-16", () => {
  const penalty = (n: number, text: string): string => `penalty 2026/penalty/000${n} 2026-01-28 - 0 ${text}`;
  const head = EXAMPLE.split("\n").slice(0, 6).join("\n");
  for (const [a, b] of [["\u{ff5e}", "\u{20000}"], ["a", "ab"]]) {
    // The same number twice is no list either, so the order is all that the first error is about.
    const read = (...texts: string[]) => readList(utf8(`${head}\n${texts.map((text) => `${penalty(1, text)}\n`).join("")}`));
    assert.throws(() => read(a!, b!), /there twice/);
    assert.throws(() => read(b!, a!), /rising/);
  }
});

test("names of lists", () => {
  for (const [name, number] of [["results-0001.txt", 1], ["results-12345.txt", 12345], ["results-4294967295.txt", 2 ** 32 - 1]] as const) {
    assert.deepEqual([listNumber(name), listName(number)], [number, name]);
  }
  for (const name of ["results-0000.txt", "results-001.txt", "results-00001.txt", "results-4294967296.txt", "results-0001.txt\n"]) assert.equal(listNumber(name), undefined, name);
});

const LOG = new Signer("fire.example/log", 1);
const WITNESS = new Signer("w.example", 4);
const POLICY = utf8(`log ${LOG.vkey}\nwitness w ${WITNESS.vkey}\nquorum w\n`);
const TIME = momentOf("2026-02-07T00:00:00Z")!;
const entry = (file: string, bytes: Uint8Array): string => `yaohao/entry/v1\noffice example\nfile ${file}\nhash ${hex(sha256(bytes))}\n`;

/** Lists of a penalty each. */
function chain(count: number): Uint8Array[] {
  const lists: Uint8Array[] = [];
  for (let n = 1; n <= count; n++) {
    const after = n === 1 ? "none" : hex(sha256(lists[n - 2]!));
    const head = `yaohao/results/v1\noffice example\nnumber ${n}\nafter ${after}\nat 2026-02-06T02:00:00Z\njournal ${n} ${"0".repeat(64)}\n`;
    lists.push(utf8(`${head}penalty 2026/penalty/000${n} 2026-01-28 - 0 ${n}号\n`));
  }
  return lists;
}

/** Faults of an audit of these lists, and of a log with entries of `logged`, in that order. */
function faults(lists: Record<string, Uint8Array>, logged: [string, Uint8Array][], now = "2026-02-08T00:00:00Z"): string[] {
  const entries = [entry("log-policy.txt", POLICY), ...logged.map(([file, bytes]) => entry(file, bytes))];
  const files = new Map([...logFiles(LOG, WITNESS, POLICY, entries, TIME)].map(([path, bytes]) => [`log/${path}`, bytes]));
  for (const [name, bytes] of Object.entries(lists)) files.set(`results/${name}`, bytes);
  const { checks, draws } = auditFolder(files, { now: momentOf(now)!, seen: [] });
  assert.deepEqual(draws, [], "a list is no draw, and gives no row");
  return checks.flatMap(({ id, findings }) => findings.filter(({ fault }) => fault).map(({ place, state }) => [id, place, state].join(" ").trim()));
}

test("lists in the log and beside it", () => {
  const [one, two, three] = chain(3) as [Uint8Array, Uint8Array, Uint8Array];
  const [a, b, c] = [listName(1), listName(2), listName(3)];
  const all: [string, Uint8Array][] = [[a, one], [b, two], [c, three]];
  assert.deepEqual(faults(Object.fromEntries(all), all), []);
  assert.deepEqual(faults({ [a]: one, [c]: three }, all), [`A06 results/${b}`, `A18 results/${b}`]);
  assert.deepEqual(faults({}, all), [`A06 results/${a}`, `A06 results/${b}`, `A06 results/${c}`, `A18 results/${a}`]);
  assert.deepEqual(faults({ [a]: one, [b]: one }, all.slice(0, 2)), [`A06 results/${b} FORK`, `A18 results/${b}`]);
  assert.deepEqual(faults({ [a]: one, [b]: two }, [[b, two], [a, one]]), [`A07 results/${b}`]);
  assert.deepEqual(faults({ [a]: one }, [[a, one], [a, one]]), ["A05 log/#2"]);
  // Within a day of its date it need not be in the log; where it does not read, it must.
  assert.deepEqual(faults({ [a]: one }, [], "2026-02-07T02:00:00Z"), []);
  assert.deepEqual(faults({ [a]: one }, [], "2026-02-07T02:00:01Z"), [`A06 results/${a}`]);
  assert.deepEqual(faults({ [a]: utf8("x\n") }, [], "2026-02-06T02:00:00Z"), [`A06 results/${a}`, `A18 results/${a}`]);
  assert.deepEqual(faults({ x: one, "old/x": one, ".x": one }, []), ["A18 results/x", "A18 results/old/"]);
});

test("a proof tells the visit as the latest list does", () => {
  const [, second] = [0, utf8(EXAMPLE)];
  const first = utf8(EXAMPLE.replace("number 2", "number 1").replace(/after .*/, "after none").replace("U00012 2026-01-12 3 1", "U00012 2026-01-11 9 1").replace(/again .*\n/, ""));
  const lists = new Lists(new Map([["results-0001.txt", first], ["results-0002.txt", second]]));
  const step = visitStep(lists, "example/2026/001", "U00012")!;
  assert.match(step.text.zh, /^2026-01-12 已检查：发现火灾隐患 3 处，已整改 1 处；fire-exits 发现问题待后续处理；records 未发现问题。/);
  assert.match(step.commands![0]!.command, /^grep -Fx 'result example\/2026\/001 U00012 .*' \.\.\/results\/results-0002\.txt$/);
  assert.match(visitStep(lists, "example/2026/001", "U00007")!.text.en, /^It ended without a visit\./);
  assert.deepEqual(visitStep(lists, "example/2026/001", "91500112450533912J")!.commands!.map(({ gives }) => gives.split(" ")[0]), ["again"]);
  assert.equal(visitStep(lists, "example/2026/002", "U00012"), undefined);
});
