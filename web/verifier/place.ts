// Where a unit's ticket stands among those of its stratum: docs/spec/selection.md.

import type { Given } from "./given.ts";
import type { Lines } from "./text.ts";

/** Where a ticket stands among those of its stratum, from 1. */
export interface Place {
  label: string;
  place: number;
  pool: number;
  drawn: number;
  ticket: string;
  /** The last ticket that was drawn, and the first that was not. */
  lastDrawn: string | undefined;
  firstLeft: string | undefined;
}

/** The text whose hash is the ticket. */
export const ticketText = (seed: string, label: string, id: string): string => `yaohao/ticket/v1\n${seed}\n${label}\n${id}\n`;

/** Where unit `unit` stands in the stratum `label`; undefined if there is no such stratum. */
export function placeOf(given: Given, unit: string, label: string, seed: string): Place | undefined {
  const stratum = given.strata.get(label);
  if (!stratum) return undefined;
  const rows = pool(given.units, label).map((id) => ({ id, first: given.carried.has(id), ticket: given.suite.hex(ticketText(seed, label, id)) }));
  rows.sort((a, b) => Number(b.first) - Number(a.first) || order(a.ticket, b.ticket) || order(a.id, b.id));
  const at = rows.findIndex(({ id }) => id === unit);
  return {
    label,
    place: at + 1,
    pool: rows.length,
    drawn: stratum.drawn,
    ticket: rows[at]!.ticket,
    lastDrawn: rows[stratum.drawn - 1]?.ticket,
    firstLeft: rows[stratum.drawn]?.ticket,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The ids of a stratum. */
function pool(units: Lines, label: string): string[] {
  const ids: string[] = [];
  for (let i = 1; i < units.length; i++) {
    const [id = "", standing] = units.text(i).split(" ", 2);
    if (standing === label) ids.push(id);
  }
  return ids;
}
