#!/usr/bin/env python3
"""Start to last output of the jobs command line beside the AWS CLI, for comparable reads of one running stack.

    dotnet publish src/Cli -o /tmp/jobs-cli
    dotnet run --project src/Local -- up &
    AWS_ENDPOINT_URL=http://127.0.0.1:4566 bench/cli/cli.py /tmp/jobs-cli/Jobs.Cli

The two take turns, so that what else the machine does is spread over both. What is printed: the median and the fastest of the rounds, in
seconds of wall clock and of CPU of the command's own process, and jobs' share of the AWS CLI's time. The first round of each is not counted.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import time

ROUNDS = int(os.environ.get("ROUNDS", "15"))
GOAL = 0.6


def measure(command, environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    jobs = sys.argv[1]
    environment = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", **os.environ}
    stacks = json.loads(subprocess.check_output(["aws", "cloudformation", "describe-stacks", "--output", "json"], env=environment))
    outputs = {one["OutputKey"]: one["OutputValue"] for one in stacks["Stacks"][0]["Outputs"]}
    query = [
        "aws", "dynamodb", "query", "--table-name", outputs["JobsRunsTable"], "--index-name", "history", "--no-scan-index-forward", "--max-items", "20",
        "--key-condition-expression", "history = :p", "--expression-attribute-values", '{":p": {"S": "csv-import#0"}}']
    item = ["aws", "dynamodb", "get-item", "--table-name", outputs["JobsRunsTable"], "--key", '{"pk": {"S": "jobs"}, "sk": {"S": "deployed"}}']
    pairs = [
        ("dotnet jobs runs", [jobs, "runs"], "aws dynamodb query (one of its partitions)", query),
        ("dotnet jobs runs --job csv-import", [jobs, "runs", "--job", "csv-import"], "aws dynamodb query (one of its partitions)", query),
        ("dotnet jobs list", [jobs, "list"], "aws dynamodb get-item", item),
        ("jobs --help", [jobs, "--help"], "aws --version", ["aws", "--version"]),
    ]
    for ours, our_command, theirs, their_command in pairs:
        mine, other = [], []
        for turn in range(ROUNDS + 1):
            one, two = measure(our_command, environment), measure(their_command, environment)
            if turn > 0:
                mine.append(one)
                other.append(two)
        print(f"{ours}  beside  {theirs}")
        for name, times in ((ours, mine), (theirs, other)):
            wall, cpu = [t[0] for t in times], [t[1] for t in times]
            print(f"  {name[:42]:42}  median {statistics.median(wall):.3f} s  fastest {min(wall):.3f} s  CPU {statistics.median(cpu):.3f} s")
        share = statistics.median(t[0] for t in mine) / statistics.median(t[0] for t in other)
        print(f"  share of the AWS CLI's time: {share:.2f} ({'within' if share <= GOAL else 'above'} {GOAL})")


if __name__ == "__main__":
    main()
