"""Tests of slip.py on slips of a small draw, written by the rules of docs/spec/slip.md."""

import contextlib
import io
import random
import tempfile
import unittest
import zlib
from pathlib import Path

import slip as s
import verify as v

DRAW = "test/2026/001"
PEOPLE = ["P01", "P02", "P03", "P04", "P05"]
UNITS = ["U1", "U2", "U3"]


def base45(data: bytes) -> str:
    text = ""
    for at in range(0, len(data), 2):
        value = int.from_bytes(data[at:at + 2], "big")
        for _ in range(len(data[at:at + 2]) + 1):
            text += s.ALPHABET[value % 45]
            value //= 45
    return text


def codes(text: str, count: int) -> list[str]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = base45(packer.compress(text.encode()) + packer.flush())
    each = -(-len(data) // count)
    name = v.sha(text.encode())[:8].upper()
    return [f"YH1/{n + 1}/{count}/{name}/{data[n * each:(n + 1) * each]}/" for n in range(count)]


class World:
    """Three drawn units, five inspectors."""

    def __init__(self, suite="yaohao-1-sha256"):
        self.name, self.suite = suite, s.v.SUITES[suite]
        self.inspectors = [f"{p} 9 0 {self.attributes(p)}" for p in PEOPLE]
        self.teams = {u: f"{u} {i:032x} lead={PEOPLE[i]} assistant={PEOPLE[i + 1]}" for i, u in enumerate(UNITS)}
        self.drawn = [f"{u} small {i + 1} {'c' * 64} {self.suite.text('yaohao/team/v1', DRAW, self.teams[u])}"
                      for i, u in enumerate(UNITS)]
        self.record = [
            "yaohao/record/v1", f"draw {DRAW}", f"after {'a' * 64}", "at 2026-11-24T00:00:00Z",
            "window 2026-12-01 2026-12-31", f"inspectors {self.path('inspector', self.inspectors, 0)[0]} 5",
            f"drawn {self.path('result', self.drawn, 0)[0]} 3", f"prices {'d' * 64}"]
        self.record_id = self.suite.text(*self.record)

    def field(self, person):
        return self.suite.text("yaohao/field/v1", DRAW, person, "certificate", "e" * 32, f"C-{person}")

    def attributes(self, person):
        return self.suite.text("yaohao/attributes/v1", person, f"certificate {self.field(person)}", f"rest {'f' * 64}")

    def path(self, kind, lines, at):
        """Root and neighbours, by the recursion of RFC 6962 and not by levels."""
        leaves = [self.suite.digest(f"\0yaohao/{kind}/v1\n{line}\n".encode()) for line in lines]

        def tree(part):
            if len(part) == 1:
                return part[0]
            k = 1 << (len(part) - 1).bit_length() - 1
            return self.suite.digest(b"\1" + tree(part[:k]) + tree(part[k:]))

        def climb(part, n):
            if len(part) == 1:
                return []
            k = 1 << (len(part) - 1).bit_length() - 1
            return climb(part[:k], n) + [tree(part[k:])] if n < k else climb(part[k:], n - k) + [tree(part[:k])]

        return tree(leaves).hex(), " ".join([str(at), *(node.hex() for node in climb(leaves, at))])

    def text(self, unit, people=None, late=None):
        at = UNITS.index(unit)
        lines = ["yaohao/slip/v1", f"suite {self.name}", f"drawn {self.drawn[at]}",
                 f"path {self.path('result', self.drawn, at)[1]}"]
        lines += [f"team {self.teams[unit]}"] if late is None else ["change 1", *(f"replacement {x}" for x in late)]
        for person in people or PEOPLE[at:at + 2]:
            rank = PEOPLE.index(person)
            lines += [f"inspector {self.inspectors[rank]}", f"path {self.path('inspector', self.inspectors, rank)[1]}",
                      f"certificate {'e' * 32} {'f' * 64} C-{person}"]
        return "".join(f"{line}\n" for line in lines + [f"record {line}" for line in self.record])


class Slips(unittest.TestCase):
    def run_on(self, text, *arguments, cards=("C-P01", "C-P02")):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "slip.txt").write_bytes(text.encode() if isinstance(text, str) else text)
            cards = [word for card in cards for word in ("--certificate", card)]
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                code = s.main([f"{folder}/slip.txt", "--on", "2026-12-08", *cards, *arguments])
        failed = [line.split()[1] for line in out.getvalue().splitlines() if line.startswith("fail ")]
        return code, failed

    def test_a_slip_is_true(self):
        for suite in s.v.SUITES:
            world = World(suite)
            announced = "--record", world.record_id
            for at, unit in enumerate(UNITS):
                cards = [f"C-{p}" for p in PEOPLE[at:at + 2]]
                self.assertEqual(self.run_on(world.text(unit), *announced, "--unit", unit, cards=cards), (0, []))
            self.assertEqual(self.run_on(world.text("U1")), (4, []))
            self.assertEqual(self.run_on(world.text("U1"), *announced, cards=["C-P01"]), (4, []))

    def test_attacks(self):
        world = World()
        announced = "--record", world.record_id
        good = world.text("U1")
        for name, text, arguments, failed in [
            ("another unit", world.text("U2"), ["--unit", "U1"], ["S01", "S03"]),
            ("another place", good.replace("\npath 0 ", "\npath 1 ", 1), [], ["S01"]),
            ("another day", good, ["--on", "2027-01-01"], ["S02"]),
            ("another number", good.replace(" C-P01\n", " C-P09\n"), [], ["S03"]),
            ("another team", good.replace("assistant=P02", "assistant=P03"), [], ["S04", "S05"]),
            ("a colleague", world.text("U1", ["P01", "P03"]), [], ["S03", "S05"]),
            ("another record", good.replace("d" * 64, "0" * 64), [], ["S06"]),
            ("another draw", good.replace("record draw test/2026/001", "record draw test/2026/002"), [],
             ["S03", "S04", "S06"]),
        ]:
            self.assertEqual(self.run_on(text, *announced, *arguments), (1, failed), name)
        self.assertEqual(self.run_on(good, *announced, cards=["C-P01", "C-P02", "C-P03"]), (1, ["S03"]))

    def test_a_late_change(self):
        world = World()
        late = ["yaohao/replacement/v1", f"draw {DRAW}", f"after {'a' * 64}", "at 2026-12-02T00:00:00Z",
                f"link witness {'b' * 64}", "stand-in P04", f"team U1 {'9' * 32} lead=P01 assistant=P04"]
        text = world.text("U1", ["P01", "P04"], late)
        changed = v.sha("".join(f"{line}\n" for line in late).encode())
        announced = "--record", world.record_id
        self.assertEqual(self.run_on(text, *announced, "--change", changed, cards=["C-P01", "C-P04"]), (0, []))
        self.assertEqual(self.run_on(text, *announced, cards=["C-P01", "C-P04"]), (4, []))
        self.assertEqual(self.run_on(text, *announced, "--change", changed), (1, ["S03"]))
        self.assertEqual(self.run_on(text, *announced, "--change", "0" * 64, cards=["C-P01", "C-P04"]), (1, ["S06"]))

    def test_one_changed_byte_anywhere(self):
        world = World()
        text = world.text("U1").encode()
        random.seed(1)
        for at in range(len(text)):
            changed = bytearray(text)
            changed[at] ^= 1 << random.randrange(7)
            code, _ = self.run_on(bytes(changed), "--record", world.record_id)
            self.assertIn(code, (1, 3), f"byte {at}")

    def test_forms(self):
        good = World().text("U1")
        for text in ["", "yaohao/slip/v1\n", good[:-1], good + "x\n", good.replace("\n", "\r\n"), "\ufeff" + good,
                     good.replace("suite yaohao-1-sha256", "suite yaohao-1-md5"), good.replace("drawn U1", "drawn  U1"),
                     good.replace("team ", "change 1\nteam "), good.replace("record window", "record  window")]:
            self.assertEqual(self.run_on(text)[0], 3, text[:40])

    def test_codes(self):
        world = World()
        text = world.text("U1")
        for plain, coded in [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")]:
            self.assertEqual((s.base45(coded), base45(plain)), (plain, coded))
        for wrong in ["A", "GGW0", ":::", "::", "bb8"]:
            with self.assertRaises(v.Malformed):
                s.base45(wrong)
        parts = codes(text, 3)
        self.assertEqual(s.join([parts[2], parts[0], "", f" {parts[1]}\r", parts[0]]), text.encode())
        self.assertEqual(self.run_on("\n".join(parts), "--record", world.record_id)[0], 0)
        with self.assertRaises(s.Missing):
            s.join(parts[1:])
        for wrong in [[parts[0][:-1], *parts[1:]], [codes(world.text("U2"), 3)[0], *parts[1:]],
                      [parts[0].replace("YH1", "YH2"), *parts[1:]], codes("x" * (1 << 17), 1)]:
            with self.assertRaises(v.Malformed):
                s.join(wrong)


if __name__ == "__main__":
    unittest.main()
