// Documents line by line, and the words that stand in several of them:
// docs/spec/README.md, "Texts".

import { type Day, type Moment, dayField, momentField } from "./moment.ts";
import { Refused, decimal, fields, hexField, isId, isKey, readText, refuse } from "./text.ts";

/** The lines of one document, each asked for where it must stand. */
export class Reader {
  private at = 0;

  private constructor(private readonly lines: string[]) {}

  static of(bytes: Uint8Array, tag: string): Reader {
    return new Reader(readText(bytes, tag));
  }

  /** The line `key …`, which must be the next. */
  one<T>(key: string, parse: (rest: string) => T): T {
    const found = this.maybe(key, parse);
    if (found === undefined) refuse(`此处应是“${key} …”`, `expected \`${key} …\``, this.at + 2);
    return found;
  }

  /** The line `key …`, if it is the next. */
  maybe<T>(key: string, parse: (rest: string) => T): T | undefined {
    const line = this.lines[this.at];
    if (line === undefined || !line.startsWith(`${key} `)) return undefined;
    const value = atLine(this.at + 2, () => parse(afterSpace(line, key.length + 1)));
    this.at++;
    return value;
  }

  /** All lines `key …` that come next. */
  all<T>(key: string, parse: (rest: string) => T): T[] {
    const found: T[] = [];
    for (;;) {
      const next = this.maybe(key, parse);
      if (next === undefined) return found;
      found.push(next);
    }
  }

  /** There is no further line. */
  end(): void {
    if (this.at < this.lines.length) refuse("此行不应有", "a line that is not expected", this.at + 2);
  }
}

function afterSpace(line: string, at: number): string {
  const rest = line.slice(at);
  if (rest.startsWith(" ")) refuse("有两个空格相连", "two spaces stand together");
  return rest;
}

/** Runs a parser; what it refuses is at that line. */
export function atLine<T>(line: number, parse: () => T): T {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.line === undefined) refuse(thrown.zh, thrown.en, line);
    throw thrown;
  }
}

export const idField = (text: string): string => (isId(text) ? text : refuse(`不是编号：${text}`, `not an id: ${text}`));
export const keyField = (text: string): string => (isKey(text) ? text : refuse(`不是代号：${text}`, `not a key: ${text}`));
export const hashField = (text: string): string => hexField(text, 32);

/** One of a few words. */
export function wordField<W extends string>(text: string, known: readonly W[]): W {
  const found = known.find((word) => word === text);
  return found ?? refuse(`不认识的词：${text}`, `unknown word: ${text}`);
}

/** Refuses a list in which two are the same. */
export function different(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) refuse(`出现两次：${twice}`, `stands there twice: ${twice}`);
}

/** A root over the lines of a table, and how many they are. */
export interface Rooted {
  root: string;
  count: bigint;
}

export function rootedField(text: string): Rooted {
  const [root, count] = fields(text, 2);
  return { root: hashField(root!), count: decimal(count!) };
}

/** `<office key>/<year>/<sequence>` */
export interface DrawNumber {
  text: string;
  office: string;
  year: number;
  sequence: bigint;
}

export function drawNumber(text: string): DrawNumber {
  const match = /^([^/]+)\/([0-9]{4})\/([0-9]{3}|[1-9][0-9]{3,})$/.exec(text);
  if (!match || match[2] === "0000" || match[3] === "000" || !isKey(match[1]!)) {
    return refuse(`不是抽取编号：${text}`, `not a draw number: ${text}`);
  }
  const sequence = decimal(match[3]!.replace(/^0+/, ""), 65_536n);
  return { text, office: match[1]!, year: Number(match[2]), sequence };
}

/** `<rule key>` or `<rule key>/<zone key>` */
export interface Label {
  text: string;
  rule: string;
  zone: string | undefined;
}

export function labelField(text: string): Label {
  const parts = text.split("/");
  if (parts.length > 2 || !parts.every(isKey)) refuse(`不是层的名称：${text}`, `not a stratum label: ${text}`);
  return { text, rule: parts[0]!, zone: parts[1] };
}

/** First and last day. */
export interface Window {
  first: Day;
  last: Day;
}

export function windowField(text: string): Window {
  const [first, last] = fields(text, 2);
  const window = { first: dayField(first!), last: dayField(last!) };
  if (window.last < window.first) refuse("检查期间先结束后开始", "the window ends before it begins");
  return window;
}

/** Tag, draw, document before and time: how every document but the commitment begins. */
export interface Heading {
  draw: DrawNumber;
  after: string;
  at: Moment;
}

export function heading(reader: Reader): Heading {
  return {
    draw: reader.one("draw", drawNumber),
    after: reader.one("after", hashField),
    at: reader.one("at", momentField),
  };
}

/** `<party> <32 bytes>`: a nonce, a link. */
export interface Brought {
  party: string;
  hex: string;
}

export function broughtField(text: string): Brought {
  const [party, secret] = fields(text, 2);
  return { party: idField(party!), hex: hashField(secret!) };
}

/** A part `p/q` with 0 ≤ p ≤ q, as written. */
export interface Part {
  text: string;
  p: bigint;
  q: bigint;
}

export function partField(text: string): Part {
  const at = text.indexOf("/");
  if (at < 0) refuse(`不是分数：${text}`, `not a fraction: ${text}`);
  const [p, q] = [decimal(text.slice(0, at)), decimal(text.slice(at + 1))];
  if (q === 0n || p > q) refuse(`不是 0 到 1 之间的分数：${text}`, `not a fraction from 0 to 1: ${text}`);
  return { text, p, q };
}
