// Merkle trees of RFC 6962, section 2.1, and inclusion proofs of RFC 9162, section
// 2.1.3: docs/spec/tables.md and log.md.

import type { Suite } from "./digest.ts";

/** `H(0x00 ‖ bytes)`. */
export function leafHash(suite: Suite, bytes: Uint8Array): Uint8Array {
  const buffer = new Uint8Array(1 + bytes.length);
  buffer.set(bytes, 1);
  return suite.hash(buffer);
}

/** `H(0x01 ‖ left ‖ right)`. */
export function nodeHash(suite: Suite, left: Uint8Array, right: Uint8Array): Uint8Array {
  const buffer = new Uint8Array(65);
  buffer[0] = 1;
  buffer.set(left, 1);
  buffer.set(right, 33);
  return suite.hash(buffer);
}

/** The next level of a tree: pairs joined, an unpaired last node moved up unchanged. */
function above(suite: Suite, level: readonly Uint8Array[]): Uint8Array[] {
  const next: Uint8Array[] = [];
  for (let i = 0; i + 1 < level.length; i += 2) next.push(nodeHash(suite, level[i]!, level[i + 1]!));
  if (level.length % 2 === 1) next.push(level[level.length - 1]!);
  return next;
}

/** The root over leaf hashes; of none, `H("")`. */
export function rootOf(suite: Suite, leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) level = above(suite, level);
  return level[0] ?? suite.hash(new Uint8Array());
}

/**
 * A root from leaves that come one after the other: what stays in memory is one node a
 * level. Gives the same as `rootOf`, because an unpaired last node is moved up unchanged.
 */
export class Growing {
  /** The complete subtrees so far, the largest first, with their numbers of leaves. */
  private readonly peaks: { node: Uint8Array; leaves: number }[] = [];

  constructor(private readonly suite: Suite) {}

  push(leaf: Uint8Array): void {
    let peak = { node: leaf, leaves: 1 };
    while (this.peaks[this.peaks.length - 1]?.leaves === peak.leaves) {
      const left = this.peaks.pop()!;
      peak = { node: nodeHash(this.suite, left.node, peak.node), leaves: 2 * peak.leaves };
    }
    this.peaks.push(peak);
  }

  root(): Uint8Array {
    const nodes = this.peaks.map(({ node }) => node);
    const last = nodes.pop() ?? this.suite.hash(new Uint8Array());
    return nodes.reduceRight((right, left) => nodeHash(this.suite, left, right), last);
  }
}

/** The neighbours that lead from leaf `index` to the root, from the leaf upwards. */
export function pathOf(suite: Suite, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let level = leaves;
  for (let at = index; level.length > 1; at >>= 1) {
    const neighbour = level[at ^ 1];
    if (neighbour) path.push(neighbour);
    level = above(suite, level);
  }
  return path;
}

/** One step of an inclusion proof: the neighbour, and the side on which it stands. */
export interface Step {
  neighbour: Uint8Array;
  left: boolean;
  node: Uint8Array;
}

/**
 * The steps from leaf `index` of a tree of `size` leaves to its root; undefined if
 * `path` has not exactly as many neighbours as that takes.
 */
export function walk(
  suite: Suite,
  leaf: Uint8Array,
  index: bigint,
  size: bigint,
  path: readonly Uint8Array[],
): Step[] | undefined {
  if (index >= size) return undefined;
  const steps: Step[] = [];
  let [at, last, node] = [index, size - 1n, leaf];
  for (const neighbour of path) {
    if (last === 0n) return undefined;
    const left = (at & 1n) === 1n || at === last;
    node = left ? nodeHash(suite, neighbour, node) : nodeHash(suite, node, neighbour);
    steps.push({ neighbour, left, node });
    if (left) {
      while ((at & 1n) === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n ? steps : undefined;
}

/** The root to which an inclusion proof leads; undefined if it has another form. */
export function rootFrom(
  suite: Suite,
  leaf: Uint8Array,
  index: bigint,
  size: bigint,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  const steps = walk(suite, leaf, index, size, path);
  return steps && (steps[steps.length - 1]?.node ?? leaf);
}
