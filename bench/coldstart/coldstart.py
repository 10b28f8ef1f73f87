#!/usr/bin/env python3
"""Cold and warm cost of the published OnUpload function, managed and native, beside a boto3 function that does the same. See ../README.md."""
import argparse
import contextlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

from stub import TRACES, Stub

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
PUBLISHED = HERE / "artifacts" / "functions"

# The form that JobCatalog.ToJson writes, with a job that has no cap, as the boto3 function knows none; used when no stack has been synthesized.
CATALOG = {"jobs": [{
    "name": "photo-catalog", "cpu": 512, "memoryMiB": 1024, "architecture": "X64", "timeoutMinutes": 30, "stopTimeoutSeconds": 120,
    "spot": False, "retry": {"attempts": 3, "backoffSeconds": 30, "maxBackoffSeconds": 3600},
    "uploads": [{"prefix": "photos/", "suffix": ".jpg", "priority": 0}], "schedules": [], "afters": [],
    "reads": [], "lists": [], "writes": [], "submits": [], "allowLoop": False, "environment": {}, "tags": {}, "hasHost": True,
}]}

ENVIRONMENT = {
    "ANNOTATIONS_HANDLER": "OnUpload",
    "JOBS_STACK": "jobs",
    "JOBS_RUNS_TABLE": "jobs-runs",
    "JOBS_RESULTS_TABLE": "jobs-results",
    "JOBS_BUCKET": "uploads",
    "JOBS_CLUSTER": "arn:aws:ecs:us-east-1:123456789012:cluster/jobs",
    "JOBS_SUBNETS": "subnet-1",
    "JOBS_SECURITY_GROUPS": "sg-1",
    "JOBS_ASSIGN_PUBLIC_IP": "ENABLED",
    "JOBS_ALERT_TOPIC": "arn:aws:sns:us-east-1:123456789012:alerts",
    "JOBS_LAUNCH_BURST": "100",
    "JOBS_LAUNCHES_PER_SECOND": "20",
    "JOBS_DEAD_LETTER_QUEUE": "https://sqs.us-east-1.amazonaws.com/123456789012/dead",
    # What Lambda itself sets.
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_LAMBDA_FUNCTION_NAME": "OnUpload",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
}

MEASURES = {"init": "ms", "cold": "ms", "cold cpu": "ms", "warm": "ms", "warm cpu": "ms", "memory": "MB"}


def publish():
    """The functions as the stack deploys them, managed and native, with the catalog of a synthesized stack if there is one."""
    subprocess.run(
        ["dotnet", "build", ROOT / "src/Cdk", "--nologo", "--verbosity", "quiet", "-p:RunAnalyzers=false", "-p:FunctionRuntime=Native"],
        check=True)
    shutil.rmtree(PUBLISHED, ignore_errors=True)
    shutil.copytree(ROOT / "src/Cdk/bin/Debug/net10.0/functions", PUBLISHED)
    catalogs = sorted(ROOT.glob("**/cdk.out/asset.*/jobs.json"), key=lambda path: path.stat().st_mtime)
    folders = {"dotnet10": PUBLISHED, "native": PUBLISHED / "native"}
    for folder in folders.values():
        (folder / "jobs.json").write_text(catalogs[-1].read_text() if catalogs else json.dumps(CATALOG))
    return folders


def command_of(folder):
    program = pathlib.Path(folder) / "bootstrap"
    return [str(program)] if program.exists() else ["dotnet", str(pathlib.Path(folder) / "Jobs.Functions.dll")]


def upload(number):
    """A batch of one message, as the inbox delivers it for one of many uploads."""
    created = {
        "version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created", "source": "aws.s3",
        "account": "123456789012", "time": "2026-01-01T00:00:00Z", "region": "us-east-1", "resources": ["arn:aws:s3:::uploads"],
        "detail": {
            "version": "0", "bucket": {"name": "uploads"},
            "object": {
                "key": f"photos/{number}.jpg", "size": 5, "etag": "b1946ac92492d2347c6235b4d2611184",
                "version-id": f"IYV3p45BT0ac8hjHg1houSdS1a.{number:04}", "sequencer": "617f08299329d189",
            },
            "request-id": "N4N7GDK58NMKJ12R", "requester": "123456789012", "source-ip-address": "1.2.3.4", "reason": "PutObject",
        },
    }
    return json.dumps({"Records": [{
        "messageId": "19dd0b57-b21e-4ac1-bd88-01bbb068cb78", "receiptHandle": "MessageReceiptHandle",
        "body": json.dumps({"job": "photo-catalog", "trigger": "photos/*.jpg", "event": created}),
        "attributes": {
            "ApproximateReceiveCount": "1", "SentTimestamp": "1523232000000", "SenderId": "123456789012",
            "ApproximateFirstReceiveTimestamp": "1523232000001",
        },
        "messageAttributes": {}, "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3", "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:inbox", "awsRegion": "us-east-1",
    }]}).encode()


