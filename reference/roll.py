#!/usr/bin/env python3
"""A second, independent verifier of rolls and of the slips of their units (docs/spec/roll.md).

    python3 reference/roll.py DIR [--commitment HEX] [--previous FILE] [--json]
    python3 reference/roll.py --slip FILE --documents DIR [--unit ID] [--commitment HEX] [--record HEX] [--json]

DIR is the public folder of a roll: checks R01 to R12. With --slip a single slip is checked against
the small documents in DIR, without the roll: L01 to L06. Exit code: 0 verified, 1 failed,
2 wrong usage, 3 nothing to read, 4 incomplete.
"""

import argparse
import json
import re
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import slip as door
import tiles
import verify as v
from verify import Fail, Malformed, NotRun, must

TEXTS = ["ceremony.txt", "reveal.txt", "beacon.txt", "record.txt", "void.txt"]
KNOWN = {"commit.txt", "policy.toml", "items.txt", "drawn.txt", *TEXTS}

COMMIT = v.document(
    "roll", ("draw", v.DRAW), ("previous", f"none|{v.HEX}"), ("suite", "|".join(v.SUITES)), ("software", "[^ ].*"),
    ("committed", v.MOMENT), ("window", f"{v.DAY} {v.DAY}"), ("close-by", v.MOMENT), ("margin", v.U32),
    ("policy", v.HEX), ("items", v.HEX), ("units", f"{v.HEX} {v.NUM}"),
    ("quota+", f"{v.KEY} (?:{v.NUM} -|{v.NUM}/{v.POSITIVE} (?:up|down)) {v.NUM} (?:-|{v.NUM})"),
    ("stratum+", f"{v.LABEL} {v.POSITIVE} {v.NUM} {v.NUM}"),
    ("excluded+", f"(?:{'|'.join(v.REASONS)}) {v.POSITIVE}"), ("beacon+", v.BEACON), ("party+", f"{v.ID} {v.HEX}"))
UNIT = (f"({v.ID}) (?:excluded:({'|'.join(v.REASONS)})|({v.LABEL})) {v.HEX}"
        "(?: town=([^ ]+))?(?: class=([^ ]+))?(?: credit=([^ ]+))?(?: tags=([^ ]+))?(?: name=([^ ].*))?")
DRAWN = f"({v.ID}) ({v.LABEL}) ({v.POSITIVE}) ({v.HEX})"
PATH = f"({v.NUM})((?: {v.HEX}){{0,64}})"


def read_commit(data: bytes) -> dict:
    """commit.txt of a roll: its words, with the lists of lines as dictionaries."""
    c = COMMIT(data)
    strata, excluded, parties = ([line.split(" ") for line in c[word]] for word in ("stratum", "excluded", "party"))
    c["stratum"] = {label: tuple(map(int, numbers)) for label, *numbers in strata}
    c["excluded"] = {reason: int(n) for reason, n in excluded}
    c["party"] = dict(parties)
    c["escrow"] = None
    c["window"] = v.read_window(c["window"])
    c["moment"], c["due"] = v.moment(c["committed"]), v.moment(c["close-by"])
    reasons = [v.REASONS.index(reason) for reason, _ in excluded]
    if not v.rising([label for label, *_ in strata]) or not v.rising(reasons):
        raise Malformed("strata or exclusions are out of order")
    if not all(k + r <= n for n, k, r in c["stratum"].values()):
        raise Malformed("more are listed than are in the pool")
    if not all(map(v.sound_beacon, c["beacon"])):
        raise Malformed("a beacon that cannot be")
    for size in (quota.split(" ")[1] for quota in c["quota"]):
        part, _, whole = size.partition("/")
        if whole and int(part) > int(whole):
            raise Malformed("a quota above the whole pool")
    if len({quota.split(" ")[0] for quota in c["quota"]}) != len(c["quota"]) or len(c["party"]) != len(parties):
        raise Malformed("a quota rule or a party occurs twice")
    if not c["draw"].split("/")[0].endswith("-roll"):
        raise Malformed("the office key is not that of a roll")
    return c


READERS = {"commit.txt": read_commit, "ceremony.txt": v.read_events("ceremony"), "beacon.txt": v.read_events("beacon"),
           **{name: v.READERS[name] for name in ("items.txt", "reveal.txt", "void.txt")},
           "record.txt": v.document("roll-record", *v.HEAD, ("drawn", f"{v.HEX} {v.NUM}")),
           "drawn.txt": v.read_table("roll-drawn", DRAWN)}


