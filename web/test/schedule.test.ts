// The days of visits: the vectors of docs/spec/schedule.md, and what holds of every schedule.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SHA256 } from "../verifier/digest.ts";
import { type Visit, scheduled } from "../verifier/schedule.ts";

interface Case {
  name: string;
  seed: string;
  days: number;
  room: number[][];
  visits: Visit[];
  answer: number[];
}

function readCases(text: string): Case[] {
  const cases: Case[] = [];
  for (const line of text.split("\n")) {
    const [word, ...rest] = line.replace(/#.*/, "").trim().split(" ");
    const last = cases.at(-1)!;
    if (word === "case") {
      const [name, seed, days] = rest as [string, string, string];
      cases.push({ name, seed, days: Number(days), room: [], visits: [], answer: [] });
    } else if (word === "person") {
      last.room.push(rest[0]!.split(",").map(Number));
    } else if (word === "visit") {
      const [unit, town, ...needs] = rest.slice(0, -1) as [string, string, ...string[]];
      const pairs = needs.map((need) => need.split("=").map(Number) as [number, number]);
      last.visits.push({ unit, town, team: pairs.map(([rank]) => rank), minutes: pairs.map(([, minutes]) => minutes) });
      last.answer.push(rest.at(-1) === "-" ? -1 : Number(rest.at(-1)));
    }
  }
  return cases;
}

test("every case of the vectors", () => {
  const cases = readCases(readFileSync("../tests/scheduling/vectors.txt", "utf8"));
  assert.ok(cases.length > 5);
  for (const { name, seed, days, room, visits, answer } of cases) {
    assert.deepEqual(scheduled(SHA256, seed, visits, room, days), answer, name);
  }
});

/** Whole numbers below `n`, the same in every run. */
function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

test("nobody has more on a day than their minutes, and the order of visits decides nothing", () => {
  const of = chance(7);
  for (let round = 0; round < 60; round++) {
    const [people, days] = [3 + of(6), 1 + of(9)];
    const room = Array.from({ length: people }, () => Array.from({ length: days }, () => of(3) * 60 + of(60)));
    const visits = Array.from({ length: 30 }, (_, u): Visit => {
      const lead = of(people);
      return { unit: `U${u}`, town: `T${of(3)}`, team: [lead, (lead + 1 + of(people - 1)) % people], minutes: [of(60), of(60)] };
    });
    const found = scheduled(SHA256, "5".repeat(64), visits, room, days);
    const taken = room.map((row) => row.map(() => 0));
    visits.forEach(({ team, minutes }, u) => {
      if (found[u]! >= 0) team.forEach((rank, slot) => (taken[rank]![found[u]!]! += minutes[slot]!));
    });
    assert.ok(taken.every((row, i) => row.every((minutes, d) => minutes <= room[i]![d]!)));
    const turned = scheduled(SHA256, "5".repeat(64), [...visits].reverse(), room, days);
    assert.deepEqual(turned.reverse(), found);
  }
});

test("a folder made to be slow is done in seconds", () => {
  // Four people are in all visits; whoever is with them can come on one day only.
  const [many, days] = [2_000, 366];
  const visits = Array.from({ length: many }, (_, u): Visit =>
    u % 5 < 4
      ? { unit: `U${u}`, town: "T", team: [u % 4, 4 + u], minutes: [2, 1_000] }
      : { unit: `U${u}`, town: "T", team: [0, 1, 2, 3], minutes: [1 + (u % 2), 1, 1, 2] },
  );
  const own = (i: number, d: number): number => (d === (i * 7) % days ? 1_000 : 0);
  const room = Array.from({ length: 4 + many }, (_, i) => Array.from({ length: days }, (_, d) => (i < 4 ? 2 : own(i, d))));
  const begun = performance.now();
  scheduled(SHA256, "5".repeat(64), visits, room, days);
  assert.ok(performance.now() - begun < 20_000);
});
