// Holds the program and this verifier against each other on folders of draws:
// `node agree.mjs PROGRAM [--only V01,V02…] FOLDER…`, or `node agree.mjs PROGRAM --all
// target/tmp` on everything that the tests leave there, slips and histories too. Both must
// give every check the same status, and the same verdict. The program is called once a
// folder of draws.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { compareHistories, compareSlips } from "./agree-other.ts";
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

/** The folders in `dir`, by name; none if it is not there. */
function inside(dir: string): string[] {
  if (!existsSync(dir)) return [];
  const paths = readdirSync(dir).sort().map((name) => join(dir, name));
  return paths.filter((path) => statSync(path).isDirectory());
}

/** The folders below `dir` that hold draws. */
function holders(dir: string): string[] {
  return drawsIn(dir).length ? [dir] : inside(dir).flatMap(holders);
}

/** Compares draws; whether all is well. */
function compareDraws(path: string, folders: readonly string[], only: readonly string[] | undefined): boolean {
  let [draws, differ] = [0, 0];
  for (const dir of folders) {
    const [more, apart] = compare(path, dir, only);
    draws += more;
    differ += apart;
  }
  console.log(`${draws} draws, ${differ} differ (program / this verifier)`);
  return draws > 0 && differ === 0;
}

/** Compares everything below the tests' folder. */
function compareAll(path: string, dir: string): boolean {
  const [slips, audit] = [["slips", "slip-flips"], ["audit", "results"]];
  // Rolls are for verifiers that read tiles.
  const draws = inside(dir).filter((folder) => ![...slips, ...audit, "rolls"].includes(basename(folder)));
  const results = [
    compareDraws(path, draws.flatMap(holders), undefined),
    compareSlips(path, slips.flatMap((name) => inside(join(dir, name)))),
    compareHistories(path, audit.flatMap((name) => inside(join(dir, name)))),
  ];
  return results.every((well) => well);
}

function main(words: readonly string[]): number {
  const args = readArgs(words, ["--only", "--all"], []);
  const [path, ...folders] = args.rest;
  const all = args.one("--all");
  if (path === undefined || (all === undefined) !== folders.length > 0) throw new Usage("PROGRAM FOLDER…");
  const well = all === undefined ? compareDraws(path, folders, args.one("--only")?.split(",")) : compareAll(path, all);
  return well ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