class Roll:
    """The folder of a roll: documents as they are asked for, lines once."""

    def __init__(self, folder: Path, announced: str | None = None, previous: bytes | None = None):
        self.folder, self.announced, self.previous = folder, announced, previous
        self.names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
        self.read, self.scanned = {}, None

    def has(self, name: str) -> bool:
        return name in self.names and not (self.folder / name).is_dir()

    def data(self, name: str) -> bytes:
        if not self.has(name):
            raise NotRun(f"there is no {name} yet")
        return (self.folder / name).read_bytes()

    def need(self, name: str):
        if name not in self.read:
            data = self.data(name)
            try:
                self.read[name] = READERS[name](data)
            except Malformed as error:
                raise NotRun(f"{name}: {error}") from None
        return self.read[name]

    def commit(self) -> dict:
        return self.need("commit.txt")

    def suite(self) -> v.Suite:
        return v.SUITES[self.commit()["suite"]]

    def hash(self, name: str) -> str:
        return self.suite().hash(self.data(name))

    def policy(self) -> dict:
        """The policy, if it is the one committed and reads as policy.md says."""
        commit = self.commit()
        try:
            if self.hash("policy.toml") != commit["policy"]:
                raise NotRun("policy.toml is not the one committed")
            policy = v.read_policy(self.data("policy.toml"))
            policy_lines(policy, commit)
            return policy
        except (Fail, Malformed) as error:
            raise NotRun(str(error)) from None

    def outcomes(self) -> list[str]:
        """The outcomes of both documents, in the order of the commitment's beacons."""
        beacons, found = self.commit()["beacon"], []
        for outside, name in ((False, "ceremony.txt"), (True, "beacon.txt")):
            if any(v.is_outside(beacon) == outside for beacon in beacons):
                found += self.need(name)["outcome"]
        place = {beacon: at for at, beacon in reversed(list(enumerate(beacons)))}
        return sorted(found, key=lambda outcome: place.get(outcome.split(" : ")[0], -1))

    def seed(self) -> v.Seed | None:
        """The seed, once everything that it is made of is there and nothing of it is wrong."""
        try:
            for check in (r07_order, r08_beacons, r09_nonces):
                try:
                    check(self)
                except NotRun:
                    pass
            beacons = [f"beacon {line}" for line in self.outcomes()]
            nonces = [f"nonce {line}" for line in self.need("reveal.txt")["nonce"]]
        except (Fail, NotRun):
            return None
        return v.Seed(self.suite().text("yaohao/seed/v1", self.hash("commit.txt"), *beacons, *nonces), self.suite())

    def scan(self) -> "Scan":
        """What the lines come to; read once."""
        if self.commit()["units"].split(" ")[1] != "0" and not (self.folder / "tile").is_dir():
            raise NotRun("the lines of the roll are not there")
        if self.scanned is None:
            self.scanned = Scan(self)
        return self.scanned


def policy_lines(policy: dict, commit: dict) -> list[str]:
    """The lines of a roll's commitment that follow from the policy, without issues, days and rounds."""
    words = {"office", "suite", "close-by", "margin", "quota", "beacon", "party"}
    return [line for line in v.policy_lines(policy, commit) if line.split(" ")[0] in words]


class Tiles:
    """The tiles over leaves as they come; each is held against its file once it is complete."""

    def __init__(self, folder: Path, suite: v.Suite):
        self.folder, self.suite, self.rows, self.fault = folder, suite, [], None

    def add(self, node: bytes, level: int = 0):
        if level == len(self.rows):
            self.rows.append((0, []))
        index, hashes = self.rows[level]
        hashes.append(node)
        if len(hashes) == 256:
            self.compare(level, index, hashes)
            self.rows[level] = (index + 1, [])
            while len(hashes) > 1:
                hashes = [self.suite.digest(b"\1" + a + b) for a, b in zip(hashes[::2], hashes[1::2])]
            self.add(hashes[0], level + 1)

    def compare(self, level: int, index: int, hashes: list):
        path = self.folder / "tile" / str(level) / tiles.place(index, len(hashes))
        if self.fault is None and not (path.is_file() and path.read_bytes() == b"".join(hashes)):
            self.fault = f"tile {level}/{index} is missing or wrong"

    def end(self):
        for level, (index, hashes) in enumerate(self.rows):
            if hashes:
                self.compare(level, index, hashes)


