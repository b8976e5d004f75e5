"""One other solver on one question that benches/pairing_growth.rs exported.

    pairing.py SOLVER QUESTION LIMIT

prints: question, solver, seconds to solve (building the model apart), ratio to
ours, and how the answer compares with ours. A solver that does not end within
LIMIT seconds is stopped and said to be.

What the others solve is easier where their numbers are too small: the true costs
reach 2^117, so 64-bit solvers get lexicographic weights only as far as they fit:
cost of a load = STEP * level, with tickets rounded to 20 bits and no turns.
"""

import multiprocessing
import sys
import time
from pathlib import Path

import numpy as np

BIG, ROUND = 1 << 111, 28


class Question:
    def __init__(self, folder):
        self.name = Path(folder).name
        read = lambda name, kind: np.fromfile(Path(folder) / name, dtype=kind)
        self.capacity = read("capacity", "<u8").astype(np.int64)
        self.carried = read("carried", "<u8").astype(np.int64)
        self.turn48 = read("turn48", "<u8").astype(np.int64)
        self.lawful = read("lawful", "<u4").reshape(-1, 3).astype(np.int64)  # visit, slot, rank
        self.ticket = read("ticket", "<u8").astype(np.int64)
        self.teams = read("teams", "<u4").astype(np.int64).reshape(-1, 2)
        self.seconds = int((Path(folder) / "micros").read_text()) / 1e6
        self.visits, self.people = len(self.teams), len(self.capacity)

    def tickets_of(self, teams):
        """Sum of tickets of teams, given as (visit, slot, rank) -> chosen."""
        table = {tuple(row): t for row, t in zip(self.lawful.tolist(), self.ticket.tolist())}
        return sum(table[(v, q, r)] for v, team in enumerate(teams) for q, r in enumerate(team))

    def objective(self, teams):
        """The exact objective, in Python's integers."""
        loads = np.bincount(np.asarray(teams).ravel(), minlength=self.people)
        total = int(self.tickets_of(teams))
        for carried, turn, load in zip(self.carried.tolist(), self.turn48.tolist(), loads.tolist()):
            total += sum(BIG * (carried + n) + (turn << 12) for n in range(1, load + 1))
        return total

    def levels(self, teams):
        loads = np.bincount(np.asarray(teams).ravel(), minlength=self.people) + self.carried
        return int((loads.astype(object) ** 2).sum())

    def most(self):
        """No load of an even pairing comes near the end of its costs: a bound
        that spares the others arcs, from our own answer."""
        loads = np.bincount(self.teams.ravel(), minlength=self.people)
        return np.minimum(self.capacity, loads + 2)


def network(q):
    """Tails, heads, capacities, lawful index or -1, and cost (level, ticket) of the
    flow network: source, (visit, slot), (visit, person), person, sink."""
    visit, slot, rank = q.lawful.T
    pairs, entry = np.unique(visit * q.people + rank, return_inverse=True)
    slots = 1 + 2 * q.visits
    first_pair, first_person = slots, slots + len(pairs)
    sink = first_person + q.people
    most = q.most()
    steps = [(p, n) for p in range(q.people) for n in range(1, int(most[p]) + 1)]
    person = np.array([p for p, _ in steps], dtype=np.int64)
    level = np.array([int(q.carried[p]) + n for p, n in steps], dtype=np.int64)
    turn = q.turn48[person]
    tails = np.concatenate([np.zeros(slots - 1, np.int64), 1 + 2 * visit + slot, first_pair + np.arange(len(pairs)), first_person + person])
    heads = np.concatenate([np.arange(1, slots), first_pair + entry, first_person + pairs % q.people, np.full(len(steps), sink)])
    zero = np.zeros
    levels = np.concatenate([zero(slots - 1, np.int64), zero(len(visit), np.int64), zero(len(pairs), np.int64), level])
    turns = np.concatenate([zero(slots - 1, np.int64), zero(len(visit), np.int64), zero(len(pairs), np.int64), turn])
    tickets = np.concatenate([zero(slots - 1, np.int64), q.ticket, zero(len(pairs), np.int64), zero(len(steps), np.int64)])
    return tails, heads, levels, turns, tickets, sink, slots - 1


def teams_from(q, chosen):
    teams = np.zeros((q.visits, 2), np.int64)
    for visit, slot, rank in q.lawful[chosen]:
        teams[visit, slot] = rank
    return teams


def simplemincostflow(q, limit):
    from ortools.graph.python import min_cost_flow

    tails, heads, levels, _, tickets, sink, demand = network(q)
    step = 1 << 30  # tickets of 20 bits; a path changes a few of them, never 2^10
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones(len(tails), np.int64), levels * step + (tickets >> ROUND))
    flow.set_nodes_supplies(np.array([0, sink]), np.array([demand, -demand]))
    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    assert status == flow.OPTIMAL, status
    used = flow.flows(arcs)[demand : demand + len(q.lawful)] > 0
    return seconds, teams_from(q, used)


