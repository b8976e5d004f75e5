// npm run bench -- OFFICE [UNITS]: how long a draw of a million units takes in the page and
// in Node, and the example as it is. OFFICE as `yaohao demo OFFICE` makes it. Nothing here
// passes or fails; the figures are for docs/performance.md.

import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { scratch } from "../test/browser/folders.mjs";
import { fileAddress, launch, statuses, web } from "../test/browser/harness.mjs";
import { enlarge } from "./large.mjs";

const [office, wanted = "1000000"] = process.argv.slice(2);
if (!office) {
  console.error("usage: npm run bench -- OFFICE_DIR [UNITS]");
  process.exit(2);
}

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** The most memory that the processes of a kind had at a time, where the system tells. */
async function peak(browser, type) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const kilobytes = processInfo.filter((process) => process.type === type).map(({ id }) => {
    try {
      return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]);
    } catch {
      return 0;
    }
  });
  return Math.max(0, ...kilobytes) * 1024;
}

/** Verifies a folder in a browser of its own. */
async function inPage(folder) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(fileAddress(join(web, "verifier.html")));
  await page.evaluate(() => {
    globalThis.pause = 0;
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      globalThis.pause = Math.max(globalThis.pause, now - last);
      last = now;
      setTimeout(tick, 20);
    };
    tick();
  });
  await page.setInputFiles("#folder", folder);
  const panel = page.locator("#result .verdict").first();
  await panel.waitFor({ timeout: 600_000 });
  const seconds = Number(/([\d.]+) 秒/.exec(await panel.innerText())[1]);
  const found = { seconds, pause: await page.evaluate(() => globalThis.pause), checks: Object.values(await statuses(page)), memory: await peak(browser, "renderer") };
  await browser.close();
  return found;
}

/** The same by the Node command. */
function inNode(folder) {
  const tell = "data:text/javascript,process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS))";
  const start = performance.now();
  const { stderr } = spawnSync("node", ["--import", tell, join(web, "dist/verify.mjs"), "verify", folder], { encoding: "utf8", maxBuffer: 1 << 28 });
  return { seconds: (performance.now() - start) / 1000, memory: Number(/^peak (\d+)$/m.exec(stderr)[1]) * 1024 };
}

const counted = (checks) => ["pass", "fail", "not-run"].map((status) => `${checks.filter((found) => found === status).length} ${status}`).join(", ");

const name = readdirSync(join(office, "public")).find((name) => /^\d{4}-\d+$/.test(name));
const small = join(office, "public", name);
const example = [];
for (let i = 0; i < 5; i++) example.push(await inPage(small));
example.sort((a, b) => a.seconds - b.seconds);
console.log(`${basename(small)}: page ${example[2].seconds} s (median of 5), ${megabytes(example[2].memory)}; ${counted(example[2].checks)}`);

const folder = scratch();
const large = join(folder, name);
const units = enlarge(small, large, Number(wanted));
console.log(`${units.toLocaleString("en")} units, ${megabytes(statSync(join(large, "units.txt")).size)}`);
const page = await inPage(large);
console.log(`page ${page.seconds} s, longest pause ${Math.round(page.pause)} ms, ${megabytes(page.memory)}; ${counted(page.checks)}`);
const node = inNode(large);
console.log(`Node ${node.seconds.toFixed(1)} s, ${megabytes(node.memory)}`);
rmSync(folder, { recursive: true });
