// Puts the page together: template, style, page script, and the engine deflated.
// Everything that goes in is in the sources, so that the same sources give the same bytes.

import { build } from "esbuild";
import { deflateSync } from "fflate";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** No page is larger. */
export const LIMIT = 150_000;

const bundled = async (common, entry, more) => {
  const { outputFiles, metafile } = await build({
    ...common,
    ...more,
    entryPoints: [entry],
    format: "iife",
    platform: "browser",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
};

// By a library, not by the platform: what zlib makes depends on the machine.
const packed = (text) => Buffer.from(deflateSync(Buffer.from(text), { level: 9, mem: 12 })).toString("base64");

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Of the libraries whose files went in: name, version and the notice of their licence. */
function notices(web, inputs) {
  const names = new Set(inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  const terms = new Map();
  const heads = [...names].sort().map((name) => {
    const folder = join(web, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"].find((file) => existsSync(join(folder, file)));
    const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
    const copyright = /^Copyright .+$/m.exec(text)[0];
    const rest = text.slice(text.indexOf(copyright) + copyright.length).replace(/[“”]/g, '"').replace(/\s+/g, " ").trim();
    terms.set(license, rest);
    return `${name} ${version} (${license}): ${copyright}`;
  });
  const all = [...heads, ...[...terms].map(([license, rest]) => `${license}: ${rest}`)].join("\n");
  return all.replaceAll("--", "- -").replaceAll("<", "(").replaceAll(">", ")");
}

/** The bytes of verifier.html. */
export async function page(web, common) {
  const version = /^version = "(.+)"$/m.exec(readFileSync(join(web, "../Cargo.toml"), "utf8"))[1];
  const of = (name) => join(web, "page", name);
  const engine = await bundled(common, of("worker.ts"), { minify: true });
  const script = await bundled(common, of("page.ts"), { define: { VERSION: JSON.stringify(version) } });
  const style = readFileSync(of("style.css"), "utf8");
  if (/<\/(script|style)|<!--/i.test(script.text + style)) throw new Error("script or style would end the element that holds it");
  const policy = [
    "default-src 'none'",
    // blob: is the engine, which the page makes of what lies in itself.
    `script-src ${hashOf(script.text)} blob:`,
    `style-src ${hashOf(style)}`,
    "worker-src blob:",
    "connect-src 'self'",
    "img-src data: blob:",
    "media-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const parts = {
    policy,
    version,
    style,
    script: script.text,
    engine: packed(engine.text),
    notices: notices(web, [...engine.inputs, ...script.inputs]),
  };
  const html = readFileSync(of("page.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
  const bytes = Buffer.from(html);
  if (bytes.length >= LIMIT) throw new Error(`verifier.html has ${bytes.length} bytes; the limit is ${LIMIT}`);
  return { bytes, of: { page: script.text.length, engine: engine.text.length, packed: parts.engine.length } };
}
