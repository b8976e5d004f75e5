// A draw's report on the screen: the verdict in big words, the commitment to compare,
// and every check as one row.

import { clock } from "./clock.ts";
import { el, grouped } from "./dom.ts";
import type { DrawReport } from "./messages.ts";
import { STATUS, counted, drawVerdict, unheld } from "./names.ts";
import { type Check, type Said, said } from "../verifier/report.ts";
import type { Verdict } from "../verifier/verify.ts";

/** The verdict as a panel; `more` stands below the word. */
export function verdictPanel(tone: string, word: Said, ...more: Said[]): HTMLElement {
  return el(
    "div",
    { class: `verdict ${tone}` },
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
    "从承诺到结果全部重算一致。骰子、摇号球等现场结果是抽查机关自己的记录，本页无法核对，请与现场见证人或录像对照。",
    "Everything from the commitment to the result was computed again and agrees. What dice or balls showed in the room is the office's own record: compare it with those who were there.",
  ),
  failed: said(
    "公开的文件与规则不符，或者被改动过。请把下面不通过的项目告知抽查机关或其监督部门。",
    "The published files break the rules or have been altered. Tell the office, or whoever supervises it, which checks failed.",
  ),
  incomplete: said(
    "到目前为止没有发现问题，但有的文件尚未公开或没有交给本页，所以没有结论。",
    "Nothing wrong so far, but files that belong to it are not published yet or were not given to this page, so there is no verdict.",
  ),
};

/** What each of these would have shown. */
const UNHELD: Record<string, Said> = {
  V04: said(
    "没有填写抽取之前公布的承诺值：如果机关把全部文件重做一遍，本页看不出来。请在“承诺值”一栏粘贴后再看（V04）。",
    "No announced commitment was given: had the office made all files anew, this page could not tell. Paste it into the field “Commitment” (V04).",
  ),
  V28: said("没有与公开日志和见证方的签名对照（V28）。", "Not held against the public log and its witnesses (V28)."),
  V29: said("没有核对公布的核验程序（V29）。", "The published files for verifying were not compared (V29)."),
};

/** What the verdict means, and of a verified draw what it does not. */
export function meaning({ verdict, checks }: Pick<DrawReport, "verdict" | "checks">): Said[] {
  const open = verdict === "verified" ? unheld(checks) : [];
  const whole = open.some((id) => id !== "V04")
    ? [said("把整个公开文件夹（其中有 log 和 verifier）交给本页，这些也能核对。", "Give this page the whole public folder, with log and verifier in it, to have these compared too.")]
    : [];
  return [MEANING[verdict], ...open.map((id) => UNHELD[id]!), ...whole];
}

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
  const { checks, draw, folder, milliseconds } = report;
  const name = draw ?? folder;
  const { word, tone } = drawVerdict(report);
  const now = clock(Date.now());
  return [
    el("h2", {}, said(`结论：抽取 ${name}`, `Verdict on draw ${name}`)),
    verdictPanel(
      tone,
      word,
      ...meaning(report),
      said(`${counted(checks).zh}北京时间 ${now} 核验，用时 ${seconds(milliseconds)} 秒。`, `${counted(checks).en} Verified at ${now} (UTC+8) in ${seconds(milliseconds)} s.`),
    ),
    ...[failures(checks), comparison(report)].filter((part) => part !== undefined),
    between,
    el("h2", {}, said("逐项结果", "Every check")),
    checkList(checks),
    tools,
  ];
}
