// Slips: their codes, their text and S01 to S09.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { utf8 } from "../verifier/digest.ts";
import { dayOf } from "../verifier/moment.ts";
import { readLogPolicy } from "../verifier/notes/policy.ts";
import { fromBase45 } from "../verifier/slip/base45.ts";
import { type Given, checkSlip } from "../verifier/slip/check.ts";
import { PartsMissing } from "../verifier/slip/codes.ts";
import { inflate } from "../verifier/slip/inflate.ts";
import { readSlip } from "../verifier/slip/text.ts";
import { Refused } from "../verifier/text.ts";

const TEXT = readFileSync("test/data/slip.txt", "utf8");
const POLICY = readLogPolicy(readFileSync("test/data/slip-log-policy.txt"));
const GIVEN: Given = { unit: "91500112MA5K00000R", on: dayOf("2026-12-08")!, certificates: ["SL0004", "SL0008"], policy: POLICY };

const failed = (text: string, given: Partial<Given> = {}): string[] =>
  checkSlip(readSlip(text), { ...GIVEN, ...given })
    .checks.filter(({ status }) => status === "fail")
    .map(({ id }) => id);

test("base45 is that of RFC 9285", () => {
  const examples = { BB8: "AB", "%69 VD92EX0": "Hello!!", UJCLQE7W581: "base-45", QED8WEX0: "ietf!", "": "" };
  for (const [coded, plain] of Object.entries(examples)) assert.deepEqual(fromBase45(coded), utf8(plain));
  for (const wrong of ["A", "BB8A", "bb8", "GGW0", ":::", "::", "é", "BB8\n"]) assert.equal(fromBase45(wrong), undefined, wrong);
});

test("DEFLATE of every kind comes back, and never more than is allowed", () => {
  for (const level of [0, 1, 6, 9]) {
    for (const text of ["", "a", TEXT, "ab".repeat(20_000), createHash("sha512").update("x").digest("hex")]) {
      const packed = deflateRawSync(text, { level });
      assert.equal(Buffer.from(inflate(packed, 65_536)!).toString(), text);
      assert.equal(inflate(packed, Math.max(text.length - 1, 0)) === undefined, text.length > 0);
      if (packed.length > 4) assert.equal(inflate(packed.subarray(0, -2), 65_536), undefined);
    }
  }
  assert.equal(inflate(deflateRawSync("a".repeat(65_537)), 65_536), undefined);
});

test("bytes at random are unpacked to their end or refused", () => {
  for (let i = 0; i < 2000; i++) {
    const seed = createHash("sha512").update(`noise ${i}`).digest();
    const found = inflate(Uint8Array.of((seed[0]! & 0xf8) | 4 | (i & 3), ...seed.subarray(1)), 1000);
    assert.ok(found === undefined || found.length <= 1000);
  }
});

const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

function codes(text: string, of: number): string[] {
  const packed = deflateRawSync(text);
  let coded = "";
  for (let i = 0; i < packed.length; i += 2) {
    const two = i + 1 < packed.length;
    let value = two ? packed[i]! * 256 + packed[i + 1]! : packed[i]!;
    for (let digits = two ? 3 : 2; digits > 0; digits--, value = Math.floor(value / 45)) coded += BASE45[value % 45]!;
  }
  const id = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const length = Math.ceil(coded.length / of);
  return Array.from({ length: of }, (_, i) => `YH1/${i + 1}/${of}/${id}/${coded.slice(i * length, (i + 1) * length)}/`);
}

test("parts join in any order, and nothing else does", () => {
  const parts = codes(TEXT, 4);
  assert.deepEqual(readSlip([...parts].reverse()), readSlip(TEXT));
  assert.deepEqual(readSlip(utf8(`  ${parts.join("  \r\n")}\n\n${parts[1]}\n`)), readSlip(TEXT));
  assert.throws(() => readSlip(parts.slice(1)), PartsMissing);
  assert.throws(() => readSlip([]), PartsMissing);
  const other = codes(TEXT.replace("P10", "P11"), 4);
  for (const wrong of [[...parts, other[0]!], codes(TEXT, 9), ["YH1/"], [parts[0]!.toLowerCase()], parts.map((part) => part.replace("/4/", "/04/"))]) {
    assert.throws(() => readSlip(wrong), (thrown) => thrown instanceof Refused && !(thrown instanceof PartsMissing));
  }
});

test("a slip after a late change is verified, and every lie about it is found", () => {
  const report = checkSlip(readSlip(TEXT), GIVEN);
  assert.equal(report.verdict, "verified");
  assert.deepEqual(failed(TEXT, { on: dayOf("2027-01-01")! }), ["S02"]);
  assert.deepEqual(failed(TEXT, { certificates: ["SL0004", "SL0009"] }), ["S03"]);
  assert.deepEqual(failed(TEXT, { unit: "91500112MA5K00026E" }), ["S01"]);
  assert.deepEqual(failed(TEXT, { record: report.record, change: report.change }), []);
  assert.deepEqual(failed(TEXT, { record: "0".repeat(64) }), ["S06"]);
  assert.deepEqual(failed(TEXT.replace("record at 2026-11-24", "record at 2026-11-23")), ["S07"]);
  const alone = checkSlip(readSlip(TEXT), { on: GIVEN.on, certificates: [] });
  assert.deepEqual([alone.verdict, alone.checks[2]!.status], ["incomplete", "not-run"]);
});
