// How results are called, in words and with a sign, so that colour is never alone.

import type { Verdict } from "../verifier/verify.ts";
import { type Said, type Status, said } from "../verifier/report.ts";

export const STATUS: Record<Status, Said> = {
  pass: said("✓ 通过", "✓ passed"),
  fail: said("✗ 不通过", "✗ failed"),
  "not-run": said("– 未执行", "– not run"),
};

export const DRAW_VERDICT: Record<Verdict, Said> = {
  verified: said("✓ 核验通过", "✓ Verified"),
  failed: said("✗ 核验不通过", "✗ Failed"),
  incomplete: said("– 还不完整，没有结论", "– Incomplete: no verdict yet"),
};

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
