// A18: published results against the draws that they are of: docs/spec/results.md, "Check".

import type { Commit } from "../commit.ts";
import { hex, sha256 } from "../digest.ts";
import { type Day, type Moment, civilDay, dayText } from "../moment.ts";
import { type Said, notRun, said } from "../report.ts";
import { type List, type Lists, type Told, listName, listNumber } from "../results.ts";
import type { Case } from "./checkpoints.ts";
import { nowOf } from "./entries.ts";
import { type Findings, counted } from "./findings.ts";
import { type Folder, readable } from "./history.ts";
import { listsLogged } from "./lists.ts";

const placeOf = (number: number): string => `results/${listName(number)}`;

/** Items 1 and 2 */
function checkNames({ folder, refused, read }: Lists, findings: Findings): void {
  for (const name of folder.keys()) {
    if (listNumber(name) === undefined) findings.fault(`results/${name}`, "不是结果清单的名称", "it is no name of a list");
  }
  for (const [number, { zh, en }] of refused) findings.fault(placeOf(number), `无法读取：${zh}`, `it cannot be read: ${en}`);
  for (const [number, list] of read) {
    if (number !== list.number) findings.fault(placeOf(number), `它写的是第 ${list.number} 份`, `it says it is list ${list.number}`);
  }
}

/** Item 3 */
function checkGaps({ files }: Lists, logged: Iterable<number>, findings: Findings): void {
  let next = 1;
  const until = (last: number): void => {
    if (next <= last) findings.fault(placeOf(next), `缺第 ${next} 至 ${last} 份`, `lists ${next} to ${last} are missing`);
  };
  for (const number of files.keys()) {
    until(number - 1);
    next = number + 1;
  }
  let last = 0;
  for (const number of logged) last = Math.max(last, number);
  until(last);
}

/** Items 4 to 6 */
function checkChain(lists: Lists, findings: Findings): void {
  const counting = lists.counting();
  counting.forEach((list, i) => {
    const place = placeOf(list.number);
    const [file, before] = [lists.files.get(list.number - 1), counting[i - 1]];
    if (file && hex(sha256(file)) !== list.after) findings.fault(place, "它承接的不是上一份", "it follows another list than the one before");
    if (before && list.at < before.at) findings.fault(place, "时间早于上一份", "it is dated before the list before");
    if (before && list.entries < before.entries) {
      const [now, then] = [list.entries, before.entries];
      findings.fault(place, `台账有 ${now} 条，上一份时有 ${then} 条`, `the journal has ${now} entries and had ${then} before`);
    }
    if (list.office !== counting[0]!.office) findings.fault(place, `是 ${list.office} 的清单`, `it is of another office, ${list.office}`);
  });
}

/** What a draw's folder tells of its result. */
class Drawn {
  /** When the result became public; undefined if it is not. */
  readonly since: Moment | undefined;
  readonly recorded: Day;
  readonly units: ReadonlySet<string>;
  readonly items: ReadonlySet<string> | undefined;

  constructor(
    readonly folder: Folder,
    readonly commit: Commit,
  ) {
    const { draw } = folder;
    const record = readable(draw.record);
    const drawn = readable(draw.drawn);
    const telling = commit.mode === "open" ? record : readable(draw.opening);
    this.since = record && drawn && telling?.at;
    this.recorded = civilDay(record?.at ?? 0);
    this.units = new Set(drawn?.rows.map(({ unit }) => unit));
    const items = readable(draw.items);
    this.items = items && new Set(Array.from({ length: items.length }, (_, i) => items.text(i)));
  }
}

/** The draws by their numbers; of several folders of one the first. */
function drawsOf({ history }: Case): Map<string, Drawn> {
  const found = new Map<string, Drawn>();
  for (const folder of history.folders) {
    const { commit } = folder;
    if (commit && !found.has(commit.draw.text)) found.set(commit.draw.text, new Drawn(folder, commit));
  }
  return found;
}

const unitKey = ({ draw, unit }: Told): string => `${draw} ${unit}`;

