// The two groups of docs/spec/escrow.md, and the curve of SM2: points and numbers in
// their one form.

import { weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { type Suite, hex, unhex } from "./digest.ts";

/** The curve of GB/T 32918.5-2017. */
export const SM2 = weierstrass({
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
});

/** A group of prime order: the points of an escrow, and the office's nonce as a number. */
export interface Group {
  /** Bytes of a point. */
  pointBytes: number;
  /** Whether hex of `pointBytes` bytes is a point of the group in its one form. */
  isPoint: (point: string) => boolean;
  /** The point of a number in its one form; undefined if it is none, or 0. */
  pointOf: (number: string) => string | undefined;
}

/** A number read and checked against the order; undefined if it is not below it, or 0. */
function scalar(bigEndian: string, order: bigint): bigint | undefined {
  if (!/^[0-9a-f]{64}$/.test(bigEndian)) return undefined;
  const number = BigInt(`0x${bigEndian}`);
  return number > 0n && number < order ? number : undefined;
}

/** What `read` makes of bytes, or undefined where it throws. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const reversed = (number: string): string => (number.match(/../g) ?? []).reverse().join("");

const EDWARDS: Group = {
  pointBytes: 32,
  isPoint(point) {
    const bytes = unhex(point);
    const read = bytes && attempt(() => ed25519.Point.fromBytes(bytes, false));
    return read !== undefined && !read.is0() && read.isTorsionFree();
  },
  pointOf(number) {
    const value = scalar(reversed(number), ed25519.Point.Fn.ORDER);
    return value === undefined ? undefined : hex(ed25519.Point.BASE.multiplyUnsafe(value).toBytes());
  },
};

const SM2_GROUP: Group = {
  pointBytes: 33,
  isPoint(point) {
    const bytes = unhex(point);
    return bytes?.length === 33 && attempt(() => SM2.fromBytes(bytes)) !== undefined;
  },
  pointOf(number) {
    const value = scalar(number, SM2.Fn.ORDER);
    return value === undefined ? undefined : hex(SM2.BASE.multiplyUnsafe(value).toBytes(true));
  },
};

/** The group of a suite. */
export const groupOf = (suite: Suite): Group => (suite.key === "yaohao-1-sm3" ? SM2_GROUP : EDWARDS);
