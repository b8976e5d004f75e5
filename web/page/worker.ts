// The engine's side: it keeps what was opened, and answers the page. It runs in a worker,
// or in the page where there is none.

import type { Answer, DrawReport, Found, Posted, Progress, Question, Reply, SlipQuestion } from "./messages.ts";
import { Office } from "./office.ts";
import { cardTyped, plain, termsOf } from "./typed.ts";
import { type AuditReport, auditFolder, isHistory } from "../verifier/audit/audit.ts";
import { Draw } from "../verifier/draw.ts";
import { type Given, givenOf } from "../verifier/given.ts";
import { dayField } from "../verifier/moment.ts";
import { readLogPolicy } from "../verifier/notes/policy.ts";
import { type Proof, nameIn, prove } from "../verifier/proof.ts";
import { Stop } from "../verifier/report.ts";
import { Lists } from "../verifier/results.ts";
import { type SlipReport, checkSlip } from "../verifier/slip/check.ts";
import { PartsMissing } from "../verifier/slip/codes.ts";
import { type Slip, readSlip } from "../verifier/slip/text.ts";
import { type Lines, Refused, hexField } from "../verifier/text.ts";
import { type Input, verifyDraw } from "../verifier/verify.ts";
import { visitStep } from "../verifier/visited.ts";

/** As many hits as a person reads. */
const HITS = 50;

let office: Office | undefined;
let kept: { folder: string; given: Given } | undefined;

/** The draw of a folder with what lies beside it. */
async function inputOf(folder: string): Promise<Input> {
  const opened = office;
  if (!opened) throw new Refused("还没有选择文件", "nothing has been opened yet");
  const [files, predecessor, log, verifier] = await Promise.all([
    opened.draw(folder),
    opened.predecessor(folder),
    opened.neighbour(folder, "log"),
    opened.neighbour(folder, "verifier"),
  ]);
  const beside = Object.entries({ predecessor, log, verifier }).filter(([, value]) => value !== undefined);
  return { files, known: Object.fromEntries(beside) };
}

/** What a proof is made of, read once as long as the same draw is asked about. */
async function provable(folder: string): Promise<Given> {
  if (kept?.folder !== folder) kept = { folder, given: givenOf(new Draw((await inputOf(folder)).files)) };
  return kept.given;
}

async function verify(folder: string, commitment: string | undefined, tell: (progress: Progress) => void): Promise<DrawReport> {
  const start = performance.now();
  const { files, known } = await inputOf(folder);
  const told = commitment === undefined ? known : { ...known, commitment };
  const report = verifyDraw({ files, known: told }, (done, total, what) => tell({ done, total, what }));
  return { ...report, folder, milliseconds: performance.now() - start };
}

async function find(folder: string, text: string): Promise<{ found: Found[]; more: boolean }> {
  const { units } = await provable(folder);
  const found: Found[] = [];
  const terms = termsOf(text);
  const typed = plain(text).toUpperCase();
  for (let i = 1; i < units.length; i++) {
    const hit = hitAt(units, i, terms);
    if (hit?.id.toUpperCase() === typed) return { found: [hit], more: false };
    if (!hit) continue;
    if (found.length === HITS) return { found, more: true };
    found.push(hit);
  }
  return { found, more: false };
}

function hitAt(units: Lines, i: number, terms: readonly string[]): Found | undefined {
  const line = units.text(i);
  const id = line.slice(0, line.indexOf(" "));
  const name = nameIn(line);
  const all = `${id} ${name ?? ""}`.toLowerCase();
  return terms.every((term) => all.includes(term)) ? { id, name } : undefined;
}

async function proof(folder: string, unit: string): Promise<Proof> {
  const given = await provable(folder);
  const proof = prove(given, unit) ?? refuseUnit();
  const published = await office?.neighbour(folder, "results");
  const step = published && visitStep(new Lists(published), given.draw, unit);
  return step ? { ...proof, steps: [...proof.steps, step] } : proof;
}

function refuseUnit(): never {
  throw new Refused("名录里没有这家单位", "the register has no such unit");
}

async function audit(now: number): Promise<AuditReport> {
  const files = await office?.history();
  if (!files || !isHistory(files)) throw new Refused("这里没有抽取，也没有日志", "there is neither a draw nor a log here");
  return auditFolder(files, { now, seen: [] });
}

/** What does not read as a slip is most often a part of one, or another file. */
function readPasted(text: string): Slip {
  try {
    return readSlip(text);
  } catch (thrown) {
    if (!(thrown instanceof Refused) || thrown instanceof PartsMissing) throw thrown;
    const [zh, en] = thrown.line === undefined ? ["", ""] : [`第 ${thrown.line} 行，`, `line ${thrown.line}, `];
    throw new Refused(
      text.startsWith("yaohao/slip/") || text.startsWith("YH1/")
        ? `告知单内容不完整或有改动，请重新扫描全部二维码（${zh}${thrown.zh}）`
        : "这不是告知单的内容：请扫描告知单上的二维码，或者选择 slip-….txt 文件",
      text.startsWith("yaohao/slip/") || text.startsWith("YH1/")
        ? `the slip is cut short or changed; scan all its codes again (${en}${thrown.en})`
        : "this is no slip: scan the codes on it, or choose its file slip-….txt",
    );
  }
}

async function slip(question: SlipQuestion): Promise<SlipReport> {
  const { text, certificates, on } = question;
  const hash = (text: string | undefined): string | undefined => text && hexField(text, 32);
  const policy = question.logPolicy && readLogPolicy(new Uint8Array(await question.logPolicy.arrayBuffer()));
  const slip = readPasted(text);
  const known = slip.people.map(({ certificate }) => certificate);
  const cards = certificates.map((typed) => cardTyped(typed, known));
  return checkSlip(slip, { on: dayField(on), certificates: cards, policy, record: hash(question.record), change: hash(question.change) });
}

async function answer({ kind, of }: Question, tell: (progress: Progress) => void): Promise<Answer> {
  switch (kind) {
    case "open":
      kept = undefined;
      office = await Office.open(of.sources);
      return { folders: await office.list() };
    case "verify":
      return verify(of.folder, of.commitment, tell);
    case "find":
      return find(of.folder, of.text);
    case "prove":
      return proof(of.folder, of.unit);
    case "audit":
      return audit(of.now);
    case "slip":
      return slip(of);
  }
}

async function serve({ number, question }: Posted, reply: (reply: Reply) => void): Promise<void> {
  try {
    reply({ number, answer: await answer(question, (progress) => reply({ number, progress })) });
  } catch (thrown) {
    reply({ number, refused: wordsOf(thrown) });
  }
}

function wordsOf(thrown: unknown): { zh: string; en: string } {
  if (thrown instanceof Refused) {
    const [zh, en] = thrown.line === undefined ? ["", ""] : [`第 ${thrown.line} 行：`, `line ${thrown.line}: `];
    return { zh: `${zh}${thrown.zh}。`, en: `${en}${thrown.en}.` };
  }
  if (thrown instanceof Stop) return { zh: `${thrown.said.zh}。`, en: `${thrown.said.en}.` };
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return { zh: `核验程序出错，没有得出结论：${what}`, en: `The verifier has failed and come to no verdict: ${what}` };
}

const inWorker = typeof document === "undefined";
if (inWorker) {
  self.onmessage = (event: MessageEvent<Posted>) => void serve(event.data, (reply) => self.postMessage(reply));
  self.postMessage("ready");
} else {
  globalThis.yaohaoEngine = (posted, reply) => void serve(posted, reply);
}
