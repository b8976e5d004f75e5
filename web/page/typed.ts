// What people type and paste, put into the form that the engine reads: full-width letters,
// spaces, line ends of another system. Nothing that a check decides on is changed by it.

/** Full-width letters and digits as plain ones, no spaces, nothing that cannot be seen. */
export const plain = (text: string): string => text.normalize("NFKC").replace(/[\s\u200b-\u200f\u2060\ufeff]/g, "");

/** What to look for: every run of Chinese characters, and every other word, on its own. */
export const termsOf = (text: string): string[] =>
  text.normalize("NFKC").toLowerCase().match(/\p{Script=Han}+|[^\p{Script=Han}\s]+/gu) ?? [];

/** Whether this is a hash as it is announced. */
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** A hash as it was announced, from whatever was typed. */
export const hashTyped = (text: string): string => plain(text).toLowerCase();

/**
 * The number on a card as it was typed, or that of `known` which is the same but for the
 * case of its letters, if it is one alone.
 */
export function cardTyped(text: string, known: readonly string[]): string {
  const typed = plain(text);
  if (known.includes(typed)) return typed;
  const same = known.filter((number) => number.toLowerCase() === typed.toLowerCase());
  return same.length === 1 ? same[0]! : typed;
}

/** A pasted slip: one code a line, however they were pasted; no blank around its text. */
export function slipTyped(text: string): string {
  const lines = text.replace(/\ufeff/g, "").replace(/\r\n?/g, "\n");
  const codes = lines.replace(/\s*(?=YH1\/[1-8]\/[1-8]\/[0-9A-F]{8}\/)/g, "\n").trim();
  if (codes.startsWith("YH1/")) return `${codes}\n`;
  return `${lines.split("\n").map((line) => line.trim()).filter(Boolean).join("\n")}\n`;
}
