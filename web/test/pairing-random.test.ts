// Pairing against the definitions of docs/spec/pairing.md, tried out in full on small
// questions: all lawful pairings, all lawful teams, prices raised until nothing changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SHA256, hex } from "../verifier/digest.ts";
import { tryExchanges } from "../verifier/pairing/exchanges.ts";
import { judge } from "../verifier/pairing/judge.ts";
import { leadQuestion } from "../verifier/pairing/leads.ts";
import { type Docket, lineups, struck } from "../verifier/pairing/lineups.ts";
import {
  type Loads,
  PEOPLE,
  type Prices,
  type Question,
  type Teams,
  cost,
  key,
  keyOf,
  loadsOf,
  long,
  ticketsOf,
  turnsOf,
} from "../verifier/pairing/question.ts";

/** Small numbers that are the same in every run. */
function dice(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function some(roll: (n: number) => number, people: number): Int32Array {
  const chosen = Array.from({ length: people }, (_, i) => i).filter(() => roll(4) > 0);
  return Int32Array.from(chosen.length ? chosen : [roll(people)]);
}

function randomQuestion(seed: number): Question {
  const roll = dice(seed);
  const people = 3 + roll(3);
  const bands = 1 + roll(3);
  const units = Array.from({ length: 1 + roll(3) }, (_, u) => ({
    id: `U${u}`,
    slots: Array.from({ length: 1 + roll(3) }, () => some(roll, people)),
    again: some(roll, people).filter(() => roll(3) === 0),
    band: roll(bands),
  }));
  return {
    ...{ suite: SHA256, seed: SHA256.hex(`question ${seed}\n`), tags: PEOPLE, bands, units },
    names: Array.from({ length: people }, (_, i) => `P${i}`),
    capacity: Array.from({ length: people }, () => 1 + roll(4)),
    carried: Array.from({ length: people }, () => roll(3)),
  };
}

/** ticket(u, q, i), or undefined if i is not eligible. */
function ticket(question: Question, u: number, q: number, i: number): bigint | undefined {
  const unit = question.units[u]!;
  if (!unit.slots[q]!.includes(i)) return undefined;
  const into = new Float64Array(1);
  ticketsOf(question, unit, keyOf(question, unit), q, Int32Array.of(i), into);
  return BigInt(into[0]!);
}

interface Seated {
  team: number[];
  tickets: bigint;
}

/** All lawful teams of a unit. */
function lawfulTeams(question: Question, u: number): Seated[] {
  let teams: Seated[] = [{ team: [], tickets: 0n }];
  question.units[u]!.slots.forEach((ranks, q) => {
    teams = teams.flatMap(({ team, tickets }) =>
      [...ranks].filter((i) => !team.includes(i)).map((i) => ({ team: [...team, i], tickets: tickets + ticket(question, u, q, i)! })),
    );
  });
  return teams;
}

const sumOf = (numbers: readonly bigint[]): bigint => numbers.reduce((sum, n) => sum + n, 0n);

function objective(question: Question, turns: bigint[], loads: Loads, tickets: bigint): bigint {
  let sum = tickets;
  question.names.forEach((_, i) => {
    for (let j = 1; j <= loads.all[i]!; j++) sum += cost(question.carried[i]!, turns[i]!, j);
    for (let b = 1; b < question.bands; b++) for (let j = 1; j <= loads.banded[i * question.bands + b]!; j++) sum += long(j);
  });
  return sum;
}

/** The least pairing, found by trying all. */
function best(question: Question): number[][] | undefined {
  const turns = turnsOf(question);
  let found: { teams: number[][]; value: bigint } | undefined;
  const each = (u: number, chosen: Seated[], options: Seated[][]): void => {
    if (u < options.length) return options[u]!.forEach((seated) => each(u + 1, [...chosen, seated], options));
    const teams = chosen.map(({ team }) => team);
    const loads = loadsOf(question, teams);
    if (loads.all.some((load, i) => load > question.capacity[i]!)) return;
    const value = objective(question, turns, loads, sumOf(chosen.map(({ tickets }) => tickets)));
    if (!found || value < found.value) found = { teams, value };
  };
  each(0, [], question.units.map((_, u) => lawfulTeams(question, u)));
  return found?.teams;
}

/** w(S) for every set of people of a unit, by their ranks in order. */
function seatings(question: Question, u: number): Map<string, bigint> {
  const least = new Map<string, bigint>();
  for (const { team, tickets } of lawfulTeams(question, u)) {
    const set = [...team].sort().join();
    const known = least.get(set);
    if (known === undefined || tickets < known) least.set(set, tickets);
  }
  return least;
}

/** The least prices, raised by lines 1 to 3 until nothing changes. */
function leastPrices(question: Question, teams: Teams): bigint[] {
  const { bands, names, units } = question;
  const [loads, turns] = [loadsOf(question, teams), turnsOf(question)];
  const prices = new Array<bigint>(names.length * bands).fill(0n);
  names.forEach((_, i) => {
    if (loads.all[i]! > 0) prices[i * bands] = cost(question.carried[i]!, turns[i]!, loads.all[i]!);
  });
  const ways = units.map((_, u) => seatings(question, u));
  let changed = true;
  const raise = (node: number, price: bigint): void => {
    if (prices[node]! >= price) return;
    prices[node] = price;
    changed = true;
  };
  for (let round = 0; changed; round++) {
    assert.ok(round <= names.length * bands, "a right pairing is done within n·B rounds");
    changed = false;
    for (let node = 0; node < prices.length; node++) {
      const base = node - (node % bands);
      if (node === base) continue;
      if (loads.banded[node]! > 0) raise(node, prices[base]! + long(loads.banded[node]!));
      raise(base, prices[node]! - long(loads.banded[node]! + 1));
    }
    units.forEach(({ band }, u) => {
      const team = teams[u]!;
      const held = ways[u]!.get([...team].sort().join())!;
      for (const i of team) {
        for (let j = 0; j < names.length; j++) {
          const other = team.includes(j) ? undefined : ways[u]!.get(team.map((k) => (k === i ? j : k)).sort().join());
          if (other !== undefined) raise(j * bands + band, prices[i * bands + band]! - (other - held));
        }
      }
    });
  }
  return prices;
}

/** The people of each team, seated behind the lead as "Who leads" says, by trying all ways. */
function seated(question: Question, teams: Teams, leads: Teams): number[][] {
  return teams.map((team, u) => {
    const [lead] = leads[u]!;
    const ways = lawfulTeams(question, u)
      .filter((way) => way.team[0] === lead && way.team.every((i) => team.includes(i)))
      .map((way) => ({ ...way, tickets: way.tickets - ticket(question, u, 0, lead!)! }));
    ways.sort((a, b) => (a.tickets < b.tickets ? -1 : a.tickets > b.tickets ? 1 : a.team.join() < b.team.join() ? -1 : 1));
    return ways[0]!.team;
  });
}

test("the least pairing and the least prices are right, and no others", () => {
  let right = 0;
  for (let seed = 0; seed < 150; seed++) {
    const question = randomQuestion(seed);
    const chosen = best(question);
    if (!chosen) continue;
    const prices = leastPrices(question, chosen);
    const second = leadQuestion(question, chosen);
    const leads = best(second)!;
    const leadPrices = leastPrices(second, leads);
    const teams = seated(question, chosen, leads);
    assert.equal(judge(question, { teams, prices, leadPrices }), 0, `question ${seed}`);
    right++;
    const roll = dice(seed + 1000);
    const changed = (of: Prices): bigint[] => {
      const node = roll(of.length);
      return of.map((price, k) => (k === node ? price + [1n, -1n, 1n << 47n, -(1n << 60n)][roll(4)]! : price));
    };
    assert.notEqual(judge(question, { teams, prices: changed(prices), leadPrices }), 0);
    assert.equal(judge(question, { teams, prices, leadPrices: changed(leadPrices) }), 5);
    const u = roll(teams.length);
    const others = lawfulTeams(question, u).filter(({ team }) => team.join() !== teams[u]!.join());
    const other = others[roll(others.length)]?.team;
    if (!other) continue;
    assert.notEqual(judge(question, { teams: teams.map((team, k) => (k === u ? other : team)), prices, leadPrices }), 0);
  }
  assert.ok(right > 50, String(right));
});

test("a unit has a cheaper team exactly if an exchange of one person is cheaper", () => {
  let [cheap, dear] = [0, 0];
  for (let seed = 0; seed < 400; seed++) {
    const question = randomQuestion(seed);
    const roll = dice(seed);
    const steps = [0n, 1n << 20n, 1n << 46n, 1n << 48n, 1n << 50n, 1n << 53n, 1n << 70n, 1n << 111n];
    const prices = question.names.flatMap(() =>
      Array.from({ length: question.bands }, () => (1n << 112n) + BigInt(roll(4)) * steps[roll(steps.length)]! + BigInt(roll(3))),
    );
    question.units.forEach((unit, u) => {
      const all = lawfulTeams(question, u);
      if (!all.length) return;
      const value = ({ team, tickets }: Seated): bigint =>
        tickets + sumOf(team.map((i) => prices[i * question.bands + unit.band]!));
      const least = all.map(value).reduce((a, b) => (a < b ? a : b));
      const { team } = all[roll(all.length)]!;
      const held = seatings(question, u).get([...team].sort().join())!;
      const exchanges = tryExchanges({ ...question, units: [unit] }, [team], prices);
      const cheaper = least < value({ team, tickets: held });
      assert.equal(exchanges.cheaper === 1, cheaper, `question ${seed}, unit ${u}`);
      if (cheaper) cheap++;
      else dear++;
    });
  }
  assert.ok(cheap > 100 && dear > 100, `${cheap} ${dear}`);
});

/** Whether slots can be seated, by trying all ways. */
function canSeat(slots: readonly number[][], apart: Docket["apart"], seated: number[] = []): boolean {
  if (!slots.length) return true;
  const meets = (a: number, b: number): boolean => apart.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
  return slots[0]!.some((i) => seated.every((k) => k !== i && !meets(i, k)) && canSeat(slots.slice(1), apart, [...seated, i]));
}

function randomDocket(seed: number): Docket {
  const roll = dice(seed);
  const people = 3 + roll(4);
  const pairs = Array.from({ length: people * people }, (_, k): [number, number] => [Math.floor(k / people), k % people]);
  const slots = (count: number): Int32Array[] => Array.from({ length: count }, () => some(roll, people).filter(() => roll(3) > 0));
  const size = 2 + roll(3);
  return {
    unit: `U${seed}`,
    slots: slots(size),
    away: roll(3) > 0 ? slots(size) : undefined,
    again: new Int32Array(0),
    apart: pairs.filter(([one, other]) => one < other && roll(3) === 0),
    band: 0,
  };
}

test("strikes are those of the page, pair by pair", () => {
  let [other, kept] = [0, 0];
  for (let seed = 0; seed < 600; seed++) {
    const docket = randomDocket(seed);
    const roots = "00".repeat(32);
    const lot = (rank: number): string => hex(key(SHA256, "yaohao/strike/v1", roots, docket.unit, String(rank)));
    let slots = docket.slots.map((ranks) => [...ranks]);
    const without = (rank: number): number[][] => slots.map((ranks) => ranks.filter((i) => i !== rank));
    for (const [one, two] of docket.apart) {
      if (![one, two].every((rank) => slots.some((ranks) => ranks.includes(rank)))) continue;
      const [larger, smaller] = lot(one) > lot(two) ? [one, two] : [two, one];
      const only = !canSeat(without(larger), docket.apart) && canSeat(without(smaller), docket.apart);
      if (only) other++;
      slots = without(only ? smaller : larger);
    }
    if (canSeat(slots, docket.apart)) kept++;
    const found = struck(SHA256, roots, docket, docket.slots).map((ranks) => [...ranks]);
    assert.deepEqual(found, slots, `docket ${seed}`);
  }
  assert.ok(other > 20 && kept > 100, `${other} ${kept}`);
});

test("the exchange takes the part rounded up of the units that can be visited from elsewhere", () => {
  const dockets = Array.from({ length: 40 }, (_, k) => ({ ...randomDocket(k), apart: [] }));
  const seed = SHA256.hex("exchange\n");
  const able = dockets
    .filter(({ away }) => away && canSeat(away.map((ranks) => [...ranks]), []))
    .map(({ unit }) => ({ unit, ticket: SHA256.hex(`yaohao/ticket/v1\n${seed}\n@exchange\n${unit}\n`) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
  const visited = (p: bigint, q: bigint): string[] => {
    const slots = lineups(SHA256, seed, dockets, { p, q });
    return dockets.filter(({ away }, u) => slots[u] === away).map(({ unit }) => unit);
  };
  const first = (count: number): string[] => able.slice(0, count).map(({ unit }) => unit).sort();
  assert.deepEqual(visited(1n, 10n).sort(), first(4));
  assert.deepEqual(visited(11n, 100n).sort(), first(5));
  assert.deepEqual(visited(1n, 1n).sort(), first(40));
  assert.deepEqual(visited(0n, 1n), []);
  assert.ok(able.length > 5 && able.length < 40);
});
