// Groups and nonces in escrow against the example of docs/spec/escrow.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Commit } from "../verifier/commit.ts";
import { SHA256, SM3 } from "../verifier/digest.ts";
import { drawNumber } from "../verifier/reader.ts";
import { nonceOpens } from "../verifier/escrow.ts";
import { SM2, groupOf } from "../verifier/group.ts";

const A0 = "4fe2a684e0e6c5e370ca0d89f5e2cb0da1e2ecd4028fa2d395fbca4e33f25805";
const C0 = "c6473159e19ed185b373e935081774e0c133b9416abdff319667187a71dff53e";
const ORDER = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

test("the nonce of the example has its point and opens its commitment", () => {
  const commitment = "23eeeeaf123c5a40e43964748cbea4fface8140b24eea1b7ffd6bc83df9d7a67";
  const commit = {
    suite: SHA256,
    draw: drawNumber("example/2026/001"),
    parties: [{ name: "office", commitment }],
    escrow: { threshold: 2, points: [C0], custodians: [], room: 4096 },
  } as unknown as Commit;
  assert.equal(groupOf(SHA256).pointOf(A0), C0);
  assert.ok(nonceOpens(commit, "office", A0));
  for (const other of [A0.replace("4f", "50"), "0".repeat(64), "f".repeat(64), ORDER]) assert.ok(!nonceOpens(commit, "office", other));
  assert.ok(!nonceOpens({ ...commit, escrow: undefined }, "office", A0));
});

test("points have one form, and are in the group", () => {
  const { isPoint, pointOf } = groupOf(SHA256);
  assert.ok(isPoint(C0) && isPoint("a9cca99b4c01d4d47dc9cdcd3fd8262073a45547c81bf88e7670781558de96f3"));
  const wrong = [
    `01${"00".repeat(31)}`, // the identity
    `01${"00".repeat(30)}80`, // x = 0 with a sign
    `ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f`, // of order 2
    `eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f`, // y = p + 1
    `26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05`, // of order 8
    `02${"00".repeat(31)}`, // not on the curve
    C0.slice(2),
    "",
  ];
  for (const point of wrong) assert.ok(!isPoint(point), point);
  assert.equal(pointOf(ORDER), undefined);
});

test("points on the curve of SM2 are compressed, and never infinity", () => {
  const { isPoint, pointOf } = groupOf(SM3);
  assert.equal(pointOf(`${"00".repeat(31)}01`), SM2.BASE.toHex(true));
  assert.ok(isPoint(SM2.BASE.toHex(true)));
  for (const point of [SM2.BASE.toHex(false), "00", `02${"ff".repeat(32)}`, `05${"00".repeat(32)}`]) assert.ok(!isPoint(point), point);
  assert.equal(pointOf(SM2.Fn.ORDER.toString(16)), undefined);
});
