// V25: shares of the office's nonce, and what is published sealed under it:
// docs/spec/escrow.md.

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import type { Commit, Escrow } from "./commit.ts";
import { join, same, unhex, utf8 } from "./digest.ts";
import type { DrawRecord } from "./documents.ts";
import { type Draw, late } from "./draw.ts";
import { attempt, groupOf } from "./group.ts";
import { type Said, ensure, fail, said } from "./report.ts";

/** The commitment to a nonce by its point. */
const pointCommitment = ({ suite, draw }: Commit, party: string, point: string): string =>
  suite.hex(`yaohao/nonce-point/v1\n${draw.text}\n${party}\n${point}\n`);

/** Whether `nonce` opens the commitment of `party`, which is one of the commitment's. */
export function nonceOpens(commit: Commit, party: string, nonce: string): boolean {
  const { suite, draw, parties, escrow } = commit;
  const { commitment } = parties.find(({ name }) => name === party)!;
  if (escrow && party === parties[0]!.name) {
    const point = groupOf(suite).pointOf(nonce);
    return point !== undefined && pointCommitment(commit, party, point) === commitment;
  }
  return suite.hex(`yaohao/nonce/v1\n${draw.text}\n${party}\n${nonce}\n`) === commitment;
}

/** A sealed file, what it should hold, and how many bytes it has room for. */
interface Sealed {
  name: string;
  holds: readonly string[];
  room: number;
}

function sealedFiles(draw: Draw, { chains }: Commit, { room }: Escrow): Sealed[] {
  const files: Sealed[] = [{ name: "sealed.bin", holds: draw.results(), room }];
  for (const n of draw.lateChanges()) {
    for (const stem of [`replace-${late(n)}-request`, `replace-${late(n)}`]) {
      if (!draw.has(`${stem}.sha256`)) continue;
      files.push({ name: `${stem}.sealed`, holds: [`${stem}.txt`], room: 1024 * (1 + chains.length) });
    }
  }
  return files;
}

/** Custodians, threshold and points of the commitment, and what the office committed to. */
function checkShares(draw: Draw, commit: Commit, escrow: Escrow): void {
  const policy = draw.policy().escrow!;
  const agreed = escrow.threshold === policy.threshold && escrow.custodians.join(" ") === policy.custodians.join(" ");
  ensure(agreed, "托管人或门槛与规则不符", "custodians or threshold are not those of the policy");
  const { isPoint } = groupOf(commit.suite);
  const wrong = escrow.points.findIndex((point) => !isPoint(point));
  ensure(wrong < 0, `第 ${wrong} 个点不是群里的点`, `point ${wrong} is no point of the group`);
  const first = commit.parties[0];
  const bound = first !== undefined && pointCommitment(commit, first.name, escrow.points[0]!) === first.commitment;
  ensure(bound, "抽查机关承诺的随机数不是托管的那一个", "the nonce in escrow is not the one committed to");
}

/** What a sealed file holds, by docs/spec/escrow.md: names and lengths, the files, zeros. */
function contents(draw: Draw, { holds, room }: Sealed): Uint8Array | undefined {
  const files = holds.map((name) => draw.bytes(name));
  const head = holds.map((name, i) => `${name} ${files[i]!.length}\n`).join("");
  const whole = join([utf8(`yaohao/sealed/v1\n${head}`), ...files]);
  if (whole.length > room) return undefined;
  const padded = new Uint8Array(room);
  padded.set(whole);
  return padded;
}

function checkOpens(draw: Draw, sealed: Sealed, nonce: string): void {
  const { suite } = draw.commit();
  const key = unhex(suite.hex(`yaohao/sealed-key/v1\n${draw.hash("commit.txt")}\n${sealed.name}\n${nonce}\n`))!;
  const opened = attempt(() => chacha20poly1305(key, new Uint8Array(12)).decrypt(draw.bytes(sealed.name)));
  if (!opened) fail(`公开的随机数打不开 ${sealed.name}`, `the nonce does not open ${sealed.name}`);
  const expected = contents(draw, sealed);
  ensure(
    expected !== undefined && same(opened, expected),
    `${sealed.name} 里封的不是公布的文件`,
    `${sealed.name} holds other files than those published`,
  );
}

function checkSealed(draw: Draw, files: readonly Sealed[], record: DrawRecord): void {
  ensure(draw.hash("sealed.bin") === record.sealed, "sealed.bin 不是记录里的那一份", "sealed.bin is not the one in record.txt");
  for (const { name, room } of files) {
    ensure(draw.bytes(name).length === room + 16, `${name} 长度不对`, `${name} has another length`);
  }
  if (!draw.isOpened()) return;
  for (const file of files) checkOpens(draw, file, draw.opening().nonce.hex);
}

/** V25. */
export function escrow(draw: Draw): Said {
  const commit = draw.commit();
  draw.committedPolicy();
  const record = draw.has("record.txt") ? draw.record() : undefined;
  if (draw.isOpened()) draw.opening();
  const files = commit.escrow && record ? sealedFiles(draw, commit, commit.escrow) : [];
  for (const { name, holds } of files) {
    draw.bytes(name);
    if (draw.isOpened()) holds.forEach((held) => draw.bytes(held));
  }
  const due = commit.mode === "sealed" && draw.policy().escrow !== undefined;
  ensure(due === (commit.escrow !== undefined), "托管与规则不符", "there is an escrow though the policy says otherwise, or none");
  const bound = !record || (record.sealed !== undefined) === due;
  ensure(bound, "记录是否封存与承诺不符", "record.txt and the commitment differ on the sealed file");
  if (!commit.escrow) return said("不托管", "no escrow");
  checkShares(draw, commit, commit.escrow);
  if (record) checkSealed(draw, files, record);
  const { threshold, custodians } = commit.escrow;
  return said(
    `${custodians.length} 名托管人中任意 ${threshold} 人可以打开，封存文件 ${files.length} 个`,
    `any ${threshold} of ${custodians.length} custodians can open it; ${files.length} sealed files`,
  );
}
