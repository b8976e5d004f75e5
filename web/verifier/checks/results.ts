// V15 to V17, V21 and V29: who is drawn, what was committed for them is what is published,
// and the office's verifier. docs/spec/verify.md; selection.md; documents.md, "Voids".

import { hex, sha256 } from "../digest.ts";
import type { Draw } from "../draw.ts";
import { type Said, ensure, notRun, said } from "../report.ts";
import { needInputs, seedOf } from "../seed.ts";
import { select } from "../selection.ts";
import { inputsComplete } from "./order.ts";
import { ensureRooted, lineCommitment } from "./roots.ts";

/** The ids of the units that the draw before hands on. */
const handedOn = (draw: Draw): Set<string> =>
  new Set(draw.commit().carried ? draw.carried().rows.map(({ unit }) => unit) : []);

/** V15 */
export function selection(draw: Draw): Said {
  draw.commit();
  if (draw.has("void.txt")) return voided(draw);
  const { rows } = draw.drawn();
  const carried = handedOn(draw);
  draw.units();
  const seed = seedOf(draw);
  const due = select(draw, seed, carried);
  due.forEach((one, i) => {
    const row = rows[i];
    const line = `${one.unit} ${one.label} ${one.rank} ${one.ticket}`;
    const there = row ? `${row.unit} ${row.label.text} ${row.rank} ${row.ticket}` : "-";
    ensure(line === there, `第 ${i + 2} 行应是 ${line}，却是 ${there}`, `line ${i + 2} must be ${line}, and is ${there}`);
  });
  ensure(rows.length === due.length, `多出 ${rows.length - due.length} 家`, `${rows.length - due.length} units too many`);
  return said(`种子 ${seed}，抽中的 ${due.length} 家重算一致`, `the seed is ${seed}; the same ${due.length} units are drawn`);
}

/** V15 under a void: what it hands on. */
function voided(draw: Draw): Said {
  const commit = draw.commit();
  const { drawn } = draw.void();
  if (!drawn) notRun("作废时没有单位要移交", "the void hands no units on");
  const { rows, lines } = draw.voided();
  const due = new Map(commit.carried ? draw.carried().rows.map(({ unit, line }) => [unit, line]) : []);
  if (inputsComplete(draw)) {
    needInputs(draw);
    draw.units();
    const seed = seedOf(draw);
    for (const { unit, label, rank, ticket } of select(draw, seed, new Set(due.keys()))) {
      if (!due.has(unit)) due.set(unit, `${unit} ${commit.draw.text} ${label} ${rank} ${ticket}`);
    }
  }
  const wanted = [...due.keys()].sort().map((unit) => due.get(unit)!);
  wanted.forEach((line, i) => {
    const there = rows[i]?.line ?? "-";
    ensure(line === there, `第 ${i + 2} 行应是 ${line}，却是 ${there}`, `line ${i + 2} must be ${line}, and is ${there}`);
  });
  ensure(rows.length === wanted.length, `多出 ${rows.length - wanted.length} 家`, `${rows.length - wanted.length} units too many`);
  ensureRooted(draw, "voided.txt", lines, "yaohao/carry/v1", drawn);
  return said(`作废后移交的 ${wanted.length} 家重算一致`, `the same ${wanted.length} units are handed on`);
}

/** Fails unless `rows` are the drawn units, each once, in byte order. */
function ensureDrawn(draw: Draw, name: string, rows: readonly { unit: string }[]): void {
  const drawn = [...new Set(draw.drawn().rows.map(({ unit }) => unit))].sort();
  drawn.forEach((unit, i) => {
    const there = rows[i]?.unit ?? "-";
    ensure(unit === there, `${name} 第 ${i + 2} 行应是 ${unit}，却是 ${there}`, `line ${i + 2} of ${name} must be of ${unit}, and is of ${there}`);
  });
  ensure(rows.length === drawn.length, `${name} 的行数不对`, `${name} has not as many lines as units are drawn`);
}

/** V16 */
export function dockets(draw: Draw): Said {
  draw.commit();
  const units = draw.units();
  const { rows, lines } = draw.dockets();
  ensureDrawn(draw, "dockets.txt", rows);
  rows.forEach(({ unit }, i) => {
    const entry = units.find(unit);
    const commitment = entry === undefined ? undefined : units.docket(entry);
    const opened = lineCommitment(draw, "yaohao/docket/v1", lines.text(i + 1));
    ensure(opened === commitment, `${unit} 的可派人员名单与承诺不符`, `the docket of ${unit} does not open its commitment`);
  });
  return said(`${rows.length} 份可派人员名单与承诺相符`, `${rows.length} dockets open their commitments`);
}

/** V17 */
export function teams(draw: Draw): Said {
  draw.commit();
  const commitments = new Map(draw.drawn().rows.map(({ unit, team }) => [unit, team]));
  const { rows } = draw.teams();
  ensureDrawn(draw, "teams.txt", rows);
  for (const { unit, line } of rows) {
    const opened = lineCommitment(draw, "yaohao/team/v1", line);
    ensure(opened === commitments.get(unit), `${unit} 的检查组与承诺不符`, `the team of ${unit} does not open its commitment`);
  }
  return said(`${rows.length} 个检查组与承诺相符`, `${rows.length} teams open their commitments`);
}

/** V21 */
export function record(draw: Draw): Said {
  const commit = draw.commit();
  const { window, inspectors, drawn, prices } = draw.record();
  const sameWindow = window.first === commit.window.first && window.last === commit.window.last;
  ensure(sameWindow, "检查期间与承诺不同", "the window is not that of the commitment");
  const sameInspectors = inspectors.root === commit.inspectors.root && inspectors.count === commit.inspectors.count;
  ensure(sameInspectors, "检查人员与承诺不同", "the inspectors are not those of the commitment");
  const { lines } = draw.drawn();
  draw.prices();
  ensureRooted(draw, "drawn.txt", lines, "yaohao/result/v1", drawn);
  ensure(draw.hash("prices.txt") === prices, "prices.txt 不是记录的那一份", "prices.txt is not the one recorded");
  return said(`抽中的 ${drawn.count} 家，树根 ${drawn.root}`, `${drawn.count} drawn units, root ${drawn.root}`);
}

/** V29 */
export function verifier(draw: Draw): Said {
  const { verifier } = draw.commit();
  const folder = draw.known.verifier;
  if (!verifier.length) notRun("承诺没有列出核验程序", "the commitment names no files for verifying");
  if (!folder) notRun("旁边没有 verifier 文件夹", "there is no folder verifier beside the draw");
  for (const { name, sha256: sum } of verifier) {
    const bytes = folder.get(name);
    ensure(bytes !== undefined, `缺 ${name}`, `${name} is missing`);
    ensure(hex(sha256(bytes)) === sum, `${name} 与承诺不符`, `${name} is not the one committed`);
  }
  return said(`${verifier.length} 个文件与承诺相符`, `${verifier.length} files are those committed`);
}
