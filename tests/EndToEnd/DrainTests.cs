using System.Globalization;
using System.Text.Json;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Jobs.Core;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Xunit.Abstractions;

namespace Jobs.Tests.EndToEnd;

/// <summary>Queues with tasks that come and go: many messages by several tasks, and SIGTERM in the middle.</summary>
[Collection(JobsCollection.Name)]
public sealed class DrainTests(JobsLaptop stack, ITestOutputHelper output)
{
    private const int Messages = 1_000;

    [ProcessFact]
    public async Task Thousand_messages_are_drained_by_four_tasks_none_lost_and_none_handled_twice()
    {
        var queue = Output(OutputNames.QueuePrefix, "Counted");
        for (var i = 0; i < Messages; i += 10)
        {
            await SendAsync(
                queue, Enumerable.Range(i, 10).Select(number => $$"""{"number":{{number}},"milliseconds":50}"""));
        }

        await stack.BacklogAsync();
        var handled = await stack.WaitAsync(
            "all messages to be handled",
            async () => await HandledAsync() is { Count: >= Messages } all && await IsEmptyAsync(queue) ? all : null);

        Assert.Equal(
            Enumerable.Range(0, Messages).Select(number => $"handled/{number}/1").Order(StringComparer.Ordinal),
            handled);
        var runs = await stack.WaitAsync("the end of the four runs", () => OverAsync("counted", 4));
        Assert.Equal(4, runs.Count);
        Assert.All(runs, run => Assert.Equal(RunState.Succeeded, run.Run.State));
        var summaries = runs.Select(
            run => JsonSerializer.Deserialize<DrainSummary>(run.Worker!.ResultJson!, JsonSerializerOptions.Web)!)
            .ToList();
        Assert.Equal(
            (Messages, 0, 0, 0),
            (
                summaries.Sum(one => one.Handled),
                summaries.Sum(one => one.Returned),
                summaries.Sum(one => one.DeadLettered),
                summaries.Sum(one => one.Lost)));
        Assert.Equal(
            0, await CountAsync(Output(OutputNames.DeadLettersPrefix, "Counted"), "ApproximateNumberOfMessages"));
        await OneAtATimeAsync(handled);
    }

    [Fact]
    public async Task Sigterm_in_the_middle_makes_what_was_in_hand_visible_within_five_seconds()
    {
        var queue = Output(OutputNames.QueuePrefix, "Held");
        await SendAsync(queue, Enumerable.Range(0, 8).Select(number => $$"""{"number":{{number}}}"""));
        await stack.BacklogAsync();
        await stack.WaitAsync(
            "all messages to be in hand", async () => (await KeysAsync("held/")).Count == 8 ? "all" : null);
        var task = (await stack.TasksAsync())
            .Single(
                task =>
                    task.TaskDefinitionArn.Contains("_held:", StringComparison.Ordinal)
                        && task.LastStatus == "RUNNING");

        var began = TimeProvider.System.GetTimestamp();
        await stack.StopTaskAsync(task.TaskArn);
        await stack.WaitAsync(
            "all messages to be visible",
            async () => await CountAsync(queue, "ApproximateNumberOfMessages") == 8 ? "all" : null);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;

        output.WriteLine($"Visible {seconds:0.0} s after StopTask.");
        Assert.InRange(seconds, 0, 5);
        await DeleteAllAsync(queue);
        var runs = await stack.WaitAsync("the run's end", () => OverAsync("held", 1));
        Assert.Contains(runs, run => run.Run.State == RunState.Cancelled && !run.Worker!.HasResult);
    }

    private string Output(string prefix, string name) => stack.Laptop.Output(prefix + name);

    /// <summary>Before the next run takes them.</summary>
    private async Task DeleteAllAsync(string queue)
    {
        while ((
            await stack.Queues.ReceiveMessageAsync(new ReceiveMessageRequest
            {
                QueueUrl = queue,
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = 0
            })).Messages is { Count: > 0 } some)
        {
            foreach (var one in some)
            {
                await stack.Queues.DeleteMessageAsync(
                    new DeleteMessageRequest { QueueUrl = queue, ReceiptHandle = one.ReceiptHandle });
            }
        }
    }

    /// <summary>
    /// No process worked on more messages at once than it may, and each began and ended one handling of a message.
    /// </summary>
    private async Task OneAtATimeAsync(IReadOnlyList<string> keys)
    {
        var spans = new List<(int Process, DateTimeOffset Begin, DateTimeOffset End)>();
        foreach (var key in keys)
        {
            var parts = (await stack.Laptop.S3.ReadTextAsync(stack.Laptop.Bucket, key))!.Split(' ');
            spans.Add((int.Parse(parts[0], CultureInfo.InvariantCulture), Time(parts[1]), Time(parts[2])));
        }

        output.WriteLine(
            $"{spans.Count} messages in " +
            $"{(spans.Max(span => span.End) - spans.Min(span => span.Begin)).TotalSeconds:0.0} s by " +
            $"{spans.Select(span => span.Process).Distinct().Count()} processes.");
        Assert.InRange(spans.Select(span => span.Process).Distinct().Count(), 2, 4);
        foreach (var process in spans.GroupBy(span => span.Process))
        {
            Assert.All(
                process,
                span =>
                    Assert.InRange(process.Count(other => other.Begin <= span.Begin && span.Begin < other.End), 1, 8));
        }

        static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task<List<string>> HandledAsync() => await KeysAsync("handled/");

    private async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        var request = new ListObjectsV2Request { BucketName = stack.Laptop.Bucket, Prefix = prefix };
        do
        {
            var page = await stack.Laptop.S3.ListObjectsV2Async(request);
            keys.AddRange((page.S3Objects ?? []).Select(found => found.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
        return keys;
    }

    private async Task<IReadOnlyList<RunReading>?> OverAsync(string job, int count)
    {
        await stack.TickAsync();
        var page = await stack.HistoryAsync(job);
        return page.Count(run => run.Run is { IsOver: true, Owed.IsEmpty: true }) >= count ? page : null;
    }

    private async Task<bool> IsEmptyAsync(string queue) =>
        await CountAsync(queue, "ApproximateNumberOfMessages") == 0
            && await CountAsync(queue, "ApproximateNumberOfMessagesNotVisible") == 0;

    private async Task<int> CountAsync(string queue, string attribute)
    {
        var answer = await stack.Queues.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = queue, AttributeNames = [attribute] });
        return int.Parse(answer.Attributes[attribute], CultureInfo.InvariantCulture);
    }

    private async Task SendAsync(string queue, IEnumerable<string> bodies) =>
        await stack.Queues.SendMessageBatchAsync(new SendMessageBatchRequest
        {
            QueueUrl = queue,
            Entries =
        [
            .. bodies.Select((body, index) => new SendMessageBatchRequestEntry { Id = $"{index}", MessageBody = body }),
        ],
        });
}
