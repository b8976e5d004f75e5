"""The three verifiers on one published draw, as whole commands.

    verification.py YAOHAO DRAW
"""

import subprocess
import sys

from timing import shortest, table


def verdict(*command):
    ended = subprocess.run(command, capture_output=True, text=True)
    return "verified" if ended.returncode == 0 else f"exit {ended.returncode}"


def main():
    program, draw = sys.argv[1:]
    works = {
        "**ours**": lambda: verdict(program, "verify", draw),
        "TypeScript in Node, web/": lambda: verdict("node", "web/dist/verify.mjs", "verify", draw),
        "Python, reference/verify.py": lambda: verdict("python3", "reference/verify.py", draw),
    }
    best, gave = shortest(works, 3)
    mine = best["**ours**"]
    rows = [(who, seconds, seconds / mine, gave[who]) for who, seconds in best.items()]
    table("Verifying the example draw", "6,001 units, 306 drawn; the start of the program included.", rows)
    if set(gave.values()) != {"verified"}:
        sys.exit("not the same verdict")


if __name__ == "__main__":
    main()
