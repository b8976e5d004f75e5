#!/usr/bin/env python3
"""A second, independent verifier of yaohao draws, suites yaohao-1-sha256 and yaohao-1-sm3.

Written from docs/spec alone (sm3.py beside it from GB/T 32905, bls.py and isogenies.py from RFC 9380), with nothing but Python's standard library, so that
two programs that share no line have to agree on every published byte.

    python3 reference/verify.py DIR [--commitment HEX] [--previous FILE] [--log DIR] [--json]

DIR is the published folder of one draw. Every check (V01, V02, ...) of docs/spec/verify.md
prints pass, fail or not-run with its evidence. Exit code: 0 verified, 1 failed,
2 wrong usage, 3 nothing to read, 4 incomplete.
"""

import argparse
import hashlib
import itertools
import json
import re
import struct
import sys
import tomllib
import unicodedata
from calendar import timegm
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import bls
import groups
import tiles
from sm3 import sm3

# ---- the words of the specification ------------------------------------------

COMMIT_STEP = ["commit.txt", "inspectors.txt", "items.txt", "policy.toml", "units.txt"]
DRAW_STEP = ["beacon.txt", "ceremony.txt", "record.txt", "reveal.txt"]
RESULT = ["drawn.txt", "dockets.txt", "teams.txt", "prices.txt"]      # the order within a sealed file
DAYS = ["availability.txt", "schedule.txt"]                          # there too, if the commitment has days
SUMS = ["commit.sha256", "open.sha256", "record.sha256", "void.sha256"]
SEALED = "sealed.bin"
KNOWN = set(COMMIT_STEP + DRAW_STEP + RESULT + DAYS + SUMS + ["odds.txt", "carried.txt", "open.txt", "void.txt", "voided.txt", SEALED])
REASONS = ["inactive", "not-in-effect", "town-unknown", "other-area", "listed",
           "no-item", "no-stratum", "cooldown", "yearly-cap"]

FIELDS = ["town", "class", "credit", "tags", "name"]

# Grammar. Decimals stop at 39 digits (the length of 2^128): nothing lawful is longer.


def below(limit: int) -> str:
    """A pattern for the decimals from 1 to limit - 1."""
    last = str(limit - 1)
    shorter = f"[1-9][0-9]{{0,{len(last) - 2}}}"
    smaller = [f"{last[:i]}[{0 if i else 1}-{int(d) - 1}][0-9]{{{len(last) - i - 1}}}"
               for i, d in enumerate(last) if int(d) > (0 if i else 1)]
    return f"(?:{'|'.join([shorter, *smaller, last])})"


POSITIVE, U32, PRICE = below(1 << 64), below(1 << 32), below(1 << 127)
NUM, U32, PRICE = f"(?:0|{POSITIVE})", f"(?:0|{U32})", f"(?:0|{PRICE})"
HEX = "[0-9a-f]{64}"
SALT = "[0-9a-f]{32}"
ID = "[A-Za-z0-9][A-Za-z0-9._/-]{0,63}"
FILE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
KEY = "[a-z][a-z0-9-]{0,31}"
LABEL = f"{KEY}(?:/{KEY})?"
DRAW = tiles.DRAW
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOMENT = f"{DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z"
BEACON = f"(?:dice {NUM} {NUM}|balls {NUM} {NUM}|lottery (?:ssq|kl8|dlt) {U32} {DAY}|drand (?:default|quicknet) {U32})"
NAMES = f"(?:-|{ID}(?:,{ID})*)"
ROLE = "(?!(?:lead|away|again|apart|band|minutes|town)(?![a-z0-9-]))[a-z][a-z0-9-]{0,31}"
UNIT = (f"({ID}) (?:excluded:({'|'.join(REASONS)})|({LABEL})) {HEX} (-|{HEX})"
        "(?: town=([^ ]+))?(?: class=([^ ]+))?(?: credit=([^ ]+))?(?: tags=([^ ]+))?(?: name=([^ ].*))?")


LATE = re.compile("replace-([0-9]{3,4})(-request)?[.](txt|sha256|sealed)")


def late_number(name: str) -> int | None:
    """The number of the late change that a file belongs to (README.md, The files of a draw)."""
    match = LATE.fullmatch(name)
    number = int(match[1]) if match else 0
    return number if number and match[1] == f"{number:03}" else None


class Malformed(Exception):
    """A file that does not read in its one form."""


class Fail(Exception):
    """A check that ran and did not hold."""


class NotRun(Exception):
    """A check that lacks a file."""


def must(condition: bool, why: str):
    if not condition:
        raise Fail(why)


def sha(data: bytes) -> str:
    """SHA-256, for the .sha256 files of both suites."""
    return hashlib.sha256(data).hexdigest()


# ---- suites (suites.md) ------------------------------------------------------

class Suite:
    """The hash of everything in a draw's record."""

    def __init__(self, digest: callable):
        self.digest = digest

    def hash(self, data: bytes) -> str:
        return self.digest(data).hex()

    def text(self, *lines: str) -> str:
        """The hash of a text, given its lines."""
        return self.hash("".join(line + "\n" for line in lines).encode())

    def root(self, kind: str, lines: list[str]) -> str:
        """The RFC 6962 root over the lines of a table (tables.md, Trees)."""
        level = [self.digest(f"\0yaohao/{kind}/v1\n{line}\n".encode()) for line in lines]
        if not level:
            return self.hash(b"")
        while len(level) > 1:
            pairs = [self.digest(b"\1" + a + b) for a, b in zip(level[::2], level[1::2])]
            level = pairs + level[2 * len(pairs):]
        return level[0].hex()


SHA256 = Suite(lambda data: hashlib.sha256(data).digest())
SM3 = Suite(sm3)
SUITES = {"yaohao-1-sha256": SHA256, "yaohao-1-sm3": SM3}


class Seed(str):
    """A seed in hex, with the suite that hashes whatever follows from it."""

    def __new__(cls, text: str, suite: Suite):
        seed = super().__new__(cls, text)
        seed.suite = suite
        return seed

    def text(self, tag: str, *lines: str) -> str:
        """The hash of a text of the tag, the seed and these lines."""
        return self.suite.text(tag, self, *lines)

    def stream(self, tag: str, *lines: str) -> "Stream":
        return Stream(bytes.fromhex(self.text(tag, *lines)))


# ---- texts -------------------------------------------------------------------

