// The question that a draw puts to pairing: docs/spec/pairing.md, "Bytes" and "Bounds".

import { type Suite, unhex } from "../digest.ts";
import { type Said, said } from "../report.ts";
import { highs } from "../stream.ts";

/** A drawn unit. Ranks ascend, in every slot and in `again`. */
export interface Unit {
  readonly id: string;
  readonly slots: readonly Int32Array[];
  /** Those who come at a surcharge only. */
  readonly again: Int32Array;
  readonly band: number;
}

/** The tags of the texts that a question hashes: that of people, or that of leads. */
export interface Tags {
  readonly unit: string;
  readonly turn: string;
}

export const PEOPLE: Tags = { unit: "yaohao/pair/v1", turn: "yaohao/turn/v1" };
export const LEADS: Tags = { unit: "yaohao/lead/v1", turn: "yaohao/lead-turn/v1" };

export interface Question {
  readonly suite: Suite;
  /** 64 hex digits. */
  readonly seed: string;
  readonly tags: Tags;
  readonly bands: number;
  readonly units: readonly Unit[];
  /** Public names of the inspectors, by rank. */
  readonly names: readonly string[];
  readonly capacity: readonly number[];
  readonly carried: readonly number[];
}

/** Who goes: for every unit ranks, slot by slot; -1 is nobody of the list. */
export type Teams = readonly (readonly number[])[];

/** A price of inspector i in band b, at `i · bands + b`. */
export type Prices = readonly bigint[];

const SURCHARGE = 2 ** 48;
const STEP = 111n;
const LONG_STEP = 86n;
const MOST_VISITS = 4095;
const MOST_TEAM = 4;
const MOST_BANDS = 4;
const MOST = 2 ** 25;

export const key = (suite: Suite, ...lines: string[]): Uint8Array => unhex(suite.hex(lines.join("\n") + "\n"))!;

export const keyOf = (question: Question, unit: Unit): Uint8Array =>
  key(question.suite, question.tags.unit, question.seed, unit.id);

/** ticket(u, q, i) of each of `ranks`, which ascend; below 2⁴⁹. */
export function ticketsOf(
  question: Question,
  unit: Unit,
  unitKey: Uint8Array,
  slot: number,
  ranks: Int32Array,
  into: Float64Array,
): void {
  highs(unitKey, slot * question.names.length, ranks, into);
  let at = 0;
  for (const rank of unit.again) {
    while (at < ranks.length && ranks[at]! < rank) at++;
    if (ranks[at] === rank) into[at]! += SURCHARGE;
  }
}

/** r(i) of everybody. */
export function turnsOf(question: Question): bigint[] {
  const ranks = Int32Array.from(question.names, (_, i) => i);
  const values = new Float64Array(ranks.length);
  highs(key(question.suite, question.tags.turn, question.seed), 0, ranks, values);
  return Array.from(values, (value) => BigInt(value) << 12n);
}

/** cost(i, j) of somebody who carries `carried` and has the turn `turn`. */
export const cost = (carried: number, turn: bigint, j: number): bigint => (BigInt(carried + j) << STEP) + turn;

/** long(j). */
export const long = (j: number): bigint => BigInt(j) << LONG_STEP;

/** Where `rank` stands among ascending `ranks`, or -1. */
export function place(ranks: Int32Array, rank: number): number {
  let [low, high] = [0, ranks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranks[middle]! < rank) low = middle + 1;
    else high = middle;
  }
  return ranks[low] === rank ? low : -1;
}

/** Visits by inspector: in all, and by band at `i · bands + b`. */
export interface Loads {
  readonly all: Int32Array;
  readonly banded: Int32Array;
}

export function loadsOf(question: Question, teams: Teams): Loads {
  const people = question.names.length;
  const all = new Int32Array(people);
  const banded = new Int32Array(people * question.bands);
  question.units.forEach((unit, u) => {
    for (const rank of teams[u] ?? []) {
      if (!(rank >= 0 && rank < people)) continue;
      all[rank]!++;
      banded[rank * question.bands + unit.band]!++;
    }
  });
  return { all, banded };
}

/** Why a question is outside the bounds, so that it has no right answer. */
export function outside(question: Question): Said | undefined {
  const { units, capacity, carried, bands } = question;
  if (bands < 1 || bands > MOST_BANDS) return said("时长档数不在 1 至 4 之间", "not 1 to 4 bands of duration");
  let slots = 0;
  for (const unit of units) {
    if (unit.slots.length < 1 || unit.slots.length > MOST_TEAM) {
      return said(
        `单位 ${unit.id} 的检查组不是 1 至 4 人`,
        `the team of unit ${unit.id} is not of 1 to 4`,
      );
    }
    if (unit.band >= bands) return said(`单位 ${unit.id} 的时长档不存在`, `unit ${unit.id} is in no band there is`);
    slots += unit.slots.length;
  }
  if (slots >= MOST) return said("岗位太多", "too many slots");
  if (new Set(units.map((unit) => unit.id)).size < units.length) return said("有单位重复", "a unit stands there twice");
  const above = [...carried, ...capacity].some((visits) => visits > MOST_VISITS);
  if (above) {
    return said(
      `有人已有或可承担的检查超过 ${MOST_VISITS} 次`,
      `somebody carries or can take more than ${MOST_VISITS} visits`,
    );
  }
  const banded = units.filter((unit) => unit.band > 0).length;
  const steps = capacity.map((most) => Math.min(banded, most)).reduce((sum, m) => sum + (m * (m + 1)) / 2, 0);
  if (steps >= MOST) return said("时长档的总步数超过上限", "the steps of bands are more than the bounds allow");
  return undefined;
}