class Scan:
    """All lines of a roll, bundle by bundle: their number and root, who has which standing, and the smallest tickets."""

    def __init__(self, roll: Roll):
        commit, suite, seed = roll.commit(), roll.suite(), roll.seed()
        self.fault, self.misfit, self.counts, self.size = None, None, Counter(), 0
        self.tiles, fits = Tiles(roll.folder, suite), None
        try:
            fits = v.fitting(roll.policy(), commit["window"][0])
        except NotRun:
            pass
        self.smallest = {label: [] for label in commit["stratum"]}
        size, edges, last, form = int(commit["units"].split(" ")[1]), [], "", re.compile(UNIT)
        try:
            for line in entries(roll.folder, "yaohao/roll-unit/v1", size):
                match = form.fullmatch(line)
                must(match is not None, f"line {self.size + 1} of the roll is not of its form")
                unit, reason, label, *shown = match.groups()
                must(unit > last, f"{unit} follows {last}")
                must(reason is not None or label in commit["stratum"], f"{label} is no stratum of the commitment")
                self.counts[f"excluded:{reason}" if reason else label] += 1
                if fits and self.misfit is None:
                    self.look(fits, unit, label, shown)
                leaf = suite.digest(f"\0yaohao/roll-unit/v1\n{line}\n".encode())
                self.add(edges, suite, leaf)
                self.tiles.add(leaf)
                last, self.size = unit, self.size + 1
                if seed and not reason:
                    self.sift(label, seed, unit, sum(commit["stratum"][label][1:]))
        except Fail as fault:
            self.fault = str(fault)
        self.tiles.end()
        self.root = self.join(edges, suite)
        for label, (_, k, r) in commit["stratum"].items():
            self.smallest[label] = sorted(self.smallest[label])[:k + r]

    def look(self, fits: callable, *unit):
        try:
            fits(*unit)
        except Fail as fault:
            self.misfit = str(fault)

    def sift(self, label: str, seed: v.Seed, unit: str, listed: int):
        kept = self.smallest[label]
        kept.append((seed.text("yaohao/ticket/v1", label, unit), unit))
        if len(kept) > 2 * listed + 1024:
            self.smallest[label] = sorted(kept)[:listed]

    @staticmethod
    def add(edges: list, suite: v.Suite, node: bytes):
        """Puts a leaf behind perfect trees of rising height, as a counter puts its ones."""
        height = 0
        while height < len(edges) and edges[height] is not None:
            node, edges[height], height = suite.digest(b"\1" + edges[height] + node), None, height + 1
        edges[height:height + 1] = [node]

    @staticmethod
    def join(edges: list, suite: v.Suite) -> str:
        root = None
        for node in filter(None, edges):
            root = node if root is None else suite.digest(b"\1" + node + root)
        return (root or suite.digest(b"")).hex()


