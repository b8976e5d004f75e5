// Words of the ChaCha20 key stream: docs/spec/stream.md.

import { BLOCK, keyStream } from "./chacha.ts";

const BLOCK_WORDS = 8;
/** Blocks made in one go at most, so that the buffers stay small. */
const RUN = 256;
const view = new DataView(new ArrayBuffer(BLOCK * RUN));

/** Word number `m` under a key of 32 bytes. */
export function word(key: Uint8Array, m: number): bigint {
  keyStream(key, Math.floor(m / BLOCK_WORDS), 1, view);
  return view.getBigUint64(8 * (m % BLOCK_WORDS), true);
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
    keyStream(key, block, last - block + 1, view);
    const base = first - block * BLOCK_WORDS;
    for (let c = begin; c < end; c++) {
      const at = 8 * (base + steps[c]!);
      into[c] = view.getUint32(at + 4, true) * 0x10000 + view.getUint16(at + 2, true);
    }
    begin = end;
  }
}
