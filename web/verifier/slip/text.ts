// The text of a slip in its one form: docs/spec/slip.md, Text.

import { type Suite, suiteOf, utf8 } from "../digest.ts";
import { type Day, type Moment } from "../moment.ts";
import { type Checkpoint, type Note, readCheckpoint, readSignature } from "../notes/note.ts";
import {
  type DrawNumber, type Heading, type Rooted, Reader, broughtField, hashField, heading, idField, labelField, rootedField,
  windowField,
} from "../reader.ts";
import { decimal, fields, hexField, isKey, refuse, words } from "../text.ts";
import { isPart, joinParts } from "./codes.ts";

/** The number of a line in its tree, and the way from it to the root. */
export interface Proof {
  number: bigint;
  neighbours: string[];
}

export interface Team {
  line: string;
  unit: string;
  names: string[];
}

/** One of the people: the line of inspectors.txt, its proof, and what opens the number. */
export interface Person {
  line: string;
  name: string;
  attributes: string;
  proof: Proof;
  salt: string;
  rest: string;
  certificate: string;
}

/** record.txt as far as the door needs it. */
export interface Record {
  text: string;
  draw: DrawNumber;
  at: Moment;
  window: { first: Day; last: Day };
  inspectors: Rooted;
  drawn: Rooted;
}

/** The late change of which the team is. */
export interface Change {
  number: bigint;
  text: string;
  draw: DrawNumber;
}

export interface Log {
  /** Of record.txt, then of the late change. */
  entries: Proof[];
  checkpoint: Checkpoint;
  note: Note;
}

export interface Slip {
  suite: Suite;
  drawn: { line: string; unit: string; commitment: string; proof: Proof };
  team: Team;
  change: Change | undefined;
  people: Person[];
  record: Record;
  log: Log | undefined;
}

const MOST_NEIGHBOURS = 64;

function proofField(text: string): Proof {
  const [number, ...neighbours] = words(text);
  if (neighbours.length > MOST_NEIGHBOURS) refuse("路径太长", "a path is too long");
  return { number: decimal(number!), neighbours: neighbours.map(hashField) };
}

function teamField(line: string): Team {
  const [unit, salt, ...slots] = words(line);
  if (slots.length < 2 || slots.length > 4) refuse("检查组不是二至四人", "a team is not of two to four");
  hexField(salt!, 16);
  const names = slots.map((slot) => {
    const at = slot.indexOf("=");
    if (at < 1 || !isKey(slot.slice(0, at))) refuse(`不是检查组的一员：${slot}`, `not a slot of a team: ${slot}`);
    return idField(slot.slice(at + 1));
  });
  return { line, unit: idField(unit!), names };
}

function drawnField(line: string): Omit<Slip["drawn"], "proof"> {
  const [unit, label, rank, ticket, commitment] = fields(line, 5);
  labelField(label!);
  decimal(rank!);
  hashField(ticket!);
  return { line, unit: idField(unit!), commitment: hashField(commitment!) };
}

function personOf(reader: Reader): Person | undefined {
  const person = reader.maybe("inspector", (line) => {
    const [name, capacity, carried, attributes] = fields(line, 4);
    decimal(capacity!, 1n << 32n);
    decimal(carried!, 1n << 32n);
    return { line, name: idField(name!), attributes: hashField(attributes!) };
  });
  if (!person) return undefined;
  const proof = reader.one("path", proofField);
  return reader.one("certificate", (line) => {
    const [salt, rest, certificate] = fields(line, 3);
    return { ...person, proof, salt: hexField(salt!, 16), rest: hashField(rest!), certificate: idField(certificate!) };
  });
}

/** The lines of a document inside the slip make its text again. */
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

function recordOf(lines: readonly string[]): Record {
  const text = textOf(lines);
  const reader = Reader.of(utf8(text), "yaohao/record/v1");
  const { draw, at }: Heading = heading(reader);
  const record = {
    text,
    draw,
    at,
    window: reader.one("window", windowField),
    inspectors: reader.one("inspectors", rootedField),
    drawn: reader.one("drawn", rootedField),
  };
  reader.one("prices", hashField);
  reader.maybe("sealed", hashField);
  reader.end();
  return record;
}

function changeOf(number: bigint, lines: readonly string[]): { change: Change; team: Team } {
  if (number === 0n) refuse("换人从 1 编号", "late changes count from 1");
  const text = textOf(lines);
  const reader = Reader.of(utf8(text), "yaohao/replacement/v1");
  const { draw } = heading(reader);
  reader.all("link", broughtField);
  reader.one("stand-in", idField);
  const team = reader.one("team", teamField);
  reader.end();
  return { change: { number, text, draw }, team };
}

function logOf(reader: Reader, changed: boolean): Log | undefined {
  const entries = reader.all("entry", proofField);
  if (!entries.length) return undefined;
  if (entries.length !== (changed ? 2 : 1)) refuse("日志条目的数目不对", "not the entries that belong here");
  const lines = reader.all("checkpoint", (line) => line);
  const text = textOf(lines);
  const checkpoint = readCheckpoint(text);
  const signatures = reader.all("signature", readSignature);
  if (!signatures.length || signatures.length > 80) refuse("签名行的数目不对", "not the signature lines of a note");
  return { entries, checkpoint, note: { text, signatures } };
}

/** Only to see whether a file has codes in it. */
const loose = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads the text of a slip. */
export function readSlipText(bytes: Uint8Array): Slip {
  const reader = Reader.of(bytes, "yaohao/slip/v1");
  const suite = reader.one("suite", (key) => suiteOf(key) ?? refuse(`没有这个套件：${key}`, `no such suite: ${key}`));
  const drawn = { ...reader.one("drawn", drawnField), proof: reader.one("path", proofField) };
  const number = reader.maybe("change", (text) => decimal(text, 10_000n));
  const late = number === undefined ? undefined : changeOf(number, reader.all("replacement", (line) => line));
  const team = late ? late.team : reader.one("team", teamField);
  const people: Person[] = [];
  for (let person = personOf(reader); person; person = personOf(reader)) people.push(person);
  const record = recordOf(reader.all("record", (line) => line));
  const log = logOf(reader, late !== undefined);
  reader.end();
  return { suite, drawn, team, change: late?.change, people, record, log };
}

/**
 * Reads a slip: its text, a file of it, or what its codes hold, one a line or one an
 * entry of a list. Refuses what is none; `PartsMissing` where codes are missing.
 */
export function readSlip(input: string | Uint8Array | readonly string[]): Slip {
  const isFile = input instanceof Uint8Array;
  const text = isFile ? loose.decode(input) : typeof input === "string" ? input : input.join("\n");
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (isPart(text) || !lines.length) return readSlipText(joinParts(lines));
  return readSlipText(isFile ? input : utf8(text));
}
