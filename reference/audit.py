#!/usr/bin/env python3
"""A second, independent auditor of an office's whole history.

Written from docs/spec (audit.md, log.md, notes.md, results.md), with nothing but Python's standard
library; verify.py, tiles.py, notes.py and results.py beside it are the second verifier, and readers
of logs, notes and published results.

    python3 reference/audit.py DIR [--log-policy FILE] [--checkpoint FILE]… [--at MOMENT] [--json]

DIR is an office's public folder. Exit code: 0 nothing wrong, 16 something is, 2 wrong usage,
3 nothing to read.
"""

import argparse
import functools
import hashlib
import json
import re
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

import notes
import results
import tiles
import verify as draws

STATES = ["FORK", "GAP", "OVERDUE", "LATE-OPEN", "OPEN", "VOID", "SEALED", "CLOSED", "OPENED"]
HASHES = {"yaohao-1-sha256": lambda data: hashlib.sha256(data).digest(), "yaohao-1-sm3": notes.sm3}
DAY = timedelta(days=1)
# One signature is held against one key once, whoever asks.
notes.ALGORITHMS = [(*rest, functools.cache(verifies)) for *rest, verifies in notes.ALGORITHMS]


class NotRun(Exception):
    """There is nothing to look at."""


# ---- the folders of draws ----------------------------------------------------

def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def link_of(data: bytes) -> dict | None:
    """draw, after and at of any document after the commitment."""
    try:
        lines = draws.read_text(data, data.split(b"\n")[0].decode())
        found = dict(line.split(" ", 1) for line in lines[:3])
        whole = [line.split(" ", 1)[0] for line in lines[:3]] == ["draw", "after", "at"]
        forms = {"draw": draws.DRAW, "after": draws.HEX, "at": draws.MOMENT}
        if not whole or not all(re.fullmatch(form, found[word]) for word, form in forms.items()):
            return None
        found["moment"] = draws.moment(found["at"])
        return found
    except (ValueError, UnicodeDecodeError, draws.Malformed):
        return None


class Document:
    def __init__(self, file: str, listed: str, data: bytes | None):
        self.file, self.listed, self.link = file, listed, link_of(data) if data is not None else None


class Case:
    """A draw's folder."""

    def __init__(self, folder: Path):
        self.name, self.path = folder.name, folder
        self.files = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")}
        try:
            self.commit = draws.READERS["commit.txt"](self.files["commit.txt"])
        except (KeyError, draws.Malformed):
            self.commit = None
        self.hash = HASHES[(self.commit or {}).get("suite", "yaohao-1-sha256")]
        self.documents = [Document(file, listed, self.files.get(file)) for file, listed in tiles.documents(self.files)]
        told = [d.link["draw"] for d in self.documents if d.link]
        self.draw = self.commit["draw"] if self.commit else told[0] if told else None
        self.report = None

    def key(self):
        return (1, *draws.draw_key(self.draw)) if self.draw else (0,)

    def document(self, file: str) -> Document | None:
        return next((d for d in self.documents if d.file == file), None)

    def closings(self) -> list[Document]:
        return [d for d in self.documents if d.file in ("record.txt", "void.txt")]

    def life(self) -> str | None:
        if not self.commit:
            return None
        if "void.txt" in self.files:
            return "VOID"
        if "record.txt" not in self.files:
            return "OPEN"
        if self.commit["mode"] == "open":
            return "CLOSED"
        return "OPENED" if "open.txt" in self.files else "SEALED"


# ---- the log -----------------------------------------------------------------

WIDTH = 256


