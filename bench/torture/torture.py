#!/usr/bin/env python3
"""Kills the laptop and its processes at random while files are uploaded, with every fault on. Linux only. See ../README.md."""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROJECT = "tests/EndToEnd"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1, help="of what is killed, and when")
    parser.add_argument("--minutes", type=float, default=3, help="how long processes are killed, at least until all is uploaded")
    asked = parser.parse_args()
    subprocess.run(["dotnet", "build", PROJECT, "-v", "q", "--nologo"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="jobs-torture-") as folder:
        report = pathlib.Path(folder) / "report"
        test = subprocess.run(
            ["dotnet", "test", PROJECT, "--no-build", "--nologo", "--filter", "FullyQualifiedName~TortureTests"],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=os.environ | {
                "JOBS_TORTURE_UPLOADS": str(asked.uploads),
                "JOBS_TORTURE_SEED": str(asked.seed),
                "JOBS_TORTURE_SECONDS": str(round(asked.minutes * 60)),
                "JOBS_TORTURE_REPORT": str(report),
            })
        # Without a report there was no round: a test that was skipped or could not begin.
        if test.returncode or not report.exists():
            print(test.stdout)
            sys.exit(1)
        print(report.read_text(), end="")


if __name__ == "__main__":
    main()
