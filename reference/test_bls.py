"""Tests of bls.py, and of what verify.py makes of it: pulses that drand published.

    python3 -m unittest discover -s reference
"""

import json
import unittest
from datetime import date, datetime
from pathlib import Path

import bls
import verify as v

VECTORS = json.loads((Path(__file__).parent.parent / "tests/seed/drand.json").read_text())


def signatures(pulse, **changed):
    pulse = pulse | changed
    return [bytes.fromhex(pulse[word]) for word in ("previous_signature", "signature") if pulse[word]]


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:]


class Curve(unittest.TestCase):

    def test_constants(self):
        self.assertEqual(bls.P, 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab)
        for point, b in ((bls.G1, bls.B1), (bls.G2, bls.B2)):
            x, y = point
            self.assertEqual(y * y, x * x * x + b)
            self.assertIsNone(bls.times(bls.R, point))

    def test_hash_to_g1(self):
        # RFC 9380 J.9.1.
        tag = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_"
        for message, x in (
            (b"", 0x052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1),
            (b"abc", 0x03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903),
        ):
            self.assertEqual(bls.TO_CURVE_1.hash(message, tag)[0].a, x)

    def test_hash_to_g2(self):
        # RFC 9380 J.10.1.
        point = bls.TO_CURVE_2.hash(b"", b"QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_")
        self.assertEqual(point[0].a, 0x0141ebfbdca40eb85b87142e130ab689c673cf60f1a3e98d69335266f30d9b8d4ac44c1038e9dcdd5393faf5c41fb78a)

    def test_expand(self):
        # RFC 9380 K.1.
        self.assertEqual(bls.expand(b"", b"QUUX-V01-CS02-with-expander-SHA256-128", 32).hex(),
                         "68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235")

    def test_pairing_is_bilinear(self):
        p, q = bls.times(5, bls.G1), bls.times(7, bls.G2)
        self.assertTrue(bls.same_pairing(p, q, bls.times(35, bls.G1), bls.G2))
        self.assertFalse(bls.same_pairing(p, q, bls.times(36, bls.G1), bls.G2))

    def test_only_points_of_the_group(self):
        infinity = b"\xc0" + bytes(47)
        outside = b"\x80" + bytes(46) + b"\x04"          # on the curve, outside the subgroup
        above = (bls.P + 4 | 4 << 381).to_bytes(48, "big")
        for data in (infinity, outside, above, bytes(48), b"\xff" * 48, b"", bytes(47), bytes(96)):
            self.assertIsNone(bls.decompress(data, 48, bls.B1), data.hex())
        x = bls.Fp2(4)
        self.assertIsNotNone(bls.root_in_fp(x * x * x + bls.B1))
        self.assertIsNone(bls.decompress(b"\xc0" + bytes(95), 96, bls.B2))


class Pulses(unittest.TestCase):

    def test_published_pulses(self):
        self.assertGreaterEqual(len(VECTORS["pulses"]), 10)
        for pulse in VECTORS["pulses"]:
            with self.subTest(chain=pulse["chain"], round=pulse["round"]):
                self.assertTrue(v.is_signed(pulse["chain"], pulse["round"], signatures(pulse)))
                self.assertEqual(v.sha(bytes.fromhex(pulse["signature"])), pulse["randomness"])

    def test_wrong_rounds_and_replays(self):
        for chain in ("quicknet", "default"):
            a, b = [pulse for pulse in VECTORS["pulses"] if pulse["chain"] == chain][:2]
            self.assertFalse(v.is_signed(chain, a["round"] + 1, signatures(a)))
            self.assertFalse(v.is_signed(chain, a["round"], signatures(b)))
            self.assertFalse(v.is_signed(chain, a["round"], signatures(a, signature=b["signature"])))

    def test_flipped_bits(self):
        for chain, step in (("quicknet", 11), ("default", 23)):
            pulse = next(pulse for pulse in VECTORS["pulses"] if pulse["chain"] == chain)
            good = signatures(pulse)
            for part, data in enumerate(good):
                for at in range(0, len(data), step):
                    forged = [flipped(data, at) if i == part else other for i, other in enumerate(good)]
                    self.assertFalse(v.is_signed(chain, pulse["round"], forged), f"{chain} part {part} byte {at}")
            genesis, period, key = v.DRAND[chain]
            try:
                for at in range(0, len(key), step):
                    v.DRAND[chain] = genesis, period, flipped(key, at)
                    self.assertFalse(v.is_signed(chain, pulse["round"], good), f"{chain} key byte {at}")
            finally:
                v.DRAND[chain] = genesis, period, key

    def test_times(self):
        for time in VECTORS["times"]:
            genesis, period, _ = v.DRAND[time["chain"]]
            seconds = (v.due(f"drand {time['chain']} {time['round']}") - datetime(1970, 1, 1)).total_seconds()
            self.assertTrue(seconds <= time["seconds"] < seconds + period, time)


class Lotteries(unittest.TestCase):

    def test_drawings(self):
        # Drawings as announced (cwl.gov.cn), and with one thing wrong.
        for game, issue, when in (("ssq", 2022058, "2022-05-24"), ("ssq", 2023118, "2023-10-15"), ("kl8", 2026001, "2026-01-01"),
                                  ("dlt", 26001, "2026-01-03")):
            v.check_drawing(game, issue, date.fromisoformat(when))
        for game, issue, when in (("ssq", 2022058, "2022-05-25"), ("ssq", 2022058, "2023-05-23"), ("ssq", 2022000, "2022-05-24"),
                                  ("ssq", 2022063, "2022-05-24"), ("ssq", 2022001, "2022-01-01"), ("kl8", 2026002, "2026-01-01"),
                                  ("dlt", 2026001, "2026-01-03"), ("dlt", 26003, "2026-01-03"), ("dlt", 26001, "2026-01-04")):
            with self.subTest(game=game, issue=issue, when=when), self.assertRaises(v.Fail):
                v.check_drawing(game, issue, date.fromisoformat(when))


if __name__ == "__main__":
    unittest.main()
