// Why this unit was drawn, or was not, in steps that anybody can redo by hand: its line
// and the way to the committed root, its ticket and its place among the others, and, if
// it was drawn, who visits it, on which day. docs/spec/tables.md, selection.md, schedule.md.

import { type Hop, climb } from "./climb.ts";
import { utf8 } from "./digest.ts";
import { late } from "./draw.ts";
import type { Given } from "./given.ts";
import { byCommand, fileCommand, lineCommand, nodeCommand, textCommand } from "./commands.ts";
import { type Place, placeOf, ticketText } from "./place.ts";
import { stratumName } from "./naming.ts";
import { reasonOf } from "./reasons.ts";
import { type Said, said } from "./report.ts";
import type { Lines } from "./text.ts";

/** A command, and what it prints if all is right. */
export interface Command {
  command: string;
  gives: string;
}

/** One step of the proof. */
export interface Step {
  title: Said;
  text: Said;
  /** Whether what it computes is what was published; undefined if nothing is compared. */
  holds?: boolean;
  commands?: Command[];
  hops?: Hop[];
  place?: Place;
}

export type Outcome = "drawn" | "left" | "excluded" | "open";

export interface Proof {
  unit: string;
  name: string | undefined;
  draw: string;
  outcome: Outcome;
  answer: Said;
  steps: Step[];
}

/** A line of units.txt, as far as it is read here. */
interface Unit {
  index: number;
  line: string;
  id: string;
  standing: string;
  docket: string;
  name: string | undefined;
}

export const nameIn = (line: string): string | undefined => / name=(.+)$/.exec(line)?.[1];

function unitAt(units: Lines, index: number): Unit {
  const line = units.text(index);
  const [id = "", standing = "", , docket = ""] = line.split(" ");
  return { index, line, id, standing, docket, name: nameIn(line) };
}

/** The number of the line that begins with `id` and a space; the tag is line 0. */
export function lineOf(table: Lines, id: string): number | undefined {
  const start = utf8(`${id} `);
  for (let i = 1; i < table.length; i++) {
    const raw = table.raw(i);
    if (raw.length > start.length && start.every((byte, at) => raw[at] === byte)) return i;
  }
  return undefined;
}

/** The proof for the unit of that id; undefined if units.txt has no such unit. */
export function prove(given: Given, id: string): Proof | undefined {
  const index = lineOf(given.units, id);
  if (index === undefined) return undefined;
  const unit = unitAt(given.units, index);
  const steps = [standing(given, unit), rooted(given, unit)];
  const place = given.seed && placeOf(given, unit.id, unit.standing, given.seed.value);
  if (given.seed && place) steps.push(seedStep(given, given.seed), ticketStep(given, unit, given.seed.value, place));
  const drawnAt = given.drawn && lineOf(given.drawn, id);
  if (given.drawn && drawnAt !== undefined) steps.push(...drawnSteps(given, unit, given.drawn, drawnAt));
  const outcome = outcomeOf(given, unit, place, drawnAt !== undefined);
  return { unit: id, name: unit.name, draw: given.draw, outcome, answer: answerOf(given, unit, outcome, place), steps };
}

function outcomeOf(given: Given, unit: Unit, place: Place | undefined, listed: boolean): Outcome {
  if (listed || (place && place.place <= place.drawn)) return "drawn";
  if (unit.standing.startsWith("excluded:")) return "excluded";
  return place || given.drawn ? "left" : "open";
}

/** The answer; of a draw that was given up it says that too. */
function answerOf(given: Given, unit: Unit, outcome: Outcome, place: Place | undefined): Said {
  const { zh, en } = plainAnswer(given, unit, outcome, place);
  if (!given.voided || outcome === "excluded") return { zh, en };
  if (outcome === "open") return said("这次抽取已经作废，没有产生结果。", "This draw was given up before anything was drawn.");
  return said(`${zh}这次抽取已经作废；抽中的由下一次抽取带入。`, `${en} The draw was given up; what it drew is carried over to the next one.`);
}

