// The five checks of docs/spec/pairing.md, "Checks", of one answer to one question.

import { Stop, fail } from "../report.ts";
import { type Exchanges, tryExchanges } from "./exchanges.ts";
import { checkBounds, checkCapacity, checkTeams } from "./lawful.ts";
import { checkSeats, leadQuestion } from "./leads.ts";
import { checkFit, checkLeast, checkRange } from "./prices.ts";
import { type Prices, type Question, type Teams, loadsOf } from "./question.ts";

export interface Answer {
  readonly teams: Teams;
  readonly prices: Prices;
  readonly leadPrices: Prices;
}

/** Check 1. */
export function checkLawful(question: Question, teams: Teams): void {
  checkBounds(question);
  checkTeams(question, teams);
  checkCapacity(question, teams);
}

/** Check 2, of teams that are lawful in their seats: refuses a unit with a cheaper team. */
export function checkCheapest(question: Question, prices: Prices, exchanges: Exchanges): void {
  checkRange(question, prices);
  const { first, cheaper } = exchanges;
  if (!first) return;
  const [out, into, id] = [question.names[first.out]!, question.names[first.into]!, question.units[first.u]!.id];
  fail(
    `单位 ${id} 由 ${into} 代替 ${out}，抽签号与价格之和更小，差 ${first.gain}；这样的单位共 ${cheaper} 个`,
    `unit ${id} would be cheaper at ticket and price by ${first.gain} with ${into} instead of ${out}; units of that kind: ${cheaper}`,
  );
}

/** Checks 3 and 4. */
export function checkPrices(question: Question, teams: Teams, prices: Prices, exchanges: Exchanges): void {
  const loads = loadsOf(question, teams);
  checkFit(question, loads, prices);
  checkLeast(question, loads, prices, exchanges);
}

/** Check 5, of teams that are lawful in their seats. */
export function checkLeads(question: Question, teams: Teams, prices: Prices): void {
  const second = leadQuestion(question, teams);
  const leads = teams.map((team) => team.slice(0, 1));
  checkTeams(second, leads);
  checkRange(second, prices);
  const exchanges = tryExchanges(second, leads, prices);
  checkCheapest(second, prices, exchanges);
  checkPrices(second, leads, prices, exchanges);
  checkSeats(question, teams);
}

/** The first check that refuses the answer, or 0. */
export function judge(question: Question, answer: Answer): 0 | 1 | 2 | 3 | 4 | 5 {
  const { teams, prices, leadPrices } = answer;
  const passes = (check: () => void): boolean => {
    try {
      check();
      return true;
    } catch (thrown) {
      if (thrown instanceof Stop) return false;
      throw thrown;
    }
  };
  if (!passes(() => checkLawful(question, teams))) return 1;
  if (!passes(() => checkRange(question, prices))) return 2;
  const exchanges = tryExchanges(question, teams, prices);
  if (!passes(() => checkCheapest(question, prices, exchanges))) return 2;
  const loads = loadsOf(question, teams);
  if (!passes(() => checkFit(question, loads, prices))) return 3;
  if (!passes(() => checkLeast(question, loads, prices, exchanges))) return 4;
  return passes(() => checkLeads(question, teams, leadPrices)) ? 0 : 5;
}
