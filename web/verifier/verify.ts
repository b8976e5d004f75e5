// All checks of one draw, in their order, and the verdict: docs/spec/verify.md.

import * as commitment from "./checks/commitment.ts";
import * as files from "./checks/files.ts";
import * as inputs from "./checks/inputs.ts";
import { order } from "./checks/order.ts";
import { schedule } from "./checks/schedule.ts";
import * as registers from "./checks/registers.ts";
import * as results from "./checks/results.ts";
import { Draw, type Files, type Known } from "./draw.ts";
import { escrow } from "./escrow.ts";
import { logged } from "./log.ts";
import { civilDay } from "./moment.ts";
import * as pairing from "./pairing/checks.ts";
import { replacements } from "./pairing/replacements.ts";
import { type Check, type Said, Stop, ask, said } from "./report.ts";

/** Number, name and title of every check; they are permanent. */
const CHECKS: [string, string, Said][] = [
  ["V01", "files", said("文件齐全，没有多余", "the files are those of a draw")],
  ["V02", "texts", said("文本格式唯一", "every text is in its one form")],
  ["V03", "sums", said("文件校验值一致", "the SHA-256 lists agree")],
  ["V04", "commitment", said("与事先公布的承诺一致", "it is the commitment announced")],
  ["V05", "predecessor", said("承接上一次抽取", "it follows the draw before")],
  ["V06", "policy", said("抽查方案未改动", "the policy is the one committed")],
  ["V07", "items", said("抽查事项未改动", "the items are those committed")],
  ["V08", "units", said("检查对象名录未改动", "the units are those committed")],
  ["V09", "inspectors", said("检查人员名录未改动", "the inspectors are those committed")],
  ["V10", "strata", said("分层与排除计数一致", "strata and exclusions are counted right")],
  ["V11", "quotas", said("抽取数量计算无误", "quotas follow from the pools")],
  ["V12", "order", said("各文件先后相接、未逾期", "the documents follow each other in time")],
  ["V13", "beacons", said("公开随机事件符合承诺", "the public events are those demanded")],
  ["V14", "nonces", said("各方随机数与承诺相符", "the nonces open their commitments")],
  ["V15", "selection", said("抽中单位重算一致", "the drawn units follow from the seed")],
  ["V16", "dockets", said("可派人员名单与承诺相符", "the dockets open their commitments")],
  ["V17", "teams", said("检查组与抽取结果相符", "the teams open their commitments")],
  ["V18", "teams-lawful", said("每组人员合规、不超次数", "every team is lawful")],
  ["V19", "teams-cheapest", said("按公布的价格，每组都是代价最小的一组", "every team is the cheapest")],
  ["V20", "prices", said("价格与工作量相符且最小", "the prices fit the loads and are the least")],
  ["V21", "record", said("记录绑定以上结果", "the record binds these results")],
  ["V22", "odds", said("可预测程度符合方案", "teams are no more predictable than allowed")],
  ["V23", "replacements", said("抽取后换人符合规则", "whoever was replaced was replaced by the rule")],
  ["V24", "leads", said("主办次数尽量均衡", "leads are as even as the teams allow")],
  ["V25", "escrow", said("随机数托管可核验", "the office's nonce is in escrow as the policy says")],
  ["V26", "carried", said("作废的抽取抽中的单位都已带入", "what a voided draw drew is carried over")],
  ["V27", "margins", said("公开随机事件的时间合规", "the public events come at their times")],
  ["V28", "logged", said("各文件已入日志，经见证方签名", "the documents are in the log, and witnessed")],
  ["V29", "verifier", said("核验程序与承诺一致", "the files for verifying are those committed")],
  ["V30", "schedule", said("检查日期重算一致", "the days of the visits follow from the seed")],
];

type Run = (draw: Draw) => Said;

