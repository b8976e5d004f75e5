// A slip at the door: pasted codes, a file, photographs, and what is not genuine.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { basics } from "./basics.mjs";
import { scratch } from "./folders.mjs";
import { fileAddress, open, serve, shot, statuses, verdict } from "./harness.mjs";
import { cardsOf, codesOf } from "./slips.mjs";

export function cases(browser, given) {
  const folder = join(given.office, "slips");
  const file = existsSync(folder) && readdirSync(folder).find((name) => /^slip-.*\.txt$/.test(name));
  if (!file) return [["slip: the office has one", async () => assert.fail(`no slip in ${folder}`)]];
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  const [one, other] = cardsOf(text);
  const policy = join(given.public, "log/log-policy.txt");
  const [, first] = /^record window (\S+)/m.exec(text);

  /** Opens the view, lets `bring` give the slip, fills in the rest and checks. */
  const check = async (bring, { cards = [one, other], on = first, options = {}, prepare } = {}) => {
    const seen = await open(browser, "about:blank", options);
    const { page } = seen;
    if (prepare) await page.addInitScript(prepare);
    await page.goto(`${fileAddress(given.page)}#view=slip`);
    await bring(page);
    for (const [i, card] of cards.entries()) await page.fill(`#card-${i + 1}`, card);
    await page.fill("#day", on);
    if (existsSync(policy)) await page.setInputFiles("#policy-file", policy);
    await page.click("#check-slip");
    return { ...seen, said: await verdict(page, "#slip-result"), all: await statuses(page, "#slip-result ol.checks") };
  };
  const paste = (codes) => async (page) => page.fill("#codes", codes);
  const done = (seen) => seen.page.context().close();

  return [
    ["slip: four codes pasted one by one, in any order", async () => {
      const codes = codesOf(text);
      const seen = await check(async (page) => {
        await page.fill("#codes", [codes[2], codes[0]].join("\n"));
        await page.locator("#parts", { hasText: "已读 2 / 4" }).waitFor();
        await page.fill("#codes", [codes[2], codes[0], codes[3], codes[1]].join(" "));
        await page.locator("#parts", { hasText: "4 个二维码已全部读到" }).waitFor();
      });
      assert.equal(seen.said, "verified");
      assert.deepEqual([seen.all.S01, seen.all.S03, seen.all.S04, seen.all.S09], ["pass", "pass", "pass", "pass"]);
      await basics(seen.page);
      await shot(seen.page, "slip-green-zh");
      await seen.page.click("#language");
      await basics(seen.page);
      await shot(seen.page, "slip-green-en");
      await done(seen);
    }],
    ["slip: its file", async () => {
      const seen = await check((page) => page.setInputFiles("#slip-file", path));
      assert.equal(seen.said, "verified");
      await done(seen);
    }],
    ["slip: a photograph, where the browser reads codes", async () => {
      const codes = codesOf(text);
      const image = join(scratch(), "codes.png");
      const seen = await check(
        async (page) => {
          writeFileSync(image, await page.screenshot());
          await page.evaluate((codes) => (globalThis.codesToSee = codes), codes);
          await page.setInputFiles("#slip-file", image);
          await page.locator("#parts", { hasText: "已全部读到" }).waitFor();
        },
        {
          prepare: () => {
            globalThis.BarcodeDetector = class {
              static getSupportedFormats = async () => ["qr_code"];
              detect = async () => globalThis.codesToSee.map((rawValue) => ({ rawValue }));
            };
          },
        },
      );
      assert.equal(seen.said, "verified");
      await done(seen);
    }],
    ["slip: codes are missing", async () => {
      const seen = await open(browser, `${fileAddress(given.page)}#view=slip`);
      await seen.page.fill("#codes", codesOf(text).slice(1).join("\n"));
      await seen.page.click("#check-slip");
      await seen.page.locator("#slip-result", { hasText: "还缺第 1 个二维码" }).waitFor();
      await seen.quiet();
    }],
    ["slip: another certificate, another day, another team", async () => {
      const strange = await check(paste(text), { cards: [one, "SL9999"] });
      assert.deepEqual([strange.said, strange.all.S03], ["failed", "fail"]);
      await basics(strange.page);
      await shot(strange.page, "slip-red-zh");
      await done(strange);
      const late = await check(paste(text), { on: "2031-01-01" });
      assert.deepEqual([late.said, late.all.S02], ["failed", "fail"]);
      await done(late);
      const alone = await check(paste(text), { cards: [one] });
      assert.deepEqual([alone.said, alone.all.S03], ["incomplete", "not-run"]);
      await done(alone);
      const forged = await check(paste(text.replace(/^(drawn \S+ \S+) (\d+)/m, (_, head, rank) => `${head} ${Number(rank) + 1}`)));
      assert.deepEqual([forged.said, forged.all.S01], ["failed", "fail"]);
      await done(forged);
    }],
    ["slip: typed in another width and case, pasted from another system", async () => {
      const wide = other.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
      const seen = await check(paste(`\ufeff\r\n${text.replaceAll("\n", "\r\n")}\r\n`), { cards: [` ${one.toLowerCase()} `, wide] });
      assert.deepEqual([seen.said, seen.all.S03], ["verified", "pass"]);
      await done(seen);
      const cut = await check(async (page) => {
        await page.fill("#codes", text.slice(0, text.length / 2));
        await page.click("#check-slip");
        await page.locator("#slip-result", { hasText: "请重新扫描全部二维码" }).waitFor();
        await page.fill("#codes", text);
      });
      assert.equal(cut.said, "verified");
      await cut.page.click("#view-slip details > summary");
      await cut.page.fill("#record", "12345678");
      await cut.page.click("#check-slip");
      await cut.page.locator("#slip-result", { hasText: "应为 64 位" }).waitFor();
      await done(cut);
    }],
    ["slip: over http, with the log policy of the site", async () => {
      const { at, close } = await serve([given.public], { "/verifier/verify.html": given.page });
      const seen = await open(browser, at("/verifier/verify.html#view=slip"));
      await seen.page.fill("#codes", text);
      await seen.page.fill("#card-1", one);
      await seen.page.fill("#card-2", other);
      await seen.page.fill("#day", first);
      await seen.page.check("#policy-site");
      await seen.page.click("#check-slip");
      assert.equal(await verdict(seen.page, "#slip-result"), "verified");
      await basics(seen.page);
      await shot(seen.page, "slip-http-zh");
      await seen.quiet(at("/"));
      close();
    }],
    ["slip: nothing, and what is no slip", async () => {
      const seen = await open(browser, `${fileAddress(given.page)}#view=slip`);
      await seen.page.click("#check-slip");
      await seen.page.locator("#slip-result", { hasText: "请先扫描或粘贴" }).waitFor();
      await seen.page.fill("#codes", "https://example.invalid/pay");
      await seen.page.click("#check-slip");
      await seen.page.locator("#slip-result .notice").waitFor();
      await basics(seen.page);
      await seen.quiet();
    }],
  ];
}
