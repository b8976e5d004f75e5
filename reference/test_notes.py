"""Tests of notes.py: published vectors, our known notes, strictness.

    python3 -m unittest discover -s reference
"""

import unittest
from pathlib import Path

import notes as n

KNOWN = Path(__file__).parent.parent / "tests" / "note" / "known"
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
LINE = "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
EXAMPLE = f"This is an example message.\n\n{LINE}\n"
h = bytes.fromhex


def read(name):
    return (KNOWN / name).read_bytes()


class Vectors(unittest.TestCase):
    def test_sm3(self):
        # GB/T 32905-2016 annex A.
        self.assertEqual(n.sm3(b"abc").hex(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        self.assertEqual(n.sm3(b"abcd" * 16).hex(), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")

    def test_ed25519(self):
        # RFC 8032 section 7.1, tests 1 and 2.
        for public, message, signature in [
            ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
            ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
             "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        ]:
            self.assertTrue(n.ed25519_verifies(h(public), h(message), h(signature)))
            self.assertFalse(n.ed25519_verifies(h(public), h(message) + b"x", h(signature)))
            # S + L is the same number modulo L, and another signature.
            s = int.from_bytes(h(signature)[32:], "little") + n.L
            self.assertFalse(n.ed25519_verifies(h(public), h(message), h(signature)[:32] + s.to_bytes(32, "little")))

    def test_ed25519_keys_that_are_none(self):
        for y in [0, 1, n.P - 1, n.P, n.P + 3, 2**255 - 1]:
            self.assertFalse(n.is_ed25519_key(y.to_bytes(32, "little")), y)
        self.assertTrue(n.is_ed25519_key((3).to_bytes(32, "little")))

    def test_sm2(self):
        # GB/T 32918.5-2017 annex A.
        public = h("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                   "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
        signature = h("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                      "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
        self.assertTrue(n.sm2_verifies(public, b"message digest", signature))
        self.assertFalse(n.sm2_verifies(public, b"message digesu", signature))
        self.assertFalse(n.sm2_verifies(public, b"message digest", bytes(64)))

    def test_published_note(self):
        note, key = n.Note(EXAMPLE.encode()), n.Key(FOO)
        self.assertIs(key.find(note), True)
        note.text = note.text.replace("an", "no")
        self.assertEqual(key.find(note), "forged")


class Known(unittest.TestCase):
    def test_checkpoint(self):
        note, policy = n.Note(read("checkpoint")), n.Policy(read("log-policy.txt"))
        origin, size, _ = n.checkpoint(note.text)
        self.assertEqual((origin, size), ("fire.example/yaohao", 20852163))
        times = {"discipline": 1795413857, "archive": 1795413999}
        self.assertEqual(policy.judge(note), (True, times, True, 1795413999, []))
        self.assertIs(n.Key(read("sm2.vkey").decode().strip()).find(note), True)

    def test_one_witness_less(self):
        policy, lines = n.Policy(read("log-policy.txt")), read("checkpoint").decode().split("\n")
        for missing, signed, reached in [(4, False, True), (5, True, False), (6, True, False)]:
            note = n.Note("\n".join(lines[:missing] + lines[missing + 1:]).encode())
            judged = policy.judge(note)
            self.assertEqual((judged[0], judged[2]), (signed, reached))

    def test_changed_text_is_forged(self):
        note = n.Note(read("checkpoint").replace(b"20852163", b"20852164"))
        policy = n.Policy(read("log-policy.txt"))
        self.assertEqual(sorted(policy.judge(note)[4]), ["archive", "discipline", "fire.example/yaohao"])

    def test_change(self):
        note = n.Note(read("key-001.txt"))
        before, after = read("log-policy.txt"), read("key-001-policy.txt")
        self.assertEqual(n.check_change(note, before, after), [])
        self.assertTrue(n.check_change(note, after, before))
        del note.lines[1]
        self.assertEqual(n.check_change(note, before, after), ["too few witnesses have signed"])


class Strictness(unittest.TestCase):
    def refused(self, kind, text):
        with self.assertRaises(n.Refused, msg=text):
            kind(text.encode())

    def test_notes(self):
        for text in [EXAMPLE[:-1], EXAMPLE + "\n", EXAMPLE + "x\n", EXAMPLE.replace("\n\n", "\n"), LINE + "\n",
                     EXAMPLE.replace("\u2014 ", "- "), EXAMPLE.replace("foo ", "foo  "), EXAMPLE.replace("an", "a\t"),
                     EXAMPLE.replace("aQM=", "aQN="), EXAMPLE.replace("foo ", "foo+ "), EXAMPLE.replace(".\n", ".\r\n"),
                     "a\n\n\u2014 k AAAAAA==\n", "a\n\n" + f"{LINE}\n" * 81]:
            self.refused(n.Note, text)
        self.assertEqual(len(n.Note(("a\n\n" + f"{LINE}\n" * 80).encode()).lines), 80)
        self.assertEqual(n.Note(f"a\n\n\n{LINE}\n".encode()).text, "a\n\n")

    def test_keys(self):
        for at in range(len(FOO)):
            changed = FOO[:at] + chr(ord(FOO[at]) ^ 1) + FOO[at + 1:]
            with self.assertRaises(n.Refused, msg=changed):
                n.Key(changed)

    def test_checkpoints(self):
        good = n.Note(read("checkpoint")).text
        for old, new in [("20852163", "020852163"), ("20852163", "+1"), ("20852163", str(2**63)), ("=\n", "=\nx\n"),
                         ("=\n", "\n"), ("fire", "fi re"), ("fire.example/yaohao", "")]:
            with self.assertRaises(n.Refused, msg=new):
                n.checkpoint(good.replace(old, new, 1))

    def test_policies(self):
        good = read("log-policy.txt").decode()
        n.Policy(good.replace(" ", "\t ").encode())
        for old, new in [("all", "3"), ("all", "0"), ("all", "01"), ("group both", "group none"), ("quorum both", ""),
                         ("quorum both", "quorum x"), ("quorum both\n", "quorum both"), ("witness archive", "witness discipline"),
                         ("discipline archive", "discipline discipline"), ("log ", "log x "), ("# ", ""), ("# ", "#\r"),
                         ("quorum both\n", "quorum both\nquorum none\n"), ("log ", "witness x ")]:
            changed = good.replace(old, new, 1)
            self.assertNotEqual(changed, good)
            self.refused(n.Policy, changed)


if __name__ == "__main__":
    unittest.main()
