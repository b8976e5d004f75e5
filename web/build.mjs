// Builds dist/verify.mjs (the Node command), dist/agree.mjs and dist/random.mjs (which compare it), with --tests dist/test/*, and
// verifier.html, the page in one file. The same sources give the same bytes.
import { build } from "esbuild";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const inside = (...names) => join(here, ...names);
const common = { bundle: true, target: "es2022", charset: "utf8", logLevel: "warning", absWorkingDir: here };
const node = { ...common, platform: "node", format: "esm" };

rmSync(inside("dist"), { recursive: true, force: true });
for (const [source, command] of [["cli", "verify"], ["agree", "agree"], ["random", "random"]]) {
  await build({ ...node, entryPoints: [inside(`node/${source}.ts`)], outfile: inside(`dist/${command}.mjs`) });
}
if (process.argv.includes("--tests")) {
  const tests = readdirSync(inside("test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...node,
    entryPoints: tests.map((name) => inside("test", name)),
    outdir: inside("dist/test"),
    outExtension: { ".js": ".mjs" },
  });
}
