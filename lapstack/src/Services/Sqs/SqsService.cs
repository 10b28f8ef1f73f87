using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>
/// SQS on the wire (AWS JSON 1.0), for standard queues. Queues come from the template; CreateQueue is not offered.
/// </summary>
internal sealed class SqsService : JsonService
{
    private readonly QueueStore _queues;

    public SqsService(QueueStore queues, MoveOperations moves)
        : base("sqs", "AmazonSQS", Protocol.AwsJson10)
    {
        _queues = queues;
        Add("SendMessage", call => OnQueue(call, SqsSending.Send(call)));
        Add("SendMessageBatch", call => OnQueue(call, "sqs:SendMessage", SqsSending.SendBatch(call)));
        Add("ReceiveMessage", ReadReceive);
        Add("DeleteMessage", call => OnQueue(call, SqsReceiving.Delete(call.Input)));
        Add("DeleteMessageBatch", call => OnQueue(call, "sqs:DeleteMessage", SqsReceiving.DeleteBatch(call.Input)));
        Add("ChangeMessageVisibility", call => OnQueue(call, SqsReceiving.ChangeVisibility(call.Input)));
        Add(
            "ChangeMessageVisibilityBatch",
            call => OnQueue(call, "sqs:ChangeMessageVisibility", SqsReceiving.ChangeVisibilityBatch(call.Input)));
        Add("PurgeQueue", call => OnQueue(call, queue =>
        {
            queue.Purge();
            return [];
        }));
        Add("GetQueueAttributes", call => OnQueue(call, QueueAttributes.Answer(call.Input)));
        Add("GetQueueUrl", ReadGetQueueUrl);
        Add("ListQueues", ReadListQueues);
        Add("ListDeadLetterSourceQueues", call => moves.ListSources(call, Find(call)));
        Add("StartMessageMoveTask", moves.Start);
        Add("ListMessageMoveTasks", moves.List);
        Add("CancelMessageMoveTask", moves.Cancel);
    }

    public override string ErrorPrefix => "com.amazonaws.sqs#";

    public override ServiceError Denial(AccessRefusal refusal) => refusal.IsOfKey
        ? new("KmsAccessDenied", refusal.Sentence) { QueryCode = "KMS.AccessDeniedException" }
        : new("AccessDeniedException", refusal.Sentence, 403) { QueryCode = "AccessDenied" };

    private Operation OnQueue(JsonCall call, Func<Queue, JsonObject> act) => OnQueue(call, $"sqs:{call.Name}", act);

    private Operation OnQueue(JsonCall call, string action, Func<Queue, JsonObject> act)
    {
        var queue = Find(call);
        return call.Answer(new AccessRequest(action, queue.Arn), () => act(queue));
    }

    private Operation ReadReceive(JsonCall call)
    {
        var queue = Find(call);
        var receive = SqsReceiving.Receive(call.Input);
        return call.Answer(
            [new AccessRequest("sqs:ReceiveMessage", queue.Arn)], cancellation => receive(queue, cancellation));
    }

    private Operation ReadGetQueueUrl(JsonCall call)
    {
        var name = call.Input.RequiredText("QueueName");
        var queue = _queues.FindByName(name) ?? throw SqsErrors.QueueDoesNotExist();
        return call.Answer(
            new AccessRequest("sqs:GetQueueUrl", queue.Arn),
            () => new JsonObject { ["QueueUrl"] = _queues.UrlOf(name) });
    }

    private Operation ReadListQueues(JsonCall call)
    {
        var prefix = call.Input.Text("QueueNamePrefix") ?? "";
        var most = call.Input.Number("MaxResults", 1, 1000);
        var after = call.Input.Text("NextToken") ?? "";
        return call.Answer(new AccessRequest("sqs:ListQueues", "*"), () =>
        {
            var names = _queues.All.Select(queue => queue.Name)
                .Where(
                    name => name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(name, after) > 0)
                .ToList();
            var page = names.Take(most ?? 1000).ToList();
            var answer = new JsonObject();
            if (page.Count > 0)
            {
                answer["QueueUrls"] = new JsonArray([.. page.Select(name => (JsonNode)_queues.UrlOf(name))]);
            }

            if (most is not null && page.Count < names.Count) answer["NextToken"] = page[^1];
            return answer;
        });
    }

    private Queue Find(JsonCall call) =>
        _queues.FindByUrl(call.Input.RequiredText("QueueUrl")) ?? throw SqsErrors.QueueDoesNotExist();
}
