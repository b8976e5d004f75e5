// The seed, from which everything follows, and the documents it is made of:
// docs/spec/selection.md, "The seed".

import type { Outcome } from "./beacons.ts";
import type { Draw } from "./draw.ts";
import type { Brought } from "./reader.ts";
import { fail } from "./report.ts";

/** Needs every document that the seed is made of; a check without them is not run. */
export function needInputs(draw: Draw): void {
  draw.commit();
  if (draw.demandsRoom()) draw.ceremony();
  draw.reveal();
  if (draw.demandsOutside()) draw.beacon();
}

/** The outcomes of all events, whichever document holds them. */
export function outcomes(draw: Draw): Outcome[] {
  const room = draw.demandsRoom() ? draw.ceremony().outcomes : [];
  return draw.demandsOutside() ? [...room, ...draw.beacon().outcomes] : room;
}

/** The nonce that the first party of a sealed draw opens: with open.txt or with a void. */
function kept(draw: Draw): Brought | undefined {
  if (draw.commit().mode === "open") return undefined;
  return draw.has("void.txt") ? draw.void().nonce : draw.opening().nonce;
}

/** The seed, 64 hex digits. Fails if the documents for it are there but give none. */
export function seedOf(draw: Draw): string {
  needInputs(draw);
  const opened = kept(draw);
  return draw.once("seed", () => {
    const { beacons, parties, suite } = draw.commit();
    const shown = outcomes(draw);
    const nonces = opened ? [opened, ...draw.reveal().nonces] : draw.reveal().nonces;
    const lines = ["yaohao/seed/v1", draw.hash("commit.txt")];
    for (const beacon of beacons) {
      const outcome = shown.find((outcome) => outcome.beacon.text === beacon.text);
      if (!outcome) fail(`没有种子：缺事件 ${beacon.text} 的结果`, `no seed: no outcome of ${beacon.text}`);
      lines.push(`beacon ${outcome.text}`);
    }
    for (const { name } of parties) {
      const nonce = nonces.find((nonce) => nonce.party === name);
      if (!nonce) fail(`没有种子：缺 ${name} 的随机数`, `no seed: no nonce of ${name}`);
      lines.push(`nonce ${name} ${nonce.hex}`);
    }
    return suite.hex(lines.map((line) => `${line}\n`).join(""));
  });
}
