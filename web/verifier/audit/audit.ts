// A01 to A18: a whole history, and the states of its draws: docs/spec/audit.md.

import type { Files } from "../log/tiles.ts";
import type { Moment } from "../moment.ts";
import { said } from "../report.ts";
import type { Report, Verdict } from "../verify.ts";
import { type Case, checkpoints, logFiles, logPolicies, tiles, witnesses } from "./checkpoints.ts";
import { entries, keyChanges, logOrder, logged, nowOf } from "./entries.ts";
import { type AuditCheck, FAULTS, type Finding, type Question, type State, askAudit } from "./findings.ts";
import { type Folder, type Given, historyOf } from "./history.ts";
import { logOf } from "./log.ts";
import { histories, numbers, predecessors } from "./numbers.ts";
import { reportsOf, roster, verified, voids } from "./registers.ts";
import { results } from "./results.ts";
import { closings, openings } from "./times.ts";

type Asked = Case & { reports: ReadonlyMap<Folder, Report> };

const CHECKS: Question<Asked>[] = [
  { id: "A01", name: "log-files", title: said("日志文件齐全", "the files are those of a log"), run: logFiles },
  { id: "A02", name: "log-policies", title: said("日志规则前后有据", "the log policies are those put into force"), run: logPolicies },
  { id: "A03", name: "checkpoints", title: said("检查点都已签名、前后一致", "the checkpoints are signed and consistent"), run: checkpoints },
  { id: "A04", name: "tiles", title: said("瓦片由条目算出", "the tiles are what the entries make them"), run: tiles },
  { id: "A05", name: "entries", title: said("条目可读、不重复", "every entry reads and is there once"), run: entries },
  { id: "A06", name: "logged", title: said("文件与条目一一相符", "documents and entries agree"), run: logged },
  { id: "A07", name: "log-order", title: said("条目的次序就是文件的次序", "entries stand in the order of documents"), run: logOrder },
  { id: "A08", name: "witnesses", title: said("见证方的签名", "the cosignatures of the witnesses"), run: witnesses },
  { id: "A09", name: "key-changes", title: said("换钥经过应有的签名", "changes of keys are signed by whom it takes"), run: keyChanges },
  { id: "A10", name: "numbers", title: said("编号没有空缺", "the numbers have no gaps"), run: numbers },
  { id: "A11", name: "predecessors", title: said("每次抽取承接上一次", "every draw names the one before"), run: predecessors },
  { id: "A12", name: "histories", title: said("只有一段历史", "there is one history and no other"), run: histories },
  { id: "A13", name: "closings", title: said("都按期办结", "every draw was closed in time"), run: closings },
  { id: "A14", name: "openings", title: said("密封的都按期公开", "every sealed draw was opened in time"), run: openings },
  { id: "A15", name: "voids", title: said("作废的有交代、有移交", "voids are accounted for"), run: voids },
  { id: "A16", name: "roster", title: said("名录变动", "how the register changed"), run: roster },
  { id: "A17", name: "verified", title: said("每次抽取核验无误", "no check of a draw fails"), run: (of, found) => verified(of.reports, found) },
  { id: "A18", name: "results", title: said("公布的检查结果", "published results"), run: results },
];

/** A draw, or a number that is missing. */
export interface Row {
  /** Undefined where no document tells it. */
  draw: string | undefined;
  /** Undefined where there is none. */
  folder: string | undefined;
  states: State[];
  verdict: Verdict | undefined;
  /** Ids of the checks of verify.md that fail. */
  failed: string[];
  commitment: string | undefined;
}

export interface AuditReport {
  now: Moment;
  checks: AuditCheck[];
  draws: Row[];
  /** No finding is a fault. */
  clean: boolean;
}

/** The state that follows from the files of a commitment that reads. */
function stateOf({ commit, draw }: Folder): State | undefined {
  if (!commit) return undefined;
  if (draw.has("void.txt")) return "VOID";
  if (!draw.has("record.txt")) return "OPEN";
  if (commit.mode === "open") return "CLOSED";
  return draw.has("open.txt") ? "OPENED" : "SEALED";
}

function rowOf(folder: Folder, findings: readonly Finding[], report: Report): Row {
  const found = FAULTS.filter((state) => findings.some(({ place, state: other }) => place === folder.name && state === other));
  const base = stateOf(folder);
  const states = base === undefined || (base === "OPEN" && found.includes("OVERDUE")) ? found : [...found, base];
  return {
    draw: folder.number?.text,
    folder: folder.name,
    states,
    verdict: report.verdict,
    failed: report.checks.filter(({ status }) => status === "fail").map(({ id }) => id),
    commitment: report.commitment,
  };
}

/** Numbers that findings name and no folder has. */
function missing(folders: readonly Folder[], findings: readonly Finding[]): Row[] {
  const names = new Set(folders.map(({ name }) => name));
  const numbers = new Set(findings.filter(({ place, state }) => state === "GAP" && !names.has(place)).map(({ place }) => place));
  return [...numbers].map((draw) => ({
    ...{ draw, folder: undefined, states: ["GAP"] as State[] },
    ...{ verdict: undefined, failed: [], commitment: undefined },
  }));
}

/** Audits a public folder: `files` by their paths in it. */
export function auditFolder(files: Files, given: Given): AuditReport {
  const history = historyOf(files, given);
  const of: Case = { history, log: logOf(history) };
  const asked: Asked = { ...of, reports: reportsOf(of) };
  const checks = CHECKS.map((question) => askAudit(question, asked));
  const findings = checks.flatMap((check) => check.findings);
  const rows = history.folders.map((folder) => rowOf(folder, findings, asked.reports.get(folder)!));
  const draws = [...rows, ...missing(history.folders, findings)];
  const sorted = draws.sort((a, b) => ((a.draw ?? "") < (b.draw ?? "") ? -1 : 1));
  return { now: nowOf(of, given.now), checks, draws: sorted, clean: !findings.some(({ fault }) => fault) };
}

/** Whether there is anything to audit: a draw, or a log. */
export function isHistory(files: Files): boolean {
  const { folders, log } = historyOf(files, { now: 0, seen: [] });
  return folders.length > 0 || log !== undefined;
}
