// The engine's side: it keeps what was opened, and answers the page. It runs in a worker,
// or in the page where there is none.

import type { Answer, DrawReport, Found, Posted, Progress, Question, Reply, SlipQuestion } from "./messages.ts";
import { Office } from "./office.ts";
import { Draw } from "../verifier/draw.ts";
import { givenOf } from "../verifier/given.ts";
import { dayField } from "../verifier/moment.ts";
import { readLogPolicy } from "../verifier/notes/policy.ts";
import { type Proof, nameIn, prove } from "../verifier/proof.ts";
import { type Check, Stop } from "../verifier/report.ts";
import { type SlipReport, checkSlip } from "../verifier/slip/check.ts";
import { readSlip } from "../verifier/slip/text.ts";
import { Refused } from "../verifier/text.ts";
import { CHECKS, checkOne, verdictOf } from "../verifier/verify.ts";
import type { Lines } from "../verifier/text.ts";

/** As many hits as a person reads. */
const HITS = 50;

let office: Office | undefined;
let kept: { folder: string; draw: Draw } | undefined;

/** The draw of a folder, read once as long as nothing else is asked. */
async function drawOf(folder: string, commitment?: string): Promise<Draw> {
  const opened = office;
  if (!opened) throw new Refused("还没有选择文件", "nothing has been opened yet");
  if (kept?.folder !== folder) {
    const [files, predecessor, log, verifier] = await Promise.all([
      opened.draw(folder),
      opened.predecessor(folder),
      opened.neighbour(folder, "log"),
      opened.neighbour(folder, "verifier"),
    ]);
    const known = Object.fromEntries(Object.entries({ predecessor, log, verifier }).filter(([, value]) => value !== undefined));
    kept = { folder, draw: new Draw(files, known) };
  }
  if (commitment !== undefined) kept.draw.known.commitment = commitment;
  else delete kept.draw.known.commitment;
  return kept.draw;
}

/** Lets a page that has no worker paint. */
const breathe = (): Promise<void> => (inWorker ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve)));

async function verify(folder: string, commitment: string | undefined, tell: (progress: Progress) => void): Promise<DrawReport> {
  kept = undefined;
  const start = performance.now();
  const draw = await drawOf(folder, commitment);
  const checks: Check[] = [];
  for (const question of CHECKS) {
    checks.push(checkOne(question, draw));
    tell({ check: checks.at(-1)!, done: checks.length, total: CHECKS.length });
    await breathe();
  }
  const milliseconds = performance.now() - start;
  return { folder, ...identity(draw), checks, verdict: verdictOf(checks, draw), milliseconds };
}

/** Number and commitment, if commit.txt reads. */
function identity(draw: Draw): { draw: string | undefined; commitment: string | undefined } {
  try {
    return { draw: draw.commit().draw.text, commitment: draw.hash("commit.txt") };
  } catch (thrown) {
    if (thrown instanceof Stop) return { draw: undefined, commitment: undefined };
    throw thrown;
  }
}

async function find(folder: string, text: string): Promise<{ found: Found[]; more: boolean }> {
  const { units } = givenOf(await drawOf(folder));
  const found: Found[] = [];
  for (let i = 1; i < units.length; i++) {
    const hit = hitAt(units, i, text);
    if (hit?.id === text) return { found: [hit], more: false };
    if (!hit) continue;
    if (found.length === HITS) return { found, more: true };
    found.push(hit);
  }
  return { found, more: false };
}

function hitAt(units: Lines, i: number, text: string): Found | undefined {
  const line = units.text(i);
  const id = line.slice(0, line.indexOf(" "));
  const name = nameIn(line);
  return id.includes(text) || name?.includes(text) ? { id, name } : undefined;
}

async function proof(folder: string, unit: string): Promise<Proof> {
  const proof = prove(givenOf(await drawOf(folder)), unit);
  return proof ?? refuseUnit();
}

function refuseUnit(): never {
  throw new Refused("名录里没有这家单位", "the register has no such unit");
}

async function slip(question: SlipQuestion): Promise<SlipReport> {
  const { text, certificates, on, record, change } = question;
  const policy = question.logPolicy && readLogPolicy(new Uint8Array(await question.logPolicy.arrayBuffer()));
  return checkSlip(readSlip(text), { on: dayField(on), certificates, policy, record, change });
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
