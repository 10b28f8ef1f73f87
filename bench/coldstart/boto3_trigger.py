"""What a team would write instead: a plain boto3 function from the same SQS batch to a task. PutItem (conditional), RunTask, UpdateItem."""
import hashlib
import http.client
import json
import os

import boto3

dynamodb = boto3.client("dynamodb")
ecs = boto3.client("ecs")


def handle(event):
    for record in event["Records"]:
        message = json.loads(record["body"])
        start(message["job"], message["event"]["detail"])
    return {"batchItemFailures": []}


def start(job, detail):
    upload = f"{detail['bucket']['name']}/{detail['object']['key']}/{detail['object'].get('sequencer')}"
    run = hashlib.sha256(upload.encode()).hexdigest()[:32]
    dynamodb.put_item(
        TableName="jobs",
        Item={"pk": {"S": run}, "status": {"S": "PENDING"}},
        ConditionExpression="attribute_not_exists(pk)",
    )
    answer = ecs.run_task(
        cluster="jobs",
        taskDefinition=job,
        launchType="FARGATE",
        startedBy=run,
        clientToken=run,
        networkConfiguration={"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}},
        overrides={"containerOverrides": [{"name": "job", "environment": [{"name": "JOB_RUN_ID", "value": run}]}]},
    )
    dynamodb.update_item(
        TableName="jobs",
        Key={"pk": {"S": run}},
        UpdateExpression="SET task = :t",
        ExpressionAttributeValues={":t": {"S": answer["tasks"][0]["taskArn"]}},
    )


def serve():
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        api.request("GET", "/2018-06-01/runtime/invocation/next")
        answer = api.getresponse()
        invocation = answer.getheader("Lambda-Runtime-Aws-Request-Id")
        result = json.dumps(handle(json.loads(answer.read())))
        api.request("POST", f"/2018-06-01/runtime/invocation/{invocation}/response", result)
        api.getresponse().read()


serve()
