// Signed notes and checkpoints as they are written: docs/spec/notes.md.

import { decimal, refuse } from "../text.ts";
import { hex } from "../digest.ts";
import { fromBase64 } from "./base64.ts";
import { type Key, isKeyName, timeSigned } from "./keys.ts";

const MOST_LINES = 80;
const MOST_BYTES = 262_144;

/** A signature line: whose it says it is, and the signature behind the key's id. */
export interface Signature {
  name: string;
  id: string;
  bytes: Uint8Array;
}

export interface Note {
  text: string;
  signatures: Signature[];
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) refuse("签名文本太长", "the note is too long");
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse("签名文本不是 UTF-8", "the note is not UTF-8");
  }
}

/** Reads a signature line without its dash: `<name> <base64>`. */
export function readSignature(line: string): Signature {
  const parts = /^([^ ]+) ([^ ]+)$/.exec(line);
  const whole = parts && fromBase64(parts[2]!);
  if (!parts || !whole || whole.length < 5 || !isKeyName(parts[1]!)) {
    return refuse(`不是签名行：${line}`, `not a signature line: ${line}`);
  }
  return { name: parts[1]!, id: hex(whole.subarray(0, 4)), bytes: whole.subarray(4) };
}

/** Reads `text ‖ LF ‖ signature lines`. */
export function readNote(bytes: Uint8Array): Note {
  const whole = decode(bytes);
  const end = whole.lastIndexOf("\n\n");
  if (end < 0 || !whole.endsWith("\n")) refuse("不是签名文本", "not a signed note");
  const [text, lines] = [whole.slice(0, end + 1), whole.slice(end + 2, -1).split("\n")];
  if (/[\0-\x09\x0b-\x1f]/.test(text)) refuse("签名文本含控制字符", "a control character in the note");
  if (lines.length > MOST_LINES) refuse("签名行太多", "too many signature lines");
  const signatures = lines.map((line) =>
    line.startsWith("— ") ? readSignature(line.slice(2)) : refuse(`不是签名行：${line}`, `not a signature line: ${line}`),
  );
  return { text, signatures };
}

/** What a key says below a note. */
export interface Word {
  /** The earliest time of its valid lines, 0 for a key without a time; undefined without any. */
  time: number | undefined;
  /** A line of this key does not verify. */
  forged: boolean;
}

/** What `key` says below the note. */
export function wordOf(key: Key, note: Note): Word {
  const lines = note.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  const times = lines.map(({ bytes }) => timeSigned(key, note.text, bytes));
  const valid = times.filter((time) => time !== undefined);
  const time = valid.length ? Math.min(...valid) : undefined;
  return { time, forged: valid.length < times.length };
}

/** A checkpoint's three lines. */
export interface Checkpoint {
  origin: string;
  size: bigint;
  /** Hex. */
  root: string;
}

/** Reads the text of a note as a checkpoint. */
export function readCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const root = fromBase64(lines[2] ?? "");
  if (lines.length !== 4 || lines[3] !== "" || !isKeyName(lines[0]!) || root?.length !== 32) {
    refuse("不是日志检查点", "not a checkpoint");
  }
  return { origin: lines[0]!, size: decimal(lines[1]!, 1n << 63n), root: hex(root) };
}
