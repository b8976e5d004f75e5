// A01 to A04 and A08: files, policies, checkpoints, tiles and witnesses of a log.

import { same } from "../digest.ts";
import { tilesNeeded } from "../log/tiles.ts";
import { clockText, momentText } from "../moment.ts";
import type { Key } from "../notes/keys.ts";
import { isSamePolicy, readLogPolicy } from "../notes/policy.ts";
import { type Said, notRun, said } from "../report.ts";
import { Refused } from "../text.ts";
import { type Findings, counted } from "./findings.ts";
import type { History } from "./history.ts";
import type { Log, Proven, Sighting } from "./log.ts";

/** A history with its log, if it has one. */
export interface Case {
  history: History;
  log: Log | undefined;
}

/** The log; a check of it is not run without one. */
export const withLog = ({ log }: Case): Log => log ?? notRun("没有日志", "there is no log");

const NUMBER = "[0-9]{3}|[1-9][0-9]{3,}";
const INDEX = "(?:(?!x000)x[0-9]{3}/(?:x[0-9]{3}/)*)?[0-9]{3}";
const WIDTH = "[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]";
const LEVEL = "[0-9]|[1-5][0-9]|6[0-3]|entries";

/** Forms of names, each with the bits that the number in it may have. */
const NAMES: [RegExp, number][] = [
  [/^(?:checkpoint|log-policy\.txt|policies\/[0-9a-f]{64}\.txt)$/, 0],
  [/^checkpoints\/(0|[1-9][0-9]*)$/, 63],
  [new RegExp(`^keys/key-(${NUMBER})-policy\\.txt$`), 32],
  [new RegExp(`^keys/key-(?!000\\.)(${NUMBER})\\.txt$`), 32],
  [new RegExp(`^tile/(?:${LEVEL})/(${INDEX})(?:\\.p/(?:${WIDTH}))?$`), 55],
];

/** Whether a log can have a file of that name. */
function isName(path: string): boolean {
  return NAMES.some(([form, bits]) => {
    const found = form.exec(path);
    const number = found?.[1]?.replace(/[x/]/g, "") ?? "0";
    return found !== null && number.length < 25 && BigInt(number) >> BigInt(bits) === 0n;
  });
}

/** A01 */
export function logFiles({ history, log }: Case, findings: Findings): Said {
  const naming = history.folders.filter(({ commit }) => commit?.log !== undefined);
  if (!log) {
    if (!naming.length) notRun("没有日志，承诺也没有写", "there is no log, and no commitment names one");
    for (const { name } of naming) findings.fault(name, "承诺写明有日志，这里却没有", "the commitment names a log, and there is none here");
    return said("没有日志", "no log");
  }
  for (const path of [...log.files.keys()].sort()) {
    if (!isName(path)) findings.fault(`log/${path}`, "日志里不会有这样的文件", "a log has no file of that name");
  }
  for (const path of ["checkpoint", "log-policy.txt"]) {
    if (!log.files.has(path)) findings.fault(`log/${path}`, `没有 ${path}`, `${path} is missing`);
  }
  return counted(log.files.size, "个文件", "files");
}

