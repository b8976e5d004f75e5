// The seed, from which everything follows, and the documents it is made of:
// docs/spec/selection.md, "The seed".

import { type Outcome, isOutside } from "./beacons.ts";
import type { Draw } from "./draw.ts";
import type { Brought } from "./reader.ts";
import { ensure, fail, notRun } from "./report.ts";

/** Needs every document that the seed is made of; a check without them is not run. */
export function needInputs(draw: Draw): void {
  draw.commit();
  if (draw.demandsRoom()) draw.ceremony();
  draw.reveal();
  if (draw.demandsOutside()) draw.beacon();
}

/** The outcomes of all events, in the order of the commitment; exactly these, each in its document. */
function outcomes(draw: Draw): Outcome[] {
  const left = {
    room: draw.demandsRoom() ? [...draw.ceremony().outcomes] : [],
    outside: draw.demandsOutside() ? [...draw.beacon().outcomes] : [],
  };
  const found = draw.commit().beacons.map((beacon) => {
    const outcome = left[isOutside(beacon) ? "outside" : "room"].shift();
    if (outcome?.beacon.text === beacon.text) return outcome;
    return fail(`没有种子：缺事件 ${beacon.text} 的结果`, `no seed: no outcome of ${beacon.text} in its place`);
  });
  const more = left.room.length + left.outside.length;
  ensure(more === 0, "没有种子：事件的结果多于承诺的事件", "no seed: more outcomes than events committed");
  return found;
}

/** The nonce that the first party of a sealed draw keeps, opened by open.txt or by a void. */
export function keptNonce(draw: Draw): Brought | undefined {
  if (draw.commit().mode === "open") return undefined;
  if (!draw.has("void.txt")) return draw.opening().nonce;
  return draw.void().nonce ?? notRun("作废时没有公开随机数", "the void does not open the nonce");
}

/** The seed, 64 hex digits. Fails if the documents for it are there but give none. */
export function seedOf(draw: Draw): string {
  needInputs(draw);
  const kept = keptNonce(draw);
  return draw.once("seed", () => {
    const { parties, suite } = draw.commit();
    const shown = outcomes(draw).map(({ text }) => `beacon ${text}\n`);
    const nonces = kept ? [kept, ...draw.reveal().nonces] : draw.reveal().nonces;
    const named = nonces.length === parties.length && parties.every(({ name }, i) => nonces[i]!.party === name);
    ensure(named, "没有种子：公开的随机数不是各方一个", "no seed: the nonces are not one of each party");
    const opened = nonces.map(({ party, hex }) => `nonce ${party} ${hex}\n`);
    return suite.hex(["yaohao/seed/v1\n", `${draw.hash("commit.txt")}\n`, ...shown, ...opened].join(""));
  });
}
