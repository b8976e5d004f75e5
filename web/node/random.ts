// Holds this verifier against the program on ten thousand random draws:
// `node random.mjs target/tmp/random`, after `cargo test --test random`. Both write one
// line a draw; the SHA-256 of all lines must be the same.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Archived, readArchive } from "./archive.ts";
import { verifyDraw } from "../verifier/verify.ts";

/** As many differing lines are shown. */
const SHOWN = 10;

function line(index: number, { files, known }: Archived): string {
  const report = verifyDraw({ files, known });
  const checks = report.checks.map(({ id, status }) => `${id}=${status}`).sort();
  return `${index} ${checks.join(" ")} verdict=${report.verdict}`;
}

/** The words of `theirs` that are not those of `ours`, with ours. */
function apart(theirs: string, ours: string): string {
  const other = ours.split(" ");
  const words = theirs.split(" ").flatMap((word, at) => (word === other[at] ? [] : [`${word} / ${other[at]}`]));
  return words.join(", ");
}

function main(folder: string): number {
  const theirs = readFileSync(join(folder, "lines.txt"), "utf8").trimEnd().split("\n");
  const hash = createHash("sha256");
  let [index, differ] = [0, 0];
  for (const draw of readArchive(new Uint8Array(readFileSync(join(folder, "draws.bin"))))) {
    const ours = line(index, draw);
    hash.update(`${ours}\n`);
    const other = theirs[index] ?? "nothing";
    if (ours !== other && differ++ < SHOWN) console.log(`draw ${index}: ${apart(other, ours)}`);
    index++;
  }
  console.log(`accumulated hash ${hash.digest("hex")}`);
  console.log(`${index} draws, ${differ} differ (program / this verifier)`);
  return differ || index !== theirs.length ? 1 : 0;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("用法 / usage: node random.mjs FOLDER");
  process.exitCode = 2;
} else process.exitCode = main(folder);
