// The text of a slip in its one form: docs/spec/slip.md, Text.

import { type Suite, suiteOf, utf8 } from "../digest.ts";
import { type DrawRecord, type Replacement, readRecord, readReplacement } from "../documents.ts";
import { type Checkpoint, type Note, readCheckpoint, readSignature } from "../notes/note.ts";
import { Reader, hashField, idField } from "../reader.ts";
import { type DrawnLine, type InspectorLine, type TeamLine, drawnLine, inspectorLine, teamLine } from "../tables.ts";
import { decimal, fields, hexField, refuse, words } from "../text.ts";
import { isPart, joinParts } from "./codes.ts";

/** The number of a line in its tree, and the way from it to the root. */
export interface Proof {
  number: bigint;
  neighbours: string[];
}

/** One of the people: the line of inspectors.txt, its proof, and what opens the number. */
export interface Person extends InspectorLine {
  line: string;
  proof: Proof;
  salt: string;
  rest: string;
  certificate: string;
}

/** A document inside a slip, with its text. */
export type Document<T> = T & { text: string };

export interface Log {
  /** Of record.txt, then of the late change. */
  entries: Proof[];
  checkpoint: Checkpoint;
  note: Note;
}

export interface Slip {
  suite: Suite;
  drawn: DrawnLine & { line: string; proof: Proof };
  team: TeamLine;
  /** The late change of which the team is. */
  change: Document<Replacement & { number: bigint }> | undefined;
  people: Person[];
  record: Document<DrawRecord>;
  log: Log | undefined;
}

const MOST_NEIGHBOURS = 64;

function proofField(text: string): Proof {
  const [number, ...neighbours] = words(text);
  if (neighbours.length > MOST_NEIGHBOURS) refuse("路径太长", "a path is too long");
  return { number: decimal(number!), neighbours: neighbours.map(hashField) };
}

function personOf(reader: Reader): Person | undefined {
  const person = reader.maybe("inspector", (line) => ({ line, ...inspectorLine(line) }));
  if (!person) return undefined;
  const proof = reader.one("path", proofField);
  return reader.one("certificate", (line) => {
    const [salt, rest, certificate] = fields(line, 3);
    return { ...person, proof, salt: hexField(salt!, 16), rest: hashField(rest!), certificate: idField(certificate!) };
  });
}

/** The lines `key …` of a document inside the slip make its text again. */
function document<T>(reader: Reader, key: string, read: (bytes: Uint8Array) => T): Document<T> {
  const text = reader.all(key, (line) => `${line}\n`).join("");
  return { ...read(utf8(text)), text };
}

function logOf(reader: Reader, changed: boolean): Log | undefined {
  const entries = reader.all("entry", proofField);
  if (!entries.length) return undefined;
  if (entries.length !== (changed ? 2 : 1)) refuse("日志条目的数目不对", "not the entries that belong here");
  const text = reader.all("checkpoint", (line) => `${line}\n`).join("");
  const checkpoint = readCheckpoint(text);
  const signatures = reader.all("signature", readSignature);
  if (!signatures.length || signatures.length > 80) refuse("签名行的数目不对", "not the signature lines of a note");
  return { entries, checkpoint, note: { text, signatures } };
}

function changeOf(reader: Reader): Slip["change"] {
  const number = reader.maybe("change", (text) => decimal(text, 10_000n));
  if (number === 0n) refuse("换人从 1 编号", "late changes count from 1");
  return number === undefined ? undefined : { number, ...document(reader, "replacement", readReplacement) };
}

/** Reads the text of a slip. */
function readSlipText(bytes: Uint8Array): Slip {
  const reader = Reader.of(bytes, "yaohao/slip/v1");
  const suite = reader.one("suite", (key) => suiteOf(key) ?? refuse(`没有这个套件：${key}`, `no such suite: ${key}`));
  const line = reader.one("drawn", (text) => ({ line: text, ...drawnLine(text) }));
  const drawn = { ...line, proof: reader.one("path", proofField) };
  const change = changeOf(reader);
  const team = change ? change.team : reader.one("team", teamLine);
  const people: Person[] = [];
  for (let person = personOf(reader); person; person = personOf(reader)) people.push(person);
  const record = document(reader, "record", readRecord);
  const log = logOf(reader, change !== undefined);
  reader.end();
  return { suite, drawn, team, change, people, record, log };
}

/** Only to see whether a file has codes in it. */
const loose = new TextDecoder("utf-8", { ignoreBOM: true });

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
