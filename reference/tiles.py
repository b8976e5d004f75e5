"""The log of an office, from docs/spec/log.md: tiles, entries, checkpoints.
Standard library only; signatures are those of notes.py.
"""

import hashlib
import re
from pathlib import Path

import notes

# Years are not 0000, and sequences below 65536.
DRAW = ("[a-z][a-z0-9-]{0,31}/(?!0000)[0-9]{4}/(?:00[1-9]|0[1-9][0-9]|[1-9][0-9]{2,3}|[1-5][0-9]{4}"
        "|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])")
ENTRY = re.compile(
    rf"yaohao/entry/v1\n(?:draw ({DRAW})"
    r"|office ([a-z][a-z0-9-]{0,31}))\nfile ([A-Za-z0-9][A-Za-z0-9._-]{0,63})\nhash ([0-9a-f]{64})\n")


class Absent(Exception):
    """A file of the log that is not there."""


class Unsound(Exception):
    """Something in the log that is wrong."""


def read_folder(folder: Path) -> dict:
    """All files in a log's folder by their paths below it, whether a log has such files or not."""
    found = {}

    def gather(path: Path):
        for inside in path.iterdir():
            if inside.name.startswith("."):
                continue
            if inside.is_dir():
                gather(inside)
            else:
                found[inside.relative_to(folder).as_posix()] = inside.read_bytes()
    if folder.is_dir():
        gather(folder)
    return found


