// Public keys as they are written, and what they sign: docs/spec/notes.md, Keys.

import { type Suite, SHA256, SM3, hex, join, sha256, utf8 } from "../digest.ts";
import { refuse } from "../text.ts";
import { fromBase64 } from "./base64.ts";
import { ed25519Verifies, isPublicKey, sm2Verifies } from "./signature.ts";

/** A public key, read from a vkey. */
export interface Key {
  /** As it was written. */
  text: string;
  name: string;
  /** 8 hex digits. */
  id: string;
  algorithm: "ed25519" | "sm2";
  /** Whether it signs a time beside the text, as a witness does. */
  timed: boolean;
  bytes: Uint8Array;
  suite: Suite;
}

const TYPES: { prefix: Uint8Array; algorithm: Key["algorithm"]; timed: boolean; length: number }[] = [
  { prefix: Uint8Array.of(1), algorithm: "ed25519", timed: false, length: 32 },
  { prefix: Uint8Array.of(4), algorithm: "ed25519", timed: true, length: 32 },
  { prefix: join([Uint8Array.of(0xff), utf8("yaohao-1-sm3/sm2\n")]), algorithm: "sm2", timed: false, length: 65 },
  {
    prefix: join([Uint8Array.of(0xff), utf8("yaohao-1-sm3/sm2-cosignature/v1\n")]),
    algorithm: "sm2",
    timed: true,
    length: 65,
  },
];

/** Whether `text` can name a key. */
export const isKeyName = (text: string): boolean =>
  /^[^\p{White_Space}\p{Cc}+\ufeff\ufffd]+$/u.test(text) && utf8(text).length <= 255;

const notAKey = (text: string): never => refuse(`不是公钥：${text}`, `not a public key: ${text}`);

/** Reads `<name>+<id>+<base64(type ‖ key)>`. */
export function readKey(text: string): Key {
  const parts = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(text) ?? notAKey(text);
  const [name, id, whole] = [parts[1]!, parts[2]!, fromBase64(parts[3]!) ?? notAKey(text)];
  if (!isKeyName(name)) notAKey(text);
  const named = sha256(join([utf8(name), Uint8Array.of(0x0a), whole]));
  if (hex(named.subarray(0, 4)) !== id) refuse(`公钥编号不符：${text}`, `the key has another id: ${text}`);
  for (const { prefix, algorithm, timed, length } of TYPES) {
    if (whole.length !== prefix.length + length || prefix.some((byte, i) => byte !== whole[i])) continue;
    const bytes = whole.subarray(prefix.length);
    if (!isPublicKey(algorithm, bytes)) notAKey(text);
    return { text, name, id, algorithm, timed, bytes, suite: algorithm === "sm2" ? SM3 : SHA256 };
  }
  return notAKey(text);
}

/** The last second of the year 9999. */
const LAST_SECOND = 253402300799n;

/**
 * Whether `signature` is the key's over `text`: the time that was signed, 0 for a
 * key without a time, or undefined if it is false.
 */
export function timeSigned(key: Key, text: string, signature: Uint8Array): number | undefined {
  const verifies = key.algorithm === "sm2" ? sm2Verifies : ed25519Verifies;
  if (!key.timed) return verifies(key.bytes, utf8(text), signature) ? 0 : undefined;
  if (signature.length !== 72) return undefined;
  const time = BigInt(`0x${hex(signature.subarray(0, 8))}`);
  const message = utf8(`cosignature/v1\ntime ${time}\n${text}`);
  return time <= LAST_SECOND && verifies(key.bytes, message, signature.subarray(8)) ? Number(time) : undefined;
}
