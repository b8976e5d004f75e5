// Words of a command line: options with a value, switches, and the rest.

/** Wrong usage, exit code 2. */
export class Usage extends Error {}

export interface Args {
  rest: string[];
  /** Values of an option, in order. */
  all: (name: string) => string[];
  /** The value of an option that may stand once. */
  one: (name: string) => string | undefined;
  has: (name: string) => boolean;
}

/** Reads `words`; `options` take a value, `switches` do not, and nothing else begins with `--`. */
export function readArgs(words: readonly string[], options: readonly string[], switches: readonly string[]): Args {
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const value = words[i + 1];
    if (!word.startsWith("--")) rest.push(word);
    else if (switches.includes(word)) values.set(word, [""]);
    else if (!options.includes(word) || value === undefined) throw new Usage(word);
    else {
      values.set(word, [...(values.get(word) ?? []), value]);
      i++;
    }
  }
  const all = (name: string): string[] => values.get(name) ?? [];
  const one = (name: string): string | undefined => {
    if (all(name).length > 1) throw new Usage(name);
    return all(name)[0];
  };
  return { rest, all, one, has: (name) => values.has(name) };
}
