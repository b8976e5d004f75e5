// Whether a signature is by a key: Ed25519, strictly, and SM2: docs/spec/notes.md, Keys.

import { sha512 } from "@noble/hashes/sha2.js";
import { hex, join, same, utf8 } from "../digest.ts";
import { ED25519, SM2, attempt } from "../group.ts";
import { sm3 } from "../sm3.ts";

const number = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes)}`);
const littleEndian = (bytes: Uint8Array): bigint => number(bytes.slice().reverse());

/** A point of edwards25519 in its one form that is not of small order. */
function edwardsPoint(bytes: Uint8Array) {
  const point = attempt(() => ED25519.fromBytes(bytes, false));
  return point && !point.isSmallOrder() ? point : undefined;
}

/** RFC 8032 without cofactor: S·B = R + k·A, all in their one form. */
export function ed25519Verifies(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const [r, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
  const [A, R] = [edwardsPoint(key), edwardsPoint(r)];
  const order = ED25519.Fn.ORDER;
  if (!A || !R || s >= order) return false;
  const k = littleEndian(sha512(join([r, key, message]))) % order;
  return ED25519.BASE.multiplyUnsafe(s).equals(R.add(A.multiplyUnsafe(k)));
}

/** `Z` of GB/T 32918.2-2016, 5.5: identifier, curve and key. */
function sm2Z(key: Uint8Array): Uint8Array {
  const id = utf8("1234567812345678");
  const { a, b, Gx, Gy } = SM2.CURVE();
  const curve = [a, b, Gx, Gy].map((value) => SM2.Fp.toBytes(value));
  return sm3(join([Uint8Array.of((id.length * 8) >> 8, (id.length * 8) & 255), id, ...curve, key.subarray(1)]));
}

/** GB/T 32918.2-2016, 7.1; the signature is r ‖ s. */
export function sm2Verifies(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const P = attempt(() => SM2.fromBytes(key));
  if (!P || key.length !== 65 || signature.length !== 64) return false;
  const n = SM2.Fn.ORDER;
  const [r, s] = [number(signature.subarray(0, 32)), number(signature.subarray(32))];
  const t = (r + s) % n;
  if (r === 0n || r >= n || s === 0n || s >= n || t === 0n) return false;
  const point = SM2.BASE.multiplyUnsafe(s).add(P.multiplyUnsafe(t));
  if (point.is0()) return false;
  const e = number(sm3(join([sm2Z(key), message])));
  return (e + point.toAffine().x) % n === r;
}

/** Whether these bytes can be a public key at all. */
export function isPublicKey(algorithm: "ed25519" | "sm2", key: Uint8Array): boolean {
  if (algorithm === "ed25519") return key.length === 32 && edwardsPoint(key) !== undefined;
  const point = key.length === 65 ? attempt(() => SM2.fromBytes(key)) : undefined;
  return point !== undefined && same(point.toBytes(false), key);
}
