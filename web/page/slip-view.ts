// Checking a slip at the door: its codes, the cards, the day, and what was announced.

import { detector, film, inPhotograph, mayFilm } from "./camera.ts";
import { byId, el, fill, show } from "./dom.ts";
import { isOverHttp } from "./download.ts";
import { type Engine, NotAnswered } from "./engine.ts";
import { SLIP_VERDICT } from "./names.ts";
import { checkList, verdictPanel } from "./report-view.ts";
import { policyOfSite } from "./site-policy.ts";
import { hashTyped, isHash, plain, slipTyped } from "./typed.ts";
import { type Said, said } from "../verifier/report.ts";
import type { SlipReport } from "../verifier/slip/check.ts";

const codes = byId<HTMLTextAreaElement>("codes");
const parts = byId("parts");
const answer = byId("slip-result");

const PART = /YH1\/([1-8])\/([1-8])\/([0-9A-F]{8})\//g;

/** How many of the codes of a slip are there, or undefined if this is no code. */
function counted(text: string): { read: number; of: number; slips: number } | undefined {
  const found = Array.from(text.matchAll(PART));
  const [first] = found;
  if (!first) return undefined;
  const slips = new Set(found.map((part) => part[3])).size;
  return { read: new Set(found.map((part) => part[1])).size, of: Number(first[2]), slips };
}

function tellParts(): void {
  const count = counted(codes.value);
  show(parts, count !== undefined);
  if (!count) return;
  const { read, of, slips } = count;
  if (slips > 1) fill(parts, said("这里有不止一张告知单的二维码，请只留一张的。", "These are codes of more than one slip: keep those of one."));
  else if (read < of) fill(parts, said(`已读 ${read} / ${of} 个二维码，请继续扫描。`, `${read} of ${of} codes read; scan on.`));
  else fill(parts, said(`${of} 个二维码已全部读到。`, `All ${of} codes read.`));
}

/** Adds what was read, once. */
function add(text: string): void {
  const plain = text.trim();
  if (plain === "" || codes.value.includes(plain)) return;
  codes.value = codes.value.trim() === "" ? text : `${codes.value.trimEnd()}\n${text}`;
  tellParts();
}

async function addFiles(files: readonly File[]): Promise<void> {
  for (const file of files) {
    if (file.type.startsWith("image/")) await addPhotograph(file);
    else add(await file.text());
  }
}

async function addPhotograph(file: File): Promise<void> {
  const reader = await detector();
  const found = reader ? await inPhotograph(reader, file).catch(() => []) : [];
  found.forEach(add);
  if (found.length > 0) return;
  show(parts, true);
  fill(
    parts,
    reader
      ? said(`${file.name} 里没有看到二维码，请拍得近一些、正一些。`, `No code was seen in ${file.name}: take it nearer and straighter.`)
      : said("这个浏览器不能读照片里的二维码，请用手机的扫码功能扫描后粘贴。", "This browser cannot read codes in photographs: scan them with your telephone and paste the text."),
  );
}

function addCard(): void {
  const number = document.querySelectorAll("input.card").length + 1;
  const id = `card-${number}`;
  const input = el("input", { type: "text", id, class: "card", autocomplete: "off", autocapitalize: "characters", spellcheck: "false" });
  byId("cards").append(el("label", { for: id }, said(`第 ${number} 人的执法证号`, `Number on card ${number}`)), input);
}

/** Today by the clock here, in China's civil time. */
function today(): string {
  return new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
}

const value = (id: string): string | undefined => byId<HTMLInputElement>(id).value.trim() || undefined;

/** The log policy that was chosen, or that of the site which this page came from. */
async function logPolicy(): Promise<Blob | undefined> {
  const chosen = byId<HTMLInputElement>("policy-file").files?.[0];
  return chosen ?? (byId<HTMLInputElement>("policy-site").checked ? policyOfSite() : undefined);
}