def read_text(data: bytes, tag: str) -> list[str]:
    """The lines after the tag (README.md, Texts). Refuses everything irregular."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(f"not UTF-8 at byte {error.start}") from None
    if not text.endswith("\n"):
        raise Malformed("does not end with LF")
    lines = text[:-1].split("\n")
    for number, line in enumerate(lines, 1):
        if not line or line[0] == " " or line[-1] == " ":
            raise Malformed(f"line {number} is empty or has a space at an end")
        if not line.isascii() and ("\ufeff" in line or "\ufffd" in line):
            raise Malformed(f"line {number} holds U+FEFF or U+FFFD")
        if not line.isprintable() and any(unicodedata.category(c) == "Cc" for c in line):
            raise Malformed(f"line {number} holds a control character")
    if lines[0] != tag:
        raise Malformed(f"does not begin with {tag}")
    return lines[1:]


def day(text: str) -> date:
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        raise Malformed(f"{text} is no date") from None


def moment(text: str) -> datetime:
    try:
        return datetime(*map(int, re.findall("[0-9]+", text)))
    except ValueError:
        raise Malformed(f"{text} is no moment") from None


def rising(values: list) -> bool:
    return all(a < b for a, b in zip(values, values[1:]))


def document(kind: str, *fields: tuple) -> callable:
    """A reader of a document whose lines are these (word, pattern); a word ending in + repeats,
    one ending in ? may be absent.

    It gives a dictionary: word -> what follows it, or the list of what follows it.
    """
    def read(data: bytes) -> dict:
        lines, found = read_text(data, f"yaohao/{kind}/v1")[::-1], {}
        for field, pattern in fields:
            word = field.rstrip("+?")
            values = found[word] = []
            while lines and lines[-1].startswith(word + " ") and (field.endswith("+") or not values):
                values.append(lines.pop()[len(word) + 1:])
                if not re.fullmatch(pattern, values[-1]):
                    raise Malformed(f"no form of a line '{word}': {values[-1][:80]}")
            if not field.endswith("+"):
                found[word] = values[0] if values else None
                if field == word and not values:
                    raise Malformed(f"there is no line '{word}' in its place")
        if lines:
            raise Malformed(f"unexpected line {lines[-1][:80]}")
        if "at" in found:
            moment(found["at"])
        return found
    return read


COMMIT = document(
    "commit", ("draw", DRAW), ("previous", f"none|{HEX}"), ("carried?", f"{HEX} {NUM}"), ("suite", "|".join(SUITES)), ("software", "[^ ].*"),
    ("committed", MOMENT), ("window", f"{DAY} {DAY}"), ("mode", "open|sealed"), ("close-by", MOMENT),
    ("open-by", DAY), ("margin", U32), ("policy", HEX), ("log?", HEX), ("items", HEX), ("units", f"{HEX} {NUM}"), ("inspectors", f"{HEX} {NUM}"),
    ("recusals", f"{HEX} {NUM}"), ("odds?", HEX),
    ("availability?", HEX), ("days?", f"{DAY}(?: {DAY}){{0,365}}"), ("pairing", "tickets-and-prices/v1"),
    ("team+", f"lead assistant(?: {ROLE}){{0,2}}"), ("exchange", f"none|{NUM}/{POSITIVE}"), ("bands", "[1-4]"),
    ("quota+", f"{KEY} (?:{NUM} -|{NUM}/{POSITIVE} (?:up|down)) {NUM} (?:-|{NUM})"),
    ("stratum+", f"{LABEL} {POSITIVE} {NUM}"), ("excluded+", f"(?:{'|'.join(REASONS)}) {POSITIVE}"),
    ("beacon+", BEACON), ("party+", f"{ID} {HEX}"), ("chain+", f"{ID} {HEX} [1-9][0-9]{{0,3}}"),
    ("escrow?", f"[2-9](?: (?:[0-9a-f]{{2}})?{HEX}){{2,9}}"), ("custodian+", KEY), ("room?", POSITIVE), ("verifier+", f"{FILE} {HEX}"))


def read_commit(data: bytes) -> dict:
    """commit.txt (documents.md): its words, with the lists of lines as dictionaries."""
    c = COMMIT(data)
    strata, excluded, parties = ([line.split(" ") for line in c[word]] for word in ("stratum", "excluded", "party"))
    c["stratum"] = {label: (int(n), int(k)) for label, n, k in strata}
    c["excluded"] = {reason: int(n) for reason, n in excluded}
    c["party"] = dict(parties)
    c["window"] = read_window(c["window"])
    c["days"] = read_days(c)
    c["moment"], c["due"], _ = moment(c["committed"]), moment(c["close-by"]), day(c["open-by"])
    if not rising([label for label, _, _ in strata]) or not rising([REASONS.index(r) for r, _ in excluded]):
        raise Malformed("strata or exclusions are out of order")
    if not all(map(sound_beacon, c["beacon"])):
        raise Malformed("a beacon that cannot be")
    if not c["team"]:
        raise Malformed("there is no team")
    part, _, whole = c["exchange"].partition("/")
    if whole and int(part) > int(whole):
        raise Malformed("more than all units are exchanged")
    for size in (quota.split(" ")[1] for quota in c["quota"]):
        part, _, whole = size.partition("/")
        if whole and int(part) > int(whole):
            raise Malformed("a quota above the whole pool")
    if not len(c["quota"]) == len({q.split(" ")[0] for q in c["quota"]}):
        raise Malformed("a quota rule occurs twice")
    if len(c["party"]) != len(parties):
        raise Malformed("a party occurs twice")
    order = list(c["party"])
    chains = [line.split(" ") for line in c["chain"]]
    if not all(p in order[1:] for p, _, _ in chains) or not rising([order.index(p) for p, _, _ in chains]):
        raise Malformed("a chain that is not of a party after the first, or out of order")
    c["chain"] = {party: (end, int(length)) for party, end, length in chains}
    verifiers = [line.split(" ") for line in c["verifier"]]
    if not rising([name for name, _ in verifiers]):
        raise Malformed("the files for verifying are out of order")
    c["verifier"] = dict(verifiers)
    c["escrow"] = read_escrow(c)
    return c


def read_escrow(c: dict) -> dict | None:
    """The lines escrow, custodian and room (escrow.md)."""
    custodians, room = c.pop("custodian"), c.pop("room")
    if c["escrow"] is None:
        if custodians or room:
            raise Malformed("custodians or room without an escrow")
        return None
    threshold, *points = c["escrow"].split(" ")
    if {len(point) for point in points} != {groups.GROUPS[c["suite"]].digits}:
        raise Malformed("points of another length than the group of the suite has")
    if len(points) != int(threshold) or not len(points) <= len(custodians) <= 9:
        raise Malformed("not as many points as the threshold, or custodians fewer than that, or more than 9")
    if len(set(custodians)) != len(custodians):
        raise Malformed("a custodian occurs twice")
    if not room or int(room).bit_count() != 1 or not 1 << 12 <= int(room) <= 1 << 32:
        raise Malformed("the room is no power of two from 4096 to 2^32")
    return {"points": points, "custodians": custodians, "room": int(room)}


def read_days(c: dict) -> list[date]:
    """The working days of the window (schedule.md); none if there is no schedule."""
    if (c["availability"] is None) != (c["days"] is None):
        raise Malformed("availability without days, or days without availability")
    days = [day(text) for text in c["days"].split(" ")] if c["days"] else []
    first, last = c["window"]
    if not rising(days) or not all(first <= one <= last for one in days):
        raise Malformed("the days do not rise, or lie outside the window")
    return days


def read_window(text: str) -> list[date]:
    first, last = map(day, text.split(" "))
    if first > last:
        raise Malformed("the window ends before it begins")
    return [first, last]


def sound_beacon(beacon: str) -> bool:
    """Whether this is a beacon in its one form (beacons.md)."""
    kind, a, b, *date_ = beacon.split(" ")
    if kind in ("lottery", "drand"):
        return bool(int(b) > (kind == "drand") and all(map(day, date_)))
    a, b = int(a), int(b)
    return 2 <= a <= 100 and 1 <= b <= 200 if kind == "dice" else 2 <= a <= 1000 and 1 <= b < a


def read_table(kind: str, pattern: str) -> callable:
    """A reader of a table: a list of (line, groups of the pattern)."""
    compiled = re.compile(pattern)

    def read(data: bytes) -> list[tuple]:
        rows = []
        for number, line in enumerate(read_text(data, f"yaohao/{kind}/v1"), 2):
            match = compiled.fullmatch(line)
            if not match:
                raise Malformed(f"line {number} is not of the form of a line of {kind}")
            rows.append((line, match.groups()))
        return rows
    return read


def read_units(data: bytes) -> list[tuple]:
    rows = read_table("units", UNIT)(data)
    for number, (_, (_, reason, _, docket, *_)) in enumerate(rows, 2):
        if (reason is None) != (docket != "-"):
            raise Malformed(f"line {number}: exactly the excluded units have no docket")
    return rows


def read_dockets(data: bytes) -> list[tuple]:
    """dockets.txt: (line, (unit, slots, away, again, apart, band, minutes, town)), all but unit and town split up."""
    slots = f"lead=(?:{NAMES}) assistant=(?:{NAMES})(?: {ROLE}=(?:{NAMES})){{0,2}}"
    rows = read_table("dockets", f"({ID}) {SALT} ({slots})(?: away ({slots}))?"
                                 f"(?: again=({ID}(?:,{ID})*))?(?: apart=({ID}[+]{ID}(?:,{ID}[+]{ID})*))?"
                                 f"(?: band=({POSITIVE}))?(?: minutes=({U32}(?:,{U32})*))?(?: town=({ID}))?")(data)
    split = []
    for number, (line, (unit, slots, away, again, apart, band, minutes, town)) in enumerate(rows, 2):
        slots, away = ([word.split("=") for word in part.split(" ")] if part else [] for part in (slots, away))
        if away and [role for role, _ in away] != [role for role, _ in slots]:
            raise Malformed(f"line {number}: another team away than at home")
        split.append((line, (unit, slots, away, again.split(",") if again else [],
                             [pair.split("+") for pair in apart.split(",")] if apart else [], int(band or 0),
                             listed(minutes) if minutes else None, town)))
    return split


def listed(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


HEAD = (("draw", DRAW), ("after", HEX), ("at", MOMENT))
NONCE = f"{ID} {HEX}"
OUTCOME = (f"(?!drand ){BEACON} : {NUM}(?: {NUM})*|drand quicknet {U32} : [0-9a-f]{{96}}"
           f"|drand default {U32} : [0-9a-f]{{192}} [0-9a-f]{{192}}")
RECORD = document("record", *HEAD, ("window", f"{DAY} {DAY}"), ("inspectors", f"{HEX} {NUM}"),
                  ("drawn", f"{HEX} {NUM}"), ("prices", HEX), ("schedule?", HEX), ("sealed?", HEX))
CARRIED = f"({ID}) ({DRAW}) ({LABEL}) ({POSITIVE}) ({HEX})"
TEAM = f"({ID}) {SALT} (lead={ID} assistant={ID}(?: {ROLE}={ID}){{0,2}})"


def read_record(data: bytes) -> dict:
    record = RECORD(data)
    record["window"] = read_window(record["window"])
    return record


def read_schedule(data: bytes) -> list[tuple]:
    rows = read_table("schedule", f"({ID}) {SALT} (-|{DAY})")(data)
    return [(line, (unit, None if when == "-" else day(when))) for line, (unit, when) in rows]


def read_events(kind: str) -> callable:
    """A reader of ceremony.txt or beacon.txt."""
    form = document(kind, *HEAD, ("outcome+", OUTCOME))

    def read(data: bytes) -> dict:
        events = form(data)
        if not all(sound_beacon(outcome.split(" : ")[0]) for outcome in events["outcome"]):
            raise Malformed("a beacon that cannot be")
        return events
    return read


READERS = {
    "commit.txt": read_commit,
    "items.txt": lambda data: read_text(data, "yaohao/items/v1"),
    "units.txt": read_units,
    "inspectors.txt": read_table("inspectors", f"({ID}) ({U32}) ({U32}) {HEX}"),
    "odds.txt": document("odds", ("draws", NUM), ("stratum+", f"{LABEL} {NUM} {NUM}"),
                         ("largest", f"{NUM} {NUM}"), ("entropy", f"{NUM} {NUM}")),
    "ceremony.txt": read_events("ceremony"),
    "reveal.txt": document("reveal", *HEAD, ("nonce+", NONCE)),
    "beacon.txt": read_events("beacon"),
    "record.txt": read_record,
    "open.txt": document("open", *HEAD, ("nonce", NONCE)),
    "void.txt": document("void", *HEAD, ("reason", "register|policy|party|beacon|staffing"), ("nonce?", NONCE),
                         ("drawn?", f"{HEX} {NUM}")),
    "voided.txt": read_table("carried", CARRIED),
    "carried.txt": read_table("carried", CARRIED),
    "drawn.txt": read_table("drawn", f"({ID}) ({LABEL}) ({POSITIVE}) ({HEX}) ({HEX})"),
    "dockets.txt": read_dockets,
    "teams.txt": read_table("teams", TEAM),
    "prices.txt": read_table("prices", f"({ID}) ({U32}) ({PRICE}(?:,{PRICE})*) ({U32}) ({PRICE}(?:,{PRICE})*)"),
    "availability.txt": read_table("availability", f"({ID}) {SALT} ({U32}(?:,{U32})*)"),
    "schedule.txt": read_schedule,
}
LATE_READERS = {
    "-request.txt": document("replace-request", *HEAD, ("unit", ID), ("absent", ID),
                             ("reason", "absent|recused|unfit"), ("salt", SALT)),
    ".txt": document("replacement", *HEAD, ("link+", f"{ID} {HEX}"), ("stand-in", ID), ("team", TEAM)),
}


def reader(name: str) -> callable:
    """What reads the text of this name, or None."""
    return READERS.get(name) or (LATE_READERS.get(name[len("replace-"):].lstrip("0123456789"))
                                 if late_number(name) else None)


# ---- the stream ------------------------------------------------------

QUARTERS = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
            (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]


def chacha_block(key: bytes, counter: int) -> bytes:
    """The ChaCha20 block function of RFC 8439 section 2.3, with an all-zero nonce."""
    start = [*struct.unpack("<4I", b"expand 32-byte k"), *struct.unpack("<8I", key), counter, 0, 0, 0]
    x, mask = list(start), 0xFFFFFFFF
    for _ in range(10):
        for i, j, k, m in QUARTERS:
            a, b, c, d = x[i], x[j], x[k], x[m]
            a = a + b & mask; d ^= a; d = (d << 16 | d >> 16) & mask
            c = c + d & mask; b ^= c; b = (b << 12 | b >> 20) & mask
            a = a + b & mask; d ^= a; d = (d << 8 | d >> 24) & mask
            c = c + d & mask; b ^= c; b = (b << 7 | b >> 25) & mask
            x[i], x[j], x[k], x[m] = a, b, c, d
    return struct.pack("<16I", *(s + e & mask for s, e in zip(start, x)))


def poly1305(key: bytes, message: bytes) -> bytes:
    """RFC 8439 section 2.5."""
    r, s = (int.from_bytes(key[i:i + 16], "little") for i in (0, 16))
    r, a = r & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF, 0
    for i in range(0, len(message), 16):
        a = (a + int.from_bytes(message[i:i + 16] + b"\1", "little")) * r % ((1 << 130) - 5)
    return (a + s & (1 << 128) - 1).to_bytes(16, "little")


def aead_open(key: bytes, sealed: bytes) -> bytes | None:
    """ChaCha20-Poly1305 of RFC 8439 section 2.8, with an all-zero nonce and no additional data."""
    cipher, tag = sealed[:-16], sealed[-16:]
    padded = cipher + bytes(-len(cipher) % 16) + struct.pack("<2Q", 0, len(cipher))
    if len(sealed) < 16 or poly1305(chacha_block(key, 0)[:32], padded) != tag:
        return None
    stream = b"".join(chacha_block(key, 1 + i) for i in range((len(cipher) + 63) // 64))
    return bytes(a ^ b for a, b in zip(cipher, stream))


def unseal(suite: Suite, commit_hash: str, name: str, nonce: str, sealed: bytes, inside: list[str]) -> list[bytes] | None:
    """The files in a sealed file, if they are these (escrow.md)."""
    plain = aead_open(bytes.fromhex(suite.text("yaohao/sealed-key/v1", commit_hash, name, nonce)), sealed)
    if plain is None:
        return None
    head = "yaohao/sealed/v1\n" + "".join(f"{re.escape(n)} ({NUM})\n" for n in inside)
    match, files = re.match(head.encode(), plain), []
    if not match:
        return None
    at = match.end()
    for length in map(int, match.groups()):
        files.append(plain[at:at + length])
        at += length
    return files if at <= len(plain) and not any(plain[at:]) else None


class Stream:
    """Words of a ChaCha20 key stream (stream.md); makes only the blocks asked for."""

    def __init__(self, key: bytes):
        self.key, self.blocks = key, {}

    def word(self, number: int) -> int:
        block, index = divmod(number, 8)
        if block not in self.blocks:
            self.blocks[block] = struct.unpack("<8Q", chacha_block(self.key, block))
        return self.blocks[block][index]


# ---- selection and pairing ---------------------------------------------------

def quota_shares(size: str, rounding: str, floor: str, cap: str, pools: dict) -> dict:
    """k of every stratum of one rule, from the sizes of its pools (selection.md)."""
    total = sum(pools.values())
    if rounding == "-":
        count = int(size)
    else:
        p, q = map(int, size.split("/"))
        count = (total * p + (q - 1 if rounding == "up" else 0)) // q
    count = max(count, int(floor))
    count = min(count, total, total if cap == "-" else int(cap))
    shares = {label: count * n // total for label, n in pools.items()}
    by_rest = sorted(pools, key=lambda label: (-(count * pools[label] % total), label))
    for label in by_rest[:count - sum(shares.values())]:
        shares[label] += 1
    return shares


def select(seed: Seed, units: dict, wanted: dict, carried: set = frozenset()) -> list[tuple]:
    """(unit, label, rank, ticket) of all drawn; units: label -> ids, wanted: label -> k. Carried units come first."""
    drawn = []
    for label in sorted(wanted):
        tickets = sorted((u not in carried, seed.text("yaohao/ticket/v1", label, u), u) for u in units.get(label, []))
        k = max(wanted[label], sum(not rest for rest, _, _ in tickets))
        drawn += [(u, label, rank, t) for rank, (_, t, u) in enumerate(tickets[:k], 1)]
    return drawn


def turns(seed: Seed, n: int, tag: str = "turn") -> list[int]:
    stream = seed.stream(f"yaohao/{tag}/v1")
    return [stream.word(i) >> 16 << 12 for i in range(n)]


def can_be_staffed(pools: list[list[int]], apart: set) -> bool:
    """Whether some team of different people has no pair that must not meet."""
    return bool(pools) and any(
        len(set(team)) == len(team) and not any(pair in apart for pair in itertools.combinations(sorted(team), 2))
        for team in itertools.product(*pools))


def struck(seed: Seed, unit: str, pools: list[list[int]], apart: list[tuple]) -> list[list[int]]:
    """The pools without one of every pair that must not meet (pairing.md, Lineups)."""
    for pair in apart:
        if not all(any(i in pool for pool in pools) for i in pair):
            continue
        loser = max(pair, key=lambda i: (seed.text("yaohao/strike/v1", unit, str(i)), i))
        without = {i: [[j for j in pool if j != i] for pool in pools] for i in pair}
        (other,) = set(pair) - {loser}
        only_other = can_be_staffed(without[other], set(apart)) and not can_be_staffed(without[loser], set(apart))
        pools = without[other if only_other else loser]
    return pools


def exchanged(seed: Seed, able: list[str], share: str, drawn: int) -> set[str]:
    """The units that are visited from other zones (pairing.md, Lineups)."""
    part, _, whole = share.partition("/")
    count = -(-drawn * int(part) // int(whole)) if whole else 0
    return {u for _, u in sorted((seed.text("yaohao/ticket/v1", "@exchange", u), u) for u in able)[:count]}


class Visit:
    """A drawn unit: for each slot the people eligible, by rank, and who holds it; and its band of duration."""

    def __init__(self, unit: str, pools: list[list[int]], team: list[int], again: list[int] = (), band: int = 0):
        self.unit, self.pools, self.team, self.again, self.band = unit, pools, team, again, band
        self.tickets = []

    def deal(self, seed: Seed, n: int, tag: str = "pair"):
        """Fills in the tickets, once: a dictionary rank -> ticket for each slot."""
        if self.tickets:
            return
        stream = seed.stream(f"yaohao/{tag}/v1", self.unit)
        self.tickets = [{i: (stream.word(q * n + i) >> 16) + (1 << 48 if i in self.again else 0) for i in pool}
                        for q, pool in enumerate(self.pools)]

    def eligible(self) -> bool:
        return len(self.team) == len(self.pools) and all(i in pool for i, pool in zip(self.team, self.pools))

    def cheapest(self, prices: list[list[int]]) -> int | None:
        """The least sum of tickets and prices over all lawful teams; None if there is none."""
        k = len(self.pools)
        slots = [sorted((t + prices[i][self.band], i) for i, t in row.items())[:k] for row in self.tickets]
        teams = (team for team in itertools.product(*slots) if len({i for _, i in team}) == k)
        return min((sum(cost for cost, _ in team) for team in teams), default=None)

    def seats(self, people: list[int], first: int = 0) -> tuple | None:
        """(least sum of tickets, order) that seats exactly these people on the slots from `first` on."""
        rows = self.tickets[first:]
        return min(((sum(row[i] for row, i in zip(rows, order)), order) for order in itertools.permutations(people)
                    if all(i in row for row, i in zip(rows, order))), default=None)

    def seat(self, people: list[int]) -> int | None:
        """w(S) of pairing.md."""
        found = self.seats(people)
        return found and found[0]

    def rest(self, lead: int) -> list[int]:
        return [i for i in self.team if i != lead]

    def leadership(self) -> "Visit":
        """The second question: one slot, for those of the team without whom the others have seats."""
        able = [i for i in sorted(self.team) if i in self.pools[0] and self.seats(self.rest(i), 1)]
        return Visit(self.unit, [able], self.team[:1], band=self.band)


def least_prices(visits: list[Visit], floors: list[list[int]], loads: list[list[int]]) -> list[list[int]]:
    """The least prices (pairing.md, Prices), raised from the costs of the last visits."""
    lead = {}                       # (i, a, j, b) -> how far p(j, b) may be below p(i, a), at most
    for i, held in enumerate(loads):
        for band in range(1, len(held)):
            lead[i, band, i, 0] = long(held[band] + 1)
            if held[band]:
                lead[i, 0, i, band] = -long(held[band])
    for visit in visits:
        base = visit.seat(visit.team)
        if base is None:
            raise Fail(f"the team of {visit.unit} has no lawful seats")
        others = set().union(*visit.pools) - set(visit.team)
        for i, j in itertools.product(visit.team, others):
            swapped = visit.seat([j if person == i else person for person in visit.team])
            if swapped is not None:
                at = i, visit.band, j, visit.band
                lead[at] = min(lead.get(at, swapped - base), swapped - base)
    prices = [list(row) for row in floors]
    for _ in range(sum(map(len, floors)) + 1):
        changed = False
        for (i, a, j, b), distance in lead.items():
            if prices[j][b] < prices[i][a] - distance:
                prices[j][b], changed = prices[i][a] - distance, True
        if not changed:
            return prices
    raise Fail("no prices fit: the pairing is not a cheapest one")


def long(nth: int) -> int:
    """What the n-th visit in a band from 1 costs besides."""
    return nth << 86


class Proof:
    """The checks of pairing.md, numbered as there, of teams and prices (by inspector and band) for (capacity,
    carried) of everybody."""

    def __init__(self, seed: Seed, people: list[tuple], visits: list[Visit], prices: list[list[int]], bands: int,
                 tag: str = "pair"):
        self.seed, self.people, self.visits, self.prices, self.bands = seed, people, visits, prices, bands
        must(1 <= bands <= 4 and all(visit.band < bands for visit in visits), "a band of duration that there is not")
        must(all(max(person) <= 4095 for person in people), "somebody carries or can take more than 4095 visits")
        longer = sum(visit.band > 0 for visit in visits)
        most = (min(longer, capacity) for capacity, _ in people)
        must(sum(m * (m + 1) // 2 for m in most) < 1 << 25, "too many long visits for so many people")
        held = Counter((i, visit.band) for visit in visits for i in visit.team)
        self.banded = [[held[i, band] for band in range(bands)] for i in range(len(people))]
        self.loads = [sum(row) for row in self.banded]
        self.turns = turns(seed, len(people), {"pair": "turn", "lead": "lead-turn"}[tag])
        for visit in visits:
            visit.deal(seed, len(people), tag)

    def check_1(self):
        for visit in self.visits:
            must(len(set(visit.team)) == len(visit.team), f"somebody holds two slots of {visit.unit}")
            must(visit.eligible(), f"somebody in the team of {visit.unit} is not on its docket")
        for i, (load, (capacity, _)) in enumerate(zip(self.loads, self.people)):
            must(load <= capacity, f"no. {i} has {load} visits, but can take {capacity}")

    def check_2(self):
        must(len(self.prices) == len(self.people), "not one price an inspector")
        must(all(len(row) == self.bands for row in self.prices), "not one price a band")
        must(all(0 <= price < 1 << 124 for row in self.prices for price in row), "a price below 0, or of 2^124 or more")
        for visit in self.visits:
            held = visit.seat(visit.team) + sum(self.prices[i][visit.band] for i in visit.team)
            must(held == visit.cheapest(self.prices), f"{visit.unit} does not hold its cheapest people")

    def cost(self, i: int, j: int) -> int:
        return (self.people[i][1] + j << 111) + self.turns[i]

    def floors(self) -> list[list[int]]:
        """The least that each price can be for what its inspector holds."""
        rest = [0] * (self.bands - 1)
        return [[self.cost(i, load) if load else 0, *rest] for i, load in enumerate(self.loads)]

    def check_3(self):
        for i, (row, load, floor) in enumerate(zip(self.prices, self.loads, self.floors())):
            most = self.cost(i, load + 1) if load < self.people[i][0] else row[0]
            must(floor[0] <= row[0] <= most, f"the price of no. {i} does not fit a load of {load}")
            for price, held in zip(row[1:], self.banded[i][1:]):
                above = price - row[0]
                must((not held or long(held) <= above) and above <= long(held + 1),
                     f"a price of no. {i} does not fit {held} visits of its band")

    def check_4(self):
        same("price", self.prices, least_prices(self.visits, self.floors(), self.banded))

    def check_5(self, lead_prices: list[list[int]]):
        theirs = [(load, 0) for load in self.loads]
        questions = [visit.leadership() for visit in self.visits]
        leads = Proof(self.seed, theirs, questions, lead_prices, self.bands, "lead")
        leads.check_2()
        leads.check_3()
        leads.check_4()
        for visit in self.visits:
            due = visit.seats(visit.rest(visit.team[0]), 1)[1]
            must(tuple(visit.team[1:]) == due, f"the people of {visit.unit} should sit as {due} behind their lead")


# ---- the schedule ------------------------------------------------------------

class Stay:
    """A visit that needs a day: its people with the minutes it takes of each, and its town."""

    def __init__(self, seed: Seed, unit: str, needs: dict[int, int], town: str):
        self.unit, self.needs, self.town = unit, needs, town
        self.key = seed.text("yaohao/day/v1", unit)
        self.tickets = Stream(bytes.fromhex(self.key))
        self.day, self.turn = None, 0
        self.settled = False        # found to have no other day; true until somebody of its team is relieved

    def ticket(self, d: int) -> tuple:
        return self.tickets.word(d), d


class Schedule:
    """Places visits on the days 0 to n - 1; room: who has how many minutes on each of them (schedule.md)."""

    def __init__(self, room: list[list[int]], n: int):
        self.room, self.n = room, n
        self.given = [[0] * n for _ in room]
        self.visits = [0] * n
        self.near = Counter()                       # (person, day, town) -> visits
        self.held = defaultdict(list)               # (person, day) -> visits

    def place_all(self, stays: list[Stay]):
        for turn, stay in enumerate(sorted(stays, key=lambda s: (-max(s.needs.values()), s.key, s.unit))):
            stay.turn = turn
            best = self.best(stay)
            if best is not None:
                self.put(stay, best, 1)
            else:
                self.make_room(stay)

    def is_open(self, stay: Stay, d: int) -> bool:
        return all(self.given[i][d] + m <= self.room[i][d] for i, m in stay.needs.items())

    def best(self, stay: Stay, but: int | None = None) -> int | None:
        """The day that the visit gets among those open to it, but for one."""
        def rank(d: int) -> tuple:
            near = sum(self.near[i, d, stay.town] > 0 for i in stay.needs)
            return -near, max(self.given[i][d] for i in stay.needs), self.visits[d]
        ranks = {d: rank(d) for d in range(self.n) if d != but and self.is_open(stay, d)}
        least = min(ranks.values(), default=None)
        return min((d for d in ranks if ranks[d] == least), key=stay.ticket, default=None)

    def put(self, stay: Stay, d: int, times: int):
        """Places the visit on a day (times 1), or takes it away from there (times -1)."""
        stay.day = d if times == 1 else None
        self.visits[d] += times
        for i, m in stay.needs.items():
            self.given[i][d] += times * m
            self.near[i, d, stay.town] += times
            (self.held[i, d].append if times == 1 else self.held[i, d].remove)(stay)

    def make_room(self, stay: Stay):
        """Lets one other visit make room, if one can."""
        for d in sorted(range(self.n), key=stay.ticket):
            lacking = {i: self.given[i][d] + m - self.room[i][d] for i, m in stay.needs.items()}
            lacking = {i: m for i, m in lacking.items() if m > 0}
            # Only visits of those who lack minutes can help.
            for other in sorted(self.held[next(iter(lacking)), d], key=lambda s: s.turn):
                if not other.settled and all(other.needs.get(i, 0) >= m for i, m in lacking.items()):
                    other.settled = not any(e != d and self.is_open(other, e) for e in range(self.n))
                    if not other.settled:
                        return self.move(other, d, stay)

    def move(self, other: Stay, d: int, stay: Stay):
        self.put(other, d, -1)
        self.put(stay, d, 1)
        self.put(other, self.best(other, d), 1)
        for i in other.needs:
            for e in range(self.n):
                for one in self.held[i, e]:
                    one.settled = one.settled and (e == d or not self.is_open(one, d))


# ---- the folder of a draw ----------------------------------------------------

def closing(data: bytes) -> tuple | None:
    """The draw that a closing document closes, and what it hands on to the next."""
    for name in ("record.txt", "void.txt"):
        try:
            read = READERS[name](data)
            return read["draw"], read["drawn"] if name == "void.txt" else None
        except Malformed:
            pass
    return None


def closed_draw(data: bytes) -> str | None:
    """The draw that a closing document closes."""
    found = closing(data)
    return found and found[0]


def draw_key(draw: str) -> tuple:
    office, year, sequence = draw.split("/")
    return office, int(year), int(sequence)


TOML_STRING = re.compile(r'''"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|"(?:[^"\\]|\\.)*"|''' + r"""'{3}(?:[^']|'(?!''))*'{3,5}|'[^']*'""", re.DOTALL)


