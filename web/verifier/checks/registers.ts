// V08 to V11, V22 and V26: the registers, what they count, how many are drawn, and what
// a void before hands on. docs/spec/verify.md; selection.md, "Quotas".

import type { Quota, Stratum } from "../commit.ts";
import type { Draw } from "../draw.ts";
import type { Policy, Town } from "../policy.ts";
import { stratumName } from "../naming.ts";
import { type Said, ensure, fail, said } from "../report.ts";
import type { Published, Standing, Units } from "../units.ts";
import { isEarlier } from "./commitment.ts";
import { ensureRooted } from "./roots.ts";

/** V08 */
export function units(draw: Draw): Said {
  const { units: bound } = draw.commit();
  const units = draw.units();
  if (units.unordered !== undefined) {
    const line = units.unordered + 2;
    fail(`第 ${line} 行的编号没有递增：${units.id(units.unordered)}`, `ids do not rise in line ${line}: ${units.id(units.unordered)}`);
  }
  ensureRooted(draw, "units.txt", units.lines, "yaohao/unit/v1", bound);
  return said(`${units.count} 个单位，树根 ${bound.root}`, `${units.count} units, root ${bound.root}`);
}

/** Visits that anybody can take or carries: pairing.md, "Bounds". */
const MOST_VISITS = 4095;

/** V09 */
export function inspectors(draw: Draw): Said {
  const { inspectors: bound } = draw.commit();
  const { rows, lines } = draw.inspectors();
  const names = new Set<string>();
  for (const { name, capacity, carried } of rows) {
    ensure(!names.has(name), `${name} 出现两次`, `${name} stands there twice`);
    names.add(name);
    const few = capacity <= MOST_VISITS && carried <= MOST_VISITS;
    ensure(few, `${name} 的次数超过 ${MOST_VISITS}`, `${name} has more than ${MOST_VISITS} visits`);
  }
  ensureRooted(draw, "inspectors.txt", lines, "yaohao/inspector/v1", bound);
  return said(`${rows.length} 人，树根 ${bound.root}`, `${rows.length} inspectors, root ${bound.root}`);
}

/** How many entries of units.txt stand in each of its standings. */
function tally(units: Units): Float64Array {
  const counts = new Float64Array(units.standings.length);
  for (let i = 0; i < units.count; i++) counts[units.standing[i]!]!++;
  return counts;
}

/** V10 */
export function strata(draw: Draw): Said {
  const commit = draw.commit();
  const units = draw.units();
  const policy = draw.committedPolicy();
  const counts = tally(units);
  const found = units.standings.map((standing, i) => ({ standing, count: BigInt(counts[i]!) }));
  const inOrder = (text: string): bigint => found.find(({ standing }) => standing.text === text)?.count ?? 0n;
  const stated = [
    ...commit.strata.map(({ label, pool }) => ({ text: label.text, count: pool })),
    ...commit.excluded.map(({ reason, count }) => ({ text: `excluded:${reason}`, count })),
  ];
  for (const { text, count } of stated) {
    const there = inOrder(text);
    const { zh, en } = stratumName(text, policy.names);
    ensure(there === count, `${zh} 有 ${there} 家，承诺 ${count} 家`, `${en} has ${there} units, committed ${count}`);
  }
  const more = found.find(({ standing }) => !stated.some(({ text }) => text === standing.text));
  if (more) fail(`承诺里没有 ${more.standing.text}`, `${more.standing.text} is not in the commitment`);
  checkPublished(draw, units, new Publishing(policy, commit.window.first));
  const out = commit.excluded.reduce((sum, { count }) => sum + count, 0n);
  return said(
    `${commit.strata.length} 层共 ${BigInt(units.count) - out} 家，排除 ${out} 家`,
    `${BigInt(units.count) - out} units in ${commit.strata.length} strata, ${out} excluded`,
  );
}

/** Whether a line of units.txt publishes what the policy demands. */
class Publishing {
  /** Zones of each town of the office on that day. */
  private readonly zones = new Map<string, string[]>();

  constructor(
    private readonly policy: Policy,
    day: number,
  ) {
    const valid = ({ from, until }: Town): boolean => (from ?? day) <= day && day <= (until ?? day);
    for (const { code, zone } of policy.towns.filter(valid)) {
      this.zones.set(code, [...(this.zones.get(code) ?? []), zone]);
    }
  }

  fields(published: readonly Published[]): boolean {
    const { publish } = this.policy;
    return published.length === publish.length && published.every(([field], i) => field === publish[i]);
  }

  /** Of a unit in a stratum: its class and town fit the label. */
  fits(published: readonly Published[], standing: Standing): boolean {
    const { label } = standing;
    if (!label) return true;
    return published.every(([field, value]) => {
      if (field === "class") return this.policy.classes.get(label.rule)?.includes(value) ?? false;
      if (field !== "town") return true;
      const zones = this.zones.get(value);
      return zones !== undefined && (label.zone === undefined || zones.includes(label.zone));
    });
  }
}

function checkPublished(draw: Draw, units: Units, publishing: Publishing): void {
  for (let i = 0; i < units.count; i++) {
    const published = units.published(i);
    const id = (): string => units.id(i);
    if (!publishing.fields(published)) fail(`${id()} 公布的栏目与方案不符`, `${id()} does not publish the fields of the policy`);
    if (!publishing.fits(published, units.at(i))) {
      fail(`${id()} 的类别或镇街与所属分层不符`, `class or town of ${id()} do not fit its stratum`);
    }
    if (i % 16_384 === 0) draw.progress(i, units.count);
  }
}

