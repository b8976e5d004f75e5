// A stratum as people call it, by the names of the policy, with its label.

import { type Said, said } from "./report.ts";

/** `九小场所 第三片区（small/z3）`; the label alone where the policy names nothing. */
export function stratumName(label: string, names: ReadonlyMap<string, string>): Said {
  const [rule = "", zone] = label.split("/");
  const name = [names.get(rule), zone === undefined ? undefined : names.get(`/${zone}`)].filter(Boolean).join(" ");
  return name === "" ? said(label, label) : said(`${name}（${label}）`, `${name} (${label})`);
}
