// Commands by which a person redoes a hash: any shell with sha256sum, in suite
// yaohao-1-sm3 openssl. docs/spec/suites.md, "Example first".

import type { Suite } from "./digest.ts";

const hasher = (suite: Suite): string => (suite.key === "yaohao-1-sm3" ? "openssl dgst -sm3 -r" : "sha256sum");

/** A text between single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The line of a table that begins with `id`; of the characters of an id only the dot means something to grep. */
export const byCommand = (id: string, file: string): string => `grep ${quoted(`^${id.replaceAll(".", "\\.")} `)} ${file}`;

/** This very line of a file. */
export const exactCommand = (line: string, file: string): string => `grep -Fx ${quoted(line)} ${file}`;

/** The hash of a line of a table behind `start`, which is a format of printf. */
export const lineCommand = (suite: Suite, start: string, id: string, file: string): string =>
  `{ printf ${quoted(start)}; ${byCommand(id, file)}; } | ${hasher(suite)}`;

/** The hash of a node over two children. */
export const nodeCommand = (suite: Suite, left: string, right: string): string =>
  `echo 01 ${left} ${right} | xxd -r -p | ${hasher(suite)}`;

/** The hash of a file. */
export const fileCommand = (suite: Suite, file: string): string => `${hasher(suite)} < ${file}`;

/** The hash of a text. */
export const textCommand = (suite: Suite, text: string): string =>
  `printf '%s\\n' ${text.trimEnd().split("\n").map(quoted).join(" ")} | ${hasher(suite)}`;
