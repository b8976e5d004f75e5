// The documents after the commitment, each in its one form: docs/spec/documents.md,
// "The other documents", and odds.md.

import { type Outcome, outcomeField } from "./beacons.ts";
import {
  type Brought,
  type Heading,
  type Rooted,
  type Window,
  Reader,
  broughtField,
  hashField,
  heading,
  idField,
  labelField,
  rootedField,
  windowField,
  wordField,
} from "./reader.ts";
import { type TeamLine, teamLine } from "./tables.ts";
import { decimal, fields, hexField, refuse, words } from "./text.ts";

export interface Events extends Heading {
  outcomes: Outcome[];
}

function readEvents(bytes: Uint8Array, tag: string): Events {
  const reader = Reader.of(bytes, tag);
  const events = { ...heading(reader), outcomes: reader.all("outcome", outcomeField) };
  reader.end();
  return events;
}

export const readCeremony = (bytes: Uint8Array): Events => readEvents(bytes, "yaohao/ceremony/v1");
export const readBeacon = (bytes: Uint8Array): Events => readEvents(bytes, "yaohao/beacon/v1");

export interface Reveal extends Heading {
  nonces: Brought[];
}

export function readReveal(bytes: Uint8Array): Reveal {
  const reader = Reader.of(bytes, "yaohao/reveal/v1");
  const reveal = { ...heading(reader), nonces: reader.all("nonce", broughtField) };
  reader.end();
  return reveal;
}

export interface DrawRecord extends Heading {
  window: Window;
  inspectors: Rooted;
  drawn: Rooted;
  prices: string;
  schedule: string | undefined;
  sealed: string | undefined;
}

export function readRecord(bytes: Uint8Array): DrawRecord {
  const reader = Reader.of(bytes, "yaohao/record/v1");
  const record = {
    ...heading(reader),
    window: reader.one("window", windowField),
    inspectors: reader.one("inspectors", rootedField),
    drawn: reader.one("drawn", rootedField),
    prices: reader.one("prices", hashField),
    schedule: reader.maybe("schedule", hashField),
    sealed: reader.maybe("sealed", hashField),
  };
  reader.end();
  return record;
}

export interface Request extends Heading {
  unit: string;
  absent: string;
  reason: "absent" | "recused" | "unfit";
  salt: string;
}

export function readRequest(bytes: Uint8Array): Request {
  const reader = Reader.of(bytes, "yaohao/replace-request/v1");
  const request = {
    ...heading(reader),
    unit: reader.one("unit", idField),
    absent: reader.one("absent", idField),
    reason: reader.one("reason", (text) => wordField(text, ["absent", "recused", "unfit"] as const)),
    salt: reader.one("salt", (text) => hexField(text, 16)),
  };
  reader.end();
  return request;
}

export interface Replacement extends Heading {
  links: Brought[];
  standIn: string;
  team: TeamLine;
}

export function readReplacement(bytes: Uint8Array): Replacement {
  const reader = Reader.of(bytes, "yaohao/replacement/v1");
  const replacement = {
    ...heading(reader),
    links: reader.all("link", broughtField),
    standIn: reader.one("stand-in", idField),
    team: reader.one("team", teamLine),
  };
  reader.end();
  return replacement;
}

export interface Opening extends Heading {
  nonce: Brought;
}

export function readOpening(bytes: Uint8Array): Opening {
  const reader = Reader.of(bytes, "yaohao/open/v1");
  const opening = { ...heading(reader), nonce: reader.one("nonce", broughtField) };
  reader.end();
  return opening;
}

export interface Void extends Heading {
  reason: "register" | "policy" | "party" | "beacon" | "staffing";
  nonce: Brought | undefined;
  drawn: Rooted | undefined;
}

export function readVoid(bytes: Uint8Array): Void {
  const reader = Reader.of(bytes, "yaohao/void/v1");
  const end = {
    ...heading(reader),
    reason: reader.one("reason", (text) => wordField(text, ["register", "policy", "party", "beacon", "staffing"] as const)),
    nonce: reader.maybe("nonce", broughtField),
    drawn: reader.maybe("drawn", rootedField),
  };
  reader.end();
  return end;
}

/** odds.txt: what the office states of dry draws. */
export interface Odds {
  draws: bigint;
  strata: { label: string; kinds: bigint; units: bigint }[];
  largest: { hits: bigint; samples: bigint };
  entropy: { least: bigint; mean: bigint };
}

function pair(text: string): [bigint, bigint] {
  const [first, second] = fields(text, 2);
  return [decimal(first!), decimal(second!)];
}

function oddsStratum(text: string): Odds["strata"][number] {
  const [label, kinds, units, ...more] = words(text);
  if (units === undefined || more.length) refuse(`栏目数不对：${text}`, `not the fields of the form: ${text}`);
  return { label: labelField(label!).text, kinds: decimal(kinds!), units: decimal(units) };
}

export function readOdds(bytes: Uint8Array): Odds {
  const reader = Reader.of(bytes, "yaohao/odds/v1");
  const draws = reader.one("draws", (text) => decimal(text));
  const strata = reader.all("stratum", oddsStratum);
  const [hits, samples] = reader.one("largest", pair);
  const [least, mean] = reader.one("entropy", pair);
  reader.end();
  return { draws, strata, largest: { hits, samples }, entropy: { least, mean } };
}
