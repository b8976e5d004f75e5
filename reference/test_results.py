"""Tests of published results (docs/spec/results.md): the form of a list, and A18 on small ones."""

import hashlib
import unittest
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import results

PAGE = (Path(__file__).resolve().parent.parent / "docs/spec/results.md").read_text("utf-8")
EXAMPLE = PAGE.split("```\n")[1]
ITEMS = "fire-exits=open,records=no-problem"


def changed(old: str, new: str) -> bytes:
    assert old in EXAMPLE, old
    return EXAMPLE.replace(old, new, 1).encode()


class Forms(unittest.TestCase):
    def test_the_example(self):
        told = results.List(EXAMPLE.encode())
        self.assertEqual((told.number, told.entries, told.draws()), (2, 41, ["example/2026/001"]))
        self.assertEqual([line.word for line in told.lines], ["again", "closed", "penalty", "result", "result"])

    def test_what_is_no_list(self):
        for old, new in [
            ("number 2", "number 1"), ("number 2", "number 0"), ("number 2", "number 4294967296"),
            ("journal 41 ", "journal 0 "), ("journal 41 ", "journal 4294967296 "), ("at 2026", "at 0000"),
            ("office example", "office other"), ("2026/reinspection/0003", "2026/reinspection/00003"),
            ("2026/penalty/0001", "2026/penalty/4294967296"), ("2026/penalty/0001", "0000/penalty/0001"),
            (" 5000 例", " 5000  例"), (" 5000 例", " 18446744073709551616 例"), (" 3 1 ", " 3 4 "),
            ("by-date=1,seal=1", "seal=1,by-date=1"), ("seal=1", "seal=0"), ("seal=1", "hanging=1"),
            (ITEMS, "-"), (ITEMS, "records=no-problem,fire-exits=open"), (ITEMS, "fire-exits=fine"),
            ("U00031 2026-01-13", "U00012 2026-01-14"), ("closed example/2026/001 U00007", "closed example/2026/001 U00012"),
            ("U00007\n", "U00007 \n"), ("closed example/2026/001", "closed example/2026/65536"),
        ]:
            self.assertIsNone(results.read(changed(old, new)), (old, new))

    def test_names(self):
        names = {"results-0001.txt": 1, "results-12345.txt": 12345, "results-4294967295.txt": 2**32 - 1}
        for name, number in names.items():
            self.assertEqual((results.file_number(name), results.file_name(number)), (number, name))
        for name in ["results-0000.txt", "results-001.txt", "results-00001.txt", "results-4294967296.txt", "results-0001.txt\n"]:
            self.assertIsNone(results.file_number(name), name)


class Checks(unittest.TestCase):
    """A18 beside a folder of two drawn units, recorded on 2026-01-05 and published at once."""

    def setUp(self):
        zeros, folder = "0" * 64, {}
        head = f"draw example/2026/001\nafter {zeros}\nat 2026-01-05T02:00:00Z\n"
        rows = "".join(f"{unit} key {rank} {zeros} {zeros}\n" for rank, unit in enumerate(["U1", "U2"], 1))
        folder["record.txt"] = (f"yaohao/record/v1\n{head}window 2026-01-10 2026-01-31\ninspectors {zeros} 1\n"
                                f"drawn {zeros} 2\nprices {zeros}\n").encode()
        folder["drawn.txt"] = f"yaohao/drawn/v1\n{rows}".encode()
        folder["items.txt"] = b"yaohao/items/v1\nitem exits\n"
        day = results.draws.day
        commit = {"draw": "example/2026/001", "mode": "open", "window": (day("2026-01-10"), day("2026-01-31"))}
        self.case = SimpleNamespace(name="2026-001", commit=commit, files=folder)
        self.lists = {}

    def add(self, *lines: str, at: str = "2026-02-06T02:00:00Z"):
        number = len(self.lists) + 1
        before = self.lists.get(results.file_name(number - 1))
        after = hashlib.sha256(before).hexdigest() if before else "none"
        text = f"yaohao/results/v1\noffice example\nnumber {number}\nafter {after}\nat {at}\njournal {number} {'0' * 64}\n"
        self.lists[results.file_name(number)] = (text + "".join(f"{line}\n" for line in sorted(lines))).encode()

    def found(self, now: str = "2026-02-10", logged=()) -> list[tuple]:
        said = []
        published = results.Published(self.lists)
        results.check(published, set(logged), [self.case], datetime.fromisoformat(now),
                      lambda place, evidence, fault=True: said.append((place.split("/")[-1], fault, evidence)))
        return said

    def faults(self, **given) -> list[str]:
        return [evidence for _, fault, evidence in self.found(**given) if fault]

    def test_nothing_wrong(self):
        self.add("result example/2026/001 U1 2026-01-12 0 0 - exits=no-problem")
        self.add("closed example/2026/001 U2", "again 2026/reinspection/0001 example/2026/001 U1 2026-02-01 0 0 - -")
        self.assertEqual(self.found(now="2026-06-01"), [("2026-001", False, "1 of 2 have a result, 1 ended without")])

    def test_a_line_that_takes_the_place_of_another(self):
        self.add("result example/2026/001 U1 2026-01-12 0 0 - exits=no-problem")
        self.add("closed example/2026/001 U1")
        self.assertEqual([evidence for _, _, evidence in self.found(now="2026-04-01")],
                         ["takes the place of what list 1 says", "0 of 2 have a result, 1 ended without"])
        self.assertIn("; 1 are missing", self.found(now="2026-04-02")[-1][2])

    def test_the_first_fault_of_a_line(self):
        for line, why in [
            ("closed example/2026/002 U1", "no such draw"), ("closed example/2026/001 U3", "not drawn"),
            ("result example/2026/001 U1 2026-01-04 0 0 - exits=open", "before the draw"),
            ("result example/2026/001 U1 2026-02-07 0 0 - other=open", "a day to come"),
            ("result example/2026/001 U1 2026-02-06 0 0 - other=open", "an item"),
            ("again 2026/reinspection/0001 example/2026/001 U1 2026-02-07 0 0 - -", "at nothing"),
            ("penalty 2026/penalty/0001 2026-02-07 - 0 1", "a day to come"),
        ]:
            self.lists = {}
            self.add(line)
            self.assertEqual(len(self.faults()), 1, line)
            self.assertIn(why, self.faults()[0])

    def test_before_it_was_public(self):
        self.add("closed example/2026/001 U1", at="2026-01-05T01:59:59Z")
        self.assertIn("not public", self.faults()[0])

    def test_the_chain(self):
        for _ in range(3):
            self.add("closed example/2026/001 U1")
        self.assertEqual(self.faults(logged=[1, 2, 3]), [])
        self.assertEqual(self.faults(logged=[7]), ["lists 4 to 7 are missing"])
        del self.lists["results-0002.txt"]
        self.assertEqual(self.faults(), ["lists 2 to 2 are missing"])
        self.lists["results-0002.txt"] = b"x\n"
        self.assertEqual(self.faults(), ["it does not read, or has another number", "after another list than the one before"])


if __name__ == "__main__":
    unittest.main()