def is_newer_toml(text: str) -> bool:
    """Whether TOML 1.1 is needed to read it: newer parsers take what those of 1.0 refuse."""
    at, last, brackets = 0, "", []
    while at < len(text):
        char, string = text[at], TOML_STRING.match(text, at)
        if string:
            if char == '"' and re.search(r"(?<!\\)(?:\\\\)*\\[ex]", string[0]):
                return True
            at = string.end() - 1
        elif char == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end - 1
        elif char in "[{":
            brackets.append(char)
        elif (char == "}" and last == ",") or (char == "\n" and brackets[-1:] == ["{"]):
            return True
        elif char in "]}" and brackets:
            brackets.pop()
        last, at = last if char.isspace() else char, at + 1
    return False


def is_settled(value, depth: int = 1) -> bool:
    """Whether it has no number, date or depth that parsers differ on (policy.md)."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return depth <= 32 and all(is_settled(one, depth + 1) for one in inside)
    if type(value) is int:
        return -(1 << 63) <= value < 1 << 63
    return type(value) in (str, bool, date)


class Draw:
    """The files of a folder, read once, and what several checks need of them."""

    def __init__(self, folder: Path, commitment: str | None, previous: bytes | None, log: Path | None = None):
        self.folder, self.announced = folder, commitment
        self.log = tiles.read_folder(log or folder.resolve().parent / "log")
        self.raw, self.parsed, self.bad, self.unknown = {}, {}, {}, []
        for path in sorted(p for p in folder.iterdir() if not p.name.startswith(".")):
            if not (path.name in KNOWN or late_number(path.name)) or not path.is_file():
                self.unknown.append(path.name)
                continue
            try:
                self.raw[path.name] = path.read_bytes()
                if reader(path.name):
                    self.parsed[path.name] = reader(path.name)(self.raw[path.name])
            except Malformed as error:
                self.bad[path.name] = str(error)
            except OSError as error:
                self.bad[path.name] = error.strerror or "cannot be read"
        self.commit = self.parsed.get("commit.txt")
        self.previous = previous if previous is not None else self.sibling()
        self.pairing = None

    def has(self, name: str) -> bool:
        return name in self.raw or name in self.bad

    def data(self, name: str) -> bytes:
        if name not in self.raw:
            raise NotRun(f"{name} is unreadable" if name in self.bad else f"there is no {name}")
        return self.raw[name]

    def suite(self) -> Suite:
        """The suite that the commitment names."""
        (commit,) = self.need("commit.txt")
        return SUITES[commit["suite"]]

    def hash(self, name: str) -> str:
        """The hash of a file, by the suite."""
        return self.suite().hash(self.data(name))

    def sum(self, name: str) -> str:
        """The SHA-256 of a file, as it stands in a .sha256 file."""
        return sha(self.data(name))

    def need(self, *names: str) -> list:
        """The contents of these files, or the check is not run."""
        for name in names:
            if name not in self.parsed:
                raise NotRun(f"{name} is unreadable" if self.has(name) else f"there is no {name}")
        return [self.parsed[name] for name in names]

    def sibling(self) -> bytes | None:
        """The closing document of the draw before, if a folder next to this one has it."""
        if not self.commit:
            return None
        parent = self.folder.resolve().parent
        try:
            found = [p.read_bytes() for n in ("record", "void") for p in parent.glob(f"*/{n}.txt")
                     if p.is_file() and p.parent.name != self.folder.resolve().name and not p.parent.name.startswith(".")]
        except OSError:
            return None
        if self.commit["previous"] != "none":
            return next((data for data in found if self.suite().hash(data) == self.commit["previous"]), None)
        mine = draw_key(self.commit["draw"])
        earlier = ((draw_key(draw), data) for data in found for draw in [closed_draw(data)] if draw)
        return next((data for key, data in earlier if key[0] == mine[0] and key < mine), None)

    def policy(self) -> dict:
        return read_policy(self.data("policy.toml"))

    def results(self) -> list[str]:
        """The tables of the result, in the order within a sealed file."""
        return RESULT + DAYS * bool(self.commit and self.commit["days"])

    def draw_files(self) -> list[str]:
        """The documents of this draw after the commitment, in their order."""
        (commit,) = self.need("commit.txt")
        outside = [is_outside(b) for b in commit["beacon"]]
        return (["ceremony.txt"] * (False in outside) + ["reveal.txt"] + ["beacon.txt"] * (True in outside)
                + ["record.txt"] + ["open.txt"] * (commit["mode"] == "sealed"))

    def late(self) -> list[tuple]:
        """(number, request, answer) of the late changes up to the last of which there is any file:
        names of their files without the ending; the answer is None if the last one awaits it."""
        names = [*self.raw, *self.bad]
        last = max((late_number(name) or 0 for name in names), default=0)
        changes = [(n, f"replace-{n:03}-request", f"replace-{n:03}") for n in range(1, last + 1)]
        if changes and not any(self.has(f"{changes[-1][2]}.{ending}") for ending in ("txt", "sha256", "sealed")):
            changes[-1] = (*changes[-1][:2], None)
        return changes

    def late_documents(self) -> list[str]:
        return [f"{stem}.txt" for _, *stems in self.late() for stem in stems if stem]

    def inputs(self) -> list[str]:
        """The documents before the record."""
        return [name for name in self.draw_files() if name not in ("record.txt", "open.txt")]

    def computable(self) -> bool:
        """Whether a draw that was given up could be computed, in a sealed one by the office."""
        return all(map(self.has, self.inputs()))

    def seed_files(self) -> list[str]:
        kept = self.commit and self.commit["mode"] == "sealed"
        return self.inputs() + ["void.txt" if self.has("void.txt") else "open.txt"] * bool(kept)

    def kept_back(self) -> list[str]:
        """The nonce of a sealed draw that its opening, or its void, opens."""
        (document,) = self.need("void.txt" if self.has("void.txt") else "open.txt")
        if document["nonce"] is None:
            raise NotRun("the office's nonce is not opened")
        return [document["nonce"]]

    def carried(self) -> dict:
        """unit -> line of what a voided draw before hands on."""
        (commit,) = self.need("commit.txt")
        if commit["carried"] is None:
            return {}
        return {row[0]: line for line, row in self.need("carried.txt")[0]}

    def pools(self) -> dict:
        (units,) = self.need("units.txt")
        pools = {}
        for _, (unit, _, label, *_) in units:
            pools.setdefault(label, []).append(unit)
        return pools

    def outcomes(self) -> list[str]:
        """'<beacon> : <what it showed>' for every beacon of the commitment, in its order."""
        names = [name for name in self.draw_files() if name in ("ceremony.txt", "beacon.txt")]
        left = {name: list(document["outcome"]) for name, document in zip(names, self.need(*names))}
        found = []
        for beacon in self.commit["beacon"]:
            lines = left["beacon.txt" if is_outside(beacon) else "ceremony.txt"]
            must(lines and lines[0].split(" : ")[0] == beacon, f"no outcome of {beacon} in its place")
            found.append(lines.pop(0))
        must(not any(left.values()), "an outcome that no beacon asks for")
        return found

    def nonces(self) -> list[list[str]]:
        """[party, hex] of every party, in the order of the commitment."""
        commit, reveal = self.need("commit.txt", "reveal.txt")
        first = self.kept_back() if commit["mode"] == "sealed" else []
        lines = [line.split(" ") for line in first + reveal["nonce"]]
        must([party for party, _ in lines] == list(commit["party"]), "not exactly the nonces of the parties, in order")
        return lines

    def seed(self) -> Seed:
        self.need(*self.seed_files())
        if self.commit["mode"] == "sealed":
            self.kept_back()
        beacons = [f"beacon {line}" for line in self.outcomes()]
        nonces = [f"nonce {party} {nonce}" for party, nonce in self.nonces()]
        suite = self.suite()
        return Seed(suite.text("yaohao/seed/v1", self.hash("commit.txt"), *beacons, *nonces), suite)

    def visits(self) -> list[Visit]:
        """The published teams with the published dockets, people as ranks."""
        if self.pairing is None:
            commit, people, dockets, teams = self.need("commit.txt", "inspectors.txt", "dockets.txt", "teams.txt")
            rank, seed = {row[0]: i for i, (_, row) in enumerate(people)}, self.seed()

            def ranks(names, what=rising):
                must(all(name in rank for name in names), "a docket or a team names nobody of inspectors.txt")
                found = [rank[name] for name in names]
                must(what(found), "a docket is not in the order of inspectors.txt")
                return found

            lineups = {}
            for _, (unit, slots, away, again, apart, band, *_) in dockets:
                must(" ".join(role for role, _ in slots) in commit["team"], f"{unit} has no team of the commitment")
                home, other = ([ranks([] if names == "-" else names.split(",")) for _, names in part]
                               for part in (slots, away))
                pairs = [tuple(ranks(pair)) for pair in apart]
                must(rising(pairs), f"the pairs of {unit} are out of order")
                lineups[unit] = ([role for role, _ in slots], home, other, ranks(again), pairs, band)
            able = [u for u, (_, _, other, _, pairs, _) in lineups.items() if can_be_staffed(other, set(pairs))]
            away = exchanged(seed, able, commit["exchange"], len(lineups))
            visits = {}
            for _, (unit, slots) in teams:
                slots = [slot.split("=") for slot in slots.split(" ")]
                must(unit in lineups, f"{unit} has a team, but no docket")
                roles, home, other, again, pairs, band = lineups[unit]
                must([role for role, _ in slots] == roles, f"the slots of {unit} are not {' '.join(roles)}")
                pools = struck(seed, unit, other if unit in away else home, pairs)
                visits[unit] = Visit(unit, pools, ranks([name for _, name in slots], lambda _: True), again, band)
            must([row[0] for _, row in teams] == [row[0] for _, row in dockets], "teams and dockets differ in units")
            must(len(teams) == len(dockets) == len(lineups) == len(visits), "not one team a unit")
            self.pairing = list(visits.values())
        return self.pairing

    def proof(self) -> Proof:
        """The checks of the pairing, if the first of them holds: V18, and the ground of V19, V20 and V24."""
        commit, people, _, _, prices = self.need("commit.txt", "inspectors.txt", "dockets.txt", "teams.txt", "prices.txt")
        seed = self.seed()
        must(len(prices) == len(people), "prices.txt has not as many lines as inspectors.txt")
        room = [(int(capacity), int(carried)) for _, (_, capacity, carried) in people]
        bands, both = int(commit["bands"]), [(listed(row[2]), listed(row[4])) for _, row in prices]
        must(all(len(part) == bands for line in both for part in line), "prices.txt has not one price a band")
        proof = Proof(seed, room, self.visits(), [price for price, _ in both], bands)
        proof.check_1()
        return proof


def same(what: str, found: list, wanted: list):
    """Two lists are equal, or the check fails with the first difference."""
    for number, (a, b) in enumerate(itertools.zip_longest(found, wanted, fillvalue="nothing"), 1):
        must(a == b, f"{what} no. {number} is {a}, but should be {b}")


# ---- the checks --------------------------------------------------------------

def v01_files(d: Draw) -> str:
    must(not d.unknown, f"unknown file {ascii(d.unknown[:1])}")
    wanted = [*COMMIT_STEP, "commit.sha256"]
    record, opened, void = (d.has(f"{n}.txt") or d.has(f"{n}.sha256") for n in ("record", "open", "void"))
    wanted += ["record.txt", "record.sha256", "reveal.txt"] * record + ["void.txt", "void.sha256"] * void
    wanted += ["open.txt", "open.sha256", "record.txt"] * opened + ["reveal.txt"] * d.has("beacon.txt")
    later = [n for n in RESULT + DAYS + ["record.txt", "record.sha256", SEALED, "open.txt", "open.sha256"] if d.has(n)]
    must(not (void and later), f"{later[:1]} beside void.txt")
    must(void or not d.has("voided.txt"), "voided.txt without void.txt")
    if "void.txt" in d.parsed:
        hands_on = d.parsed["void.txt"]["drawn"] is not None
        wanted += ["voided.txt"] * hands_on
        must(hands_on or not d.has("voided.txt"), "voided.txt is there, but void.txt hands nothing on")
    if d.commit:
        due = d.has("record.txt" if d.commit["mode"] == "open" else "open.txt")
        wanted += [n for n in d.draw_files() if n != "open.txt"] * record + d.results() * due
        wanted += [n for n in d.draw_files() if n == "ceremony.txt"] * d.has("reveal.txt")
        must(not any(d.has(n) for n in RESULT + DAYS if not due or n not in d.results()), "a table of the result is there, but not due")
        wanted += ["odds.txt"] * (d.commit["odds"] is not None)
        must(d.commit["odds"] or not d.has("odds.txt"), "odds.txt is there, but not in the commitment")
        wanted += ["carried.txt"] * (d.commit["carried"] is not None)
        must(d.commit["carried"] or not d.has("carried.txt"), "carried.txt is there, but not in the commitment")
        escrowed = d.commit["escrow"] is not None
        wanted += [SEALED] * (record and escrowed)
        must(record and escrowed or not d.has(SEALED), f"{SEALED} is there, but not due")
    for _, *stems in d.late():
        must(not void, "a late change beside void.txt")
        for stem in filter(None, stems):
            wanted += ["record.txt", f"{stem}.sha256"]
            if d.commit:
                due = d.has(f"{stem}.sha256") and (d.commit["mode"] == "open" or d.has("open.txt"))
                wanted += [f"{stem}.txt"] * due
                must(due or not d.has(f"{stem}.txt"), f"{stem}.txt is there before it is due")
                shut = d.has(f"{stem}.sha256") and d.commit["escrow"] is not None
                wanted += [f"{stem}.sealed"] * shut
                must(shut or not d.has(f"{stem}.sealed"), f"{stem}.sealed is there, but not due")
    missing = [n for n in dict.fromkeys(wanted) if not d.has(n)]
    must(not missing, f"missing: {' '.join(missing)}")
    d.need("commit.txt")            # without it nobody knows what else should be there
    return f"{len(d.raw)} files"


def v02_texts(d: Draw) -> str:
    bad = [f"{name}: {why}" for name, why in d.bad.items() if reader(name)]
    must(not bad, "; ".join(bad))
    if not d.parsed:
        raise NotRun("there is no text")
    return f"{len(d.parsed)} texts"


def v03_sums(d: Draw) -> str:
    lists = {"commit.sha256": COMMIT_STEP + [n for n in ("odds.txt", "carried.txt") if d.has(n)],
             "void.sha256": ["void.txt", *(n for n in [*DRAW_STEP, "voided.txt"] if d.has(n) and n != "record.txt")]}
    if d.commit:
        lists["open.sha256"] = ["open.txt", *d.results()]
        results = d.results() if d.commit["mode"] == "open" else []
        results = results + [SEALED] * (d.commit["escrow"] is not None)
        lists["record.sha256"] = [n for n in DRAW_STEP if d.has(n)] + results
    there = [n for n in SUMS if d.has(n)]
    for sums in (n for n in there if n in lists):
        names = sorted(lists[sums])
        missing = [n for n in names if n not in d.raw]
        must(not missing, f"{sums} should list {missing[:1]}, which is not there")
        wanted = "".join(f"{d.sum(n)}  {n}\n" for n in names)
        must(d.data(sums) == wanted.encode(), f"{sums} is not the list of {' '.join(names)}")
    late = [n.removesuffix(".sha256") for n in d.raw if late_number(n) and n.endswith(".sha256")]
    if late or not set(there) <= set(lists):
        d.need("commit.txt")
    for stem in late:
        found, text, shut = d.data(f"{stem}.sha256"), f"{stem}.txt", f"{stem}.sealed"
        escrowed = d.commit["escrow"] is not None
        must(not escrowed or shut in d.raw, f"{stem}.sha256 should list {shut}, which is not there")
        first = f"{d.sum(shut)}  {shut}\n" if escrowed else ""
        second = d.sum(text) if text in d.raw else HEX
        must(re.fullmatch(f"{re.escape(first)}{second}  {re.escape(text)}\n".encode(), found), f"{stem}.sha256 is wrong")
    if not there and not late:
        raise NotRun("there is no .sha256 file")
    return f"{sum(len(lists[n]) for n in there) + len(late)} sums"


def v04_commitment(d: Draw) -> str:
    found = d.hash("commit.txt")
    if d.announced is None:
        raise NotRun(f"no announced commitment given; this one is {found}")
    must(found == d.announced, f"the hash of commit.txt is {found}")
    return found


def v05_predecessor(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    office, year, sequence = commit["draw"].split("/")
    if commit["previous"] == "none":
        must(d.previous is None or closed_draw(d.previous) is None, "calls itself the first draw, but one came before")
        must(sequence == "001", f"no predecessor, but sequence {sequence}")
        must(commit["carried"] is None, "the first draw carries units over")
        return "the first draw"
    if d.previous is None:
        raise NotRun(f"the closing document {commit['previous']} is not given")
    found = d.suite().hash(d.previous)
    must(found == commit["previous"], f"the given document has the hash {found}")
    found = closing(d.previous)
    must(found, "the given document is neither a record nor a void")
    before, handed_on = found
    office2, year2, sequence2 = before.split("/")
    follows = int(sequence) == int(sequence2) + 1 if year == year2 else year > year2 and sequence == "001"
    must(office2 == office and follows, f"{before} is not the draw before {commit['draw']}")
    if commit["carried"] != handed_on:
        # The voided draw may have had another suite: then its root is over the same table.
        same_table = commit["carried"] and handed_on and by_another_suite(d, d.need("carried.txt")[0], handed_on)
        must(same_table, f"it carries over {commit['carried']}, but {before} hands on {handed_on}")
    return f"follows {before}"


def get(table: dict, key: str, kind: type, default=None):
    """A setting of the policy, of this very type, or the check fails."""
    value = table.get(key, default)
    must(type(value) is kind, f"policy.toml: {key} is missing or no {kind.__name__}")
    return value


def get_all(table: dict, key: str, kind: type, default=None) -> list:
    """A list of the policy, all of one type."""
    values = get(table, key, list, default)
    must(all(type(value) is kind for value in values), f"policy.toml: {key} is no list of {kind.__name__}")
    return values


def number(table: dict, key: str, default=None, limit: int = 1 << 32) -> int:
    """An integer of the policy from 0 to below the limit."""
    value = get(table, key, int, default)
    must(0 <= value < limit, f"policy.toml: {key} is out of range")
    return value


def share(table: dict, key: str) -> tuple[int, int]:
    """A setting "p/q" from 0 to 1, in its one form."""
    text = get(table, key, str)
    must(re.fullmatch(f"{NUM}/{POSITIVE}", text), f"policy.toml: {key} is no fraction")
    p, q = map(int, text.split("/"))
    must(p <= q, f"policy.toml: {key} is above 1")
    return p, q


def roles(table: dict) -> str:
    slots = get_all(table, "slots", str)
    must(all(re.fullmatch(f"lead|{ROLE}", slot) for slot in slots), "policy.toml: an unknown role")
    return "team " + " ".join(slots)


def quota_line(rule: dict) -> str:
    must(re.fullmatch(KEY, get(rule, "id", str)), "policy.toml: the id of a stratum is no key")
    get_all(rule, "classes", str)
    rounding = get(rule, "round", str, "up")
    must(rounding in ("up", "down"), f"policy.toml: unknown rounding {rounding}")
    if type(rule.get("quota")) is int:
        size = f"{number(rule, 'quota', limit=1 << 63)} -"
    else:
        share(rule, "quota")
        size = f"{rule['quota']} {rounding}"
    cap = number(rule, "cap", limit=1 << 63) if "cap" in rule else "-"
    return f"quota {rule['id']} {size} {number(rule, 'floor', 0, 1 << 63)} {cap}"


def beacon_line(beacon: dict) -> str:
    kind = get(beacon, "kind", str)
    must(kind in ("dice", "balls", "lottery", "drand"), f"policy.toml: unknown beacon {kind}")
    if kind in ("dice", "balls"):
        return " ".join(["beacon", kind, *(str(number(beacon, key)) for key in {"dice": ("sides", "rolls"), "balls": ("of", "count")}[kind])])
    key, known = ("game", ("ssq", "kl8", "dlt")) if kind == "lottery" else ("chain", ("default", "quicknet"))
    must(get(beacon, key, str) in known, f"policy.toml: unknown {key} {beacon[key]}")
    return f"beacon {kind} {beacon[key]}"


def later(start: datetime | date, days: int) -> str:
    """The day or moment so many days on, which may be beyond the calendar."""
    try:
        return (start + timedelta(days=days)).isoformat()
    except OverflowError:
        return "beyond the calendar"


def read_policy(data: bytes) -> dict:
    try:
        text = data.decode("utf-8")
        policy = tomllib.loads(text)
        settled = not is_newer_toml(text) and is_settled(policy)
    except (ValueError, RecursionError):
        raise Malformed("policy.toml is not TOML 1.0") from None
    if not settled:
        raise Malformed("policy.toml has what parsers of TOML read in different ways")
    return policy


def policy_lines(policy: dict, commit: dict) -> list[str]:
    """The lines of commit.txt that follow from the policy, without issues, days and rounds."""
    office, draw, team = (get(policy, part, dict) for part in ("office", "draw", "team"))
    secrecy = get(draw, "secrecy", dict, {})
    must(all(type(word) is str for word in secrecy.values()), "policy.toml: secrecy is no list of words")
    sealed = any(secrecy.get(item) != "announced" for item in get_all(draw, "items", str))
    close = later(commit["moment"], number(draw, "close_within_days"))
    last = later(commit["window"][1], number(draw, "open_within_days"))
    must(set(get_all(draw, "publish", str)) <= set(FIELDS), "policy.toml: an unknown field to publish")
    suite = get(office, "suite", str, "yaohao-1-sha256")
    must(suite in SUITES, f"policy.toml: unknown suite {suite}")
    lines = [f"office {get(office, 'id', str)}", f"suite {suite}", f"mode {'sealed' if sealed else 'open'}",
             f"close-by {close}Z", f"open-by {last}", f"margin {number(draw, 'margin_minutes', 0)}",
             f"days {'schedule' in policy}", roles(team)]
    get(policy, "schedule", dict, {})
    lines += map(roles, get_all(team, "shape", dict, []))
    if "exchange" in team:
        share(team, "exchange")
    lines.append("exchange " + team.get("exchange", "none"))
    ends = get_all(get(policy, "workload", dict), "band_minutes", int, [])
    must(all(0 <= end < 1 << 32 for end in ends), "policy.toml: band_minutes is out of range")
    lines.append(f"bands {len(ends) + 1}")
    lines += map(quota_line, get_all(policy, "stratum", dict, []))
    lines += map(beacon_line, get_all(policy, "beacon", dict, []))
    for town in get_all(policy, "town", dict, []):
        get(town, "code", str), get(town, "zone", str)
        get(town, "from", date, date.min), get(town, "until", date, date.max)
    odds_rule(policy)
    escrow_rule(policy)
    return lines + [f"party {party}" for party in get_all(office, "parties", str)]


def odds_rule(policy: dict) -> tuple | None:
    """Dry draws and the cap as numerator and denominator, if the policy asks for odds (policy.md)."""
    if "odds" not in policy:
        return None
    section = get(policy, "odds", dict)
    draws, (p, q) = number(section, "dry_draws"), share(section, "largest_pair_probability")
    return draws, p, q


def escrow_rule(policy: dict) -> tuple | None:
    """Custodians and threshold, if the policy asks for an escrow (policy.md)."""
    if "escrow" not in policy:
        return None
    section = get(policy, "escrow", dict)
    custodians, threshold = get_all(section, "custodians", str), get(section, "threshold", int)
    must(all(re.fullmatch(KEY, c) for c in custodians), "policy.toml: a custodian that is no key")
    must(len(set(custodians)) == len(custodians), "policy.toml: a custodian occurs twice")
    must(2 <= threshold <= len(custodians) <= 9, "policy.toml: threshold or number of custodians is out of range")
    return custodians, threshold


def v06_policy(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    found = d.hash("policy.toml")
    must(found == commit["policy"], f"H(policy.toml) is {found}")
    try:
        policy = d.policy()
    except Malformed as error:
        raise Fail(str(error)) from None
    beacons = [" ".join(b.split(" ")[:2]) if is_outside(b) else b for b in commit["beacon"]]
    committed = [f"office {commit['draw'].split('/')[0]}"]
    committed += [f"{word} {commit[word]}" for word in ("suite", "mode", "close-by", "open-by", "margin")]
    committed.append(f"days {bool(commit['days'])}")
    committed += [f"team {team}" for team in commit["team"]]
    committed += [f"exchange {commit['exchange']}", f"bands {commit['bands']}"]
    committed += [f"quota {q}" for q in commit["quota"]] + [f"beacon {b}" for b in beacons]
    same("line", committed + [f"party {p}" for p in commit["party"]], policy_lines(policy, commit))
    return f"H(policy.toml) = {found}"


def v07_items(d: Draw) -> str:
    commit, _ = d.need("commit.txt", "items.txt")
    must(d.hash("items.txt") == commit["items"], f"the hash of items.txt is {d.hash('items.txt')}")
    return commit["items"]


def check_root(d: Draw, kind: str, rows: list[tuple], committed: str) -> str:
    found = f"{d.suite().root(kind, [line for line, _ in rows])} {len(rows)}"
    must(found == committed, f"root and number of lines are {found}")
    return f"root and number of lines are {found}"


def by_another_suite(d: Draw, rows: list[tuple], bound: str) -> bool:
    """Whether root and number of lines of carried.txt are these by a suite that is not this draw's."""
    lines = [line for line, _ in rows]
    others = [suite for suite in SUITES.values() if suite is not d.suite()]
    return bound in [f"{suite.root('carry', lines)} {len(rows)}" for suite in others]


