// Holds the program and this verifier against each other on folders of draws:
// `node agree.mjs PROGRAM [--only V01,V02…] FOLDER…`. Both must give every check the
// same status, and the same verdict. The program is called once a folder of draws.

import { spawnSync } from "node:child_process";
import { basename, dirname, resolve } from "node:path";
import { Usage, readArgs } from "./args.ts";
import { Beside, drawsIn, verifyFolder } from "./folder.ts";

interface Statuses {
  [id: string]: string;
}

interface Told {
  draws: { folder: string; checks: { id: string; status: string }[]; verdict: string }[];
}

const statuses = (report: { checks: readonly { id: string; status: string }[]; verdict: string }): Statuses => ({
  ...Object.fromEntries(report.checks.map(({ id, status }) => [id, status])),
  verdict: report.verdict,
});

/** What the program says of the draws in `dir`, by the names of their folders. */
function program(path: string, dir: string): Map<string, Statuses> {
  const run = spawnSync(path, ["verify", dir, "--json"], { encoding: "utf8", maxBuffer: 2 ** 30 });
  if (![0, 1, 4].includes(run.status ?? -1)) throw new Error(`${dir}: ${run.status} ${run.stderr}`);
  const told = JSON.parse(run.stdout) as Told;
  return new Map(told.draws.map((draw) => [basename(resolve(draw.folder)), statuses(draw)]));
}

/** Prints what differs in the draws of `dir`; how many draws, and how many differ. */
function compare(path: string, dir: string, only: readonly string[] | undefined): [number, number] {
  const theirs = program(path, dir);
  const draws = drawsIn(dir);
  const beside = new Beside(dirname(resolve(draws[0]!)));
  let differ = draws.length === theirs.size ? 0 : 1;
  if (differ) console.log(`${dir}: ${theirs.size} / ${draws.length} draws`);
  for (const folder of draws) {
    const [ours, other] = [statuses(verifyFolder(folder, {}, beside)), theirs.get(basename(resolve(folder))) ?? {}];
    const ids = only ?? [...new Set([...Object.keys(other), ...Object.keys(ours)])];
    const apart = ids.filter((id) => ours[id] !== other[id]).map((id) => `${id} ${other[id]} / ${ours[id]}`);
    if (!apart.length) continue;
    differ++;
    console.log(`${folder}: ${apart.join(", ")}`);
  }
  return [draws.length, differ];
}

function main(words: readonly string[]): number {
  const args = readArgs(words, ["--only"], []);
  const [path, ...folders] = args.rest;
  if (path === undefined || !folders.length) throw new Usage("PROGRAM FOLDER…");
  let [draws, differ] = [0, 0];
  for (const dir of folders) {
    const [more, apart] = compare(path, dir, args.one("--only")?.split(","));
    draws += more;
    differ += apart;
  }
  console.log(`${draws} draws, ${differ} differ (program / this verifier)`);
  return differ || !draws ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
