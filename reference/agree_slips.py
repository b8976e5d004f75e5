#!/usr/bin/env python3
"""Holds the two implementations against each other on slips.

Usage: agree_slips.py PROGRAM FOLDER…   (each FOLDER holds folders with slip.txt, log-policy.txt, asked.txt)

Both must give the same status for every check, or both must find that it is no slip.
"""
import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

import slip as reference


def statuses(code: int, out: str) -> dict:
    if code not in (0, 1, 4):
        return {"code": code}
    report = json.loads(out)
    return {check["id"]: check["status"] for check in report["checks"]} | {"verdict": report["verdict"], "code": code}


def main() -> int:
    folders = sorted(path for name in sys.argv[2:] for path in Path(name).iterdir() if path.is_dir())
    differ = 0
    for folder in folders:
        asked = (folder / "asked.txt").read_text().splitlines()
        arguments = [str(folder / "slip.txt"), "--log-policy", str(folder / "log-policy.txt"), "--json", *asked]
        run = subprocess.run([sys.argv[1], "verify-slip", *arguments], capture_output=True, text=True)
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            code = reference.main(arguments)
        ours, theirs = statuses(run.returncode, run.stdout), statuses(code, out.getvalue())
        if ours != theirs:
            differ += 1
            print(f"{folder.name}: {ours} / {theirs}")
    print(f"{len(folders)} slips, {differ} differ (program / reference)")
    return 1 if differ or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