def root_of(h, leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, over hashes of entries."""
    if not leaves:
        return h(b"")
    level = list(leaves)
    while len(level) > 1:
        pairs = [h(b"\1" + a + b) for a, b in zip(level[::2], level[1::2])]
        level = pairs + level[2 * len(pairs):]
    return level[0]


def tile_path(level: str, index: int, width: int) -> str:
    return f"tile/{level}/{tiles.place(index, width)}"


def tile_files(h, entries: list[bytes], size: int, edge_only: bool) -> dict:
    """What should be in every tile and bundle of the tree of the first entries."""
    files, hashes = {}, [h(b"\0" + entry) for entry in entries[:size]]
    for index in range(size // WIDTH if edge_only else 0, -(-size // WIDTH)):
        part = entries[index * WIDTH:min(size, (index + 1) * WIDTH)]
        files[tile_path("entries", index, len(part))] = b"".join(len(e).to_bytes(2, "big") + e for e in part)
    level = 0
    while hashes:
        for index in range(len(hashes) // WIDTH if edge_only else 0, -(-len(hashes) // WIDTH)):
            part = hashes[index * WIDTH:(index + 1) * WIDTH]
            files[tile_path(str(level), index, len(part))] = b"".join(part)
        hashes = [root_of(h, hashes[i:i + WIDTH]) for i in range(0, len(hashes) // WIDTH * WIDTH, WIDTH)]
        level += 1
    return files


def read_entry(data: bytes) -> dict:
    match = re.fullmatch(tiles.ENTRY, data.decode("ascii", "replace"))
    if not match:
        raise draws.Malformed("no entry")
    draw, office, file, digest = match.groups()
    return {"draw": draw, "office": office or draw.split("/")[0], "file": file, "hash": digest, "subject": draw or office}


class Seen:
    """A signed checkpoint that somebody showed."""

    def __init__(self, file: str, brought: bool, data: bytes):
        self.file, self.brought = file, brought
        self.note = notes.Note(data)
        self.origin, self.size, self.root = notes.checkpoint(self.note.text)


class Trail:
    """The log, read as far as it can be."""

    def __init__(self, files: dict, pinned, brought: list):
        self.files, self.pinned = files, pinned
        self.seen, self.damaged = list(brought), []
        for file in sorted(f for f in files if f == "checkpoint" or f.startswith("checkpoints/")):
            try:
                self.seen.append(Seen(file, False, files[file]))
            except notes.Refused as error:
                self.damaged.append((file, str(error)))
        own = [s for s in self.seen if not s.brought]
        head = next((s for s in own if s.file == "checkpoint"), max(own, key=lambda s: s.size, default=None))
        self.size = head.size if head else 0
        self.h = self.suite(head.origin if head else "")
        self.why, self.texts = None, []
        try:
            if head is None:
                raise notes.Refused("there is no checkpoint")
            self.texts = self.read_entries(head.root)
        except notes.Refused as error:
            self.why = str(error)
        self.leaves = [self.h(b"\0" + text) for text in self.texts]
        self.entries, self.odd = {}, []
        for index, text in enumerate(self.texts):
            try:
                self.entries[index] = read_entry(text)
            except draws.Malformed as error:
                self.odd.append((index, str(error)))
        self.eras = self.read_eras()
        for seen in self.seen:
            policy = self.era_at(seen.size)
            seen.signed, seen.times, seen.reached, seen.at, seen.forged = (
                policy.judge(seen.note) if policy else (False, {}, False, None, []))
            seen.strangers = [name for name, id_, _ in seen.note.lines if not self.knows(name, id_)]
        self.seen.sort(key=lambda s: (s.size, s.brought, s.file))

    def suite(self, origin: str):
        policies = [self.pinned, self.policy(self.files.get("log-policy.txt", b""))]
        logs = [log for policy in policies if policy for log in policy.logs if log.name == origin]
        sm2 = logs and logs[0].public[:1] == b"\x04" and len(logs[0].public) == 65
        return HASHES["yaohao-1-sm3" if sm2 else "yaohao-1-sha256"]

    @staticmethod
    def policy(data: bytes):
        try:
            return notes.Policy(data)
        except notes.Refused:
            return None

    def read_entries(self, root: bytes) -> list[bytes]:
        """All entries, if tiles and bundles lead to the root (log.md, The tree)."""
        size = self.size
        if size > 10_000_000:
            raise notes.Refused("a tile is missing")

        def tile(level: str, index: int, width: int) -> bytes:
            for path in (tile_path(level, index, width), tile_path(level, index, WIDTH)):
                if path in self.files:
                    return self.files[path]
            raise notes.Refused(f"{tile_path(level, index, width)} is missing")

        hashes, texts = [], []
        for index in range(-(-size // WIDTH)):
            width = min(WIDTH, size - index * WIDTH)
            data = tile("0", index, width)
            if len(data) not in (32 * width, 32 * WIDTH):
                raise notes.Refused("a tile of another length")
            hashes += [data[i * 32:i * 32 + 32] for i in range(width)]
        if root_of(self.h, hashes) != root:
            raise notes.Refused("the tiles do not lead to the root")
        for index in range(-(-size // WIDTH)):
            data, part = tile("entries", index, min(WIDTH, size - index * WIDTH)), []
            while data:
                length = int.from_bytes(data[:2], "big")
                if len(data) < 2 + length:
                    raise notes.Refused("a bundle is damaged")
                part.append(data[2:2 + length])
                data = data[2 + length:]
            texts += part
        if len(texts) < size or any(self.h(b"\0" + text) != leaf for text, leaf in zip(texts, hashes)):
            raise notes.Refused("an entry that is not of the tree")
        level, row = 0, hashes      # the tiles above are needed too
        while row:
            for index in range(-(-len(row) // WIDTH)):
                part = row[index * WIDTH:(index + 1) * WIDTH]
                data = tile(str(level), index, len(part))
                if data[:32 * len(part)] != b"".join(part):
                    raise notes.Refused("a tile above does not fit")
            row = [root_of(self.h, row[i:i + WIDTH]) for i in range(0, len(row) // WIDTH * WIDTH, WIDTH)]
            level += 1
        return texts[:size]

    def read_eras(self) -> list[dict]:
        kept = [f for f in self.files if is_kept(f)]
        policies = {sha(self.files[f]): self.files[f] for f in kept}

        def era(start, digest):
            data = policies.get(digest)
            policy = data is not None and self.policy(data)
            return {"from": start, "hash": digest, "data": data if policy else None, "policy": policy or None}
        eras = [era(i, e["hash"]) for i, e in self.entries.items() if not e["draw"] and e["file"] == "log-policy.txt"]
        if not eras and "log-policy.txt" in self.files:
            eras.append(era(0, sha(self.files["log-policy.txt"])))
        return eras

    def era_at(self, size: int):
        if not self.eras:
            return None
        return next((e for e in reversed(self.eras) if e["from"] < size), self.eras[0])["policy"]

    def knows(self, name: str, id_: bytes) -> bool:
        policies = [e["policy"] for e in self.eras if e["policy"]] + [self.pinned] * bool(self.pinned)
        return any((key.name, key.id) == (name, id_) for p in policies for key in [*p.logs, *p.witnesses.values()])

    def root_at(self, size: int) -> bytes:
        return root_of(self.h, self.leaves[:size])

    def sound(self) -> list[Seen]:
        return [s for s in self.seen if s.signed and not s.forged and s.size <= self.size]

    def latest(self):
        return max((s.at for s in self.sound() if s.at is not None), default=None)

    def place(self, draw: str, file: str) -> int | None:
        return next((i for i, e in self.entries.items() if (e["draw"], e["file"]) == (draw, file)), None)

    def late(self, index: int | None, is_late):
        vouched = [s.at for s in self.sound() if index is not None and s.size > index and s.at is not None]
        if vouched and not is_late(utc(min(vouched))):
            return None
        without = [s for s in self.sound() if index is None or s.size <= index]
        return next((s for s in sorted((s for s in without if s.at is not None), key=lambda s: s.at) if is_late(utc(s.at))), None)


def utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)


def in_china(moment: datetime):
    return (moment + timedelta(hours=8)).date()


def is_kept(file: str) -> bool:
    return file == "log-policy.txt" or file.startswith("policies/") or (file.startswith("keys/") and file.endswith("-policy.txt"))


# ---- the checks of audit.md --------------------------------------------------

class History:
    def __init__(self, root: Path, now: datetime, pinned, brought):
        folders = [p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".") and p.name not in ("log", "results")]
        is_draw = lambda p: any(f.name in draws.KNOWN for f in p.iterdir() if not f.name.startswith("."))
        self.cases = sorted((Case(p) for p in folders if is_draw(p)), key=lambda c: (c.key(), c.name))
        files = tiles.read_folder(root / "log")
        self.trail = Trail(files, pinned, brought) if files else None
        self.published = results.folder(root / "results")
        latest = self.trail.latest() if self.trail else None
        self.now = max(now, utc(latest)) if latest is not None else now
        self.found = []
        for case in self.cases:
            case.report = draws.verify(case.path)

    def say(self, place: str, evidence: str, fault: bool = True, state: str | None = None):
        self.found.append({"place": place, "state": state, "fault": fault, "evidence": evidence})

    def log(self) -> Trail:
        if self.trail is None:
            raise NotRun("there is no log")
        return self.trail

    def logged(self) -> Trail:
        if self.log().why is not None:
            raise NotRun("the entries cannot be read")
        return self.trail

    def lists_logged(self) -> dict:
        """Entries of lists of results by number, each with its place in the log."""
        found = defaultdict(list)
        for index, entry in self.trail.entries.items() if self.trail else ():
            number = None if entry["draw"] else results.file_number(entry["file"])
            if number:
                found[number].append((index, entry["hash"]))
        return found

    def before(self, case: Case):
        """The draw that closes with what the commitment names, and the name of that file."""
        closed = [(c, d.file) for c in self.cases for d in c.closings() if d.file in c.files]
        wanted, mine = case.commit["previous"], draws.draw_key(case.draw)
        for other, file in closed:
            if wanted != "none" and case.hash(other.files[file]).hex() == wanted:
                return other, file
            if wanted == "none" and other.draw and draws.draw_key(other.draw)[0] == mine[0] and draws.draw_key(other.draw) < mine:
                return other, file
        return None


def a01_log_files(h: History):
    if h.trail is None:
        named = [c for c in h.cases if c.commit and c.commit.get("log")]
        for case in named:
            h.say(case.name, "the commitment names a log, and there is none")
        if not named:
            raise NotRun("there is no log")
        return
    for file in ("checkpoint", "log-policy.txt"):
        if file not in h.trail.files:
            h.say(f"log/{file}", "missing")
    for file in sorted(h.trail.files):
        if not is_name(file):
            h.say(f"log/{file}", "no file of a log")


NAME = re.compile(
    "checkpoint|log-policy[.]txt|checkpoints/(?P<size>0|[1-9][0-9]*)|policies/[0-9a-f]{64}[.]txt"
    "|keys/key-(?P<policy>[0-9]{3}|[1-9][0-9]{3,})-policy[.]txt|keys/key-(?P<change>(?!000)[0-9]{3}|[1-9][0-9]{3,})[.]txt"
    "|tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?P<index>(?:(?!x000)x[0-9]{3}/(?:x[0-9]{3}/)*)?[0-9]{3})"
    "(?:[.]p/(?:[1-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5]))?")


def is_name(file: str) -> bool:
    """Whether log.md has a file of that name; numbers are below 2^63, 2^32 and 2^55."""
    found = NAME.fullmatch(file)
    limits = {"size": 63, "policy": 32, "change": 32, "index": 55}
    numbers = {key: re.sub("[x/]", "", text) for key, text in found.groupdict().items() if text} if found else {}
    return found is not None and all(len(n) < 25 and int(n) < 1 << limits[key] for key, n in numbers.items())


def a02_log_policies(h: History):
    trail = h.log()
    for era in trail.eras:
        if not era["policy"]:
            h.say("log/log-policy.txt", f"the policy {era['hash']} is not there or cannot be read")
    published = trail.files.get("log-policy.txt")
    if trail.eras and published is not None and trail.eras[-1]["hash"] != sha(published):
        h.say("log/log-policy.txt", "it is not the one that the log put into force")
    for file, data in sorted(trail.files.items()):
        if file.startswith("policies/") and file != f"policies/{trail.h(data).hex()}.txt":
            h.say(f"log/{file}", "not the hash of its name")
    kept = [data for file, data in trail.files.items() if is_kept(file)]
    for case in h.cases:
        named = case.commit and case.commit.get("log")
        if named and not any(case.hash(data).hex() == named for data in kept):
            h.say(case.name, f"the log policy {named} is not there")
    shape = lambda p: ([k.vkey for k in p.logs], [(n, k.vkey) for n, k in p.witnesses.items()], list(p.groups.items()), p.quorum)
    if trail.pinned and not any(e["policy"] and shape(e["policy"]) == shape(trail.pinned) for e in trail.eras):
        h.say("log/log-policy.txt", "none of the policies is the one given")


def a03_checkpoints(h: History):
    trail = h.log()
    for file, why in trail.damaged:
        h.say(f"log/{file}", why)
    for seen in trail.seen:
        place = f"log/{seen.file}"
        if not seen.signed:
            h.say(place, "not signed by the log")
        if seen.forged:
            h.say(place, f"false signatures of {seen.forged}")
        if seen.strangers and not seen.brought:
            h.say(place, f"signatures of strangers: {seen.strangers}")
        if trail.why is not None:
            continue
        if not seen.brought and seen.file not in ("checkpoint", f"checkpoints/{seen.size}"):
            h.say(place, "a checkpoint of another size")
        elif seen.size > trail.size:
            lost = seen.brought and seen.signed
            h.say(place, "larger than the log", lost, "FORK" if lost else None)
        elif trail.root_at(seen.size) != seen.root:
            h.say(place, "of another tree", state="FORK")
    roots = {}
    for seen in trail.seen:
        if seen.signed and roots.setdefault(seen.size, seen.root) != seen.root:
            h.say(f"log/{seen.file}", "two roots of one size", state="FORK")
    if trail.why is None:
        for old, new in zip(trail.sound(), trail.sound()[1:]):
            proven = (trail.root_at(old.size), trail.root_at(new.size)) == (old.root, new.root)
            # No proof leads from or to a root that is not of this tree; from nothing, everything follows.
            if not proven and not (old.size == new.size and old.root == new.root) and not (old.size == 0 and trail.root_at(0) == old.root):
                h.say(f"log/{new.file}", "not proven to continue the one before", state="FORK")


def a04_tiles(h: History):
    trail = h.log()
    if trail.why is not None:
        h.say("log/tile", trail.why)
        return
    allowed = {}
    for seen in trail.sound():
        if not seen.brought:
            allowed |= tile_files(trail.h, trail.texts, seen.size, True)
    allowed |= tile_files(trail.h, trail.texts, trail.size, False)
    for file, data in sorted(trail.files.items()):
        if file.startswith("tile/") and file not in allowed:
            h.say(f"log/{file}", "no signed checkpoint needs it", False)
        elif file.startswith("tile/") and allowed[file] != data:
            h.say(f"log/{file}", "not what the entries make it")


def a05_entries(h: History):
    trail = h.logged()
    for index, why in trail.odd:
        h.say(f"log/#{index}", why)
    if len({e["office"] for e in trail.entries.values()}) > 1:
        h.say("log/tile/entries", "entries of several offices")
    there = {}
    for index, entry in trail.entries.items():
        if entry["file"] != "log-policy.txt":
            first, digest = there.setdefault((entry["subject"], entry["file"]), (index, entry["hash"]))
            if first != index:
                h.say(f"log/#{index}", f"there as entry {first}", state=None if digest == entry["hash"] else "FORK")


def a06_logged(h: History):
    trail, by_draw = h.logged(), defaultdict(list)
    for entry in trail.entries.values():
        if entry["draw"]:
            by_draw[entry["draw"]].append(entry)
        elif entry["file"] != "log-policy.txt" and not results.file_number(entry["file"]):
            data = trail.files.get(f"keys/{entry['file']}")
            if data is None or sha(data) != entry["hash"]:
                h.say(f"log/keys/{entry['file']}", "not the file that the log has", state="FORK" if data is not None else None)
    for case in h.cases:
        entries = by_draw.get(case.draw, [])
        for document in case.documents:
            same = [e["hash"] for e in entries if e["file"] == document.file]
            if document.listed in same:
                continue
            if document.link:
                dated = document.link["moment"]
            elif document.file == "commit.txt" and case.commit:
                dated = case.commit["moment"]
            else:
                dated = next((c.link["moment"] for c in case.closings()[:1] if c.link), None)
            if same:
                h.say(case.name, f"{document.file} is not the one of the log", state="FORK")
            else:
                h.say(case.name, f"{document.file} is not in the log", dated is None or dated + DAY < h.now)
        for entry in entries:
            if not case.document(entry["file"]):
                h.say(case.name, f"{entry['file']} is in the log only", state="GAP")
    for draw in by_draw:
        if not any(case.draw == draw for case in h.cases):
            h.say(draw, "the log has it, and there is no folder", state="GAP")
    a06_lists(h)


def a06_lists(h: History):
    """Lists of results are documents of the office."""
    logged = h.lists_logged()
    for number, data in sorted(h.published.numbers.items()):
        place, hashes = f"results/{results.file_name(number)}", [digest for _, digest in logged.get(number, [])]
        told = h.published.read[number]
        if hashes and sha(data) not in hashes:
            h.say(place, "not the one of the log", state="FORK")
        elif not hashes:
            h.say(place, "not in the log", told is None or told.moment + DAY < h.now)
    for number in logged:
        if number not in h.published.numbers:
            h.say(f"results/{results.file_name(number)}", "in the log only")


def a07_log_order(h: History):
    trail = h.logged()
    for case in h.cases:
        if not case.draw:
            continue
        before = case.commit and h.before(case)
        places = [trail.place(before[0].draw, before[1])] if before and before[0].draw else []
        places += [trail.place(case.draw, d.file) for d in case.documents]
        places = [p for p in places if p is not None]
        for a, b in zip(places, places[1:]):
            if a >= b:
                h.say(case.name, f"entry {b} stands before entry {a}")
    a07_lists(h)


def a07_lists(h: History):
    """A list stands behind the one before, and behind what made the results in it public."""
    modes = {case.draw: case.commit["mode"] for case in h.cases[::-1] if case.commit}
    before = None
    for number, entries in sorted(h.lists_logged().items()):
        place, index, told = f"results/{results.file_name(number)}", entries[0][0], h.published.read.get(number)
        if before is not None and index < before:
            h.say(place, "stands before the list before")
        before = index
        for draw in told.draws() if told else []:
            public = draw in modes and h.trail.place(draw, "record.txt" if modes[draw] == "open" else "open.txt")
            if public and index < public:
                h.say(place, f"stands before what made {draw} public")


def a08_witnesses(h: History):
    trail, last = h.log(), {}
    own = [s for s in trail.sound() if not s.brought]
    for seen in own:
        for name, time in seen.times.items():
            # Another policy may call another witness by that name.
            key = trail.era_at(seen.size).witnesses[name].vkey
            size, earlier = last.get(key, (seen.size, time))
            if size < seen.size and earlier > time:
                h.say(f"log/{seen.file}", f"{name} went back in time")
            last[key] = (seen.size, time)
    if own and not own[-1].reached:
        h.say(f"log/{own[-1].file}", "not enough witnesses yet", False)


def a09_key_changes(h: History):
    trail = h.logged()
    for number, (old, new) in enumerate(zip(trail.eras, trail.eras[1:]), 1):
        file = f"keys/key-{number:03}.txt"
        try:
            if file not in trail.files:
                raise notes.Refused("it is not there")
            if not old["policy"] or not new["policy"]:
                raise notes.Refused("a policy is missing")
            note = notes.Note(trail.files[file])
            wrong = notes.check_change(note, old["data"], new["data"])
            fields = notes.change(note.text)
            entry = trail.entries.get(max(new["from"] - 1, 0), {})
            if wrong or int(fields["number"]) != number or HASHES[fields["suite"]] is not trail.h or entry.get("file") != f"key-{number:03}.txt":
                raise notes.Refused("; ".join(wrong) or "number, suite or place")
        except notes.Refused as error:
            h.say(f"log/{file}", str(error))
    changes = [f for f in trail.files if f.startswith("keys/") and not f.endswith("-policy.txt")]
    if len(changes) > max(len(trail.eras) - 1, 0):
        h.say("log/keys", "a change that is not in force", False)


def a10_numbers(h: History):
    if not h.cases:
        raise NotRun("there is no draw")
    years = defaultdict(set)
    for case in h.cases:
        if not case.commit:
            h.say(case.name, "no commitment that can be read", state="GAP")
        if case.draw:
            office, year, sequence = draws.draw_key(case.draw)
            years[office, year].add(sequence)
    for entry in h.trail.entries.values() if h.trail else ():
        if entry["draw"]:
            office, year, sequence = draws.draw_key(entry["draw"])
            years[office, year].add(sequence)
    for (office, year), there in sorted(years.items()):
        following = 1
        for sequence in sorted(there):
            if sequence > following:
                last = sequence - 1
                more = f"–{last:03}" if last > following else ""
                h.say(f"{office}/{year:04}/{following:03}{more}", "there is no folder", state="GAP")
            following = sequence + 1


def a11_predecessors(h: History):
    cases = [case for case in h.cases if case.commit]
    if not cases:
        raise NotRun("no commitment that can be read")
    for case in cases:
        found = h.before(case)
        if case.commit["previous"] == "none":
            if found:
                h.say(case.name, "calls itself the first, but one came before", state="FORK")
        elif not found:
            h.say(case.name, "what it follows is not here", state="GAP")


def a12_histories(h: History):
    kinds = [defaultdict(set) for _ in range(4)]
    numbers, closings, previous, after = kinds
    for case in (case for case in h.cases if case.draw):
        claim = lambda d: (case.name, d.file, d.listed)
        for document in case.documents:
            if document.link:
                after[document.link["after"]].add(claim(document))
            if document.file in ("record.txt", "void.txt"):
                closings[case.draw].add(claim(document))
            if document.file == "commit.txt":
                numbers[case.draw].add(claim(document))
                told = case.commit and case.commit["previous"]
                place = f"{case.name}/" if not told else f"{case.draw.split('/')[0]} none" if told == "none" else told
                previous[place].add(claim(document))
    if not any(case.documents for case in h.cases if case.draw):
        raise NotRun("there is no document")
    for kind in kinds:
        for before, claims in sorted(kind.items()):
            if len({digest for _, _, digest in claims}) > 1:
                for name in sorted({name for name, _, _ in claims}):
                    h.say(name, f"several follow {before}", state="FORK")


def a13_closings(h: History):
    cases = [case for case in h.cases if case.commit]
    if not cases:
        raise NotRun("no commitment that can be read")
    for case in cases:
        due, closing = draws.moment(case.commit["close-by"]), (case.closings() or [None])[0]
        if closing and closing.link and closing.link["moment"] > due:
            h.say(case.name, f"{closing.file} is late", state="OVERDUE")
        elif not closing and h.now > due:
            h.say(case.name, "not closed", state="OVERDUE")
        without(h, case, closing and closing.file, lambda time: time > due, "OVERDUE")


def without(h: History, case: Case, file: str | None, is_late, state: str):
    """Witnesses saw the log without the document when it was late."""
    if h.trail and h.trail.place(case.draw, "commit.txt") is not None:
        seen = h.trail.late(h.trail.place(case.draw, file) if file else None, is_late)
        if seen:
            h.say(case.name, f"witnesses saw the log without it at {utc(seen.at)}", state=state)


def a14_openings(h: History):
    for case in h.cases:
        if not case.commit or case.commit["mode"] != "sealed" or not case.document("record.txt") or case.document("void.txt"):
            continue
        due, opening = draws.day(case.commit["open-by"]), case.document("open.txt")
        if opening and opening.link and in_china(opening.link["moment"]) > due:
            h.say(case.name, "opened late", state="LATE-OPEN")
        elif not opening and in_china(h.now) > due:
            h.say(case.name, "not opened", state="LATE-OPEN")
        without(h, case, opening and "open.txt", lambda time: in_china(time) > due, "LATE-OPEN")


def read_void(case: Case) -> dict | None:
    try:
        return draws.READERS["void.txt"](case.files["void.txt"])
    except (KeyError, draws.Malformed):
        return None


def a15_voids(h: History):
    for case in h.cases:
        void = read_void(case)
        if not void:
            continue
        steps = [d.file for d in case.documents[:[d.file for d in case.documents].index("void.txt")]]
        h.say(case.name, f"after {(steps or ['-'])[-1]}: {void['reason']}", False, "VOID")
        following = [c for c in h.cases if c.commit and c.commit["previous"] == c.hash(case.files["void.txt"]).hex()]
        drawn = void.get("drawn")
        for other in following:
            carried = other.commit["carried"]
            if carried != drawn and not (carried and drawn and is_same_table(other, drawn)):
                h.say(case.name, f"{other.name} does not take over what it hands on")
            elif drawn:
                h.say(case.name, f"{other.name} took over what it hands on", False)
        if drawn and not following:
            h.say(case.name, "no draw has taken over yet what it hands on", False)


def is_same_table(case: Case, drawn: str) -> bool:
    """Whether carried.txt has this root and number of lines by another suite, that of a voided draw."""
    try:
        lines = [line for line, _ in draws.READERS["carried.txt"](case.files["carried.txt"])]
    except (KeyError, draws.Malformed):
        return False
    others = [suite for name, suite in draws.SUITES.items() if name != case.commit["suite"]]
    return drawn in [f"{suite.root('carry', lines)} {len(lines)}" for suite in others]


def a16_roster(h: History):
    last = None
    for case in h.cases:
        try:
            units = {row[0] for _, row in draws.READERS["units.txt"](case.files["units.txt"])}
        except (KeyError, draws.Malformed):
            continue
        if not case.draw:
            continue
        office = case.draw.split("/")[0]
        if last and last[0] == office and last[1] != units:
            gone, new = sorted(last[1] - units), sorted(units - last[1])
            h.say(case.name, f"gone: {len(gone)} {gone[:20]}, new: {len(new)} {new[:20]}", False)
        last = (office, units)


def a17_verified(h: History):
    if not h.cases:
        raise NotRun("there is no draw")
    for case in h.cases:
        for check in case.report["checks"]:
            if check["status"] == "fail":
                h.say(case.name, f"{check['id']} {check['name']}: {check['evidence']}")


def a18_results(h: History):
    logged = set(h.lists_logged())
    if not h.published.files and not logged:
        raise NotRun("no results are published")
    results.check(h.published, logged, h.cases, h.now, h.say)


CHECKS = [a01_log_files, a02_log_policies, a03_checkpoints, a04_tiles, a05_entries, a06_logged, a07_log_order,
          a08_witnesses, a09_key_changes, a10_numbers, a11_predecessors, a12_histories, a13_closings, a14_openings,
          a15_voids, a16_roster, a17_verified, a18_results]


def audit(root: Path, now: datetime, pinned=None, brought=()) -> dict:
    """Runs every check; the report that --json prints."""
    history, checks = History(root, now, pinned, list(brought)), []
    for check in CHECKS:
        history.found = []
        try:
            check(history)
            status, evidence = "fail" if any(f["fault"] for f in history.found) else "pass", ""
        except NotRun as error:
            status, evidence = "not-run", str(error)
        name = check.__name__[4:].replace("_", "-")
        checks.append({"id": check.__name__[:3].upper(), "name": name, "status": status, "evidence": evidence,
                       "findings": history.found})
    states = defaultdict(set)
    for finding in (f for check in checks for f in check["findings"] if f["state"]):
        states[finding["place"]].add(finding["state"])
    rows = []
    for case in history.cases:
        mine = states[case.name] | ({case.life()} if case.life() else set())
        mine -= {"OPEN"} if "OVERDUE" in mine else set()
        rows.append({"draw": case.draw or "-", "folder": case.name, "states": sorted(mine, key=STATES.index),
                     "verdict": case.report["verdict"], "commitment": case.report["commitment"],
                     "failed": [c["id"] for c in case.report["checks"] if c["status"] == "fail"]})
    names = {case.name for case in history.cases}
    for place in sorted(place for place in states if place not in names and "GAP" in states[place]):
        rows.append({"draw": place, "folder": "", "states": sorted(states[place], key=STATES.index),
                     "verdict": None, "commitment": None, "failed": []})
    rows.sort(key=lambda row: row["draw"])
    return {"now": history.now.strftime("%Y-%m-%dT%H:%M:%SZ"), "clean": all(c["status"] != "fail" for c in checks),
            "draws": rows, "checks": checks}


def main() -> int:
    parser = argparse.ArgumentParser(description="Audit an office's public folder, from docs/spec alone.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--log-policy", metavar="FILE", type=Path)
    parser.add_argument("--checkpoint", metavar="FILE", type=Path, action="append", default=[])
    parser.add_argument("--at", metavar="MOMENT")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.at is not None and not re.fullmatch(draws.MOMENT, options.at):
        parser.error("--at takes a moment such as 2027-01-31T00:00:00Z")
    try:
        now = draws.moment(options.at) if options.at else datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
        pinned = options.log_policy and notes.Policy(options.log_policy.read_bytes())
        brought = [Seen(str(path), True, path.read_bytes()) for path in options.checkpoint]
        report = audit(options.folder, now, pinned, brought)
        if not report["draws"] and all(c["status"] == "not-run" for c in report["checks"][:9]):
            raise FileNotFoundError("neither a draw nor a log")
    except (OSError, notes.Refused, draws.Malformed) as error:
        print(f"audit: {ascii(str(error))}", file=sys.stderr)
        return 3
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        for row in report["draws"]:
            print(f"{row['draw']:24} {row['folder']:12} {' '.join(row['states']):20} {row['verdict'] or '-'} {' '.join(row['failed'])}")
        for check in report["checks"]:
            print(f"{check['id']} {check['name']:14} {check['status']:8} {ascii(check['evidence'])[1:-1]}")
            for finding in check["findings"]:
                mark = "!" if finding["fault"] else "."
                print(f"    {mark} {ascii(finding['place'])[1:-1]} {finding['state'] or ''} {ascii(finding['evidence'])[1:-1][:400]}")
    return 0 if report["clean"] else 16


if __name__ == "__main__":
    sys.exit(main())
