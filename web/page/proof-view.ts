// A unit's own proof on the screen: the answer, then every step with the command that
// redoes it.

import { el } from "./dom.ts";
import { verdictPanel } from "./report-view.ts";
import type { Verdict } from "../verifier/verify.ts";
import { type Said, said } from "../verifier/report.ts";
import type { Hop } from "../verifier/climb.ts";
import type { Place } from "../verifier/place.ts";
import type { Command, Proof, Step } from "../verifier/proof.ts";

function command({ command, gives }: Command): HTMLElement {
  return el("pre", {}, el("span", { class: "command" }, command), "\n", el("span", { class: "gives" }, gives));
}

function hopItem(hop: Hop): HTMLElement {
  const side = (which: "left" | "right", label: Said): HTMLElement =>
    el("div", { class: hop.neighbour === which ? "" : "on" }, label, " ", el("code", {}, hop[which]));
  return el(
    "li",
    { class: "hop" },
    side("left", said("左", "left")),
    side("right", said("右", "right")),
    el("div", {}, said("合并得", "joined"), " ", el("code", {}, hop.node)),
  );
}

function hops(all: readonly Hop[]): HTMLElement {
  return el(
    "details",
    {},
    el("summary", {}, said(`逐级合并的 ${all.length} 步`, `The ${all.length} steps up the tree`)),
    el("p", { class: "hint" }, said("粗体是这一行一路上来的值，另一个是同级的邻居。", "In bold the value that comes from this line; the other one is its neighbour.")),
    el("ol", { class: "hops" }, ...all.map(hopItem)),
  );
}

/** Its ticket between the last that was drawn and the first that was not. */
function ladder(place: Place): HTMLElement {
  const row = (number: number, ticket: string | undefined, label: Said, own: boolean): HTMLElement | undefined =>
    ticket === undefined ? undefined : el("li", own ? { class: "own" } : {}, said(`第 ${number} 名`, `No. ${number}`), el("code", {}, ticket), label);
  const own = row(place.place, place.ticket, said("← 这家单位", "← this unit"), true);
  const isDrawn = place.place <= place.drawn;
  const last = place.place === place.drawn ? undefined : row(place.drawn, place.lastDrawn, said("最后抽中", "the last drawn"), false);
  const first = place.place === place.drawn + 1 ? undefined : row(place.drawn + 1, place.firstLeft, said("最先未抽中", "the first not drawn"), false);
  const cut = el("li", { class: "cut" }, said(`抽中线：${place.pool} 家抽 ${place.drawn} 家`, `The line: ${place.drawn} of ${place.pool} are drawn`));
  return el("ul", { class: "ladder" }, ...(isDrawn ? [own, last, cut, first] : [last, cut, first, own]));
}

function commands(all: readonly Command[]): HTMLElement[] {
  if (all.length <= 3) return all.map(command);
  return [
    ...all.slice(0, 2).map(command),
    el("details", {}, el("summary", {}, said(`其余 ${all.length - 2} 条命令`, `The other ${all.length - 2} commands`)), ...all.slice(2).map(command)),
  ];
}

function stepItem(step: Step): HTMLElement {
  const held: Record<string, Said> = {
    true: said("✓ 与公布的一致", "✓ It is what was published"),
    false: said("✗ 与公布的不一致", "✗ It is not what was published"),
  };
  const holds = step.holds === undefined ? undefined : el("p", { class: step.holds ? "pass" : "fail" }, el("strong", {}, held[String(step.holds)]!));
  return el(
    "li",
    {},
    el("h3", {}, step.title),
    el("p", {}, step.text),
    holds,
    step.place && ladder(step.place),
    ...commands(step.commands ?? []),
    step.hops && step.hops.length > 0 ? hops(step.hops) : undefined,
  );
}

const TONE: Record<Proof["outcome"], Verdict | "plain"> = { drawn: "verified", left: "plain", excluded: "plain", open: "incomplete" };

/** The proof; the screen shows it below the search. */
export function proofView(proof: Proof): Node[] {
  const name = proof.name ?? proof.unit;
  const tone = proof.steps.some(({ holds }) => holds === false) ? "failed" : TONE[proof.outcome];
  return [
    el("h3", {}, `${name} `, el("span", { class: "quiet" }, proof.unit)),
    verdictPanel(tone as Verdict, proof.answer),
    el("p", {}, said("下面每一步都能自己重算：在这次抽取的文件夹里运行命令，灰字是应得的结果。", "Every step can be redone: run the commands in the folder of the draw; below each is what it must print.")),
    el("ol", { class: "steps" }, ...proof.steps.map(stepItem)),
  ];
}

