using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Lapstack.Tests.Stacks;

namespace Jobs.Tests.Unit.Aws.Workers;

[Collection(nameof(DynamoTables))]
public sealed class WorkerChildrenTests(DynamoTables tables)
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Commands_go_in_batches_of_ten_and_all_arrive()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();
        // A single one of these nearly fills a call.
        var bodies = Enumerable.Range(0, 25)
            .Select(index => $"{index}")
            .Append(new string('x', 900_000))
            .Append(new string('y', 900_000))
            .ToList();

        await Children(sqs, stack.QueueUrl()).SendAsync(bodies, default);

        var received = new List<string>();
        while (received.Count < bodies.Count)
        {
            var answer = await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = stack.QueueUrl(), MaxNumberOfMessages = 10 });
            received.AddRange(answer.Messages.Select(message => message.Body));
        }

        Assert.Equal(bodies.Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Step_that_submits_rides_as_an_attribute()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var sqs = stack.Sqs();
        using var step = new Activity("step").SetIdFormat(ActivityIdFormat.W3C).Start();
        await Children(sqs, stack.QueueUrl()).SendAsync(["traced"], default);
        step.Stop();

        var answer = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = stack.QueueUrl(), MessageAttributeNames = ["All"] });

        var message = Assert.Single(answer.Messages);
        Assert.Equal(step.Id, message.MessageAttributes["traceparent"].StringValue);
    }

    [Fact]
    public async Task Phase_children_and_their_results_are_read_from_the_tables()
    {
        var parent = RunId.From("line-count", nameof(WorkerChildrenTests));
        var registered = new ChildRun(0, ChildRun.IdOf("part", parent, 0))
        {
            Fingerprint = "f",
            RegisteredAt = _clock.GetUtcNow()
        };
        var child = registered with { State = RunState.Succeeded };
        var store = new DynamoRunStore(tables.Client, DynamoTables.Runs, DynamoTables.Results, _clock);
        var children = Children(null!, "");
        Assert.Equal(0, await children.AwaitedAsync(parent, default));
        Assert.Equal((null, null), await children.ResultAsync(child.Run, default));

        await store.CreateAsync(
            RunLifecycle.Submit(
                parent,
                "test",
                RunPolicy.Of(new JobDefinition("line-count")),
                "{}",
                new LaunchPermit(null),
                _clock.GetUtcNow()) with
            { Children = 3 },
            default);
        var noted = new DynamoChildren(tables.Client, DynamoTables.Runs, _clock);
        await noted.RegisterAsync(parent, registered, default);
        await noted.NoteEndAsync(parent, child, default);
        var records = new DynamoWorkerRecords(tables.Client, DynamoTables.Results);
        await records.ClaimAsync(new LaunchId(child.Run, 1), "task", _clock.GetUtcNow(), default);
        await records.CompleteAsync(
            new LaunchId(child.Run, 1),
            _clock.GetUtcNow(),
            new WorkerOutcome(0) { ResultJson = "[7]", Children = 2 },
            default);

        Assert.Equal(3, await children.AwaitedAsync(parent, default));
        Assert.Equal([child], await children.ChildrenAsync(parent, default));
        Assert.Equal(("[7]", null), await children.ResultAsync(child.Run, default));
    }

    private WorkerChildren Children(IAmazonSQS sqs, string url) =>
        new(tables.Client, DynamoTables.Runs, DynamoTables.Results, new(() => (sqs, url)), _clock);
}
