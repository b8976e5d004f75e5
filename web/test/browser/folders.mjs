// Folders for tests: copies with a byte flipped, archives, drops.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";

export const scratch = () => mkdtempSync(join(tmpdir(), "yaohao-browser-"));

/** A copy of the public folder, changed. */
export function changed({ public: from }, change) {
  const to = join(scratch(), "public");
  cpSync(from, to, { recursive: true });
  change(to);
  return to;
}

export const rewrite = (path, change) => writeFileSync(path, change(readFileSync(path, "utf8")));

/** A copy of the public folder in which `change` has changed one file of the draw. */
export function damaged(from, draw, file, change) {
  return changed({ public: from }, (to) => {
    const path = join(to, draw, file);
    writeFileSync(path, change(readFileSync(path)));
  });
}

export const numberOf = (folder, draw) => /^draw (\S+)$/m.exec(readFileSync(join(folder, draw, "commit.txt"), "utf8"))[1];

/** Publishes a first list of results in a copy of the public folder. */
export function publish(folder, ...lines) {
  const [office] = lines[0].split(" ").find((word) => word.includes("/")).split("/");
  const head = `yaohao/results/v1\noffice ${office}\nnumber 1\nafter none\nat ${new Date().toISOString().slice(0, 19)}Z\njournal 1 ${"0".repeat(64)}\n`;
  mkdirSync(join(folder, "results"));
  writeFileSync(join(folder, "results/results-0001.txt"), `${head}${lines.sort().join("\n")}\n`);
}

/** Flips the lowest bit of one byte, a digit in the middle, so that a text stays one. */
export function flip(bytes) {
  const copy = Buffer.from(bytes);
  for (let at = copy.length >> 1; at < copy.length; at++) {
    if (/[0-9]/.test(String.fromCharCode(copy[at]))) {
      copy[at] ^= 1;
      return copy;
    }
  }
  throw new Error("nothing to flip");
}

/** All files below a folder, by path with "/". */
export function files(folder, prefix = "") {
  const found = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) Object.assign(found, files(path, `${prefix}${name}/`));
    else found[prefix + name] = new Uint8Array(readFileSync(path));
  }
  return found;
}

/** A zip of a folder; with `options` of fflate, and `rename` for its paths. */
export function zipped(folder, { rename = (path) => path, level = 6 } = {}) {
  const entries = Object.fromEntries(Object.entries(files(folder)).map(([path, bytes]) => [rename(path), bytes]));
  const path = join(scratch(), "draw.zip");
  writeFileSync(path, zipSync(entries, { level }));
  return path;
}

/** Drops files or folders on an element, as a person does. */
export async function drop(page, selector, paths) {
  const client = await page.context().newCDPSession(page);
  await page.locator(selector).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await page.locator(selector).boundingBox();
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await client.send("Input.dispatchDragEvent", { type, x: x + width / 2, y: y + height / 2, data });
  }
}

/** What a shell prints for a command in a folder. */
export const shell = (command, cwd) => execFileSync("bash", ["-c", command], { cwd, encoding: "utf8" }).trim();
