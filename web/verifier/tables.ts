// The tables whose lines are few: inspectors, drawn and carried units, dockets, teams,
// prices, availability, days of visits. docs/spec/tables.md, schedule.md. For units.txt
// see units.ts.

import { areRoles } from "./commit.ts";
import { type Day, dayField } from "./moment.ts";
import { type DrawNumber, type Label, atLine, drawNumber, hashField, idField, labelField } from "./reader.ts";
import { Lines, decimal, hexField, isId, refuse, words } from "./text.ts";

/** A table: its lines as they stand, and what they say. `lines.text(i + 1)` is that of `rows[i]`. */
export interface Table<Row> {
  lines: Lines;
  rows: Row[];
}

/** Reads a table whose first line is `tag`. */
export function readTable<Row>(bytes: Uint8Array, tag: string, parse: (line: string) => Row): Table<Row> {
  const lines = Lines.read(bytes);
  if (lines.text(0) !== tag) refuse(`第一行不是 ${tag}`, `the first line is not ${tag}`, 1);
  const rows: Row[] = [];
  for (let i = 1; i < lines.length; i++) rows.push(atLine(i + 1, () => parse(lines.text(i))));
  return { lines, rows };
}

/** The fields of a line, exactly `count`. */
function exactly(line: string, count: number): string[] {
  const parts = words(line);
  return parts.length === count ? parts : refuse(`应有 ${count} 栏：${line}`, `not ${count} fields: ${line}`);
}

const SMALL = 1n << 32n;
const small = (text: string): number => Number(decimal(text, SMALL));

/** A rank in a stratum, from 1. Above 2^53 it is not exact, and no rank of any draw. */
function rankField(text: string): number {
  const rank = Number(decimal(text));
  return rank > 0 ? rank : refuse("名次从 1 起", "ranks begin at 1");
}

export interface InspectorLine {
  name: string;
  capacity: number;
  carried: number;
  attributes: string;
}

export function inspectorLine(line: string): InspectorLine {
  const [name, capacity, carried, attributes] = exactly(line, 4) as [string, string, string, string];
  return { name: idField(name), capacity: small(capacity), carried: small(carried), attributes: hashField(attributes) };
}

export interface DrawnLine {
  unit: string;
  label: Label;
  rank: number;
  ticket: string;
  /** The commitment to the unit's line of teams.txt. */
  team: string;
}

export function drawnLine(line: string): DrawnLine {
  const [unit, label, rank, ticket, team] = exactly(line, 5) as [string, string, string, string, string];
  return {
    unit: idField(unit),
    label: labelField(label),
    rank: rankField(rank),
    ticket: hashField(ticket),
    team: hashField(team),
  };
}

export interface CarriedLine {
  line: string;
  unit: string;
  draw: DrawNumber;
  label: Label;
  rank: number;
  ticket: string;
}

function carriedLine(line: string): CarriedLine {
  const [unit, draw, label, rank, ticket] = exactly(line, 5) as [string, string, string, string, string];
  return {
    line,
    unit: idField(unit),
    draw: drawNumber(draw),
    label: labelField(label),
    rank: rankField(rank),
    ticket: hashField(ticket),
  };
}

/** Who may hold a slot; an empty list is written `-`. */
export interface Slot {
  role: string;
  names: string[];
}

export interface DocketLine {
  unit: string;
  salt: string;
  slots: Slot[];
  /** For a visit from other zones: the same roles. */
  away: Slot[] | undefined;
  again: string[];
  apart: [string, string][];
  /** Above 2^53 it is not exact, and no band of any draw. */
  band: number;
  /** What the visit takes of each slot, and where it is; in a draw with a schedule. */
  minutes: number[] | undefined;
  town: string | undefined;
}

function names(text: string): string[] {
  const all = text.split(",");
  return all.every(isId) ? all : refuse(`不是姓名：${text}`, `not names: ${text}`);
}

/** Takes the words `<role>=…` that come first. */
function takeSlots(rest: string[]): Slot[] {
  const slots: Slot[] = [];
  while (rest.length && !/^(away$|(again|apart|band|minutes|town)=)/.test(rest[0]!)) {
    const word = rest.shift()!;
    const at = word.indexOf("=");
    const who = word.slice(at + 1);
    slots.push({ role: word.slice(0, Math.max(at, 0)), names: who === "-" ? [] : names(who) });
  }
  const roles = slots.map((slot) => slot.role);
  if (!areRoles(roles)) refuse(`不是一组岗位：${roles.join(" ")}`, `not the roles of a team: ${roles.join(" ")}`);
  return slots;
}

/** Takes the word `key=…` if it comes next. */
function takeWord(rest: string[], key: string): string | undefined {
  return rest[0]?.startsWith(`${key}=`) ? rest.shift()!.slice(key.length + 1) : undefined;
}

