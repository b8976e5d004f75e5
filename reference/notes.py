#!/usr/bin/env python3
"""Signed notes of yaohao logs, from docs/spec/notes.md: keys, notes, checkpoints,
cosignatures, log policies and changes of keys. Standard library only.

    python3 reference/notes.py CHECKPOINT LOG-POLICY      # who signed, and are they enough
    python3 reference/notes.py --change FILE OLD-POLICY NEW-POLICY

Exit code 0: accepted, 1: not accepted, 3: not readable.
"""

import base64
import binascii
import hashlib
import re
import sys
import unicodedata

from sm3 import sm3

MAX_NOTE, MAX_SIGNATURES, MAX_POLICY, MAX_LINES = 256 * 1024, 80, 64 * 1024, 64
LAST_SECOND = 253402300799  # 9999-12-31T23:59:59Z


class Refused(Exception):
    """What was read breaks a rule; the text says which."""


# ---- Ed25519, RFC 8032, strict: canonical, no small order, no cofactor -----------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _ed_point(encoded):
    """The point (x, y) of 32 bytes, or None."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * ROOT % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y)


def _ed_add(p, q):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = p, q
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _ed_times(n, point):
    x, y = point
    base, total = (x, y, 1, x * y % P), (0, 1, 1, 0)
    while n:
        if n & 1:
            total = _ed_add(total, base)
        base = _ed_add(base, base)
        n >>= 1
    return total


def _is_neutral(p):
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


def _ed_equal(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


BASE = _ed_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_ed25519_key(public):
    point = _ed_point(public) if len(public) == 32 else None
    return point is not None and not _is_neutral(_ed_times(8, point))


def ed25519_verifies(public, message, signature):
    if not is_ed25519_key(public) or len(signature) != 64:
        return False
    r, s = _ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if r is None or s >= L or _is_neutral(_ed_times(8, r)):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    right = _ed_add((*r, 1, r[0] * r[1] % P), _ed_times(k, _ed_point(public)))
    return _ed_equal(_ed_times(s, BASE), right)


# ---- SM2, GB/T 32918.2-2016 and .5-2017 -------------------------------------------------

SM2_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SM2_A = SM2_P - 3
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM2_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SM2_G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
         0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)
SM2_ID = b"1234567812345678"


def _sm2_add(p, q):
    if p is None or q is None:
        return q if p is None else p
    (x1, y1), (x2, y2) = p, q
    if x1 == x2:
        if (y1 + y2) % SM2_P == 0:
            return None
        slope = (3 * x1 * x1 + SM2_A) * pow(2 * y1, -1, SM2_P) % SM2_P
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, SM2_P) % SM2_P
    x = (slope * slope - x1 - x2) % SM2_P
    return (x, (slope * (x1 - x) - y1) % SM2_P)


def _sm2_times(n, point):
    total = None
    while n:
        if n & 1:
            total = _sm2_add(total, point)
        point = _sm2_add(point, point)
        n >>= 1
    return total


def _sm2_point(public):
    if len(public) != 65 or public[0] != 4:
        return None
    x, y = int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big")
    on_curve = (y * y - x**3 - SM2_A * x - SM2_B) % SM2_P == 0
    return (x, y) if x < SM2_P and y < SM2_P and on_curve else None


def sm2_verifies(public, message, signature):
    point = _sm2_point(public)
    if point is None or len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < SM2_N and 0 < s < SM2_N) or (r + s) % SM2_N == 0:
        return False
    words = [SM2_A, SM2_B, *SM2_G]
    z = (8 * len(SM2_ID)).to_bytes(2, "big") + SM2_ID + b"".join(x.to_bytes(32, "big") for x in words)
    e = int.from_bytes(sm3(sm3(z + public[1:]) + message), "big")
    sum_ = _sm2_add(_sm2_times(s, SM2_G), _sm2_times((r + s) % SM2_N, point))
    return sum_ is not None and (e + sum_[0]) % SM2_N == r


# ---- keys -------------------------------------------------------------------------------

# Type bytes, whether a signature carries a time, key check, verification.
ALGORITHMS = [
    (b"\x01", False, is_ed25519_key, ed25519_verifies),
    (b"\x04", True, is_ed25519_key, ed25519_verifies),
    (b"\xffyaohao-1-sm3/sm2\n", False, lambda k: _sm2_point(k) is not None, sm2_verifies),
    (b"\xffyaohao-1-sm3/sm2-cosignature/v1\n", True, lambda k: _sm2_point(k) is not None, sm2_verifies),
]


def is_name(name):
    def odd(c):
        return c.isspace() or unicodedata.category(c) == "Cc" or c in "+\ufeff\ufffd"
    return 0 < len(name.encode()) <= 255 and not any(map(odd, name))


def unbase64(text):
    try:
        decoded = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise Refused("not base64") from None
    if base64.b64encode(decoded).decode() != text:
        raise Refused("base64 not in its one form")
    return decoded


class Key:
    """A verifier key: NAME+ID+BASE64."""

    def __init__(self, vkey):
        parts = vkey.split("+", 2)
        if len(parts) != 3 or not is_name(parts[0]):
            raise Refused("not a vkey")
        self.vkey, self.name, material = vkey, parts[0], unbase64(parts[2])
        known = [a for a in ALGORITHMS if material.startswith(a[0])]
        if not known:
            raise Refused("unknown algorithm")
        prefix, self.timed, is_key, self._verifies = known[0]
        self.public = material[len(prefix):]
        if not is_key(self.public):
            raise Refused("not a public key")
        self.id = hashlib.sha256(self.name.encode() + b"\n" + material).digest()[:4]
        if self.id.hex() != parts[1]:
            raise Refused("the id is not the key's")

    def verify(self, text, signature):
        """True or the time if the signature is valid, else None."""
        if not self.timed:
            return True if self._verifies(self.public, text.encode(), signature) else None
        time = int.from_bytes(signature[:8], "big")
        message = f"cosignature/v1\ntime {time}\n{text}".encode()
        good = len(signature) > 8 and time <= LAST_SECOND and self._verifies(self.public, message, signature[8:])
        return time if good else None

    def find(self, note):
        """What a note has of the key: None, "forged", True, or the earliest time."""
        found = [self.verify(note.text, sig) for name, id_, sig in note.lines if (name, id_) == (self.name, self.id)]
        if any(x is None for x in found):
            return "forged"
        return min(found) if found else None


# ---- notes ------------------------------------------------------------------------------

class Note:
    """A text and its signature lines (name, id, signature)."""

    def __init__(self, data):
        if len(data) > MAX_NOTE:
            raise Refused("too large")
        try:
            note = data.decode()
        except UnicodeDecodeError:
            raise Refused("not UTF-8") from None
        cut = note.rfind("\n\n")
        if cut < 0 or not note.endswith("\n") or cut + 2 == len(note):
            raise Refused("no signatures")
        self.text, self.lines = note[:cut + 1], []
        if any(c < " " and c != "\n" for c in note):
            raise Refused("control character")
        for line in note[cut + 2:-1].split("\n"):
            parts = line.split(" ", 2)
            if len(parts) != 3 or parts[0] != "\u2014" or not is_name(parts[1]):
                raise Refused("not a signature line")
            signature = unbase64(parts[2])
            if len(signature) < 5:
                raise Refused("not a signature line")
            self.lines.append((parts[1], signature[:4], signature[4:]))
        if len(self.lines) > MAX_SIGNATURES:
            raise Refused("too many signatures")


def checkpoint(text):
    """Origin, size and root."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not is_name(lines[0]):
        raise Refused("a checkpoint has three lines")
    if not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1], re.ASCII) or int(lines[1]) >= 2**63:
        raise Refused("the size is no number")
    root = unbase64(lines[2])
    if len(root) != 32:
        raise Refused("the root has not 32 bytes")
    return lines[0], int(lines[1]), root