def cpu_seconds(process):
    """Of all threads, dead ones too: the process's CPU clock, by the kernel's formula for its id."""
    return time.clock_gettime((~process.pid << 3) | 2)


@contextlib.contextmanager
def share_of_a_core(memory):
    """What a process joins first, to have no more of a core than Lambda gives a function of so many MB: a whole one at 1,769."""
    if not memory:
        yield None
        return
    quota = round(memory / 1769 * 100_000)
    first = pathlib.Path("/sys/fs/cgroup/cpu")
    group = (first if first.is_dir() else pathlib.Path("/sys/fs/cgroup")) / f"jobs-coldstart-{os.getpid()}"
    try:
        group.mkdir()
        if first.is_dir():
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (group / "cpu.max").write_text(f"{quota} 100000")
    except OSError as refused:
        raise SystemExit(f"--memory takes a control group, which only root may make: {refused}") from refused
    try:
        yield lambda: (group / "cgroup.procs").write_text(str(os.getpid()))
    finally:
        group.rmdir()


def measure(command, warm, join=None, traced=False):
    """One process: its first invocation, then `warm` more. Every result and every call is checked: who is not to send traces sends none."""
    with Stub() as stub:
        environment = {**ENVIRONMENT, "AWS_LAMBDA_RUNTIME_API": stub.address, "AWS_ENDPOINT_URL": f"http://{stub.address}"}
        if traced:
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = f"http://{stub.address}"
        started = time.perf_counter()
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, preexec_fn=join) as process:
            try:
                return invoke_all(stub, process, started, warm, traced)
            finally:
                process.kill()


def invoke_all(stub, process, started, warm, traced):
    while not stub.first_next.wait(0.05):
        if process.poll() is not None:
            raise SystemExit(f"{process.args} ended with {process.returncode} before it asked for an event: see above.")
    init = time.perf_counter() - started
    results, times = [], []
    results.append(stub.invoke(upload(0)))
    row = {"init": init * 1e3, "cold": (results[0][1] - started) * 1e3, "cold cpu": cpu_seconds(process) * 1e3}
    for number in range(1, warm + 1):
        sent = time.perf_counter()
        results.append(stub.invoke(upload(number)))
        times.append(results[-1][1] - sent)
    row["memory"] = peak_megabytes(process)
    if warm:
        row["warm"] = statistics.median(times) * 1e3
        row["warm cpu"] = (cpu_seconds(process) * 1e3 - row["cold cpu"]) / warm
    if any(result["batchItemFailures"] for result, _ in results) or stub.calls["RunTask"] != warm + 1 or stub.calls[TRACES] != (warm + 1 if traced else 0):
        raise SystemExit(f"{process.args}: {results[-1]}, calls {dict(stub.calls)}: it did not do its work, so there is nothing to compare.")
    return row


def peak_megabytes(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def print_table(rows, baseline):
    medians = {
        name: {measure: statistics.median(values) for measure in MEASURES if (values := [row[measure] for row in all_rows if measure in row])}
        for name, all_rows in rows.items()
    }
    print(f"{'':16}" + "".join(f"{f'{measure} {unit}':>14}" for measure, unit in MEASURES.items()))
    for name, row in medians.items():
        print(f"{name:16}" + "".join(f"{row[measure]:14.2f}" if measure in row else f"{'':14}" for measure in MEASURES))
    for name, row in medians.items():
        if name != baseline:
            beside = name.removesuffix("+traces") if name.endswith("+traces") else baseline
            ratios = (f"{row[measure] / medians[beside][measure]:14.2f}" if measure in row else f"{'':14}" for measure in MEASURES)
            print(f"{name + '/' + beside:16.16}" + "".join(ratios))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="cold starts of each (default 15)")
    parser.add_argument("--warm", type=int, default=1000, help="warm invocations in the first three rounds (default 1000)")
    parser.add_argument("--functions", action="append", metavar="NAME=FOLDER", help="published folders to compare, instead of publishing")
    parser.add_argument("--memory", type=int, metavar="MB", help="throttle each as Lambda does a function of this memory (Linux, as root)")
    parser.add_argument("--traces", action="store_true", help="also with traces on: each .NET function beside itself")
    options = parser.parse_args()

    folders = dict(pair.split("=", 1) for pair in options.functions) if options.functions else publish()
    commands = {name: (command_of(folder), False) for name, folder in folders.items()}
    if options.traces:
        commands |= {f"{name}+traces": (command, True) for name, (command, _) in commands.items()}
    commands["boto3"] = ([sys.executable, str(HERE / "boto3_trigger.py")], False)
    for command, traced in commands.values():
        measure(command, 0, traced=traced)  # once unmeasured: files into the page cache, Python's byte code written
    rows = {name: [] for name in commands}
    with share_of_a_core(options.memory) as join:
        for number in range(options.rounds):
            for name, (command, traced) in commands.items():
                rows[name].append(measure(command, options.warm if number < 3 else 0, join, traced))
    print_table(rows, "boto3")


main()
