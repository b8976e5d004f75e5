#!/usr/bin/env python3
"""notes.py and yaohao on the same damaged checkpoints and policies.

    python3 reference/agree_notes.py FOLDER

FOLDER has cases.json, which `cargo test --test note export` writes.
"""

import json
import sys
from pathlib import Path

import notes as n


def verdict(note, policy):
    try:
        note, policy = n.Note(note), n.Policy(policy)
        n.checkpoint(note.text)
    except n.Refused:
        return "refused"
    signed, times, reached, at, forged = policy.judge(note)
    witnesses = ",".join(f"{name}={time}" for name, time in times.items())
    yes = {True: "true", False: "false"}
    at = "-" if at is None else at
    return f"signed {yes[signed]} witnesses {witnesses} quorum {yes[reached]} {at} forged {','.join(sorted(forged))}"


def main(folder):
    cases = json.loads((Path(folder) / "cases.json").read_text())
    differ = 0
    for case in cases:
        note, policy = bytes(case["note"]), bytes(case["policy"])
        found = verdict(note, policy)
        if found != case["verdict"]:
            differ += 1
            print(f"yaohao: {case['verdict']}\nnotes.py: {found}\n{note!r}\n{policy!r}\n")
    print(f"{len(cases)} checkpoints and policies, {differ} verdicts differ")
    return 1 if differ or len(cases) < 1000 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
