// Codes of a slip as a telephone would give them: docs/spec/slip.md, "Codes".

import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

function base45(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    const value = pair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
    text += ALPHABET[value % 45] + ALPHABET[Math.floor(value / 45) % 45] + (pair ? ALPHABET[Math.floor(value / 2025)] : "");
  }
  return text;
}

/** The text of a slip in `count` codes. */
export function codesOf(text, count = 4) {
  const id = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const characters = base45(deflateRawSync(Buffer.from(text), { level: 9 }));
  const length = Math.ceil(characters.length / count);
  return Array.from({ length: count }, (_, i) => `YH1/${i + 1}/${count}/${id}/${characters.slice(i * length, (i + 1) * length)}/`);
}

/** The certificate numbers that a slip opens. */
export const cardsOf = (text) => [...text.matchAll(/^certificate \S+ \S+ (\S+)$/gm)].map((line) => line[1]);
