// ChaCha20 and Poly1305 (RFC 8439) with a nonce of zeros: the key stream that tickets
// come from, and what is sealed. Own code, because a library brings three times as much
// as is used here; a verifier keeps nothing secret, so its time may tell whatever it wants.

/** Bytes of a block. */
export const BLOCK = 64;

/** `expand 32-byte k` */
const [S0, S1, S2, S3] = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const rotl = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** Writes `count` blocks of the key stream from number `first` to `into`. */
export function keyStream(key: Uint8Array, first: number, count: number, into: DataView): void {
  const view = viewOf(key);
  const [k0, k1, k2, k3] = [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true), view.getInt32(12, true)];
  const [k4, k5, k6, k7] = [view.getInt32(16, true), view.getInt32(20, true), view.getInt32(24, true), view.getInt32(28, true)];
  for (let block = 0; block < count; block++) {
    const counter = (first + block) | 0;
    let [x0, x1, x2, x3, x4, x5, x6, x7] = [S0, S1, S2, S3, k0, k1, k2, k3];
    let [x8, x9, xa, xb, xc, xd, xe, xf] = [k4, k5, k6, k7, counter, 0, 0, 0];
    // A column or a diagonal is four lines.
    for (let round = 0; round < 10; round++) {
      x0 = (x0 + x4) | 0, xc = rotl(xc ^ x0, 16);
      x8 = (x8 + xc) | 0, x4 = rotl(x4 ^ x8, 12);
      x0 = (x0 + x4) | 0, xc = rotl(xc ^ x0, 8);
      x8 = (x8 + xc) | 0, x4 = rotl(x4 ^ x8, 7);
      x1 = (x1 + x5) | 0, xd = rotl(xd ^ x1, 16);
      x9 = (x9 + xd) | 0, x5 = rotl(x5 ^ x9, 12);
      x1 = (x1 + x5) | 0, xd = rotl(xd ^ x1, 8);
      x9 = (x9 + xd) | 0, x5 = rotl(x5 ^ x9, 7);
      x2 = (x2 + x6) | 0, xe = rotl(xe ^ x2, 16);
      xa = (xa + xe) | 0, x6 = rotl(x6 ^ xa, 12);
      x2 = (x2 + x6) | 0, xe = rotl(xe ^ x2, 8);
      xa = (xa + xe) | 0, x6 = rotl(x6 ^ xa, 7);
      x3 = (x3 + x7) | 0, xf = rotl(xf ^ x3, 16);
      xb = (xb + xf) | 0, x7 = rotl(x7 ^ xb, 12);
      x3 = (x3 + x7) | 0, xf = rotl(xf ^ x3, 8);
      xb = (xb + xf) | 0, x7 = rotl(x7 ^ xb, 7);
      x0 = (x0 + x5) | 0, xf = rotl(xf ^ x0, 16);
      xa = (xa + xf) | 0, x5 = rotl(x5 ^ xa, 12);
      x0 = (x0 + x5) | 0, xf = rotl(xf ^ x0, 8);
      xa = (xa + xf) | 0, x5 = rotl(x5 ^ xa, 7);
      x1 = (x1 + x6) | 0, xc = rotl(xc ^ x1, 16);
      xb = (xb + xc) | 0, x6 = rotl(x6 ^ xb, 12);
      x1 = (x1 + x6) | 0, xc = rotl(xc ^ x1, 8);
      xb = (xb + xc) | 0, x6 = rotl(x6 ^ xb, 7);
      x2 = (x2 + x7) | 0, xd = rotl(xd ^ x2, 16);
      x8 = (x8 + xd) | 0, x7 = rotl(x7 ^ x8, 12);
      x2 = (x2 + x7) | 0, xd = rotl(xd ^ x2, 8);
      x8 = (x8 + xd) | 0, x7 = rotl(x7 ^ x8, 7);
      x3 = (x3 + x4) | 0, xe = rotl(xe ^ x3, 16);
      x9 = (x9 + xe) | 0, x4 = rotl(x4 ^ x9, 12);
      x3 = (x3 + x4) | 0, xe = rotl(xe ^ x3, 8);
      x9 = (x9 + xe) | 0, x4 = rotl(x4 ^ x9, 7);
    }
    const at = block * BLOCK;
    into.setInt32(at, x0 + S0, true);
    into.setInt32(at + 4, x1 + S1, true);
    into.setInt32(at + 8, x2 + S2, true);
    into.setInt32(at + 12, x3 + S3, true);
    into.setInt32(at + 16, x4 + k0, true);
    into.setInt32(at + 20, x5 + k1, true);
    into.setInt32(at + 24, x6 + k2, true);
    into.setInt32(at + 28, x7 + k3, true);
    into.setInt32(at + 32, x8 + k4, true);
    into.setInt32(at + 36, x9 + k5, true);
    into.setInt32(at + 40, xa + k6, true);
    into.setInt32(at + 44, xb + k7, true);
    into.setInt32(at + 48, xc + counter, true);
    into.setInt32(at + 52, xd, true);
    into.setInt32(at + 56, xe, true);
    into.setInt32(at + 60, xf, true);
  }
}

/** What the key stream from block 1 on hides. */
function decrypted(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil(bytes.length / BLOCK);
  const stream = new Uint8Array(blocks * BLOCK);
  keyStream(key, 1, blocks, viewOf(stream));
  return bytes.map((byte, i) => byte ^ stream[i]!);
}

const LOW = (1n << 128n) - 1n;
const PRIME = (1n << 130n) - 5n;

const number = (view: DataView, at: number): bigint => (view.getBigUint64(at + 8, true) << 64n) | view.getBigUint64(at, true);

/** The tag of a message whose length is a multiple of 16, under the two halves of a key. */
function poly1305(key: DataView, message: DataView): bigint {
  const r = number(key, 0) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let at = 0; at < message.byteLength; at += 16) sum = ((sum + number(message, at) + LOW + 1n) * r) % PRIME;
  return (sum + number(key, 16)) & LOW;
}

/** What AEAD_CHACHA20_POLY1305 has sealed with nothing beside it; undefined if the tag is wrong. */
export function unsealed(key: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 16) return undefined;
  const [sealed, tag] = [bytes.subarray(0, -16), bytes.subarray(-16)];
  const padded = Math.ceil(sealed.length / 16) * 16;
  // Behind the padding: no length of what is beside it, and that of the rest.
  const message = new Uint8Array(padded + 16);
  message.set(sealed);
  viewOf(message).setUint32(padded + 8, sealed.length, true);
  const first = new DataView(new ArrayBuffer(BLOCK));
  keyStream(key, 0, 1, first);
  return poly1305(first, viewOf(message)) === number(viewOf(tag), 0) ? decrypted(key, sealed) : undefined;
}
