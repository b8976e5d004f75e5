"""Tests of roll.py on small rolls, written by the rules of docs/spec/roll.md."""

import shutil
import tempfile
import unittest
from pathlib import Path

import roll as r
import tiles
import verify as v
from test_slip import World as Door

DRAW = "test-roll/2026/001"
POLICY = """
[office]
id = "test"
suite = "{suite}"
parties = ["office", "witness"]
[draw]
items = []
publish = ["class", "town"]
close_within_days = 7
open_within_days = 1
margin_minutes = 30
[team]
slots = ["lead", "assistant"]
[workload]
[[stratum]]
id = "big"
classes = ["旅馆"]
quota = "1/6"
[[stratum]]
id = "small"
classes = ["旅馆"]
quota = 5
[[town]]
code = "500112001"
zone = "z1"
[[town]]
code = "500112002"
zone = "z2"
[[beacon]]
kind = "dice"
sides = 10
rolls = 20
"""


class World:
    """A roll of so many lines, with its draw, in a folder."""

    def __init__(self, folder: Path, count: int = 300, suite: str = "yaohao-1-sha256", change=lambda line: line,
                 policy=lambda text: text):
        self.folder, self.name, self.suite = folder, suite, v.SUITES[suite]
        standings = ["big", "small/z1", "small/z2", "excluded:inactive"]
        self.standing = {f"U{n:05}": standings[n % 4] for n in range(1, 2 * count, 2)}
        self.units = [change(f"{u} {standing} {'a' * 64} town=50011200{2 if standing == 'small/z2' else 1} class=旅馆")
                      for u, standing in self.standing.items()]
        policy, items = policy(POLICY.format(suite=suite)).encode(), b"yaohao/items/v1\n"
        pools = {s: list(self.standing.values()).count(s) for s in sorted(set(self.standing.values()))}
        self.strata = {s: (n, *self.wanted(s, pools)) for s, n in pools.items() if ":" not in s}
        commit = [
            "yaohao/roll/v1", f"draw {DRAW}", "previous none", f"suite {suite}", "software test",
            "committed 2026-10-09T01:00:00Z", "window 2026-11-01 2026-11-30", "close-by 2026-10-16T01:00:00Z",
            "margin 30", f"policy {self.suite.hash(policy)}", f"items {self.suite.hash(items)}",
            f"units {self.table('tile', 'roll-unit', self.units)}", "quota big 1/6 up 0 -", "quota small 5 - 0 -",
            *(f"stratum {s} {n} {k} {m}" for s, (n, k, m) in self.strata.items()),
            *(f"excluded {s.split(':')[1]} {n}" for s, n in pools.items() if ":" in s), "beacon dice 10 20",
            *(f"party {p} {self.suite.text('yaohao/nonce/v1', DRAW, p, d * 64)}" for p, d in (("office", "1"), ("witness", "2")))]
        self.put("policy.toml", policy)
        self.put("items.txt", items)
        self.commit = self.text("commit.txt", commit)
        dice = "outcome dice 10 20 : 3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4"
        ceremony = self.text("ceremony.txt", self.head("ceremony", self.commit, "01:00") + [dice])
        nonces = [f"nonce office {'1' * 64}", f"nonce witness {'2' * 64}"]
        reveal = self.text("reveal.txt", self.head("reveal", ceremony, "02:00") + nonces)
        beacon = "beacon " + dice.removeprefix("outcome ")
        self.seed = v.Seed(self.suite.text("yaohao/seed/v1", self.commit, beacon, *nonces), self.suite)
        self.drawn = []
        for label, (_, k, m) in self.strata.items():
            tickets = sorted((self.seed.text("yaohao/ticket/v1", label, u), u) for u, s in self.standing.items() if s == label)
            self.drawn += [f"{u} {label} {rank} {ticket}" for rank, (ticket, u) in enumerate(tickets[:k + m], 1)]
        self.text("drawn.txt", ["yaohao/roll-drawn/v1", *self.drawn])
        sealed = self.table("drawn/tile", "roll-result", self.drawn)
        self.record = self.text("record.txt", self.head("roll-record", reveal, "03:00") + [f"drawn {sealed}"])

    @staticmethod
    def wanted(label: str, pools: dict) -> tuple:
        rule = label.split("/")[0]
        mine = {s: n for s, n in pools.items() if s.split("/")[0] == rule}
        shares = v.quota_shares(*("1/6 up 0 -" if rule == "big" else "5 - 0 -").split(" "), mine) if ":" not in label else {label: 0}
        return shares[label], min(2, pools[label] - shares[label])

    def head(self, tag: str, after: str, at: str) -> list:
        return [f"yaohao/{tag}/v1", f"draw {DRAW}", f"after {after}", f"at 2026-10-10T{at}:00Z"]

    def put(self, name: str, data: bytes):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def text(self, name: str, lines: list) -> str:
        self.put(name, "".join(line + "\n" for line in lines).encode())
        return self.suite.hash((self.folder / name).read_bytes())

    def table(self, where: str, kind: str, lines: list) -> str:
        for at in range(0, len(lines), 256):
            entries = [f"yaohao/{kind}/v1\n{line}\n".encode() for line in lines[at:at + 256]]
            data = b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
            self.put(f"{where}/entries/{tiles.place(at // 256, len(entries))}", data)
        level, hashes = 0, [self.suite.digest(f"\0yaohao/{kind}/v1\n{line}\n".encode()) for line in lines]
        while hashes:
            for at in range(0, len(hashes), 256):
                part = hashes[at:at + 256]
                self.put(f"{where}/{level}/{tiles.place(at // 256, len(part))}", b"".join(part))
            full, level = len(hashes) // 256 * 256, level + 1
            hashes = [self.joined(hashes[at:at + 256]) for at in range(0, full, 256)]
        return f"{self.suite.root(kind, lines)} {len(lines)}"

    def joined(self, hashes: list) -> bytes:
        if len(hashes) == 1:
            return hashes[0]
        half = len(hashes) // 2
        return self.suite.digest(b"\1" + self.joined(hashes[:half]) + self.joined(hashes[half:]))

    def void(self, last: str, *lines: str):
        """Gives the roll up behind the document that is named; without the documents behind it."""
        documents = ["commit.txt", "ceremony.txt", "reveal.txt", "record.txt", "drawn.txt"]
        for name in documents[documents.index(last) + 1:]:
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / "drawn", ignore_errors=True)
        self.text("void.txt", self.head("void", self.suite.hash((self.folder / last).read_bytes()), "04:00") + list(lines))

    def placed(self, word: str, kind: str, lines: list, at: int) -> list:
        return [f"{word} {lines[at]}", f"path {Door.path(self, kind, lines, at)[1]}"]

    def slip(self, unit: str) -> str:
        lines, ids = ["yaohao/roll-slip/v1", f"draw {DRAW}", f"commit {self.commit}"], list(self.standing)
        if unit not in ids:
            at = sum(u < unit for u in ids)
            lines.append(f"absent {unit}")
            lines += self.placed("before", "roll-unit", self.units, at - 1) if at else []
            lines += self.placed("after", "roll-unit", self.units, at) if at < len(ids) else []
        else:
            lines += self.placed("unit", "roll-unit", self.units, ids.index(unit))
            label, drawn = self.standing[unit], [line.split(" ")[0] for line in self.drawn]
            if label in self.strata:
                lines.append(f"record {self.record}")
                mine = [at for at, line in enumerate(self.drawn) if line.split(" ")[1] == label]
                lines += self.placed("listed", "roll-result", self.drawn, drawn.index(unit)) if unit in drawn else \
                    self.placed("last", "roll-result", self.drawn, mine[-1]) if mine else []
        return "".join(line + "\n" for line in lines)

    def check(self, text: str, **asked) -> dict:
        return r.check_slip(text.encode(), self.folder, announced=self.commit, **asked)


