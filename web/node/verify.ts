// `verify.mjs verify DIR [--commitment HEX] [--previous FILE] [--log DIR] [--json]
// [--lang zh|en]`: docs/spec/verify.md, with its exit codes.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Report } from "../verifier/verify.ts";
import { Usage, readArgs } from "./args.ts";
import { Beside, type Given, drawsIn, readTree, verifyFolder } from "./folder.ts";

type Language = "zh" | "en";
const EXIT = { verified: 0, failed: 1, unreadable: 3, incomplete: 4 };

/** Reads what must be readable, or gives undefined. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function hashGiven(hash: string | undefined): string | undefined {
  if (hash !== undefined && !/^[0-9a-f]{64}$/.test(hash)) throw new Usage("--commitment");
  return hash;
}

function languageGiven(text: string | undefined): Language {
  if (text !== undefined && text !== "zh" && text !== "en") throw new Usage("--lang");
  return text ?? "zh";
}

/** A report as JSON, in the shape that `yaohao verify --json` prints. */
function exported(folder: string, report: Report, language: Language) {
  const { draw, commitment, verdict, openedLate } = report;
  const checks = report.checks.map((check) => ({
    id: check.id,
    name: check.name,
    title: check.title[language],
    status: check.status,
    evidence: check.evidence[language],
  }));
  const about = { folder, draw: draw ?? null, commitment: commitment ?? null };
  return { ...about, checks, verdict, void: report.void, opened_late: openedLate };
}

const WORDS: Record<Language, Record<string, string>> = {
  zh: { pass: "通过", fail: "不通过", "not-run": "未执行", verified: "核验通过", failed: "核验不通过", incomplete: "尚不完整" },
  en: { pass: "pass", fail: "FAIL", "not-run": "not run", verified: "verified", failed: "FAILED", incomplete: "incomplete" },
};

function print(folder: string, report: Report, language: Language): void {
  const words = WORDS[language];
  console.log(`${report.draw ?? folder}`);
  for (const { id, title, status, evidence } of report.checks) {
    console.log(`  ${id} ${words[status]} ${title[language]}${language === "zh" ? "：" : ": "}${evidence[language]}`);
  }
  console.log(`  ${words[report.verdict]}`);
}

/** Runs the command; its exit code. */
export function verify(words: readonly string[]): number {
  const args = readArgs(words, ["--commitment", "--previous", "--log", "--lang"], ["--json"]);
  const [dir, ...more] = args.rest;
  if (dir === undefined || more.length) throw new Usage("DIR");
  const language = languageGiven(args.one("--lang"));
  const given: Given = { commitment: hashGiven(args.one("--commitment")) };
  const [previous, log] = [args.one("--previous"), args.one("--log")];
  const unreadable = (what: string): number => {
    console.error(language === "zh" ? `读不了：${what}` : `cannot be read: ${what}`);
    return EXIT.unreadable;
  };
  if (previous !== undefined) given.predecessor = attempt(() => new Uint8Array(readFileSync(previous)));
  if (previous !== undefined && !given.predecessor) return unreadable(previous);
  if (log !== undefined) given.log = attempt(() => readTree(log));
  if (log !== undefined && !given.log) return unreadable(log);
  const draws = attempt(() => drawsIn(dir)) ?? [];
  if (!draws.length) return unreadable(dir);
  const beside = new Beside(dirname(resolve(draws[0]!)));
  const reports = draws.map((folder) => ({ folder, report: verifyFolder(folder, given, beside) }));
  if (args.has("--json")) {
    console.log(JSON.stringify({ draws: reports.map(({ folder, report }) => exported(folder, report, language)) }, null, 2));
  } else {
    for (const { folder, report } of reports) print(folder, report, language);
  }
  return worst(reports.map(({ report }) => report));
}

function worst(reports: readonly Report[]): number {
  const verdicts = reports.map(({ verdict }) => verdict);
  if (verdicts.includes("failed")) return EXIT.failed;
  return verdicts.includes("incomplete") ? EXIT.incomplete : EXIT.verified;
}