function plainAnswer(given: Given, unit: Unit, outcome: Outcome, place: Place | undefined): Said {
  if (outcome === "excluded") {
    const reason = reasonOf(unit.standing.slice("excluded:".length));
    return said(`没有参加这次抽取：${reason.zh}。`, `It took no part in this draw: ${reason.en}.`);
  }
  const { pool, drawn } = place ?? { pool: 0, drawn: 0 };
  const name = stratumName(unit.standing, given.names);
  if (outcome === "open") {
    return given.sealed
      ? said("在抽取范围内；结果暂时保密，公开之前看不出是否抽中。", "It is in the pool; the result is sealed, and nobody can see before the opening whether it was drawn.")
      : said("在抽取范围内；还没有抽取。", "It is in the pool; nothing has been drawn yet.");
  }
  if (outcome === "drawn") {
    const carried = given.carried.has(unit.id);
    if (carried) return said("抽中：由已作废的抽取带入，最先抽中。", "Drawn: carried over from a voided draw, and so drawn first.");
    return place
      ? said(`抽中：所属分层 ${name.zh} 共 ${pool} 家，抽签号第 ${place.place} 小，抽 ${drawn} 家。`, `Drawn: the ticket is number ${place.place} from the smallest among ${pool} of stratum ${name.en}, of which ${drawn} are drawn.`)
      : said("抽中。", "Drawn.");
  }
  return place
    ? said(`没有抽中：所属分层 ${name.zh} 共 ${pool} 家，抽签号排第 ${place.place}，只抽 ${drawn} 家。`, `Not drawn: the ticket is number ${place.place} among ${pool} of stratum ${name.en}, of which ${drawn} are drawn.`)
    : said("没有抽中。", "Not drawn.");
}

function standing(given: Given, unit: Unit): Step {
  const stratum = given.strata.get(unit.standing);
  const name = stratumName(unit.standing, given.names);
  const about: Said = stratum
    ? said(`所属分层：${name.zh}，共 ${stratum.pool} 家，抽 ${stratum.drawn} 家。`, `It is in stratum ${name.en}: ${stratum.pool} units, of which ${stratum.drawn} are drawn.`)
    : excludedAs(unit.standing);
  return {
    title: said("名录中的一行", "Its line in the register"),
    text: said(`units.txt 第 ${unit.index + 1} 行。${about.zh}`, `Line ${unit.index + 1} of units.txt. ${about.en}`),
    commands: [{ command: byCommand(unit.id, "units.txt"), gives: unit.line }],
  };
}

function excludedAs(standing: string): Said {
  if (!standing.startsWith("excluded:")) return said("承诺里没有这一层。", "The commitment has no such stratum.");
  const reason = reasonOf(standing.slice("excluded:".length));
  return said(`不参加抽取的原因：${reason.zh}。`, `Why it takes no part: ${reason.en}.`);
}

function rooted(given: Given, unit: Unit): Step {
  const { leaf, hops, root } = climb(given.suite, given.units, unit.index, "yaohao/unit/v1");
  return {
    title: said("这一行在抽取之前已经锁定", "This line was fixed before the draw"),
    text: said(
      `这一行的杂凑值（SHA-256 等算出的 64 位“指纹”）逐级合并 ${hops.length} 次，得到名录的树根，写在 commit.txt 的 units 一行里；commit.txt 的杂凑值就是承诺值，请与抽取之前公布的对照。`,
      `The hash of this line, joined ${hops.length} times on its way up, gives the root over the register, which stands in the line units of commit.txt; the hash of commit.txt is the commitment, to be compared with what was announced before the draw.`,
    ),
    holds: root === given.unitsRoot,
    commands: [
      { command: lineCommand(given.suite, "\\0yaohao/unit/v1\\n", unit.id, "units.txt"), gives: leaf },
      ...hops.map((hop) => ({ command: nodeCommand(given.suite, hop.left, hop.right), gives: hop.node })),
      { command: "grep '^units ' commit.txt", gives: `units ${given.unitsRoot} ${given.units.length - 1}` },
      { command: fileCommand(given.suite, "commit.txt"), gives: given.commitment },
    ],
    hops,
  };
}

function seedStep(given: Given, seed: { value: string; text: string }): Step {
  return {
    title: said("种子", "The seed"),
    text: said(
      "由承诺、公开的随机事件和各方的随机数共同决定，谁也不能单独左右。",
      "The commitment, the public random event and the parties' nonces make it together; nobody can steer it alone.",
    ),
    commands: [{ command: textCommand(given.suite, seed.text), gives: seed.value }],
  };
}

function ticketStep(given: Given, unit: Unit, seed: string, place: Place): Step {
  return {
    title: said("抽签号", "Its ticket"),
    text: given.carried.size
      ? said("同层各家的抽签号从小到大排列，由作废的抽取带入的排在最前。", "All tickets of the stratum from the smallest; units carried over from a voided draw come first.")
      : said("同层各家的抽签号从小到大排列，最小的抽中。", "All tickets of the stratum from the smallest; the smallest are drawn."),
    commands: [{ command: textCommand(given.suite, ticketText(seed, unit.standing, unit.id)), gives: place.ticket }],
    place,
  };
}

