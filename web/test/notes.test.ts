// Signed notes against tests/note/known, and small forgeries of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Refused } from "../verifier/text.ts";
import { utf8 } from "../verifier/digest.ts";
import { readKey } from "../verifier/notes/keys.ts";
import { readCheckpoint, readNote } from "../verifier/notes/note.ts";
import { isSigned, judge, readLogPolicy } from "../verifier/notes/policy.ts";
import { checkChange } from "../verifier/notes/change.ts";

const known = (name: string): Uint8Array => new Uint8Array(readFileSync(`../tests/note/known/${name}`));
const text = (name: string): string => new TextDecoder().decode(known(name));

test("the known checkpoint has log, witnesses of both suites and quorum", () => {
  const judged = judge(readLogPolicy(known("log-policy.txt")), readNote(known("checkpoint")));
  assert.deepEqual([isSigned(judged), judged.quorum, judged.times.size], [true, 1_795_413_999, 2]);
  assert.equal(readCheckpoint(readNote(known("checkpoint")).text).size, 20852163n);
});

test("a changed letter of the text makes every known line false", () => {
  const changed = utf8(text("checkpoint").replace("20852163", "20852164"));
  const judged = judge(readLogPolicy(known("log-policy.txt")), readNote(changed));
  assert.deepEqual([judged.signed, judged.times.size, judged.quorum], [false, 0, undefined]);
  assert.deepEqual(judged.forged, ["fire.example/yaohao", "discipline", "archive"]);
});

test("the known change of keys holds in one direction only", () => {
  const [note, before, after] = [readNote(known("key-001.txt")), known("log-policy.txt"), known("key-001-policy.txt")];
  assert.equal(checkChange(note, before, after).kind, "lost");
  assert.throws(() => checkChange(note, after, before), Refused);
  for (const line of [0, 1, 2]) {
    const fewer = { ...note, signatures: note.signatures.filter((_, i) => i !== line) };
    assert.throws(() => checkChange(fewer, before, after), Refused, String(line));
  }
});

test("keys have one form", () => {
  for (const name of ["log.vkey", "sm2.vkey", "witness.vkey"]) assert.equal(readKey(text(name).trim()).text, text(name).trim());
  const good = text("log.vkey").trim();
  for (const bad of [good.replace("358a", "358A"), good.replace("+A", "+B"), `${good}=`, good.replace("fire", "fi re"), ""]) {
    assert.throws(() => readKey(bad), Refused, bad);
  }
});

test("notes have one form", () => {
  const good = text("checkpoint");
  const bad = [good.slice(0, -1), good.replace("— ", "- "), good.replace("\n\n", "\n"), good.replace("— f", "—  f"), `${good}\n`, good.replace("=\n\n", "=\t\n\n")];
  for (const note of bad) assert.throws(() => readNote(utf8(note)), Refused, note);
  const line = good.slice(good.indexOf("— "), good.indexOf("\n", good.indexOf("— ")) + 1);
  assert.equal(readNote(utf8(`a\n\n${line.repeat(80)}`)).signatures.length, 80);
  assert.throws(() => readNote(utf8(`a\n\n${line.repeat(81)}`)), Refused);
});
