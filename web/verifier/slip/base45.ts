// base45 of RFC 9285.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** The bytes of a base45 text; undefined if it is none. */
export function fromBase45(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 ? 1 : 0));
  if (text.length % 3 === 1) return undefined;
  for (let from = 0, to = 0; from < text.length; from += 3) {
    const group = text.slice(from, from + 3);
    let value = 0;
    for (let i = group.length - 1; i >= 0; i--) {
      const digit = ALPHABET.indexOf(group[i]!);
      if (digit < 0) return undefined;
      value = value * 45 + digit;
    }
    if (value >= (group.length === 3 ? 65_536 : 256)) return undefined;
    if (group.length === 3) bytes[to++] = value >> 8;
    bytes[to++] = value & 255;
  }
  return bytes;
}
