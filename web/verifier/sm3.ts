// SM3 (GB/T 32905-2016), the hash of suite yaohao-1-sm3. No maintained library of
// the family used here has it.

const IV = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];

const rotl = (x: number, n: number): number => (x << (n & 31)) | (x >>> ((32 - n) & 31));
const p0 = (x: number): number => x ^ rotl(x, 9) ^ rotl(x, 17);
const p1 = (x: number): number => x ^ rotl(x, 15) ^ rotl(x, 23);

/** T_j <<< j of the standard, for all 64 rounds. */
const T = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j));
const W = new Int32Array(68);

function expand(block: DataView, at: number): void {
  for (let j = 0; j < 16; j++) W[j] = block.getInt32(at + 4 * j);
  for (let j = 16; j < 68; j++) {
    const x = W[j - 16]! ^ W[j - 9]! ^ rotl(W[j - 3]!, 15);
    W[j] = p1(x) ^ rotl(W[j - 13]!, 7) ^ W[j - 6]!;
  }
}

function compress(v: Int32Array, block: DataView, at: number): void {
  expand(block, at);
  let [a, b, c, d] = [v[0]!, v[1]!, v[2]!, v[3]!];
  let [e, f, g, h] = [v[4]!, v[5]!, v[6]!, v[7]!];
  for (let j = 0; j < 64; j++) {
    const a12 = rotl(a, 12);
    const ss1 = rotl((a12 + e + T[j]!) | 0, 7);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (W[j]! ^ W[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + W[j]!) | 0;
    [d, c, b, a] = [c, rotl(b, 9), a, tt1];
    [h, g, f, e] = [g, rotl(f, 19), e, p0(tt2)];
  }
  const next = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) v[i] = v[i]! ^ next[i]!;
}

/** SM3 of `message`, 32 bytes. */
export function sm3(message: Uint8Array): Uint8Array {
  const whole = message.length - (message.length % 64);
  const rest = message.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(message.subarray(whole));
  tail[rest] = 0x80;
  const bits = new DataView(tail.buffer);
  bits.setUint32(tail.length - 8, Math.floor(message.length / 2 ** 29));
  bits.setUint32(tail.length - 4, (message.length << 3) >>> 0);
  const state = Int32Array.from(IV);
  const head = new DataView(message.buffer, message.byteOffset, message.length);
  for (let at = 0; at < whole; at += 64) compress(state, head, at);
  for (let at = 0; at < tail.length; at += 64) compress(state, bits, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => digest.setInt32(4 * i, word));
  return new Uint8Array(digest.buffer);
}
