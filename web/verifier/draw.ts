// The folder of one draw, as all checks share it: what its files say, each read once
// when it is first asked for. Whatever is missing or unreadable stops the check that
// asks, as docs/spec/verify.md says.

import { isOutside } from "./beacons.ts";
import { type Commit, readCommit } from "./commit.ts";
import {
  type DrawRecord,
  type Events,
  type Odds,
  type Opening,
  type Replacement,
  type Request,
  type Reveal,
  type Void,
  readBeacon,
  readCeremony,
  readOdds,
  readOpening,
  readRecord,
  readReplacement,
  readRequest,
  readReveal,
  readVoid,
} from "./documents.ts";
import { type Policy, readPolicy } from "./policy.ts";
import { type Said, Stop, fail, notRun } from "./report.ts";
import {
  type AvailabilityLine,
  type CarriedLine,
  type DocketLine,
  type DrawnLine,
  type InspectorLine,
  type PriceLine,
  type ScheduleLine,
  type Table,
  type TeamLine,
  readAvailability,
  readCarried,
  readDockets,
  readDrawn,
  readInspectors,
  readPrices,
  readSchedule,
  readTeams,
} from "./tables.ts";
import { Lines, Refused, refuse } from "./text.ts";
import { Units } from "./units.ts";

export type Files = ReadonlyMap<string, Uint8Array>;

/** What a verifier knows besides the folder of the draw. */
export interface Known {
  /** The announced hash of commit.txt. */
  commitment?: string;
  /** The closing document of the draw before. */
  predecessor?: Uint8Array;
  /** The files of the folder `log`, by their paths in it. */
  log?: Files;
  /** The files of the folder `verifier`. */
  verifier?: Files;
}

/** Called in long work: `done` of `total` steps. */
export type Progress = (done: number, total: number) => void;

/** The tables of the result, in the order in which they are sealed; the last two with a schedule only. */
export const RESULT: readonly string[] = ["drawn.txt", "dockets.txt", "teams.txt", "prices.txt", "availability.txt", "schedule.txt"];

/** The number of a late change as names of files have it. */
export const late = (n: number): string => String(n).padStart(3, "0");

export class Draw {
  private readonly values = new Map<string, { value: unknown } | { refused: Refused }>();

  constructor(
    readonly files: Files,
    readonly known: Known = {},
    readonly progress: Progress = () => undefined,
  ) {}

  has(name: string): boolean {
    return this.files.has(name);
  }

  /** The bytes of a file; a check that needs one that is missing is not run. */
  bytes(name: string): Uint8Array {
    return this.files.get(name) ?? notRun(`没有 ${name}`, `${name} is missing`);
  }

  /** H of a file in hex, by the suite of the commitment. */
  hash(name: string): string {
    const { suite } = this.commit();
    return this.once(`hash of ${name}`, () => suite.hex(this.bytes(name)));
  }

  /** What `parse` makes of a file, or what it refuses. */
  private parsed<T>(name: string, parse: (bytes: Uint8Array) => T): { value: unknown } | { refused: Refused } {
    const bytes = this.bytes(name);
    let found = this.values.get(name);
    if (!found) {
      try {
        found = { value: parse(bytes) };
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        found = { refused: thrown };
      }
      this.values.set(name, found);
    }
    return found;
  }

  /** What a file says; a check that needs one that is unreadable is not run. */
  private read<T>(name: string, parse: (bytes: Uint8Array) => T): T {
    const found = this.parsed(name, parse);
    if ("value" in found) return found.value as T;
    const { zh, en } = unreadable(name, found.refused);
    return notRun(zh, en);
  }

  /** A value that is worked out once; `key` is no name of a file. */
  once<T>(key: string, work: () => T): T {
    const found = this.values.get(key);
    if (found && "value" in found) return found.value as T;
    const value = work();
    this.values.set(key, { value });
    return value;
  }

  commit = (): Commit => this.read("commit.txt", readCommit);
  ceremony = (): Events => this.read("ceremony.txt", readCeremony);
  reveal = (): Reveal => this.read("reveal.txt", readReveal);
  beacon = (): Events => this.read("beacon.txt", readBeacon);
  record = (): DrawRecord => this.read("record.txt", readRecord);
  request = (n: number): Request => this.read(`replace-${late(n)}-request.txt`, readRequest);
  replacement = (n: number): Replacement => this.read(`replace-${late(n)}.txt`, readReplacement);
  opening = (): Opening => this.read("open.txt", readOpening);
  void = (): Void => this.read("void.txt", readVoid);
  odds = (): Odds => this.read("odds.txt", readOdds);
  items = (): Lines => this.read("items.txt", readItems);
  units = (): Units => this.read("units.txt", Units.read);
  inspectors = (): Table<InspectorLine> => this.read("inspectors.txt", readInspectors);
  drawn = (): Table<DrawnLine> => this.read("drawn.txt", readDrawn);
  dockets = (): Table<DocketLine> => this.read("dockets.txt", readDockets);
  teams = (): Table<TeamLine> => this.read("teams.txt", readTeams);
  prices = (): Table<PriceLine> => this.read("prices.txt", readPrices);
  carried = (): Table<CarriedLine> => this.read("carried.txt", readCarried);
  availability = (): Table<AvailabilityLine> => this.read("availability.txt", readAvailability);
  schedule = (): Table<ScheduleLine> => this.read("schedule.txt", readSchedule);
  voided = (): Table<CarriedLine> => this.read("voided.txt", readCarried);

