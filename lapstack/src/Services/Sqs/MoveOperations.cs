using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>Dead-letter queues on the wire: whose they are, and moving messages back.</summary>
internal sealed class MoveOperations(QueueStore queues, MoveTasks tasks)
{
    private const int FastestRate = 500;
    private const int MostListed = 10;

    public Operation Start(JsonCall call)
    {
        var source = Find(call.Input.RequiredText("SourceArn"), "SourceArn");
        var destination = call.Input.Text("DestinationArn") is { } arn ? Find(arn, "DestinationArn") : null;
        var rate = call.Input.Number("MaxNumberOfMessagesPerSecond", 1, FastestRate);
        var targets = destination is null ? SourcesOf(source) : [destination];
        return call.Answer(
            [
                .. ((string[])["StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes"])
                    .Select(action => new AccessRequest($"sqs:{action}", source.Arn)),
                .. targets.Select(target => new AccessRequest("sqs:SendMessage", target.Arn)),
            ],
            _ =>
            {
                if (SourcesOf(source).Count == 0)
                {
                    throw SqsErrors.Invalid("Source queue must be configured as a Dead Letter Queue.");
                }

                if (source == destination)
                {
                    throw SqsErrors.Invalid("Source queue arn and destination queue arn cannot be the same.");
                }

                return Task.FromResult(
                    new JsonObject { ["TaskHandle"] = tasks.Start(source, destination, rate).Handle });
            });
    }

    public Operation Cancel(JsonCall call)
    {
        var handle = call.Input.RequiredText("TaskHandle");
        var task = tasks.Find(handle)
            ?? throw new ServiceError("ResourceNotFoundException", "Task does not exist.", 404);
        return call.Answer(new AccessRequest("sqs:CancelMessageMoveTask", task.Source.Arn), () =>
        {
            if (task.Status != MoveTaskStatus.RUNNING)
            {
                throw SqsErrors.Unsupported("Only active tasks can be cancelled.");
            }

            task.Status = MoveTaskStatus.CANCELLING;
            return new JsonObject { ["ApproximateNumberOfMessagesMoved"] = task.Moved };
        });
    }

    public Operation List(JsonCall call)
    {
        var source = Find(call.Input.RequiredText("SourceArn"), "SourceArn");
        var most = call.Input.Number("MaxResults", 1, MostListed) ?? 1;
        return call.Answer(new AccessRequest("sqs:ListMessageMoveTasks", source.Arn), () =>
            new JsonObject { ["Results"] = new JsonArray([.. tasks.Of(source).Take(most).Select(Render)]) });
    }

    public Operation ListSources(JsonCall call, Queue dead)
    {
        var most = call.Input.Number("MaxResults", 1, 1000) ?? 1000;
        return call.Answer(new AccessRequest("sqs:ListDeadLetterSourceQueues", dead.Arn), () => JsonPage.Of(
            "queueUrls",
            SourcesOf(dead),
            queue => JsonValue.Create(queues.UrlOf(queue.Name)),
            most,
            call.Input.Text("NextToken"),
            SqsErrors.Invalid("NextToken is not valid."),
            next: "NextToken"));
    }

    private List<Queue> SourcesOf(Queue dead) =>
        [.. queues.All.Where(queue => queue.Settings.Redrive?.DeadLetterTargetArn == dead.Arn)];

    private Queue Find(string arn, string parameter) => queues.FindByArn(arn)
            ?? throw new ServiceError(
                "ResourceNotFoundException",
                $"The resource that you specified for the {parameter} parameter doesn't exist.",
                404);

    private static JsonObject Render(MoveTask task)
    {
        var rendered = new JsonObject
        {
            ["Status"] = task.Status.ToString(),
            ["SourceArn"] = task.Source.Arn,
            ["ApproximateNumberOfMessagesMoved"] = task.Moved,
            ["ApproximateNumberOfMessagesToMove"] = task.ToMove,
            ["StartedTimestamp"] = task.StartedAt.ToUnixTimeMilliseconds(),
        };
        if (task.Status == MoveTaskStatus.RUNNING) rendered["TaskHandle"] = task.Handle;
        if (task.Destination is { } destination) rendered["DestinationArn"] = destination.Arn;
        if (task.Rate is { } rate) rendered["MaxNumberOfMessagesPerSecond"] = rate;
        if (task.FailureReason is { } reason) rendered["FailureReason"] = reason;
        return rendered;
    }
}
