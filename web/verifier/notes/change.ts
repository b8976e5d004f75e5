// Changes of a log's key and of its witnesses: docs/spec/notes.md, Changes of keys.

import { type Suite, hex, suiteOf, utf8 } from "../digest.ts";
import { momentField } from "../moment.ts";
import { Reader, hashField, keyField, wordField } from "../reader.ts";
import { decimal, refuse } from "../text.ts";
import { type Key, readKey } from "./keys.ts";
import { type Note, wordOf } from "./note.ts";
import { type LogPolicy, judge, readLogPolicy, witnessesOf } from "./policy.ts";

export interface KeyChange {
  suite: Suite;
  office: string;
  number: bigint;
  kind: "rotate" | "lost" | "stolen" | "witness";
  old: Key;
  new: Key;
  /** Hashes of the log policies before and from then on. */
  before: string;
  policy: string;
}

/** Reads the text of a change. */
export function readChange(text: string): KeyChange {
  const reader = Reader.of(utf8(text), "yaohao/key-change/v1");
  const suite = reader.one("suite", (key) => suiteOf(key) ?? refuse(`没有这个套件：${key}`, `no such suite: ${key}`));
  const [office, number] = [reader.one("office", keyField), reader.one("number", decimal)];
  reader.one("at", momentField);
  const change: KeyChange = {
    suite,
    office,
    number,
    kind: reader.one("kind", (word) => wordField(word, ["rotate", "lost", "stolen", "witness"] as const)),
    old: reader.one("old", readKey),
    new: reader.one("new", readKey),
    before: reader.one("before", hashField),
    policy: reader.one("policy", hashField),
  };
  reader.end();
  return change;
}

const sameKey = (a: Key, b: Key): boolean => hex(a.bytes) === hex(b.bytes) && a.algorithm === b.algorithm;

/** The policy with that hash, and exactly that log. */
function policyOf(bytes: Uint8Array, hash: string, log: Key, suite: Suite): LogPolicy {
  if (suite.hex(bytes) !== hash) refuse("日志政策的杂凑不符", "a log policy has another hash");
  const policy = readLogPolicy(bytes);
  if (policy.logs.length !== 1 || policy.logs[0]!.text !== log.text) {
    refuse("日志政策写的不是这把密钥", "a log policy has another log");
  }
  return policy;
}

function checkKeys(change: KeyChange, before: LogPolicy, after: LogPolicy): void {
  if (change.old.name !== change.new.name) refuse("新旧密钥名称不同", "the keys have different names");
  if (change.kind === "witness") {
    if (change.old.text !== change.new.text) refuse("更换见证方时换了密钥", "the log's key changes with a witness");
  } else {
    if (sameKey(change.old, change.new)) refuse("新旧密钥相同", "both keys are the same");
    if (witnessesOf(before) !== witnessesOf(after)) refuse("换密钥时换了见证方", "the witnesses change with the key");
  }
}

function checkSignatures(change: KeyChange, note: Note, before: LogPolicy): void {
  const [old, next, judged] = [wordOf(change.old, note), wordOf(change.new, note), judge(before, note)];
  if (old.forged || next.forged || judged.forged.length) refuse("有伪造的签名行", "a signature line is false");
  if (next.time === undefined) refuse("新密钥没有签名", "the new key has not signed");
  if (change.kind === "rotate") {
    if (old.time === undefined) refuse("旧密钥没有签名", "the old key has not signed");
    return;
  }
  const impossible = change.kind !== "witness" && before.quorum === "none";
  if (impossible || judged.quorum === undefined) refuse("原见证方签名不足", "not enough of the witnesses so far have signed");
}

/** Refuses a change that does not hold between these two log policies. */
export function checkChange(note: Note, before: Uint8Array, after: Uint8Array): KeyChange {
  const change = readChange(note.text);
  const [from, to] = [
    policyOf(before, change.before, change.old, change.suite),
    policyOf(after, change.policy, change.new, change.suite),
  ];
  checkKeys(change, from, to);
  checkSignatures(change, note, from);
  return change;
}
