// A draw's report on the screen: the verdict in big words, the commitment to compare,
// and every check as one row.

import { el, grouped } from "./dom.ts";
import type { DrawReport } from "./messages.ts";
import { DRAW_VERDICT, STATUS, counted } from "./names.ts";
import { type Check, type Said, said } from "../verifier/report.ts";
import type { Verdict } from "../verifier/verify.ts";

/** The verdict as a panel; `more` stands below the word. */
export function verdictPanel(verdict: Verdict, word: Said, ...more: Said[]): HTMLElement {
  return el(
    "div",
    { class: `verdict ${verdict}` },
    el("strong", { class: "word" }, word),
    ...more.map((text) => el("p", {}, text)),
  );
}

/** Every check, one row each. */
export function checkList(checks: readonly Check[]): HTMLElement {
  const list = el("ol", { class: "checks" });
  for (const { id, name, title, status, evidence } of checks) {
    list.append(
      el(
        "li",
        { "data-check": id, "data-status": status },
        el("span", { class: `status ${status}` }, STATUS[status]),
        el("span", { class: "id" }, id),
        el(
          "div",
          { class: "what" },
          el("span", { class: "title" }, title),
          " ",
          el("span", { class: "name" }, name),
          el("span", { class: "evidence" }, evidence),
        ),
      ),
    );
  }
  return list;
}

const MEANING: Record<Verdict, Said> = {
  verified: said(
    "从承诺到结果全部重算一致：没有人改动过名录、规则、抽取或者派组。",
    "Everything from the commitment to the result was computed again and agrees: nobody changed the register, the rules, the selection or the teams.",
  ),
  failed: said(
    "公开的文件与规则不符，或者被改动过。请把下面不通过的项目告知抽查机关或其监督部门。",
    "The published files break the rules or have been altered. Tell the office, or whoever supervises it, which checks failed.",
  ),
  incomplete: said(
    "到目前为止没有发现问题，但还有该有的文件没有公开或没有交给本页，所以下不了结论。",
    "Nothing wrong so far, but files that belong to it are not published yet or were not given to this page, so there is no verdict.",
  ),
};

function failures(checks: readonly Check[]): HTMLElement | undefined {
  const failed = checks.filter(({ status }) => status === "fail");
  if (failed.length === 0) return undefined;
  return el("div", { class: "failures" }, el("h3", {}, said("不通过的项目", "What failed")), checkList(failed));
}

function comparison({ commitment, checks }: DrawReport): HTMLElement | undefined {
  if (commitment === undefined) return undefined;
  const status = checks.find(({ id }) => id === "V04")?.status;
  const words: Record<string, Said> = {
    pass: said("✓ 与您粘贴的承诺值一致。", "✓ It is the value that you pasted."),
    fail: said("✗ 与您粘贴的承诺值不同！", "✗ It is not the value that you pasted!"),
  };
  const compared = status && words[status];
  return el(
    "div",
    { class: "compare" },
    el("p", {}, said("这次抽取的承诺值，请与抽取之前公布的对照：", "The commitment of this draw. Compare it with what was announced beforehand:")),
    grouped(commitment),
    compared && el("p", { class: status ?? "" }, el("strong", {}, compared)),
  );
}

/** Seconds, to a hundredth. */
export const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

/** The whole report but for the proof of a unit, which `between` brings. */
export function drawReport(report: DrawReport, between: HTMLElement, tools: HTMLElement): Node[] {
  const { checks, verdict, draw, folder, milliseconds } = report;
  const name = draw ?? folder;
  return [
    el("h2", {}, said(`结论：抽取 ${name}`, `Verdict on draw ${name}`)),
    verdictPanel(
      verdict,
      DRAW_VERDICT[verdict],
      MEANING[verdict],
      said(`${counted(checks).zh}用时 ${seconds(milliseconds)} 秒。`, `${counted(checks).en} It took ${seconds(milliseconds)} s.`),
    ),
    ...[failures(checks), comparison(report)].filter((part) => part !== undefined),
    between,
    el("h2", {}, said("逐项结果", "Every check")),
    checkList(checks),
    tools,
  ];
}