function drawnSteps(given: Given, unit: Unit, drawn: Lines, index: number): Step[] {
  const line = drawn.text(index);
  const { leaf, hops, root } = climb(given.suite, drawn, index, "yaohao/result/v1");
  const listed: Step = {
    title: said("已写入抽取记录", "It is bound by the record"),
    text: said(
      `drawn.txt 第 ${index + 1} 行，逐级合并 ${hops.length} 次，得到 record.txt 里 drawn 一行的树根。`,
      `Line ${index + 1} of drawn.txt, joined ${hops.length} times on its way up, gives the root in the line drawn of record.txt.`,
    ),
    ...(given.drawnRoot === undefined ? {} : { holds: root === given.drawnRoot }),
    commands: [
      { command: byCommand(unit.id, "drawn.txt"), gives: line },
      { command: lineCommand(given.suite, "\\0yaohao/result/v1\\n", unit.id, "drawn.txt"), gives: leaf },
      ...hops.map((hop) => ({ command: nodeCommand(given.suite, hop.left, hop.right), gives: hop.node })),
      { command: "grep '^drawn ' record.txt", gives: `drawn ${given.drawnRoot ?? "?"} ${drawn.length - 1}` },
    ],
    hops,
  };
  const team = line.split(" ")[4] ?? "";
  return [
    listed,
    ...opening(given, unit.id, given.dockets, "docket", unit.docket),
    ...opening(given, unit.id, given.teams, "team", team),
    ...lateSteps(given, unit.id),
    ...dayStep(given, unit.id),
  ];
}

/** The day that the rule gives the visit; which it is, is for V30. */
function dayStep({ schedule, suite }: Given, id: string): Step[] {
  const index = schedule && lineOf(schedule.lines, id);
  if (!schedule || index === undefined) return [];
  const line = schedule.lines.text(index);
  const day = line.split(" ")[2] ?? "-";
  const planned =
    day === "-"
      ? said("没有一天能让全组都腾出时间，日期由抽查机关另行确定。", "No day has room for the whole team; the office says when it is made.")
      : said(`排在 ${day}。`, `It is planned for ${day}.`);
  return [
    {
      title: said("检查日期", "The day of the visit"),
      text: said(
        `${planned.zh}日期不由人挑，由种子按规则排：耗时长的先排；在全组都有时间的工作日里，先取组员当天已在同一镇街的，再取组员当天任务最轻的，再取当天检查最少的，最后凭抽签号。都排不下的，可以让一次已排的检查改天。之后换人不改日期。`,
        `${planned.en} Nobody chooses it: the seed and a rule do. Long visits come first; of the working days on which the whole team has time, first one on which its people are in the same town, then one on which they have least to do, then one with the fewest visits, and last the lot. Where there is none, one other visit may move. A late change does not move it.`,
      ),
      ...(schedule.recorded === undefined ? {} : { holds: schedule.hash === schedule.recorded }),
      commands: [
        { command: byCommand(id, "schedule.txt"), gives: line },
        { command: fileCommand(suite, "schedule.txt"), gives: schedule.hash },
        { command: "grep '^schedule ' record.txt", gives: `schedule ${schedule.recorded ?? "?"}` },
      ],
    },
  ];
}

/** The line of a table that opens the commitment to it. */
function opening(given: Given, id: string, table: Lines | undefined, of: "docket" | "team", commitment: string): Step[] {
  const index = table && lineOf(table, id);
  if (!table || index === undefined) return [];
  const line = table.text(index);
  const opened = given.suite.hex(`yaohao/${of}/v1\n${given.draw}\n${line}\n`);
  return [
    {
      title: of === "team" ? said("检查组", "The team") : said("可派人员", "Who could come"),
      text:
        of === "team"
          ? said("teams.txt 中的一行，其杂凑值就是 drawn.txt 里对检查组的承诺。", "The line of teams.txt, whose hash is the commitment to the team in drawn.txt.")
          : said("dockets.txt 中的一行，其杂凑值在抽取之前就写在 units.txt 里。", "The line of dockets.txt, whose hash stood in units.txt before the draw."),
      holds: opened === commitment,
      commands: [
        { command: byCommand(id, `${of}s.txt`), gives: line },
        { command: lineCommand(given.suite, `yaohao/${of}/v1\\n${given.draw}\\n`, id, `${of}s.txt`), gives: commitment },
      ],
    },
  ];
}

const lateFile = (number: number): string => `replace-${late(number)}.txt`;

function lateSteps(given: Given, id: string): Step[] {
  return given.late
    .filter(({ team }) => team.startsWith(`${id} `))
    .map(({ number, team }) => ({
      title: said(`第 ${number} 次换人之后的检查组`, `The team after late change ${number}`),
      text: said("抽取之后换过人；检查组以此为准。", "Somebody was replaced after the draw; this is the team from then on."),
      commands: [{ command: "grep '^team ' " + lateFile(number), gives: `team ${team}` }],
    }));
}