def v08_units(d: Draw) -> str:
    commit, units = d.need("commit.txt", "units.txt")
    must(rising([row[0] for _, row in units]), "the ids of units.txt do not rise")
    return check_root(d, "unit", units, commit["units"])


def v09_inspectors(d: Draw) -> str:
    commit, people = d.need("commit.txt", "inspectors.txt")
    must(len({row[0] for _, row in people}) == len(people), "a name occurs twice in inspectors.txt")
    must(all(max(map(int, row[1:3])) <= 4095 for _, row in people), "somebody carries or can take more than 4095 visits")
    return check_root(d, "inspector", people, commit["inspectors"])


def zones_on(policy: dict, when: date) -> set:
    """(town, zone) of a day; from and until are TOML dates, both included."""
    return {(get(town, "code", str), get(town, "zone", str)) for town in get_all(policy, "town", dict, [])
            if get(town, "from", date, date.min) <= when <= get(town, "until", date, date.max)}


def committed_policy(d: Draw, commit: dict) -> dict:
    """The policy, if it is the one committed and reads as policy.md says."""
    if d.hash("policy.toml") != commit["policy"]:
        raise NotRun("policy.toml is not the one committed")
    try:
        policy = d.policy()
        policy_lines(policy, commit)
    except Malformed as error:
        raise Fail(str(error)) from None
    return policy


