// The question and the answer that the tables of a draw hold: docs/spec/verify.md, V18
// "up to the roles".

import type { Draw } from "../draw.ts";
import { ensure, fail } from "../report.ts";
import { seedOf } from "../seed.ts";
import type { DocketLine, PriceLine, TeamLine } from "../tables.ts";
import { type Docket, lineups } from "./lineups.ts";
import { PEOPLE, type Prices, type Question } from "./question.ts";

export interface Setting {
  readonly question: Question;
  readonly teams: readonly (readonly number[])[];
  readonly lines: readonly PriceLine[];
  readonly prices: Prices;
  readonly leadPrices: Prices;
}

/** What V18 to V20 and V24 share. Files that are missing come first, then a seed that is not there. */
export function settingOf(draw: Draw): Setting {
  const { suite, teams: shapes, exchange, bands } = draw.commit();
  const people = draw.inspectors().rows;
  const dockets = draw.dockets().rows;
  const teams = draw.teams().rows;
  const lines = draw.prices().rows;
  const seed = seedOf(draw);
  return draw.once("setting of the pairing", () => {
    checkUnits(dockets, teams);
    checkPriceLines(lines, people.length, bands);
    const names = people.map(({ name }) => name);
    const reader = new Ranks(names);
    const read = dockets.map((line) => reader.docket(line, shapes, bands));
    dockets.forEach((line, u) => checkRoles(line, teams[u]!));
    const slots = lineups(suite, seed, read, exchange);
    const units = read.map(({ unit, again, band }, u) => ({ id: unit, slots: slots[u]!, again, band }));
    const question: Question = {
      ...{ suite, seed, tags: PEOPLE, bands, units, names },
      capacity: people.map(({ capacity }) => capacity),
      carried: people.map(({ carried }) => carried),
    };
    return {
      ...{ question, lines },
      teams: teams.map(({ members }) => members.map(({ name }) => reader.rank(name))),
      prices: lines.flatMap(({ prices }) => prices),
      leadPrices: lines.flatMap(({ leadPrices }) => leadPrices),
    };
  });
}

function checkUnits(dockets: readonly DocketLine[], teams: readonly TeamLine[]): void {
  const alike = dockets.length === teams.length && dockets.every(({ unit }, u) => unit === teams[u]!.unit);
  ensure(alike, "dockets.txt 与 teams.txt 的单位不同", "dockets.txt and teams.txt have different units");
}

function checkPriceLines(lines: readonly PriceLine[], people: number, bands: number): void {
  ensure(
    lines.length === people,
    `prices.txt 有 ${lines.length} 行，inspectors.txt 有 ${people} 行`,
    `prices.txt has ${lines.length} lines, inspectors.txt ${people}`,
  );
  const wrong = lines.find(({ prices, leadPrices }) => prices.length !== bands || leadPrices.length !== bands);
  if (wrong) fail(`${wrong.name} 的价格不是每档一个`, `${wrong.name} has not one price a band`);
}

function checkRoles({ unit, slots }: DocketLine, { members }: TeamLine): void {
  const alike = slots.length === members.length && slots.every(({ role }, q) => role === members[q]!.role);
  ensure(alike, `单位 ${unit} 检查组的岗位与可派人员名单不同`, `the team of unit ${unit} has other roles than its docket`);
}

/** Reads names as ranks. */
class Ranks {
  private readonly ranks = new Map<string, number>();

  constructor(names: readonly string[]) {
    names.forEach((name, i) => this.ranks.set(name, i));
  }

  /** The rank of a name; -1 for nobody of the list. */
  rank(name: string): number {
    return this.ranks.get(name) ?? -1;
  }

  /** A line of dockets.txt in ranks: roles of a `team` line, all known and in their order. */
  docket(line: DocketLine, shapes: readonly string[][], bands: number): Docket {
    const { unit, band } = line;
    const roles = line.slots.map(({ role }) => role).join(" ");
    const known = shapes.some((shape) => shape.join(" ") === roles);
    ensure(known, `单位 ${unit} 的岗位不是承诺的`, `unit ${unit} has roles that were not committed`);
    ensure(band < bands, `单位 ${unit} 的时长档不存在`, `unit ${unit} is in a band that does not exist`);
    return {
      ...{ unit, band },
      slots: line.slots.map(({ names }) => this.list(unit, names)),
      away: line.away?.map(({ names }) => this.list(unit, names)),
      again: this.list(unit, line.again),
      apart: this.pairs(unit, line.apart),
    };
  }

  private list(unit: string, names: readonly string[]): Int32Array {
    const ranks = Int32Array.from(names, (name) => this.rank(name));
    const wrong = ranks.findIndex((rank, k) => rank <= (k === 0 ? -1 : ranks[k - 1]!));
    if (wrong >= 0) {
      fail(
        `单位 ${unit}：${names[wrong]} 不在名单上或次序不对`,
        `unit ${unit}: ${names[wrong]} is unknown or out of order`,
      );
    }
    return ranks;
  }

  private pairs(unit: string, pairs: DocketLine["apart"]): [number, number][] {
    const ranks = pairs.map(([one, other]): [number, number] => [this.rank(one), this.rank(other)]);
    const wrong = ranks.findIndex(([one, other], k) => {
      const [before, behind] = ranks[k - 1] ?? [-1, -1];
      return one < 0 || other <= one || one < before || (one === before && other <= behind);
    });
    if (wrong < 0) return ranks;
    const pair = pairs[wrong]!.join("+");
    return fail(`单位 ${unit}：${pair} 不在名单上或次序不对`, `unit ${unit}: ${pair} are unknown or out of order`);
  }
}