/** What each check does. */
const RUNS: Record<string, Run> = {
  V01: files.files,
  V02: files.texts,
  V03: files.sums,
  V04: commitment.commitment,
  V05: commitment.predecessor,
  V06: commitment.policy,
  V07: commitment.items,
  V08: registers.units,
  V09: registers.inspectors,
  V10: registers.strata,
  V11: registers.quotas,
  V12: order,
  V13: inputs.beacons,
  V14: inputs.nonces,
  V15: results.selection,
  V16: results.dockets,
  V17: results.teams,
  V18: pairing.lawful,
  V19: pairing.cheapest,
  V20: pairing.prices,
  V21: results.record,
  V22: registers.odds,
  V23: replacements,
  V24: pairing.leads,
  V25: escrow,
  V26: registers.carried,
  V27: inputs.margins,
  V28: logged,
  V29: results.verifier,
  V30: schedule,
};

export type Verdict = "verified" | "failed" | "incomplete";

export interface Report {
  /** The draw number, if commit.txt can be read. */
  draw: string | undefined;
  /** The hash of commit.txt by the suite it names. */
  commitment: string | undefined;
  checks: Check[];
  verdict: Verdict;
  /** Whether the draw was given up. */
  void: boolean;
  /** Whether a sealed draw was opened after its day. */
  openedLate: boolean;
}

export interface Input {
  files: Files;
  known: Known;
}

/** Called before every check and within long ones: `done` of `total` checks are through. */
export type Telling = (done: number, total: number, said: Said) => void;

/** Verifies one draw. */
export function verifyDraw(input: Input, telling: Telling = () => undefined): Report {
  let [done, title] = [0, CHECKS[0]![2]];
  const within = (part: number, of: number): void => telling(done + part / of, CHECKS.length, title);
  const draw = new Draw(visible(input.files), input.known, within);
  const checks: Check[] = [];
  for (const [id, name, of] of CHECKS) {
    title = of;
    telling(done, CHECKS.length, title);
    checks.push(ask({ id, name, title, run: RUNS[id]! }, draw));
    done++;
  }
  telling(done, CHECKS.length, title);
  return { ...facts(draw), checks, verdict: verdict(draw, checks) };
}

/** Whether a file of that name makes a folder that of a draw. */
export const isOfDraw = (name: string): boolean => files.isKnown(name);

/** Names that begin with a dot are no part of a draw. */
const visible = (files: Files): Files => new Map([...files].filter(([name]) => !name.startsWith(".")));

/** What a report says besides its checks. */
function facts(draw: Draw): Omit<Report, "checks" | "verdict"> {
  const commit = readable(draw.commit);
  const opening = readable(draw.opening);
  return {
    draw: commit?.draw.text,
    commitment: commit && draw.hash("commit.txt"),
    void: draw.has("void.txt"),
    openedLate: commit !== undefined && opening !== undefined && civilDay(opening.at) > commit.openBy,
  };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Stop) return undefined;
    throw thrown;
  }
}

/** Checks that a verified draw can do without. */
const OPTIONAL = ["V04", "V05", "V28", "V29"];
/** Checks that a void must have passed. */
const OF_VOID = ["V01", "V02", "V03", "V06", "V07", "V08", "V09", "V10", "V11", "V12", "V22", "V23", "V25", "V26"];

function verdict(draw: Draw, checks: readonly Check[]): Verdict {
  if (checks.some(({ status }) => status === "fail")) return "failed";
  const passed = (ids: readonly string[]): boolean =>
    ids.every((id) => checks.some((check) => check.id === id && check.status === "pass"));
  if (draw.has("void.txt")) {
    const hands = readable(draw.void)?.drawn !== undefined;
    return passed(hands ? [...OF_VOID, "V15"] : OF_VOID) ? "verified" : "incomplete";
  }
  const due = CHECKS.map(([id]) => id).filter((id) => !OPTIONAL.includes(id));
  const opened = readable(draw.commit)?.mode === "open" ? draw.has("record.txt") : draw.isOpened();
  return opened && passed(due) ? "verified" : "incomplete";
}
