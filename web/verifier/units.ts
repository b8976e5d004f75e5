// units.txt: every unit of the register, up to millions of them, so that it stays bytes
// and is asked line by line. docs/spec/tables.md.

import { REASONS, type Reason } from "./commit.ts";
import { FIELDS, type Field } from "./policy.ts";
import { type Label, atLine, labelField } from "./reader.ts";
import { Lines, refuse } from "./text.ts";

const SPACE = 0x20;
const ascii = new TextDecoder("latin1");

/** Where a unit stands: in a stratum, or excluded for a reason. */
export interface Standing {
  text: string;
  label: Label | undefined;
  reason: Reason | undefined;
}

/** The published field and its value. */
export type Published = [Field, string];

const HEX = 64;
const DASH = 0x2d;

const table = (characters: string): Uint8Array => {
  const allowed = new Uint8Array(256);
  for (const character of characters) allowed[character.charCodeAt(0)] = 1;
  return allowed;
};
const HEX_DIGITS = table("0123456789abcdef");
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const ID_FIRST = table(LETTERS);
const ID_MORE = table(`${LETTERS}-_./`);

/** Whether 64 digits of hex stand at `start`. A line of a million is not made a string for that. */
function isHex(line: Uint8Array, start: number): boolean {
  if (line.length < start + HEX) return false;
  for (let i = start; i < start + HEX; i++) if (!HEX_DIGITS[line[i]!]) return false;
  return true;
}

/** Whether the first `length` bytes are an id. */
function isIdBytes(line: Uint8Array, length: number): boolean {
  if (length < 1 || length > 64 || !ID_FIRST[line[0]!]) return false;
  for (let i = 1; i < length; i++) if (!ID_MORE[line[i]!]) return false;
  return true;
}

function standingOf(text: string): Standing {
  if (!text.startsWith("excluded:")) return { text, label: labelField(text), reason: undefined };
  const reason = REASONS.find((known) => known === text.slice("excluded:".length));
  return { text, label: undefined, reason: reason ?? refuse(`不认识的缘由：${text}`, `unknown reason: ${text}`) };
}

/** The published fields of a line, in their order; only the name may hold spaces. */
export function publishedOf(text: string): Published[] {
  const found: Published[] = [];
  let [rest, last] = [text, -1];
  while (rest !== "") {
    const equals = rest.indexOf("=");
    const at = FIELDS.findIndex((field) => field === rest.slice(0, Math.max(equals, 0)));
    if (at <= last) refuse(`公布的栏目不对：${rest}`, `not a published field in its order: ${rest}`);
    last = at;
    const space = FIELDS[at] === "name" ? -1 : rest.indexOf(" ", equals);
    const end = space < 0 ? rest.length : space;
    const value = rest.slice(equals + 1, end);
    if (value === "" || value.startsWith(" ")) refuse("公布的栏目是空的", "an empty published field");
    if (space === rest.length - 1) refuse("公布的栏目是空的", "an empty published field");
    found.push([FIELDS[at]!, value]);
    rest = space < 0 ? "" : rest.slice(space + 1);
  }
  return found;
}

/** The table of units. Entry i stands in line i + 1 of `lines`, behind the tag. */
export class Units {
  readonly count: number;
  /** All standings there are, in the order in which they first occur. */
  readonly standings: Standing[] = [];
  /** For each entry, its number in `standings`. */
  readonly standing: Uint32Array;
  /** For each entry, the length of its id. */
  private readonly idLength: Uint8Array;
  /** The first entry whose id is not above the one before; undefined if there is none. */
  readonly unordered: number | undefined;
  private places: Map<string, number> | undefined;

  private constructor(readonly lines: Lines) {
    this.count = lines.length - 1;
    this.standing = new Uint32Array(this.count);
    this.idLength = new Uint8Array(this.count);
    const known = new Map<string, number>();
    for (let i = 0; i < this.count; i++) {
      const line = lines.raw(i + 1);
      const space = line.indexOf(SPACE);
      this.idLength[i] = Math.min(Math.max(space, 0), 65);
      this.standing[i] = atLine(i + 2, () => this.readLine(line, space, known));
    }
    this.unordered = this.firstUnordered();
  }

