// Published results: what became of drawn visits, and penalties, in numbered lists beside
// the draws: docs/spec/results.md.

import { type Day, type Moment, dayField, momentField } from "./moment.ts";
import { Reader, different, drawNumber, hashField, idField, keyField, wordField } from "./reader.ts";
import { Refused, decimal, fields, refuse, words } from "./text.ts";

const SMALL = 1n << 32n;
const MEASURES = ["at-once", "by-date", "fine", "seal", "stop", "transfer"] as const;

/** What the words for an item mean. */
export const OUTCOMES: Record<string, string> = {
  "no-problem": "未发现问题",
  unreachable: "通过登记的住所（经营场所）无法联系",
  "closed-down": "已关闭停业或正在组织清算",
  uncooperative: "不配合检查情节严重",
  deregistered: "注销",
  revoked: "被吊销",
  withdrawn: "被撤销",
  "moved-out": "迁出",
  corrected: "发现问题经责令已改正",
  open: "发现问题待后续处理",
  "not-applicable": "未发现开展本次抽查涉及的经营活动",
};

/** One line of a list. */
export interface Told {
  /** As it stands. */
  text: string;
  word: "again" | "closed" | "penalty" | "result";
  /** The number; of `result` and `closed` draw and unit. */
  key: string;
  /** Undefined of a penalty; so is the unit. */
  draw: string | undefined;
  unit: string | undefined;
  /** Undefined where there was no visit. */
  day: Day | undefined;
  hazards: bigint;
  rectified: bigint;
  /** Ids and outcomes. */
  items: [item: string, outcome: string][];
}

/** Without what every line has. */
type Fields = Omit<Told, "text" | "word">;

export interface List {
  office: string;
  number: number;
  /** SHA-256 of the list before; `none` of the first. */
  after: string;
  at: Moment;
  /** Of the office's journal. */
  entries: bigint;
  lines: Told[];
}

/** The number in the name of a list; undefined if no list has such a name. */
export function listNumber(name: string): number | undefined {
  const number = Number(/^results-([0-9]{4}|[1-9][0-9]{4,9})\.txt$/.exec(name)?.[1] ?? 0);
  return number > 0 && number < Number(SMALL) ? number : undefined;
}

export const listName = (number: number): string => `results-${String(number).padStart(4, "0")}.txt`;

const positive = (text: string): bigint => decimal(text, SMALL) || refuse("从 1 起", "it begins at 1");

/** `<name>=<value>` separated by commas, names rising; none for `-`. */
function pairs(text: string): [string, string][] {
  if (text === "-") return [];
  const all = text.split(",").map((word): [string, string] => {
    const [name, value, ...more] = word.split("=");
    return value === undefined || more.length ? refuse(`不是一对：${word}`, `not a pair: ${word}`) : [name!, value];
  });
  rising(all.map(([name]) => name));
  return all;
}

/** Refuses what does not rise in the order of bytes, which is that of code points. */
function rising(texts: readonly string[]): void {
  const isBefore = (a: string, b: string): boolean => {
    const [x, y] = [Array.from(a), Array.from(b)];
    const at = x.findIndex((c, i) => c !== y[i]);
    return at < 0 ? x.length < y.length : y[at] !== undefined && x[at]!.codePointAt(0)! < y[at].codePointAt(0)!;
  };
  if (!texts.slice(1).every((text, i) => isBefore(texts[i]!, text))) refuse("次序不对", "not in rising order");
}

/** `<year>/<kind>/<n>`, *n* as in the name of a list. */
function numberField(text: string, kind: string): string {
  const [year, word, n, ...more] = text.split("/");
  const isNumber = /^(?!0000)[0-9]{4}$/.test(year!) && word === kind && !more.length && listNumber(`results-${n}.txt`) !== undefined;
  return isNumber ? text : refuse(`不是编号：${text}`, `not a number: ${text}`);
}

const NOTHING = { draw: undefined, unit: undefined, day: undefined, hazards: 0n, rectified: 0n, items: [] as Told["items"] };

