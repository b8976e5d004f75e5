"""What all comparisons share: shortest times of alternating runs, and tables of ratios."""

import subprocess
import time


def shortest(works, rounds):
    """Seconds of the shortest of `rounds` runs of each of `works` (name -> function), in turn,
    and what each gave."""
    best, gave = {}, {}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            gave[name] = work()
            best[name] = min(best.get(name, float("inf")), time.perf_counter() - start)
    return best, gave


def table(title, note, rows):
    """Rows of (who, seconds, ratio to ours, answer); seconds None: it was not run."""
    print(f"\n### {title}\n\n{note}\n\n| who | time | ratio to ours | answer |\n|---|---|---|---|")
    for who, seconds, ratio, answer in rows:
        figures = f"{seconds:.4g} s | {ratio:.2f}" if seconds else "– | –"
        print(f"| {who} | {figures} | {answer} |", flush=True)


def ours(*arguments):
    """What benches/from_file.rs prints, as a dictionary."""
    command = ["cargo", "bench", "-q", "--bench", "from_file", "--", *map(str, arguments)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(line.split(" ", 1) for line in printed.splitlines() if " " in line)
