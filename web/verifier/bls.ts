// Pulses of drand: BLS signatures over BLS12-381. docs/spec/beacons.md, "drand".

import { bls12_381 as bls } from "@noble/curves/bls12-381.js";
import type { Chain } from "./beacons.ts";
import { join, sha256, unhex } from "./digest.ts";

const KEYS: Record<Chain, string> = {
  default:
    "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
  quicknet:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c" +
    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb" +
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
};

const TAGS: Record<Chain, string> = {
  default: "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_",
  quicknet: "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_",
};

type G1 = typeof bls.G1.Point;
type G2 = typeof bls.G2.Point;

/** A compressed point on the curve, in the subgroup and not at infinity; undefined for anything else. */
function point<P extends G1 | G2>(group: P, text: string): InstanceType<P> | undefined {
  const bytes = unhex(text);
  const length = group === bls.G1.Point ? 48 : 96;
  // Compressed, and not at infinity: the bits 1 and 0.
  if (bytes?.length !== length || (bytes[0]! & 0xc0) !== 0x80) return undefined;
  try {
    const read = group.fromBytes(bytes);
    read.assertValidity();
    const right = !read.is0() && read.isTorsionFree() && same(read.toBytes(true), bytes);
    return right ? (read as InstanceType<P>) : undefined;
  } catch {
    return undefined;
  }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** A round as a 64-bit big-endian number; rounds of commitments are below 2^32. */
function roundBytes(round: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return bytes;
}

/** Whether a pulse is the one that its chain signed for that round. */
export function isSigned(chain: Chain, round: number, shown: readonly string[]): boolean {
  return chain === "default" ? isChained(round, shown) : isQuick(round, shown);
}

/** Signature in G1, key in G2: e(signature, generator of G2) = e(H(message), key). */
function isQuick(round: number, shown: readonly string[]): boolean {
  const signature = point(bls.G1.Point, shown[0] ?? "");
  const key = point(bls.G2.Point, KEYS.quicknet);
  if (shown.length !== 1 || !signature || !key) return false;
  const message = bls.G1.hashToCurve(sha256(roundBytes(round)), { DST: TAGS.quicknet });
  return isOne([
    { g1: signature, g2: bls.G2.Point.BASE },
    { g1: message.negate(), g2: key },
  ]);
}

/** Signature in G2, key in G1: e(generator of G1, signature) = e(key, H(message)). */
function isChained(round: number, shown: readonly string[]): boolean {
  const before = unhex(shown[0] ?? "");
  const signature = point(bls.G2.Point, shown[1] ?? "");
  const key = point(bls.G1.Point, KEYS.default);
  if (shown.length !== 2 || before?.length !== 96 || !signature || !key) return false;
  const message = bls.G2.hashToCurve(sha256(join([before, roundBytes(round)])), { DST: TAGS.default });
  return isOne([
    { g1: bls.G1.Point.BASE, g2: signature },
    { g1: key.negate(), g2: message },
  ]);
}

type Pair = Parameters<typeof bls.pairingBatch>[0][number];

/** Whether the product of pairings is 1. A pair at infinity has none, and is refused. */
function isOne(pairs: Pair[]): boolean {
  if (pairs.some(({ g1, g2 }) => g1.is0() || g2.is0())) return false;
  return bls.fields.Fp12.eql(bls.pairingBatch(pairs), bls.fields.Fp12.ONE);
}
