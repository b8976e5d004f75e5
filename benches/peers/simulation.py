"""Months of draws in Python beside `yaohao simulate`.

    simulation.py YAOHAO OFFICE DRAW MONTHS

Theirs is less work: the strata and quotas of the published draw each month anew, the smallest
tickets (hashlib), and two different people a unit by OR-tools' minimum-cost flow with even loads,
everybody eligible for everything. Ours is the whole simulation: rest after a visit, rotation,
recusals, leads, days, travel and all other work of scenario.toml.
"""

import hashlib
import heapq
import subprocess
import sys
from pathlib import Path

import numpy as np
from ortools.graph.python import min_cost_flow

from timing import shortest, table


def strata(draw):
    """Label -> (ids, quota), and how many inspectors there are."""
    commit = [line.split(" ") for line in (draw / "commit.txt").read_text().splitlines()]
    quotas = {line[1]: int(line[3]) for line in commit if line[0] == "stratum"}
    pools = {label: [] for label in quotas}
    for line in (draw / "units.txt").read_text().splitlines()[1:]:
        id, label = line.split(" ")[:2]
        if label in pools:
            pools[label].append(id)
    people = len((draw / "inspectors.txt").read_text().splitlines()) - 1
    return {label: (pools[label], quotas[label]) for label in quotas}, people


def month(seed, pools, people):
    drawn = []
    for label, (ids, quota) in pools.items():
        begun = hashlib.sha256(f"yaohao/ticket/v1\n{seed}\n{label}\n".encode())

        def ticket(id):
            hash = begun.copy()
            hash.update(id.encode() + b"\n")
            return hash.digest()

        drawn += heapq.nsmallest(quota, ids, key=ticket)
    return paired(np.random.default_rng(int(seed[:8], 16)), len(drawn), people)


def paired(chance, units, people):
    """Source, units (two each), people, and the sink by one arc a level of load."""
    first, sink = 1 + units, 1 + units + people
    most = 2 * units // people + 2
    who = np.tile(np.arange(people), units)
    tails = np.concatenate([np.zeros(units, int), np.repeat(1 + np.arange(units), people), np.repeat(first + np.arange(people), most)])
    heads = np.concatenate([1 + np.arange(units), first + who, np.full(people * most, sink)])
    capacity = np.concatenate([np.full(units, 2), np.ones(units * people + people * most, int)])
    cost = np.concatenate([np.zeros(units, int), chance.integers(0, 1 << 20, units * people), np.tile(np.arange(1, most + 1) << 30, people)])
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost)
    flow.set_nodes_supplies(np.array([0, sink]), np.array([2 * units, -2 * units]))
    assert flow.solve() == flow.OPTIMAL
    return units


def main():
    program, office, draw, months = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    pools, people = strata(draw)
    trials = max(2, months // 36)
    command = [program, "-C", office, "simulate", "--month", "2026-12", "--trials", str(trials), "--quiet"]
    works = {
        "mine": lambda: subprocess.run(command, check=True, capture_output=True),
        "theirs": lambda: [month(hashlib.sha256(str(n).encode()).hexdigest(), pools, people) for n in range(months)],
    }
    best, gave = shortest(works, 2)
    mine, theirs = best["mine"] / (36 * trials), best["theirs"] / months
    rows = [
        ("**ours: everything, 2 threads**", mine, 1, f"{36 * trials} months"),
        ("Python: tickets and OR-tools' flow alone, 1 thread", theirs, theirs / mine, f"{months} months, {gave['theirs'][0]} units each"),
    ]
    note = "Seconds a month. Not the same work: theirs has no rest, rotation, recusals, leads, days, travel or other work."
    table("Simulated months of the example", note, rows)


if __name__ == "__main__":
    main()
