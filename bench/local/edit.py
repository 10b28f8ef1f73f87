#!/usr/bin/env python3
"""From an edit of a job's code until the next run has it (`jobs up` watches), beside `dotnet build` of the same project
after the same edit: of the sample worker, or of an app elsewhere that has the tool. The file is as before at the end.
See ../README.md."""
import argparse
import os
import pathlib
import signal
import statistics
import subprocess
import tempfile
import time

import local

SAMPLE = local.ROOT / "src/Worker/Program.cs"
APPLIED = "The next run has the new"


def edit_to_next_run(laptop, source, text):
    begin = len(laptop.lines)
    start = time.monotonic()
    source.write_text(text)
    return laptop.wait_for(APPLIED, begin, patience=300)[0] - start


def build(laptop, source, text):
    """The laptop stands still meanwhile, and applies the edit afterwards, untimed."""
    begin = len(laptop.lines)
    laptop.signal(signal.SIGSTOP)
    try:
        start = time.monotonic()
        source.write_text(text)
        command = ["dotnet", "build", source.parent, "--nologo", "-v", "quiet", "-p:RunAnalyzers=false"]  # As the laptop does.
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - start
    finally:
        laptop.signal(signal.SIGCONT)
    laptop.wait_for(APPLIED, begin, patience=300)
    return seconds


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--app", type=pathlib.Path, help="folder with cdk.json (default: this repository)")
    arguments.add_argument("--source", type=pathlib.Path, help="file of code beside a worker's project, with --app")
    options = arguments.parse_args()
    source = options.source or SAMPLE
    text = source.read_text()
    with tempfile.TemporaryDirectory(prefix="jobs-bench-") as state:
        laptop = local.Laptop(state, ("dotnet", "jobs"), options.app) if options.app else local.Laptop(state)
        try:
            laptop.wait_for("changed files", 0)
            # Both restore first, and the build may find that nothing is built.
            built, edited = build(laptop, source, f"{text}// Once.\n"), edit_to_next_run(laptop, source, f"{text}// Again.\n")
            print(f"first build {built:.1f} s, first edit {edited:.1f} s", flush=True)
            edits, builds = [], []
            for number in range(options.rounds):
                builds.append(build(laptop, source, f"{text}// Built {number}.\n"))
                edits.append(edit_to_next_run(laptop, source, f"{text}// Edited {number}.\n"))
                print(f"build {builds[-1]:.1f} s, edit to next run {edits[-1]:.1f} s", flush=True)
        finally:
            source.write_text(text)
            laptop.stop()
    ratio = statistics.median(edits) / statistics.median(builds)
    print(f"medians: build {statistics.median(builds):.1f} s, edit to next run {statistics.median(edits):.1f} s: {ratio:.2f} times")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
