#!/usr/bin/env python3
"""A second, independent check of a slip at the door (docs/spec/slip.md).

    python3 reference/slip.py FILE|TEXT... --certificate A --certificate B [--unit ID] [--on DATE]
                              [--record HEX] [--change HEX] [--log-policy FILE] [--json]

FILE is the slip's text, or holds the texts of its codes, one a line; TEXT is the text of
one code; - is standard input. Exit code: 0 true, 1 not true, 2 wrong usage, 3 no slip,
4 not everything is proved.
"""

import argparse
import json
import re
import sys
import zlib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import notes
import verify as v

MOST_BYTES = 64 * 1024
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PART = re.compile("YH1/([1-8])/([1-8])/([0-9A-F]{8})/(.*)/")


class Missing(Exception):
    """Codes that were not given."""


# ---- codes -------------------------------------------------------------------

def base45(text: str) -> bytes:
    """RFC 9285."""
    data = bytearray()
    for at in range(0, len(text), 3):
        digits = [ALPHABET.find(c) for c in text[at:at + 3]]
        value = sum(digit * 45 ** n for n, digit in enumerate(digits))
        width = len(digits) - 1
        if -1 in digits or not width or value >= 256 ** width:
            raise v.Malformed("not base45")
        data += value.to_bytes(width, "big")
    return bytes(data)


def join(lines: list[str]) -> bytes:
    """The text of a slip from the texts of its codes, in any order."""
    found = {}
    for line in filter(None, map(str.strip, lines)):
        match = PART.fullmatch(line)
        if not match or match[1] > match[2]:
            raise v.Malformed(f"no code of a slip: {line[:16]}")
        whole = found.setdefault("whole", (int(match[2]), match[3]))
        if whole != (int(match[2]), match[3]) or found.setdefault(int(match[1]), match[4]) != match[4]:
            raise v.Malformed("codes of different slips")
    count, name = found.pop("whole", (1, ""))
    missing = [str(n) for n in range(1, count + 1) if n not in found]
    if missing:
        raise Missing(f"codes are missing: {', '.join(missing)}")
    stream = zlib.decompressobj(-15)
    try:
        text = stream.decompress(base45("".join(found[n] for n in sorted(found))), MOST_BYTES)
    except zlib.error:
        raise v.Malformed("damaged codes") from None
    if not stream.eof or v.sha(text)[:8].upper() != name:
        raise v.Malformed("damaged codes")
    return text


# ---- the text ----------------------------------------------------------------

FORMS = {
    "drawn": f"({v.ID}) ({v.LABEL}) ({v.POSITIVE}) ({v.HEX}) ({v.HEX})",
    "team": v.TEAM,
    "inspector": f"({v.ID}) ({v.U32}) ({v.U32}) ({v.HEX})",
    "path": f"({v.NUM})((?: {v.HEX}){{0,64}})",
    "entry": f"({v.NUM})((?: {v.HEX}){{0,64}})",
    "certificate": f"({v.SALT}) ({v.HEX}) ({v.ID})",
    "change": "([1-9][0-9]{0,9})",
    "suite": "([^ ]+)",
}


class Slip:
    """A slip that has been read."""

    def __init__(self, data: bytes):
        self.lines = v.read_text(data, "yaohao/slip/v1")[::-1]
        self.suite = v.SUITES.get(self.take("suite")[1])
        if self.suite is None:
            raise v.Malformed("an unknown suite")
        self.drawn, self.path = self.take("drawn"), self.take("path")
        self.team = self.take("team", optional=True)
        self.number, self.change = None, None
        if self.team is None:
            self.number = int(self.take("change")[1])
            self.change = self.embedded("replacement")
            self.replacement = v.LATE_READERS[".txt"](self.change)
            self.team = re.fullmatch(v.TEAM, self.replacement["team"])
        self.members = []
        while self.next("inspector"):
            self.members.append((self.take("inspector"), self.take("path"), self.take("certificate")))
        self.record_text = self.embedded("record")
        self.record = v.READERS["record.txt"](self.record_text)
        self.entries, self.note = [], None
        if self.next("entry"):
            self.entries = [self.take("entry") for _ in range(1 + (self.change is not None))]
            text, signatures = self.embedded("checkpoint"), self.embedded("signature").decode().split("\n")[:-1]
            lines = "".join(f"\u2014 {line}\n" for line in signatures)
            self.note = notes.Note(text + b"\n" + lines.encode())
            self.origin, self.size, self.root = notes.checkpoint(self.note.text)
        if self.lines:
            raise v.Malformed(f"unexpected line {self.lines[-1][:80]}")
        if self.number is not None and self.number >= 1 << 32:
            raise v.Malformed("a number too large")
        self.draw, self.unit = self.record["draw"], self.drawn[1]
        self.numbers = [card[3] for _, _, card in self.members]
        self.names = [word.split("=")[1] for word in self.team[2].split(" ")]

    def next(self, word: str) -> bool:
        return bool(self.lines) and self.lines[-1].startswith(word + " ")

    def take(self, word: str, optional: bool = False):
        if not self.next(word):
            if optional:
                return None
            raise v.Malformed(f"there is no line '{word}' in its place")
        match = re.fullmatch(FORMS[word], self.lines.pop()[len(word) + 1:])
        if not match:
            raise v.Malformed(f"no form of a line '{word}'")
        return match

    def embedded(self, word: str) -> bytes:
        """The text of the lines behind a word."""
        text = ""
        while self.next(word):
            line = self.lines.pop()[len(word) + 1:]
            if line.startswith(" "):
                raise v.Malformed("two spaces")
            text += line + "\n"
        return text.encode()


