// Every document and table has one form: the samples of tests/texts, damaged.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { readCommit } from "../verifier/commit.ts";
import * as documents from "../verifier/documents.ts";
import { Settings } from "../verifier/settings.ts";
import * as tables from "../verifier/tables.ts";
import { Refused } from "../verifier/text.ts";
import { Units } from "../verifier/units.ts";

function unitLines(bytes: Uint8Array): unknown {
  const units = Units.read(bytes);
  const line = (i: number) => [units.id(i), units.at(i).text, units.docket(i), units.published(i), units.lines.text(i + 1)];
  return Array.from({ length: units.count }, (_, i) => line(i));
}

const rows = (read: (bytes: Uint8Array) => tables.Table<unknown>) => (bytes: Uint8Array) => read(bytes).rows;

const READERS: Record<string, (bytes: Uint8Array) => unknown> = {
  "availability.txt": rows(tables.readAvailability),
  "beacon.txt": documents.readBeacon,
  "carried.txt": rows(tables.readCarried),
  "ceremony.txt": documents.readCeremony,
  "commit.txt": readCommit,
  "dockets.txt": rows(tables.readDockets),
  "drawn.txt": rows(tables.readDrawn),
  "inspectors.txt": rows(tables.readInspectors),
  "open.txt": documents.readOpening,
  "prices.txt": rows(tables.readPrices),
  "record.txt": documents.readRecord,
  "replace-001-request.txt": documents.readRequest,
  "replace-001.txt": documents.readReplacement,
  "reveal.txt": documents.readReveal,
  "schedule.txt": rows(tables.readSchedule),
  "teams.txt": rows(tables.readTeams),
  "units.txt": unitLines,
  "void.txt": documents.readVoid,
};

const folder = "../tests/texts";
const samples = readdirSync(folder).filter((name) => name.endsWith(".txt"));
const sample = (name: string): Uint8Array => new Uint8Array(readFileSync(`${folder}/${name}`));

/** What a text says, in a form to compare; undefined if it is refused. */
function read(name: string, bytes: Uint8Array): string | undefined {
  try {
    const value = READERS[name]!(bytes);
    return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
  } catch (thrown) {
    if (thrown instanceof Refused) return undefined;
    throw thrown;
  }
}

test("every sample is read", () => {
  assert.deepEqual(samples.sort(), Object.keys(READERS).sort());
  for (const name of samples) assert.ok(READERS[name]!(sample(name)), name);
});

test("no changed byte gives a text that says the same", () => {
  for (const name of samples) {
    const bytes = sample(name);
    const same = read(name, bytes);
    for (let at = 0; at < bytes.length; at++) {
      const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
      const changes = [..." \n\r01A-=,", "\0", "\x7f"].map((c) => c.charCodeAt(0));
      for (const other of [...changes, 0xff, bytes[at]! ^ 1, bytes[at]! ^ 0x20]) {
        if (other !== bytes[at]) assert.notEqual(read(name, Uint8Array.of(...head, other, ...tail)), same, `${name} ${at}`);
        assert.notEqual(read(name, Uint8Array.of(...head, other, bytes[at]!, ...tail)), same, `${name} ${at}`);
      }
      assert.notEqual(read(name, Uint8Array.of(...head, ...tail)), same, `${name} ${at}`);
      assert.notEqual(read(name, head), same, `${name} ${at}`);
    }
  }
});

/** The list `BROKEN` of tests/texts.rs: file, what is replaced, by what. */
function broken(): [string, string, string][] {
  const source = readFileSync("../tests/texts.rs", "utf8");
  const list = source.slice(source.indexOf("const BROKEN"), source.indexOf("every_rule_about_a_single_line"));
  const text = '"((?:[^"\\\\]|\\\\.)*)"';
  const entry = new RegExp(`\\(\\s*"([a-z0-9-]+\\.txt)",\\s*${text},\\s*${text},?\\s*\\)`, "g");
  return [...list.matchAll(entry)].map(([, name, from, to]) => [name!, unquote(from!), unquote(to!)]);
}

const unquote = (text: string): string => JSON.parse(`"${text}"`) as string;

test("sentences about single lines, each broken once", () => {
  const entries = broken();
  assert.ok(entries.length > 140, String(entries.length));
  for (const [name, from, to] of entries) {
    const text = new TextDecoder().decode(sample(name));
    assert.ok(text.includes(from), `${name} has no ${from}`);
    const damaged = new TextEncoder().encode(text.replace(from, () => to));
    assert.equal(read(name, damaged), undefined, `${name}: ${from} became ${to}`);
  }
});

test("a text is only read by its own reader", () => {
  for (const name of samples) {
    for (const other of samples) if (other !== name) assert.equal(read(other, sample(name)), undefined, `${name} as ${other}`);
  }
});

test("a policy has only what every parser of TOML reads alike", () => {
  const forms = JSON.parse(readFileSync("../tests/toml-forms.json", "utf8")) as { read: string[]; refused: string[] };
  const read = (text: string): unknown => Settings.read(new TextEncoder().encode(text));
  for (const text of forms.read) assert.doesNotThrow(() => read(text), text);
  for (const text of [...forms.refused, "\ufeffa = 1"]) assert.throws(() => read(text), Refused, text);
});
