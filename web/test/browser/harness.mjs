// A real browser, a plain static site on a host that is no secure context, and a record
// of everything the browser asked for or complained about.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const web = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const shots = join(web, "dist/shots");
const HOST = "draw.test";

const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", json: "application/json" };

/** Serves folders: the first of `roots` that has the file. `maps` puts single files at paths. */
export async function serve(roots, maps = {}) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const wanted = path.endsWith("/") ? `${path}index.html` : path;
    const file = maps[wanted] ?? roots.map((root) => join(root, wanted)).find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
    if (!file) return response.writeHead(404).end();
    const type = TYPES[wanted.split(".").at(-1)] ?? "text/plain; charset=utf-8";
    response.writeHead(200, { "content-type": type }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return { at: (path) => `http://${HOST}:${port}${path}`, port, close: () => server.close() };
}

export async function launch() {
  mkdirSync(shots, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
    ],
  });
}

export const fileAddress = (path) => pathToFileURL(path).href;

/** A page in a context of its own, watched. `missing` are paths that may be absent. */
export async function open(browser, address, { missing, ...options } = {}) {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(`error: ${error.stack ?? error}`));
  page.on("console", (message) => {
    const absent = /404/.test(message.text()) && missing?.test(message.location().url);
    if (["error", "warning"].includes(message.type()) && !absent) complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  await page.goto(address);
  return {
    page,
    requests,
    /** Nothing complained, and nothing was asked of anybody but `origin`, or of anybody at all. */
    async quiet(origin) {
      assert.deepEqual(complaints, []);
      const own = (url) => /^(blob|data):/.test(url) || url.split("#")[0] === address.split("#")[0] || (origin && url.startsWith(origin));
      assert.deepEqual(requests.filter((url) => !own(url)), []);
      await context.close();
    },
  };
}

/** What the report on the screen says, by check. */
export const statuses = (page, within = "#result > ol.checks") =>
  page.$$eval(`${within} > li`, (items) => Object.fromEntries(items.map((li) => [li.dataset.check, li.dataset.status])));

/** Waits for the verdict panel in `within`; gives its class. */
export async function verdict(page, within = "#result") {
  const panel = page.locator(`${within} .verdict`).first();
  await panel.waitFor({ timeout: 30_000 });
  return (await panel.getAttribute("class")).split(" ")[1];
}

export async function shot(page, name, whole = true) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: whole });
}

/** Runs tests one after the other; says which fail. */
export async function runAll(tests) {
  let failed = 0;
  for (const [name, test] of tests) {
    const start = Date.now();
    try {
      await test();
      console.log(`ok   ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}\n${error.stack}`);
    }
  }
  return failed;
}
