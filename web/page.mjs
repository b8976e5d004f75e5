// Puts the page together: template, style, and the programs packed. Everything that goes
// in is in the sources, so that the same sources give the same bytes.

import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import lzma from "lzma";

/** No page is larger. */
export const LIMIT = 150_000;

const bundled = async (common, entry, define = {}) => {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: [entry],
    format: "iife",
    platform: "browser",
    legalComments: "none",
    minify: true,
    define,
    metafile: true,
    write: false,
  });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
};

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Of the libraries whose files went in: name and version, and all that their licences ask for. */
function libraries(web, inputs) {
  const names = new Set(inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  const heads = [];
  const terms = new Map();
  for (const name of [...names].sort()) {
    const folder = join(web, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"].find((file) => existsSync(join(folder, file)));
    const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
    const copyright = /^Copyright .+$/m.exec(text)[0];
    const rest = text.slice(text.indexOf(copyright) + copyright.length).replace(/[“”]/g, '"').replace(/\s+/g, " ").trim();
    terms.set(license, rest);
    heads.push({ short: `${name} ${version} (${license})`, long: `${name}: ${copyright}` });
  }
  const notices = [...heads.map(({ long }) => long), ...[...terms].map(([license, rest]) => `${license}: ${rest}`)].join("\n");
  return { names: heads.map(({ short }) => short).join(", "), notices: `/*\n${notices.replaceAll("*/", "* /")}\n*/\n` };
}

/** By a library in plain JavaScript: what zlib makes depends on the machine. */
const packed = (text) => Buffer.from(lzma.compress([...Buffer.from(text)], 9));

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/** Base85 as page/base85.ts reads it; zeros at the end, which .lzma does not mind. */
function base85(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    let word = 0;
    for (let i = 0; i < 4; i++) word = word * 256 + (bytes[at + i] ?? 0);
    let digits = "";
    for (let i = 0; i < 5; i++, word = Math.floor(word / 85)) digits = ALPHABET[word % 85] + digits;
    text += digits;
  }
  return text;
}

/** The bytes of verifier.html, and the size of its parts. */
export async function page(web, common) {
  const version = /^version = "(.+)"$/m.exec(readFileSync(join(web, "../Cargo.toml"), "utf8"))[1];
  const of = (name) => join(web, "page", name);
  const [boot, view, engine] = [
    await bundled(common, of("boot.ts")),
    await bundled(common, of("page.ts"), { VERSION: JSON.stringify(version) }),
    await bundled(common, of("worker.ts")),
  ];
  const { names, notices } = libraries(web, [...engine.inputs, ...view.inputs]);
  const views = readFileSync(of("views.html"), "utf8").replace(/\n\s*/g, "\n");
  const css = async (name) => (await transform(readFileSync(of(name), "utf8"), { loader: "css", minify: true, charset: "utf8" })).code;
  const style = await css("style.css");
  const programs = packed(`${views}\0${await css("views.css")}\0${view.text}\0${notices}${engine.text}`);
  if (/<\/(script|style)|<!--/i.test(boot.text + style)) throw new Error("script or style would end the element that holds it");
  const policy = [
    "default-src 'none'",
    // blob: is what boot.ts unpacks.
    `script-src ${hashOf(boot.text)} blob:`,
    `style-src ${hashOf(style)}`,
    "worker-src blob:",
    "connect-src 'self'",
    "img-src data: blob:",
    "media-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const text = base85(programs);
  if (/<\/script/i.test(text)) throw new Error("the packed programs would end the element that holds them");
  const parts = { policy, version, style, script: boot.text, packed: text, libraries: names };
  const html = readFileSync(of("page.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
  const bytes = Buffer.from(html);
  if (bytes.length >= LIMIT) throw new Error(`verifier.html has ${bytes.length} bytes; the limit is ${LIMIT}`);
  return { bytes, of: { page: view.text.length, engine: engine.text.length, packed: parts.packed.length } };
}
