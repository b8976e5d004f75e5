// Dates, beacons, pulses, quotas and tickets against docs/spec and the vectors of tests/.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { beaconField, canShow, canTakePlace, due, entropy, outcomeField } from "../verifier/beacons.ts";
import { isSigned } from "../verifier/bls.ts";
import { shares } from "../verifier/checks/registers.ts";
import type { Quota, Stratum } from "../verifier/commit.ts";
import { SHA256, SM3 } from "../verifier/digest.ts";
import { civilDay, civilMoment, dayOf, dayText, momentOf, momentText, weekday, yearOf } from "../verifier/moment.ts";
import { drawNumber, labelField, partField } from "../verifier/reader.ts";
import { ticketOf } from "../verifier/selection.ts";

const day = (text: string): number => dayOf(text)!;

test("civil dates go through every day of the years 1 to 9999", () => {
  const [first, last] = [day("0001-01-01"), day("9999-12-31")];
  assert.equal(last - first + 1, 3_652_059);
  for (let d = first; d <= last; d += 13) {
    const text = dayText(d);
    assert.equal(dayOf(text), d);
    assert.equal(yearOf(d), Number(text.slice(0, 4)));
  }
  assert.equal(day("1970-01-01"), 0);
  const none = ["2026-02-29", "2100-02-29", "0000-01-01", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "+026-01-01"];
  for (const text of none) assert.equal(dayOf(text), undefined, text);
});

test("moments are whole seconds of UTC, and civil dates those of UTC+8", () => {
  const text = "2026-11-23T16:00:00Z";
  assert.equal(momentText(momentOf(text)!), text);
  assert.equal(momentOf(text), Date.UTC(2026, 10, 23, 16) / 1000);
  assert.equal(dayText(civilDay(momentOf(text)!)), "2026-11-24");
  assert.equal(dayText(civilDay(momentOf(text)! - 1)), "2026-11-23");
  assert.equal(civilMoment(day("2026-11-24"), 21, 15), momentOf("2026-11-24T13:15:00Z"));
  for (const bad of ["2026-11-23T24:00:00Z", "2026-11-23T06:60:00Z", "2026-11-23T06:04:60Z", "2026-11-23 06:04:17Z"]) {
    assert.equal(momentOf(bad), undefined, bad);
  }
  assert.deepEqual(["2022-05-24", "2023-10-15"].map((text) => weekday(day(text))), [2, 0]);
});

test("drawings of lotteries take place on their days", () => {
  assert.ok(canTakePlace("ssq", 2022058, day("2022-05-24")));
  assert.ok(canTakePlace("ssq", 2023118, day("2023-10-15")));
  assert.ok(!canTakePlace("ssq", 2022058, day("2022-05-25")), "a Wednesday");
  assert.ok(!canTakePlace("ssq", 2022063, day("2022-05-24")), "more than there can have been");
  assert.ok(!canTakePlace("ssq", 2023058, day("2022-05-24")), "of another year");
  assert.ok(!canTakePlace("ssq", 2022000, day("2022-05-24")));
  assert.ok(canTakePlace("dlt", 26001, day("2026-01-03")));
  assert.ok(canTakePlace("kl8", 2026365, day("2026-12-31")) && !canTakePlace("kl8", 2026366, day("2026-12-31")));
});

test("outcomes are some that the event can show", () => {
  const shows = (text: string): boolean => {
    const { beacon, shown } = outcomeField(text);
    return canShow(beacon, shown);
  };
  const right = ["dice 10 3 : 0 9 5", "dice 6 2 : 1 6", "balls 9 3 : 9 1 4", "lottery ssq 2022058 2022-05-24 : 1 2 3 4 5 33 1"];
  const wrong = ["dice 10 3 : 0 9 10", "dice 6 2 : 0 6", "dice 6 2 : 1 7", "dice 6 2 : 1", "dice 6 2 : 1 1 1", "balls 9 3 : 1 1 2"];
  const unsorted = ["lottery ssq 2022058 2022-05-24 : 2 1 3 4 5 33 1", "lottery dlt 26001 2026-01-03 : 1 2 3 4 5 2 1"];
  for (const text of right) assert.ok(shows(text), text);
  for (const text of [...wrong, ...unsorted, "dice 10 1 : 18446744073709551615"]) assert.ok(!shows(text), text);
});

