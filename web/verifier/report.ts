// What a check finds, and how all of them make a verdict: docs/spec/verify.md.

/** Words for people, in both languages. */
export interface Said {
  zh: string;
  en: string;
}

export const said = (zh: string, en: string): Said => ({ zh, en });

export type Status = "pass" | "fail" | "not-run";

/** Thrown by a check that does not pass. */
export class Stop extends Error {
  constructor(
    readonly status: "fail" | "not-run",
    readonly said: Said,
  ) {
    super(said.en);
  }
}

export function fail(zh: string, en: string): never {
  throw new Stop("fail", { zh, en });
}

export function notRun(zh: string, en: string): never {
  throw new Stop("not-run", { zh, en });
}

export function ensure(holds: boolean, zh: string, en: string): asserts holds {
  if (!holds) fail(zh, en);
}

/** One numbered check with its result. Numbers and names are permanent. */
export interface Check {
  id: string;
  name: string;
  title: Said;
  status: Status;
  evidence: Said;
}

/** A check to be run on `T`: it returns its evidence, or throws `Stop`. */
export interface Ask<T> {
  id: string;
  name: string;
  title: Said;
  run: (of: T) => Said;
}

/** Runs one check. What a check throws that is no `Stop` is a bug and is not hidden. */
export function ask<T>(question: Ask<T>, of: T): Check {
  const { id, name, title } = question;
  try {
    return { id, name, title, status: "pass", evidence: question.run(of) };
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return { id, name, title, status: thrown.status, evidence: thrown.said };
  }
}
