// V23 replacements: every late change follows from its request and its links.
// docs/spec/pairing.md, "Late changes"; documents.md, "Late changes" and "Chain".

import type { Chain } from "../commit.ts";
import type { Suite } from "../digest.ts";
import type { Replacement, Request } from "../documents.ts";
import type { Draw } from "../draw.ts";
import { type Said, ensure, fail, notRun, said } from "../report.ts";
import { highs } from "../stream.ts";
import { lawfulSetting } from "./checks.ts";
import { type Prices, type Question, type Unit, key, loadsOf } from "./question.ts";
import type { Setting } from "./setting.ts";

/** A late change: its number, its request and, if it is there, its answer. */
interface Change {
  readonly n: number;
  readonly request: Request;
  readonly answer: Replacement | undefined;
}

/** V23. */
export function replacements(draw: Draw): Said {
  draw.commit();
  const changes = changesOf(draw);
  if (!changes.length) return said("没有换人", "no late change");
  const standing = new Standing(draw, lawfulSetting(draw));
  for (const { n, request, answer } of changes) {
    const opening = standing.open(n, request);
    if (!answer) {
      const { length } = opening.candidates;
      notRun(
        `第 ${n} 次换人已申请，尚无结果；候选 ${length} 人`,
        `late change ${n} is requested and has no answer yet; ${length} candidates`,
      );
    }
    standing.answer(n, opening, answer);
  }
  return said(
    `${changes.length} 次换人，接替人均由申请与链节决定`,
    `late changes: ${changes.length}; who stands in follows from each request and its links`,
  );
}

/** All texts of late changes, from the first to the last. Only the last request may have no answer yet. */
function changesOf(draw: Draw): Change[] {
  const last = Math.max(0, ...draw.lateChanges());
  const changes: Change[] = [];
  for (let n = 1; n <= last; n++) {
    const request = draw.request(n);
    const answered = n < last || draw.isAnswered(n);
    changes.push({ n, request, answer: answered ? draw.replacement(n) : undefined });
  }
  return changes;
}

/** What a request opens: slot `q` of unit `u`, and who may stand in, by rank. */
interface Opening {
  readonly u: number;
  readonly q: number;
  readonly absent: number;
  readonly candidates: Int32Array;
}

/** Teams, loads and links as they stand after the late changes so far. */
class Standing {
  private readonly teams: number[][];
  private readonly loads: Int32Array;
  private readonly ranks: ReadonlyMap<string, number>;
  private readonly absent = new Set<number>();
  private links: readonly string[];

  constructor(
    private readonly draw: Draw,
    private readonly setting: Setting,
  ) {
    const { question, teams } = setting;
    this.teams = teams.map((team) => [...team]);
    this.loads = loadsOf(question, teams).all;
    this.ranks = new Map(question.names.map((name, i) => [name, i]));
    this.links = draw.commit().chains.map(({ link }) => link);
  }

  /** What the request of late change n opens. */
  open(n: number, { unit, absent }: Request): Opening {
    const { units, capacity } = this.setting.question;
    const u = units.findIndex(({ id }) => id === unit);
    ensure(u >= 0, `第 ${n} 次换人：单位 ${unit} 没有检查组`, `late change ${n}: unit ${unit} has no team`);
    const team = this.teams[u]!;
    const rank = this.ranks.get(absent) ?? -1;
    const q = team.indexOf(rank);
    ensure(
      q >= 0,
      `第 ${n} 次换人：${absent} 不在单位 ${unit} 的检查组里`,
      `late change ${n}: ${absent} is not in the team of unit ${unit}`,
    );
    const candidates = units[u]!.slots[q]!.filter(
      (i) => !team.includes(i) && !this.absent.has(i) && this.loads[i]! < capacity[i]!,
    );
    ensure(candidates.length > 0, `第 ${n} 次换人：没有接替人`, `late change ${n}: nobody can stand in`);
    return { u, q, absent: rank, candidates };
  }

  /** Checks the answer to what was opened, and takes it over. */
  answer(n: number, opening: Opening, { links, standIn, team }: Replacement): void {
    this.checkLinks(n, links);
    const { question, prices } = this.setting;
    const { units, names } = question;
    const { u, q, absent, candidates } = opening;
    const right = standInOf(question, prices, units[u]!, q, candidates, this.links);
    const name = names[right]!;
    if (standIn !== name) {
      fail(`第 ${n} 次换人：接替人应是 ${name}，不是 ${standIn}`, `late change ${n}: ${name} should stand in, not ${standIn}`);
    }
    this.teams[u]![q] = right;
    this.absent.add(absent);
    this.loads[absent]!--;
    this.loads[right]!++;
    const roles = this.draw.teams().rows[u]!.members.map(({ role }) => role);
    const words = this.teams[u]!.map((rank, slot) => `${roles[slot]!}=${names[rank]!}`).join(" ");
    const told = team.members.map(({ role, name }) => `${role}=${name}`).join(" ");
    if (team.unit === units[u]!.id && told === words) return;
    fail(`第 ${n} 次换人：检查组应是 ${words}`, `late change ${n}: the team should be ${words}`);
  }

  /** One link of every chain, each one step beyond the link before. */
  private checkLinks(n: number, links: Replacement["links"]): void {
    const { chains, draw, suite } = this.draw.commit();
    ensure(chains.length > 0, "本次抽取没有换人用的链节", "this draw has no chain for late changes");
    const alike = links.length === chains.length && chains.every(({ party }, k) => party === links[k]!.party);
    ensure(alike, `第 ${n} 次换人：不是各方恰好一个链节`, `late change ${n}: not exactly one link of every chain`);
    chains.forEach(({ party, length }: Chain, k) => {
      const leads = n <= length && linkBefore(suite, draw.text, party, links[k]!.hex) === this.links[k];
      ensure(
        leads,
        `第 ${n} 次换人：${party} 的链节接不上前一个`,
        `late change ${n}: the link of ${party} is not the next of its chain`,
      );
    });
    this.links = links.map(({ hex }) => hex);
  }
}

/** Link k − 1 of a chain, made of link k. */
export const linkBefore = (suite: Suite, draw: string, party: string, link: string): string =>
  suite.hex(`yaohao/link/v1\n${draw}\n${party}\n${link}\n`);

/** Of `candidates` for slot `q` of a unit, the one with the least ticket and price; of equal ones the lower rank. */
export function standInOf(
  question: Question,
  prices: Prices,
  unit: Unit,
  q: number,
  candidates: Int32Array,
  links: readonly string[],
): number {
  const fresh = key(question.suite, "yaohao/replace/v1", question.seed, ...links, unit.id);
  const tickets = new Float64Array(candidates.length);
  highs(fresh, q * question.names.length, candidates, tickets);
  const sum = (c: number): bigint => BigInt(tickets[c]!) + prices[candidates[c]! * question.bands + unit.band]!;
  let best = 0;
  for (let c = 1; c < candidates.length; c++) if (sum(c) < sum(best)) best = c;
  return candidates[best]!;
}
