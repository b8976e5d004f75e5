#!/usr/bin/env python3
"""Holds the two implementations against each other on folders of draws.

Usage: agree.py PROGRAM FOLDER…   (each FOLDER is a draw or holds draws)
       agree.py PROGRAM --audit FOLDER…   (each FOLDER holds histories: public, now.txt, *.note)

Both must give the same verdict and the same status for every check; of an audit also
the same states, and findings about the same places.
"""
import json
import subprocess
import sys
from pathlib import Path

import audit
import verify as reference


def statuses(report: dict) -> dict:
    return {check["id"]: check["status"] for check in report["checks"]} | {"verdict": report["verdict"]}


def program(path: str, folder: Path) -> dict:
    run = subprocess.run([path, "verify", str(folder), "--json"], capture_output=True, text=True)
    if run.returncode not in (0, 1, 4):
        raise SystemExit(f"{folder}: exit code {run.returncode}\n{run.stderr}")
    return statuses(json.loads(run.stdout)["draws"][0])


def audited(report: dict) -> dict:
    """What both must say of a history, in a form to compare."""
    rows = {row["folder"] or row["draw"]: (row["draw"], row["states"], row["verdict"], row["failed"], row["commitment"])
            for row in report["draws"]}
    checks = {check["id"]: (check["name"], check["status"], sorted(
        (f["place"], f["state"] or "", f["fault"]) for f in check["findings"])) for check in report["checks"]}
    return rows | checks | {"now": report["now"], "clean": report["clean"]}


def audits(path: str, folder: Path) -> tuple[dict, dict]:
    now, seen = (folder / "now.txt").read_text(), sorted(folder.glob("*.note"))
    command = [path, "audit", str(folder / "public"), "--at", now, "--json", "--lang", "en"]
    command += [word for file in seen for word in ("--checkpoint", str(file))]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 16):
        raise SystemExit(f"{folder}: exit code {run.returncode}\n{run.stderr}")
    brought = [audit.Seen(str(file), True, file.read_bytes()) for file in seen]
    theirs = audit.audit(folder / "public", reference.moment(now), None, brought)
    return audited(json.loads(run.stdout)), audited(theirs)


def compare_audits(path: str, names: list[str]) -> int:
    folders = [folder for name in names for folder in sorted(Path(name).iterdir()) if (folder / "now.txt").exists()]
    differ = 0
    for folder in folders:
        ours, theirs = audits(path, folder)
        apart = [f"{key}: {ours.get(key)} / {theirs.get(key)}" for key in {**ours, **theirs} if ours.get(key) != theirs.get(key)]
        if apart:
            differ += 1
            print(f"{folder.name}: " + "\n    ".join(apart))
    print(f"{len(folders)} histories, {differ} differ (program / reference)")
    return 1 if differ or not folders else 0


def main() -> int:
    if sys.argv[2:3] == ["--audit"]:
        return compare_audits(sys.argv[1], sys.argv[3:])
    folders = []
    for name in map(Path, sys.argv[2:]):
        inside = sorted(path for path in name.iterdir() if path.is_dir() and path.name not in ("log", "results", "verifier"))
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