def entries(folder: Path, tag: str, size: int):
    """The lines of the bundles, without their tags."""
    for index in range((size + 255) // 256):
        width = min(256, size - 256 * index)
        path = folder / "tile" / "entries" / tiles.place(index, width)
        must(path.is_file(), f"bundle {index} is missing")
        data, count = path.read_bytes(), 0
        while data:
            length = int.from_bytes(data[:2], "big")
            must(len(data) >= 2 + length and count < width, f"bundle {index} is cut off or too long")
            try:
                found = v.read_text(data[2:2 + length], tag)
            except Malformed as error:
                raise Fail(f"bundle {index}: {error}") from None
            data, count = data[2 + length:], count + 1
            must(len(found) == 1, f"bundle {index} has an entry that is none")
            yield found[0]
        must(count == width, f"bundle {index} has not {width} entries")


# ---- the checks of a roll ----------------------------------------------------

def r01_texts(roll: Roll) -> str:
    must(roll.has("commit.txt"), "there is no commit.txt")
    for name in ["commit.txt", *sorted(roll.names)]:
        if (roll.folder / name).is_dir():
            must(name in ("tile", "drawn"), f"{name} does not belong here")
            continue
        must(name in KNOWN, f"{name} does not belong here")
        if name in READERS:
            try:
                roll.need(name)
            except NotRun as error:
                raise Fail(str(error)) from None
    return f"{len(roll.names)} files"


def r02_commitment(roll: Roll) -> str:
    roll.commit()
    found = roll.hash("commit.txt")
    if roll.announced is None:
        raise NotRun(f"no announced commitment given; this one is {found}")
    must(found == roll.announced, f"the hash of commit.txt is {found}")
    return found


def r03_policy(roll: Roll) -> str:
    commit = roll.commit()
    for name, word in (("policy.toml", "policy"), ("items.txt", "items")):
        must(roll.hash(name) == commit[word], f"{name} is {roll.hash(name)}")
    try:
        wanted = policy_lines(v.read_policy(roll.data("policy.toml")), commit)
    except Malformed as error:
        raise Fail(str(error)) from None
    found = [f"office {commit['draw'].split('/')[0].removesuffix('-roll')}"]
    found += [f"{word} {commit[word]}" for word in ("suite", "close-by", "margin")] + [f"quota {q}" for q in commit["quota"]]
    found += ["beacon " + (" ".join(b.split(" ")[:2]) if v.is_outside(b) else b) for b in commit["beacon"]]
    v.same("line", found + [f"party {party}" for party in commit["party"]], wanted)
    return "policy and items are unchanged"


def r04_lines(roll: Roll) -> str:
    commit, scan = roll.commit(), roll.scan()
    must(scan.fault is None, scan.fault)
    found = f"{scan.root} {scan.size}"
    must(found == commit["units"], f"root and number of lines are {found}")
    return found


def r05_strata(roll: Roll) -> str:
    commit, scan = roll.commit(), roll.scan()
    if scan.fault is not None:
        raise NotRun("not all lines could be read")
    roll.policy()
    must(scan.misfit is None, scan.misfit)
    wanted = {label: n for label, (n, _, _) in commit["stratum"].items()}
    wanted |= {f"excluded:{reason}": n for reason, n in commit["excluded"].items()}
    must(dict(scan.counts) == wanted, "pools or exclusions are not those of the roll")
    return f"{len(commit['stratum'])} strata"


def r06_quotas(roll: Roll) -> str:
    commit = roll.commit()
    must(commit["quota"], "there are no quotas")
    wanted = {}
    for rule, *words in (quota.split(" ") for quota in commit["quota"]):
        pools = {label: n for label, (n, _, _) in commit["stratum"].items() if label.split("/")[0] == rule}
        wanted |= v.quota_shares(*words, pools) if pools else {}
    for label, (_, k, _) in commit["stratum"].items():
        must(label in wanted, f"stratum {label} has no quota")
        must(wanted[label] == k, f"k of {label} is {k}, but should be {wanted[label]}")
    return f"{sum(wanted.values())} to be drawn"


def r07_order(roll: Roll) -> str:
    commit = roll.commit()
    if roll.previous is not None:
        must(roll.suite().hash(roll.previous) == commit["previous"], "it does not follow the record before")
    outside = {beacon: v.due(beacon) for beacon in commit["beacon"] if v.is_outside(beacon)}
    asked = {"ceremony.txt": len(outside) < len(commit["beacon"]), "reveal.txt": True,
             "beacon.txt": bool(outside), "void.txt" if roll.has("void.txt") else "record.txt": True}
    if roll.has("void.txt"):
        check_void(roll, asked)
    before, time, missing, at = "commit.txt", commit["committed"], None, {}
    for name, applies in asked.items():
        if not roll.has(name):
            missing = missing or (name if applies else None)
            continue
        must(applies, f"{name} is not asked for")
        must(missing is None or name == "void.txt", f"there is {name}, but no {missing}")
        document = roll.need(name)
        must(document["draw"] == commit["draw"], f"{name} is of {document['draw']}")
        must(document["after"] == roll.hash(before), f"{name} does not name {before}")
        must(document["at"] >= time, f"{name} is earlier than {before}")
        before, time = name, document["at"]
        at[name] = v.moment(time)

    def late_enough(what: str, when):
        must(when - commit["moment"] >= timedelta(minutes=int(commit["margin"])), f"{what} is too soon")
    for beacon, when in outside.items():
        late_enough(beacon, when)
    if "ceremony.txt" in at:
        late_enough("ceremony.txt", at["ceremony.txt"])
    if outside:
        must("reveal.txt" not in at or at["reveal.txt"] < min(outside.values()), "reveal.txt is not before the event")
        must("beacon.txt" not in at or at["beacon.txt"] >= max(outside.values()), "beacon.txt is before the event")
    must(all(at[name] <= commit["due"] for name in ("record.txt", "void.txt") if name in at), "the last document is late")
    if missing is not None and "void.txt" not in at:
        raise NotRun(f"there is no {missing} yet")
    return f"{len(at)} documents"


def check_void(roll: Roll, asked: dict):
    """A void where it may be (roll.md, Giving up)."""
    void = roll.need("void.txt")
    for name in ("record.txt", "drawn.txt", "drawn"):
        must(name not in roll.names, f"{name} beside void.txt")
    must(void["nonce"] is None and void["drawn"] is None, "the void of a roll hands nothing on")
    inputs = [name for name in ("ceremony.txt", "reveal.txt", "beacon.txt") if asked[name]]
    must(not all(map(roll.has, inputs)), "its outcome can be computed")
    if roll.has("reveal.txt"):
        must(void["reason"] == "beacon", f"a void after the nonces for the reason {void['reason']}")
    elif asked["ceremony.txt"] and roll.has("ceremony.txt"):
        must(void["reason"] == "party", f"a void after the dice for the reason {void['reason']}")


def r08_beacons(roll: Roll) -> str:
    commit, outcomes = roll.commit(), roll.outcomes()
    must([outcome.split(" : ")[0] for outcome in outcomes] == commit["beacon"], "not the outcomes of the events demanded")
    bits = sum(map(v.check_outcome, outcomes))
    must(bits >= 16, f"only {bits} bits")
    return f"{len(outcomes)} beacons, {bits} bits"


def r09_nonces(roll: Roll) -> str:
    commit, reveal = roll.commit(), roll.need("reveal.txt")
    must(len(commit["party"]) >= 2, "fewer than two parties")
    v.check_nonces(commit, list(commit["party"]), reveal["nonce"])
    return f"{len(commit['party'])} nonces"


def r10_selection(roll: Roll) -> str:
    try:
        r04_lines(roll)
    except Fail:
        raise NotRun("the lines are not as committed") from None
    drawn = [line for line, _ in roll.need("drawn.txt")]
    if roll.seed() is None:
        raise NotRun("there is no seed yet")
    wanted = [f"{unit} {label} {rank} {ticket}" for label, found in roll.scan().smallest.items()
              for rank, (ticket, unit) in enumerate(found, 1)]
    v.same("line", drawn, wanted)
    return f"{len(drawn)} units recomputed"


def r11_record(roll: Roll) -> str:
    roll.commit()
    record, drawn = roll.need("record.txt"), roll.need("drawn.txt")
    found = f"{roll.suite().root('roll-result', [line for line, _ in drawn])} {len(drawn)}"
    must(found == record["drawn"], f"root and number of lines of drawn.txt are {found}")
    return found


def r12_tiles(roll: Roll) -> str:
    scan = roll.scan()
    if scan.fault is not None:
        raise NotRun("not all lines could be read")
    must(scan.tiles.fault is None, f"the roll: {scan.tiles.fault}")
    if not roll.has("drawn.txt"):
        return "the tiles of the roll"
    lines, suite, folder = [line for line, _ in roll.need("drawn.txt")], roll.suite(), roll.folder / "drawn"
    if lines and not folder.is_dir():
        raise NotRun("there is no drawn/")
    drawn, texts = Tiles(folder, suite), [f"yaohao/roll-result/v1\n{line}\n".encode() for line in lines]
    for text in texts:
        drawn.add(suite.digest(b"\0" + text))
    drawn.end()
    must(drawn.fault is None, f"drawn.txt: {drawn.fault}")
    for index in range(0, len(texts), 256):
        part = texts[index:index + 256]
        path = folder / "tile" / "entries" / tiles.place(index // 256, len(part))
        wanted = b"".join(len(text).to_bytes(2, "big") + text for text in part)
        must(path.is_file() and path.read_bytes() == wanted, f"drawn.txt: bundle {index // 256} is missing or wrong")
    return "the tiles of the roll and of drawn.txt"


ROLL = [r01_texts, r02_commitment, r03_policy, r04_lines, r05_strata, r06_quotas, r07_order, r08_beacons,
        r09_nonces, r10_selection, r11_record, r12_tiles]


# ---- the slip of one unit ----------------------------------------------------

class Slip:
    """A slip of a roll that has been read."""

    def __init__(self, data: bytes):
        self.lines = v.read_text(data, "yaohao/roll-slip/v1")[::-1]
        self.draw, self.commit = self.take("draw", v.DRAW)[0], self.take("commit", v.HEX)[0]
        self.unit, self.before, self.after, self.own = None, None, None, None
        self.record, self.listed, self.last = None, None, None
        if self.next("unit"):
            self.own = self.placed("unit", UNIT)
            self.unit, self.label = self.own[0][1], self.own[0][3]
        else:
            self.unit, self.label = self.take("absent", v.ID)[0], None
            self.before, self.after = (self.placed(word, UNIT) if self.next(word) else None for word in ("before", "after"))
        if self.label and self.next("record"):
            self.record = self.take("record", v.HEX)[0]
            if self.next("listed"):
                self.listed = self.placed("listed", DRAWN)
            elif self.next("last"):
                self.last = self.placed("last", DRAWN)
        if self.lines:
            raise Malformed(f"unexpected line {self.lines[-1][:80]}")

    def next(self, word: str) -> bool:
        return bool(self.lines) and self.lines[-1].startswith(word + " ")

    def take(self, word: str, pattern: str):
        match = self.next(word) and re.fullmatch(pattern, self.lines.pop()[len(word) + 1:])
        if not match:
            raise Malformed(f"there is no line '{word}' of its form in its place")
        return match

    def placed(self, word: str, pattern: str) -> tuple:
        return self.take(word, pattern), self.take("path", PATH)


class Case:
    """A slip with the documents."""

    def __init__(self, slip: Slip, roll: Roll, unit: str | None, record: str | None):
        self.slip, self.roll, self.unit, self.record = slip, roll, unit, record

    def leads(self, kind: str, placed: tuple, sealed: str) -> bool:
        (line, path), (root, count) = placed, sealed.split(" ")
        return door.lead(self.roll.suite(), f"\0yaohao/{kind}/v1\n{line[0]}\n".encode(), path, int(count)) == root

    def told(self) -> dict:
        """The record, if the slip needs it."""
        if self.slip.label is None:
            raise NotRun("not needed: it takes no part in the draw")
        if self.slip.record is None:
            raise NotRun("the slip was made before the draw")
        return self.roll.need("record.txt")

    def ticket(self, unit: str) -> str:
        seed = self.roll.seed()
        if seed is None:
            raise NotRun("there is no seed, or the documents are wrong")
        return seed.text("yaohao/ticket/v1", self.slip.label, unit)


def l01_commitment(case: Case) -> str:
    found = case.roll.hash("commit.txt")
    must((case.slip.draw, case.slip.commit) == (case.roll.commit()["draw"], found), "the slip is of another draw")
    return r02_commitment(case.roll)


def l02_line(case: Case) -> str:
    slip, commit = case.slip, case.roll.commit()
    must(case.unit in (None, slip.unit), f"the slip of {slip.unit}")
    for placed in filter(None, (slip.own, slip.before, slip.after)):
        must(case.leads("roll-unit", placed, commit["units"]), f"{placed[0][1]} is not in the roll")
    if slip.own:
        must(slip.label is None or slip.label in commit["stratum"], "no such stratum")
        return "in the roll"
    start = int(slip.before[1][1]) + 1 if slip.before else 0
    end = int(slip.after[1][1]) if slip.after else int(commit["units"].split(" ")[1])
    must(start == end, "not neighbours")
    must(not slip.before or slip.before[0][1] < slip.unit, "not behind the line before")
    must(not slip.after or slip.unit < slip.after[0][1], "not before the line after")
    return "not in the roll"


def l03_ticket(case: Case) -> str:
    case.told()
    case.ticket(case.slip.unit)
    found = case.slip.listed or case.slip.last
    if found:
        _, unit, label, _, ticket = (found[0][n] for n in range(5))
        must(label == case.slip.label and (unit == case.slip.unit) == (case.slip.listed is not None), "not the line that belongs here")
        must(case.ticket(unit) == ticket, f"the ticket of {unit} should be {case.ticket(unit)}")
    return "as the seed says"


def l04_result(case: Case) -> str:
    if case.slip.label is None:
        return "in no pool"
    record, strata, label = case.told(), case.roll.commit()["stratum"], case.slip.label
    must(label in strata, "no such stratum")
    start = sum(k + r for other, (_, k, r) in strata.items() if other < label)
    listed, found = sum(strata[label][1:]), case.slip.listed or case.slip.last
    if not found:
        must(listed == 0, f"{listed} are listed")
        return "nobody is drawn"
    unit, rank, ticket = found[0][1], int(found[0][3]), found[0][4]
    place = rank if case.slip.listed else listed
    must(int(record["drawn"].split(" ")[1]) == sum(k + r for _, k, r in strata.values()), "not as many as are committed")
    must(1 <= place <= listed and rank == place and int(found[1][1]) == start + place - 1, "rank or place are not as committed")
    must(case.leads("roll-result", found, record["drawn"]), f"{unit} is not in the result recorded")
    if case.slip.last:
        must((ticket, unit) < (case.ticket(case.slip.unit), case.slip.unit), "its ticket is not larger")
    return f"{rank} of {listed}"


def l05_record(case: Case) -> str:
    case.told()
    r07_order(case.roll)
    found = case.roll.hash("record.txt")
    must(case.slip.record == found, "the slip is of another record")
    must(case.record in (None, found), "not the record announced")
    return found


def l06_sources(case: Case) -> str:
    case.told()
    r08_beacons(case.roll)
    return r09_nonces(case.roll)


SLIP = [l01_commitment, l02_line, l03_ticket, l04_result, l05_record, l06_sources]


# ---- running them ------------------------------------------------------------

def run(checks: list, subject) -> list[dict]:
    found = []
    for check in checks:
        try:
            status, evidence = "pass", check(subject)
        except Fail as error:
            status, evidence = "fail", str(error)
        except NotRun as error:
            status, evidence = "not-run", str(error)
        number, _, name = check.__name__.partition("_")
        found.append({"id": number.upper(), "name": name, "status": status, "evidence": ascii(evidence[:400])[1:-1]})
    return found


def verdict(checks: list[dict], excused: set) -> str:
    if any(check["status"] == "fail" for check in checks):
        return "failed"
    return "verified" if all(check["status"] == "pass" or check["id"] in excused for check in checks) else "incomplete"


def verify_roll(folder: Path, announced: str | None = None, previous: bytes | None = None) -> dict:
    roll = Roll(folder, announced, previous)
    checks = run(ROLL, roll)
    excused = {"R02", "R08", "R09", "R10", "R11"} if roll.has("void.txt") else {"R02"}
    return {"folder": str(folder), "verdict": verdict(checks, excused), "checks": checks}


def check_slip(data: bytes, documents: Path, unit: str | None = None, announced: str | None = None,
               record: str | None = None) -> dict:
    slip, roll = Slip(data), Roll(documents, announced)
    # Whatever else lies there is not looked at.
    roll.names &= {"commit.txt", "ceremony.txt", "reveal.txt", "beacon.txt", "record.txt"}
    try:
        roll.commit()
    except NotRun as error:
        raise Malformed(str(error)) from None
    checks = run(SLIP, Case(slip, roll, unit, record))
    excused = {"L03", "L05", "L06"} if slip.label is None else set()
    return {"draw": slip.draw, "unit": slip.unit, "verdict": verdict(checks, excused), "checks": checks}


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Verify a roll, or the slip of one of its units, from docs/spec alone.")
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?")
    parser.add_argument("--slip", metavar="FILE", type=Path)
    parser.add_argument("--documents", metavar="DIR", type=Path)
    parser.add_argument("--unit", metavar="ID")
    parser.add_argument("--commitment", metavar="HEX")
    parser.add_argument("--record", metavar="HEX")
    parser.add_argument("--previous", metavar="FILE", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    if (asked.slip is None) == (asked.folder is None) or (asked.slip is None) != (asked.documents is None):
        parser().error("either DIR, or --slip with --documents")
    try:
        if asked.slip:
            report = check_slip(asked.slip.read_bytes(), asked.documents, asked.unit, asked.commitment, asked.record)
        else:
            report = verify_roll(asked.folder, asked.commitment, asked.previous and asked.previous.read_bytes())
    except (OSError, Malformed) as error:
        print(f"roll: {ascii(str(error))}", file=sys.stderr)
        return 3
    if asked.json:
        print(json.dumps(report, indent=2))
    else:
        for check in report["checks"]:
            print("{id} {name:<11} {status:<8} {evidence}".format(**check))
        print(report["verdict"])
    return {"verified": 0, "failed": 1, "incomplete": 4}[report["verdict"]]


if __name__ == "__main__":
    sys.exit(main())