# ---- policies ---------------------------------------------------------------------------

class Policy:
    """A log policy: logs, witnesses by name, groups, quorum."""

    def __init__(self, data):
        if len(data) > MAX_POLICY:
            raise Refused("too large")
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise Refused("not UTF-8") from None
        if not text.endswith("\n"):
            raise Refused("the last line does not end with LF")
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        self._members = set()
        for number, line in enumerate(text[:-1].split("\n"), 1):
            try:
                self._take(line)
            except Refused as error:
                raise Refused(f"line {number}: {error}") from None
        if self.quorum is None:
            raise Refused("no quorum line")

    def _take(self, line):
        if any((c < " " and c != "\t") or c == "\x7f" for c in line):
            raise Refused("control character")
        words = [word for word in re.split("[ \t]+", line) if word]
        if not words or words[0].startswith("#"):
            return
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self._key(self.logs, vkey, False)
            case ["witness", name, vkey] | ["witness", name, vkey, _]:
                self._new(name)
                known = list(self.witnesses.values())
                self._key(known, vkey, True)
                self.witnesses[name] = known[-1]
            case ["group", name, count, *members] if members:
                self._new(name)
                for member in members:
                    if member not in self.witnesses and member not in self.groups:
                        raise Refused(f"{member} is not defined above")
                    if member in self._members:
                        raise Refused(f"{member} is in a group already")
                    self._members.add(member)
                count = {"all": str(len(members)), "any": "1"}.get(count, count)
                if not re.fullmatch("[1-9][0-9]*", count, re.ASCII) or len(count) > 9 or int(count) > len(members):
                    raise Refused("the number of members is wrong")
                self._bounded(self.groups)
                self.groups[name] = (int(count), members)
            case ["quorum", name]:
                if self.quorum is not None:
                    raise Refused("more than one quorum line")
                if name != "none" and name not in self.witnesses and name not in self.groups:
                    raise Refused(f"{name} is not defined above")
                self.quorum = name
            case _:
                raise Refused("not a line of a policy")

    def _new(self, name):
        if name == "none" or name in self.witnesses or name in self.groups:
            raise Refused(f"the name {name} is taken")

    @staticmethod
    def _bounded(known):
        if len(known) >= MAX_LINES:
            raise Refused("too many lines of one kind")

    def _key(self, known, vkey, timed):
        key = Key(vkey)
        if key.timed != timed:
            raise Refused("a key of the wrong kind")
        if any(key.public == other.public for other in known):
            raise Refused("the same key twice")
        self._bounded(known)
        known.append(key)

    def witnessed(self, note):
        """Names with times, forged names, and whether (and when) the quorum was reached."""
        found = {name: key.find(note) for name, key in self.witnesses.items()}
        forged = [name for name, what in found.items() if what == "forged"]
        times = {name: what for name, what in found.items() if what not in (None, "forged")}
        reached = dict(times)
        for name, (count, members) in self.groups.items():
            of_members = sorted(reached[m] for m in members if m in reached)
            if len(of_members) >= count:
                reached[name] = of_members[count - 1]
        if self.quorum == "none":
            return times, forged, True, None
        return times, forged, self.quorum in reached, reached.get(self.quorum)

    def judge(self, note):
        """log signed, witnesses with times, quorum reached, its time, forged names."""
        times, forged, reached, at = self.witnessed(note)
        signed = False
        for log in self.logs:
            match log.find(note):
                case "forged":
                    forged.append(log.name)
                case True:
                    signed |= note.text.split("\n")[0] == log.name
        return signed, times, reached, at, forged


