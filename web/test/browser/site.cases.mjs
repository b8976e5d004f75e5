// The public site of an office, as `publish` writes it: found from the start page, read
// without scripts, quiet and readable everywhere.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { basics } from "./basics.mjs";
import { fileAddress, open, serve, shot, verdict } from "./harness.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export function cases(browser, given) {
  if (!existsSync(join(given.public, "index.html"))) {
    console.log("     no site in this office: not tested");
    return [];
  }
  const name = readdirSync(given.public).find((name) => /^\d{4}-\d+$/.test(name));
  const table = (file) => readFileSync(join(given.public, name, file), "utf8").trimEnd().split("\n").slice(1);
  const drawn = new Set(table("drawn.txt").map((line) => line.split(" ")[0]));
  const units = table("units.txt").map((line) => {
    const [id, standing] = line.split(" ");
    return { id, standing, name: / name=(.+)$/.exec(line)?.[1] };
  });
  const lucky = units.find(({ id, name }) => drawn.has(id) && name);
  const left = units.find(({ id, name, standing }) => !drawn.has(id) && name && !standing.startsWith("excluded:"));
  const excluded = units.find(({ standing, name }) => standing.startsWith("excluded:") && name);

  /** Both ways in: from a disk, and from a plain host. */
  const everywhere = async (work) => {
    await work(fileAddress(join(given.public, "index.html")), fileAddress(given.public));
    const { at, close } = await serve([given.public]);
    await work(at("/index.html"), at("/"));
    close();
  };

  const search = async (address, origin, text, check) => {
    const seen = await open(browser, address);
    await seen.page.fill("#q", text);
    await seen.page.press("#q", "Enter");
    await check(seen.page);
    await basics(seen.page);
    await seen.quiet(origin);
  };

  /** Every page of the site that links lead to, from the start page on. */
  const crawl = async (address, origin, options, look) => {
    const queue = [address];
    for (let i = 0; i < queue.length; i++) {
      const seen = await open(browser, queue[i], options);
      await look(seen.page, queue[i]);
      const links = await seen.page.$$eval("a[href]", (all) => all.map(({ href }) => href.split("#")[0]));
      for (const link of links) {
        const isPage = link.startsWith(origin) && link.endsWith(".html") && !/\/verifier\//.test(link);
        if (isPage && !queue.includes(link)) queue.push(link);
      }
      await seen.quiet(origin);
    }
    return queue.length;
  };

  return [
    ["site: a unit is found by its name from the start page", () =>
      everywhere(async (address, origin) => {
        await search(address, origin, lucky.name, async (page) => {
          await page.locator("#answer", { hasText: /抽中/ }).waitFor();
          assert.match(await page.locator("#answer").innerText(), new RegExp(lucky.id));
          await shot(page, "site-drawn-zh", false);
        });
        await search(address, origin, left.id, (page) => page.locator("#answer", { hasText: /没有抽中/ }).waitFor());
        await search(address, origin, excluded.id, (page) => page.locator("#answer", { hasText: /没有参加/ }).waitFor());
        await search(address, origin, "没有这样的单位", (page) => page.locator("#answer", { hasText: /都没有|没有这家/ }).waitFor());
      })],
    ["site: every page is quiet and readable", () =>
      everywhere(async (address, origin) => {
        const pages = await crawl(address, origin, {}, (page) => basics(page));
        assert.ok(pages >= 5, `${pages} pages`);
      })],
    ["site: every page on a telephone", () =>
      crawl(fileAddress(join(given.public, "index.html")), fileAddress(given.public), PHONE, async (page, address) => {
        await basics(page);
        await shot(page, `site-phone-${address.split("/").slice(-2).join("-").replace(".html", "")}`, false);
      })],
    ["site: the list of drawn units is read without scripts", async () => {
      const seen = await open(browser, fileAddress(join(given.public, "site/zh", `${name}.html`)), { javaScriptEnabled: false });
      const text = await seen.page.locator("main").innerText();
      assert.equal([...drawn].filter((id) => !text.includes(id)).length, 0);
      await shot(seen.page, "site-draw-zh", false);
      await seen.quiet(fileAddress(given.public));
    }],
    ["site: from the answer to the verified draw and the unit's proof", async () => {
      if (!existsSync(join(given.public, "verifier/verify.html"))) return console.log("     no verify.html in this office");
      const { at, close } = await serve([given.public]);
      const seen = await open(browser, at("/index.html"));
      await seen.page.fill("#q", lucky.id);
      await seen.page.press("#q", "Enter");
      await seen.page.locator('#answer a[href*="verify.html"]').first().click();
      assert.equal(await verdict(seen.page), "verified");
      await seen.page.locator("#proof", { hasText: lucky.name }).waitFor();
      await seen.quiet(at("/"));
      close();
    }],
  ];
}
