// A10 to A12: no number missing, every draw behind the one before, and one history only.

import { isEarlier } from "../checks/commitment.ts";
import { hex, sha256 } from "../digest.ts";
import { drawNumber } from "../reader.ts";
import { type Said, notRun, said } from "../report.ts";
import type { Case } from "./checkpoints.ts";
import { type Findings, counted } from "./findings.ts";
import { type Folder, predecessorOf } from "./history.ts";

const padded = (sequence: number): string => String(sequence).padStart(3, "0");

/** Sequences by office and year, from folders and from the log. */
function sequences({ history, log }: Case): Map<string, Set<number>> {
  const numbers = history.folders.flatMap(({ number }) => number ?? []);
  for (const { entry } of log?.entries ?? []) if (entry?.draw !== undefined) numbers.push(drawNumber(entry.draw));
  const found = new Map<string, Set<number>>();
  for (const { office, year, sequence } of numbers) {
    const key = `${office}/${String(year).padStart(4, "0")}`;
    found.set(key, (found.get(key) ?? new Set()).add(Number(sequence)));
  }
  return found;
}

/** A10 */
export function numbers(of: Case, findings: Findings): Said {
  const { folders } = of.history;
  if (!folders.length) notRun("没有抽取", "there is no draw");
  for (const { name, commit } of folders) {
    if (!commit) findings.fault(name, `文件夹 ${name} 没有能够读取的承诺`, `folder ${name} has no commitment that can be read`, "GAP");
  }
  const years = sequences(of);
  for (const [key, known] of years) {
    let last = 0;
    for (const sequence of [...known].sort((a, b) => a - b)) {
      const [from, to] = [padded(last + 1), padded(sequence - 1)];
      const place = from === to ? `${key}/${from}` : `${key}/${from}–${to}`;
      if (sequence > last + 1) findings.fault(place, `没有 ${place} 的文件夹`, `there is no folder of ${place}`, "GAP");
      last = sequence;
    }
  }
  const count = [...years.values()].reduce((sum, { size }) => sum + size, 0);
  return said(`${years.size} 年 ${count} 个编号`, `${count} numbers of ${years.size} years`);
}

/** The folders whose commitment reads; a check of them is not run without any. */
export function committed({ history }: Case): (Folder & { commit: NonNullable<Folder["commit"]> })[] {
  const found = history.folders.filter((folder) => folder.commit !== undefined);
  return found.length ? (found as ReturnType<typeof committed>) : notRun("没有能够读取的承诺", "there is no commitment that can be read");
}

/** A11 */
export function predecessors(of: Case, findings: Findings): Said {
  const folders = committed(of);
  for (const { name, commit } of folders) {
    if (commit.previous !== undefined) {
      if (predecessorOf(of.history, commit)) continue;
      findings.fault(name, `它承接的 ${commit.previous} 不在这里`, `the closing document ${commit.previous} that it names is not here`, "GAP");
      continue;
    }
    const earlier = of.history.closed.find(({ closing }) => closing && isEarlier(closing.draw, commit.draw));
    if (!earlier) continue;
    const text = earlier.closing!.draw.text;
    findings.fault(name, `它说是首次抽取，而 ${text} 早已结束`, `it names none, and ${text} is closed`, "FORK");
  }
  const first = folders.filter(({ commit }) => commit.previous === undefined).length;
  return said(`${folders.length} 份承诺，其中首次 ${first} 份`, `${folders.length} commitments, ${first} of them a first one`);
}

/** Documents that should all be one: those of a key, by what they are. */
class Group {
  readonly ids = new Map<string, string>();
  readonly folders = new Set<string>();

  add(folder: string, file: string, id: string): void {
    this.ids.set(id, file);
    this.folders.add(folder);
  }
}

class Groups {
  private readonly all = new Map<string, Group>();

  add(key: string, folder: string, file: string, id: string): void {
    if (!this.all.has(key)) this.all.set(key, new Group());
    this.all.get(key)!.add(folder, file, id);
  }

  /** A finding of every draw in a group with several documents. */
  tell(findings: Findings, zh: (key: string) => string, en: (key: string) => string): void {
    for (const [key, { ids, folders }] of this.all) {
      if (ids.size < 2) continue;
      const list = [...ids].map(([id, file]) => `${file} ${id}`);
      for (const folder of folders) findings.fault(folder, `${zh(key)}：${list.join("、")}`, `${en(key)}: ${list.join(", ")}`, "FORK");
    }
  }
}

/** A12 */
export function histories({ history }: Case, findings: Findings): Said {
  const [commitments, closings, draws, documents] = [new Groups(), new Groups(), new Groups(), new Groups()];
  let count = 0;
  for (const folder of history.folders) {
    const { name, commit, heads, draw, number } = folder;
    if (number && draw.has("commit.txt")) {
      const id = hex(sha256(draw.bytes("commit.txt")));
      commitments.add(number.text, name, "commit.txt", id);
      if (commit) draws.add(commit.previous ?? `${number.office} none`, name, "commit.txt", id);
      count++;
    }
    for (const file of number ? folder.closings() : []) closings.add(number!.text, name, file, hex(sha256(draw.bytes(file))));
    for (const head of heads) {
      documents.add(head.after, name, head.file, head.id);
      count++;
    }
  }
  if (!count) notRun("没有能够读取的文件", "there is no document that can be read");
  commitments.tell(findings, (key) => `${key} 有几份承诺`, (key) => `${key} has several commitments`);
  closings.tell(findings, (key) => `${key} 有几份结束文件`, (key) => `${key} has several closing documents`);
  draws.tell(findings, (key) => `几次抽取都承接 ${key}`, (key) => `several draws follow ${key}`);
  documents.tell(findings, (key) => `几份文件都承接 ${key}`, (key) => `several documents follow ${key}`);
  return counted(count, "份文件", "documents");
}