async function check(engine: Engine): Promise<void> {
  const certificates = Array.from(document.querySelectorAll<HTMLInputElement>("input.card"), (input) => plain(input.value)).filter(Boolean);
  if (codes.value.trim() === "") return refuse(said("请先扫描或粘贴告知单的二维码内容。", "First scan or paste the codes of the slip."), codes);
  const on = value("day");
  if (on === undefined) return refuse(said("请填写检查日期。", "State the day of the visit."), byId("day"));
  try {
    const policy = await logPolicy();
    const announced = (id: string): string | undefined => hashTyped(value(id) ?? "") || undefined;
    const [record, change] = [announced("record"), announced("change")];
    for (const [id, hash] of [["record", record], ["change", change]] as const) {
      if (hash !== undefined && !isHash(hash)) return refuse(said("公布的值应为 64 位（数字和 a–f），请核对是否抄全。", "An announced value has 64 characters, 0–9 and a–f: see whether all were copied."), byId(id));
    }
    showReport(await engine.ask("slip", { text: slipTyped(codes.value), certificates, on, logPolicy: policy, record, change }), record !== undefined);
  } catch (thrown) {
    if (!(thrown instanceof NotAnswered)) throw thrown;
    refuse(thrown.said, codes);
  }
}

function refuse(why: Said, field: HTMLElement): void {
  fill(answer, el("p", { class: "notice" }, why));
  field.focus();
}

const MEANING: Record<SlipReport["verdict"], Said> = {
  verified: said(
    "检查出自公开的抽取，日期、证号都对得上。请再看一遍证件照片与来人是否相符。",
    "The visit comes out of the public draw; day and numbers agree. Look once more whether the photographs are the people.",
  ),
  failed: said(
    "有一项对不上。请先核对证号是否抄对；确实不符的，您可以拒绝检查，并拨打抽查机关公布的电话核实。",
    "Something does not agree. See first whether the numbers were copied right; if so, you may refuse the visit. Call the office at the number that it publishes.",
  ),
  incomplete: said(
    "给出的还不够证明：看下面“未执行”的项目缺什么。",
    "What you gave does not prove it yet: see below what the checks that were not run still need.",
  ),
};

/** Copied from the slip itself, the values prove nothing. */
const ELSEWHERE = said(
  "公布的值请从抽查机关的网站或公告抄录；从告知单上抄来的不能证明什么。",
  "Take announced values from the office's site or notice board: copied from the slip itself they prove nothing.",
);

function showReport(report: SlipReport, byValue: boolean): void {
  fill(
    answer,
    el("h2", {}, said("结论", "Verdict")),
    verdictPanel(
      report.verdict,
      SLIP_VERDICT[report.verdict],
      MEANING[report.verdict],
      said(`单位 ${report.unit}，抽取 ${report.draw}。`, `Unit ${report.unit}, draw ${report.draw}.`),
      ...(byValue && report.verdict === "verified" ? [ELSEWHERE] : []),
    ),
    checkList(report.checks),
  );
  answer.focus();
}

async function offerCamera(): Promise<void> {
  const reader = await detector().catch(() => undefined);
  for (const offer of document.querySelectorAll<HTMLElement>("[data-photo]")) show(offer, reader !== undefined);
  const can = reader !== undefined && mayFilm();
  show(byId("camera"), can);
  show(byId("no-camera"), !can);
  if (!reader || !can) return;
  let stop: (() => void) | undefined;
  const off = (): void => {
    stop?.();
    stop = undefined;
    show(byId("viewfinder"), false);
  };
  byId("camera-off").addEventListener("click", off);
  byId("camera").addEventListener("click", () => void on().catch(refuseCamera));
  async function on(): Promise<void> {
    if (stop || !reader) return;
    show(byId("viewfinder"), true);
    stop = await film(reader, byId<HTMLVideoElement>("video"), (code) => {
      add(code);
      const count = counted(codes.value);
      if (count && count.read === count.of) off();
    });
  }
  function refuseCamera(): void {
    off();
    show(parts, true);
    fill(parts, said("没有得到使用摄像头的许可。", "The camera may not be used."));
  }
}

/** Makes the view work. */
export function slipView(engine: Engine): void {
  addCard();
  addCard();
  byId<HTMLInputElement>("day").value = today();
  codes.addEventListener("input", tellParts);
  show(byId("policy-from-site"), isOverHttp());
  show(byId("policy-on-disk"), !isOverHttp());
  const files = byId<HTMLInputElement>("slip-file");
  byId("choose-slip").addEventListener("click", () => files.click());
  files.addEventListener("change", () => {
    const chosen = Array.from(files.files ?? []);
    files.value = "";
    void addFiles(chosen);
  });
  byId("more-cards").addEventListener("click", addCard);
  byId("check-slip").addEventListener("click", () => void check(engine));
  void offerCamera();
}
