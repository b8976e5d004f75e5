#!/usr/bin/env python3
"""Holds the two implementations against each other on folders of draws.

Usage: agree.py PROGRAM FOLDER…   (each FOLDER is a draw or holds draws)

Both must give the same verdict and the same status for every check.
"""
import json
import subprocess
import sys
from pathlib import Path

import verify as reference


def statuses(report: dict) -> dict:
    return {check["id"]: check["status"] for check in report["checks"]} | {"verdict": report["verdict"]}


def program(path: str, folder: Path) -> dict:
    run = subprocess.run([path, "verify", str(folder), "--json"], capture_output=True, text=True)
    if run.returncode not in (0, 1, 4):
        raise SystemExit(f"{folder}: exit code {run.returncode}\n{run.stderr}")
    return statuses(json.loads(run.stdout)["draws"][0])


def main() -> int:
    folders = []
    for name in map(Path, sys.argv[2:]):
        inside = sorted(path for path in name.iterdir() if path.is_dir() and path.name != "log")
        folders += inside or [name]
    differ = 0
    for folder in folders:
        ours, theirs = program(sys.argv[1], folder), statuses(reference.verify(folder))
        apart = [f"{key}: {ours[key]} / {theirs[key]}" for key in ours if ours[key] != theirs[key]]
        if apart:
            differ += 1
            print(f"{folder.name}: {', '.join(apart)}")
    print(f"{len(folders)} folders, {differ} differ (program / reference)")
    return 1 if differ or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
