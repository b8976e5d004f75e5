"""The draw of K units by tickets: ours, SQL engines on the same Parquet register, Python, and
Rivest's consistent_sampler.

    sampling.py UNITS K
"""

import hashlib
import heapq
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
from consistent_sampler import sampler

from engines import ENGINES, ID
from timing import ours, shortest, table

HERE, FOLDER = Path(__file__).parent, Path("target/peers/registers")
PROGRAM = Path("target/peers/yaohao")


def files(units):
    """The register, and its ids one a line."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    register, ids = FOLDER / f"{units}.parquet", FOLDER / f"{units}.txt"
    if not register.exists():
        subprocess.run([sys.executable, HERE / "register.py", str(units), register], check=True)
    if not ids.exists():
        duckdb.sql(f"COPY (SELECT \"{ID}\" FROM '{register}') TO '{ids}' (FORMAT csv, HEADER false, QUOTE '')")
    return register, ids


def in_python(ids, start, k):
    begun = hashlib.sha256("".join(line + "\n" for line in start).encode())

    def ticket(id):
        hash = begun.copy()
        hash.update(id.encode() + b"\n")
        return hash.digest(), id

    return [id for _, id in heapq.nsmallest(k, map(ticket, ids.read_text().split()))]


def by_rivest(ids, seed, k):
    return [drawn for drawn in sampler(ids.read_text().split(), seed, take=k, output="id")]


def rolled(register):
    """Seconds of `roll commit` and `roll draw` on the register, in an office of its own."""
    folder = Path("target/peers/roll")
    shutil.rmtree(folder, ignore_errors=True)
    yaohao = lambda *words: subprocess.run([PROGRAM, *map(str, words)], check=True, capture_output=True)
    office, witness = folder / "office", folder / "witness"
    yaohao("init", office, "--example")
    yaohao("-C", office, "import", "items")
    policy = office / "policy.toml"
    policy.write_text(re.sub(r'^quota = "1/(\d+)"', r'quota = "1/\g<1>00"', policy.read_text(), flags=re.M))
    yaohao("nonce", "--draw", f"example-roll/{date.today().year}/001", "--party", "discipline", "--out", witness)
    (commitment,), (nonce,) = witness.glob("*.commitment"), witness.glob("*.nonce")
    dice = "3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4"
    start = time.perf_counter()
    yaohao("-C", office, "roll", "commit", register, "--month", "2026-12", "--commitment", commitment, "--no-tiles")
    committed = time.perf_counter()
    yaohao("-C", office, "roll", "draw", "--result", dice, "--witness-result", dice, "--nonce", nonce)
    return committed - start, time.perf_counter() - committed


def main():
    units, k = int(sys.argv[1]), int(sys.argv[2])
    register, ids = files(units)
    mine = ours("select", ids, k)
    drawn, start = mine["drawn"].split(","), ["yaohao/ticket/v1", mine["seed"], mine["label"]]
    works = {
        f"{name}, Parquet, {threads} {'thread' if threads == 1 else 'threads'}": partial(engine, register, start, k, threads)
        for threads in (1, 2)
        for name, engine in ENGINES.items()
    }
    best, gave = shortest(works, 3)
    if units <= 1_000_000:
        slow = {
            "Python, hashlib and heapq, text": lambda: in_python(ids, start, k),
            "consistent_sampler, text": lambda: by_rivest(ids, mine["seed"], k),
        }
        for one, other in zip((best, gave), shortest(slow, 1)):
            one.update(other)
    quickest = float(mine["two"])
    answer = lambda who: "the same units" if gave[who] == drawn else "its own message, its own units" if "consistent" in who else "OTHER UNITS"
    rows = [("ours, text, 1 thread", float(mine["one"]), float(mine["one"]) / quickest, "")]
    rows += [("**ours, text, 2 threads**", quickest, 1, f"{k} units")]
    commit, draw = rolled(register)
    rows += [("roll draw, its pools, 2 threads", draw, draw / quickest, "of a commitment to the same register, by the example's quotas")]
    rows += [("roll commit, Parquet, 2 threads", commit, commit / quickest, "judges every row, commits to it, grows the tree: no peer does")]
    rows += [(who, seconds, seconds / quickest, answer(who)) for who, seconds in best.items()]
    table(f"Drawing {k:,} of {units:,} units by tickets", "Reading included; engines are asked in one process, the shortest of three runs counts.", rows)
    if any(answer(who) == "OTHER UNITS" for who in best):
        sys.exit("an engine drew other units")


if __name__ == "__main__":
    main()