/** A02 */
export function logPolicies(of: Case, findings: Findings): Said {
  const log = withLog(of);
  const place = "log/log-policy.txt";
  for (const { index, sha256 } of log.forces) {
    if (log.policyOf(sha256)) continue;
    findings.fault(place, `第 ${index} 条启用的日志规则 ${sha256} 不在或无法读取`, `the policy ${sha256} that entry ${index} put into force is not there or cannot be read`);
  }
  const last = log.forces[log.forces.length - 1];
  const published = log.policies.find(({ path }) => path === "log-policy.txt");
  if (last && published && published.sha256 !== last.sha256) {
    findings.fault(place, `它是 ${published.sha256}，第 ${last.index} 条启用的是 ${last.sha256}`, `it is ${published.sha256}, entry ${last.index} put ${last.sha256} into force`);
  }
  for (const { path, bytes } of log.policies.filter(({ path }) => path.startsWith("policies/"))) {
    if (path !== `policies/${log.suite.hex(bytes)}.txt`) findings.fault(`log/${path}`, "杂凑与文件名不符", "it has not the hash that its name tells");
  }
  for (const { name, commit } of of.history.folders) {
    const known = commit?.log === undefined || log.policies.some(({ bytes }) => commit.suite.hex(bytes) === commit.log);
    if (!known) findings.fault(name, `承诺所写的日志规则 ${commit.log} 不在`, `the log policy ${commit.log} that it names is not there`);
  }
  const trusted = of.history.given.policy;
  if (trusted && !log.everInForce().some((policy) => isSamePolicy(policy, readLogPolicy(trusted)))) {
    findings.fault(place, "公布的日志规则里没有您给的那一份", "none of the published log policies is the one you gave");
  }
  return counted(new Set(log.policies.map(({ sha256 }) => sha256)).size, "份日志规则", "log policies");
}

/** The form of a sighting, and its signatures. */
function checkSighting({ place, isSeen, read, judged }: Sighting, keys: readonly Key[], findings: Findings): void {
  if (read instanceof Refused) return findings.fault(place, `无法读取：${read.zh}`, `it cannot be read: ${read.en}`);
  const forged = judged?.forged ?? [];
  if (forged.length) findings.fault(place, `${forged.join("、")} 的签名是假的`, `false signatures of ${forged.join(", ")}`);
  if (!judged?.signed) findings.fault(place, "当时有效的日志密钥没有签名", "the log's key in force has not signed it");
  // The office itself chose what stands below its checkpoints, an auditor's may have more.
  const strangers = isSeen ? [] : read.note.signatures.filter(({ name, id }) => !keys.some((key) => key.name === name && key.id === id));
  if (!strangers.length) return;
  const names = strangers.map(({ name }) => name);
  findings.fault(place, `日志规则里没有的签名：${names.join("、")}`, `signatures that no log policy knows: ${names.join(", ")}`);
}

/** Holds what a sighting says against the tree, whoever signed it. */
function checkPlace(log: Log, { place, named, isSeen, read, judged }: Sighting, findings: Findings): void {
  if (read instanceof Refused) return;
  const { size, root } = read.checkpoint;
  if (named !== undefined && named !== String(size)) {
    findings.fault(place, `里面是 ${size} 条的检查点`, `it holds the checkpoint of ${size} entries`);
  } else if (size > BigInt(log.size)) {
    const [zh, en] = [`检查点有 ${size} 条，日志只有 ${log.size} 条`, `a checkpoint has ${size} entries, the log has ${log.size}`];
    if (isSeen && judged?.signed) findings.fault(place, zh, en, "FORK");
    else findings.note(place, zh, en);
  } else if (root !== log.roots.get(Number(size))) {
    const ours = log.roots.get(Number(size));
    findings.fault(place, `它给 ${size} 条的根是 ${root}，日志现在是 ${ours}`, `it has the root ${root} for ${size} entries, this log has ${ours}`, "FORK");
  }
}

/** Two signed roots of one size are two histories, whatever the tree is. */
function checkTwins(log: Log, findings: Findings): void {
  const first = new Map<bigint, { place: string; root: string }>();
  for (const { place, read, judged } of log.sightings) {
    if (read instanceof Refused || !judged?.signed) continue;
    const { size, root } = read.checkpoint;
    const other = first.get(size);
    if (!other) first.set(size, { place, root });
    else if (other.root !== root) {
      findings.fault(place, `日志给 ${size} 条签过两个根：另一个在 ${other.place}`, `the log signed two roots for ${size} entries: the other is in ${other.place}`, "FORK");
    }
  }
}

