#!/usr/bin/env python3
"""Start, first hop and memory of the laptop (`jobs up`). Linux only: it reads /proc. See ../README.md."""
import argparse
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / "src/Local/bin/Debug/net10.0/Jobs.Local.dll"
SAMPLE = ROOT / "samples/gdp.csv"
READY = re.compile(r"AWS_ENDPOINT_URL=(http://\S+)")
BUCKET = re.compile(r"s3://(\S+)/(incoming|PREFIX)/")
IDLE_SECONDS = 45  # Functions stop after 30 s without an event; the tick starts one each minute.


class Laptop:
    """One running `up`; each line it prints is kept with the time at which it was read."""

    def __init__(self, state, program=("dotnet", PROGRAM), folder=ROOT):
        self.lines = []
        self._news = threading.Condition()
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [*program, "up", "--port", "0", "--state", state], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            process_group=0)
        threading.Thread(target=self._read, daemon=True).start()
        at, line = self.wait_for(READY, 0, patience=600)  # Long, because it may first build the stack.
        self.start_seconds = at - begin
        self.endpoint = READY.search(line)[1]
        self.bucket = BUCKET.search(self.wait_for(BUCKET, 0)[1])[1]
        if any("Building" in line for _, line in self.lines):
            self.stop()
            raise SystemExit("The stack was not built yet, and is now: run this again.")

    def _read(self):
        for line in self.process.stdout:
            with self._news:
                self.lines.append((time.monotonic(), line))
                self._news.notify_all()
        with self._news:
            self.lines.append((time.monotonic(), ""))
            self._news.notify_all()

    def wait_for(self, pattern, begin, patience=60):
        """The first line from index `begin` on that the pattern is found in, and when it came."""
        give_up = time.monotonic() + patience
        with self._news:
            while True:
                for at, line in self.lines[begin:]:
                    if re.search(pattern, line):
                        return at, line
                    if line == "":
                        raise SystemExit("The laptop ended:\n" + "".join(line for _, line in self.lines))
                if not self._news.wait(max(0, give_up - time.monotonic())):
                    raise SystemExit(f"No {pattern} within {patience} s:\n" + "".join(line for _, line in self.lines))

    def upload(self, key):
        """Seconds from the answer of PutObject to the worker's process, to RUNNING on the screen, and to the task's end."""
        known = workers(self.process.pid)
        begin = len(self.lines)
        request = urllib.request.Request(f"{self.endpoint}/{self.bucket}/incoming/{key}", SAMPLE.read_bytes(), method="PUT")
        urllib.request.urlopen(request).close()
        answered = time.monotonic()
        while not workers(self.process.pid) - known:
            if time.monotonic() > answered + 60:
                raise SystemExit("No worker within 60 s:\n" + "".join(line for _, line in self.lines))
            time.sleep(0.005)
        process = time.monotonic() - answered
        running = self.wait_for(r"ECS .*RUNNING", begin)[0] - answered
        ended = self.wait_for(r"ECS .*STOPPED.*exit code 0|ECS .*exit code 0", begin)[0] - answered
        return process, running, ended

    def stop(self):
        self.signal(signal.SIGINT)
        self.process.wait(30)

    def signal(self, number):
        """To the process group, as a terminal does it: `dotnet jobs` starts the tool as another process."""
        os.killpg(self.process.pid, number)


def tree(root):
    """The process and all its descendants, as {id: command line}."""
    parents, commands = {}, {}
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                commands[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError):
                pass  # It ended meanwhile.
    found = {root}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {process: commands[process] for process in found if process in commands}


def workers(root):
    return {process for process, command in tree(root).items() if "Jobs.Worker.dll" in command}


def memory(root):
    """Proportional set size in MB by program: shared pages count once over the tree."""
    sizes = {}
    for process, command in tree(root).items():
        rollup = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text()
        name = next((name for name in ("Jobs.Local.dll", "server.js", "Jobs.Functions.dll", "Jobs.Worker.dll") if name in command), command[:40])
        sizes[name] = sizes.get(name, 0) + int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1]) / 1024
    return sizes


def reference(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begin


def show(name, values, unit="s"):
    print(f"{name:44} median {statistics.median(values):6.2f} {unit}   min {min(values):6.2f}   max {max(values):6.2f}   of {len(values)}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5, help="starts, each with one cold and some warm uploads (default 5)")
    arguments.add_argument("--warm", type=int, default=4, help="warm uploads in a round (default 4)")
    arguments.add_argument("--no-memory", action="store_true", help="leave out the minute that the memory takes")
    options = arguments.parse_args()

    beside = ["aws", "--version"] if shutil.which("aws") else ["dotnet", "--version"]
    starts, references, cold, warm, ends = [], [], [], [], []
    with tempfile.TemporaryDirectory(prefix="jobs-bench-") as state:
        Laptop(state).stop()  # Installs dynalite where that is still to be done, and makes the tables.
        for round in range(options.rounds):
            laptop = Laptop(state)
            starts.append(laptop.start_seconds)
            references.append(reference(beside))
            cold.append(laptop.upload(f"cold-{round}.csv"))
            time.sleep(1)
            for number in range(options.warm):
                warm.append(laptop.upload(f"warm-{round}-{number}.csv"))
                time.sleep(1)
            if round == options.rounds - 1 and not options.no_memory:
                time.sleep(IDLE_SECONDS)
                while any("Jobs.Functions.dll" in command for command in tree(laptop.process.pid).values()):
                    time.sleep(1)
                sizes = memory(laptop.process.pid)
            laptop.stop()

    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    show("start to endpoint", starts)
    show(" ".join(beside), references)
    print(f"{'ratio of medians':44} {statistics.median(starts) / statistics.median(references):.2f}")
    for name, measured in (("cold", cold), ("warm", warm)):
        show(f"{name}: PutObject answered to worker process", [m[0] for m in measured])
        show(f"{name}: PutObject answered to RUNNING", [m[1] for m in measured])
        show(f"{name}: PutObject answered to exit code 0", [m[2] for m in measured])
    if not options.no_memory:
        print(f"memory at rest: {sum(sizes.values()):.0f} MB (PSS): " + ", ".join(f"{name} {size:.0f}" for name, size in sizes.items()))


if __name__ == "__main__":
    main()
