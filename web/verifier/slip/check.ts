// S01 to S09: what a unit checks at its door: docs/spec/slip.md, Checks.

import { type Suite, hex, sha256, unhex, utf8 } from "../digest.ts";
import { late } from "../draw.ts";
import { type Day, dayText } from "../moment.ts";
import { entryText } from "../log/entries.ts";
import { type Judged, type LogPolicy, judge } from "../notes/policy.ts";
import { type Ask, type Check, type Said, ask, ensure, fail, notRun, said } from "../report.ts";
import { leafHash, rootFrom } from "../tree.ts";
import type { Proof, Slip } from "./text.ts";

/** What the visitors show, and what the office has announced. */
export interface Given {
  unit?: string | undefined;
  on: Day;
  certificates: string[];
  policy?: LogPolicy | undefined;
  /** The announced hash of the record, and SHA-256 of the late change, in hex. */
  record?: string | undefined;
  change?: string | undefined;
}

export interface SlipReport {
  checks: Check[];
  verdict: "verified" | "failed" | "incomplete";
  unit: string;
  draw: string;
  /** Hash of the record in the slip, and SHA-256 of its late change. */
  record: string;
  change: string | undefined;
}

type Case = { slip: Slip; given: Given; judged: Judged | undefined };

function leads(suite: Suite, text: string, proof: Proof, root: string, size: bigint): boolean {
  const path = proof.neighbours.map((neighbour) => unhex(neighbour)!);
  const found = rootFrom(suite, leafHash(suite, utf8(text)), proof.number, size, path);
  return found !== undefined && hex(found) === root;
}

function unit({ slip: { suite, drawn, record }, given }: Case): Said {
  const { root, count } = record.drawn;
  const isDrawn = leads(suite, `yaohao/result/v1\n${drawn.line}\n`, drawn.proof, root, count);
  ensure(isDrawn, `${drawn.unit} 不在抽中名单里`, `${drawn.unit} is not one of those drawn`);
  const other = given.unit !== undefined && given.unit !== drawn.unit;
  ensure(!other, `告知单是 ${drawn.unit} 的`, `the slip is that of ${drawn.unit}`);
  return said(
    `${drawn.unit}，${record.draw.text} 抽中的 ${record.drawn.count} 家之一`,
    `${drawn.unit}, one of ${record.drawn.count} drawn in ${record.draw.text}`,
  );
}

function day({ slip: { record }, given: { on } }: Case): Said {
  const [first, last] = [dayText(record.window.first), dayText(record.window.last)];
  const inside = record.window.first <= on && on <= record.window.last;
  ensure(inside, `${dayText(on)} 不在检查期 ${first} 至 ${last} 内`, `${dayText(on)} is not within ${first} to ${last}`);
  return said(`${dayText(on)}，检查期 ${first} 至 ${last}`, `${dayText(on)}, within ${first} to ${last}`);
}

function certificates({ slip: { suite, people, record }, given }: Case): Said {
  for (const { name, attributes, salt, rest, certificate } of people) {
    const field = suite.hex(`yaohao/field/v1\n${record.draw.text}\n${name}\ncertificate\n${salt}\n${certificate}\n`);
    const whole = suite.hex(`yaohao/attributes/v1\n${name}\ncertificate ${field}\nrest ${rest}\n`);
    ensure(whole === attributes, `证号 ${certificate} 不是 ${name} 的`, `card ${certificate} is not that of ${name}`);
  }
  const shown = [...new Set(given.certificates)];
  const strange = shown.find((number) => !people.some(({ certificate }) => certificate === number));
  if (strange !== undefined) fail(`证号 ${strange} 不在告知单上`, `${strange} is not on the slip`);
  if (shown.length < 2) notRun("至少要核对两个人的证号", "the numbers of at least two cards are needed");
  return said(shown.join("、"), shown.join(", "));
}

function team({ slip: { suite, drawn, team, change, record } }: Case): Said {
  ensure(team.unit === drawn.unit, `检查组是 ${team.unit} 的`, `the team is that of ${team.unit}`);
  if (change) {
    ensure(change.draw.text === record.draw.text, "换人文件是另一次抽取的", "the late change is of another draw");
    return said(`第 ${change.number} 次换人以后的一组`, `the team after late change ${change.number}`);
  }
  const commitment = suite.hex(`yaohao/team/v1\n${record.draw.text}\n${team.line}\n`);
  ensure(commitment === drawn.team, "检查组与抽取结果不符", "the team is not the one that was fixed");
  return said("与抽取结果同时锁定", "fixed together with the result");
}

function inspectors({ slip: { suite, team, people, record } }: Case): Said {
  const names = people.map(({ name }) => name).join(" ");
  ensure(names === team.members.map(({ name }) => name).join(" "), "人员不是检查组的人员，或次序不同", "the people are not those of the team, in its order");
  const { root, count } = record.inspectors;
  for (const { name, line, proof } of people) {
    const known = leads(suite, `yaohao/inspector/v1\n${line}\n`, proof, root, count);
    ensure(known, `${name} 不在锁定的名录里`, `${name} is not on the committed list`);
  }
  return said(`${people.length} 人，名录共 ${count} 人`, `${people.length} of the ${count} on the list`);
}

const recordHash = ({ suite, record }: Slip): string => suite.hex(record.text);
const changeHash = ({ change }: Slip): string | undefined => change && hex(sha256(utf8(change.text)));

