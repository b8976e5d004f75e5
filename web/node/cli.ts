// The verifier as a command of Node: `node verify.mjs verify DIR`.

import { Usage } from "./args.ts";
import { slipCommand } from "./slip.ts";
import { verify } from "./verify.ts";

const COMMANDS: Record<string, (words: readonly string[]) => number> = { verify, slip: slipCommand };
const USAGE = `用法 / usage: node verify.mjs ${Object.keys(COMMANDS).join("|")} …`;

function main(words: readonly string[]): number {
  const [name = "", ...rest] = words;
  try {
    if (!Object.hasOwn(COMMANDS, name)) throw new Usage(name);
    return COMMANDS[name]!(rest);
  } catch (thrown) {
    if (!(thrown instanceof Usage)) throw thrown;
    console.error(`${USAGE}\n${thrown.message}`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