class Rolls(unittest.TestCase):
    def setUp(self):
        self.at = tempfile.TemporaryDirectory()
        self.addCleanup(self.at.cleanup)

    def world(self, *arguments) -> World:
        return World(Path(self.at.name) / str(len(list(Path(self.at.name).iterdir()))), *arguments)

    def failed(self, world: World, name: str, change) -> list:
        before = (world.folder / name).read_bytes()
        world.put(name, change(before))
        checks = r.verify_roll(world.folder, world.commit)["checks"]
        world.put(name, before)
        return [check["id"] for check in checks if check["status"] == "fail"]

    def test_rolls_verify(self):
        for arguments in ((1,), (40,), (300,), (40, "yaohao-1-sm3")):
            world = self.world(*arguments)
            report = r.verify_roll(world.folder, world.commit)
            self.assertEqual(report["verdict"], "verified", report)

    def test_what_is_changed_fails_where_it_should(self):
        world = self.world()
        self.assertEqual(self.failed(world, "policy.toml", lambda b: b + b"x"), ["R03"])
        self.assertEqual(self.failed(world, "items.txt", lambda b: b + b" \n"), ["R01", "R03"])
        self.assertEqual(self.failed(world, "tile/entries/000", lambda b: b.replace(b"U00003", b"U00004")), ["R04", "R12"])
        self.assertEqual(self.failed(world, "tile/entries/000", lambda b: b.replace(b"U00003", b"U00001")), ["R04"])
        self.assertEqual(self.failed(world, "drawn.txt", lambda b: b"".join(b.splitlines(True)[:-1])), ["R10", "R11", "R12"])
        self.assertIn("R08", self.failed(world, "ceremony.txt", lambda b: b.replace(b" 9 7 ", b" 9 11 ")))
        self.assertEqual(self.failed(world, "reveal.txt", lambda b: b.replace(b"1" * 64, b"3" * 64)), ["R07", "R09"])
        self.assertEqual(self.failed(world, "record.txt", lambda b: b.replace(b"2026-10-10", b"2026-10-20")), ["R07"])

    def test_tiles_are_those_of_the_lines(self):
        world = self.world()
        for name in ("tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"):
            self.assertEqual(self.failed(world, name, lambda b: b[:-1] + b"x"), ["R12"])
            self.assertEqual(self.failed(world, name, lambda b: b + b"x"), ["R12"])
        for path in sorted((world.folder / "drawn").rglob("*.p/*")):
            self.assertEqual(self.failed(world, str(path.relative_to(world.folder)), lambda b: b[:-1] + b"x"), ["R12"])
        (world.folder / "tile/0/000").unlink()
        self.assertEqual(self.statuses(world, "fail"), ["R12"])
        shutil.rmtree(world.folder / "tile")
        self.assertEqual(self.statuses(world, "not-run"), ["R04", "R05", "R10", "R12"])

    def test_lines_are_as_strict_as_texts(self):
        def made(old: str, new: str) -> World:
            return self.world(300, "yaohao-1-sha256", lambda line: line.replace(old, new) if line.startswith("U00005") else line)
        for old, new in ((" class", "  class"), ("旅馆", "旅馆 "), ("旅馆", "旅\t馆"), ("aaaa ", "aaaA "),
                         ("town=500112001 class=旅馆", "class=旅馆 town=500112001"), ("small/z1", "small/z3")):
            self.assertEqual(self.statuses(made(old, new), "fail"), ["R04"], new)
        for old, new in ((" class=旅馆", ""), ("旅馆", "商店"), ("500112001", "500112002"), ("500112001", "500112009")):
            self.assertEqual(self.statuses(made(old, new), "fail"), ["R05"], new)

    def test_the_commitment_says_what_the_policy_says(self):
        for old, new in (('"test"', '"best"'), ('"witness"', '"public"'), ("= 7", "= 8"), ("= 30", "= 29"), ("quota = 5", "quota = 6"),
                         ("sides = 10", "sides = 20")):
            self.assertEqual(self.statuses(self.world(60, "yaohao-1-sha256", str, lambda t: t.replace(old, new)), "fail"), ["R03"])
        self.assertEqual(self.statuses(self.world(60, "yaohao-1-sha256", str, lambda t: t.replace("[office]", "[")), "not-run"), ["R05"])

    def test_a_void_is_where_it_may_be(self):
        for last, lines, wanted in (
                ("commit.txt", ["reason register"], "verified"), ("commit.txt", ["reason party"], "verified"),
                ("ceremony.txt", ["reason party"], "verified"), ("ceremony.txt", ["reason policy"], "failed"),
                ("reveal.txt", ["reason party"], "failed"), ("reveal.txt", ["reason beacon"], "failed"),
                ("record.txt", ["reason beacon"], "failed"), ("drawn.txt", ["reason beacon"], "failed"),
                ("commit.txt", ["reason register", f"nonce office {'1' * 64}"], "failed"),
                ("commit.txt", ["reason register", f"drawn {'1' * 64} 1"], "failed")):
            world = self.world(60)
            world.void(last, *lines)
            self.assertEqual(r.verify_roll(world.folder, world.commit)["verdict"], wanted, (last, lines))

    def statuses(self, world: World, status: str) -> list:
        return [check["id"] for check in r.verify_roll(world.folder, world.commit)["checks"] if check["status"] == status]

    def test_every_slip_is_true(self):
        world = self.world(60)
        for unit in [*world.standing, "U00000", "U00002", "U99999"]:
            report = world.check(world.slip(unit), unit=unit)
            self.assertEqual(report["verdict"], "verified", report)

    def test_no_slip_stands_for_another(self):
        world = self.world(60)
        drawn = {line.split(" ")[0] for line in world.drawn}
        lucky = next(u for u in world.standing if u in drawn)
        label = world.standing[lucky]
        other = next(u for u, s in world.standing.items() if s == label and u not in drawn)
        yes, no = world.slip(lucky).splitlines(True), world.slip(other).splitlines(True)
        for text in (yes[:6] + no[6:], no[:6] + yes[6:], yes[:6], no[:6], no[:3] + yes[3:5] + no[5:]):
            self.assertEqual(world.check("".join(text))["verdict"], "failed", text)
        self.assertEqual(world.check("".join(yes[:5]))["verdict"], "incomplete")
        absent = world.slip("U00002")
        self.assertEqual(world.check(absent.replace("absent U00002", "absent U00006"))["verdict"], "failed")
        self.assertEqual(world.check(absent, unit="U00004")["verdict"], "failed")
        self.assertEqual(world.check(absent, record=None)["verdict"], "verified")


if __name__ == "__main__":
    unittest.main()
