// Every exchange of one person in one team: docs/spec/pairing.md, "Prices", line 3,
// which is check 2 at the same time.
//
// Why: two lawful teams of a unit differ by a seating of each. Laid on each other,
// these fall into closed rings, which cannot gain where people sit in their cheapest
// seats, and paths; each path takes one person out, one in and moves others between
// slots. If another team is cheaper then so is one path, and a path alone is an
// exchange T − i + j. So no team is cheaper exactly if no exchange is.

import { type Prices, type Question, type Teams, type Unit, keyOf, ticketsOf } from "./question.ts";
import { gaps, isTeam, seatsOf } from "./seats.ts";

/** In unit `u`, `into` instead of `out` would be cheaper by `gain`. */
export interface Exchange {
  readonly u: number;
  readonly out: number;
  readonly into: number;
  readonly gain: bigint;
}

/** What all exchanges of a pairing show. */
export interface Exchanges {
  /** How many units have a cheaper team, and the first exchange that shows it. */
  readonly cheaper: number;
  readonly first: Exchange | undefined;
  /** Exchanges that cost nothing, as nodes `i · bands + b`: the price of `from` holds that of `to` up. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const UNIT = 50n;
const WHOLE = 2 ** 50;
const FAR = 8n;

/**
 * Prices of one band in two numbers, so that differences are quick: `high · 2⁵⁰ + low`,
 * but where the next higher price is more than 8 · 2⁵⁰ away, all above are moved down
 * to that distance. Sums of tickets of a unit are below 2⁵¹, so differences that
 * matter are exact and all others only keep their sign.
 */
interface Near {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

function nearOf(prices: Prices, people: number, bands: number, band: number): Near {
  const highs = Array.from({ length: people }, (_, i) => prices[i * bands + band]! >> UNIT);
  const distinct = [...new Set(highs)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const moved = new Map<bigint, number>();
  let at = 0;
  distinct.forEach((high, k) => {
    const gap = k === 0 ? 0n : high - distinct[k - 1]!;
    at += Number(gap < FAR ? gap : FAR);
    moved.set(high, at);
  });
  return {
    high: Float64Array.from(highs, (high) => moved.get(high)!),
    low: Float64Array.from(highs, (_, i) => Number(BigInt.asUintN(Number(UNIT), prices[i * bands + band]!))),
  };
}

/** Tries every exchange. Units whose people cannot be seated are passed over. */
export function tryExchanges(question: Question, teams: Teams, prices: Prices): Exchanges {
  const trial = new Trial(question, prices);
  question.units.forEach((unit, u) => trial.unit(unit, u, teams[u]!));
  return trial;
}

class Trial implements Exchanges {
  cheaper = 0;
  first: Exchange | undefined;
  readonly from: number[] = [];
  readonly to: number[] = [];
  private readonly near: readonly Near[];
  private readonly tickets: Float64Array;

  constructor(
    private readonly question: Question,
    private readonly prices: Prices,
  ) {
    const { bands, names, units } = question;
    this.near = Array.from({ length: bands }, (_, band) => nearOf(prices, names.length, bands, band));
    const longest = units.reduce((most, unit) => Math.max(most, ...unit.slots.map((slot) => slot.length)), 0);
    this.tickets = new Float64Array(longest);
  }

  unit(unit: Unit, u: number, team: readonly number[]): void {
    if (!isTeam(unit, team, this.question.names.length)) return;
    const gap = gaps(seatsOf(this.question, unit, team));
    if (!gap) return;
    const unitKey = keyOf(this.question, unit);
    let found: Exchange | undefined;
    unit.slots.forEach((ranks, q) => {
      ticketsOf(this.question, unit, unitKey, q, ranks, this.tickets);
      team.forEach((_, a) => {
        const less = gap[q * team.length + a]!;
        if (less !== Infinity) found = this.instead(unit, u, team, a, ranks, less) ?? found;
      });
    });
    if (!found) return;
    this.cheaper++;
    this.first ??= found;
  }

  /** Tries everybody of `ranks` instead of member `a`; `less` is what the others' tickets change by. */
  private instead(
    unit: Unit,
    u: number,
    team: readonly number[],
    a: number,
    ranks: Int32Array,
    less: number,
  ): Exchange | undefined {
    const { tickets } = this;
    const { high, low } = this.near[unit.band]!;
    const out = team[a]!;
    const [outHigh, outLow] = [high[out]!, low[out]!];
    let found: Exchange | undefined;
    for (let c = 0; c < ranks.length; c++) {
      const into = ranks[c]!;
      const more = (high[into]! - outHigh) * WHOLE + (low[into]! - outLow) + (tickets[c]! + less);
      if (more > 0 || team.includes(into)) continue;
      const [from, to] = [this.node(unit, out), this.node(unit, into)];
      if (more < 0) {
        found ??= { u, out, into, gain: this.prices[from]! - this.prices[to]! - BigInt(tickets[c]! + less) };
      } else {
        this.from.push(from);
        this.to.push(to);
      }
    }
    return found;
  }

  private node(unit: Unit, rank: number): number {
    return rank * this.question.bands + unit.band;
  }
}
