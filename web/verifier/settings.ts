// policy.toml as TOML: settings by name and type. docs/spec/policy.md.

import { TomlDate, parse } from "smol-toml";
import { type Day, dayOf } from "./moment.ts";
import { refuse } from "./text.ts";

/** One section, and where it stands. */
export class Settings {
  private constructor(
    private readonly values: Record<string, unknown>,
    private readonly path: string,
  ) {}

  /** Reads the whole file. */
  static read(bytes: Uint8Array): Settings {
    let values: Record<string, unknown>;
    try {
      const source = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      values = parse(source, { integersAsBigInt: true });
      if (isNewer(source) || !isSettled(values)) refuse("各家程序的读法可能不同", "other programs may read it otherwise");
      checkDates(values, source);
    } catch {
      refuse("不是 TOML", "it is not TOML");
    }
    return new Settings(values, "");
  }

  private get(key: string): unknown {
    return Object.hasOwn(this.values, key) ? this.values[key] : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Refuses the setting. */
  wrong(key: string): never {
    const name = this.path + key;
    refuse(`方案的设置不合要求：${name}`, `a setting of the policy is not as it must be: ${name}`);
  }

  text(key: string): string {
    const value = this.get(key);
    return typeof value === "string" ? value : this.wrong(key);
  }

  /** A text that is only shown: undefined if there is none. */
  shown(key: string): string | undefined {
    const value = this.get(key);
    return typeof value === "string" ? value : undefined;
  }

  word<W extends string>(key: string, known: readonly W[]): W {
    const text = this.text(key);
    return known.find((word) => word === text) ?? this.wrong(key);
  }

  texts(key: string): string[] {
    const value = this.get(key);
    if (!Array.isArray(value)) return this.wrong(key);
    return value.map((text: unknown) => (typeof text === "string" ? text : this.wrong(key)));
  }

  /** An integer from `least` to `most`. */
  integer(key: string, least = 0n, most = (1n << 32n) - 1n): bigint {
    const value = this.get(key);
    return isInteger(value) && value >= least && value <= most ? value : this.wrong(key);
  }

  integers(key: string): bigint[] {
    const value = this.get(key);
    if (!Array.isArray(value)) return this.wrong(key);
    return value.map((n: unknown) => (isInteger(n) && n >= 0n && n < 1n << 32n ? n : this.wrong(key)));
  }

  isInteger(key: string): boolean {
    return isInteger(this.get(key));
  }

  /** A date without time; undefined if left out. */
  date(key: string): Day | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    const day = value instanceof TomlDate && value.isDate() ? dayOf(value.toISOString()) : undefined;
    return day ?? this.wrong(key);
  }

  section(key: string): Settings {
    const value = this.get(key);
    return isTable(value) ? new Settings(value, `${this.path}${key}.`) : this.wrong(key);
  }

  /** The sections of `[[key]]`; none if left out. */
  sections(key: string): Settings[] {
    const value = this.get(key);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.wrong(key);
    const one = (entry: unknown, i: number): Settings =>
      isTable(entry) ? new Settings(entry, `${this.path}${key}[${i + 1}].`) : this.wrong(key);
    return value.map(one);
  }

  keys(): string[] {
    return Object.keys(this.values);
  }
}

const isInteger = (value: unknown): value is bigint => typeof value === "bigint";

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Whether a value has no number, date or depth on which parsers differ. */
function isSettled(value: unknown, depth = 1): boolean {
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value;
  if (value instanceof TomlDate) return value.isDate() && dayOf(value.toISOString()) !== undefined;
  if (typeof value !== "object" || value === null) return typeof value !== "number";
  return depth <= 32 && Object.values(value).every((inside) => isSettled(inside, depth + 1));
}

/** Whether a text that parses needs more than TOML 1.0 (or begins with a byte order mark). */
function isNewer(text: string): boolean {
  const open: string[] = [];
  let last = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === "\ufeff" && at === 0) return true;
    if (char === "#") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end - 1;
    } else if (char === '"' || char === "'") {
      const end = endOfString(text, at, char);
      if (end === undefined) return true;
      at = end;
    } else if (char === "[" || char === "{") open.push(char);
    else if ((char === "}" && last === ",") || (char === "\n" && open.at(-1) === "{")) return true;
    else if (char === "]" || char === "}") open.pop();
    if (!/\s/.test(char)) last = char;
  }
  return false;
}

/** The last quote of the string that begins at `start`; undefined if it has an escape of TOML 1.1. */
function endOfString(text: string, start: number, quote: string): number | undefined {
  const mark = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  let at = start + mark.length;
  while (at < text.length && !text.startsWith(mark, at)) {
    const isEscape = quote === '"' && text[at] === "\\";
    if (isEscape && "ex".includes(text[at + 1]!)) return undefined;
    at += isEscape ? 2 : 1;
  }
  let end = at + mark.length - 1;
  // Up to two more quotes at the end are part of a long string.
  for (let more = 0; mark !== quote && more < 2 && text[end + 1] === quote; more++) end++;
  return end;
}

/**
 * Some engines take 30 February for 1 March. Every date that was read must stand in
 * the file as often as it was read.
 */
function checkDates(values: unknown, source: string): void {
  const seen = new Map<string, number>();
  const visit = (value: unknown): void => {
    if (value instanceof TomlDate) {
      if (!value.isTime()) count(seen, value.toISOString().slice(0, 10));
    } else if (typeof value === "object" && value !== null) {
      Object.values(value).forEach(visit);
    }
  };
  visit(values);
  for (const [date, times] of seen) {
    if (source.split(date).length - 1 < times) refuse("日期不存在", "a date that does not exist");
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
