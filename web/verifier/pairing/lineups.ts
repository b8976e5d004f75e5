// Lineups: who is eligible for a slot once the seed has decided which units are
// visited from other zones, and who of a pair that must not meet is struck:
// docs/spec/pairing.md, "Lineups".

import { type Suite, hex } from "../digest.ts";
import { key, place } from "./question.ts";

/** A line of dockets.txt in ranks, which ascend in every slot and in `again`. */
export interface Docket {
  readonly unit: string;
  readonly slots: readonly Int32Array[];
  /** The slots of a visit from other zones. */
  readonly away: readonly Int32Array[] | undefined;
  readonly again: Int32Array;
  readonly apart: readonly (readonly [number, number])[];
  readonly band: number;
}

/** The part of the drawn units that is visited from other zones. */
export interface Exchanged {
  readonly p: bigint;
  readonly q: bigint;
}

/** By rank, whom somebody must not meet. */
type Apart = ReadonlyMap<number, ReadonlySet<number>>;

function apartOf(pairs: Docket["apart"]): Apart {
  const apart = new Map<number, Set<number>>();
  const add = (one: number, other: number): void => {
    const known = apart.get(one);
    if (known) known.add(other);
    else apart.set(one, new Set([other]));
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return apart;
}

/** Different people, one for each slot, no two of whom must not meet; undefined if there are none. */
export function seating(slots: readonly Int32Array[], apart: Apart, without: ReadonlySet<number>): number[] | undefined {
  // The slots with the fewest people first: that shows soonest that there is no way.
  const order = [...slots].sort((a, b) => a.length - b.length);
  const seated: number[] = [];
  const fill = (q: number): boolean => {
    if (q === order.length) return true;
    for (const rank of order[q]!) {
      if (without.has(rank)) continue;
      const foes = apart.get(rank);
      if (seated.some((other) => other === rank || foes?.has(other))) continue;
      seated.push(rank);
      if (fill(q + 1)) return true;
      seated.pop();
    }
    return false;
  };
  return fill(0) ? seated : undefined;
}

/** Strikes one of each pair: the slots without those who are struck. */
export function struck(suite: Suite, seed: string, docket: Docket, slots: readonly Int32Array[]): readonly Int32Array[] {
  if (docket.apart.length === 0) return slots;
  const apart = apartOf(docket.apart);
  const gone = new Set<number>();
  const lots = new Map<number, string>();
  const lot = (rank: number): string => {
    const known = lots.get(rank) ?? hex(key(suite, "yaohao/strike/v1", seed, docket.unit, String(rank)));
    lots.set(rank, known);
    return known;
  };
  const stands = (rank: number): boolean => !gone.has(rank) && slots.some((ranks) => place(ranks, rank) >= 0);
  // A seating that is known saves looking for one until somebody in it is struck.
  let known = seating(slots, apart, gone);
  const seatedWithout = (rank: number): number[] | undefined =>
    known && !known.includes(rank) ? known : seating(slots, apart, new Set(gone).add(rank));
  for (const [one, other] of docket.apart) {
    if (!stands(one) || !stands(other)) continue;
    const [first, second] = lot(one) > lot(other) ? [one, other] : [other, one];
    // Once the slots cannot be seated no strike makes them so.
    const withoutFirst = known && seatedWithout(first);
    const withoutSecond = known && !withoutFirst ? seatedWithout(second) : undefined;
    gone.add(withoutSecond ? second : first);
    known = withoutFirst ?? withoutSecond;
  }
  return slots.map((ranks) => ranks.filter((rank) => !gone.has(rank)));
}

/** Which units are visited from other zones. */
function exchanged(suite: Suite, seed: string, dockets: readonly Docket[], part: Exchanged | undefined): Set<Docket> {
  if (!part || part.p === 0n) return new Set();
  const many = (BigInt(dockets.length) * part.p + part.q - 1n) / part.q;
  const nobody = new Set<number>();
  const able = dockets
    .filter(({ away, apart }) => away && seating(away, apartOf(apart), nobody))
    .map((docket) => ({ docket, ticket: hex(key(suite, "yaohao/ticket/v1", seed, "@exchange", docket.unit)) }));
  const order = ({ docket, ticket }: (typeof able)[number]): string => `${ticket} ${docket.unit}`;
  able.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return new Set(able.slice(0, Number(many)).map(({ docket }) => docket));
}

/** For every docket the people eligible for each slot. */
export function lineups(
  suite: Suite,
  seed: string,
  dockets: readonly Docket[],
  part: Exchanged | undefined,
): (readonly Int32Array[])[] {
  const away = exchanged(suite, seed, dockets, part);
  return dockets.map((docket) => struck(suite, seed, docket, away.has(docket) ? docket.away! : docket.slots));
}
