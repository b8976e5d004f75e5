// Hashes and trees against the vectors of docs/spec.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { SHA256, SM3, hex, utf8 } from "../verifier/digest.ts";
import { Lines, Refused, fields } from "../verifier/text.ts";
import { Growing, leafHash, pathOf, rootFrom, rootOf } from "../verifier/tree.ts";

test("the ticket of docs/spec/README.md in both suites", () => {
  const text = "yaohao/ticket/v1\n2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\nkey/z1\n91500112450533912J\n";
  assert.equal(SHA256.hex(text), "4ef7fc035e5db51d5ed8689d41640ab55b73025ab6242ab8e64df914bfa45739");
  assert.equal(SM3.hex(text), "03ebd3bd9ea22768d49d21350a804990d0a06218cda501397f06d60a406743a7");
});

test("SM3 of every length agrees with openssl", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256);
    assert.equal(hex(SM3.hash(bytes)), createHash("sm3").update(bytes).digest("hex"), String(length));
  }
});

test("every leaf of every small tree leads to the root, and from nowhere else", () => {
  for (let size = 1; size <= 40; size++) {
    const leaves = Array.from({ length: size }, (_, i) => leafHash(SHA256, utf8(`leaf ${i}`)));
    const root = hex(rootOf(SHA256, leaves));
    leaves.forEach((leaf, i) => {
      const path = pathOf(SHA256, leaves, i);
      const from = (index: number, of: Uint8Array[]) => rootFrom(SHA256, leaf, BigInt(index), BigInt(size), of);
      assert.equal(hex(from(i, path)!), root);
      assert.equal(from(i, [...path, leaf]), undefined);
      if (path.length) assert.equal(from(i, path.slice(1)), undefined);
      const other = from((i + 1) % size, path);
      if (size > 1 && other) assert.notEqual(hex(other), root);
    });
  }
});

test("a root from leaves one by one is the root over all", () => {
  const leaves = Array.from({ length: 70 }, (_, i) => leafHash(SM3, utf8(`leaf ${i}`)));
  for (let size = 0; size <= leaves.length; size++) {
    const tree = new Growing(SM3);
    for (const leaf of leaves.slice(0, size)) tree.push(leaf);
    assert.equal(hex(tree.root()), hex(rootOf(SM3, leaves.slice(0, size))), String(size));
  }
});

test("a text has one form", () => {
  const refused = ["", "a", "a\n\n", "\na\n", " a\n", "a \n", "a\r\n", "\ufeffa\n", "a\u0085\n", "a\ufffd\n", "a\tb\n", "a\u007f\n"];
  for (const text of refused) assert.throws(() => Lines.read(utf8(text)), Refused, JSON.stringify(text));
  assert.throws(() => Lines.read(Uint8Array.of(0xed, 0xa0, 0x80, 0x0a)), Refused);
  const lines = Lines.read(utf8("标签/v1\nb  c\n"));
  assert.deepEqual([lines.length, lines.text(0), lines.text(1)], [2, "标签/v1", "b  c"]);
  assert.deepEqual(fields("b x  c", 2), ["b", "x  c"]);
  assert.throws(() => fields("b  c", 2), Refused);
});
