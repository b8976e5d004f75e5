// Who leads, and who sits where behind the lead: docs/spec/pairing.md, "Who leads".

import { fail } from "../report.ts";
import { LEADS, type Question, type Teams, loadsOf } from "./question.ts";
import { type Seats, everybody, least, seatsOf } from "./seats.ts";

const NOBODY = new Int32Array(0);

/** Those of a team who may lead: eligible for slot 0, and the rest can be seated behind. */
function mayLead(seats: Seats, team: readonly number[]): Int32Array {
  const all = everybody(seats.size);
  const may = team.filter((_, a) => seats.tickets[a]! < Infinity && least(seats, all & ~1, all & ~(1 << a)) < Infinity);
  return Int32Array.from(may).sort();
}

/** The second question: one slot a unit, for those of its people who may lead. Teams are lawful. */
export function leadQuestion(question: Question, teams: Teams): Question {
  const units = question.units.map((unit, u) => ({
    id: unit.id,
    slots: [mayLead(seatsOf(question, unit, teams[u]!), teams[u]!)],
    again: NOBODY,
    band: unit.band,
  }));
  const capacity = [...loadsOf(question, teams).all];
  return { ...question, tags: LEADS, units, capacity, carried: capacity.map(() => 0) };
}

/** Every way to seat `members` on the slots from `q`: sum of tickets, and members slot by slot. */
function* ways(seats: Seats, q: number, members: readonly number[]): Generator<{ sum: number; seated: number[] }> {
  if (q === seats.size) yield { sum: 0, seated: [] };
  for (const a of members) {
    const ticket = seats.tickets[q * seats.size + a]!;
    if (ticket === Infinity) continue;
    const rest = members.filter((other) => other !== a);
    for (const { sum, seated } of ways(seats, q + 1, rest)) yield { sum: ticket + sum, seated: [a, ...seated] };
  }
}

/** How the people of a team sit behind its lead: least sum of tickets, then the first ranks. */
function seatedBehind(seats: Seats, team: readonly number[]): number[] {
  const rest = team.map((_, a) => a).slice(1).sort((a, b) => team[a]! - team[b]!);
  let best: { sum: number; seated: number[] } = { sum: Infinity, seated: [] };
  // Members go by rank, so of equal sums the first one found has the first ranks.
  for (const way of ways(seats, 1, rest)) if (way.sum < best.sum) best = way;
  return best.seated.map((a) => team[a]!);
}

/** Check 5, last part: behind their lead all sit as they should. Teams are lawful. */
export function checkSeats(question: Question, teams: Teams): void {
  question.units.forEach((unit, u) => {
    const team = teams[u]!;
    if (team.length < 3) return;
    const right = seatedBehind(seatsOf(question, unit, team), team);
    if (right.every((rank, k) => rank === team[k + 1])) return;
    const list = (ranks: readonly number[], comma: string) => ranks.map((rank) => question.names[rank]!).join(comma);
    fail(
      `单位 ${unit.id}：主办之后应依次是 ${list(right, "、")}`,
      `unit ${unit.id}: behind the lead should come ${list(right, ", ")}`,
    );
  });
}
