// Verifying a draw in the page, by every way in.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { basics, glyphs } from "./basics.mjs";
import { changed, damaged, drop, flip, rewrite, scratch, shell, zipped } from "./folders.mjs";
import { fileAddress, open, serve, shot, statuses, verdict } from "./harness.mjs";
import { createHash } from "node:crypto";

/** Asked for where a site has no list, though nobody knows whether they are there. */
const PROBES = /\/(SHA256SUMS|replace-\d+(-request)?\.sha256|record\.sha256|void\.sha256|open\.sha256|checkpoints\/\d+|policies\/\w+\.txt|verifier\/[^/]+)$/;

const choose = (page, folder) => page.setInputFiles("#folder", folder);

function pathOf(given) {
  const name = readdirSync(given.public).find((name) => /^\d{4}-\d+$/.test(name));
  return { name, folder: join(given.public, name) };
}

/** The page beside the draws of a public folder, on a host without crypto.subtle. */
const site = (given, folder = given.public) => serve([folder], { "/verifier/verify.html": given.page });

function took(text) {
  const seconds = Number(/([\d.]+) 秒/.exec(text)[1]);
  console.log(`     verified in ${seconds} s, as the page says`);
  assert.ok(seconds < 5, `${seconds} s`);
}

export function cases(browser, given) {
  const { name, folder } = pathOf(given);
  const local = fileAddress(given.page);
  const commitment = createHash("sha256").update(readFileSync(join(folder, "commit.txt"))).digest("hex");

  // The program is given no announced value here, and neither is the page.
  const asTheProgram = async (page, of) => assert.deepEqual(await statuses(page), given.judge(of));

  return [
    ["file: the public folder, chosen, is verified with what was announced", async () => {
      const seen = await open(browser, local);
      const { page } = seen;
      await glyphs(page);
      await basics(page);
      await shot(page, "start-zh");
      await page.fill("#announced", commitment.toUpperCase());
      await choose(page, given.public);
      assert.equal(await verdict(page), "verified");
      const all = await statuses(page);
      assert.equal(all.V04, "pass");
      assert.deepEqual({ ...all, V04: "not-run" }, given.judge(folder));
      took(await page.locator("#result .verdict").innerText());
      await basics(page);
      await shot(page, "green-zh");
      await page.click("#language");
      await basics(page);
      await shot(page, "green-en");
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
      assert.match(readFileSync(await download.path(), "utf8"), /^V29 ✓ passed/m);
      await seen.quiet();
    }],

    ["file: another announced value turns V04 red", async () => {
      const seen = await open(browser, local);
      await choose(seen.page, given.public);
      await verdict(seen.page);
      await seen.page.fill("#announced", commitment.replace(/^./, (digit) => (digit === "0" ? "1" : "0")));
      await seen.page.press("#announced", "Enter");
      await seen.page.locator("#result .verdict.failed").waitFor();
      assert.equal((await statuses(seen.page)).V04, "fail");
      await seen.quiet();
    }],

    ["file: without the whole announced value the verdict is not the full green", async () => {
      const seen = await open(browser, local);
      await choose(seen.page, folder);
      const panel = seen.page.locator("#result .verdict.verified.partly");
      await panel.waitFor();
      assert.match(await panel.innerText(), /尚未与抽取前公布的承诺值对照[^]*V28[^]*V29/);
      await basics(seen.page);
      await shot(seen.page, "partly-zh");
      await seen.page.fill("#announced", commitment.slice(0, 8));
      await seen.page.press("#announced", "Enter");
      await seen.page.locator("#notice", { hasText: "应为 64 位" }).waitFor();
      assert.equal((await statuses(seen.page)).V04, "not-run");
      const spaced = commitment.replace(/.{8}/g, "$& ").replace(/[0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
      await seen.page.fill("#announced", spaced);
      await seen.page.press("#announced", "Enter");
      await seen.page.locator("#result .verdict.verified:not(.partly)").waitFor();
      await seen.quiet();
    }],

    ["file: a folder and an archive, dropped", async () => {
      const seen = await open(browser, local);
      await drop(seen.page, "#drop", [folder]);
      await verdict(seen.page);
      const all = await statuses(seen.page);
      assert.deepEqual([all.V15, all.V28, all.V29], ["pass", "not-run", "not-run"]);
      await drop(seen.page, "#drop", [given.public]);
      await seen.page.locator("#result .verdict.verified").waitFor();
      await seen.page.locator('#result > ol.checks > li[data-check="V28"][data-status="pass"]').waitFor();
      await seen.quiet();
    }],

    ["file: archives of three makers give the same", async () => {
      for (const options of [{}, { level: 0, rename: (path) => `public/${path}` }, { rename: (path) => `公开\\${path.replaceAll("/", "\\")}` }]) {
        const seen = await open(browser, local);
        await seen.page.setInputFiles("#zip", zipped(given.public, options));
        assert.equal(await verdict(seen.page), "verified");
        await asTheProgram(seen.page, folder);
        await seen.quiet();
      }
    }],

    ["file: damaged archives are refused in words", async () => {
      const good = readFileSync(zipped(given.public));
      const cut = join(scratch(), "cut.zip");
      writeFileSync(cut, good.subarray(0, good.length - 40));
      const changed = join(scratch(), "changed.zip");
      const copy = Buffer.from(good);
      copy[5000] ^= 0xff;
      writeFileSync(changed, copy);
      const seen = await open(browser, local);
      for (const path of [cut, changed]) {
        await seen.page.setInputFiles("#zip", path);
        await seen.page.locator("#notice", { hasText: "压缩文件" }).waitFor();
      }
      await seen.quiet();
    }],

    ...["units.txt", "teams.txt", "record.txt", "policy.toml", "drawn.txt"].map((file) => [
      `file: a byte of ${file} changed turns the same checks red as the program's`,
      async () => {
        const bad = damaged(given.public, name, file, flip);
        const seen = await open(browser, local);
        await choose(seen.page, bad);
        assert.equal(await verdict(seen.page), "failed");
        await asTheProgram(seen.page, join(bad, name));
        if (file === "teams.txt") {
          await basics(seen.page);
          await shot(seen.page, "red-zh");
        }
        await seen.quiet();
      },
    ]),

    ["file: a folder without a draw, and an address that a disk may not follow", async () => {
      const seen = await open(browser, `${local}#draw=../${name}`);
      assert.match(await seen.page.locator("#notice").innerText(), new RegExp(`把文件夹 ${name}（位置 ../${name}）拖到`));
      const empty = mkdtempSync(join(scratch(), "x"));
      writeFileSync(join(empty, "readme.txt"), "nothing\n");
      await choose(seen.page, empty);
      await seen.page.locator("#notice", { hasText: "这里没有抽取文件" }).waitFor();
      await seen.quiet();
    }],

    ["file: several draws are listed, and all verified", async () => {
      const two = damaged(given.public, name, "teams.txt", flip);
      shell(`cp -r '${folder}' '${join(two, "copy")}'`, "/");
      const seen = await open(browser, local);
      await choose(seen.page, two);
      await seen.page.click("#verify-all");
      await seen.page.locator("#draws .state.verified").waitFor();
      await seen.page.locator("#draws .state.failed").waitFor();
      await basics(seen.page);
      await shot(seen.page, "draws-zh");
      await seen.quiet();
    }],

    ["http: no crypto.subtle; a draw of the same site by its address", async () => {
      const { at, close } = await site(given);
      const seen = await open(browser, at(`/verifier/verify.html#draw=../${name}`));
      assert.equal(await seen.page.evaluate(() => typeof crypto.subtle), "undefined");
      assert.equal(await verdict(seen.page), "verified");
      await asTheProgram(seen.page, folder);
      took(await seen.page.locator("#result .verdict").innerText());
      await seen.quiet(at("/"));
      close();
    }],

    ["http: a site without a list is probed", async () => {
      const { at, close } = await site(given, changed(given, (to) => rmSync(join(to, "site"), { recursive: true })));
      const seen = await open(browser, at(`/verifier/verify.html#draw=../${name}`), { missing: PROBES });
      assert.equal(await verdict(seen.page), "verified");
      await asTheProgram(seen.page, folder);
      assert.equal(await seen.page.locator("#history").count(), 0);
      await seen.quiet(at("/"));
      close();
    }],

    ["http: the list is believed in nothing but names", async () => {
      const lies = (list) => list.replace(/^[0-9a-f]{64}/gm, "0".repeat(64)).replace(/$/, `${"0".repeat(64)}  ../../etc/passwd\n`);
      const lying = changed(given, (to) => rewrite(join(to, "site/SHA256SUMS"), lies));
      const short = changed(given, (to) => rewrite(join(to, "site/SHA256SUMS"), (list) => list.replace(/^.*teams\.txt\n/m, "")));
      const bad = damaged(given.public, name, "teams.txt", flip);
      for (const [of, expected] of [[lying, "verified"], [short, "failed"], [bad, "failed"]]) {
        const { at, close } = await site(given, of);
        const seen = await open(browser, at(`/verifier/verify.html#draw=../${name}`));
        assert.equal(await verdict(seen.page), expected);
        await seen.quiet(at("/"));
        close();
      }
    }],

    ["http: the whole history, fetched by the list, is audited as by the program", async () => {
      // The same draw twice, once under an unusual name: a history with faults.
      const two = changed(given, (to) => {
        cpSync(join(to, name), join(to, "其他 100%#1"), { recursive: true });
        const lines = (list) => [...list.matchAll(new RegExp(`^(.{66})${name}(/.+\n)`, "gm"))].map(([, hash, file]) => `${hash}其他 100%#1${file}`);
        rewrite(join(to, "site/SHA256SUMS"), (list) => list + lines(list).join(""));
      });
      const { at, close } = await site(given, two);
      const seen = await open(browser, at(`/verifier/verify.html#draw=../${name}`));
      assert.equal(await verdict(seen.page), "verified");
      await asTheProgram(seen.page, join(two, name));
      await seen.page.click("#history");
      await seen.page.locator("#result h2", { hasText: "全部历史" }).waitFor();
      assert.deepEqual(await statuses(seen.page), given.audit(two));
      assert.equal(await seen.page.locator("#draws li").count(), 2);
      await basics(seen.page);
      await seen.quiet(at("/"));
      close();
    }],

    ["http: another site's draw is not opened, and one that is not there", async () => {
      const { at, close } = await site(given);
      const seen = await open(browser, at("/verifier/verify.html#draw=https://example.invalid/2026-001"));
      await seen.page.locator("#notice", { hasText: "只能打开本网站上的抽取" }).waitFor();
      await seen.quiet(at("/"));
      const other = await open(browser, at("/verifier/verify.html#draw=../1999-001"), { missing: /1999-001/ });
      await other.page.locator("#notice", { hasText: "没有" }).waitFor();
      await other.quiet(at("/"));
      close();
    }],

    ["keyboard alone: choose, verify, look a unit up", async () => {
      const seen = await open(browser, local);
      const { page } = seen;
      // Listened for from the start: the browser takes a moment to hand dialogs over.
      const asked = page.waitForEvent("filechooser");
      const focused = () => page.evaluate(() => document.activeElement.id);
      const tabTo = async (id) => {
        for (let i = 0; i < 60 && (await focused()) !== id; i++) await page.keyboard.press("Tab");
        assert.equal(await focused(), id);
      };
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
      await tabTo("choose-folder");
      const style = await page.evaluate(() => getComputedStyle(document.activeElement).backgroundColor);
      assert.equal(style, "rgb(255, 221, 0)", "focus is to be seen");
      await page.keyboard.press("Enter");
      await (await asked).setFiles(given.public);
      assert.equal(await verdict(page), "verified");
      await tabTo("unit");
      await page.keyboard.type("示例");
      await page.keyboard.press("Enter");
      await page.locator("#proof ul.found").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator("#proof ol.steps").waitFor();
      await seen.quiet();
    }],

    ["stopped, and begun again", async () => {
      const seen = await open(browser, "about:blank");
      await seen.page.addInitScript(() => {
        let swallowed = false;
        globalThis.Worker = class extends Worker {
          postMessage(message) {
            if (message.question.kind === "verify" && !swallowed) swallowed = true;
            else super.postMessage(message);
          }
        };
      });
      await seen.page.goto(local);
      await choose(seen.page, folder);
      await seen.page.click("#cancel");
      await seen.page.locator("#notice", { hasText: "已经停止" }).waitFor();
      await choose(seen.page, given.public);
      assert.equal(await verdict(seen.page), "verified");
      await seen.page.context().close();
    }],

    ["phone: nothing is wider than 360 pixels, in both languages", async () => {
      const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
      for (const lang of ["zh", "en"]) {
        const seen = await open(browser, `${local}#lang=${lang}`, phone);
        await basics(seen.page);
        await shot(seen.page, `phone-start-${lang}`);
        await choose(seen.page, given.public);
        await verdict(seen.page);
        await basics(seen.page);
        await shot(seen.page, `phone-green-${lang}`, false);
        await seen.page.click("#to-slip");
        await basics(seen.page);
        await shot(seen.page, `phone-slip-${lang}`);
        await seen.quiet();
      }
    }],

    ["dark, and without a worker", async () => {
      const seen = await open(browser, "about:blank", { colorScheme: "dark" });
      await seen.page.addInitScript(() => {
        globalThis.Worker = class { constructor() { throw new Error("no workers here"); } };
      });
      await seen.page.goto(local);
      await choose(seen.page, given.public);
      assert.equal(await verdict(seen.page), "verified");
      await basics(seen.page);
      await shot(seen.page, "dark-zh", false);
      await seen.page.context().close();
    }],
  ];
}
