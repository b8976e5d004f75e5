// The roots of a growing tree, RFC 6962, section 2.1: each leaf is hashed in once, and
// the root of every size on the way can be asked for.

import { type Suite, hex } from "../digest.ts";
import { nodeHash } from "../tree.ts";

/** The roots of the full subtrees of a tree so far, the largest first. */
export class Frontier {
  private readonly full: { hash: Uint8Array; leaves: number }[] = [];

  constructor(private readonly suite: Suite) {}

  push(leaf: Uint8Array): void {
    let node = { hash: leaf, leaves: 1 };
    for (let last = this.full[this.full.length - 1]; last?.leaves === node.leaves; last = this.full[this.full.length - 1]) {
      this.full.pop();
      node = { hash: nodeHash(this.suite, last.hash, node.hash), leaves: 2 * node.leaves };
    }
    this.full.push(node);
  }

  root(): Uint8Array {
    if (!this.full.length) return this.suite.hash(new Uint8Array());
    return this.full.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(this.suite, left, right));
  }
}

/** The roots, in hex, of the trees over the first `size` leaves, for each of `sizes` up to all of them. */
export function rootsOf(suite: Suite, leaves: readonly Uint8Array[], sizes: ReadonlySet<number>): Map<number, string> {
  const frontier = new Frontier(suite);
  const roots = new Map<number, string>();
  for (let size = 0; size <= leaves.length; size++) {
    if (sizes.has(size)) roots.set(size, hex(frontier.root()));
    if (size < leaves.length) frontier.push(leaves[size]!);
  }
  return roots;
}
