// V28: every document is in the log, and witnesses saw in time what had to be fixed:
// docs/spec/log.md, Verification.

import type { Suite } from "./digest.ts";
import type { Draw } from "./draw.ts";
import { type Entry, documentsOf } from "./log/entries.ts";
import { type Published, policyNamed, readPublished, witnessed } from "./log/published.ts";
import { type Files, Unsound } from "./log/tiles.ts";
import { type Moment, civilDay, clockText, dayText, momentText } from "./moment.ts";
import type { LogPolicy } from "./notes/policy.ts";
import { type Said, ensure, fail, notRun, said } from "./report.ts";

interface Reading {
  policy: LogPolicy;
  published: Published;
}

/** What was read of a log, by suite and hash of the policy: draws beside it share it. */
const readings = new WeakMap<Files, Map<string, Reading | Unsound>>();

function readingOf(files: Files, suite: Suite, log: string): Reading | Unsound {
  const known = readings.get(files) ?? new Map<string, Reading | Unsound>();
  readings.set(files, known);
  const key = `${suite.key} ${log}`;
  let found = known.get(key);
  if (!found) {
    found = attempted(() => {
      const policy = policyNamed(files, suite, log);
      return { policy, published: readPublished(files, policy) };
    });
    known.set(key, found);
  }
  return found;
}

function attempted(read: () => Reading): Reading | Unsound {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Unsound) return thrown;
    throw thrown;
  }
}

/** The log under the policy that the commitment names. */
function publishedOf(draw: Draw): Reading {
  const { log, suite } = draw.commit();
  if (log === undefined) notRun("承诺没有写明日志", "the commitment names no log");
  const files = draw.known.log ?? notRun(`未给出日志；承诺的日志规则为 ${log}`, `no log was given; its policy is ${log}`);
  const found = readingOf(files, suite, log);
  if (!(found instanceof Unsound)) return found;
  return found.missing ? notRun(found.zh, found.en) : fail(found.zh, found.en);
}

/** Holds the documents of the draw against its entries; how many documents there are. */
function checkDocuments(draw: Draw, entries: readonly Entry[]): number {
  const documents = documentsOf(draw.files);
  entries.forEach(({ file, hash }, i) => {
    const document = documents[i];
    const agrees = document?.file === file && document.hash === hash;
    ensure(agrees, `日志里的 ${file} 与这个文件夹不符`, `${file} in the log is not as in this folder`);
  });
  const behind = documents.length - entries.length;
  if (behind > 0) {
    notRun(`最后 ${behind} 份文件还没有记入日志`, `the last documents, ${behind} of them, are not in the log yet`);
  }
  return documents.length;
}

/** When the document after the commitment was made, if there is one. */
function begun(draw: Draw): Moment | undefined {
  if (draw.has("ceremony.txt")) return draw.ceremony().at;
  if (draw.has("reveal.txt")) return draw.reveal().at;
  if (draw.has("beacon.txt")) return draw.beacon().at;
  return draw.has("record.txt") ? draw.record().at : undefined;
}

/** The witnesses saw the commitment before the draw. */
function checkCommitment(draw: Draw, seen: Moment | undefined): Said {
  const next = begun(draw);
  if (seen === undefined) {
    if (next === undefined) notRun("承诺还没有足够的见证方签名", "not enough witnesses have seen the commitment yet");
    fail("抽取之前，承诺没有足够的见证方签名", "the draw was made before enough witnesses had seen the commitment");
  }
  const late = next !== undefined && seen > next;
  const [zh, en] = [clockText(seen), momentText(seen)];
  ensure(!late, `承诺在${zh}才经见证，晚于抽取`, `the commitment was witnessed at ${en}, after the draw had begun`);
  return said(`承诺在${zh}已有足够的见证方签名`, `enough witnesses saw the commitment by ${en}`);
}

/** The witnesses saw the record of a sealed draw before its first visit. */
function checkRecord(draw: Draw, seen: Moment | undefined): void {
  if (seen === undefined) notRun("密封的记录还没有足够的见证方签名", "not enough witnesses have seen the sealed record yet");
  const { first } = draw.commit().window;
  ensure(
    civilDay(seen) < first,
    `密封的记录在${clockText(seen)}才经见证，不早于检查期第一天 ${dayText(first)}`,
    `the sealed record was witnessed at ${momentText(seen)}, not before the first day of the visits, ${dayText(first)}`,
  );
}

/** V28. */
export function logged(draw: Draw): Said {
  const { policy, published } = publishedOf(draw);
  const commit = draw.commit();
  const places = published.entries.map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.draw === commit.draw.text);
  const count = checkDocuments(draw, places.map(({ entry }) => entry));
  const seen = (name: string): Moment | undefined => {
    const index = places.find(({ entry }) => entry.file === name)?.index;
    return index === undefined ? undefined : witnessed(published.checkpoints, index);
  };
  const size = published.entries.length;
  const whole = said(`日志 ${size} 条中有本次全部 ${count} 份文件`, `all ${count} documents are among the ${size} entries of the log`);
  if (policy.quorum === "none" || draw.has("void.txt")) return whole;
  const { zh, en } = checkCommitment(draw, seen("commit.txt"));
  if (commit.mode === "sealed" && draw.has("record.txt")) checkRecord(draw, seen("record.txt"));
  return said(`${whole.zh}；${zh}`, `${whole.en}; ${en}`);
}
