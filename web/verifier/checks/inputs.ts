// V13, V14 and V27: what public events showed, the nonces, and when all that was.
// docs/spec/beacons.md; verify.md.

import { type Beacon, canShow, canTakePlace, due, entropy, isOutside } from "../beacons.ts";
import { isSigned } from "../bls.ts";
import type { Draw } from "../draw.ts";
import { nonceOpens } from "../escrow.ts";
import { type Moment, clockText, momentText } from "../moment.ts";
import type { Brought } from "../reader.ts";
import { type Said, ensure, fail, said } from "../report.ts";
import { keptNonce } from "../seed.ts";

/** The least entropy of all events, in bits. */
const LEAST_BITS = 16;

/** V13 */
export function beacons(draw: Draw): Said {
  const commit = draw.commit();
  const room = draw.demandsRoom() ? draw.ceremony().outcomes : [];
  const outside = draw.demandsOutside() ? draw.beacon().outcomes : [];
  const shown = { "ceremony.txt": room, "beacon.txt": outside };
  checkBeacons(commit.beacons);
  for (const [name, outcomes] of Object.entries(shown)) {
    const asked = commit.beacons.filter((beacon) => isOutside(beacon) === (name === "beacon.txt"));
    const same = outcomes.length === asked.length && outcomes.every(({ beacon }, i) => beacon.text === asked[i]!.text);
    ensure(same, `${name} 的事件不是承诺的事件`, `the events of ${name} are not those committed`);
  }
  for (const { beacon, shown, text } of [...room, ...outside]) {
    const possible = beacon.kind === "drand" ? isSigned(beacon.chain, beacon.round, shown) : canShow(beacon, shown);
    if (!possible) {
      if (beacon.kind === "drand") fail(`脉冲没有签名：${beacon.text}`, `the pulse is not signed: ${beacon.text}`);
      fail(`事件不会有此结果：${text}`, `an outcome that the event cannot show: ${text}`);
    }
  }
  const all = [...room, ...outside].map(({ text }) => text).join("；");
  return said(all, all.replaceAll("；", "; "));
}

function checkBeacons(beacons: readonly Beacon[]): void {
  const texts = beacons.map(({ text }) => text);
  ensure(new Set(texts).size === texts.length, "有两个相同的事件", "two events are the same");
  for (const beacon of beacons) {
    const held = beacon.kind !== "lottery" || canTakePlace(beacon.game, beacon.issue, beacon.day);
    ensure(held, `这一天没有这一期：${beacon.text}`, `no such drawing on that day: ${beacon.text}`);
  }
  const bits = beacons.reduce((sum, beacon) => sum + entropy(beacon), 0);
  ensure(bits >= LEAST_BITS, `随机性只有 ${bits} 比特`, `only ${bits} bits of entropy`);
}

/** V14 */
export function nonces(draw: Draw): Said {
  const { mode, parties, draw: number } = draw.commit();
  const { nonces } = draw.reveal();
  ensure(parties.length >= 2, "不到两方", "fewer than two parties");
  const revealed = mode === "sealed" ? parties.slice(1) : parties;
  checkNonces(draw, "reveal.txt", nonces, revealed.map(({ name }) => name));
  if (mode === "sealed") {
    const kept = keptNonce(draw);
    const name = draw.has("void.txt") ? "void.txt" : "open.txt";
    checkNonces(draw, name, kept ? [kept] : [], [parties[0]!.name]);
  }
  return said(
    `${number.text} 的 ${parties.length} 方随机数与承诺相符`,
    `the nonces of ${parties.length} parties open their commitments for ${number.text}`,
  );
}

function checkNonces(draw: Draw, name: string, nonces: readonly Brought[], parties: readonly string[]): void {
  const same = nonces.length === parties.length && nonces.every(({ party }, i) => party === parties[i]);
  ensure(same, `${name} 的各方不是应有的`, `the parties in ${name} are not those due`);
  for (const nonce of nonces) {
    ensure(nonceOpens(draw.commit(), nonce.party, nonce.hex), `${nonce.party} 的随机数与承诺不符`, `the nonce of ${nonce.party} does not open its commitment`);
  }
}

/** A document whose time matters, and what must hold of it. */
interface Timed {
  name: string;
  due: boolean;
  read: () => { at: Moment };
  holds: (at: Moment) => boolean;
}

/** V27 */
export function margins(draw: Draw): Said {
  const { beacons, committed, margin, closeBy } = draw.commit();
  const first = committed + margin * 60;
  const dues: number[] = [];
  for (const beacon of beacons) {
    const at = due(beacon);
    if (at === undefined) continue;
    dues.push(at);
    ensure(at >= first, `${beacon.text} 早于${clockText(first)}`, `${beacon.text} is due before ${momentText(first)}`);
    ensure(at <= closeBy, `${beacon.text} 晚于截止时间`, `${beacon.text} is due after close-by`);
  }
  const [room, outside] = [draw.demandsRoom(), draw.demandsOutside()];
  const times: Timed[] = [
    { name: "ceremony.txt", due: room, read: draw.ceremony, holds: (at) => at >= first },
    { name: "reveal.txt", due: outside, read: draw.reveal, holds: (at) => dues.every((due) => at < due) },
    { name: "beacon.txt", due: outside, read: draw.beacon, holds: (at) => dues.every((due) => at >= due) },
  ];
  const asked = times.filter(({ due }) => due);
  for (const { name, read, holds } of asked) {
    if (!draw.has(name) || draw.refusal(name)) continue;
    const { at } = read();
    ensure(holds(at), `${name} 的时间不对：${clockText(at)}`, `${name} is at a wrong time: ${momentText(at)}`);
  }
  for (const { read } of asked) read();
  return said(`首个事件不早于承诺后 ${margin} 分钟`, `no event is earlier than ${margin} minutes after the commitment`);
}
