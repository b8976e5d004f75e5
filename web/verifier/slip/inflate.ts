// Raw DEFLATE (RFC 1951), never to more bytes than the caller allows. Own code,
// because a library's buffer may grow before anybody can say stop.

const MOST_BITS = 15;
/** A Huffman code: for every next 15 bits, `symbol << 4 | length`; 0 where there is no symbol. */
type Code = Uint16Array;

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

class Broken extends Error {}

function codeOf(lengths: ArrayLike<number>): Code {
  const [counts, next] = [new Uint16Array(MOST_BITS + 1), new Uint16Array(MOST_BITS + 2)];
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++;
  const symbols = lengths.length - counts[0]!;
  counts[0] = 0;
  let left = 1;
  for (let bits = 1; bits <= MOST_BITS; bits++) {
    left = left * 2 - counts[bits]!;
    if (left < 0) throw new Broken();
    next[bits + 1] = (next[bits]! + counts[bits]!) << 1;
  }
  // Only a code of a single symbol may leave something unused.
  if (left > 0 && !(symbols === 0 || (symbols === 1 && counts[1] === 1))) throw new Broken();
  const code = new Uint16Array(1 << MOST_BITS);
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i]!;
    if (length === 0) continue;
    // The first bit of a code comes first, so that it is the lowest of those read.
    let first = 0;
    for (let bit = 0, word = next[length]!++; bit < length; bit++) first |= ((word >> bit) & 1) << (length - 1 - bit);
    for (let at = first; at < code.length; at += 1 << length) code[at] = (i << 4) | length;
  }
  return code;
}

const FIXED = codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const FIXED_DISTANCES = codeOf(new Array<number>(32).fill(5));

class Stream {
  private at = 0;
  /** Bits that were taken from the bytes and not used yet, and how many. */
  private held = 0;
  private count = 0;
  private readonly out: Uint8Array;
  private length = 0;

  constructor(
    private readonly bytes: Uint8Array,
    most: number,
  ) {
    this.out = new Uint8Array(most);
  }

  /** Holds `count` bits at least, at most 16; behind the end there are zeros. */
  private hold(count: number): void {
    for (; this.count < count; this.count += 8) this.held |= (this.bytes[this.at++] ?? 0) << this.count;
  }

  private drop(count: number): void {
    this.held >>>= count;
    this.count -= count;
    if (this.at - (this.count >> 3) > this.bytes.length) throw new Broken();
  }

  private bits(count: number): number {
    this.hold(count);
    const value = this.held & ((1 << count) - 1);
    this.drop(count);
    return value;
  }

  private symbol(code: Code): number {
    this.hold(MOST_BITS);
    const entry = code[this.held & (code.length - 1)]!;
    if (entry === 0) throw new Broken();
    this.drop(entry & 15);
    return entry >> 4;
  }

  private put(byte: number): void {
    if (this.length === this.out.length) throw new Broken();
    this.out[this.length++] = byte;
  }

  private stored(): void {
    this.drop(this.count & 7);
    const length = this.bits(16);
    if ((this.bits(16) ^ 0xffff) !== length) throw new Broken();
    for (let i = 0; i < length; i++) this.put(this.bits(8));
  }

  private codes(): [Code, Code] {
    const [literals, distances, count] = [this.bits(5) + 257, this.bits(5) + 1, this.bits(4) + 4];
    if (literals > 286 || distances > 30) throw new Broken();
    const first = new Uint8Array(19);
    for (let i = 0; i < count; i++) first[ORDER[i]!] = this.bits(3);
    const [code, lengths] = [codeOf(first), [] as number[]];
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        lengths.push(symbol);
        continue;
      }
      if (symbol === 16 && !lengths.length) throw new Broken();
      const value = symbol === 16 ? lengths[lengths.length - 1]! : 0;
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      for (let i = 0; i < times; i++) lengths.push(value);
    }
    if (lengths.length > literals + distances) throw new Broken();
    return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
  }

  private copy(symbol: number, distances: Code): void {
    const length = LENGTHS[symbol - 257];
    if (length === undefined) throw new Broken();
    const whole = length + this.bits(LENGTH_BITS[symbol - 257]!);
    const slot = this.symbol(distances);
    if (slot > 29) throw new Broken();
    const extra = slot < 2 ? 0 : (slot >> 1) - 1;
    const distance = (slot < 2 ? slot : (2 + (slot & 1)) << extra) + 1 + this.bits(extra);
    if (distance > this.length) throw new Broken();
    for (let i = 0; i < whole; i++) this.put(this.out[this.length - distance]!);
  }

  private block(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) this.put(symbol);
      else this.copy(symbol, distances);
    }
  }

  whole(): Uint8Array {
    for (let last = 0; !last; ) {
      last = this.bits(1);
      const kind = this.bits(2);
      if (kind === 3) throw new Broken();
      if (kind === 0) this.stored();
      else this.block(...(kind === 1 ? ([FIXED, FIXED_DISTANCES] as const) : this.codes()));
    }
    return this.out.subarray(0, this.length);
  }
}

/** What the stream holds; undefined if it is broken or holds more than `most` bytes. */
export function inflate(bytes: Uint8Array, most: number): Uint8Array | undefined {
  try {
    return new Stream(bytes, most).whole();
  } catch (thrown) {
    if (thrown instanceof Broken) return undefined;
    throw thrown;
  }
}
