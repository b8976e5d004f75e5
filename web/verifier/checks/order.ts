// V12: the documents follow each other, in time, and a void says what it may.
// docs/spec/documents.md.

import { type Draw, late } from "../draw.ts";
import { type Moment, civilDay, clockText, dayText, momentText } from "../moment.ts";
import type { Heading } from "../reader.ts";
import { type Said, ensure, fail, notRun, said } from "../report.ts";

/** A document that is there, and whether the commitment asks for it. */
interface Link {
  name: string;
  before: string;
  heading: Heading;
  asked: boolean;
}

/** What reads the document of that name. */
function headingOf(draw: Draw, name: string): Heading {
  return draw.reader(name)?.() as Heading;
}

/** All documents that may follow the commitment, in their order, and whether it asks for them. */
function wanted(draw: Draw): [string, boolean][] {
  const voided = draw.has("void.txt");
  const late = lateDocuments(draw).map((name): [string, boolean] => [name, !voided]);
  return [
    ["ceremony.txt", draw.demandsRoom()],
    ["reveal.txt", true],
    ["beacon.txt", draw.demandsOutside()],
    ["void.txt", voided],
    ["record.txt", !voided],
    ...late,
    ["open.txt", !voided && draw.commit().mode === "sealed"],
  ];
}

/** Texts of all late changes up to the last, without the answer that is not there yet. */
function lateDocuments(draw: Draw): string[] {
  const last = Math.max(0, ...draw.lateChanges());
  const names: string[] = [];
  for (let n = 1; n <= last; n++) {
    names.push(`replace-${late(n)}-request.txt`);
    if (n < last || draw.isAnswered(n)) names.push(`replace-${late(n)}.txt`);
  }
  return names;
}

/** The documents that are there. One behind another that is missing cannot be judged. */
function chain(draw: Draw): Link[] {
  const links: Link[] = [];
  let [before, missing] = ["commit.txt", ""];
  for (const [name, asked] of wanted(draw)) {
    if (!draw.has(name)) {
      if (asked && !missing) missing = name;
      continue;
    }
    if (missing && asked && name !== "void.txt") notRun(`没有 ${missing}`, `${missing} is missing`);
    links.push({ name, before, heading: headingOf(draw, name), asked });
    if (asked) before = name;
  }
  return links;
}

/** V12 */
export function order(draw: Draw): Said {
  const commit = draw.commit();
  const links = chain(draw);
  if (!links.length) notRun("承诺之后还没有文件", "nothing follows the commitment yet");
  const times = new Map<string, Moment>([["commit.txt", commit.committed]]);
  for (const { name, heading } of links) times.set(name, heading.at);
  for (const { name, before, heading, asked } of links) {
    ensure(asked, `承诺没有要求 ${name}`, `the commitment does not ask for ${name}`);
    ensure(heading.draw.text === commit.draw.text, `${name} 是另一次抽取的`, `${name} is of another draw`);
    ensure(heading.after === draw.hash(before), `${name} 没有承接 ${before}`, `${name} does not name ${before}`);
    const at = times.get(before);
    ensure(at === undefined || heading.at >= at, `${name} 早于 ${before}`, `${name} is earlier than ${before}`);
  }
  if (draw.has("void.txt")) checkVoid(draw);
  for (const name of ["record.txt", "void.txt"]) {
    const at = times.get(name);
    const late = at !== undefined && at > commit.closeBy;
    if (late) fail(`${name} 晚于截止时间（${clockText(commit.closeBy)}）`, `${name} is after close-by, ${momentText(commit.closeBy)}`);
  }
  const opened = times.get("open.txt");
  if (opened !== undefined && civilDay(opened) > commit.openBy) {
    fail(`逾期公开：最晚应在 ${dayText(commit.openBy)}`, `LATE-OPEN: due by ${dayText(commit.openBy)}`);
  }
  return said(`承诺之后 ${links.length} 份文件依次相接，没有逾期`, `${links.length} documents follow the commitment in order and in time`);
}

/** Whether everything that the seed is made of, but for a nonce that is kept, is there. */
export function inputsComplete(draw: Draw): boolean {
  const room = !draw.demandsRoom() || draw.has("ceremony.txt");
  return room && draw.has("reveal.txt") && (!draw.demandsOutside() || draw.has("beacon.txt"));
}

/** documents.md, "Voids". */
function checkVoid(draw: Draw): void {
  const commit = draw.commit();
  const { reason, nonce, drawn } = draw.void();
  const complete = inputsComplete(draw);
  const only = complete ? undefined : draw.has("reveal.txt") ? "beacon" : draw.has("ceremony.txt") ? "party" : undefined;
  ensure(only === undefined || reason === only, `此时不能以 ${reason} 为由作废`, `a void for ${reason} is not allowed here`);
  const hands = complete || commit.carried !== undefined;
  ensure((drawn !== undefined) === hands, "作废文件该不该移交单位，与规则不合", "the void hands units on, or not, against the rule");
  const opens = complete && commit.mode === "sealed";
  ensure((nonce !== undefined) === opens, "作废文件该不该公开随机数，与规则不合", "the void opens a nonce, or not, against the rule");
}
