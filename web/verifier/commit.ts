// commit.txt, in its one form: docs/spec/documents.md, escrow.md.

import { type Beacon, beaconField } from "./beacons.ts";
import { type Suite, suiteOf } from "./digest.ts";
import { type Day, type Moment, dayField, momentField } from "./moment.ts";
import {
  type DrawNumber,
  type Label,
  type Part,
  type Rooted,
  type Window,
  Reader,
  different,
  drawNumber,
  hashField,
  idField,
  keyField,
  labelField,
  partField,
  rootedField,
  windowField,
  wordField,
} from "./reader.ts";
import { decimal, fields, hexField, isKey, refuse, words } from "./text.ts";

export const REASONS = [
  "inactive",
  "not-in-effect",
  "town-unknown",
  "other-area",
  "listed",
  "no-item",
  "no-stratum",
  "cooldown",
  "yearly-cap",
] as const;
export type Reason = (typeof REASONS)[number];

/** How many units a rule draws. */
export interface Quota {
  text: string;
  rule: string;
  /** A count, or a part of the pool rounded up or down. */
  size: { count: bigint } | { part: Part; up: boolean };
  floor: bigint;
  cap: bigint | undefined;
}

/** A line `stratum`: N units, of whom k are drawn. */
export interface Stratum {
  text: string;
  label: Label;
  pool: bigint;
  drawn: bigint;
}

export interface Chain {
  party: string;
  link: string;
  length: number;
}

/** Shares of the office's nonce. */
export interface Escrow {
  threshold: number;
  /** Points in hex, C₀ first. */
  points: string[];
  custodians: string[];
  room: number;
}

export interface Commit {
  draw: DrawNumber;
  /** Undefined for `none`. */
  previous: string | undefined;
  carried: Rooted | undefined;
  suite: Suite;
  software: string;
  committed: Moment;
  window: Window;
  mode: "open" | "sealed";
  closeBy: Moment;
  openBy: Day;
  /** Minutes. */
  margin: number;
  policy: string;
  log: string | undefined;
  items: string;
  units: Rooted;
  inspectors: Rooted;
  recusals: Rooted;
  odds: string | undefined;
  /** What the commitment says of the days of visits: schedule.md. */
  schedule: { availability: string; days: Day[] } | undefined;
  /** Roles of each `team` line. */
  teams: string[][];
  exchange: Part | undefined;
  bands: number;
  quotas: Quota[];
  strata: Stratum[];
  excluded: { reason: Reason; count: bigint }[];
  beacons: Beacon[];
  parties: { name: string; commitment: string }[];
  chains: Chain[];
  escrow: Escrow | undefined;
  verifier: { name: string; sha256: string }[];
}

const RESERVED = ["lead", "away", "again", "apart", "band", "minutes", "town"];

/** Whether a slot can have that role: lead, assistant, expert, or the key of a partner department. */
export const isRole = (role: string): boolean => role === "lead" || (isKey(role) && !RESERVED.includes(role));

/** Whether these are the roles of a team: lead, assistant, then others. */
export function areRoles(roles: readonly string[]): boolean {
  const [lead, assistant, ...more] = roles;
  const others = more.every((role) => role !== "lead" && isRole(role));
  return lead === "lead" && assistant === "assistant" && more.length <= 2 && others;
}

function teamField(text: string): string[] {
  const roles = words(text);
  return areRoles(roles) ? roles : refuse(`不是一组岗位：${text}`, `not the roles of a team: ${text}`);
}

function quotaField(text: string): Quota {
  const parts = words(text);
  const [rule, size, round, floor, cap] = parts as [string, string, string, string, string];
  if (parts.length !== 5) refuse(`栏目数不对：${text}`, `not the fields of the form: ${text}`);
  const up = wordField(round, ["up", "down", "-"]);
  const part = size.includes("/");
  if (part === (up === "-")) refuse(`取整方式不合：${text}`, `a rounding that does not fit: ${text}`);
  return {
    text,
    rule: keyField(rule),
    size: part ? { part: partField(size), up: up === "up" } : { count: decimal(size) },
    floor: decimal(floor),
    cap: cap === "-" ? undefined : decimal(cap),
  };
}

function stratumField(text: string): Stratum {
  const [label, pool, drawn, ...more] = words(text);
  if (drawn === undefined || more.length) refuse(`栏目数不对：${text}`, `not the fields of the form: ${text}`);
  const stratum = { text, label: labelField(label!), pool: decimal(pool!), drawn: decimal(drawn) };
  return stratum.pool > 0n ? stratum : refuse(`层是空的：${text}`, `an empty stratum: ${text}`);
}

function excludedField(text: string): { reason: Reason; count: bigint } {
  const [reason, count] = fields(text, 2);
  const excluded = { reason: wordField(reason!, REASONS), count: decimal(count!) };
  return excluded.count > 0n ? excluded : refuse(`数量是零：${text}`, `a count of zero: ${text}`);
}

function partyField(text: string): { name: string; commitment: string } {
  const [name, commitment] = fields(text, 2);
  return { name: idField(name!), commitment: hashField(commitment!) };
}

function chainField(text: string): Chain {
  const [party, link, length, ...more] = words(text);
  if (length === undefined || more.length) refuse(`栏目数不对：${text}`, `not the fields of the form: ${text}`);
  const links = decimal(length, 10_000n);
  if (links === 0n) refuse("链上没有链节", "a chain without links");
  return { party: idField(party!), link: hashField(link!), length: Number(links) };
}

function verifierField(text: string): { name: string; sha256: string } {
  const [name, sha256] = fields(text, 2);
  if (name!.includes("/")) refuse(`不是文件名：${name}`, `not a file name: ${name}`);
  return { name: idField(name!), sha256: hashField(sha256!) };
}

