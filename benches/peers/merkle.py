"""The root over the lines of a file: ours, Python's hashlib, and pymerkle (benches/hashing.rs has
ct-merkle). pymerkle's tree is the same in smaller numbers; it is given fewer lines and scaled up.

    merkle.py LINES
"""

import hashlib
import sys
from pathlib import Path

import pymerkle

from timing import ours, shortest, table


def in_python(file, tag):
    level = [hashlib.sha256(b"\0" + tag + line + b"\n").digest() for line in file.read_bytes().splitlines()]
    while len(level) > 1:
        above = [hashlib.sha256(b"\1" + level[n] + level[n + 1]).digest() for n in range(0, len(level) - 1, 2)]
        level = above + level[len(level) // 2 * 2 :]
    return level[0].hex()


def by_pymerkle(file, tag, most):
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for line in file.read_bytes().splitlines()[:most]:
        tree.append_entry(tag + line + b"\n")
    return tree.get_root().hex()


def main():
    lines = int(sys.argv[1])
    some = min(lines, 20_000)
    folder = Path("target/peers")
    file, few = folder / f"{lines}-lines.txt", folder / f"{some}-lines.txt"
    line = lambda n: f"91500112{n:09}X key-crowd/z1 1 {hashlib.sha256(str(n).encode()).hexdigest()}\n"
    file.write_text("".join(map(line, range(lines))))
    few.write_text("".join(map(line, range(some))))
    mine, small = ours("root", file), ours("root", few)
    tag = mine["tag"].encode() + b"\n"
    best, gave = shortest({"Python, hashlib": lambda: in_python(file, tag)}, 2)
    theirs, state = shortest({"it": lambda: by_pymerkle(few, tag, some)}, 1)
    quickest = float(mine["two"])
    same = lambda is_same: "the same root" if is_same else "ANOTHER ROOT"
    answers = {"hashlib": same(gave["Python, hashlib"] == mine["root"]), "pymerkle": same(state["it"] == small["root"])}
    rows = [
        ("ours, 1 thread", float(mine["one"]), float(mine["one"]) / quickest, ""),
        ("**ours, 2 threads**", quickest, 1, ""),
        ("Python, hashlib", best["Python, hashlib"], best["Python, hashlib"] / quickest, answers["hashlib"]),
        (f"pymerkle, {some:,} lines", theirs["it"], theirs["it"] / float(small["two"]), answers["pymerkle"] + "; ratio to ours on as many"),
    ]
    table(f"The Merkle root of {lines:,} lines", "RFC 6962, reading included.", rows)
    if "ANOTHER ROOT" in answers.values():
        sys.exit("another root")


if __name__ == "__main__":
    main()
