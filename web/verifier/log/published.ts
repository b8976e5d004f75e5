// A log whose tiles, entries and signed checkpoints agree: docs/spec/log.md, Verification.

import type { Suite } from "../digest.ts";
import { type Checkpoint, type Note, readCheckpoint, readNote } from "../notes/note.ts";
import { type Judged, type LogPolicy, judge, readLogPolicy } from "../notes/policy.ts";
import { Refused } from "../text.ts";
import { type Entry, readEntry } from "./entries.ts";
import { rootsOf } from "./roots.ts";
import { type Files, Unsound, readTree } from "./tiles.ts";

/** A checkpoint that counts, with all signature lines that are published below it. */
export interface Counted {
  size: number;
  note: Note;
  judged: Judged;
}

export interface Published {
  /** Up to the largest checkpoint that counts. */
  entries: Entry[];
  /** Ascending. */
  checkpoints: Counted[];
}

/** A note that should be a checkpoint, with what its text says. */
export interface Signed {
  note: Note;
  checkpoint: Checkpoint;
}

export function readSigned(bytes: Uint8Array): Signed {
  const note = readNote(bytes);
  return { note, checkpoint: readCheckpoint(note.text) };
}

/** What `read` makes of a file of the log; one that is there and does not read is unsound. */
function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    throw new Unsound(false, `日志的 ${file} 无法读取：${thrown.zh}`, `${file} of the log cannot be read: ${thrown.en}`);
  }
}

/** The log policy with that hash, wherever the log keeps it. */
export function policyNamed(files: Files, suite: Suite, hash: string): LogPolicy {
  const kept = ["log-policy.txt", `policies/${hash}.txt`].filter((file) => files.has(file));
  if (!kept.length) throw new Unsound(true, "日志里没有 log-policy.txt", "the log has no log-policy.txt");
  const file = kept.find((name) => suite.hex(files.get(name)!) === hash);
  if (!file) throw new Unsound(false, `日志规则不是承诺的那一份（${hash}）`, `the log policy is not the one committed (${hash})`);
  return reading(file, () => readLogPolicy(files.get(file)!));
}

/** The sizes in names `checkpoints/<size>`, ascending, up to `most`. */
function sizesKept(files: Files, most: number): number[] {
  const names = [...files.keys()].filter((path) => /^checkpoints\/(0|[1-9][0-9]{0,15})$/.test(path));
  const sizes = names.map((path) => Number(path.slice("checkpoints/".length)));
  return sizes.filter((size) => size <= most).sort((a, b) => a - b);
}

/** A note held against the policy; a false line of one of its keys is unsound. */
function judgedIn(policy: LogPolicy, file: string, note: Note): Judged {
  const judged = judge(policy, note);
  const names = judged.forged;
  if (!names.length) return judged;
  throw new Unsound(false, `${file} 上 ${names.join("、")} 的签名是假的`, `${file} has a false signature of ${names.join(", ")}`);
}

/** All checkpoints that count, held against the roots of the tree. */
function checkpointsOf(files: Files, policy: LogPolicy, leaves: readonly Uint8Array[], suite: Suite): Counted[] {
  const sizes = sizesKept(files, leaves.length);
  const roots = rootsOf(suite, leaves, new Set(sizes));
  const found: Counted[] = [];
  const add = (file: string, size: number, root: string): void => {
    const { note, checkpoint } = reading(file, () => readSigned(files.get(file)!));
    const judged = judgedIn(policy, file, note);
    if (!judged.signed) return;
    if (checkpoint.size !== BigInt(size) || checkpoint.root !== root) {
      throw new Unsound(false, `日志分叉：已签名的 ${file} 与现在的日志不是同一段历史`, `the log has forked: the signed ${file} and the log as it is are two histories`);
    }
    const last = found[found.length - 1];
    if (last?.size !== size) found.push({ size, note, judged });
    else {
      // The same checkpoint lies in both files; each may have lines that the other lacks.
      const both = { ...note, signatures: [...last.note.signatures, ...note.signatures] };
      found[found.length - 1] = { size, note: both, judged: judge(policy, both) };
    }
  };
  for (const size of sizes) add(`checkpoints/${size}`, size, roots.get(size)!);
  const head = reading("checkpoint", () => readSigned(files.get("checkpoint")!));
  add("checkpoint", leaves.length, head.checkpoint.root);
  return found;
}

/** Reads the log of that policy, or throws `Unsound`. */
export function readPublished(files: Files, policy: LogPolicy): Published {
  const head = files.get("checkpoint");
  if (!head) throw new Unsound(true, "日志里没有 checkpoint", "the log has no checkpoint");
  const { checkpoint } = reading("checkpoint", () => readSigned(head));
  const unsigned = new Unsound(false, "检查点上没有日志规则所列日志密钥的签名", "no log key of the policy has signed the checkpoint");
  const key = policy.logs.find(({ name }) => name === checkpoint.origin);
  if (!key) throw unsigned;
  const tree = readTree(files, key.suite, checkpoint.size, checkpoint.root);
  const checkpoints = checkpointsOf(files, policy, tree.leaves, key.suite);
  const last = checkpoints[checkpoints.length - 1];
  if (!last) throw unsigned;
  // Where the log goes on under another key, the end of ours needs its own tiles.
  if (BigInt(last.size) < checkpoint.size) readTree(files, key.suite, BigInt(last.size), readCheckpoint(last.note.text).root);
  const entries = tree.entries.slice(0, last.size).map((bytes, i) => reading(`entry ${i}`, () => readEntry(bytes)));
  return { entries, checkpoints };
}

/**
 * The earliest time at which a checkpoint with entry `index` in it had its quorum:
 * undefined if none had.
 */
export function witnessed(checkpoints: readonly Counted[], index: number): number | undefined {
  const times = checkpoints.flatMap(({ size, judged }) => (size > index ? (judged.quorum ?? []) : []));
  return times.length ? times.reduce((a, b) => Math.min(a, b)) : undefined;
}
