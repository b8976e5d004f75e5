// A05 to A07 and A09: what is in the log, against what is in the folders.

import { hex, sha256 } from "../digest.ts";
import type { Moment } from "../moment.ts";
import { checkChange } from "../notes/change.ts";
import { readNote } from "../notes/note.ts";
import { type Said, notRun, said } from "../report.ts";
import { listNumber } from "../results.ts";
import { Refused } from "../text.ts";
import { type Case, withLog } from "./checkpoints.ts";
import { type Findings, counted } from "./findings.ts";
import { type Folder, predecessorOf } from "./history.ts";
import { checkListOrder, checkLists } from "./lists.ts";
import type { Log, Logged } from "./log.ts";

/** The log with its entries; a check of them is not run where there are none to rely on. */
function withEntries(of: Case): Log {
  const log = withLog(of);
  return log.tree ? log : notRun("日志的瓦片推不出已签名的根", "the tiles of the log do not lead to its root");
}

/** A05 */
export function entries(of: Case, findings: Findings): Said {
  const log = withEntries(of);
  const first = new Map<string, { index: number; hash: string }>();
  for (const { index, entry } of log.entries) {
    if (!entry) {
      findings.fault(`log/#${index}`, "这一条无法读取", "it cannot be read");
      continue;
    }
    if (entry.draw === undefined && entry.file === "log-policy.txt") continue;
    const key = `${entry.draw ?? entry.office}\n${entry.file}`;
    const before = first.get(key);
    if (!before) first.set(key, { index, hash: entry.hash });
    else {
      const state = before.hash === entry.hash ? undefined : "FORK";
      const whose = entry.draw ?? entry.office;
      findings.fault(`log/#${index}`, `${whose} 的 ${entry.file} 已经是第 ${before.index} 条`, `${entry.file} of ${whose} is there as entry ${before.index} already`, state);
    }
  }
  const offices = [...new Set(log.entries.flatMap(({ entry }) => (entry ? [entry.office] : [])))].sort();
  if (offices.length > 1) {
    findings.fault("log/tile/entries", `有几个机关的条目：${offices.join("、")}`, `entries of several offices: ${offices.join(", ")}`);
  }
  return counted(log.size, "条", "entries");
}

const DAY = 86_400;

/** Documents of a folder against the entries of its draw. */
function checkFolder(log: Log, folder: Folder, now: Moment, findings: Findings): void {
  if (!folder.number) return;
  const ours = log.entries.flatMap(({ entry }) => (entry?.draw === folder.number!.text ? [entry] : []));
  for (const { file, hash } of folder.documents) {
    const named = ours.filter((entry) => entry.file === file);
    if (named.some((entry) => entry.hash === hash)) continue;
    const entry = named[0];
    if (entry) {
      findings.fault(folder.name, `${file} 是 ${hash}，日志里是 ${entry.hash}`, `${file} is ${hash}, the log has ${entry.hash}`, "FORK");
      continue;
    }
    const at = folder.madeAt(file);
    if (at !== undefined && now - at <= DAY) findings.note(folder.name, `${file} 还没有记入日志`, `${file} is not in the log yet`);
    else findings.fault(folder.name, `${file}（${hash}）不在日志里`, `${file} (${hash}) is not in the log`);
  }
  for (const entry of ours) {
    if (folder.documents.some(({ file }) => file === entry.file)) continue;
    findings.fault(folder.name, `日志里有 ${entry.file}（${entry.hash}），文件夹里没有`, `the log has ${entry.file} (${entry.hash}), the folder has not`, "GAP");
  }
}

/** Documents of the office: changes of keys. */
function checkKeyFile(log: Log, { entry }: Logged, findings: Findings): void {
  if (!entry || entry.draw !== undefined || entry.file === "log-policy.txt" || listNumber(entry.file) !== undefined) return;
  const [path, bytes] = [`log/keys/${entry.file}`, log.files.get(`keys/${entry.file}`)];
  if (!bytes) {
    findings.fault(path, `日志里有它（${entry.hash}），文件不在`, `the log has it (${entry.hash}), the file is not there`);
  } else if (hex(sha256(bytes)) !== entry.hash) {
    findings.fault(path, `日志里的是 ${entry.hash}，文件不是`, `the log has ${entry.hash}, the file is another`, "FORK");
  }
}

