// Small helpers that build what is shown. Words from files become text nodes, never
// markup. Every text of ours is there in both languages, and style shows one.

import type { Said } from "../verifier/report.ts";

export type Child = Node | string | Said | undefined;
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

const isSaid = (child: Node | Said): child is Said => "zh" in child && "en" in child;

/** Both languages of one text; one of them is shown. */
export function words(said: Said): DocumentFragment {
  const both = document.createDocumentFragment();
  for (const [lang, text] of [["zh-CN", said.zh], ["en", said.en]] as const) {
    const span = document.createElement("span");
    span.lang = lang;
    span.className = lang === "en" ? "en" : "zh";
    span.textContent = text;
    both.append(span);
  }
  return both;
}

function toNode(child: Node | string | Said): Node | string {
  return typeof child === "string" || !isSaid(child) ? child : words(child);
}

/** An element with attributes (functions listen to the event of that name) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  for (const child of children) if (child !== undefined) element.append(toNode(child));
  return element;
}

/** Puts `children` in place of everything in `parent`. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== undefined).map(toNode));
}

/** The element of the page with that id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element as T;
}

/** Shows or hides an element, from everybody. */
export function show(element: HTMLElement, shown: boolean): void {
  element.hidden = !shown;
}

/** Offers `text` as a file to be saved. */
export function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Hex in groups of eight, for comparing by eye; copied without the gaps. */
export function grouped(text: string): HTMLElement {
  const code = el("code", { class: "value" });
  for (const group of text.match(/.{1,8}/g) ?? []) code.append(el("span", {}, group));
  return code;
}
