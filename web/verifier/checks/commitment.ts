// V04 to V07: the commitment against what was announced, the draw before, the policy
// and the items. docs/spec/verify.md.

import { type Suite, SHA256, SM3 } from "../digest.ts";
import { type DrawRecord, type Void, readRecord, readVoid } from "../documents.ts";
import type { Draw } from "../draw.ts";
import { clockText, momentText } from "../moment.ts";
import type { DrawNumber, Rooted } from "../reader.ts";
import { type Said, ensure, fail, notRun, said } from "../report.ts";
import { Refused } from "../text.ts";
import { rootOver } from "./roots.ts";

/** V04 */
export function commitment(draw: Draw): Said {
  draw.commit();
  const hash = draw.hash("commit.txt");
  const announced = draw.known.commitment;
  if (announced === undefined) {
    notRun(`未给出事先公布的承诺；本承诺是 ${hash}`, `no announced commitment is given; this one is ${hash}`);
  }
  ensure(hash === announced, `承诺是 ${hash}，公布的是 ${announced}`, `the commitment is ${hash}, announced was ${announced}`);
  return said(`与公布的 ${hash} 相同`, `the same as announced: ${hash}`);
}

/** A closing document: a record, or a void. */
export interface Closing {
  draw: DrawNumber;
  void: Void | undefined;
}

/** Reads a closing document; undefined if it is none. */
export function readClosing(bytes: Uint8Array): Closing | undefined {
  const attempt = <T>(read: (bytes: Uint8Array) => T): T | undefined => {
    try {
      return read(bytes);
    } catch (thrown) {
      if (thrown instanceof Refused) return undefined;
      throw thrown;
    }
  };
  const record: DrawRecord | undefined = attempt(readRecord);
  if (record) return { draw: record.draw, void: undefined };
  const end = attempt(readVoid);
  return end && { draw: end.draw, void: end };
}

/** Whether `before` is the number of the draw before `draw`. */
function isNext(before: DrawNumber, draw: DrawNumber): boolean {
  if (before.office !== draw.office) return false;
  if (before.year === draw.year) return before.sequence + 1n === draw.sequence;
  return before.year < draw.year && draw.sequence === 1n;
}

/** Whether `a` is the number of an earlier draw of the same office. */
export const isEarlier = (a: DrawNumber, b: DrawNumber): boolean =>
  a.office === b.office && (a.year < b.year || (a.year === b.year && a.sequence < b.sequence));

/** V05 */
export function predecessor(draw: Draw): Said {
  const commit = draw.commit();
  const given = draw.known.predecessor;
  if (commit.previous === undefined) {
    ensure(commit.draw.sequence === 1n, "不是第一次抽取，却没有上一次", "not a first draw, and yet none before it");
    ensure(!given || !readClosing(given), "说是首次抽取，但有更早的抽取", "it says there is no draw before, but there is one");
    ensure(!commit.carried, "首次抽取不会带入单位", "a first draw carries no units over");
    return said("首次抽取", "the office's first draw");
  }
  if (!given) notRun("未给出上一次抽取的记录", "the closing document of the draw before is not given");
  const hash = commit.suite.hex(given);
  ensure(hash === commit.previous, `上一次的文件是 ${hash}`, `the closing document given is ${hash}`);
  const closing = readClosing(given) ?? fail("给出的不是抽取的结束文件", "what is given is no closing document");
  ensure(
    isNext(closing.draw, commit.draw),
    `${closing.draw.text} 不是上一次抽取`,
    `${closing.draw.text} is not the draw before`,
  );
  ensure(takesOver(draw, closing), "带入的单位与上一次作废所列不同", "what is carried over is not what the void before hands on");
  return said(`承接 ${closing.draw.text}`, `follows ${closing.draw.text}`);
}

/** Whether `carried` is what the closing document hands on. Needs carried.txt where another suite did. */
function takesOver(draw: Draw, closing: Closing): boolean {
  const { carried, suite } = draw.commit();
  const handed = closing.void?.drawn;
  if (!handed || !carried) return !handed && !carried;
  const equal = (a: Rooted, b: Rooted): boolean => a.root === b.root && a.count === b.count;
  if (equal(handed, carried)) return true;
  const { lines } = draw.carried();
  const other: Suite = suite === SM3 ? SHA256 : SM3;
  const root = rootOver(draw, other, lines, "yaohao/carry/v1");
  return equal(handed, { root, count: BigInt(lines.length - 1) });
}

/** V06 */
export function policy(draw: Draw): Said {
  const commit = draw.commit();
  const hash = draw.hash("policy.toml");
  ensure(hash === commit.policy, `policy.toml 是 ${hash}，不是承诺的`, `policy.toml is ${hash}, not the one committed`);
  const policy = draw.policy();
  const same = (what: string, ours: readonly unknown[], theirs: readonly unknown[]): void => {
    const equal = ours.length === theirs.length && ours.every((one, i) => String(one) === String(theirs[i]));
    ensure(equal, `${what} 与方案不符`, `${what} is not what the policy says`);
  };
  const days = (n: bigint): bigint => n * 86_400n;
  same("draw", [commit.draw.office], [policy.office]);
  same("suite", [commit.suite.key], [policy.suite]);
  same("mode", [commit.mode], [policy.mode]);
  same("close-by", [commit.closeBy], [BigInt(commit.committed) + days(policy.closeWithinDays)]);
  same("open-by", [commit.openBy], [BigInt(commit.window.last) + policy.openWithinDays]);
  same("margin", [commit.margin], [policy.margin]);
  same("days", [commit.schedule !== undefined], [policy.schedule]);
  same("team", commit.teams.map((roles) => roles.join(" ")), policy.teams.map((roles) => roles.join(" ")));
  same("exchange", [commit.exchange?.text ?? "none"], [policy.exchange]);
  same("bands", [commit.bands], [policy.bands]);
  same("quota", commit.quotas.map(({ text }) => text), policy.quotas);
  same("beacon", commit.beacons.map(({ kind, text }) => settled(kind, text)), policy.beacons);
  same("party", commit.parties.map(({ name }) => name), policy.parties);
  return said(
    `方案 ${hash}，截止时间为${clockText(commit.closeBy)}`,
    `the policy is ${hash}, the draw closes by ${momentText(commit.closeBy)}`,
  );
}

/** What the policy settles of a beacon: all of events in the room, of others which they are. */
const settled = (kind: string, text: string): string =>
  kind === "dice" || kind === "balls" ? text : text.split(" ").slice(0, 2).join(" ");

/** V07 */
export function items(draw: Draw): Said {
  const commit = draw.commit();
  draw.items();
  const hash = draw.hash("items.txt");
  ensure(hash === commit.items, `items.txt 是 ${hash}，不是承诺的`, `items.txt is ${hash}, not the one committed`);
  return said(`事项 ${hash}`, `the items are ${hash}`);
}