/** A06 */
export function logged(of: Case, findings: Findings): Said {
  const log = withEntries(of);
  const { folders, lists, given } = of.history;
  const now = nowOf(of, given.now);
  for (const folder of folders) checkFolder(log, folder, now, findings);
  const shown = new Set(folders.map(({ number }) => number?.text));
  const counts = new Map<string, number>();
  for (const logged of log.entries) {
    const draw = logged.entry?.draw;
    if (draw !== undefined && !shown.has(draw)) counts.set(draw, (counts.get(draw) ?? 0) + 1);
    checkKeyFile(log, logged, findings);
  }
  for (const [draw, count] of counts) {
    findings.fault(draw, `日志里有它的 ${count} 份文件，没有它的文件夹`, `the log has ${count} documents of it, and there is no folder`, "GAP");
  }
  checkLists(lists, log, now, findings);
  const documents = folders.reduce((sum, folder) => sum + folder.documents.length, 0);
  return said(`${folders.length} 次抽取的 ${documents} 份文件`, `${documents} documents of ${folders.length} draws`);
}

/** The later of the auditor's now and the latest quorum. */
export function nowOf({ log }: Case, now: Moment): Moment {
  return (log?.quorums() ?? []).reduce((latest, { time }) => Math.max(latest, time), now);
}

/** A07 */
export function logOrder(of: Case, findings: Findings): Said {
  const log = withEntries(of);
  let pairs = 0;
  const compare = (folder: Folder, before: [string, number] | undefined, after: [string, number]): void => {
    if (!before) return;
    pairs++;
    if (before[1] < after[1]) return;
    findings.fault(
      folder.name,
      `日志里 ${after[0]}（第 ${after[1]} 条）在 ${before[0]}（第 ${before[1]} 条）之前`,
      `in the log ${after[0]} (entry ${after[1]}) stands before ${before[0]} (entry ${before[1]})`,
    );
  };
  const place = (folder: Folder, file: string): [string, number] | undefined => {
    const index = folder.number && log.indexOf(folder.number.text, file);
    return index === undefined ? undefined : [file, index];
  };
  for (const folder of of.history.folders) {
    const closed = folder.commit && predecessorOf(of.history, folder.commit);
    const before = closed && place(closed.folder, closed.file);
    let last: [string, number] | undefined;
    for (const { file } of folder.documents) {
      const here = place(folder, file);
      if (!here) continue;
      compare(folder, file === "commit.txt" ? before : last, here);
      last = here;
    }
  }
  pairs += checkListOrder(of.history, log, findings);
  return counted(pairs, "对先后", "pairs compared");
}

/** The fault of the nth change of keys, between two policies in a row. */
function changeFault(log: Log, n: number, from: string, to: { index: number; sha256: string }): Refused | undefined {
  const file = `key-${String(n).padStart(3, "0")}.txt`;
  const bytes = log.files.get(`keys/${file}`);
  if (!bytes) return new Refused("没有这个文件", "it is not there");
  const bytesOf = (id: string): Uint8Array => {
    const found = log.policies.find((policy) => policy.sha256 === id);
    if (!found) throw new Refused("前后的日志规则不全", "a log policy before or after it is not there");
    return found.bytes;
  };
  try {
    const change = checkChange(readNote(bytes), bytesOf(from), bytesOf(to.sha256));
    if (change.number !== BigInt(n)) return new Refused(`它写的是第 ${change.number} 次`, `it says it is number ${change.number}`);
    if (change.suite !== log.suite) return new Refused("套件与日志不同", "it has another suite than the log");
  } catch (thrown) {
    if (thrown instanceof Refused) return thrown;
    throw thrown;
  }
  const before = log.entries[to.index - 1]?.entry;
  const isBefore = before?.draw === undefined && before?.file === file;
  return isBefore ? undefined : new Refused("它的条目不紧接在新规则之前", "its entry is not directly before that of the policy");
}

/** A09 */
export function keyChanges(of: Case, findings: Findings): Said {
  const log = withEntries(of);
  const changes = Math.max(log.forces.length - 1, 0);
  for (let n = 1; n <= changes; n++) {
    const fault = changeFault(log, n, log.forces[n - 1]!.sha256, log.forces[n]!);
    if (fault) findings.fault(`log/keys/key-${String(n).padStart(3, "0")}.txt`, fault.zh, fault.en);
  }
  const kept = [...log.files.keys()].filter((path) => /^keys\/key-[^/]*\.txt$/.test(path) && !path.endsWith("-policy.txt")).length;
  if (kept > changes) findings.note("log/keys", `换密钥文件 ${kept} 份，生效 ${changes} 次`, `${kept} changes of keys, ${changes} of them in force`);
  return counted(changes, "次更换密钥或见证方", "changes of keys or witnesses");
}
