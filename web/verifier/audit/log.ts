// The log of a public folder, as an audit reads it: policies, entries, checkpoints and
// the times at which they had their quorum. docs/spec/audit.md.

import { SHA256, SM3, type Suite, hex, sha256 } from "../digest.ts";
import { type Entry, readEntry } from "../log/entries.ts";
import { type Signed, readSigned } from "../log/published.ts";
import { rootsOf } from "../log/roots.ts";
import { type Files, type Tree, Unsound, readTree } from "../log/tiles.ts";
import type { Moment } from "../moment.ts";
import { type Judged, type LogPolicy, judge, readLogPolicy } from "../notes/policy.ts";
import { Refused } from "../text.ts";
import { type History, type Seen, readable } from "./history.ts";

/** A log policy that is published somewhere in the log's folder. */
export interface PolicyFile {
  path: string;
  bytes: Uint8Array;
  sha256: string;
  policy: LogPolicy | undefined;
}

/** An entry as far as it reads. */
export interface Logged {
  index: number;
  entry: Entry | undefined;
}

/** A file that should be a checkpoint. */
export interface Sighting {
  place: string;
  /** The size that its name tells, in the log's folder. */
  named: string | undefined;
  isSeen: boolean;
  /** Why it does not read, or what it says. */
  read: Signed | Refused;
  /** Held against the policy in force at its size. */
  judged: Judged | undefined;
}

/** A sighting that the log signed, and nothing below it is false. */
export interface Proven {
  place: string;
  isSeen: boolean;
  size: bigint;
  root: string;
  judged: Judged;
  policy: LogPolicy;
}

/** A log policy, and the entry that put it into force. */
export interface Force {
  index: number;
  sha256: string;
}

/** When enough witnesses saw a checkpoint. */
interface Seeing {
  size: bigint;
  time: Moment;
}

export class Log {
  readonly policies: PolicyFile[];
  readonly tree: Tree | undefined;
  /** Why there is no tree. */
  readonly unsound: Unsound | undefined;
  readonly suite: Suite;
  readonly entries: Logged[];
  /** In order; without any such entry, the published policy alone. */
  readonly forces: Force[];
  /** By size. */
  readonly sightings: Sighting[];
  readonly proven: Proven[];
  /** How many entries `checkpoint` says there are, whether or not tiles lead to its root. */
  readonly claimed: bigint;
  /** The roots of the tree at the sizes of all sightings. */
  readonly roots: Map<number, string>;

  constructor(
    readonly files: Files,
    seen: readonly Seen[],
  ) {
    this.policies = policiesOf(files);
    const found = sightingsOf(files, seen);
    const read = found.find(({ place }) => place === "log/checkpoint")?.read;
    const head = read === undefined || read instanceof Refused ? largest(found) : read;
    this.claimed = head?.checkpoint.size ?? 0n;
    [this.tree, this.suite, this.unsound] = treeOf(files, head);
    this.entries = (this.tree?.entries ?? []).map((bytes, index) => ({ index, entry: readable(() => readEntry(bytes)) }));
    this.forces = this.entries
      .filter(({ entry }) => entry && entry.draw === undefined && entry.file === "log-policy.txt")
      .map(({ index, entry }) => ({ index, sha256: entry!.hash }));
    const published = this.policies.find(({ path }) => path === "log-policy.txt");
    if (!this.forces.length && published) this.forces = [{ index: 0, sha256: published.sha256 }];
    this.sightings = found.map((sighting) => ({ ...sighting, judged: this.judge(sighting.read) })).sort(bySize);
    this.proven = this.sightings.flatMap((sighting) => this.prove(sighting));
    const sizes = new Set(this.sightings.flatMap(({ read }) => (read instanceof Refused ? [] : [Number(read.checkpoint.size)])));
    this.roots = this.tree ? rootsOf(this.suite, this.tree.leaves, sizes) : new Map<number, string>();
  }

  get size(): number {
    return this.entries.length;
  }

  /** The policy with that SHA-256, if it is published and reads. */
  policyOf(id: string): LogPolicy | undefined {
    return this.policies.find((file) => file.sha256 === id)?.policy;
  }

  /** The policy in force for a checkpoint of `size` entries. */
  inForce(size: bigint): LogPolicy | undefined {
    const last = this.forces.filter(({ index }) => BigInt(index) < size).pop() ?? this.forces[0];
    return last && this.policyOf(last.sha256);
  }

