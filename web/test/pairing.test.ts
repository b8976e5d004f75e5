// Pairing against the example and the vectors of docs/spec/pairing.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SHA256, hex } from "../verifier/digest.ts";
import { judge } from "../verifier/pairing/judge.ts";
import { leadQuestion } from "../verifier/pairing/leads.ts";
import { PEOPLE, type Question, keyOf, ticketsOf, turnsOf } from "../verifier/pairing/question.ts";
import { linkBefore, standInOf } from "../verifier/pairing/replacements.ts";
import { word } from "../verifier/stream.ts";

interface Vector {
  seed: string;
  bands: number;
  people: [number, number][];
  units: [string, number[][], number[], number][];
  answers: { teams: number[][]; prices: string[]; lead_prices: string[]; verdict: number }[];
}

function questionOf({ seed, bands, people, units }: Omit<Vector, "answers">): Question {
  return {
    suite: SHA256,
    seed,
    tags: PEOPLE,
    bands,
    units: units.map(([id, slots, again, band]) => ({
      id,
      slots: slots.map((ranks) => Int32Array.from(ranks).sort()),
      again: Int32Array.from(again).sort(),
      band,
    })),
    names: people.map((_, i) => String(i)),
    capacity: people.map(([capacity]) => capacity),
    carried: people.map(([, carried]) => carried),
  };
}

test("word 0 under the zero key", () => {
  assert.equal(word(new Uint8Array(32), 0), 0x903df1a0ade0b876n);
});

test("every answer of the vectors gets its verdict", () => {
  const vectors = JSON.parse(readFileSync("../reference/pairing-vectors.json", "utf8")) as Vector[];
  let answers = 0;
  for (const [k, vector] of vectors.entries()) {
    const question = questionOf(vector);
    for (const { teams, prices, lead_prices, verdict } of vector.answers) {
      const found = judge(question, { teams, prices: prices.map(BigInt), leadPrices: lead_prices.map(BigInt) });
      assert.equal(found, verdict, `question ${k}, ${JSON.stringify(teams)}`);
      answers++;
    }
  }
  assert.ok(answers > 100);
});

const SEED = "13550350a8681c84c861aac2e5b440161c2b33a3e4f302ac680ca5b686de48de";
const CARRY = 2n ** 111n;
const LONG = 2n ** 86n;
const example = (bands: number, banded: number[]): Question =>
  questionOf({
    seed: SEED,
    bands,
    people: [[3, 0], [3, 0], [3, 1], [3, 0]],
    units: [
      ["U1", [[0, 1], [0, 1, 2, 3]], [], banded[0]!],
      ["U2", [[0, 1, 2], [0, 1, 2, 3]], [], banded[1]!],
      ["U3", [[0, 1], [0, 1, 2, 3]], [], banded[2]!],
    ],
  });

test("keys, tickets and turns of the example", () => {
  const question = example(1, [0, 0, 0]);
  const unit = question.units[0]!;
  assert.equal(hex(keyOf(question, unit)), "31eb720612328dd964c147f9f33f9b8c8ab160d1d09c98e7bd8aa24c57c55a55");
  const tickets = new Float64Array(4);
  ticketsOf(question, unit, keyOf(question, unit), 1, unit.slots[1]!, tickets);
  assert.deepEqual([...tickets], [78548502976652, 136762074988581, 157911290235313, 24414510091859]);
  assert.deepEqual(turnsOf(question), [35246051455344640n, 144261401313132544n, 55154337091858432n, 911112173093613568n]);
});

const PRICES = [144221923554957866n, 144261401313132544n, 144231331956667396n, 144364828736810850n].map((p) => 2n * CARRY + p);
const LEAD_PRICES = [CARRY + 922713109917975757n, CARRY + 922625977127632181n, CARRY + 922520887060910080n, 0n];

test("the answer of the example is right, and no other", () => {
  const question = example(1, [0, 0, 0]);
  const right = { teams: [[0, 3], [2, 1], [1, 0]], prices: PRICES, leadPrices: LEAD_PRICES };
  assert.equal(judge(question, right), 0);
  assert.equal(judge(question, { ...right, teams: [[0, 3], [1, 2], [0, 1]] }), 5);
  assert.equal(judge(question, { ...right, teams: [[0, 3], [1, 2], [1, 0]] }), 5);
  assert.equal(judge(question, { ...right, leadPrices: LEAD_PRICES.slice(1) }), 5);
  assert.equal(judge(question, { ...right, prices: PRICES.map((p) => p + 1n) }), 4);
  const second = leadQuestion(question, right.teams);
  assert.deepEqual(second.units.map(({ slots }) => [...slots[0]!]), [[0], [1, 2], [0, 1]]);
  assert.equal(hex(keyOf(second, second.units[0]!)), "6ab53f3e587b7498859f9020aaa112ee3b57fc3e087320b2c66b805b30ef5174");
  assert.deepEqual(turnsOf(second), [165051033714999296n, 280501658504359936n, 922520887060910080n, 386180738967396352n]);
});

test("the example with two long visits", () => {
  const question = example(2, [1, 0, 1]);
  const prices = [
    [35246051455344640n, 144312475803750291n],
    [144261401313132544n, 144261401313132544n],
    [144074312229087167n, 144074312229087167n],
    [144182403629151428n, 144207809009230621n],
  ].flatMap(([short, long]) => [2n * CARRY + short!, 2n * CARRY + LONG + long!]);
  const answer = { teams: [[1, 2], [1, 0], [0, 3]], prices, leadPrices: prices };
  // The page gives no lead prices here: the first four checks pass, the fifth does not.
  assert.equal(judge(question, answer), 5);
  assert.equal(judge(question, { ...answer, prices: prices.map((p, k) => (k === 1 ? p - 1n : p)) }), 2);
});

test("questions outside the bounds have no right answer", () => {
  const right = { teams: [[0, 3], [2, 1], [1, 0]], prices: PRICES, leadPrices: LEAD_PRICES };
  const question = example(1, [0, 0, 0]);
  const refused: Partial<Question>[] = [
    { bands: 0 },
    { bands: 5 },
    { carried: [0, 0, 4096, 0] },
    { capacity: [3, 2 ** 32 - 1, 3, 3] },
    { units: question.units.map((unit) => ({ ...unit, id: "U1" })) },
    { units: question.units.map((unit) => ({ ...unit, band: 1 })) },
  ];
  for (const change of refused) assert.equal(judge({ ...question, ...change }, right), 1, JSON.stringify(change));
});

test("who stands in, in the example", () => {
  const question = example(1, [0, 0, 0]);
  const third = SHA256.hex("chain\n");
  const before = (link: string): string => linkBefore(SHA256, "example/2026/001", "discipline", link);
  const first = before(before(third));
  assert.equal(first, "9bf1c4582afc3c3463a5e8a15d049e349917892ee7e0f5436f16dfdbd66a232b");
  assert.equal(before(first), "f95915db68f8a28cc4307882e413c9f5ff06ad9fce7e58077cc61ccc18a39be5");
  assert.equal(standInOf(question, PRICES, question.units[0]!, 1, Int32Array.of(1, 2), [first]), 2);
});