def place(index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + (f".p/{width}" if width < 256 else "")


class Tree:
    """A tree of so many entries over tiles, each checked against the one above it."""

    def __init__(self, files: dict, size: int, hash_: callable):
        self.files, self.size, self.hash, self.tiles = files, size, hash_, {}

    def node(self, left: bytes, right: bytes) -> bytes:
        return self.hash(b"\1" + left + right)

    def joined(self, hashes: list) -> bytes:
        while len(hashes) > 1:
            hashes = [self.node(a, b) for a, b in zip(hashes[::2], hashes[1::2])]
        return hashes[0]

    def fetch(self, kind: str, index: int, width: int) -> tuple[bytes, int]:
        """Bytes and width of a tile: of that width, or full."""
        for w in (width, 256):
            path = f"tile/{kind}/{place(index, w)}"
            if path in self.files:
                return self.files[path], w
        raise Absent(f"tile/{kind}/{place(index, width)}")

    def tile(self, level: int, index: int) -> list:
        if (level, index) not in self.tiles:
            width = min(256, (self.size >> 8 * level) - 256 * index)
            data, found = self.fetch(str(level), index, width)
            if len(data) != 32 * found:
                raise Unsound(f"tile {level}/{index} has {len(data)} bytes")
            hashes = [data[i:i + 32] for i in range(0, 32 * width, 32)]
            if width == 256 and self.joined(hashes) != self.tile(level + 1, index // 256)[index % 256]:
                raise Unsound(f"tile {level}/{index} is not what the one above says")
            self.tiles[level, index] = hashes
        return self.tiles[level, index]

    def range(self, start: int, count: int) -> bytes:
        """MTH of RFC 6962 over the entries from start."""
        if count & (count - 1):
            left = 1 << count.bit_length() - 1
            right = self.range(start + left, count - left)
            return self.node(self.range(start, left), right)
        height = count.bit_length() - 1
        first = (start >> height) << height % 8
        at = first % 256
        return self.joined(self.tile(height // 8, first // 256)[at:at + (1 << height % 8)])

    def root(self, size: int) -> bytes:
        return self.range(0, size) if size else self.hash(b"")

    def entries(self) -> list[bytes]:
        found = []
        for index in range((self.size + 255) // 256):
            width = min(256, self.size - 256 * index)
            data, count = self.fetch("entries", index, width)
            bundle = []
            while data and len(bundle) < count:
                length = int.from_bytes(data[:2], "big")
                if len(data) < 2 + length:
                    raise Unsound(f"bundle {index} is cut off")
                bundle.append(data[2:2 + length])
                data = data[2 + length:]
            if data or len(bundle) != count:
                raise Unsound(f"bundle {index} has not {count} entries")
            for entry, leaf in zip(bundle[:width], self.tile(0, index)):
                if self.hash(b"\0" + entry) != leaf:
                    raise Unsound(f"bundle {index} has an entry that the tree has not")
            found += bundle[:width]
        return found


class Log:
    """A log under one log policy: its entries, and the checkpoints that its key signed."""

    def __init__(self, files: dict, policy: notes.Policy):
        self.policy, self.checkpoints = policy, []
        if "checkpoint" not in files:
            raise Absent("checkpoint")
        (origin, size, root), _ = self.read("checkpoint", files)
        keys = [key for key in policy.logs if key.name == origin]
        if not keys:
            raise Unsound("no log of the policy has signed")
        sm2 = notes.unbase64(keys[0].vkey.split("+", 2)[2])[0] == 0xFF
        hash_ = notes.HASHES["yaohao-1-sm3" if sm2 else "yaohao-1-sha256"]
        tree = Tree(files, size, hash_)
        if tree.root(size) != root:
            raise Unsound("the tiles do not lead to the root")
        entries = tree.entries()
        for n in range(size + 1):
            for name in [f"checkpoints/{n}"] + ["checkpoint"] * (n == size):
                if name in files:
                    self.take(name, files, n, tree)
        if not self.checkpoints:
            raise Unsound("no log of the policy has signed")
        self.size = self.checkpoints[-1][0][1]
        self.entries = []
        for entry in entries[:self.size]:
            match = ENTRY.fullmatch(entry.decode("utf-8", "replace"))
            if not match:
                raise Unsound("an entry that is none")
            self.entries.append(match.groups())

    @staticmethod
    def read(name: str, files: dict) -> tuple:
        try:
            note = notes.Note(files[name])
            return notes.checkpoint(note.text), note
        except notes.Refused as error:
            raise Unsound(f"{name}: {error}") from None

    def take(self, name: str, files: dict, size: int, tree: Tree):
        """A checkpoint, or the cosignatures of one that is there already."""
        said, note = self.read(name, files)
        signed, _, _, _, forged = self.policy.judge(note)
        if forged:
            raise Unsound(f"{name} has a false signature")
        if not signed:
            return
        if said[1] != size or said[2] != tree.root(size):
            raise Unsound(f"{name} is of another history")
        if self.checkpoints and self.checkpoints[-1][0][1] == size:
            if self.checkpoints[-1][0] != said:
                raise Unsound(f"{name} is another checkpoint of that size")
            known = self.checkpoints[-1][1]
            known.lines += [line for line in note.lines if line not in known.lines]
        else:
            self.checkpoints.append((said, note))

    def time(self, index: int) -> int | None:
        """Since when enough witnesses have vouched for an entry; 0 if none are asked for."""
        times = [0 if at is None else at for said, note in self.checkpoints if said[1] > index
                 for _, _, reached, at, _ in [self.policy.judge(note)] if reached]
        return min(times, default=None)


def named_policy(files: dict, suite: str, hash_: str) -> notes.Policy:
    """The log policy with that hash of the draw's suite."""
    found = [files[name] for name in ("log-policy.txt", f"policies/{hash_}.txt") if name in files]
    if not found:
        raise Absent("log-policy.txt")
    named = [data for data in found if notes.HASHES[suite](data).hex() == hash_]
    if not named:
        raise Unsound("the log policy is not the one committed")
    try:
        return notes.Policy(named[0])
    except notes.Refused as error:
        raise Unsound(f"the log policy: {error}") from None


def documents(raw: dict) -> list[tuple[str, str]]:
    """Names and hashes of the documents of a draw, in their order."""
    names = [f"{name}.txt" for name in ("commit", "ceremony", "reveal", "beacon", "void", "record")]
    number = 1
    while {f"replace-{number:03}-request.txt", f"replace-{number:03}-request.sha256"} & set(raw):
        names += [f"replace-{number:03}-request.txt", f"replace-{number:03}.txt"]
        number += 1
    found = []
    for name in names + ["open.txt"]:
        if name in raw:
            found.append((name, hashlib.sha256(raw[name]).hexdigest()))
        elif name.startswith("replace-"):
            # With an escrow the list names the sealed text too.
            lines = raw.get(name.removesuffix("txt") + "sha256", b"").decode("ascii", "replace").split("\n")
            ends = f"  {name}"
            hashes = [line.removesuffix(ends) for line in lines[:-1] if line.endswith(ends)]
            found += [(name, hash_) for hash_ in hashes if re.fullmatch("[0-9a-f]{64}", hash_)][:1]
    return found