  static read(bytes: Uint8Array): Units {
    const lines = Lines.read(bytes);
    if (lines.text(0) !== "yaohao/units/v1") {
      refuse("第一行不是 yaohao/units/v1", "the first line is not yaohao/units/v1", 1);
    }
    return new Units(lines);
  }

  /** Checks the form of a line; gives the number of its standing. */
  private readLine(line: Uint8Array, space: number, known: Map<string, number>): number {
    if (!isIdBytes(line, space)) refuse("不是单位编号", "not the id of a unit");
    const second = line.indexOf(SPACE, space + 1);
    if (second < 0) refuse("栏目太少", "too few fields");
    const text = ascii.decode(line.subarray(space + 1, second));
    let number = known.get(text);
    if (number === undefined) {
      number = this.standings.push(standingOf(text)) - 1;
      known.set(text, number);
    }
    const third = second + 1 + HEX;
    const excluded = this.standings[number]!.reason !== undefined;
    const end = third + 1 + (excluded ? 1 : HEX);
    const docket = excluded ? line[third + 1] === DASH : isHex(line, third + 1);
    if (!isHex(line, second + 1) || line[third] !== SPACE || !docket || (end < line.length && line[end] !== SPACE)) {
      refuse("栏目不对", "not the fields of the form");
    }
    if (end < line.length) publishedOf(decoder.decode(line.subarray(end + 1)));
    return number;
  }

  private firstUnordered(): number | undefined {
    for (let i = 1; i < this.count; i++) if (compare(this.idBytes(i - 1), this.idBytes(i)) >= 0) return i;
    return undefined;
  }

  /** The id of entry i, as bytes. */
  idBytes(i: number): Uint8Array {
    return this.lines.raw(i + 1).subarray(0, this.idLength[i]!);
  }

  /** The id of entry i. */
  id(i: number): string {
    return ascii.decode(this.idBytes(i));
  }

  /** Where entry i stands. */
  at(i: number): Standing {
    return this.standings[this.standing[i]!]!;
  }

  /** The docket commitment of entry i; undefined for an excluded unit. */
  docket(i: number): string | undefined {
    const standing = this.at(i);
    if (standing.reason !== undefined) return undefined;
    const start = this.idLength[i]! + standing.text.length + HEX + 3;
    return ascii.decode(this.lines.raw(i + 1).subarray(start, start + HEX));
  }

  /** What entry i publishes. */
  published(i: number): Published[] {
    const standing = this.at(i);
    const docket = standing.reason === undefined ? HEX : 1;
    const start = this.idLength[i]! + standing.text.length + HEX + docket + 4;
    return publishedOf(decoder.decode(this.lines.raw(i + 1).subarray(start)));
  }

  /** The entry of that unit; undefined if there is none. */
  find(id: string): number | undefined {
    if (this.unordered !== undefined) return this.findAnywhere(id);
    const wanted = Uint8Array.from(id, (c) => c.charCodeAt(0));
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.idBytes(middle), wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low < this.count && compare(this.idBytes(low), wanted) === 0 ? low : undefined;
  }

  /** All entries of some units: in a register out of order there may be several of one. */
  entries(ids: ReadonlySet<string>): Set<number> {
    const found = new Set<number>();
    if (this.unordered === undefined) {
      for (const id of ids) {
        const entry = this.find(id);
        if (entry !== undefined) found.add(entry);
      }
    } else {
      for (let i = 0; i < this.count; i++) if (ids.has(this.id(i))) found.add(i);
    }
    return found;
  }

  /** In a register that is out of order: the last of that id. */
  private findAnywhere(id: string): number | undefined {
    if (!this.places) {
      this.places = new Map();
      for (let i = 0; i < this.count; i++) this.places.set(this.id(i), i);
    }
    return this.places.get(id);
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The order of bytes. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const least = Math.min(a.length, b.length);
  for (let i = 0; i < least; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
