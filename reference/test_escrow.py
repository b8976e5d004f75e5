"""Tests of groups.py and of V25: shares, sealed files, and what custodians open of a small whole draw."""

import itertools
import struct
import tempfile
import unittest
from pathlib import Path

import groups
import verify as v
from test_verify import Built

GROUP = groups.GROUPS["yaohao-1-sha256"]
CUSTODIANS = ["office", "witness", "archive"]
POLICY = '[escrow]\ncustodians = ["office", "witness", "archive"]\nthreshold = 2\n'


def number(byte: int, group=GROUP) -> int:
    return int.from_bytes(bytes([byte]) * 64, "little") % group.order


def seal(commit: str, name: str, nonce: str, room: int, files: dict) -> bytes:
    """A sealed file (escrow.md)."""
    head = "yaohao/sealed/v1\n" + "".join(f"{n} {len(data)}\n" for n, data in files.items())
    plain = (head.encode() + b"".join(files.values())).ljust(room, b"\0")
    key = bytes.fromhex(v.SHA256.text("yaohao/sealed-key/v1", commit, name, nonce))
    stream = b"".join(v.chacha_block(key, 1 + i) for i in range((len(plain) + 63) // 64))
    cipher = bytes(a ^ b for a, b in zip(plain, stream))
    padded = cipher + bytes(-len(cipher) % 16) + struct.pack("<2Q", 0, len(cipher))
    return cipher + v.poly1305(v.chacha_block(key, 0)[:32], padded)


class Escrowed(Built):
    """A sealed draw whose office's nonce is in escrow."""

    def __init__(self, **options):
        self.coefficients = [number(1), number(2)]
        self.points = [groups.point_of(GROUP, n) for n in self.coefficients]
        self.custodians, self.room, self.policy = CUSTODIANS, 4096, POLICY
        vars(self).update(options)
        super().__init__("sealed", issue="2026002", links=options.get("links", ()))

    def share(self, x: int) -> bytes:
        return GROUP.bytes(groups.share_of(GROUP, self.coefficients, x))

    def commit(self, helpers):
        self.nonces["office"] = GROUP.bytes(self.coefficients[0]).hex()
        super().commit(helpers)

    def text(self, name, tag, *lines):
        if name == "items.txt":
            self.files["policy.toml"] += self.policy.encode()
        if name == "commit.txt":
            point = groups.point_of(GROUP, self.coefficients[0])
            office = f"party office {self.suite.text('yaohao/nonce-point/v1', self.number, 'office', point)}"
            lines = [office if line.startswith("party office ") else line for line in lines]
            lines += [f"escrow {len(self.points)} {' '.join(self.points)}",
                      *(f"custodian {custodian}" for custodian in self.custodians), f"room {self.room}"]
        if name == "record.txt":
            self.sealed(v.SEALED, self.room, v.RESULT)
            lines = [*lines, f"sealed {self.suite.hash(self.files[v.SEALED])}"]
        found = super().text(name, tag, *lines)
        if name.startswith("replace-"):
            self.sealed(name.replace(".txt", ".sealed"), 2048, [name])
        return found

    def sealed(self, name, room, inside):
        self.files[name] = seal(self.committed, name, self.nonces["office"], room, {n: self.files[n] for n in inside})

    def sums(self):
        super().sums()
        lists = {"record.sha256": [*v.DRAW_STEP, v.SEALED]}
        late = [name for name in self.files if name.endswith(".sealed")]
        lists |= {name.replace(".sealed", ".sha256"): [name, name.replace(".sealed", ".txt")] for name in late}
        for name, files in lists.items():
            lines = "".join(f"{v.sha(self.files[n])}  {n}\n" for n in files if n in self.files)
            if name in self.files or name == "record.sha256":
                self.files[name] = lines.encode()

    def shut(self):
        """What is public before the opening."""
        gone = ["open.txt", "open.sha256", *v.RESULT]
        gone += [n for n in self.files if n.startswith("replace-") and n.endswith(".txt")]
        self.files = {name: data for name, data in self.files.items() if name not in gone}
        return self

    def recover(self, shares):
        with tempfile.TemporaryDirectory() as folder:
            for name, data in self.files.items():
                (Path(folder) / name).write_bytes(data)
            return v.recover(Path(folder), shares)


def links():
    found = [v.sha(b"chain")]
    for _ in range(3):
        found.insert(0, v.SHA256.text("yaohao/link/v1", "test/2026/001", "witness", found[0]))
    return found


class Groups(unittest.TestCase):

    def test_the_example_of_the_specification(self):
        page = (Path(__file__).parent.parent / "docs/spec/escrow.md").read_text(encoding="utf-8")
        coefficients = [number(1), number(2)]
        shown = [groups.point_of(GROUP, n) for n in coefficients] + [GROUP.bytes(coefficients[0]).hex()]
        shown += [GROUP.bytes(groups.share_of(GROUP, coefficients, x)).hex() for x in (1, 2, 3)]
        shown.append(v.SHA256.text("yaohao/nonce-point/v1", "example/2026/001", "office", shown[0]))
        for value in shown:
            self.assertIn(f"`{value}`", page)

    def test_shares_of_both_groups(self):
        for group, threshold in itertools.product(groups.GROUPS.values(), (2, 3)):
            coefficients = [number(7 + i, group) for i in range(threshold)]
            points = [groups.point_of(group, n) for n in coefficients]
            shares = {x: groups.share_of(group, coefficients, x) for x in range(1, 5)}
            for x, share in shares.items():
                self.assertTrue(groups.is_share(group, points, x, share))
                self.assertFalse(groups.is_share(group, points, x + 1, share))
                self.assertFalse(groups.is_share(group, points, x, share ^ 1))
            for chosen in itertools.combinations(shares, threshold):
                self.assertEqual(groups.combine(group, {x: shares[x] for x in chosen}), coefficients[0])
                fewer = {x: shares[x] for x in chosen[1:]}
                self.assertNotEqual(groups.combine(group, fewer), coefficients[0])

    def test_one_form(self):
        second = (GROUP.order + 5).to_bytes(32, "little")
        self.assertIsNone(GROUP.number(second))
        self.assertEqual(GROUP.number(bytes([5] + [0] * 31)), 5)
        self.assertIsNone(groups.point_of(GROUP, 0))
        identity, above_p = "01" + "00" * 31, "ee" + "ff" * 30 + "7f"
        negative_zero, order_2 = "01" + "00" * 30 + "80", "ec" + "ff" * 30 + "7f"
        order_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
        self.assertIsNotNone(GROUP.affine(order_8))
        for text in (identity, above_p, negative_zero, order_2, order_8, "02" + "00" * 31):
            self.assertIsNone(GROUP.point(text), text)
        # A point with a part of order 8 is none of the group either.
        mixed = GROUP.hex(GROUP.add(GROUP.base(), GROUP.affine(order_8)))
        self.assertIsNone(GROUP.point(mixed))
        self.assertIsNone(groups.GROUPS["yaohao-1-sm3"].point("00" * 33))

    def test_poly1305(self):
        # RFC 8439 section 2.5.2.
        key = bytes.fromhex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b")
        tag = v.poly1305(key, b"Cryptographic Forum Research Group")
        self.assertEqual(tag.hex(), "a8061dc1305136c6c22b8baf0c0127a9")


class Escrow(unittest.TestCase):

    def check(self, built, verdict, *failed):
        self.assertEqual((built.verify(), built.failed), (verdict, list(failed)))

    def test_opened_and_shut(self):
        for chain in ((), links()):
            self.check(Escrowed(links=chain), "verified")
            self.check(Escrowed(links=chain).shut(), "incomplete")

    def test_what_the_office_commits_to(self):
        other = [groups.point_of(GROUP, number(n)) for n in (3, 4)]
        three = [groups.point_of(GROUP, number(n)) for n in (1, 2, 3)]
        for options in ({"points": other}, {"points": three}, {"custodians": CUSTODIANS[:2]},
                        {"custodians": CUSTODIANS[::-1]}, {"policy": ""},
                        {"points": [groups.point_of(GROUP, number(1)), "01" + "00" * 31]}):
            with self.subTest(**options):
                self.check(Escrowed(**options), "failed", "V25")

    def test_sealed_files(self):
        base = Escrowed(links=links())
        for name in [n for n in base.files if n.endswith((".sealed", ".bin"))]:
            data = base.files[name]
            for other in (data[:100] + bytes([data[100] ^ 1]) + data[101:], data[:-1], b""):
                base.files[name] = other
                base.sums()
                self.assertEqual((base.verify(), base.failed[-1]), ("failed", "V25"))
            base.files[name] = data
        base.sums()
        self.check(base, "verified")

    def test_any_two_custodians_open_it(self):
        base = Escrowed(links=links())
        tables = {n: d for n, d in base.files.items() if n in v.RESULT or n.startswith("replace-") and n.endswith(".txt")}
        self.assertEqual(len(tables), 6)
        shut = base.shut()
        for pair in itertools.combinations((1, 2, 3), 2):
            found = shut.recover({x: base.share(x) for x in pair})
            self.assertEqual(found.pop("nonce").decode(), base.nonces["office"])
            self.assertEqual(found, tables)

    def test_no_other_shares_open_it(self):
        base, other = Escrowed(), Escrowed(coefficients=[number(5), number(6)], points=[
            groups.point_of(GROUP, number(n)) for n in (5, 6)])
        forged = bytes([base.share(2)[0] ^ 1]) + base.share(2)[1:]
        second_form = (int.from_bytes(base.share(2), "little") + GROUP.order).to_bytes(32, "little")
        for shares in ({1: base.share(1)}, {}, {1: base.share(1), 2: forged}, {1: base.share(1), 2: second_form},
                       {1: base.share(1), 2: other.share(2)}, {1: base.share(1), 4: base.share(4)},
                       {1: base.share(2), 2: base.share(1)}):
            self.assertIsNone(base.recover(shares))

    def test_the_nonce_opened_is_the_one_in_escrow(self):
        order = GROUP.order + number(1)
        for nonce in (GROUP.bytes(number(3)).hex(), order.to_bytes(32, "little").hex(), "00" * 32):
            built = Escrowed()
            built.files["open.txt"] = built.files["open.txt"].replace(built.nonces["office"].encode(), nonce.encode())
            built.sums()
            self.assertEqual((built.verify(), built.failed[0]), ("failed", "V14"))


if __name__ == "__main__":
    unittest.main()
