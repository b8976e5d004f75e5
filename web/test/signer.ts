// Signs notes and publishes logs for the tests, as docs/spec/notes.md and log.md say.
import { ed25519 } from "@noble/curves/ed25519.js";
import { SHA256, hex, join, sha256, utf8 } from "../verifier/digest.ts";
import { leafHash, rootOf } from "../verifier/tree.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

export class Signer {
  readonly vkey: string;
  private readonly id: Uint8Array;
  private readonly secret: Uint8Array;

  constructor(
    readonly name: string,
    private readonly type: 1 | 4,
  ) {
    this.secret = sha256(utf8(name));
    const whole = join([Uint8Array.of(type), ed25519.getPublicKey(this.secret)]);
    this.id = sha256(join([utf8(`${name}\n`), whole])).subarray(0, 4);
    this.vkey = `${name}+${hex(this.id)}+${base64(whole)}`;
  }

  /** A signature line below `text`; of a witness, at `time`. */
  line(text: string, time = 0): string {
    if (this.type === 1) return `— ${this.name} ${base64(join([this.id, ed25519.sign(utf8(text), this.secret)]))}\n`;
    const stamp = new Uint8Array(8);
    new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
    const signed = ed25519.sign(utf8(`cosignature/v1\ntime ${time}\n${text}`), this.secret);
    return `— ${this.name} ${base64(join([this.id, stamp, signed]))}\n`;
  }
}

/** The text of a checkpoint over the first `size` entries. */
export function checkpointText(origin: string, entries: readonly string[], size: number): string {
  const leaves = entries.slice(0, size).map((entry) => leafHash(SHA256, utf8(entry)));
  return `${origin}\n${size}\n${base64(rootOf(SHA256, leaves))}\n`;
}

/** Tiles and bundles of a log of these entries, fewer than 256, at one size. */
export function tilesAt(entries: readonly string[], size: number): [string, Uint8Array][] {
  const some = entries.slice(0, size).map(utf8);
  const behind = (entry: Uint8Array) => join([Uint8Array.of(entry.length >> 8, entry.length & 255), entry]);
  return [
    [`tile/0/000.p/${size}`, join(some.map((entry) => leafHash(SHA256, entry)))],
    [`tile/entries/000.p/${size}`, join(some.map(behind))],
  ];
}