/** Consistency proofs between signed checkpoints in a row; how many hold. */
function checkRow(log: Log, findings: Findings): number {
  // A proof between two sizes leads to both roots of this tree, and to no others.
  const isOurs = ({ size, root }: Proven): boolean => log.roots.get(Number(size)) === root;
  const within = log.proven.filter(({ size }) => size <= BigInt(log.size));
  let held = 0;
  within.slice(1).forEach((next, i) => {
    const before = within[i]!;
    const isSame = before.size === next.size && before.root === next.root;
    if (isSame || (isOurs(before) && isOurs(next))) held++;
    else findings.fault(next.place, `没有证据说它接着 ${before.place}（${before.size} 条）`, `it is not proven to continue ${before.place} (${before.size} entries)`, "FORK");
  });
  return held;
}

/** A03 */
export function checkpoints(of: Case, findings: Findings): Said {
  const log = withLog(of);
  const trusted = of.history.given.policy;
  const policies = [...log.everInForce(), ...(trusted ? [readLogPolicy(trusted)] : [])];
  const keys = policies.flatMap(({ logs, witnesses }) => [...logs, ...witnesses.values()]);
  for (const sighting of log.sightings) {
    checkSighting(sighting, keys, findings);
    if (log.tree) checkPlace(log, sighting, findings);
  }
  checkTwins(log, findings);
  const proofs = log.tree ? checkRow(log, findings) : 0;
  return said(`${log.sightings.length} 个检查点，前后相接 ${proofs} 处`, `${log.sightings.length} checkpoints, ${proofs} consistency proofs hold`);
}

/** A04 */
export function tiles(of: Case, findings: Findings): Said {
  const log = withLog(of);
  if (!log.tree) {
    findings.fault("log/tile", log.unsound!.zh, log.unsound!.en);
    return said("没有可用的树", "no tree");
  }
  const signed = ownOf(log).map(({ size }) => Number(size));
  const needed = tilesNeeded(log.suite, log.tree, [...signed, log.size]);
  const files = [...log.files.keys()].filter((path) => path.startsWith("tile/")).sort();
  for (const path of files) {
    const expected = needed.get(path);
    if (!expected) findings.note(`log/${path}`, "没有签过的检查点用到它", "no signed checkpoint needs it");
    else if (!same(expected(), log.files.get(path)!)) findings.fault(`log/${path}`, "与条目算出来的不同", "it is not what the entries make it");
  }
  return said(`${log.size} 条，瓦片文件 ${files.length} 个`, `${log.size} entries, ${files.length} files of tiles`);
}

/** Signed checkpoints that the log itself publishes. */
const ownOf = (log: Log): Proven[] => log.proven.filter(({ isSeen, size }) => !isSeen && size <= log.claimed);

/** A08 */
export function witnesses(of: Case, findings: Findings): Said {
  const log = withLog(of);
  const last = new Map<string, { size: bigint; time: number }>();
  const own = ownOf(log);
  for (const { place, size, judged, policy } of own) {
    for (const [name, time] of judged.times) {
      const key = policy.witnesses.get(name)!.text;
      const before = last.get(key);
      if (before && before.size < size && time < before.time) {
        const [then, now] = [momentText(before.time), momentText(time)];
        findings.fault(
          place,
          `${name} 在${clockText(before.time)}为 ${before.size} 条签名，为 ${size} 条签名却更早，在${clockText(time)}`,
          `${name} vouched for ${before.size} entries at ${then}, and for ${size} at ${now}, which is earlier`,
        );
      }
      last.set(key, { size, time });
    }
  }
  const latest = own[own.length - 1];
  if (latest && latest.judged.quorum === undefined) {
    findings.note(latest.place, "最新的检查点还没有足够的见证方签名（其后待见证）", "not enough witnesses have seen the latest checkpoint yet");
  }
  const enough = own.filter(({ judged }) => judged.quorum !== undefined).length;
  return said(`${own.length} 个检查点中 ${enough} 个有足够的见证方签名`, `${enough} of ${own.length} checkpoints were seen by enough witnesses`);
}
