// Words of the ChaCha20 key stream: docs/spec/stream.md.

import { chacha20 } from "@noble/ciphers/chacha.js";

const NONCE = new Uint8Array(12);
const BLOCK_WORDS = 8;
/** Blocks made in one go at most, so that the buffers stay small. */
const RUN = 256;
const zeros = new Uint8Array(64 * RUN);
const stream = new Uint8Array(64 * RUN);
const view = new DataView(stream.buffer);

/** Writes `count` blocks of the key stream from number `block` to the buffer. */
function run(key: Uint8Array, block: number, count: number): void {
  chacha20(key, NONCE, zeros.subarray(0, 64 * count), stream.subarray(0, 64 * count), block);
}

/** Word number `m` under a key of 32 bytes. */
export function word(key: Uint8Array, m: number): bigint {
  run(key, Math.floor(m / BLOCK_WORDS), 1);
  return view.getBigUint64(8 * (m % BLOCK_WORDS), true);
}

/** The first `count` words under a key. */
export function words(key: Uint8Array, count: number): bigint[] {
  const found: bigint[] = [];
  for (let m = 0; m < count; m++) {
    if (m % (RUN * BLOCK_WORDS) === 0) run(key, m / BLOCK_WORDS, Math.min(RUN, Math.ceil((count - m) / BLOCK_WORDS)));
    found.push(view.getBigUint64(8 * (m % (RUN * BLOCK_WORDS)), true));
  }
  return found;
}

/**
 * `word(key, first + step) >> 16` for every step, which ascend. Only blocks that are
 * asked for are made, neighbours in one go. Values are below 2⁴⁸.
 */
export function highs(key: Uint8Array, first: number, steps: Int32Array, into: Float64Array): void {
  let begin = 0;
  while (begin < steps.length) {
    const block = Math.floor((first + steps[begin]!) / BLOCK_WORDS);
    let [end, last] = [begin + 1, block];
    for (; end < steps.length; end++) {
      const next = Math.floor((first + steps[end]!) / BLOCK_WORDS);
      if (next > last + 1 || next >= block + RUN) break;
      last = next;
    }
    run(key, block, last - block + 1);
    const base = first - block * BLOCK_WORDS;
    for (let c = begin; c < end; c++) {
      const at = 8 * (base + steps[c]!);
      into[c] = view.getUint32(at + 4, true) * 0x10000 + view.getUint16(at + 2, true);
    }
    begin = end;
  }
}
