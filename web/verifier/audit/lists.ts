// A06 and A07 of lists of results: documents of the office, each behind what made the
// results in it public.

import { hex, sha256 } from "../digest.ts";
import type { Moment } from "../moment.ts";
import { type Lists, listName, listNumber } from "../results.ts";
import type { Findings } from "./findings.ts";
import type { History } from "./history.ts";
import type { Log } from "./log.ts";

interface LoggedList {
  index: number;
  hash: string;
}

/** The entries of lists, by their numbers in rising order. */
export function listsLogged(log: Log | undefined): Map<number, LoggedList[]> {
  const found = new Map<number, LoggedList[]>();
  for (const { index, entry } of log?.entries ?? []) {
    const number = entry && entry.draw === undefined ? listNumber(entry.file) : undefined;
    if (number !== undefined) found.set(number, [...(found.get(number) ?? []), { index, hash: entry!.hash }]);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

const DAY = 86_400;

/** Lists against their entries. */
export function checkLists({ files, read }: Lists, log: Log, now: Moment, findings: Findings): void {
  const logged = listsLogged(log);
  for (const [number, bytes] of files) {
    const [place, entries, id] = [`results/${listName(number)}`, logged.get(number), hex(sha256(bytes))];
    const at = read.get(number)?.at;
    if (entries) {
      const { hash } = entries[0]!;
      if (entries.every((entry) => entry.hash !== id)) findings.fault(place, `它是 ${id}，日志里是 ${hash}`, `it is ${id}, the log has ${hash}`, "FORK");
    } else if (at !== undefined && now - at <= DAY) findings.note(place, "还没有记入日志", "it is not in the log yet");
    else findings.fault(place, `它（${id}）不在日志里`, `it (${id}) is not in the log`);
  }
  for (const [number, entries] of logged) {
    if (files.has(number)) continue;
    for (const { hash } of entries) findings.fault(`results/${listName(number)}`, `日志里有它（${hash}），文件不在`, `the log has it (${hash}), the file is not there`);
  }
}

/** The order of their entries; how many pairs were compared. */
export function checkListOrder({ lists, folders }: History, log: Log, findings: Findings): number {
  let [pairs, before] = [0, -1];
  for (const [number, entries] of listsLogged(log)) {
    const { index } = entries[0]!;
    const compare = (other: number, zh: string, en: string): void => {
      pairs++;
      if (index < other) findings.fault(`results/${listName(number)}`, `日志里它（第 ${index} 条）在${zh}（第 ${other} 条）之前`, `in the log it (entry ${index}) stands before ${en} (entry ${other})`);
    };
    if (before >= 0) compare(before, "上一份清单", "the list before");
    before = index;
    for (const draw of new Set(lists.read.get(number)?.lines.flatMap((told) => told.draw ?? []))) {
      const mode = folders.find(({ commit }) => commit?.draw.text === draw)?.commit?.mode;
      const told = mode && log.indexOf(draw, mode === "open" ? "record.txt" : "open.txt");
      if (told !== undefined) compare(told, `公开 ${draw} 结果的文件`, `what made the result of ${draw} public`);
    }
  }
  return pairs;
}
