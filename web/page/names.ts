// How results are called, in words and with a sign, so that colour is never alone.

import type { Verdict } from "../verifier/verify.ts";
import { type Check, type Said, type Status, said } from "../verifier/report.ts";

export const STATUS: Record<Status, Said> = {
  pass: said("✓ 通过", "✓ passed"),
  fail: said("✗ 不通过", "✗ failed"),
  "not-run": said("– 未执行", "– not run"),
};

export const DRAW_VERDICT: Record<Verdict, Said> = {
  verified: said("✓ 核验通过", "✓ Verified"),
  failed: said("✗ 核验不通过", "✗ Failed"),
  incomplete: said("– 尚不完整，没有结论", "– Incomplete: no verdict yet"),
};

/** What a verified draw was not held against: without it, files that were all made anew look the same. */
export const unheld = (checks: readonly Check[]): string[] =>
  ["V04", "V28", "V29"].filter((id) => checks.some((check) => check.id === id && check.status === "not-run"));

/** The verdict in words, and its tone: only what was held against the announced value is green. */
export function drawVerdict({ verdict, checks }: { verdict: Verdict; checks: readonly Check[] }): { word: Said; tone: string } {
  if (verdict !== "verified" || !unheld(checks).includes("V04")) return { word: DRAW_VERDICT[verdict], tone: verdict };
  return { word: AGREES, tone: `${verdict} partly` };
}

const AGREES = said("文件前后一致；尚未与抽取前公布的承诺值对照", "The files agree with each other; not yet compared with the commitment announced before the draw");

export const SLIP_VERDICT: Record<Verdict, Said> = {
  verified: said("✓ 属实", "✓ Genuine"),
  failed: said("✗ 不属实", "✗ Not genuine"),
  incomplete: said("– 尚未证明", "– Not proved"),
};

/** How many checks have which result. */
export function counted(checks: readonly { status: Status }[]): Said {
  const [pass, fail, rest] = (["pass", "fail", "not-run"] as const).map((status) => checks.filter((check) => check.status === status).length);
  return said(`通过 ${pass} 项，不通过 ${fail} 项，未执行 ${rest} 项。`, `${pass} passed, ${fail} failed, ${rest} not run.`);
}
