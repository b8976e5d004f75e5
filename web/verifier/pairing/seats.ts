// Seats of one unit: what the people of a team cost at least, and without one of them:
// docs/spec/pairing.md, "Prices", w(S).

import { type Question, type Unit, keyOf, place, ticketsOf } from "./question.ts";

/** Tickets of a team's people: of member `a` in slot `q` at `q · size + a`; Infinity if not eligible. */
export interface Seats {
  readonly size: number;
  readonly tickets: Float64Array;
}

/** The seats of the people of `team`, which are as many as slots. */
export function seatsOf(question: Question, unit: Unit, team: readonly number[]): Seats {
  const size = unit.slots.length;
  const tickets = new Float64Array(size * size).fill(Infinity);
  const ranks = Int32Array.from(new Set(team)).sort();
  const values = new Float64Array(ranks.length);
  const unitKey = keyOf(question, unit);
  for (let q = 0; q < size; q++) {
    ticketsOf(question, unit, unitKey, q, ranks, values);
    team.forEach((rank, a) => {
      if (place(unit.slots[q]!, rank) >= 0) tickets[q * size + a] = values[place(ranks, rank)]!;
    });
  }
  return { size, tickets };
}

/** Whether a team may be judged at all: as many different people of the list as slots. */
export function isTeam(unit: Unit, team: readonly number[], people: number): boolean {
  const known = team.every((rank) => Number.isInteger(rank) && rank >= 0 && rank < people);
  return known && team.length === unit.slots.length && new Set(team).size === team.length;
}

export const everybody = (size: number): number => (1 << size) - 1;

/** The least sum of tickets that seats the members of a mask on the slots of a mask; Infinity if none does. */
export function least(seats: Seats, slots: number, members: number): number {
  if (slots === 0) return 0;
  const q = 31 - Math.clz32(slots & -slots);
  let best = Infinity;
  for (let a = 0; a < seats.size; a++) {
    if ((members & (1 << a)) === 0) continue;
    const ticket = seats.tickets[q * seats.size + a]!;
    if (ticket === Infinity) continue;
    best = Math.min(best, ticket + least(seats, slots & ~(1 << q), members & ~(1 << a)));
  }
  return best;
}

/**
 * For each slot q and member a at `q · size + a`: the least sum of tickets of the
 * others on the other slots, less that of all on all. Whoever takes slot q instead of
 * a pays this and the ticket of q. Undefined if the people cannot be seated.
 */
export function gaps(seats: Seats): Float64Array | undefined {
  const all = everybody(seats.size);
  const whole = least(seats, all, all);
  if (whole === Infinity) return undefined;
  const found = new Float64Array(seats.size * seats.size);
  for (let q = 0; q < seats.size; q++) {
    for (let a = 0; a < seats.size; a++) found[q * seats.size + a] = least(seats, all & ~(1 << q), all & ~(1 << a)) - whole;
  }
  return found;
}
