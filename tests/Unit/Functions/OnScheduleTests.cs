using Amazon.Lambda.SQSEvents;
using Jobs.Core.Definitions;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class OnScheduleTests
{
    private static readonly JobDefinition Job = new("report")
    {
        Schedules = [new ScheduleTrigger("hourly", "rate(1 hour)")],
    };

    private readonly TestPlane _plane = new(Job);
    private readonly InMemoryDeadLetters _deadLetters = new();

    [Fact]
    public async Task Message_that_comes_twice_starts_one_run()
    {
        const string message = """{"job": "report", "schedule": "hourly", "plannedAt": "2026-01-05T08:00:07Z"}""";

        var answer = await InvokeAsync(message, message);

        Assert.Empty(TestContext.Failures(answer));
        Assert.Equal("schedule hourly 2026-01-05T08:00Z", Assert.Single(_plane.Store.All).Trigger);
    }

    [Theory]
    [InlineData("not json", "not what a schedule sends")]
    [InlineData("""{"job": "report", "schedule": "hourly"}""", "must have the members")]
    [InlineData("""{"job": "report", "schedule": "hourly", "plannedAt": "soon"}""", "must have the members")]
    [
        InlineData(
            """{"job": "report", "schedule": "\ud800", "plannedAt": "2026-01-05T08:00:07Z"}""",
            "not what a schedule sends")
    ]
    [InlineData("""{"job": "report", "schedule": "hourly", "plannedAt": 7}""", "not what a schedule sends")]
    [
        InlineData(
            """{"job": "report", "schedule": "hourly", "plannedAt": "99999-01-05T08:00:07Z"}""",
            "must have the members")
    ]
    [InlineData("""{"job": "report", "schedule": "daily", "plannedAt": "2026-01-05T08:00:07Z"}""",
        "which this stack does not have")]
    public async Task Message_that_can_never_succeed_goes_to_the_dead_letters_with_the_reason(
        string message, string why)
    {
        var answer = await InvokeAsync(message);

        Assert.Empty(TestContext.Failures(answer));
        Assert.Empty(_plane.Store.All);
        Assert.Contains(why, Assert.Single(_deadLetters.Sent).Reason, StringComparison.Ordinal);
    }

    private Task<SQSBatchResponse> InvokeAsync(params string[] bodies) =>
        new OnScheduleFunction(
            new Inbox(_deadLetters, _plane.Clock), _plane.Scheduler, _plane.Engine, _plane.Dispatcher, _plane.Clock)
        .OnSchedule(
        TestContext.Batch(bodies), new TestContext());
}
