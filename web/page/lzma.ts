// Unpacks .lzma, the format of the LZMA SDK ("LZMA specification", public domain): what
// `xz --format=lzma -d` does. It reads only what lies in this page, so a broken stream
// is a broken page and may fail in any way but not to end: every step writes a byte.

const BITS = 11;
const HALF = 1 << (BITS - 1);

/** So many adaptive bits, all even at first. */
const even = (count: number): Uint16Array => new Uint16Array(count).fill(HALF);

/** The range decoder: bits, each behind what was learnt of its kind. */
class Range {
  private range = 0xffffffff;
  private code = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {
    for (let i = 0; i < 5; i++) this.code = this.shifted();
  }

  private shifted(): number {
    return ((this.code << 8) | (this.bytes[this.at++] ?? 0)) >>> 0;
  }

  private widen(): void {
    if (this.range >= 1 << 24) return;
    this.range = (this.range << 8) >>> 0;
    this.code = this.shifted();
  }

  bit(kinds: Uint16Array, kind: number): number {
    const chance = kinds[kind]!;
    const bound = (this.range >>> BITS) * chance;
    const isOne = this.code >= bound;
    if (isOne) {
      this.range -= bound;
      this.code -= bound;
      kinds[kind] = chance - (chance >> 5);
    } else {
      this.range = bound;
      kinds[kind] = chance + (((1 << BITS) - chance) >> 5);
    }
    this.widen();
    return isOne ? 1 : 0;
  }

  /** Bits that nothing is known of, the highest first. */
  direct(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      this.range >>>= 1;
      const isOne = this.code >= this.range;
      if (isOne) this.code -= this.range;
      this.widen();
      value = value * 2 + (isOne ? 1 : 0);
    }
    return value;
  }

  /** A number of `count` bits, the highest first. */
  tree(kinds: Uint16Array, count: number): number {
    let node = 1;
    for (let i = 0; i < count; i++) node = node * 2 + this.bit(kinds, node);
    return node - (1 << count);
  }

  /** A number of `count` bits, the lowest first. */
  reverse(kinds: Uint16Array, count: number, from = 0): number {
    let [node, value] = [1, 0];
    for (let i = 0; i < count; i++) {
      const bit = this.bit(kinds, from + node);
      node = node * 2 + bit;
      value += bit << i;
    }
    return value;
  }
}

/** Lengths from 2 on. */
class Length {
  private readonly choice = even(2);
  private readonly low = Array.from({ length: 16 }, () => even(8));
  private readonly middle = Array.from({ length: 16 }, () => even(8));
  private readonly high = even(256);

  read(range: Range, position: number): number {
    if (!range.bit(this.choice, 0)) return 2 + range.tree(this.low[position]!, 3);
    if (!range.bit(this.choice, 1)) return 10 + range.tree(this.middle[position]!, 3);
    return 18 + range.tree(this.high, 8);
  }
}

class Decoder {
  private readonly isMatch = even(12 * 16);
  private readonly isRep = even(12);
  private readonly isRep0 = even(12);
  private readonly isRep1 = even(12);
  private readonly isRep2 = even(12);
  private readonly isLong = even(12 * 16);
  private readonly literals: Uint16Array;
  private readonly slots = Array.from({ length: 4 }, () => even(64));
  private readonly near = even(128);
  private readonly aligned = even(16);
  private readonly lengths = new Length();
  private readonly repLengths = new Length();
  private reps: [number, number, number, number] = [0, 0, 0, 0];
  private state = 0;
  private at = 0;

  constructor(
    private readonly range: Range,
    private readonly out: Uint8Array,
    private readonly lc: number,
    private readonly lp: number,
    private readonly pb: number,
  ) {
    this.literals = even(0x300 << (lc + lp));
  }

  run(): Uint8Array {
    while (this.at < this.out.length) {
      const position = this.at & ((1 << this.pb) - 1);
      if (!this.range.bit(this.isMatch, this.state * 16 + position)) this.literal();
      else this.copy(this.range.bit(this.isRep, this.state) ? this.again(position) : this.match(position));
    }
    return this.out;
  }

  private literal(): void {
    const before = this.out[this.at - 1] ?? 0;
    const context = ((this.at & ((1 << this.lp) - 1)) << this.lc) + (before >> (8 - this.lc));
    const kinds = this.literals.subarray(0x300 * context, 0x300 * (context + 1));
    let symbol = 1;
    if (this.state >= 7) {
      let matched = this.out[this.at - this.reps[0] - 1] ?? 0;
      do {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.range.bit(kinds, ((1 + expected) << 8) + symbol);
        symbol = symbol * 2 + bit;
        if (bit !== expected) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = symbol * 2 + this.range.bit(kinds, symbol);
    this.out[this.at++] = symbol;
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
  }

  /** A match at a new distance; its length. */
  private match(position: number): number {
    const length = this.lengths.read(this.range, position);
    this.reps = [this.distance(Math.min(length - 2, 3)), this.reps[0], this.reps[1], this.reps[2]];
    this.state = this.state < 7 ? 7 : 10;
    return length;
  }

  private distance(of: number): number {
    const slot = this.range.tree(this.slots[of]!, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 + (slot & 1)) * 2 ** bits;
    if (slot < 14) return start + this.range.reverse(this.near, bits, start - slot);
    return start + this.range.direct(bits - 4) * 16 + this.range.reverse(this.aligned, 4);
  }

  /** A match at one of the last four distances; its length. */
  private again(position: number): number {
    const { range, state } = this;
    const [a, b, c, d] = this.reps;
    if (!range.bit(this.isRep0, state)) {
      if (!range.bit(this.isLong, state * 16 + position)) {
        this.state = state < 7 ? 9 : 11;
        return 1;
      }
    } else if (!range.bit(this.isRep1, state)) this.reps = [b, a, c, d];
    else if (!range.bit(this.isRep2, state)) this.reps = [c, a, b, d];
    else this.reps = [d, a, b, c];
    this.state = state < 7 ? 8 : 11;
    return this.repLengths.read(range, position);
  }

  private copy(length: number): void {
    for (let i = 0; i < length && this.at < this.out.length; i++) {
      this.out[this.at] = this.out[this.at - this.reps[0] - 1] ?? 0;
      this.at++;
    }
  }
}

/** What a .lzma file holds, whose header says how much that is. */
export function unlzma(bytes: Uint8Array): Uint8Array {
  const properties = bytes[0]!;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(5, true);
  const [lc, lp, pb] = [properties % 9, Math.floor(properties / 9) % 5, Math.floor(properties / 45)];
  return new Decoder(new Range(bytes, 13), new Uint8Array(size), lc, lp, pb).run();
}
