// What a check compares over tables: the root over tagged lines, and their number.
// docs/spec/tables.md, "Trees" and "Commitments to lines".

import { hex, utf8 } from "../digest.ts";
import type { Draw } from "../draw.ts";
import type { Rooted } from "../reader.ts";
import { ensure } from "../report.ts";
import type { Lines } from "../text.ts";
import { Growing } from "../tree.ts";
import type { Suite } from "../digest.ts";

const LF = 0x0a;

/** The root over all lines behind the tag of the table, in hex. */
export function rootOver(draw: Draw, suite: Suite, lines: Lines, tag: string): string {
  const head = utf8(`\0${tag}\n`);
  let buffer = new Uint8Array(1024);
  buffer.set(head);
  const tree = new Growing(suite);
  for (let i = 1; i < lines.length; i++) {
    const line = lines.raw(i);
    const length = head.length + line.length + 1;
    if (buffer.length < length) {
      buffer = new Uint8Array(2 * length);
      buffer.set(head);
    }
    buffer.set(line, head.length);
    buffer[length - 1] = LF;
    tree.push(suite.hash(buffer.subarray(0, length)));
    if (i % 16_384 === 0) draw.progress(i, lines.length);
  }
  return hex(tree.root());
}

/** Fails unless a table has the root and the number of lines that `bound` names. */
export function ensureRooted(draw: Draw, name: string, lines: Lines, tag: string, bound: Rooted): void {
  const count = BigInt(lines.length - 1);
  ensure(
    count === bound.count,
    `${name} 有 ${count} 行，应有 ${bound.count} 行`,
    `${name} has ${count} lines, not ${bound.count}`,
  );
  const root = draw.once(`root of ${name}`, () => rootOver(draw, draw.commit().suite, lines, tag));
  ensure(
    root === bound.root,
    `${name} 的树根是 ${root}，应是 ${bound.root}`,
    `the root over ${name} is ${root}, not ${bound.root}`,
  );
}

/** `H("<line tag>⏎<draw number>⏎<line>⏎")`: the commitment to a line. */
export function lineCommitment(draw: Draw, tag: string, line: string): string {
  const commit = draw.commit();
  return commit.suite.hex(`${tag}\n${commit.draw.text}\n${line}\n`);
}
