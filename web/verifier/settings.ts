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
