// What verification reads in policy.toml: docs/spec/policy.md.

import { isRole } from "./commit.ts";
import type { Day } from "./moment.ts";
import { type Part, partField } from "./reader.ts";
import { Settings } from "./settings.ts";
import { isKey } from "./text.ts";

/** Fields of units.txt that may be published, in their order. */
export const FIELDS = ["town", "class", "credit", "tags", "name"] as const;
export type Field = (typeof FIELDS)[number];

export interface Town {
  code: string;
  zone: string;
  from: Day | undefined;
  until: Day | undefined;
}

export interface Policy {
  office: string;
  suite: string;
  parties: string[];
  mode: "open" | "sealed";
  closeWithinDays: bigint;
  openWithinDays: bigint;
  margin: bigint;
  /** In the order of units.txt. */
  publish: Field[];
  teams: string[][];
  /** As in the line `exchange`. */
  exchange: string;
  bands: number;
  /** The `quota` lines of the commitment. */
  quotas: string[];
  /** Classes that each rule takes. */
  classes: Map<string, string[]>;
  towns: Town[];
  /** Names to be shown: of a rule by its key, of a zone by `/` and its key. */
  names: Map<string, string>;
  /** Whether visits are given their days. */
  schedule: boolean;
  odds: { draws: bigint; cap: Part } | undefined;
  escrow: { custodians: string[]; threshold: number } | undefined;
  /** The `beacon` lines, without issue, day or round. */
  beacons: string[];
}

/** A setting `"p/q"`. */
function part(settings: Settings, key: string): Part {
  const text = settings.text(key);
  try {
    return partField(text);
  } catch {
    return settings.wrong(key);
  }
}

/** Open if every item is announced; an item that is not named is secret. */
function mode(draw: Settings): "open" | "sealed" {
  const items = draw.texts("items");
  const secrecy = draw.has("secrecy") ? draw.section("secrecy") : undefined;
  const words = new Map(secrecy?.keys().map((item) => [item, secrecy.text(item)]));
  return items.every((item) => words.get(item) === "announced") ? "open" : "sealed";
}

function publish(draw: Settings): Field[] {
  const names = draw.texts("publish");
  if (!names.every((name) => FIELDS.some((field) => field === name))) draw.wrong("publish");
  return FIELDS.filter((field) => names.includes(field));
}

function slots(settings: Settings): string[] {
  const roles = settings.texts("slots");
  return roles.every(isRole) ? roles : settings.wrong("slots");
}

function quotaLine(stratum: Settings): string {
  const count = stratum.isInteger("quota");
  const size = count ? stratum.integer("quota", 0n, LONGEST) : part(stratum, "quota").text;
  const up = stratum.has("round") ? stratum.word("round", ["up", "down"]) : "up";
  const floor = stratum.has("floor") ? stratum.integer("floor", 0n, LONGEST) : 0n;
  const cap = stratum.has("cap") ? stratum.integer("cap", 0n, LONGEST) : "-";
  const id = stratum.text("id");
  if (!isKey(id)) stratum.wrong("id");
  return `${id} ${size} ${count ? "-" : up} ${floor} ${cap}`;
}

/** The largest integer of TOML. */
const LONGEST = (1n << 63n) - 1n;

function beaconLine(beacon: Settings): string {
  const kind = beacon.word("kind", ["dice", "balls", "lottery", "drand"]);
  switch (kind) {
    case "dice":
      return `dice ${beacon.integer("sides")} ${beacon.integer("rolls")}`;
    case "balls":
      return `balls ${beacon.integer("of")} ${beacon.integer("count")}`;
    case "lottery":
      return `lottery ${beacon.word("game", ["ssq", "kl8", "dlt"])}`;
    case "drand":
      return `drand ${beacon.word("chain", ["default", "quicknet"])}`;
  }
}

const named = (sections: readonly Settings[], before: string): [string, string][] =>
  sections.flatMap((section) => {
    const [id, name] = [section.shown("id"), section.shown("name")];
    return id === undefined || name === undefined ? [] : [[`${before}${id}`, name] as [string, string]];
  });

/** Zones are only shown: a policy is not refused for them. */
function zones(policy: Settings): Settings[] {
  try {
    return policy.sections("zone");
  } catch {
    return [];
  }
}

const town = (town: Settings): Town => ({
  code: town.text("code"),
  zone: town.text("zone"),
  from: town.date("from"),
  until: town.date("until"),
});

function odds(policy: Settings): Policy["odds"] {
  if (!policy.has("odds")) return undefined;
  const section = policy.section("odds");
  return { draws: section.integer("dry_draws"), cap: part(section, "largest_pair_probability") };
}

function escrow(policy: Settings): Policy["escrow"] {
  if (!policy.has("escrow")) return undefined;
  const section = policy.section("escrow");
  const custodians = section.texts("custodians");
  if (!custodians.every(isKey) || new Set(custodians).size < custodians.length || custodians.length > 9) {
    section.wrong("custodians");
  }
  return { custodians, threshold: Number(section.integer("threshold", 2n, BigInt(custodians.length))) };
}

function bands(policy: Settings): number {
  const workload = policy.section("workload");
  return 1 + (workload.has("band_minutes") ? workload.integers("band_minutes").length : 0);
}

function exchange(team: Settings): string {
  if (!team.has("exchange")) return "none";
  return part(team, "exchange").text;
}

/** Reads policy.toml. */
export function readPolicy(bytes: Uint8Array): Policy {
  const policy = Settings.read(bytes);
  const [office, draw, team] = [policy.section("office"), policy.section("draw"), policy.section("team")];
  const strata = policy.sections("stratum");
  const suites = ["yaohao-1-sha256", "yaohao-1-sm3"];
  return {
    office: office.text("id"),
    suite: office.has("suite") ? office.word("suite", suites) : suites[0]!,
    parties: office.texts("parties"),
    mode: mode(draw),
    closeWithinDays: draw.integer("close_within_days"),
    openWithinDays: draw.integer("open_within_days"),
    margin: draw.has("margin_minutes") ? draw.integer("margin_minutes") : 0n,
    publish: publish(draw),
    teams: [slots(team), ...team.sections("shape").map(slots)],
    exchange: exchange(team),
    bands: bands(policy),
    quotas: strata.map(quotaLine),
    classes: new Map(strata.map((stratum) => [stratum.text("id"), stratum.texts("classes")])),
    towns: policy.sections("town").map(town),
    names: new Map([...named(strata, ""), ...named(zones(policy), "/")]),
    schedule: policy.has("schedule") && policy.section("schedule") !== undefined,
    odds: odds(policy),
    escrow: escrow(policy),
    beacons: policy.sections("beacon").map(beaconLine),
  };
}