  private judge(read: Signed | Refused): Judged | undefined {
    if (read instanceof Refused) return undefined;
    const policy = this.inForce(read.checkpoint.size);
    return policy && judge(policy, read.note);
  }

  private prove({ place, isSeen, read, judged }: Sighting): Proven[] {
    if (read instanceof Refused || !judged?.signed || judged.forged.length) return [];
    const { size, root } = read.checkpoint;
    return [{ place, isSeen, size, root, judged, policy: this.inForce(size)! }];
  }

  /** The policies that were ever in force, and read. */
  everInForce(): LogPolicy[] {
    return this.forces.flatMap(({ sha256 }) => this.policyOf(sha256) ?? []);
  }

  /** Where the log first has a document of a draw; undefined if it has not. */
  indexOf(draw: string, file: string): number | undefined {
    return this.entries.find(({ entry }) => entry?.draw === draw && entry.file === file)?.index;
  }

  /** Checkpoints of the log with the times at which they had their quorum; what lies beyond it was not published. */
  quorums(): Seeing[] {
    return this.proven.flatMap(({ size, judged, policy }) => {
      const { quorum } = judged;
      return quorum === undefined || policy.quorum === "none" || size > this.claimed ? [] : [{ size, time: quorum }];
    });
  }

  /**
   * The first moment after `due` at which enough witnesses saw the log without entry
   * `index`; undefined if there is none, or enough had seen the entry in time.
   */
  seenMissing(index: number | undefined, due: Moment): Seeing | undefined {
    const quorums = this.quorums();
    const lacks = (size: bigint): boolean => index === undefined || size <= BigInt(index);
    if (quorums.some(({ size, time }) => !lacks(size) && time <= due)) return undefined;
    const missing = quorums.filter(({ size, time }) => lacks(size) && time > due);
    return missing.sort((a, b) => a.time - b.time)[0];
  }
}

function policiesOf(files: Files): PolicyFile[] {
  const names = [...files.keys()].filter((path) => /^(log-policy\.txt|policies\/.*|keys\/key-[0-9]+-policy\.txt)$/.test(path));
  return names.sort().map((path) => {
    const bytes = files.get(path)!;
    return { path, bytes, sha256: hex(sha256(bytes)), policy: readable(() => readLogPolicy(bytes)) };
  });
}

function sightingsOf(files: Files, seen: readonly Seen[]): Sighting[] {
  const of = (place: string, bytes: Uint8Array, named: string | undefined, isSeen: boolean): Sighting => {
    let read: Signed | Refused;
    try {
      read = readSigned(bytes);
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      read = thrown;
    }
    return { place: `log/${place}`, named, isSeen, read, judged: undefined };
  };
  const paths = [...files.keys()].filter((path) => path === "checkpoint" || path.startsWith("checkpoints/")).sort();
  const kept = paths.map((path) => of(path, files.get(path)!, path === "checkpoint" ? undefined : path.slice(12), false));
  return [...kept, ...seen.map(({ name, bytes }) => of(name, bytes, undefined, true))];
}

/** By size, those of the log first; what does not read comes before all. */
function bySize(a: Sighting, b: Sighting): number {
  const size = ({ read }: Sighting): bigint => (read instanceof Refused ? -1n : read.checkpoint.size);
  return Number(size(a) - size(b)) || Number(a.isSeen) - Number(b.isSeen) || (a.place < b.place ? -1 : 1);
}

/** The largest checkpoint of the log's folder, where `checkpoint` itself is missing or unreadable. */
function largest(found: readonly Sighting[]): Signed | undefined {
  const signed = found.map(({ read, isSeen }) => (isSeen || read instanceof Refused ? undefined : read)).filter((read) => read !== undefined);
  return signed.sort((a, b) => Number(b.checkpoint.size - a.checkpoint.size))[0];
}

/** The tree of a checkpoint, by the suite that leads to its root. */
function treeOf(files: Files, head: Signed | undefined): [Tree | undefined, Suite, Unsound | undefined] {
  if (!head) return [undefined, SHA256, new Unsound(true, "日志没有检查点", "the log has no checkpoint")];
  let unsound: Unsound | undefined;
  for (const suite of [SHA256, SM3]) {
    try {
      return [readTree(files, suite, head.checkpoint.size, head.checkpoint.root), suite, undefined];
    } catch (thrown) {
      if (!(thrown instanceof Unsound)) throw thrown;
      unsound ??= thrown;
    }
  }
  return [undefined, SHA256, unsound];
}

/** The log of a history, read once. */
export const logOf = ({ log, given }: History): Log | undefined => log && new Log(log, given.seen);
