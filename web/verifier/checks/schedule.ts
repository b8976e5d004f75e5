// V30: on which day each drawn unit is visited. docs/spec/schedule.md, "Check".

import type { Draw } from "../draw.ts";
import { dayText } from "../moment.ts";
import { lawfulSetting } from "../pairing/checks.ts";
import { type Said, ensure, fail, said } from "../report.ts";
import { type Visit, scheduled } from "../schedule.ts";
import type { DocketLine } from "../tables.ts";

/** V30 */
export function schedule(draw: Draw): Said {
  const commit = draw.commit();
  if (!commit.schedule) return unscheduled(draw);
  const { availability, days } = commit.schedule;
  const people = draw.inspectors().rows;
  const record = draw.record();
  const dockets = draw.dockets().rows;
  draw.teams();
  const room = draw.availability().rows;
  const { rows } = draw.schedule();
  const { question, teams } = lawfulSetting(draw);
  ensure(draw.hash("availability.txt") === availability, "availability.txt 不是承诺的那一份", "availability.txt is not the one committed");
  const known = room.length === people.length && room.every(({ name }, i) => name === people[i]!.name);
  ensure(known, "availability.txt 的人员与名录不同", "availability.txt does not have the names of inspectors.txt");
  const uneven = room.find(({ minutes }) => minutes.length !== days.length);
  if (uneven) fail(`${uneven.name} 的可用时间不是每天一个`, `${uneven.name} has not one number a day`);
  const visits = dockets.map((docket, u) => visitOf(docket, teams[u]!));
  ensure(draw.hash("schedule.txt") === record.schedule, "schedule.txt 不是记录的那一份", "schedule.txt is not the one recorded");
  const alike = rows.length === dockets.length && rows.every(({ unit }, u) => unit === dockets[u]!.unit);
  ensure(alike, "schedule.txt 与 teams.txt 的单位不同", "schedule.txt and teams.txt have different units");
  const { suite, seed } = question;
  const due = scheduled(suite, seed, visits, room.map(({ minutes }) => minutes), days.length, draw.progress);
  const text = (day: number | undefined): string => (day === undefined ? "-" : dayText(day));
  rows.forEach(({ unit, day }, u) => {
    const right = days[due[u]!];
    ensure(day === right, `${unit} 应排在 ${text(right)}，却是 ${text(day)}`, `${unit} should be on ${text(right)}, and is on ${text(day)}`);
  });
  const left = due.filter((day) => day < 0).length;
  return said(
    `${rows.length} 家的检查日期重算一致，其中 ${left} 家没有排上`,
    `the same days for ${rows.length} units, ${left} of them without one`,
  );
}

function visitOf({ unit, slots, minutes, town }: DocketLine, team: readonly number[]): Visit {
  if (minutes?.length === slots.length && town !== undefined) return { unit, town, team, minutes };
  return fail(`单位 ${unit} 没有写明各岗位所需时间或所在镇街`, `the docket of ${unit} has not its minutes, one a slot, and its town`);
}

/** Without days nothing else may tell of a schedule. */
function unscheduled(draw: Draw): Said {
  const rows = draw.has("dockets.txt") ? draw.dockets().rows : [];
  const bound = draw.has("record.txt") && draw.record().schedule !== undefined;
  ensure(!bound, "记录里有检查日期，承诺却没有", "record.txt has a schedule, the commitment none");
  const telling = rows.find(({ minutes, town }) => minutes !== undefined || town !== undefined);
  if (telling) fail(`单位 ${telling.unit} 写明了时间或镇街，承诺却不排日期`, `the docket of ${telling.unit} has minutes or a town, and there is no schedule`);
  return said("不排检查日期", "no schedule");
}
