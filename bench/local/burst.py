#!/usr/bin/env python3
"""Many uploads at once on the laptop (`jobs up`): until each is recorded, and the memory meanwhile. Linux only: it reads
/proc. See ../README.md."""
import argparse
import concurrent.futures
import json
import os
import subprocess
import tempfile
import time
import urllib.request

import local

TOOL = local.ROOT / "src/Cli/bin/Debug/net10.0/Jobs.Cli.dll"
CSV = b"city,people\n" + b"".join(b"city-%d,%d\n" % (number, number * 1000) for number in range(20))


def put(laptop, number):
    request = urllib.request.Request(f"{laptop.endpoint}/{laptop.bucket}/incoming/{number:05}.csv", CSV, method="PUT")
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.status


def runs(laptop):
    """How many runs there are of each state."""
    counts, page = {}, []
    environment = dict(os.environ, AWS_ENDPOINT_URL=laptop.endpoint, AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="y", AWS_REGION="us-east-1")
    while True:
        command = ["dotnet", TOOL, "runs", "--job", "csv-import", "--json", "--limit", "1000", *page]
        answer = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
        for run in answer["runs"]:
            counts[run["state"]] = counts.get(run["state"], 0) + 1
        if not answer.get("nextPage"):
            return counts
        page = ["--page", answer["nextPage"]]


def megabytes(root):
    """Proportional set size of the tree by program; a process that ends meanwhile has none."""
    while True:
        try:
            return local.memory(root)
        except (FileNotFoundError, ProcessLookupError, TypeError, PermissionError):
            continue


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--uploads", type=int, default=1000)
    arguments.add_argument("--minutes", type=int, default=30, help="gives up after this many (default 30)")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="jobs-bench-") as state:
        laptop = local.Laptop(state)
        root = laptop.process.pid
        print(f"at rest {sum(megabytes(root).values()):.0f} MB", flush=True)
        begin = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(64) as pool:
            accepted = sum(status == 200 for status in pool.map(lambda number: put(laptop, number), range(options.uploads)))
        print(f"{accepted} uploads accepted in {time.monotonic() - begin:.1f} s", flush=True)
        peak, peaks, counts, last = 0, {}, {}, 0
        while counts.get("Succeeded", 0) < options.uploads and time.monotonic() < begin + 60 * options.minutes:
            sizes = megabytes(root)
            if sum(sizes.values()) > peak:
                peak, peaks = sum(sizes.values()), sizes
            if time.monotonic() > last + 15:
                counts, last = runs(laptop), time.monotonic()
                print(f"{time.monotonic() - begin:6.0f} s  {counts}  now {sum(sizes.values()):.0f} MB, at most {peak:.0f} MB", flush=True)
            time.sleep(0.5)
        seconds = time.monotonic() - begin
        ticks = os.sysconf("SC_CLK_TCK")
        cpu = [int(field) for field in (open(f"/proc/{root}/stat").read().rsplit(")", 1)[1].split()[11:15])]
        laptop.stop()
    print(f"{options.uploads} uploads: {counts} in {seconds:.0f} s, {sum(cpu) / ticks / options.uploads:.2f} CPU seconds each")
    print(f"at most {peak:.0f} MB (PSS): " + ", ".join(f"{name} {size:.0f}" for name, size in peaks.items()))
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    raise SystemExit(0 if counts == {"Succeeded": options.uploads} else 1)


if __name__ == "__main__":
    main()
