#!/usr/bin/env python3
"""The same requests to the laptop and to moto_server, side by side: `pip install boto3 moto[server]`. Linux only, as
local.py is. Ends with 1 when the laptop is slower in one of them. See ../README.md."""
import argparse
import os
import socket
import statistics
import subprocess
import tempfile
import time

import boto3
import botocore.config

import local

NAMES = dict(region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="y")


def clients(endpoint):
    config = botocore.config.Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1})
    return {name: boto3.client(name, endpoint_url=endpoint, config=config, **NAMES) for name in ("s3", "sqs", "dynamodb")}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Moto:
    def __init__(self):
        self.endpoint = f"http://127.0.0.1:{(port := free_port())}"
        self.process = subprocess.Popen(["moto_server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.clients = clients(self.endpoint)
        give_up = time.monotonic() + 60
        while True:
            try:
                self.clients["s3"].create_bucket(Bucket="bench")
                break
            except botocore.exceptions.EndpointConnectionError:
                if time.monotonic() > give_up:
                    raise SystemExit("moto_server does not answer.")
                time.sleep(0.2)
        self.bucket = "bench"
        self.queue = self.clients["sqs"].create_queue(QueueName="bench")["QueueUrl"]
        self.table = "bench"
        self.clients["dynamodb"].create_table(
            TableName=self.table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}])
        self.key = ["pk"]

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Lapstack:
    """The sample stack: its bucket below a prefix that starts nothing, a queue that nothing drains at once, a table."""

    def __init__(self, state):
        self._laptop = local.Laptop(state)
        self.clients = clients(self._laptop.endpoint)
        self.bucket = self._laptop.bucket
        self.queue = next(url for url in self.clients["sqs"].list_queues()["QueueUrls"] if "DeadLetter" in url)
        self.table = next(name for name in self.clients["dynamodb"].list_tables()["TableNames"] if "Results" in name)
        self.key = [part["AttributeName"] for part in self.clients["dynamodb"].describe_table(TableName=self.table)["Table"]["KeySchema"]]

    def stop(self):
        self._laptop.stop()


def requests(server):
    """One of each kind, by name."""
    s3, sqs, dynamodb = (server.clients[name] for name in ("s3", "sqs", "dynamodb"))
    item = {name: {"S": "bench"} for name in server.key}
    body = b"x" * 10_000
    return {
        "s3 put 10 kB": lambda: s3.put_object(Bucket=server.bucket, Key="bench/a", Body=body),
        "s3 get 10 kB": lambda: s3.get_object(Bucket=server.bucket, Key="bench/a")["Body"].read(),
        "sqs send": lambda: sqs.send_message(QueueUrl=server.queue, MessageBody="bench"),
        "sqs receive": lambda: sqs.receive_message(QueueUrl=server.queue, WaitTimeSeconds=0),
        "dynamodb put": lambda: dynamodb.put_item(TableName=server.table, Item={**item, "text": {"S": "y" * 500}}),
        "dynamodb get": lambda: dynamodb.get_item(TableName=server.table, Key=item),
    }


def milliseconds(request, times):
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        request()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=10, help="rounds of 50 requests of each kind to each (default 10)")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="jobs-bench-") as state:
        moto = Moto()
        lapstack = Lapstack(state)
        ours, theirs = requests(lapstack), requests(moto)
        for one in (*ours.values(), *theirs.values()):
            one()
        slower = False
        print(f"{'':14} {'laptop':>9} {'moto':>9}   ratio of medians")
        for name in ours:
            # In turns, so that both have the same of whatever else the machine does.
            pairs = [(milliseconds(ours[name], 50), milliseconds(theirs[name], 50)) for _ in range(options.rounds)]
            our, their = (statistics.median(column) for column in zip(*pairs))
            slower |= our > their
            print(f"{name:14} {our:6.2f} ms {their:6.2f} ms   {our / their:.2f}", flush=True)
        lapstack.stop()
        moto.stop()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    raise SystemExit(1 if slower else 0)


if __name__ == "__main__":
    main()
