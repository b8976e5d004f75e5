// Texts: the one form of everything that is hashed, docs/spec/README.md, "Texts".

/** What a text is not, and why. `line` counts from 1. */
export class Refused extends Error {
  constructor(
    readonly zh: string,
    readonly en: string,
    readonly line?: number,
  ) {
    super(en);
  }
}

/** Refuses the text, at a line if it is known. */
export function refuse(zh: string, en: string, line?: number): never {
  throw new Refused(zh, en, line);
}

const LF = 0x0a;
const SPACE = 0x20;

/** Lines of a text as bytes: a register of a million units stays one array. */
export class Lines {
  /** Where line i begins; one more entry marks the end. */
  private constructor(
    readonly bytes: Uint8Array,
    private readonly starts: Uint32Array,
  ) {}

  /** Reads a text, its form only: tag and fields are for whoever asks. */
  static read(bytes: Uint8Array): Lines {
    checkUtf8(bytes);
    let count = 0;
    for (const byte of bytes) if (byte === LF) count++;
    const starts = new Uint32Array(count + 1);
    let line = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === LF) {
        checkEnds(bytes, starts[line]!, at, line + 1);
        starts[++line] = at + 1;
      } else if (byte < 0x20 || byte === 0x7f || (byte >= 0xc2 && isForbidden(bytes, at))) {
        refuse("含有不允许的字符", "a character that is not allowed", line + 1);
      }
    }
    if (bytes.length === 0) refuse("是空的", "it is empty");
    if (starts[line] !== bytes.length) refuse("最后一行没有换行", "the last line has no line feed", line + 1);
    return new Lines(bytes, starts);
  }

  /** How many lines, the tag among them. */
  get length(): number {
    return this.starts.length - 1;
  }

  /** Line `i` from 0, as bytes without its line feed. */
  raw(i: number): Uint8Array {
    return this.bytes.subarray(this.starts[i]!, this.starts[i + 1]! - 1);
  }

  /** Line `i` from 0. */
  text(i: number): string {
    return decoder.decode(this.raw(i));
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function checkUtf8(bytes: Uint8Array): void {
  const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const chunk = 1 << 20;
  try {
    for (let at = 0; at < bytes.length; at += chunk) whole.decode(bytes.subarray(at, at + chunk), { stream: true });
    whole.decode();
  } catch {
    refuse("不是 UTF-8", "it is not UTF-8");
  }
}

/** U+0080–U+009F, U+FEFF and U+FFFD, in UTF-8 that is known to be valid. */
function isForbidden(bytes: Uint8Array, at: number): boolean {
  const [a, b, c] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]];
  if (a === 0xc2) return b < 0xa0;
  return a === 0xef && ((b === 0xbb && c === 0xbf) || (b === 0xbf && c === 0xbd));
}

function checkEnds(bytes: Uint8Array, start: number, end: number, line: number): void {
  if (start === end) refuse("有空行", "an empty line", line);
  if (bytes[start] === SPACE || bytes[end - 1] === SPACE) {
    refuse("行首或行尾有空格", "a line begins or ends with a space", line);
  }
}

/** The lines of a short text, the tag taken off, which must be `tag`. */
export function readText(bytes: Uint8Array, tag: string): string[] {
  const lines = Lines.read(bytes);
  if (lines.text(0) !== tag) refuse(`第一行不是 ${tag}`, `the first line is not ${tag}`, 1);
  return Array.from({ length: lines.length - 1 }, (_, i) => lines.text(i + 1));
}

/** A decimal number below `below`, in its one form. */
export function decimal(field: string, below: bigint = 1n << 64n): bigint {
  if (!/^(0|[1-9][0-9]*)$/.test(field) || field.length > 40 || BigInt(field) >= below) {
    refuse(`不是应有的数：${field}`, `not a number of the form: ${field}`);
  }
  return BigInt(field);
}

/** `bytes` bytes in lower-case hex. */
export function hexField(field: string, bytes: number): string {
  if (field.length !== 2 * bytes || !/^[0-9a-f]+$/.test(field)) {
    refuse(`不是 ${bytes} 字节的十六进制：${field}`, `not ${bytes} bytes in hex: ${field}`);
  }
  return field;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9\-_./]{0,63}$/;
const KEY = /^[a-z][a-z0-9-]{0,31}$/;

/** An id: of a unit, a certificate, a party. */
export const isId = (text: string): boolean => ID.test(text);
/** A key: of an office, a zone, a rule. */
export const isKey = (text: string): boolean => KEY.test(text);

/** Splits a line at single spaces into `count` fields; the last one keeps its spaces. */
export function fields(line: string, count: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (parts.length < count - 1) {
    const at = rest.indexOf(" ");
    if (at < 1) refuse(`栏目数不对：${line}`, `not the fields of the form: ${line}`);
    parts.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  if (rest === "" || rest.startsWith(" ")) refuse(`栏目是空的：${line}`, `an empty field: ${line}`);
  return [...parts, rest];
}

/** Splits a line at every space; no field may be empty. */
export function words(line: string): string[] {
  const parts = line.split(" ");
  if (parts.includes("")) refuse(`栏目是空的：${line}`, `an empty field: ${line}`);
  return parts;
}
