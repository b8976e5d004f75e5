// Which units are drawn: docs/spec/selection.md, "Tickets". Of a million units, only the
// first 48 bits of each ticket are kept; those that matter are hashed a second time.

import { type Suite, hex, utf8 } from "./digest.ts";
import type { Draw } from "./draw.ts";
import { type Units, compare } from "./units.ts";

/** A drawn unit: a line of drawn.txt without the commitment to its team. */
export interface Drawn {
  unit: string;
  label: string;
  rank: number;
  ticket: string;
}

/** Tickets of one stratum under one seed. */
class Tickets {
  private readonly head: Uint8Array;
  private readonly buffer: Uint8Array;

  constructor(
    private readonly suite: Suite,
    seed: string,
    label: string,
  ) {
    this.head = utf8(`yaohao/ticket/v1\n${seed}\n${label}\n`);
    this.buffer = new Uint8Array(this.head.length + 65);
    this.buffer.set(this.head);
  }

  of(id: Uint8Array): Uint8Array {
    const end = this.head.length + id.length;
    this.buffer.set(id, this.head.length);
    this.buffer[end] = 0x0a;
    return this.suite.hash(this.buffer.subarray(0, end + 1));
  }
}

/** The ticket of one unit, in hex. */
export const ticketOf = (suite: Suite, seed: string, label: string, id: string): string =>
  hex(new Tickets(suite, seed, label).of(utf8(id)));

/** The first 48 bits of a hash. */
function front(hash: Uint8Array): number {
  const low = ((hash[2]! << 24) | (hash[3]! << 16) | (hash[4]! << 8) | hash[5]!) >>> 0;
  return (hash[0]! * 256 + hash[1]!) * 2 ** 32 + low;
}

interface Candidate {
  id: Uint8Array;
  ticket: Uint8Array;
}

/** The `k` smallest tickets of entries, ascending; equal ones by id. */
function smallest(units: Units, entries: Uint32Array, tickets: Tickets, k: number, step: () => void): Candidate[] {
  const fronts = new Float64Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    fronts[i] = front(tickets.of(units.idBytes(entries[i]!)));
    step();
  }
  if (k <= 0 || entries.length === 0) return [];
  const limit = k >= entries.length ? Infinity : fronts.slice().sort()[k - 1]!;
  const candidates: Candidate[] = [];
  fronts.forEach((value, i) => {
    const id = units.idBytes(entries[i]!);
    if (value <= limit) candidates.push({ id, ticket: tickets.of(id) });
  });
  candidates.sort((a, b) => compare(a.ticket, b.ticket) || compare(a.id, b.id));
  return candidates.slice(0, k);
}

/** The entries of every stratum that is asked for, by the number of its standing. */
function pools(units: Units, wanted: (label: string) => boolean): Map<string, Uint32Array> {
  const counts = new Uint32Array(units.standings.length);
  for (let i = 0; i < units.count; i++) counts[units.standing[i]!]!++;
  const lists = units.standings.map(({ label }, i) => new Uint32Array(label && wanted(label.text) ? counts[i]! : 0));
  const filled = new Uint32Array(units.standings.length);
  for (let i = 0; i < units.count; i++) {
    const standing = units.standing[i]!;
    const list = lists[standing]!;
    if (list.length) list[filled[standing]!++] = i;
  }
  return new Map(units.standings.map(({ text }, i) => [text, lists[i]!]));
}

const decoder = new TextDecoder("latin1");

/**
 * The drawn units of all strata, in the order of drawn.txt, as the commitment's k say.
 * `carried` are the units that a void before hands on.
 */
export function select(draw: Draw, seed: string, carried: ReadonlySet<string>): Drawn[] {
  const { strata, suite } = draw.commit();
  const units = draw.units();
  const lists = pools(units, (label) => strata.some((stratum) => stratum.label.text === label));
  const first = units.entries(carried);
  let done = 0;
  const step = (): void => {
    if (++done % 16_384 === 0) draw.progress(done, units.count);
  };
  return strata.flatMap(({ label, drawn }) => {
    const tickets = new Tickets(suite, seed, label.text);
    const pool = lists.get(label.text) ?? new Uint32Array();
    const before = pool.filter((entry) => first.has(entry));
    const others = first.size ? pool.filter((entry) => !first.has(entry)) : pool;
    const more = Number(drawn) - before.length;
    const carriedOver = smallest(units, before, tickets, before.length, step);
    const all = carriedOver.concat(smallest(units, others, tickets, more, step));
    return all.map(({ id, ticket }, i) => {
      return { unit: decoder.decode(id), label: label.text, rank: i + 1, ticket: hex(ticket) };
    });
  });
}
