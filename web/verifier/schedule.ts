// On which working day each drawn unit is visited: docs/spec/schedule.md, "The days".

import { type Suite, hex } from "./digest.ts";
import { key } from "./pairing/question.ts";
import { words } from "./stream.ts";

/** A visit that needs a day. */
export interface Visit {
  unit: string;
  town: string;
  /** Its team, by rank, and the minutes that it takes of each. */
  team: readonly number[];
  minutes: readonly number[];
}

/** A visit with its key and its place in the order; its day is -1 while it has none. */
interface Stay extends Visit {
  key: Uint8Array;
  /** A number for its town. */
  zone: number;
  turn: number;
  day: number;
  /** No other day is open to it: so it stays until somebody of its team is relieved. */
  settled: boolean;
}

class Days {
  /** Minutes given, by person, then by day. */
  private readonly given = new Map<number, Float64Array>();
  private readonly visits: number[];
  /** Visits by town, person and day. */
  private readonly near = new Map<number, number>();
  /** Visits by person and day. */
  private readonly held = new Map<number, Stay[]>();

  constructor(
    private readonly room: readonly (readonly number[])[],
    private readonly days: number,
  ) {
    this.visits = Array.from({ length: days }, () => 0);
  }

  place(stay: Stay): void {
    const best = this.best(stay, -1);
    if (best < 0) this.makeRoom(stay);
    else this.put(stay, best);
  }

  private load(rank: number): Float64Array {
    const load = this.given.get(rank) ?? new Float64Array(this.days);
    this.given.set(rank, load);
    return load;
  }

  private heldBy(rank: number, day: number): Stay[] {
    return this.held.get(rank * this.days + day) ?? [];
  }

  /** By what the person at `slot` is short on that day, if the visit is placed there. */
  private short({ team, minutes }: Visit, slot: number, day: number): number {
    return this.load(team[slot]!)[day]! + minutes[slot]! - this.room[team[slot]!]![day]!;
  }

  private isOpen(stay: Visit, day: number): boolean {
    return stay.team.every((_, slot) => this.short(stay, slot, day) <= 0);
  }

  private nearKey = (rank: number, day: number, { zone }: Stay): number => (zone * this.room.length + rank) * this.days + day;

  /** The day that the visit gets among those open to it, `but` one; -1 if none is. */
  private best(stay: Stay, but: number): number {
    let [best, tickets]: [number[], bigint[] | undefined] = [[], undefined];
    let day = -1;
    for (let d = 0; d < this.days; d++) {
      if (d === but || !this.isOpen(stay, d)) continue;
      const near = stay.team.filter((rank) => this.near.get(this.nearKey(rank, d, stay))).length;
      const load = Math.max(...stay.team.map((rank) => this.load(rank)[d]!));
      const rank = [-near, load, this.visits[d]!];
      const at = day < 0 ? 0 : rank.findIndex((one, i) => one !== best[i]);
      // Where all else is equal the tickets decide, and where these are, the earlier day.
      if (at < 0) tickets ??= words(stay.key, this.days);
      if (day >= 0 && (at < 0 ? tickets![d]! >= tickets![day]! : rank[at]! > best[at]!)) continue;
      [best, day] = [rank, d];
    }
    return day;
  }

  private put(stay: Stay, day: number): void {
    stay.day = day;
    this.count(stay, 1);
    for (const rank of stay.team) this.held.set(rank * this.days + day, [...this.heldBy(rank, day), stay]);
  }

  private take(stay: Stay): void {
    this.count(stay, -1);
    for (const rank of stay.team) this.held.set(rank * this.days + stay.day, this.heldBy(rank, stay.day).filter((one) => one !== stay));
  }

  private count(stay: Stay, times: 1 | -1): void {
    const { team, minutes, day } = stay;
    this.visits[day]! += times;
    team.forEach((rank, slot) => {
      this.load(rank)[day]! += times * minutes[slot]!;
      const at = this.nearKey(rank, day, stay);
      this.near.set(at, (this.near.get(at) ?? 0) + times);
    });
  }

  /** Lets one other visit make room, if one can. */
  private makeRoom(stay: Stay): void {
    const tickets = words(stay.key, this.days);
    const order = tickets.map((_, d) => d).sort((a, b) => (tickets[a]! < tickets[b]! ? -1 : tickets[a]! > tickets[b]! ? 1 : a - b));
    for (const day of order) {
      const lacking = stay.team.flatMap((rank, slot) => {
        const short = this.short(stay, slot, day);
        return short > 0 ? [{ rank, short }] : [];
      });
      // Only a visit of those who lack minutes can help.
      const others = this.heldBy(lacking[0]!.rank, day).sort((a, b) => a.turn - b.turn);
      const other = others.find((one) => helps(one, lacking) && this.canMove(one));
      if (!other) continue;
      this.take(other);
      this.put(stay, day);
      this.put(other, this.best(other, day));
      this.relieve(other, day);
      return;
    }
  }

  private canMove(stay: Stay): boolean {
    for (let d = 0; d < this.days && !stay.settled; d++) if (d !== stay.day && this.isOpen(stay, d)) return true;
    stay.settled = true;
    return false;
  }

  /** Day `day` is roomier for the team of a visit, and with them for whoever shares somebody. */
  private relieve({ team }: Stay, day: number): void {
    for (const rank of team) {
      for (let d = 0; d < this.days; d++) {
        if (d === day) continue;
        for (const one of this.heldBy(rank, d)) one.settled &&= !this.isOpen(one, day);
      }
    }
  }
}

/** Whether everybody who is short has enough minutes in that visit. */
const helps = ({ team, minutes }: Stay, lacking: readonly { rank: number; short: number }[]): boolean =>
  lacking.every(({ rank, short }) => (minutes[team.indexOf(rank)] ?? 0) >= short);

/**
 * The day of each visit, from 0 to `days` - 1, or -1 if none holds it. `room` is what
 * minutes who has on each of them, by rank and day; nobody is twice in a team.
 */
export function scheduled(
  suite: Suite,
  seed: string,
  visits: readonly Visit[],
  room: readonly (readonly number[])[],
  days: number,
  progress: (done: number, total: number) => void = () => undefined,
): number[] {
  const zones = new Map<string, number>();
  const zoneOf = (town: string): number => zones.get(town) ?? zones.set(town, zones.size).size - 1;
  const sortable = visits.map((visit): Stay & { order: string } => {
    const own = key(suite, "yaohao/day/v1", seed, visit.unit);
    return { ...visit, key: own, zone: zoneOf(visit.town), turn: 0, day: -1, settled: false, order: `${hex(own)} ${visit.unit}` };
  });
  const longest = ({ minutes }: Visit): number => Math.max(...minutes);
  const stays = [...sortable].sort((a, b) => longest(b) - longest(a) || (a.order < b.order ? -1 : 1));
  const plan = new Days(room, days);
  stays.forEach((stay, turn) => {
    if (turn % 64 === 0) progress(turn, stays.length);
    stay.turn = turn;
    plan.place(stay);
  });
  return sortable.map(({ day }) => day);
}