/** Bytes of a point in hex, by suite: escrow.md, "The group". */
const POINT: Record<Suite["key"], number> = { "yaohao-1-sha256": 32, "yaohao-1-sm3": 33 };

function escrowLines(reader: Reader, suite: Suite): Escrow | undefined {
  const head = reader.maybe("escrow", (text) => {
    const [threshold, ...points] = words(text);
    const t = Number(decimal(threshold!, 10n));
    if (points.length !== t) refuse("点数与门槛不合", "not as many points as the threshold");
    return { threshold: t, points: points.map((point) => hexField(point, POINT[suite.key])) };
  });
  if (!head) return undefined;
  const custodians = reader.all("custodian", keyField);
  different(custodians);
  if (head.threshold < 2 || head.threshold > custodians.length || custodians.length > 9) {
    refuse("托管人数与门槛不合", "custodians and threshold do not fit");
  }
  return { ...head, custodians, room: reader.one("room", roomField) };
}

function roomField(text: string): number {
  const room = decimal(text);
  const power = (room & (room - 1n)) === 0n;
  return power && room >= 4096n && room <= 1n << 32n ? Number(room) : refuse(`不是应有的容量：${text}`, `not a room: ${text}`);
}

/** Refuses names that do not rise in byte order. */
function rising(names: readonly string[]): void {
  const at = names.findIndex((name, i) => i > 0 && names[i - 1]! >= name);
  if (at > 0) refuse(`次序不对：${names[at]}`, `out of order: ${names[at]}`);
}

function choices(reader: Reader) {
  const teams = reader.all("team", teamField);
  if (!teams.length) refuse("没有岗位组", "no team line");
  return {
    teams,
    exchange: reader.one("exchange", (text) => [text === "none" ? undefined : partField(text)])[0],
    bands: reader.one("bands", (text) => {
      const bands = Number(decimal(text));
      return bands >= 1 && bands <= 4 ? bands : refuse(`时长档数不对：${text}`, `not 1 to 4 bands: ${text}`);
    }),
    quotas: reader.all("quota", quotaField),
    strata: reader.all("stratum", stratumField),
    excluded: reader.all("excluded", excludedField),
    beacons: reader.all("beacon", beaconField),
    parties: reader.all("party", partyField),
    chains: reader.all("chain", chainField),
  };
}

/** The days of visits, of which one is at least; they rise and lie in the window. */
function scheduleLines(reader: Reader, window: Window): Commit["schedule"] {
  const availability = reader.maybe("availability", hashField);
  if (availability === undefined) return undefined;
  const days = reader.one("days", (text) => words(text).map(dayField));
  const inWindow = days[0]! >= window.first && days.at(-1)! <= window.last;
  const rise = days.every((day, i) => i === 0 || days[i - 1]! < day);
  if (!rise || !inWindow || days.length > 366) refuse("检查日不递增或者不在检查期间内", "the days do not rise, or lie outside the window");
  return { availability, days };
}

function bounds(reader: Reader, window: Window) {
  return {
    policy: reader.one("policy", hashField),
    log: reader.maybe("log", hashField),
    items: reader.one("items", hashField),
    units: reader.one("units", rootedField),
    inspectors: reader.one("inspectors", rootedField),
    recusals: reader.one("recusals", rootedField),
    odds: reader.maybe("odds", hashField),
    schedule: scheduleLines(reader, window),
  };
}

/** Chains are of parties after the first, in the order of the parties, each at most once. */
function checkChains(commit: Commit): void {
  let last = 0;
  for (const chain of commit.chains) {
    const at = commit.parties.findIndex((party) => party.name === chain.party);
    if (at <= last) refuse(`不应有这条链：${chain.party}`, `a chain that does not stand here: ${chain.party}`);
    last = at;
  }
}

function checkOrder(commit: Commit): void {
  different(commit.quotas.map((quota) => quota.rule));
  rising(commit.strata.map((stratum) => stratum.label.text));
  rising(commit.excluded.map(({ reason }) => String(REASONS.indexOf(reason))));
  different(commit.parties.map((party) => party.name));
  checkChains(commit);
  rising(commit.verifier.map(({ name }) => name));
}

/** Reads commit.txt. */
export function readCommit(bytes: Uint8Array): Commit {
  const reader = Reader.of(bytes, "yaohao/commit/v1");
  const draw = reader.one("draw", drawNumber);
  const previous = reader.one("previous", (text) => [text === "none" ? undefined : hashField(text)])[0];
  const carried = reader.maybe("carried", rootedField);
  const suite = reader.one("suite", (text) => suiteOf(text) ?? refuse(`不认识的套件：${text}`, `unknown suite: ${text}`));
  const times = {
    software: reader.one("software", (text) => text),
    committed: reader.one("committed", momentField),
    window: reader.one("window", windowField),
    mode: reader.one("mode", (text) => wordField(text, ["open", "sealed"] as const)),
    closeBy: reader.one("close-by", momentField),
    openBy: reader.one("open-by", dayField),
    margin: reader.one("margin", (text) => Number(decimal(text, 1n << 32n))),
  };
  const bound = bounds(reader, times.window);
  reader.one("pairing", (text) => wordField(text, ["tickets-and-prices/v1"]));
  const commit: Commit = {
    ...{ draw, previous, carried, suite, ...times, ...bound, ...choices(reader) },
    escrow: escrowLines(reader, suite),
    verifier: reader.all("verifier", verifierField),
  };
  reader.end();
  checkOrder(commit);
  return commit;
}
