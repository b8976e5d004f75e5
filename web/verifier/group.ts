// The two groups of docs/spec/escrow.md, and the curve of SM2: points and numbers in
// their one form.

import { edwards } from "@noble/curves/abstract/edwards.js";
import { weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { type Suite, hex, unhex } from "./digest.ts";

/** edwards25519 of RFC 8032. */
export const ED25519 = edwards({
  p: 2n ** 255n - 19n,
  n: 2n ** 252n + 27742317777372353535851937790883648493n,
  h: 8n,
  a: 2n ** 255n - 20n,
  d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
  Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
  Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
});

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
    const read = bytes && attempt(() => ED25519.fromBytes(bytes, false));
    return read !== undefined && !read.is0() && read.isTorsionFree();
  },
  pointOf(number) {
    const value = scalar(reversed(number), ED25519.Fn.ORDER);
    return value === undefined ? undefined : hex(ED25519.BASE.multiplyUnsafe(value).toBytes());
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
