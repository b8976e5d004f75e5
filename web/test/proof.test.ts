// A unit's own proof, over a small draw made here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byCommand, lineCommand, nodeCommand, textCommand } from "../verifier/commands.ts";
import { SHA256, SM3, type Suite, hex, unhex, utf8 } from "../verifier/digest.ts";
import type { Given } from "../verifier/given.ts";
import { type Proof, prove } from "../verifier/proof.ts";
import { Lines } from "../verifier/text.ts";
import { leafHash, rootOf } from "../verifier/tree.ts";

const SEED = "5".repeat(64);
const ids = Array.from({ length: 23 }, (_, i) => `U${String(i).padStart(2, "0")}.${i}`);
const ticket = (suite: Suite, id: string): string => suite.hex(`yaohao/ticket/v1\n${SEED}\nkey/z1\n${id}\n`);
const zeros = "0".repeat(64);

/** 23 units in a stratum of which `k` are drawn, and one that is excluded. */
function given(suite: Suite, k: number, more: Partial<Given> = {}): Given {
  const standing = [...ids.map((id) => `${id} key/z1 ${zeros} ${zeros} name=企业 ${id}`), `Z excluded:cooldown ${zeros} - name=乙`];
  const table = (tag: string, lines: string[]): Lines => Lines.read(utf8([tag, ...lines].map((line) => `${line}\n`).join("")));
  const root = (tag: string, lines: string[]): string => hex(rootOf(suite, lines.map((line) => leafHash(suite, utf8(`${tag}\n${line}\n`)))));
  const drawn = [...ids].sort((a, b) => (ticket(suite, a) < ticket(suite, b) ? -1 : 1)).slice(0, k);
  const teams = drawn.map((id) => `${id} ${"0".repeat(32)} lead=P1 assistant=P2`).sort();
  const results = drawn.map((id, i) => {
    const team = teams.find((line) => line.startsWith(`${id} `))!;
    return `${id} key/z1 ${i + 1} ${ticket(suite, id)} ${suite.hex(`yaohao/team/v1\nx/2026/001\n${team}\n`)}`;
  });
  return {
    ...{ suite, draw: "x/2026/001", units: table("yaohao/units/v1", standing), unitsRoot: root("yaohao/unit/v1", standing) },
    ...{ strata: new Map([["key/z1", { pool: ids.length, drawn: k }]]), carried: new Set<string>() },
    ...{ seed: { value: SEED, text: "yaohao/seed/v1\n" }, drawn: table("yaohao/drawn/v1", results) },
    ...{ drawnRoot: root("yaohao/result/v1", results), dockets: undefined, teams: table("yaohao/teams/v1", teams), schedule: undefined },
    ...{ commitment: zeros, names: new Map([["key", "重点单位"], ["/z1", "第一片区"]]), late: [], sealed: false, voided: false, ...more },
  };
}

/** Every hop is the hash of its children, and each begins where the last one ended. */
function climbs(suite: Suite, proof: Proof): void {
  for (const { hops, holds } of proof.steps) {
    if (holds !== undefined) assert.ok(holds);
    let below: string | undefined;
    for (const { left, right, node, neighbour } of hops ?? []) {
      assert.equal(hex(suite.hash(Uint8Array.of(1, ...unhex(left)!, ...unhex(right)!))), node);
      if (below !== undefined) assert.equal(neighbour === "left" ? right : left, below);
      below = node;
    }
  }
}

