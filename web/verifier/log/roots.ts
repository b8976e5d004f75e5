// The roots that a log had on its way, for every size at which a checkpoint was signed.

import { type Suite, hex } from "../digest.ts";
import { Growing } from "../tree.ts";

/** The roots, in hex, of the trees over the first `size` leaves, for each of `sizes` up to all of them. */
export function rootsOf(suite: Suite, leaves: readonly Uint8Array[], sizes: ReadonlySet<number>): Map<number, string> {
  const tree = new Growing(suite);
  const roots = new Map<number, string>();
  for (let size = 0; size <= leaves.length; size++) {
    if (sizes.has(size)) roots.set(size, hex(tree.root()));
    if (size < leaves.length) tree.push(leaves[size]!);
  }
  return roots;
}
