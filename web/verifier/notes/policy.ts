// Log policies: which log, which witnesses, how many are enough: docs/spec/notes.md.

import { hex } from "../digest.ts";
import { refuse } from "../text.ts";
import { type Key, readKey } from "./keys.ts";
import { type Note, wordOf } from "./note.ts";

/** A group of a policy: `k` of its members, which stand above it. */
interface Members {
  k: number;
  members: string[];
}

export interface LogPolicy {
  logs: Key[];
  /** By the policy's own names, in its order. */
  witnesses: Map<string, Key>;
  groups: Map<string, Members>;
  /** A name of a witness or a group, or `none`. */
  quorum: string;
}

const MOST = 64;
const MOST_BYTES = 65_536;

/** The lines of a policy in words, without comments; `line` counts from 1. */
function wordLines(bytes: Uint8Array): { line: number; words: string[] }[] {
  if (bytes.length > MOST_BYTES) refuse("日志政策太长", "the log policy is too long");
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    refuse("日志政策不是 UTF-8", "the log policy is not UTF-8");
  }
  if (!text.endsWith("\n") || /[\0-\x08\x0b-\x1f\x7f]/.test(text)) {
    refuse("日志政策不是规定的文本", "the log policy is not a text of its form");
  }
  return text
    .slice(0, -1)
    .split("\n")
    .map((line, i) => ({ line: i + 1, words: line.split(/[ \t]+/).filter((word) => word !== "") }))
    .filter(({ words }) => words.length > 0 && !words[0]!.startsWith("#"));
}

/** How many of `members` a group asks for; 0 if the word is none of its form. */
function enough(word: string | undefined, members: number): number {
  if (word === "any") return 1;
  if (word === "all") return members;
  return /^[1-9][0-9]?$/.test(word ?? "") ? Number(word) : 0;
}

/** Reads a policy line by line; what is wrong is refused where it stands. */
class Reader {
  readonly policy: LogPolicy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: "" };
  private readonly grouped = new Set<string>();
  private line = 0;

  read(line: number, words: string[]): void {
    this.line = line;
    const [kind, ...rest] = words;
    if (kind === "log") this.log(rest);
    else if (kind === "witness") this.witness(rest);
    else if (kind === "group") this.group(rest);
    else if (kind === "quorum") this.quorum(rest);
    else this.wrong();
  }

  private wrong(): never {
    return refuse(`日志政策第 ${this.line} 行不对`, `line ${this.line} of the log policy is wrong`, this.line);
  }

  private key(text: string, timed: boolean, others: Iterable<Key>): Key {
    const key = readKey(text);
    if (key.timed !== timed || [...others].some((other) => hex(other.bytes) === hex(key.bytes))) this.wrong();
    return key;
  }

  private log(rest: string[]): void {
    if (rest.length < 1 || rest.length > 2 || this.policy.logs.length === MOST) this.wrong();
    this.policy.logs.push(this.key(rest[0]!, false, this.policy.logs));
  }

  private fresh(name: string | undefined): string {
    if (name === undefined || name === "none" || this.isKnown(name)) this.wrong();
    return name;
  }

  private isKnown(name: string): boolean {
    return this.policy.witnesses.has(name) || this.policy.groups.has(name);
  }

  private witness(rest: string[]): void {
    const { witnesses } = this.policy;
    if (rest.length < 2 || rest.length > 3 || witnesses.size === MOST) this.wrong();
    witnesses.set(this.fresh(rest[0]), this.key(rest[1]!, true, witnesses.values()));
  }

  private group([name, count, ...members]: string[]): void {
    if (this.policy.groups.size === MOST) this.wrong();
    for (const member of members) {
      if (!this.isKnown(member) || this.grouped.has(member)) this.wrong();
      this.grouped.add(member);
    }
    const k = enough(count, members.length);
    if (k < 1 || k > members.length) this.wrong();
    this.policy.groups.set(this.fresh(name), { k, members });
  }

  private quorum([name, ...more]: string[]): void {
    if (name === undefined || more.length || this.policy.quorum !== "") this.wrong();
    if (name !== "none" && !this.isKnown(name)) this.wrong();
    this.policy.quorum = name;
  }
}

/** Reads log-policy.txt. */
export function readLogPolicy(bytes: Uint8Array): LogPolicy {
  const reader = new Reader();
  for (const { line, words } of wordLines(bytes)) reader.read(line, words);
  if (reader.policy.quorum === "") refuse("日志政策没有 quorum", "the log policy has no quorum");
  return reader.policy;
}

/** When the quorum was reached, 0 where none is asked for; undefined if it was not. */
export function quorumTime(policy: LogPolicy, times: Map<string, number>, name = policy.quorum): number | undefined {
  if (name === "none") return 0;
  const group = policy.groups.get(name);
  if (!group) return times.get(name);
  const reached = group.members.map((member) => quorumTime(policy, times, member));
  const known = reached.filter((time) => time !== undefined).sort((a, b) => a - b);
  return known[group.k - 1];
}

/** A note held against a policy. */
export interface Judged {
  /** A log of the policy, under the name that the text begins with, signed it. */
  signed: boolean;
  /** When each witness signed. */
  times: Map<string, number>;
  /** When the quorum was reached. */
  quorum: number | undefined;
  /** Names of logs, and the policy's names of witnesses, whose lines are false. */
  forged: string[];
}

/** Holds a note against a policy. */
export function judge(policy: LogPolicy, note: Note): Judged {
  const origin = note.text.slice(0, note.text.indexOf("\n"));
  const forged: string[] = [];
  let signed = false;
  for (const key of policy.logs) {
    const word = wordOf(key, note);
    if (word.forged) forged.push(key.name);
    else if (word.time !== undefined && key.name === origin) signed = true;
  }
  const times = new Map<string, number>();
  for (const [name, key] of policy.witnesses) {
    const word = wordOf(key, note);
    if (word.forged) forged.push(name);
    else if (word.time !== undefined) times.set(name, word.time);
  }
  return { signed, times, quorum: quorumTime(policy, times), forged };
}

/** Whether a log of the policy has signed, and nothing below the note is false. */
export const isSigned = (judged: Judged): boolean => judged.signed && judged.forged.length === 0;

const keysOf = (keys: Iterable<[string, Key]>): string[][] => [...keys].map(([name, key]) => [name, key.text]);

/** Everything of a policy but its logs, in a form to compare. */
export const witnessesOf = (policy: LogPolicy): string =>
  JSON.stringify([keysOf(policy.witnesses), [...policy.groups], policy.quorum]);

/** Whether two policies say the same, whatever their comments. */
export const isSamePolicy = (a: LogPolicy, b: LogPolicy): boolean =>
  witnessesOf(a) === witnessesOf(b) && a.logs.map(({ text }) => text).join(" ") === b.logs.map(({ text }) => text).join(" ");
