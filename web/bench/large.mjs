// A draw with a register of any size out of a small one: every unit many times over, with
// the commitment made anew. The later documents stay as they are, so that not all of its
// checks pass; but all of them read and compute what they would.

import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** The root of docs/spec/tables.md over hashes of leaves. */
function rootOf(hashes) {
  for (let row = hashes; ; ) {
    if (row.length === 1) return row[0].toString("hex");
    const next = [];
    for (let i = 0; i + 1 < row.length; i += 2) next.push(sha256("\x01", row[i], row[i + 1]));
    if (row.length % 2 === 1) next.push(row.at(-1));
    row = next;
  }
}

/** Copies the draw in `from` to `to`, with at least `count` units; says how many. */
export function enlarge(from, to, count) {
  cpSync(from, to, { recursive: true });
  const units = readFileSync(join(from, "units.txt"), "utf8").trimEnd().split("\n").slice(1);
  const times = Math.ceil(count / units.length);
  const lines = units.flatMap((line) => {
    const at = line.indexOf(" ");
    return Array.from({ length: times }, (_, n) => [`${line.slice(0, at)}-${String(n).padStart(3, "0")}`, line.slice(at)]);
  });
  lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const texts = lines.map(([id, rest]) => `${id}${rest}\n`);
  writeFileSync(join(to, "units.txt"), `yaohao/units/v1\n${texts.join("")}`);
  const root = rootOf(texts.map((text) => sha256("\0yaohao/unit/v1\n", text)));
  const counts = new Map();
  for (const [, rest] of lines) {
    const standing = rest.split(" ")[1];
    counts.set(standing, (counts.get(standing) ?? 0) + 1);
  }
  const commit = readFileSync(join(from, "commit.txt"), "utf8")
    .replace(/^units .+$/m, `units ${root} ${lines.length}`)
    .replace(/^stratum (\S+) \d+ /gm, (_, label) => `stratum ${label} ${counts.get(label)} `)
    .replace(/^excluded (\S+) \d+$/gm, (_, reason) => `excluded ${reason} ${counts.get(`excluded:${reason}`)}`);
  writeFileSync(join(to, "commit.txt"), commit);
  return lines.length;
}