test("entropy in whole bits, and when events are due", () => {
  const bits = (text: string): number => entropy(beaconField(text));
  assert.deepEqual(["dice 10 20", "dice 2 16", "balls 49 6", "drand quicknet 2"].map(bits), [66, 16, 33, 117]);
  const { times } = vectors();
  for (const { chain, round, seconds } of times.filter(({ round }) => round > 1)) {
    const at = due(beaconField(`drand ${chain} ${round}`))!;
    assert.ok(at <= seconds && seconds < at + (chain === "default" ? 30 : 3), `${chain} ${round}`);
  }
});

interface Vectors {
  pulses: { chain: "default" | "quicknet"; round: number; previous_signature: string; signature: string }[];
  times: { chain: string; seconds: number; round: number }[];
}
const vectors = (): Vectors => JSON.parse(readFileSync("../tests/seed/drand.json", "utf8")) as Vectors;

test("pulses that drand published verify, for their chain and round alone", () => {
  const { pulses } = vectors();
  assert.ok(pulses.length >= 10);
  for (const { chain, round, previous_signature, signature } of pulses) {
    const shown = chain === "default" ? [previous_signature, signature] : [signature];
    assert.ok(isSigned(chain, round, shown), `${chain} ${round}`);
    assert.ok(!isSigned(chain, round + 1, shown));
    const other = chain === "default" ? "quicknet" : "default";
    assert.ok(!isSigned(other, round, shown));
    assert.ok(!isSigned(chain, round, [...shown.slice(0, -1), damaged(signature)]));
  }
});

/** The other sign: a point all the same, of another signature. */
const damaged = (signature: string): string => (parseInt(signature.slice(0, 2), 16) ^ 0x20).toString(16) + signature.slice(2);

test("what is no point of the group is not signed", () => {
  const infinity = `c0${"0".repeat(94)}`;
  const uncompressed = `0${"0".repeat(95)}`;
  const beyond = `9a${"f".repeat(94)}`;
  // On the curve, but not in the subgroup of prime order: x = 4.
  const outside = `80${"0".repeat(93)}4`;
  for (const text of [infinity, uncompressed, beyond, outside, "ff", ""]) assert.ok(!isSigned("quicknet", 123, [text]), text);
});

const stratum = (label: string, pool: number): Stratum => ({
  text: "",
  label: labelField(label),
  pool: BigInt(pool),
  drawn: 0n,
});
const quota = (size: Quota["size"], floor = 0n, cap?: bigint): Quota => ({ text: "", rule: "a", size, floor, cap });

test("quotas are shared out by the largest remainders", () => {
  const strata = [stratum("a/x", 10), stratum("a/y", 10), stratum("a/z", 11)];
  const numbers = (of: Quota) => shares(of, strata).map(Number);
  assert.deepEqual(numbers(quota({ count: 4n })), [1, 1, 2], "1·29, 1·29, 1·42 of 31: 9, 9, 13");
  assert.deepEqual(numbers(quota({ part: partField("1/6"), up: true })), [2, 2, 2]);
  assert.deepEqual(numbers(quota({ part: partField("1/6"), up: false })), [2, 1, 2], "equal remainders by label");
  assert.deepEqual(numbers(quota({ count: 100n })), [10, 10, 11]);
  assert.deepEqual(numbers(quota({ count: 5n }, 7n)), [2, 2, 3]);
  assert.deepEqual(numbers(quota({ count: 5n }, 7n, 3n)), [1, 1, 1]);
  const huge = { part: partField("18446744073709551614/18446744073709551615"), up: true };
  assert.deepEqual(numbers(quota(huge)), [10, 10, 11]);
});

test("the ticket of docs/spec/README.md, as the selection makes it", () => {
  const seed = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
  const ticket = (suite: typeof SHA256) => ticketOf(suite, seed, "key/z1", "91500112450533912J");
  assert.equal(ticket(SHA256), "4ef7fc035e5db51d5ed8689d41640ab55b73025ab6242ab8e64df914bfa45739");
  assert.equal(ticket(SM3), "03ebd3bd9ea22768d49d21350a804990d0a06218cda501397f06d60a406743a7");
});

test("draw numbers have one form", () => {
  assert.equal(drawNumber("example/2026/1000").sequence, 1000n);
  for (const text of ["example/2026/0100", "example/2026/1", "example/2026/000", "Example/2026/001", "example/0000/001", "a/b/2026/001"]) {
    assert.throws(() => drawNumber(text), text);
  }
});
