// V01 to V03: the files themselves. docs/spec/verify.md; README.md, "The files of a draw".

import { isOutside } from "../beacons.ts";
import type { Commit } from "../commit.ts";
import { hex, sha256 } from "../digest.ts";
import { type Draw, RESULT, late, lateNumber } from "../draw.ts";
import { type Said, ensure, fail, notRun, said } from "../report.ts";

const COMMIT = ["commit.txt", "policy.toml", "items.txt", "units.txt", "inspectors.txt"];
const INPUTS = ["ceremony.txt", "reveal.txt", "beacon.txt"];
const RECORD = ["record.txt", "record.sha256"];
const OPEN = ["open.txt", "open.sha256"];
const VOID = ["void.txt", "void.sha256"];

const NAMES = new Set([
  ...[...COMMIT, "commit.sha256", "odds.txt", "carried.txt", ...INPUTS, ...RECORD, "sealed.bin"],
  ...[...RESULT, ...OPEN, ...VOID, "voided.txt"],
]);

/** Whether files of that name belong to draws. */
export const isKnown = (name: string): boolean => NAMES.has(name) || lateNumber(name) !== undefined;

/** Tells what is missing or too much. */
class Presence {
  constructor(private readonly draw: Draw) {}

  needed(names: readonly string[]): void {
    for (const name of names) ensure(this.draw.has(name), `缺 ${name}`, `${name} is missing`);
  }

  none(names: readonly string[]): void {
    for (const name of names) ensure(!this.draw.has(name), `不应有 ${name}`, `${name} should not be there`);
  }

  exactly(due: boolean, names: readonly string[]): void {
    if (due) this.needed(names);
    else this.none(names);
  }

  any(names: readonly string[]): boolean {
    return names.some((name) => this.draw.has(name));
  }
}

/** V01 */
export function files(draw: Draw): Said {
  const presence = new Presence(draw);
  for (const name of draw.files.keys()) {
    ensure(isKnown(name), `不认识的文件：${name}`, `unknown file: ${name}`);
  }
  presence.needed([...COMMIT, "commit.sha256"]);
  const recorded = presence.any(RECORD);
  const voided = presence.any(VOID);
  if (recorded) presence.needed([...RECORD, "reveal.txt"]);
  if (draw.has("beacon.txt")) presence.needed(["reveal.txt"]);
  if (presence.any(OPEN)) presence.needed([...OPEN, "record.txt"]);
  if (voided) {
    presence.needed(VOID);
    presence.none([...RECORD, ...OPEN, ...RESULT]);
  }
  lateNumbers(draw, presence);
  byCommitment(draw, presence, draw.commit());
  if (!draw.has("void.txt")) presence.none(["voided.txt"]);
  else if (!draw.refusal("void.txt")) presence.exactly(draw.void().drawn !== undefined, ["voided.txt"]);
  return said(`${draw.files.size} 个文件，没有缺少或多余的`, `${draw.files.size} files, none missing and none too many`);
}

/** What the commitment decides. */
function byCommitment(draw: Draw, presence: Presence, commit: Commit): void {
  presence.exactly(commit.odds !== undefined, ["odds.txt"]);
  presence.exactly(commit.carried !== undefined, ["carried.txt"]);
  const recorded = presence.any(RECORD);
  const room = commit.beacons.some((beacon) => !isOutside(beacon));
  if (recorded && commit.beacons.some(isOutside)) presence.needed(["beacon.txt"]);
  if (draw.has("reveal.txt") && room) presence.needed(["ceremony.txt"]);
  presence.exactly(draw.has(commit.mode === "open" ? "record.txt" : "open.txt"), draw.results());
  if (!commit.schedule) presence.none(["availability.txt", "schedule.txt"]);
  presence.exactly(recorded && commit.escrow !== undefined, ["sealed.bin"]);
  for (const n of draw.lateChanges()) lateFiles(draw, presence, commit, n);
}