/** `<draw> <unit> <day> <hazards> <rectified> <measures> <items>`, as far as they go. */
function visit(parts: readonly string[], count: number): Omit<Fields, "key"> {
  if (parts.length !== count) refuse("栏目数不对", "not the fields of the form");
  const [draw, unit, day, hazards, rectified, measures, items] = parts;
  const where = { ...NOTHING, draw: drawNumber(draw!).text, unit: idField(unit!) };
  if (day === undefined) return where;
  for (const [name, count] of pairs(measures!)) {
    wordField(name, MEASURES);
    positive(count);
  }
  const found = pairs(items!);
  for (const [item, outcome] of found) {
    idField(item);
    wordField(outcome, Object.keys(OUTCOMES));
  }
  const counts = { hazards: decimal(hazards!, SMALL), rectified: decimal(rectified!, SMALL) };
  return { ...where, ...counts, day: dayField(day), items: found };
}

function again(rest: string): Fields {
  const [number, ...parts] = words(rest);
  return { ...visit(parts, 7), key: numberField(number!, "reinspection") };
}

function penalty(rest: string): Fields {
  const [number, day, unit, yuan] = fields(rest, 5) as [string, string, string, string];
  if (unit !== "-") idField(unit);
  decimal(yuan);
  return { ...NOTHING, key: numberField(number, "penalty"), day: dayField(day) };
}

function result(rest: string): Fields {
  const found = visit(words(rest), 7);
  if (!found.items.length || found.rectified > found.hazards) refuse("与检查结果的格式不符", "no result of a visit");
  return { ...found, key: `${found.draw} ${found.unit}` };
}

function closed(rest: string): Fields {
  return { ...visit(words(rest), 2), key: rest };
}

/** Reads a list. */
export function readList(bytes: Uint8Array): List {
  const reader = Reader.of(bytes, "yaohao/results/v1");
  const list = {
    office: reader.one("office", keyField),
    number: Number(reader.one("number", positive)),
    after: reader.one("after", (text) => (text === "none" ? text : hashField(text))),
  };
  if ((list.number === 1) !== (list.after === "none")) refuse("第 1 份才没有上一份", "list 1, and no other, has none before it");
  return { ...list, at: reader.one("at", momentField), entries: reader.one("journal", journalField), lines: linesOf(reader, list.office) };
}

function journalField(text: string): bigint {
  const [entries, hash] = fields(text, 2);
  hashField(hash!);
  return positive(entries!);
}

/** The lines rise as a whole, so that those of a word stand together. */
function linesOf(reader: Reader, office: string): Told[] {
  const all = Object.entries({ again, closed, penalty, result }).flatMap(([word, parse]) => {
    const told = reader.all(word, (rest): Told => ({ ...parse(rest), text: `${word} ${rest}`, word: word as Told["word"] }));
    rising(told.map(({ text }) => text));
    return told;
  });
  reader.end();
  if (!all.length) refuse("没有内容", "it says nothing");
  different(all.map(({ key }) => key));
  if (all.some(({ draw }) => draw?.startsWith(`${office}/`) === false)) refuse("有别的机关的抽取", "a draw of another office");
  return all;
}

/** The folder `results`; a folder in it stands as `name/`. */
export class Lists {
  readonly files = new Map<number, Uint8Array>();
  /** What reads, in order, whatever number it says it has. */
  readonly read = new Map<number, List>();
  readonly refused = new Map<number, Refused>();

  constructor(readonly folder: ReadonlyMap<string, Uint8Array>) {
    const named = [...folder].flatMap(([name, bytes]): [number, Uint8Array][] => {
      const number = listNumber(name);
      return number === undefined ? [] : [[number, bytes]];
    });
    for (const [number, bytes] of named.sort(([a], [b]) => a - b)) {
      this.files.set(number, bytes);
      try {
        this.read.set(number, readList(bytes));
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        this.refused.set(number, thrown);
      }
    }
  }

  /** In order, those that say their own number. */
  counting(): List[] {
    return [...this.read].filter(([number, list]) => number === list.number).map(([, list]) => list);
  }
}
