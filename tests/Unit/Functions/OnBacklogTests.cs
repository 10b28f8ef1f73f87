using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Messages;
using Jobs.Core.Pauses;
using Jobs.Functions;
using Jobs.Functions.Events;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class OnBacklogTests : IQueueReader
{
    private readonly TestPlane _plane = new(Job("first"), Job("second"));
    private readonly InMemoryDrains _drains = new();
    private readonly TestContext _context = new();
    private readonly List<string> _unread = [];

    [Fact]
    public async Task Alarm_looks_at_its_own_queue() =>
        Assert.Equal(["first"], await StartedAsync(Alarm("jobs_first_backlog")));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"alarmData":{"alarmName":"of-another-stack"}}""")]
    public async Task Anything_else_looks_at_every_queue(string nudge) =>
        Assert.Equal(["first", "second"], await StartedAsync(nudge));

    [Fact]
    public async Task Nudge_that_comes_twice_starts_nothing_more()
    {
        await StartedAsync("{}");

        Assert.Equal(["first", "second"], await StartedAsync(Alarm("jobs_first_backlog")));
    }

    [Fact]
    public async Task Queue_that_does_not_answer_fails_the_function_and_keeps_no_other_from_its_turn()
    {
        _unread.Add("first");

        await Assert.ThrowsAsync<TimeoutException>(() => StartedAsync("{}"));

        Assert.Equal("second", Assert.Single(_plane.Store.All).Id.Job);
        Assert.Contains(
            "Queue of second: 7 messages wait, 0 are in hand. 1 runs drain it, 1 of them new.",
            _context.Lines,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://sqs.eu-central-1.amazonaws.com/123456789012/shop-Commands-1A2B",
        "https://sqs.eu-central-1.amazonaws.com/123456789012/shop_first")]
    [InlineData("http://localhost:4566/000000000000/q", "http://localhost:4566/000000000000/shop_first")]
    public void Queue_of_a_job_is_beside_any_other_of_the_account(string sibling, string expected) =>
        Assert.Equal(expected, Names.JobQueueUrl(sibling, "shop", "first"));

    Task<QueueReading> IQueueReader.ReadAsync(string job, CancellationToken cancellation) => _unread.Contains(job)
        ? Task.FromException<QueueReading>(new TimeoutException("SQS does not answer."))
        : Task.FromResult(new QueueReading(7, 0));

    private static JobDefinition Job(string name) => new(name) { Queue = new QueueTrigger() };

    /// <summary>
    /// As AWS documents it.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
    /// </summary>
    private static string Alarm(string name) => $$"""
        {
          "source": "aws.cloudwatch",
          "alarmArn": "arn:aws:cloudwatch:us-east-1:444455556666:alarm:{{name}}",
          "accountId": "444455556666",
          "time": "2023-08-04T12:36:15.490+0000",
          "region": "us-east-1",
          "alarmData": {
            "alarmName": "{{name}}",
            "state": {
              "value": "ALARM",
              "reason": "Threshold Crossed: 1 out of the last 1 datapoints [7.0] was greater than or equal to the threshold (1.0).",
              "reasonData": "{\"version\":\"1.0\",\"queryDate\":\"2023-08-04T12:36:15.485+0000\"}",
              "timestamp": "2023-08-04T12:36:15.490+0000"
            },
            "previousState": { "value": "OK", "reason": "Threshold Crossed", "timestamp": "2023-08-04T12:31:29.591+0000" },
            "configuration": { "description": "Messages wait", "metrics": [ { "id": "m", "returnData": true } ] }
          }
        }
        """;

    private async Task<IEnumerable<string>> StartedAsync(string nudge)
    {
        var pauses = new PauseView(_plane.Pauses, _plane.Clock);
        var watch = new BacklogWatch(
            this, _drains, _plane.Store, _plane.Engine, null!, null!, _plane.Metrics, pauses, _plane.Clock);
        var catalog = new JobCatalog([Job("first"), Job("second"), new JobDefinition("other")]);
        await new OnBacklogFunction(
            watch, catalog, new StackInfo("jobs", "us-east-1", "c"), _plane.Engine, _plane.Dispatcher, _plane.Clock)
            .OnBacklog(JsonSerializer.Deserialize(nudge, LambdaJson.Default.BacklogNudge)!, _context);
        return _plane.Store.All.Select(run => run.Id.Job).Order();
    }
}
