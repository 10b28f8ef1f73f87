#!/usr/bin/env python3
"""csv-import of a generated file, 1 GB unless told otherwise, in a worker whose .NET heap may have 256 MB. See ../README.md."""
import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "local"))
from generate import generate  # noqa: E402
from local import Laptop, workers  # noqa: E402

HEAP_LIMIT = "0x10000000"
TICKS = os.sysconf("SC_CLK_TCK")
PYTHON = "import csv,sys\nprint(sum(1 for _ in csv.reader(open(sys.argv[1], newline='', encoding='utf-8'))) - 1)"


def limit_workers(folder):
    """The laptop gives a worker the heap its task definition allows; a `dotnet` first on the PATH gives it less."""
    shim = pathlib.Path(folder) / "dotnet"
    shim.write_text(
        f'#!/bin/sh\ncase "$1" in *Jobs.Worker.dll) export DOTNET_GCHeapHardLimit={HEAP_LIMIT} ;; esac\nexec {shutil.which("dotnet")} "$@"\n')
    shim.chmod(0o755)
    os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"


def watch(process):
    """Wall and CPU seconds and the largest part set in MB of a process until it ends; fails unless its heap was limited."""
    begin = time.monotonic()
    environment = cpu = peak = None
    while True:
        try:
            folder = pathlib.Path(f"/proc/{process}")
            environment = (folder / "environ").read_bytes() or environment
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            status = (folder / "status").read_text()
            if "VmHWM" not in status:
                break
            cpu = (int(fields[11]) + int(fields[12])) / TICKS
            peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
        except (FileNotFoundError, ProcessLookupError):
            break
        time.sleep(0.02)
    if f"DOTNET_GCHeapHardLimit={HEAP_LIMIT}".encode() not in environment:
        raise SystemExit("The worker ran without the limit.")
    return time.monotonic() - begin, cpu, peak


def call(laptop, operation, body):
    headers = {"X-Amz-Target": f"DynamoDB_20120810.{operation}", "Content-Type": "application/x-amz-json-1.0"}
    with urllib.request.urlopen(urllib.request.Request(laptop.endpoint, json.dumps(body).encode(), headers)) as answer:
        return json.load(answer)


def imported_rows(laptop):
    """The row counts of all results in the table."""
    tables = [name for name in call(laptop, "ListTables", {})["TableNames"] if "Results" in name or "results" in name]
    items = [item for name in tables for item in call(laptop, "Scan", {"TableName": name})["Items"]]
    return [int(rows) for rows in re.findall(r'\\"rows\\":(\d+),\\"bytes\\"', json.dumps(items))]


def run(laptop, file, name):
    begin = len(laptop.lines)
    with open(file, "rb") as body:
        headers = {"Content-Length": str(os.path.getsize(file))}
        urllib.request.urlopen(urllib.request.Request(f"{laptop.endpoint}/{laptop.bucket}/incoming/{name}", body, headers, method="PUT")).close()
    while not (found := workers(laptop.process.pid)):
        time.sleep(0.005)
    measured = watch(found.pop())
    laptop.wait_for(r"ECS .*exit code 0", begin)
    return measured


def reference(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begin, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, printed


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--megabytes", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="jobs-bench-") as folder:
        file = f"{folder}/big.csv"
        rows = generate(file, options.megabytes)
        print(f"{rows:,} rows, {os.path.getsize(file):,} bytes", flush=True)
        bin = pathlib.Path(folder) / "bin"
        bin.mkdir()
        limit_workers(bin)
        laptop = Laptop(f"{folder}/state")
        ratios = []
        try:
            for round in range(options.rounds):
                wall, cpu, peak = run(laptop, file, f"big-{round}.csv")
                counted = imported_rows(laptop)
                if counted != [rows] * (round + 1):
                    raise SystemExit(f"Rows in the results: {counted}, each should be {rows}.")
                python_wall, python_cpu, printed = reference([sys.executable, "-c", PYTHON, file])
                if int(printed) != rows:
                    raise SystemExit(f"Python's csv found {printed.strip()} rows, not {rows}.")
                wc_wall, wc_cpu, _ = reference(["wc", "-l", file])
                ratios.append(cpu / python_cpu)
                print(f"csv-import {wall:.1f} s, {cpu:.1f} s CPU, {rows / wall:,.0f} rows/s, peak {peak:.0f} MB part; "
                      f"python csv {python_wall:.1f} s, {python_cpu:.1f} s CPU; wc -l {wc_cpu:.2f} s CPU; "
                      f"CPU ratio to python csv {ratios[-1]:.2f}; load {os.getloadavg()[0]:.1f}", flush=True)
        finally:
            laptop.stop()
    print(f"median CPU ratio to python csv {statistics.median(ratios):.2f} of {len(ratios)}")


if __name__ == "__main__":
    main()
