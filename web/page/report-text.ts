// A report as a text file, to be kept or handed on.

import type { DrawReport } from "./messages.ts";
import { STATUS, counted, drawVerdict } from "./names.ts";
import { meaning } from "./report-view.ts";
import { type Said, said } from "../verifier/report.ts";

export type Language = "zh" | "en";

export function reportText(report: DrawReport, version: string, made: string, language: Language): string {
  const say = (words: Said): string => words[language];
  const lines = [
    say(said(`抽取 ${report.draw ?? report.folder} 核验报告`, `Report on draw ${report.draw ?? report.folder}`)),
    say(said(`公开核验网页 ${version}，北京时间 ${made} 生成`, `by the public verification page ${version}, made at ${made} (UTC+8)`)),
    "",
    say(drawVerdict(report).word),
    say(counted(report.checks)),
    ...meaning(report).map(say),
    `${say(said("承诺值", "commitment"))} ${report.commitment ?? "-"}`,
    "",
    ...report.checks.map(({ id, name, title, status, evidence }) => `${id} ${say(STATUS[status])}  ${say(title)}${say(said(`（${name}）`, ` (${name})`))}\n    ${say(evidence)}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
