#!/usr/bin/env python3
"""Holds the second implementation against the program on random draws.

Usage: agree_random.py FOLDER [COUNT]   (FOLDER has draws.bin and lines.txt, which
`cargo test --test random` leaves in target/tmp/random; the first COUNT draws, 300 if
left out)

Both must give the same line for every draw. tests/random.rs tells the format.
"""
import struct
import sys
import tempfile
from pathlib import Path

import verify as reference


class Archive:
    """A place in draws.bin, moving on as it is read."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def number(self) -> int:
        (value,) = struct.unpack_from("<I", self.data, self.at)
        self.at += 4
        return value

    def part(self) -> bytes:
        length = self.number()
        self.at += length
        return self.data[self.at - length:self.at]

    def files(self) -> dict[str, bytes]:
        pairs = [(self.part().decode(), self.part()) for _ in range(self.number())]
        return dict(pairs)

    def draw(self) -> tuple:
        """Files, commitment, closing document of the draw before, files of `verifier`."""
        return (self.files(), self.part().decode() if self.number() else None,
                self.part() if self.number() else None, self.files() if self.number() else None)


def unpack(folder: Path, files: dict[str, bytes]):
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def line(index: int, draw: tuple) -> str:
    files, commitment, previous, verifier = draw
    with tempfile.TemporaryDirectory() as name:
        unpack(Path(name) / "draw", files)
        if verifier is not None:
            unpack(Path(name) / "verifier", verifier)
        report = reference.verify(Path(name) / "draw", commitment, previous)
    checks = sorted(f"{check['id']}={check['status']}" for check in report["checks"])
    return " ".join([str(index), *checks, f"verdict={report['verdict']}"])


def main() -> int:
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 300
    theirs = (folder / "lines.txt").read_text().splitlines()
    archive = Archive((folder / "draws.bin").read_bytes())
    count, differ = min(count, archive.number()), 0
    for index in range(count):
        ours = line(index, archive.draw())
        if ours != theirs[index]:
            differ += 1
            apart = [f"{a} / {b}" for a, b in zip(theirs[index].split(), ours.split()) if a != b]
            print(f"draw {index}: {', '.join(apart)}")
    print(f"{count} random draws, {differ} differ (program / reference)")
    return 1 if differ or not count else 0


if __name__ == "__main__":
    sys.exit(main())