# ---- changes of keys --------------------------------------------------------------------

HASHES = {"yaohao-1-sha256": lambda data: hashlib.sha256(data).digest(), "yaohao-1-sm3": sm3}


def change(data):
    """The fields of a change of keys by name."""
    names = ["suite", "office", "number", "at", "kind", "old", "new", "before", "policy"]
    lines = data.split("\n")
    if len(lines) != 11 or lines[0] != "yaohao/key-change/v1" or lines[10]:
        raise Refused("not a change of keys")
    fields = {}
    for name, line in zip(names, lines[1:]):
        key, _, value = line.partition(" ")
        if key != name or not value or " " in value:
            raise Refused(f"the line of {name} is wrong")
        fields[name] = value
    for name, form in [("number", "[1-9][0-9]{0,9}"), ("before", "[0-9a-f]{64}"), ("policy", "[0-9a-f]{64}"),
                       ("kind", "rotate|lost|stolen|witness"), ("office", "[a-z][a-z0-9-]{0,31}"),
                       ("at", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]:
        if not re.fullmatch(form, fields[name], re.ASCII):
            raise Refused(f"{name} is wrong")
    if fields["suite"] not in HASHES or int(fields["number"]) >= 2**32:
        raise Refused("suite or number is wrong")
    return fields


def check_change(note, before, after):
    """What is wrong with a signed change from one policy to another; empty if nothing is."""
    fields, wrong = change(note.text), []
    digest = HASHES[fields["suite"]]
    if digest(before).hex() != fields["before"] or digest(after).hex() != fields["policy"]:
        return ["the policies are not those that the document names"]
    old_policy, new_policy = Policy(before), Policy(after)
    old, new = Key(fields["old"]), Key(fields["new"])
    for policy, key in [(old_policy, old), (new_policy, new)]:
        if [log.vkey for log in policy.logs] != [key.vkey]:
            wrong.append("the only log of a policy has to be the document's key")
    if old.name != new.name:
        wrong.append("the name of the log changes")

    def rules(policy):
        groups = [(name, *group) for name, group in policy.groups.items()]
        return [(name, key.vkey) for name, key in policy.witnesses.items()], groups, policy.quorum
    if fields["kind"] == "witness":
        if old.vkey != new.vkey:
            wrong.append("the log's key changes together with the witnesses")
    elif old.public == new.public:
        wrong.append("the two keys are the same")
    elif rules(old_policy) != rules(new_policy):
        wrong.append("the witnesses change together with the log's key")
    _, forged, reached, _ = old_policy.witnessed(note)
    wrong += [f"forged: {name}" for name in forged]
    wrong += [f"forged: {key.name}" for key in (old, new) if key.find(note) == "forged"]
    if fields["kind"] == "rotate" and old.find(note) is None:
        wrong.append("the old key has not signed")
    if new.find(note) is None:
        wrong.append("the log's key has not signed")
    if fields["kind"] in ("lost", "stolen") and old_policy.quorum == "none":
        wrong.append("nobody can vouch for a loss")
    if fields["kind"] != "rotate" and not reached:
        wrong.append("too few witnesses have signed")
    return wrong


def main(arguments):
    read = lambda path: open(path, "rb").read()
    try:
        if arguments[:1] == ["--change"] and len(arguments) == 4:
            wrong = check_change(Note(read(arguments[1])), read(arguments[2]), read(arguments[3]))
            print("\n".join(wrong) or "accepted")
            return 1 if wrong else 0
        if len(arguments) != 2:
            print(__doc__)
            return 2
        note, policy = Note(read(arguments[0])), Policy(read(arguments[1]))
        origin, size, root = checkpoint(note.text)
    except (Refused, OSError) as error:
        print(error)
        return 3
    signed, times, reached, at, forged = policy.judge(note)
    print(f"log {origin}\nsize {size}\nroot {root.hex()}\nsigned {signed}")
    for name, time in times.items():
        print(f"witness {name} {time}")
    print(f"quorum {reached} {at if at is not None else '-'}\nforged {' '.join(forged) or '-'}")
    return 0 if signed and reached and not forged else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
