// Reads the random draws of tests/random.rs, which tells their format.

import type { Files, Known } from "../verifier/draw.ts";

/** A folder and what its verifier knows. */
export interface Archived {
  files: Files;
  known: Known;
}

const utf8 = new TextDecoder();

/** A place in an archive, moving on as it is read. */
class Cursor {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  number(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  part(): Uint8Array {
    const length = this.number();
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("the archive is cut short");
    return this.bytes.subarray(this.at - length, this.at);
  }

  files(): Files {
    const files = new Map<string, Uint8Array>();
    for (let left = this.number(); left > 0; left--) files.set(utf8.decode(this.part()), this.part());
    return files;
  }

  /** What may be left out. */
  given<T>(read: () => T): T | undefined {
    return this.number() ? read() : undefined;
  }

  isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }
}

function readOne(cursor: Cursor): Archived {
  const files = cursor.files();
  const commitment = cursor.given(() => utf8.decode(cursor.part()));
  const predecessor = cursor.given(() => cursor.part());
  const verifier = cursor.given(() => cursor.files());
  return {
    files,
    known: {
      ...(commitment === undefined ? {} : { commitment }),
      ...(predecessor ? { predecessor } : {}),
      ...(verifier ? { verifier } : {}),
    },
  };
}

/** The draws of an archive, one after the other. */
export function* readArchive(bytes: Uint8Array): Generator<Archived> {
  const cursor = new Cursor(bytes);
  for (let left = cursor.number(); left > 0; left--) yield readOne(cursor);
  if (!cursor.isAtEnd()) throw new Error("the archive goes on after its last draw");
}
