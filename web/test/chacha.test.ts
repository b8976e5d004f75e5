// The key stream and what is sealed, held against a library.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chacha20, chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { BLOCK, keyStream, unsealed } from "../verifier/chacha.ts";
import { hex, unhex } from "../verifier/digest.ts";

const NONCE = new Uint8Array(12);
let seed = 7;
const random = (length: number): Uint8Array =>
  Uint8Array.from({ length }, () => (seed = (seed * 48271) % 2147483647) & 0xff);

test("the key stream is that of RFC 8439, A.1, and of the library, wherever it begins", () => {
  const block = new Uint8Array(BLOCK);
  keyStream(new Uint8Array(32), 0, 1, new DataView(block.buffer));
  const first = "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586";
  assert.equal(hex(block), first);
  for (const begin of [0, 1, 255, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 5]) {
    for (const count of [1, 2, 3]) {
      const [key, stream] = [random(32), new Uint8Array(count * BLOCK)];
      keyStream(key, begin, count, new DataView(stream.buffer));
      assert.equal(hex(stream), hex(chacha20(key, NONCE, new Uint8Array(count * BLOCK), undefined, begin)));
    }
  }
});

test("what the library seals is opened, and nothing else", () => {
  for (let length = 0; length < 200; length++) {
    const [key, text] = [random(32), random(length)];
    const sealed = chacha20poly1305(key, NONCE).encrypt(text);
    assert.equal(hex(unsealed(key, sealed)!), hex(text));
    for (const at of [0, length >> 1, length, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[at]! ^= 1 << (length & 7);
      assert.equal(unsealed(key, changed), undefined);
    }
    assert.equal(unsealed(key, sealed.subarray(1)), undefined);
    assert.equal(unsealed(random(32), sealed), undefined);
  }
  assert.equal(unsealed(random(32), random(15)), undefined);
  // Sums that come close to the prime, and that wrap: the tag of ones under the key of ones.
  const [key, ones] = [unhex("ff".repeat(32))!, new Uint8Array(4096).fill(255)];
  assert.equal(hex(unsealed(key, chacha20poly1305(key, NONCE).encrypt(ones))!), hex(ones));
});
