// A13 and A14: every draw closed in time, every sealed one opened in time.

import { type Moment, civilDay, civilMoment, clockText, dayText, momentText } from "../moment.ts";
import { type Said, said } from "../report.ts";
import type { Case } from "./checkpoints.ts";
import { nowOf } from "./entries.ts";
import type { Findings, State } from "./findings.ts";
import type { Folder } from "./history.ts";
import { committed } from "./numbers.ts";

/** What witnesses say of a document that they should have seen by `due`. */
function checkSeen({ log }: Case, folder: Folder, file: string | undefined, due: Moment, state: State, findings: Findings): void {
  if (!log?.tree || !folder.number) return;
  // A draw that the log knows nothing of is not missing a document in it.
  if (log.indexOf(folder.number.text, "commit.txt") === undefined) return;
  const index = file === undefined ? undefined : log.indexOf(folder.number.text, file);
  const seen = log.seenMissing(index, due);
  if (!seen) return;
  const time = momentText(seen.time);
  findings.fault(
    folder.name,
    `见证方在${clockText(seen.time)}看到的日志（${seen.size} 条）还没有它`,
    `witnesses saw the log without it at ${time} (${seen.size} entries)`,
    state,
  );
}

/** A13 */
export function closings(of: Case, findings: Findings): Said {
  const folders = committed(of);
  const now = nowOf(of, of.history.given.now);
  let closed = 0;
  for (const folder of folders) {
    const { closeBy } = folder.commit;
    const due = momentText(closeBy);
    const file = folder.closings()[0];
    const at = file === undefined ? undefined : folder.head(file)?.at;
    if (file !== undefined) closed++;
    if (at !== undefined && at > closeBy) {
      findings.fault(folder.name, `${file} 的时间是${clockText(at)}，期限为${clockText(closeBy)}`, `${file} is of ${momentText(at)}, due by ${due}`, "OVERDUE");
    } else if (file === undefined && now > closeBy) {
      const today = momentText(now);
      findings.fault(folder.name, `期限为${clockText(closeBy)}，现在是${clockText(now)}，还没有办结`, `due by ${due}, it is ${today}, and nothing closes it`, "OVERDUE");
    }
    checkSeen(of, folder, file, closeBy, "OVERDUE", findings);
  }
  return said(`已办结 ${closed} 次，未办结 ${folders.length - closed} 次`, `${closed} closed, ${folders.length - closed} not closed`);
}

/** A14 */
export function openings(of: Case, findings: Findings): Said {
  const sealed = of.history.folders.filter(
    ({ commit, draw }) => commit?.mode === "sealed" && draw.has("record.txt") && !draw.has("void.txt"),
  );
  const today = civilDay(nowOf(of, of.history.given.now));
  let opened = 0;
  for (const folder of sealed) {
    const { openBy } = folder.commit!;
    const due = dayText(openBy);
    const isOpen = folder.draw.has("open.txt");
    const at = folder.head("open.txt")?.at;
    if (isOpen) opened++;
    if (at !== undefined && civilDay(at) > openBy) {
      const day = dayText(civilDay(at));
      findings.fault(folder.name, `最晚应在 ${due} 公开，${day} 才公开`, `due to be opened by ${due}, opened on ${day}`, "LATE-OPEN");
    } else if (!isOpen && today > openBy) {
      const day = dayText(today);
      findings.fault(folder.name, `最晚应在 ${due} 公开，${day} 仍未公开`, `due to be opened by ${due}, still sealed on ${day}`, "LATE-OPEN");
    }
    const end = civilMoment(openBy + 1, 0, 0) - 1;
    checkSeen(of, folder, isOpen ? "open.txt" : undefined, end, "LATE-OPEN", findings);
  }
  return said(`已公开 ${opened} 次，仍密封 ${sealed.length - opened} 次`, `${opened} opened, ${sealed.length - opened} still sealed`);
}
