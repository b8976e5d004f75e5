"""Another solver's word on our pairings.

    oracle.py QUESTIONS

QUESTIONS is what `cargo test --test pairing` wrote: questions with the objective
that the program found. networkx solves each as a minimum-cost flow by its network
simplex, in Python's integers, so costs of 2^120 are exact. Same objective or, where
the program proved a shortage, no flow: else this ends with 1.

network: source -> (unit, slot) -> (unit, inspector) -> (inspector, band) -> inspector
-> sink, every arc of capacity 1, but as many of the last two as visits may be held: the
n-th of a band from 1 at 2^86 * n, the n-th of all at 2^111 * (carried + n) + turn
(docs/spec/pairing.md). Visits of band 0 lead straight to the inspector.
"""

import sys

import networkx as nx


def objective(line):
    """The least objective, or None where there is no lawful pairing."""
    seats, *units, _ = line.split("|")
    graph = nx.MultiDiGraph()
    slots = 0
    reach = {}
    for unit, text in enumerate(units):
        band, rows = text.split(";")
        for slot, row in enumerate(rows.split("/")):
            slots += 1
            graph.add_edge("source", (unit, slot, None), capacity=1, weight=0)
            for pair in row.split():
                rank, ticket = map(int, pair.split(":"))
                entry = (unit, rank)
                if entry not in graph:
                    account = rank if band == "0" else ("band", rank, band)
                    graph.add_edge(entry, account, capacity=1, weight=0)
                    for place in {account, rank}:
                        reach[place] = reach.get(place, 0) + 1
                graph.add_edge((unit, slot, None), entry, capacity=1, weight=ticket)
    for rank, seat in enumerate(seats.split()):
        carried, capacity, turn = map(int, seat.split(":"))
        for nth in range(1, min(capacity, reach.get(rank, 0)) + 1):
            graph.add_edge(rank, "sink", capacity=1, weight=(carried + nth) * 2**111 + turn)
    for account in [place for place in reach if isinstance(place, tuple)]:
        for nth in range(1, reach[account] + 1):
            graph.add_edge(account, account[1], capacity=1, weight=nth * 2**86)
    graph.add_node("source", demand=-slots)
    graph.add_node("sink", demand=slots)
    try:
        return nx.network_simplex(graph)[0]
    except nx.NetworkXUnfeasible:
        return None


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.read().splitlines()
    wrong = paired = 0
    for number, line in enumerate(lines, 1):
        ours = line.rsplit("|", 1)[1]
        theirs = objective(line)
        paired += theirs is not None
        if ours != ("-" if theirs is None else str(theirs)):
            wrong += 1
            print(f"question {number}: ours {ours}, networkx {theirs}")
    print(f"{len(lines)} questions, {paired} with an answer, {wrong} differ from networkx {nx.__version__}")
    return 1 if wrong or not paired else 0


if __name__ == "__main__":
    sys.exit(main())
