// `verify.mjs audit DIR [--at MOMENT] [--log-policy FILE] [--checkpoint FILE]… [--json]`:
// docs/spec/audit.md, and its exit codes.

import { readFileSync } from "node:fs";
import { type AuditReport, auditFolder, isHistory } from "../verifier/audit/audit.ts";
import { type Moment, momentOf, momentText } from "../verifier/moment.ts";
import { readSigned } from "../verifier/log/published.ts";
import { readLogPolicy } from "../verifier/notes/policy.ts";
import { Refused } from "../verifier/text.ts";
import { type Args, Usage, readArgs } from "./args.ts";
import { readTree } from "./folder.ts";

type Language = "zh" | "en";
const UNREADABLE = 3;

function momentGiven(text: string | undefined): Moment {
  if (text === undefined) return Math.floor(Date.now() / 1000);
  const moment = momentOf(text.trim());
  if (moment === undefined) throw new Usage(`--at ${text}`);
  return moment;
}

/** A report as JSON, in the shape that `yaohao audit --json` prints. */
function exported(report: AuditReport, language: Language) {
  const checks = report.checks.map((check) => ({
    ...{ id: check.id, name: check.name, title: check.title[language], status: check.status, evidence: check.evidence[language] },
    findings: check.findings.map(({ place, state, fault, evidence }) => ({ place, state: state ?? null, fault, evidence: evidence[language] })),
  }));
  const draws = report.draws.map((row) => ({
    ...{ draw: row.draw ?? "-", folder: row.folder ?? "", states: row.states, verdict: row.verdict ?? null },
    ...{ failed: row.failed, commitment: row.commitment ?? null },
  }));
  return { now: momentText(report.now), clean: report.clean, checks, draws };
}

function print(report: AuditReport, language: Language): void {
  for (const { draw, folder, states, verdict } of report.draws) {
    console.log(`${draw ?? "-"}  ${folder ?? ""}  ${states.join(" ")}  ${verdict ?? ""}`);
  }
  for (const { id, status, title, evidence, findings } of report.checks) {
    console.log(`${id} ${status} ${title[language]} – ${evidence[language]}`);
    for (const { place, state, fault, evidence } of findings) {
      console.log(`    ${fault ? "!" : "·"} ${place} ${state ?? ""} ${evidence[language]}`);
    }
  }
}

function run(args: Args, say: (line: string) => void): number {
  const [dir, ...more] = args.rest;
  if (dir === undefined || more.length) throw new Usage("audit DIR");
  const now = momentGiven(args.one("--at"));
  const file = args.one("--log-policy");
  const policy = file === undefined ? undefined : new Uint8Array(readFileSync(file));
  if (policy) readLogPolicy(policy);
  const seen = args.all("--checkpoint").map((name) => ({ name, bytes: new Uint8Array(readFileSync(name)) }));
  for (const { bytes } of seen) readSigned(bytes);
  const files = readTree(dir, true);
  if (!isHistory(files)) throw new Refused("这里没有抽取，也没有日志", "there is neither a draw nor a log here");
  const report = auditFolder(files, { now, policy, seen });
  const language = args.one("--lang") === "en" ? "en" : "zh";
  if (args.has("--json")) say(JSON.stringify(exported(report, language), null, 2));
  else print(report, language);
  return report.clean ? 0 : 16;
}

/** Runs the command; the exit code. */
export function auditCommand(words: readonly string[], say: (line: string) => void = console.log): number {
  const args = readArgs(words, ["--at", "--log-policy", "--checkpoint", "--lang"], ["--json"]);
  try {
    return run(args, say);
  } catch (thrown) {
    if (thrown instanceof Usage) throw thrown;
    if (!(thrown instanceof Error)) throw thrown;
    if (!(thrown instanceof Refused) && !("code" in thrown)) throw thrown;
    console.error(thrown instanceof Refused ? `${thrown.zh} / ${thrown.en}` : thrown.message);
    return UNREADABLE;
  }
}
