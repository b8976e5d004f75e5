// Builds dist/verify.mjs (the Node command), dist/agree.mjs and dist/random.mjs (which
// compare it), with --tests dist/test/*, and verifier.html, the page in one file. The same
// sources give the same bytes; --check fails if verifier.html is not what they give.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LIMIT, page } from "./page.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const inside = (...names) => join(here, ...names);
const common = { bundle: true, target: "es2022", charset: "utf8", logLevel: "warning", absWorkingDir: here };
const node = { ...common, platform: "node", format: "esm" };

rmSync(inside("dist/test"), { recursive: true, force: true });
for (const [source, command] of [["cli", "verify"], ["agree", "agree"], ["random", "random"]]) {
  await build({ ...node, entryPoints: [inside(`node/${source}.ts`)], outfile: inside(`dist/${command}.mjs`) });
}
if (process.argv.includes("--tests")) {
  const tests = readdirSync(inside("test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...node,
    external: ["lzma"],
    entryPoints: tests.map((name) => inside("test", name)),
    outdir: inside("dist/test"),
    outExtension: { ".js": ".mjs" },
  });
}

const { bytes, of } = await page(here, common);
const file = inside("verifier.html");
if (process.argv.includes("--check")) {
  if (!existsSync(file) || !readFileSync(file).equals(bytes)) {
    console.error("verifier.html is not what its sources give: run npm run build");
    process.exitCode = 1;
  }
} else if (!process.argv.includes("--tests")) {
  writeFileSync(file, bytes);
}
console.log(`verifier.html: ${bytes.length} of at most ${LIMIT} bytes (page ${of.page}, engine ${of.engine}, packed ${of.packed})`);
