// Check 1 of docs/spec/pairing.md: one team a unit, each eligible, nobody above capacity.

import { type Said, fail } from "../report.ts";
import { type Question, type Teams, type Unit, loadsOf, outside, place } from "./question.ts";
import { isTeam } from "./seats.ts";

/** A question outside the bounds has no right answer. */
export function checkBounds(question: Question): void {
  const why = outside(question);
  if (why) fail(`超出派组计算的界限：${why.zh}`, `outside the bounds of pairing: ${why.en}`);
}

const nameOf = (question: Question, rank: number): string => question.names[rank] ?? "?";

/** Why a team is not lawful in its seats. */
function unlawful(question: Question, unit: Unit, team: readonly number[]): Said | undefined {
  if (!isTeam(unit, team, question.names.length)) {
    return {
      zh: `单位 ${unit.id} 的检查组不是 ${unit.slots.length} 名名单上的不同人员`,
      en: `the team of unit ${unit.id} is not ${unit.slots.length} different inspectors of the list`,
    };
  }
  const slot = team.findIndex((rank, q) => place(unit.slots[q]!, rank) < 0);
  if (slot < 0) return undefined;
  const name = nameOf(question, team[slot]!);
  return {
    zh: `单位 ${unit.id}：${name} 不具备第 ${slot + 1} 个岗位的资格`,
    en: `unit ${unit.id}: ${name} is not eligible for slot ${slot}`,
  };
}

/** Refuses teams that are not one a unit, or not lawful in their seats. */
export function checkTeams(question: Question, teams: Teams): void {
  if (teams.length !== question.units.length) fail("检查组与单位的数目不同", "not one team a unit");
  question.units.forEach((unit, u) => {
    const why = unlawful(question, unit, teams[u]!);
    if (why) fail(why.zh, why.en);
  });
}

/** Refuses visits above somebody's capacity. */
export function checkCapacity(question: Question, teams: Teams): void {
  loadsOf(question, teams).all.forEach((load, i) => {
    const [name, most] = [nameOf(question, i), question.capacity[i]!];
    if (load <= most) return;
    fail(`${name} 承担 ${load} 次检查，上限是 ${most} 次`, `${name} has ${load} visits, but can take ${most}`);
  });
}
