// Public events: what a commitment may name, what they show and when they are due:
// docs/spec/beacons.md.

import { type Day, type Moment, civilMoment, dayField, newYear, weekday, yearOf } from "./moment.ts";
import { wordField } from "./reader.ts";
import { decimal, hexField, refuse, words } from "./text.ts";

export type Game = "ssq" | "kl8" | "dlt";
export type Chain = "default" | "quicknet";

export type Beacon = { text: string } & (
  | { kind: "dice"; sides: number; rolls: number }
  | { kind: "balls"; of: number; count: number }
  | { kind: "lottery"; game: Game; issue: number; day: Day }
  | { kind: "drand"; chain: Chain; round: number }
);

/** What an event showed: numbers, or the hex of a pulse. */
export interface Outcome {
  /** `<beacon> : <what it showed>` */
  text: string;
  beacon: Beacon;
  shown: string[];
}

function ranged(text: string, least: number, most: number): number {
  const value = decimal(text);
  if (value < BigInt(least) || value > BigInt(most)) {
    refuse(`应在 ${least} 到 ${most} 之间：${text}`, `not from ${least} to ${most}: ${text}`);
  }
  return Number(value);
}

/** Issues and rounds are below 2^32. */
const MOST = 2 ** 32 - 1;

function beaconOf(text: string, parts: readonly string[]): Beacon {
  const [kind, a, b, c] = parts as [string, string, string, string];
  if (parts.length !== (kind === "lottery" ? 4 : 3)) refuse(`栏目数不对：${text}`, `not the fields of the form: ${text}`);
  switch (wordField(kind, ["dice", "balls", "lottery", "drand"])) {
    case "dice":
      return { text, kind: "dice", sides: ranged(a, 2, 100), rolls: ranged(b, 1, 200) };
    case "balls": {
      const of = ranged(a, 2, 1000);
      return { text, kind: "balls", of, count: ranged(b, 1, of - 1) };
    }
    case "lottery": {
      const game = wordField(a, ["ssq", "kl8", "dlt"]);
      return { text, kind: "lottery", game, issue: ranged(b, 1, MOST), day: dayField(c) };
    }
    case "drand":
      return { text, kind: "drand", chain: wordField(a, ["default", "quicknet"]), round: ranged(b, 2, MOST) };
  }
}

/** The beacon of a line of the commitment. */
export const beaconField = (text: string): Beacon => beaconOf(text, words(text));

/** Lengths in bytes of what a pulse shows. */
const PULSE: Record<Chain, number[]> = { default: [96, 96], quicknet: [48] };

/** The outcome of a line of ceremony.txt or beacon.txt. */
export function outcomeField(text: string): Outcome {
  const parts = words(text);
  const colon = parts.indexOf(":");
  if (colon < 0 || colon === parts.length - 1) refuse(`不是事件的结果：${text}`, `not an outcome: ${text}`);
  const named = parts.slice(0, colon);
  const beacon = beaconOf(named.join(" "), named);
  const shown = parts.slice(colon + 1);
  if (beacon.kind === "drand") {
    const lengths = PULSE[beacon.chain];
    if (shown.length !== lengths.length) refuse("脉冲的栏目数不对", "not the fields of a pulse");
    shown.forEach((part, i) => hexField(part, lengths[i]!));
  } else {
    shown.forEach((part) => decimal(part));
  }
  return { text, beacon, shown };
}

/** Whether the event takes place outside the room. */
export const isOutside = (beacon: Beacon): boolean => beacon.kind === "lottery" || beacon.kind === "drand";

const GAMES: Record<Game, { days: number[]; hour: number; minute: number; groups: [number, number][] }> = {
  ssq: { days: [2, 4, 0], hour: 21, minute: 15, groups: [[6, 33], [1, 16]] },
  kl8: { days: [0, 1, 2, 3, 4, 5, 6], hour: 21, minute: 30, groups: [[20, 80]] },
  dlt: { days: [1, 3, 6], hour: 21, minute: 25, groups: [[5, 35], [2, 12]] },
};

/** Whether a drawing of that issue can take place on that day. */
export function canTakePlace(game: Game, issue: number, day: Day): boolean {
  const { days } = GAMES[game];
  const year = yearOf(day);
  const number = issue % 1000;
  let most = 0;
  for (let d = newYear(year); d <= day; d++) if (days.includes(weekday(d))) most++;
  const named = game === "dlt" ? year % 100 : year;
  return days.includes(weekday(day)) && Math.floor(issue / 1000) === named && number >= 1 && number <= most;
}

const within = (n: number, least: number, most: number): boolean => n >= least && n <= most;

function isDrawing(game: Game, shown: readonly number[]): boolean {
  let rest = [...shown];
  for (const [count, of] of GAMES[game].groups) {
    const group = rest.slice(0, count);
    rest = rest.slice(count);
    if (group.length !== count || !group.every((n, i) => within(n, (group[i - 1] ?? 0) + 1, of))) return false;
  }
  return rest.length === 0;
}

/** Whether the numbers are some that the event can show; a pulse is not asked here. */
export function canShow(beacon: Beacon, shown: readonly string[]): boolean {
  const numbers = shown.map(Number);
  switch (beacon.kind) {
    case "dice": {
      const [least, most] = beacon.sides === 10 ? [0, 9] : [1, beacon.sides];
      return numbers.length === beacon.rolls && numbers.every((n) => within(n, least, most));
    }
    case "balls":
      return (
        numbers.length === beacon.count &&
        new Set(numbers).size === numbers.length &&
        numbers.every((n) => within(n, 1, beacon.of))
      );
    case "lottery":
      return isDrawing(beacon.game, numbers);
    case "drand":
      return true;
  }
}

const CHAINS: Record<Chain, { genesis: number; period: number }> = {
  default: { genesis: 1595431050, period: 30 },
  quicknet: { genesis: 1692803367, period: 3 },
};

/** When an event outside the room is due; undefined for one inside. */
export function due(beacon: Beacon): Moment | undefined {
  if (beacon.kind === "lottery") {
    const { hour, minute } = GAMES[beacon.game];
    return civilMoment(beacon.day, hour, minute);
  }
  if (beacon.kind !== "drand") return undefined;
  const { genesis, period } = CHAINS[beacon.chain];
  return genesis + (beacon.round - 1) * period;
}

/** Whole bits of `n`, rounded down; n ≥ 1. */
const bits = (n: bigint): number => n.toString(2).length - 1;

/** The entropy of an event in whole bits. */
export function entropy(beacon: Beacon): number {
  switch (beacon.kind) {
    case "dice":
      return bits(BigInt(beacon.sides) ** BigInt(beacon.rolls));
    case "balls": {
      let ways = 1n;
      for (let i = 0; i < beacon.count; i++) ways *= BigInt(beacon.of - i);
      return bits(ways);
    }
    case "lottery":
      return beacon.game === "kl8" ? 61 : 24;
    case "drand":
      return 117;
  }
}
