// What the office has published of the visit to a drawn unit: docs/spec/results.md. A
// proof shows it as it stands; whether it may stand there is for A06 and A18.

import { exactCommand } from "./commands.ts";
import { dayText } from "./moment.ts";
import type { Step } from "./proof.ts";
import { type Said, said } from "./report.ts";
import { type Lists, OUTCOMES, type Told, listName } from "./results.ts";

function wordsOf({ word, day, hazards, rectified, items }: Told): Said {
  if (day === undefined) return said("已终结，没有检查。", "It ended without a visit.");
  const found = items.map(([item, outcome]) => said(`${item} ${OUTCOMES[outcome]}`, `${item} ${outcome}`));
  const [zh, en] = word === "again" ? ["复查", "looked at again"] : ["已检查", "visited"];
  return said(
    `${dayText(day)} ${zh}：发现火灾隐患 ${hazards} 处，已整改 ${rectified} 处${found.map((one) => `；${one.zh}`).join("")}。`,
    `${dayText(day)}, ${en}: ${hazards} fire hazards found, ${rectified} put right${found.map((one) => `; ${one.en}`).join("")}.`,
  );
}

/** The current lines of a unit of a draw; undefined if there is none. */
export function visitStep(lists: Lists, draw: string, unit: string): Step | undefined {
  const current = new Map<string, { told: Told; file: string }>();
  for (const { number, lines } of lists.counting()) {
    for (const told of lines) if (told.draw === draw && told.unit === unit) current.set(told.key, { told, file: listName(number) });
  }
  if (!current.size) return undefined;
  // The first look before any second one.
  const all = [...current.values()].sort((a, b) => Number(a.told.word === "again") - Number(b.told.word === "again"));
  const words = all.map(({ told }) => wordsOf(told));
  return {
    title: said("公布的检查结果", "What is published of the visit"),
    text: said(
      `${words.map(({ zh }) => zh).join("")}清单是否齐全、有没有改过，看“核查全部历史”的 A06 和 A18。`,
      `${words.map(({ en }) => en).join(" ")} Whether lists are missing or were changed is for A06 and A18 of the whole history.`,
    ),
    commands: all.map(({ told, file }) => ({ command: exactCommand(told.text, `../results/${file}`), gives: told.text })),
  };
}
