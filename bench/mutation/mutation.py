#!/usr/bin/env python3
"""Mutants of Core that its unit tests kill, folder by folder, and those that survive. See ../README.md."""
import argparse
import collections
import json
import pathlib
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REPORTS = HERE / "artifacts"
FOLDERS = ["Runs", "Verdicts", "Schedules"]
DETECTED = ("Killed", "Timeout")
SURVIVED = ("Survived", "NoCoverage")


def mutate(folder, files):
    """Stryker's minutes for the folder; its reports are below artifacts/."""
    begin = time.monotonic()
    # Stryker keeps the copy of an earlier run, and would put that assembly back.
    for stale in ROOT.glob("tests/Unit/bin/**/*.stryker-unchanged"):
        stale.unlink()
    subprocess.run(
        ["nice", "-n", "10", "dotnet", "stryker", "--mutate", f"**/Core/{folder}/{files}", "--output", REPORTS / folder], cwd=HERE, check=True)
    return (time.monotonic() - begin) / 60


def mutants(folder):
    """Of the folder's last report: file, source line, mutant."""
    report = json.loads((REPORTS / folder / "reports" / "mutation-report.json").read_text())
    for name, file in sorted(report["files"].items()):
        lines = file["source"].split("\n")
        for mutant in sorted(file["mutants"], key=lambda mutant: mutant["location"]["start"]["line"]):
            yield pathlib.Path(name).name, lines[mutant["location"]["start"]["line"] - 1].strip(), mutant


def score(counts):
    """A row of the table. Mutants that do not compile, or that the configuration leaves out, do not count."""
    detected, survived = (sum(counts[status] for status in among) for among in (DETECTED, SURVIVED))
    if detected == 0:
        raise SystemExit("No test failed for any mutant: the tests did not run.")
    return f"{detected + survived} | {counts['Killed']} | {counts['Timeout']} | {counts['Survived']} | {counts['NoCoverage']} | {detected / (detected + survived):.1%}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", default=FOLDERS, help="below src/Core (default: %(default)s)")
    parser.add_argument("--files", default="*.cs", help="only these files of the folders")
    parser.add_argument("--read", action="store_true", help="print the last reports, and mutate nothing")
    asked = parser.parse_args()
    if not asked.read:
        subprocess.run(["dotnet", "tool", "restore"], cwd=ROOT, check=True)
    rows, total = [], collections.Counter()
    for folder in asked.folders:
        minutes = "" if asked.read else f"{mutate(folder, asked.files):.0f}"
        counts = collections.Counter()
        for file, line, mutant in mutants(folder):
            counts[mutant["status"]] += 1
            if mutant["status"] in SURVIVED:
                at = mutant["location"]["start"]
                print(f"{folder}/{file}:{at['line']}:{at['column']} {mutant['mutatorName']}, {mutant['status']}\n    {line}\n    -> {' '.join(mutant['replacement'].split())}")
        total += counts
        rows.append(f"| {folder} | {score(counts)} | {minutes} |")
    print("\n| | mutants | killed | timed out | survived | not covered | score | minutes |\n|---|---|---|---|---|---|---|---|")
    print("\n".join(rows))
    print(f"| all | {score(total)} | |")


if __name__ == "__main__":
    main()
