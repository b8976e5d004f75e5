// A15 to A17: what voids hand on, which units came and went, and every draw by itself.

import { isEarlier } from "../checks/commitment.ts";
import { rootOver } from "../checks/roots.ts";
import { SHA256, SM3 } from "../digest.ts";
import { clockText, momentText } from "../moment.ts";
import type { Rooted } from "../reader.ts";
import { type Said, notRun, said } from "../report.ts";
import type { Units } from "../units.ts";
import { type Report, verifyDraw } from "../verify.ts";
import type { Case } from "./checkpoints.ts";
import type { Findings } from "./findings.ts";
import { type Folder, predecessorOf, readable } from "./history.ts";

const isSame = (a: Rooted | undefined, b: Rooted | undefined): boolean => a?.root === b?.root && a?.count === b?.count;

/** Whether a commitment takes over what a void hands on: its `drawn`, or that table by another suite, as V05 has it. */
function isTakenOver({ draw, commit }: Folder, drawn: Rooted | undefined): boolean {
  if (isSame(commit?.carried, drawn)) return true;
  const lines = commit?.carried && drawn && readable(draw.carried)?.lines;
  if (!lines) return false;
  const others = [SHA256, SM3].filter((suite) => suite !== commit?.suite);
  return others.some((suite) => isSame(drawn, { root: rootOver(draw, suite, lines, "yaohao/carry/v1"), count: BigInt(lines.length - 1) }));
}

/** A15 */
export function voids({ history }: Case, findings: Findings): Said {
  let count = 0;
  for (const folder of history.folders) {
    if (!folder.draw.has("void.txt")) continue;
    count++;
    const end = readable(folder.draw.void);
    if (!end) continue;
    const { name, commit, draw } = folder;
    const suite = commit?.suite;
    const before = suite && folder.documents.find(({ file }) => draw.has(file) && suite.hex(draw.bytes(file)) === end.after)?.file;
    const [at, after] = [momentText(end.at), before ?? end.after];
    findings.note(name, `${clockText(end.at)}，在 ${after} 之后作废，缘由 ${end.reason}`, `voided at ${at}, after ${after}; reason: ${end.reason}`, "VOID");
    const bytes = draw.bytes("void.txt");
    const next = history.folders.filter((other) => other.commit && other.commit.suite.hex(bytes) === other.commit.previous);
    if (!next.length && end.drawn) {
      const { count: units } = end.drawn;
      findings.note(name, `移交的 ${units} 家还没有哪次抽取带入`, `no draw has taken over its ${units} units yet`);
    }
    for (const follower of next) checkHandedOn(folder, end.drawn, follower, findings);
  }
  return said(`${count} 次作废`, `${count} voids`);
}

function checkHandedOn({ name }: Folder, drawn: Rooted | undefined, next: Folder, findings: Findings): void {
  const number = next.commit!.draw.text;
  if (!isTakenOver(next, drawn)) {
    const [handed, others] = [drawn?.count ?? 0, next.commit!.carried?.count ?? 0];
    findings.fault(name, `它移交 ${handed} 家，${number} 带入的不是这些（${others}）`, `it hands on ${handed} units, ${number} takes over others (${others})`);
  } else if (drawn) {
    findings.note(name, `移交的 ${drawn.count} 家已由 ${number} 带入`, `its ${drawn.count} units were taken over by ${number}`);
  }
}

const unitsOf = (folder: Folder): Units | undefined => readable(folder.draw.units);

/** The ids of `a` that are not in `b`. */
function missing(a: Units, b: Units): string[] {
  const known = new Set(Array.from({ length: b.count }, (_, i) => b.id(i)));
  return Array.from({ length: a.count }, (_, i) => a.id(i)).filter((id) => !known.has(id));
}

/** The folders whose units can be read, in the order of their numbers and names. */
function listed({ history }: Case): { folder: Folder; units: Units }[] {
  const found = history.folders.flatMap((folder) => {
    const units = unitsOf(folder);
    return units && folder.number ? [{ folder, units }] : [];
  });
  return found.sort(({ folder: a }, { folder: b }) => (isEarlier(a.number!, b.number!) ? -1 : isEarlier(b.number!, a.number!) ? 1 : 0));
}

/** A16 */
export function roster(of: Case, findings: Findings): Said {
  let [compared, changed] = [0, 0];
  const all = listed(of);
  for (const [i, { folder, units }] of all.entries()) {
    const before = all[i - 1];
    if (before?.folder.number!.office !== folder.number!.office) continue;
    compared++;
    const [gone, fresh] = [missing(before.units, units), missing(units, before.units)];
    if (!gone.length && !fresh.length) continue;
    changed++;
    const number = before.folder.number!.text;
    const list = (ids: string[], comma: string): string => (ids.length ? `${ids.length}（${ids.slice(0, 20).join(comma)}）` : "0");
    findings.note(
      folder.name,
      `${number} 有 ${before.units.count} 家，本次 ${units.count} 家；不见了 ${list(gone, "、")}；新增 ${list(fresh, "、")}`,
      `${number} had ${before.units.count} units, this one has ${units.count}; gone: ${list(gone, ", ")}; new: ${list(fresh, ", ")}`,
    );
  }
  return said(`比较了 ${compared} 次，${changed} 次有变化`, `${compared} compared, ${changed} with changes`);
}

/** Verifies every draw with what its commitment names, and the log. */
export function reportsOf({ history, log }: Case): Map<Folder, Report> {
  const reports = new Map<Folder, Report>();
  for (const folder of history.folders) {
    const predecessor = folder.commit && predecessorOf(history, folder.commit);
    const known = {
      ...(predecessor ? { predecessor: predecessor.bytes } : {}),
      ...(log ? { log: log.files } : {}),
      ...(history.verifier ? { verifier: history.verifier } : {}),
    };
    reports.set(folder, verifyDraw({ files: folder.draw.files, known }));
  }
  return reports;
}

/** A17 */
export function verified(reports: ReadonlyMap<Folder, Report>, findings: Findings): Said {
  if (!reports.size) notRun("没有抽取", "there is no draw");
  for (const [{ name }, { checks }] of reports) {
    for (const { id, name: check, status, evidence } of checks) {
      if (status === "fail") findings.fault(name, `${id} ${check}：${evidence.zh}`, `${id} ${check}: ${evidence.en}`);
    }
  }
  const whole = [...reports.values()].filter(({ verdict }) => verdict === "verified").length;
  return said(`${reports.size} 次抽取中 ${whole} 次全部核验通过`, `${whole} of ${reports.size} draws are verified in full`);
}
