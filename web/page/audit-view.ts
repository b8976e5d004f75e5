// The audit of a whole history on the screen: docs/spec/audit.md.

import { el } from "./dom.ts";
import { DRAW_VERDICT, counted } from "./names.ts";
import { checkList, verdictPanel } from "./report-view.ts";
import type { AuditReport, Row } from "../verifier/audit/audit.ts";
import type { AuditCheck, Finding, State } from "../verifier/audit/findings.ts";
import { clockText, momentText } from "../verifier/moment.ts";
import { type Said, said } from "../verifier/report.ts";

const STATES: Record<State, Said> = {
  FORK: said("✗ 有两份历史", "✗ two histories"),
  GAP: said("✗ 缺号或缺文件", "✗ missing"),
  OVERDUE: said("✗ 逾期没有抽取", "✗ overdue"),
  "LATE-OPEN": said("✗ 逾期没有公开", "✗ opened late"),
  OPEN: said("已承诺，未到期", "committed, not yet due"),
  VOID: said("已作废", "given up"),
  SEALED: said("已抽取，结果暂时保密", "drawn, sealed"),
  CLOSED: said("已抽取并公开", "drawn, public"),
  OPENED: said("已抽取，保密后公开", "drawn, sealed and opened"),
};

/** Here no draw is held against its announced commitment. */
const AGREES = said("✓ 文件前后一致", "✓ Its files agree");

const FAULTS: readonly State[] = ["FORK", "GAP", "OVERDUE", "LATE-OPEN"];

const joined = (all: readonly Said[]): Said => said(all.map(({ zh }) => zh).join("；"), all.map(({ en }) => en).join("; "));

function rowItem({ draw, folder, states, verdict }: Row): HTMLElement {
  const isFault = verdict === "failed" || states.some((state) => FAULTS.includes(state));
  return el(
    "li",
    {},
    el("span", { class: "which" }, draw ?? folder ?? "–"),
    el("span", { class: isFault ? "fail" : "" }, joined(states.map((state) => STATES[state]))),
    verdict && el("span", { class: `status ${verdict}` }, verdict === "verified" ? AGREES : DRAW_VERDICT[verdict]),
  );
}

function findingItem({ place, fault, evidence }: Finding): HTMLElement {
  return el("li", fault ? { class: "fail" } : {}, fault ? "✗ " : "", `${place} `, evidence);
}

/** How many findings are shown at once; the rest of a long register is behind a click. */
const SHOWN = 20;

function findings({ id, title, findings }: AuditCheck): HTMLElement | undefined {
  if (findings.length === 0) return undefined;
  const faults = findings.filter(({ fault }) => fault);
  const shown = [...faults, ...findings.filter(({ fault }) => !fault)].slice(0, Math.max(SHOWN, faults.length));
  const rest = findings.length - shown.length;
  return el(
    "details",
    faults.length > 0 ? { open: true } : {},
    el("summary", {}, faults.length > 0
      ? said(`${id} ${title.zh}：问题 ${faults.length} 条`, `${id} ${title.en}: ${faults.length} faults`)
      : said(`${id} ${title.zh}：说明 ${findings.length} 条（不是问题）`, `${id} ${title.en}: ${findings.length} notes, no faults`)),
    el("ul", {}, ...shown.map(findingItem)),
    rest > 0 ? el("p", {}, said(`另有 ${rest} 条。`, `And ${rest} more.`)) : undefined,
  );
}

export function auditReport(report: AuditReport): Node[] {
  const { checks, draws, clean, now } = report;
  const found = checks.map(findings).filter((part) => part !== undefined);
  return [
    el("h2", {}, said("结论：全部历史", "Verdict on the whole history")),
    verdictPanel(
      clean ? "verified" : "failed",
      clean ? said("✓ 没有发现问题", "✓ Nothing is wrong") : said("✗ 发现问题", "✗ Something is wrong"),
      said(
        "没有逐次与抽取前公布的承诺值对照：核验单次抽取时可以粘贴承诺值。",
        "No draw was compared with its announced commitment: verify it by itself to do so.",
      ),
      said(`截至${clockText(now)}。${counted(checks).zh}`, `As of ${momentText(now)}. ${counted(checks).en}`),
    ),
    el("h2", {}, said("历次抽取", "The draws")),
    el("ul", { class: "draws" }, ...draws.map(rowItem)),
    ...(found.length > 0 ? [el("h2", {}, clean ? said("说明（不是问题）", "Notes (no faults)") : said("问题和说明", "Faults and notes")), ...found] : []),
    el("h2", {}, said("逐项结果", "Every check")),
    checkList(checks),
  ];
}