# ---- the checks --------------------------------------------------------------

def lead(suite, leaf: bytes, path, size: int) -> str | None:
    """The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2)."""
    at, last, node = int(path[1]), size - 1, suite.digest(leaf)
    if at > last:
        return None
    for other in map(bytes.fromhex, path[2].split()):
        if last == 0:
            return None
        if at % 2 or at == last:
            node = suite.digest(b"\1" + other + node)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            node = suite.digest(b"\1" + node + other)
        at, last = at >> 1, last >> 1
    return node.hex() if last == 0 else None


def of_table(slip: Slip, kind: str, line: str, path, sealed: str) -> bool:
    root, count = sealed.split(" ")
    return lead(slip.suite, f"\0yaohao/{kind}/v1\n{line}\n".encode(), path, int(count)) == root


def s01_unit(slip: Slip, asked) -> str:
    v.must(of_table(slip, "result", slip.drawn[0], slip.path, slip.record["drawn"]), f"{slip.unit} was not drawn")
    v.must(asked.unit in (None, slip.unit), f"the slip of {slip.unit}")
    return slip.unit


def s02_day(slip: Slip, asked) -> str:
    first, last = slip.record["window"]
    v.must(first <= asked.on <= last, f"{asked.on} is not within {first} to {last}")
    return f"{asked.on} is within {first} to {last}"


def s03_certificates(slip: Slip, asked) -> str:
    for line, _, card in slip.members:
        name, (salt, rest, number) = line[1], card.groups()
        field = slip.suite.text("yaohao/field/v1", slip.draw, name, "certificate", salt, number)
        opened = slip.suite.text("yaohao/attributes/v1", name, f"certificate {field}", f"rest {rest}")
        v.must(opened == line[4], f"{number} is not the number committed for {name}")
    shown = {number.strip() for number in asked.certificate}
    v.must(shown <= set(slip.numbers), f"{shown - set(slip.numbers)} is not on the slip, which names {slip.numbers}")
    if len(shown) < 2:
        raise v.NotRun(f"two cards are to be compared; the slip names {', '.join(slip.numbers)}")
    return ", ".join(slip.numbers)


def s04_team(slip: Slip, asked) -> str:
    v.must(slip.team[1] == slip.unit, f"the team of {slip.team[1]}")
    if slip.change is None:
        opened = slip.suite.text("yaohao/team/v1", slip.draw, slip.team[0])
        v.must(opened == slip.drawn[5], "not the team that was drawn")
        return "as drawn"
    v.must(slip.replacement["draw"] == slip.draw, f"a late change of {slip.replacement['draw']}")
    return f"after late change {slip.number}"


def s05_inspectors(slip: Slip, asked) -> str:
    v.must([line[1] for line, _, _ in slip.members] == slip.names, "not the people of the team")
    for line, path, _ in slip.members:
        v.must(of_table(slip, "inspector", line[0], path, slip.record["inspectors"]), f"{line[1]} is on no list")
    return f"{len(slip.members)} people"


def s06_record(slip: Slip, asked) -> str:
    found = slip.suite.hash(slip.record_text)
    if asked.record is None:
        raise v.NotRun(f"no announced hash was given; this record is {found}")
    v.must(asked.record == found, f"announced was {asked.record}, this is {found}")
    if slip.change is not None:
        changed = v.sha(slip.change)
        if asked.change is None:
            raise v.NotRun(f"no published hash of the late change was given; it is {changed}")
        v.must(asked.change == changed, f"published was {asked.change}, this is {changed}")
    return found


def need_log(slip: Slip, asked):
    if slip.note is None:
        v.must(asked.policy is None, "the slip proves nothing about the log")
        raise v.NotRun("the slip proves nothing about a log")


