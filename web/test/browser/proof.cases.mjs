// A unit's own proof, and that its commands print what the page says.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { basics } from "./basics.mjs";
import { changed, numberOf, publish, shell } from "./folders.mjs";
import { fileAddress, open, shot, verdict } from "./harness.mjs";

/** Runs every command of the proof in the draw's folder. */
async function rerun(page, folder) {
  const blocks = await page.$$eval("#proof pre", (all) => all.map((pre) => pre.textContent));
  for (const block of blocks) {
    const [command, gives] = block.split("\n");
    const printed = shell(command, folder).replace(/ [ *](-|stdin)$/, "");
    assert.equal(printed, gives, command);
  }
  return blocks.length;
}

export function cases(browser, given) {
  const name = readdirSync(given.public).find((name) => /^\d{4}-\d+$/.test(name));
  const folder = join(given.public, name);
  const table = (file) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n").slice(1);
  const units = table("units.txt");
  const drawn = new Set(table("drawn.txt").map((line) => line.split(" ")[0]));
  const idOf = (line) => line.split(" ")[0];
  const excluded = units.find((line) => line.split(" ")[1].startsWith("excluded:"));
  const left = units.find((line) => !line.split(" ")[1].startsWith("excluded:") && !drawn.has(idOf(line)));

  const look = async (unit, check, from = given.public) => {
    const seen = await open(browser, `${fileAddress(given.page)}#unit=${encodeURIComponent(unit)}`);
    await seen.page.setInputFiles("#folder", from);
    await verdict(seen.page);
    await seen.page.locator("#proof ol.steps").waitFor({ timeout: 20_000 });
    await check(seen.page);
    assert.equal(await seen.page.locator("#proof .fail").count(), 0);
    await basics(seen.page);
    await seen.quiet();
  };

  return [
    ["proof: a drawn unit, every command redone", () =>
      look([...drawn][7], async (page) => {
        assert.match(await page.locator("#proof .verdict").innerText(), /抽中/);
        assert.ok((await rerun(page, folder)) > 25);
        await page.locator("#proof").screenshot({ path: join(given.page, "../dist/shots/proof-zh.png") });
      })],
    ["proof: the day of a drawn unit, and by which rule", async () => {
      const [unit, , day] = table("schedule.txt")[3].split(" ");
      await look(unit, async (page) => {
        const step = page.locator("#proof ol.steps > li", { hasText: "检查日期" }).last();
        const said = await step.innerText();
        assert.ok(said.includes(day === "-" ? "日期由抽查机关另行确定" : `排在 ${day}。`), said);
        assert.match(said, /日期不由人挑[^]*✓ 与公布的一致/);
        await page.click("#language");
        assert.match(await step.innerText(), /Nobody chooses it/);
      });
    }],
    ["proof: what is published of the visit", () => {
      const unit = [...drawn][7];
      const from = changed(given, (to) => publish(to, `result ${numberOf(to, name)} ${unit} 2026-12-08 3 1 by-date=1 XF01=open`));
      return look(unit, async (page) => {
        const step = page.locator("#proof ol.steps > li", { hasText: "公布的检查结果" });
        assert.match(await step.innerText(), /2026-12-08 已检查：发现火灾隐患 3 处，已整改 1 处；XF01 发现问题待后续处理。/);
        assert.ok((await rerun(page, join(from, name))) > 25);
        await step.screenshot({ path: join(given.page, "../dist/shots/proof-visit-zh.png") });
      }, from);
    }],
    ["proof: a unit that was not drawn, every command redone", () =>
      look(idOf(left), async (page) => {
        assert.match(await page.locator("#proof .verdict").innerText(), /没有抽中/);
        assert.ok((await rerun(page, folder)) > 15);
        await page.click("#language");
        await page.locator("#proof").screenshot({ path: join(given.page, "../dist/shots/proof-en.png") });
      })],
    ["proof: an excluded unit, with its reason", () =>
      look(idOf(excluded), async (page) => {
        assert.match(await page.locator("#proof .verdict").innerText(), /没有参加这次抽取：/);
        await rerun(page, folder);
      })],
    ["proof: a name of many, and one of nobody", async () => {
      const seen = await open(browser, fileAddress(given.page));
      await seen.page.setInputFiles("#folder", given.public);
      await verdict(seen.page);
      await seen.page.fill("#unit", "示例");
      await seen.page.press("#unit", "Enter");
      await seen.page.locator("#proof ul.found li").nth(49).waitFor();
      await seen.page.fill("#unit", "没有这样的单位");
      await seen.page.press("#unit", "Enter");
      await seen.page.locator("#proof", { hasText: "没有找到" }).waitFor();
      await shot(seen.page, "nobody-zh", false);
      await seen.quiet();
    }],
  ];
}