def fitting(policy: dict, first: date) -> callable:
    """Fails for a unit of which other fields are published than the policy says, or one that its stratum does
    not allow on the first day of the window; an excluded unit has no label."""
    publish = set(get_all(get(policy, "draw", dict), "publish", str))
    rules = {rule["id"]: set(rule["classes"]) for rule in get_all(policy, "stratum", dict, [])}
    zones = zones_on(policy, first)
    towns = {town for town, _ in zones}

    def fits(unit: str, label: str | None, values: list):
        shown = {field for field, value in zip(FIELDS, values) if value is not None}
        must(shown == publish, f"{unit} does not publish the fields of the policy")
        if label is None:
            return
        town, kind, *_ = values
        rule, _, zone = label.partition("/")
        must(kind is None or kind in rules.get(rule, ()), f"{unit}: class {kind} is not one of {rule}")
        belongs = (town, zone) in zones if zone else town in towns
        must(town is None or belongs, f"{unit}: town {town} does not belong to {label}")
    return fits


def v10_strata(d: Draw) -> str:
    commit, units = d.need("commit.txt", "units.txt")
    policy = committed_policy(d, commit)
    fits = fitting(policy, commit["window"][0])
    strata, excluded = Counter(), Counter()
    for _, (unit, reason, label, _, *shown) in units:
        fits(unit, label, shown)
        if reason:
            excluded[reason] += 1
        else:
            strata[label] += 1
    same("stratum", sorted(strata.items()), [(label, n) for label, (n, _) in commit["stratum"].items()])
    same("exclusion", sorted(excluded.items()), sorted(commit["excluded"].items()))
    return f"{strata.total()} units in {len(strata)} strata, {excluded.total()} excluded"


