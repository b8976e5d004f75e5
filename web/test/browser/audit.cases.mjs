// The audit of a whole history in the page.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { basics } from "./basics.mjs";
import { changed, damaged, flip, numberOf, publish } from "./folders.mjs";
import { fileAddress, open, shot, statuses } from "./harness.mjs";

export function cases(browser, given) {
  const name = readdirSync(given.public).find((name) => /^\d{4}-\d+$/.test(name));

  const audit = async (folder, check) => {
    const seen = await open(browser, fileAddress(given.page));
    await seen.page.setInputFiles("#folder", folder);
    await seen.page.locator("#result .verdict").waitFor();
    await seen.page.click("#audit");
    await seen.page.locator('#result li[data-check="A18"]').waitFor({ timeout: 30_000 });
    const all = await statuses(seen.page);
    assert.deepEqual(all, given.audit(folder));
    await check(seen.page, all);
    await basics(seen.page);
    await seen.quiet();
  };

  return [
    ["audit: the public folder, as the program says", () => audit(given.public, async (page) => shot(page, "audit-zh"))],
    ["audit: a history that lacks what its log names", () => {
      const folder = damaged(given.public, name, "units.txt", flip);
      rmSync(join(folder, name, "record.txt"));
      return audit(folder, async (page, all) => {
        assert.equal(all.A06, "fail");
        await page.click("#language");
        await shot(page, "audit-red-en");
      });
    }],
    ["audit: published results, one of a unit that was not drawn", () => {
      const unit = readFileSync(join(given.public, name, "drawn.txt"), "utf8").split("\n")[1].split(" ")[0];
      const folder = changed(given, (to) => publish(to, `closed ${numberOf(to, name)} ${unit}`, `closed ${numberOf(to, name)} X`));
      return audit(folder, async (page, all) => {
        assert.equal(all.A18, "fail");
        assert.match(await page.locator("#result").innerText(), /results\/results-0001\.txt .*没有抽中这家单位/);
        assert.match(await page.locator("#result").innerText(), /已终结 1 家/);
      });
    }],
  ];
}
