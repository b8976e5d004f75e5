// A report as a text file, to be kept or handed on.

import type { DrawReport } from "./messages.ts";
import { DRAW_VERDICT, STATUS, counted } from "./names.ts";
import { type Said, said } from "../verifier/report.ts";

export type Language = "zh" | "en";

export function reportText(report: DrawReport, version: string, language: Language): string {
  const say = (words: Said): string => words[language];
  const lines = [
    say(said(`抽取 ${report.draw ?? report.folder} 核验报告`, `Report on draw ${report.draw ?? report.folder}`)),
    say(said(`公开核验网页 ${version}`, `by the public verification page ${version}`)),
    "",
    say(DRAW_VERDICT[report.verdict]),
    say(counted(report.checks)),
    `${say(said("承诺值", "commitment"))} ${report.commitment ?? "-"}`,
    "",
    ...report.checks.map(({ id, name, title, status, evidence }) => `${id} ${say(STATUS[status])}  ${say(title)} (${name})\n    ${say(evidence)}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
