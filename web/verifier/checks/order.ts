// V12: the documents follow each other, in time, and a void says what it may.
// docs/spec/documents.md.

import { type Draw, late } from "../draw.ts";
import { type Moment, civilDay, dayText, momentText } from "../moment.ts";
import type { Heading } from "../reader.ts";
import { type Said, ensure, fail, notRun, said } from "../report.ts";

/** A document after the commitment, and the name of the one before it. */
interface Link {
  name: string;
  before: string;
  heading: Heading;
  /** Whether the commitment asks for such a document. */
  asked: boolean;
}

/** Ceremony, reveal and beacon as far as they are there, each behind the one it needs. */
function inputs(draw: Draw): Link[] {
  const { beacons } = draw.commit();
  const [room, outside] = [draw.demandsRoom(), draw.demandsOutside()];
  const links: Link[] = [];
  const last = (): string => links[links.length - 1]?.name ?? "commit.txt";
  const recorded = draw.has("record.txt");
  const revealed = recorded || draw.has("reveal.txt") || draw.has("beacon.txt");
  if (draw.has("ceremony.txt") || (room && revealed)) {
    links.push({ name: "ceremony.txt", before: last(), heading: draw.ceremony(), asked: room });
  }
  if (revealed) links.push({ name: "reveal.txt", before: last(), heading: draw.reveal(), asked: true });
  if (draw.has("beacon.txt") || (outside && recorded)) {
    links.push({ name: "beacon.txt", before: last(), heading: draw.beacon(), asked: outside && beacons.length > 0 });
  }
  return links;
}

/** Requests and replacements whose texts are public. */
function changes(draw: Draw): Link[] {
  const links: Link[] = [];
  let before = "record.txt";
  const shown = draw.commit().mode === "open" || draw.isOpened();
  for (const n of draw.lateChanges()) {
    const [request, answer] = [`replace-${late(n)}-request.txt`, `replace-${late(n)}.txt`];
    if (shown || draw.has(request)) links.push({ name: request, before, heading: draw.request(n), asked: true });
    before = request;
    if (!draw.has(answer) && !(shown && draw.isAnswered(n))) continue;
    links.push({ name: answer, before, heading: draw.replacement(n), asked: true });
    before = answer;
  }
  return links;
}

/** All documents after the commitment, in their order. */
function chain(draw: Draw): Link[] {
  const links = inputs(draw);
  const last = links[links.length - 1]?.name ?? "commit.txt";
  if (draw.has("void.txt")) links.push({ name: "void.txt", before: last, heading: draw.void(), asked: true });
  const opened = draw.has("open.txt");
  const late = changes(draw);
  if (draw.has("record.txt") || opened || late.length) {
    links.push({ name: "record.txt", before: last, heading: draw.record(), asked: true });
  }
  links.push(...late);
  if (opened) {
    const before = late[late.length - 1]?.name ?? "record.txt";
    const asked = draw.commit().mode === "sealed";
    links.push({ name: "open.txt", before, heading: draw.opening(), asked });
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
    if (late) fail(`${name} 晚于截止时间 ${momentText(commit.closeBy)}`, `${name} is after close-by, ${momentText(commit.closeBy)}`);
  }
  const opened = times.get("open.txt");
  if (opened !== undefined && civilDay(opened) > commit.openBy) {
    fail(`逾期公开：应在 ${dayText(commit.openBy)} 以前`, `LATE-OPEN: due by ${dayText(commit.openBy)}`);
  }
  return said(`承诺之后 ${links.length} 份文件依次相接，没有逾期`, `${links.length} documents follow the commitment in order and in time`);
}

/** Whether everything that the seed is made of, but for a nonce that is kept, is there. */
export function inputsComplete(draw: Draw): boolean {
  return draw.has("reveal.txt") && (!draw.demandsOutside() || draw.has("beacon.txt"));
}

/** documents.md, "Voids". */
function checkVoid(draw: Draw): void {
  const commit = draw.commit();
  const { reason, nonce, drawn } = draw.void();
  const complete = inputsComplete(draw);
  const only = complete ? undefined : draw.has("reveal.txt") ? "beacon" : draw.has("ceremony.txt") ? "party" : undefined;
  ensure(only === undefined || reason === only, `此时不能以 ${reason} 为由作废`, `a void for ${reason} is not allowed here`);
  const hands = complete || commit.carried !== undefined;
  ensure((drawn !== undefined) === hands, "作废文件应否交出单位不合", "the void hands units on, or not, against the rule");
  const opens = complete && commit.mode === "sealed";
  ensure((nonce !== undefined) === opens, "作废文件应否公开随机数不合", "the void opens a nonce, or not, against the rule");
}
