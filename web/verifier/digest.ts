// The hashes of both suites: docs/spec/suites.md.

import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { sm3 } from "./sm3.ts";

const encoder = new TextEncoder();

/** UTF-8 bytes of `text`. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hex. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte]!;
  return text;
}

/** The bytes of lower-case hex; undefined if it is anything else. */
export function unhex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. Nothing here is secret. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** SHA-256, which names files in both suites. */
export const sha256 = (bytes: Uint8Array): Uint8Array => nobleSha256(bytes);

/** A suite of docs/spec/suites.md: `H` of everything that is hashed in a draw. */
export interface Suite {
  key: "yaohao-1-sha256" | "yaohao-1-sm3";
  /** H of bytes, 32 bytes. */
  hash: (bytes: Uint8Array) => Uint8Array;
  /** H of a text, in hex. */
  hex: (text: string | Uint8Array) => string;
}

const suite = (key: Suite["key"], hash: Suite["hash"]): Suite => ({
  key,
  hash,
  hex: (text) => hex(hash(typeof text === "string" ? utf8(text) : text)),
});

export const SHA256 = suite("yaohao-1-sha256", sha256);
export const SM3 = suite("yaohao-1-sm3", sm3);

/** The suite of that name. */
export const suiteOf = (key: string): Suite | undefined => [SHA256, SM3].find((suite) => suite.key === key);
