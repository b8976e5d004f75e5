// Holds the program and this verifier against each other on slips, each with what it is
// asked (asked.txt), and on histories, each with its moment (now.txt) and the notes seen.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { auditCommand } from "./audit.ts";
import { slipCommand } from "./slip.ts";

/** What a verifier says: its exit code and what it printed. */
interface Answer {
  code: number;
  out: string;
}

function program(path: string, words: readonly string[]): Answer {
  const run = spawnSync(path, words, { encoding: "utf8", maxBuffer: 2 ** 30 });
  return { code: run.status ?? -1, out: run.stdout };
}

function here(command: (say: (line: string) => void) => number): Answer {
  const lines: string[] = [];
  const code = command((line) => lines.push(line));
  return { code, out: lines.join("\n") };
}

/** Compares answers about folders; whether they are all the same. */
function compare(
  what: string,
  folders: readonly string[],
  answers: (folder: string) => [Answer, Answer],
  told: (answer: Answer) => string[],
): boolean {
  let differ = 0;
  for (const folder of folders) {
    const [theirs, ours] = answers(folder).map(told) as [string[], string[]];
    const only = (a: string[], b: string[]): string[] => a.filter((line) => !b.includes(line));
    const apart = [...only(theirs, ours).map((line) => `+ ${line}`), ...only(ours, theirs).map((line) => `- ${line}`)];
    if (!apart.length && theirs.length === ours.length) continue;
    differ++;
    console.log(`${folder}:\n    ${apart.join("\n    ")}`);
  }
  console.log(`${folders.length} ${what}, ${differ} differ (program / this verifier)`);
  return folders.length > 0 && differ === 0;
}

interface Report {
  checks: { id: string; status: string }[];
  verdict: string;
}

/** Statuses and verdict; of what is no slip the exit code. */
function slip({ code, out }: Answer): string[] {
  if (![0, 1, 4].includes(code) || !out) return [`code ${code}`];
  const report = JSON.parse(out) as Report;
  return [...report.checks.map(({ id, status }) => `${id} ${status}`), report.verdict, `code ${code}`];
}

export function compareSlips(path: string, folders: readonly string[]): boolean {
  const answers = (folder: string): [Answer, Answer] => {
    const asked = readFileSync(join(folder, "asked.txt"), "utf8").split("\n").filter((word) => word);
    const words = [join(folder, "slip.txt"), "--log-policy", join(folder, "log-policy.txt"), "--json", ...asked];
    const ours = here((say) => slipCommand(words, say, () => undefined));
    return [program(path, ["verify-slip", ...words]), ours];
  };
  return compare("slips", folders, answers, slip);
}

interface Audited {
  now: string;
  clean: boolean;
  checks: { id: string; status: string; findings: { place: string; state: string | null; fault: boolean }[] }[];
  draws: { draw: string; folder: string; states: string[]; verdict: string | null; failed: string[]; commitment: string | null }[];
}

/** States of draws, and findings about places; not the words of the evidence. */
function history({ code, out }: Answer): string[] {
  if (![0, 16].includes(code)) return [`code ${code}`];
  const { now, clean, checks, draws } = JSON.parse(out) as Audited;
  const rows = draws.map(({ draw, folder, states, verdict, failed, commitment }) =>
    JSON.stringify([draw, folder, states, verdict, failed, commitment]),
  );
  const found = checks.map(({ id, status, findings }) => {
    const places = findings.map(({ place, state, fault }) => JSON.stringify([place, state, fault]));
    return `${id} ${status} ${places.sort().join(" ")}`;
  });
  return [...rows, ...found, now, `clean ${clean}`];
}

export function compareHistories(path: string, folders: readonly string[]): boolean {
  const answers = (folder: string): [Answer, Answer] => {
    const notes = readdirSync(folder).filter((name) => name.endsWith(".note")).sort();
    const seen = notes.flatMap((name) => ["--checkpoint", join(folder, name)]);
    const at = readFileSync(join(folder, "now.txt"), "utf8").trim();
    const words = [join(folder, "public"), "--at", at, "--json", "--lang", "en", ...seen];
    return [program(path, ["audit", ...words]), here((say) => auditCommand(words, say))];
  };
  const histories = folders.filter((folder) => existsSync(join(folder, "now.txt")));
  return compare("histories", histories, answers, history);
}
