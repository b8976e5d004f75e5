// What a unit's proof is made of: those parts of a draw that are there and read. A proof
// shows what it can; whether the draw is right is for the checks.

import type { Suite } from "./digest.ts";
import type { Draw } from "./draw.ts";
import { Stop } from "./report.ts";
import { seedOf, seedTextOf } from "./seed.ts";
import type { Lines } from "./text.ts";

export interface Given {
  suite: Suite;
  draw: string;
  /** The hash of commit.txt. */
  commitment: string;
  units: Lines;
  unitsRoot: string;
  /** What the policy calls rules and zones. */
  names: ReadonlyMap<string, string>;
  strata: Map<string, { pool: number; drawn: number }>;
  /** Units that a voided draw hands on, drawn before all others. */
  carried: ReadonlySet<string>;
  /** Undefined as long as the documents for it are not all there. */
  seed: { value: string; text: string } | undefined;
  drawn: Lines | undefined;
  /** The root over drawn.txt in record.txt. */
  drawnRoot: string | undefined;
  dockets: Lines | undefined;
  teams: Lines | undefined;
  /** schedule.txt, its hash, and the hash that record.txt has of it. */
  schedule: { lines: Lines; hash: string; recorded: string | undefined } | undefined;
  /** Lines of teams.txt that late changes put in the place of others. */
  late: { number: number; team: string }[];
  /** Recorded under seal, and not opened. */
  sealed: boolean;
  voided: boolean;
}

/** What a stopped check would have needed is not there. */
function maybe<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (thrown) {
    if (thrown instanceof Stop) return undefined;
    throw thrown;
  }
}

/** Needs commit.txt and units.txt; stops without them. */
export function givenOf(draw: Draw): Given {
  const commit = draw.commit();
  const units = draw.units();
  const late = draw.lateChanges().flatMap((number) => {
    const replacement = maybe(() => draw.replacement(number));
    return replacement ? [{ number, team: replacement.team.line }] : [];
  });
  return {
    suite: commit.suite,
    draw: commit.draw.text,
    commitment: draw.hash("commit.txt"),
    units: units.lines,
    unitsRoot: commit.units.root,
    strata: new Map(commit.strata.map(({ label, pool, drawn }) => [label.text, { pool: Number(pool), drawn: Number(drawn) }])),
    names: maybe(() => draw.committedPolicy())?.names ?? new Map<string, string>(),
    carried: new Set(commit.carried ? maybe(() => draw.carried())?.rows.map(({ unit }) => unit) : []),
    seed: maybe(() => ({ value: seedOf(draw), text: seedTextOf(draw) })),
    drawn: maybe(() => draw.drawn())?.lines,
    drawnRoot: maybe(() => draw.record())?.drawn.root,
    dockets: maybe(() => draw.dockets())?.lines,
    teams: maybe(() => draw.teams())?.lines,
    schedule: maybe(() => ({ lines: draw.schedule().lines, hash: draw.hash("schedule.txt"), recorded: draw.record().schedule })),
    late,
    sealed: commit.mode === "sealed" && !draw.isOpened() && draw.has("record.txt"),
    voided: draw.isVoided(),
  };
}
