// What an audit finds, and where: docs/spec/audit.md, States and Checks.

import { type Said, type Status, Stop, said } from "../report.ts";

/** The states that are faults; they come from findings. */
export const FAULTS = ["FORK", "GAP", "OVERDUE", "LATE-OPEN"] as const;
export type State = (typeof FAULTS)[number] | "OPEN" | "VOID" | "SEALED" | "CLOSED" | "OPENED";

export interface Finding {
  /** A folder, a draw number, or a file of the log. */
  place: string;
  state: State | undefined;
  /** Whether it is held against the office. */
  fault: boolean;
  evidence: Said;
}

/** Collects what one check finds. */
export class Findings {
  readonly all: Finding[] = [];

  fault(place: string, zh: string, en: string, state?: State): void {
    this.all.push({ place, state, fault: true, evidence: { zh, en } });
  }

  note(place: string, zh: string, en: string, state?: State): void {
    this.all.push({ place, state, fault: false, evidence: { zh, en } });
  }
}

export interface AuditCheck {
  id: string;
  name: string;
  title: Said;
  status: Status;
  evidence: Said;
  findings: Finding[];
}

/** A check of a history: it adds to the findings and says what it has looked at, or throws `Stop`. */
export interface Question<T> {
  id: string;
  name: string;
  title: Said;
  run: (of: T, findings: Findings) => Said;
}

/** Runs one check: it fails if a finding is a fault. */
export function askAudit<T>({ id, name, title, run }: Question<T>, of: T): AuditCheck {
  const findings = new Findings();
  const result = (status: Status, evidence: Said): AuditCheck => ({ id, name, title, status, evidence, findings: findings.all });
  try {
    const evidence = run(of, findings);
    return result(findings.all.some(({ fault }) => fault) ? "fail" : "pass", evidence);
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return result(thrown.status, thrown.said);
  }
}

export const counted = (count: number | bigint, zh: string, en: string): Said => said(`${count} ${zh}`, `${count} ${en}`);