function couple(text: string): [string, string] {
  const [one, other, ...more] = text.split("+");
  if (other === undefined || more.length || !isId(one!) || !isId(other)) refuse(`不是两个人：${text}`, `not a pair: ${text}`);
  return [one!, other];
}

const minuteList = (text: string): number[] => text.split(",").map(small);

function bandField(text: string): number {
  const band = Number(decimal(text));
  return band > 0 ? band : refuse("时长档 0 不写出", "band 0 is not written");
}

function awaySlots(rest: string[], slots: readonly Slot[]): Slot[] | undefined {
  if (rest[0] !== "away") return undefined;
  rest.shift();
  const away = takeSlots(rest);
  const same = away.length === slots.length && away.every((slot, i) => slot.role === slots[i]!.role);
  return same ? away : refuse("外片区的岗位不同", "away has other roles");
}

function docketLine(line: string): DocketLine {
  const [unit, salt, ...rest] = words(line);
  if (salt === undefined) refuse(`栏目数不对：${line}`, `not the fields of the form: ${line}`);
  const head = { unit: idField(unit!), salt: hexField(salt, 16) };
  const slots = takeSlots(rest);
  const away = awaySlots(rest, slots);
  const again = takeWord(rest, "again");
  const apart = takeWord(rest, "apart");
  const band = takeWord(rest, "band");
  const minutes = takeWord(rest, "minutes");
  const town = takeWord(rest, "town");
  if (rest.length) refuse(`不应有：${rest[0]}`, `not expected: ${rest[0]}`);
  return {
    ...{ ...head, slots, away },
    again: again === undefined ? [] : names(again),
    apart: apart === undefined ? [] : apart.split(",").map(couple),
    band: band === undefined ? 0 : bandField(band),
    minutes: minutes === undefined ? undefined : minuteList(minutes),
    town: town === undefined ? undefined : idField(town),
  };
}

export interface TeamLine {
  line: string;
  unit: string;
  salt: string;
  members: { role: string; name: string }[];
}

/** A line of teams.txt, which stands also in a replacement. */
export function teamLine(line: string): TeamLine {
  const [unit, salt, ...rest] = words(line);
  if (salt === undefined) refuse(`栏目数不对：${line}`, `not the fields of the form: ${line}`);
  const members = rest.map((word) => {
    const at = Math.max(word.indexOf("="), 0);
    return { role: word.slice(0, at), name: idField(word.slice(at + 1)) };
  });
  if (!areRoles(members.map(({ role }) => role))) refuse(`不是一组岗位：${line}`, `not the roles of a team: ${line}`);
  return { line, unit: idField(unit!), salt: hexField(salt, 16), members };
}

export interface PriceLine {
  name: string;
  load: number;
  /** One a band. */
  prices: bigint[];
  leads: number;
  leadPrices: bigint[];
}

const priceList = (text: string): bigint[] => text.split(",").map((price) => decimal(price, 1n << 127n));

function priceLine(line: string): PriceLine {
  const [name, load, prices, leads, leadPrices] = exactly(line, 5) as [string, string, string, string, string];
  return {
    name: idField(name),
    load: small(load),
    prices: priceList(prices),
    leads: small(leads),
    leadPrices: priceList(leadPrices),
  };
}

export interface AvailabilityLine {
  name: string;
  salt: string;
  /** One a day of the commitment. */
  minutes: number[];
}

function availabilityLine(line: string): AvailabilityLine {
  const [name, salt, minutes] = exactly(line, 3) as [string, string, string];
  return { name: idField(name), salt: hexField(salt, 16), minutes: minuteList(minutes) };
}

export interface ScheduleLine {
  unit: string;
  salt: string;
  /** Undefined if no day holds the visit. */
  day: Day | undefined;
}

function scheduleLine(line: string): ScheduleLine {
  const [unit, salt, day] = exactly(line, 3) as [string, string, string];
  return { unit: idField(unit), salt: hexField(salt, 16), day: day === "-" ? undefined : dayField(day) };
}

const reads =
  <Row>(tag: string, parse: (line: string) => Row) =>
  (bytes: Uint8Array): Table<Row> =>
    readTable(bytes, tag, parse);

export const readInspectors = reads("yaohao/inspectors/v1", inspectorLine);
export const readDrawn = reads("yaohao/drawn/v1", drawnLine);
export const readCarried = reads("yaohao/carried/v1", carriedLine);
export const readDockets = reads("yaohao/dockets/v1", docketLine);
export const readTeams = reads("yaohao/teams/v1", teamLine);
export const readPrices = reads("yaohao/prices/v1", priceLine);
export const readAvailability = reads("yaohao/availability/v1", availabilityLine);
export const readSchedule = reads("yaohao/schedule/v1", scheduleLine);
