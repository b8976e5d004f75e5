#!/usr/bin/env python3
"""Holds the two implementations against each other on rolls and the slips of their units.

Usage: agree_roll.py PROGRAM FOLDER…   (each FOLDER is a roll or holds rolls; slips lie in its folder slips)

Both must give the same status for every check, or both must find nothing to read.
"""
import contextlib
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import roll as reference


def statuses(code: int, out: str) -> dict:
    if code not in (0, 1, 4):
        return {"code": code}
    report = json.loads(out)
    return {check["id"]: check["status"] for check in report["checks"]} | {"verdict": report["verdict"], "code": code}


def program(path: str, *arguments: str) -> dict:
    run = subprocess.run([path, "roll", *arguments, "--json"], capture_output=True, text=True)
    return statuses(run.returncode, run.stdout)


def second(*arguments: str) -> dict:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = reference.main([*arguments, "--json"])
    return statuses(code, out.getvalue())


def without_slips(folder: Path, into: Path) -> Path:
    """The roll as it is published, by links: the folder slips does not belong to it."""
    for path in folder.iterdir():
        if path.name != "slips":
            (into / path.name).symlink_to(path.resolve(), target_is_directory=path.is_dir())
    return into


def compare(path: str, folder: Path) -> list[tuple[str, dict, dict]]:
    found = []
    with tempfile.TemporaryDirectory() as into:
        public = str(without_slips(folder, Path(into)))
        found.append((folder.name, program(path, "verify", public), second(public)))
    if not (folder / "commit.txt").is_file():
        return found
    commit = (folder / "commit.txt").read_bytes()
    suite = commit.decode("utf-8", "replace").split("\nsuite ")[-1].split("\n")[0]
    announced = reference.v.SUITES.get(suite, reference.v.SHA256).hash(commit)
    for slip in sorted(folder.glob("slips/*.txt")):
        named = ["--commitment", announced]
        found.append((f"{folder.name}/{slip.name}", program(path, "check", str(slip), "--documents", str(folder), *named),
                      second("--slip", str(slip), "--documents", str(folder), *named)))
    return found


def is_roll(folder: Path) -> bool:
    """Also one whose commitment is missing."""
    return any((folder / name).is_file() for name in ("commit.txt", "policy.toml"))


def main() -> int:
    folders = []
    for name in map(Path, sys.argv[2:]):
        folders += [name] if is_roll(name) else sorted(filter(is_roll, name.iterdir()))
    found = [one for folder in folders for one in compare(sys.argv[1], folder)]
    differ = [(name, ours, theirs) for name, ours, theirs in found if ours != theirs]
    for name, ours, theirs in differ:
        print(f"{name}: {ours} / {theirs}")
    print(f"{len(folders)} rolls, {len(found) - len(folders)} slips, {len(differ)} differ (program / reference)")
    return 1 if differ or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
