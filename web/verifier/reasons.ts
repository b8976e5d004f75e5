// Why a unit takes no part in a draw, in words: docs/spec/documents.md.

import { type Said, said } from "./report.ts";

const REASONS = new Map<string, Said>([
  ["inactive", said("已停业、注销、吊销或者迁出", "closed, deregistered, revoked or moved away")],
  ["not-in-effect", said("检查期第一天没有有效的登记信息", "no version of it is in effect on the first day of the window")],
  ["town-unknown", said("无法确定所在镇街", "its town could not be told")],
  ["other-area", said("所在镇街不在抽查机关辖区内", "its town does not belong to the office")],
  ["listed", said("按方案写明的决定不参加", "left out by a decision that the policy names")],
  ["no-item", said("不涉及本次抽查的任何事项", "no item of the draw concerns it")],
  ["no-stratum", said("方案没有把它分入任何一层", "no stratum of the policy takes it")],
  ["cooldown", said("距上一次检查（或抽中待查）未满间隔期", "it was inspected, or drawn to be inspected, too recently")],
  ["yearly-cap", said("本年度检查次数已到上限", "it was visited as often as a year allows")],
]);

/** The reason of that key; a key that the spec does not know stands for itself. */
export const reasonOf = (key: string): Said => REASONS.get(key) ?? said(key, key);