function lateNumbers(draw: Draw, presence: Presence): void {
  const numbers = draw.lateChanges();
  numbers.forEach((n, i) => {
    ensure(n === i + 1, `缺第 ${i + 1} 次换人`, `late change ${i + 1} is missing`);
    presence.needed([`replace-${late(n)}-request.sha256`]);
    if (n < numbers.length || draw.isAnswered(n)) presence.needed([`replace-${late(n)}.sha256`]);
  });
  if (numbers.length) {
    presence.needed(["record.txt"]);
    presence.none(["void.txt"]);
  }
}

function lateFiles(draw: Draw, presence: Presence, commit: Commit, n: number): void {
  const shown = commit.mode === "open" || draw.isOpened();
  for (const stem of [`replace-${late(n)}-request`, `replace-${late(n)}`]) {
    const listed = draw.has(`${stem}.sha256`);
    presence.exactly(listed && shown, [`${stem}.txt`]);
    presence.exactly(listed && commit.escrow !== undefined, [`${stem}.sealed`]);
  }
}

/** V02 */
export function texts(draw: Draw): Said {
  let count = 0;
  for (const name of [...draw.files.keys()].sort()) {
    if (!draw.reader(name)) continue;
    const refusal = draw.refusal(name);
    if (refusal) fail(refusal.zh, refusal.en);
    count++;
  }
  return said(`${count} 份文本都符合唯一格式`, `${count} texts, each in its one form`);
}

/** The names that a list of sums must have, sorted. */
function listed(draw: Draw, list: string): string[] {
  const there = (names: readonly string[]): string[] => names.filter((name) => draw.has(name));
  const names = (): string[] => {
    switch (list) {
      case "commit.sha256":
        return [...COMMIT, ...there(["odds.txt", "carried.txt"])];
      case "record.sha256": {
        const { mode, escrow } = draw.commit();
        const result = mode === "open" ? draw.results() : [];
        return [...there([...INPUTS, "record.txt"]), ...result, ...(escrow ? ["sealed.bin"] : [])];
      }
      case "open.sha256":
        return ["open.txt", ...draw.results()];
      case "void.sha256":
        return ["void.txt", ...there([...INPUTS, "voided.txt"])];
      default: {
        const stem = list.slice(0, -".sha256".length);
        return draw.commit().escrow ? [`${stem}.sealed`, `${stem}.txt`] : [`${stem}.txt`];
      }
    }
  };
  return names().sort();
}

/** Checks one list; how many files it names. */
function checkList(draw: Draw, list: string): number {
  const wrong = (zh: string, en: string): never => fail(`${list}：${zh}`, `${list}: ${en}`);
  const names = listed(draw, list);
  const lines = new TextDecoder("latin1").decode(draw.bytes(list)).split("\n");
  if (lines.pop() !== "" || lines.length !== names.length) wrong("行数不对", "not the lines that it must have");
  names.forEach((name, i) => {
    const line = lines[i]!;
    const bytes = draw.files.get(name);
    if (bytes) {
      if (line !== `${hex(sha256(bytes))}  ${name}`) wrong(`与 ${name} 不符`, `does not fit ${name}`);
    } else if (!(lateNumber(list) !== undefined && name.endsWith(".txt"))) {
      wrong(`缺 ${name}`, `${name} is missing`);
    } else if (!/^[0-9a-f]{64}$/.test(line.slice(0, 64)) || line.slice(64) !== `  ${name}`) {
      wrong("行的写法不对", "a line of another form");
    }
  });
  return names.length;
}

/** V03 */
export function sums(draw: Draw): Said {
  // These two need no commitment, and so come first.
  const plain = ["commit.sha256", "void.sha256"];
  const lists = [...draw.files.keys()].filter((name) => name.endsWith(".sha256") && !plain.includes(name)).sort();
  const known = [...plain.filter((name) => draw.has(name)), ...lists.filter(isKnown)];
  if (!known.length) notRun("没有校验值列表", "there is no list of sums");
  const count = known.reduce((sum, list) => sum + checkList(draw, list), 0);
  return said(`${known.length} 个列表里 ${count} 个文件的 SHA-256 相符`, `${count} SHA-256 sums in ${known.length} lists fit`);
}