/** How many a rule draws of a pool. */
function size(quota: Quota, pool: bigint): bigint {
  const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
  let size: bigint;
  if ("count" in quota.size) {
    size = quota.size.count;
  } else {
    const { part, up } = quota.size;
    size = (pool * part.p + (up ? part.q - 1n : 0n)) / part.q;
  }
  size = size < quota.floor ? quota.floor : size;
  return least(least(size, quota.cap ?? size), pool);
}

/** How many of each stratum are drawn: selection.md, "Quotas", 1 to 3. */
export function shares(quota: Quota, strata: readonly Stratum[]): bigint[] {
  const pool = strata.reduce((sum, stratum) => sum + stratum.pool, 0n);
  if (pool === 0n) return [];
  const whole = size(quota, pool);
  const given = strata.map((stratum) => (whole * stratum.pool) / pool);
  const rests = strata.map((stratum, i) => ({ i, rest: (whole * stratum.pool) % pool }));
  rests.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  let left = whole - given.reduce((sum, share) => sum + share, 0n);
  for (const { i } of rests) if (left-- > 0n) given[i]!++;
  return given;
}

/** How many units of carried.txt are in the pool of each stratum. */
function carriedPools(draw: Draw): Map<string, bigint> {
  const pools = new Map<string, bigint>();
  if (!draw.commit().carried) return pools;
  const { rows } = draw.carried();
  const units = draw.units();
  for (const i of units.entries(new Set(rows.map(({ unit }) => unit)))) {
    const label = units.at(i).label?.text;
    if (label !== undefined) pools.set(label, (pools.get(label) ?? 0n) + 1n);
  }
  return pools;
}

/** V11 */
export function quotas(draw: Draw): Said {
  const commit = draw.commit();
  const pools = carriedPools(draw);
  ensure(commit.quotas.length > 0, "没有写明抽取数量", "there are no quotas");
  for (const { label } of commit.strata) {
    const rule = commit.quotas.some((quota) => quota.rule === label.rule);
    ensure(rule, `${label.text} 没有规则`, `${label.text} has no rule`);
  }
  for (const quota of commit.quotas) {
    const strata = commit.strata.filter(({ label }) => label.rule === quota.rule);
    shares(quota, strata).forEach((share, i) => {
      const { label, drawn } = strata[i]!;
      const carried = pools.get(label.text) ?? 0n;
      const due = carried > share ? carried : share;
      ensure(drawn === due, `${label.text} 抽 ${drawn} 家，应抽 ${due} 家`, `${label.text} draws ${drawn} units, not ${due}`);
    });
  }
  const all = commit.strata.reduce((sum, { drawn }) => sum + drawn, 0n);
  return said(`${commit.strata.length} 层共抽 ${all} 家`, `${all} units are drawn of ${commit.strata.length} strata`);
}

/** V22 */
export function odds(draw: Draw): Said {
  const commit = draw.commit();
  const policy = draw.committedPolicy();
  const asked = policy.odds !== undefined;
  ensure((commit.odds !== undefined) === asked, "试抽结果的有无与方案不符", "odds are there, or not, against the policy");
  if (!policy.odds) return said("方案没有要求", "the policy does not ask for it");
  const odds = draw.odds();
  ensure(draw.hash("odds.txt") === commit.odds, "odds.txt 不是承诺的那一份", "odds.txt is not the one committed");
  ensure(odds.draws === policy.odds.draws, `试抽 ${odds.draws} 次，方案要求 ${policy.odds.draws} 次`, `${odds.draws} dry draws, not ${policy.odds.draws}`);
  const due = commit.strata.filter(({ drawn }) => drawn > 0n);
  ensure(due.length === odds.strata.length, "层数与承诺不同", "not as many strata as committed");
  due.forEach(({ label, pool }, i) => {
    const { label: name, kinds, units } = odds.strata[i]!;
    const fits = name === label.text && units === pool && kinds >= 1n && kinds <= pool;
    ensure(fits, `${name} 一行与承诺不符`, `the line of ${name} does not fit the commitment`);
  });
  const { hits, samples } = odds.largest;
  const { cap } = policy.odds;
  const shown = `${hits}/${samples}`;
  ensure(hits >= 1n && hits <= samples, `最大概率不是概率：${shown}`, `the largest probability is none: ${shown}`);
  ensure(hits * cap.q <= cap.p * samples, `最大概率 ${shown} 超过 ${cap.text}`, `the largest probability ${shown} is above ${cap.text}`);
  ensure(odds.entropy.least <= odds.entropy.mean, "最小的熵大于平均", "the least entropy is above the mean");
  return said(`试抽 ${odds.draws} 次，最大概率 ${shown}，上限 ${cap.text}（抽查机关自述）`, `${odds.draws} dry draws, largest probability ${shown}, cap ${cap.text} (the office's statement)`);
}

/** V26 */
export function carried(draw: Draw): Said {
  const commit = draw.commit();
  if (!commit.carried) return said("没有带入的单位", "no units are carried over");
  const { rows, lines } = draw.carried();
  const units = draw.units();
  rows.forEach(({ unit, draw: from }, i) => {
    ensure(i === 0 || rows[i - 1]!.unit < unit, `${unit} 的次序不对`, `${unit} is out of order`);
    ensure(isEarlier(from, commit.draw), `${from.text} 不是同一机关更早的抽取`, `${from.text} is no earlier draw of the office`);
    ensure(units.find(unit) !== undefined, `名录里没有 ${unit}`, `${unit} is not in the register`);
  });
  ensureRooted(draw, "carried.txt", lines, "yaohao/carry/v1", commit.carried);
  const lapsed = rows.filter(({ unit }) => units.at(units.find(unit)!).reason !== undefined).length;
  return said(`带入 ${rows.length} 家，其中 ${lapsed} 家不再参加`, `${rows.length} units carried over, of which ${lapsed} lapse`);
}

