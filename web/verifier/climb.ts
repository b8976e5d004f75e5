// From a line of a table up to the root over it, step by step: docs/spec/tables.md,
// "Trees".

import { type Suite, hex, utf8 } from "./digest.ts";
import type { Lines } from "./text.ts";
import { leafHash, pathOf, walk } from "./tree.ts";

/** One node of a Merkle tree on the way to the root, from its two children. */
export interface Hop {
  left: string;
  right: string;
  node: string;
  /** Which of the two is not on the way. */
  neighbour: "left" | "right";
}

/** The way of one line. */
export interface Climb {
  leaf: string;
  hops: Hop[];
  root: string;
}

/** The way from line `index` of a table, whose tag is line 0; `tag` is that of its lines. */
export function climb(suite: Suite, table: Lines, index: number, tag: string): Climb {
  const leaves: Uint8Array[] = [];
  const start = utf8(`${tag}\n`);
  for (let i = 1; i < table.length; i++) {
    const raw = table.raw(i);
    const entry = new Uint8Array(start.length + raw.length + 1);
    entry.set(start);
    entry.set(raw, start.length);
    entry[entry.length - 1] = 0x0a;
    leaves.push(leafHash(suite, entry));
  }
  const at = index - 1;
  const steps = walk(suite, leaves[at]!, BigInt(at), BigInt(leaves.length), pathOf(suite, leaves, at)) ?? [];
  let node = hex(leaves[at]!);
  const hops = steps.map(({ neighbour, left, node: above }): Hop => {
    const [beside, own] = [hex(neighbour), node];
    node = hex(above);
    return left ? { left: beside, right: own, node, neighbour: "left" } : { left: own, right: beside, node, neighbour: "right" };
  });
  return { leaf: hex(leaves[at]!), hops, root: node };
}