function record({ slip, given }: Case): Said {
  const [ours, late] = [recordHash(slip), changeHash(slip)];
  if (given.record === undefined) {
    notRun(`未给出公布的记录值；本记录为 ${ours}`, `no announced hash was given; this record is ${ours}`);
  }
  ensure(given.record === ours, `记录值不符：本记录为 ${ours}`, `another record: this one is ${ours}`);
  if (late !== undefined && given.change === undefined) {
    notRun(`未给出公布的换人值；本次换人为 ${late}`, `no hash of the late change was given; this one is ${late}`);
  }
  ensure(late === undefined || given.change === late, `换人值不符：本次换人为 ${late}`, `another late change: this one is ${late}`);
  return said(ours, ours);
}

const entry = (draw: string, file: string, text: string): string => entryText(draw, file, hex(sha256(utf8(text))));

function inclusion({ slip: { suite, log, record, change }, given }: Case): Said {
  if (!log) {
    ensure(!given.policy, "告知单没有日志，而抽查机关有日志", "the slip has no log, though the office keeps one");
    notRun("告知单没有日志", "the slip has no log");
  }
  const documents = [entry(record.draw.text, "record.txt", record.text)];
  if (change) {
    documents.push(entry(record.draw.text, `replace-${late(Number(change.number))}.txt`, change.text));
  }
  const { size, root, origin } = log.checkpoint;
  documents.forEach((text, i) =>
    ensure(leads(suite, text, log.entries[i]!, root, size), "文件不在日志里", "a document is not in the log"),
  );
  const number = log.entries[0]!.number;
  return said(
    `日志 ${origin} 共 ${size} 条，本记录是第 ${number + 1n} 条`,
    `log ${origin} of ${size} entries, the record is entry ${number + 1n}`,
  );
}

/** The policy and the note held against it; not run without a policy. */
function judgement({ slip: { log }, given: { policy }, judged }: Case) {
  if (!policy) notRun("未给出日志规则（log-policy.txt）", "no log policy was given (log-policy.txt)");
  if (!log || !judged) fail("告知单没有日志", "the slip has no log");
  return { log, policy, judged };
}

function logSignature(of: Case): Said {
  const { log, policy, judged } = judgement(of);
  const forged = judged.forged[0];
  ensure(forged === undefined, `${forged} 的签名是假的`, `the signature of ${forged} is false`);
  const keys = [...policy.logs, ...policy.witnesses.values()];
  const stranger = log.note.signatures.find(({ name, id }) => !keys.some((key) => key.name === name && key.id === id));
  ensure(!stranger, `签名人 ${stranger?.name} 不在日志规则里`, `${stranger?.name} is not in the log policy`);
  ensure(judged.signed, "日志没有签名", "the log has not signed");
  return said(log.checkpoint.origin, log.checkpoint.origin);
}

function witnesses(of: Case): Said {
  const { policy, judged } = judgement(of);
  const names = [...judged.times.keys()];
  ensure(judged.quorum !== undefined, `见证方不足：${names.join("、") || "没有"}`, `not enough witnesses: ${names.join(", ")}`);
  if (policy.quorum === "none") return said("日志规则不要求见证方", "the log policy asks for no witness");
  return said(names.join("、"), names.join(", "));
}

const CHECKS: Ask<Case>[] = [
  { id: "S01", name: "unit", title: said("这家单位确由抽取产生", "the unit was drawn"), run: unit },
  { id: "S02", name: "day", title: said("日期在检查期内", "the day is one of the window"), run: day },
  { id: "S03", name: "certificates", title: said("证号与告知单一致", "the cards are those of the slip"), run: certificates },
  { id: "S04", name: "team", title: said("检查组就是抽中的一组", "the team is the one drawn"), run: team },
  { id: "S05", name: "inspectors", title: said("人员都在锁定的名录里", "the people are of the committed list"), run: inspectors },
  { id: "S06", name: "record", title: said("记录就是已公布的那一份", "the record is the one announced"), run: record },
  { id: "S07", name: "log-inclusion", title: said("记录已入公开日志", "the record is in the log"), run: inclusion },
  { id: "S08", name: "log-signature", title: said("日志由抽查机关签名", "the log has signed"), run: logSignature },
  { id: "S09", name: "witnesses", title: said("见证方足数", "enough witnesses have cosigned"), run: witnesses },
];

function verdictOf(checks: readonly Check[]): SlipReport["verdict"] {
  if (checks.some(({ status }) => status === "fail")) return "failed";
  const passes = (...ids: string[]) => ids.every((id) => checks.some((check) => check.id === id && check.status === "pass"));
  const announced = passes("S06") || passes("S07", "S08", "S09");
  return announced && passes("S01", "S02", "S03", "S04", "S05") ? "verified" : "incomplete";
}

/** Checks a slip that reads. */
export function checkSlip(slip: Slip, given: Given): SlipReport {
  const judged = slip.log && given.policy && judge(given.policy, slip.log.note);
  const checks = CHECKS.map((question) => ask(question, { slip, given, judged }));
  return {
    checks,
    verdict: verdictOf(checks),
    unit: slip.drawn.unit,
    draw: slip.record.draw.text,
    record: recordHash(slip),
    change: changeHash(slip),
  };
}