def s07_log_inclusion(slip: Slip, asked) -> str:
    need_log(slip, asked)
    logged = [("record.txt", v.sha(slip.record_text))]
    if slip.change is not None:
        logged.append((f"replace-{slip.number:03}.txt", v.sha(slip.change)))
    for (name, found), path in zip(logged, slip.entries):
        entry = f"\0yaohao/entry/v1\ndraw {slip.draw}\nfile {name}\nhash {found}\n".encode()
        v.must(lead(slip.suite, entry, path, slip.size) == slip.root.hex(), f"{name} is not in the log")
    return f"{slip.origin}, {slip.size} entries"


def judged(slip: Slip, asked):
    need_log(slip, asked)
    if asked.policy is None:
        raise v.NotRun("no log policy was given")
    return asked.policy.judge(slip.note)


def s08_log_signature(slip: Slip, asked) -> str:
    signed, _, _, _, forged = judged(slip, asked)
    v.must(not forged, f"false signatures: {forged}")
    v.must(signed, f"{slip.origin} is no log of the policy, or has not signed")
    known = {(key.name, key.id) for key in [*asked.policy.logs, *asked.policy.witnesses.values()]}
    strangers = [name for name, key, _ in slip.note.lines if (name, key) not in known]
    v.must(not strangers, f"unknown signers: {strangers}")
    return slip.origin


def s09_witnesses(slip: Slip, asked) -> str:
    _, witnesses, reached, _, _ = judged(slip, asked)
    v.must(reached, f"too few witnesses: {', '.join(witnesses)}")
    return ", ".join(witnesses) or "none asked for"


CHECKS = [("unit", s01_unit), ("day", s02_day), ("certificates", s03_certificates), ("team", s04_team),
          ("inspectors", s05_inspectors), ("record", s06_record), ("log-inclusion", s07_log_inclusion),
          ("log-signature", s08_log_signature), ("witnesses", s09_witnesses)]


def check(slip: Slip, asked) -> dict:
    """Runs every check."""
    checks = []
    for number, (name, run) in enumerate(CHECKS, 1):
        try:
            status, evidence = "pass", run(slip, asked)
        except v.Fail as failure:
            status, evidence = "fail", str(failure)
        except v.NotRun as reason:
            status, evidence = "not-run", str(reason)
        checks.append({"id": f"S{number:02}", "name": name, "status": status, "evidence": evidence})
    passed = [c["status"] == "pass" for c in checks]
    if any(c["status"] == "fail" for c in checks):
        verdict = "failed"
    else:
        verdict = "verified" if all(passed[:5]) and (passed[5] or all(passed[6:])) else "incomplete"
    return {"draw": slip.draw, "unit": slip.unit, "certificates": slip.numbers, "verdict": verdict, "checks": checks}


# ---- the command -------------------------------------------------------------

def source(name: str) -> str:
    if name == "-":
        return sys.stdin.buffer.read().decode()
    return name if name.strip().startswith("YH1/") else Path(name).read_bytes().decode()


def read(names: list[str]) -> Slip:
    texts = [source(name) for name in names]
    lines = [line for text in texts for line in text.split("\n")]
    if any(line.strip().startswith("YH1/") for line in lines):
        return Slip(join(lines))
    if len(texts) != 1:
        raise v.Malformed("one slip at a time")
    return Slip(texts[0].encode())


def parser() -> argparse.ArgumentParser:
    today = (datetime.now(timezone.utc) + timedelta(hours=8)).date()
    parser = argparse.ArgumentParser(description="Checks a slip at the door.")
    parser.add_argument("slip", nargs="+", metavar="FILE|TEXT")
    parser.add_argument("--certificate", action="append", default=[], metavar="NUMBER")
    parser.add_argument("--unit", metavar="ID")
    parser.add_argument("--on", type=date.fromisoformat, default=today, metavar="DATE")
    parser.add_argument("--record", metavar="HEX")
    parser.add_argument("--change", metavar="HEX")
    parser.add_argument("--log-policy", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    return parser


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    try:
        asked.policy = notes.Policy(asked.log_policy.read_bytes()) if asked.log_policy else None
        report = check(read(asked.slip), asked)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 4
    except (OSError, v.Malformed, notes.Refused, UnicodeDecodeError) as error:
        print(f"no slip: {error}", file=sys.stderr)
        return 3
    if asked.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for c in report["checks"]:
            print(f"{c['status']:<8} {c['id']} {c['name']:<14} {c['evidence']}")
        print(f"{report['verdict']}: {report['draw']} {report['unit']} {', '.join(report['certificates'])}")
    return {"verified": 0, "failed": 1, "incomplete": 4}[report["verdict"]]


if __name__ == "__main__":
    sys.exit(main())