test("every unit's proof leads to the roots, and its place is that of its ticket", () => {
  for (const suite of [SHA256, SM3]) {
    const of = given(suite, 7);
    const order = [...ids].sort((a, b) => (ticket(suite, a) < ticket(suite, b) ? -1 : 1));
    for (const id of ids) {
      const proof = prove(of, id)!;
      climbs(suite, proof);
      const { place } = proof.steps.find((step) => step.place)!;
      assert.deepEqual([place!.place, place!.pool, place!.drawn], [order.indexOf(id) + 1, 23, 7]);
      assert.equal(place!.lastDrawn, ticket(suite, order[6]!));
      assert.equal(place!.firstLeft, ticket(suite, order[7]!));
      assert.equal(proof.outcome, order.indexOf(id) < 7 ? "drawn" : "left");
      assert.equal(proof.steps.length, order.indexOf(id) < 7 ? 6 : 4);
      assert.equal(proof.name, `企业 ${id}`);
    }
  }
});

test("what was published and does not fit is said", () => {
  const of = given(SHA256, 7, { unitsRoot: zeros, drawnRoot: zeros });
  const drawn = ids.find((id) => prove(of, id)!.outcome === "drawn")!;
  assert.deepEqual(prove(of, drawn)!.steps.map(({ holds }) => holds), [undefined, false, undefined, undefined, false, true]);
});

test("a drawn unit is told its day, bound by the record", () => {
  const plain = given(SHA256, 7);
  const [first, second] = ids.filter((id) => prove(plain, id)!.outcome === "drawn") as [string, string];
  const lines = Lines.read(utf8(`yaohao/schedule/v1\n${first} ${"0".repeat(32)} 2026-12-03\n${second} ${"0".repeat(32)} -\n`));
  const last = (recorded: string, id: string) => prove(given(SHA256, 7, { schedule: { lines, hash: zeros, recorded } }), id)!.steps.at(-1)!;
  assert.match(last(zeros, first).text.zh, /^排在 2026-12-03。/);
  assert.match(last(zeros, second).text.en, /^No day has room/);
  assert.deepEqual([last(zeros, first).holds, last(SEED, first).holds], [true, false]);
});

test("units that are carried over come first, whatever their tickets", () => {
  const last = [...ids].sort((a, b) => (ticket(SHA256, a) < ticket(SHA256, b) ? 1 : -1))[0]!;
  const proof = prove(given(SHA256, 7, { carried: new Set([last]), drawn: undefined }), last)!;
  assert.deepEqual([proof.outcome, proof.steps.find((step) => step.place)!.place!.place], ["drawn", 1]);
  assert.match(proof.answer.zh, /由已作废的抽取带入/);
});

test("excluded, nobody, not yet, sealed, given up", () => {
  assert.match(prove(given(SHA256, 7), "Z")!.answer.zh, /没有参加这次抽取：距上一次检查（或抽中待查）未满间隔期/);
  assert.match(prove(given(SHA256, 0), ids[0]!)!.answer.zh, /重点单位 第一片区（key\/z1）/);
  assert.equal(prove(given(SHA256, 7), "U"), undefined);
  assert.equal(prove(given(SHA256, 7), "U00"), undefined);
  const early = { seed: undefined, drawn: undefined, drawnRoot: undefined, teams: undefined };
  const [id] = ids as [string];
  assert.match(prove(given(SHA256, 7, early), id)!.answer.en, /nothing has been drawn yet/);
  assert.match(prove(given(SHA256, 7, { ...early, sealed: true }), id)!.answer.en, /sealed/);
  assert.match(prove(given(SHA256, 7, { ...early, voided: true }), id)!.answer.en, /given up/);
});

test("commands are safe in a shell and name the suite's program", () => {
  assert.equal(byCommand("A.B/c-1", "units.txt"), "grep '^A\\.B/c-1 ' units.txt");
  assert.equal(lineCommand(SM3, "\\0t\\n", "A", "f"), "{ printf '\\0t\\n'; grep '^A ' f; } | openssl dgst -sm3 -r");
  assert.equal(nodeCommand(SHA256, "aa", "bb"), "echo 01 aa bb | xxd -r -p | sha256sum");
  assert.equal(textCommand(SHA256, "a\nit's\n"), "printf '%s\\n' 'a' 'it'\\''s' | sha256sum");
});
