// Prices that fit and are least: checks 3 and 4 of docs/spec/pairing.md.
//
// The least prices are not computed anew. Prices are the least ones exactly if all
// that the section "Prices" demands of them holds, and every price is held up: it
// stands at its value in line 1, or an equality in line 2 or 3 pushes it up from a
// price that is held up. For each such chain of equalities bounds the price from
// below, whatever vector meets the demands; and prices without a chain could all be
// lowered a little together.

import { fail } from "../report.ts";
import type { Exchanges } from "./exchanges.ts";
import { type Loads, type Prices, type Question, cost, long, turnsOf } from "./question.ts";

const LIMIT = 1n << 124n;

/** Check 2, first part: one price an inspector and band, 0 ≤ p < 2¹²⁴. */
export function checkRange(question: Question, prices: Prices): void {
  const count = question.names.length * question.bands;
  if (prices.length !== count) fail(`价格不是 ${count} 个`, `not ${count} prices`);
  prices.forEach((price, at) => {
    if (price >= 0n && price < LIMIT) return;
    const name = question.names[Math.floor(at / question.bands)]!;
    fail(`${name} 的价格不在 0 与 2^124 之间`, `the price of ${name} is not between 0 and 2^124`);
  });
}

/** What lines 1 and 2 and check 3 compare, by inspector. */
interface Scale {
  /** cost(i, load(i)), or 0 without visits. */
  readonly last: bigint;
  /** cost(i, load(i) + 1); undefined at capacity. */
  readonly next: bigint | undefined;
}

function scalesOf(question: Question, loads: Loads): Scale[] {
  return turnsOf(question).map((turn, i) => {
    const [carried, load] = [question.carried[i]!, loads.all[i]!];
    return {
      last: load > 0 ? cost(carried, turn, load) : 0n,
      next: load < question.capacity[i]! ? cost(carried, turn, load + 1) : undefined,
    };
  });
}

/** Checks 3 and 4. `exchanges` are those of the same pairing at the same prices. */
export function checkFit(question: Question, loads: Loads, prices: Prices): void {
  const { bands, names } = question;
  scalesOf(question, loads).forEach(({ last, next }, i) => {
    const name = names[i]!;
    const price = prices[i * bands]!;
    if (price < last) {
      fail(
        `${name} 的价格低于其最后一次检查的成本`,
        `the price of ${name} is below the cost of the last visit held`,
      );
    }
    if (next !== undefined && price > next) {
      fail(
        `${name} 的价格高于再检查一次的成本`,
        `the price of ${name} is above the cost of one more visit`,
      );
    }
    for (let b = 1; b < bands; b++) {
      const [load, above] = [loads.banded[i * bands + b]!, prices[i * bands + b]! - price];
      const low = load > 0 && above < long(load);
      if (low || above > long(load + 1)) {
        fail(
          `${name} 在时长档 ${b} 的价格与该档次数不符`,
          `the price of ${name} in band ${b} does not fit the visits in it`,
        );
      }
    }
  });
}

/** Refuses prices that are not the least ones; what `checkFit` asks is known to hold. */
export function checkLeast(question: Question, loads: Loads, prices: Prices, exchanges: Exchanges): void {
  const { bands, names } = question;
  const first = exchanges.first;
  if (first) {
    const [out, into, id] = [names[first.out]!, names[first.into]!, question.units[first.u]!.id];
    fail(
      `单位 ${id} 由 ${into} 代替 ${out} 会便宜 ${first.gain}：这些价格撑不起这一配组`,
      `unit ${id} would be cheaper by ${first.gain} with ${into} instead of ${out}: these prices do not bear the pairing`,
    );
  }
  const loose = unheld(question, loads, prices, exchanges);
  if (loose < 0) return;
  const [name, band] = [names[Math.floor(loose / bands)]!, loose % bands];
  fail(
    `${name} 在时长档 ${band} 的价格没有支撑，可以更低`,
    `nothing holds up the price of ${name} in band ${band}: it could be lower`,
  );
}

/** The first price that is not held up, or -1. */
function unheld(question: Question, loads: Loads, prices: Prices, exchanges: Exchanges): number {
  const { bands } = question;
  const pushes: number[][] = prices.map(() => []);
  exchanges.from.forEach((from, k) => pushes[from]!.push(exchanges.to[k]!));
  const held = new Uint8Array(prices.length);
  const open: number[] = [];
  const hold = (node: number): void => {
    if (held[node]) return;
    held[node] = 1;
    open.push(node);
  };
  scalesOf(question, loads).forEach(({ last }, i) => {
    const base = i * bands;
    if (prices[base] === last) hold(base);
    for (let node = base + 1; node < base + bands; node++) {
      const [load, above] = [loads.banded[node]!, prices[node]! - prices[base]!];
      if (prices[node] === 0n) hold(node);
      if (load > 0 && above === long(load)) pushes[base]!.push(node);
      if (above === long(load + 1)) pushes[node]!.push(base);
    }
  });
  for (let node = open.pop(); node !== undefined; node = open.pop()) pushes[node]!.forEach(hold);
  return held.indexOf(0);
}
