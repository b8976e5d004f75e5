// `verify.mjs slip FILE-OR-CODES… --certificate NUMBER … --log-policy FILE`: the checks
// of a slip, docs/spec/slip.md, and its exit codes.

import { existsSync, readFileSync } from "node:fs";
import { type Day, civilDay, dayOf, dayText } from "../verifier/moment.ts";
import { readLogPolicy } from "../verifier/notes/policy.ts";
import { type Given, type SlipReport, checkSlip } from "../verifier/slip/check.ts";
import { PartsMissing } from "../verifier/slip/codes.ts";
import { type Slip, readSlip } from "../verifier/slip/text.ts";
import { Refused } from "../verifier/text.ts";
import { type Args, Usage, readArgs } from "./args.ts";

type Language = "zh" | "en";

function dayGiven(text: string | undefined): Day {
  if (text === undefined) return civilDay(Math.floor(Date.now() / 1000));
  const day = dayOf(text);
  if (day === undefined) throw new Usage(`--on ${text}`);
  return day;
}

function hashGiven(args: Args, name: string): string | undefined {
  const hash = args.one(name)?.toLowerCase();
  if (hash !== undefined && !/^[0-9a-f]{64}$/.test(hash)) throw new Usage(name);
  return hash;
}

function read(names: readonly string[]): Slip {
  const contents = names.map((name) => {
    if (name === "-") return readFileSync(0);
    return existsSync(name) ? readFileSync(name) : name;
  });
  const only = contents.length === 1 && typeof contents[0] !== "string" ? contents[0] : undefined;
  return readSlip(only ?? contents.map(String));
}

function print(report: SlipReport, given: Given, asJson: boolean, language: Language): void {
  if (!asJson) {
    for (const { id, title, status, evidence } of report.checks) {
      console.log(`${id} ${status} ${title[language]} – ${evidence[language]}`);
    }
    console.log(report.verdict);
    return;
  }
  const checks = report.checks.map((check) => ({ ...check, title: check.title[language], evidence: check.evidence[language] }));
  const change = report.change ?? null;
  console.log(JSON.stringify({ ...report, change, checks, on: dayText(given.on), certificates: given.certificates }, null, 2));
}

function run(args: Args): number {
  const policy = args.one("--log-policy");
  const language = args.one("--lang") === "en" ? "en" : "zh";
  const given: Given = {
    unit: args.one("--unit"),
    on: dayGiven(args.one("--on")),
    certificates: args.all("--certificate"),
    record: hashGiven(args, "--record"),
    change: hashGiven(args, "--change"),
    policy: policy === undefined ? undefined : readLogPolicy(readFileSync(policy)),
  };
  if (!args.rest.length) throw new Usage("slip FILE");
  const report = checkSlip(read(args.rest), given);
  print(report, given, args.has("--json"), language);
  return { verified: 0, failed: 1, incomplete: 4 }[report.verdict];
}

/** Runs the command; the exit code. */
export function slipCommand(words: readonly string[]): number {
  try {
    const options = ["--certificate", "--unit", "--on", "--record", "--change", "--log-policy", "--lang"];
    return run(readArgs(words, options, ["--json"]));
  } catch (thrown) {
    if (thrown instanceof Usage) return complain(`usage: ${thrown.message}`, 2);
    if (thrown instanceof PartsMissing) return complain(`${thrown.zh} / ${thrown.en}`, 4);
    if (thrown instanceof Refused) return complain(`${thrown.zh} / ${thrown.en}`, 3);
    throw thrown;
  }
}

function complain(message: string, code: number): number {
  console.error(message);
  return code;
}
