// What the page is made of besides the checks: archives, folders, the packing, reports.
import assert from "node:assert/strict";
import { test } from "node:test";
import { zipSync } from "fflate";
import lzma from "lzma";
import { fromBase85 } from "../page/base85.ts";
import { unlzma } from "../page/lzma.ts";
import { Office } from "../page/office.ts";
import { reportText } from "../page/report-text.ts";
import { cardTyped, hashTyped, isHash, slipTyped, termsOf } from "../page/typed.ts";
import { isZip, unzip } from "../page/zip.ts";
import { hex, utf8 } from "../verifier/digest.ts";
import { Refused } from "../verifier/text.ts";

const blob = (text: string): Blob => new Blob([text]);
const contents = async (of: Uint8Array): Promise<Record<string, string>> =>
  Object.fromEntries(await Promise.all(unzip(of).map(async ({ path, blob }) => [path, await blob.text()] as const)));

test("what lzma packs is unpacked, of every length and kind", () => {
  let seed = 1;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  for (const length of [1, 2, 3, 17, 255, 4096, 70_000]) {
    for (const kinds of [1, 2, 30, 256]) {
      const bytes = Uint8Array.from({ length }, () => random(kinds));
      for (let at = 40; at + 30 < length; at += 50) bytes.copyWithin(at, at - 40, at - 40 + random(30));
      const packed = Uint8Array.from(lzma.compress([...bytes], 9));
      assert.equal(hex(unlzma(packed)), hex(bytes), `${length} of ${kinds} kinds`);
      assert.equal(hex(unlzma(Uint8Array.from([...packed, 0, 0]))), hex(bytes));
    }
  }
});

test("base85 is that of Python", () => {
  // base64.b85encode(bytes(range(0, 256, 13)[:20]))
  assert.equal(hex(fromBase85("01X-^G(k>VXmx^*oT;|M(B10y")), "000d1a2734414e5b6875828f9ca9b6c3d0ddeaf7");
});

test("archives, stored and deflated, give their files", async () => {
  const files = { "2026-001/commit.txt": utf8("一\n"), "2026-001/units.txt": utf8("x".repeat(5000)), "log/": new Uint8Array() };
  for (const level of [0, 9] as const) {
    const zip = zipSync(files, { level });
    assert.ok(isZip(zip));
    assert.deepEqual(await contents(zip), { "2026-001/commit.txt": "一\n", "2026-001/units.txt": "x".repeat(5000) });
  }
  assert.deepEqual(await contents(zipSync({ "a\\b\\commit.txt": utf8("y") })), { "a/b/commit.txt": "y" });
  assert.deepEqual(await contents(zipSync({})), {});
});

test("archives that are damaged, or claim too much, are refused", () => {
  const zip = zipSync({ "commit.txt": utf8("0123456789".repeat(50)), "units.txt": utf8("abc") }, { level: 9 });
  for (let at = 0; at < zip.length; at++) {
    const copy = Uint8Array.from(zip);
    copy[at] = copy[at]! ^ 0x55;
    try {
      unzip(copy);
    } catch (thrown) {
      assert.ok(thrown instanceof Refused, String(thrown));
    }
    try {
      unzip(zip.subarray(0, at));
    } catch (thrown) {
      assert.ok(thrown instanceof Refused, String(thrown));
    }
  }
  // The directory's entry: a size of almost 4 GB, and one byte too small.
  const entry = zip.findIndex((_, i) => zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1);
  const sized = (size: number): Uint8Array => {
    const copy = Uint8Array.from(zip);
    new DataView(copy.buffer).setUint32(entry + 24, size, true);
    return copy;
  };
  assert.throws(() => unzip(sized(0xfffffff0)), /1 GB/);
  assert.throws(() => unzip(sized(499)), Refused);
});

const commit = (draw: string, previous: string): string =>
  `yaohao/commit/v1\ndraw ${draw}\nprevious ${previous}\nsuite yaohao-1-sha256\n`;