def v11_quotas(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    rules = {q.split(" ")[0]: q.split(" ")[1:] for q in commit["quota"]}
    carried = d.carried()
    if commit["carried"] is not None:
        d.need("units.txt")
    must(rules, "there are no quotas")
    must(len(rules) == len(commit["quota"]), "two quotas for one rule")
    wanted = {}
    for rule, words in rules.items():
        pools = {label: n for label, (n, _) in commit["stratum"].items() if label.split("/")[0] == rule}
        wanted |= quota_shares(*words, pools) if pools else {}
    held = {label: sum(unit in carried for unit in units) for label, units in d.pools().items()} if carried else {}
    wanted = {label: max(k, held.get(label, 0)) for label, k in wanted.items()}
    for label, (_, k) in commit["stratum"].items():
        must(label in wanted, f"stratum {label} has no quota")
        must(wanted[label] == k, f"k of {label} is {k}, but should be {wanted[label]}")
    return f"{sum(wanted.values())} to be drawn"


def v12_order(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    asked, late = d.draw_files(), d.late_documents()
    asked[asked.index("record.txt") + 1:0] = late
    if d.has("void.txt"):
        # A void names the last document there is.
        last = max((at + 1 for at, name in enumerate(d.inputs()) if d.has(name)), default=0)
        asked = [*d.inputs()[:last], "void.txt"]
    names = ("ceremony.txt", "reveal.txt", "beacon.txt", "record.txt", *late, "open.txt", "void.txt")
    there = [n for n in names if d.has(n)]
    if not there:
        raise NotRun("nothing follows the commitment yet")
    d.need(*there)
    ours = asked[:max((asked.index(name) + 1 for name in there if name in asked), default=0)]
    d.need(*ours)
    must(set(there) <= set(asked), f"{[n for n in there if n not in asked]} is not asked for")
    before, time = "commit.txt", commit["committed"]
    for name in ours:
        (doc,) = d.need(name)
        must(doc["draw"] == commit["draw"], f"{name} is of {doc['draw']}")
        must(doc["after"] == d.hash(before), f"{name} does not name {before}")
        must(doc["at"] >= time, f"{name} is earlier than {before}")
        before, time = name, doc["at"]
        closes = name in ("record.txt", "void.txt")
        must(not closes or time <= commit["close-by"], f"{name} is after {commit['close-by']}")
        must(name != "open.txt" or civil_date(time) <= commit["open-by"], f"open.txt is after {commit['open-by']}")
    if d.has("void.txt"):
        check_void(d, commit)
    return f"{len(there)} documents after the commitment"


def check_void(d: Draw, commit: dict):
    """A void where it may be, with what it has to hand on (documents.md, Voids)."""
    (void,) = d.need("void.txt")
    known, due = d.computable(), d.computable() or commit["carried"] is not None
    if not known and d.has("reveal.txt"):
        must(void["reason"] == "beacon", f"a void after the nonces for the reason {void['reason']}")
    elif not known and d.has("ceremony.txt"):
        must(void["reason"] == "party", f"a void after the dice for the reason {void['reason']}")
    must(due == (void["drawn"] is not None), "the void hands units on, or hands none on, against its place")
    opens = known and commit["mode"] == "sealed"
    must(opens == (void["nonce"] is not None), "the void opens the office's nonce, or does not, against its place")


def civil_date(text: str) -> str:
    """The date in China (UTC+8) of a moment."""
    try:
        return (moment(text) + timedelta(hours=8)).date().isoformat()
    except OverflowError:
        raise Fail(f"{text} is beyond the calendar") from None


def is_outside(beacon: str) -> bool:
    """Whether the event lies outside the room (beacons.md)."""
    return beacon.startswith(("lottery ", "drand "))


# Days of the week (0 for Monday), and the time of the drawing in UTC (beacons.md).
DRAWN = {"ssq": ((1, 3, 6), timedelta(hours=13, minutes=15)), "kl8": (range(7), timedelta(hours=13, minutes=30)),
         "dlt": ((0, 2, 5), timedelta(hours=13, minutes=25))}
# Genesis in seconds since 1970, period in seconds, public key (beacons.md).
DRAND = {"default": (1595431050, 30, bytes.fromhex(
             "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5c"
             "ce96366b5d7a569937c529eeda66c7293784a9402801af31")),
         "quicknet": (1692803367, 3, bytes.fromhex(
             "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
             "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
             "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"))}


def due(beacon: str) -> datetime:
    """When an event outside the room takes place."""
    kind, name, number, *date_ = beacon.split(" ")
    if kind == "lottery":
        return moment(f"{date_[0]}T00:00:00Z") + DRAWN[name][1]
    genesis, period, _ = DRAND[name]
    return datetime(1970, 1, 1) + timedelta(seconds=genesis + (int(number) - 1) * period)


def check_drawing(game: str, issue: int, when: date):
    """The issue can be drawn on that day."""
    days, _ = DRAWN[game]
    must(when.weekday() in days, f"{game} is not drawn on {when}")
    year, number = divmod(issue, 1000)
    must(year == (when.year % 100 if game == "dlt" else when.year), f"issue {issue} is not of the year of {when}")
    passed = sum((when - timedelta(days=back)).weekday() in days for back in range(when.timetuple().tm_yday))
    must(1 <= number <= passed, f"by {when} {game} can have had {passed} drawings in the year, not {number}")


def is_signed(chain: str, number: int, signatures: list[bytes]) -> bool:
    """Whether the last of the signatures is that of this round, over the one before where there is one."""
    message = hashlib.sha256(b"".join(signatures[:-1]) + number.to_bytes(8, "big")).digest()
    check = bls.verify_in_g1 if chain == "quicknet" else bls.verify_in_g2
    return check(DRAND[chain][2], message, signatures[-1])


def lawful_numbers(kind: str, a: int, b: int, numbers: list[int]) -> bool:
    """Whether the numbers can come out (beacons.md); a and b as in the beacon."""
    def group(part, count, top):
        return len(part) == count and rising(part) and all(1 <= x <= top for x in part)
    if kind == "dice":
        return len(numbers) == b and all(0 <= x <= 9 if a == 10 else 1 <= x <= a for x in numbers)
    if kind == "balls":
        return len(numbers) == b == len(set(numbers)) and all(1 <= x <= a for x in numbers)
    if kind == "kl8":
        return group(numbers, 20, 80)
    count, top, rest, rest_top = (6, 33, 1, 16) if kind == "ssq" else (5, 35, 2, 12)
    return group(numbers[:count], count, top) and group(numbers[count:], rest, rest_top)


def entropy(kind: str, a: int, b: int) -> int:
    """Whole bits, rounded down; beyond 128 bits factor by factor."""
    if kind not in ("dice", "balls"):
        return {"ssq": 24, "dlt": 24, "kl8": 61, "drand": 117}[kind]
    product, bits = 1, 0
    for i in range(b):
        factor = a if kind == "dice" else a - i
        product = min(product * factor, 1 << 128)
        bits += factor.bit_length() - 1
    return bits if product >> 128 else product.bit_length() - 1


def check_outcome(outcome: str) -> int:
    """The event can take place and show this; its bits."""
    beacon, shown = outcome.split(" : ")
    kind, a, b, *date_ = beacon.split(" ")
    if kind == "drand":
        must(is_signed(a, int(b), [bytes.fromhex(part) for part in shown.split(" ")]), f"{beacon} did not sign this")
        return entropy(kind, 0, 0)
    if kind == "lottery":
        check_drawing(a, int(b), day(date_[0]))
        kind, a, b = a, 0, 0
    must(lawful_numbers(kind, int(a), int(b), [int(x) for x in shown.split(" ")]), f"{outcome} cannot come out")
    return entropy(kind, int(a), int(b))


def v13_beacons(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    outcomes = d.outcomes()
    must(len(set(commit["beacon"])) == len(commit["beacon"]), "a beacon is demanded twice")
    total = sum(map(check_outcome, outcomes))
    must(total >= 16, f"only {total} bits")
    return f"{len(d.commit['beacon'])} beacons, {total} bits"


def v14_nonces(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    (reveal,) = d.need("reveal.txt")
    parties = list(commit["party"])
    must(len(parties) >= 2, "fewer than two parties")
    kept = 1 if commit["mode"] == "sealed" else 0
    check_nonces(commit, parties[kept:], reveal["nonce"])
    if kept:
        check_nonces(commit, parties[:kept], d.kept_back())
    return f"{len(parties)} nonces open their commitments"


def check_nonces(commit: dict, parties: list[str], lines: list[str]):
    """These lines open exactly the commitments of these parties, in their order."""
    opened = [line.split(" ") for line in lines]
    must([party for party, _ in opened] == parties, f"not exactly the nonces of {' '.join(parties)}, in order")
    for party, nonce in opened:
        suite = SUITES[commit["suite"]]
        commitment = suite.text("yaohao/nonce/v1", commit["draw"], party, nonce)
        if commit["escrow"] and party == next(iter(commit["party"])):
            group = groups.GROUPS[commit["suite"]]
            number = group.number(bytes.fromhex(nonce))
            point = number and groups.point_of(group, number)
            commitment = point and suite.text("yaohao/nonce-point/v1", commit["draw"], party, point)
        must(commitment == commit["party"][party], f"the nonce of {party} does not open its commitment")


def drawn_by(d: Draw, seed: Seed, carried: dict) -> list[tuple]:
    """The units that the seed draws, those carried over first."""
    return select(seed, d.pools(), {label: k for label, (_, k) in d.commit["stratum"].items()}, set(carried))


def v15_void(d: Draw) -> str:
    commit, void = d.need("commit.txt", "void.txt")
    if void["drawn"] is None:
        raise NotRun("nothing was drawn before the void")
    (voided,) = d.need("voided.txt")
    lines = dict(d.carried())
    if d.computable():
        d.need("units.txt", *d.seed_files())
        for unit, label, rank, ticket in drawn_by(d, d.seed(), d.carried()):
            lines.setdefault(unit, f"{unit} {commit['draw']} {label} {rank} {ticket}")
    same("line", [line for line, _ in voided], [lines[unit] for unit in sorted(lines)])
    check_root(d, "carry", voided, void["drawn"])
    return f"void; {len(lines)} units handed on"


def v15_selection(d: Draw) -> str:
    if d.has("void.txt"):
        return v15_void(d)
    d.need("commit.txt", "units.txt", *d.seed_files())
    carried = d.carried()
    (drawn,) = d.need("drawn.txt")
    seed = d.seed()
    wanted = drawn_by(d, seed, carried)
    same("line", [(u, label, int(rank), t) for _, (u, label, rank, t, _) in drawn], wanted)
    return f"{len(wanted)} units recomputed from the seed {seed}"


def check_opens(d: Draw, kind: str, rows: list[tuple], commitments: dict, drawn: list[tuple]) -> str:
    """The rows are those of the drawn units in order, and each opens its commitment."""
    same("unit", [row[0] for _, row in rows], sorted({row[0] for _, row in drawn}))
    for line, row in rows:
        opened = d.suite().text(f"yaohao/{kind}/v1", d.commit["draw"], line)
        must(opened == commitments.get(row[0]), f"the {kind} of {row[0]} does not open its commitment")
    return f"{len(rows)} {kind}s open their commitments"


def v16_dockets(d: Draw) -> str:
    _, units, drawn, dockets = d.need("commit.txt", "units.txt", "drawn.txt", "dockets.txt")
    return check_opens(d, "docket", dockets, {row[0]: row[3] for _, row in units}, drawn)


def v17_teams(d: Draw) -> str:
    _, drawn, teams = d.need("commit.txt", "drawn.txt", "teams.txt")
    return check_opens(d, "team", teams, {row[0]: row[4] for _, row in drawn}, drawn)


def v18_lawful(d: Draw) -> str:
    proof = d.proof()
    return f"{len(proof.visits)} teams, at most {max(proof.loads, default=0)} visits each"


def v19_cheapest(d: Draw) -> str:
    proof = d.proof()
    proof.check_2()
    return f"{len(proof.visits)} teams are the cheapest"


def v20_prices(d: Draw) -> str:
    proof = d.proof()
    for (_, (name, load, *_)), (_, person), due in zip(d.parsed["prices.txt"], d.parsed["inspectors.txt"], proof.loads):
        must(int(load) == due and name == person[0], f"{name} is out of place, or the load is {due}, not {load}")
    must(all(price < 1 << 124 for row in proof.prices for price in row), "a price of 2^124 or more")
    proof.check_3()
    proof.check_4()
    return f"{len(proof.prices)} prices fit the loads and are the least"


def v21_record(d: Draw) -> str:
    commit, record = d.need("commit.txt", "record.txt")
    for word in ("window", "inspectors"):
        must(record[word] == commit[word], f"the {word} of the record are not those of the commitment")
    drawn, _ = d.need("drawn.txt", "prices.txt")
    must(d.hash("prices.txt") == record["prices"], f"the hash of prices.txt is {d.hash('prices.txt')}")
    return check_root(d, "result", drawn, record["drawn"])


def v22_odds(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    rule = odds_rule(committed_policy(d, commit))
    must((rule is None) == (commit["odds"] is None), "the commitment has odds, or has none, against the policy")
    if rule is None:
        return "the policy does not ask for it"
    (odds,) = d.need("odds.txt")
    must(d.hash("odds.txt") == commit["odds"], f"the hash of odds.txt is {d.hash('odds.txt')}")
    draws, p, q = rule
    must(int(odds["draws"]) == draws, f"{odds['draws']} dry draws, but should be {draws}")
    counted = [line.split(" ") for line in odds["stratum"]]
    same("stratum", [(label, int(n)) for label, _, n in counted],
         [(label, n) for label, (n, k) in commit["stratum"].items() if k > 0])
    must(all(1 <= int(kinds) <= int(n) for _, kinds, n in counted), "a stratum with no kind, or more kinds than units")
    (hits, of), (least, mean) = (map(int, odds[word].split(" ")) for word in ("largest", "entropy"))
    must(1 <= hits <= of and least <= mean, "a largest chance or an entropy that cannot be")
    must(hits * q <= p * of, f"the largest chance {hits}/{of} is above {p}/{q}")
    return f"{draws} dry draws, largest chance {hits}/{of}, as the office states"


def v23_replacements(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    changes = d.late()
    if not changes:
        return "nobody was replaced"
    d.need(*d.late_documents())
    proof = d.proof()
    visits = {v.unit: Visit(v.unit, v.pools, list(v.team), band=v.band) for v in proof.visits}
    roles = {unit: [slot.split("=")[0] for slot in slots.split(" ")] for _, (unit, slots) in d.parsed["teams.txt"]}
    people, prices = d.need("inspectors.txt", "prices.txt")
    names, n = [row[0] for _, row in people], len(people)
    loads, gone = proof.loads[:], set()
    tips = {party: end for party, (end, _) in commit["chain"].items()}
    for number, request, answer in changes:
        (asked,) = d.need(f"{request}.txt")
        visit = visits.get(asked["unit"])
        absent = names.index(asked["absent"]) if asked["absent"] in names else None
        must(visit and absent in visit.team, f"no slot of {asked['absent']} is open")
        slot = visit.team.index(absent)
        free = [i for i in visit.pools[slot] if i not in visit.team and i not in gone
                and loads[i] < int(people[i][1][1])]
        must(free, f"nobody may stand in at {visit.unit}")
        if answer is None:
            raise NotRun(f"request {number} awaits its link")
        (answered,) = d.need(f"{answer}.txt")
        links = [line.split(" ") for line in answered["link"]]
        must(links and [party for party, _ in links] == list(tips), "not exactly one link of every chain, in order")
        for party, link in links:
            goes_back = d.suite().text("yaohao/link/v1", commit["draw"], party, link) == tips[party]
            must(goes_back and number <= commit["chain"][party][1], f"link {number} of {party} is not the next one")
            tips[party] = link
        stream = d.seed().stream("yaohao/replace/v1", *(link for _, link in links), visit.unit)
        price = [listed(row[2])[visit.band] for _, row in prices]
        stand_in = min(free, key=lambda i: ((stream.word(slot * n + i) >> 16) + price[i], i))
        must(answered["stand-in"] == names[stand_in], f"the stand-in at {visit.unit} should be {names[stand_in]}")
        visit.team[slot] = stand_in
        loads[absent], loads[stand_in] = loads[absent] - 1, loads[stand_in] + 1
        gone.add(absent)
        slots = " ".join(f"{role}={names[i]}" for role, i in zip(roles[visit.unit], visit.team))
        unit, _, stated = answered["team"].split(" ", 2)
        must((unit, stated) == (visit.unit, slots), f"the new team of {visit.unit} should be {slots}")
    return f"{len(changes)} replacements recomputed"


def v24_leads(d: Draw) -> str:
    proof, table = d.proof(), [row for _, row in d.parsed["prices.txt"]]
    proof.check_5([listed(lead_prices) for *_, lead_prices in table])
    led = Counter(visit.team[0] for visit in proof.visits)
    for i, (name, _, _, leads, _) in enumerate(table):
        must(int(leads) == led[i], f"{name} leads {led[i]} visits, not {leads}")
    return f"at most {max(led.values(), default=0)} leads each"


def v26_carried(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    if commit["carried"] is None:
        return "no voided draw hands units on to this one"
    carried, units = d.need("carried.txt", "units.txt")
    must(rising([row[0] for _, row in carried]), "the ids of carried.txt do not rise")
    check_root(d, "carry", carried, commit["carried"])
    label = {row[0]: row[2] for _, row in units}
    mine = draw_key(commit["draw"])
    for _, (unit, draw, *_) in carried:
        theirs = draw_key(draw)
        must(theirs[0] == mine[0] and theirs < mine, f"{unit} is not carried over from an earlier draw")
        must(unit in label, f"{unit} is carried over, but not in units.txt")
    lapsed = sum(label[row[0]] is None for _, row in carried)
    return f"{len(carried)} units carried over, {lapsed} of them no longer in the pool"


def v25_escrow(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    rule = escrow_rule(committed_policy(d, commit))
    record, opened = d.has("record.txt"), d.has("open.txt")
    d.need(*["record.txt"] * record, *["open.txt"] * opened)
    escrow, shut = commit["escrow"], {}
    if escrow and record:
        shut = {SEALED: d.results()}
        stems = [stem for _, *stems in d.late() for stem in stems if stem and d.has(f"{stem}.sha256")]
        shut |= {f"{stem}.sealed": [f"{stem}.txt"] for stem in stems}
        for name, inside in shut.items():
            for wanted in [name, *(inside if opened else [])]:
                d.data(wanted)
    must((rule is not None and commit["mode"] == "sealed") == (escrow is not None),
         "the commitment has an escrow, or has none, against the policy")
    bound = record and d.parsed["record.txt"]["sealed"]
    must(not record or (bound is not None) == (escrow is not None), "the record has `sealed`, or has none, against the escrow")
    if not escrow:
        return "the policy does not ask for it"
    group, threshold = groups.GROUPS[commit["suite"]], len(escrow["points"])
    must((escrow["custodians"], threshold) == rule, "custodians or threshold are not as the policy says")
    must(all(group.point(point) for point in escrow["points"]), "a point that is none of the group, or the identity")
    office, commitment = next(iter(commit["party"].items()), (None, None))
    must(office and commitment == d.suite().text("yaohao/nonce-point/v1", commit["draw"], office, escrow["points"][0]),
         "what is in escrow is not the nonce that the first party committed to")
    must(not record or d.hash(SEALED) == bound, f"{SEALED} is not the one that the record binds")
    for name, inside in shut.items():
        room = escrow["room"] if name == SEALED else 1024 * (1 + len(commit["chain"]))
        must(len(d.data(name)) == room + 16, f"{name} has {len(d.data(name))} bytes, but should have {room + 16}")
        if opened:
            nonce = d.parsed["open.txt"]["nonce"].split(" ")[1]
            held = unseal(d.suite(), d.hash("commit.txt"), name, nonce, d.data(name), inside)
            must(held == [d.data(n) for n in inside], f"the opened nonce does not open {name} to what was published")
    return f"{threshold} of {len(escrow['custodians'])} custodians can open it; {len(shut)} sealed files"


def recover(folder: Path, shares: dict[int, bytes]) -> dict[str, bytes] | None:
    """What shares {number: 32 bytes} of custodians open of a published folder, by file; None if a share
    is not the one that the commitment promises, or they are too few."""
    d = Draw(folder, None, None)
    commit = d.commit
    group, escrow = groups.GROUPS[commit["suite"]], commit["escrow"]
    numbers = {x: group.number(share) for x, share in shares.items()}
    right = all(1 <= x <= len(escrow["custodians"]) and n is not None and groups.is_share(group, escrow["points"], x, n)
                for x, n in numbers.items())
    if not right or len(numbers) < len(escrow["points"]):
        return None
    used = dict(list(numbers.items())[:len(escrow["points"])])
    nonce = group.bytes(groups.combine(group, used)).hex()
    files = {"nonce": nonce.encode()}
    for name, inside in [(SEALED, d.results())] + [(f"{stem}.sealed", [f"{stem}.txt"])
                                              for _, *stems in d.late() for stem in stems if stem]:
        files |= zip(inside, unseal(d.suite(), d.hash("commit.txt"), name, nonce, d.data(name), inside) or [])
    return files


def v27_margins(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    outside = {beacon: due(beacon) for beacon in commit["beacon"] if is_outside(beacon)}
    room = len(outside) < len(commit["beacon"])

    def after_margin(what: str, when: datetime):
        must(when - commit["moment"] >= timedelta(minutes=int(commit["margin"])), f"{what} is too soon after the commitment")
    for beacon, when in outside.items():
        after_margin(beacon, when)
        must(when <= commit["due"], f"{beacon} is after {commit['close-by']}")
    at = {name: moment(d.parsed[name]["at"]) for name in ("ceremony.txt", "reveal.txt", "beacon.txt") if name in d.parsed}
    if room and "ceremony.txt" in at:
        after_margin("ceremony.txt", at["ceremony.txt"])
    if outside:
        must("reveal.txt" not in at or at["reveal.txt"] < min(outside.values()), "reveal.txt is not before the first event")
        must("beacon.txt" not in at or at["beacon.txt"] >= max(outside.values()), "beacon.txt is before the last event")
    d.need(*["ceremony.txt"] * room, *["reveal.txt", "beacon.txt"] * bool(outside))
    return f"events come at least {commit['margin']} minutes after the commitment"


def v28_logged(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    if not commit["log"]:
        raise NotRun("the commitment names no log")
    if not d.log:
        raise NotRun("no log was given")
    try:
        log = tiles.Log(d.log, tiles.named_policy(d.log, commit["suite"], commit["log"]))
    except tiles.Absent as error:
        raise NotRun(f"the log has no {error}") from None
    except tiles.Unsound as error:
        raise Fail(str(error)) from None
    wanted = tiles.documents(d.raw)
    entries = [(index, entry[2:]) for index, entry in enumerate(log.entries) if entry[0] == commit["draw"]]
    for at, (_, entry) in enumerate(entries):
        must(at < len(wanted) and entry == wanted[at], f"{entry[0]} in the log is not as in this folder")
    if len(entries) < len(wanted):
        raise NotRun(f"{len(wanted) - len(entries)} documents are not in the log yet")
    time = {entry[0]: log.time(index) for index, entry in entries}
    seen, record = time["commit.txt"], time.get("record.txt", 0)
    following = [d.parsed[name]["at"] for name in ("ceremony.txt", "reveal.txt") if name in d.parsed]
    if "void.txt" not in d.parsed and seen != 0:
        if seen is None and following:
            raise Fail("the draw was made before enough witnesses had seen the commitment")
        if seen is None:
            raise NotRun("not enough witnesses have seen the commitment yet")
        must(not following or seen <= timegm(moment(following[0]).timetuple()),
             "the commitment was witnessed after the draw had begun")
    if commit["mode"] == "sealed" and record != 0:
        if record is None:
            raise NotRun("not enough witnesses have seen the sealed record yet")
        day_seen = (datetime(1970, 1, 1) + timedelta(seconds=record, hours=8)).date()
        must(day_seen < commit["window"][0], "the sealed record was witnessed too late")
    return f"{len(wanted)} documents are among the {log.size} entries of the log"


def v29_verifier(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    if not commit["verifier"]:
        raise NotRun("the commitment names no files for verifying")
    folder = d.folder.resolve().parent / "verifier"
    if not folder.is_dir():
        raise NotRun("the files for verifying were not given")
    for name, digest in commit["verifier"].items():
        must((folder / name).is_file(), f"{name} is not there")
        must(sha((folder / name).read_bytes()) == digest, f"{name} is not the one committed")
    return f"{len(commit['verifier'])} files are those committed"


def v30_schedule(d: Draw) -> str:
    (commit,) = d.need("commit.txt")
    record, dockets = (d.need(name)[0] if d.has(name) else default for name, default in (("record.txt", {}), ("dockets.txt", [])))
    if not commit["days"]:
        must(record.get("schedule") is None, "record.txt has a schedule, but the commitment no days")
        must(all(row[-2:] == (None, None) for _, row in dockets), "a docket has minutes or a town, but the commitment no days")
        return "the policy does not ask for it"
    people, record, dockets, teams, room, found = d.need("inspectors.txt", "record.txt", "dockets.txt", "teams.txt",
                                                         "availability.txt", "schedule.txt")
    proof = d.proof()
    must(d.hash("availability.txt") == commit["availability"], f"the hash of availability.txt is {d.hash('availability.txt')}")
    same("inspector", [name for _, (name, _) in room], [row[0] for _, row in people])
    room, n = [listed(minutes) for _, (_, minutes) in room], len(commit["days"])
    must(all(len(row) == n for row in room), "availability.txt has not one number a day")
    for _, (unit, slots, *_, minutes, town) in dockets:
        must(minutes and len(minutes) == len(slots) and town, f"the docket of {unit} has not one number of minutes a slot, or no town")
    must(record["schedule"] == d.hash("schedule.txt"), f"the hash of schedule.txt is {d.hash('schedule.txt')}")
    must([unit for _, (unit, _) in found] == [row[0] for _, row in teams], "schedule.txt has not exactly the units of teams.txt, in order")
    stays = [Stay(proof.seed, visit.unit, dict(zip(visit.team, minutes)), town)
             for visit, (_, (*_, minutes, town)) in zip(proof.visits, dockets)]
    Schedule(room, n).place_all(stays)
    days = [None if stay.day is None else commit["days"][stay.day] for stay in stays]
    for (_, (unit, when)), due in zip(found, days):
        must(when == due, f"{unit} has {when or 'no day'}, but should have {due or 'none'}")
    return f"{len(days)} days recomputed, {days.count(None)} visits without one"


CHECKS = [("files", v01_files), ("texts", v02_texts), ("sums", v03_sums), ("commitment", v04_commitment),
          ("predecessor", v05_predecessor), ("policy", v06_policy), ("items", v07_items), ("units", v08_units),
          ("inspectors", v09_inspectors), ("strata", v10_strata), ("quotas", v11_quotas), ("order", v12_order),
          ("beacons", v13_beacons), ("nonces", v14_nonces), ("selection", v15_selection),
          ("dockets", v16_dockets), ("teams", v17_teams), ("teams-lawful", v18_lawful),
          ("teams-cheapest", v19_cheapest), ("prices", v20_prices), ("record", v21_record),
          ("odds", v22_odds), ("replacements", v23_replacements), ("leads", v24_leads),
          ("escrow", v25_escrow), ("carried", v26_carried), ("margins", v27_margins), ("logged", v28_logged),
          ("verifier", v29_verifier), ("schedule", v30_schedule)]


# ---- running them ------------------------------------------------------------

def verify(folder: Path, commitment: str | None = None, previous: bytes | None = None,
           log: Path | None = None) -> dict:
    """Runs every check on a folder; the report that --json prints."""
    draw, checks = Draw(folder, commitment, previous, log), []
    for name, check in CHECKS:
        try:
            status, evidence = "pass", check(draw)
        except Fail as error:
            status, evidence = "fail", str(error)
        except NotRun as error:
            status, evidence = "not-run", str(error)
        evidence = "".join(c if " " <= c <= "~" else ascii(c)[1:-1] for c in evidence[:400])
        checks.append({"id": check.__name__[:3].upper(), "name": name, "status": status, "evidence": evidence})
    ran = {c["id"] for c in checks if c["status"] != "not-run"}
    void = draw.has("void.txt")
    hands_on = void and "void.txt" in draw.parsed and draw.parsed["void.txt"]["drawn"] is not None
    of_voids = ("V22", "V23", "V25", "V26", "V15" if hands_on else "V22")
    enough = {c["id"] for c in checks if not void or c["id"] <= "V12" or c["id"] in of_voids} - {"V04", "V05", "V28", "V29"}
    verdict = ("failed" if any(c["status"] == "fail" for c in checks)
               else "verified" if enough <= ran else "incomplete")
    return {"draw": draw.commit and draw.commit["draw"],
            "commitment": draw.hash("commit.txt") if draw.commit else None,
            "verdict": verdict, "checks": checks}


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify the published folder of a draw, from docs/spec alone.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--commitment", metavar="HEX", help="the hash of commit.txt announced before the draw")
    parser.add_argument("--previous", metavar="FILE", type=Path, help="record.txt or void.txt of the draw before")
    parser.add_argument("--log", metavar="DIR", type=Path, help="the folder of the log; log beside DIR if left out")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options = parser.parse_args()
    if options.commitment is not None and not re.fullmatch(HEX, options.commitment):
        parser.error("--commitment takes 64 lower-case hex digits")
    try:
        previous = options.previous and options.previous.read_bytes()
        if not any(path.name in KNOWN for path in options.folder.iterdir()):
            raise FileNotFoundError(f"no file of a draw in {ascii(str(options.folder))}")
        report = verify(options.folder, options.commitment, previous, options.log)
    except OSError as error:
        print(f"verify: {str(error).encode('ascii', 'backslashreplace').decode()}", file=sys.stderr)
        return 3
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        for check in report["checks"]:
            print("{id} {name:<15} {status:<8} {evidence}".format(**check))
        print(f"{report['draw']}: {report['verdict']}")
    return {"verified": 0, "failed": 1, "incomplete": 4}[report["verdict"]]


if __name__ == "__main__":
    sys.exit(main())