  /** The tables of the result that the commitment asks for. */
  results(): readonly string[] {
    return this.commit().schedule ? RESULT : RESULT.slice(0, 4);
  }

  /** Why a document or table that is there cannot be read; undefined if it can, or is none. */
  refusal(name: string): Said | undefined {
    const read = this.reader(name);
    try {
      read?.();
      return undefined;
    } catch (thrown) {
      if (thrown instanceof Stop) return thrown.said;
      throw thrown;
    }
  }

  /** What reads the document or table of that name; undefined if it is none. */
  reader(name: string): (() => unknown) | undefined {
    const n = lateNumber(name);
    if (n !== undefined && name.endsWith(".txt")) {
      return () => (name.includes("request") ? this.request(n) : this.replacement(n));
    }
    const readers: Record<string, () => unknown> = {
      "commit.txt": this.commit,
      "items.txt": this.items,
      "units.txt": this.units,
      "inspectors.txt": this.inspectors,
      "odds.txt": this.odds,
      "carried.txt": this.carried,
      "ceremony.txt": this.ceremony,
      "reveal.txt": this.reveal,
      "beacon.txt": this.beacon,
      "record.txt": this.record,
      "drawn.txt": this.drawn,
      "dockets.txt": this.dockets,
      "teams.txt": this.teams,
      "prices.txt": this.prices,
      "availability.txt": this.availability,
      "schedule.txt": this.schedule,
      "open.txt": this.opening,
      "void.txt": this.void,
      "voided.txt": this.voided,
    };
    return Object.hasOwn(readers, name) ? readers[name] : undefined;
  }

  /** The policy; one that does not read fails the check. */
  policy(): Policy {
    const found = this.parsed("policy.toml", readPolicy);
    if ("value" in found) return found.value as Policy;
    const { zh, en } = unreadable("policy.toml", found.refused);
    return fail(zh, en);
  }

  /** The policy, if it is the one committed; a check of another is not run. */
  committedPolicy(): Policy {
    const { policy } = this.commit();
    if (this.hash("policy.toml") !== policy) {
      notRun("policy.toml 不是承诺的那一份", "policy.toml is not the one committed");
    }
    return this.policy();
  }

  /** The numbers of the late changes of which any file is there, ascending. */
  lateChanges(): number[] {
    return this.once("late changes", () => {
      const numbers = new Set<number>();
      for (const name of this.files.keys()) {
        const n = lateNumber(name);
        if (n !== undefined) numbers.add(n);
      }
      return [...numbers].sort((a, b) => a - b);
    });
  }

  /** Whether the answer of late change n is there, or any file of it. */
  isAnswered(n: number): boolean {
    return [".txt", ".sha256", ".sealed"].some((end) => this.has(`replace-${late(n)}${end}`));
  }

  isOpened(): boolean {
    return this.has("open.txt");
  }

  isVoided(): boolean {
    return this.has("void.txt") || this.has("void.sha256");
  }

  /** Whether the commitment demands dice or balls. */
  demandsRoom(): boolean {
    return this.commit().beacons.some((beacon) => !isOutside(beacon));
  }

  /** Whether the commitment demands an event outside the room. */
  demandsOutside(): boolean {
    return this.commit().beacons.some(isOutside);
  }
}

/** items.txt is for people; only its tag is asked for. */
function readItems(bytes: Uint8Array): Lines {
  const lines = Lines.read(bytes);
  return lines.text(0) === "yaohao/items/v1" ? lines : refuse("第一行不是 yaohao/items/v1", "the first line is not yaohao/items/v1", 1);
}

/** The number of the late change that a file belongs to. */
export function lateNumber(name: string): number | undefined {
  const match = /^replace-([0-9]{3}|[1-9][0-9]{3})(-request)?\.(txt|sha256|sealed)$/.exec(name);
  const n = Number(match?.[1] ?? 0);
  return n > 0 ? n : undefined;
}

function unreadable(name: string, refused: Refused): { zh: string; en: string } {
  const { zh, en, line } = refused;
  return line === undefined
    ? { zh: `${name} 读不了：${zh}`, en: `${name} cannot be read: ${en}` }
    : { zh: `${name} 第 ${line} 行读不了：${zh}`, en: `${name} cannot be read, line ${line}: ${en}` };
}