/** Item 7: the first that applies. */
function faultOf(told: Told, { at }: List, draws: ReadonlyMap<string, Drawn>, visited: ReadonlySet<string>): Said | undefined {
  const { word, draw, unit, day, items } = told;
  const of = draw === undefined ? undefined : draws.get(draw);
  if (draw !== undefined) {
    if (!of) return said("没有这次抽取", "there is no such draw");
    if (of.since === undefined || at < of.since) return said("那时结果还没有公开", "its result was not public then");
    if (!of.units.has(unit!)) return said("没有抽中这家单位", "the unit was not drawn");
    if (word === "again" && !visited.has(unitKey(told))) return said("没有检查结果，却有复查", "a second look without a result");
  }
  if (day === undefined) return undefined;
  if (day > civilDay(at)) return said(`${dayText(day)} 还没有到`, `${dayText(day)} was to come`);
  if (of && day < of.recorded) return said(`${dayText(day)} 在抽取之前`, `${dayText(day)} is before the draw`);
  const strange = word === "result" && of?.items && items.find(([item]) => !of.items!.has(`item ${item}`))?.[0];
  return strange ? said(`抽查事项里没有 ${strange}`, `${strange} is no item of the draw`) : undefined;
}

/** Items 7 to 9; by key the word of the current line, and the list that it stands in. */
function checkLines(lists: Lists, draws: ReadonlyMap<string, Drawn>, findings: Findings): Map<string, [Told["word"], number]> {
  const current = new Map<string, [Told["word"], number]>();
  const visited = new Set<string>();
  for (const list of lists.counting()) {
    const place = placeOf(list.number);
    for (const told of list.lines) if (told.word === "result") visited.add(told.key);
    for (const told of list.lines) {
      const { word, key, draw, day } = told;
      const fault = faultOf(told, list, draws, visited);
      if (fault) {
        findings.fault(place, `${word} ${key}：${fault.zh}`, `${word} ${key}: ${fault.en}`);
        continue;
      }
      const before = current.get(key)?.[1];
      if (before !== undefined) findings.note(place, `${key} 取代第 ${before} 份所写`, `${key} takes the place of what list ${before} says`);
      current.set(key, [word, list.number]);
      const window = word === "result" && draws.get(draw!)!.commit.window;
      if (window && (day! < window.first || day! > window.last)) findings.note(place, `${key}：${dayText(day!)} 在检查期间之外`, `${key}: ${dayText(day!)} is outside the window`);
    }
  }
  return current;
}

const PUBLISHING = 60;

/** Item 10 */
function checkShares(draws: ReadonlyMap<string, Drawn>, current: ReadonlyMap<string, [string, number]>, today: Day, findings: Findings): void {
  for (const [number, { folder, commit, since, units }] of draws) {
    if (since === undefined || folder.draw.has("void.txt")) continue;
    const words = [...units].map((unit) => current.get(`${number} ${unit}`)?.[0]);
    const count = (word: string | undefined): number => words.filter((other) => other === word).length;
    const [told, closed, missing] = [count("result"), count("closed"), count(undefined)];
    const isLate = missing > 0 && today - commit.window.last > PUBLISHING;
    findings.note(
      folder.name,
      `抽中 ${units.size} 家，已公布结果 ${told} 家，已终结 ${closed} 家${isLate ? `；检查期间已过去 ${PUBLISHING} 天以上，还缺 ${missing} 家` : ""}`,
      `${told} of ${units.size} drawn units have a published result, ${closed} ended without a visit${isLate ? `; the window ended more than ${PUBLISHING} days ago, and ${missing} are missing` : ""}`,
    );
  }
}

/** A18 */
export function results(of: Case, findings: Findings): Said {
  const { lists, given } = of.history;
  const logged = listsLogged(of.log);
  if (!lists.folder.size && !logged.size) notRun("没有公布检查结果", "no results are published");
  checkNames(lists, findings);
  checkGaps(lists, logged.keys(), findings);
  checkChain(lists, findings);
  const draws = drawsOf(of);
  checkShares(draws, checkLines(lists, draws, findings), civilDay(nowOf(of, given.now)), findings);
  return counted(lists.files.size, "份结果清单", "lists of results");
}
