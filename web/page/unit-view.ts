// Looking a unit up in an opened draw.

import { el, fill } from "./dom.ts";
import { type Engine, NotAnswered } from "./engine.ts";
import { proofView } from "./proof-view.ts";
import { plain } from "./typed.ts";
import { state } from "./address.ts";
import type { Found } from "./messages.ts";
import { said } from "../verifier/report.ts";

export interface UnitView {
  element: HTMLElement;
  /** Looks that unit up, as if somebody had typed it. */
  look: (text: string) => Promise<void>;
}

export function unitView(engine: Engine, folder: string): UnitView {
  const input = el("input", { type: "text", id: "unit", autocomplete: "off", spellcheck: "false", "aria-describedby": "unit-hint" });
  const answer = el("div", { id: "proof", role: "status", tabindex: "-1" });

  async function prove(unit: string): Promise<void> {
    state({ unit });
    fill(answer, ...proofView(await engine.ask("prove", { folder, unit })));
  }

  function choice({ id, name }: Found): HTMLElement {
    const pick = (): void => void guarded(() => prove(id));
    return el("li", {}, el("button", { type: "button", class: "plain", click: pick }, name === undefined ? id : `${name}（${id}）`));
  }

  async function search(text: string): Promise<void> {
    const { found, more } = await engine.ask("find", { folder, text });
    if (found.length === 1) return prove(found[0]!.id);
    if (found.length === 0) return fill(answer, el("p", {}, NOBODY));
    fill(
      answer,
      el("p", {}, more ? said(`有很多家，先列 ${found.length} 家：`, `There are many; the first ${found.length}:`) : said(`有 ${found.length} 家，请选择：`, `${found.length} units; choose one:`)),
      el("ul", { class: "found" }, ...found.map(choice)),
    );
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof NotAnswered)) throw thrown;
      fill(answer, el("p", { class: "fail" }, thrown.said));
    }
  }

  const look = async (text: string): Promise<void> => {
    input.value = text;
    if (plain(text) === "") return fill(answer, el("p", {}, said("请先输入单位代码或者名称的一部分。", "First type its code, or a part of its name.")));
    await guarded(() => search(text));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void look(input.value);
  };
  const element = el(
    "section",
    { class: "unit" },
    el("h2", {}, said("查一家单位", "Look a unit up")),
    el("p", { class: "hint ask", id: "unit-hint" }, said("输入统一社会信用代码或名称的一部分，例如代码的后四位。是否抽中都能查。", "Its code or name, or a part such as the last four characters; drawn or not.")),
    el(
      "form",
      { class: "ask", submit },
      el("label", { for: "unit" }, said("单位代码或名称", "Code or name of the unit")),
      input,
      el("p", {}, el("button", { type: "submit" }, said("查询", "Look up"))),
    ),
    answer,
  );
  return { element, look };
}

const NOBODY = said(
  "没有找到。请少写几个字再试；确实没有而应当在名录内的，可以向抽查机关询问。",
  "Nothing found. Try fewer characters; if it should be in the register and is not, ask the office.",
);
