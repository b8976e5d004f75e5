// A slip in codes: the parts of docs/spec/slip.md, Codes, put together.

import { hex, sha256 } from "../digest.ts";
import { Refused, refuse } from "../text.ts";
import { fromBase45 } from "./base45.ts";
import { inflate } from "./inflate.ts";

const MOST_BYTES = 65_536;

/** Parts are missing: scan on. */
export class PartsMissing extends Refused {
  constructor(readonly missing: number[]) {
    super(`还缺第 ${missing.join("、")} 个二维码`, `codes are missing: ${missing.join(", ")}`);
  }
}

/** One part, as a code holds it. */
export interface Part {
  part: number;
  of: number;
  id: string;
  characters: string;
}

/** Reads one part; spaces and line ends around it do not matter. */
export function readPart(text: string): Part | undefined {
  const match = /^YH1\/([1-8])\/([1-8])\/([0-9A-F]{8})\/([^]+)\/$/.exec(text.trim());
  if (!match || Number(match[1]) > Number(match[2])) return undefined;
  return { part: Number(match[1]), of: Number(match[2]), id: match[3]!, characters: match[4]! };
}

/** Whether this is a part of a slip, and no text. */
export const isPart = (text: string): boolean => text.trim().startsWith("YH1/");

/** The text that the parts make, in whatever order they were scanned. */
export function joinParts(texts: readonly string[]): Uint8Array {
  const parts = texts.map((text) => readPart(text) ?? refuse("不是告知单的二维码内容", "not a code of a slip"));
  const first = parts[0];
  if (!first) throw new PartsMissing([1]);
  const known: string[] = [];
  for (const { part, of, id, characters } of parts) {
    if (of !== first.of || id !== first.id || (known[part - 1] ?? characters) !== characters) {
      refuse("这些二维码不是同一张告知单的", "these codes are not of one slip");
    }
    known[part - 1] = characters;
  }
  const missing = Array.from({ length: first.of }, (_, i) => i + 1).filter((part) => known[part - 1] === undefined);
  if (missing.length) throw new PartsMissing(missing);
  const packed = fromBase45(known.join(""));
  const text = packed && inflate(packed, MOST_BYTES);
  if (!text || hex(sha256(text)).slice(0, 8).toUpperCase() !== first.id) {
    return refuse("二维码内容已损坏或被改动", "the codes are damaged or changed");
  }
  return text;
}