test("draws are found with what lies beside them, whatever the folder is called", async () => {
  const office = await Office.open([
    { path: "public/2026-001/commit.txt", blob: blob(commit("x/2026/001", "none")) },
    { path: "public/2026-001/.DS_Store", blob: blob("") },
    { path: "public/2026-001/inside/a.txt", blob: blob("") },
    { path: "public/二/units.txt", blob: blob("") },
    { path: "public/log/checkpoint", blob: blob("") },
    { path: "public/log/record.txt", blob: blob("") },
    { path: "office/policy.toml", blob: blob("") },
    { path: "public/verifier/tiles/x", blob: blob("z") },
    { path: "__MACOSX/2026-009/commit.txt", blob: blob("") },
  ]);
  assert.deepEqual(await office.list(), [
    { path: "public/2026-001", draw: "x/2026/001", log: true, verifier: true },
    { path: "public/二", draw: undefined, log: true, verifier: true },
  ]);
  assert.deepEqual([...(await office.draw("public/2026-001")).keys()].sort(), ["commit.txt", "inside/"]);
  assert.deepEqual([...(await office.neighbour("public/二", "verifier"))!.keys()], ["tiles/x"]);
  assert.equal(await office.predecessor("public/2026-001"), undefined);
});

test("files of a draw on their own are a draw, and so is an archive of them", async () => {
  const zip = zipSync({ "commit.txt": utf8(commit("x/2026/001", "none")) });
  for (const sources of [
    [{ path: "commit.txt", blob: blob(commit("x/2026/001", "none")) }],
    [{ path: "draw.ZIP", blob: new Blob([zip as BlobPart]) }],
  ]) {
    const office = await Office.open(sources);
    assert.deepEqual(await office.list(), [{ path: "", draw: "x/2026/001", log: false, verifier: false }]);
    assert.deepEqual([...(await office.draw("")).keys()], ["commit.txt"]);
  }
});

test("a report as a text says the verdict, the commitment and every check", () => {
  const check = { id: "V01", name: "files", title: { zh: "文件", en: "files" }, status: "fail" as const, evidence: { zh: "缺", en: "gone" } };
  const report = { draw: undefined, commitment: "ab", checks: [check], verdict: "failed" as const, void: false, openedLate: false };
  const text = reportText({ ...report, folder: "2026-001", milliseconds: 1 }, "0.1.0", "2026-12-08 09:30", "zh");
  assert.match(text, /^抽取 2026-001 核验报告\n公开核验网页 0.1.0，北京时间 2026-12-08 09:30 生成\n\n✗ 核验不通过\n.*不通过 1 项.*\n公开的文件与规则不符.*\n承诺值 ab\n\nV01 ✗ 不通过  文件（files）\n    缺\n$/);
  const undecided = { ...check, id: "V04", status: "not-run" as const };
  const agreeing = reportText({ ...report, verdict: "verified", checks: [undecided], folder: "x", milliseconds: 1 }, "0.1.0", "2026-12-08 09:30", "zh");
  assert.match(agreeing, /\n文件前后一致；尚未与抽取前公布的承诺值对照\n/);
  assert.doesNotMatch(agreeing, /✓ 核验通过/);
});

test("what is typed is put in form, and never into another number", () => {
  assert.equal(cardTyped(" ｓl ００38", ["SL0038", "SL0040"]), "SL0038");
  assert.equal(cardTyped("sl0038", ["SL0038", "Sl0038"]), "sl0038", "two differ by case alone");
  assert.equal(cardTyped("SL0039", ["SL0038"]), "SL0039");
  assert.ok(isHash(hashTyped(`${"ＡＢ12 ".repeat(16)}`)) && !isHash(hashTyped("ab12")));
  assert.equal(slipTyped("\ufeff\r\n a b \r\nc\r\n\r\n"), "a b\nc\n");
  assert.deepEqual(termsOf("餐馆 青竹2847"), ["餐馆", "青竹", "2847"]);
});
