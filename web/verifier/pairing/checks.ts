// V18 teams-lawful, V19 teams-cheapest, V20 prices and V24 leads of docs/spec/verify.md.

import type { Draw } from "../draw.ts";
import { type Said, fail, said } from "../report.ts";
import { type Exchanges, tryExchanges } from "./exchanges.ts";
import { checkCheapest, checkLawful, checkLeads, checkPrices } from "./judge.ts";
import { checkRange } from "./prices.ts";
import { loadsOf } from "./question.ts";
import { type Setting, settingOf } from "./setting.ts";

/** Exchanges of people, which V19 and V20 both ask for. */
function exchangesOf(draw: Draw, { question, teams, prices }: Setting): Exchanges {
  return draw.once("exchanges of the pairing", () => tryExchanges(question, teams, prices));
}

/** What V18 asks, on which the other checks rest: they fail where it fails. */
export function lawfulSetting(draw: Draw): Setting {
  const setting = settingOf(draw);
  return draw.once("lawful setting of the pairing", () => {
    checkLawful(setting.question, setting.teams);
    return setting;
  });
}

/** V18: every team is lawful, and nobody has more visits than capacity. */
export function lawful(draw: Draw): Said {
  const { question, teams } = lawfulSetting(draw);
  const slots = teams.reduce((sum, team) => sum + team.length, 0);
  const loads = loadsOf(question, teams).all;
  const most = loads.reduce((largest, load) => Math.max(largest, load), 0);
  return said(
    `${teams.length} 个单位、${slots} 个岗位均由有资格的不同人员担任；${loads.length} 人中一人最多 ${most} 次，无人超出可承担次数`,
    `${teams.length} units, ${slots} slots, all held by different inspectors eligible for them; of ${loads.length} people nobody has more than ${most} visits, and nobody more than they can take`,
  );
}

/** V19: no unit has a team that is cheaper at ticket and price. */
export function cheapest(draw: Draw): Said {
  const setting = lawfulSetting(draw);
  const { question, teams, prices } = setting;
  checkRange(question, prices);
  checkCheapest(question, prices, exchangesOf(draw, setting));
  return said(
    `逐单位比较抽签号与价格之和：${teams.length} 个检查组中，把任何一人换成其他有资格的人都不会更小`,
    `ticket and price compared unit by unit: in none of ${teams.length} teams would anybody else who is eligible be cheaper`,
  );
}

/** V20: every price fits its inspector's load, and none could be lower. */
export function prices(draw: Draw): Said {
  const setting = lawfulSetting(draw);
  const { question, teams, lines, prices } = setting;
  const loads = loadsOf(question, teams).all;
  lines.forEach(({ name, load }, i) => {
    const right = question.names[i]!;
    if (name !== right) {
      fail(
        `prices.txt 第 ${i + 1} 人应是 ${right}`,
        `inspector ${i + 1} of prices.txt should be ${right}`,
      );
    }
    if (load === loads[i]!) return;
    fail(
      `${name} 有 ${loads[i]!} 次检查，prices.txt 写 ${load} 次`,
      `${name} has ${loads[i]!} visits, prices.txt says ${load}`,
    );
  });
  checkPrices(question, teams, prices, exchangesOf(draw, setting));
  return said(
    `${lines.length} 人的检查次数属实；${prices.length} 个价格与次数相符，且都已是最低`,
    `the visits of ${lines.length} inspectors are true; ${prices.length} prices fit them and are the least`,
  );
}

/** V24: leads are shared out as evenly as the people allow, and all sit as they should. */
export function leads(draw: Draw): Said {
  const { question, teams, lines, leadPrices } = lawfulSetting(draw);
  const led = new Int32Array(question.names.length);
  for (const [lead] of teams) led[lead!]!++;
  lines.forEach(({ name, leads }, i) => {
    if (leads === led[i]!) return;
    fail(
      `${name} 任主办 ${led[i]!} 次，prices.txt 写 ${leads} 次`,
      `${name} leads ${led[i]!} times, prices.txt says ${leads}`,
    );
  });
  checkLeads(question, teams, leadPrices);
  const most = led.reduce((largest, count) => Math.max(largest, count), 0);
  return said(
    `主办与组内岗位合规则：一人最多任主办 ${most} 次，价格相符且最低`,
    `leads and seats are as the rules say: nobody leads more than ${most} times, and the lead prices fit and are the least`,
  );
}