def cpsat(q, limit):
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    takes = [model.NewBoolVar("") for _ in range(len(q.lawful))]
    by_slot, by_pair, by_person = {}, {}, {}
    for take, (visit, slot, rank) in zip(takes, q.lawful.tolist()):
        by_slot.setdefault((visit, slot), []).append(take)
        by_pair.setdefault((visit, rank), []).append(take)
        by_person.setdefault(rank, []).append(take)
    for some in by_slot.values():
        model.AddExactlyOne(some)
    for some in by_pair.values():
        if len(some) > 1:
            model.AddAtMostOne(some)
    most, costs = q.most(), []
    for rank, some in by_person.items():
        steps = [model.NewBoolVar("") for _ in range(int(most[rank]))]
        model.Add(sum(some) == sum(steps))
        costs += [(1 << 30) * (int(q.carried[rank]) + n) * step for n, step in enumerate(steps, 1)]
    tickets = (q.ticket >> ROUND).tolist()
    model.Minimize(sum(costs) + sum(t * take for t, take in zip(tickets, takes)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    start = time.perf_counter()
    status = solver.Solve(model)
    seconds = time.perf_counter() - start
    if status != cp_model.OPTIMAL:
        raise TimeoutError(solver.StatusName(status))
    return seconds, teams_from(q, np.array([solver.Value(take) for take in takes], bool))


def scipy(q, limit):
    from scipy.optimize import linear_sum_assignment

    # A row a slot, a column a possible task of a person. Doubles of 53 bits hold
    # level and 20-bit ticket; that a person has two slots of a unit it cannot know.
    most = q.most()
    columns = np.repeat(np.arange(q.people), most)
    nth = np.concatenate([np.arange(1, m + 1) for m in most])
    if 2 * q.visits * len(columns) * 8 > 6e9:
        raise MemoryError(f"{2 * q.visits} x {len(columns)} doubles")
    cost = np.full((2 * q.visits, q.people), np.inf)
    cost[2 * q.lawful[:, 0] + q.lawful[:, 1], q.lawful[:, 2]] = q.ticket >> ROUND
    wide = cost[:, columns] + (q.carried[columns] + nth) * float(1 << 30)
    start = time.perf_counter()
    rows, found = linear_sum_assignment(wide)
    seconds = time.perf_counter() - start
    return seconds, columns[found].reshape(-1, 2)


def networkx(q, limit):
    import networkx as nx

    tails, heads, levels, turns, tickets, sink, demand = network(q)
    graph = nx.MultiDiGraph()
    graph.add_node(0, demand=-demand)
    graph.add_node(sink, demand=demand)
    exact = zip(tails.tolist(), heads.tolist(), levels.tolist(), turns.tolist(), tickets.tolist())
    for at, (tail, head, level, turn, ticket) in enumerate(exact):
        graph.add_edge(tail, head, key=at, capacity=1, weight=BIG * level + (turn << 12) + ticket)
    start = time.perf_counter()
    _, flow = nx.network_simplex(graph)
    seconds = time.perf_counter() - start
    used = np.zeros(len(tails), bool)
    for ends in flow.values():
        for keys in ends.values():
            for key, amount in keys.items():
                used[key] = amount > 0
    return seconds, teams_from(q, used[demand : demand + len(q.lawful)])


def run(solver, folder, limit, results):
    q = Question(folder)
    try:
        seconds, teams = {"simplemincostflow": simplemincostflow, "cpsat": cpsat, "scipy": scipy, "networkx": networkx}[solver](q, limit)
    except (TimeoutError, MemoryError) as stopped:
        results.put({"stopped": f"{type(stopped).__name__}: {stopped}"})
        return
    twice = int((teams[:, 0] == teams[:, 1]).sum())
    same = int((teams == q.teams).all(axis=1).sum())
    verdict = f"{same} of {q.visits} teams as ours"
    if twice:
        verdict += f"; the same person twice in {twice} units: not lawful"
    else:
        ours, theirs = q.objective(q.teams.tolist()), q.objective(teams.tolist())
        verdict += "; exact objective " + ("equal" if ours == theirs else "larger than ours" if theirs > ours else "SMALLER THAN OURS")
        verdict += "; sum of squared loads " + ("equal" if q.levels(teams) == q.levels(q.teams) else "differs")
    results.put({"seconds": seconds, "verdict": verdict})


def main():
    solver, folder, limit = sys.argv[1], sys.argv[2], float(sys.argv[3])
    ours = int((Path(folder) / "micros").read_text()) / 1e6
    name = Path(folder).name
    if solver == "ours":
        print(f"| {name} | ours, tickets included | {ours:.4f} s | 1 | |", flush=True)
        return
    results = multiprocessing.Queue()
    process = multiprocessing.Process(target=run, args=(solver, folder, limit, results))
    process.start()
    try:
        # Building the model in Python is not what is compared.
        result = results.get(timeout=limit + 60)
    except Exception:
        result = {"stopped": f"no answer within {limit:.0f} s"}
    process.kill()
    process.join()
    if "stopped" in result:
        print(f"| {name} | {solver} | – | > {limit / ours:.0f} | {result['stopped']} |", flush=True)
    else:
        ratio = result["seconds"] / ours
        print(f"| {name} | {solver} | {result['seconds']:.4f} s | {ratio:.1f} | {result['verdict']} |", flush=True)


if __name__ == "__main__":
    main()
