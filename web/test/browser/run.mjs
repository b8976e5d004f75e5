// npm run browser -- OFFICE_DIR, where OFFICE_DIR is what `yaohao demo` made. Every
// *.cases.mjs beside this file is run; names given behind OFFICE_DIR choose among them.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { launch, runAll, web } from "./harness.mjs";

const [folder, ...wanted] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, "public"))) {
  console.error("usage: npm run browser -- OFFICE_DIR [WORD…]   (OFFICE_DIR made by `yaohao demo`)");
  process.exit(2);
}
const program = process.env.YAOHAO ?? ["release", "debug"].map((kind) => join(web, "../target", kind, "yaohao")).find(existsSync) ?? "yaohao";

/** What the program prints as JSON, whatever it ends with. */
function json(...args) {
  const { stdout, error } = spawnSync(program, [...args, "--json"], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  return JSON.parse(stdout);
}

const statuses = (checks) => Object.fromEntries(checks.map(({ id, status }) => [id, status]));

/** What the tests are given: the office, the built page, the program to compare with. */
const given = {
  office: resolve(folder),
  public: resolve(folder, "public"),
  page: join(web, "verifier.html"),
  /** The program's checks of a draw and of a history, `id: status`. */
  judge: (draw) => statuses(json("verify", draw).draws[0].checks),
  audit: (history) => statuses(json("audit", history).checks),
};

const browser = await launch();
let failed = 0;
try {
  for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".cases.mjs")).sort()) {
    const { cases } = await import(`./${file}`);
    const tests = cases(browser, given).filter(([name]) => wanted.every((word) => name.includes(word)));
    failed += await runAll(tests);
  }
} finally {
  await browser.close();
}
console.log(failed === 0 ? "all pass" : `${failed} failed`);
// A case that failed may have left its site running.
process.exit(failed === 0 ? 0 : 1);
